// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/node.h"

#include "core/lightnode/fees.h"
#include "core/lightnode/sync/broadcaster.h"
#include "core/lightnode/sync/fee_observer.h"
#include "core/lightnode/sync/header_sync.h"
#include "core/lightnode/sync/relay.h"
#include "core/lightnode/sync/scan.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::int64_t kNoPeerMs = 60'000;   // Then the person is told.
constexpr std::int64_t kBookMs = 5 * 60'000; // Peer rows are written together.
// A commit takes milliseconds of the disk, a message of 2,000 headers less than one to check.
constexpr std::int64_t kHeaderWriteMs = 1'000;
constexpr std::int64_t kStatusMs = 250; // The window need not know more often.
constexpr std::int64_t kBirthdayMargin = 14 * 24 * 60 * 60;
constexpr std::int64_t kBlockSeconds = 600;

} // namespace

/// The parts, and the order in which an input goes through them.
struct Node::Parts
{
    Parts(Config config, base::Random& random)
        : context(
              config, config.params != nullptr ? *config.params : bitcoin::paramsOf(config.network),
              config.checkpoints != nullptr ? *config.checkpoints : checkpointsOf(config.network),
              random)
        , peers(context)
        , headers(context, peers)
        , filterHeaders(context, peers)
        , scan(context, peers, filterHeaders)
        , relay(context, peers,
                [this](const bitcoin::Script& script) { return scan.isWatched(script); })
        , broadcaster(context, peers)
        , fees(context, peers)
    {
    }

    void begin(Time now)
    {
        // A clock of the engine never goes back, but a careless caller's may.
        context.now.monotonicMs = std::max(context.now.monotonicMs, now.monotonicMs);
        context.now.utcSeconds = now.utcSeconds;
    }
    void end();
    void noticeChainChanges();
    void dispatch(Peer& peer, Message& message);
    void needHeaders();
    void write();
    bool headersMayWait();
    void setTimer();
    void tellStatus();
    Stage stage();
    Problem problem();

    Context context;
    Peers peers;
    HeaderSync headers;
    FilterHeaderSync filterHeaders;
    Scan scan;
    RelayWatch relay;
    Broadcaster broadcaster;
    FeeObserver fees;

    bool started = false;
    bool stopped = false;
    bool online = true;
    std::size_t factsSeen = 0;
    std::set<PeerId> greeted;
    std::int64_t lastUsableMs = 0;
    std::int64_t nextBookWrite = 0;
    std::optional<std::int64_t> headersWrittenBy; ///< Rows wait until then for more of them.
    std::int64_t nextStatus = 0;
    std::int64_t timerAt = 0;
    Stage lastStage = Stage::Offline;
    std::optional<std::uint32_t> filtersFrom;
};

void Node::Parts::dispatch(Peer& peer, Message& message)
{
    if (peers.handle(peer, message))
        return;
    if (auto* m = std::get_if<HeadersMessage>(&message)) {
        headers.handle(peer, *m);
    } else if (auto* inv = std::get_if<InvMessage>(&message)) {
        headers.announced(peer, *inv);
        broadcaster.announced(peer, *inv);
        relay.announced(peer, *inv);
    } else if (auto* filterHeader = std::get_if<FilterHeadersMessage>(&message)) {
        filterHeaders.handle(peer, *filterHeader);
    } else if (auto* filter = std::get_if<FilterMessage>(&message)) {
        if (!filterHeaders.handle(peer, *filter))
            scan.handle(peer, *filter);
    } else if (auto* block = std::get_if<BlockMessage>(&message)) {
        if (!filterHeaders.handle(peer, *block))
            scan.handle(peer, *block);
    } else if (auto* missing = std::get_if<NotFoundMessage>(&message)) {
        scan.handle(peer, *missing);
    } else if (auto* wanted = std::get_if<GetDataMessage>(&message)) {
        broadcaster.handle(peer, *wanted);
    } else if (auto* pong = std::get_if<PongMessage>(&message)) {
        broadcaster.handle(peer, *pong);
    } else if (auto* transaction = std::get_if<TransactionMessage>(&message)) {
        broadcaster.handle(peer, *transaction);
        relay.handle(peer, *transaction);
    } else if (auto* compact = std::get_if<CompactBlockMessage>(&message)) {
        fees.handle(peer, *compact);
    }
}

void Node::Parts::noticeChainChanges()
{
    // Facts of this input that other parts have to follow.
    for (; factsSeen < context.out.facts.size(); ++factsSeen) {
        const auto& fact = context.out.facts[factsSeen];
        if (const auto* forked = std::get_if<Reorganised>(&fact)) {
            filterHeaders.reorganised(forked->forkHeight);
            scan.cutAbove(forked->forkHeight);
        } else if (const auto* replaced = std::get_if<FiltersReplaced>(&fact)) {
            scan.cutAbove(replaced->fromHeight - 1);
        } else if (const auto* matched = std::get_if<BlockMatched>(&fact)) {
            const auto block = matched->block;
            const auto height = matched->height;
            relay.blockMatched(*block);
            broadcaster.blockMatched(*block);
            fees.blockSeen(height, *block);
        }
    }
}

void Node::Parts::end()
{
    if (!started || stopped)
        return;
    // Parts may close peers, which frees work for others: repeat until quiet. Peers are finite.
    for (bool quiet = false; !quiet;) {
        noticeChainChanges();
        for (auto* peer : peers.all()) {
            if (peer->isHandshaken() && greeted.insert(peer->id).second) {
                broadcaster.handshaken(*peer);
                relay.handshaken(*peer);
            }
        }
        const bool scanning = !scan.isComplete();
        peers.setAppetite(filterHeaders.inConflict() ? Appetite::Conflict
                          : scanning                 ? Appetite::Scanning
                                                     : Appetite::Live);
        if (online)
            peers.pump();
        headers.pump();
        noticeChainChanges();
        if (headers.knowsTip())
            filterHeaders.headersKnown();
        const auto needed = scan.neededFrom();
        if (needed && (!filtersFrom || *needed < *filtersFrom))
            filtersFrom = needed;
        filterHeaders.setNeededFrom(filtersFrom);
        filterHeaders.pump();
        noticeChainChanges();
        needHeaders();
        scan.pump();
        noticeChainChanges();
        if (online) {
            relay.pump();
            broadcaster.pump();
        }
        if (stage() == Stage::Live && !context.isRegtest())
            fees.pump();
        const auto gone = peers.takeGone();
        for (const auto id : gone) {
            greeted.erase(id);
            headers.peerGone(id);
            filterHeaders.peerGone(id);
            scan.peerGone(id);
            broadcaster.peerGone(id);
        }
        quiet = gone.empty() && factsSeen == context.out.facts.size();
    }
    write();
    tellStatus();
    setTimer();
}

void Node::Parts::needHeaders()
{
    // Stop hashes are needed from the checkpoint on that the filter headers start at. Base 0 means
    // that it was not chosen yet, or that a watch asks for it.
    std::optional<std::uint32_t> from;
    if (context.filterHeaders.baseHeight() > 0)
        from = context.filterHeaders.baseHeight();
    if (filtersFrom) {
        const auto below = *filtersFrom > 0 ? *filtersFrom - 1 : 0;
        const auto checkpoint = context.checkpoints.filterAtOrBelow(below).height;
        from = std::min(from.value_or(checkpoint), checkpoint);
    }
    if (from)
        headers.setNeededFrom(*from);
}

void Node::Parts::write()
{
    StorageBatch batch;
    scan.takeChanges(batch);
    if (context.ms() >= nextBookWrite) {
        nextBookWrite = context.ms() + kBookMs;
        context.book.takeChanges(batch);
    }
    if (batch.empty() && headersMayWait())
        return;
    headersWrittenBy.reset();
    context.headers.takeChanges(batch);
    context.filterHeaders.takeChanges(batch);
    if (!batch.empty())
        context.effect(Write{std::move(batch)});
}

bool Node::Parts::headersMayWait()
{
    const auto now = stage();
    if (now != Stage::Headers && now != Stage::FilterHeaders)
        return false;
    // What a wallet is told must not outlive the headers that it rests on.
    for (const auto& fact : context.out.facts) {
        if (!std::holds_alternative<TipMoved>(fact) && !std::holds_alternative<StatusChanged>(fact))
            return false;
    }
    if (!context.headers.hasChanges() && !context.filterHeaders.hasChanges())
        return true;
    if (!headersWrittenBy)
        headersWrittenBy = context.ms() + kHeaderWriteMs;
    return context.ms() < *headersWrittenBy;
}

void Node::Parts::tellStatus()
{
    if (peers.usable().size() > 0)
        lastUsableMs = context.ms();
    const auto now = stage();
    if (now != lastStage) {
        if (now == Stage::Live) {
            StorageBatch batch;
            ScanStateRow row;
            row.filtersFrom = filtersFrom.value_or(context.filterHeaders.baseHeight());
            row.reachedHeight =
                static_cast<std::uint32_t>(std::max<std::int64_t>(context.headers.tipHeight(), 0));
            row.reachedTime = context.now.utcSeconds;
            batch.scanState = row;
            context.book.takeChanges(batch);
            context.effect(Write{std::move(batch)});
        }
        lastStage = now;
        context.statusChanged = true;
        nextStatus = context.ms();
    }
    if (context.statusChanged && context.ms() >= nextStatus) {
        context.statusChanged = false;
        nextStatus = context.ms() + kStatusMs;
        context.fact(StatusChanged{});
        ++factsSeen;
    }
}

void Node::Parts::setTimer()
{
    auto next = headers.nextDeadline();
    next = std::min({next, filterHeaders.nextDeadline(), scan.nextDeadline()});
    if (online) {
        next = std::min(
            {next, peers.nextDeadline(), relay.nextDeadline(), broadcaster.nextDeadline()});
    }
    if (context.statusChanged)
        next = std::min(next, nextStatus);
    if (headersWrittenBy)
        next = std::min(next, *headersWrittenBy);
    if (next == kNever)
        return;
    next = std::max(next, context.ms() + 1);
    if (next == timerAt)
        return;
    timerAt = next;
    context.effect(SetTimer{next});
}

Stage Node::Parts::stage()
{
    if (!online || !started)
        return Stage::Offline;
    if (peers.usable().empty() && !headers.knowsTip())
        return peers.handshakenSync().empty() ? Stage::Connecting : Stage::Headers;
    if (peers.usable().empty())
        return Stage::Connecting;
    if (!headers.isSynced() || headers.isStale())
        return Stage::Headers;
    if (!filterHeaders.isSettled())
        return Stage::FilterHeaders;
    return scan.isComplete() ? Stage::Live : Stage::Scanning;
}

Problem Node::Parts::problem()
{
    if (headers.problem() != Problem::None)
        return headers.problem();
    if (filterHeaders.inConflict())
        return Problem::Disagreement;
    for (const auto* peer : peers.all()) {
        if (peer->ownNode && peer->isSync() && peer->isUsable() && !peer->servesFilters())
            return Problem::NoFilters;
    }
    if (online && started && peers.usable().empty() && context.ms() - lastUsableMs > kNoPeerMs)
        return Problem::NoPeer;
    return Problem::None;
}

Node::Node(Config config, base::Random& random)
    : m_parts(std::make_unique<Parts>(std::move(config), random))
{
}

Node::~Node() = default;

void Node::restore(StoredState state)
{
    auto& context = m_parts->context;
    context.headers.restore(state.headerPeriods);
    context.filterHeaders.restore(state.filterHeaders);
    // Filter headers above the headers we have describe blocks that left.
    const auto tip = context.headers.tipHeight();
    if (tip >= 0)
        context.filterHeaders.cutAbove(static_cast<std::uint32_t>(tip));
    std::vector<FilterSegmentInfo> filters;
    for (const auto& info : state.filters) {
        if (info.firstHeight + info.count <= context.filterHeaders.tipHeight() + 1)
            filters.push_back(info);
    }
    m_parts->scan.restore(filters);
    context.book.restore(state.peers, context.params.port);
}

void Node::start(Time now)
{
    m_parts->begin(now);
    m_parts->started = true;
    m_parts->lastUsableMs = now.monotonicMs;
    m_parts->nextBookWrite = now.monotonicMs + kBookMs;
    m_parts->headers.setOnline();
    m_parts->scan.start();
    m_parts->context.statusChanged = true;
    m_parts->end();
}

void Node::stop(Time now)
{
    m_parts->begin(now);
    if (m_parts->stopped)
        return;
    m_parts->peers.closeAll("stopping");
    m_parts->scan.flush();
    StorageBatch batch;
    m_parts->context.headers.takeChanges(batch);
    m_parts->context.filterHeaders.takeChanges(batch);
    m_parts->scan.takeChanges(batch);
    m_parts->context.book.takeChanges(batch);
    if (!batch.empty())
        m_parts->context.effect(Write{std::move(batch)});
    m_parts->stopped = true;
}

void Node::tick(Time now)
{
    m_parts->begin(now);
    m_parts->timerAt = 0; // It fired, or the caller asks anyway: set it again.
    m_parts->end();
}

void Node::connected(PeerId peer, Time now)
{
    m_parts->begin(now);
    m_parts->peers.connected(peer);
    m_parts->end();
}

void Node::closed(PeerId peer, std::string_view reason, Time now)
{
    m_parts->begin(now);
    m_parts->peers.closed(peer, reason);
    m_parts->end();
}

void Node::received(PeerId id, base::ByteView bytes, Time now)
{
    m_parts->begin(now);
    while (!bytes.empty()) {
        auto* peer = m_parts->peers.find(id);
        if (peer == nullptr || peer->state == PeerState::Dialing)
            break;
        auto frame = peer->reader.next(bytes);
        if (!frame) {
            m_parts->peers.fail(*peer, frame.error().detail);
            break;
        }
        if (!*frame)
            break;
        const bool headers = (*frame)->command == "headers";
        auto message = decodeMessage((*frame)->command, std::move((*frame)->payload));
        if (message)
            m_parts->dispatch(*peer, *message);
        else if (headers && peer->isSync() && message.error().code == base::ErrorCode::Malformed)
            m_parts->headers.undecodable(*peer);
        else if (headers)
            m_parts->peers.fail(*peer, "headers: " + message.error().detail);
        // Any other message that makes no sense is dropped: new versions add such.
        m_parts->noticeChainChanges();
    }
    m_parts->end();
}

void Node::resolved(std::string_view, const std::vector<PeerAddress>& addresses, Time now)
{
    m_parts->begin(now);
    m_parts->peers.resolved(addresses);
    m_parts->end();
}

void Node::jobDone(JobId job, JobResult result, Time now)
{
    m_parts->begin(now);
    if (!m_parts->filterHeaders.jobDone(job, result))
        m_parts->scan.jobDone(job, result);
    m_parts->end();
}

void Node::filtersLoaded(std::uint32_t segment, base::Result<FilterSegment> filters, Time now)
{
    m_parts->begin(now);
    m_parts->scan.filtersLoaded(segment, std::move(filters));
    m_parts->end();
}

void Node::watch(Watch watch, Time now)
{
    this->watch(std::vector<Watch>{std::move(watch)}, now);
}

void Node::watch(std::vector<Watch> watches, Time now)
{
    m_parts->begin(now);
    for (auto& watch : watches)
        m_parts->scan.watch(std::move(watch));
    m_parts->relay.scriptsAdded();
    m_parts->end();
}

bool Node::isScanned() const
{
    return m_parts->scan.isComplete();
}

void Node::unwatch(WatchId id, Time now)
{
    m_parts->begin(now);
    m_parts->scan.unwatch(id);
    m_parts->end();
}

void Node::watchCoins(std::span<const bitcoin::OutPoint> coins)
{
    m_parts->relay.watchCoins(coins);
}

void Node::blockHandled(const bitcoin::BlockHash& block, BlockUse use, Time now)
{
    m_parts->begin(now);
    m_parts->scan.blockHandled(block, use);
    m_parts->end();
}

void Node::broadcast(const bitcoin::Transaction& transaction, Time now)
{
    m_parts->begin(now);
    const bool known = m_parts->relay.wasAnnounced(transaction.txid().bytes()) ||
                       m_parts->relay.wasAnnounced(transaction.wtxid().bytes());
    m_parts->broadcaster.add(transaction, known ? Broadcaster::Known::Yes : Broadcaster::Known::No);
    m_parts->end();
}

void Node::cancelBroadcast(const bitcoin::Txid& transaction, Time now)
{
    m_parts->begin(now);
    m_parts->broadcaster.cancel(transaction);
    m_parts->end();
}

void Node::watchUnconfirmed(Watching watching, Time now)
{
    m_parts->begin(now);
    m_parts->relay.setWatching(watching);
    m_parts->end();
}

void Node::setNetwork(NetworkSwitch use, Time now)
{
    m_parts->begin(now);
    m_parts->online = use == NetworkSwitch::Online;
    if (m_parts->online)
        m_parts->headers.setOnline();
    else
        m_parts->peers.closeAll("offline");
    m_parts->context.statusChanged = true;
    m_parts->end();
}

void Node::setOwnNodes(std::vector<PeerAddress> ownNodes, Time now)
{
    m_parts->begin(now);
    m_parts->context.config.ownNodes = std::move(ownNodes);
    m_parts->peers.ownNodesChanged();
    m_parts->end();
}

void Node::allowDeepReorganisation(Time now)
{
    m_parts->begin(now);
    m_parts->headers.allowDeepReorganisation();
    m_parts->end();
}

Output Node::take()
{
    m_parts->factsSeen = 0;
    return std::exchange(m_parts->context.out, {});
}

NodeStatus Node::status(Time now) const
{
    auto& parts = *m_parts;
    NodeStatus out;
    out.stage = parts.stage();
    out.headerHeight = parts.context.headers.tipHeight();
    out.tipTime = parts.context.headers.tipTime();
    out.filterHeight = parts.context.filterHeaders.tipHeight();
    out.scanHeight =
        parts.headers.knowsTip() || parts.scan.hasWatches() ? parts.scan.scannedTo() : -1;
    out.targetHeight = out.headerHeight;
    if (out.stage <= Stage::Headers && !parts.context.isRegtest() && out.tipTime > 0) {
        const auto behind = std::max<std::int64_t>(0, now.utcSeconds - out.tipTime);
        out.targetHeight += behind / kBlockSeconds;
    }
    const auto left = static_cast<std::int64_t>(parts.scan.heightsLeft());
    if (out.stage == Stage::Scanning) {
        out.scanTime = parts.context.headers.timeAt(parts.scan.cursor()).value_or(0);
        out.blocksPerSecond = parts.scan.blocksPerSecond();
        if (out.blocksPerSecond > 0)
            out.secondsLeft =
                static_cast<std::int64_t>(static_cast<double>(left) / out.blocksPerSecond);
    }
    const auto whole = [&] {
        const auto from = parts.filtersFrom.value_or(0);
        return std::max<std::int64_t>(1, out.filterHeight - static_cast<std::int64_t>(from) + 1);
    }();
    switch (out.stage) {
    case Stage::Live:
        out.progressPermille = 1000;
        break;
    case Stage::Scanning:
        out.progressPermille =
            static_cast<int>(std::clamp<std::int64_t>(1000 - left * 1000 / whole, 0, 999));
        break;
    default:
        if (out.targetHeight > 0)
            out.progressPermille = static_cast<int>(std::clamp<std::int64_t>(
                std::min(out.headerHeight, std::max<std::int64_t>(out.filterHeight, 0)) * 1000 /
                    out.targetHeight,
                0, 999));
        break;
    }
    out.proof = parts.scan.proof();
    out.problem = parts.problem();
    if (out.problem == Problem::Disagreement)
        out.problemHeight = parts.filterHeaders.conflictHeight();
    else if (out.problem == Problem::OtherChain || out.problem == Problem::DeepFork)
        out.problemHeight = parts.headers.problemHeight();
    out.peers = parts.peers.status();
    return out;
}

FeeEstimates Node::feeEstimates() const
{
    return m_parts->fees.estimates();
}

std::int64_t Node::tipHeight() const
{
    return m_parts->context.headers.tipHeight();
}

std::optional<bitcoin::BlockHash> Node::blockHashAt(std::uint32_t height) const
{
    return m_parts->context.headers.hashAt(height);
}

std::optional<std::uint32_t> Node::blockTimeAt(std::uint32_t height) const
{
    return m_parts->context.headers.timeAt(height);
}

std::uint32_t Node::heightBefore(std::int64_t utcSeconds) const
{
    const auto& headers = m_parts->context.headers;
    const auto wanted = utcSeconds - kBirthdayMargin;
    // Block times may jump back a little; two weeks of margin are more than they can.
    for (auto h = headers.tipHeight(); h >= static_cast<std::int64_t>(headers.baseHeight()); --h) {
        const auto height = static_cast<std::uint32_t>(h);
        if (headers.timeAt(height).value_or(0) <= wanted)
            return height;
    }
    std::uint32_t best = 0;
    for (const auto& checkpoint : m_parts->context.checkpoints.filters) {
        if (checkpoint.time != 0 && checkpoint.time <= wanted)
            best = checkpoint.height;
    }
    return best;
}

} // namespace coffer::lightnode
