// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/text_rules.h"

#include <QSet>
#include <QtTest/QtTest>

using namespace coffer::tidy;

/// Plants one fault per row into a small file, and wants it found by its rule; then the same shape
/// done right, and wants silence. Every rule must be planted at least once.
class TextRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsPlantedFaults_data();
    void findsPlantedFaults();
    void acceptsTheRightWay_data();
    void acceptsTheRightWay();
    void everyRuleIsPlanted();
    void seesThroughCommentsAndLiterals();
    void exceptionsMayOnlyShrink();
};

namespace {

struct Plant
{
    const char* rule;
    const char* path;
    const char* text;
};

// The house rules against doing it wrong. "%LONG%" stands for 75 lines of code.
const Plant kFaults[] = {
    {"nested-loop", "core/engine/x.cpp", "QEventLoop loop;"},
    {"nested-loop", "ui/x.cpp", "QCoreApplication::processEvents();"},
    {"nested-loop", "ui/x.cpp", "dialog.exec();"},
    {"nested-loop", "ui/x.cpp", "menu->exec(position);"},
    {"blocking-wait", "core/transport/x.cpp", "socket.waitForConnected(1000);"},
    {"future-then", "ui/x.cpp", "future.then(this, f);"},
    {"mutex", "core/engine/x.h", "QMutex m_mutex;"},
    {"mutex", "core/engine/x.cpp", "std::lock_guard lock(m);"},
    {"sleep", "tests/ui/x_test.cpp", "QTest::qWait(100);"},
    {"timing", "tests/core/base/x_test.cpp", "QVERIFY(QElapsedTimer().elapsed() < 5);"},
    {"clock", "core/vault/x.cpp", "auto now = std::chrono::system_clock::now();"},
    {"clock", "core/ledger/x.cpp", "QDateTime::currentDateTimeUtc();"},
    {"random", "core/bitcoin/x.cpp", "std::random_device device;"},
    {"random", "core/crypto/x.cpp", "randombytes_buf(p, n);"},
    {"floating-point", "core/money/x.h", "double rate = 0;"},
    {"floating-point", "core/ledger/x.cpp", "text.toDouble();"},
    {"floating-point", "ui/x.h", "QDoubleSpinBox* m_amount;"},
    {"locale", "core/crypto/x.cpp", "auto s = std::to_string(n);"},
    {"compare-secret", "core/vault/x.cpp", "if (std::memcmp(a, b, 32) == 0)"},
    {"translate", "core/engine/x.cpp", "return tr(\"No\");"},
    {"json", "core/engine/x.cpp", "auto j = nlohmann::json::parse(text);"},
    {"json", "core/api/x.cpp", "value.get<int>();"},
    {"json", "ui/x.cpp", "QJsonDocument::fromJson(data);"},
    {"sql", "core/ledger/x.cpp", "run(\"SELECT seq FROM record\");"},
    {"sql", "core/vault/x.cpp", "run(\"PRAGMA journal_mode\");"},
    {"print", "core/engine/x.cpp", "std::cerr << secret;"},
    {"print", "ui/x.cpp", "qDebug() << 1;"},
    {"throw", "core/base/x.cpp", "throw std::runtime_error(\"x\");"},
    {"secret-in-string", "ui/x.h", "QString m_passphrase;"},
    {"secret-in-string", "core/vault/x.h", "void open(const std::string& password);"},
    {"secret-in-string", "core/crypto/x.h", "std::string_view mnemonic"},
    {"secret-in-string", "core/crypto/x.h", "QByteArray masterSeed;"},
    {"echo-mode", "ui/x.cpp", "edit->setEchoMode(QLineEdit::Password);"},
    {"reveal", "core/ledger/x.cpp", "send(key.reveal());"},
    {"todo", "core/base/x.cpp", "// TODO: later"},
    {"fixme", "ui/x.cpp", "// FIXME"},
    {"banner", "core/base/x.cpp", "// ---- Helpers ----"},
    {"name", "core/base/x.h", "class KeyManager"},
    {"error-default", "ui/error_text.cpp", "    default:"},
    {"white-space", "core/base/x.cpp", "int x; "},
    {"white-space", "core/base/x.cpp", "\tint x;"},
    {"try-form", "core/base/x.cpp", "f(TRY(g()));"},
    {"try-form", "core/base/x.cpp", "auto x = 1 + TRY(g());"},
    {"try-form", "core/base/x.cpp", "auto x = TRY(g()).size();"},
    {"try-form", "core/base/x.cpp", "auto x = TRY(g(TRY(h())));"},
    {"try-form", "core/base/x.cpp", "f(a,\n  TRY(g()));"},
    {"try-form", "core/base/x.cpp", "if (TRY(g()))"},
    {"try-form", "core/base/x.cpp", "total += TRY(g());"},
    {"try-form", "core/engine/x.cpp", "auto x = TRY(co_await g());"},
    {"try-form", "core/engine/x.cpp", "if (a)\n CO_TRY(auto x, g()); CO_TRY(auto y, h());"},
    {"function-length", "core/base/x.cpp", "int f(int x)\n{\n%LONG%}\n"},
    {"function-length", "core/base/x.cpp", "int C::f(int x,\n int y) const\n{\n%LONG%}\n"},
    {"file-length", "core/base/x.cpp",
     "%LONG%%LONG%%LONG%%LONG%%LONG%%LONG%%LONG%%LONG%%LONG%%LONG%%LONG%"},
    {"essay-length", "core/base/x.h", "%ESSAY%"},
    {"bool-parameter", "core/base/x.h", "void write(int x, bool compact);"},
    {"bool-parameter", "core/base/x.h", "void write(bool compact = false);"},
    {"type-comment", "core/base/x.h", "class Key\n{\n};"},
    {"type-comment", "core/base/x.h", "enum class Kind { A, B };"},
    {"head", "core/base/y.cpp", "%BARE%int x;"},
    {"head", "core/base/y.h", "%BARE%int x;"},
    {"head", "core/base/x.h", "using namespace coffer;"},
    {"namespace", "core/money/x.h", "namespace coffer::crypto {"},
    {"test-habits", "tests/core/x_test.cpp", "void init() { QTest::failOnWarning(x); }"},
    {"test-habits", "tests/ui/x_test.cpp", "QCOMPARE(1, 1);"},
};

const Plant kRight[] = {
    {"", "core/storage/x.cpp", "query.exec();"},
    {"", "app/desktop/main.cpp", "return application.exec();"},
    {"", "tests/core/x_test.cpp", "QTest::failOnWarning(x); QTRY_COMPARE(a, b);"},
    {"", "tests/core/base/x_test.cpp", "QCOMPARE(1, 1);"},
    {"", "core/base/clock.cpp", "return std::chrono::system_clock::now();"},
    {"", "core/ledger/x.cpp", "// never a double here\nlog(\"double\");"},
    {"", "ui/x.cpp", "double opacity = 0.5;"},
    {"", "core/engine/x.cpp", "entry.str(); attr(x);"},
    {"", "ui/x.cpp", "label->setText(tr(\"Select a wallet from the list\"));"},
    {"", "core/engine/x.cpp", "std::get<0>(pair);"},
    {"", "core/storage/x.cpp", "run(\"SELECT seq FROM record\");"},
    {"", "core/engine/x.h", "namespace coffer::engine {}\nQString passwordFile;"},
    {"", "core/vault/x.h",
     "namespace coffer::vault {}\nvoid open(QString path, base::SecretBytes password);"},
    {"", "core/lightnode/x.h", "namespace coffer::lightnode {}\nstd::string seed;"},
    {"", "core/bitcoin/x.cpp", "std::vector<std::string> dnsSeeds;"},
    {"", "core/crypto/x.cpp", "std::string_view Mnemonic::word(int i) const"},
    {"", "core/engine/x.cpp", "co_await qCoro(future).waitForFinished();"},
    {"", "core/base/x.cpp", "// TODO(#12): later"},
    {"", "core/base/x.cpp", "auto x = TRY(g());"},
    {"", "core/base/x.cpp", "TRY(g(a,\n    b));"},
    {"", "core/base/x.cpp", "return TRY(g());"},
    {"", "core/base/x.cpp", "const auto value =\n    TRY(g());"},
    {"", "core/base/x.cpp", "out.back().amount = TRY(g());"},
    {"", "core/base/x.cpp", "if (a) {\n    TRY(g());\n}"},
    {"", "core/base/x.cpp", "#define CALL(x) f(TRY(x))"},
    {"", "core/engine/x.cpp", "CO_TRY(auto x, co_await g());"},
    {"", "core/base/x.cpp", "class C\n{\n%LONG%};"},
    {"", "core/base/x.cpp", "namespace\n{\n%LONG%}"},
    {"", "core/base/x.cpp", "void CTest::f_data()\n{\n%LONG%}"},
    {"", "core/base/x.h", "namespace coffer::base {}\nvoid setCompact(bool compact);"},
    {"", "ui/x.h", "namespace coffer::ui {}\n    void setVisible(bool visible) override;"},
    {"", "core/base/x.h",
     "namespace coffer::base {\n/// What opens a wallet.\nclass Key\n{\n};\nclass Other;"},
    {"", "core/base/x.h",
     "namespace coffer::base {\n/// A pair.\ntemplate <typename T>\nstruct Pair\n{\n};"},
    {"", "core/base/x.h", "namespace coffer::base {}\nenum class Kind : int;"},
};

/// The text with the head that every file has, and the long stretches filled in.
SourceFile planted(const Plant& plant)
{
    auto text = QString::fromUtf8(plant.text);
    if (text.startsWith(QLatin1String("%BARE%"))) {
        text.remove(QLatin1String("%BARE%"));
    } else {
        const bool header = QLatin1String(plant.path).endsWith(QLatin1String(".h"));
        text.prepend(QStringLiteral("// SPDX-FileCopyrightText: The Coffer developers\n"
                                    "// SPDX-License-Identifier: GPL-3.0-or-later\n") +
                     (header ? QStringLiteral("#pragma once\n\n") : QString()));
    }
    text.replace(QLatin1String("%LONG%"), QStringLiteral("    a = b;\n").repeated(75));
    text.replace(QLatin1String("%ESSAY%"), QStringLiteral("/// Words.\n").repeated(41));
    return SourceFile::parse(QString::fromUtf8(plant.path), text);
}

QStringList rulesOf(const Findings& findings)
{
    QStringList rules;
    for (const auto& finding : findings) {
        rules << finding.rule;
    }
    return rules;
}

} // namespace

void TextRulesTest::findsPlantedFaults_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(kFaults)); ++i) {
        QTest::addRow("%s %d", kFaults[i].rule, i) << i;
    }
}

void TextRulesTest::findsPlantedFaults()
{
    QFETCH(int, index);
    const auto findings = checkText(planted(kFaults[index]));
    QVERIFY2(rulesOf(findings).contains(QString::fromUtf8(kFaults[index].rule)),
             qPrintable(rulesOf(findings).join(u' ')));
    for (const auto& finding : findings) {
        QVERIFY(!finding.message.isEmpty());
    }
}

void TextRulesTest::acceptsTheRightWay_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(kRight)); ++i) {
        QTest::addRow("%s %d", kRight[i].path, i) << i;
    }
}

void TextRulesTest::acceptsTheRightWay()
{
    QFETCH(int, index);
    QCOMPARE(rulesOf(checkText(planted(kRight[index]))), QStringList());
}

void TextRulesTest::everyRuleIsPlanted()
{
    QSet<QString> planted;
    for (const auto& plant : kFaults) {
        planted.insert(QString::fromUtf8(plant.rule));
    }
    for (const auto& rule : textRules()) {
        QVERIFY2(planted.contains(rule.name), qPrintable(rule.name));
    }
}

void TextRulesTest::seesThroughCommentsAndLiterals()
{
    const auto file = SourceFile::parse(
        QStringLiteral("x.cpp"),
        QStringLiteral("a(\"b\\\"c\", u'{'); // d\n/* e\n f */ g = 1'000'000;\nR\"x(h\n\"i)x\" j"));
    QCOMPARE(file.code.size(), file.raw.size());
    QCOMPARE(file.code[0].simplified(), QStringLiteral("a(\" \", u' ');"));
    QCOMPARE(file.literals[0].simplified(), QStringLiteral("b c {"));
    QCOMPARE(file.code[1].trimmed(), QString());
    QCOMPARE(file.code[2].simplified(), QStringLiteral("g = 1'000'000;"));
    QCOMPARE(file.literals[3].trimmed(), QStringLiteral("h"));
    QVERIFY(file.code[4].endsWith(QLatin1String(" j")));
}

void TextRulesTest::exceptionsMayOnlyShrink()
{
    const Findings two{{QStringLiteral("ui/x.cpp"), 1, QStringLiteral("mutex"), QString()},
                       {QStringLiteral("ui/x.cpp"), 9, QStringLiteral("mutex"), QString()}};
    const auto left = [&](const char* exceptions) {
        return rulesOf(applyExceptions(two, QString::fromUtf8(exceptions)));
    };
    QCOMPARE(left("# nothing\n"), QStringList({QStringLiteral("mutex"), QStringLiteral("mutex")}));
    QCOMPARE(left("mutex ui/x.cpp 2  # why\n"), QStringList());
    // One fault more than allowed shows all of them.
    QCOMPARE(left("mutex ui/x.cpp 1  # why\n").size(), 2);
    QCOMPARE(left("mutex ui/x.cpp 3  # why\n"), QStringList({QStringLiteral("exceptions")}));
    QCOMPARE(left("mutex ui/x.cpp 2  # why\nmutex ui/gone.cpp 1  # why\n"),
             QStringList({QStringLiteral("exceptions")}));
    QCOMPARE(left("mutex ui/x.cpp *  # why\n"), QStringList());
    QCOMPARE(left("mutex ui/x.cpp *  # why\nmutex ui/y.cpp *  # why\n"),
             QStringList({QStringLiteral("exceptions")}));
    QVERIFY(left("mutex ui/x.cpp 2\n").contains(QStringLiteral("exceptions")));
}

QTEST_GUILESS_MAIN(TextRulesTest)
#include "text_rules_test.moc"
