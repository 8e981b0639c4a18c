// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: nothing that differs from the review in any field is ever approved, and limits hold.
// Method: one honest payment, and one cheat for each field of transaction, PSBT, review and proof.

#include "core/bitcoin/psbt/psbt_roles.h"
#include "tests/core/signing/gate_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::signing;
using namespace coffer::test;
using base::ErrorCode;

// Only the gate can make what a signer takes.
static_assert(!std::is_default_constructible_v<GateApproved>);
static_assert(!std::is_copy_constructible_v<GateApproved>);
static_assert(!std::is_constructible_v<GateApproved, Psbt, ReviewedPayment>);

class PolicyGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void approvesWhatWasReviewed();
    void refusesAnotherTransaction();
    void refusesAnotherReview();
    void refusesForgedChange();
    void refusesForgedOwnership();
    void refusesUnprovedAmounts();
    void refusesForgedCoinsInThePsbt();
    void refusesOtherSighashes();
    void capsFees();
    void keepsLimits();
    void countsReplacementsOnce();
    void honoursTheAllowList();
    void freezes();
    void keepsToItsNetwork();
    void leavesForeignInputsAlone();
};

void PolicyGateTest::approvesWhatWasReviewed()
{
    for (const std::uint8_t purpose : kPurposes) {
        GateFixture fixture(purpose);
        auto decision = fixture.approve();
        VERIFY_RESULT(decision);
        const GateApproved& approved = decision->approved;
        QVERIFY(approved.psbt() == fixture.built.psbt);
        QVERIFY(approved.reviewed() == fixture.reviewed);
        QCOMPARE(approved.ownInputs().size(), std::size_t(2));
        QCOMPARE(approved.effects().fee, fixture.built.fee);
        QCOMPARE(approved.effects().leaving, 500'000 + fixture.built.fee);
        QCOMPARE(approved.effects().vsize, fixture.built.vsize + (purpose == 44 ? 1 : 0));
        QCOMPARE(decision->counters.sum(fixture.nowMs), approved.effects().leaving);
    }
}

void PolicyGateTest::refusesAnotherTransaction()
{
    const GateFixture fixture;
    const std::size_t change = *fixture.built.changeIndex;
    const std::size_t payee = 1 - change;
    const std::vector<std::pair<const char*, std::function<void(Transaction&)>>> cheats{
        {"recipient", [&](Transaction& t) { t.outputs[payee].script = foreignScript(666); }},
        {"amount up", [&](Transaction& t) { t.outputs[payee].amount += 1; }},
        {"amount down: fee up", [&](Transaction& t) { t.outputs[payee].amount -= 1; }},
        {"change down: fee up", [&](Transaction& t) { t.outputs[change].amount -= 1'000; }},
        {"change script", [&](Transaction& t) { t.outputs[change].script = foreignScript(666); }},
        {"change moved on",
         [&](Transaction& t) {
             t.outputs[change].script = fixture.wallet.script(84, 9, DescriptorRole::Change);
         }},
        {"outputs swapped", [&](Transaction& t) { std::swap(t.outputs[0], t.outputs[1]); }},
        {"one more output",
         [&](Transaction& t) {
             t.outputs[change].amount -= 1'000;
             t.outputs.push_back({1'000, foreignScript(666)});
         }},
        {"one output less", [&](Transaction& t) { t.outputs.pop_back(); }},
        {"one more input",
         [&](Transaction& t) {
             t.inputs.push_back({foreignPoint(9), {}, kSequenceReplaceable, {}});
         }},
        {"one input less", [&](Transaction& t) { t.inputs.pop_back(); }},
        {"another input", [&](Transaction& t) { t.inputs[0].previous = foreignPoint(9); }},
        {"inputs swapped", [&](Transaction& t) { std::swap(t.inputs[0], t.inputs[1]); }},
        {"sequence", [&](Transaction& t) { t.inputs[1].sequence = kSequenceFinal; }},
        {"lock time", [&](Transaction& t) { t.lockTime += 1; }},
        {"version", [&](Transaction& t) { t.version = 1; }},
    };
    for (const auto& [name, cheat] : cheats) {
        const auto decision = fixture.approve(fixture.forged(cheat));
        QVERIFY2(!decision, name);
        QVERIFY2(decision.error().code == ErrorCode::Rejected, name);
    }
    // The forger itself is not what fails.
    VERIFY_RESULT(fixture.approve(fixture.forged([](Transaction&) {})));
}

void PolicyGateTest::refusesAnotherReview()
{
    const std::vector<std::pair<const char*, std::function<void(ReviewedPayment&)>>> cheats{
        {"fee down", [](ReviewedPayment& r) { r.fee -= 1; }},
        {"fee up", [](ReviewedPayment& r) { r.fee += 1; }},
        {"input amount", [](ReviewedPayment& r) { r.inputs[0].amount += 1; }},
        {"input amounts shifted",
         [](ReviewedPayment& r) {
             r.inputs[0].amount += 1;
             r.inputs[1].amount -= 1;
         }},
        {"input owner index", [](ReviewedPayment& r) { r.inputs[0].own->index += 1; }},
        {"input owner role",
         [](ReviewedPayment& r) { r.inputs[0].own->role = DescriptorRole::Change; }},
        {"account", [](ReviewedPayment& r) { r.account = accountId(86); }},
        {"no inputs of ours",
         [](ReviewedPayment& r) {
             for (auto& input : r.inputs)
                 input.own.reset();
         }},
        {"unknown account",
         [](ReviewedPayment& r) {
             r.account = accountId(7);
             for (auto& input : r.inputs)
                 input.own->account = accountId(7);
         }},
    };
    for (const auto& [name, cheat] : cheats) {
        GateFixture fixture;
        cheat(fixture.reviewed);
        const auto decision = fixture.approve();
        QVERIFY2(!decision, name);
        QVERIFY2(decision.error().code == ErrorCode::Rejected, name);
    }
}

void PolicyGateTest::refusesForgedChange()
{
    // A builder that lies: it calls somebody else's script our change, and the review believes it.
    GateFixture fixture;
    const std::size_t change = *fixture.built.changeIndex;
    Psbt psbt =
        fixture.forged([&](Transaction& t) { t.outputs[change].script = foreignScript(666); });
    fixture.reviewed.outputs[change].output.script = foreignScript(666);
    COMPARE_ERROR(fixture.approve(psbt), ErrorCode::Rejected);
    // With the derivation of our real change copied onto it, as a device would be shown.
    for (const auto& [key, value] : fixture.built.psbt.outputMap(change).pairs())
        VERIFY_RESULT(psbt.setOutputField(change, key[0], base::ByteView(key).subspan(1), value));
    COMPARE_ERROR(fixture.approve(psbt), ErrorCode::Rejected);
    // Shown as a recipient it would be honest.
    fixture.reviewed.outputs[change].own.reset();
    VERIFY_RESULT(fixture.approve(psbt));
}

void PolicyGateTest::refusesForgedOwnership()
{
    GateFixture fixture;
    const std::size_t change = *fixture.built.changeIndex;
    fixture.reviewed.outputs[change].own->index += 1;
    COMPARE_ERROR(fixture.approve(), ErrorCode::Rejected);
    GateFixture recipient;
    recipient.reviewed.outputs[1 - *recipient.built.changeIndex].own =
        ScriptOwner{accountId(84), DescriptorRole::Change, 3};
    COMPARE_ERROR(recipient.approve(), ErrorCode::Rejected);
    // The right script of an account whose descriptors the gate was not given.
    GateFixture poor;
    poor.descriptors.clear();
    COMPARE_ERROR(poor.approve(), ErrorCode::Rejected);
}

void PolicyGateTest::refusesUnprovedAmounts()
{
    // Taproot PSBTs carry no previous transactions: without them nothing proves the amounts.
    GateFixture fixture(86);
    fixture.previous.clear();
    COMPARE_ERROR(fixture.approve(), ErrorCode::Unproved);
    // Segwit ones do, and that suffices.
    GateFixture segwit(84);
    segwit.previous.clear();
    VERIFY_RESULT(segwit.approve());
    for (std::size_t i = 0; i < segwit.built.psbt.inputCount(); ++i)
        segwit.built.psbt.eraseInputField(i, psbt_type::kInNonWitnessUtxo);
    COMPARE_ERROR(segwit.approve(), ErrorCode::Unproved);
    // A previous transaction with another amount has another id, so it proves nothing.
    GateFixture other(86);
    Transaction forged = *other.previous[0];
    forged.outputs[1].amount += 1;
    other.previous[0] = std::make_shared<const Transaction>(forged);
    COMPARE_ERROR(other.approve(), ErrorCode::Unproved);
}

void PolicyGateTest::refusesForgedCoinsInThePsbt()
{
    for (const std::uint8_t purpose : std::initializer_list<std::uint8_t>{49, 84, 86}) {
        GateFixture fixture(purpose);
        TxOutput forged = *fixture.built.psbt.input(0).witnessUtxo;
        forged.amount += 1'000;
        VERIFY_RESULT(fixture.built.psbt.setInputField(0, psbt_type::kInWitnessUtxo, {},
                                                       serializeOutput(forged)));
        COMPARE_ERROR(fixture.approve(), ErrorCode::Unproved);
        GateFixture bare(purpose);
        bare.built.psbt.eraseInputField(0, psbt_type::kInWitnessUtxo);
        bare.built.psbt.eraseInputField(0, psbt_type::kInNonWitnessUtxo);
        COMPARE_ERROR(bare.approve(), ErrorCode::Unproved);
    }
}

void PolicyGateTest::refusesOtherSighashes()
{
    for (const std::uint8_t hashType :
         std::initializer_list<std::uint8_t>{0x02, 0x03, 0x81, 0x83}) {
        for (const std::uint8_t purpose : std::initializer_list<std::uint8_t>{44, 84, 86}) {
            GateFixture fixture(purpose);
            VERIFY_RESULT(fixture.built.psbt.setInputField(0, psbt_type::kInSighash, {},
                                                           {hashType, 0, 0, 0}));
            COMPARE_ERROR(fixture.approve(), ErrorCode::Rejected);
        }
    }
    GateFixture done;
    VERIFY_RESULT(done.built.psbt.setInputField(0, psbt_type::kInFinalWitness, {}, {0}));
    COMPARE_ERROR(done.approve(), ErrorCode::Rejected);
}

void PolicyGateTest::capsFees()
{
    GateFixture fixture;
    fixture.policy.maxFee = fixture.built.fee - 1;
    COMPARE_ERROR(fixture.approve(), ErrorCode::FeeOutOfBounds);
    fixture.policy.maxFee = fixture.built.fee;
    VERIFY_RESULT(fixture.approve());
    fixture.policy.maxFeeRate = 9'999;
    COMPARE_ERROR(fixture.approve(), ErrorCode::FeeOutOfBounds);
    fixture.policy.maxFeeRate = 10'100;
    VERIFY_RESULT(fixture.approve());
}

void PolicyGateTest::keepsLimits()
{
    GateFixture fixture;
    const std::int64_t leaving = 500'000 + fixture.built.fee;
    fixture.policy.perPayment = leaving - 1;
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
    fixture.policy.perPayment = leaving;
    VERIFY_RESULT(fixture.approve());
    fixture.policy.perDay = leaving + 1'000;
    fixture.counters.spent.push_back({accountId(50), fixture.nowMs - 1'000, 1'001, {}});
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
    fixture.counters.spent[0].amount = 1'000;
    VERIFY_RESULT(fixture.approve());
    // A day later the old one no longer counts.
    fixture.counters.spent[0].amount = 10'000'000;
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
    fixture.nowMs += 24LL * 3600 * 1000;
    VERIFY_RESULT(fixture.approve());
    // Setting the clock back frees nothing.
    fixture.nowMs -= 48LL * 3600 * 1000;
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
}

void PolicyGateTest::countsReplacementsOnce()
{
    GateFixture fixture;
    const std::int64_t leaving = 500'000 + fixture.built.fee;
    fixture.policy.perDay = leaving + 10;
    auto first = fixture.approve();
    VERIFY_RESULT(first);
    // The same again, as after a failed signature: it is still one payment.
    fixture.counters = first->counters;
    auto second = fixture.approve();
    VERIFY_RESULT(second);
    QCOMPARE(second->counters.sum(fixture.nowMs), leaving);
    QCOMPARE(second->counters.spent.size(), std::size_t(1));
    // Another payment with other coins is not.
    fixture.counters.spent[0].inputs = {foreignPoint(1)};
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
}

void PolicyGateTest::honoursTheAllowList()
{
    GateFixture fixture;
    fixture.policy.allowedScripts = {foreignScript(2)};
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
    fixture.policy.allowedScripts.push_back(foreignScript(1));
    VERIFY_RESULT(fixture.approve()); // Change needs no entry.
}

void PolicyGateTest::freezes()
{
    GateFixture fixture;
    fixture.policy.state = PolicyState::Frozen;
    COMPARE_ERROR(fixture.approve(), ErrorCode::Conflict);
}

void PolicyGateTest::keepsToItsNetwork()
{
    const GateFixture fixture;
    const PolicyGate gate(Network::Main, fixture.policy);
    COMPARE_ERROR(gate.approve(fixture.built.psbt, fixture.reviewed, fixture.descriptors,
                               fixture.previous, fixture.counters, fixture.nowMs),
                  ErrorCode::WrongNetwork);
}

void PolicyGateTest::leavesForeignInputsAlone()
{
    // A joint payment from outside: one input is ours, one is somebody else's.
    BuilderFixture wallet;
    const OutPoint mine = wallet.fund(84, 0, 400'000);
    const auto theirs = transaction({foreignPoint(5)}, {pay(200'000, foreignScript(5))});
    Transaction joint;
    joint.inputs.push_back({mine, {}, kSequenceReplaceable, {}});
    joint.inputs.push_back({{theirs->txid(), 0}, {}, kSequenceReplaceable, {}});
    joint.outputs.push_back(pay(450'000, foreignScript(6)));
    joint.outputs.push_back(pay(149'000, wallet.script(84, 0, DescriptorRole::Change)));
    auto psbt = Psbt::create(joint);
    VERIFY_RESULT(psbt);
    auto descriptor = wallet.index.descriptor(accountId(84), DescriptorRole::Receive);
    VERIFY_RESULT(descriptor);
    auto coin = (*descriptor)->expand(0);
    VERIFY_RESULT(coin);
    VERIFY_RESULT(updateInput(*psbt, 0, *wallet.graph.transaction(mine.txid), *coin));
    VERIFY_RESULT(psbt->setInputField(1, psbt_type::kInNonWitnessUtxo, {}, theirs->serialize()));
    auto reviewed = reviewOf(*psbt, wallet.index, accountId(1), accountId(84));
    VERIFY_RESULT(reviewed);
    QVERIFY(reviewed->inputs[0].own && !reviewed->inputs[1].own);
    const GateFixture other;
    auto decision =
        PolicyGate(Network::Regtest, {}).approve(*psbt, *reviewed, other.descriptors, {}, {}, 0);
    VERIFY_RESULT(decision);
    QCOMPARE(decision->approved.ownInputs().size(), std::size_t(1));
    QCOMPARE(decision->approved.effects().leaving, std::int64_t(251'000));
    QCOMPARE(decision->approved.effects().fee, std::int64_t(1'000));
}

QTEST_GUILESS_MAIN(PolicyGateTest)
#include "policy_gate_test.moc"
