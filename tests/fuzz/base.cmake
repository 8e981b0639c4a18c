# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_fuzz(cbor cbor_fuzz.cpp LINK core/base)
coffer_fuzz(json json_fuzz.cpp LINK core/base)
coffer_fuzz(base58 base58_fuzz.cpp LINK core/base)
coffer_fuzz(bech32 bech32_fuzz.cpp LINK core/base)
coffer_fuzz(base64 base64_fuzz.cpp LINK core/base)
