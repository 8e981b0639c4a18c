// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/transaction.h"
#include "core/lightnode/job.h"
#include "core/lightnode/node_status.h"

#include <optional>
#include <variant>

namespace coffer::lightnode {

// First the effects: what shall be done. Then the facts: what became known.

/// Which way a connection takes.
enum class Route
{
    Direct,
    Proxy
};

/// Answer with connected() or closed(). The bytes that arrive go to received().
struct Connect
{
    PeerId peer = 0;
    PeerAddress address;
    Route route = Route::Direct;
    /// SOCKS5 user: each its own circuit. Empty when direct.
    std::string isolation;
    PeerRole role = PeerRole::Sync; ///< For the network log.
};

/// Bytes for a connected peer, in order.
struct Send
{
    PeerId peer = 0;
    base::Bytes bytes;
};

/// The peer is forgotten at once: neither closed() nor received() is expected for it any more.
struct Close
{
    PeerId peer = 0;
    std::string reason;
};

/// Look up a DNS name; answer with resolved(). Never asked for when a proxy is set.
struct Resolve
{
    std::string seed;
};

/// One transaction of the chain store. Writes are done in the order given.
struct Write
{
    StorageBatch batch;
};

/// Read one filter segment; answer with filtersLoaded().
struct LoadFilters
{
    std::uint32_t segment = 0;
};

/// Run it anywhere (`lightnode::run`); answer with jobDone().
struct StartJob
{
    JobId id = 0;
    std::shared_ptr<const Job> job;
};

/// Call tick() at this monotonic time. Replaces the timer set before.
struct SetTimer
{
    std::int64_t atMonotonicMs = 0;
};

using Effect = std::variant<Connect, Send, Close, Resolve, Write, LoadFilters, StartJob, SetTimer>;

/// The best header chain has a new tip. After `Reorganised` when it forked.
struct TipMoved
{
    std::uint32_t height = 0;
    bitcoin::BlockHash hash;
    std::uint32_t time = 0;
};

/// Everything above `forkHeight` left the best chain. Several before the wallet commits: lowest
/// wins.
struct Reorganised
{
    std::uint32_t forkHeight = 0;
    std::uint32_t depth = 0;
};

/// A reorganisation of >= 100 blocks waits for allowDeepReorganisation().
struct DeepReorganisation
{
    std::uint32_t forkHeight = 0;
    std::uint32_t depth = 0;
};

/// A block that seems to hold transactions of watched scripts; also told again when scripts that
/// were added meanwhile match it. The scan waits: watch() what grew, then blockHandled().
struct BlockMatched
{
    std::uint32_t height = 0;
    bitcoin::BlockHash hash;
    std::uint32_t time = 0;
    std::shared_ptr<const bitcoin::Block> block;
};

/// The scripts of one watch are tested from its first height up to here. May go back
/// (reorganisation, filters found wrong): the last one told counts.
struct WatchTested
{
    WatchId watch = 0;
    std::uint32_t testedTo = 0;
    ProofLevel proof = ProofLevel::OneServer;
};

/// Every watch is tested up to the tip and no script was added: the fix point.
struct ScanCompleted
{
    std::uint32_t height = 0;
    ProofLevel proof = ProofLevel::OneServer;
};

/// Stage, heights or peers changed: read status().
struct StatusChanged
{};

/// An unconfirmed transaction that pays a watched script or spends a watched coin.
struct UnconfirmedSeen
{
    std::shared_ptr<const bitcoin::Transaction> transaction;
    std::int64_t utcSeconds = 0;
};

/// What is known of an own transaction on its way.
struct BroadcastProgress
{
    bitcoin::Txid txid;
    std::uint32_t handedTo = 0; ///< Connections that asked for it and processed it.
    std::uint32_t echoedBy = 0; ///< Other peers that announced or served it.
    std::uint32_t rounds = 0;   ///< Finished rounds; 3 without echo: "not accepted so far".
    bool confirmed = false;     ///< Seen in a block; not sent again.
};

/// A peer broke a rule. `banned` only when its lie is provable.
struct PeerMisbehaved
{
    std::string address;
    std::string what;
    bool banned = false;
};

/// Peers disagree about the filter of a block; the scan waits below it.
struct Disagreement
{
    std::uint32_t height = 0;
};

/// Filter headers from here on were wrong; watches fall back (WatchTested follows when retested).
struct FiltersReplaced
{
    std::uint32_t fromHeight = 0;
};

/// The own node does not know our best chain.
struct OwnNodeElsewhere
{
    std::string address;
    std::uint32_t splitHeight = 0;
};

/// A watched key spends a coin from before the scanned range: offer to look further back.
struct OlderPayments
{
    std::uint32_t height = 0;
    /// The watched script; absent where only too many blocks match without a reason.
    std::optional<bitcoin::Script> script;
};

/// feeEstimates() changed.
struct FeesObserved
{};

using Fact =
    std::variant<TipMoved, Reorganised, DeepReorganisation, BlockMatched, WatchTested,
                 ScanCompleted, StatusChanged, UnconfirmedSeen, BroadcastProgress, PeerMisbehaved,
                 Disagreement, FiltersReplaced, OwnNodeElsewhere, OlderPayments, FeesObserved>;

/// What an input led to: do the effects in order, then read the facts in order.
struct Output
{
    std::vector<Effect> effects;
    std::vector<Fact> facts;
};

} // namespace coffer::lightnode
