// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// coffer-cli: the command line. Parses, hands the command to the engine, prints the answer.

#include "app/cli/client.h"
#include "core/engine/command_table.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdio>
#include <string>
#include <vector>

namespace coffer::cli {
namespace {

constexpr const char* kUsage =
    "coffer-cli [--data-dir D] [--network main|testnet4|signet|regtest] [--wallet NAME]\n"
    "           [--password-file F] [--json] [--bitcoin-peer HOST:PORT]... [--proxy socks5://H:P]\n"
    "           <noun> [<verb>] [...]\n\n";

/// Global options may stand anywhere; the rest is the command.
base::Result<GlobalOptions> parseGlobals(std::vector<std::string>& arguments)
{
    GlobalOptions options;
    options.engine.dataDirectory =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
        QStringLiteral("/coffer");
    std::vector<std::string> rest;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& name = arguments[i];
        const bool flag = name == "--json" || name == "--test-only-fast-kdf";
        const bool valued = name == "--data-dir" || name == "--network" || name == "--wallet" ||
                            name == "--password-file" || name == "--bitcoin-peer" ||
                            name == "--proxy" || name == "--bitcoin-rpc" ||
                            name == "--bitcoin-rpc-cookie";
        if (!flag && !valued) {
            rest.push_back(name);
            continue;
        }
        if (name == "--json") {
            options.output = Output::Json;
            continue;
        }
        if (flag) {
            options.engine.keyDerivation = engine::EngineOptions::KeyDerivation::TestOnly;
            continue;
        }
        if (i + 1 == arguments.size())
            return base::Error{base::ErrorCode::Usage, name + " wants a value"};
        const auto value = QString::fromStdString(arguments[++i]);
        if (name == "--data-dir")
            options.engine.dataDirectory = value;
        else if (name == "--network")
            options.engine.network = value;
        else if (name == "--wallet")
            options.wallet = value.toStdString();
        else if (name == "--password-file")
            options.passwordFile = value.toStdString();
        else if (name == "--bitcoin-peer")
            options.engine.bitcoinPeers.append(value);
        else if (name == "--proxy")
            options.engine.proxy = value;
        else if (name == "--bitcoin-rpc")
            options.engine.bitcoinRpc = QUrl(value);
        else
            options.engine.bitcoinRpcCookie = value;
    }
    arguments = std::move(rest);
    return options;
}

int run(QCoreApplication& application, std::vector<std::string> arguments)
{
    auto options = parseGlobals(arguments);
    if (!options) {
        printError(options.error(), Output::Text);
        return 2;
    }
    if (arguments.empty() || arguments[0] == "help" || arguments[0] == "--help") {
        std::printf("%s%s", kUsage, engine::commandHelp().c_str());
        return arguments.empty() ? 2 : 0;
    }
    if (arguments[0] == "--version" || arguments[0] == "version") {
        std::printf("coffer-cli %s\n", COFFER_VERSION);
        return 0;
    }
    auto request = engine::parseCommand(arguments);
    if (!request) {
        printError(request.error(), options->output);
        return 2;
    }
    Client client(options.take(), request.take());
    int status = 1;
    QObject::connect(&client, &Client::finished, &application, [&](int code) {
        status = code;
        QCoreApplication::exit(code);
    });
    QMetaObject::invokeMethod(&client, &Client::start, Qt::QueuedConnection);
    QCoreApplication::exec();
    return status;
}

} // namespace
} // namespace coffer::cli

int main(int argc, char** argv)
{
    umask(0077);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none); // A core dump would hold keys.
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("coffer"));
    return coffer::cli::run(application, {argv + 1, argv + argc});
}
