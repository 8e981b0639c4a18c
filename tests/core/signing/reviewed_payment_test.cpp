// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a review is stored and read back exactly, and says what the transaction does. Method: round
// trips of built payments, truncations, and a PSBT as if it came from outside.

#include "tests/core/signing/gate_fixture.h"

using namespace coffer;
using namespace coffer::signing;
using namespace coffer::test;
using base::ErrorCode;

class ReviewedPaymentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void survivesStorage();
    void refusesDamage();
    void readsPsbtsFromOutside();
};

void ReviewedPaymentTest::survivesStorage()
{
    for (const std::uint8_t purpose : kPurposes) {
        GateFixture fixture(purpose);
        auto decoded = decodeReviewed(encodeReviewed(fixture.reviewed));
        VERIFY_RESULT(decoded);
        QVERIFY(*decoded == fixture.reviewed);
        fixture.reviewed = decoded.take();
        VERIFY_RESULT(fixture.approve());
    }
}

void ReviewedPaymentTest::refusesDamage()
{
    const GateFixture fixture;
    const base::Bytes whole = encodeReviewed(fixture.reviewed);
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(!decodeReviewed(base::ByteView(whole).subspan(0, size)));
    QVERIFY(!decodeReviewed(base::concat(whole, base::Bytes{0})));
    ReviewedPayment absurd = fixture.reviewed;
    absurd.fee = -1;
    COMPARE_ERROR(decodeReviewed(encodeReviewed(absurd)), ErrorCode::OutOfRange);
}

void ReviewedPaymentTest::readsPsbtsFromOutside()
{
    for (const std::uint8_t purpose : kPurposes) {
        const GateFixture fixture(purpose);
        auto outside = bitcoin::Psbt::parse(fixture.built.psbt.serialize());
        VERIFY_RESULT(outside);
        auto reviewed =
            reviewOf(*outside, fixture.wallet.index, fixture.reviewed.intent, fixture.account);
        VERIFY_RESULT(reviewed);
        QVERIFY(*reviewed == fixture.reviewed);
    }
}

QTEST_GUILESS_MAIN(ReviewedPaymentTest)
#include "reviewed_payment_test.moc"
