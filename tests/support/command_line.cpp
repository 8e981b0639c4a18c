// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/command_line.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QProcessEnvironment>

#include <sys/prctl.h>

#include <csignal>

namespace coffer::test {

namespace {

constexpr int kPatienceMs = 120'000;

} // namespace

CommandLine::CommandLine(QString network, QString peer)
    : m_network(std::move(network))
{
    if (!peer.isEmpty())
        m_peers = {peer};
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

QStringList CommandLine::networkArguments() const
{
    QStringList arguments{QStringLiteral("--data-dir"), dataDirectory(),
                          QStringLiteral("--network"), m_network,
                          QStringLiteral("--test-only-fast-kdf")};
    for (const auto& peer : m_peers)
        arguments << QStringLiteral("--bitcoin-peer") << peer;
    if (!m_proxy.isEmpty())
        arguments << QStringLiteral("--proxy") << m_proxy;
    return arguments;
}

QStringList CommandLine::globalArguments() const
{
    return networkArguments() + QStringList{QStringLiteral("--wallet"), m_wallet,
                                            QStringLiteral("--password-file"), m_passwordFile,
                                            QStringLiteral("--json")};
}

void CommandLine::setEnvironment(const QString& name, const QString& value)
{
    m_environment[name] = value;
}

std::unique_ptr<QProcess> CommandLine::launch(const QString& program, const QStringList& arguments)
{
    auto process = std::make_unique<QProcess>();
    auto environment = QProcessEnvironment::systemEnvironment();
    // The local socket lies beside the data, so that tests do not meet each other.
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
    for (const auto& [name, value] : m_environment)
        environment.insert(name, value);
    process->setProcessEnvironment(environment);
    // A test that crashes must not leave anything behind.
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->start(program, arguments);
    return process;
}

std::unique_ptr<QProcess> CommandLine::start(const QStringList& command)
{
    return launch(program(), globalArguments() + command);
}

QString CommandLine::socketPath() const
{
    const auto digest =
        QCryptographicHash::hash(QFileInfo(dataDirectory()).canonicalFilePath().toUtf8(),
                                 QCryptographicHash::Sha256)
            .toHex()
            .left(16);
    return m_folder.path() + QStringLiteral("/coffer-") + QString::fromLatin1(digest) +
           QStringLiteral("/engine.sock");
}

std::unique_ptr<QProcess> CommandLine::startHeadless()
{
    auto process = launch(QStringLiteral(COFFER_BINARIES "/coffer"),
                          networkArguments() + QStringList{QStringLiteral("--headless")});
    const auto holds = [&] { // Not another one whose socket answers.
        QFile lock(dataDirectory() + QStringLiteral("/lock"));
        return lock.open(QIODevice::ReadOnly) &&
               lock.readAll().trimmed() == QByteArray::number(process->processId());
    };
    const QDeadlineTimer deadline(kPatienceMs);
    while (!deadline.hasExpired()) {
        if (process->waitForFinished(20))
            return nullptr;
        if (!holds())
            continue;
        QLocalSocket socket;
        socket.connectToServer(socketPath());
        if (socket.waitForConnected(100))
            return process;
    }
    return nullptr;
}

CommandLine::Outcome CommandLine::finish(QProcess& process)
{
    Outcome outcome;
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(kPatienceMs)) {
        process.kill();
        process.waitForFinished();
        outcome.errorText = "it did not end in 120 s";
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

CommandLine::Outcome CommandLine::run(const QStringList& command)
{
    return finish(*start(command));
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
