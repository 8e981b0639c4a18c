// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/block.h"
#include "core/lightnode/wire/peer_address.h"

#include <variant>
#include <vector>

namespace coffer::lightnode {

/// Service bits of a peer.
namespace service {
inline constexpr std::uint64_t kNetwork = 1;
inline constexpr std::uint64_t kBloom = 4;
inline constexpr std::uint64_t kWitness = 8;
inline constexpr std::uint64_t kCompactFilters = 64;
inline constexpr std::uint64_t kNetworkLimited = 1024;
inline constexpr std::uint64_t kBlake2bChain = 0x10000000;
/// A peer we can sync from: full blocks with witnesses, and filters.
inline constexpr std::uint64_t kWanted = kNetwork | kWitness | kCompactFilters;
} // namespace service

inline constexpr std::uint32_t kMaxPayload = 4'000'000; // As Bitcoin Core's largest message.
inline constexpr std::size_t kMaxHeaders = 2'000;
inline constexpr std::size_t kMaxLocator = 101;
inline constexpr std::size_t kMaxInventory = 50'000;
inline constexpr std::size_t kMaxFilterHeaders = 2'000;
inline constexpr std::size_t kMaxAddresses = 1'000;
inline constexpr std::size_t kMaxUserAgent = 256;

using RawHeader = base::ByteArray<80>;

/// `version`: who speaks.
struct VersionMessage
{
    std::int32_t version = 0;
    std::uint64_t services = 0;
    std::int64_t time = 0;
    std::uint64_t nonce = 0;
    std::string userAgent;
    std::int32_t height = 0;
    std::uint8_t relay = 1;
};

/// Messages without a payload.
enum class SimpleMessage
{
    Verack,
    WtxidRelay,
    SendAddrV2,
    SendHeaders,
    GetAddr,
    Mempool
};

/// `ping`: answer with the same number.
struct PingMessage
{
    std::uint64_t nonce = 0;
};
/// `pong`: the answer to a ping.
struct PongMessage
{
    std::uint64_t nonce = 0;
};

/// `feefilter`: what the sender does not relay below.
struct FeeFilterMessage
{
    std::int64_t satoshiPerKvB = 0;
};

/// `sendcmpct`: ignored.
struct SendCompactMessage
{
    std::uint8_t announce = 0;
    std::uint64_t version = 0;
};

/// `getheaders`: what follows the first known hash.
struct GetHeadersMessage
{
    std::vector<bitcoin::BlockHash> locator;
    bitcoin::BlockHash stop;
};

/// `headers`: an answer or an announcement.
struct HeadersMessage
{
    std::vector<RawHeader> headers;
};

/// What an inventory entry names.
enum class InventoryType : std::uint32_t
{
    Transaction = 1,
    Block = 2,
    CompactBlock = 4,
    WitnessTransactionId = 5,
    WitnessTransaction = 0x40000001,
    WitnessBlock = 0x40000002
};

/// One entry of `inv`, `getdata` and `notfound`.
struct InventoryItem
{
    std::uint32_t type = 0; ///< InventoryType, or something newer.
    bitcoin::Hash256 hash{};

    bool operator==(const InventoryItem&) const = default;
};

/// `inv`: what the sender has.
struct InvMessage
{
    std::vector<InventoryItem> items;
};
/// `getdata`: what the sender wants.
struct GetDataMessage
{
    std::vector<InventoryItem> items;
};
/// `notfound`: what the sender does not have.
struct NotFoundMessage
{
    std::vector<InventoryItem> items;
};

/// `getcfheaders` (BIP157).
struct GetFilterHeadersMessage
{
    std::uint32_t startHeight = 0;
    bitcoin::BlockHash stop;
};

/// `cfheaders` (BIP157): hashes of filters, and the header before them.
struct FilterHeadersMessage
{
    bitcoin::BlockHash stop;
    bitcoin::Hash256 previousHeader{};
    std::vector<bitcoin::Hash256> hashes;
};

/// `getcfilters` (BIP157).
struct GetFiltersMessage
{
    std::uint32_t startHeight = 0;
    bitcoin::BlockHash stop;
};

/// `cfilter` (BIP157).
struct FilterMessage
{
    bitcoin::BlockHash block;
    base::Bytes filter;
};

/// `getcfcheckpt` (BIP157).
struct GetFilterCheckpointsMessage
{
    bitcoin::BlockHash stop;
};

/// `cfcheckpt` (BIP157): every thousandth filter header.
struct FilterCheckpointsMessage
{
    bitcoin::BlockHash stop;
    std::vector<bitcoin::Hash256> headers;
};

/// An address that somebody heard of.
struct GossipAddress
{
    std::uint32_t time = 0;
    std::uint64_t services = 0;
    PeerAddress address;
};

/// `addr` and `addrv2`.
struct AddressesMessage
{
    std::vector<GossipAddress> addresses;
    std::uint8_t version = 2;
};

/// `cmpctblock` (BIP152): header, short ids and a few whole transactions.
struct CompactBlockMessage
{
    struct Prefilled
    {
        std::uint64_t index = 0; ///< Absolute.
        bitcoin::Transaction transaction;
    };
    bitcoin::BlockHeader header;
    std::uint64_t nonce = 0;
    std::vector<std::uint64_t> shortIds;
    std::vector<Prefilled> prefilled;
};

/// `tx`.
struct TransactionMessage
{
    bitcoin::Transaction transaction;
};

/// Not parsed here: that is a job for the pool.
struct BlockMessage
{
    base::Bytes bytes;
};

/// Something we do not speak.
struct UnknownMessage
{
    std::string command;
};

using Message =
    std::variant<VersionMessage, SimpleMessage, PingMessage, PongMessage, FeeFilterMessage,
                 SendCompactMessage, GetHeadersMessage, HeadersMessage, InvMessage, GetDataMessage,
                 NotFoundMessage, GetFilterHeadersMessage, FilterHeadersMessage, GetFiltersMessage,
                 FilterMessage, GetFilterCheckpointsMessage, FilterCheckpointsMessage,
                 AddressesMessage, CompactBlockMessage, TransactionMessage, BlockMessage,
                 UnknownMessage>;

} // namespace coffer::lightnode
