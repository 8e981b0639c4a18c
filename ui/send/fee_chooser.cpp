// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/fee_chooser.h"

#include "ui/async.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choices.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QDateTime>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kRefreshMs = 15'000;
constexpr int kCustom = 3;
constexpr std::int64_t kHighest = 10'000'000; // 10,000 sat/vB: beyond any market so far.

} // namespace

std::optional<std::int64_t> parseFeeRate(const QString& text)
{
    const QString normal =
        QString::fromStdString(money::normaliseDigits(text.trimmed().toStdString()))
            .replace(u',', u'.');
    const QStringList parts = normal.split(u'.');
    if (parts.size() > 2 || parts[0].isEmpty() || parts[0].size() > 5 ||
        (parts.size() == 2 && (parts[1].isEmpty() || parts[1].size() > 3)))
        return std::nullopt;
    for (const QString& part : parts)
        for (const QChar c : part)
            if (c < u'0' || c > u'9')
                return std::nullopt;
    const QString fraction = parts.value(1).leftJustified(3, u'0');
    const std::int64_t rate = parts[0].toLongLong() * 1000 + fraction.toLongLong();
    if (rate <= 0 || rate > kHighest)
        return std::nullopt;
    return rate;
}

FeeChooser::FeeChooser(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_group(new QButtonGroup(this))
    , m_custom(new QLineEdit)
    , m_customUnit(new TextLabel(tr("sat/vB"), FontRole::Body, Tone::Dim))
    , m_caption(new TextLabel(QString(), FontRole::Body, Tone::Dim))
{
    auto* column = makeColumn(this, 6);
    auto* row = new FlowLayout(6);
    const std::array<QString, 4> names{tr("&Economy"), tr("&Normal"), tr("&Fast"), tr("C&ustom")};
    const std::array<QString, 4> ids{u"send.fee_economy"_s, u"send.fee_normal"_s,
                                     u"send.fee_fast"_s, u"send.fee_custom"_s};
    for (std::size_t i = 0; i < 4; ++i) {
        m_buttons[i] = new QPushButton(names[i]);
        identify(m_buttons[i], ids[i], tr("Fee: %1").arg(QString(names[i]).remove(u'&')));
        m_buttons[i]->setCheckable(true);
        setVariant(m_buttons[i], ButtonVariant::Segment);
        m_group->addButton(m_buttons[i], int(i));
        row->addWidget(m_buttons[i]);
    }
    m_buttons[1]->setChecked(true);
    tabToChosen(m_group);
    identify(m_custom, u"send.fee_rate"_s, tr("Fee rate in sat/vB"));
    m_custom->setLayoutDirection(Qt::LeftToRight);
    m_custom->setMaxLength(9);
    m_custom->setFixedWidth(96);
    row->addWidget(m_custom);
    row->addWidget(m_customUnit);
    column->addLayout(row);
    m_caption->setWrap(Wrap::On);
    column->addWidget(m_caption);
    m_timer.setInterval(kRefreshMs);
    connect(&m_timer, &QTimer::timeout, this, &FeeChooser::refresh);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            refreshCaption();
    });
    connect(m_custom, &QLineEdit::textChanged, this, &FeeChooser::refreshCaption);
    refreshCaption();
}

void FeeChooser::showEvent(QShowEvent*)
{
    refresh();
    m_timer.start();
}

void FeeChooser::hideEvent(QHideEvent*)
{
    m_timer.stop();
}

void FeeChooser::refresh()
{
    renew([] {});
}

void FeeChooser::renew(const std::function<void()>& done)
{
    consume<api::FeeQuote>(this, m_session.api().payments->fees(),
                           [this, done](base::Result<api::FeeQuote> result) {
                               if (result)
                                   show(*result);
                               done();
                           });
}

const std::optional<api::FeeRate>& FeeChooser::quoteOf(int id) const
{
    static const std::optional<api::FeeRate> none;
    switch (id) {
    case 0:
        return m_quote.economy;
    case 1:
        return m_quote.normal;
    case 2:
        return m_quote.fast;
    default:
        return none;
    }
}

void FeeChooser::show(const api::FeeQuote& quote)
{
    m_quote = quote;
    for (int i = 0; i < kCustom; ++i)
        m_buttons[std::size_t(i)]->setEnabled(quoteOf(i).has_value());
    if (!isCustom() && !quoteOf(m_group->checkedId()))
        m_buttons[kCustom]->setChecked(true);
    refreshCaption();
}

bool FeeChooser::isCustom() const
{
    return m_group->checkedId() == kCustom;
}

std::optional<std::int64_t> FeeChooser::rate() const
{
    if (isCustom()) {
        const auto typed = parseFeeRate(m_custom->text());
        return typed && *typed >= m_quote.floorMilliSatPerVb ? typed : std::nullopt;
    }
    const auto& quote = quoteOf(m_group->checkedId());
    return quote ? std::optional(quote->milliSatPerVb) : std::nullopt;
}

int FeeChooser::targetBlocks() const
{
    const auto& quote = quoteOf(m_group->checkedId());
    return quote ? quote->targetBlocks : 0;
}

void FeeChooser::focusCustom()
{
    m_custom->setFocus();
}

void FeeChooser::refreshCaption()
{
    const bool custom = isCustom();
    m_custom->setVisible(custom);
    m_customUnit->setVisible(custom);
    QString text;
    bool wrong = false;
    if (custom) {
        wrong = !m_custom->text().isEmpty() && !rate();
        text = wrong ? tr("A number from %1 on, with at most three decimals.")
                           .arg(feeRateText(m_quote.floorMilliSatPerVb))
                     : tr("At least %1.").arg(feeRateText(m_quote.floorMilliSatPerVb));
    } else if (const auto& quote = quoteOf(m_group->checkedId())) {
        const QString source = quote->source == "own_node"_L1 ? tr("from your own node")
                               : quote->source == "fallback"_L1
                                   ? tr("a fallback, not measured")
                                   : tr("estimated from recent blocks");
        text = tr("%1 · within about %2 · %3")
                   .arg(feeRateText(quote->milliSatPerVb),
                        durationText(std::int64_t(quote->targetBlocks) * 600), source);
        if (quote->atMs > 0) {
            const auto now = QDateTime::currentMSecsSinceEpoch();
            text = tr("%1, %2", "a fee rate and its age").arg(text, relativeTime(quote->atMs, now));
        }
    } else {
        text = tr("No fee estimate yet: your node is still looking at recent blocks.");
    }
    m_custom->setProperty("wrong", wrong);
    m_custom->update();
    m_caption->setTone(wrong ? Tone::Danger : Tone::Dim);
    m_caption->setText(text);
    Q_EMIT changed();
}

} // namespace coffer::ui
