// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/node_status.h"
#include "core/lightnode/wire/codec.h"

#include <optional>
#include <string>
#include <vector>

namespace coffer::lightnode {

/// A request for headers that is out.
struct PendingHeaders
{
    enum class Kind
    {
        Sync,  ///< With the full locator.
        Probe, ///< With a single hash just below our tip: the answer proves agreement.
        Period ///< Of a missing period.
    };
    Kind kind = Kind::Sync;
    std::uint32_t period = 0;
    std::int64_t deadline = 0;
};

/// A request for filter headers that is out.
struct PendingFilterHeaders
{
    enum class Kind
    {
        Extend,
        Section,
        Vote,
        Claim ///< At the height of a conflict.
    };
    Kind kind = Kind::Extend;
    std::uint32_t start = 0;
    std::uint32_t stopHeight = 0;
    bitcoin::BlockHash stop;
    std::int64_t deadline = 0;
};

/// A request for filters that is out.
struct PendingFilters
{
    std::uint64_t task = 0; ///< 0: for judging a conflict.
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::int64_t deadline = 0;
    std::int64_t startedMs = 0;
    std::uint64_t bytes = 0;
};

/// A request for a block that is out.
struct PendingBlock
{
    bitcoin::BlockHash hash;
    std::int64_t deadline = 0;
};

/// One connection and everything we know and expect of its other end.
struct Peer
{
    Peer(PeerId peerId, PeerAddress where, PeerRole as, const base::ByteArray<4>& magic)
        : id(peerId)
        , address(std::move(where))
        , key(address.toString())
        , role(as)
        , reader(magic)
    {
    }

    PeerId id;
    PeerAddress address;
    std::string key;
    PeerRole role;
    PeerState state = PeerState::Dialing;
    bool ownNode = false;
    bool proxied = false;
    std::string sourceClass;
    FrameReader reader;

    // Handshake.
    std::uint64_t nonce = 0;
    bool sawVersion = false;
    bool wtxidRelay = false;
    std::uint64_t services = 0;
    std::string agent;
    std::int64_t claimedHeight =
        -1; ///< Never believed; an own node's is compared with what it shows.
    std::int64_t openedMs = 0;
    std::int64_t deadline = 0; ///< Of connecting, handshake, or a short role's whole life.

    // Keeping alive.
    std::int64_t nextPing = 0;
    std::int64_t pingSent = 0; ///< 0: none is out.
    std::uint64_t pingNonce = 0;
    std::int64_t latencyMs = -1;
    std::int64_t feeFilter = -1; ///< Satoshi per 1,000 vB.
    std::uint32_t bytesPerSecond = 0;
    std::int64_t addressTokens = 0;
    bool askedAddresses = false;

    // Its chain.
    std::int64_t provedHeight = -1;
    bitcoin::BlockHash provedHash;
    bool nothingNewer = false; ///< Its last answer was its whole chain.
    bool announced = false;    ///< A block, while a question about headers was open.
    int probeStep = 0;
    int probeRounds = 0;
    std::int64_t nextProbe = 0;
    bool toldElsewhere = false;

    // Its filter headers: equal to ours up to here on our best chain; -1: not asked.
    std::int64_t agreesTo = -1;
    std::int64_t differsAt = -1; ///< Known to differ here; the truth lies in (agreesTo, differsAt].
    std::optional<bitcoin::Hash256> claim; ///< Its filter hash at the height of the open conflict.
    bool outvoted = false;                 ///< Its filters are not asked for any more.
    std::int64_t notBefore = 0;            ///< Filter header requests pause until then.
    int filterHeaderTries = 0;
    int tipDoubts = 0; ///< How often it differed at the newest block alone.

    std::optional<PendingHeaders> headers;
    std::optional<PendingFilterHeaders> filterHeaders;
    std::vector<PendingFilters> filters;
    std::optional<PendingBlock> block;

    bool isSync() const { return role == PeerRole::Sync; }
    bool isUsable() const { return state == PeerState::Usable; }
    bool isHandshaken() const
    {
        return state == PeerState::Handshaken || state == PeerState::Probing ||
               state == PeerState::Usable;
    }
    bool servesFilters() const { return (services & service::kCompactFilters) != 0; }
    std::string networkGroup() const { return address.networkGroup(); }
};

} // namespace coffer::lightnode
