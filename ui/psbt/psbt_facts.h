// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/psbt_values.h"
#include "ui/widgets/card.h"

namespace coffer::ui {

class Chip;
class PaymentLook;
class Session;

/// More inputs or outputs than this are counted, not listed; then nothing is signed or sent, since
/// nobody saw it.
inline constexpr std::size_t kMostPsbtRows = 100;

/// What a PSBT does: who pays whom, what comes back, what leaves, and the fee.
class PsbtFacts : public Card
{
    Q_OBJECT

public:
    PsbtFacts(Session& session, PaymentLook& look, QWidget* parent = nullptr);

    void show(const api::PsbtInfo& info);
    void clear();

private:
    void fillState(const api::PsbtInfo& info);
    void fillOutputs(const api::PsbtInfo& info);
    void fillOutput(const api::PsbtOutputInfo& output, const QString& name, int number,
                    const api::PsbtInfo& info);
    void fillNumbers(const api::PsbtInfo& info);
    QString accountName(const api::AccountId& account) const;

    Session& m_session;
    PaymentLook& m_look;
    Chip* m_state;
    FieldGrid* m_grid;
};

/// The coins that go into a PSBT: whose they are, what they are worth, who signed.
class PsbtInputs : public Card
{
    Q_OBJECT

public:
    PsbtInputs(Session& session, PaymentLook& look, QWidget* parent = nullptr);

    void show(const api::PsbtInfo& info);
    void clear();

private:
    QWidget* row(const api::PsbtInputInfo& input, int number, const api::PsbtInfo& info);

    Session& m_session;
    PaymentLook& m_look;
    QVBoxLayout* m_rows;
};

} // namespace coffer::ui
