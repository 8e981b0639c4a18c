// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

class QPushButton;

namespace coffer::ui {

class AddressLabel;
class IconView;
class InlineMessage;
class NodeNote;
class PaymentLook;
class TextLabel;

/// What became of a payment: signed, handed on, seen, confirmed; kept up to date.
class SentView : public QWidget
{
    Q_OBJECT

public:
    SentView(Session& session, PaymentLook& look, QWidget* parent = nullptr);

    void show(const api::SentPayment& sent, const api::PreparedPayment& payment);

Q_SIGNALS:
    void againRequested();

private:
    QWidget* buildButtons();
    void refresh();
    void refreshAmount();
    void retry();
    void save();

    struct Stage
    {
        IconView* icon;
        TextLabel* text;
    };

    Session& m_session;
    PaymentLook& m_look;
    QString m_txid;
    QString m_intent;
    QString m_raw; ///< Hex.
    money::Amount m_total;
    money::Currency m_currency;
    api::AccountId m_account;
    TextLabel* m_title;
    TextLabel* m_amount;
    std::vector<Stage> m_stages;
    AddressLabel* m_id;
    QPushButton* m_bump;
    QPushButton* m_retry;
    QPushButton* m_save;
    InlineMessage* m_message;
    NodeNote* m_note;
};

} // namespace coffer::ui
