// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/header_sync.h"

#include <algorithm>
#include <utility>

namespace coffer::lightnode {

namespace {

constexpr std::int64_t kHeadersMs = 10'000;
constexpr std::int64_t kHeadersProxiedMs = 40'000;
constexpr std::int64_t kReprobeMs = 30'000;
constexpr std::int64_t kReprobeOwnMs = 5'000;
constexpr std::int64_t kAnnounceMs = 2'000;
constexpr int kProbeRounds = 3;
constexpr int kForkRounds = 2;
constexpr std::int64_t kMayLag = 6; // Blocks below our tip that a usable peer may be.
constexpr std::uint32_t kDeepProbe = 7;
constexpr std::int64_t kStaleAskMs = 30 * 60'000;
constexpr std::int64_t kStaleSeconds = 90 * 60;
constexpr std::int64_t kTellStaleMs = 3 * 60 * 60'000;
constexpr std::int64_t kFutureRetryMs = 10 * 60'000;

} // namespace

void HeaderSync::ask(Peer& peer, PendingHeaders::Kind kind, std::vector<bitcoin::BlockHash> locator)
{
    PendingHeaders pending;
    pending.kind = kind;
    pending.deadline = m_peers.patience(peer, kHeadersMs, kHeadersProxiedMs);
    peer.headers = pending;
    m_peers.send(peer, GetHeadersMessage{std::move(locator), {}});
}

bool HeaderSync::isProved(const Peer& peer) const
{
    const auto& chain = m_context.headers;
    if (peer.provedHeight < 0 || peer.provedHeight + kMayLag < chain.tipHeight())
        return false;
    return chain.isOnBestChain(static_cast<std::uint32_t>(peer.provedHeight), peer.provedHash);
}

void HeaderSync::prove(Peer& peer, std::int64_t height)
{
    const auto& chain = m_context.headers;
    const bool still =
        peer.provedHeight >= 0 &&
        chain.isOnBestChain(static_cast<std::uint32_t>(peer.provedHeight), peer.provedHash);
    if (height < 0 || (still && height <= peer.provedHeight))
        return;
    const auto hash = chain.hashAt(static_cast<std::uint32_t>(height));
    if (!hash)
        return;
    peer.provedHeight = height;
    peer.provedHash = *hash;
    settle(peer);
}

void HeaderSync::settle(Peer& peer)
{
    if (!peer.isSync() || !peer.isHandshaken())
        return;
    if (m_knowsTip && isProved(peer)) {
        if (!peer.isUsable()) {
            m_context.statusChanged = true;
            peer.probeStep = 0;
            peer.probeRounds = 0;
        }
        peer.state = PeerState::Usable;
        if (peer.ownNode)
            m_problem = m_problem == Problem::OtherChain ? Problem::None : m_problem;
    } else if (peer.isUsable()) {
        peer.state = PeerState::Probing;
        peer.probeStep = 0;
        m_context.statusChanged = true;
    }
}

void HeaderSync::probe(Peer& peer)
{
    const auto& chain = m_context.headers;
    const auto tip = chain.tipHeight();
    const auto base = static_cast<std::int64_t>(chain.baseHeight());
    const std::int64_t below = peer.probeStep == 0 ? tip - 1 : tip - kDeepProbe;
    if (peer.probeStep < 2 && below >= std::max<std::int64_t>(base, 0)) {
        ask(peer, PendingHeaders::Kind::Probe, {*chain.hashAt(static_cast<std::uint32_t>(below))});
        return;
    }
    peer.probeStep = 2;
    ask(peer, PendingHeaders::Kind::Sync, chain.locator());
}

void HeaderSync::probeDeeper(Peer& peer)
{
    ++peer.probeStep;
    peer.nextProbe = m_context.ms();
}

void HeaderSync::nameElsewhere(Peer& peer, std::int64_t splitHeight)
{
    peer.toldElsewhere = true;
    m_problem = Problem::OtherChain;
    m_problemHeight = splitHeight + 1;
    m_context.fact(OwnNodeElsewhere{peer.key, static_cast<std::uint32_t>(splitHeight + 1)});
    m_context.statusChanged = true;
}

/// A node on the other side of the split serves us the common part and then nothing (bitcoin.md
/// 4.3), as if it were at its tip; only the height that it names gives it away. `shown`: the last
/// header that it has for us.
bool HeaderSync::hidesItsChain(Peer& peer, std::int64_t shown)
{
    if (!peer.ownNode || (peer.services & service::kBlake2bChain) == 0 ||
        peer.claimedHeight <= shown)
        return false;
    if (m_source == peer.id)
        m_source = 0;
    nameElsewhere(peer, shown);
    m_peers.otherChain(peer, "has blocks that it does not show");
    return true;
}

void HeaderSync::probeFailed(Peer& peer, std::int64_t splitHeight)
{
    peer.probeStep = 0;
    ++peer.probeRounds;
    if (peer.ownNode) {
        // Never dropped: it may be reading its own blocks still.
        peer.nextProbe = m_context.ms() + kReprobeOwnMs;
        if (splitHeight >= 0 && splitHeight + kMayLag < m_context.headers.tipHeight() &&
            !peer.toldElsewhere)
            nameElsewhere(peer, splitHeight);
        return;
    }
    // A fork is looked at twice: in a reorganisation a peer may be some seconds behind the others.
    if (peer.probeRounds >= (splitHeight >= 0 ? kForkRounds : kProbeRounds)) {
        m_peers.otherChain(peer, "does not show our best chain");
        return;
    }
    peer.nextProbe = m_context.ms() + kReprobeMs;
}

void HeaderSync::empty(Peer& peer, PendingHeaders::Kind kind)
{
    const auto& chain = m_context.headers;
    if (hidesItsChain(peer, std::max(peer.provedHeight, chain.tipHeight())))
        return;
    if (kind == PendingHeaders::Kind::Sync && !m_knowsTip) {
        // It claims to have nothing behind our locator. Believed only until others are heard, and
        // not at all when we have nothing ourselves.
        const bool young = peer.ownNode || m_context.isRegtest();
        if (chain.tipHeight() <= static_cast<std::int64_t>(chain.baseHeight()) && !young) {
            probeFailed(peer, -1);
            return;
        }
        m_knowsTip = true;
    }
    if (peer.provedHeight == chain.tipHeight() && isProved(peer)) {
        peer.nothingNewer = !std::exchange(peer.announced, false);
        settle(peer);
        return;
    }
    if (chain.tipHeight() == 0 && (peer.ownNode || m_context.isRegtest())) {
        // Genesis cannot be shown behind anything.
        peer.nothingNewer = !std::exchange(peer.announced, false);
        prove(peer, 0);
        return;
    }
    if (kind == PendingHeaders::Kind::Probe) {
        probeDeeper(peer);
        return;
    }
    if (peer.isUsable()) {
        peer.nothingNewer = !std::exchange(peer.announced, false);
        return;
    }
    if (peer.probeStep >= 2)
        probeFailed(peer, -1);
}

void HeaderSync::refuse(Peer& peer, HeaderRefusal refusal, std::string_view where)
{
    if (m_source == peer.id)
        m_source = 0;
    switch (refusal) {
    case HeaderRefusal::NoWork:
        m_peers.ban(peer, "header without work");
        break;
    case HeaderRefusal::Checkpoint:
        m_peers.ban(peer, "header contradicts a checkpoint");
        break;
    case HeaderRefusal::WrongBits:
    case HeaderRefusal::TimeTooOld:
    case HeaderRefusal::Version:
    case HeaderRefusal::BranchLimit:
        m_context.fact(PeerMisbehaved{peer.key, "headers of another chain", false});
        m_peers.otherChain(peer, where);
        break;
    case HeaderRefusal::BrokenLink:
    case HeaderRefusal::None:
        m_peers.fail(peer, where);
        break;
    }
}

void HeaderSync::report(const HeadersResult& result, std::int64_t oldTip)
{
    const auto& chain = m_context.headers;
    if (result.outcome == HeadersOutcome::Reorganised) {
        m_context.fact(Reorganised{result.forkHeight, result.depth});
        m_context.filterHeaders.cutAbove(result.forkHeight);
        for (auto* peer : m_peers.all()) {
            const auto fork = static_cast<std::int64_t>(result.forkHeight);
            peer->agreesTo = std::min(peer->agreesTo, fork);
            if (peer->differsAt > fork)
                peer->differsAt = -1;
        }
    }
    if (result.outcome == HeadersOutcome::DeepFork) {
        m_problem = Problem::DeepFork;
        m_problemHeight = result.forkHeight;
        m_context.fact(DeepReorganisation{result.forkHeight, result.depth});
        m_context.statusChanged = true;
    }
    if (chain.tipHeight() == oldTip && result.outcome != HeadersOutcome::Reorganised)
        return;
    m_lastNewHeader = m_context.ms();
    m_ahead.clear();
    if (m_problem == Problem::StaleTip || m_problem == Problem::Clock)
        m_problem = Problem::None;
    m_context.fact(
        TipMoved{static_cast<std::uint32_t>(chain.tipHeight()), chain.tipHash(), chain.tipTime()});
    m_context.statusChanged = true;
    for (auto* peer : m_peers.handshakenSync()) {
        peer->nothingNewer = false;
        // Most announce it themselves in a moment.
        peer->nextProbe = m_context.ms() + kAnnounceMs;
        settle(*peer);
    }
}

void HeaderSync::isAhead(Peer& peer)
{
    peer.nextProbe = m_context.ms() + kFutureRetryMs;
    m_ahead.insert(peer.key);
    // One peer may be mad; two, or the own node, mean that this machine's clock is wrong.
    if (m_problem == Problem::None && (peer.ownNode || m_ahead.size() >= 2))
        m_problem = Problem::Clock;
}

bool HeaderSync::answers(const PendingHeaders& pending, const HeadersMessage& message) const
{
    if (message.headers.empty())
        return true;
    const auto first = bitcoin::BlockHeader::parse(message.headers.front());
    const auto previous = first ? first->previous : bitcoin::BlockHash();
    if (pending.kind == PendingHeaders::Kind::Period) {
        const auto work = m_periods.find(pending.period);
        if (work == m_periods.end())
            return false;
        return previous == (work->second.headers.empty()
                                ? m_context.headers.periodAnchor(pending.period)
                                : bitcoin::headerHash(work->second.headers.back()));
    }
    // Every real answer starts behind a hash that we named, or at genesis.
    return previous == m_context.params.genesisHash || m_context.headers.isKnown(previous) ||
           previous == m_context.headers.tipHash();
}

void HeaderSync::handle(Peer& peer, const HeadersMessage& message)
{
    if (!peer.isSync())
        return;
    auto pending = peer.headers;
    if (pending && !answers(*pending, message))
        pending.reset(); // An announcement that overtook the answer: the question stays open.
    else
        peer.headers.reset();
    if (pending && pending->kind == PendingHeaders::Kind::Period) {
        handlePeriod(peer, pending->period, message);
        return;
    }
    const auto kind = pending ? pending->kind : PendingHeaders::Kind::Sync;
    if (message.headers.empty()) {
        if (m_source == peer.id)
            m_source = 0;
        empty(peer, kind);
        return;
    }
    auto& chain = m_context.headers;
    const auto oldTip = chain.tipHeight();
    const auto oldHash = chain.tipHash();
    const auto deep = m_everSynced ? DeepReorganisations::Ask : DeepReorganisations::Follow;
    const auto result = chain.accept(message.headers, m_context.now.utcSeconds, deep);
    if (result.outcome == HeadersOutcome::Unconnected) {
        if (peer.headers)
            return;
        if (!pending)
            ask(peer, PendingHeaders::Kind::Sync, chain.locator());
        else if (kind == PendingHeaders::Kind::Probe)
            probeDeeper(peer);
        else
            probeFailed(peer, 0);
        return;
    }
    const bool full = message.headers.size() == kMaxHeaders;
    if (!full && result.outcome != HeadersOutcome::Refused)
        m_knowsTip = true;
    report(result, chain.tipHash() == oldHash ? oldTip : -1);
    if (result.outcome == HeadersOutcome::Refused) {
        prove(peer, result.accepted > 0 ? result.provedHeight : -1);
        refuse(peer, result.refusal, "refused headers");
        return;
    }
    const bool straight =
        result.outcome == HeadersOutcome::Extended || result.outcome == HeadersOutcome::Duplicate;
    if (!full && straight && hidesItsChain(peer, std::max(peer.provedHeight, result.provedHeight)))
        return;
    if (result.outcome == HeadersOutcome::Future)
        isAhead(peer);
    prove(peer, result.provedHeight);
    if (full && !peer.headers) {
        const auto last = bitcoin::headerHash(message.headers.back());
        ask(peer, PendingHeaders::Kind::Sync, chain.locatorFrom(last));
        return;
    }
    if (m_source == peer.id)
        m_source = 0;
    // What comes from the future is newer, if it is true: nobody is up to date then.
    peer.nothingNewer =
        !std::exchange(peer.announced, false) && result.outcome != HeadersOutcome::Future;
    settle(peer);
    if (!peer.isUsable() && m_knowsTip && result.outcome != HeadersOutcome::Future) {
        if (result.outcome == HeadersOutcome::Forked)
            probeFailed(peer, result.forkHeight);
        else if (peer.probeStep >= 2 || kind == PendingHeaders::Kind::Sync)
            probeFailed(peer, -1); // Behind: it may be catching up.
        else
            probeDeeper(peer);
    }
}

void HeaderSync::undecodable(Peer& peer)
{
    if (m_source == peer.id)
        m_source = 0;
    if (peer.ownNode && !peer.toldElsewhere)
        nameElsewhere(peer, std::max<std::int64_t>(peer.provedHeight, 0));
    m_peers.otherChain(peer, "headers in another format");
}

void HeaderSync::announced(Peer& peer, const InvMessage& message)
{
    if (!peer.isSync())
        return;
    for (const auto& item : message.items) {
        const bool block = item.type == static_cast<std::uint32_t>(InventoryType::Block) ||
                           item.type == static_cast<std::uint32_t>(InventoryType::WitnessBlock);
        if (!block)
            continue;
        peer.nothingNewer = false;
        // An answer that is on its way may be older than this announcement.
        peer.announced = peer.headers.has_value();
        if (!peer.headers && !m_context.headers.isKnown(bitcoin::BlockHash(item.hash)))
            ask(peer, PendingHeaders::Kind::Sync, m_context.headers.locator());
        return;
    }
}

void HeaderSync::handlePeriod(Peer& peer, std::uint32_t period, const HeadersMessage& message)
{
    auto found = m_periods.find(period);
    if (found == m_periods.end() || found->second.peer != peer.id)
        return;
    auto& work = found->second;
    const auto wanted = HeaderChain::headersToFetch(period) - work.headers.size();
    const auto count = std::min(wanted, message.headers.size());
    const auto part = std::span(message.headers).first(count);
    if (count == 0) {
        m_periods.erase(found);
        m_peers.fail(peer, "no headers of an old period");
        return;
    }
    auto refusal = m_context.headers.checkPeriodPart(period, work.headers, part);
    if (refusal == HeaderRefusal::None) {
        work.headers.insert(work.headers.end(), part.begin(), part.end());
        if (work.headers.size() < HeaderChain::headersToFetch(period)) {
            const auto last = bitcoin::headerHash(work.headers.back());
            ask(peer, PendingHeaders::Kind::Period, {last});
            peer.headers->period = period;
            return;
        }
        refusal = m_context.headers.acceptPeriod(period, std::move(work.headers));
    }
    m_periods.erase(found);
    m_context.statusChanged = true;
    if (refusal != HeaderRefusal::None)
        refuse(peer, refusal, "bad old period");
}

void HeaderSync::peerGone(PeerId id)
{
    if (m_source == id)
        m_source = 0;
    std::erase_if(m_periods, [id](const auto& entry) { return entry.second.peer == id; });
}

void HeaderSync::expire()
{
    for (auto* peer : m_peers.handshakenSync()) {
        if (!peer->headers || m_context.ms() < peer->headers->deadline)
            continue;
        peer->headers.reset();
        m_peers.fail(*peer, "no headers in time");
    }
}

void HeaderSync::assignPeriods()
{
    if (!m_neededFrom || !m_knowsTip)
        return;
    const auto missing = m_context.headers.missingPeriods(*m_neededFrom / kPeriodHeights);
    if (missing.empty())
        return;
    auto next = missing.begin();
    for (auto* peer : m_peers.usable()) {
        if (peer->headers)
            continue;
        while (next != missing.end() && m_periods.contains(*next))
            ++next;
        if (next == missing.end())
            return;
        m_periods[*next] = {peer->id, {}};
        ask(*peer, PendingHeaders::Kind::Period, {m_context.headers.periodAnchor(*next)});
        peer->headers->period = *next;
    }
}

void HeaderSync::watchStaleness()
{
    if (m_context.isRegtest() || !m_knowsTip || m_context.ms() < m_nextStaleCheck)
        return;
    const auto quiet = m_context.ms() - m_lastNewHeader;
    m_nextStaleCheck = std::max(m_context.ms(), m_lastNewHeader) + kStaleAskMs;
    if (quiet < kStaleAskMs)
        return;
    if (quiet >= kTellStaleMs && m_problem == Problem::None) {
        m_problem = Problem::StaleTip;
        m_context.statusChanged = true;
    }
    std::size_t replaced = 0;
    const auto peers = m_peers.usable();
    for (auto* peer : peers) {
        if (quiet >= 2 * kStaleAskMs && !peer->ownNode && replaced < peers.size() / 2) {
            ++replaced;
            m_peers.close(*peer, "no new block for long");
        } else if (!peer->headers) {
            ask(*peer, PendingHeaders::Kind::Sync, m_context.headers.locator());
        }
    }
}

void HeaderSync::pump()
{
    expire();
    const auto candidates = m_peers.handshakenSync();
    if (!m_knowsTip) {
        if (m_source != 0)
            return;
        for (auto* peer : candidates) {
            if (peer->headers || m_context.ms() < peer->nextProbe)
                continue;
            m_source = peer->id;
            ask(*peer, PendingHeaders::Kind::Sync, m_context.headers.locator());
            return;
        }
        return;
    }
    for (auto* peer : candidates) {
        settle(*peer);
        if (peer->headers || m_context.ms() < peer->nextProbe)
            continue;
        if (!peer->isUsable() || peer->provedHeight < m_context.headers.tipHeight())
            probe(*peer); // Does it know the newest block too?
        else if (!peer->nothingNewer)
            ask(*peer, PendingHeaders::Kind::Sync, m_context.headers.locator());
        else
            continue;
        peer->nextProbe = m_context.ms() + kReprobeMs;
    }
    if (!m_everSynced && isSynced())
        m_everSynced = true;
    assignPeriods();
    watchStaleness();
}

std::int64_t HeaderSync::nextDeadline()
{
    auto next = m_context.isRegtest() ? kNever : m_nextStaleCheck;
    for (const auto* peer : m_peers.handshakenSync()) {
        if (peer->headers)
            next = std::min(next, peer->headers->deadline);
        else if (peer->nextProbe > m_context.ms())
            next = std::min(next, peer->nextProbe);
    }
    return next;
}

bool HeaderSync::isSynced()
{
    // Of several own nodes the slower one may know more; one that does not answer is waited for
    // once.
    if (!m_knowsTip || m_peers.ownNodeIsUnheard())
        return false;
    std::size_t agreeing = 0;
    for (const auto* peer : m_peers.usable()) {
        if (peer->provedHeight != m_context.headers.tipHeight() || !peer->nothingNewer)
            continue;
        if (peer->ownNode)
            return true;
        ++agreeing;
    }
    return agreeing >= 2;
}

bool HeaderSync::isStale() const
{
    return !m_context.isRegtest() &&
           m_context.now.utcSeconds - m_context.headers.tipTime() > kStaleSeconds;
}

void HeaderSync::allowDeepReorganisation()
{
    if (m_problem == Problem::DeepFork)
        m_problem = Problem::None;
    const auto oldTip = m_context.headers.tipHeight();
    report(m_context.headers.followMostWork(), oldTip);
}

void HeaderSync::setOnline()
{
    m_lastNewHeader = m_context.ms();
}

} // namespace coffer::lightnode
