// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/psbt/psbt_facts.h"

#include "ui/psbt/psbt_text.h"
#include "ui/send/payment_look.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/text_label.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kMostScript = 160; // Hex digits: more of a script tells a person nothing.

AddressLabel* copied(Session& session, const QString& text, const QString& name,
                     const QString& message)
{
    auto* label = new AddressLabel(text);
    label->setObjectName(name);
    QObject::connect(label, &AddressLabel::copyRequested, label,
                     [&session, message](const QString& raw) { session.copy(raw, message); });
    return label;
}

} // namespace

PsbtFacts::PsbtFacts(Session& session, PaymentLook& look, QWidget* parent)
    : Card(parent)
    , m_session(session)
    , m_look(look)
    , m_state(new Chip(QString()))
    , m_grid(new FieldGrid)
{
    m_state->setObjectName(u"psbt.state"_s);
    auto* head = makeRow(10);
    head->addWidget(new TextLabel(tr("What it does"), FontRole::Section));
    head->addStretch(1);
    head->addWidget(m_state);
    column()->addLayout(head);
    column()->addWidget(m_grid);
}

void PsbtFacts::clear()
{
    m_grid->clear();
}

QString PsbtFacts::accountName(const api::AccountId& id) const
{
    const auto* account = m_session.account(id);
    return account ? account->name : id;
}

void PsbtFacts::show(const api::PsbtInfo& info)
{
    m_grid->clear();
    fillState(info);
    fillOutputs(info);
    fillNumbers(info);
}

void PsbtFacts::fillState(const api::PsbtInfo& info)
{
    using Obstacle = api::PsbtObstacle;
    const QString count = signatureCountText(info);
    if (info.sending == Obstacle::Confirmed)
        m_state->set(tr("in a block"), Chip::Look::Ok);
    else if (info.signing == Obstacle::Sent)
        m_state->set(tr("sent"), Chip::Look::Ok);
    else if (info.complete)
        m_state->set(tr("complete: %1").arg(count), Chip::Look::Ok);
    else
        m_state->set(count, Chip::Look::Warning);
    QString from = tr("not from this wallet");
    if (!info.account.isEmpty())
        from = accountName(info.account);
    else if (info.signing == Obstacle::SeveralAccounts)
        from = tr("several of your accounts");
    auto* account = new TextLabel(u"%1 · %2"_s.arg(from, networkText(m_session.node().network)));
    account->setObjectName(u"psbt.from"_s);
    m_grid->addRow(tr("From"), account);
}

void PsbtFacts::fillOutputs(const api::PsbtInfo& info)
{
    const auto payees = std::ranges::count_if(
        info.outputs, [](const auto& output) { return !output.ours.value_or(false); });
    int payee = 0;
    int number = 0;
    for (const bool back : {false, true}) // Whom it pays first.
        for (const auto& output : info.outputs) {
            const bool ours = output.ours.value_or(false);
            if (ours != back || std::size_t(number) >= kMostPsbtRows)
                continue;
            QString name = tr("To");
            if (ours)
                name = output.change && output.account == info.account ? tr("Your change")
                                                                       : tr("Back to you");
            else if (payees > 1)
                name = tr("To %1").arg(++payee);
            fillOutput(output, name, ++number, info);
        }
    if (info.outputs.size() > kMostPsbtRows)
        m_grid->addRow(QString(), new TextLabel(tr("and %n more output(s)", nullptr,
                                                   int(info.outputs.size() - kMostPsbtRows))));
}

void PsbtFacts::fillOutput(const api::PsbtOutputInfo& output, const QString& name, int number,
                           const api::PsbtInfo& info)
{
    const bool nameless = output.address.isEmpty();
    auto* address = copied(m_session, nameless ? output.script.left(kMostScript) : output.address,
                           u"psbt.output%1"_s.arg(number),
                           nameless ? tr("Script copied.") : tr("Address copied."));
    auto* amount = new TextLabel(m_look.amount(output.amount, info.currency), FontRole::Amount);
    amount->setObjectName(u"psbt.output%1_amount"_s.arg(number));
    amount->setValueName(name);
    const int level = address->firstLineCentre() - amount->fontMetrics().height() / 2;
    amount->setContentsMargins(0, std::max(0, level), 0, 0);
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(address, 1);
    row->addWidget(amount, 0, Qt::AlignTop);
    m_grid->addRow(name, box);
    QString note;
    if (nameless)
        note = output.script.startsWith("6a"_L1)
                   ? tr("data, paid to nobody")
                   : tr("an unusual script: Coffer cannot say who it pays");
    else if (output.ours.value_or(false) && output.account != info.account)
        note = accountName(output.account);
    if (!note.isEmpty())
        m_grid->addRow(QString(),
                       new TextLabel(note, FontRole::Body, nameless ? Tone::Warn : Tone::Dim));
}

void PsbtFacts::fillNumbers(const api::PsbtInfo& info)
{
    const auto amount = [&](const money::Amount& number) {
        return m_look.amount(number, info.currency);
    };
    const QString unknown = unknownFeeText(info);
    QString fee = unknown;
    if (unknown.isEmpty()) {
        fee = amount(*info.fee);
        if (info.feeRateMilliSatPerVb)
            fee += u"  ·  "_s + feeRateText(*info.feeRateMilliSatPerVb);
    }
    auto* feeLabel = new TextLabel(fee, unknown.isEmpty() ? FontRole::Amount : FontRole::Body,
                                   unknown.isEmpty() ? Tone::Normal : Tone::Warn);
    feeLabel->setObjectName(u"psbt.fee"_s);
    m_grid->addRow(tr("Network fee"), feeLabel);
    if (!info.account.isEmpty() && info.leaving) {
        const bool arrives = info.leaving->sign() < 0;
        auto* leaving = new TextLabel(amount(info.leaving->absolute()), FontRole::AmountStrong);
        leaving->setObjectName(u"psbt.leaving"_s);
        m_grid->addRow(arrives ? tr("Comes into your wallet") : tr("Leaves your wallet"), leaving);
    } else if (!info.account.isEmpty()) {
        m_grid->addRow(
            tr("Leaves your wallet"),
            new TextLabel(tr("unknown, like the coins that go in"), FontRole::Body, Tone::Warn));
    }
    if (info.balanceAfter)
        m_grid->addRow(tr("Balance after"),
                       new TextLabel(amount(*info.balanceAfter), FontRole::Amount));
    if (!info.label.isEmpty())
        m_grid->addRow(tr("Label"), new TextLabel(info.label));
    if (!info.txid.isEmpty())
        m_grid->addRow(tr("Transaction id"),
                       copied(m_session, info.txid, u"psbt.txid"_s, tr("Transaction id copied.")));
}

PsbtInputs::PsbtInputs(Session& session, PaymentLook& look, QWidget* parent)
    : Card(parent)
    , m_session(session)
    , m_look(look)
    , m_rows(makeColumn(nullptr, 10))
{
    column()->addWidget(new TextLabel(tr("Coins that go in"), FontRole::Section));
    column()->addLayout(m_rows);
}

void PsbtInputs::clear()
{
    clearLayout(m_rows);
}

void PsbtInputs::show(const api::PsbtInfo& info)
{
    clearLayout(m_rows);
    int number = 0;
    for (const auto& input : info.inputs) {
        if (std::size_t(number) >= kMostPsbtRows)
            break;
        if (number > 0)
            m_rows->addWidget(new Separator);
        m_rows->addWidget(row(input, ++number, info));
    }
    if (info.inputs.size() > kMostPsbtRows)
        m_rows->addWidget(new TextLabel(
            tr("and %n more coin(s)", nullptr, int(info.inputs.size() - kMostPsbtRows))));
}

QWidget* PsbtInputs::row(const api::PsbtInputInfo& input, int number, const api::PsbtInfo& info)
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 4);
    auto* head = makeRow(10);
    head->addWidget(new TextLabel(QString::number(number), FontRole::Body, Tone::Dim));
    const bool ours = input.ours.value_or(false);
    auto* whose = new Chip(ours ? tr("yours") : tr("somebody else's"),
                           ours ? Chip::Look::Info : Chip::Look::Neutral);
    if (!input.ours)
        whose->set(tr("unknown"), Chip::Look::Warning);
    whose->setObjectName(u"psbt.input%1_owner"_s.arg(number));
    head->addWidget(whose);
    if (const auto* account = ours ? m_session.account(input.account) : nullptr)
        head->addWidget(new TextLabel(account->name, FontRole::Body, Tone::Dim));
    head->addStretch(1);
    auto* amount = new TextLabel(
        input.amount ? m_look.amount(*input.amount, info.currency) : tr("amount unknown"),
        input.amount ? FontRole::Amount : FontRole::Body, input.amount ? Tone::Normal : Tone::Warn);
    head->addWidget(amount);
    const bool unproved = std::ranges::any_of(info.problems, [&](const auto& problem) {
        return problem.input == number - 1 && problem.rule == "amount_unproved"_L1;
    });
    if (unproved)
        head->addWidget(new Chip(tr("not proved"), Chip::Look::Warning));
    auto* signatures = new Chip(tr("signed"), Chip::Look::Ok);
    if (!input.signedFully)
        signatures->set(
            input.required
                ? tr("%1 of %2 signed", "signatures").arg(input.signatures).arg(*input.required)
                : tr("not signed"),
            Chip::Look::Warning);
    signatures->setObjectName(u"psbt.input%1_signatures"_s.arg(number));
    head->addWidget(signatures);
    column->addLayout(head);
    const bool known = !input.address.isEmpty();
    column->addWidget(copied(m_session, known ? input.address : input.outpoint,
                             u"psbt.input%1"_s.arg(number),
                             known ? tr("Address copied.") : tr("Coin copied.")));
    return box;
}

} // namespace coffer::ui
