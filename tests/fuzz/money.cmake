coffer_fuzz(human_amount human_amount_fuzz.cpp LINK core/money)
