// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/engine/node_service.h"

#include <functional>
#include <memory>

namespace coffer::bench {

/// Our light node as the engine runs it: real sockets, real storage, the pool. On the calling
/// thread.
class LightClient : private engine::ChainListener
{
public:
    /// `folder` keeps the chain data from one client to the next.
    LightClient(const QString& folder, const QString& peer);
    ~LightClient() override;

    base::Result<void> goOnline();
    void watch(std::vector<bitcoin::Script> scripts);
    std::int64_t tipHeight() const;
    bool isLive() const;
    /// Blocks that matched since the last watch(), and whether its scan is complete.
    int matchedBlocks() const { return m_matched; }
    bool scanned() const { return m_scanned; }
    /// Milliseconds until `reached` holds.
    base::Result<double> until(const std::function<bool()>& reached);

private:
    lightnode::BlockUse blockMatched(const lightnode::BlockMatched& block) override;
    void reorganised(const lightnode::Reorganised&) override {}
    void watchTested(const lightnode::WatchTested&) override {}
    void scanCompleted(const lightnode::ScanCompleted&) override;
    void unconfirmedSeen(const lightnode::UnconfirmedSeen&) override {}
    void broadcastProgress(const lightnode::BroadcastProgress&) override {}
    void filtersReplaced(const lightnode::FiltersReplaced&) override {}
    void olderPayments(const lightnode::OlderPayments&) override {}

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    QThreadPool m_pool;
    std::unique_ptr<engine::NodeService> m_service;
    int m_matched = 0;
    bool m_scanned = false;
    bool m_watching = false;
};

} // namespace coffer::bench
