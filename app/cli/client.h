// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/command_table.h"
#include "core/engine/engine.h"
#include "core/transport/local_socket.h"

#include <QObject>

#include <memory>

namespace coffer::cli {

/// Whether a person or a script reads what is printed.
enum class Output
{
    Text,
    Json
};

/// What stands before the command: where, as whom, how to print.
struct GlobalOptions
{
    engine::EngineOptions engine;
    std::string wallet;
    std::string passwordFile;
    Output output = Output::Text;
};

/// Sends one request to the engine that holds the data directory, or to one in this process, and
/// prints what comes back. Emits finished() with the exit status.
class Client : public QObject
{
    Q_OBJECT

public:
    Client(GlobalOptions options, engine::CommandRequest request);
    ~Client() override;

    void start();

Q_SIGNALS:
    void finished(int status);

private:
    base::Result<void> prepareSecrets(const QString& socketPath);
    base::Result<void> connectEngine(const QString& socketPath);
    void receive(const std::string& line);
    void fail(const base::Error& error);
    void print(base::Json result);

    GlobalOptions m_options;
    engine::CommandRequest m_request;
    std::vector<std::unique_ptr<class SecretPipe>> m_pipes;
    std::unique_ptr<class SecretPipe> m_words;
    std::unique_ptr<transport::LocalConnection> m_remote;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<engine::RpcSession> m_local;
};

/// `{"error":{"code","detail"}}` on stderr with --json, a sentence otherwise.
void printError(const base::Error& error, Output output);

} // namespace coffer::cli
