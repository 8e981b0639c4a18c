// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// coffer: the window over the engine, or with --headless the same engine as a local node.

#include "app/desktop/quit_signals.h"
#include "app/desktop/raise_request.h"
#include "core/engine/engine.h"
#include "ui/application.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>

#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdio>

namespace {

using coffer::desktop::RaiseRequest;
using coffer::engine::Engine;
using coffer::engine::EngineOptions;

struct Start
{
    EngineOptions engine;
    QString link;
    bool headless = false;
};

Start parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Coffer: a wallet with its own node. coffer-cli is its command line."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto option = [&](const char* name, const char* description, const char* value) {
        QCommandLineOption added(QString::fromUtf8(name), QString::fromUtf8(description),
                                 QString::fromUtf8(value));
        parser.addOption(added);
        return added;
    };
    const auto dataDir = option("data-dir", "Where wallets and chain data lie.", "folder");
    const auto network = option("network", "main, testnet4, signet or regtest.", "name");
    const auto peer = option("bitcoin-peer", "A node of your own; repeatable.", "host:port");
    const auto proxy = option("proxy", "socks5://host:port for every connection.", "url");
    const auto rpc = option("bitcoin-rpc", "Playground: RPC of the local bitcoind.", "url");
    const auto cookie = option("bitcoin-rpc-cookie", "Its cookie file.", "file");
    const auto fast = option("test-only-fast-kdf", "Weak keys; refused on the main network.", "");
    const auto headless = option("headless", "No window: engine, node and local socket.", "");
    parser.addPositionalArgument(QStringLiteral("link"), QStringLiteral("A bitcoin: link."));
    parser.process(arguments);

    Start start;
    start.engine.dataDirectory =
        parser.isSet(dataDir)
            ? parser.value(dataDir)
            : QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                  QStringLiteral("/coffer");
    if (parser.isSet(network))
        start.engine.network = parser.value(network);
    start.engine.bitcoinPeers = parser.values(peer);
    start.engine.proxy = parser.value(proxy);
    start.engine.bitcoinRpc = QUrl(parser.value(rpc));
    start.engine.bitcoinRpcCookie = parser.value(cookie);
    if (parser.isSet(fast))
        start.engine.keyDerivation = EngineOptions::KeyDerivation::TestOnly;
    start.headless = parser.isSet(headless);
    start.link = parser.positionalArguments().value(0);
    return start;
}

int fail(const coffer::base::Error& error)
{
    std::fprintf(stderr, "coffer: %s (%s)\n", error.detail.c_str(),
                 std::string(coffer::base::errorCodeName(error.code)).c_str());
    return 1;
}

int runHeadless(QCoreApplication& application)
{
    auto engine = Engine::start(parse(application.arguments()).engine, Engine::Role::Headless);
    if (!engine)
        return fail(engine.error());
    return QCoreApplication::exec();
}

/// How a window ended: with a status, or with the wish to go on on another network.
struct Ending
{
    int status = 0;
    QString nextNetwork;
};

/// One window per data directory: the first one comes to the front.
int raiseRunning(const Start& start, const coffer::base::Error& inUse)
{
    auto request = RaiseRequest::send(start.engine, start.link);
    if (!request)
        return fail(inUse);
    QObject::connect(request->get(), &RaiseRequest::answered, request->get(),
                     [](const coffer::base::Result<void>& result) {
                         QCoreApplication::exit(result ? 0 : fail(result.error()));
                     });
    return QApplication::exec();
}

Ending showWindow(const Start& start)
{
    auto engine = Engine::start(start.engine, Engine::Role::Window);
    if (!engine) {
        const bool held = engine.error().code == coffer::base::ErrorCode::InUse;
        return {held ? raiseRunning(start, engine.error()) : fail(engine.error()), {}};
    }
    coffer::ui::WindowOptions options;
    options.openLink = start.link;
    coffer::ui::MainWindow window((*engine)->api(), options);
    QObject::connect(engine->get(), &Engine::raiseRequested, &window, [&](const QString& link) {
        window.raiseToFront();
        if (!link.isEmpty())
            window.openLink(link);
    });
    Ending ending;
    QObject::connect(&window, &coffer::ui::MainWindow::restartRequested, &window,
                     [&](const QString& network) {
                         ending.nextNetwork = network;
                         QCoreApplication::quit();
                     });
    window.show();
    ending.status = QApplication::exec();
    return ending;
}

int runWindow(QApplication& application)
{
    auto start = parse(application.arguments());
    coffer::ui::setUpApplication(application);
    while (true) {
        auto ending = showWindow(start);
        if (ending.nextNetwork.isEmpty())
            return ending.status;
        // Nodes named on the command line belong to the network that is left.
        start.engine.network = ending.nextNetwork;
        start.engine.bitcoinPeers.clear();
        start.engine.bitcoinRpc.clear();
        start.link.clear();
    }
}

bool wantsHeadless(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--headless")
            return true;
    }
    return false;
}

} // namespace

int main(int argc, char** argv)
{
    umask(0077);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none); // A core dump would hold keys.
    QCoreApplication::setApplicationName(QStringLiteral("coffer"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COFFER_VERSION));
    if (wantsHeadless(argc, argv)) {
        QCoreApplication application(argc, argv);
        const coffer::desktop::QuitSignals signals;
        return runHeadless(application);
    }
    QApplication application(argc, argv);
    const coffer::desktop::QuitSignals signals;
    return runWindow(application);
}
