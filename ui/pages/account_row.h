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
    AccountRow(Session& session, const api::AccountInfo& account, const QString& objectName,
               QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void chosen(const QString& account);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_title;
    QString m_second;
    QString m_amount;
    QString m_pending;
    QString m_proofIcon;
    bool m_proved = false;
};

} // namespace coffer::ui
