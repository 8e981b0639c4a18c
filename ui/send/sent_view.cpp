// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/sent_view.h"

#include "ui/async.h"
#include "ui/error_text.h"
#include "ui/pages/node_note.h"
#include "ui/send/payment_look.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QPushButton>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace coffer::ui {

SentView::SentView(Session& session, PaymentLook& look, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_look(look)
    , m_message(new InlineMessage)
    , m_note(new NodeNote(session, NodeNote::Scene::Sent))
{
    setMaximumWidth(720);
    auto* column = makeColumn(this, 14);
    m_message->setObjectName(u"sent.message"_s);
    m_note->setObjectName(u"sent.node"_s);
    column->addWidget(m_message);
    column->addWidget(m_note);
    column->addWidget(new MaskNote(look, u"sent"_s));
    auto* card = new Card;
    m_title = new TextLabel(tr("Payment signed"), FontRole::Section);
    m_title->setObjectName(u"sent.title"_s);
    m_amount = new TextLabel(QString(), FontRole::AmountSection);
    m_amount->setObjectName(u"sent.amount"_s);
    card->column()->addWidget(m_title);
    card->column()->addWidget(m_amount);
    card->column()->addWidget(new Separator);
    for (int i = 0; i < 4; ++i) {
        auto* row = makeRow(10);
        Stage stage{new IconView(u"clock"_s, IconColor::Dim, 20), new TextLabel(QString())};
        stage.text->setObjectName(u"sent.stage%1"_s.arg(i + 1));
        row->addWidget(stage.icon);
        row->addWidget(stage.text, 1);
        card->column()->addLayout(row);
        m_stages.push_back(stage);
    }
    card->column()->addWidget(new Separator);
    card->column()->addWidget(new TextLabel(tr("Transaction id"), FontRole::Body, Tone::Dim));
    m_id = new AddressLabel(QString());
    m_id->setObjectName(u"sent.txid"_s);
    card->column()->addWidget(m_id);
    column->addWidget(card);
    column->addWidget(buildButtons());
    column->addStretch(1);
    connect(&session, &Session::paymentsChanged, this, &SentView::refresh);
    connect(&look, &PaymentLook::changed, this, &SentView::refreshAmount);
}

QWidget* SentView::buildButtons()
{
    auto* box = new QWidget;
    auto* rows = makeColumn(box, 8);
    auto* waiting = makeRow();
    m_retry = new QPushButton(ui::icon(u"refresh-cw"_s), tr("&Try again"));
    identify(m_retry, u"sent.retry"_s, tr("Try again"));
    m_save = new QPushButton(ui::icon(u"download"_s), tr("Save trans&action…"));
    identify(m_save, u"sent.save"_s, tr("Save transaction"));
    m_save->setToolTip(tr("The signed bytes as a file: any node can send them"));
    waiting->addWidget(m_retry);
    waiting->addWidget(m_save);
    waiting->addStretch(1);
    rows->addLayout(waiting);
    auto* row = makeRow();
    auto* copy = new QPushButton(ui::icon(u"copy"_s), tr("&Copy id"));
    identify(copy, u"sent.copy"_s, tr("Copy the transaction id"));
    m_bump = new QPushButton(ui::icon(u"zap"_s), tr("&Raise the fee"));
    identify(m_bump, u"sent.bump"_s, tr("Raise the fee"));
    auto* open = new QPushButton(tr("&Show in Activity"));
    identify(open, u"sent.activity"_s, tr("Show in Activity"));
    auto* again = new QPushButton(tr("Send &another"));
    identify(again, u"sent.again"_s, tr("Send another"));
    row->addWidget(copy);
    row->addWidget(m_bump);
    row->addWidget(open);
    row->addStretch(1);
    row->addWidget(again);
    rows->addLayout(row);
    const auto copyId = [this] { m_session.copy(m_txid, tr("Transaction id copied.")); };
    connect(m_retry, &QPushButton::clicked, this, &SentView::retry);
    connect(m_save, &QPushButton::clicked, this, &SentView::save);
    connect(copy, &QPushButton::clicked, this, copyId);
    connect(m_id, &AddressLabel::copyRequested, this, copyId);
    connect(open, &QPushButton::clicked, this, [this] {
        m_session.goTo({PageId::Activity, {}, {}, m_txid, {}});
    });
    connect(m_bump, &QPushButton::clicked, this, [this] {
        m_session.goTo({PageId::Send, m_account, {}, m_txid, Destination::Action::Bump});
    });
    connect(again, &QPushButton::clicked, this, &SentView::againRequested);
    return box;
}

void SentView::show(const api::SentPayment& sent, const api::PreparedPayment& payment)
{
    m_txid = sent.txid;
    m_intent = sent.intent;
    m_raw = sent.rawTransaction;
    m_account = payment.account;
    m_total = payment.total;
    m_currency = payment.currency;
    m_id->setAddress(sent.txid);
    m_message->hide();
    refreshAmount();
    refresh();
}

void SentView::refreshAmount()
{
    if (!m_intent.isEmpty())
        m_amount->setText(m_look.amount(m_total, m_currency));
}

/// The stored bytes go out again; nothing is signed anew.
void SentView::retry()
{
    m_retry->setEnabled(false);
    m_message->hide();
    consume<void>(this, m_session.api().payments->sendAgain(m_session.wallet(), m_intent),
                  [this](base::Result<void> result) {
                      m_retry->setEnabled(true);
                      if (result)
                          m_session.say(tr("Offered to the network again."));
                      else
                          m_message->showError(result.error(), ErrorScene::Sending);
                  });
}

void SentView::save()
{
    auto* dialog = new QFileDialog(this, tr("Save the signed transaction"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Signed transaction (*.txn)"));
    dialog->setDefaultSuffix(u"txn"_s);
    dialog->selectFile(m_txid.left(12) + u".txn"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, raw = m_raw](const QString& path) {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(raw.toLatin1()) == raw.size() &&
            file.commit())
            m_message->show(MessageKind::Ok, tr("Saved. Whoever sends this file makes this payment "
                                                "and no other."));
        else
            m_message->show(MessageKind::Danger,
                            tr("The file could not be written there. Choose another folder."));
    });
    dialog->open();
}

void SentView::refresh()
{
    if (m_intent.isEmpty())
        return;
    const api::IntentInfo* found = nullptr;
    for (const auto& intent : m_session.payments().intents)
        if (intent.id == m_intent)
            found = &intent;
    using State = api::IntentState;
    const State state = found ? found->state : State::Signed;
    const int handed = found ? found->handedToPeers : 0;
    const int asked = found ? found->askedPeers : 0;
    const int confirmations = found ? found->confirmations : 0;
    const bool gone = state == State::Replaced || state == State::Conflicted ||
                      state == State::Cancelled || state == State::Expired;
    const auto set = [this](std::size_t stage, bool done, const QString& text) {
        m_stages[stage].icon->setIcon(done ? u"circle-check"_s : u"clock"_s,
                                      done ? IconColor::Ok : IconColor::Dim);
        m_stages[stage].text->setText(text);
        m_stages[stage].text->setTone(done ? Tone::Normal : Tone::Dim);
    };
    const bool seen = state == State::Seen || state == State::Confirmed || state == State::Final;
    set(0, true, tr("Signed and stored"));
    set(1, handed > 0 || seen,
        asked > 0 ? tr("Handed to %1 of %2 peers").arg(handed).arg(asked)
                  : tr("Waiting for a peer to hand it to"));
    set(2, seen, seen ? tr("Seen by the network") : tr("Waiting for an echo from the network"));
    set(3, confirmations > 0, tr("%1 of 6 confirmations").arg(confirmations));
    if (gone)
        m_title->setText(tr("This payment was replaced or is no longer valid"));
    else if (confirmations > 0)
        m_title->setText(tr("Payment confirmed"));
    else
        m_title->setText(handed > 0 || seen ? tr("Payment sent") : tr("Payment signed"));
    m_bump->setVisible(!gone && confirmations == 0);
    const bool taken = handed > 0 || seen || gone || confirmations > 0;
    m_retry->setVisible(!taken);
    m_save->setVisible(!taken && !m_raw.isEmpty());
    m_note->setWanted(taken ? NodeNote::Wanted::No : NodeNote::Wanted::Yes);
}

} // namespace coffer::ui
