// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview_page.h"

#include "ui/async.h"
#include "ui/models/history_model.h"
#include "ui/models/movement_delegate.h"
#include "ui/pages/account_list.h"
#include "ui/pages/balance_chart.h"
#include "ui/pages/balance_table.h"
#include "ui/pages/movement_keys.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choices.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/proof_mark.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QDateTime>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kRecentRows = 5;
constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
/// 1D, 1W, 1M, 1Y, all.
constexpr std::array<std::int64_t, 5> kRanges{kDayMs, 7 * kDayMs, 30 * kDayMs, 365 * kDayMs, 0};
constexpr std::size_t kMostPoints = 10'000; // What a chart paints within its time.

/// The sum of what is known; `complete` is false when an account is still being looked at.
struct Total
{
    money::Amount settled;
    money::Amount pending;
    bool complete = true;
    api::Proof weakest{api::Source::Proved, -1, 0};
};

Total totalOf(const api::AccountsSnapshot& snapshot)
{
    Total total;
    for (const auto& account : snapshot.accounts) {
        if (!account.balance) {
            total.complete = false;
            continue;
        }
        auto settled = total.settled.plus(account.balance->settled);
        auto pending = total.pending.plus(account.balance->pending);
        if (settled && pending) {
            total.settled = settled.take();
            total.pending = pending.take();
        }
        const auto& proof = account.balance->proof;
        if (int(proof.source) >= int(total.weakest.source))
            total.weakest = proof;
    }
    return total;
}

} // namespace

OverviewPage::OverviewPage(Session& session, QWidget* parent)
    : Page(session, u"overview"_s, tr("Overview"), Body::Scrolling, parent)
    , m_attention(makeColumn(nullptr, 8))
{
    body()->addLayout(m_attention);
    body()->addWidget(buildTotal());
    body()->addWidget(buildChart());
    body()->addWidget(buildAccounts());
    body()->addWidget(buildRecent());
    body()->addStretch(1);
    connect(&session, &Session::accountsChanged, this, &OverviewPage::activate);
    connect(&session, &Session::lookChanged, this, &OverviewPage::activate);
    connect(&session, &Session::walletsChanged, this, &OverviewPage::refreshAttention);
    connect(&session, &Session::nodeChanged, this, &OverviewPage::refreshAttention);
    connect(&session, &Session::historyChanged, this, &OverviewPage::refreshChart);
    m_recent->refresh();
    refreshChart();
}

QWidget* OverviewPage::buildTotal()
{
    auto* card = new Card;
    auto* row = new FlowLayout(12);
    auto* figures = new QWidget;
    auto* texts = makeColumn(figures, 4);
    m_totalCaption = new TextLabel(tr("Total balance"), FontRole::Body, Tone::Dim);
    texts->addWidget(m_totalCaption);
    auto* amountRow = makeRow(8);
    m_total = new QPushButton;
    identify(m_total, named(u"total"_s), tr("Total balance"));
    m_total->setToolTip(tr("Click to change how amounts are shown"));
    setVariant(m_total, ButtonVariant::Figure);
    m_total->setFont(ui::font(FontRole::AmountLarge));
    connect(&Theme::instance(), &Theme::changed, m_total,
            [this] { m_total->setFont(ui::font(FontRole::AmountLarge)); });
    connect(m_total, &QPushButton::clicked, this, &OverviewPage::cycleTotal);
    m_proof = new ProofMark;
    amountRow->addWidget(m_total);
    amountRow->addWidget(m_proof, 0, Qt::AlignVCenter);
    amountRow->addStretch(1);
    texts->addLayout(amountRow);
    m_pending = new TextLabel(QString(), FontRole::Amount, Tone::Dim);
    m_pending->setObjectName(named(u"pending"_s));
    texts->addWidget(m_pending);
    row->addWidget(figures);
    auto* receive = new QPushButton(icon(u"qr-code"_s), tr("&Receive"));
    identify(receive, named(u"receive"_s), tr("Receive"));
    connect(receive, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Receive, {}, {}, {}, {}});
    });
    auto* send = new QPushButton(icon(u"send"_s, IconColor::White), tr("&Send"));
    identify(send, named(u"send"_s), tr("Send"));
    setVariant(send, ButtonVariant::Primary);
    connect(send, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Send, {}, {}, {}, {}});
    });
    auto* buttons = new QWidget;
    auto* pair = new QHBoxLayout(buttons);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(12);
    pair->addWidget(receive);
    pair->addWidget(send);
    row->addWidget(buttons);
    row->setAlignment(buttons, Qt::AlignRight);
    card->column()->addLayout(row);
    return card;
}

QWidget* OverviewPage::buildChart()
{
    auto* card = new Card;
    auto* row = new FlowLayout(6);
    row->addWidget(new TextLabel(tr("Balance over time"), FontRole::Section));
    m_change = new TextLabel(QString(), FontRole::Amount, Tone::Dim);
    m_change->setObjectName(named(u"change"_s));
    m_change->setIndent(8);
    row->addWidget(m_change);
    auto* choices = new QWidget;
    auto* choiceRow = new QHBoxLayout(choices);
    choiceRow->setContentsMargins(0, 0, 0, 0);
    choiceRow->setSpacing(6);
    row->addWidget(choices);
    row->setAlignment(choices, Qt::AlignRight);
    m_ranges = new QButtonGroup(this);
    const std::array<QString, 5> names{tr("1D", "one day"), tr("1W", "one week"),
                                       tr("1M", "one month"), tr("1Y", "one year"),
                                       tr("All", "whole time")};
    const std::array<QString, 5> spoken{tr("One day"), tr("One week"), tr("One month"),
                                        tr("One year"), tr("Whole time")};
    for (int i = 0; i < 5; ++i) {
        auto* button = new QPushButton(names[std::size_t(i)]);
        identify(button, named(u"range%1"_s.arg(i + 1)), spoken[std::size_t(i)]);
        setVariant(button, ButtonVariant::Segment);
        button->setCheckable(true);
        button->setChecked(i == 2);
        m_ranges->addButton(button, i);
        choiceRow->addWidget(button);
        auto* shortcut = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), this);
        connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
    }
    tabToChosen(m_ranges);
    connect(m_ranges, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            drawChart();
    });
    m_chart = new BalanceChart;
    identify(m_chart, named(u"chart"_s), tr("Balance over time"));
    m_table = new BalanceTable;
    identify(m_table, named(u"chart_table"_s), tr("Balance over time as a table"));
    m_table->setMinimumHeight(m_chart->sizeHint().height());
    auto* stack = new PageStack;
    stack->addWidget(m_chart);
    stack->addWidget(m_table);
    auto* asTable = new QToolButton;
    asTable->setIcon(icon(u"table"_s));
    asTable->setCheckable(true);
    asTable->setFocusPolicy(Qt::StrongFocus);
    setVariant(asTable, ButtonVariant::Quiet);
    identify(asTable, named(u"as_table"_s), tr("Show as a table"));
    asTable->setToolTip(tr("Show as a table"));
    connect(asTable, &QToolButton::toggled, stack,
            [stack](bool on) { stack->setCurrentIndex(on ? 1 : 0); });
    choiceRow->addWidget(asTable);
    card->column()->addLayout(row);
    card->column()->addWidget(stack);
    return card;
}

QWidget* OverviewPage::buildAccounts()
{
    auto* card = new Card;
    auto* row = makeRow();
    row->addWidget(new TextLabel(tr("Accounts"), FontRole::Section));
    row->addStretch(1);
    auto* all = new QPushButton(tr("All accounts"));
    identify(all, named(u"all_accounts"_s), tr("All accounts"));
    setVariant(all, ButtonVariant::Link);
    connect(all, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Accounts, {}, {}, {}, {}});
    });
    row->addWidget(all);
    card->column()->addLayout(row);
    m_accounts = new AccountList(session(), named(u"account."_s), named(u"add_account"_s));
    connect(m_accounts, &AccountList::addRequested, this, [this] {
        session().goTo({PageId::Accounts, {}, u"add"_s, {}, {}});
    });
    connect(m_accounts, &AccountList::chosen, this, [this](const QString& id) {
        session().goTo({PageId::Accounts, id, {}, {}, {}});
    });
    card->column()->addWidget(m_accounts);
    return card;
}

QWidget* OverviewPage::buildRecent()
{
    auto* card = new Card;
    auto* row = makeRow();
    row->addWidget(new TextLabel(tr("Latest movements"), FontRole::Section));
    row->addStretch(1);
    auto* all = new QPushButton(tr("All activity"));
    identify(all, named(u"all_activity"_s), tr("All activity"));
    setVariant(all, ButtonVariant::Link);
    connect(all, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Activity, {}, {}, {}, {}});
    });
    row->addWidget(all);
    card->column()->addLayout(row);
    m_recent = new HistoryModel(session(), kRecentRows, this);
    m_recentView = new QListView;
    identify(m_recentView, named(u"recent"_s), tr("Latest movements"));
    m_recentView->setFrameShape(QFrame::NoFrame);
    m_recentView->setModel(m_recent);
    m_recentView->setItemDelegate(new MovementDelegate(session(), m_recentView));
    m_recentView->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_recentView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recentView->setMouseTracking(true);
    const auto openRow = [this](const QModelIndex& index) {
        session().goTo({PageId::Activity, {}, {}, m_recent->row(index.row()).txid, {}});
    };
    connect(m_recentView, &QListView::clicked, this, openRow);
    connect(m_recentView, &QListView::activated, this, openRow);
    new MovementKeys(session(), m_recentView, m_recent, [this, openRow] {
        if (m_recentView->currentIndex().isValid())
            openRow(m_recentView->currentIndex());
    });
    card->column()->addWidget(m_recentView);
    m_recentEmpty = new EmptyState(u"list"_s, tr("Nothing has moved yet. Payments appear here "
                                                 "within seconds."));
    auto* button = m_recentEmpty->addButton(tr("Receive"), named(u"empty_receive"_s));
    connect(button, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Receive, {}, {}, {}, {}});
    });
    card->column()->addWidget(m_recentEmpty);
    m_recentEmpty->hide();
    connect(m_recent, &HistoryModel::loaded, this, &OverviewPage::fitRecent);
    return card;
}

void OverviewPage::fitRecent()
{
    const int rows = m_recent->rowCount();
    m_recentView->setVisible(rows > 0);
    m_recentEmpty->setVisible(rows == 0);
    int height = 4;
    for (int i = 0; i < rows; ++i)
        height += m_recentView->sizeHintForRow(i);
    m_recentView->setFixedHeight(height);
    refreshAttention();
}

void OverviewPage::activate()
{
    refreshTotal();
    m_accounts->refresh();
    refreshAttention();
    drawChart();
    fitRecent();
}

void OverviewPage::cycleTotal()
{
    session().changeSettings([](api::SettingsSnapshot& settings) {
        if (settings.discreet) {
            settings.discreet = false;
            settings.unit = u"BTC"_s;
        } else if (settings.unit == "BTC"_L1) {
            settings.unit = u"sat"_s;
        } else {
            settings.discreet = true;
        }
    });
}

void OverviewPage::refreshTotal()
{
    const auto& accounts = session().accounts().accounts;
    const Total total = totalOf(session().accounts());
    const money::Currency currency =
        accounts.empty() ? money::Currency::bitcoin() : accounts.front().currency;
    QString text = session().amount(total.settled, currency);
    bool anyKnown = false;
    for (const auto& account : accounts)
        anyKnown = anyKnown || account.balance.has_value();
    if (!anyKnown)
        text = u"–"_s;
    m_total->setText(text);
    m_totalCaption->setText(total.complete ? tr("Total balance")
                                           : tr("Total balance, at least: still looking"));
    api::Proof proof = total.weakest;
    if (!anyKnown)
        proof.source = api::Source::Unknown;
    m_proof->setProof(proof.source, session().proofText(proof));
    m_total->setAccessibleName(
        tr("Total balance %1, %2").arg(withoutIsolates(text), session().proofText(proof)));
    m_pending->setVisible(!total.pending.isZero());
    m_pending->setText(tr("%1 pending")
                           .arg(session().amount(total.pending, currency, money::Decimals::Full,
                                                 money::Sign::Explicit)));
}

std::vector<OverviewPage::Attention> OverviewPage::attention() const
{
    std::vector<Attention> list;
    const auto wallet = session().walletInfo();
    if (wallet && !wallet->backedUp && !wallet->watchOnly)
        list.push_back({MessageKind::Warning,
                        tr("The recovery words are not written down yet. Without them, a lost "
                           "computer is lost money."),
                        tr("Back up now"),
                        u"backup"_s,
                        {PageId::Settings, {}, u"backup"_s, {}, {}}});
    if (wallet && wallet->restoredFromOlder)
        list.push_back({MessageKind::Warning,
                        tr("This wallet file is older than what this computer has seen. Nothing is "
                           "sent until the node has caught up."),
                        {},
                        u"restored"_s,
                        {}});
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    for (int i = 0; i < m_recent->rowCount(); ++i) {
        const auto& row = m_recent->row(i);
        if (row.status == api::EntryStatus::Pending && now - row.timeMs > kHourMs)
            list.push_back({MessageKind::Info,
                            tr("A payment has been waiting for a block since %1.")
                                .arg(relativeTime(row.timeMs, now)),
                            tr("Show"),
                            u"waiting%1"_s.arg(i),
                            {PageId::Activity, {}, {}, row.txid, {}}});
    }
    return list;
}

/// What is shown already stays: a message that is made anew loses clicks and is read out again.
void OverviewPage::refreshAttention()
{
    auto wanted = attention();
    const bool same = std::equal(wanted.begin(), wanted.end(), m_shown.begin(), m_shown.end(),
                                 [](const Attention& a, const Attention& b) {
                                     return a.name == b.name && a.kind == b.kind &&
                                            a.target.txid == b.target.txid;
                                 });
    if (!same)
        clearLayout(m_attention);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Attention& item = wanted[i];
        if (same) {
            auto* message = static_cast<InlineMessage*>(m_attention->itemAt(int(i))->widget());
            message->revise(item.text);
            continue;
        }
        auto* message = new InlineMessage(item.kind, item.text);
        message->setObjectName(named(item.name));
        if (!item.action.isEmpty()) {
            message->setAction(item.action, named(item.name + u".action"_s));
            connect(message, &InlineMessage::actionTriggered, this,
                    [this, target = item.target] { session().goTo(target); });
        }
        m_attention->addWidget(message);
    }
    m_shown = std::move(wanted);
}

void OverviewPage::refreshChart()
{
    if (m_askingChart) {
        m_chartStale = true; // What is under way may not hold the newest movement.
        return;
    }
    m_askingChart = true;
    askChartRows({});
}

/// A page after the other, until the chart has what it can paint.
void OverviewPage::askChartRows(std::vector<api::HistoryRow> rows)
{
    api::HistoryQuery query;
    query.offset = std::int64_t(rows.size());
    query.limit = api::HistoryQuery::kMostRows;
    consume<api::HistoryPage>(
        this, session().api().history->page(session().wallet(), query),
        [this, rows = std::move(rows)](base::Result<api::HistoryPage> result) mutable {
            m_askingChart = false;
            if (result) {
                rows.insert(rows.end(), result->rows.begin(), result->rows.end());
                const bool more = std::int64_t(rows.size()) < result->total;
                if (more && !result->rows.empty() && rows.size() < kMostPoints) {
                    m_askingChart = true;
                    askChartRows(std::move(rows));
                    return;
                }
                m_chartRows = std::move(rows);
                m_chartIsWhole = !more;
                m_chartLoaded = true;
                drawChart();
            }
            if (std::exchange(m_chartStale, false))
                refreshChart();
        });
}

/// Walks back from the balance of now: what each movement changed is known. Until all of it is
/// known, nothing is drawn.
void OverviewPage::drawChart()
{
    const auto& accounts = session().accounts().accounts;
    if (accounts.empty())
        return;
    const Total total = totalOf(session().accounts());
    const money::Currency currency = accounts.front().currency;
    AmountLook look;
    look.unit = session().settings().unit;
    look.visibility = session().visibility();
    m_chart->setLook(currency, look);
    m_table->setLook(currency, look);
    if (!m_chartLoaded || !total.complete) {
        m_change->setText({});
        m_chart->showNote(tr("Loading…"));
        m_table->setPoints({});
        return;
    }
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const std::int64_t range = kRanges[std::size_t(std::max(0, m_ranges->checkedId()))];
    const std::int64_t oldest = m_chartRows.empty() ? now - kDayMs : m_chartRows.back().timeMs;
    std::int64_t from = range > 0 ? now - range : oldest - kHourMs;
    if (!m_chartIsWhole)
        from = std::max(from, oldest); // What was before is not known here: not drawn.
    money::Amount balance = total.settled;
    std::vector<BalancePoint> points{{now, balance}};
    for (const auto& row : m_chartRows) {
        if (row.status != api::EntryStatus::Confirmed && row.status != api::EntryStatus::Final)
            continue;
        if (row.timeMs < from)
            break;
        points.push_back({row.timeMs, balance});
        auto before = balance.minus(row.amount);
        if (!before) {
            from = row.timeMs;
            break;
        }
        balance = before.take();
    }
    points.push_back({from, balance});
    std::reverse(points.begin(), points.end());
    auto change = total.settled.minus(balance);
    m_change->setText(
        change ? session().amount(*change, currency, money::Decimals::Full, money::Sign::Explicit)
               : QString());
    m_table->setPoints(points);
    m_chart->setPoints(std::move(points), from, now);
}

} // namespace coffer::ui
