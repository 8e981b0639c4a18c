// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/translation_rules.h"

#include <QtTest/QtTest>

using namespace coffer::tidy;

/// What a hostile or careless translation could say, one row each.
class TranslationRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void judges_data();
    void judges();
};

void TranslationRulesTest::judges_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("faults");
    const auto plain = [](const char* source, const char* translation, const char* type = "") {
        return QStringLiteral(
                   "<message><source>%1</source><translation%2>%3</translation></message>")
            .arg(QString::fromUtf8(source), QString::fromUtf8(type),
                 QString::fromUtf8(translation));
    };
    QTest::newRow("right") << plain("Send %1 in 10 minutes", "10 分钟内发送 %1") << 0;
    QTest::newRow("unfinished") << plain("Send", "", " type=\"unfinished\"") << 1;
    QTest::newRow("unfinished with words") << plain("Send", "发送", " type=\"unfinished\"") << 1;
    QTest::newRow("vanished") << plain("Send", "发送", " type=\"vanished\"") << 0;
    QTest::newRow("another number") << plain("Wait 10 minutes", "等 100 分钟") << 1;
    QTest::newRow("a new number") << plain("Wait", "等 5 分钟") << 1;
    QTest::newRow("full-width number") << plain("Wait", "等 ５ 分钟") << 1;
    QTest::newRow("URL") << plain("Ask for help", "看 https://evil.example/x") << 1;
    QTest::newRow("domain") << plain("Ask for help", "看 coffer-help.com") << 1;
    QTest::newRow("same URL") << plain("Use https://a.b/c.", "用 https://a.b/c.。") << 0;
    QTest::newRow("shorter URL") << plain("See https://a.bc/", "看 https://a.b/") << 1;
    QTest::newRow("place holder") << plain("socks5://host:port", "socks5://主机:端口") << 0;
    QTest::newRow("key mark") << plain("1&amp;2 words", "12 个词(&amp;2)") << 0;
    QTest::newRow("key mark kept") << plain("1&amp;2 words", "&amp;12 个词") << 0;
    QTest::newRow("bech32") << plain("Pay", "付给 bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq") << 1;
    QTest::newRow("base58") << plain("Pay", "付给 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2") << 1;
    QTest::newRow("hexadecimal") << plain("Pay", "付给 0xdeadbeefdeadbeef") << 1;
    QTest::newRow("marker lost") << plain("Send %1 to %2", "发送给 %2") << 1;
    QTest::newRow("marker doubled") << plain("Send %1", "发送 %1 %1") << 0;
    QTest::newRow("plural") << QStringLiteral(
                                   "<message numerus=\"yes\"><source>%n coins</source><translation>"
                                   "<numerusform>%n 枚</numerusform></translation></message>")
                            << 0;
    QTest::newRow("empty plural")
        << QStringLiteral("<message numerus=\"yes\"><source>%n coins</source><translation>"
                          "<numerusform></numerusform></translation></message>")
        << 1;
    QTest::newRow("not XML") << QStringLiteral("<message>") << 1;
}

void TranslationRulesTest::judges()
{
    QFETCH(QString, message);
    QFETCH(int, faults);
    const auto findings =
        checkTranslation(QStringLiteral("translations/coffer_zh_CN.ts"),
                         QStringLiteral("<TS><context>%1</context></TS>").arg(message));
    QVERIFY2(faults == 0 ? findings.empty() : !findings.empty(),
             findings.empty() ? "nothing found" : qPrintable(findings.front().message));
}

QTEST_GUILESS_MAIN(TranslationRulesTest)
#include "translation_rules_test.moc"
