// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/compose_view.h"

#include "ui/async.h"
#include "ui/error_text.h"
#include "ui/models/coin_model.h"
#include "ui/send/fee_chooser.h"
#include "ui/send/recipient_row.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/amount_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/row_copy.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text_grid.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kEstimateMs = 250; // A pause in typing.
constexpr int kSummaryWidth = 280;
constexpr int kColumnGap = 16;

} // namespace

ComposeView::ComposeView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_message(new InlineMessage)
{
    auto* column = makeColumn(this, 16);
    m_message->setObjectName(u"send.compose_message"_s);
    column->addWidget(m_message);
    m_columns = makeRow(kColumnGap);
    m_form = buildForm();
    m_summaryCard = buildSummary();
    m_columns->addWidget(m_form, 1);
    m_columns->addWidget(m_summaryCard, 0, Qt::AlignTop);
    column->addLayout(m_columns);
    column->addStretch(1);
    m_estimating.setSingleShot(true);
    m_estimating.setInterval(kEstimateMs);
    connect(&m_estimating, &QTimer::timeout, this, &ComposeView::askEstimate);
    addRecipient();
    refreshAccounts();
    connect(&session, &Session::accountsChanged, this, &ComposeView::refreshAccounts);
    connect(&session, &Session::lookChanged, this, &ComposeView::refreshAccounts);
}

/// The summary goes below the form where there is no room beside it.
void ComposeView::setRoom(int width)
{
    const bool below = width < m_form->minimumSizeHint().width() + kColumnGap + kSummaryWidth;
    m_columns->setDirection(below ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_columns->setAlignment(m_summaryCard, below ? Qt::Alignment() : Qt::AlignTop);
    m_summaryCard->setMaximumWidth(below ? QWIDGETSIZE_MAX : kSummaryWidth);
}

QWidget* ComposeView::buildForm()
{
    auto* card = new Card;
    auto* column = card->column();
    column->setSpacing(8);
    auto* fromLabel = new TextLabel(tr("From"), FontRole::BodyStrong);
    column->addWidget(fromLabel);
    m_from = new QComboBox;
    identify(m_from, u"send.from"_s, tr("From account"));
    m_from->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_from->setMinimumContentsLength(20);
    fromLabel->setBuddy(m_from);
    column->addWidget(m_from);
    m_unknown = new TextLabel(tr("The node is still looking: the balance is not known yet."),
                              FontRole::Body, Tone::Dim);
    m_unknown->setWrap(Wrap::On);
    m_unknown->hide();
    column->addWidget(m_unknown);
    m_watching = new TextLabel(tr("This account only watches: its keys are elsewhere. The payment "
                                  "becomes a PSBT, a file for the signer that has them."),
                               FontRole::Body, Tone::Dim);
    m_watching->setObjectName(u"send.watching"_s);
    m_watching->setWrap(Wrap::On);
    m_watching->hide();
    column->addWidget(m_watching);
    column->addSpacing(6);
    m_recipientColumn = makeColumn(nullptr, 16);
    column->addLayout(m_recipientColumn);
    column->addSpacing(6);
    auto* label = new TextLabel(tr("Label"), FontRole::BodyStrong);
    column->addWidget(label);
    m_label = new QLineEdit;
    identify(m_label, u"send.label"_s, tr("Label"));
    m_label->setPlaceholderText(tr("What it is for; only you see it"));
    m_label->setMaxLength(200);
    label->setBuddy(m_label);
    column->addWidget(m_label);
    column->addSpacing(6);
    column->addWidget(new TextLabel(tr("Fee"), FontRole::BodyStrong));
    m_fee = new FeeChooser(m_session);
    column->addWidget(m_fee);
    column->addSpacing(6);
    m_advancedToggle = new QPushButton(ui::icon(u"sliders-horizontal"_s, IconColor::Accent),
                                       tr("&Advanced: choose coins, several recipients"));
    identify(m_advancedToggle, u"send.advanced"_s,
             tr("Advanced: choose coins, several recipients"));
    setVariant(m_advancedToggle, ButtonVariant::Link);
    m_advancedToggle->setCheckable(true);
    column->addWidget(m_advancedToggle, 0, Qt::AlignLeading);
    m_advanced = buildAdvanced();
    m_advanced->hide();
    column->addWidget(m_advanced);
    connect(m_advancedToggle, &QPushButton::toggled, this, [this](bool on) {
        m_advanced->setVisible(on);
        if (on)
            refreshCoins();
        else
            m_coinModel->clearChosen();
    });
    connect(m_from, &QComboBox::currentIndexChanged, this, &ComposeView::refresh);
    connect(m_fee, &FeeChooser::changed, this, &ComposeView::refresh);
    return card;
}

QWidget* ComposeView::buildAdvanced()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 8);
    auto* add = new QPushButton(ui::icon(u"plus"_s), tr("Add a &recipient"));
    identify(add, u"send.add_recipient"_s, tr("Add a recipient"));
    connect(add, &QPushButton::clicked, this, &ComposeView::addRecipient);
    column->addWidget(add, 0, Qt::AlignLeading);
    m_elsewhere = new QCheckBox(tr("Sign it &elsewhere: make a PSBT instead"));
    identify(m_elsewhere, u"send.elsewhere"_s, tr("Sign it elsewhere: make a PSBT instead"));
    column->addWidget(m_elsewhere);
    column->addSpacing(4);
    auto* row = makeRow();
    row->addWidget(new TextLabel(tr("Coins"), FontRole::BodyStrong));
    row->addStretch(1);
    m_coinSum = new TextLabel(QString(), FontRole::Amount, Tone::Dim);
    row->addWidget(m_coinSum);
    column->addLayout(row);
    m_coinModel = new CoinModel(m_session, CoinModel::Use::Choosing, this);
    m_coins = new QTableView;
    identify(m_coins, u"send.coins"_s, tr("Coins to use"));
    m_coins->setModel(m_coinModel);
    setUpTable(m_coins);
    setColumn(m_coins, CoinModel::Amount, ColumnFit::Contents);
    setColumn(m_coins, CoinModel::Label, ColumnFit::Stretch);
    setColumn(m_coins, CoinModel::Address, ColumnFit::Contents);
    m_coins->setColumnHidden(CoinModel::Outpoint, true);
    m_coins->setFixedHeight(220);
    column->addWidget(m_coins);
    new RowCopy(m_coins, CoinModel::Address, [this](int number) {
        const api::Coin coin = m_coinModel->coin(number);
        return std::vector{RowCopy::Entry{tr("Copy the address"),
                                          [this, coin] { m_session.copyAddress(coin.address); }}};
    });
    connect(m_coinModel, &CoinModel::chosenChanged, this, &ComposeView::refresh);
    return box;
}

QWidget* ComposeView::buildSummary()
{
    auto* card = new Card;
    card->setFixedWidth(kSummaryWidth);
    card->column()->addWidget(new TextLabel(tr("Summary"), FontRole::Section));
    m_summary = new TextGrid;
    m_summary->setObjectName(u"send.summary"_s);
    card->column()->addWidget(m_summary);
    m_summaryNote = new TextLabel(QString(), FontRole::Body, Tone::Dim);
    m_summaryNote->setObjectName(u"send.summary_note"_s);
    m_summaryNote->setWrap(Wrap::On);
    card->column()->addWidget(m_summaryNote);
    m_continue = new QPushButton(tr("&Continue to review"));
    identify(m_continue, u"send.continue"_s, tr("Continue to review"));
    setVariant(m_continue, ButtonVariant::Primary);
    card->column()->addWidget(m_continue);
    auto* note = new TextLabel(tr("Nothing is signed yet. The next step shows exactly what will "
                                  "happen."),
                               FontRole::Body, Tone::Dim);
    note->setWrap(Wrap::On);
    card->column()->addWidget(note);
    connect(m_continue, &QPushButton::clicked, this, &ComposeView::tryContinue);
    return card;
}

void ComposeView::refreshAccounts()
{
    std::vector<std::pair<QString, QString>> items; // Text and id.
    auto accounts = m_session.accounts().accounts;
    std::ranges::stable_partition(accounts, [](const auto& account) { return !account.watchOnly; });
    for (const auto& account : accounts) {
        QString text = account.name;
        if (account.watchOnly)
            text += u"  ·  "_s + tr("watch-only");
        if (account.balance)
            text += u"  ·  "_s +
                    tr("%1 spendable")
                        .arg(m_session.amount(account.balance->spendable, account.currency));
        items.emplace_back(text, account.id);
    }
    bool same = m_from->count() == int(items.size());
    for (int i = 0; same && i < m_from->count(); ++i)
        same = m_from->itemText(i) == items[std::size_t(i)].first &&
               m_from->itemData(i).toString() == items[std::size_t(i)].second;
    if (!same) { // An open list would close.
        const QString kept = m_from->currentData().toString();
        const QSignalBlocker blocker(m_from);
        m_from->clear();
        for (const auto& [text, id] : items)
            m_from->addItem(ui::icon(u"wallet"_s, IconColor::Dim), text, id);
        m_from->setCurrentIndex(std::max(0, m_from->findData(kept)));
    }
    refresh();
}

const api::AccountInfo* ComposeView::account() const
{
    return m_session.account(m_from->currentData().toString());
}

void ComposeView::start(const Destination& destination)
{
    if (!destination.account.isEmpty())
        m_from->setCurrentIndex(std::max(0, m_from->findData(destination.account)));
    if (!destination.text.isEmpty())
        scanTarget()->setPayee(destination.text);
}

/// The row whose scan button was pressed, once; otherwise the first.
RecipientRow* ComposeView::scanTarget()
{
    RecipientRow* row = std::exchange(m_scanningRow, nullptr);
    return row ? row : m_recipients.front();
}

void ComposeView::addRecipient()
{
    auto* row = new RecipientRow(m_session, m_nextRecipient++);
    m_recipients.push_back(row);
    m_recipientColumn->addWidget(row);
    connect(row, &RecipientRow::changed, this, &ComposeView::refresh);
    connect(row, &RecipientRow::removeRequested, this, [this, row] { removeRecipient(row); });
    connect(row, &RecipientRow::scanRequested, this, [this, row] { m_scanningRow = row; });
    for (RecipientRow* each : m_recipients)
        each->setExtras(m_recipients.size() > 1 ? RecipientRow::Extras::Removable
                                                : RecipientRow::Extras::None);
    refresh();
    if (m_recipients.size() > 1)
        row->payeeField()->setFocus();
}

void ComposeView::removeRecipient(RecipientRow* row)
{
    if (m_recipients.size() < 2)
        return;
    if (m_scanningRow == row)
        m_scanningRow = nullptr;
    std::erase(m_recipients, row);
    row->hide();
    row->deleteLater();
    if (m_recipients.size() == 1)
        m_recipients.front()->setExtras(RecipientRow::Extras::None);
    refresh();
}

void ComposeView::clear()
{
    while (m_recipients.size() > 1)
        removeRecipient(m_recipients.back());
    m_recipients.front()->clear();
    m_label->clear();
    m_elsewhere->setChecked(false);
    m_coinModel->clearChosen();
    m_advancedToggle->setChecked(false);
    m_message->hide();
}

bool ComposeView::isEmpty() const
{
    return m_label->text().isEmpty() &&
           std::all_of(m_recipients.begin(), m_recipients.end(),
                       [](const RecipientRow* row) { return row->isEmpty(); });
}

bool ComposeView::isComplete() const
{
    return account() && m_fee->isComplete() &&
           std::all_of(m_recipients.begin(), m_recipients.end(),
                       [](const RecipientRow* row) { return row->isComplete(); });
}

bool ComposeView::isSignedElsewhere() const
{
    const auto* from = account();
    return m_elsewhere->isChecked() || (from && from->watchOnly);
}

api::PaymentDraft ComposeView::draft() const
{
    api::PaymentDraft draft;
    draft.wallet = m_session.wallet();
    draft.account = m_from->currentData().toString();
    for (const RecipientRow* row : m_recipients)
        draft.recipients.push_back(row->recipient());
    draft.label = m_label->text().trimmed();
    if (draft.label.isEmpty())
        draft.label = m_recipients.front()->suggestedLabel();
    // Also for a named speed: what was shown is what is prepared.
    draft.feeRateMilliSatPerVb = m_fee->rate();
    draft.targetBlocks = m_fee->targetBlocks();
    draft.coins = m_coinModel->chosen();
    draft.lastCopied = m_session.lastCopied();
    return draft;
}

void ComposeView::renewFee(const std::function<void()>& done)
{
    m_fee->renew(done);
}

void ComposeView::showError(const base::Error& error)
{
    m_message->showError(error, ErrorScene::BeforeSigning);
}

void ComposeView::focusFirst()
{
    if (m_recipients.front()->payeeField()->text().isEmpty())
        m_recipients.front()->payeeField()->setFocus();
    else
        m_recipients.front()->focusProblem();
}

void ComposeView::setAdvancedOpen()
{
    m_advancedToggle->setChecked(true);
}

void ComposeView::setWork(Work work)
{
    m_continue->setEnabled(work == Work::Idle);
    m_continue->setText(work == Work::Idle ? tr("&Continue to review") : tr("Preparing…"));
}

void ComposeView::tryContinue()
{
    m_message->hide();
    if (isComplete()) {
        Q_EMIT continueRequested();
        return;
    }
    for (RecipientRow* row : m_recipients)
        if (!row->isComplete()) {
            m_message->show(MessageKind::Danger, tr("Say whom to pay and how much first."));
            row->focusProblem();
            return;
        }
    if (!account()) {
        m_message->show(MessageKind::Danger, tr("This wallet has no account that can pay."));
        return;
    }
    m_message->show(MessageKind::Danger, tr("Choose a fee first."));
    m_fee->focusCustom();
}

void ComposeView::refreshCoins()
{
    if (const auto* from = account())
        m_coinModel->setAccount(from->id);
}

void ComposeView::refresh()
{
    if (m_recipients.empty())
        return;
    const auto* from = account();
    if (from) {
        for (RecipientRow* row : m_recipients) {
            row->setUnit(m_session.settings().unit);
            row->setCurrency(from->currency);
        }
        m_unknown->setVisible(!from->balance);
        m_watching->setVisible(from->watchOnly);
        m_elsewhere->setVisible(!from->watchOnly);
    }
    if (m_advanced->isVisibleTo(this))
        refreshCoins();
    refreshEstimate();
    refreshSummary();
    Q_EMIT changed();
}

/// Everything that the fee depends on.
QString ComposeView::estimateKey() const
{
    const auto* from = account();
    if (!from || !isComplete())
        return {};
    const api::PaymentDraft now = draft();
    QStringList parts{now.wallet, now.account,
                      QString::number(now.feeRateMilliSatPerVb.value_or(0)), now.coins.join(u' ')};
    if (from->balance)
        parts << QString::fromStdString(from->balance->spendable.toString());
    for (const auto& recipient : now.recipients)
        parts << recipient.address
              << (recipient.amount ? QString::fromStdString(recipient.amount->toString())
                                   : u"all"_s);
    return parts.join(u'\n');
}

void ComposeView::refreshEstimate()
{
    const QString key = estimateKey();
    if (key == m_estimated)
        return;
    m_estimated = key;
    m_estimate.reset();
    if (key.isEmpty())
        m_estimating.stop();
    else
        m_estimating.start();
}

void ComposeView::askEstimate()
{
    if (!isComplete())
        return;
    consume<api::PaymentEstimate>(
        this, m_session.api().payments->estimate(draft()),
        [this, asked = m_estimated](base::Result<api::PaymentEstimate> result) {
            if (asked != m_estimated)
                return; // Something else is typed by now.
            m_estimate = std::move(result);
            refreshSummary();
        });
}

void ComposeView::refreshSummary()
{
    const auto* from = account();
    if (!from) {
        m_summary->setRows({});
        m_summaryNote->hide();
        return;
    }
    const auto text = [&](const money::Amount& amount) {
        return m_session.amount(amount, from->currency);
    };
    const auto* estimate = m_estimate && *m_estimate ? &**m_estimate : nullptr;
    const bool everything = m_recipients.front()->quantity() == RecipientRow::Quantity::Everything;
    const auto sum = typedSum();
    QString amount = u"–"_s;
    if (everything)
        amount = estimate ? text(estimate->amount) : tr("everything");
    else if (sum)
        amount = text(*sum);
    const auto rate = m_fee->rate();
    std::vector<TextGrid::Row> rows;
    rows.push_back(
        {everything && estimate ? tr("Amount, about") : tr("Amount"), amount, FontRole::Amount});
    rows.push_back({tr("Fee rate"), rate ? feeRateText(*rate) : u"–"_s, FontRole::Amount});
    rows.push_back({tr("Fee, about"), estimate ? text(estimate->fee) : u"–"_s, FontRole::Amount});
    rows.push_back(
        {tr("Total, about"), estimate ? text(estimate->total) : u"–"_s, FontRole::AmountStrong});
    if (m_recipients.size() > 1)
        rows.push_back({tr("Recipients"), QString::number(m_recipients.size()), FontRole::Amount});
    const QStringList chosen = m_coinModel->chosen();
    if (!chosen.isEmpty())
        rows.push_back({tr("Coins"), text(m_coinModel->chosenSum()), FontRole::Amount});
    m_summary->setRows(std::move(rows));
    const bool problem = m_estimate && !*m_estimate;
    m_summaryNote->setTone(problem ? Tone::Warn : Tone::Dim);
    m_summaryNote->setText(problem ? errorText(m_estimate->error().code, ErrorScene::BeforeSigning)
                                   : tr("An estimate: the review shows the exact numbers."));
    m_summaryNote->setVisible(problem || estimate);
    m_coinSum->setText(chosen.isEmpty() ? tr("chosen automatically")
                                        : tr("%n chosen", nullptr, int(chosen.size())));
}

/// Nothing while an amount is missing.
std::optional<money::Amount> ComposeView::typedSum() const
{
    money::Amount sum;
    for (const RecipientRow* row : m_recipients) {
        const auto amount = row->amountEdit()->amount();
        if (!amount)
            return std::nullopt;
        auto next = sum.plus(*amount);
        if (!next)
            return std::nullopt;
        sum = next.take();
    }
    return sum;
}

} // namespace coffer::ui
