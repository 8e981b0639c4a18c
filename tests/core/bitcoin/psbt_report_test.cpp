// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is told about a PSBT is true, and what is not known is not told. Method: PSBTs of our
// own builder, then the same with one thing changed each.

#include "core/base/hex.h"
#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/bitcoin/sighash.h"
#include "core/bitcoin/wallet/psbt_report.h"
#include "tests/core/bitcoin/builder_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;

class PsbtReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void tellsOurOwnPayment_data();
    void tellsOurOwnPayment();
    void knowsNothingOfOthers();
    void doesNotGuess();
    void seesThroughClaims();
    void namesSighashes();
    void saysWhatContradictsItself();
    void hearsOfAnotherNetwork_data() { tellsOurOwnPayment_data(); }
    void hearsOfAnotherNetwork();
};

namespace {

BuiltTransaction built(BuilderFixture& wallet, std::uint8_t purpose)
{
    wallet.fund(purpose, 0, 400'000);
    wallet.fund(purpose, 1, 300'000);
    auto made = buildTransaction(wallet.request(purpose, 500'000), wallet.state(), wallet.random);
    ASSERT(made && made->changeIndex);
    return made.take();
}

} // namespace

void PsbtReportTest::tellsOurOwnPayment_data()
{
    QTest::addColumn<int>("purpose");
    for (const int purpose : {44, 49, 84, 86})
        QTest::addRow("%d", purpose) << purpose;
}

void PsbtReportTest::tellsOurOwnPayment()
{
    QFETCH(int, purpose);
    BuilderFixture wallet;
    const auto payment = built(wallet, static_cast<std::uint8_t>(purpose));
    const auto report = inspectPsbt(payment.psbt, &wallet.index);
    QCOMPARE(report.fee, std::optional(payment.fee));
    QCOMPARE(report.inputSum, std::optional<std::int64_t>(700'000));
    QCOMPARE(report.outputSum, 700'000 - payment.fee);
    QCOMPARE(report.vsize, std::optional(payment.vsize));
    QVERIFY(!report.complete);
    QVERIFY(report.problems.empty());
    // A scriptSig that is still missing changes the id.
    QCOMPARE(report.txid.has_value(), purpose != 44);
    for (const auto& input : report.inputs) {
        QVERIFY(input.owner.has_value());
        QCOMPARE(input.owner->account, accountId(static_cast<std::uint8_t>(purpose)));
        QCOMPARE(input.proved, purpose != 86); // The output alone is enough for taproot.
        QCOMPARE(input.required, std::optional(1));
        QCOMPARE(input.signatures, 0);
        QCOMPARE(input.signers.size(), std::size_t(1));
        QVERIFY(input.signers[0].origin.has_value());
        QVERIFY(!input.isSigned());
    }
    for (std::size_t i = 0; i < report.outputs.size(); ++i)
        QCOMPARE(report.outputs[i].owner.has_value(), i == *payment.changeIndex);
}

void PsbtReportTest::knowsNothingOfOthers()
{
    BuilderFixture wallet;
    const auto payment = built(wallet, 84);
    const auto report = inspectPsbt(payment.psbt, nullptr);
    QCOMPARE(report.fee, std::optional(payment.fee));
    for (const auto& input : report.inputs)
        QVERIFY(!input.owner.has_value());
    for (const auto& output : report.outputs)
        QVERIFY(!output.owner.has_value());
    QVERIFY(report.problems.empty());
}

void PsbtReportTest::doesNotGuess()
{
    BuilderFixture wallet;
    const auto payment = built(wallet, 84);
    auto psbt = payment.psbt;
    psbt.eraseInputField(0, psbt_type::kInWitnessUtxo);
    psbt.eraseInputField(0, psbt_type::kInNonWitnessUtxo);
    const auto report = inspectPsbt(psbt, &wallet.index);
    QVERIFY(!report.fee);
    QVERIFY(!report.inputSum);
    QVERIFY(!report.vsize);
    QVERIFY(!report.txid);
    QVERIFY(!report.inputs[0].spent);
    QVERIFY(!report.inputs[0].required);
    QVERIFY(report.has("utxo_missing"));

    // An amount that nothing proves is told, and that it is not proved.
    psbt = payment.psbt;
    psbt.eraseInputField(1, psbt_type::kInNonWitnessUtxo);
    const auto unproved = inspectPsbt(psbt, &wallet.index);
    QCOMPARE(unproved.fee, std::optional(payment.fee));
    QVERIFY(!unproved.inputs[1].proved);
    QVERIFY(unproved.has("amount_unproved"));
}

void PsbtReportTest::seesThroughClaims()
{
    BuilderFixture wallet;
    const auto payment = built(wallet, 84);
    const auto change = *payment.changeIndex;
    const auto payee = 1 - change;
    auto psbt = payment.psbt;
    const auto derivation = psbt.output(change).derivations.at(0);
    VERIFY_RESULT(psbt.setOutputField(payee, psbt_type::kOutDerivation, derivation.publicKey,
                                      encodeKeyOrigin(derivation.origin)));
    auto report = inspectPsbt(psbt, &wallet.index);
    QVERIFY(report.has("false_claim"));
    QVERIFY(!report.outputs[payee].owner);

    // Really ours, but so far ahead that no restore would find it.
    Transaction far = payment.transaction();
    const ScriptOwner owner{accountId(84), DescriptorRole::Change, 5'000};
    const auto* descriptor = *wallet.index.descriptor(owner.account, owner.role);
    const auto output = descriptor->expand(owner.index);
    VERIFY_RESULT(output);
    far.outputs[change].script = output->script;
    auto ahead = Psbt::create(far);
    VERIFY_RESULT(ahead);
    VERIFY_RESULT(updateOutput(*ahead, change, *output));
    report = inspectPsbt(*ahead, &wallet.index);
    QVERIFY(report.has("beyond_window"));
    QVERIFY(report.outputs[change].owner == owner);
}

void PsbtReportTest::namesSighashes()
{
    QCOMPARE(sighashName(0x00), std::string("SIGHASH_DEFAULT"));
    QCOMPARE(sighashName(0x01), std::string("SIGHASH_ALL"));
    QCOMPARE(sighashName(0x82), std::string("SIGHASH_NONE|ANYONECANPAY"));
    QCOMPARE(sighashName(0x83), std::string("SIGHASH_SINGLE|ANYONECANPAY"));
    QCOMPARE(sighashName(0x41), std::string("SIGHASH number 65"));
    BuilderFixture wallet;
    auto psbt = built(wallet, 84).psbt;
    VERIFY_RESULT(psbt.setInputField(0, psbt_type::kInSighash, {}, {0x03, 0, 0, 0}));
    QVERIFY(inspectPsbt(psbt, &wallet.index).has("sighash"));
    VERIFY_RESULT(psbt.setInputField(0, psbt_type::kInSighash, {}, {0x01, 0, 0, 0}));
    QVERIFY(!inspectPsbt(psbt, &wallet.index).has("sighash"));
}

void PsbtReportTest::saysWhatContradictsItself()
{
    BuilderFixture wallet;
    const auto payment = built(wallet, 84);
    auto psbt = payment.psbt;
    auto utxo = *psbt.input(0).witnessUtxo;
    utxo.amount += 1;
    VERIFY_RESULT(psbt.setInputField(0, psbt_type::kInWitnessUtxo, {}, serializeOutput(utxo)));
    auto report = inspectPsbt(psbt, &wallet.index);
    QVERIFY(report.has("utxo_conflict"));
    QVERIFY(!report.fee);

    // More goes out than comes in.
    Transaction greedy = payment.transaction();
    greedy.outputs[0].amount += 1'000'000;
    auto more = Psbt::create(greedy);
    VERIFY_RESULT(more);
    for (std::size_t i = 0; i < greedy.inputs.size(); ++i)
        VERIFY_RESULT(more->setInputField(i, psbt_type::kInNonWitnessUtxo, {},
                                          payment.inputs[i].previous->serialize()));
    report = inspectPsbt(*more, &wallet.index);
    QVERIFY(report.has("outputs_exceed_inputs"));
    QVERIFY(!report.fee);

    // Complete, but the signature is none.
    Psbt junk = payment.psbt;
    for (std::size_t i = 0; i < junk.inputCount(); ++i)
        VERIFY_RESULT(junk.setInputField(i, psbt_type::kInFinalWitness, {}, {0x01, 0x01, 0x00}));
    report = inspectPsbt(junk, &wallet.index);
    QVERIFY(!report.complete);
    QVERIFY(report.has("signature_invalid"));
}

void PsbtReportTest::hearsOfAnotherNetwork()
{
    QFETCH(int, purpose);
    BuilderFixture wallet;
    const auto payment = built(wallet, static_cast<std::uint8_t>(purpose));
    const auto& main = paramsOf(Network::Main);
    const auto& regtest = paramsOf(Network::Regtest);
    QVERIFY(namesOtherNetwork(payment.psbt, main));
    QVERIFY(!namesOtherNetwork(payment.psbt, regtest));
    // Without paths and keys it says nothing, and nothing is guessed.
    const auto bare = Psbt::create(payment.transaction());
    VERIFY_RESULT(bare);
    QVERIFY(!namesOtherNetwork(*bare, main));
    QVERIFY(!namesOtherNetwork(*bare, regtest));
    // A master key of the main network: version, zeros, the generator as its public key.
    const auto xpub =
        base::parseHex("0488b21e" + std::string(82, '0') +
                       "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    VERIFY_RESULT(xpub);
    auto named = *bare;
    VERIFY_RESULT(addGlobalXpub(named, *xpub, KeyOrigin{}));
    QVERIFY(!namesOtherNetwork(named, main));
    QVERIFY(namesOtherNetwork(named, regtest));
}

QTEST_GUILESS_MAIN(PsbtReportTest)
#include "psbt_report_test.moc"
