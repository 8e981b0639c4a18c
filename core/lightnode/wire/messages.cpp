// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/wire/messages.h"

#include "core/lightnode/wire/codec.h"

#include <array>
#include <limits>

namespace coffer::lightnode {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;
using bitcoin::BlockHash;
using bitcoin::Hash256;

namespace {

constexpr std::int32_t kProtocolVersion = 70016;
constexpr std::uint8_t kBasicFilter = 0;
constexpr std::size_t kMaxAddressBytes = 512; // BIP155.
constexpr std::size_t kShortIdSize = 6;       // BIP152.

template <typename... Cases>
struct Overloaded : Cases...
{
    using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

constexpr std::array<std::pair<SimpleMessage, std::string_view>, 6> kSimple{{
    {SimpleMessage::Verack, "verack"},
    {SimpleMessage::WtxidRelay, "wtxidrelay"},
    {SimpleMessage::SendAddrV2, "sendaddrv2"},
    {SimpleMessage::SendHeaders, "sendheaders"},
    {SimpleMessage::GetAddr, "getaddr"},
    {SimpleMessage::Mempool, "mempool"},
}};

std::int64_t asSigned(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

Result<BlockHash> readHash(ByteReader& in)
{
    auto bytes = TRY(in.array<32>());
    return BlockHash(bytes);
}

Result<std::size_t> readCount(ByteReader& in, std::size_t maximum, std::size_t elementSize)
{
    auto count = TRY(in.compactSize(maximum));
    if (count * elementSize > in.remaining())
        return Error{ErrorCode::Malformed, "more elements than bytes"};
    return static_cast<std::size_t>(count);
}

Result<void> readFilterType(ByteReader& in)
{
    auto type = TRY(in.u8());
    if (type != kBasicFilter)
        return Error{ErrorCode::Unsupported, "filter type " + std::to_string(type)};
    return {};
}

Result<Message> readVersion(ByteReader& in)
{
    VersionMessage out;
    auto version = TRY(in.u32le());
    out.version = static_cast<std::int32_t>(version);
    out.services = TRY(in.u64le());
    auto time = TRY(in.u64le());
    out.time = asSigned(time);
    TRY(in.skip(26)); // Receiver.
    TRY(in.skip(26)); // Sender.
    out.nonce = TRY(in.u64le());
    auto length = TRY(in.compactSize(kMaxUserAgent));
    auto agent = TRY(in.take(static_cast<std::size_t>(length)));
    // Shown in the window: only plain ASCII gets through.
    for (const auto byte : agent)
        out.userAgent.push_back(byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '?');
    auto height = TRY(in.u32le());
    out.height = static_cast<std::int32_t>(height);
    if (!in.atEnd())
        out.relay = TRY(in.u8());
    // Anything behind it is a future extension.
    return Message(std::move(out));
}

Result<Message> readGetHeaders(ByteReader& in)
{
    GetHeadersMessage out;
    TRY(in.u32le());
    auto count = TRY(readCount(in, kMaxLocator, 32));
    out.locator.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto hash = TRY(readHash(in));
        out.locator.push_back(hash);
    }
    out.stop = TRY(readHash(in));
    TRY(in.expectEnd());
    return Message(std::move(out));
}

Result<Message> readHeaders(ByteReader& in)
{
    HeadersMessage out;
    auto count = TRY(readCount(in, kMaxHeaders, 81));
    out.headers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto header = TRY(in.array<80>());
        auto transactions = TRY(in.u8());
        if (transactions != 0)
            return Error{ErrorCode::Malformed, "header with transactions"};
        out.headers.push_back(header);
    }
    TRY(in.expectEnd());
    return Message(std::move(out));
}

Result<std::vector<InventoryItem>> readInventory(ByteReader& in)
{
    auto count = TRY(readCount(in, kMaxInventory, 36));
    std::vector<InventoryItem> items;
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        InventoryItem item;
        item.type = TRY(in.u32le());
        item.hash = TRY(in.array<32>());
        items.push_back(item);
    }
    TRY(in.expectEnd());
    return items;
}

struct HeightAndStop
{
    std::uint32_t start = 0;
    BlockHash stop;
};

Result<HeightAndStop> readFilterRange(ByteReader& in)
{
    TRY(readFilterType(in));
    HeightAndStop out;
    out.start = TRY(in.u32le());
    out.stop = TRY(readHash(in));
    TRY(in.expectEnd());
    return out;
}

Result<std::vector<Hash256>> readHashes(ByteReader& in, std::size_t maximum)
{
    auto count = TRY(readCount(in, maximum, 32));
    std::vector<Hash256> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto hash = TRY(in.array<32>());
        out.push_back(hash);
    }
    TRY(in.expectEnd());
    return out;
}

Result<Message> readFilterHeaders(ByteReader& in)
{
    TRY(readFilterType(in));
    FilterHeadersMessage out;
    out.stop = TRY(readHash(in));
    out.previousHeader = TRY(in.array<32>());
    out.hashes = TRY(readHashes(in, kMaxFilterHeaders));
    return Message(std::move(out));
}

Result<Message> readFilter(ByteReader& in)
{
    TRY(readFilterType(in));
    FilterMessage out;
    out.block = TRY(readHash(in));
    auto size = TRY(in.compactSize(kMaxPayload));
    auto filter = TRY(in.take(static_cast<std::size_t>(size)));
    out.filter = base::bytesOf(filter);
    TRY(in.expectEnd());
    return Message(std::move(out));
}

Result<Message> readFilterCheckpoints(ByteReader& in)
{
    TRY(readFilterType(in));
    FilterCheckpointsMessage out;
    out.stop = TRY(readHash(in));
    out.headers = TRY(readHashes(in, kMaxPayload / 32));
    return Message(std::move(out));
}

Result<Message> readAddresses(ByteReader& in)
{
    AddressesMessage out;
    out.version = 1;
    auto count = TRY(readCount(in, kMaxAddresses, 30));
    for (std::size_t i = 0; i < count; ++i) {
        GossipAddress entry;
        entry.time = TRY(in.u32le());
        entry.services = TRY(in.u64le());
        auto ip = TRY(in.array<16>());
        auto port = TRY(in.u16be());
        entry.address = addressFromIp16(ip, port);
        out.addresses.push_back(std::move(entry));
    }
    TRY(in.expectEnd());
    return Message(std::move(out));
}

/// Length by BIP155 network id; 0 for ids that are skipped.
std::size_t addressLength(std::uint8_t network)
{
    switch (network) {
    case 1:
        return 4;
    case 2:
    case 6:
    case 7:
        return 16;
    case 4:
    case 5:
        return 32;
    default:
        return 0;
    }
}

Result<Message> readAddressesV2(ByteReader& in)
{
    constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    AddressesMessage out;
    auto count = TRY(readCount(in, kMaxAddresses, 9));
    for (std::size_t i = 0; i < count; ++i) {
        GossipAddress entry;
        entry.time = TRY(in.u32le());
        entry.services = TRY(in.compactSize(std::numeric_limits<std::uint64_t>::max()));
        auto network = TRY(in.u8());
        auto size = TRY(in.compactSize(kMaxAddressBytes));
        auto bytes = TRY(in.take(static_cast<std::size_t>(size)));
        entry.address.port = TRY(in.u16be());
        const auto wanted = addressLength(network);
        if (wanted == 0)
            continue;
        if (wanted != bytes.size())
            return Error{ErrorCode::Malformed, "address of the wrong length"};
        if (network == 2 && std::equal(std::begin(kMapped), std::end(kMapped), bytes.begin()))
            continue; // BIP155: an IPv4 address must come as such.
        entry.address.kind = static_cast<AddressKind>(network);
        entry.address.bytes = base::bytesOf(bytes);
        out.addresses.push_back(std::move(entry));
    }
    TRY(in.expectEnd());
    return Message(std::move(out));
}

Result<Message> readCompactBlock(ByteReader& in)
{
    CompactBlockMessage out;
    auto header = TRY(in.take(80));
    out.header = TRY(bitcoin::BlockHeader::parse(header));
    out.nonce = TRY(in.u64le());
    auto count = TRY(readCount(in, kMaxPayload / kShortIdSize, kShortIdSize));
    out.shortIds.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto low = TRY(in.u32le());
        auto high = TRY(in.u16le());
        out.shortIds.push_back(low | (static_cast<std::uint64_t>(high) << 32));
    }
    auto prefilled = TRY(readCount(in, kMaxPayload / 60, 60));
    std::uint64_t next = 0;
    for (std::size_t i = 0; i < prefilled; ++i) {
        CompactBlockMessage::Prefilled entry;
        auto difference = TRY(in.compactSize(0xffff));
        entry.index = next + difference;
        next = entry.index + 1;
        if (entry.index >= count + prefilled)
            return Error{ErrorCode::OutOfRange, "prefilled transaction beyond the block"};
        entry.transaction = TRY(bitcoin::Transaction::parse(in));
        out.prefilled.push_back(std::move(entry));
    }
    TRY(in.expectEnd());
    return Message(std::move(out));
}

Result<std::uint64_t> readOnly64(ByteReader& in)
{
    auto value = TRY(in.u64le());
    TRY(in.expectEnd());
    return value;
}

/// Messages that a client both asks with and is asked by.
Result<Message> decodeRequest(std::string_view command, ByteReader& in)
{
    if (command == "getheaders")
        return readGetHeaders(in);
    if (command == "getdata") {
        auto items = TRY(readInventory(in));
        return Message(GetDataMessage{std::move(items)});
    }
    if (command == "getcfheaders") {
        auto range = TRY(readFilterRange(in));
        return Message(GetFilterHeadersMessage{range.start, range.stop});
    }
    if (command == "getcfilters") {
        auto range = TRY(readFilterRange(in));
        return Message(GetFiltersMessage{range.start, range.stop});
    }
    if (command == "getcfcheckpt") {
        TRY(readFilterType(in));
        auto stop = TRY(readHash(in));
        TRY(in.expectEnd());
        return Message(GetFilterCheckpointsMessage{stop});
    }
    return Message(UnknownMessage{std::string(command)});
}

Result<Message> decodeSmall(std::string_view command, ByteReader& in)
{
    if (command == "ping") {
        auto nonce = TRY(readOnly64(in));
        return Message(PingMessage{nonce});
    }
    if (command == "pong") {
        auto nonce = TRY(readOnly64(in));
        return Message(PongMessage{nonce});
    }
    if (command == "feefilter") {
        auto rate = TRY(readOnly64(in));
        if (rate > static_cast<std::uint64_t>(bitcoin::kMaxMoney))
            return Error{ErrorCode::OutOfRange, "fee filter"};
        return Message(FeeFilterMessage{asSigned(rate)});
    }
    if (command == "sendcmpct") {
        SendCompactMessage out;
        out.announce = TRY(in.u8());
        out.version = TRY(in.u64le());
        TRY(in.expectEnd());
        return Message(out);
    }
    return decodeRequest(command, in);
}

void writeInventory(ByteWriter& out, const std::vector<InventoryItem>& items)
{
    out.compactSize(items.size());
    for (const auto& item : items) {
        out.u32le(item.type);
        out.append(item.hash);
    }
}

void writeHashes(ByteWriter& out, const std::vector<Hash256>& hashes)
{
    out.compactSize(hashes.size());
    for (const auto& hash : hashes)
        out.append(hash);
}

void writeVersion(ByteWriter& out, const VersionMessage& message)
{
    out.u32le(static_cast<std::uint32_t>(message.version));
    out.u64le(message.services);
    out.u64le(static_cast<std::uint64_t>(message.time));
    // Receiver and sender: we tell nobody who we think we are.
    for (int i = 0; i < 52; ++i)
        out.u8(0);
    out.u64le(message.nonce);
    out.compactSize(message.userAgent.size());
    out.append(base::viewOf(message.userAgent));
    out.u32le(static_cast<std::uint32_t>(message.height));
    out.u8(message.relay);
}

void writeAddresses(ByteWriter& out, const AddressesMessage& message)
{
    out.compactSize(message.addresses.size());
    for (const auto& entry : message.addresses) {
        out.u32le(entry.time);
        if (message.version == 1) {
            out.u64le(entry.services);
            if (entry.address.kind == AddressKind::Ipv4) {
                const std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
                out.append(mapped);
            }
            out.append(entry.address.bytes);
        } else {
            out.compactSize(entry.services);
            out.u8(static_cast<std::uint8_t>(entry.address.kind));
            out.compactSize(entry.address.bytes.size());
            out.append(entry.address.bytes);
        }
        out.u16be(entry.address.port);
    }
}

void writeCompactBlock(ByteWriter& out, const CompactBlockMessage& message)
{
    out.append(message.header.serialize());
    out.u64le(message.nonce);
    out.compactSize(message.shortIds.size());
    for (const auto id : message.shortIds) {
        out.u32le(static_cast<std::uint32_t>(id));
        out.u16le(static_cast<std::uint16_t>(id >> 32));
    }
    out.compactSize(message.prefilled.size());
    std::uint64_t next = 0;
    for (const auto& entry : message.prefilled) {
        out.compactSize(entry.index - next);
        next = entry.index + 1;
        out.append(entry.transaction.serialize());
    }
}

} // namespace

Result<Message> decodeMessage(std::string_view command, Bytes payload)
{
    if (command == "block")
        return Message(BlockMessage{std::move(payload)});
    for (const auto& [message, name] : kSimple) {
        // Payload that should not be there is ignored, as Bitcoin Core does.
        if (command == name)
            return Message(message);
    }
    ByteReader in(payload);
    if (command == "version")
        return readVersion(in);
    if (command == "headers")
        return readHeaders(in);
    if (command == "inv") {
        auto items = TRY(readInventory(in));
        return Message(InvMessage{std::move(items)});
    }
    if (command == "notfound") {
        auto items = TRY(readInventory(in));
        return Message(NotFoundMessage{std::move(items)});
    }
    if (command == "cfheaders")
        return readFilterHeaders(in);
    if (command == "cfilter")
        return readFilter(in);
    if (command == "cfcheckpt")
        return readFilterCheckpoints(in);
    if (command == "addr")
        return readAddresses(in);
    if (command == "addrv2")
        return readAddressesV2(in);
    if (command == "cmpctblock")
        return readCompactBlock(in);
    if (command == "tx") {
        auto transaction = TRY(bitcoin::Transaction::parse(payload));
        return Message(TransactionMessage{std::move(transaction)});
    }
    return decodeSmall(command, in);
}

std::string_view commandOf(const Message& message)
{
    return std::visit(
        Overloaded{
            [](const VersionMessage&) { return std::string_view("version"); },
            [](SimpleMessage simple) {
                for (const auto& [value, name] : kSimple) {
                    if (value == simple)
                        return name;
                }
                return std::string_view();
            },
            [](const PingMessage&) { return std::string_view("ping"); },
            [](const PongMessage&) { return std::string_view("pong"); },
            [](const FeeFilterMessage&) { return std::string_view("feefilter"); },
            [](const SendCompactMessage&) { return std::string_view("sendcmpct"); },
            [](const GetHeadersMessage&) { return std::string_view("getheaders"); },
            [](const HeadersMessage&) { return std::string_view("headers"); },
            [](const InvMessage&) { return std::string_view("inv"); },
            [](const GetDataMessage&) { return std::string_view("getdata"); },
            [](const NotFoundMessage&) { return std::string_view("notfound"); },
            [](const GetFilterHeadersMessage&) { return std::string_view("getcfheaders"); },
            [](const FilterHeadersMessage&) { return std::string_view("cfheaders"); },
            [](const GetFiltersMessage&) { return std::string_view("getcfilters"); },
            [](const FilterMessage&) { return std::string_view("cfilter"); },
            [](const GetFilterCheckpointsMessage&) { return std::string_view("getcfcheckpt"); },
            [](const FilterCheckpointsMessage&) { return std::string_view("cfcheckpt"); },
            [](const AddressesMessage& addresses) {
                return std::string_view(addresses.version == 1 ? "addr" : "addrv2");
            },
            [](const CompactBlockMessage&) { return std::string_view("cmpctblock"); },
            [](const TransactionMessage&) { return std::string_view("tx"); },
            [](const BlockMessage&) { return std::string_view("block"); },
            [](const UnknownMessage& unknown) { return std::string_view(unknown.command); },
        },
        message);
}

Bytes encodePayload(const Message& message)
{
    ByteWriter out;
    const auto filterRange = [&out](std::uint32_t start, const BlockHash& stop) {
        out.u8(kBasicFilter);
        out.u32le(start);
        out.append(stop.bytes());
    };
    std::visit(Overloaded{
                   [&](const VersionMessage& m) { writeVersion(out, m); },
                   [](SimpleMessage) {},
                   [&](const PingMessage& m) { out.u64le(m.nonce); },
                   [&](const PongMessage& m) { out.u64le(m.nonce); },
                   [&](const FeeFilterMessage& m) {
                       out.u64le(static_cast<std::uint64_t>(m.satoshiPerKvB));
                   },
                   [&](const SendCompactMessage& m) {
                       out.u8(m.announce);
                       out.u64le(m.version);
                   },
                   [&](const GetHeadersMessage& m) {
                       out.u32le(static_cast<std::uint32_t>(kProtocolVersion));
                       out.compactSize(m.locator.size());
                       for (const auto& hash : m.locator)
                           out.append(hash.bytes());
                       out.append(m.stop.bytes());
                   },
                   [&](const HeadersMessage& m) {
                       out.compactSize(m.headers.size());
                       for (const auto& header : m.headers) {
                           out.append(header);
                           out.u8(0);
                       }
                   },
                   [&](const InvMessage& m) { writeInventory(out, m.items); },
                   [&](const GetDataMessage& m) { writeInventory(out, m.items); },
                   [&](const NotFoundMessage& m) { writeInventory(out, m.items); },
                   [&](const GetFilterHeadersMessage& m) { filterRange(m.startHeight, m.stop); },
                   [&](const FilterHeadersMessage& m) {
                       out.u8(kBasicFilter);
                       out.append(m.stop.bytes());
                       out.append(m.previousHeader);
                       writeHashes(out, m.hashes);
                   },
                   [&](const GetFiltersMessage& m) { filterRange(m.startHeight, m.stop); },
                   [&](const FilterMessage& m) {
                       out.u8(kBasicFilter);
                       out.append(m.block.bytes());
                       out.compactSize(m.filter.size());
                       out.append(m.filter);
                   },
                   [&](const GetFilterCheckpointsMessage& m) {
                       out.u8(kBasicFilter);
                       out.append(m.stop.bytes());
                   },
                   [&](const FilterCheckpointsMessage& m) {
                       out.u8(kBasicFilter);
                       out.append(m.stop.bytes());
                       writeHashes(out, m.headers);
                   },
                   [&](const AddressesMessage& m) { writeAddresses(out, m); },
                   [&](const CompactBlockMessage& m) { writeCompactBlock(out, m); },
                   [&](const TransactionMessage& m) { out.append(m.transaction.serialize()); },
                   [&](const BlockMessage& m) { out.append(m.bytes); },
                   [](const UnknownMessage&) {},
               },
               message);
    return out.take();
}

} // namespace coffer::lightnode
