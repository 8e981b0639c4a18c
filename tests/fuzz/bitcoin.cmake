# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_fuzz(bitcoin_address bitcoin_address_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_block bitcoin_block_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_descriptor bitcoin_descriptor_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_filter bitcoin_filter_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_header bitcoin_header_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_script bitcoin_script_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_transaction bitcoin_transaction_fuzz.cpp LINK core/bitcoin)
