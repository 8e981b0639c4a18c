// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/payment_look.h"

using namespace Qt::StringLiterals;

namespace coffer::ui {

PaymentLook::PaymentLook(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &Session::lookChanged, this, [this] {
        m_revealed = false; // Whoever switches to discreet mode means this payment as well.
        Q_EMIT changed();
    });
}

bool PaymentLook::isMasked() const
{
    return m_session.visibility() == Visibility::Hidden && !m_revealed;
}

AmountLook PaymentLook::look() const
{
    AmountLook look = m_session.look();
    look.visibility = isMasked() ? Visibility::Hidden : Visibility::Shown;
    return look;
}

QString PaymentLook::amount(const money::Amount& amount, const money::Currency& currency) const
{
    return amountText(amount, currency, look());
}

void PaymentLook::reveal()
{
    m_revealed = true;
    Q_EMIT changed();
}

void PaymentLook::forget()
{
    if (!m_revealed)
        return;
    m_revealed = false;
    Q_EMIT changed();
}

MaskNote::MaskNote(PaymentLook& look, const QString& prefix, QWidget* parent)
    : InlineMessage(parent)
    , m_look(look)
    , m_prefix(prefix)
{
    setObjectName(prefix + u".masked"_s);
    connect(this, &InlineMessage::actionTriggered, &look, &PaymentLook::reveal);
    connect(&look, &PaymentLook::changed, this, &MaskNote::refresh);
    refresh();
}

void MaskNote::refresh()
{
    if (!m_look.isMasked()) {
        hide();
        return;
    }
    show(MessageKind::Info, tr("Discreet mode hides the amounts. They have to be seen before "
                               "anything is signed."));
    setAction(tr("Show for &this payment"), m_prefix + u".reveal"_s);
}

} // namespace coffer::ui
