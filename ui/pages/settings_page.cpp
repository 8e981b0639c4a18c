// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings_page.h"

#include "ui/async.h"
#include "ui/dialogs/backup_dialogs.h"
#include "ui/dialogs/change_password_dialog.h"
#include "ui/dialogs/limits_dialog.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/dialogs/rehearse_dialog.h"
#include "ui/dialogs/wallet_dialogs.h"
#include "ui/dialogs/words_dialog.h"
#include "ui/pages/setting_row.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// 5 when delivered; what "changed" is measured against.
const api::SettingsSnapshot& delivered()
{
    static const api::SettingsSnapshot settings;
    return settings;
}

} // namespace

std::vector<std::pair<QString, QString>> SettingsPage::sections()
{
    return {{u"general"_s, tr("General")},
            {u"security"_s, tr("Security")},
            {u"backup"_s, tr("Backup")},
            {u"wallet"_s, tr("Wallet")},
            {u"network"_s, tr("Network and privacy")},
            {u"accessibility"_s, tr("Accessibility")},
            {u"about"_s, tr("About")}};
}

SettingsPage::SettingsPage(Session& session, QWidget* parent)
    : Page(session, u"settings"_s, tr("Settings"), Body::Scrolling, parent)
    , m_search(new SearchField)
{
    identify(m_search, named(u"search"_s), tr("Search settings"));
    m_search->setPlaceholderText(tr("Search settings   Ctrl+F"));
    titleRow()->addWidget(m_search);
    buildGeneral();
    buildSecurity();
    buildBackup();
    buildWallet();
    buildNetwork();
    buildAccessibility();
    buildAbout();
    m_none = new EmptyState(u"search"_s, tr("No setting fits this search."));
    auto* clear = m_none->addButton(tr("Clear the search"), named(u"clear_search"_s));
    connect(clear, &QPushButton::clicked, m_search, &QLineEdit::clear);
    m_none->hide();
    body()->addWidget(m_none);
    body()->addStretch(1);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
    connect(&session, &Session::settingsChanged, this, &SettingsPage::refresh);
    refresh();
}

SettingsPage::Section& SettingsPage::addSection(const QString& id)
{
    auto section = std::make_unique<Section>();
    section->id = id;
    section->card = new Card;
    section->card->column()->setSpacing(8);
    for (const auto& [known, title] : sections())
        if (known == id)
            section->card->column()->addWidget(new TextLabel(title, FontRole::Section));
    body()->addWidget(section->card);
    m_sections.push_back(std::move(section));
    return *m_sections.back();
}

SettingRow* SettingsPage::addRow(Section& section, const QString& title, const QString& text,
                                 QWidget* control)
{
    auto* row = new SettingRow(title, text, control);
    section.card->column()->addWidget(row);
    section.rows.push_back(row);
    return row;
}

QComboBox*
SettingsPage::addChoice(Section& section, const QString& name, const QString& title,
                        const QString& text,
                        const std::vector<std::pair<QString, QVariant>>& choices,
                        const std::function<QVariant(const api::SettingsSnapshot&)>& read,
                        const std::function<void(api::SettingsSnapshot&, const QVariant&)>& write)
{
    auto* combo = new QComboBox;
    identify(combo, named(name), title);
    for (const auto& [label, value] : choices)
        combo->addItem(label, value);
    combo->setMinimumWidth(190);
    auto* row = addRow(section, title, text, combo);
    const auto set = [this, write](const QVariant& value) {
        session().changeSettings([&](api::SettingsSnapshot& settings) { write(settings, value); });
    };
    connect(combo, &QComboBox::activated, this, [combo, set] { set(combo->currentData()); });
    connect(row->resetButton(), &QPushButton::clicked, this,
            [set, read] { set(read(delivered())); });
    m_refreshers.push_back([this, combo, row, read] {
        const QVariant value = read(session().settings());
        combo->setCurrentIndex(std::max(0, combo->findData(value)));
        row->setState(value == read(delivered()) ? SettingRow::State::AsDelivered
                                                 : SettingRow::State::Changed);
    });
    return combo;
}

void SettingsPage::addSwitch(Section& section, const QString& name, const QString& title,
                             const QString& text, bool api::SettingsSnapshot::*member)
{
    auto* box = new QCheckBox;
    setSwitch(box);
    identify(box, named(name), title);
    auto* row = addRow(section, title, text, box);
    const auto set = [this, member](bool on) {
        if (session().settings().*member != on)
            session().changeSettings(
                [member, on](api::SettingsSnapshot& settings) { settings.*member = on; });
    };
    connect(box, &QCheckBox::toggled, this, set);
    connect(row->resetButton(), &QPushButton::clicked, this,
            [set, member] { set(delivered().*member); });
    m_refreshers.push_back([this, box, row, member] {
        const bool on = session().settings().*member;
        box->setChecked(on);
        row->setState(on == delivered().*member ? SettingRow::State::AsDelivered
                                                : SettingRow::State::Changed);
    });
}

void SettingsPage::addAction(Section& section, const QString& name, const QString& title,
                             const QString& text, const QString& action,
                             const std::function<void()>& run)
{
    auto* button = new QPushButton(action);
    identify(button, named(name), QString(action).remove(u'&'));
    connect(button, &QPushButton::clicked, this, run);
    addRow(section, title, text, button);
}

void SettingsPage::buildGeneral()
{
    Section& section = addSection(u"general"_s);
    addChoice(
        section, u"language"_s, tr("Language"), tr("Applies at once."),
        {{tr("System language"), QString()}, {u"English"_s, u"en"_s}, {u"简体中文"_s, u"zh_CN"_s}},
        [](const api::SettingsSnapshot& settings) { return QVariant(settings.language); },
        [](api::SettingsSnapshot& settings, const QVariant& value) {
            settings.language = value.toString();
        });
    addChoice(
        section, u"theme"_s, tr("Theme"), {},
        {{tr("System theme"), int(api::Theme::System)},
         {tr("Light"), int(api::Theme::Light)},
         {tr("Dark"), int(api::Theme::Dark)}},
        [](const api::SettingsSnapshot& settings) { return QVariant(int(settings.theme)); },
        [](api::SettingsSnapshot& settings, const QVariant& value) {
            settings.theme = api::Theme(value.toInt());
        });
    addChoice(
        section, u"unit"_s, tr("Unit"), tr("1 bitcoin is 100,000,000 satoshi."),
        {{tr("Bitcoin (BTC)"), u"BTC"_s}, {tr("Satoshi (sat)"), u"sat"_s}},
        [](const api::SettingsSnapshot& settings) { return QVariant(settings.unit); },
        [](api::SettingsSnapshot& settings, const QVariant& value) {
            settings.unit = value.toString();
        });
    addSwitch(section, u"notifications"_s, tr("Notifications"),
              tr("The desktop tells of payments that come in. The bell in the window always does."),
              &api::SettingsSnapshot::notifications);
}

void SettingsPage::buildSecurity()
{
    Section& section = addSection(u"security"_s);
    std::vector<std::pair<QString, QVariant>> minutes;
    for (const int value : {1, 2, 5, 10, 15, 30, 60})
        minutes.emplace_back(tr("after %n minute(s)", nullptr, value), value);
    minutes.emplace_back(tr("never (not recommended)"), 0);
    addChoice(
        section, u"auto_lock"_s, tr("Lock when idle"),
        tr("The wallet also locks when the screen locks or the computer sleeps."), minutes,
        [](const api::SettingsSnapshot& settings) { return QVariant(settings.autoLockMinutes); },
        [](api::SettingsSnapshot& settings, const QVariant& value) {
            settings.autoLockMinutes = value.toInt();
        });
    addSwitch(section, u"lock_minimised"_s, tr("Lock when minimised"),
              tr("As soon as the window is put away."), &api::SettingsSnapshot::lockWhenMinimised);
    addSwitch(section, u"discreet"_s, tr("Hide amounts"),
              tr("In the window, its title and in notifications. Ctrl+Shift+H."),
              &api::SettingsSnapshot::discreet);
    addAction(section, u"change_password"_s, tr("Password"),
              tr("Changing it wraps every key anew."), tr("&Change…"),
              [this] { (new ChangePasswordDialog(session(), this))->open(); });
    const auto wallet = session().walletInfo();
    if (!wallet || !wallet->watchOnly)
        addAction(section, u"limits"_s, tr("Limits"),
                  tr("The most that may leave at once and in a day, and who may be paid."),
                  tr("&Limits…"), [this] { (new LimitsDialog(session(), this))->open(); });
}

void SettingsPage::buildWallet()
{
    Section& section = addSection(u"wallet"_s);
    addAction(section, u"rename_wallet"_s, tr("Name"), tr("Of this wallet and of its file."),
              tr("&Rename…"), [this] { openRenameWalletDialog(session(), this); });
    addAction(section, u"delete_wallet"_s, tr("Delete this wallet"),
              tr("Removes its file from this computer for good. The words or a backup bring it "
                 "back, nothing else does."),
              tr("&Delete…"), [this] { openDeleteWalletDialog(session(), this); });
}

void SettingsPage::buildBackup()
{
    Section& section = addSection(u"backup"_s);
    const auto wallet = session().walletInfo();
    if (!wallet || !wallet->watchOnly)
        addAction(section, u"words"_s, tr("Recovery words"),
                  tr("Show them, write them down, and let Coffer check three of them."),
                  tr("&Show…"), [this] { showWords(); });
    if (!wallet || !wallet->watchOnly)
        addRehearsal(section);
    addAction(
        section, u"backup_file"_s, tr("Backup file"),
        tr("A copy of this wallet with its accounts and labels, under a password of its own."),
        tr("&Back up…"), [this] { openBackupDialog(session(), this); });
    addAction(section, u"verify_backup"_s, tr("Check a backup"),
              tr("Opens the file as a restore would, and says what is in it."), tr("Chec&k…"),
              [this] { openVerifyBackupDialog(session(), this); });
}

void SettingsPage::addRehearsal(Section& section)
{
    auto* button = new QPushButton(tr("R&ehearse…"));
    identify(button, named(u"rehearse"_s), tr("Rehearse"));
    connect(button, &QPushButton::clicked, this,
            [this] { (new RehearseDialog(session(), this))->open(); });
    auto* when = new TextLabel(QString(), FontRole::Body, Tone::Dim);
    when->setObjectName(named(u"rehearsed"_s));
    auto* control = new QWidget;
    control->setObjectName(named(u"rehearsal"_s));
    auto* row = new QHBoxLayout(control);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(when);
    row->addWidget(button);
    control->setFocusProxy(button);
    addRow(section, tr("Rehearse a restore"),
           tr("Type the words in again: Coffer proves that they bring this wallet back."), control);
    const auto refreshTime = [this, when] {
        const auto wallet = session().walletInfo();
        when->setText(
            wallet && wallet->rehearsedAtMs > 0
                ? tr("last: %1")
                      .arg(dayText(wallet->rehearsedAtMs, QDateTime::currentMSecsSinceEpoch()))
                : tr("never yet"));
    };
    connect(&session(), &Session::walletsChanged, when, refreshTime);
    m_refreshers.push_back(refreshTime);
}

void SettingsPage::showWords()
{
    auto* dialog = new PasswordDialog(
        tr("Recovery words"),
        tr("Make sure that nobody looks at your screen, and that it is not being shared."),
        tr("&Continue"), u"words_password"_s,
        [this](PasswordDialog& self, base::SecretBytes password) {
            QPointer<PasswordDialog> open(&self);
            consume<api::Words>(
                &self,
                session().api().wallets->revealWords(session().wallet(), std::move(password)),
                [this, open](base::Result<api::Words> result) {
                    if (!open)
                        return;
                    if (!result) {
                        open->showError(result.error());
                        return;
                    }
                    open->accept();
                    (new WordsDialog(session(), result.take(), this))->open();
                });
        },
        this);
    dialog->open();
}

void SettingsPage::buildNetwork()
{
    Section& section = addSection(u"network"_s);
    auto* proxy = new QLineEdit;
    identify(proxy, named(u"proxy"_s), tr("Proxy"));
    proxy->setPlaceholderText(u"socks5://127.0.0.1:9050"_s);
    proxy->setMinimumWidth(240);
    addRow(section, tr("Proxy"),
           tr("For Tor: socks5://127.0.0.1:9050. Empty: direct. Nothing goes around it."), proxy);
    connect(proxy, &QLineEdit::editingFinished, this, [this, proxy] {
        const QString text = proxy->text().trimmed();
        static const QRegularExpression shape(u"^(socks5h?://[^\\s:/]+:[0-9]{1,5})?$"_s);
        const bool good = shape.match(text).hasMatch();
        proxy->setProperty("wrong", !good);
        proxy->update();
        if (!good)
            message()->show(MessageKind::Danger,
                            tr("Write the proxy as socks5://host:port. Nothing was changed."));
        else if (text != session().settings().proxy)
            session().changeSettings(
                [text](api::SettingsSnapshot& settings) { settings.proxy = text; });
        if (good)
            message()->hide();
    });
    m_refreshers.push_back([this, proxy] {
        if (!proxy->hasFocus())
            proxy->setText(session().settings().proxy);
    });
    addAction(section, u"network_log"_s, tr("Network log"),
              tr("Every connection that left this computer."), tr("&Open"), [this] {
                  session().goTo({PageId::Network, {}, u"log"_s, {}, {}});
              });
    const QString network = session().node().network;
    const bool real = network == "main"_L1;
    if (network != "regtest"_L1)
        addAction(
            section, u"other_network"_s, real ? tr("Test network") : tr("Real bitcoin"),
            tr("Coffer starts again there. Wallets of one network are not seen on the other."),
            tr("&Switch…"), [this, real] {
                auto* dialog =
                    new ConfirmDialog(tr("Start again on another network?"),
                                      tr("This wallet is locked and Coffer starts again."),
                                      tr("&Start again"), u"switch_network"_s, this);
                connect(dialog, &QDialog::accepted, this, [this, real] {
                    Q_EMIT restartRequested(real ? u"testnet4"_s : u"main"_s);
                });
                dialog->open();
            });
}

void SettingsPage::buildAccessibility()
{
    Section& section = addSection(u"accessibility"_s);
    std::vector<std::pair<QString, QVariant>> sizes;
    for (const int value : {90, 100, 110, 125, 150, 175, 200})
        sizes.emplace_back(u"%1 %"_s.arg(value), value);
    addChoice(
        section, u"font"_s, tr("Text size"), {}, sizes,
        [](const api::SettingsSnapshot& settings) { return QVariant(settings.fontPercent); },
        [](api::SettingsSnapshot& settings, const QVariant& value) {
            settings.fontPercent = value.toInt();
        });
    addSwitch(section, u"reduced_motion"_s, tr("Reduce motion"), {},
              &api::SettingsSnapshot::reducedMotion);
    addSwitch(section, u"swap_colors"_s, tr("Red for gains, green for losses"),
              tr("As is usual in East Asia. Signs and arrows stay."),
              &api::SettingsSnapshot::swapGainColors);
}

void SettingsPage::buildAbout()
{
    Section& section = addSection(u"about"_s);
    addRow(section, tr("Coffer %1").arg(QStringLiteral(COFFER_VERSION)),
           tr("Free software under the GNU General Public License, version 3 or later. Icons by "
              "Lucide (ISC)."),
           nullptr);
    const auto wallet = session().walletInfo();
    if (wallet)
        addRow(
            section, tr("Wallet file"),
            u"%1.coffer · %2 · %3"_s.arg(wallet->id, realmText(wallet->realm), wallet->fingerprint),
            nullptr);
}

void SettingsPage::open(const Destination& destination)
{
    if (destination.text.isEmpty())
        return;
    m_search->clear();
    for (const auto& section : m_sections)
        if (section->id == destination.text) {
            Card* card = section->card;
            QTimer::singleShot(0, card, [this, card] { // After the layout knows its places.
                if (auto* scroll = findChild<QScrollArea*>(named(u"scroll"_s))) {
                    scroll->ensureWidgetVisible(card, 0, card->height());
                    const QPoint top = card->mapTo(scroll->widget(), QPoint());
                    scroll->ensureVisible(0, top.y(), 0, 0);
                }
            });
        }
}

void SettingsPage::activate()
{
    refresh();
}

void SettingsPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void SettingsPage::focusFirst()
{
    m_search->setFocus(Qt::OtherFocusReason);
}

void SettingsPage::refresh()
{
    for (const auto& refresher : m_refreshers)
        refresher();
}

void SettingsPage::filter()
{
    const QStringList words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    bool any = false;
    for (const auto& section : m_sections) {
        bool shown = false;
        for (SettingRow* row : section->rows) {
            const bool fits = row->fits(words);
            row->setVisible(fits);
            shown = shown || fits;
        }
        section->card->setVisible(shown);
        any = any || shown;
    }
    m_none->setVisible(!any);
}

} // namespace coffer::ui
