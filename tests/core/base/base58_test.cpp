// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: Base58 and Base58Check, public and secret. Method: Bitcoin Core's vectors in both
// directions, a table of refusals with the reason, round trips, every single wrong character of an
// address.

#include "core/base/base58.h"
#include "core/base/hex.h"
#include "core/base/random.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::base;

namespace {

SecretBytes secretOf(std::string_view text)
{
    return SecretBytes::copyOf(viewOf(text));
}

} // namespace

class Base58Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesTheVectors();
    void refuses_data();
    void refuses();
    void refusesBadChecks_data();
    void refusesBadChecks();
    void findsEverySingleMistake();
    void bringsBackEveryLength();
    void treatsSecretsAlike();
};

void Base58Test::passesTheVectors()
{
    const auto vectors = test::jsonFile("btc/base58/base58_encode_decode.json");
    QVERIFY(vectors.size() >= 12);
    for (const auto& vector : vectors) {
        const auto hex = vector[0].get<std::string>();
        const auto text = vector[1].get<std::string>();
        const auto bytes = parseHex(hex);
        VERIFY_RESULT(bytes);
        QCOMPARE(toBase58(*bytes), text);
        const auto back = parseBase58(text);
        VERIFY_RESULT(back);
        QVERIFY(*back == *bytes);
    }
}

void Base58Test::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    for (const auto* text : {"invalid0", "O", "I", "l", "a a", " a", "a\n", "bad/", "\xc3\xbc"})
        QTest::newRow(text) << QByteArray(text) << ErrorCode::Malformed;
    QTest::newRow("too long") << QByteArray(513, '2') << ErrorCode::TooLarge;
    QTest::newRow("too long zeros") << QByteArray(513, '1') << ErrorCode::TooLarge;
}

void Base58Test::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(parseBase58(text.toStdString()), code);
    COMPARE_ERROR(parseBase58Check(text.toStdString()), code);
    COMPARE_ERROR(parseBase58CheckSecret(secretOf(text.toStdString())), code);
}

void Base58Test::refusesBadChecks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray("") << ErrorCode::Malformed;
    QTest::newRow("three bytes") << QByteArray("111") << ErrorCode::Malformed;
    QTest::newRow("zeros") << QByteArray("1111") << ErrorCode::BadChecksum;
    QTest::newRow("a zero in front")
        << QByteArray("11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") << ErrorCode::BadChecksum;
    QTest::newRow("last character")
        << QByteArray("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb") << ErrorCode::BadChecksum;
    QTest::newRow("cut off") << QByteArray("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN")
                             << ErrorCode::BadChecksum;
}

void Base58Test::refusesBadChecks()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(parseBase58Check(text.toStdString()), code);
    COMPARE_ERROR(parseBase58CheckSecret(secretOf(text.toStdString())), code);
}

void Base58Test::findsEverySingleMistake()
{
    const std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    const std::string address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"; // The genesis block's.
    const auto payload = parseBase58Check(address);
    VERIFY_RESULT(payload);
    QCOMPARE(toHex(*payload), std::string("0062e907b15cbf27d5425399ebf6f0fb50ebb88f18"));
    for (std::size_t at = 0; at < address.size(); ++at) {
        for (const char c : alphabet) {
            auto mistyped = address;
            mistyped[at] = c;
            if (mistyped != address)
                COMPARE_ERROR(parseBase58Check(mistyped), ErrorCode::BadChecksum);
        }
    }
}

void Base58Test::bringsBackEveryLength()
{
    SeededRandom random(58);
    for (std::size_t size = 0; size < 200; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        // Leading zeros are the special case.
        for (std::size_t i = 0; i < std::min<std::size_t>(size, random.below(4)); ++i)
            bytes[i] = 0;
        const auto back = parseBase58(toBase58(bytes));
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
        const auto checked = parseBase58Check(toBase58Check(bytes));
        VERIFY_RESULT(checked);
        QVERIFY(*checked == bytes);
    }
}

void Base58Test::treatsSecretsAlike()
{
    SeededRandom random(580);
    for (std::size_t size = 1; size < 90; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        bytes[0] = size % 3 == 0 ? 0 : bytes[0];
        const auto text = toBase58CheckSecret(SecretBytes::copyOf(bytes));
        QVERIFY(equal(text.reveal(), viewOf(toBase58Check(bytes))));
        const auto back = parseBase58CheckSecret(text);
        VERIFY_RESULT(back);
        QVERIFY(equal(back->reveal(), bytes));
    }
}

QTEST_GUILESS_MAIN(Base58Test)
#include "base58_test.moc"
