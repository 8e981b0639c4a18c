# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_fuzz(psbt psbt_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(change_set change_set_fuzz.cpp LINK core/bitcoin)
coffer_fuzz(bitcoin_uri bitcoin_uri_fuzz.cpp LINK core/payments)
coffer_fuzz(signing_records signing_records_fuzz.cpp LINK core/signing)
