// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: an approved payment of each account type gets signatures that the network accepts, and no
// other root or network signs. Method: the whole way in memory: coins, builder, gate, signer with
// the words "abandon ... about", finaliser, verification against the spent outputs.

#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/bitcoin/verify.h"
#include "core/signing/software_signer.h"
#include "tests/core/signing/gate_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::signing;
using namespace coffer::test;
using base::ErrorCode;

namespace {

base::SecretBytes secret(std::string_view text)
{
    return base::SecretBytes::copyOf(base::viewOf(text));
}

/// A vault with one password.
class FakeKeys final : public RootKeySource
{
public:
    PassphraseRule rule = PassphraseRule::Stored;
    int opened = 0;

    PassphraseRule passphraseRule() const override { return rule; }
    base::Result<void> withRoot(const base::SecretBytes& password,
                                const base::SecretBytes& passphrase, const Use& use) override
    {
        if (!password.equals(secret("right")))
            return base::Error{ErrorCode::WrongPassword, "wrong password"};
        if (rule == PassphraseRule::AskedWhenSigning && !passphrase.equals(secret("phrase")))
            return base::Error{ErrorCode::WrongWallet, "another wallet"};
        ++opened;
        return use(ChainFixture::root());
    }
};

struct Recorder final : SignerEvents
{
    std::vector<Prompt> prompts;
    std::vector<PromptId> closed;
    std::vector<SignedPsbt> done;
    std::vector<base::Error> failed;

    void promptOpened(const Prompt& prompt) override { prompts.push_back(prompt); }
    void promptClosed(PromptId prompt) override { closed.push_back(prompt); }
    void signingDone(SignId, SignedPsbt result) override { done.push_back(std::move(result)); }
    void signingFailed(SignId, base::Error error) override { failed.push_back(std::move(error)); }
};

SignRequest requestOf(const GateFixture& fixture)
{
    auto decision = fixture.approve();
    ASSERT(decision);
    return BitcoinPsbt{std::move(decision->approved)};
}

} // namespace

class SoftwareSignerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void signsEveryAccountType();
    void signsVersionTwo();
    void refusesAnotherRoot();
    void refusesAnotherNetwork();
    void signsOnlyOwnInputs();
    void asksForThePassword();
    void asksForThePassphrase();
    void endsOnceWhenCancelled();
    void signsReplacements();
};

void SoftwareSignerTest::signsEveryAccountType()
{
    base::SeededRandom random(1);
    for (const std::uint8_t purpose : kPurposes) {
        const GateFixture fixture(purpose);
        auto decision = fixture.approve();
        VERIFY_RESULT(decision);
        auto result = signApproved(decision->approved, ChainFixture::root(), random);
        VERIFY_RESULT(result);
        QCOMPARE(result->signatures, std::size_t(2));
        // Nothing but signatures was added.
        QVERIFY(result->psbt.unsignedTransaction() == fixture.built.transaction());
        Psbt psbt = result->psbt;
        QCOMPARE(finalise(psbt), std::size_t(2));
        auto transaction = extract(psbt);
        VERIFY_RESULT(transaction);
        VERIFY_RESULT(verifyInputs(*transaction, decision->approved.spent()));
        for (std::size_t i = 0; i < 2; ++i)
            VERIFY_RESULT(verifyInput(*transaction, i, decision->approved.spent()));
        QVERIFY(transaction->txid() == psbt.unsignedTransaction().txid() || purpose == 44 ||
                purpose == 49);
        // The estimate is an upper bound, and close: each signature saves at most two bytes.
        const std::int64_t vsize = transaction->vsize();
        QVERIFY2(vsize <= fixture.built.vsize, qPrintable(QString::number(vsize)));
        QVERIFY2(vsize >= fixture.built.vsize - 6, qPrintable(QString::number(vsize)));
        QVERIFY(FeeRate::of(fixture.built.fee, vsize) >= FeeRate::fromSatPerVb(10));
    }
}

void SoftwareSignerTest::signsVersionTwo()
{
    base::SeededRandom random(2);
    GateFixture fixture(86);
    auto request = fixture.wallet.request(86, 100'000);
    request.psbtVersion = PsbtVersion::V2;
    auto built = buildTransaction(request, fixture.wallet.state(), fixture.wallet.random);
    VERIFY_RESULT(built);
    fixture.reviewed = reviewOf(*built, accountId(98), accountId(86));
    fixture.previous.clear();
    for (const BuiltInput& input : built->inputs)
        fixture.previous.push_back(input.previous);
    auto decision = fixture.approve(built->psbt);
    VERIFY_RESULT(decision);
    auto result = signApproved(decision->approved, ChainFixture::root(), random);
    VERIFY_RESULT(result);
    finalise(result->psbt);
    VERIFY_RESULT(extract(result->psbt));
}

void SoftwareSignerTest::refusesAnotherRoot()
{
    base::SeededRandom random(3);
    const GateFixture fixture;
    auto decision = fixture.approve();
    VERIFY_RESULT(decision);
    auto other = crypto::ExtendedPrivateKey::fromSeed(base::SecretBytes::copyOf(base::Bytes(32, 5)),
                                                      crypto::KeyNetwork::Test);
    VERIFY_RESULT(other);
    COMPARE_ERROR(signApproved(decision->approved, *other, random), ErrorCode::WrongWallet);
}

void SoftwareSignerTest::refusesAnotherNetwork()
{
    base::SeededRandom random(4);
    const GateFixture fixture;
    auto decision = fixture.approve();
    VERIFY_RESULT(decision);
    auto main = crypto::ExtendedPrivateKey::fromSeed(base::SecretBytes::copyOf(base::Bytes(32, 5)),
                                                     crypto::KeyNetwork::Main);
    VERIFY_RESULT(main);
    COMPARE_ERROR(signApproved(decision->approved, *main, random), ErrorCode::WrongNetwork);
}

void SoftwareSignerTest::signsOnlyOwnInputs()
{
    base::SeededRandom random(5);
    GateFixture fixture;
    // The review leaves one input to somebody else: then it stays unsigned, although we could.
    fixture.reviewed.inputs[1].own.reset();
    auto decision = fixture.approve();
    VERIFY_RESULT(decision);
    auto result = signApproved(decision->approved, ChainFixture::root(), random);
    VERIFY_RESULT(result);
    QCOMPARE(result->signatures, std::size_t(1));
    QCOMPARE(result->psbt.input(0).partialSignatures.size(), std::size_t(1));
    QVERIFY(result->psbt.input(1).partialSignatures.empty());
}

void SoftwareSignerTest::asksForThePassword()
{
    base::SeededRandom random(6);
    const GateFixture fixture;
    FakeKeys keys;
    SoftwareSigner signer(keys, random);
    Recorder events;
    const SignId run = signer.start(requestOf(fixture), events);
    QCOMPARE(events.prompts.size(), std::size_t(1));
    QVERIFY(events.prompts[0].kind == PromptKind::Password);
    QCOMPARE(events.prompts[0].run, run);
    QCOMPARE(keys.opened, 0);
    COMPARE_ERROR(signer.answer(events.prompts[0].id + 1, secret("right")), ErrorCode::NotFound);
    VERIFY_RESULT(signer.answer(events.prompts[0].id, secret("right")));
    QCOMPARE(events.closed.size(), std::size_t(1));
    QCOMPARE(events.done.size(), std::size_t(1));
    QVERIFY(events.failed.empty());
    QCOMPARE(keys.opened, 1);
    // The permission is used up.
    COMPARE_ERROR(signer.answer(events.prompts[0].id, secret("right")), ErrorCode::NotFound);
    signer.cancel(run);
    QVERIFY(events.failed.empty());

    Recorder wrong;
    signer.start(requestOf(fixture), wrong);
    VERIFY_RESULT(signer.answer(wrong.prompts[0].id, secret("wrong")));
    QCOMPARE(wrong.failed.size(), std::size_t(1));
    QVERIFY(wrong.failed[0].code == ErrorCode::WrongPassword);
    QVERIFY(wrong.done.empty());
}

void SoftwareSignerTest::asksForThePassphrase()
{
    base::SeededRandom random(7);
    const GateFixture fixture;
    FakeKeys keys;
    keys.rule = PassphraseRule::AskedWhenSigning;
    SoftwareSigner signer(keys, random);
    Recorder events;
    signer.start(requestOf(fixture), events);
    VERIFY_RESULT(signer.answer(events.prompts[0].id, secret("right")));
    QCOMPARE(events.prompts.size(), std::size_t(2));
    QVERIFY(events.prompts[1].kind == PromptKind::Passphrase);
    QVERIFY(events.done.empty());
    VERIFY_RESULT(signer.answer(events.prompts[1].id, secret("phrase")));
    QCOMPARE(events.done.size(), std::size_t(1));

    Recorder other;
    signer.start(requestOf(fixture), other);
    VERIFY_RESULT(signer.answer(other.prompts[0].id, secret("right")));
    VERIFY_RESULT(signer.answer(other.prompts[1].id, secret("typo")));
    QVERIFY(other.failed.at(0).code == ErrorCode::WrongWallet);
}

void SoftwareSignerTest::endsOnceWhenCancelled()
{
    base::SeededRandom random(8);
    const GateFixture fixture;
    FakeKeys keys;
    SoftwareSigner signer(keys, random);
    Recorder events;
    const SignId run = signer.start(requestOf(fixture), events);
    signer.cancel(run);
    signer.cancel(run);
    QCOMPARE(events.failed.size(), std::size_t(1));
    QVERIFY(events.failed[0].code == ErrorCode::Cancelled);
    QCOMPARE(events.closed.size(), std::size_t(1));
    COMPARE_ERROR(signer.answer(events.prompts[0].id, secret("right")), ErrorCode::NotFound);
    QCOMPARE(keys.opened, 0);
}

void SoftwareSignerTest::signsReplacements()
{
    base::SeededRandom random(9);
    GateFixture fixture(84);
    auto first = fixture.approve();
    VERIFY_RESULT(first);
    auto original = signApproved(first->approved, ChainFixture::root(), random);
    VERIFY_RESULT(original);
    finalise(original->psbt);
    auto transaction = extract(original->psbt);
    VERIFY_RESULT(transaction);
    fixture.wallet.see(std::make_shared<const Transaction>(*transaction), Origin::Own);
    const TransactionView* view = fixture.wallet.view.find(transaction->txid());
    QVERIFY(view && view->fee == fixture.built.fee);
}

QTEST_GUILESS_MAIN(SoftwareSignerTest)
#include "software_signer_test.moc"
