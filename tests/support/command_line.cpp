// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/command_line.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>

namespace coffer::test {

CommandLine::CommandLine(QString network, QString peer)
    : m_network(std::move(network))
    , m_peer(std::move(peer))
{
    m_passwordFile = secretFile(QStringLiteral("password"), "correct horse battery staple\n");
}

QString CommandLine::program()
{
    return QStringLiteral(COFFER_BINARIES "/coffer-cli");
}

QString CommandLine::secretFile(const QString& name, const std::string& content) const
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(content.data(), static_cast<qint64>(content.size()));
    return path;
}

QStringList CommandLine::globalArguments() const
{
    QStringList arguments{
        QStringLiteral("--data-dir"),      dataDirectory(),
        QStringLiteral("--network"),       m_network,
        QStringLiteral("--wallet"),        m_wallet,
        QStringLiteral("--password-file"), m_passwordFile,
        QStringLiteral("--json"),          QStringLiteral("--test-only-fast-kdf")};
    if (!m_peer.isEmpty())
        arguments << QStringLiteral("--bitcoin-peer") << m_peer;
    return arguments;
}

CommandLine::Outcome CommandLine::run(const QStringList& command)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    // The local socket lies beside the data, so that tests do not meet each other.
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
    process.setProcessEnvironment(environment);
    process.start(program(), globalArguments() + command);
    Outcome outcome;
    if (!process.waitForFinished(120'000)) {
        process.kill();
        process.waitForFinished();
        outcome.errorText = "coffer-cli did not end in 120 s";
        return outcome;
    }
    outcome.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    if (auto json = base::parseJson(process.readAllStandardOutput().toStdString(), 64))
        outcome.output = json.take();
    const auto lines = process.readAllStandardError().split('\n');
    for (const auto& line : lines) {
        const auto json = base::parseJson(line.toStdString());
        if (json && json->contains("error")) {
            outcome.errorCode = (*json)["error"]["code"].get<std::string>();
            outcome.errorText = (*json)["error"]["detail"].get<std::string>();
        }
    }
    if (outcome.status != 0 && outcome.errorText.empty())
        outcome.errorText = lines.join('|').toStdString();
    return outcome;
}

base::Result<base::Json> CommandLine::ok(const QStringList& command)
{
    auto outcome = run(command);
    if (outcome.status != 0)
        return base::Error{base::ErrorCode::Rejected,
                           command.join(QLatin1Char(' ')).toStdString() + ": status " +
                               std::to_string(outcome.status) + " " + outcome.errorCode + " " +
                               outcome.errorText};
    return std::move(outcome.output);
}

} // namespace coffer::test
