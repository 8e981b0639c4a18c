// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <map>
#include <memory>

namespace coffer::test {

/// The real coffer-cli as a process, on a data directory of its own, as a script would use it.
class CommandLine
{
public:
    /// `network` and `peer` ("127.0.0.1:PORT", may be empty) go with every call.
    CommandLine(QString network, QString peer);

    struct Outcome
    {
        int status = -1;
        base::Json output; ///< stdout as JSON; null if it was none.
        std::string errorCode;
        std::string errorText;
    };
    /// Runs one command with --json and the password file.
    Outcome run(const QStringList& command);
    /// The JSON of a command that must succeed; otherwise the error that it printed.
    base::Result<base::Json> ok(const QStringList& command);
    /// Starts one and does not wait. It dies with this process, at the latest.
    std::unique_ptr<QProcess> start(const QStringList& command);
    /// `coffer --headless` on the same data directory, once it listens; null if it ended instead.
    std::unique_ptr<QProcess> startHeadless();
    /// Waits for a process of ours and reads what it said.
    Outcome finish(QProcess& process);
    /// Where the local socket of the data directory lies.
    QString socketPath() const;

    /// Writes an owner-only file into the scratch folder; returns its path.
    QString secretFile(const QString& name, const std::string& content) const;
    QString folder() const { return m_folder.path(); }
    QString dataDirectory() const { return m_folder.path() + QStringLiteral("/data"); }
    void setWallet(const QString& name) { m_wallet = name; }
    void setPasswordFile(const QString& path) { m_passwordFile = path; }
    /// Own nodes of the next calls.
    void setPeers(const QStringList& peers) { m_peers = peers; }
    /// "socks5://127.0.0.1:PORT" for the next calls.
    void setProxy(const QString& url) { m_proxy = url; }
    void setEnvironment(const QString& name, const QString& value);
    void clearEnvironment() { m_environment.clear(); }
    /// What every call begins with.
    QStringList globalArguments() const;
    static QString program();

private:
    QStringList networkArguments() const;
    std::unique_ptr<QProcess> launch(const QString& program, const QStringList& arguments);

    QTemporaryDir m_folder;
    QString m_network;
    QStringList m_peers;
    QString m_proxy;
    std::map<QString, QString> m_environment;
    QString m_wallet = QStringLiteral("test");
    QString m_passwordFile;
};

} // namespace coffer::test
