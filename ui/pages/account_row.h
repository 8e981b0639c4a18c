// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QAbstractButton>

namespace coffer::ui {

class Session;

/// One account as a row that opens it: badge, name, kind, balance with its proof.
class AccountRow : public QAbstractButton
{
    Q_OBJECT

public:
    AccountRow(const api::AccountId& account, const QString& objectName, QWidget* parent = nullptr);

    const api::AccountId& account() const { return m_account; }
    /// What is known of the account now; nothing happens when it is shown already.
    void show(Session& session, const api::AccountInfo& account);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void chosen(const QString& account);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    api::AccountId m_account;
    QString m_title;
    QString m_second;
    QString m_amount;
    QString m_pending;
    api::Source m_source = api::Source::Unknown;
};

} // namespace coffer::ui
