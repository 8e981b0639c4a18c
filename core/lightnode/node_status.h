// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/wire/peer_address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coffer::lightnode {

using PeerId = std::uint64_t;

/// Milliseconds of a clock that never goes back, and wall-clock seconds.
struct Time
{
    std::int64_t monotonicMs = 0;
    std::int64_t utcSeconds = 0;
};

/// What the node is busy with, as a person sees it.
enum class Stage
{
    Offline,
    Connecting,
    Headers,
    FilterHeaders,
    Scanning,
    Live
};

/// What shows that nothing is missing in a range of heights; ordered from weak to strong.
enum class ProofLevel : std::uint8_t
{
    OneServer = 0, ///< Provisional: the word of one or two peers.
    OwnNode = 1,   ///< The person's own node, by choice.
    Quorum = 2,    ///< At least three peers of two kinds, no dissent.
    Proved = 3     ///< Chains into a shipped checkpoint.
};

/// What stands in the way, in words the window knows.
enum class Problem
{
    None,
    NoPeer,       ///< Nobody usable for a minute.
    OtherChain,   ///< The own node follows a different chain.
    NoFilters,    ///< The own node serves no compact filters (-peerblockfilters=1).
    Clock,        ///< Headers seem to come from the future.
    StaleTip,     ///< No block for three hours.
    Disagreement, ///< Peers disagree about `problemHeight`.
    DeepFork      ///< A reorganisation of 100 blocks or more waits for the person.
};

/// How far a connection has come.
enum class PeerState
{
    Dialing,
    VersionSent,
    Handshaken,
    Probing,
    Usable,
    Draining,
    Closed
};

/// What a connection is for.
enum class PeerRole
{
    Sync, ///< Headers, filters, blocks, votes.
    AddressSource,
    Broadcaster,
    RelayWatcher, ///< Unconfirmed transactions.
    EchoListener  ///< Whether an own transaction comes back.
};

/// One connection, as the window lists it.
struct PeerStatus
{
    PeerId id = 0;
    std::string address;
    std::string agent;
    std::uint64_t services = 0;
    PeerState state = PeerState::Dialing;
    PeerRole role = PeerRole::Sync;
    bool ownNode = false;
    bool proxied = false;
    std::int64_t provedHeight = -1; ///< The highest header of our best chain that it showed.
    std::int64_t latencyMs = -1;
    std::uint32_t bytesPerSecond = 0;
};

/// A snapshot for the window and the command line.
struct NodeStatus
{
    Stage stage = Stage::Offline;
    std::int64_t headerHeight = -1;
    std::int64_t filterHeight = -1;
    std::int64_t scanHeight = -1;   ///< Every watched script is tested up to here.
    std::int64_t targetHeight = -1; ///< The tip, estimated from the clock while headers are read.
    std::int64_t scanTime = 0; ///< UTC seconds of the block being scanned; 0 when not scanning.
    std::int64_t tipTime = 0;  ///< UTC seconds.
    int progressPermille = 0;
    double blocksPerSecond = 0;
    std::int64_t secondsLeft = -1;
    ProofLevel proof = ProofLevel::OneServer; ///< Of the scanned range, the weakest.
    Problem problem = Problem::None;
    std::int64_t problemHeight = -1;
    std::vector<PeerStatus> peers;
};

} // namespace coffer::lightnode
