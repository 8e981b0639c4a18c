// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/widgets/inline_message.h"

namespace coffer::ui {

/// How the amounts of one payment are written: in discreet mode masked, until the person asks to
/// see those of this payment. Nothing is signed while they are masked.
class PaymentLook : public QObject
{
    Q_OBJECT

public:
    explicit PaymentLook(Session& session, QObject* parent = nullptr);

    bool isMasked() const;
    AmountLook look() const;
    QString amount(const money::Amount& amount, const money::Currency& currency) const;
    void reveal();
    /// The next payment is masked again.
    void forget();

Q_SIGNALS:
    void changed();

private:
    Session& m_session;
    bool m_revealed = false;
};

/// Says that the amounts are masked, and shows them when asked.
class MaskNote : public InlineMessage
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    MaskNote(PaymentLook& look, const QString& prefix, QWidget* parent = nullptr);

private:
    void refresh();

    PaymentLook& m_look;
    QString m_prefix;
};

} // namespace coffer::ui
