// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what a person types and what a program sends is checked against one table; anything else is
// refused by name before it reaches the engine.

#include "core/base/json.h"
#include "core/engine/command_table.h"
#include "tests/support/test.h"

#include <QFloat16> // QtTest compares JSON with every number it knows.

#include <set>

using namespace coffer;
using base::ErrorCode;
using base::Json;
using engine::checkParameters;
using engine::findCommand;
using engine::parseCommand;

namespace {

std::vector<std::string> split(const QString& line)
{
    std::vector<std::string> out;
    for (const auto& word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        out.push_back(word.toStdString());
    return out;
}

} // namespace

class CommandTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void everyCommandIsFoundByItsMethod();
    void reads();
    void refusesWhatIsTyped_data();
    void refusesWhatIsTyped();
    void refusesWhatIsSent_data();
    void refusesWhatIsSent();
    void helpNamesEverything();
};

void CommandTableTest::everyCommandIsFoundByItsMethod()
{
    std::set<std::string> methods;
    for (const auto& command : engine::commandTable()) {
        QVERIFY2(methods.insert(command.method()).second, command.method().c_str());
        QCOMPARE(findCommand(command.method()), &command);
        QVERIFY(!command.help.empty());
    }
    QVERIFY(methods.contains("send.confirm") && methods.contains("balance"));
    QVERIFY(findCommand("") == nullptr);
    QVERIFY(findCommand("send") == nullptr);
    QVERIFY(findCommand("send.") == nullptr);
    QVERIFY(findCommand("SEND.CONFIRM") == nullptr);
}

void CommandTableTest::reads()
{
    const auto request = parseCommand(
        split(QStringLiteral("send prepare --to a --amount 1 --to b --amount max --target 6")));
    VERIFY_RESULT(request);
    QCOMPARE(request->command->method(), std::string("send.prepare"));
    QCOMPARE(request->parameters["to"], Json::array({"a", "b"}));
    QCOMPARE(request->parameters["amount"], Json::array({"1", "max"}));
    QCOMPARE(request->parameters["target"], Json(6));
    VERIFY_RESULT(checkParameters(*request->command, request->parameters));

    const auto confirm = parseCommand(split(QStringLiteral("send confirm ID --acknowledge rule")));
    VERIFY_RESULT(confirm);
    QCOMPARE(confirm->parameters["intent"], Json("ID"));
    const auto history = parseCommand(split(QStringLiteral("history --limit 5")));
    VERIFY_RESULT(history);
    QCOMPARE(history->command->method(), std::string("history"));
    const auto show = parseCommand(split(QStringLiteral("history show X")));
    VERIFY_RESULT(show);
    QCOMPARE(show->command->method(), std::string("history.show"));
    // A negative number is a value, not an option.
    const auto offset = parseCommand({"history", "--offset", "-1"});
    VERIFY_RESULT(offset);
    QCOMPARE(offset->parameters["offset"], Json(-1));
}

void CommandTableTest::refusesWhatIsTyped_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("names");
    const auto row = [](const char* line, const char* names) {
        QTest::newRow(*line == 0 ? "nothing" : line)
            << QString::fromUtf8(line) << QString::fromUtf8(names);
    };
    row("", "no command");
    row("spend", "'spend'");
    row("send away", "'send away'");
    row("send", "'send'");
    row("send confirm", "intent is missing");
    row("send confirm A B", "unexpected 'B'");
    row("send prepare", "--to is missing");
    row("send prepare --to", "--to wants a value");
    row("send prepare --to a --too b", "unexpected '--too'");
    row("send prepare --to a --fee-rate 1 --fee-rate 2", "--fee-rate was given twice");
    row("send prepare --to a --target six", "--target wants a whole number");
    row("send prepare --to a --target 6.5", "--target wants a whole number");
    row("send prepare --to a --target 99999999999999999999", "--target wants a whole number");
    row("send prepare --to a --target +6", "--target wants a whole number");
    row("wallet create --show-mnemonic yes", "unexpected 'yes'");
    row("wallet restore", "--mnemonic-file is missing");
    row("node rescan", "--from is missing");
    row("balance extra", "unexpected 'extra'");
    row("balance -x", "unexpected '-x'");
}

void CommandTableTest::refusesWhatIsTyped()
{
    QFETCH(QString, line);
    QFETCH(QString, names);
    const auto request = parseCommand(split(line));
    COMPARE_ERROR(request, ErrorCode::Usage);
    QVERIFY2(QString::fromStdString(request.error().detail).contains(names),
             request.error().detail.c_str());
}

void CommandTableTest::refusesWhatIsSent_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<QString>("names"); // Empty: accepted.
    const auto row = [](const char* method, const char* parameters, const char* names) {
        QTest::addRow("%s %s", method, parameters)
            << QString::fromUtf8(method) << QString::fromUtf8(parameters)
            << QString::fromUtf8(names);
    };
    row("send.confirm", R"({"intent":"x","wallet":"w","password_file":"f"})", "");
    row("send.confirm", R"([])", "params must be an object");
    row("send.confirm", R"("x")", "params must be an object");
    row("send.confirm", R"({})", "params.intent is missing");
    row("send.confirm", R"({"intent":5})", "params.intent has the wrong type");
    row("send.confirm", R"({"intent":null})", "params.intent has the wrong type");
    row("send.confirm", R"({"intent":"x","acknowledge":"r"})", "params.acknowledge");
    row("send.confirm", R"({"intent":"x","acknowledge":["r",1]})", "params.acknowledge");
    row("send.confirm", R"({"intent":"x","password":"secret"})", "params.password is unknown");
    row("send.prepare", R"({"to":["a"],"target":"6"})", "params.target has the wrong type");
    row("send.prepare", R"({"to":["a"],"target":6.5})", "params.target has the wrong type");
    row("wallet.create", R"({"show_mnemonic":1})", "params.show_mnemonic has the wrong type");
    row("balance", R"({"wallet":5})", "params.wallet has the wrong type");
    row("balance", R"({"password_file":["f"]})", "params.password_file has the wrong type");
    row("wallet.show-mnemonic", R"({"mnemonic_out":5})", "params.mnemonic_out has the wrong type");
}

void CommandTableTest::refusesWhatIsSent()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    QFETCH(QString, names);
    const auto* command = findCommand(method.toStdString());
    QVERIFY(command != nullptr);
    const auto json = base::parseJson(parameters.toStdString());
    VERIFY_RESULT(json);
    const auto checked = checkParameters(*command, *json);
    if (names.isEmpty()) {
        VERIFY_RESULT(checked);
        return;
    }
    COMPARE_ERROR(checked, ErrorCode::Malformed);
    QVERIFY2(QString::fromStdString(checked.error().detail).contains(names),
             checked.error().detail.c_str());
}

void CommandTableTest::helpNamesEverything()
{
    const auto help = engine::commandHelp();
    for (const auto& command : engine::commandTable()) {
        const auto name = std::string(command.noun) +
                          (command.verb.empty() ? "" : " " + std::string(command.verb));
        QVERIFY2(help.find("  " + name) != std::string::npos, name.c_str());
        for (const auto& option : command.options)
            QVERIFY(help.find(std::string(option.name)) != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(CommandTableTest)
#include "command_table_test.moc"
