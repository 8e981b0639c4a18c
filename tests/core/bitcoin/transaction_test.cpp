// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: transactions are read strictly and written back bit for bit. Method: Bitcoin Core's valid
// and invalid ones as round trips, and a table of damaged bytes that names the exact reason.

#include "core/base/hex.h"
#include "core/bitcoin/transaction.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::test;
using base::Bytes;
using base::ErrorCode;
using bitcoin::OutPoint;
using bitcoin::Transaction;

namespace {

constexpr const char* kInput =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0000000000ffffffff";
constexpr const char* kOutput = "00e1f5050000000000";

/// Version 2, one input, one output, lock time 0, with what a row puts between.
std::string wrap(std::initializer_list<std::string_view> parts)
{
    std::string text = "02000000";
    for (const auto part : parts)
        text += part;
    text += "00000000";
    return text;
}

Transaction simple()
{
    auto tx = Transaction::parse(hex(wrap({"01", kInput, "01", kOutput})));
    ASSERT(tx);
    return tx.take();
}

} // namespace

class TransactionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsCoresTransactions_data();
    void readsCoresTransactions();
    void refusesBadStructure();
    void countsSizes();
    void refusesDamagedBytes();
    void refusesEveryTruncation();
    void readsTheUnsignedForm();
    void checksConsensusLimits();
    void namesOutpoints();
};

void TransactionTest::readsCoresTransactions_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("valid") << QStringLiteral("btc/core/tx_valid.json");
    QTest::newRow("invalid") << QStringLiteral("btc/core/tx_invalid.json");
}

void TransactionTest::readsCoresTransactions()
{
    QFETCH(QString, file);
    int count = 0;
    for (const auto& row : jsonFile(qPrintable(file))) {
        if (row.size() < 3)
            continue;
        ++count;
        const auto bytes = hex(row[1]);
        const auto tx = Transaction::parse(bytes);
        VERIFY_RESULT(tx);
        QCOMPARE(shown(tx->serialize()), shown(bytes));
        QCOMPARE(tx->size(), static_cast<std::int64_t>(bytes.size()));
        QCOMPARE(tx->sizeNoWitness(), static_cast<std::int64_t>(tx->serializeNoWitness().size()));
        const bool bad = text(row[2]) == "BADTX";
        QCOMPARE(static_cast<bool>(tx->checkStructure()), !bad);
    }
    QCOMPARE(count, file.contains(u"invalid") ? 93 : 121);
}

void TransactionTest::refusesBadStructure()
{
    auto tx = simple();
    VERIFY_RESULT(tx.checkStructure());
    tx.outputs.clear();
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::Rejected);
    tx = simple();
    tx.inputs.clear();
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::Rejected);
    tx = simple();
    tx.inputs.push_back(tx.inputs[0]);
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::Rejected);
    tx = simple();
    tx.inputs.push_back({OutPoint{{}, 0xffffffff}, {}, 0, {}});
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::Rejected);
    tx = simple();
    tx.outputs[0].amount = -1;
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::OutOfRange);
    tx.outputs[0].amount = bitcoin::kMaxMoney;
    VERIFY_RESULT(tx.checkStructure());
    tx.outputs.push_back({1, {}});
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::OutOfRange);
}

void TransactionTest::countsSizes()
{
    // The segwit example of BIP143: one legacy and one P2WPKH input.
    const auto tx = Transaction::parse(hex("01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171"
                                           "ea3edf433541db4e4ad969f00000000494830"
                                           "450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a"
                                           "55d114c8e5cdd30be022040529b194ba3f928"
                                           "1a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eefff"
                                           "fffef51e1b804cc89d182d279655c3aa89e81"
                                           "5b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb"
                                           "206000000001976a9148280b37df378db99f6"
                                           "6f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde4"
                                           "2dbee7e4dbe6a21b2d50ce2f0167faa815988"
                                           "ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a"
                                           "0d5447a12fb1366d7f01cc44a0220573a954c"
                                           "4518331561406f90300e8f3358f51928d43c212a8caed02de67eebe"
                                           "e0121025476c2e83188368da1ff3e292e7aca"
                                           "fcdb3566bb0ad253f62fc70f07aeee635711000000"));
    VERIFY_RESULT(tx);
    QCOMPARE(shown(tx->txid().toHex()),
             shown("e8151a2af31c368a35053ddd4bdb285a8595c769a3ad83e0fa02314a602d4609"));
    QVERIFY(tx->txid().bytes() != tx->wtxid().bytes());
    QCOMPARE(tx->size(), std::int64_t{343});
    QCOMPARE(tx->sizeNoWitness(), std::int64_t{233});
    QCOMPARE(tx->weight(), std::int64_t{3 * 233 + 343});
    QCOMPARE(tx->vsize(), std::int64_t{261});
    QVERIFY(!tx->isCoinbase());
    QCOMPARE(simple().txid().bytes(), simple().wtxid().bytes());
}

void TransactionTest::refusesDamagedBytes()
{
    const std::string in = kInput;
    const std::string out = kOutput;
    struct Row
    {
        const char* reason;
        std::string bytes;
        ErrorCode code;
    };
    const Row rows[] = {
        {"empty", "", ErrorCode::Malformed},
        {"trailing byte", wrap({"01", in, "01", out, "00"}), ErrorCode::Malformed},
        {"unknown flag", wrap({"0002", "01", in, "01", out, "0101aa"}), ErrorCode::Malformed},
        {"witness format without a witness", wrap({"0001", "01", in, "01", out, "00"}),
         ErrorCode::Malformed},
        {"count in three bytes", wrap({"fd0100", in, "01", out}), ErrorCode::Malformed},
        {"more inputs than bytes", wrap({"fdffff", in, "01", out}), ErrorCode::Malformed},
        {"more outputs than bytes", wrap({"01", in, "fdffff", out}), ErrorCode::Malformed},
        {"inputs beyond any block", wrap({"feffffffff", in, "01", out}), ErrorCode::TooLarge},
        {"script beyond the end", wrap({"01", in, "01", "00e1f505000000004c"}),
         ErrorCode::Malformed},
        {"witness item beyond the end", wrap({"0001", "01", in, "01", out, "014c"}),
         ErrorCode::Malformed},
    };
    for (const auto& row : rows) {
        const auto tx = Transaction::parse(hex(row.bytes));
        QVERIFY2(!tx, row.reason);
        COMPARE_ERROR(tx, row.code);
    }
    COMPARE_ERROR(Transaction::parse(Bytes(4'000'001)), ErrorCode::TooLarge);
}

void TransactionTest::refusesEveryTruncation()
{
    auto tx = simple();
    tx.inputs[0].witness = {Bytes(3, 1), Bytes()};
    const auto bytes = tx.serialize();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        COMPARE_ERROR(Transaction::parse(base::ByteView(bytes).first(size)), ErrorCode::Malformed);
    const auto again = Transaction::parse(bytes);
    VERIFY_RESULT(again);
    QVERIFY(*again == tx);
}

void TransactionTest::readsTheUnsignedForm()
{
    // No inputs, one output: in the ordinary format this would be a witness marker.
    const auto bytes = hex(wrap({"0001", kOutput}));
    const auto tx = Transaction::parseNoWitness(bytes);
    VERIFY_RESULT(tx);
    QVERIFY(tx->inputs.empty());
    QCOMPARE(tx->outputs.size(), std::size_t{1});
    QCOMPARE(shown(tx->serialize()), shown(bytes));
    COMPARE_ERROR(Transaction::parse(bytes), ErrorCode::Malformed);
}

void TransactionTest::checksConsensusLimits()
{
    auto tx = simple();
    tx.inputs[0].previous = {{}, 0xffffffff};
    QVERIFY(tx.isCoinbase());
    for (const std::size_t size : {0, 1, 2, 100, 101}) {
        tx.inputs[0].scriptSig = Bytes(size);
        const auto checked = tx.checkStructure();
        QCOMPARE(static_cast<bool>(checked), size >= 2 && size <= 100);
    }
    tx = simple();
    tx.outputs[0].script = Bytes(1'000'000);
    COMPARE_ERROR(tx.checkStructure(), ErrorCode::Rejected);
}

void TransactionTest::namesOutpoints()
{
    const auto tx = simple();
    const auto name = tx.inputs[0].previous.toString();
    const auto parsed = OutPoint::parse(name);
    VERIFY_RESULT(parsed);
    QVERIFY(*parsed == tx.inputs[0].previous);
    const auto txid = name.substr(0, 64);
    for (const auto* rest : {"", ":", ":-1", ":4294967296", ":1x", ": 1"}) {
        auto bad = txid;
        bad += rest;
        COMPARE_ERROR(OutPoint::parse(bad), ErrorCode::Malformed);
    }
    for (const auto* bad : {"12:1", ":1", ""})
        COMPARE_ERROR(OutPoint::parse(bad), ErrorCode::Malformed);
    const bitcoin::TxOutput output{5'000, hex("0014" + std::string(40, 'a'))};
    const auto read = bitcoin::parseOutput(bitcoin::serializeOutput(output));
    VERIFY_RESULT(read);
    QVERIFY(*read == output);
    COMPARE_ERROR(bitcoin::parseOutput(hex("00e1f505000000000000")), ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(TransactionTest)
#include "transaction_test.moc"
