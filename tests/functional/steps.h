// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Steps that every functional test of the command line takes.

#include "tests/support/command_line.h"
#include "tests/support/regtest_node.h"
#include "tests/support/test.h"

#include <QFloat16> // QtTest compares JSON with every number it knows.

namespace coffer::test {

inline QString text(const base::Json& json, const char* member)
{
    if (!json.is_object() || !json.contains(member) || !json[member].is_string())
        return {};
    return QString::fromStdString(json[member].get<std::string>());
}

inline QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '));
}

/// The JSON of a command that must succeed; fails the test and gives an empty object otherwise.
inline base::Json must(CommandLine& cli, const QStringList& command)
{
    auto result = cli.ok(command);
    if (!result) {
        QTest::qFail(result.error().detail.c_str(), __FILE__, __LINE__);
        return base::Json::object();
    }
    return result.take();
}

/// A result that must be there; fails the test and gives an empty value otherwise.
template <typename T>
T must(base::Result<T> result)
{
    if (!result) {
        QTest::qFail(result.error().detail.c_str(), __FILE__, __LINE__);
        return T();
    }
    return result.take();
}

inline base::Json sync(CommandLine& cli)
{
    return must(cli, words("node sync --wait --timeout 60"));
}

/// The first account's balance.
inline base::Json balance(CommandLine& cli)
{
    const auto answer = must(cli, words("balance"));
    return answer.contains("balances") && !answer["balances"].empty() ? answer["balances"][0]
                                                                      : base::Json::object();
}

/// The row of a transaction in the history; null without one.
inline base::Json rowOf(CommandLine& cli, const QString& txid)
{
    const auto answer = must(cli, words("history"));
    if (answer.contains("entries")) {
        for (const auto& row : answer["entries"]) {
            if (text(row, "txid") == txid)
                return row;
        }
    }
    return nullptr;
}

/// The audit holds: difference 0 and every confirmed payment proved by its header.
inline void verifyBooks(CommandLine& cli)
{
    const auto audit = must(cli, words("audit verify"));
    QCOMPARE(text(audit, "difference"), QStringLiteral("0"));
    QVERIFY(audit.contains("transactions_unproved"));
    QCOMPARE(audit["transactions_unproved"].get<int>(), 0);
}

/// A wallet with one account, whose first address this is.
inline QString newWallet(CommandLine& cli)
{
    must(cli, words("wallet create"));
    must(cli, words("account add --type bip84"));
    return text(must(cli, words("address new")), "address");
}

} // namespace coffer::test
