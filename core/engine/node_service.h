// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/bitcoin/wallet/inclusion_audit.h"
#include "core/engine/bell.h"
#include "core/lightnode/fees.h"
#include "core/lightnode/node.h"
#include "core/storage/chain_store.h"
#include "core/transport/bitcoin_rpc.h"
#include "core/transport/resolver.h"
#include "core/transport/tcp_connection.h"

#include <QCoroTask>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <map>
#include <memory>

namespace coffer::engine {

/// What the light node found out, told to whoever keeps wallets. Called on the engine's thread.
class ChainListener
{
public:
    virtual ~ChainListener() = default;
    /// Commits what the block holds for us; scripts that it added are watched before this returns.
    virtual lightnode::BlockUse blockMatched(const lightnode::BlockMatched& block) = 0;
    virtual void reorganised(const lightnode::Reorganised& fact) = 0;
    virtual void watchTested(const lightnode::WatchTested& fact) = 0;
    virtual void scanCompleted(const lightnode::ScanCompleted& fact) = 0;
    virtual void unconfirmedSeen(const lightnode::UnconfirmedSeen& fact) = 0;
    virtual void broadcastProgress(const lightnode::BroadcastProgress& fact) = 0;
    virtual void filtersReplaced(const lightnode::FiltersReplaced& fact) = 0;
    virtual void olderPayments(const lightnode::OlderPayments& fact) = 0;
};

/// Drives the light node: does its effects (sockets, names, storage, pool, timer) and passes its
/// facts on.
///
/// Problem: the node is a pure state machine; something must give it bytes and time. Approach: each
/// input is followed by pump(), which does all effects in order and then tells the facts. A fact
/// may lead to further inputs; pump() goes on until nothing is left. Engine thread only.
class NodeService : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        bitcoin::Network network = bitcoin::Network::Main;
        QString folder; ///< `node/` of the data directory.
        std::vector<lightnode::PeerAddress> ownNodes;
        QString proxy;
        QUrl bitcoinRpc; ///< Empty but in the playground.
        QString bitcoinRpcCookie;
    };

    NodeService(Options options, const base::Clock& clock, base::Random& random, QThreadPool& pool);
    /// Waits for the pool: no job may outlive the object that it answers to.
    ~NodeService() override;

    /// Opens the chain store and restores the node. Nothing is connected yet.
    base::Result<void> open();
    void setListener(ChainListener* listener) { m_listener = listener; }
    /// Starts connecting, unless the person's switch says offline.
    base::Result<void> goOnline();
    void setNetworkUse(api::NetworkUse use);
    void setOwnNodes(std::vector<lightnode::PeerAddress> ownNodes);
    /// Follows the longer chain that waits for the person. NotFound: none does.
    base::Result<void> acceptReorganisation();
    void setReceivePage(api::ReceivePage page);
    /// An address was handed out: relayed transactions are watched for a day.
    void expectPayment();

    /// For watch(): whoever watches has to know its ids before the first fact about them.
    lightnode::WatchId newWatchId() { return m_nextWatch++; }
    void watch(std::vector<lightnode::Watch> watches);
    void unwatch(lightnode::WatchId id);
    void watchCoins(const std::vector<bitcoin::OutPoint>& coins);
    void broadcast(const bitcoin::Transaction& transaction);
    void cancelBroadcast(const bitcoin::Txid& txid);

    std::uint32_t heightBefore(std::int64_t utcMs) const;
    std::int64_t tipHeight() const;
    std::optional<bitcoin::BlockHash> blockHashAt(std::uint32_t height) const;
    std::optional<std::int64_t> blockTimeMsAt(std::uint32_t height) const;
    /// The chain's own time at a height: the median of its last eleven blocks (BIP113).
    std::optional<std::int64_t> medianTimeMsAt(std::uint32_t height) const;
    /// Whole headers of the best chain, from the chain store; none where they are not kept.
    /// Remembers the last period that it read: use it at once, then drop it.
    bitcoin::HeaderSource headers();
    bool isLive() const;

    api::FeeQuote fees() const;
    /// Waits a little for peers when nothing is known yet; what is still unknown stays absent.
    QCoro::Task<base::Result<api::FeeQuote>> feesWhenKnown();
    /// Until everything watched is tested up to the tip. Timeout, NoPeer, Offline.
    QCoro::Task<base::Result<void>> untilSynced(std::int64_t timeoutMs);
    /// Playground: coins from the local bitcoind. Unsupported elsewhere.
    void requestTestCoins(const QString& address, std::function<void(base::Result<QString>)> done);

    /// Rings whenever the status may have moved.
    Bell& moved() { return m_moved; }

    api::NodeSnapshot snapshot() const;
    /// Of this process.
    const transport::NetworkLog& networkLog() const { return m_log; }

Q_SIGNALS:
    /// At most five times a second.
    void changed(const coffer::api::NodeSnapshot& snapshot);
    void networkLogChanged();

private:
    lightnode::Time now() const;
    void pump();
    void perform(lightnode::Effect& effect);
    void tell(const lightnode::Fact& fact);
    void tellCompleted(const lightnode::ScanCompleted& completed);
    void connectPeer(const lightnode::Connect& connect);
    void closePeer(lightnode::PeerId id);
    void resolve(const std::string& seed);
    void write(const lightnode::StorageBatch& batch);
    void loadFilters(std::uint32_t segment);
    void startJob(const lightnode::StartJob& job);
    void updateUnconfirmedWatch();
    base::Error whyNotSynced() const;

    Options m_options;
    const base::Clock& m_clock;
    base::Random& m_random;
    QThreadPool& m_pool;
    transport::NetworkLog m_log;
    transport::Resolver m_resolver;
    transport::Route m_proxy;
    std::optional<storage::ChainStore> m_store;
    std::unique_ptr<lightnode::Node> m_node;
    std::unique_ptr<transport::BitcoinRpc> m_rpc;
    ChainListener* m_listener = nullptr;
    std::map<lightnode::PeerId, transport::TcpConnection*> m_peers;
    Bell m_moved;
    QTimer m_timer;
    QTimer m_snapshotTimer;
    lightnode::WatchId m_nextWatch = 1;
    api::NetworkUse m_use = api::NetworkUse::Online;
    api::ReceivePage m_receivePage = api::ReceivePage::Closed;
    bool m_proxyFails = false; ///< The last connection through it ended at the proxy itself.
    std::int64_t m_expectUntilMs = 0;
    bool m_started = false;
    bool m_pumping = false;
};

} // namespace coffer::engine
