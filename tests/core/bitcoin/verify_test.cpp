// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: only a right signature passes. Method: every payment of the regtest fixture, the signed
// examples of BIP143 and BIP341, Bitcoin Core's invalid transactions, and each valid input damaged
// in many places.

#include "core/bitcoin/block.h"
#include "core/bitcoin/sighash.h"
#include "core/bitcoin/verify.h"
#include "core/crypto/secp256k1.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

#include <map>

using namespace coffer;
using namespace coffer::test;
using base::Bytes;
using base::ErrorCode;
using bitcoin::OutPoint;
using bitcoin::Script;
using bitcoin::ScriptType;
using bitcoin::Transaction;
using bitcoin::TxOutput;

namespace {

/// A signed transaction and what it spends.
struct Spend
{
    Transaction tx;
    std::vector<TxOutput> spent;
};

std::vector<Spend> fixtureSpends()
{
    const auto fixture = jsonFile("btc/regtest/fixture.json");
    std::map<OutPoint, TxOutput> outputs;
    std::vector<Spend> spends;
    for (const auto* list : {"chain", "stale_branch"}) {
        for (const auto& entry : fixture[list]) {
            const auto block = bitcoin::Block::parse(hex(entry["block"]));
            ASSERT(block);
            for (const auto& tx : block->transactions) {
                std::uint32_t index = 0;
                for (const auto& output : tx.outputs)
                    outputs.emplace(OutPoint{tx.txid(), index++}, output);
                if (tx.isCoinbase())
                    continue;
                Spend spend{tx, {}};
                for (const auto& input : tx.inputs)
                    spend.spent.push_back(outputs.at(input.previous));
                spends.push_back(std::move(spend));
            }
        }
    }
    return spends;
}

crypto::PrivateKey keyOf(std::uint8_t number)
{
    Bytes secret(32, number);
    auto key = crypto::PrivateKey::create(base::SecretBytes::copyOf(secret));
    ASSERT(key);
    return key.take();
}

Bytes publicOf(std::uint8_t number)
{
    return base::bytesOf(keyOf(number).publicKey().bytes());
}

/// One input that spends `script`, one output.
Spend spendOf(const Script& script)
{
    Spend spend;
    spend.tx.inputs.resize(1);
    spend.tx.inputs[0].previous.index = 3;
    spend.tx.outputs.push_back({40'000, hex("0014" + std::string(40, '1'))});
    spend.spent.push_back({50'000, script});
    return spend;
}

Bytes signature(const Spend& spend, std::uint8_t key, const Script& code, bool witness,
                std::uint8_t hashType = bitcoin::kSighashAll)
{
    const auto digest =
        witness
            ? bitcoin::SighashCache(spend.tx).witnessV0(0, code, spend.spent[0].amount, hashType)
            : bitcoin::legacySighash(spend.tx, 0, code, hashType);
    auto bytes = crypto::signEcdsa(keyOf(key), digest);
    bytes.push_back(hashType);
    return bytes;
}

Script pushes(const std::vector<Bytes>& items)
{
    Script script;
    for (const auto& item : items)
        bitcoin::appendPush(script, item);
    return script;
}

} // namespace

class VerifyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsTheFixture();
    void acceptsTheExamplesOfTheBips();
    void acceptsMultisigEverywhere();
    void refusesOneChangedBit();
    void refusesCoresInvalidTransactions();
    void refusesUnusualForms();
    void saysWhatItCannotCheck();
};

void VerifyTest::acceptsTheFixture()
{
    const auto spends = fixtureSpends();
    std::map<ScriptType, int> seen;
    for (const auto& [tx, spent] : spends) {
        VERIFY_RESULT(bitcoin::verifyInputs(tx, spent));
        for (std::size_t i = 0; i < tx.inputs.size(); ++i) {
            VERIFY_RESULT(bitcoin::verifyInput(tx, i, spent));
            ++seen[bitcoin::classify(spent[i].script)];
        }
    }
    for (const auto type : {ScriptType::P2pkh, ScriptType::P2sh, ScriptType::P2wpkh})
        QVERIFY2(seen[type] > 0, bitcoin::scriptTypeName(type).data());
}

void VerifyTest::acceptsTheExamplesOfTheBips()
{
    int accepted = 0;
    for (const auto& section : jsonFile("btc/bip143/bip143.json")) {
        std::vector<TxOutput> spent;
        for (const auto& event : section["events"]) {
            // The outputs stand in the order of the inputs.
            if (event.contains("value_btc"))
                spent.push_back(
                    {*bitcoin::parseBtc(text(event["value_btc"])), hex(event["scriptPubKey"])});
            if (!event.contains("signed_tx"))
                continue;
            const auto tx = Transaction::parse(hex(event["signed_tx"]));
            VERIFY_RESULT(tx);
            if (tx->inputs.size() != spent.size())
                continue;
            const auto verified = bitcoin::verifyInputs(*tx, spent);
            if (verified)
                ++accepted;
        }
    }
    // P2PK and P2WPKH, nested P2WPKH, nested 6-of-6 with all hash types. The others hold scripts
    // with OP_CODESEPARATOR, which no template of ours has.
    QCOMPARE(accepted, 3);

    const auto vector = jsonFile("btc/bip341/wallet-test-vectors.json")["keyPathSpending"][0];
    const auto tx = Transaction::parse(hex(vector["auxiliary"]["fullySignedTx"]));
    VERIFY_RESULT(tx);
    std::vector<TxOutput> spent;
    for (const auto& utxo : vector["given"]["utxosSpent"])
        spent.push_back({utxo["amountSats"].get<std::int64_t>(), hex(utxo["scriptPubKey"])});
    VERIFY_RESULT(bitcoin::verifyInputs(*tx, spent));
    // Taproot signs all amounts: another amount of another input spoils it.
    spent.back().amount += 1;
    COMPARE_ERROR(bitcoin::verifyInput(*tx, 0, spent), ErrorCode::Unproved);
}

void VerifyTest::acceptsMultisigEverywhere()
{
    const auto code = bitcoin::multisig(2, {publicOf(1), publicOf(2), publicOf(3)});
    const auto program = bitcoin::p2wshOf(code);
    {
        auto spend = spendOf(code);
        const std::vector<Bytes> items{
            {}, signature(spend, 1, code, false), signature(spend, 3, code, false)};
        spend.tx.inputs[0].scriptSig = pushes(items);
        VERIFY_RESULT(bitcoin::verifyInputs(spend.tx, spend.spent));
    }
    {
        auto spend = spendOf(bitcoin::p2shOf(code));
        const std::vector<Bytes> items{
            {}, signature(spend, 2, code, false), signature(spend, 3, code, false), code};
        spend.tx.inputs[0].scriptSig = pushes(items);
        VERIFY_RESULT(bitcoin::verifyInputs(spend.tx, spend.spent));
        // In the other order the second signature fits no key that is left.
        spend.tx.inputs[0].scriptSig = pushes({items[0], items[2], items[1], items[3]});
        COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, spend.spent), ErrorCode::Unproved);
        spend.tx.inputs[0].scriptSig = pushes({items[0], items[1], items[1], items[3]});
        COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, spend.spent), ErrorCode::Unproved);
        spend.tx.inputs[0].scriptSig = pushes({{1}, items[1], items[2], items[3]});
        COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, spend.spent), ErrorCode::Unproved);
        spend.tx.inputs[0].scriptSig = pushes({items[0], items[1], items[3]});
        COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, spend.spent), ErrorCode::Unproved);
    }
    for (const bool nested : {false, true}) {
        auto spend = spendOf(nested ? bitcoin::p2shOf(program) : program);
        if (nested)
            spend.tx.inputs[0].scriptSig = pushes({program});
        spend.tx.inputs[0].witness = {
            {}, signature(spend, 1, code, true), signature(spend, 2, code, true, 0x83), code};
        VERIFY_RESULT(bitcoin::verifyInputs(spend.tx, spend.spent));
        spend.spent[0].amount += 1;
        COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, spend.spent), ErrorCode::Unproved);
    }
    for (const auto& single :
         {bitcoin::p2pk(publicOf(1)), bitcoin::p2pkh(keyOf(1).publicKey().hash160())}) {
        auto spend = spendOf(bitcoin::p2wshOf(single));
        auto& witness = spend.tx.inputs[0].witness;
        witness = {signature(spend, 1, single, true)};
        if (bitcoin::classify(single) == ScriptType::P2pkh)
            witness.push_back(publicOf(1));
        witness.push_back(single);
        VERIFY_RESULT(bitcoin::verifyInputs(spend.tx, spend.spent));
    }
}

void VerifyTest::refusesOneChangedBit()
{
    int changes = 0;
    for (const auto& spend : fixtureSpends()) {
        for (std::size_t i = 0; i < spend.tx.inputs.size(); ++i) {
            for (std::size_t item = 0; item < spend.tx.inputs[i].witness.size(); ++item) {
                for (std::size_t at = 0; at < spend.tx.inputs[i].witness[item].size(); at += 11) {
                    auto tx = spend.tx;
                    tx.inputs[i].witness[item][at] ^= 0x10;
                    QVERIFY(!bitcoin::verifyInput(tx, i, spend.spent));
                    ++changes;
                }
            }
            for (std::size_t at = 0; at < spend.tx.inputs[i].scriptSig.size(); at += 11) {
                auto tx = spend.tx;
                tx.inputs[i].scriptSig[at] ^= 0x10;
                QVERIFY(!bitcoin::verifyInput(tx, i, spend.spent));
                ++changes;
            }
            auto tx = spend.tx;
            tx.outputs[0].amount += 1;
            COMPARE_ERROR(bitcoin::verifyInput(tx, i, spend.spent), ErrorCode::Unproved);
        }
    }
    QVERIFY(changes > 100);
}

void VerifyTest::refusesCoresInvalidTransactions()
{
    for (const auto& row : jsonFile("btc/core/tx_invalid.json")) {
        if (row.size() < 3 || text(row[2]) == "BADTX")
            continue;
        std::map<OutPoint, TxOutput> outputs;
        for (const auto& prevout : row[0]) {
            const auto txid = bitcoin::Txid::parse(text(prevout[0]));
            VERIFY_RESULT(txid);
            const OutPoint point{*txid, static_cast<std::uint32_t>(prevout[1].get<std::int64_t>())};
            const auto amount = prevout.size() > 3 ? prevout[3].get<std::int64_t>() : 0;
            outputs[point] = {amount, assemble(text(prevout[2]))};
        }
        const auto tx = Transaction::parse(hex(row[1]));
        VERIFY_RESULT(tx);
        std::vector<TxOutput> spent;
        for (const auto& input : tx->inputs)
            spent.push_back(outputs[input.previous]);
        QVERIFY2(!bitcoin::verifyInputs(*tx, spent), text(row[1]).c_str());
    }
}

void VerifyTest::refusesUnusualForms()
{
    const auto keyHash = keyOf(1).publicKey().hash160();
    const auto code = bitcoin::p2pkh(keyHash);
    auto spend = spendOf(code);
    const auto good = signature(spend, 1, code, false);
    const auto& tx = spend.tx;
    auto& input = spend.tx.inputs[0];

    input.scriptSig = pushes({good, publicOf(1)});
    VERIFY_RESULT(bitcoin::verifyInputs(tx, spend.spent));
    input.witness = {{1}};
    COMPARE_ERROR(bitcoin::verifyInputs(tx, spend.spent), ErrorCode::Unproved);
    input.witness.clear();
    // A longer push than needed.
    input.scriptSig = {bitcoin::OP_PUSHDATA1, static_cast<std::uint8_t>(good.size())};
    input.scriptSig.insert(input.scriptSig.end(), good.begin(), good.end());
    const auto key = pushes({publicOf(1)});
    input.scriptSig.insert(input.scriptSig.end(), key.begin(), key.end());
    COMPARE_ERROR(bitcoin::verifyInputs(tx, spend.spent), ErrorCode::Unproved);
    for (const auto& items : std::vector<std::vector<Bytes>>{
             {}, {good}, {good, publicOf(2)}, {good, publicOf(1), {}}, {{}, publicOf(1)}}) {
        input.scriptSig = pushes(items);
        COMPARE_ERROR(bitcoin::verifyInputs(tx, spend.spent), ErrorCode::Unproved);
    }
    // An undefined hash type, though the signature over it holds.
    input.scriptSig = pushes({signature(spend, 1, code, false, 0x04), publicOf(1)});
    COMPARE_ERROR(bitcoin::verifyInputs(tx, spend.spent), ErrorCode::Unproved);
    // SINGLE without its output would sign the number 1.
    spend.tx.outputs.clear();
    input.scriptSig = pushes({signature(spend, 1, code, false, 0x03), publicOf(1)});
    COMPARE_ERROR(bitcoin::verifyInputs(tx, spend.spent), ErrorCode::Unproved);

    // Segwit: nothing in the scriptSig, compressed keys only.
    auto segwit = spendOf(bitcoin::p2wpkh(keyHash));
    segwit.tx.inputs[0].witness = {signature(segwit, 1, code, true), publicOf(1)};
    VERIFY_RESULT(bitcoin::verifyInputs(segwit.tx, segwit.spent));
    segwit.tx.inputs[0].scriptSig = {bitcoin::OP_0};
    COMPARE_ERROR(bitcoin::verifyInputs(segwit.tx, segwit.spent), ErrorCode::Unproved);
    const auto longKey = base::bytesOf(keyOf(1).publicKey().uncompressed());
    const auto longCode = bitcoin::p2pkh(crypto::hash160(longKey));
    auto uncompressed = spendOf(bitcoin::p2wpkh(crypto::hash160(longKey)));
    uncompressed.tx.inputs[0].witness = {signature(uncompressed, 1, longCode, true), longKey};
    COMPARE_ERROR(bitcoin::verifyInputs(uncompressed.tx, uncompressed.spent), ErrorCode::Unproved);
    auto legacy = spendOf(longCode);
    legacy.tx.inputs[0].scriptSig = pushes({signature(legacy, 1, longCode, false), longKey});
    VERIFY_RESULT(bitcoin::verifyInputs(legacy.tx, legacy.spent));

    // A taproot signature whose default type is written out.
    const auto tweaked = crypto::taprootTweakPrivate(keyOf(1), std::nullopt);
    VERIFY_RESULT(tweaked);
    auto taproot = spendOf(bitcoin::p2tr(tweaked->publicKey().xOnly().bytes()));
    const auto digest = bitcoin::SighashCache(taproot.tx, taproot.spent).taprootKeyPath(0, 0);
    VERIFY_RESULT(digest);
    auto schnorr = base::bytesOf(crypto::signSchnorr(*tweaked, *digest, {}));
    taproot.tx.inputs[0].witness = {schnorr};
    VERIFY_RESULT(bitcoin::verifyInputs(taproot.tx, taproot.spent));
    schnorr.push_back(0);
    taproot.tx.inputs[0].witness = {schnorr};
    COMPARE_ERROR(bitcoin::verifyInputs(taproot.tx, taproot.spent), ErrorCode::Unproved);
    taproot.tx.inputs[0].witness = {};
    COMPARE_ERROR(bitcoin::verifyInputs(taproot.tx, taproot.spent), ErrorCode::Unproved);
}

void VerifyTest::saysWhatItCannotCheck()
{
    for (const auto* script : {"", "51", "51024e73", "52020101", "6a00"}) {
        const auto spend = spendOf(hex(std::string(script)));
        COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, spend.spent), ErrorCode::Unsupported);
    }
    auto taproot = spendOf(hex("5120" + std::string(64, '1')));
    taproot.tx.inputs[0].witness = {{1}, {2}, {3}};
    COMPARE_ERROR(bitcoin::verifyInputs(taproot.tx, taproot.spent), ErrorCode::Unsupported);
    const auto spend = spendOf({});
    COMPARE_ERROR(bitcoin::verifyInput(spend.tx, 1, spend.spent), ErrorCode::OutOfRange);
    COMPARE_ERROR(bitcoin::verifyInput(spend.tx, 0, {}), ErrorCode::OutOfRange);
    COMPARE_ERROR(bitcoin::verifyInputs(spend.tx, {}), ErrorCode::OutOfRange);
}

QTEST_GUILESS_MAIN(VerifyTest)
#include "verify_test.moc"
