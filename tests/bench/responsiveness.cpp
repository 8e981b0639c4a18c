// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The longest time for which the gui thread does not come back to its event loop while the real
// engine behind the real window reads the 100,000-block chain and looks for a wallet in it. Beside
// it the same measured on a thread that has nothing else to do: what the machine itself adds.

#include "core/engine/engine.h"
#include "tests/bench/chain.h"
#include "tests/bench/report.h"
#include "ui/application.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <cstdio>
#include <cstdlib>

using namespace coffer;
using namespace coffer::bench;
using base::Result;

namespace {

constexpr int kBeatMs = 5;
constexpr int kTimeoutMs = 120'000;
constexpr int kSettleMs = 3'000; // The first pages are built; that is the first window's figure.

/// Remembers the longest gap between two beats, less the beat itself.
class Pulse : public QObject
{
public:
    Pulse()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Pulse::beat);
    }
    void start()
    {
        m_longest = 0;
        m_since.start();
        m_timer.start(kBeatMs);
    }
    double longestMs() const { return m_longest; }

private:
    void beat()
    {
        const double gap = double(m_since.nsecsElapsed()) / 1e6 - kBeatMs;
        m_longest = std::max(m_longest.load(), gap);
        m_since.start();
    }

    QTimer m_timer{this};
    QElapsedTimer m_since;
    std::atomic<double> m_longest = 0;
};

/// A thread that has nothing to do but its pulse.
class IdleThread
{
public:
    IdleThread()
    {
        m_pulse->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_pulse, &QObject::deleteLater);
        m_thread.start();
        QMetaObject::invokeMethod(m_pulse, [pulse = m_pulse] { pulse->start(); });
    }
    ~IdleThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    double longestMs() const { return m_pulse->longestMs(); }

private:
    QThread m_thread;
    Pulse* m_pulse = new Pulse;
};

/// Gives the gui thread time until something holds.
Result<void> until(const std::function<bool()>& reached, const char* what)
{
    QElapsedTimer timer;
    timer.start();
    while (!reached()) {
        if (timer.elapsed() > kTimeoutMs)
            return {base::ErrorCode::Timeout, what};
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return {};
}

template <typename T>
Result<void> finished(QFuture<Result<T>> future, const char* what)
{
    TRY(until([&] { return future.isFinished(); }, what));
    const auto result = future.takeResult();
    if (!result)
        return result.error();
    return {};
}

/// A wallet from before the chain's first block, so that everything is looked through.
Result<void> restoreWallet(const api::Api& api)
{
    const auto secret = [](std::string_view text) {
        return base::SecretBytes::copyOf(base::viewOf(text));
    };
    api::RestoreWallet request;
    request.name = QStringLiteral("bench");
    request.password = secret("correct horse battery staple");
    request.mnemonic = secret("abandon abandon abandon abandon abandon abandon abandon abandon "
                              "abandon abandon abandon about");
    return finished(api.wallets->restore(std::move(request)), "the wallet is not restored");
}

Result<void> measure()
{
    auto node = TRY(startChain());
    const auto last = TRY(node->height());
    const QTemporaryDir folder;
    engine::EngineOptions options;
    options.dataDirectory = folder.path();
    options.network = QStringLiteral("regtest");
    options.keyDerivation = engine::EngineOptions::KeyDerivation::TestOnly;
    const auto engine = TRY(engine::Engine::start(options, engine::Engine::Role::Window));
    const auto api = engine->api();
    ui::MainWindow window(api, {});
    window.show();
    TRY(restoreWallet(api));
    QElapsedTimer settled;
    settled.start();
    TRY(until([&] { return settled.elapsed() > kSettleMs; }, ""));

    IdleThread idle;
    Pulse gui;
    gui.start();
    QElapsedTimer timer;
    timer.start();
    TRY(finished(api.node->addPeer(node->peer()), "the node is not taken"));
    api::NodeSnapshot seen;
    const auto synced = until(
        [&] {
            seen = api.node->snapshot();
            return seen.stage == api::NodeStage::Live && seen.height >= last;
        },
        "the engine does not get to the tip");
    if (!synced) {
        std::fprintf(stderr, "stage %d, headers %lld, filters %lld, scanned %lld of %lld, %s\n",
                     int(seen.stage), static_cast<long long>(seen.headerHeight),
                     static_cast<long long>(seen.filterHeight), static_cast<long long>(seen.height),
                     static_cast<long long>(last), qPrintable(seen.problem));
        return synced.error();
    }
    std::printf("synced in %lld ms\n", static_cast<long long>(timer.elapsed()));
    Figure figure;
    figure.what = "longest stall of the window while syncing 100,000 blocks";
    figure.unit = "ms";
    figure.ours = gui.longestMs();
    figure.counterpart = Figure::Counterpart{"idle thread", idle.longestMs()};
    figure.most = 50;
    report(figure);
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    ui::setUpApplication(application);
    const auto done = measure();
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().detail.c_str());
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
