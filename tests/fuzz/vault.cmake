coffer_fuzz(vault_header vault_header_fuzz.cpp LINK core/vault)
coffer_fuzz(vault_record vault_record_fuzz.cpp LINK core/vault)
coffer_fuzz(vault_anchor vault_anchor_fuzz.cpp LINK core/vault)
coffer_fuzz(filter_segment filter_segment_fuzz.cpp LINK core/storage)
