// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/movement_drawer.h"

#include "ui/async.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kWidth = 380;

/// All that a detail says, to see whether another one says anything else.
QString contentOf(const api::HistoryDetail& detail)
{
    const auto& row = detail.row;
    QStringList parts{row.txid,
                      row.kind,
                      QString::fromStdString(row.amount.toString()),
                      QString::fromStdString(row.fee.toString()),
                      QString::number(row.timeMs),
                      QString::number(row.confirmations),
                      QString::number(int(row.status)),
                      row.label,
                      QString::number(int(row.canBump)),
                      QString::number(detail.vsize),
                      detail.rawTransaction};
    for (const auto& output : detail.outputs)
        parts << output.address << QString::fromStdString(output.amount.toString())
              << QString::number(int(output.change));
    for (const auto& input : detail.inputs)
        parts << input.outpoint << input.address
              << (input.amount ? QString::fromStdString(input.amount->toString()) : QString());
    for (const auto& entry : detail.entries) {
        parts << QString::number(entry.sequence) << QString::number(entry.timeMs);
        for (const auto& posting : entry.postings)
            parts << posting.account << QString::fromStdString(posting.amount.toString());
    }
    return parts.join(u'\n');
}

} // namespace

MovementDrawer::MovementDrawer(Session& session, const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_prefix(prefix + u".drawer"_s)
    , m_message(new InlineMessage)
    , m_scroll(new QScrollArea)
{
    setRoom(0);
    identify(this, m_prefix, tr("Details of the movement"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(4, 12, 4, 12);
    auto* top = makeRow();
    top->setContentsMargins(16, 0, 8, 0);
    top->addWidget(new TextLabel(tr("Details"), FontRole::Section));
    top->addStretch(1);
    auto* close = new QToolButton;
    close->setIcon(ui::icon(u"x"_s));
    close->setFocusPolicy(Qt::StrongFocus);
    setVariant(close, ButtonVariant::Quiet);
    identify(close, m_prefix + u".close"_s, tr("Close the details"));
    close->setToolTip(tr("Close the details (Esc)"));
    connect(close, &QToolButton::clicked, this, &MovementDrawer::closeRequested);
    top->addWidget(close);
    outer->addLayout(top);
    m_scroll->setObjectName(m_prefix + u".scroll"_s);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    outer->addWidget(m_message);
    outer->addWidget(m_scroll, 1);
    m_message->setObjectName(m_prefix + u".message"_s);
    connect(&session, &Session::historyChanged, this, [this] {
        if (isVisible() && !(m_label && m_label->hasFocus()))
            ask();
    });
    connect(&session, &Session::lookChanged, this, [this] {
        m_shown.clear(); // Another unit, or masked: the same content looks otherwise.
        if (isVisible())
            ask();
    });
}

/// Larger texts need more of it, and the list some, too.
void MovementDrawer::setRoom(int width)
{
    const int wanted = kWidth * std::max(100, Theme::instance().fontPercent()) / 100;
    setFixedWidth(width > 0 ? std::clamp(width * 6 / 10, kWidth, std::max(kWidth, wanted))
                            : kWidth);
}

void MovementDrawer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint::roundedRect(&painter, rect(), tokens().card, tokens().line, paint::kCardRadius, 1);
}

void MovementDrawer::show(const QString& id)
{
    m_id = id;
    setVisible(true);
    ask();
}

void MovementDrawer::ask()
{
    consume<api::HistoryDetail>(this, m_session.api().history->detail(m_session.wallet(), m_id),
                                [this, asked = m_id](base::Result<api::HistoryDetail> result) {
                                    if (asked != m_id)
                                        return;
                                    m_message->hide();
                                    if (result)
                                        showDetail(*result);
                                    else
                                        m_message->showError(result.error());
                                });
}

/// Made anew only if it says something else; the focus stays where it was.
void MovementDrawer::showDetail(const api::HistoryDetail& detail)
{
    QString content = contentOf(detail) + u'\n' + m_session.proofText(detail.row.proof);
    if (const auto* account = m_session.account(detail.row.account))
        content += u'\n' + account->name;
    if (content == m_shown)
        return;
    m_shown = content;
    QString focused;
    if (const QWidget* widget = focusWidget(); widget && widget->hasFocus())
        focused = widget->objectName();
    fill(detail);
    const auto all = findChildren<QWidget*>(focused);
    if (!focused.isEmpty() && !all.isEmpty())
        all.last()->setFocus(Qt::OtherFocusReason);
}

void MovementDrawer::section(const QString& title)
{
    m_column->addSpacing(6);
    m_column->addWidget(new Separator);
    m_column->addSpacing(2);
    m_column->addWidget(new TextLabel(title, FontRole::BodyStrong));
}

/// The new content is complete before it is shown: widgets that join a visible parent appear one
/// turn of the event loop later for each level, and until then everything is squeezed together.
void MovementDrawer::fill(const api::HistoryDetail& detail)
{
    const int scrolled = m_scroll->verticalScrollBar()->value();
    const bool same = detail.row.id == m_filledId;
    m_filledId = detail.row.id;
    m_label = nullptr;
    auto* content = new QWidget;
    m_column = makeColumn(content, 8);
    m_column->setContentsMargins(16, 4, 16, 8);
    fillHead(detail.row);
    fillActions(detail.row);
    fillFacts(detail);
    fillFlow(detail);
    fillBooks(detail);
    m_column->addStretch(1);
    if (QWidget* old = m_scroll->takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    m_scroll->setWidget(content);
    content->setAutoFillBackground(false); // The drawer's own shows; setWidget() switched it on.
    m_scroll->verticalScrollBar()->setValue(same ? scrolled : 0);
    Q_EMIT filled();
}

void MovementDrawer::fillHead(const api::HistoryRow& row)
{
    auto* amount = new TextLabel(
        m_session.amount(row.amount, row.currency, money::Decimals::Full, money::Sign::Explicit),
        FontRole::AmountSection);
    amount->setValueName(movementText(row.kind));
    m_column->addWidget(amount);
    m_column->addWidget(new TextLabel(movementText(row.kind) + u" · "_s + statusText(row),
                                      FontRole::Body, Tone::Dim));
    auto* label = new TextLabel(tr("Label"), FontRole::BodyStrong);
    m_label = new QLineEdit(row.label);
    identify(m_label, m_prefix + u".label"_s, tr("Label"));
    m_label->setPlaceholderText(tr("What it was for"));
    m_label->setMaxLength(200);
    label->setBuddy(m_label);
    connect(m_label, &QLineEdit::editingFinished, this,
            [this, txid = row.txid, before = row.label] {
                if (m_label && m_label->text().trimmed() != before)
                    saveLabel(txid, m_label->text().trimmed());
            });
    m_column->addSpacing(4);
    m_column->addWidget(label);
    m_column->addWidget(m_label);
}

void MovementDrawer::fillActions(const api::HistoryRow& row)
{
    if (!row.canBump)
        return;
    auto* buttons = new FlowLayout(8);
    auto* bump = new QPushButton(ui::icon(u"zap"_s), tr("&Raise the fee"));
    identify(bump, m_prefix + u".bump"_s, tr("Raise the fee"));
    connect(bump, &QPushButton::clicked, this, [this, row] {
        m_session.goTo({PageId::Send, row.account, {}, row.txid, Destination::Action::Bump});
    });
    auto* cancel = new QPushButton(ui::icon(u"undo-2"_s), tr("Cancel &payment"));
    identify(cancel, m_prefix + u".cancel"_s, tr("Cancel payment"));
    cancel->setToolTip(tr("Pays it back to yourself with a higher fee, while it is unconfirmed"));
    connect(cancel, &QPushButton::clicked, this, [this, row] {
        m_session.goTo({PageId::Send, row.account, {}, row.txid, Destination::Action::Cancel});
    });
    buttons->addWidget(bump);
    buttons->addWidget(cancel);
    m_column->addSpacing(4);
    m_column->addLayout(buttons);
}

void MovementDrawer::fillFacts(const api::HistoryDetail& detail)
{
    const auto& row = detail.row;
    section(tr("Facts"));
    auto* grid = new FieldGrid;
    grid->addRow(tr("Date"), new TextLabel(absoluteTime(row.timeMs)));
    if (const auto* account = m_session.account(row.account))
        grid->addRow(tr("Account"), new TextLabel(account->name));
    if (!row.fee.isZero()) {
        QString fee = m_session.amount(row.fee, row.currency);
        grid->addRow(tr("Fee"), new TextLabel(fee, FontRole::Amount));
        auto rate = row.fee.toInt64();
        if (rate && detail.vsize > 0)
            grid->addRow(tr("Fee rate"), new TextLabel(feeRateText(*rate * 1000 / detail.vsize)));
    }
    grid->addRow(tr("Confirmations"), new TextLabel(QLocale().toString(row.confirmations)));
    auto* proof = new TextLabel(m_session.proofText(row.proof));
    proof->setWrap(Wrap::On);
    grid->addRow(tr("Proof"), proof);
    m_column->addWidget(grid);
    m_column->addSpacing(4);
    m_column->addWidget(new TextLabel(tr("Transaction id"), FontRole::Body, Tone::Dim));
    auto* id = new AddressLabel(row.txid);
    id->setObjectName(m_prefix + u".txid"_s);
    const auto copyId = [this, txid = row.txid] {
        m_session.copy(txid, tr("Transaction id copied."));
    };
    connect(id, &AddressLabel::copyRequested, this, copyId);
    m_column->addWidget(id);
    auto* copy = new QPushButton(ui::icon(u"copy"_s, IconColor::Accent), tr("Copy id"));
    identify(copy, m_prefix + u".copy"_s, tr("Copy the transaction id"));
    setVariant(copy, ButtonVariant::Link);
    connect(copy, &QPushButton::clicked, this, copyId);
    m_column->addWidget(copy, 0, Qt::AlignLeading);
}

/// An address in full, with a button that copies it.
void MovementDrawer::addAddress(const QString& address, const QString& name)
{
    auto* label = new AddressLabel(address);
    label->setObjectName(name);
    const auto copy = [this, address] { m_session.copyAddress(address); };
    connect(label, &AddressLabel::copyRequested, this, copy);
    auto* row = makeRow(4);
    row->addWidget(label, 1);
    row->addWidget(copyButton(name + u".copy"_s, tr("Copy the address %1").arg(address), copy), 0,
                   Qt::AlignTop);
    m_column->addLayout(row);
}

QToolButton* MovementDrawer::copyButton(const QString& name, const QString& accessibleName,
                                        const std::function<void()>& copy)
{
    auto* button = new QToolButton;
    button->setIcon(ui::icon(u"copy"_s, IconColor::Accent));
    button->setFocusPolicy(Qt::StrongFocus);
    setVariant(button, ButtonVariant::Quiet);
    identify(button, name, accessibleName);
    button->setToolTip(tr("Copy"));
    connect(button, &QToolButton::clicked, this, copy);
    return button;
}

void MovementDrawer::fillFlow(const api::HistoryDetail& detail)
{
    section(tr("Outputs"));
    int number = 0;
    for (const auto& output : detail.outputs) {
        if (output.address.isEmpty())
            m_column->addWidget(new TextLabel(tr("No address"), FontRole::Body, Tone::Dim));
        else
            addAddress(output.address, m_prefix + u".output%1"_s.arg(++number));
        QString text = m_session.amount(output.amount, detail.row.currency);
        if (output.change)
            text += u"  ·  "_s + tr("back to you");
        m_column->addWidget(new TextLabel(text, FontRole::Amount, Tone::Dim));
    }
    if (detail.inputs.empty())
        return;
    section(tr("Inputs"));
    number = 0;
    for (const auto& input : detail.inputs)
        addInput(input, detail.row.currency, ++number);
}

void MovementDrawer::addInput(const api::SpentOutput& input, const money::Currency& currency,
                              int number)
{
    const QString name = m_prefix + u".input%1"_s.arg(number);
    if (!input.address.isEmpty())
        addAddress(input.address, name);
    QString text =
        input.amount ? m_session.amount(*input.amount, currency) : tr("Amount not known here");
    if (input.ours)
        text += u"  ·  "_s + tr("yours");
    m_column->addWidget(
        new TextLabel(text, input.amount ? FontRole::Amount : FontRole::Body, Tone::Dim));
    auto* row = makeRow(4);
    auto* coin = new TextLabel(shortId(input.outpoint), FontRole::AddressSmall, Tone::Dim);
    coin->setToolTip(input.outpoint);
    coin->setAccessibleName(input.outpoint);
    row->addWidget(coin);
    row->addStretch(1);
    row->addWidget(copyButton(name + u".coin"_s, tr("Copy the coin %1").arg(input.outpoint),
                              [this, outpoint = input.outpoint] {
                                  m_session.copy(outpoint, tr("Id of the coin copied."));
                              }));
    m_column->addLayout(row);
}

void MovementDrawer::fillBooks(const api::HistoryDetail& detail)
{
    section(tr("Entries in the books"));
    for (const auto& entry : detail.entries) {
        m_column->addWidget(
            new TextLabel(u"#%1 · %2"_s.arg(entry.sequence).arg(absoluteTime(entry.timeMs)),
                          FontRole::Body, Tone::Dim));
        auto* grid = new FieldGrid;
        for (const auto& posting : entry.postings) {
            auto* amount =
                new TextLabel(m_session.amount(posting.amount, posting.currency,
                                               money::Decimals::Full, money::Sign::Explicit),
                              FontRole::Amount);
            amount->setAlignment(Qt::AlignTrailing);
            grid->addRow(posting.account, amount);
        }
        m_column->addWidget(grid);
    }
    if (detail.rawTransaction.isEmpty())
        return;
    auto* raw = new QPushButton(ui::icon(u"copy"_s, IconColor::Accent), tr("Copy raw transaction"));
    identify(raw, m_prefix + u".raw"_s, tr("Copy raw transaction"));
    setVariant(raw, ButtonVariant::Link);
    connect(raw, &QPushButton::clicked, this, [this, hex = detail.rawTransaction] {
        m_session.copy(hex, tr("Raw transaction copied."));
    });
    m_column->addWidget(raw, 0, Qt::AlignLeading);
}

void MovementDrawer::saveLabel(const QString& txid, const QString& text)
{
    consume<void>(this,
                  m_session.api().history->setLabel(m_session.wallet(),
                                                    api::LabelTarget::Transaction, txid, text),
                  [this](base::Result<void> result) {
                      if (!result)
                          m_message->showError(result.error());
                  });
}

} // namespace coffer::ui
