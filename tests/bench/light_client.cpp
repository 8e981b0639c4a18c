// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/light_client.h"

#include "core/lightnode/wire/peer_address.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

namespace coffer::bench {

namespace {

constexpr int kTimeoutMs = 300'000;

} // namespace

LightClient::LightClient(const QString& folder, const QString& peer)
{
    m_pool.setMaxThreadCount(2); // As the engine's.
    QDir().mkpath(folder);
    engine::NodeService::Options options;
    options.network = bitcoin::Network::Regtest;
    options.folder = folder;
    options.ownNodes.push_back(lightnode::parsePeerAddress(peer.toStdString(), 18444).take());
    m_service = std::make_unique<engine::NodeService>(options, m_clock, m_random, m_pool);
    m_service->setListener(this);
}

LightClient::~LightClient()
{
    m_service.reset();
    m_pool.waitForDone();
}

base::Result<void> LightClient::goOnline()
{
    TRY(m_service->open());
    return m_service->goOnline();
}

void LightClient::watch(std::vector<bitcoin::Script> scripts)
{
    m_matched = 0;
    m_scanned = false;
    m_watching = true;
    m_service->watch(std::move(scripts), 1, -1);
}

std::int64_t LightClient::tipHeight() const
{
    return m_service->tipHeight();
}

bool LightClient::isLive() const
{
    return m_service->isLive();
}

base::Result<double> LightClient::until(const std::function<bool()>& reached)
{
    QElapsedTimer timer;
    timer.start();
    while (!reached()) {
        if (timer.elapsed() > kTimeoutMs)
            return {base::ErrorCode::Timeout, "the light node does not get there"};
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

lightnode::BlockUse LightClient::blockMatched(const lightnode::BlockMatched&)
{
    ++m_matched;
    return lightnode::BlockUse::Relevant;
}

void LightClient::scanCompleted(const lightnode::ScanCompleted&)
{
    m_scanned = m_watching;
}

} // namespace coffer::bench
