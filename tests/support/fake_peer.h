// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/wire/codec.h"
#include "tests/support/chain_builder.h"

#include <functional>
#include <set>

namespace coffer::test {

/// What a fake peer does wrong (bitcoin.md, section 9).
enum class Fault
{
    SilentAfterHandshake,
    ByteByByte, ///< Handled by the simulator: one byte a second.
    ClosesAfterMessages,
    ClosesLaterEachTime, ///< The first connection at the first message, each next one a message
                         ///< later.
    NeverPongs,
    WrongMagic,
    HugeLength,
    BadChecksum,
    LongHeaders, ///< 164 bytes each.
    HeadersWithoutWork,
    WrongBits,
    OldTime,
    BrokenLink,
    FutureTime,
    EmptyHeaders,
    HeadersFromGenesis, ///< Whatever the locator says.
    TooManyHeaders,
    OtherFilter, ///< Serves the filter of another block.
    FiltersLate,
    FilterHeadersNever,
    DisconnectsOnStaleStop,
    BlockSwapped,
    BlockDuplicated,
    BlockTruncated,
    BlockWrongWitness,
    FloodsAnnouncements,
    FloodsAddresses,
    BadAddresses,
    Chatters ///< Unknown messages, `feature`, a second `version`.
};

/// What all connections to one fake node share.
struct FakeHost
{
    explicit FakeHost(ChainBuilder served)
        : chain(std::move(served))
    {
    }

    ChainBuilder chain;
    /// What it says about filters may differ from what it says about blocks.
    std::optional<ChainBuilder> filterChain;
    std::set<Fault> faults;
    std::uint64_t services = lightnode::service::kWanted;
    std::size_t closesAfter = 3;
    std::int32_t claimsMore = 0; ///< Blocks that its `version` names and that it does not serve.
    std::string agent = "/Satoshi:29.0.0/";
    std::int64_t feeFilter = 1'000;
    /// Unconfirmed transactions it knows.
    std::map<bitcoin::Txid, bitcoin::Transaction> pool;
    /// Called for each transaction it was handed.
    std::function<void(const bitcoin::Transaction&)> onTransaction;
    std::vector<std::string> seen; ///< Commands it received, over all connections.
    std::size_t connections = 0;   ///< So far.
};

/// One connection to a node that behaves towards a light client as Bitcoin Core does, in memory:
/// bytes in, bytes out.
class FakePeer
{
public:
    /// What it wants to happen after `delayMs`.
    struct Action
    {
        std::int64_t delayMs = 0;
        base::Bytes bytes;
        bool close = false;
    };

    explicit FakePeer(FakeHost& host)
        : m_host(host)
        , m_reader(host.chain.params().magic)
        , m_number(host.connections)
    {
        ++host.connections;
    }

    std::vector<Action> received(base::ByteView bytes);
    /// The host's chain moved from `before`: announcements.
    std::vector<Action> chainChanged(const ChainBuilder& before);
    std::vector<Action> announce(const bitcoin::Transaction& transaction);
    bool has(Fault fault) const { return m_host.faults.contains(fault); }

private:
    void handle(const lightnode::Message& message);
    void handleVersion(const lightnode::VersionMessage& message);
    void handleSimple(lightnode::SimpleMessage message);
    void handleVerack();
    void floodAddresses();
    void handleGetHeaders(const lightnode::GetHeadersMessage& message);
    bool sendBrokenHeaders();
    void spoilHeaders(std::vector<lightnode::RawHeader>& headers) const;
    void handleGetData(const lightnode::GetDataMessage& message);
    void sendTransaction(const lightnode::InventoryItem& item);
    void handleInv(const lightnode::InvMessage& message);
    void handleGetFilterHeaders(const lightnode::GetFilterHeadersMessage& message);
    void handleGetFilters(const lightnode::GetFiltersMessage& message);
    void sendBlock(const ChainBlock& block);
    void send(const lightnode::Message& message, std::int64_t delayMs = 0);
    void sendRaw(std::string_view command, base::ByteView payload);
    void close();
    std::vector<lightnode::RawHeader> headersAfter(std::uint32_t height) const;
    const ChainBuilder& chain() const { return m_host.chain; }
    const ChainBuilder& filterChain() const
    {
        return m_host.filterChain ? *m_host.filterChain : m_host.chain;
    }

    FakeHost& m_host;
    lightnode::FrameReader m_reader;
    std::size_t m_number = 0; ///< Of this connection to the host, from 0.
    std::vector<Action> m_actions;
    bool m_sendHeaders = false;
    bool m_handshaken = false;
    bool m_relayWanted = false;
    bool m_wtxidRelay = false;
    std::size_t m_messages = 0;
};

} // namespace coffer::test
