# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_fuzz(mnemonic mnemonic_fuzz.cpp LINK core/crypto)
coffer_fuzz(extended_key extended_key_fuzz.cpp LINK core/crypto)
