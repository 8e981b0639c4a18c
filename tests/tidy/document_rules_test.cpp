// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/document_rules.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace coffer::tidy;

/// Dead links, documents that grow too long, and a table of modules that has fallen behind.
class DocumentRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsDeadLinks();
    void limitsLength();
    void wantsEveryModuleInTheTable();
    void wantsTheOriginOfData();
};

void DocumentRulesTest::findsDeadLinks()
{
    QTemporaryDir root;
    QVERIFY(QDir(root.path()).mkpath(QStringLiteral("docs")));
    QFile other(root.filePath(QStringLiteral("docs/other.md")));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("# A heading, of sorts\n");
    other.close();
    const auto faults = [&](const char* text) {
        return checkLinks({QStringLiteral("docs/page.md"), QString::fromUtf8(text)}, root.path())
            .size();
    };
    QCOMPARE(faults("[a](other.md) [b](other.md#a-heading-of-sorts) [c](https://x.y/z)"), 0U);
    QCOMPARE(faults("[a](gone.md)"), 1U);
    QCOMPARE(faults("![a](gone.png)"), 1U);
    QCOMPARE(faults("<img src=\"gone.png\">"), 1U);
    QCOMPARE(faults("[b](other.md#gone)"), 1U);
    QCOMPARE(faults("`docs/other.md` and `docs/gone.md`"), 1U);
    QCOMPARE(faults("```\n[a](gone.md)\n```"), 0U);
}

void DocumentRulesTest::limitsLength()
{
    const auto faults = [](const char* path, const char* line, int lines) {
        return checkLength({QString::fromUtf8(path), QString::fromUtf8(line).repeated(lines)})
            .size();
    };
    QCOMPARE(faults("docs/x.md", "a\n", 132), 0U);
    QCOMPARE(faults("docs/x.md", "a\n", 133), 1U);
    QCOMPARE(faults("docs/decisions/001-x.md", "a\n", 33), 0U);
    QCOMPARE(faults("docs/decisions/001-x.md", "a\n", 34), 1U);
    QCOMPARE(faults("CHANGELOG.md", "a\n", 1000), 0U);
    // A long line counts as the lines that it takes in print, a Chinese character as two columns.
    QCOMPARE(faults("docs/x.md", (QByteArray(230, 'a') + "\n").constData(), 50), 1U);
    QCOMPARE(faults("docs/x.md", (QByteArray("\xe9\x92\xb1").repeated(60) + "\n").constData(), 70),
             1U);
}

void DocumentRulesTest::wantsEveryModuleInTheTable()
{
    const Document architecture{QStringLiteral("ARCHITECTURE.md"),
                                QStringLiteral("| 0 | `core/base` | bytes | libsodium |\n"
                                               "| 1 | `core/money` | amounts | base, Boost |\n")};
    const auto faults = [&](const char* layers) {
        return checkModules(architecture, QString::fromUtf8(layers)).size();
    };
    QCOMPARE(faults("core/base||\ncore/money|core/base|\n"), 0U);
    QCOMPARE(faults("core/base||\ncore/crypto|core/base|\n"), 1U);
    QCOMPARE(faults("core/base|core/money|\n"), 1U);
}

void DocumentRulesTest::wantsTheOriginOfData()
{
    const auto readme =
        QStringLiteral("# Data\n\n| file | origin |\n|---|---|\n| btc/a.json | BIP1 |\n");
    const auto faults = [&](const char* files) {
        return checkOrigins(readme, QString::fromUtf8(files).split(u' ')).size();
    };
    QCOMPARE(faults("btc/a.json"), 0U);
    QCOMPARE(faults("btc/a.json btc/b.json"), 1U);
    QCOMPARE(faults("btc/b.json"), 2U);
}

QTEST_GUILESS_MAIN(DocumentRulesTest)
#include "document_rules_test.moc"
