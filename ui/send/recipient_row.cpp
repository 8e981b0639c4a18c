// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/recipient_row.h"

#include "ui/async.h"
#include "ui/error_text.h"
#include "ui/send/finding_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/amount_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kTypingMs = 250;  // A pause in typing.
constexpr int kRecheckMs = 300; // Hijackers exchange the clipboard right after a copy.

QToolButton* fieldButton(const QString& iconName, const QString& objectName, const QString& name)
{
    auto* button = new QToolButton;
    button->setIcon(ui::icon(iconName));
    button->setFocusPolicy(Qt::StrongFocus);
    identify(button, objectName, name);
    button->setToolTip(name);
    return button;
}

} // namespace

RecipientRow::RecipientRow(Session& session, int number, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    build(number);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kTypingMs);
    connect(&m_timer, &QTimer::timeout, this, &RecipientRow::decode);
    connect(m_to, &QLineEdit::textChanged, this, [this] {
        m_decoded.reset();
        ++m_generation;
        m_timer.start();
        Q_EMIT changed();
    });
    connect(m_amount, &AmountEdit::amountChanged, this, &RecipientRow::changed);
}

void RecipientRow::build(int number)
{
    const QString prefix = number == 1 ? u"send"_s : u"send.recipient%1"_s.arg(number);
    auto* column = makeColumn(this, 6);
    auto* label = new TextLabel(tr("To"), FontRole::BodyStrong);
    column->addWidget(label);
    m_to = new QLineEdit;
    identify(m_to, prefix + u".to"_s, tr("To: address or payment link"));
    m_to->setPlaceholderText(tr("Address or payment link"));
    m_to->setMaxLength(4096);
    label->setBuddy(m_to);
    auto* toRow = makeRow(6);
    toRow->addWidget(m_to, 1);
    auto* pasteButton = fieldButton(u"clipboard-paste"_s, prefix + u".paste"_s, tr("Paste"));
    auto* scanButton = fieldButton(u"scan-line"_s, prefix + u".scan"_s, tr("Scan a code"));
    m_remove = fieldButton(u"trash-2"_s, prefix + u".remove"_s, tr("Remove this recipient"));
    m_remove->hide();
    for (QToolButton* button : {pasteButton, scanButton, m_remove})
        toRow->addWidget(button);
    column->addLayout(toRow);
    m_problem = new TextLabel(QString(), FontRole::Body, Tone::Danger);
    m_problem->setObjectName(prefix + u".to_problem"_s);
    m_problem->setWrap(Wrap::On);
    m_problem->hide();
    column->addWidget(m_problem);
    m_address = new AddressLabel(QString());
    m_address->setObjectName(prefix + u".address"_s);
    m_address->hide();
    column->addWidget(m_address);
    m_findings = makeColumn(nullptr, 4);
    column->addLayout(m_findings);
    column->addSpacing(6);
    auto* amountLabel = new TextLabel(tr("Amount"), FontRole::BodyStrong);
    column->addWidget(amountLabel);
    m_amount = new AmountEdit;
    m_amount->setNames(prefix + u".amount"_s, tr("Amount"));
    amountLabel->setBuddy(m_amount->field());
    m_max = new QPushButton(tr("Ma&x"));
    identify(m_max, prefix + u".max"_s, tr("Send everything"));
    m_max->setCheckable(true);
    setVariant(m_max, ButtonVariant::Segment);
    auto* amountRow = makeRow(8);
    amountRow->addWidget(m_amount, 1, Qt::AlignTop);
    amountRow->addWidget(m_max, 0, Qt::AlignTop);
    column->addLayout(amountRow);
    m_maxHint = new TextLabel(tr("Everything that is spendable; the fee is taken from it."),
                              FontRole::Body, Tone::Dim);
    m_maxHint->hide();
    column->addWidget(m_maxHint);
    connect(pasteButton, &QToolButton::clicked, this, &RecipientRow::paste);
    connect(scanButton, &QToolButton::clicked, this, [this] {
        Q_EMIT scanRequested();
        Q_EMIT m_session.scanRequested();
    });
    connect(m_remove, &QToolButton::clicked, this, &RecipientRow::removeRequested);
    connect(m_max, &QPushButton::toggled, this,
            [this](bool on) { setQuantity(on ? Quantity::Everything : Quantity::Typed); });
    connect(m_address, &AddressLabel::copyRequested, &m_session, &Session::copyAddress);
}

void RecipientRow::setPayee(const QString& text)
{
    m_to->setText(text.trimmed());
    m_timer.stop();
    decode();
}

void RecipientRow::setCurrency(const money::Currency& currency)
{
    m_amount->setCurrency(currency);
}

void RecipientRow::setUnit(const QString& unit)
{
    m_amount->setUnit(unit);
}

void RecipientRow::setQuantity(Quantity quantity)
{
    m_quantity = quantity;
    m_max->setChecked(quantity == Quantity::Everything);
    m_amount->setEnabled(quantity == Quantity::Typed);
    m_maxHint->setVisible(quantity == Quantity::Everything);
    if (quantity == Quantity::Everything)
        m_amount->clear();
    Q_EMIT changed();
}

void RecipientRow::setExtras(Extras extras)
{
    m_remove->setVisible(extras == Extras::Removable);
    m_max->setVisible(extras == Extras::None);
    if (extras == Extras::Removable)
        setQuantity(Quantity::Typed);
}

void RecipientRow::clear()
{
    m_to->clear();
    m_amount->clear();
    setQuantity(Quantity::Typed);
    decode();
}

bool RecipientRow::isEmpty() const
{
    return m_to->text().trimmed().isEmpty() && m_amount->state() == AmountEdit::State::Empty;
}

bool RecipientRow::isComplete() const
{
    const bool amount = m_quantity == Quantity::Everything ||
                        (m_amount->amount() && m_amount->amount()->sign() > 0);
    return m_decoded && !m_decoded->address.isEmpty() && amount;
}

void RecipientRow::focusProblem()
{
    if (!m_decoded || m_decoded->address.isEmpty())
        m_to->setFocus();
    else
        m_amount->setFocus();
}

api::PaymentRecipient RecipientRow::recipient() const
{
    api::PaymentRecipient result;
    result.address = m_decoded ? m_decoded->address : QString();
    if (m_quantity == Quantity::Typed)
        result.amount = m_amount->amount();
    return result;
}

QString RecipientRow::suggestedLabel() const
{
    if (!m_decoded)
        return {};
    return m_decoded->label.isEmpty() ? m_decoded->message : m_decoded->label;
}

void RecipientRow::paste()
{
    const QString pasted = QGuiApplication::clipboard()->text().trimmed();
    setPayee(pasted);
    m_amount->setFocus(Qt::TabFocusReason);
    QTimer::singleShot(kRecheckMs, this, [this, pasted] {
        const QString now = QGuiApplication::clipboard()->text().trimmed();
        if (now == pasted || now.isEmpty() || m_to->text() != pasted)
            return;
        m_problem->setText(tr("The clipboard changed right after pasting. Another program may be "
                              "exchanging addresses: compare every character."));
        m_problem->show();
    });
}

void RecipientRow::decode()
{
    const QString text = m_to->text().trimmed();
    if (text.isEmpty()) {
        m_decoded.reset();
        m_problem->hide();
        m_address->hide();
        clearLayout(m_findings);
        m_to->setProperty("wrong", false);
        Q_EMIT changed();
        return;
    }
    consume<api::DecodedPayee>(
        this, m_session.api().payments->decode(m_session.wallet(), text, m_session.lastCopied()),
        [this, generation = m_generation](base::Result<api::DecodedPayee> result) {
            if (generation == m_generation)
                show(std::move(result));
        });
}

void RecipientRow::show(base::Result<api::DecodedPayee> result)
{
    using Kind = api::DecodedPayee::Kind;
    QString problem;
    clearLayout(m_findings);
    if (!result) {
        problem = errorText(result.error().code);
    } else if (result->kind == Kind::SeedWords) {
        m_to->clear();
        problem = tr("These look like recovery words. Nobody who is paid needs them: whoever asks "
                     "for them wants your money.");
    } else if (result->kind == Kind::Psbt) {
        problem = tr("This is a transaction to sign (PSBT), not an address. Open it with “Open "
                     "PSBT” above.");
    } else if (result->address.isEmpty()) {
        problem = tr("This is neither an address nor a payment link.");
    } else {
        m_decoded = result.take();
        if (m_decoded->amount)
            m_amount->setAmount(*m_decoded->amount);
        showFindings(m_decoded->findings);
    }
    m_address->setVisible(problem.isEmpty());
    if (m_decoded)
        m_address->setAddress(m_decoded->address);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_to->setProperty("wrong", !problem.isEmpty());
    m_to->setAccessibleDescription(problem);
    m_to->update();
    Q_EMIT changed();
}

void RecipientRow::showFindings(const std::vector<api::Finding>& findings)
{
    for (const auto& finding : findings) {
        const bool danger = finding.severity == api::Severity::Danger;
        const bool warning = finding.severity == api::Severity::Warning;
        auto* row = makeRow(6);
        row->addWidget(new IconView(danger    ? u"octagon-alert"_s
                                    : warning ? u"triangle-alert"_s
                                              : u"circle-check"_s,
                                    danger    ? IconColor::Danger
                                    : warning ? IconColor::Warn
                                              : IconColor::Ok,
                                    16),
                       0, Qt::AlignTop);
        auto* text = new TextLabel(
            findingText(finding, m_session.look(), money::Currency::bitcoin()), FontRole::Body,
            danger    ? Tone::Danger
            : warning ? Tone::Warn
                      : Tone::Ok);
        text->setWrap(Wrap::On);
        row->addWidget(text, 1);
        m_findings->addLayout(row);
    }
}

} // namespace coffer::ui
