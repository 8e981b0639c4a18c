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
constexpr int kTimeoutMs = 300'000;
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
    auto future = api.wallets->restore(std::move(request));
    TRY(until([&] { return future.isFinished(); }, "the wallet is not restored"));
    const auto restored = future.takeResult();
    if (!restored)
        return restored.error();
    return {};
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

    QThread idle;
    auto* machine = new Pulse;
    machine->moveToThread(&idle);
    QObject::connect(&idle, &QThread::finished, machine, &QObject::deleteLater);
    idle.start();
    QMetaObject::invokeMethod(machine, [machine] { machine->start(); });
    Pulse gui;
    gui.start();
    QElapsedTimer timer;
    timer.start();
    auto settings = api.settings->snapshot();
    settings.peers = {node->peer()};
    const auto changed = api.settings->set(settings);
    TRY(until(
        [&] {
            const auto now = api.node->snapshot();
            return now.stage == api::NodeStage::Live && now.height >= last;
        },
        "the engine does not get to the tip"));
    std::printf("synced in %lld ms\n", static_cast<long long>(timer.elapsed()));
    Figure figure;
    figure.what = "longest stall of the window while syncing 100,000 blocks";
    figure.unit = "ms";
    figure.ours = gui.longestMs();
    figure.counterpart = Figure::Counterpart{"idle thread", machine->longestMs()};
    figure.most = 50;
    report(figure);
    idle.quit();
    idle.wait();
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
