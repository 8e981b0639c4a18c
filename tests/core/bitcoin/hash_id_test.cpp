// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a hash prints reversed and keeps its bytes. Method: the genesis hash, a table of failures.

#include "core/base/hex.h"
#include "core/bitcoin/hash_id.h"
#include "tests/core/bitcoin/vectors.h"

#include <unordered_set>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::BlockHash;
using bitcoin::Txid;

class HashIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsReversed();
    void refusesOtherText();
    void isAKey();
};

void HashIdTest::printsReversed()
{
    const std::string genesis = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
    const auto hash = BlockHash::parse(genesis);
    VERIFY_RESULT(hash);
    QCOMPARE(shown(hash->toHex()), shown(genesis));
    QCOMPARE(hash->bytes()[0], 0x6f);
    QCOMPARE(hash->bytes()[31], 0x00);
    QVERIFY(!hash->isZero());
    QVERIFY(BlockHash().isZero());
}

void HashIdTest::refusesOtherText()
{
    COMPARE_ERROR(Txid::parse(""), ErrorCode::Malformed);
    COMPARE_ERROR(Txid::parse(std::string(63, '0')), ErrorCode::Malformed);
    COMPARE_ERROR(Txid::parse(std::string(66, '0')), ErrorCode::Malformed);
    COMPARE_ERROR(Txid::parse(std::string(63, '0') + "g"), ErrorCode::Malformed);
}

void HashIdTest::isAKey()
{
    std::unordered_set<Txid> ids;
    bitcoin::Hash256 bytes{};
    for (int i = 0; i < 100; ++i) {
        bytes[0] = static_cast<std::uint8_t>(i);
        ids.insert(Txid(bytes));
        ids.insert(Txid(bytes));
    }
    QCOMPARE(ids.size(), std::size_t{100});
    QVERIFY(Txid() < Txid(bytes));
}

QTEST_GUILESS_MAIN(HashIdTest)
#include "hash_id_test.moc"
