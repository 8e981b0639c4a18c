// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what counts depends on what is known, never on the order in which it came. Method: the
// fixture with its replacement, its reorganisation and its window growth inside a block, whose
// balances a real node computed; each view rule alone; and random graphs whose updates are
// shuffled.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "tests/core/bitcoin/wallet_fixture.h"

#include <functional>

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;

namespace {

/// A wallet with one account and the scripts of its first addresses.
struct Small
{
    Small()
    {
        for (std::uint32_t i = 0; i < 20; ++i)
            mine.push_back(*wallet.index.scriptAt({account, DescriptorRole::Receive, i}));
    }
    /// Shares the scripts: deriving them anew for each of many graphs would be most of the work.
    struct Wallet
    {
        TxGraph graph{chain().chain[0].hash};
        const ScriptIndex& index = sharedIndex();
        WalletView view() const { return WalletView::compute(graph, index); }
    };
    static const ScriptIndex& sharedIndex()
    {
        static const ScriptIndex index = chain().index();
        return index;
    }
    static const ChainFixture& chain()
    {
        static const ChainFixture fixture;
        return fixture;
    }
    void seen(const TransactionPointer& transaction, std::int64_t time,
              Origin origin = Origin::Foreign)
    {
        const auto changes = wallet.graph.seen(transaction, time, origin);
        ASSERT(changes);
    }
    void block(std::uint32_t height, std::uint32_t number,
               const std::vector<TransactionPointer>& transactions)
    {
        std::vector<BlockTransaction> inBlock;
        for (std::uint32_t i = 0; i < transactions.size(); ++i)
            inBlock.push_back({transactions[i], MerkleBranch{i + 1, {}}});
        const auto changes =
            wallet.graph.applyBlock(height, blockHash(number), height * 600, inBlock);
        ASSERT(changes);
    }
    void tip(std::uint32_t height)
    {
        const auto changes = wallet.graph.applyTip(height, blockHash(height));
        ASSERT(changes);
    }
    TransactionStatus status(const TransactionPointer& transaction) const
    {
        const WalletView view = wallet.view();
        const TransactionView* found = view.find(transaction->txid());
        ASSERT(found);
        return found->status;
    }

    AccountId account = accountId(84);
    Wallet wallet;
    std::vector<Script> mine;
};

/// Everything a view says, comparable.
std::string describe(const WalletView& view)
{
    std::string text = std::to_string(view.tipHeight());
    for (const TransactionView& entry : view.transactions()) {
        text += "\n" + entry.txid.toHex() + " " + std::to_string(static_cast<int>(entry.status)) +
                " " + std::to_string(entry.confirmations) + " " +
                std::to_string(entry.fee.value_or(-1));
        for (const AccountEffect& effect : entry.effects)
            text += " " + effect.account.toString() + std::to_string(effect.delta());
    }
    for (const Coin& coin : view.coins()) {
        text += "\n" + coin.point.toString() + " " + std::to_string(static_cast<int>(coin.status)) +
                " " + std::to_string(coin.output.amount) + " " +
                std::to_string(coin.unconfirmedAncestors);
    }
    return text;
}

} // namespace

class WalletViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void followsTheFixture();
    void followsTheStaleBranchAndBack();
    void growsTheWindowInsideABlock();
    void countsConfirmedBeforeUnconfirmed();
    void letsTheLatestReplacementWin();
    void bringsBackWhatAReorganisationUndid();
    void dropsEvictedPayments();
    void refusesDescendants();
    void refusesContradictoryTransactions();
    void neverRevivesACoinbase();
    void tellsPendingApart();
    void knowsFeesAndEffects();
    void survivesAbsurdAmounts();
    void saysWhatChanged();
    void doesNotDependOnOrder();
    void countsTenThousand();
};

void WalletViewTest::followsTheFixture()
{
    const ChainFixture& chain = Small::chain();
    WalletFixture wallet(chain);
    for (const FixtureBlock& block : chain.chain)
        wallet.apply(block);
    const WalletView view = wallet.view();
    const auto& expected = chain.json.at("expected");
    QCOMPARE(view.total().confirmed, std::int64_t(169894146));
    QCOMPARE(view.total().confirmed, satoshi(expected.at("balance_main").at("trusted")));
    QCOMPARE(view.total().total(), view.total().confirmed);
    QCOMPARE(view.total().spendable, view.total().confirmed);
    QCOMPARE(view.coins().size(), std::size_t(13));
    for (const auto& coin : expected.at("unspent")) {
        auto txid = Txid::parse(coin.at("txid").get<std::string>());
        VERIFY_RESULT(txid);
        const Coin* found = view.findCoin({*txid, coin.at("vout").get<std::uint32_t>()});
        QVERIFY(found);
        QCOMPARE(found->output.amount, satoshi(coin.at("amount")));
        QCOMPARE(found->confirmations, coin.at("confirmations").get<int>());
        QVERIFY(found->status == CoinStatus::Confirmed);
    }
    std::size_t inBlocks = 0;
    std::int64_t sum = 0;
    for (const auto& entry : expected.at("transactions")) {
        auto txid = Txid::parse(entry.at(0).get<std::string>());
        VERIFY_RESULT(txid);
        const TransactionView* found = view.find(*txid);
        if (entry.at(1).get<int>() < 0) {
            QVERIFY(!found); // The replaced payment: no block ever held it.
            continue;
        }
        ++inBlocks;
        QVERIFY(found && found->place);
        QCOMPARE(found->place->height, entry.at(1).get<std::uint32_t>());
        for (const AccountEffect& effect : found->effects)
            sum += effect.delta();
    }
    QCOMPARE(expected.at("transactions").size(), std::size_t(13));
    QCOMPARE(view.transactions().size(), inBlocks);
    QCOMPARE(sum, view.total().confirmed);
}

void WalletViewTest::followsTheStaleBranchAndBack()
{
    const ChainFixture& chain = Small::chain();
    WalletFixture wallet(chain);
    for (std::uint32_t height = 0; height <= chain.forkHeight; ++height)
        wallet.apply(chain.chain[height]);
    for (const FixtureBlock& block : chain.stale)
        wallet.apply(block);
    const WalletView stale = wallet.view();
    QCOMPARE(stale.total().confirmed, std::int64_t(214294146));

    wallet.graph.reorganised(chain.forkHeight);
    const WalletView between = wallet.view();
    auto lost = Txid::parse(chain.json.at("events").at("reorged_out_tx").get<std::string>());
    VERIFY_RESULT(lost);
    QVERIFY(between.find(*lost)->status == TransactionStatus::Unconfirmed);

    for (std::uint32_t height = chain.forkHeight + 1; height < chain.chain.size(); ++height)
        wallet.apply(chain.chain[height]);
    const WalletView view = wallet.view();
    QCOMPARE(view.total().confirmed, std::int64_t(169894146));
    QCOMPARE(view.total().total(), std::int64_t(169894146));
    QVERIFY(view.find(*lost)->status == TransactionStatus::Refused);
    auto winner =
        Txid::parse(chain.json.at("events").at("reorg_conflicting_tx").get<std::string>());
    VERIFY_RESULT(winner);
    QVERIFY(view.find(*winner)->status == TransactionStatus::Confirmed);

    // What a ledger would book: the sum of all changes is the balance.
    std::int64_t booked = 0;
    const WalletView none;
    const std::array<const WalletView*, 4> steps{&none, &stale, &between, &view};
    for (std::size_t i = 1; i < steps.size(); ++i) {
        for (const ViewChange& change : difference(*steps[i - 1], *steps[i])) {
            for (const AccountEffect& effect : change.effectsBefore)
                booked -= effect.delta();
            for (const AccountEffect& effect : change.effectsAfter)
                booked += effect.delta();
        }
    }
    QCOMPARE(booked, std::int64_t(169894146));
}

void WalletViewTest::growsTheWindowInsideABlock()
{
    const ChainFixture& chain = Small::chain();
    WalletFixture wallet(chain);
    for (std::uint32_t height = 0; height < 118; ++height)
        wallet.apply(chain.chain[height]);
    const auto before = wallet.index.state(accountId(86), DescriptorRole::Receive);
    VERIFY_RESULT(before);
    QVERIFY(before->lastUsed == 3U);
    auto scan = scanBlock(chain.chain[118].block, wallet.graph, wallet.index);
    VERIFY_RESULT(scan);
    const auto after = wallet.index.state(accountId(86), DescriptorRole::Receive);
    VERIFY_RESULT(after);
    QVERIFY(after->lastUsed == 38U);
    QVERIFY(!scan->added.empty());
    QVERIFY(std::find(scan->states.begin(), scan->states.end(), *after) != scan->states.end());
    std::size_t paid = 0;
    for (const BlockTransaction& entry : scan->transactions) {
        for (const TxOutput& output : entry.transaction->outputs) {
            const auto owner = wallet.index.lookup(output.script);
            if (owner && owner->account == accountId(86))
                ++paid;
        }
    }
    QCOMPARE(paid, std::size_t(2));
}

void WalletViewTest::countsConfirmedBeforeUnconfirmed()
{
    Small small;
    const auto confirmed = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto later = transaction({foreignPoint(1)}, {pay(900, small.mine[1])});
    small.seen(later, 999'999);
    small.block(5, 5, {confirmed});
    QVERIFY(small.status(confirmed) == TransactionStatus::Confirmed);
    QVERIFY(small.status(later) == TransactionStatus::Refused);
    QCOMPARE(small.wallet.view().total().total(), std::int64_t(1000));
}

void WalletViewTest::letsTheLatestReplacementWin()
{
    Small small;
    const auto first = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto second = transaction({foreignPoint(1)}, {pay(900, small.mine[0])});
    small.seen(first, 10);
    small.seen(second, 20);
    QVERIFY(small.status(first) == TransactionStatus::Refused);
    QVERIFY(small.status(second) == TransactionStatus::Unconfirmed);
    small.seen(first, 30); // Relayed again: the network holds this one.
    QVERIFY(small.status(first) == TransactionStatus::Unconfirmed);
    QVERIFY(small.status(second) == TransactionStatus::Refused);
}

void WalletViewTest::bringsBackWhatAReorganisationUndid()
{
    Small small;
    const auto paid = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    small.block(5, 5, {paid});
    small.wallet.graph.reorganised(4);
    QVERIFY(small.status(paid) == TransactionStatus::Unconfirmed);
    // Rule 2 before rule 3: what was seen unconfirmed beats what only a stale block held.
    const auto rival = transaction({foreignPoint(1)}, {pay(800, small.mine[0])});
    small.seen(rival, 10);
    QVERIFY(small.status(paid) == TransactionStatus::Refused);
    small.block(5, 105, {paid});
    QVERIFY(small.status(paid) == TransactionStatus::Confirmed);
    QVERIFY(small.status(rival) == TransactionStatus::Refused);
}

void WalletViewTest::dropsEvictedPayments()
{
    Small small;
    const auto paid = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    small.seen(paid, 10);
    VERIFY_RESULT(small.wallet.graph.evicted(paid->txid(), 10));
    QVERIFY(small.status(paid) == TransactionStatus::Evicted);
    QCOMPARE(small.wallet.view().total().total(), std::int64_t(0));
    small.seen(paid, 11);
    QVERIFY(small.status(paid) == TransactionStatus::Unconfirmed);
    VERIFY_RESULT(small.wallet.graph.evicted(paid->txid(), 12));
    // A child that is still relayed proves that its parent is.
    const auto child = transaction({{paid->txid(), 0}}, {pay(900, small.mine[1])});
    small.seen(child, 13);
    QVERIFY(small.status(paid) == TransactionStatus::Unconfirmed);
    QVERIFY(small.status(child) == TransactionStatus::Unconfirmed);
    // Evicted while its block was lost: stays out.
    Small other;
    other.block(5, 5, {paid});
    const std::int64_t blockMs = 5 * 600 * 1000; // As Small::block() dates it.
    VERIFY_RESULT(other.wallet.graph.evicted(paid->txid(), blockMs));
    QVERIFY(other.status(paid) == TransactionStatus::Confirmed);
    other.wallet.graph.reorganised(0);
    QVERIFY(other.status(paid) == TransactionStatus::Evicted);
    // Mined after it was given up: the block is newer news, also when it is lost.
    Small third;
    third.seen(paid, 10);
    VERIFY_RESULT(third.wallet.graph.evicted(paid->txid(), blockMs - 1));
    third.block(5, 5, {paid});
    third.wallet.graph.reorganised(0);
    QVERIFY(third.status(paid) == TransactionStatus::Unconfirmed);
}

void WalletViewTest::refusesDescendants()
{
    Small small;
    const auto parent = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto child = transaction({{parent->txid(), 0}}, {pay(900, small.mine[1])});
    const auto grandchild = transaction({{child->txid(), 0}}, {pay(800, small.mine[2])});
    const auto rival = transaction({foreignPoint(1)}, {pay(700, small.mine[3])});
    small.seen(parent, 1);
    small.seen(child, 2);
    small.seen(grandchild, 3);
    QCOMPARE(small.wallet.view().total().total(), std::int64_t(800));
    small.seen(rival, 4);
    for (const auto& gone : {parent, child, grandchild})
        QVERIFY(small.status(gone) == TransactionStatus::Refused);
    QCOMPARE(small.wallet.view().total().total(), std::int64_t(700));
    // A later child takes its whole branch with it.
    small.seen(grandchild, 5);
    QVERIFY(small.status(parent) == TransactionStatus::Unconfirmed);
    QVERIFY(small.status(rival) == TransactionStatus::Refused);
}

void WalletViewTest::refusesContradictoryTransactions()
{
    Small small;
    const auto parent = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto absurd =
        transaction({{parent->txid(), 0}, foreignPoint(1)}, {pay(1500, small.mine[1])});
    small.seen(parent, 1);
    small.seen(absurd, 2);
    QVERIFY(small.status(absurd) == TransactionStatus::Refused);
    QVERIFY(small.status(parent) == TransactionStatus::Unconfirmed);
    QCOMPARE(small.wallet.view().total().total(), std::int64_t(1000));
}

void WalletViewTest::neverRevivesACoinbase()
{
    Small small;
    Transaction made;
    TxInput input;
    input.previous = {Txid(), 0xffffffff};
    input.scriptSig = {1, 5, 5};
    made.inputs.push_back(input);
    made.outputs.push_back(pay(5'000'000'000, small.mine[0]));
    const auto coinbase = std::make_shared<const Transaction>(made);
    const auto spend = transaction({{coinbase->txid(), 0}}, {pay(4'000'000'000, small.mine[1])});
    small.block(5, 5, {coinbase});
    QCOMPARE(small.wallet.view().total().immature, std::int64_t(5'000'000'000));
    small.tip(103);
    QCOMPARE(small.wallet.view().total().spendable, std::int64_t(0));
    small.tip(104);
    QCOMPARE(small.wallet.view().total().spendable, std::int64_t(5'000'000'000));
    small.seen(spend, 1);
    QCOMPARE(small.wallet.view().total().pendingOwn, std::int64_t(4'000'000'000));
    small.wallet.graph.reorganised(4);
    QVERIFY(small.status(coinbase) == TransactionStatus::Refused);
    QVERIFY(small.status(spend) == TransactionStatus::Refused);
    QCOMPARE(small.wallet.view().total().total(), std::int64_t(0));
}

void WalletViewTest::tellsPendingApart()
{
    Small small;
    const auto funding = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto foreign = transaction({foreignPoint(2)}, {pay(500, small.mine[1])});
    const auto change =
        transaction({{funding->txid(), 0}}, {pay(300, foreignScript(1)), pay(600, small.mine[2])});
    const auto more = transaction({{change->txid(), 1}}, {pay(550, small.mine[3])});
    const auto onForeign = transaction({{foreign->txid(), 0}}, {pay(450, small.mine[4])});
    small.block(5, 5, {funding});
    small.seen(change, 1, Origin::Own);
    small.seen(more, 2, Origin::Own);
    small.seen(foreign, 3);
    Balance balance = small.wallet.view().balance(small.account);
    QCOMPARE(balance.confirmed, std::int64_t(0));
    QCOMPARE(balance.pendingOwn, std::int64_t(550));
    QCOMPARE(balance.pendingForeign, std::int64_t(500));
    QCOMPARE(balance.spendable, std::int64_t(550));
    // Our own spend of somebody else's unconfirmed coin can be cancelled with it.
    small.seen(onForeign, 4, Origin::Own);
    balance = small.wallet.view().balance(small.account);
    QCOMPARE(balance.pendingOwn, std::int64_t(550));
    QCOMPARE(balance.pendingForeign, std::int64_t(450));
    const WalletView view = small.wallet.view();
    QCOMPARE(view.findCoin({more->txid(), 0})->unconfirmedAncestors, 2);
    QCOMPARE(unconfirmedAncestorsOf(small.wallet.graph, view, more->txid()),
             std::vector<Txid>{change->txid()});
}

void WalletViewTest::knowsFeesAndEffects()
{
    Small small;
    auto other = small.wallet.index.scriptAt({accountId(86), DescriptorRole::Receive, 0});
    VERIFY_RESULT(other);
    const auto funding = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto payment =
        transaction({{funding->txid(), 0}},
                    {pay(300, foreignScript(1)), pay(200, *other), pay(450, small.mine[1])});
    small.block(5, 5, {funding});
    small.seen(payment, 7'000, Origin::Own);
    const WalletView view = small.wallet.view();
    const TransactionView* found = view.find(payment->txid());
    QVERIFY(found->fee == 50);
    QVERIFY(found->allInputsOurs);
    QVERIFY(found->paysOthers);
    QCOMPARE(found->effects.size(), std::size_t(2));
    QCOMPARE(found->effects[0].delta(), std::int64_t(-550)); // Account 84.
    QCOMPARE(found->effects[1].delta(), std::int64_t(200));
    QCOMPARE(found->timeMs(), std::int64_t(7'000));
    QCOMPARE(foreignOutputs(*payment, small.wallet.index).size(), std::size_t(1));
    const TransactionView* received = view.find(funding->txid());
    QVERIFY(!received->fee);
    QCOMPARE(received->timeMs(), std::int64_t(5 * 600 * 1000));
    // A foreign input becomes known: so does the fee.
    small.wallet.graph.addOutput(foreignPoint(1), pay(1200, foreignScript(9)));
    QVERIFY(small.wallet.view().find(funding->txid())->fee == 200);
    // Newest first, the unconfirmed on top.
    QVERIFY(view.transactions()[0].txid == payment->txid());
}

void WalletViewTest::survivesAbsurdAmounts()
{
    Small small;
    for (std::uint32_t i = 0; i < 6000; ++i)
        small.seen(transaction({foreignPoint(i)}, {pay(kMaxMoney, small.mine[0])}), i);
    const Balance balance = small.wallet.view().total();
    QVERIFY(balance.pendingForeign > 0);
    QCOMPARE(balance.spendable, std::int64_t(0));
}

void WalletViewTest::saysWhatChanged()
{
    Small small;
    const auto a = transaction({foreignPoint(1)}, {pay(1000, small.mine[0])});
    const auto b = transaction({foreignPoint(1)}, {pay(900, small.mine[1])});
    WalletView before = small.wallet.view();
    const auto step = [&] {
        WalletView after = small.wallet.view();
        auto changes = difference(before, after);
        before = std::move(after);
        return changes;
    };
    small.seen(a, 1);
    auto changes = step();
    QCOMPARE(changes.size(), std::size_t(1));
    QVERIFY(changes[0].kind == ViewChangeKind::Appeared);
    QVERIFY(changes[0].effectsBefore.empty());
    QCOMPARE(changes[0].effectsAfter[0].delta(), std::int64_t(1000));
    QVERIFY(step().empty());
    small.seen(b, 2);
    changes = step();
    QCOMPARE(changes.size(), std::size_t(2));
    QVERIFY(changes[0].kind == ViewChangeKind::Vanished && changes[0].txid == a->txid());
    QVERIFY(changes[0].after == TransactionStatus::Refused);
    QVERIFY(changes[1].kind == ViewChangeKind::Appeared && changes[1].txid == b->txid());
    small.block(5, 5, {b});
    changes = step();
    QVERIFY(changes.size() == 1 && changes[0].kind == ViewChangeKind::Confirmed);
    small.wallet.graph.reorganised(4);
    small.block(6, 106, {b});
    changes = step();
    QVERIFY(changes.size() == 1 && changes[0].kind == ViewChangeKind::Reanchored);
    small.wallet.graph.reorganised(4);
    changes = step();
    QVERIFY(changes.size() == 1 && changes[0].kind == ViewChangeKind::Unconfirmed);
    QVERIFY(changes[0].effectsBefore == changes[0].effectsAfter);
    VERIFY_RESULT(small.wallet.graph.evicted(b->txid(), 6 * 600 * 1000));
    changes = step();
    QCOMPARE(changes.size(), std::size_t(2)); // And its rival counts again.
    QVERIFY(changes[0].kind == ViewChangeKind::Vanished);
    QVERIFY(changes[1].kind == ViewChangeKind::Appeared && changes[1].txid == a->txid());
}

namespace {

using Update = std::function<void(Small&)>;

/// Spends foreign coins or outputs of earlier transactions, to us or to others.
TransactionPointer randomTransaction(std::uint32_t number, const Small& small,
                                     const std::vector<TransactionPointer>& made,
                                     base::Random& random)
{
    std::vector<OutPoint> inputs;
    for (std::uint64_t k = 0; k <= random.below(2); ++k) {
        if (!made.empty() && random.below(3) != 0) {
            const auto& parent = made[random.below(made.size())];
            inputs.push_back(
                {parent->txid(), static_cast<std::uint32_t>(random.below(parent->outputs.size()))});
        } else {
            inputs.push_back(foreignPoint(static_cast<std::uint32_t>(random.below(5))));
        }
    }
    if (inputs.size() == 2 && inputs[0] == inputs[1])
        inputs.pop_back();
    std::vector<TxOutput> outputs;
    for (std::int64_t k = 0; k <= static_cast<std::int64_t>(random.below(3)); ++k) {
        const auto index = static_cast<std::uint32_t>(random.below(10));
        outputs.push_back(pay(1000 + number * 10 + k,
                              random.below(2) ? small.mine[index] : foreignScript(index)));
    }
    return transaction(inputs, outputs);
}

/// In a block of the best chain, or of another: of that only the anchor stays.
Update anchored(const TransactionPointer& one, std::uint32_t height, std::uint32_t branch)
{
    return [=](Small& small) {
        ChangeSet changes;
        auto& facts = changes.transactions[one->txid()];
        facts.transaction = one;
        const auto position = static_cast<std::uint32_t>(one->outputs[0].amount % 7);
        facts.anchors.push_back({height, blockHash(height + branch),
                                 static_cast<std::int64_t>(height) * 600,
                                 MerkleBranch{position, {}}});
        if (branch == 0)
            changes.chain[height] = blockHash(height);
        const auto applied = small.wallet.graph.apply(changes);
        ASSERT(applied);
    };
}

/// Independent facts about one transaction: known, and perhaps seen, in a block, evicted.
void addUpdates(std::vector<Update>& updates, const TransactionPointer& one, base::Random& random)
{
    const Update know = [one](Small& small) {
        ChangeSet changes;
        changes.transactions[one->txid()].transaction = one;
        const auto applied = small.wallet.graph.apply(changes);
        ASSERT(applied);
    };
    updates.push_back(know);
    const auto kinds = random.below(8);
    const auto time = static_cast<std::int64_t>(random.below(50));
    if (kinds & 1)
        updates.push_back([one, time](Small& small) { small.seen(one, time); });
    if (kinds & 2)
        updates.push_back(anchored(one, static_cast<std::uint32_t>(1 + random.below(5)),
                                   random.below(2) ? 100 : 0));
    if (kinds == 7) {
        updates.push_back([one, time, know](Small& small) {
            know(small);
            const auto changes = small.wallet.graph.evicted(one->txid(), time);
            ASSERT(changes);
        });
    }
}

} // namespace

/// Random graphs with conflicts, blocks of two branches, times and evictions.
void WalletViewTest::doesNotDependOnOrder()
{
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        base::SeededRandom random(seed);
        Small reference;
        std::vector<TransactionPointer> made;
        std::vector<Update> updates;
        for (std::uint32_t i = 0; i < 14; ++i) {
            made.push_back(randomTransaction(i, reference, made, random));
            addUpdates(updates, made.back(), random);
        }
        for (const Update& update : updates)
            update(reference);
        const std::string expected = describe(reference.wallet.view());
        for (int order = 0; order < 4; ++order) {
            for (std::size_t i = updates.size(); i > 1; --i)
                std::swap(updates[i - 1], updates[random.below(i)]);
            Small shuffled;
            for (const Update& update : updates)
                update(shuffled);
            const std::string found = describe(shuffled.wallet.view());
            QVERIFY2(found == expected, qPrintable(QStringLiteral("seed %1\n%2\n---\n%3")
                                                       .arg(seed)
                                                       .arg(QString::fromStdString(expected))
                                                       .arg(QString::fromStdString(found))));
        }
    }
}

void WalletViewTest::countsTenThousand()
{
    Small small;
    std::vector<OutPoint> ours;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        std::vector<OutPoint> inputs{i % 2 == 1 ? ours[i - 1] : foreignPoint(i)};
        const auto one = transaction(
            inputs, {pay(10'000 - i / 2, small.mine[i % 20]), pay(50, foreignScript(i))});
        ours.push_back({one->txid(), 0});
        small.block(i + 1, i + 1, {one});
    }
    QCOMPARE(small.wallet.view().transactions().size(), std::size_t(10'000));
}

QTEST_GUILESS_MAIN(WalletViewTest)
#include "wallet_view_test.moc"
