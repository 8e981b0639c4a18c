// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: PSBTs of versions 0 and 2 are read strictly, keep what they do not know, and go through
// every role as the standards show. Method: all vectors of BIP174, 370, 371 and Bitcoin Core, and a
// table of what a signer must refuse.

#include "core/base/base64.h"
#include "core/base/hex.h"
#include "core/bitcoin/address.h"
#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/bitcoin/verify.h"
#include "core/crypto/bip32.h"
#include "core/crypto/hash.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::Bytes;
using base::ErrorCode;

namespace {

base::Result<Psbt> parseText(const std::string& text)
{
    return Psbt::parseAny(base::viewOf(text));
}

Psbt psbtOf(const std::string& text)
{
    auto psbt = parseText(text);
    ASSERT(psbt);
    return psbt.take();
}

/// "Base64 String: ..." of BIP174's workflow.
std::string workflowPsbt(const base::Json& workflow, std::size_t step, std::size_t item = 1)
{
    const std::string line = workflow.at(step).at("items").at(item).get<std::string>();
    const std::string prefix = "Base64 String: ";
    ASSERT(line.starts_with(prefix));
    return line.substr(prefix.size());
}

crypto::PrivateKey keyOfWif(const std::string& text)
{
    auto wif = parseWif(text.substr(0, text.find(' ')), Network::Regtest);
    ASSERT(wif && wif->compressed);
    auto key = crypto::PrivateKey::create(std::move(wif->secret));
    ASSERT(key);
    return key.take();
}

/// Signs every input that wants one of the keys.
std::size_t signAll(Psbt& psbt, const base::Json& wifs)
{
    std::size_t count = 0;
    for (const auto& wif : wifs) {
        const auto key = keyOfWif(wif.get<std::string>());
        for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
            const auto added = signInput(psbt, i, key, crypto::Hash256{});
            if (added && *added)
                ++count;
        }
    }
    return count;
}

} // namespace

class PsbtTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsValidVectors_data();
    void readsValidVectors();
    void refusesInvalidVectors_data();
    void refusesInvalidVectors();
    void computesLockTimes();
    void refusesWhatASignerMustRefuse();
    void createsAsTheWorkflow();
    void signsAsTheWorkflow();
    void followsCoresRoles();
    void combinesUnknownFields();
    void refusesToCombineOthers();
    void readsEveryForm();
    void refusesEveryTruncation();
    void keepsTheTransaction();
    void boundsItsInput();
    void createsVersionTwo();
    void signsOnlyAllAndDefault();
    void refusesForgedCoins();
    void refusesFalseSignaturesWhenExtracting();
    void describesTaproot();
};

void PsbtTest::readsValidVectors_data()
{
    QTest::addColumn<std::string>("base64");
    const auto bip174 = jsonFile("btc/bip174/bip174.json");
    for (const std::size_t section : {1, 2}) {
        for (const auto& entry : bip174.at("sections").at(section).at("cases"))
            QTest::newRow(entry.at("case").get<std::string>().c_str())
                << entry.at("base64").get<std::string>();
    }
    const auto bip370 = jsonFile("btc/bip370/bip370.json");
    for (std::size_t section = 1; section < 5; ++section) {
        for (const auto& entry : bip370.at("sections").at(section).at("cases"))
            QTest::newRow(entry.at("case").get<std::string>().c_str())
                << entry.at("base64").get<std::string>();
    }
    const auto bip371 = jsonFile("btc/bip371/bip371.json");
    for (const auto& entry : bip371.at("sections").at(1).at("cases"))
        QTest::newRow(entry.at("case").get<std::string>().c_str())
            << entry.at("base64").get<std::string>();
    const auto core = jsonFile("btc/core/rpc_psbt.json");
    int number = 0;
    for (const auto& entry : core.at("valid"))
        QTest::addRow("core %d", number++) << entry.get<std::string>();
}

void PsbtTest::readsValidVectors()
{
    QFETCH(std::string, base64);
    auto psbt = parseText(base64);
    VERIFY_RESULT(psbt);
    // Nothing is lost: the same fields come back, in canonical order.
    auto again = Psbt::parse(psbt->serialize());
    VERIFY_RESULT(again);
    QVERIFY(*again == *psbt);
    QCOMPARE(psbt->serialize().size(), base::parseBase64(base64)->size());
    for (std::size_t i = 0; i < psbt->inputCount(); ++i)
        QVERIFY(psbt->input(i).previous == psbt->unsignedTransaction().inputs[i].previous);
    for (std::size_t i = 0; i < psbt->outputCount(); ++i)
        QCOMPARE(psbt->output(i).amount, psbt->unsignedTransaction().outputs[i].amount);
    std::vector<Psbt> both{*psbt, *psbt};
    auto combined = combine(both);
    VERIFY_RESULT(combined);
    QVERIFY(*combined == *psbt);
    finalise(*combined);
}

void PsbtTest::refusesInvalidVectors_data()
{
    QTest::addColumn<std::string>("base64");
    for (const char* file :
         {"btc/bip174/bip174.json", "btc/bip370/bip370.json", "btc/bip371/bip371.json"}) {
        const auto json = jsonFile(file);
        for (const auto& entry : json.at("sections").at(0).at("cases"))
            QTest::newRow(entry.at("case").get<std::string>().c_str())
                << entry.at("base64").get<std::string>();
    }
    const auto bip370 = jsonFile("btc/bip370/bip370.json");
    for (const auto& entry : bip370.at("sections").at(5).at("cases"))
        QTest::newRow(entry.at("case").get<std::string>().c_str())
            << entry.at("base64").get<std::string>();
    const auto core = jsonFile("btc/core/rpc_psbt.json");
    int number = 0;
    for (const auto& entry : core.at("invalid"))
        QTest::addRow("core %d", number++) << entry.get<std::string>();
    for (const auto& entry : core.at("invalid_with_msg"))
        QTest::addRow("core %d: %s", number++, entry.at(1).get<std::string>().c_str())
            << entry.at(0).get<std::string>();
}

void PsbtTest::refusesInvalidVectors()
{
    QFETCH(std::string, base64);
    const auto psbt = parseText(base64);
    // One is of version 1, which never existed: it is named as such.
    const Bytes versionOne = hex(std::string("70736274ff01fb0401000000"));
    const auto decoded = base::parseBase64(base64);
    const Bytes bytes = decoded ? *decoded : Bytes();
    const bool unsupported =
        bytes.size() > versionOne.size() &&
        base::equal(base::ByteView(bytes).subspan(0, versionOne.size()), versionOne);
    COMPARE_ERROR(psbt, unsupported ? ErrorCode::Unsupported : ErrorCode::Malformed);
}

void PsbtTest::computesLockTimes()
{
    const auto json = jsonFile("btc/bip370/bip370.json");
    const std::vector<std::pair<std::size_t, std::uint32_t>> sections{
        {2, 0}, {3, 10'000}, {4, 1'657'048'460}};
    for (const auto& [section, lockTime] : sections) {
        for (const auto& entry : json.at("sections").at(section).at("cases"))
            QCOMPARE(psbtOf(entry.at("base64").get<std::string>()).unsignedTransaction().lockTime,
                     lockTime);
    }
}

void PsbtTest::refusesWhatASignerMustRefuse()
{
    const auto json = jsonFile("btc/bip174/bip174.json");
    for (const auto& entry : json.at("sections").at(2).at("cases")) {
        const Psbt psbt = psbtOf(entry.at("base64").get<std::string>());
        bool refused = false;
        for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
            const auto plan = planSignature(psbt, i);
            refused = refused || (!plan && plan.error().code == ErrorCode::Unproved);
        }
        QVERIFY2(refused, entry.at("case").get<std::string>().c_str());
    }
}

namespace {

/// The keys of BIP174's test, m/0'/0'/0' to m/0'/0'/5'.
std::vector<DerivedKey> workflowKeys(const base::Json& workflow)
{
    auto root = crypto::ExtendedPrivateKey::parse(base::SecretBytes::copyOf(
        base::viewOf(workflow.at(0).at("items").at(0).get<std::string>().substr(22))));
    ASSERT(root);
    std::vector<DerivedKey> keys;
    for (std::uint32_t i = 0; i < 6; ++i) {
        DerivedKey key;
        key.origin = {root->fingerprint(),
                      {crypto::kHardened, crypto::kHardened, crypto::kHardened + i}};
        auto derived = root->derivePath(key.origin.path);
        ASSERT(derived);
        key.publicKey = base::bytesOf(derived->neuter().publicKey().bytes());
        keys.push_back(key);
    }
    return keys;
}

/// Step 1.
Transaction workflowTransaction()
{
    Transaction unsignedTx;
    const std::vector<std::pair<const char*, std::uint32_t>> spends{
        {"75ddabb27b8845f5247975c8a5ba7c6f336c4570708ebe230caf6db5217ae858", 0},
        {"1dea7cd05979072a3578cab271c02244ea8a090bbb46aa680a65ecd027048d83", 1}};
    for (const auto& [txid, index] : spends)
        unsignedTx.inputs.push_back({{*Txid::parse(txid), index}, {}, kSequenceFinal, {}});
    unsignedTx.outputs.push_back(
        {149'990'000, hex(std::string("0014d85c2b71d0060b09c9886aeb815e50991dda124d"))});
    unsignedTx.outputs.push_back(
        {100'000'000, hex(std::string("001400aea9a2e5f0f876a588df5546e8742d1d87008f"))});
    return unsignedTx;
}

} // namespace

/// BIP174's 16 steps, role by role: creator and updater.
void PsbtTest::createsAsTheWorkflow()
{
    const auto json = jsonFile("btc/bip174/bip174.json");
    const auto& workflow = json.at("workflow");
    const Transaction unsignedTx = workflowTransaction();
    auto created = Psbt::create(unsignedTx);
    VERIFY_RESULT(created);
    QCOMPARE(created->toBase64(), workflowPsbt(workflow, 3));

    const std::vector<DerivedKey> keys = workflowKeys(workflow);
    const auto& facts = workflow.at(4).at("items");
    Psbt psbt = *created;
    const auto previousSecond = Transaction::parse(hex(facts.at(6)));
    const auto previousFirst = Transaction::parse(hex(facts.at(7)));
    VERIFY_RESULT(previousFirst);
    VERIFY_RESULT(previousSecond);
    DescriptorOutput first;
    first.redeemScript = hex(facts.at(1));
    first.script = p2shOf(first.redeemScript);
    first.keys = {keys[0], keys[1]};
    VERIFY_RESULT(updateInput(psbt, 0, *previousFirst, first));
    DescriptorOutput second;
    second.redeemScript = hex(facts.at(2));
    second.witnessScript = hex(facts.at(4));
    second.script = p2shOf(second.redeemScript);
    second.keys = {keys[2], keys[3]};
    VERIFY_RESULT(updateInput(psbt, 1, *previousSecond, second, UtxoFields::OutputOnly));
    for (std::size_t i = 0; i < 2; ++i) {
        DescriptorOutput output;
        output.script = unsignedTx.outputs[i].script;
        output.keys = {keys[4 + i]};
        VERIFY_RESULT(updateOutput(psbt, i, output));
    }
    QCOMPARE(psbt.toBase64(), workflowPsbt(workflow, 5));
    for (std::size_t i = 0; i < 2; ++i)
        VERIFY_RESULT(psbt.setInputField(i, psbt_type::kInSighash, {}, {1, 0, 0, 0}));
    QCOMPARE(psbt.toBase64(), workflowPsbt(workflow, 6));
}

/// Signer, combiner, finaliser and extractor.
void PsbtTest::signsAsTheWorkflow()
{
    const auto json = jsonFile("btc/bip174/bip174.json");
    const auto& workflow = json.at("workflow");
    const Psbt psbt = psbtOf(workflowPsbt(workflow, 6));
    // Sign. The standard's signatures are not ground to a small R: both must verify and finalise.
    for (const std::size_t step : {7, 9}) {
        Psbt signedPsbt = psbt;
        QCOMPARE(signAll(signedPsbt, workflow.at(step).at("items")), std::size_t(2));
        const Psbt expected = psbtOf(workflowPsbt(workflow, step + 1));
        for (std::size_t i = 0; i < 2; ++i) {
            const auto ours = signedPsbt.input(i).partialSignatures;
            const auto theirs = expected.input(i).partialSignatures;
            QCOMPARE(ours.size(), theirs.size());
            QCOMPARE(ours.begin()->first, theirs.begin()->first);
        }
    }

    // Combine, finalise, extract.
    std::vector<Psbt> parts{psbtOf(workflowPsbt(workflow, 8)), psbtOf(workflowPsbt(workflow, 10))};
    auto combined = combine(parts);
    VERIFY_RESULT(combined);
    QVERIFY(*combined == psbtOf(workflowPsbt(workflow, 11)));
    COMPARE_ERROR(extract(*combined), ErrorCode::Rejected);
    QCOMPARE(finalise(*combined), std::size_t(2));
    QCOMPARE(combined->toBase64(), workflowPsbt(workflow, 12));
    QVERIFY(combined->isComplete());
    auto extracted = extract(*combined);
    VERIFY_RESULT(extracted);
    QCOMPARE(QString::fromStdString("Bytes in Hex: " + base::toHex(extracted->serialize())),
             QString::fromStdString(workflow.at(13).at("items").at(0).get<std::string>()));
    // The fee is known from the proved amounts.
    auto fee = feeOf(*combined);
    VERIFY_RESULT(fee);
    QCOMPARE(*fee, std::int64_t(10'000));
}

void PsbtTest::followsCoresRoles()
{
    const auto json = jsonFile("btc/core/rpc_psbt.json");
    for (const auto& entry : json.at("creator")) {
        Transaction transaction;
        for (const auto& input : entry.at("inputs"))
            transaction.inputs.push_back(
                {{*Txid::parse(input.at("txid").get<std::string>()), input.at("vout")},
                 {},
                 kSequenceFinal,
                 {}});
        for (const auto& output : entry.at("outputs")) {
            for (const auto& [address, amount] : output.items()) {
                auto script = scriptOf(address, Network::Regtest);
                VERIFY_RESULT(script);
                transaction.outputs.push_back({std::llround(amount.get<double>() * 1e8), *script});
            }
        }
        auto psbt = Psbt::create(transaction);
        VERIFY_RESULT(psbt);
        QCOMPARE(psbt->toBase64(), entry.at("result").get<std::string>());
    }
    for (const auto& entry : json.at("signer")) {
        Psbt psbt = psbtOf(entry.at("psbt").get<std::string>());
        signAll(psbt, entry.at("privkeys"));
        const Psbt expected = psbtOf(entry.at("result").get<std::string>());
        for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
            const PsbtInput ours = psbt.input(i);
            const PsbtInput theirs = expected.input(i);
            if (!theirs.isFinal())
                QCOMPARE(ours.partialSignatures.size(), theirs.partialSignatures.size());
        }
    }
    for (const auto& entry : json.at("combiner")) {
        std::vector<Psbt> parts;
        for (const auto& part : entry.at("combine"))
            parts.push_back(psbtOf(part.get<std::string>()));
        auto combined = combine(parts);
        VERIFY_RESULT(combined);
        QVERIFY(*combined == psbtOf(entry.at("result").get<std::string>()));
    }
    for (const auto& entry : json.at("finalizer")) {
        Psbt psbt = psbtOf(entry.at("finalize").get<std::string>());
        QCOMPARE(finalise(psbt), psbt.inputCount());
        QCOMPARE(psbt.toBase64(), entry.at("result").get<std::string>());
    }
    for (const auto& entry : json.at("extractor")) {
        auto transaction = extract(psbtOf(entry.at("extract").get<std::string>()));
        VERIFY_RESULT(transaction);
        QCOMPARE(base::toHex(transaction->serialize()), entry.at("result").get<std::string>());
    }
}

void PsbtTest::combinesUnknownFields()
{
    const auto json = jsonFile("btc/bip174/bip174.json");
    const auto& workflow = json.at("workflow");
    std::vector<Psbt> parts{psbtOf(workflowPsbt(workflow, 14, 1)),
                            psbtOf(workflowPsbt(workflow, 14, 3))};
    auto combined = combine(parts);
    VERIFY_RESULT(combined);
    QCOMPARE(combined->toBase64(), workflowPsbt(workflow, 15));
}

void PsbtTest::refusesToCombineOthers()
{
    const auto json = jsonFile("btc/core/rpc_psbt.json");
    std::vector<Psbt> parts{psbtOf(json.at("valid").at(0).get<std::string>()),
                            psbtOf(json.at("valid").at(4).get<std::string>())};
    COMPARE_ERROR(combine(parts), ErrorCode::Conflict);
    COMPARE_ERROR(combine({}), ErrorCode::Malformed);
}

void PsbtTest::readsEveryForm()
{
    const auto json = jsonFile("btc/core/rpc_psbt.json");
    const std::string base64 = json.at("valid").at(0).get<std::string>();
    const Bytes binary = *base::parseBase64(base64);
    std::string broken;
    for (std::size_t i = 0; i < base64.size(); ++i) {
        broken += base64[i];
        if (i % 64 == 63)
            broken += "\r\n";
    }
    const Psbt expected = psbtOf(base64);
    QVERIFY(psbtOf(broken + "\n") == expected);
    QVERIFY(psbtOf(base::toHex(binary)) == expected);
    QVERIFY(psbtOf(std::string(binary.begin(), binary.end())) == expected);
    QVERIFY(!parseText(""));
    QVERIFY(!parseText("hello"));
    QVERIFY(!parseText(base64 + base64));
}

void PsbtTest::refusesEveryTruncation()
{
    const auto json = jsonFile("btc/core/rpc_psbt.json");
    for (const std::size_t entry : {3, 5, 20}) {
        const Bytes whole = *base::parseBase64(json.at("valid").at(entry).get<std::string>());
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!Psbt::parse(base::ByteView(whole).subspan(0, size)));
        QVERIFY(!Psbt::parse(base::concat(whole, Bytes{0})));
    }
}

void PsbtTest::keepsTheTransaction()
{
    const auto json = jsonFile("btc/bip370/bip370.json");
    Psbt psbt = psbtOf(json.at("sections").at(1).at("cases").at(0).at("base64").get<std::string>());
    COMPARE_ERROR(psbt.setInputField(0, psbt_type::kInSequence, {}, {0, 0, 0, 0}),
                  ErrorCode::Rejected);
    COMPARE_ERROR(psbt.setInputField(0, psbt_type::kInRequiredHeight, {}, {1, 0, 0, 0}),
                  ErrorCode::Rejected);
    COMPARE_ERROR(psbt.setOutputField(0, psbt_type::kOutAmount, {}, Bytes(8, 0)),
                  ErrorCode::Rejected);
    COMPARE_ERROR(psbt.setGlobalField(psbt_type::kGlobalTxVersion, {}, {2, 0, 0, 0}),
                  ErrorCode::Rejected);
    COMPARE_ERROR(psbt.setInputField(0, psbt_type::kInSighash, {}, {1}), ErrorCode::Malformed);
    COMPARE_ERROR(psbt.setInputField(0, psbt_type::kInNonWitnessUtxo, {},
                                     psbt.unsignedTransaction().serializeNoWitness()),
                  ErrorCode::Malformed);
    const Bytes before = psbt.serialize();
    psbt.eraseInputField(0, psbt_type::kInPreviousTxid);
    psbt.eraseOutputField(0, psbt_type::kOutScript);
    QCOMPARE(psbt.serialize(), before);
    VERIFY_RESULT(psbt.setInputField(0, 0xabcd, Bytes{1, 2}, {3}));
    QVERIFY(psbt.inputMap(0).find(0xabcd, Bytes{1, 2}));
}

void PsbtTest::boundsItsInput()
{
    COMPARE_ERROR(Psbt::parse(Bytes(kMaxPsbtSize + 1, 0)), ErrorCode::TooLarge);
    // Version 2 with ten thousand maps announced and none there.
    base::ByteWriter out;
    out.append(hex(std::string("70736274ff")));
    const auto field = [&](std::uint8_t type, const Bytes& value) {
        out.u8(1);
        out.u8(type);
        out.compactSize(value.size());
        out.append(value);
    };
    field(0x02, {2, 0, 0, 0});
    field(0x04, {0xfd, 0x88, 0x13});
    field(0x05, {0xfd, 0x89, 0x13});
    field(0xfb, {2, 0, 0, 0});
    out.u8(0);
    COMPARE_ERROR(Psbt::parse(out.view()), ErrorCode::TooLarge);
    // An unsupported version is named as such.
    base::ByteWriter one;
    one.append(hex(std::string("70736274ff01fb040100000000")));
    COMPARE_ERROR(Psbt::parse(one.view()), ErrorCode::Unsupported);
}

void PsbtTest::createsVersionTwo()
{
    Transaction transaction;
    transaction.lockTime = 700'000;
    transaction.inputs.push_back({{Txid(Hash256{1}), 7}, {}, kSequenceReplaceable, {}});
    transaction.outputs.push_back({1'000, p2tr(Hash256{2})});
    auto psbt = Psbt::create(transaction, PsbtVersion::V2);
    VERIFY_RESULT(psbt);
    QVERIFY(psbt->version() == PsbtVersion::V2);
    QVERIFY(psbt->unsignedTransaction() == transaction);
    auto again = Psbt::parse(psbt->serialize());
    VERIFY_RESULT(again);
    QVERIFY(again->unsignedTransaction() == transaction);
    QVERIFY(again->uniqueId() != transaction.txid());
    auto other = Psbt::create(transaction);
    VERIFY_RESULT(other);
    QVERIFY(other->uniqueId() == transaction.txid());
    transaction.inputs[0].scriptSig = {1};
    COMPARE_ERROR(Psbt::create(transaction), ErrorCode::Malformed);
}

namespace {

/// One P2WPKH coin and its spend.
struct Spend
{
    crypto::PrivateKey key =
        crypto::PrivateKey::create(base::SecretBytes::copyOf(Bytes(32, 7))).take();
    Transaction previous;
    Psbt psbt = make();

    Psbt make()
    {
        previous.inputs.push_back({{Txid(Hash256{9}), 0}, {}, kSequenceFinal, {}});
        previous.outputs.push_back({50'000, p2wpkh(key.publicKey().hash160())});
        Transaction transaction;
        transaction.inputs.push_back({{previous.txid(), 0}, {}, kSequenceReplaceable, {}});
        transaction.outputs.push_back({40'000, p2wpkh(crypto::Hash160{3})});
        Psbt made = Psbt::create(transaction).take();
        DescriptorOutput coin;
        coin.script = previous.outputs[0].script;
        const auto updated = updateInput(made, 0, previous, coin);
        ASSERT(updated);
        return made;
    }
};

} // namespace

void PsbtTest::signsOnlyAllAndDefault()
{
    for (const std::uint8_t hashType :
         std::initializer_list<std::uint8_t>{0x00, 0x02, 0x03, 0x81, 0x82, 0x83}) {
        Spend spend;
        VERIFY_RESULT(spend.psbt.setInputField(0, psbt_type::kInSighash, {}, {hashType, 0, 0, 0}));
        COMPARE_ERROR(signInput(spend.psbt, 0, spend.key, {}), ErrorCode::Rejected);
    }
    Spend spend;
    auto added = signInput(spend.psbt, 0, spend.key, {});
    VERIFY_RESULT(added);
    QVERIFY(*added);
    auto other = crypto::PrivateKey::create(base::SecretBytes::copyOf(Bytes(32, 8)));
    VERIFY_RESULT(other);
    auto foreign = signInput(spend.psbt, 0, *other, {});
    VERIFY_RESULT(foreign);
    QVERIFY(!*foreign);
    QCOMPARE(finalise(spend.psbt), std::size_t(1));
    auto transaction = extract(spend.psbt);
    VERIFY_RESULT(transaction);
    const std::vector<TxOutput> spent{spend.previous.outputs[0]};
    VERIFY_RESULT(verifyInputs(*transaction, spent));
}

void PsbtTest::refusesForgedCoins()
{
    // CVE-2020-14199: another amount in the witness utxo.
    Spend spend;
    TxOutput forged = spend.previous.outputs[0];
    forged.amount = 45'000;
    VERIFY_RESULT(
        spend.psbt.setInputField(0, psbt_type::kInWitnessUtxo, {}, serializeOutput(forged)));
    COMPARE_ERROR(spentOutput(spend.psbt, 0), ErrorCode::Unproved);
    COMPARE_ERROR(signInput(spend.psbt, 0, spend.key, {}), ErrorCode::Unproved);
    COMPARE_ERROR(feeOf(spend.psbt), ErrorCode::Unproved);
    // The output alone is believed, but says that it is unproved.
    Spend bare;
    bare.psbt.eraseInputField(0, psbt_type::kInNonWitnessUtxo);
    auto claimed = spentOutput(bare.psbt, 0);
    VERIFY_RESULT(claimed);
    QVERIFY(!claimed->proved);
    // A redeem script where none belongs.
    Spend wrapped;
    VERIFY_RESULT(wrapped.psbt.setInputField(0, psbt_type::kInRedeemScript, {}, {0x51}));
    COMPARE_ERROR(planSignature(wrapped.psbt, 0), ErrorCode::Unproved);
}

void PsbtTest::refusesFalseSignaturesWhenExtracting()
{
    Spend spend;
    VERIFY_RESULT(signInput(spend.psbt, 0, spend.key, {}));
    auto signature = spend.psbt.input(0).partialSignatures.begin()->second;
    signature[10] ^= 1;
    VERIFY_RESULT(spend.psbt.setInputField(0, psbt_type::kInPartialSignature,
                                           spend.key.publicKey().bytes(), signature));
    QCOMPARE(finalise(spend.psbt), std::size_t(1));
    COMPARE_ERROR(extract(spend.psbt), ErrorCode::Unproved);
}

void PsbtTest::describesTaproot()
{
    const auto json = jsonFile("btc/bip371/bip371.json");
    const Psbt psbt =
        psbtOf(json.at("sections").at(1).at("cases").at(1).at("base64").get<std::string>());
    const PsbtInput input = psbt.input(0);
    QVERIFY(input.tapInternalKey);
    QCOMPARE(input.tapDerivations.size(), std::size_t(1));
    QCOMPARE(input.tapDerivations[0].publicKey, base::bytesOf(*input.tapInternalKey));
    QCOMPARE(input.tapKeySignature.size(), std::size_t(64));
    // The vector's signature is real: it finalises and verifies.
    Psbt copy = psbt;
    QCOMPARE(finalise(copy), std::size_t(1));
    VERIFY_RESULT(extract(copy));
}

QTEST_GUILESS_MAIN(PsbtTest)
#include "psbt_test.moc"
