// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Renders every page in both schemes and both languages into PNG files, to be looked at.
// Usage: ui_screenshots FOLDER [NAME-PART] [SCHEME-LANGUAGE]; QT_SCALE_FACTOR for other scales,
// COFFER_TEXT_PERCENT for larger text, COFFER_MIRRORED=1 for right to left.
#include "tests/ui/open_window.h"
#include "ui/models/history_model.h"
#include "ui/pages/amount_filter.h"
#include "ui/pages/movement_list.h"
#include "ui/scan/scan_sheet.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/words_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/recipient_row.h"
#include "ui/send/send_page.h"
#include "ui/send/sign_view.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/jobs_popover.h"
#include "ui/shell/notification_centre.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/sync_pill.h"
#include "ui/start/create_flow.h"
#include "ui/start/start_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/qr_view.h"

#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>

using namespace coffer;
using namespace coffer::ui;
using coffer::test::settle;
using namespace Qt::StringLiterals;

namespace {

QString folder;
QString part;
QString suffix;

bool wanted(const QString& name)
{
    return part.isEmpty() || name.contains(part);
}

void save(QWidget* widget, const QString& name)
{
    settle();
    widget->grab().save(folder + u'/' + name + u'-' + suffix + u".png"_s);
}

/// A popup drawn where it would be over its window.
void saveOver(QWidget* window, QWidget* popup, const QString& name)
{
    settle();
    QPixmap picture = window->grab();
    QPainter painter(&picture);
    const QPoint at = popup->isWindow() ? popup->pos() - window->pos() : popup->pos();
    painter.drawPixmap(at, popup->grab());
    painter.end();
    picture.save(folder + u'/' + name + u'-' + suffix + u".png"_s);
}

void prepare(test::FakeApi& fake, SchemeChoice scheme, const QString& language)
{
    fake.state().settings.language = language;
    if (const int percent = qEnvironmentVariableIntValue("COFFER_TEXT_PERCENT"); percent > 0)
        fake.state().settings.fontPercent = percent;
    fake.state().settings.theme =
        scheme == SchemeChoice::Dark ? api::Theme::Dark : api::Theme::Light;
}

void start(SchemeChoice scheme, const QString& language)
{
    if (!wanted(u"start"_s))
        return;
    test::FakeApi fake;
    prepare(fake, scheme, language);
    MainWindow window(fake.api(), {});
    window.show();
    save(&window, u"start-choice"_s);
    auto* page = window.shell()->startPage();
    page->showCreate();
    QTest::keyClicks(window.findChild<PassphraseEdit*>(u"create.password"_s),
                     u"correct horse batt"_s);
    save(&window, u"start-create"_s);
    QTest::keyClicks(window.findChild<PassphraseEdit*>(u"create.repeat"_s),
                     u"correct horse batt"_s);
    window.findChild<QPushButton*>(u"create.create"_s)->click();
    settle();
    save(&window, u"start-words-covered"_s);
    window.findChild<QPushButton*>(u"create.reveal"_s)->click();
    save(&window, u"start-words"_s);
    window.findChild<QPushButton*>(u"create.written"_s)->click();
    QTest::keyClicks(window.findChild<WordsEdit*>(u"create.answer1"_s), u"ab"_s);
    save(&window, u"start-quiz"_s);
    test::FakeApi second;
    prepare(second, scheme, language);
    MainWindow other(second.api(), {});
    other.show();
    other.shell()->startPage()->showRestore();
    QTest::keyClicks(other.findChild<WordsEdit*>(u"restore.words"_s),
                     u"legal winner thank year wave sausage worth us"_s);
    save(&other, u"start-restore"_s);
    other.shell()->startPage()->showChoice();
    other.shell()->startPage()->showWatch();
    save(&other, u"start-watch"_s);
    other.shell()->startPage()->showOpenFile(u"/media/stick/Savings-2026-11-02.coffer"_s);
    QTest::keyClicks(other.findChild<PassphraseEdit*>(u"open.password"_s), u"not this one"_s);
    other.findChild<QPushButton*>(u"open.open"_s)->click();
    save(&other, u"start-open"_s);
    other.shell()->startPage()->showChoice();
    other.shell()->startPage()->showRestore();
    auto* words = other.findChild<WordsEdit*>(u"restore.words"_s);
    for (int i = 0; i < 11; ++i)
        QTest::keyClicks(words, u"abandon "_s);
    QTest::keyClicks(words, u"about"_s);
    for (const QString& field : {u"restore.password"_s, u"restore.repeat"_s})
        QTest::keyClicks(other.findChild<PassphraseEdit*>(field), u"correct horse batt"_s);
    second.state().phraseLanguages = {u"english"_s, u"french"_s};
    other.findChild<QPushButton*>(u"restore.start"_s)->click();
    save(&other, u"start-language"_s);
    test::FakeApi third;
    prepare(third, scheme, language);
    third.state().latencyMs = 0;
    MainWindow last(third.api(), {});
    last.show();
    last.shell()->startPage()->showCreate();
    QTest::keyClicks(last.findChild<PassphraseEdit*>(u"create.password"_s), u"pw"_s);
    QTest::keyClicks(last.findChild<PassphraseEdit*>(u"create.repeat"_s), u"pw"_s);
    last.findChild<QPushButton*>(u"create.create"_s)->click();
    settle();
    last.findChild<QPushButton*>(u"create.later"_s)->click();
    save(&last, u"start-done"_s);
}

void unlock(SchemeChoice scheme, const QString& language)
{
    if (!wanted(u"unlock"_s))
        return;
    test::FakeApi fake;
    fake.addSampleWallet(u"Savings"_s);
    prepare(fake, scheme, language);
    MainWindow window(fake.api(), {});
    window.show();
    save(&window, u"unlock"_s);
    QTest::keyClicks(window.findChild<PassphraseEdit*>(u"unlock.password"_s), u"nonsense"_s);
    QTest::keyClick(window.findChild<PassphraseEdit*>(u"unlock.password"_s), Qt::Key_Return);
    save(&window, u"unlock-wrong"_s);
}

void pages(MainWindow& window, test::FakeApi& fake)
{
    auto* view = window.shell()->walletView();
    const auto page = [&](PageId id, const QString& name) {
        if (!wanted(name))
            return;
        view->go({id, {}, {}, {}, {}});
        save(&window, name);
    };
    page(PageId::Overview, u"overview"_s);
    page(PageId::Accounts, u"accounts"_s);
    page(PageId::Receive, u"receive"_s);
    page(PageId::Activity, u"activity"_s);
    page(PageId::Network, u"network"_s);
    page(PageId::Settings, u"settings"_s);
    if (wanted(u"account-"_s)) {
        view->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        auto* tabs = window.findChild<QTabWidget*>(u"account.tabs"_s);
        const QStringList names{u"account-activity"_s, u"account-coins"_s, u"account-addresses"_s,
                                u"account-details"_s};
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            save(&window, names[i]);
        }
        view->go({PageId::Accounts, {}, u"add"_s, {}, {}});
        save(&window, u"account-add"_s);
    }
    if (wanted(u"activity-drawer"_s)) {
        view->go({PageId::Activity, {}, {}, fake.state().wallet(u"Savings"_s)->rows[0].txid, {}});
        save(&window, u"activity-drawer"_s);
    }
    if (wanted(u"network-log"_s)) {
        view->go({PageId::Network, {}, u"log"_s, {}, {}});
        save(&window, u"network-log"_s);
    }
}

void send(MainWindow& window, test::FakeApi& fake)
{
    if (!wanted(u"send"_s))
        return;
    auto* view = window.shell()->walletView();
    view->go({PageId::Send, {}, {}, {}, {}});
    auto* page = qobject_cast<SendPage*>(view->currentPage());
    save(&window, u"send-empty"_s);
    page->compose()->recipient(0)->setPayee(fake.lookAlikeAddress());
    settle(300);
    window.findChild<QLineEdit*>(u"send.amount"_s)->setText(u"0.0125"_s);
    settle(400); // The estimate comes after a pause in typing.
    save(&window, u"send-compose"_s);
    page->compose()->setAdvancedOpen();
    save(&window, u"send-advanced"_s);
    window.findChild<QPushButton*>(u"send.continue"_s)->click();
    save(&window, u"send-review"_s);
    window.findChild<QAbstractButton*>(u"review.acknowledge1"_s)->click();
    window.findChild<QPushButton*>(u"review.sign"_s)->click();
    settle();
    QTest::keyClicks(page->signView()->passwordField(), u"correct"_s);
    save(&window, u"send-sign"_s);
    window.findChild<QPushButton*>(u"sign.confirm"_s)->click();
    save(&window, u"send-sent"_s);
}

/// A watch-only wallet makes one.
void psbtMade(MainWindow& window, test::FakeApi& fake)
{
    auto* page = qobject_cast<SendPage*>(window.shell()->walletView()->currentPage());
    for (auto& account : fake.state().wallet(u"Savings"_s)->accounts)
        account.watchOnly = true;
    fake.state().wallet(u"Savings"_s)->info.watchOnly = true;
    fake.publish(u"Savings"_s);
    window.resize(1180, 760);
    page->compose()->recipient(0)->setPayee(fake.strangerAddress());
    settle(300);
    window.findChild<QLineEdit*>(u"send.amount"_s)->setText(u"0.0125"_s);
    settle(400);
    save(&window, u"psbt-watching"_s);
    window.findChild<QPushButton*>(u"send.continue"_s)->click();
    save(&window, u"psbt-made"_s);
}

/// A PSBT in the states that look different.
void psbts(SchemeChoice scheme, const QString& language)
{
    if (!wanted(u"psbt"_s))
        return;
    test::FakeApi fake;
    fake.addSampleWallet(u"Savings"_s);
    fake.unlock(u"Savings"_s);
    prepare(fake, scheme, language);
    MainWindow window(fake.api(), {});
    window.resize(1180, 860);
    window.show();
    auto* view = window.shell()->walletView();
    using Signed = test::FakePsbts::Signed;
    const auto open = [&](const QString& kind, Signed by) {
        const auto bytes = test::FakePsbts::sample(kind, by);
        view->go({PageId::Send,
                  {},
                  QString::fromLatin1(bytes.toBase64()),
                  {},
                  Destination::Action::Psbt});
        settle();
    };
    const auto close = [&] { window.findChild<QPushButton*>(u"psbt.back"_s)->click(); };
    open(u"joint"_s, Signed::Others);
    save(&window, u"psbt-joint"_s);
    close();
    open(u"danger"_s, Signed::Nobody);
    save(&window, u"psbt-danger"_s);
    window.findChild<QAbstractButton*>(u"psbt.acknowledge1"_s)->click();
    window.findChild<QPushButton*>(u"psbt.sign"_s)->click();
    settle();
    auto* page = qobject_cast<SendPage*>(view->currentPage());
    QTest::keyClicks(page->signView()->passwordField(), u"correct"_s);
    save(&window, u"psbt-sign"_s);
    window.findChild<QPushButton*>(u"sign.confirm"_s)->click();
    settle();
    save(&window, u"psbt-signed"_s);
    window.findChild<QPushButton*>(u"psbt.code"_s)->click();
    settle();
    auto* code = window.findChild<QDialog*>(u"psbt_code"_s);
    save(code, u"psbt-code"_s);
    code->accept();
    window.findChild<QPushButton*>(u"psbt.copy"_s)->click(); // So that it closes unasked.
    close();
    for (const QString& kind : {u"foreign"_s, u"unproved"_s, u"lie"_s, u"mined"_s}) {
        open(kind, kind == u"mined"_s ? Signed::All : Signed::Nobody);
        save(&window, u"psbt-"_s + kind);
        close();
    }
    open(u"othernet"_s, Signed::Nobody);
    save(&window, u"psbt-error"_s);
    window.resize(900, 600);
    open(u"joint"_s, Signed::Nobody);
    save(&window, u"psbt-small"_s);
    close();
    view->scan()->openSheet();
    view->scan()->readText(QString::fromLatin1(test::FakePsbts::sample(u"own"_s).toBase64()));
    save(view->scan(), u"psbt-scan"_s);
    view->scan()->reject();
    psbtMade(window, fake);
}

/// What a page says when something is missing or hidden.
void states(SchemeChoice scheme, const QString& language)
{
    if (!wanted(u"state"_s))
        return;
    test::FakeApi fake;
    fake.addSampleWallet(u"Savings"_s);
    fake.unlock(u"Savings"_s);
    prepare(fake, scheme, language);
    MainWindow window(fake.api(), {});
    window.show();
    auto* view = window.shell()->walletView();
    view->go({PageId::Activity, {}, u"no such thing"_s, {}, {}});
    save(&window, u"state-activity-none"_s);
    fake.state().node.stage = api::NodeStage::Scanning;
    fake.state().node.progressPermille = 830;
    fake.state().peersThatTake = 0;
    fake.node().publish();
    view->go({PageId::Receive, {}, {}, {}, {}});
    save(&window, u"state-receive-syncing"_s);
    window.session()->changeSettings(
        [](api::SettingsSnapshot& settings) { settings.discreet = true; });
    view->go({PageId::Send, {}, {}, {}, {}});
    auto* page = qobject_cast<SendPage*>(view->currentPage());
    page->compose()->recipient(0)->setPayee(fake.strangerAddress());
    settle(300);
    window.findChild<QPushButton*>(u"send.max"_s)->click();
    window.findChild<QPushButton*>(u"send.continue"_s)->click();
    save(&window, u"state-review-discreet"_s);
    window.findChild<QPushButton*>(u"review.reveal"_s)->click();
    save(&window, u"state-review-left"_s);
    window.findChild<QPushButton*>(u"review.sign"_s)->click();
    settle();
    QTest::keyClicks(page->signView()->passwordField(), u"correct"_s);
    window.findChild<QPushButton*>(u"sign.confirm"_s)->click();
    save(&window, u"state-sent-waiting"_s);
}

/// Sheets and states that need a few steps: several codes, the large code, amounts, news, table.
void steppedSheets(MainWindow& window, test::FakeApi& fake)
{
    auto* view = window.shell()->walletView();
    QImage two(1300, 500, QImage::Format_RGB32);
    two.fill(Qt::white);
    {
        QPainter painter(&two);
        for (int i = 0; i < 2; ++i) {
            QrView code;
            code.setContent(i == 0 ? fake.strangerAddress() : fake.knownAddress(), {});
            painter.drawImage(QPoint(40 + 650 * i, 40), code.image(8));
        }
    }
    view->scan()->openSheet();
    view->scan()->readImage(two);
    settle(400);
    save(view->scan(), u"extra-scan-several"_s);
    view->scan()->reject();
    view->go({PageId::Receive, {}, {}, {}, {}});
    settle();
    window.findChild<QToolButton*>(u"receive.enlarge"_s)->click();
    auto* code = window.findChild<QDialog*>(u"code.dialog"_s);
    save(code, u"extra-enlarged"_s);
    code->reject();
    view->go({PageId::Activity, {}, {}, {}, {}});
    window.findChild<AmountFilter*>(u"activity.filter_amount"_s)->showPopup();
    QTest::keyClicks(window.findChild<QLineEdit*>(u"activity.filter_amount.at_least"_s), u"0.01"_s);
    saveOver(&window, window.findChild<QWidget*>(u"activity.filter_amount.popover"_s),
             u"extra-amounts"_s);
    window.findChild<QPushButton*>(u"activity.filter_amount.any"_s)->click();
    auto* list = window.findChild<QListView*>(u"activity.list"_s);
    settle();
    list->verticalScrollBar()->setValue(200);
    fake.receive(u"Savings"_s, u"account-1"_s, 125'000);
    settle(400);
    save(&window, u"extra-news"_s);
    view->go({PageId::Overview, {}, {}, {}, {}});
    window.findChild<QToolButton*>(u"overview.as_table"_s)->setChecked(true);
    save(&window, u"extra-table"_s);
    window.findChild<QToolButton*>(u"overview.as_table"_s)->setChecked(false);
}

void extras(MainWindow& window, test::FakeApi& fake)
{
    auto* view = window.shell()->walletView();
    if (wanted(u"extra"_s)) {
        view->go({PageId::Overview, {}, {}, {}, {}});
        view->openCommands();
        saveOver(&window, view->commandPalette(), u"extra-commands"_s);
        view->commandPalette()->hide();
        fake.receive(u"Savings"_s, u"account-1"_s, 1'250'000);
        settle();
        view->notifications()->openBelow(view->header()->bell());
        saveOver(&window, view->notifications(), u"extra-notifications"_s);
        view->notifications()->hide();
        fake.state().node.stage = api::NodeStage::Scanning;
        fake.state().node.progressPermille = 830;
        fake.state().node.secondsLeft = 720;
        fake.state().node.height = 764'120;
        fake.state().node.blocksPerSecond = 412;
        fake.node().publish();
        settle();
        view->jobs()->openBelow(view->header()->syncPill());
        saveOver(&window, view->jobs(), u"extra-jobs"_s);
        view->jobs()->hide();
        view->scan()->openSheet();
        save(view->scan(), u"extra-scan"_s);
        view->scan()->readText(
            u"bitcoin:%1?amount=0.0125&label=Coffee"_s.arg(fake.strangerAddress()));
        save(view->scan(), u"extra-scan-result"_s);
        steppedSheets(window, fake);
        view->shortcutSheet()->open();
        save(view->shortcutSheet(), u"extra-shortcuts"_s);
        view->shortcutSheet()->reject();
        fake.state().node.offline = true;
        fake.node().publish();
        view->offerLink(u"bitcoin:x"_s);
        view->warnOfLock(12);
        save(&window, u"extra-banners"_s);
        view->warnOfLock(0);
    }
    if (wanted(u"discreet"_s)) {
        window.session()->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.discreet = true; });
        view->go({PageId::Overview, {}, {}, {}, {}});
        save(&window, u"discreet-overview"_s);
    }
}

/// The smallest window.
void small(MainWindow& window, test::FakeApi& fake)
{
    if (!wanted(u"small"_s))
        return;
    const QSize usual = window.size();
    window.resize(900, 600);
    auto* view = window.shell()->walletView();
    const std::vector<std::pair<PageId, QString>> pages{
        {PageId::Overview, u"small-overview"_s}, {PageId::Send, u"small-send"_s},
        {PageId::Receive, u"small-receive"_s},   {PageId::Activity, u"small-activity"_s},
        {PageId::Network, u"small-network"_s},   {PageId::Settings, u"small-settings"_s}};
    for (const auto& [id, name] : pages) {
        view->go({id, {}, {}, {}, {}});
        save(&window, name);
    }
    view->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
    save(&window, u"small-account"_s);
    view->go({PageId::Activity, {}, {}, fake.state().wallet(u"Savings"_s)->rows[0].txid, {}});
    save(&window, u"small-drawer"_s);
    window.resize(usual);
}

/// What Settings opens, each over its page.
void dialogs(MainWindow& window, test::FakeApi& fake)
{
    if (!wanted(u"dialog"_s))
        return;
    window.shell()->walletView()->go({PageId::Settings, {}, u"wallet"_s, {}, {}});
    save(&window, u"dialog-settings-wallet"_s);
    const auto shoot = [&](const QString& button, const QString& dialog, const QString& name) {
        window.findChild<QPushButton*>(button)->click();
        settle();
        auto* shown = window.findChild<QDialog*>(dialog);
        save(shown, name);
        shown->reject();
        settle();
    };
    shoot(u"settings.rename_wallet"_s, u"rename_wallet.dialog"_s, u"dialog-rename"_s);
    fake.state().wallet(u"Savings"_s)->info.backedUp = false;
    fake.publish(u"Savings"_s);
    settle();
    shoot(u"settings.delete_wallet"_s, u"delete_wallet.dialog"_s, u"dialog-delete"_s);
    fake.state().wallet(u"Savings"_s)->info.backedUp = true;
    fake.state().policy.perDay = money::Amount(50'000'000);
    fake.state().policy.spent = money::Amount(1'250'000);
    fake.state().policy.left = money::Amount(48'750'000);
    fake.state().policy.allowedPayees = {fake.knownAddress()};
    shoot(u"settings.limits"_s, u"limits.dialog"_s, u"dialog-limits"_s);
    shoot(u"settings.rehearse"_s, u"rehearse.dialog"_s, u"dialog-rehearse"_s);
    window.findChild<QPushButton*>(u"settings.rehearse"_s)->click();
    settle();
    auto* words = window.findChild<WordsEdit*>(u"rehearse.words"_s);
    for (int i = 0; i < 11; ++i)
        QTest::keyClicks(words, u"abandon "_s);
    QTest::keyClicks(words, u"about"_s);
    window.findChild<QPushButton*>(u"rehearse.action"_s)->click();
    settle();
    save(window.findChild<QDialog*>(u"rehearse.dialog"_s), u"dialog-rehearsed"_s);
    window.findChild<QDialog*>(u"rehearse.dialog"_s)->reject();
}

void emptyWallet(SchemeChoice scheme, const QString& language)
{
    if (!wanted(u"empty"_s))
        return;
    test::FakeApi fake(u"regtest"_s);
    prepare(fake, scheme, language);
    api::CreateWallet request;
    request.name = u"New"_s;
    request.password = test::secret("pw");
    fake.api().wallets->create(std::move(request));
    MainWindow window(fake.api(), {});
    window.show();
    save(&window, u"empty-overview"_s);
    auto* view = window.shell()->walletView();
    view->go({PageId::Activity, {}, {}, {}, {}});
    save(&window, u"empty-activity"_s);
    view->go({PageId::Receive, {}, {}, {}, {}});
    save(&window, u"empty-receive"_s);
    window.resize(900, 600);
    view->go({PageId::Send, {}, {}, {}, {}});
    save(&window, u"empty-small-send"_s);
    view->go({PageId::Overview, {}, {}, {}, {}});
    save(&window, u"empty-small-overview"_s);
}

void everything(SchemeChoice scheme, const QString& language)
{
    suffix = (scheme == SchemeChoice::Dark ? u"dark-"_s : u"light-"_s) + language;
    start(scheme, language);
    unlock(scheme, language);
    emptyWallet(scheme, language);
    states(scheme, language);
    psbts(scheme, language);
    test::FakeApi fake;
    fake.addSampleWallet(u"Savings"_s);
    fake.unlock(u"Savings"_s);
    prepare(fake, scheme, language);
    MainWindow window(fake.api(), {});
    window.show();
    settle();
    pages(window, fake);
    small(window, fake);
    dialogs(window, fake);
    send(window, fake);
    extras(window, fake);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    setUpApplication(application);
    if (qEnvironmentVariableIntValue("COFFER_MIRRORED") != 0)
        QApplication::setLayoutDirection(Qt::RightToLeft);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : u"screenshots"_s;
    part = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    const QString only = argc > 3 ? QString::fromLocal8Bit(argv[3]) : QString();
    QDir().mkpath(folder);
    for (const QString& language : {u"en"_s, u"zh_CN"_s})
        for (const SchemeChoice scheme : {SchemeChoice::Light, SchemeChoice::Dark}) {
            const QString name =
                (scheme == SchemeChoice::Dark ? u"dark-"_s : u"light-"_s) + language;
            if (only.isEmpty() || name.contains(only))
                everything(scheme, language);
        }
    return 0;
}
