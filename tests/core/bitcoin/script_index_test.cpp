// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: every script up to the gap limit is watched, and using one moves the window. Method: the
// fixture's accounts, whose addresses a real node derived.

#include "core/bitcoin/address.h"
#include "tests/core/bitcoin/wallet_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::ErrorCode;

class ScriptIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void watchesAWindow();
    void growsWhenUsed();
    void revealsInOrder();
    void restoresWhatWasStored();
    void neverGoesBack();
    void refusesWhatItCannotWatch();
    void knowsScriptsOutsideTheWindow();
    void forgetsAnAccount();

private:
    ChainFixture m_chain;
};

void ScriptIndexTest::watchesAWindow()
{
    const ScriptIndex index = m_chain.index();
    QCOMPARE(index.size(), std::size_t(8 * 20));
    QCOMPARE(index.accounts().size(), std::size_t(4));
    for (const OwnedScript& owned : index.scripts()) {
        QVERIFY(index.lookup(owned.script) == owned.owner);
        auto again = index.scriptAt(owned.owner);
        VERIFY_RESULT(again);
        QCOMPARE(*again, owned.script);
    }
    QVERIFY(!index.lookup(foreignScript(1)));
    QVERIFY(!index.lookup({}));
    QCOMPARE(index.scripts(accountId(84)).size(), std::size_t(40));
    // BIP84's own example, with the test coin type.
    auto script = index.scriptAt({accountId(84), DescriptorRole::Receive, 0});
    VERIFY_RESULT(script);
    auto address = addressOf(*script, Network::Regtest);
    VERIFY_RESULT(address);
    QCOMPARE(QString::fromStdString(*address),
             QStringLiteral("bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk"));
}

void ScriptIndexTest::growsWhenUsed()
{
    ScriptIndex index = m_chain.index();
    const ScriptOwner owner{accountId(84), DescriptorRole::Receive, 15};
    auto script = index.scriptAt(owner);
    VERIFY_RESULT(script);
    auto added = index.markUsed(*script);
    VERIFY_RESULT(added);
    QCOMPARE(added->size(), std::size_t(16));
    QCOMPARE(added->front().owner.index, 20U);
    QCOMPARE(added->back().owner.index, 35U);
    QVERIFY(index.isUsed(owner));
    added = index.markUsed(*script);
    VERIFY_RESULT(added);
    QVERIFY(added->empty());
    // An earlier one does not shrink or grow anything.
    added = index.markUsed(ScriptOwner{accountId(84), DescriptorRole::Receive, 3});
    VERIFY_RESULT(added);
    QVERIFY(added->empty());
    added = index.markUsed(foreignScript(1));
    VERIFY_RESULT(added);
    QVERIFY(added->empty());
}

void ScriptIndexTest::revealsInOrder()
{
    ScriptIndex index = m_chain.index();
    const AccountId account = accountId(86);
    auto first = index.revealNext(account, DescriptorRole::Receive);
    VERIFY_RESULT(first);
    QCOMPARE(first->script.owner.index, 0U);
    QCOMPARE(first->added.size(), std::size_t(1));
    auto second = index.revealNext(account, DescriptorRole::Receive);
    VERIFY_RESULT(second);
    QCOMPARE(second->script.owner.index, 1U);
    // What was used without being handed out (a restore) is skipped.
    VERIFY_RESULT(index.markUsed(ScriptOwner{account, DescriptorRole::Receive, 7}));
    auto third = index.revealNext(account, DescriptorRole::Receive);
    VERIFY_RESULT(third);
    QCOMPARE(third->script.owner.index, 8U);
    auto change = index.nextUnused(account, DescriptorRole::Change);
    VERIFY_RESULT(change);
    QCOMPARE(change->owner.index, 0U);
    VERIFY_RESULT(index.markUsed(change->script));
    change = index.nextUnused(account, DescriptorRole::Change);
    VERIFY_RESULT(change);
    QCOMPARE(change->owner.index, 1U);
}

void ScriptIndexTest::restoresWhatWasStored()
{
    ScriptIndex first = m_chain.index();
    VERIFY_RESULT(first.markUsed(ScriptOwner{accountId(49), DescriptorRole::Change, 12}));
    VERIFY_RESULT(first.revealNext(accountId(44), DescriptorRole::Receive));
    ScriptIndex second = m_chain.index();
    for (const DescriptorState& state : first.states())
        VERIFY_RESULT(second.restore(state));
    QVERIFY(first.states() == second.states());
    QVERIFY(first.scripts() == second.scripts());
}

void ScriptIndexTest::neverGoesBack()
{
    ScriptIndex index = m_chain.index();
    VERIFY_RESULT(index.markUsed(ScriptOwner{accountId(84), DescriptorRole::Receive, 9}));
    auto added = index.restore({accountId(84), DescriptorRole::Receive, 2, std::nullopt});
    VERIFY_RESULT(added);
    QVERIFY(added->empty());
    auto state = index.state(accountId(84), DescriptorRole::Receive);
    VERIFY_RESULT(state);
    QVERIFY(state->lastUsed == 9U);
    auto wider = index.setLookahead(accountId(84), DescriptorRole::Receive, 100);
    VERIFY_RESULT(wider);
    QCOMPARE(wider->size(), std::size_t(80));
    wider = index.setLookahead(accountId(84), DescriptorRole::Receive, 30);
    VERIFY_RESULT(wider);
    QVERIFY(wider->empty());
}

void ScriptIndexTest::refusesWhatItCannotWatch()
{
    ScriptIndex index = m_chain.index();
    const auto known = index.descriptor(accountId(84), DescriptorRole::Receive);
    VERIFY_RESULT(known);
    const Descriptor descriptor = **known;
    COMPARE_ERROR(index.addDescriptor(accountId(84), DescriptorRole::Receive, descriptor),
                  ErrorCode::AlreadyExists);
    COMPARE_ERROR(index.addDescriptor(accountId(1), DescriptorRole::Receive, descriptor),
                  ErrorCode::AlreadyExists);
    COMPARE_ERROR(index.addDescriptor(accountId(1), DescriptorRole::Receive, descriptor, 0),
                  ErrorCode::OutOfRange);
    COMPARE_ERROR(index.addDescriptor(accountId(1), DescriptorRole::Receive, descriptor, 1001),
                  ErrorCode::OutOfRange);
    COMPARE_ERROR(index.revealNext(accountId(1), DescriptorRole::Receive), ErrorCode::NotFound);
    COMPARE_ERROR(index.restore({accountId(1), DescriptorRole::Receive, {}, {}}),
                  ErrorCode::NotFound);
    // A damaged record must not make us derive for hours.
    COMPARE_ERROR(index.restore({accountId(84), DescriptorRole::Receive, 0x7fffffff, {}}),
                  ErrorCode::OutOfRange);
}

void ScriptIndexTest::knowsScriptsOutsideTheWindow()
{
    const ScriptIndex index = m_chain.index();
    auto script = index.scriptAt({accountId(84), DescriptorRole::Receive, 500});
    VERIFY_RESULT(script);
    QVERIFY(!index.lookup(*script));
    QVERIFY(!index.isUsed({accountId(84), DescriptorRole::Receive, 500}));
}

void ScriptIndexTest::forgetsAnAccount()
{
    ScriptIndex index = m_chain.index();
    const auto all = index.size();
    const auto script = index.scriptAt({accountId(49), DescriptorRole::Receive, 0});
    const auto kept = index.scriptAt({accountId(84), DescriptorRole::Receive, 0});
    VERIFY_RESULT(script);
    VERIFY_RESULT(kept);
    const auto* descriptor = *index.descriptor(accountId(49), DescriptorRole::Receive);
    const auto copy = *descriptor;
    index.removeAccount(accountId(49));
    index.removeAccount(accountId(1)); // Unknown: nothing happens.
    QVERIFY(index.size() < all);
    QVERIFY(!index.lookup(*script));
    QVERIFY(index.lookup(*kept).has_value());
    COMPARE_ERROR(index.state(accountId(49), DescriptorRole::Receive), ErrorCode::NotFound);
    // It may come back, under another id too.
    VERIFY_RESULT(index.addDescriptor(accountId(2), DescriptorRole::Receive, copy));
    QVERIFY(index.lookup(*script)->account == accountId(2));
}

QTEST_GUILESS_MAIN(ScriptIndexTest)
#include "script_index_test.moc"
