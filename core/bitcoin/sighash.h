// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/transaction.h"

#include <span>

namespace coffer::bitcoin {

inline constexpr std::uint8_t kSighashDefault = 0x00; ///< Taproot only: All, without its byte.
inline constexpr std::uint8_t kSighashAll = 0x01;
inline constexpr std::uint8_t kSighashNone = 0x02;
inline constexpr std::uint8_t kSighashSingle = 0x03;
inline constexpr std::uint8_t kSighashAnyoneCanPay = 0x80;

/// "SIGHASH_ALL", "SIGHASH_SINGLE|ANYONECANPAY", ...
std::string sighashName(std::uint32_t hashType);

/// The digest before segwit. `hashType` is 32 bits as consensus has it; OP_CODESEPARATOR is removed
/// from the script code. Single without a matching output gives the number 1, as consensus does:
/// callers that sign must refuse that. `index` must exist.
Hash256 legacySighash(const Transaction& transaction, std::size_t index, base::ByteView scriptCode,
                      std::uint32_t hashType);

/// The script code of P2WPKH: that of P2PKH.
Script p2wpkhScriptCode(const base::ByteArray<20>& keyHash);

/// Digests of BIP143 and BIP341 for one transaction; the parts they share are hashed once.
///
/// The transaction must outlive this object and not change.
class SighashCache
{
public:
    /// `spent`: the outputs that the inputs spend, in their order; needed whole for taproot, else
    /// it may be empty.
    explicit SighashCache(const Transaction& transaction, std::span<const TxOutput> spent = {});

    /// BIP143. `index` must exist.
    Hash256 witnessV0(std::size_t index, base::ByteView scriptCode, std::int64_t amount,
                      std::uint32_t hashType) const;

    /// BIP341 key path. OutOfRange: an undefined hash type, or Single without an output; Rejected:
    /// not all spent outputs are known. `annex` begins with 0x50, or is empty for none.
    base::Result<Hash256> taprootKeyPath(std::size_t index, std::uint8_t hashType,
                                         base::ByteView annex = {}) const;

    /// BIP341/342 script path with the leaf's hash and no OP_CODESEPARATOR. Errors as above.
    base::Result<Hash256> taprootScriptPath(std::size_t index, std::uint8_t hashType,
                                            const Hash256& leafHash,
                                            base::ByteView annex = {}) const;

private:
    base::Result<Hash256> taproot(std::size_t index, std::uint8_t hashType, const Hash256* leafHash,
                                  base::ByteView annex) const;

    const Transaction& m_transaction;
    std::span<const TxOutput> m_spent;
    // SHA-256 once (taproot); BIP143 hashes these again.
    Hash256 m_outpoints{};
    Hash256 m_sequences{};
    Hash256 m_outputs{};
    Hash256 m_amounts{};
    Hash256 m_scripts{};
};

} // namespace coffer::bitcoin
