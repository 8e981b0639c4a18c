// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hex.h"

#include <algorithm>
#include <compare>
#include <cstring>
#include <functional>

namespace coffer::bitcoin {

/// 32 bytes of SHA-256 or a tagged hash, in the order they are hashed and sent.
using Hash256 = base::ByteArray<32>;

/// Hex in reverse byte order, as block explorers and Bitcoin Core print hashes.
std::string toReversedHex(const Hash256& hash);
/// Reads what toReversedHex() wrote: 64 hex digits, or Malformed.
base::Result<Hash256> parseReversedHex(std::string_view text);

/// A hash that names one kind of thing; two kinds never mix.
///
/// Bytes are in internal order (as on the wire); hex is reversed, as everybody prints it.
template <typename Tag>
class HashId
{
public:
    constexpr HashId() = default;
    constexpr explicit HashId(const Hash256& bytes)
        : m_bytes(bytes)
    {
    }

    /// 64 hex digits in printed (reversed) order, or Malformed.
    static base::Result<HashId> parse(std::string_view hex)
    {
        auto bytes = TRY(parseReversedHex(hex));
        return HashId(bytes);
    }

    std::string toHex() const { return toReversedHex(m_bytes); }
    constexpr const Hash256& bytes() const { return m_bytes; }
    constexpr bool isZero() const { return m_bytes == Hash256{}; }

    /// Order of the bytes, for containers; it says nothing about work.
    friend constexpr auto operator<=>(const HashId&, const HashId&) = default;

private:
    Hash256 m_bytes{};
};

/// Names a transaction by everything but its witnesses.
using Txid = HashId<struct TxidTag>;
/// Names a transaction with its witnesses (BIP141).
using Wtxid = HashId<struct WtxidTag>;
/// Names a block by its header.
using BlockHash = HashId<struct BlockHashTag>;

} // namespace coffer::bitcoin

template <typename Tag>
struct std::hash<coffer::bitcoin::HashId<Tag>>
{
    std::size_t operator()(const coffer::bitcoin::HashId<Tag>& id) const noexcept
    {
        // A hash is uniform already; the first bytes, because the last of a block hash are zero.
        std::size_t value = 0;
        std::memcpy(&value, id.bytes().data(), sizeof(value));
        return value;
    }
};
