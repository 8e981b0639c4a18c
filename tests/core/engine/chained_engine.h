// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/engine/conversation.h"
#include "tests/support/peer_server.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace coffer::test {

/// A whole engine with a data directory of its own on a fake node, and a client of it. The wallet
/// is named w.
class ChainedEngine
{
public:
    explicit ChainedEngine(ChainBuilder chain)
        : m_node(std::move(chain))
    {
        start();
    }

    PeerServer& node() { return m_node; }
    Conversation& client() { return *m_client; }
    /// Again, if it runs already.
    void start()
    {
        m_client.reset();
        m_engine.reset();
        engine::EngineOptions options;
        options.dataDirectory = m_folder.filePath(QStringLiteral("data"));
        options.network = QStringLiteral("regtest");
        options.keyDerivation = engine::EngineOptions::KeyDerivation::TestOnly;
        options.bitcoinPeers = {m_node.address()};
        auto started = engine::Engine::start(options, engine::Engine::Role::Command);
        ASSERT(started);
        m_engine = started.take();
        m_client = std::make_unique<Conversation>(*m_engine);
    }
    /// As on another machine: the wallet is there, what the node knows is not.
    void restartWithNewNodeData()
    {
        m_client.reset();
        m_engine.reset();
        ASSERT(QDir(m_folder.filePath(QStringLiteral("data/node"))).removeRecursively());
        start();
    }

    std::string secretFile(const char* name, const char* content) const
    {
        const auto path = m_folder.filePath(QString::fromUtf8(name));
        QFile file(path);
        ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return path.toStdString();
    }
    /// Parameters with the wallet and its password.
    base::Json with(base::Json more = base::Json::object()) const
    {
        more["wallet"] = "w";
        more["password_file"] = secretFile("password", "correct horse\n");
        return more;
    }
    /// From the fixture's words.
    void restore(const char* birthday)
    {
        auto request = with({{"birthday", birthday}});
        request["mnemonic_file"] =
            secretFile("words", "abandon abandon abandon abandon abandon abandon abandon abandon "
                                "abandon abandon abandon about\n");
        QCOMPARE(m_client->refusal("wallet.restore", request), QString());
    }
    /// Why not; empty when the wallet is scanned to the tip.
    QString sync()
    {
        return m_client->refusal("node.sync", with({{"wait", true}, {"timeout", 15}}));
    }

private:
    QTemporaryDir m_folder;
    PeerServer m_node;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<Conversation> m_client;
};

} // namespace coffer::test
