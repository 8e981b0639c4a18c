coffer_fuzz(bip329_import bip329_import_fuzz.cpp LINK core/ledger)
coffer_fuzz(entry_decoder entry_decoder_fuzz.cpp LINK core/ledger)
coffer_fuzz(intent_decoder intent_decoder_fuzz.cpp LINK core/ledger)
coffer_fuzz(search_query search_query_fuzz.cpp LINK core/ledger)
