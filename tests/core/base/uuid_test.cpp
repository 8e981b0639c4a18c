// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: UUIDv7 as RFC 9562 says. Method: the layout of its example (appendix A.6), order by time, a
// table of refusals.

#include "core/base/hex.h"
#include "core/base/uuid.h"
#include "tests/support/test.h"

using namespace coffer::base;

class UuidTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTimeVersionAndVariant();
    void sortsByTime();
    void bringsBackItsText();
    void refuses_data();
    void refuses();
};

void UuidTest::hasTimeVersionAndVariant()
{
    const ManualClock clock(0x017f22e279b0); // The RFC's example.
    SeededRandom random(1);
    for (int i = 0; i < 100; ++i) {
        const auto text = Uuid::create(clock, random).toString();
        QCOMPARE(text.size(), std::size_t{36});
        QVERIFY(text.starts_with("017f22e2-79b0-7"));
        QVERIFY(std::string_view("89ab").find(text[19]) != std::string_view::npos);
    }
}

void UuidTest::sortsByTime()
{
    ManualClock clock;
    SeededRandom random(2);
    auto last = Uuid::create(clock, random);
    for (int i = 0; i < 100; ++i) {
        clock.advanceMs(1);
        const auto next = Uuid::create(clock, random);
        QVERIFY(last < next);
        last = next;
    }
}

void UuidTest::bringsBackItsText()
{
    const auto id = Uuid::parse("017F22E2-79b0-7cc3-98c4-dc0c0c07398f");
    VERIFY_RESULT(id);
    QCOMPARE(id->toString(), std::string("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
    QCOMPARE(toHex(id->bytes()), std::string("017f22e279b07cc398c4dc0c0c07398f"));
    QVERIFY(!id->isNull());
    QVERIFY(Uuid().isNull());
    QCOMPARE(Uuid().toString(), std::string("00000000-0000-0000-0000-000000000000"));
}

void UuidTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* text :
         {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
          "017f22e2+79b0-7cc3-98c4-dc0c0c07398f", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
          "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}", "017f22e2-79b0-7cc3-98c4-dc0c0c0-398f"})
        QTest::newRow(text) << QByteArray(text);
}

void UuidTest::refuses()
{
    QFETCH(QByteArray, text);
    COMPARE_ERROR(Uuid::parse(text.toStdString()), ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(UuidTest)
#include "uuid_test.moc"
