// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what the window says of a PSBT is what the engine does with it, down to a transaction that
// the network takes. Method: the real window over the real engine and a real bitcoind, whose wallet
// is the other signer; nothing here is a double.

#include "core/engine/engine.h"
#include "tests/functional/psbt_requests.h"
#include "tests/functional/steps.h"
#include "tests/ui/open_window.h"
#include "ui/psbt/psbt_view.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/recipient_row.h"
#include "ui/send/send_page.h"
#include "ui/send/sign_view.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFuture>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>

using namespace coffer;
using namespace coffer::test;
using namespace Qt::StringLiterals;
using api::PsbtObstacle;
using base::Json;
using engine::Engine;

namespace {

constexpr int kWaitMs = 60'000; // A busy machine: scanning and Argon2id take their time.

/// The answer of an api call; fails the test when it is an error or does not come.
template <typename T>
T answerOf(QFuture<base::Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kWaitMs)) {
        QTest::qFail("no answer", __FILE__, __LINE__);
        return T();
    }
    return must(future.takeResult());
}

QByteArray bytesOf(const Json& base64)
{
    return QByteArray::fromBase64(QByteArray::fromStdString(base64.get<std::string>()));
}

} // namespace

class PsbtWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void makesSignsAndSendsOne();
    void signsTogetherWithAnother();
    void carriesOneToTheSignerAndBack();
    void saysWhatStandsInTheWay();

private:
    Json rpc(std::string_view method, Json params) { return must(m_node->rpc(method, params)); }
    void mine() { VERIFY_RESULT(m_node->mine(1, m_miner)); }
    QString payee() { return QString::fromStdString(must(m_node->newAddress())); }
    api::Api api() { return m_engine->api(); }
    api::AccountInfo account(const QString& wallet)
    {
        const auto all = api().accounts->snapshot(wallet).accounts;
        return all.empty() ? api::AccountInfo() : all.front();
    }
    /// A wallet with one coin of one bitcoin.
    void fund(const QString& wallet);
    void untilSpendable(const QString& wallet, std::int64_t satoshi);

    template <typename Widget>
    Widget* find(const char* name) const
    {
        auto* found = m_window->findChild<Widget*>(QString::fromLatin1(name));
        if (!found)
            qWarning("no widget %s", name);
        return found;
    }
    void press(const char* name) { find<QAbstractButton>(name)->click(); }
    bool isOpen(const char* name) const { return find<QPushButton>(name)->isEnabled(); }
    ui::SendPage* page();
    ui::PsbtView* view() { return page()->psbt(); }
    void switchTo(const QString& wallet);
    void bring(const QByteArray& psbt);
    void leave();
    void compose(const QString& to, const QString& amount);
    void sign();
    /// Sends it and returns the txid.
    std::string broadcast();
    /// The same bytes as a file, by way of the dialog.
    QByteArray saved();
    std::string jointPsbt();

    std::unique_ptr<RegtestNode> m_node;
    std::string m_miner;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ui::MainWindow> m_window;
};

void PsbtWindowTest::init()
{
    QTest::failOnWarning(anyWarning());
    m_node = must(RegtestNode::start());
    QVERIFY(m_node);
    m_miner = must(m_node->newAddress());
    VERIFY_RESULT(m_node->mine(110, m_miner));
    m_folder = std::make_unique<QTemporaryDir>();
    engine::EngineOptions options;
    options.dataDirectory = m_folder->filePath(u"data"_s);
    options.network = u"regtest"_s;
    options.bitcoinPeers = {m_node->peer()};
    options.keyDerivation = engine::EngineOptions::KeyDerivation::TestOnly;
    m_engine = must(Engine::start(options, Engine::Role::Window));
    QVERIFY(m_engine);
    api::CreateWallet request;
    request.name = u"Savings"_s;
    request.password = secret("correct");
    answerOf(api().wallets->create(std::move(request)));
    m_window = std::make_unique<ui::MainWindow>(api(), ui::WindowOptions{});
    m_window->show();
    fund(u"Savings"_s);
}

void PsbtWindowTest::cleanup()
{
    m_window.reset();
    m_engine.reset();
    m_node.reset();
    m_folder.reset();
}

void PsbtWindowTest::fund(const QString& wallet)
{
    QTRY_VERIFY_WITH_TIMEOUT(!account(wallet).id.isEmpty(), kWaitMs);
    const auto address = answerOf(api().accounts->newAddress(wallet, account(wallet).id));
    VERIFY_RESULT(m_node->send(address.address.toStdString(), "1"));
    mine();
    untilSpendable(wallet, 100'000'000);
}

void PsbtWindowTest::untilSpendable(const QString& wallet, std::int64_t satoshi)
{
    QTRY_VERIFY_WITH_TIMEOUT(account(wallet).balance &&
                                 account(wallet).balance->spendable == money::Amount(satoshi),
                             kWaitMs);
}

ui::SendPage* PsbtWindowTest::page()
{
    auto* wallet = m_window->shell()->walletView();
    if (wallet->currentId() != ui::PageId::Send)
        wallet->go({ui::PageId::Send, {}, {}, {}, {}});
    return qobject_cast<ui::SendPage*>(wallet->currentPage());
}

void PsbtWindowTest::switchTo(const QString& wallet)
{
    const QPointer<QWidget> before = m_window->shell()->walletView();
    Q_EMIT m_window->shell()->walletView()->walletChosen(wallet);
    QTRY_VERIFY(!before && m_window->shell()->walletView());
    QCOMPARE(m_window->session()->wallet(), wallet);
}

void PsbtWindowTest::bring(const QByteArray& psbt)
{
    m_window->shell()->walletView()->go({ui::PageId::Send,
                                         {},
                                         QString::fromLatin1(psbt.toBase64()),
                                         {},
                                         ui::Destination::Action::Psbt});
    QTRY_VERIFY_WITH_TIMEOUT(view()->isVisible() && !view()->isBusy(), kWaitMs);
}

void PsbtWindowTest::leave()
{
    press("psbt.back");
    if (auto* dialog = m_window->findChild<QDialog*>(u"close_psbt.dialog"_s))
        dialog->accept();
    QTRY_COMPARE(page()->step(), ui::SendPage::Step::Compose);
}

void PsbtWindowTest::compose(const QString& to, const QString& amount)
{
    page()->compose()->recipient(0)->setPayee(to);
    find<QLineEdit>("send.amount")->setText(amount);
    press("send.fee_custom");
    find<QLineEdit>("send.fee_rate")->setText(u"3"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page()->compose()->isComplete(), kWaitMs);
    press("send.continue");
    QTRY_VERIFY_WITH_TIMEOUT(view()->isVisible(), kWaitMs);
}

void PsbtWindowTest::sign()
{
    QVERIFY2(isOpen("psbt.sign"),
             qPrintable(find<QPushButton>("psbt.sign")->accessibleDescription()));
    press("psbt.sign");
    QTRY_COMPARE(page()->step(), ui::SendPage::Step::Sign);
    QTest::keyClicks(page()->signView()->passwordField(), u"correct"_s);
    press("sign.confirm");
    QTRY_VERIFY_WITH_TIMEOUT(page()->step() == ui::SendPage::Step::Review && !view()->isBusy(),
                             kWaitMs);
}

std::string PsbtWindowTest::broadcast()
{
    press("psbt.broadcast");
    if (!QTest::qWaitFor([&] { return page()->step() == ui::SendPage::Step::Sent; }, kWaitMs)) {
        QTest::qFail("not sent", __FILE__, __LINE__);
        return {};
    }
    for (auto* label : m_window->findChildren<QLabel*>(u"sent.txid"_s))
        return label->accessibleName().toStdString();
    return {};
}

QByteArray PsbtWindowTest::saved()
{
    press("psbt.save");
    auto* dialog = m_window->findChild<QFileDialog*>();
    const QString path = m_folder->filePath(u"saved.psbt"_s);
    Q_EMIT dialog->fileSelected(path);
    dialog->reject();
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One coin of ours and one of the node's wallet, to a third and back to both; they have signed.
std::string PsbtWindowTest::jointPsbt()
{
    const auto own =
        answerOf(api().accounts->coins(u"Savings"_s, account(u"Savings"_s).id)).front();
    const auto point = own.outpoint.split(u':');
    const auto ours = coin(point[0].toStdString(), point[1].toInt());
    const auto unspent = rpc("listunspent", Json::array({1, 9'999'999}));
    const auto* rich = &unspent[0];
    for (const auto& candidate : unspent) {
        if (candidate["amount"].get<double>() > 10)
            rich = &candidate;
    }
    const auto theirs = coin((*rich)["txid"], (*rich)["vout"]);
    const auto back = answerOf(api().accounts->newAddress(u"Savings"_s, account(u"Savings"_s).id));
    // 1 bitcoin of ours, 50 of theirs: 3 to a third, 0.4 back to us, 47.5999 back to them.
    const Json outputs =
        Json::array({pays(payee(), "3"), pays(back.address, "0.4"), pays(payee(), "47.5999")});
    const auto bare = rpc("createpsbt", Json::array({Json::array({ours, theirs}), outputs}));
    const auto processed = rpc("walletprocesspsbt", Json::array({bare, true, "ALL", true, false}));
    return processed["psbt"].get<std::string>();
}

void PsbtWindowTest::makesSignsAndSendsOne()
{
    page()->compose()->setAdvancedOpen();
    find<QCheckBox>("send.elsewhere")->setChecked(true);
    compose(payee(), u"0.25"_s);
    const auto file = saved();
    const auto decoded = rpc("decodepsbt", Json::array({std::string(file.toBase64())}));
    QCOMPARE(view()->info().fee,
             std::optional(money::Amount(qRound64(decoded["fee"].get<double>() * 1e8))));
    QCOMPARE(view()->info().leaving,
             std::optional(view()->info().fee->plus(money::Amount(25'000'000)).take()));
    QVERIFY(!isOpen("psbt.broadcast"));
    sign();
    QVERIFY(view()->info().complete);
    press("psbt.finalise");
    QTRY_VERIFY_WITH_TIMEOUT(!view()->isBusy() && !isOpen("psbt.finalise"), kWaitMs);
    const auto final = saved();
    const auto txid = broadcast();
    QTRY_VERIFY_WITH_TIMEOUT(m_node->rpc("getmempoolentry", Json::array({txid})), kWaitMs);
    mine();
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("sent.title")->text(), u"Payment confirmed"_s, kWaitMs);
    // Both files are known for what they are now.
    for (const auto& old : {file, final}) {
        bring(old);
        QCOMPARE(int(view()->info().signing), int(PsbtObstacle::Confirmed));
        QCOMPARE(int(view()->info().sending), int(PsbtObstacle::Confirmed));
        leave();
    }
}

void PsbtWindowTest::signsTogetherWithAnother()
{
    bring(bytesOf(jointPsbt()));
    const auto& info = view()->info();
    QCOMPARE(info.leaving, std::optional(money::Amount(60'000'000)));
    QCOMPARE(info.fee, std::optional(money::Amount(10'000)));
    QCOMPARE(find<QWidget>("psbt.input1_owner")->accessibleName(), u"yours"_s);
    QCOMPARE(find<QWidget>("psbt.input2_owner")->accessibleName(), u"somebody else's"_s);
    QCOMPARE(find<QWidget>("psbt.state")->accessibleName(), u"1 of 2 signatures"_s);
    for (auto* box : view()->findChildren<QCheckBox*>())
        box->setChecked(true);
    sign();
    QVERIFY(view()->info().complete);
    const auto txid = broadcast();
    QTRY_VERIFY_WITH_TIMEOUT(m_node->rpc("getmempoolentry", Json::array({txid})), kWaitMs);
    mine();
    untilSpendable(u"Savings"_s, 40'000'000);
}

void PsbtWindowTest::carriesOneToTheSignerAndBack()
{
    api::WatchWallet request;
    request.name = u"Watching"_s;
    request.password = secret("correct");
    request.descriptor = account(u"Savings"_s).descriptor;
    answerOf(api().wallets->watch(std::move(request)));
    switchTo(u"Watching"_s);
    untilSpendable(u"Watching"_s, 100'000'000);
    compose(payee(), u"0.25"_s);
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::WatchOnly));
    QVERIFY(!isOpen("psbt.sign"));
    const auto unsignedFile = saved();
    leave();
    switchTo(u"Savings"_s);
    bring(unsignedFile);
    sign();
    const auto signedFile = saved();
    leave();
    switchTo(u"Watching"_s);
    bring(signedFile);
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::Signed));
    const auto txid = broadcast();
    QTRY_VERIFY_WITH_TIMEOUT(m_node->rpc("getmempoolentry", Json::array({txid})), kWaitMs);
}

void PsbtWindowTest::saysWhatStandsInTheWay()
{
    const auto joint = bytesOf(jointPsbt());
    const auto own = answerOf(api().accounts->coins(u"Savings"_s, account(u"Savings"_s).id));
    const auto state = [&](api::CoinState wanted) {
        auto future = api().accounts->setCoinState(u"Savings"_s, own.front().outpoint, wanted);
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), kWaitMs);
        VERIFY_RESULT(future.takeResult());
    };
    const auto refused = [&](const QByteArray& psbt, base::ErrorCode code) {
        api::SignPsbt request;
        request.wallet = u"Savings"_s;
        request.psbt = psbt;
        request.password = secret("correct");
        for (const auto& finding : view()->info().findings)
            request.acknowledgedDangers << finding.rule;
        auto future = api().psbts->sign(std::move(request));
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), kWaitMs);
        const auto done = future.takeResult();
        COMPARE_ERROR(done, code);
    };
    state(api::CoinState::Frozen);
    bring(joint);
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::CoinFrozen));
    refused(joint, base::ErrorCode::Rejected);
    leave();
    state(api::CoinState::Free);

    // Theirs alone, and theirs that ours cannot prove.
    const Json half = Json::array({pays(payee(), "0.5")});
    const auto foreign =
        rpc("walletcreatefundedpsbt", Json::array({Json::array(), half, 0, member("fee_rate", 7)}));
    bring(bytesOf(foreign["psbt"]));
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::NothingOurs));
    refused(bytesOf(foreign["psbt"]), base::ErrorCode::Rejected);
    leave();
    const Json nowhere = Json::array({coin(std::string(64, 'a'), 0)});
    const auto bare = bytesOf(rpc("createpsbt", Json::array({nowhere, half})));
    bring(bare);
    QVERIFY(!view()->info().fee);
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::NothingOurs));
    leave();

    // The coin goes elsewhere.
    bring(joint);
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::None));
    leave();
    api::PaymentDraft draft;
    draft.wallet = u"Savings"_s;
    draft.account = account(u"Savings"_s).id;
    draft.recipients.push_back({payee(), std::nullopt});
    draft.feeRateMilliSatPerVb = 3000;
    const auto prepared = answerOf(api().payments->prepare(draft));
    bring(joint);
    QCOMPARE(int(view()->info().signing), int(PsbtObstacle::None)); // Only planned.
    api::ConfirmPayment yes;
    yes.wallet = draft.wallet;
    yes.intent = prepared.intent;
    yes.password = secret("correct");
    for (const auto& finding : prepared.findings)
        yes.acknowledgedDangers << finding.rule;
    answerOf(api().payments->confirm(std::move(yes)));
    // The page learns it by itself.
    QTRY_COMPARE_WITH_TIMEOUT(int(view()->info().signing), int(PsbtObstacle::CoinSpent), kWaitMs);
    refused(joint, base::ErrorCode::Conflict);
}

COFFER_UI_TEST_MAIN(PsbtWindowTest)
#include "psbt_window_test.moc"
