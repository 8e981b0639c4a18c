// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: the models keep Qt's contract while their rows change. Method: QAbstractItemModelTester on
// each of them, with payments, blocks, freezing and labels happening under it.
#include "tests/ui/open_window.h"
#include "ui/models/address_model.h"
#include "ui/models/coin_model.h"
#include "ui/models/history_model.h"
#include "ui/models/node_models.h"

#include <QAbstractItemModelTester>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

class ModelsTest : public QObject
{
    Q_OBJECT

private:
    using Tester = QAbstractItemModelTester;
    std::unique_ptr<test::FakeApi> m_fake;
    std::unique_ptr<Session> m_session;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(test::anyWarning());
        m_fake = std::make_unique<test::FakeApi>();
        m_fake->addSampleWallet(u"Savings"_s);
        m_fake->unlock(u"Savings"_s);
        m_session = std::make_unique<Session>(m_fake->api());
        m_session->setWallet(u"Savings"_s);
    }

    void cleanup()
    {
        m_session.reset();
        m_fake.reset();
    }

    void historyFollowsPaymentsAndBlocks()
    {
        HistoryModel model(*m_session, 0);
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.refresh();
        QTRY_VERIFY(model.rowCount() > 10);
        const int before = model.rowCount();
        const QString txid = m_fake->receive(u"Savings"_s, u"account-1"_s, 5'000);
        QTRY_COMPARE(model.rowCount(), before + 1);
        QCOMPARE(model.row(0).txid, txid);
        QVERIFY(model.startsDay(0));
        m_fake->mineBlock();
        QTRY_COMPARE(model.row(0).confirmations, 1);
        model.setSearch(u"Alice"_s);
        QTRY_COMPARE(model.rowCount(), 3);
        model.setSearch({});
        QTRY_COMPARE(model.rowCount(), before + 1);
    }

    void historyFetchesPageByPage()
    {
        for (int i = 0; i < 250; ++i)
            m_fake->receive(u"Savings"_s, u"account-1"_s, 1'000 + i);
        HistoryModel model(*m_session, 0);
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        tester.setUseFetchMore(false); // Or it fetches by itself.
        model.refresh();
        QTRY_COMPARE(model.rowCount(), 100);
        QTRY_VERIFY(model.canFetchMore({})); // Once a refresh on the way is through.
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 200);
        QTRY_VERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 264);
        QVERIFY(!model.canFetchMore({}));
    }

    void aLabelGoesToTheEngine()
    {
        HistoryModel model(*m_session, 0);
        model.refresh();
        QTRY_VERIFY(model.rowCount() > 0);
        QVERIFY(model.setData(model.index(0, 0), u"New text"_s, Qt::EditRole));
        QCOMPARE(m_fake->state().wallet(u"Savings"_s)->rows[0].label, u"New text"_s);
    }

    void coinsCanBeChosenUnlessFrozen()
    {
        CoinModel model(*m_session, CoinModel::Use::Choosing);
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setAccount(u"account-1"_s);
        QTRY_COMPARE(model.rowCount(), 6);
        QVERIFY(model.setData(model.index(0, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.chosen().size(), 1);
        QCOMPARE(model.chosenSum(), model.coin(0).amount);
        for (int i = 0; i < model.rowCount(); ++i)
            if (model.coin(i).frozen) {
                model.setData(model.index(i, 0), Qt::Checked, Qt::CheckStateRole);
                QVERIFY(!model.chosen().contains(model.coin(i).outpoint));
            }
    }

    void addressesPeersAndLog()
    {
        AddressModel addresses(*m_session);
        PeerModel peers(*m_session);
        NetworkLogModel log(*m_session);
        Tester first(&addresses, Tester::FailureReportingMode::QtTest);
        Tester second(&peers, Tester::FailureReportingMode::QtTest);
        Tester third(&log, Tester::FailureReportingMode::QtTest);
        addresses.setAccount(u"account-1"_s);
        log.refresh();
        QTRY_COMPARE(addresses.rowCount(), 9);
        QTRY_COMPARE(log.rowCount(), 5);
        QCOMPARE(peers.rowCount(), 4);
        m_fake->state().node.peers.erase(m_fake->state().node.peers.begin() + 1);
        std::swap(m_fake->state().node.peers[0], m_fake->state().node.peers[2]);
        m_fake->node().publish();
        QTRY_COMPARE(peers.rowCount(), 3);
    }

    void hiddenAmountsAreNotInTheModel()
    {
        HistoryModel model(*m_session, 0);
        model.refresh();
        QTRY_VERIFY(model.rowCount() > 0);
        m_session->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.discreet = true; });
        for (int i = 0; i < model.rowCount(); ++i)
            QVERIFY(model.sentence(i).contains(u"••••"_s));
    }
};

COFFER_UI_TEST_MAIN(ModelsTest)
#include "models_test.moc"
