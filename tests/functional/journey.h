// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A fresh regtest chain and commands that must succeed: what every journey begins with.

#include "tests/functional/steps.h"

namespace coffer::test {

/// A node with spendable coins of its own, and how a test speaks to it and to coffer-cli.
class Journey
{
public:
    base::Result<void> start()
    {
        m_node = TRY(RegtestNode::start());
        m_miner = TRY(m_node->newAddress());
        TRY(m_node->mine(110, m_miner));
        return {};
    }
    void end() { m_node.reset(); }

    RegtestNode& node() { return *m_node; }
    CommandLine commandLine() const { return {QStringLiteral("regtest"), m_node->peer()}; }
    void mine(int blocks) { VERIFY_RESULT(m_node->mine(blocks, m_miner)); }

    base::Json must(CommandLine& cli, const QStringList& command)
    {
        return test::must(cli, command);
    }
    base::Json rpc(std::string_view method, base::Json params = base::Json::array())
    {
        auto result = m_node->rpc(method, std::move(params));
        if (!result) {
            QTest::qFail(result.error().detail.c_str(), __FILE__, __LINE__);
            return base::Json::object();
        }
        return result.take();
    }
    base::Json sync(CommandLine& cli) { return test::sync(cli); }
    /// Runs a command that must fail with this code.
    void expect(CommandLine& cli, const QStringList& command, const char* code, int status = 1)
    {
        const auto outcome = cli.run(command);
        m_lastDetail = QString::fromStdString(outcome.errorText);
        QCOMPARE(QString::fromStdString(outcome.errorCode), QString::fromUtf8(code));
        QCOMPARE(outcome.status, status);
    }
    /// What the last expect() was told.
    const QString& lastDetail() const { return m_lastDetail; }

    /// Adds an account and returns its id.
    QString account(CommandLine& cli, const char* type)
    {
        return text(must(cli, words("account add --type") << QString::fromUtf8(type)), "account");
    }
    QString address(CommandLine& cli, const QString& account)
    {
        return text(must(cli, words("address new --account") << account), "address");
    }
    void pay(const QString& address, const char* bitcoins)
    {
        VERIFY_RESULT(m_node->send(address.toStdString(), bitcoins));
    }
    QString payee()
    {
        auto address = m_node->newAddress();
        return address ? QString::fromStdString(*address) : QString();
    }
    /// Creates wallet and account, and pays one bitcoin to it; returns the account.
    QString fund(CommandLine& cli, const char* type)
    {
        must(cli, words("wallet create"));
        const auto added = account(cli, type);
        pay(address(cli, added), "1");
        mine(1);
        sync(cli);
        return added;
    }
    /// An unsigned PSBT of 0.25 from the account.
    base::Json createPsbt(CommandLine& cli, const QString& from)
    {
        return must(cli, words("psbt create --amount 0.25 --fee-rate 3 --account")
                             << from << QStringLiteral("--to") << payee());
    }
    void untilInMempool(const QString& txid)
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            m_node->rpc("getmempoolentry", base::Json::array({txid.toStdString()})), 20'000);
    }
    void mustBalance(CommandLine& cli)
    {
        QCOMPARE(text(must(cli, words("audit verify")), "difference"), QStringLiteral("0"));
    }

private:
    std::unique_ptr<RegtestNode> m_node;
    std::string m_miner;
    QString m_lastDetail;
};

} // namespace coffer::test
