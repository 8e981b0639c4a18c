// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/node_service.h"

#include "core/base/fault_point.h"
#include "core/base/log.h"
#include "core/engine/chain_rows.h"
#include "core/engine/post.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::LogLevel;

namespace {

constexpr int kSnapshotIntervalMs = 200; // Models are updated at most 5 times a second.
constexpr std::int64_t kExpectPaymentMs = 24 * 3'600'000; // bitcoin.md 4.12: a day.
constexpr std::int64_t kFeeWaitMs = 10'000;

transport::Purpose purposeOf(lightnode::PeerRole role)
{
    switch (role) {
    case lightnode::PeerRole::Sync:
    case lightnode::PeerRole::RelayWatcher:
    case lightnode::PeerRole::EchoListener:
        return transport::Purpose::BitcoinSync;
    case lightnode::PeerRole::AddressSource:
        return transport::Purpose::BitcoinAddresses;
    case lightnode::PeerRole::Broadcaster:
        return transport::Purpose::BitcoinBroadcast;
    }
    return transport::Purpose::BitcoinSync;
}

QString problemName(lightnode::Problem problem)
{
    switch (problem) {
    case lightnode::Problem::None:
        return {};
    case lightnode::Problem::NoPeer:
        return QStringLiteral("no_peer");
    case lightnode::Problem::OtherChain:
        return QStringLiteral("other_chain");
    case lightnode::Problem::NoFilters:
        return QStringLiteral("no_filters");
    case lightnode::Problem::Clock:
        return QStringLiteral("clock");
    case lightnode::Problem::StaleTip:
        return QStringLiteral("stale_tip");
    case lightnode::Problem::Disagreement:
        return QStringLiteral("disagreement");
    case lightnode::Problem::DeepFork:
        return QStringLiteral("deep_fork");
    }
    return {};
}

QString peerStateName(lightnode::PeerState state)
{
    switch (state) {
    case lightnode::PeerState::Dialing:
        return QStringLiteral("dialing");
    case lightnode::PeerState::VersionSent:
    case lightnode::PeerState::Handshaken:
        return QStringLiteral("connecting");
    case lightnode::PeerState::Probing:
        return QStringLiteral("probing");
    case lightnode::PeerState::Usable:
        return QStringLiteral("usable");
    case lightnode::PeerState::Draining:
    case lightnode::PeerState::Closed:
        return QStringLiteral("closing");
    }
    return {};
}

api::NodeStage stageOf(lightnode::Stage stage)
{
    switch (stage) {
    case lightnode::Stage::Offline:
        return api::NodeStage::Offline;
    case lightnode::Stage::Connecting:
        return api::NodeStage::Connecting;
    case lightnode::Stage::Headers:
        return api::NodeStage::Headers;
    case lightnode::Stage::FilterHeaders:
        return api::NodeStage::FilterHeaders;
    case lightnode::Stage::Scanning:
        return api::NodeStage::Scanning;
    case lightnode::Stage::Live:
        return api::NodeStage::Live;
    }
    return api::NodeStage::Offline;
}

} // namespace

NodeService::NodeService(Options options, const base::Clock& clock, base::Random& random,
                         QThreadPool& pool)
    : m_options(std::move(options))
    , m_clock(clock)
    , m_random(random)
    , m_pool(pool)
    , m_log(clock)
    , m_resolver(m_log)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        updateUnconfirmedWatch();
        m_node->tick(now());
        pump();
    });
    m_snapshotTimer.setSingleShot(true);
    connect(&m_snapshotTimer, &QTimer::timeout, this, [this] { Q_EMIT changed(snapshot()); });
    connect(&m_log, &transport::NetworkLog::changed, this, &NodeService::networkLogChanged);
}

NodeService::~NodeService()
{
    if (m_node && m_started) {
        m_listener = nullptr; // Wallets are gone by now.
        m_node->stop(now());
        pump();
    }
    // Whatever was asked of the node until now, even the last unwatch, may have started a job, and
    // each posts its result to this object.
    m_pool.waitForDone();
    for (const auto& [id, connection] : m_peers)
        delete connection;
}

lightnode::Time NodeService::now() const
{
    return {m_clock.monotonicMs(), m_clock.utcMs() / 1000};
}

base::Result<void> NodeService::open()
{
    const auto name = std::string(bitcoin::paramsOf(m_options.network).name);
    auto store = TRY(storage::ChainStore::open(m_options.folder.toStdString(), name));
    if (store.found() == storage::ChainStore::Found::Rebuilt)
        base::log(LogLevel::Warning, "engine", "chain data was damaged and is fetched again");
    m_store.emplace(std::move(store));

    lightnode::Config config;
    config.network = m_options.network;
    config.ownNodes = m_options.ownNodes;
    // On a local chain there is nobody else; on real ones strangers cross-check the own node.
    config.peerUse = m_options.network == bitcoin::Network::Regtest
                         ? lightnode::PeerUse::OwnNodesOnly
                         : lightnode::PeerUse::CrossCheck;
    if (!m_options.proxy.isEmpty()) {
        m_proxy = TRY(transport::parseProxy(m_options.proxy));
        config.route = lightnode::Route::Proxy;
    }
    m_node = std::make_unique<lightnode::Node>(std::move(config), m_random);
    auto state = TRY(m_store->load());
    m_node->restore(toNode(std::move(state)));
    if (m_options.network == bitcoin::Network::Regtest && !m_options.bitcoinRpc.isEmpty())
        m_rpc = std::make_unique<transport::BitcoinRpc>(m_log, m_options.bitcoinRpc,
                                                        m_options.bitcoinRpcCookie);
    return {};
}

base::Result<void> NodeService::goOnline()
{
    if (m_use == api::NetworkUse::Offline)
        return Error{ErrorCode::Offline, "the network is switched off"};
    if (!m_started) {
        m_started = true;
        m_node->start(now());
        updateUnconfirmedWatch();
        pump();
    }
    return {};
}

void NodeService::setNetworkUse(api::NetworkUse use)
{
    m_use = use;
    if (m_started) {
        m_node->setNetwork(use == api::NetworkUse::Online ? lightnode::NetworkSwitch::Online
                                                          : lightnode::NetworkSwitch::Offline,
                           now());
        pump();
    }
    m_snapshotTimer.start(kSnapshotIntervalMs);
}

void NodeService::setOwnNodes(std::vector<lightnode::PeerAddress> ownNodes)
{
    m_options.ownNodes = ownNodes;
    m_node->setOwnNodes(std::move(ownNodes), now());
    pump();
}

base::Result<void> NodeService::acceptReorganisation()
{
    if (m_node->status(now()).problem != lightnode::Problem::DeepFork)
        return Error{ErrorCode::NotFound, "no deep reorganisation waits for an answer"};
    m_node->allowDeepReorganisation(now());
    pump();
    return {};
}

void NodeService::setReceivePage(api::ReceivePage page)
{
    m_receivePage = page;
    updateUnconfirmedWatch();
    pump();
}

void NodeService::expectPayment()
{
    m_expectUntilMs = m_clock.utcMs() + kExpectPaymentMs;
    updateUnconfirmedWatch();
    pump();
}

void NodeService::updateUnconfirmedWatch()
{
    if (!m_started)
        return;
    const bool wanted =
        m_receivePage == api::ReceivePage::Open || m_clock.utcMs() < m_expectUntilMs;
    m_node->watchUnconfirmed(wanted ? lightnode::Watching::On : lightnode::Watching::Off, now());
}

void NodeService::watch(std::vector<lightnode::Watch> watches)
{
    m_node->watch(std::move(watches), now());
    pump();
}

void NodeService::unwatch(lightnode::WatchId id)
{
    m_node->unwatch(id, now());
    pump();
}

void NodeService::watchCoins(const std::vector<bitcoin::OutPoint>& coins)
{
    m_node->watchCoins(coins);
}

void NodeService::broadcast(const bitcoin::Transaction& transaction)
{
    m_node->broadcast(transaction, now());
    pump();
}

void NodeService::cancelBroadcast(const bitcoin::Txid& txid)
{
    m_node->cancelBroadcast(txid, now());
    pump();
}

std::uint32_t NodeService::heightBefore(std::int64_t utcMs) const
{
    return m_node->heightBefore(utcMs / 1000);
}

std::int64_t NodeService::tipHeight() const
{
    return m_node->tipHeight();
}

std::optional<bitcoin::BlockHash> NodeService::blockHashAt(std::uint32_t height) const
{
    return m_node->blockHashAt(height);
}

std::optional<std::int64_t> NodeService::blockTimeMsAt(std::uint32_t height) const
{
    const auto seconds = m_node->blockTimeAt(height);
    if (!seconds)
        return std::nullopt;
    return static_cast<std::int64_t>(*seconds) * 1000;
}

std::optional<std::int64_t> NodeService::medianTimeMsAt(std::uint32_t height) const
{
    constexpr std::uint32_t kBlocks = 11;
    std::vector<std::int64_t> times;
    for (std::uint32_t i = 0; i < kBlocks && i <= height; ++i) {
        const auto time = blockTimeMsAt(height - i);
        if (!time)
            return std::nullopt;
        times.push_back(*time);
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

bitcoin::HeaderSource NodeService::headers()
{
    // Only the newest headers are whole in memory; their hashes are, so what lies on disk is
    // checked.
    struct Read
    {
        std::optional<std::uint32_t> period;
        base::Bytes headers;
    };
    return [this, read = std::make_shared<Read>()](
               std::uint32_t height) -> std::optional<bitcoin::BlockHeader> {
        const auto hash = m_node->blockHashAt(height);
        if (!hash)
            return std::nullopt;
        const auto period = height / lightnode::kPeriodHeights;
        if (read->period != period) {
            auto stored = m_store->readHeaderPeriod(period);
            if (!stored)
                return std::nullopt;
            *read = {period, stored.take()};
        }
        constexpr auto kSize = bitcoin::BlockHeader::kSize;
        const auto start = std::size_t{height % lightnode::kPeriodHeights} * kSize;
        if (start + kSize > read->headers.size())
            return std::nullopt;
        const auto header =
            bitcoin::BlockHeader::parse(base::ByteView(read->headers).subspan(start, kSize));
        if (!header || header->hash() != *hash)
            return std::nullopt;
        return *header;
    };
}

bool NodeService::isLive() const
{
    return m_started && m_node->status(now()).stage == lightnode::Stage::Live;
}

void NodeService::pump()
{
    if (m_pumping)
        return; // The loop below takes what this input led to.
    m_pumping = true;
    for (;;) {
        auto output = m_node->take();
        if (output.effects.empty() && output.facts.empty())
            break;
        for (auto& effect : output.effects)
            perform(effect);
        for (const auto& fact : output.facts)
            tell(fact);
    }
    m_pumping = false;
    if (!m_snapshotTimer.isActive())
        m_snapshotTimer.start(kSnapshotIntervalMs);
    m_moved.ring();
}

void NodeService::perform(lightnode::Effect& effect)
{
    if (const auto* connect = std::get_if<lightnode::Connect>(&effect)) {
        connectPeer(*connect);
    } else if (const auto* send = std::get_if<lightnode::Send>(&effect)) {
        const auto peer = m_peers.find(send->peer);
        base::faultPoint("node.send");
        if (peer != m_peers.end())
            peer->second->send(send->bytes);
    } else if (const auto* close = std::get_if<lightnode::Close>(&effect)) {
        closePeer(close->peer);
    } else if (const auto* name = std::get_if<lightnode::Resolve>(&effect)) {
        resolve(name->seed);
    } else if (const auto* batch = std::get_if<lightnode::Write>(&effect)) {
        write(batch->batch);
    } else if (const auto* segment = std::get_if<lightnode::LoadFilters>(&effect)) {
        loadFilters(segment->segment);
    } else if (const auto* job = std::get_if<lightnode::StartJob>(&effect)) {
        startJob(*job);
    } else if (const auto* timer = std::get_if<lightnode::SetTimer>(&effect)) {
        const auto delay = timer->atMonotonicMs - m_clock.monotonicMs();
        m_timer.start(static_cast<int>(std::clamp<std::int64_t>(delay, 0, 3'600'000)));
    }
}

void NodeService::tell(const lightnode::Fact& fact)
{
    if (const auto* misbehaved = std::get_if<lightnode::PeerMisbehaved>(&fact)) {
        base::log(LogLevel::Warning, "lightnode", misbehaved->address + ": " + misbehaved->what);
        return;
    }
    if (const auto* deep = std::get_if<lightnode::DeepReorganisation>(&fact)) {
        // Stands in the status until the person answers.
        base::log(LogLevel::Warning, "lightnode",
                  "a longer chain parts at height " + std::to_string(deep->forkHeight) + ": " +
                      std::to_string(deep->depth) + " blocks would leave; it is not followed");
        return;
    }
    if (const auto* elsewhere = std::get_if<lightnode::OwnNodeElsewhere>(&fact)) {
        base::log(LogLevel::Warning, "lightnode",
                  elsewhere->address + " follows a different chain (split at " +
                      std::to_string(elsewhere->splitHeight) + ")");
        return;
    }
    if (const auto* matched = std::get_if<lightnode::BlockMatched>(&fact)) {
        const auto use = m_listener != nullptr ? m_listener->blockMatched(*matched)
                                               : lightnode::BlockUse::Unexplained;
        m_node->blockHandled(matched->hash, use, now());
        return;
    }
    if (m_listener == nullptr)
        return;
    if (const auto* reorganised = std::get_if<lightnode::Reorganised>(&fact))
        m_listener->reorganised(*reorganised);
    else if (const auto* tested = std::get_if<lightnode::WatchTested>(&fact))
        m_listener->watchTested(*tested);
    else if (const auto* completed = std::get_if<lightnode::ScanCompleted>(&fact))
        tellCompleted(*completed);
    else if (const auto* seen = std::get_if<lightnode::UnconfirmedSeen>(&fact))
        m_listener->unconfirmedSeen(*seen);
    else if (const auto* progress = std::get_if<lightnode::BroadcastProgress>(&fact))
        m_listener->broadcastProgress(*progress);
    else if (const auto* replaced = std::get_if<lightnode::FiltersReplaced>(&fact))
        m_listener->filtersReplaced(*replaced);
    else if (const auto* older = std::get_if<lightnode::OlderPayments>(&fact))
        m_listener->olderPayments(*older);
}

/// What was told before it may have added scripts that are not tested yet; the node says so again
/// when they are.
void NodeService::tellCompleted(const lightnode::ScanCompleted& completed)
{
    if (m_node->isScanned())
        m_listener->scanCompleted(completed);
}

void NodeService::connectPeer(const lightnode::Connect& connect)
{
    using transport::TcpConnection;
    const auto id = connect.peer;
    auto* connection = new TcpConnection(m_log, purposeOf(connect.role));
    m_peers[id] = connection;
    QObject::connect(connection, &TcpConnection::opened, this, [this, id] {
        m_proxyFails = false;
        m_node->connected(id, now());
        pump();
    });
    QObject::connect(connection, &TcpConnection::readable, this, [this, id] {
        const auto peer = m_peers.find(id);
        if (peer == m_peers.end())
            return;
        const auto bytes = peer->second->takeReceived();
        if (bytes.empty())
            return;
        m_node->received(id, bytes, now());
        pump();
    });
    QObject::connect(connection, &TcpConnection::closed, this, [this, id](const QString& reason) {
        const auto peer = m_peers.find(id);
        if (peer == m_peers.end())
            return;
        m_proxyFails = peer->second->proxyFailed();
        peer->second->deleteLater();
        m_peers.erase(peer);
        m_node->closed(id, reason.toStdString(), now());
        pump();
    });
    auto route = connect.route == lightnode::Route::Proxy ? m_proxy : transport::Route{};
    route.isolationUser = QString::fromStdString(connect.isolation);
    const bool hidden = route.isProxied();
    QString reveals = hidden ? QStringLiteral("nothing") : QStringLiteral("ip");
    if (connect.role == lightnode::PeerRole::Broadcaster)
        reveals = hidden ? QStringLiteral("transaction") : QStringLiteral("ip,transaction");
    connection->open(QString::fromStdString(connect.address.host()), connect.address.port, route,
                     reveals);
}

void NodeService::closePeer(lightnode::PeerId id)
{
    const auto peer = m_peers.find(id);
    if (peer == m_peers.end())
        return;
    auto* connection = peer->second;
    m_peers.erase(peer);
    connection->disconnect(this); // The node has forgotten this peer: no closed() for it.
    connection->close();
    connection->deleteLater();
}

void NodeService::resolve(const std::string& seed)
{
    m_resolver.lookup(QString::fromStdString(seed), [this, seed](const QStringList& found) {
        std::vector<lightnode::PeerAddress> addresses;
        const auto port = bitcoin::paramsOf(m_options.network).port;
        for (const auto& text : found) {
            const bool v6 = text.contains(QLatin1Char(':'));
            const auto host = (v6 ? QStringLiteral("[%1]") : QStringLiteral("%1")).arg(text);
            if (auto address = lightnode::parsePeerAddress(host.toStdString(), port))
                addresses.push_back(address.take());
        }
        m_node->resolved(seed, addresses, now());
        pump();
    });
}

void NodeService::write(const lightnode::StorageBatch& batch)
{
    base::faultPoint("node.write");
    // Chain data is rebuildable: a full disk costs a new download, never the wallet.
    if (const auto written = m_store->write(toStorage(batch)); !written)
        base::log(LogLevel::Error, "engine", "chain data: " + written.error().detail);
}

void NodeService::loadFilters(std::uint32_t segment)
{
    const auto load = [&]() -> base::Result<lightnode::FilterSegment> {
        const auto data = TRY(m_store->readFilters(segment));
        return toNode(data);
    };
    // Queued: the node expects answers after the input that asked.
    post(this, [this, segment, filters = load()]() mutable {
        m_node->filtersLoaded(segment, std::move(filters), now());
        pump();
    });
}

void NodeService::startJob(const lightnode::StartJob& start)
{
    startInPool(m_pool, [this, start] {
        auto result = lightnode::run(*start.job);
        post(this, [this, id = start.id, result = std::move(result)]() mutable {
            m_node->jobDone(id, std::move(result), now());
            pump();
        });
    });
}

api::NodeSnapshot NodeService::snapshot() const
{
    const auto status = m_node->status(now());
    api::NodeSnapshot out;
    out.network = QString::fromUtf8(bitcoin::paramsOf(m_options.network).name.data());
    out.offline = m_use == api::NetworkUse::Offline;
    out.stage = m_started && !out.offline ? stageOf(status.stage) : api::NodeStage::Offline;
    out.height = status.scanHeight;
    out.headerHeight = status.headerHeight;
    out.filterHeight = status.filterHeight;
    out.targetHeight = status.targetHeight;
    out.scanDateMs = status.scanTime * 1000;
    out.progressPermille = status.progressPermille;
    out.blocksPerSecond = static_cast<std::int64_t>(status.blocksPerSecond);
    out.secondsLeft = status.secondsLeft;
    out.tipTimeMs = status.tipTime * 1000;
    out.problem =
        m_proxyFails && !out.offline ? QStringLiteral("proxy") : problemName(status.problem);
    if (out.problem != QStringLiteral("proxy"))
        out.problemHeight = status.problemHeight;
    out.hasTestCoins = m_rpc != nullptr;
    for (const auto& peer : status.peers) {
        api::PeerInfo info;
        info.address = QString::fromStdString(peer.address);
        info.agent = QString::fromStdString(peer.agent);
        info.route = peer.proxied ? QStringLiteral("proxy") : QStringLiteral("direct");
        info.state = peerStateName(peer.state);
        info.height = peer.provedHeight;
        info.latencyMs = peer.latencyMs;
        info.ownNode = peer.ownNode;
        out.peers.push_back(std::move(info));
    }
    return out;
}

api::FeeQuote NodeService::fees() const
{
    const auto seen = m_node->feeEstimates();
    api::FeeQuote quote;
    if (seen.floor)
        quote.floorMilliSatPerVb = std::max<std::int64_t>(*seen.floor, 1000);
    const auto rate = [&](const std::optional<std::int64_t>& estimate,
                          int target) -> std::optional<api::FeeRate> {
        // With a floor alone blocks are not full: the floor is the answer, and says so.
        const auto value = estimate ? estimate : seen.floor;
        if (!value)
            return std::nullopt;
        return api::FeeRate{std::max(*value, quote.floorMilliSatPerVb), target,
                            estimate ? QStringLiteral("compact_blocks")
                                     : QStringLiteral("feefilter"),
                            seen.observedUtc * 1000};
    };
    quote.fast = rate(seen.nextBlock, 1);
    quote.normal = rate(seen.halfHour, 3);
    quote.economy = rate(seen.day, 144);
    return quote;
}

QCoro::Task<base::Result<api::FeeQuote>> NodeService::feesWhenKnown()
{
    const auto deadline = m_clock.monotonicMs() + kFeeWaitMs;
    if (goOnline()) {
        while (!fees().normal && m_clock.monotonicMs() < deadline) {
            co_await m_moved.next(deadline - m_clock.monotonicMs());
        }
    }
    co_return fees();
}

base::Error NodeService::whyNotSynced() const
{
    if (m_proxyFails)
        return {ErrorCode::NoPeer, "the proxy " + m_options.proxy.toStdString() +
                                       " does not answer; nothing goes around it"};
    switch (m_node->status(now()).problem) {
    case lightnode::Problem::NoPeer:
        return {ErrorCode::NoPeer, "no usable peer was found in time"};
    case lightnode::Problem::OtherChain:
        return {ErrorCode::Unproved, "the node follows a different chain"};
    case lightnode::Problem::NoFilters:
        return {ErrorCode::Unsupported,
                "the node serves no compact filters (-blockfilterindex -peerblockfilters)"};
    case lightnode::Problem::Disagreement:
        return {ErrorCode::Unproved, "peers disagree about a block"};
    case lightnode::Problem::Clock:
        return {ErrorCode::Timeout, "headers seem to come from the future: is the clock right?"};
    case lightnode::Problem::DeepFork:
        return {ErrorCode::Timeout,
                "a very deep reorganisation waits for the person: node accept-reorganisation"};
    case lightnode::Problem::StaleTip:
    case lightnode::Problem::None:
        break;
    }
    return {ErrorCode::Timeout, "not synced in time"};
}

QCoro::Task<base::Result<void>> NodeService::untilSynced(std::int64_t timeoutMs)
{
    const auto deadline = m_clock.monotonicMs() + timeoutMs;
    while (!isLive()) {
        const auto left = deadline - m_clock.monotonicMs();
        if (m_use == api::NetworkUse::Offline)
            co_return Error{ErrorCode::Offline, "the network is switched off"};
        if (left <= 0)
            co_return whyNotSynced();
        co_await m_moved.next(std::min<std::int64_t>(left, 1000));
    }
    co_return base::Result<void>();
}

void NodeService::requestTestCoins(const QString& address,
                                   std::function<void(base::Result<QString>)> done)
{
    if (!m_rpc) {
        done(Error{ErrorCode::Unsupported, "test coins are given in the playground only"});
        return;
    }
    base::Json parameters = base::Json::array({address.toStdString(), "0.25"});
    m_rpc->call(QStringLiteral("miner"), "sendtoaddress", std::move(parameters),
                [done = std::move(done)](base::Result<base::Json> answer) {
                    if (!answer) {
                        done(answer.error());
                        return;
                    }
                    if (!answer->is_string()) {
                        done(Error{ErrorCode::Malformed, "no txid in the answer"});
                        return;
                    }
                    done(QString::fromStdString(answer->get_ref<const std::string&>()));
                });
}

} // namespace coffer::engine
