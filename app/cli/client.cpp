// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/client.h"

#include "app/cli/render.h"
#include "app/cli/secret_input.h"

#include <QDir>
#include <QFileInfo>

#include <cstdio>

namespace coffer::cli {

using base::Error;
using base::ErrorCode;
using base::Json;

void printError(const std::string& code, const std::string& detail, Output output)
{
    if (output == Output::Json) {
        Json out;
        out["error"]["code"] = code;
        out["error"]["detail"] = detail;
        std::fprintf(stderr, "%s\n", base::writeJson(out).c_str());
        return;
    }
    std::fprintf(stderr, "coffer-cli: %s (%s)\n", detail.c_str(), code.c_str());
}

void printError(const Error& error, Output output)
{
    printError(std::string(base::errorCodeName(error.code)), error.detail, output);
}

Client::Client(GlobalOptions options, engine::CommandRequest request)
    : m_options(std::move(options))
    , m_request(std::move(request))
{
}

Client::~Client()
{
    m_local.reset(); // Before the engine it talks to.
}

void Client::start()
{
    const auto attempt = [this]() -> base::Result<void> {
        QDir().mkpath(m_options.engine.dataDirectory);
        const auto path = TRY(transport::localSocketPath(m_options.engine.dataDirectory));
        TRY(prepareSecrets(path));
        return connectEngine(path);
    };
    if (auto started = attempt(); !started) {
        fail(started.error());
        return;
    }
    Json message;
    message["jsonrpc"] = "2.0";
    message["id"] = 1;
    message["method"] = m_request.command->method();
    message["params"] = m_request.parameters;
    message["network"] = m_options.engine.network.toStdString();
    const auto line = base::writeJson(message);
    if (m_remote)
        m_remote->sendLine(line);
    else
        m_local->handle(line);
}

base::Result<void> Client::prepareSecrets(const QString& socketPath)
{
    const auto folder = QFileInfo(socketPath).absolutePath().toStdString();
    auto& parameters = m_request.parameters;
    const auto ask = [&](const std::string& member,
                         const std::string& prompt) -> base::Result<void> {
        auto secret = TRY(askSecret(prompt));
        auto pipe = TRY(SecretPipe::create(folder));
        TRY(pipe->write(secret));
        parameters[member] = pipe->path();
        m_pipes.push_back(std::move(pipe));
        return {};
    };
    if (!m_options.wallet.empty())
        parameters["wallet"] = m_options.wallet;
    using engine::WalletAccess;
    const auto access = m_request.command->access;
    if (!m_options.passwordFile.empty()) {
        parameters["password_file"] = pathForEngine(m_options.passwordFile);
    } else if (access == WalletAccess::Password || access == WalletAccess::Unlocked) {
        TRY(ask("password_file", "Password of the wallet: "));
    }
    for (const auto& option : m_request.command->options) {
        std::string member(option.name);
        std::replace(member.begin(), member.end(), '-', '_');
        const bool given = parameters.contains(member);
        if (given && (option.kind == engine::OptionKind::SecretFile ||
                      option.kind == engine::OptionKind::File))
            parameters[member] = pathForEngine(parameters[member].get_ref<const std::string&>());
        if (given && option.kind == engine::OptionKind::FileList) {
            for (auto& path : parameters[member])
                path = pathForEngine(path.get_ref<const std::string&>());
        }
        if (given && option.kind == engine::OptionKind::SecretFile &&
            m_options.engine.dataDirectory.isEmpty())
            return Error{ErrorCode::Usage, "no data directory"};
    }
    if (m_request.command->method() == "wallet.show-mnemonic" ||
        parameters.contains("show_mnemonic")) {
        m_words = TRY(SecretPipe::create(folder));
        parameters["mnemonic_out"] = m_words->path();
    }
    return {};
}

base::Result<void> Client::connectEngine(const QString& socketPath)
{
    auto running = transport::connectToEngine(socketPath);
    if (running) {
        m_remote.reset(running.take());
        connect(m_remote.get(), &transport::LocalConnection::lineReceived, this, &Client::receive);
        connect(m_remote.get(), &transport::LocalConnection::closed, this, [this] {
            fail(Error{ErrorCode::Io, "the engine closed the connection"});
        });
        return {};
    }
    if (running.error().code != ErrorCode::NotFound)
        return running.error();
    m_engine = TRY(engine::Engine::start(m_options.engine, engine::Engine::Role::Command));
    m_local = m_engine->openSession();
    connect(m_local.get(), &engine::RpcSession::lineReady, this, &Client::receive);
    return {};
}

void Client::receive(const std::string& line)
{
    auto answer = base::parseJson(line, 64);
    if (!answer) {
        fail(answer.error());
        return;
    }
    if (!answer->contains("id")) { // An event of `watch`.
        std::printf("%s\n", base::writeJson((*answer)["params"]).c_str());
        std::fflush(stdout);
        return;
    }
    if (answer->contains("error")) {
        const auto& data = (*answer)["error"]["data"];
        const auto code = base::jsonString(data, "code");
        const auto detail = base::jsonString(data, "detail");
        printError(code ? *code : std::string("internal"), detail ? *detail : std::string(),
                   m_options.output);
        Q_EMIT finished(code && *code == "usage" ? 2 : 1);
        return;
    }
    print((*answer)["result"]);
}

void Client::print(Json result)
{
    if (m_words) {
        auto words = m_words->read();
        if (!words) {
            fail(words.error());
            return;
        }
        // The one exemption: the final output that the person asked for.
        const auto bytes = words->reveal();
        result["mnemonic"] = std::string(bytes.begin(), bytes.end());
    }
    const auto text = m_options.output == Output::Json
                          ? base::writeJson(result) + "\n"
                          : render(m_request.command->method(), result);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
    if (m_request.command->method() != "watch")
        Q_EMIT finished(0);
}

void Client::fail(const Error& error)
{
    printError(error, m_options.output);
    Q_EMIT finished(error.code == ErrorCode::Usage ? 2 : 1);
}

} // namespace coffer::cli
