// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: well-formed UTF-8 and nothing else (Unicode 15, table 3-7). Method: every code point is
// accepted, every lone or misplaced byte, overlong form and surrogate refused; agreement with Qt's
// strict decoder.

#include "core/base/random.h"
#include "core/base/utf8.h"
#include "tests/support/test.h"

#include <QStringDecoder>

using namespace coffer::base;

class Utf8Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsEveryCodePoint();
    void refuses_data();
    void refuses();
    void agreesWithQt();
};

void Utf8Test::acceptsEveryCodePoint()
{
    for (char32_t point = 0; point <= 0x10ffff; ++point) {
        if (point >= 0xd800 && point <= 0xdfff)
            continue;
        Bytes bytes;
        const auto trail = [&](int shift) {
            bytes.push_back(static_cast<std::uint8_t>(0x80 | (point >> shift & 0x3f)));
        };
        if (point < 0x80) {
            bytes.push_back(static_cast<std::uint8_t>(point));
        } else if (point < 0x800) {
            bytes.push_back(static_cast<std::uint8_t>(0xc0 | point >> 6));
            trail(0);
        } else if (point < 0x10000) {
            bytes.push_back(static_cast<std::uint8_t>(0xe0 | point >> 12));
            trail(6);
            trail(0);
        } else {
            bytes.push_back(static_cast<std::uint8_t>(0xf0 | point >> 18));
            trail(12);
            trail(6);
            trail(0);
        }
        if (!isUtf8(bytes))
            QFAIL(qPrintable(QString::number(point, 16)));
        if (bytes.size() > 1 && isUtf8(ByteView(bytes).first(bytes.size() - 1)))
            QFAIL(qPrintable(QString::number(point, 16)));
    }
}

void Utf8Test::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) {
        QTest::newRow(name) << QByteArray(text);
    };
    row("trail alone", "\x80");
    row("lead alone", "a\xc3");
    row("lead and letter", "\xc3z");
    row("overlong slash", "\xc0\xaf");
    row("overlong c1", "\xc1\xbf");
    row("overlong three", "\xe0\x9f\xbf");
    row("overlong four", "\xf0\x8f\xbf\xbf");
    row("first surrogate", "\xed\xa0\x80");
    row("last surrogate", "\xed\xbf\xbf");
    row("beyond Unicode", "\xf4\x90\x80\x80");
    row("f5", "\xf5\x80\x80\x80");
    row("ff", "\xff");
    row("five bytes", "\xf8\x88\x80\x80\x80");
}

void Utf8Test::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!isUtf8(viewOf(text.toStdString())));
    QVERIFY(!isUtf8(viewOf("fine " + text.toStdString())));
}

void Utf8Test::agreesWithQt()
{
    SeededRandom random(8);
    int valid = 0;
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes(1 + random.below(4));
        random.fill(bytes);
        for (auto& byte : bytes)
            byte = random.below(2) == 0 ? byte : static_cast<std::uint8_t>(0x80 | (byte & 0x3f));
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless |
                                                         QStringDecoder::Flag::ConvertInitialBom);
        const QString text = decoder(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
        QCOMPARE(isUtf8(bytes), !decoder.hasError());
        valid += isUtf8(bytes) ? 1 : 0;
    }
    QVERIFY(valid > 1'000);
}

QTEST_GUILESS_MAIN(Utf8Test)
#include "utf8_test.moc"
