// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what a wallet knows is the fold of its file: after every kind of event, closing and opening
// gives the same, a payment is made at most once, and the audit finds what was tampered with.
// Method: the fixture's chain and accounts in a real wallet file.

#include "core/base/hex.h"
#include "core/bitcoin/wallet/inclusion_audit.h"
#include "tests/core/engine/open_wallet.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using engine::WalletSession;
using ledger::ConfirmAction;
using ledger::IntentState;
using vault::RecordKind;

namespace {

std::optional<bitcoin::BlockHeader> trueHeader(std::uint32_t height)
{
    if (height >= fixture().chain.size())
        return std::nullopt;
    return fixture().chain[height].block.header;
}

bitcoin::InclusionAudit inclusions(const OpenWallet& wallet, const bitcoin::HeaderSource& headers)
{
    return bitcoin::auditInclusions(wallet.session->view(), wallet.session->graph(), headers);
}

base::Result<ConfirmAction> confirmOf(const OpenWallet& wallet, const base::Uuid& id)
{
    const auto* intent = wallet.session->intents().find(id);
    ASSERT(intent != nullptr);
    return ledger::confirmAction(*intent, wallet.session->intents().all(), 1'700'000'000'000);
}

} // namespace

class WalletSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void isTheFoldOfItsFile();
    void followsReorganisations();
    void branchesLeadToHeaders();
    void namesAnotherBlock();
    void namesATamperedBranch();
    void keepsAnIntentUntilItIsSigned();
    void aSignedPaymentIsNeverSignedAgain();
    void aCrashBehindTheSignatureLosesNothing();
    void aReorganisationTakesFinalBack();
    void anOlderFileWaitsForTheSync();
    void sealsTheNetworkLog();
    void neverWritesWhatDoesNotFold();
    void strangersSpendNothingOfOurs();
    void strangersDoNotFillTheFile();
    void growsTheWindowWithChange();
    void testsAgainWhatFiltersHid();
    void remembersOlderPayments();
    void goesOnBelowALostTip();
};

void WalletSessionTest::isTheFoldOfItsFile()
{
    OpenWallet wallet;
    QVERIFY(!wallet.session->completedTo());
    wallet.feedMain();
    QCOMPARE(wallet.total(), kMainTotal);
    QCOMPARE(wallet.session->view().coins().size(), 13U);
    wallet.verifyBooks();
    const auto entries = wallet.session->books().size();
    const auto root = wallet.session->audit().root;
    const auto address = wallet.session->revealAddress(accountId(84));
    VERIFY_RESULT(address);
    VERIFY_RESULT(wallet.session->setLabel({ledger::LabelKind::Address, "bcrt1q"}, "shop"));

    wallet.reopen();
    QCOMPARE(wallet.total(), kMainTotal);
    QCOMPARE(wallet.session->view().coins().size(), 13U);
    QCOMPARE(wallet.session->books().size(), entries);
    QVERIFY(wallet.session->audit().root == root);
    QCOMPARE(*wallet.session->completedTo(), std::int64_t(fixture().chain.back().height));
    const auto next = wallet.session->revealAddress(accountId(84));
    VERIFY_RESULT(next);
    QVERIFY(next->script.owner.index > address->script.owner.index);
    QCOMPARE(wallet.session->labels().find({ledger::LabelKind::Address, "bcrt1q"})->text,
             std::string("shop"));
    // The same blocks again say nothing new.
    wallet.feedMain();
    QCOMPARE(wallet.session->books().size(), entries);
}

void WalletSessionTest::followsReorganisations()
{
    OpenWallet wallet;
    const auto fork = fixture().forkHeight;
    wallet.feed(fixture().chain, 1, fork);
    wallet.feed(fixture().stale, fork + 1, 1'000);
    const auto& stale = fixture().stale.back();
    VERIFY_RESULT(wallet.session->scanCompleted(stale.height, stale.hash, api::Source::OneServer));
    QCOMPARE(wallet.total(), kStaleTotal);
    wallet.verifyBooks();
    // Blocks of another branch are refused until the reorganisation was told.
    const auto& other = fixture().chain[fork + 1];
    const auto early = wallet.session->applyBlock(other.height, other.block);
    QVERIFY(!early || !early->relevant);

    VERIFY_RESULT(wallet.session->reorganised(fork));
    wallet.verifyBooks();
    QVERIFY(*wallet.session->completedTo() <= std::int64_t(fork));
    wallet.reopen(); // In the middle of it.
    wallet.verifyBooks();
    wallet.feedMain(fork + 1);
    QCOMPARE(wallet.total(), kMainTotal);
    wallet.verifyBooks();
    const auto audit = inclusions(wallet, trueHeader);
    QVERIFY(audit.problems.empty());
    QVERIFY(audit.proved > 0);
}

void WalletSessionTest::branchesLeadToHeaders()
{
    OpenWallet wallet;
    wallet.feedMain();
    auto audit = inclusions(wallet, trueHeader);
    QCOMPARE(audit.proved, 12); // Of thirteen transactions one was lost to a conflict.
    QCOMPARE(audit.unproved, 0);
    QVERIFY(audit.problems.empty());
    // Chain data that is being fetched again is not a fault, and no proof either.
    audit = inclusions(wallet, [](std::uint32_t height) {
        return height < 115 ? std::nullopt : trueHeader(height);
    });
    QVERIFY(audit.unproved > 0 && audit.proved > 0);
    QCOMPARE(audit.unproved + audit.proved, 12);
    QVERIFY(audit.problems.empty());
}

void WalletSessionTest::namesAnotherBlock()
{
    OpenWallet wallet;
    wallet.feedMain();
    const auto& transaction = wallet.session->view().transactions().front();
    const auto height = transaction.place->height;
    const auto audit = inclusions(wallet, [&](std::uint32_t at) {
        auto header = trueHeader(at);
        if (at == height)
            header->merkleRoot[0] ^= 1; // Another block, then.
        return header;
    });
    QVERIFY(!audit.problems.empty());
    QVERIFY(audit.problems.front().find(transaction.txid.toHex()) != std::string::npos);
    QVERIFY(audit.problems.front().find("another block at height " + std::to_string(height)) !=
            std::string::npos);
}

void WalletSessionTest::namesATamperedBranch()
{
    OpenWallet honest;
    honest.feedMain();
    // Of a block with several transactions, so that there is a branch to change.
    std::optional<bitcoin::Txid> victim;
    for (const auto& transaction : honest.session->view().transactions()) {
        const auto* facts = honest.session->graph().find(transaction.txid);
        if (facts->anchors.size() == 1 && !facts->anchors[0].branch.hashes.empty())
            victim = transaction.txid;
    }
    QVERIFY(victim);
    for (const bool hash : {true, false}) {
        std::vector<vault::Record> records;
        for (const auto& seen : honest.records()) {
            const bool wanted =
                seen.kind == RecordKind::Transaction || seen.kind == RecordKind::ChainPoint ||
                seen.kind == RecordKind::Entry || seen.kind == RecordKind::ScriptState;
            if (!wanted)
                continue;
            vault::Record copy{seen.kind, seen.payload};
            if (seen.kind == RecordKind::Transaction) {
                auto facts = bitcoin::decodeTransactionRecord(seen.payload);
                VERIFY_RESULT(facts);
                if (facts->transaction->txid() == *victim) {
                    auto& branch = facts->anchors.at(0).branch;
                    if (hash)
                        branch.hashes[0][7] ^= 1;
                    else
                        branch.index ^= 1;
                    copy.payload = bitcoin::encodeTransactionRecord(*facts);
                }
            }
            records.push_back(std::move(copy));
        }
        const OpenWallet forged(std::move(records));
        forged.verifyBooks(); // The books alone do not show it.
        const auto audit = inclusions(forged, trueHeader);
        QCOMPARE(audit.problems.size(), 1U);
        QVERIFY(audit.problems.front().find(victim->toHex()) != std::string::npos);
        QVERIFY(audit.problems.front().find("Merkle branch") != std::string::npos);
        QCOMPARE(audit.proved, 11);
    }
}

void WalletSessionTest::keepsAnIntentUntilItIsSigned()
{
    OpenWallet wallet;
    wallet.feedMain();
    const Payment payment(wallet);
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    QVERIFY(!wallet.session->addIntent(payment.prepared)); // Once.
    wallet.reopen();
    const auto* stored = wallet.session->intents().find(payment.prepared.id);
    QVERIFY(stored != nullptr && *stored == payment.prepared);
    // The change address is handed out: no other payment gets it.
    const auto state =
        wallet.session->scripts().state(accountId(84), bitcoin::DescriptorRole::Change);
    VERIFY_RESULT(state);
    QCOMPARE(*state->lastRevealed, payment.changeIndex);
    const auto soft = wallet.session->unavailableCoins(ledger::Reservation::Soft);
    QVERIFY(soft.contains(payment.coin->point));
    QVERIFY(wallet.session->unavailableCoins(ledger::Reservation::Hard).empty());
    QCOMPARE(wallet.total(), kMainTotal); // Nothing moved.
    wallet.verifyBooks();
}

void WalletSessionTest::aSignedPaymentIsNeverSignedAgain()
{
    OpenWallet wallet;
    wallet.feedMain();
    const Payment payment(wallet);
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    QCOMPARE(*confirmOf(wallet, payment.prepared.id), ConfirmAction::Sign);
    VERIFY_RESULT(wallet.session->commitSigned(payment.signedIntent(wallet), payment.transaction,
                                               wallet.session->spendCounters()));
    for (int round = 0; round < 2; ++round) {
        QVERIFY(*confirmOf(wallet, payment.prepared.id) != ConfirmAction::Sign);
        QVERIFY(wallet.session->unavailableCoins(ledger::Reservation::Hard)
                    .contains(payment.coin->point));
        const auto* seen = wallet.session->view().find(payment.transaction->txid());
        QVERIFY(seen != nullptr && seen->status == bitcoin::TransactionStatus::Unconfirmed);
        QVERIFY(seen->origin == bitcoin::Origin::Own);
        QCOMPARE(wallet.total(), kMainTotal - payment.paid - payment.fee);
        QCOMPARE(wallet.session->labels()
                     .find({ledger::LabelKind::Transaction, payment.transaction->txid().toHex()})
                     ->text,
                 std::string("rent"));
        wallet.verifyBooks();
        wallet.reopen();
    }
}

void WalletSessionTest::aCrashBehindTheSignatureLosesNothing()
{
    // The signed bytes are in the file, the books are not: exactly between the two commits.
    OpenWallet wallet;
    wallet.feedMain();
    const Payment payment(wallet);
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    const auto entries = wallet.session->books().size();
    VERIFY_RESULT(wallet.session->updateIntent(payment.signedIntent(wallet)));
    wallet.reopen();
    QCOMPARE(*confirmOf(wallet, payment.prepared.id), ConfirmAction::SendAgain);
    const auto* seen = wallet.session->view().find(payment.transaction->txid());
    QVERIFY(seen != nullptr && seen->origin == bitcoin::Origin::Own);
    QCOMPARE(wallet.total(), kMainTotal - payment.paid - payment.fee);
    QVERIFY(wallet.session->books().size() > entries);
    wallet.verifyBooks();
    const auto after = wallet.session->books().size();
    wallet.reopen();
    QCOMPARE(wallet.session->books().size(), after); // Booked once.
}

void WalletSessionTest::aReorganisationTakesFinalBack()
{
    OpenWallet wallet;
    wallet.feedMain();
    const Payment payment(wallet);
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    VERIFY_RESULT(wallet.session->commitSigned(payment.signedIntent(wallet), payment.transaction,
                                               wallet.session->spendCounters()));
    const auto& tip = fixture().chain.back();
    bitcoin::Block block;
    block.header.previous = tip.hash;
    block.header.time = tip.block.header.time + 600;
    block.transactions = {tip.block.transactions.front(), *payment.transaction};
    VERIFY_RESULT(wallet.session->applyBlock(tip.height + 1, block));
    auto sixth = block.header;
    sixth.nonce = 6;
    VERIFY_RESULT(
        wallet.session->scanCompleted(tip.height + 6, sixth.hash(), api::Source::OwnNode));
    const auto state = [&] { return wallet.session->intents().find(payment.prepared.id)->state; };
    QVERIFY(state() == IntentState::Final);
    QVERIFY(wallet.session->unavailableCoins(ledger::Reservation::Hard).empty());

    // All six go: it waits again, holds its coin again, and has a next step.
    VERIFY_RESULT(wallet.session->reorganised(tip.height));
    for (int round = 0; round < 2; ++round) {
        QVERIFY(state() == IntentState::Broadcast || state() == IntentState::Signed);
        QVERIFY(ledger::nextAction(*wallet.session->intents().find(payment.prepared.id),
                                   wallet.folder.clock().utcMs()) != ledger::NextAction::None);
        QVERIFY(wallet.session->unavailableCoins(ledger::Reservation::Hard)
                    .contains(payment.coin->point));
        wallet.verifyBooks();
        wallet.reopen();
    }
}

void WalletSessionTest::anOlderFileWaitsForTheSync()
{
    OpenWallet wallet;
    wallet.feedMain();
    const Payment payment(wallet);
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    wallet.session.reset();
    wallet.file.reset();
    const auto older = fileBytes(wallet.folder.path());
    wallet.reopen();
    VERIFY_RESULT(wallet.session->commitSigned(payment.signedIntent(wallet), payment.transaction,
                                               wallet.session->spendCounters()));
    wallet.session.reset();
    wallet.file.reset();
    writeBytes(wallet.folder.path(), older);
    wallet.reopen();
    QVERIFY(wallet.file->openedAs() == vault::OpenedAs::Restored);
    QVERIFY(wallet.session->intents().find(payment.prepared.id)->state == IntentState::Unknown);
    COMPARE_ERROR(confirmOf(wallet, payment.prepared.id), ErrorCode::NotSynced);
    const auto& tip = fixture().chain.back();
    VERIFY_RESULT(wallet.session->scanCompleted(tip.height, tip.hash, api::Source::OwnNode));
    QVERIFY(wallet.file->openedAs() == vault::OpenedAs::Normal);
}

void WalletSessionTest::sealsTheNetworkLog()
{
    OpenWallet wallet;
    const auto request = [](std::uint64_t id, const QString& outcome) {
        return transport::OutboundRequest{id,
                                          1'700'000'000'000 + static_cast<std::int64_t>(id),
                                          QStringLiteral("bitcoin_sync"),
                                          QStringLiteral("203.0.113.7:8333"),
                                          QStringLiteral("direct"),
                                          QStringLiteral("ip"),
                                          outcome};
    };
    std::deque<transport::OutboundRequest> live{request(1, QStringLiteral("connected"))};
    VERIFY_RESULT(wallet.session->logRequests(live, 1));
    live[0].outcome = QStringLiteral("closed");
    live.push_back(request(2, QStringLiteral("connected")));
    VERIFY_RESULT(wallet.session->logRequests(live, 1));
    const auto before = wallet.file->commitNumber();
    VERIFY_RESULT(wallet.session->logRequests(live, 1));
    QCOMPARE(wallet.file->commitNumber(), before); // Nothing new, no commit.
    wallet.reopen();
    QCOMPARE(wallet.session->networkLog().rows().size(), 2U);
    const auto& first = wallet.session->networkLog().rows().begin()->second.request;
    QCOMPARE(first.outcome, QStringLiteral("closed"));
    QCOMPARE(first.host, QStringLiteral("203.0.113.7:8333"));

    // A rotation leaves out what a later row replaced.
    const auto count = [&] {
        const auto records = wallet.records();
        return std::ranges::count(records, RecordKind::NetworkLog, &SeenRecord::kind);
    };
    QCOMPARE(count(), 2);
    VERIFY_RESULT(wallet.file->rotate(wallet.key(), wallet.folder.wrappingKey(),
                                      wallet.session->rotationSelection()));
    QCOMPARE(count(), 1);
    wallet.reopen();
    QCOMPARE(wallet.session->networkLog().rows().size(), 2U);
    // Rows of a newer program are passed over.
    base::CborWriter newer;
    newer.beginArray(1);
    newer.uint(2);
    const std::vector<vault::Record> records{{RecordKind::NetworkLog, newer.take()}};
    VERIFY_RESULT(wallet.file->append(records));
    wallet.reopen();
    QCOMPARE(wallet.session->networkLog().rows().size(), 2U);
}

/// Every later unlock folds what was once written: a bad record would close the wallet for ever.
void WalletSessionTest::neverWritesWhatDoesNotFold()
{
    OpenWallet wallet;
    wallet.feedMain();
    auto named = account(84);
    named.id = accountId(201);
    named.name = std::string(300, 'x');
    QVERIFY(!wallet.session->addAccount(named));
    // The change branch of an account that is there, as another account's receive branch.
    auto doubled = account(84);
    doubled.id = accountId(202);
    std::swap(doubled.receive, doubled.change);
    QVERIFY(!wallet.session->addAccount(doubled));
    auto hardened = account(84);
    hardened.id = accountId(203);
    hardened.change.clear();
    hardened.receive.erase(hardened.receive.find('#'));
    hardened.receive.replace(hardened.receive.find("/*"), 2, "/*h");
    QVERIFY(!wallet.session->addAccount(hardened));

    Payment payment(wallet);
    payment.prepared.label = "rent\tmay";
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    QVERIFY(!wallet.session->commitSigned(payment.signedIntent(wallet), payment.transaction, {}));

    wallet.reopen();
    QCOMPARE(wallet.total(), kMainTotal);
    QCOMPARE(wallet.session->accounts().size(), std::size(kPurposes));
    QCOMPARE(wallet.session->intents().find(payment.prepared.id)->state, IntentState::Prepared);
    wallet.verifyBooks();
}

void WalletSessionTest::strangersSpendNothingOfOurs()
{
    OpenWallet wallet;
    wallet.feedMain();
    const Payment forged(wallet); // Right in everything but its signature.
    const auto told = wallet.session->seenUnconfirmed(forged.transaction);
    VERIFY_RESULT(told);
    QVERIFY(!told->relevant);
    QVERIFY(wallet.session->view().findCoin(forged.coin->point) != nullptr);
    QCOMPARE(wallet.total(), kMainTotal);
    wallet.reopen();
    QVERIFY(wallet.session->view().findCoin(forged.coin->point) != nullptr);
}

void WalletSessionTest::strangersDoNotFillTheFile()
{
    OpenWallet wallet;
    wallet.feedMain();
    const auto ours =
        wallet.session->scripts().scriptAt({accountId(84), bitcoin::DescriptorRole::Receive, 0});
    VERIFY_RESULT(ours);
    int taken = 0;
    for (std::uint32_t i = 0; i < 520; ++i) {
        bitcoin::Transaction gift;
        gift.version = 2;
        gift.inputs.push_back({{bitcoin::Txid(), i}, {}, 0xfffffffd, {}});
        gift.outputs.push_back({1'000, *ours});
        const auto told = wallet.session->seenUnconfirmed(
            std::make_shared<const bitcoin::Transaction>(std::move(gift)));
        VERIFY_RESULT(told);
        taken += told->relevant ? 1 : 0;
    }
    QCOMPARE(taken, 500);
}

/// Change far from the last used index must be watched, or the payment is never seen to confirm.
void WalletSessionTest::growsTheWindowWithChange()
{
    OpenWallet wallet;
    wallet.feedMain();
    std::set<std::uint32_t> grown;
    std::uint32_t last = 0;
    for (std::uint8_t i = 0; i < 30; ++i) {
        Payment payment(wallet);
        payment.prepared.id = accountId(static_cast<std::uint8_t>(100 + i));
        VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
        last = payment.changeIndex;
        for (const auto& script : wallet.session->takeGrown())
            grown.insert(script.owner.index);
    }
    QVERIFY(grown.contains(last));
}

void WalletSessionTest::testsAgainWhatFiltersHid()
{
    OpenWallet wallet;
    wallet.feedMain();
    VERIFY_RESULT(wallet.session->filtersReplaced(101));
    for (const bool again : {false, true}) {
        if (again)
            wallet.reopen(); // Not believed after a crash either.
        QCOMPARE(*wallet.session->completedTo(), std::int64_t(100));
        QCOMPARE(wallet.session->scan(accountId(84))->testedTo, std::int64_t(100));
        QCOMPARE(wallet.total(), kMainTotal); // What was found stays found.
    }
}

void WalletSessionTest::remembersOlderPayments()
{
    OpenWallet wallet;
    QVERIFY(!wallet.session->hasOlderPayments());
    VERIFY_RESULT(wallet.session->markOlderPayments());
    const auto records = wallet.records().size();
    VERIFY_RESULT(wallet.session->markOlderPayments());
    QCOMPARE(wallet.records().size(), records);
    wallet.reopen();
    QVERIFY(wallet.session->hasOlderPayments());
    VERIFY_RESULT(wallet.session->rescanFrom(0));
    QVERIFY(!wallet.session->hasOlderPayments());
    wallet.reopen();
    QVERIFY(!wallet.session->hasOlderPayments());
}

/// Without a point in between, the loss of the newest block alone would cost a scan from the last
/// payment on.
void WalletSessionTest::goesOnBelowALostTip()
{
    OpenWallet wallet;
    wallet.feedMain();
    const auto tip = fixture().chain.back().height;
    const auto& below = fixture().chain[tip - 3];
    VERIFY_RESULT(wallet.session->saveProgress(std::pair(below.height, below.hash)));
    wallet.reopen();
    QVERIFY(wallet.session->graph().chain().contains(below.height, below.hash));
    QCOMPARE(wallet.session->graph().chain().tipHeight(), tip);
}

QTEST_GUILESS_MAIN(WalletSessionTest)
#include "wallet_session_test.moc"
