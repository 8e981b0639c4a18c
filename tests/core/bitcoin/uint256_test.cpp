// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: our 256-bit numbers calculate. Method: random values against Boost's.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/bitcoin/uint256.h"
#include "tests/core/bitcoin/vectors.h"

#include <boost/multiprecision/cpp_int.hpp>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::Uint256;
using Reference = boost::multiprecision::uint256_t;

namespace {

/// A value of random length, so that carries, small divisors and equal limbs all happen.
Uint256 randomValue(base::SeededRandom& random)
{
    base::ByteArray<32> bytes{};
    random.fill(bytes);
    Uint256 value = Uint256::fromLittleEndian(bytes);
    value >>= static_cast<unsigned>(random.below(256));
    if (random.below(4) == 0)
        value = ~value;
    return value;
}

Reference reference(const Uint256& value)
{
    return Reference("0x" + value.toHex());
}

} // namespace

class Uint256Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void calculatesAsBoostDoes();
    void readsAndWritesHex();
    void ordersByValue();
};

void Uint256Test::calculatesAsBoostDoes()
{
    base::SeededRandom random(1);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = randomValue(random);
        const auto b = randomValue(random);
        const auto small = random.u64();
        const auto shift = static_cast<unsigned>(random.below(300));
        const auto x = reference(a);
        const auto y = reference(b);
        QVERIFY(reference(a + b) == Reference(x + y));
        QVERIFY(reference(a - b) == Reference(x - y));
        QVERIFY(reference(a * small) == Reference(x * small));
        QVERIFY(reference(~a) == Reference(~x));
        QVERIFY(reference(a << shift) == (shift < 256 ? Reference(x << shift) : Reference(0)));
        QVERIFY(reference(a >> shift) == (shift < 256 ? Reference(x >> shift) : Reference(0)));
        QCOMPARE((a <=> b) < 0, x < y);
        if (!b.isZero())
            QVERIFY(reference(a / b) == Reference(x / y));
        QCOMPARE(a.bitLength(),
                 x == 0 ? 0U : static_cast<unsigned>(boost::multiprecision::msb(x)) + 1U);
    }
}

void Uint256Test::readsAndWritesHex()
{
    const auto value = Uint256::parseHex("1fF");
    VERIFY_RESULT(value);
    QVERIFY(*value == Uint256(511));
    std::string digits(64, '0');
    digits.replace(61, 3, "1ff");
    QCOMPARE(shown(value->toHex()), shown(digits));
    QVERIFY(Uint256::fromLittleEndian(value->toLittleEndian()) == *value);
    COMPARE_ERROR(Uint256::parseHex(""), ErrorCode::Malformed);
    COMPARE_ERROR(Uint256::parseHex("0x1"), ErrorCode::Malformed);
    COMPARE_ERROR(Uint256::parseHex(std::string(65, '0')), ErrorCode::Malformed);
}

void Uint256Test::ordersByValue()
{
    const Uint256 high = Uint256(1) << 192;
    QVERIFY(high > Uint256(~std::uint64_t{0}));
    QVERIFY(Uint256(3) == Uint256(1) + Uint256(2));
    QVERIFY(std::max(high, Uint256(7)) == high);
}

QTEST_GUILESS_MAIN(Uint256Test)
#include "uint256_test.moc"
