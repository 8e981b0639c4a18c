// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/unlock_page.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kFreeTries = 3;
constexpr int kLongestWait = 8;

} // namespace

UnlockPage::UnlockPage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(new TextLabel(QString(), FontRole::Title))
    , m_chooser(new QComboBox)
    , m_password(new PassphraseEdit)
    , m_message(new InlineMessage)
    , m_progress(new QProgressBar)
    , m_unlock(new QPushButton(tr("&Unlock")))
{
    setObjectName(u"unlock"_s);
    auto* outer = makeColumn(this, 0);
    outer->addStretch(2);
    auto* card = new Card;
    card->setFixedWidth(440);
    card->column()->setContentsMargins(32, 32, 32, 28);
    card->column()->setSpacing(14);
    card->column()->addWidget(new IconView(u"lock"_s, IconColor::Accent, 36), 0, Qt::AlignHCenter);
    m_name->setAlignment(Qt::AlignHCenter);
    card->column()->addWidget(m_name);
    identify(m_chooser, u"unlock.wallet"_s, tr("Wallet"));
    card->column()->addWidget(m_chooser);
    auto* label = new TextLabel(tr("Password"), FontRole::BodyStrong);
    label->setBuddy(m_password);
    m_password->setNames(u"unlock.password"_s, tr("Password"));
    card->column()->addWidget(label);
    card->column()->addWidget(m_password);
    m_message->setObjectName(u"unlock.message"_s);
    card->column()->addWidget(m_message);
    m_progress->setRange(0, 0);
    m_progress->setFixedHeight(8);
    identify(m_progress, u"unlock.progress"_s, tr("The wallet is being opened"));
    QSizePolicy keep = m_progress->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keep);
    m_progress->hide();
    card->column()->addWidget(m_progress);
    identify(m_unlock, u"unlock.unlock"_s, tr("Unlock"));
    setVariant(m_unlock, ButtonVariant::Primary);
    card->column()->addWidget(m_unlock);
    outer->addWidget(card, 0, Qt::AlignHCenter);
    auto* add = new QPushButton(tr("Create or &restore another wallet"));
    identify(add, u"unlock.add"_s, tr("Create or restore another wallet"));
    setVariant(add, ButtonVariant::Link);
    outer->addSpacing(12);
    outer->addWidget(add, 0, Qt::AlignHCenter);
    outer->addStretch(3);
    m_wait.setInterval(1000);
    connect(&m_wait, &QTimer::timeout, this, &UnlockPage::countDown);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::unlock);
    connect(m_password, &PassphraseEdit::submitted, this, &UnlockPage::unlock);
    connect(m_password, &PassphraseEdit::changed, this, &UnlockPage::refreshButton);
    connect(add, &QPushButton::clicked, this, &UnlockPage::addRequested);
    connect(m_chooser, &QComboBox::activated, this,
            [this] { Q_EMIT walletChosen(m_chooser->currentText()); });
    connect(&session, &Session::walletChanged, this, &UnlockPage::begin);
    connect(&session, &Session::walletsChanged, this, &UnlockPage::refreshWallets);
    refreshWallets();
}

void UnlockPage::refreshWallets()
{
    const auto& wallets = m_session.wallets().wallets;
    m_chooser->clear();
    for (const auto& wallet : wallets)
        m_chooser->addItem(ui::icon(u"wallet"_s, IconColor::Dim), wallet.id);
    m_chooser->setCurrentIndex(m_chooser->findText(m_session.wallet()));
    m_chooser->setVisible(wallets.size() > 1);
    m_name->setText(m_session.wallet());
    m_name->setVisible(wallets.size() <= 1);
}

void UnlockPage::begin()
{
    refreshWallets();
    m_password->clear();
    m_message->hide();
    const auto wallet = m_session.walletInfo();
    if (wallet && !wallet->warning.isEmpty())
        m_message->show(MessageKind::Warning,
                        tr("Coffer could not compare this file with what it saw last. If you put "
                           "an older copy here, unlock it and wait for the sync."));
    m_password->setFocus(Qt::OtherFocusReason);
    refreshButton();
}

void UnlockPage::refreshButton()
{
    m_unlock->setEnabled(!m_working && m_waitSeconds == 0 && !m_password->isEmpty());
    if (m_waitSeconds > 0)
        m_unlock->setText(tr("Wait %n second(s)", nullptr, m_waitSeconds));
    else
        m_unlock->setText(m_working ? tr("Unlocking…") : tr("&Unlock"));
}

void UnlockPage::unlock()
{
    if (m_working || m_waitSeconds > 0 || m_password->isEmpty())
        return;
    m_working = true;
    m_message->hide();
    m_progress->show();
    refreshButton();
    consume<void>(this, m_session.api().wallets->unlock(m_session.wallet(), m_password->copy()),
                  [this](base::Result<void> result) { answer(std::move(result)); });
}

void UnlockPage::answer(base::Result<void> result)
{
    m_working = false;
    m_progress->hide();
    if (result) {
        m_wrong = 0;
        m_password->clear();
        refreshButton();
        return;
    }
    if (result.error().code == base::ErrorCode::WrongPassword) {
        ++m_wrong;
        if (m_wrong >= kFreeTries) {
            m_waitSeconds = std::min(1 << (m_wrong - kFreeTries), kLongestWait);
            m_wait.start();
        }
        m_message->show(MessageKind::Danger, errorText(result.error().code));
        m_password->clear();
        m_password->setWrong(errorText(result.error().code));
    } else {
        m_message->showError(result.error());
    }
    m_password->setFocus(Qt::OtherFocusReason);
    refreshButton();
}

void UnlockPage::countDown()
{
    m_waitSeconds = std::max(0, m_waitSeconds - 1);
    if (m_waitSeconds == 0)
        m_wait.stop();
    refreshButton();
}

} // namespace coffer::ui
