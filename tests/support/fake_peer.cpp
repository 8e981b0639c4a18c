// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/fake_peer.h"

#include "core/base/assert.h"

#include <algorithm>

namespace coffer::test {

using namespace lightnode;

namespace {

RawHeader rawHeader(const ChainBlock& block)
{
    return block.block.header.serialize();
}

constexpr std::int64_t kInvDelayMs = 2'000; // Measured: wtxid peers ask after 2 s.

} // namespace

void FakePeer::send(const Message& message, std::int64_t delayMs)
{
    auto bytes = encodeMessage(chain().params().magic, message);
    if (has(Fault::WrongMagic))
        bytes[0] ^= 0xff;
    if (has(Fault::BadChecksum) && m_handshaken)
        bytes[20] ^= 0xff;
    m_actions.push_back({delayMs, std::move(bytes), false});
}

void FakePeer::sendRaw(std::string_view command, base::ByteView payload)
{
    m_actions.push_back({0, encodeFrame(chain().params().magic, command, payload), false});
}

void FakePeer::close()
{
    m_actions.push_back({0, {}, true});
}

std::vector<FakePeer::Action> FakePeer::received(base::ByteView bytes)
{
    while (!bytes.empty()) {
        auto frame = m_reader.next(bytes);
        if (!frame) {
            close();
            break;
        }
        if (!*frame)
            break;
        m_host.seen.push_back((*frame)->command);
        auto message = decodeMessage((*frame)->command, std::move((*frame)->payload));
        ASSERT(message); // Our own node never sends nonsense.
        handle(*message);
    }
    return std::exchange(m_actions, {});
}

void FakePeer::handleVersion(const VersionMessage& message)
{
    m_relayWanted = message.relay != 0;
    VersionMessage ours;
    ours.version = 70016;
    ours.services = m_host.services;
    ours.time = message.time;
    ours.nonce = 42;
    ours.userAgent = m_host.agent;
    ours.height = static_cast<std::int32_t>(chain().height()) + m_host.claimsMore;
    send(ours);
    if (has(Fault::Chatters)) {
        send(UnknownMessage{"feature"});
        send(UnknownMessage{"somethingnew"});
        send(ours);
    }
    send(SimpleMessage::WtxidRelay);
    send(SimpleMessage::SendAddrV2);
    send(SimpleMessage::Verack);
}

void FakePeer::handleVerack()
{
    m_handshaken = true;
    send(SendCompactMessage{0, 2});
    send(PingMessage{7});
    send(FeeFilterMessage{m_host.feeFilter});
    if (has(Fault::HugeLength)) {
        base::ByteWriter out;
        out.append(chain().params().magic);
        out.append(base::viewOf("headers"));
        while (out.size() < 16)
            out.u8(0);
        out.u32le(0x7fffffff);
        out.u32le(0);
        m_actions.push_back({0, out.take(), false});
    }
    if (has(Fault::FloodsAnnouncements)) {
        InvMessage inv;
        for (std::uint32_t i = 0; i < 50'000; ++i) {
            InventoryItem item{5, {}};
            item.hash[0] = static_cast<std::uint8_t>(i);
            item.hash[1] = static_cast<std::uint8_t>(i >> 8);
            inv.items.push_back(item);
        }
        send(inv);
    }
    if (has(Fault::BadAddresses)) {
        const std::uint8_t bad[] = {1, 0, 0, 0, 0, 1, 1, 5, 1, 2, 3, 4, 5, 0x20, 0x8d};
        sendRaw("addrv2", bad);
    }
}

void FakePeer::floodAddresses()
{
    for (std::uint32_t round = 0; round < 40; ++round) {
        AddressesMessage addresses;
        for (std::uint32_t i = 0; i < 1'000; ++i) {
            GossipAddress entry;
            entry.services = service::kWanted;
            entry.address.kind = AddressKind::Ipv4;
            entry.address.bytes = {static_cast<std::uint8_t>(20 + round),
                                   static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i),
                                   1};
            entry.address.port = 8333;
            addresses.addresses.push_back(std::move(entry));
        }
        send(addresses);
    }
}

void FakePeer::handleSimple(SimpleMessage message)
{
    switch (message) {
    case SimpleMessage::Verack:
        handleVerack();
        break;
    case SimpleMessage::SendHeaders:
        m_sendHeaders = true;
        break;
    case SimpleMessage::GetAddr:
        if (has(Fault::FloodsAddresses))
            floodAddresses();
        break;
    case SimpleMessage::Mempool: {
        InvMessage inv;
        for (const auto& [txid, transaction] : m_host.pool)
            inv.items.push_back({5, transaction.wtxid().bytes()});
        if (!inv.items.empty())
            send(inv);
        break;
    }
    case SimpleMessage::WtxidRelay:
        m_wtxidRelay = true;
        break;
    case SimpleMessage::SendAddrV2:
        break;
    }
}

void FakePeer::handle(const Message& message)
{
    if (has(Fault::ClosesLaterEachTime) && ++m_messages > m_number) {
        close();
        return;
    }
    if (const auto* version = std::get_if<VersionMessage>(&message)) {
        handleVersion(*version);
        return;
    }
    if (const auto* simple = std::get_if<SimpleMessage>(&message)) {
        handleSimple(*simple);
        return;
    }
    if (const auto* ping = std::get_if<PingMessage>(&message)) {
        if (!has(Fault::NeverPongs))
            send(PongMessage{ping->nonce});
        return;
    }
    if (std::holds_alternative<PongMessage>(message) || has(Fault::SilentAfterHandshake))
        return;
    if (has(Fault::ClosesAfterMessages) && ++m_messages > m_host.closesAfter) {
        close();
        return;
    }
    if (const auto* headers = std::get_if<GetHeadersMessage>(&message))
        handleGetHeaders(*headers);
    else if (const auto* data = std::get_if<GetDataMessage>(&message))
        handleGetData(*data);
    else if (const auto* inv = std::get_if<InvMessage>(&message))
        handleInv(*inv);
    else if (const auto* filterHeaders = std::get_if<GetFilterHeadersMessage>(&message))
        handleGetFilterHeaders(*filterHeaders);
    else if (const auto* filters = std::get_if<GetFiltersMessage>(&message))
        handleGetFilters(*filters);
    else if (const auto* transaction = std::get_if<TransactionMessage>(&message)) {
        m_host.pool[transaction->transaction.txid()] = transaction->transaction;
        if (m_host.onTransaction)
            m_host.onTransaction(transaction->transaction);
    }
}

std::vector<RawHeader> FakePeer::headersAfter(std::uint32_t height) const
{
    std::vector<RawHeader> out;
    for (auto h = height + 1; h <= chain().height() && out.size() < kMaxHeaders; ++h)
        out.push_back(rawHeader(chain().at(h)));
    return out;
}

bool FakePeer::sendBrokenHeaders()
{
    base::ByteWriter payload;
    if (has(Fault::LongHeaders)) {
        payload.compactSize(1);
        for (int i = 0; i < 164; ++i)
            payload.u8(static_cast<std::uint8_t>(i == 3 ? 0x80 : 0));
    } else if (has(Fault::TooManyHeaders)) {
        payload.compactSize(2'001);
        for (int i = 0; i < 2'001; ++i) {
            payload.append(rawHeader(chain().at(1)));
            payload.u8(0);
        }
    } else {
        return false;
    }
    sendRaw("headers", payload.view());
    return true;
}

void FakePeer::spoilHeaders(std::vector<RawHeader>& headers) const
{
    // One header of its own on top of its chain.
    auto header = chain().tip().block.header;
    header.previous = chain().tip().hash;
    header.time += 600;
    const auto meets = [&header] { return (header.hash().bytes()[31] & 0x80) == 0; };
    if (has(Fault::HeadersWithoutWork)) {
        while (meets())
            ++header.nonce;
    } else if (has(Fault::WrongBits)) {
        header.bits = 0x207ffffe;
        while (!meets() || header.hash().bytes()[31] == 0x7f)
            ++header.nonce;
    } else if (has(Fault::OldTime)) {
        header.time =
            chain().at(chain().height() > 20 ? chain().height() - 20 : 0).block.header.time;
        while (!meets())
            ++header.nonce;
    } else if (has(Fault::FutureTime)) {
        header.time = 0xf0000000;
        while (!meets())
            ++header.nonce;
    } else {
        return;
    }
    headers.push_back(header.serialize());
}

void FakePeer::handleGetHeaders(const GetHeadersMessage& message)
{
    std::uint32_t start = 0;
    for (const auto& hash : message.locator) {
        if (const auto height = chain().heightOf(hash)) {
            start = *height;
            break;
        }
    }
    HeadersMessage out;
    if (has(Fault::EmptyHeaders)) {
        send(out);
        return;
    }
    if (sendBrokenHeaders())
        return;
    out.headers = headersAfter(has(Fault::HeadersFromGenesis) ? 0 : start);
    if (out.headers.size() < kMaxHeaders)
        spoilHeaders(out.headers);
    if (has(Fault::BrokenLink) && out.headers.size() > 1)
        out.headers.erase(out.headers.begin() + 1);
    send(out);
}

void FakePeer::sendBlock(const ChainBlock& block)
{
    auto changed = block.block;
    if (has(Fault::BlockSwapped) && changed.transactions.size() > 2)
        std::swap(changed.transactions[1], changed.transactions[2]);
    else if (has(Fault::BlockSwapped))
        changed.transactions[0].lockTime ^= 1;
    if (has(Fault::BlockDuplicated))
        changed.transactions.push_back(changed.transactions.back());
    if (has(Fault::BlockWrongWitness)) {
        for (auto& transaction : changed.transactions) {
            if (!transaction.isCoinbase() && transaction.hasWitness())
                transaction.inputs[0].witness.push_back({1});
        }
        if (changed.transactions.size() == 1)
            changed.transactions[0].inputs[0].witness = {base::Bytes(32, 1)};
    }
    auto raw = changed.serialize();
    if (has(Fault::BlockTruncated))
        raw.resize(raw.size() - 1);
    send(BlockMessage{std::move(raw)});
}

void FakePeer::handleGetData(const GetDataMessage& message)
{
    for (const auto& item : message.items) {
        if (item.type == static_cast<std::uint32_t>(InventoryType::WitnessBlock)) {
            if (const auto height = chain().heightOf(bitcoin::BlockHash(item.hash)))
                sendBlock(chain().at(*height));
            continue; // An unknown block is met with silence.
        }
        if (item.type == static_cast<std::uint32_t>(InventoryType::CompactBlock)) {
            const auto height = chain().heightOf(bitcoin::BlockHash(item.hash));
            if (!height)
                continue;
            const auto& block = chain().at(*height).block;
            CompactBlockMessage out;
            out.header = block.header;
            out.prefilled.push_back({0, block.transactions[0]});
            out.shortIds.resize(block.transactions.size() - 1);
            send(out);
            continue;
        }
        sendTransaction(item);
    }
}

void FakePeer::sendTransaction(const InventoryItem& item)
{
    for (const auto& [txid, transaction] : m_host.pool) {
        if (txid.bytes() == item.hash || transaction.wtxid().bytes() == item.hash) {
            send(TransactionMessage{transaction});
            return;
        }
    }
    send(NotFoundMessage{{item}});
}

void FakePeer::handleInv(const InvMessage& message)
{
    const auto knows = [this](const bitcoin::Hash256& hash) {
        return std::any_of(m_host.pool.begin(), m_host.pool.end(), [&](const auto& entry) {
            return entry.first.bytes() == hash || entry.second.wtxid().bytes() == hash;
        });
    };
    GetDataMessage out;
    for (const auto& item : message.items) {
        // Announcements by the other kind of id are ignored (BIP339).
        if (item.type == (m_wtxidRelay ? 5U : 1U) && !knows(item.hash))
            out.items.push_back({m_wtxidRelay ? 5U : 0x40000001U, item.hash});
    }
    if (!out.items.empty())
        send(out, kInvDelayMs);
}

void FakePeer::handleGetFilterHeaders(const GetFilterHeadersMessage& message)
{
    const auto& served = filterChain();
    if (has(Fault::FilterHeadersNever))
        return;
    const auto stop = served.heightOf(message.stop);
    if (!stop || message.startHeight > *stop || *stop - message.startHeight >= kMaxFilterHeaders) {
        close(); // As Core does.
        return;
    }
    FilterHeadersMessage out;
    out.stop = message.stop;
    if (message.startHeight > 0)
        out.previousHeader = served.at(message.startHeight - 1).filterHeader;
    for (auto h = message.startHeight; h <= *stop; ++h)
        out.hashes.push_back(bitcoin::filterHash(served.at(h).filter));
    send(out, has(Fault::FiltersLate) ? 1'500 : 0);
}

void FakePeer::handleGetFilters(const GetFiltersMessage& message)
{
    const auto& served = filterChain();
    const auto stop = served.heightOf(message.stop);
    if (!stop || message.startHeight > *stop || *stop - message.startHeight >= 1'000) {
        close();
        return;
    }
    for (auto h = message.startHeight; h <= *stop; ++h) {
        FilterMessage out;
        out.block = served.at(h).hash;
        out.filter = served.at(has(Fault::OtherFilter) && h > 1 ? h - 1 : h).filter;
        send(out, has(Fault::FiltersLate) ? 1'500 : 0);
    }
}

std::vector<FakePeer::Action> FakePeer::chainChanged(const ChainBuilder& before)
{
    std::uint32_t fork = std::min(chain().height(), before.height());
    while (chain().at(fork).hash != before.at(fork).hash)
        --fork;
    const auto added = chain().height() - fork;
    if (!m_handshaken || added == 0)
        return {};
    if (m_sendHeaders && added <= 8)
        send(HeadersMessage{headersAfter(fork)});
    else
        send(InvMessage{{{2, chain().tip().hash.bytes()}}});
    return std::exchange(m_actions, {});
}

std::vector<FakePeer::Action> FakePeer::announce(const bitcoin::Transaction& transaction)
{
    if (m_handshaken && m_relayWanted)
        send(InvMessage{{{5, transaction.wtxid().bytes()}}});
    return std::exchange(m_actions, {});
}

} // namespace coffer::test
