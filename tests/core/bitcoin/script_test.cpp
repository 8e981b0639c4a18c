// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: scripts are told apart as Bitcoin Core does, and built to fit. Method: its decoded scripts,
// a table of types and near misses, the sizes that fees depend on.

#include "core/bitcoin/script.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::test;
using base::Bytes;
using base::ErrorCode;
using bitcoin::Script;
using bitcoin::ScriptType;

namespace {

const std::string kKey33 = "02" + std::string(64, '1');
const std::string kKey65 = "04" + std::string(128, '1');
const std::string kHash20 = std::string(40, 'a');
const std::string kHash32 = std::string(64, 'b');

} // namespace

class ScriptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifiesAsCoreDoes();
    void classifiesTemplates();
    void buildsWhatItClassifies();
    void readsPushes();
    void refusesBrokenPushes();
    void readsMultisig();
    void writesNumbers();
    void knowsDust();
    void knowsWeights();
    void showsText();
};

void ScriptTest::classifiesAsCoreDoes()
{
    for (const auto& row : jsonFile("btc/core/rpc_decodescript.json"))
        QCOMPARE(shown(bitcoin::scriptTypeName(bitcoin::classify(hex(row[0])))),
                 shown(text(row[1]["type"])));
}

void ScriptTest::classifiesTemplates()
{
    const std::pair<std::string, ScriptType> rows[] = {
        {"", ScriptType::NonStandard},
        {"21" + kKey33 + "ac", ScriptType::P2pk},
        {"41" + kKey65 + "ac", ScriptType::P2pk},
        {"21" + ("05" + std::string(64, '1')) + "ac", ScriptType::NonStandard},
        {"76a914" + kHash20 + "88ac", ScriptType::P2pkh},
        {"76a914" + kHash20 + "88ad", ScriptType::NonStandard},
        {"76a914" + kHash20 + "88ac00", ScriptType::NonStandard},
        {"a914" + kHash20 + "87", ScriptType::P2sh},
        {"a94c14" + kHash20 + "87", ScriptType::NonStandard},
        {"0014" + kHash20, ScriptType::P2wpkh},
        {"0020" + kHash32, ScriptType::P2wsh},
        {"0010" + std::string(32, 'a'), ScriptType::NonStandard},
        {"5120" + kHash32, ScriptType::P2tr},
        {"5121" + kHash32 + "00", ScriptType::UnknownWitness},
        {"51024e73", ScriptType::P2a},
        {"51024e74", ScriptType::UnknownWitness},
        {"52024e73", ScriptType::UnknownWitness},
        {"6028" + std::string(80, 'c'), ScriptType::UnknownWitness},
        {"6029" + std::string(82, 'c'), ScriptType::NonStandard},
        {"5101cc", ScriptType::NonStandard},
        {"6a", ScriptType::OpReturn},
        {"6a04deadbeef", ScriptType::OpReturn},
        {"6a04deadbe", ScriptType::NonStandard},
        {"5121" + kKey33 + "51ae", ScriptType::Multisig},
        {"5121" + kKey33 + "52ae", ScriptType::NonStandard},
        {"5221" + kKey33 + "51ae", ScriptType::NonStandard},
        {"0021" + kKey33 + "51ae", ScriptType::NonStandard},
        {"51ae", ScriptType::NonStandard},
        {"5151ae", ScriptType::NonStandard},
    };
    for (const auto& [script, type] : rows)
        QVERIFY2(bitcoin::classify(hex(script)) == type, script.c_str());
}

void ScriptTest::buildsWhatItClassifies()
{
    base::ByteArray<20> hash20{};
    base::ByteArray<32> hash32{};
    hash20.fill(0xaa);
    hash32.fill(0xbb);
    QCOMPARE(shown(bitcoin::p2pk(hex(kKey33))), shown("21" + kKey33 + "ac"));
    QCOMPARE(shown(bitcoin::p2pkh(hash20)), shown("76a914" + kHash20 + "88ac"));
    QCOMPARE(shown(bitcoin::p2sh(hash20)), shown("a914" + kHash20 + "87"));
    QCOMPARE(shown(bitcoin::p2wpkh(hash20)), shown("0014" + kHash20));
    QCOMPARE(shown(bitcoin::p2wsh(hash32)), shown("0020" + kHash32));
    QCOMPARE(shown(bitcoin::p2tr(hash32)), shown("5120" + kHash32));
    QCOMPARE(shown(bitcoin::p2a()), shown("51024e73"));
    QCOMPARE(shown(bitcoin::opReturn(hex(std::string("deadbeef")))), shown("6a04deadbeef"));
    QVERIFY(bitcoin::classify(bitcoin::p2shOf(hex(kKey33))) == ScriptType::P2sh);
    QVERIFY(bitcoin::classify(bitcoin::p2wshOf(hex(kKey33))) == ScriptType::P2wsh);
    const std::vector<Bytes> keys(20, hex(kKey33));
    QVERIFY(bitcoin::classify(bitcoin::multisig(17, keys)) == ScriptType::Multisig);
    QVERIFY(bitcoin::isUnspendable(bitcoin::opReturn({})));
    QVERIFY(bitcoin::isUnspendable(Bytes(10'001, 0x51)));
    QVERIFY(!bitcoin::isUnspendable(Bytes(10'000, 0x51)));
    QVERIFY(!bitcoin::isUnspendable({}));
}

void ScriptTest::readsPushes()
{
    for (const std::size_t size : {0, 1, 2, 75, 76, 255, 256, 520, 65'535, 65'536}) {
        Script script;
        const Bytes data(size, 0x33);
        bitcoin::appendPush(script, data);
        const auto items = bitcoin::pushedData(script);
        VERIFY_RESULT(items);
        QCOMPARE(items->size(), std::size_t{1});
        QVERIFY(items->front() == data);
        QVERIFY(bitcoin::isPushOnly(script));
        const std::size_t lengthBytes = size < 76 ? 1 : size < 256 ? 2 : size < 65'536 ? 3 : 5;
        QCOMPARE(script.size(), size + lengthBytes);
    }
    Script small;
    for (std::uint8_t i = 1; i <= 16; ++i)
        bitcoin::appendPush(small, std::array{i});
    bitcoin::appendPush(small, std::array{std::uint8_t{0x81}});
    QCOMPARE(shown(small), shown("5152535455565758595a5b5c5d5e5f604f"));
    const auto items = bitcoin::pushedData(small);
    VERIFY_RESULT(items);
    QVERIFY(items->at(15) == Bytes{16});
    QVERIFY(items->at(16) == Bytes{0x81});
    COMPARE_ERROR(bitcoin::pushedData(hex(std::string("51ac"))), ErrorCode::Malformed);
    QVERIFY(!bitcoin::isPushOnly(hex(std::string("51ac"))));
}

void ScriptTest::refusesBrokenPushes()
{
    for (const auto* script : {"01", "4c", "4c01", "4d01", "4d0100", "4e010000", "4e01000000",
                               "4effffffff00", "514b00"}) {
        COMPARE_ERROR(bitcoin::parseScript(hex(std::string(script))), ErrorCode::Malformed);
        COMPARE_ERROR(bitcoin::pushedData(hex(std::string(script))), ErrorCode::Malformed);
        QVERIFY(!bitcoin::isPushOnly(hex(std::string(script))));
    }
    COMPARE_ERROR(bitcoin::readOp({}, 0), ErrorCode::Malformed);
}

void ScriptTest::readsMultisig()
{
    const auto key = hex(kKey33);
    const std::vector<Bytes> keys{key, hex(kKey65), key};
    const auto found = bitcoin::multisigTemplate(bitcoin::multisig(2, keys));
    QVERIFY(found.has_value());
    QCOMPARE(found->required, 2);
    QVERIFY(found->keys == keys);
    const auto large = bitcoin::multisigTemplate(bitcoin::multisig(20, std::vector(20, key)));
    QVERIFY(large.has_value());
    QCOMPARE(large->required, 20);
    // A key pushed in a longer way, seventeen written as a small number would be.
    QVERIFY(!bitcoin::multisigTemplate(hex("514c21" + kKey33 + "51ae")));
    QVERIFY(!bitcoin::multisigTemplate(hex("010121" + kKey33 + "51ae")));
}

void ScriptTest::writesNumbers()
{
    const std::pair<std::int64_t, const char*> rows[] = {
        {0, "00"},        {1, "51"},       {16, "60"},       {17, "0111"},    {-1, "4f"},
        {127, "017f"},    {128, "028000"}, {-128, "028080"}, {255, "02ff00"}, {500'000, "0320a107"},
        {-255, "02ff80"},
    };
    for (const auto& [number, bytes] : rows) {
        Script script;
        bitcoin::appendNumber(script, number);
        QCOMPARE(shown(script), shown(bytes));
    }
}

void ScriptTest::knowsDust()
{
    base::ByteArray<20> hash20{};
    base::ByteArray<32> hash32{};
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2pkh(hash20)), std::int64_t{546});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2sh(hash20)), std::int64_t{540});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2wpkh(hash20)), std::int64_t{294});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2wsh(hash32)), std::int64_t{330});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2tr(hash32)), std::int64_t{330});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2a()), std::int64_t{240});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::opReturn({})), std::int64_t{0});
    QCOMPARE(bitcoin::dustThreshold(bitcoin::p2pkh(hash20), 1'000), std::int64_t{182});
}

void ScriptTest::knowsWeights()
{
    base::ByteArray<20> hash20{};
    base::ByteArray<32> hash32{};
    QCOMPARE(bitcoin::outputWeight(bitcoin::p2pkh(hash20)), std::int64_t{4 * 34});
    QCOMPARE(bitcoin::outputWeight(bitcoin::p2sh(hash20)), std::int64_t{4 * 32});
    QCOMPARE(bitcoin::outputWeight(bitcoin::p2wpkh(hash20)), std::int64_t{4 * 31});
    QCOMPARE(bitcoin::outputWeight(bitcoin::p2tr(hash32)), std::int64_t{4 * 43});
    QCOMPARE(bitcoin::outputWeight(Bytes(253)), std::int64_t{4 * (8 + 3 + 253)});
    QCOMPARE(*bitcoin::inputWeight(ScriptType::P2pkh), std::int64_t{4 * 148});
    QCOMPARE(*bitcoin::inputWeight(ScriptType::P2sh), std::int64_t{4 * 91});
    QCOMPARE(*bitcoin::inputWeight(ScriptType::P2wpkh), std::int64_t{272});
    QCOMPARE(*bitcoin::inputWeight(ScriptType::P2tr), std::int64_t{230});
    QVERIFY(!bitcoin::inputWeight(ScriptType::P2wsh));
}

void ScriptTest::showsText()
{
    QCOMPARE(shown(bitcoin::disassemble(hex("76a914" + kHash20 + "88ac"))),
             shown("OP_DUP OP_HASH160 " + kHash20 + " OP_EQUALVERIFY OP_CHECKSIG"));
    QCOMPARE(shown(bitcoin::disassemble(hex(std::string("0060b2bafe4b00")))),
             shown("OP_0 OP_16 OP_CHECKSEQUENCEVERIFY OP_CHECKSIGADD OP_UNKNOWN_fe [error]"));
    QCOMPARE(shown(bitcoin::disassemble({})), QString());
    // The assembler of the other tests reads what is shown.
    QVERIFY(assemble("DUP HASH160 0x14 0x" + kHash20 + " EQUALVERIFY CHECKSIG") ==
            hex("76a914" + kHash20 + "88ac"));
}

QTEST_GUILESS_MAIN(ScriptTest)
#include "script_test.moc"
