// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

class QPushButton;

namespace coffer::ui {

class AddressLabel;
class IconView;
class TextLabel;

/// What became of a payment: signed, handed on, seen, confirmed; kept up to date.
class SentView : public QWidget
{
    Q_OBJECT

public:
    explicit SentView(Session& session, QWidget* parent = nullptr);

    void show(const api::SentPayment& sent, const api::PreparedPayment& payment);

Q_SIGNALS:
    void againRequested();

private:
    void refresh();

    struct Stage
    {
        IconView* icon;
        TextLabel* text;
    };

    Session& m_session;
    QString m_txid;
    QString m_intent;
    api::AccountId m_account;
    TextLabel* m_title;
    TextLabel* m_amount;
    std::vector<Stage> m_stages;
    AddressLabel* m_id;
    QPushButton* m_bump;
};

} // namespace coffer::ui
