// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

namespace coffer::crypto {

/// NFKD (Unicode annex 15), which BIP39 wants for words, passphrase and, with us, passwords. No
/// copy outside guarded memory. Malformed for bytes that are not UTF-8.
base::Result<base::SecretBytes> nfkd(const base::SecretBytes& utf8);

/// NFKD and full case folding: for comparing what a person typed with a list.
base::Result<base::SecretBytes> nfkdFolded(const base::SecretBytes& utf8);

/// The same without combining marks, as Electrum compares seeds.
base::Result<base::SecretBytes> nfkdFoldedBare(const base::SecretBytes& utf8);

/// nfkdFolded() of a public text, such as a word list.
base::Result<std::string> nfkdFoldedPublic(std::string_view utf8);

} // namespace coffer::crypto
