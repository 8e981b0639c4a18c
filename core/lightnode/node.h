// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A Bitcoin light node (BIP157/158) as a state machine without sockets, clock, disk or threads.
///
/// Problem: tell a wallet about every payment to its scripts, without telling anybody which scripts
/// these are. Adversary: peers that hide payments, invent chains, stall, or flood; an observer of
/// the line. Approach: the header chain is proved here (work, exact difficulty); filter headers
/// chain into shipped checkpoints, above them several independent peers must agree; filters are
/// checked against them, tested here, and whole blocks are fetched and proved by merkle root.
/// Limit: that *nothing is missing* above the last checkpoint rests on peers (ProofLevel);
/// transaction scripts and signatures of others are not verified.
///
/// Driving it: one thread; call an input with the current time, then take() and do the effects in
/// order, then read the facts. Each input is cheap; work for a pool comes out as StartJob. Every
/// connection ends with closed() unless the node itself asked for Close. After BlockMatched the
/// scan waits until blockHandled(): watch() first what the block added, so that the same block and
/// all earlier ones are tested with it (BIP44 gap limit, fix point).

#include "core/base/random.h"
#include "core/bitcoin/network.h"
#include "core/lightnode/effects.h"
#include "core/lightnode/stored_state.h"

#include <memory>
#include <span>

namespace coffer::lightnode {

/// Whether strangers are asked when a person's own node is set.
enum class PeerUse
{
    OwnNodesOnly,
    CrossCheck
};

/// The person's switch for everything that leaves this machine.
enum class NetworkSwitch
{
    Offline,
    Online
};

/// Whether unconfirmed transactions are looked for.
enum class Watching
{
    Off,
    On
};

/// What the wallet made of a matched block.
enum class BlockUse
{
    Relevant,
    Unexplained ///< Nothing of ours that the wallet can see: false match, or an older payment.
};

struct Checkpoints;
struct FeeEstimates;

/// What does not change while the node lives.
struct Config
{
    bitcoin::Network network = bitcoin::Network::Main;
    std::vector<PeerAddress> ownNodes;
    PeerUse peerUse = PeerUse::CrossCheck;
    Route route = Route::Direct; ///< Proxy: no name is ever resolved here.
    /// Filters kept on disk; the oldest go first.
    std::uint64_t filterCapBytes = 4'000'000'000;
    /// Null: as shipped. Tests bring easier chains; both must outlive the node.
    const bitcoin::NetworkParams* params = nullptr;
    const Checkpoints* checkpoints = nullptr;
};

/// Scripts that are tested together.
struct Watch
{
    WatchId id = 0; ///< Unique while the node lives.
    std::vector<bitcoin::Script> scripts;
    std::uint32_t fromHeight = 0; ///< The birthday.
    /// Tested from `fromHeight` up to here already; fromHeight - 1 (or less): nothing yet.
    std::int64_t testedTo = -1;
};

/// The light node.
class Node
{
public:
    Node(Config config, base::Random& random);
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    /// Before start(), at most once. Checks links and work: about a second per million headers.
    void restore(StoredState state);
    void start(Time now);
    /// Closes everything and writes what is still in memory. start() is not possible afterwards.
    void stop(Time now);

    void tick(Time now);
    void connected(PeerId peer, Time now);
    void closed(PeerId peer, std::string_view reason, Time now);
    void received(PeerId peer, base::ByteView bytes, Time now);
    void resolved(std::string_view seed, const std::vector<PeerAddress>& addresses, Time now);
    void jobDone(JobId job, JobResult result, Time now);
    /// An error means: not there, fetch it again.
    void filtersLoaded(std::uint32_t segment, base::Result<FilterSegment> filters, Time now);

    /// Replaces a watch of the same id. Heights that are not tested are scanned, lowest first.
    void watch(Watch watch, Time now);
    /// Several at once: nothing is told complete before all of them are known.
    void watch(std::vector<Watch> watches, Time now);
    void unwatch(WatchId id, Time now);
    /// Whether every watch is tested as far as filters are known, now.
    bool isScanned() const;
    /// Coins whose spending shall be recognised while unconfirmed.
    void watchCoins(std::span<const bitcoin::OutPoint> coins);
    /// The wallet has committed what it found in this block (or found it not on its chain any
    /// more).
    void blockHandled(const bitcoin::BlockHash& block, BlockUse use, Time now);

    /// Sends an own transaction until it is seen; also for each one still open after a start.
    /// Commit the payment to the wallet file before.
    void broadcast(const bitcoin::Transaction& transaction, Time now);
    void cancelBroadcast(const bitcoin::Txid& transaction, Time now);
    /// Look for unconfirmed payments: the receive page is open, or an address was handed out. With
    /// an own node they are always watched.
    void watchUnconfirmed(Watching watching, Time now);

    void setNetwork(NetworkSwitch use, Time now);
    void setOwnNodes(std::vector<PeerAddress> ownNodes, Time now);
    /// The person's answer to DeepReorganisation.
    void allowDeepReorganisation(Time now);

    /// Everything that happened since the last call.
    Output take();

    NodeStatus status(Time now) const;
    FeeEstimates feeEstimates() const;
    /// The best header's height; -1 before any header is known.
    std::int64_t tipHeight() const;
    /// Of the best chain; nullopt where the headers are not kept.
    std::optional<bitcoin::BlockHash> blockHashAt(std::uint32_t height) const;
    std::optional<std::uint32_t> blockTimeAt(std::uint32_t height) const;
    /// Where a wallet born at this time should start: the last checkpoint (or known header) at
    /// least two weeks before it.
    std::uint32_t heightBefore(std::int64_t utcSeconds) const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace coffer::lightnode
