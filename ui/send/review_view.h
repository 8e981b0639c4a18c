// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/error_text.h"
#include "ui/session.h"
#include "ui/theme/fonts.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace coffer::ui {

class FieldGrid;
class FindingList;
class InlineMessage;
class PaymentLook;

/// Exactly what `prepare` returned. Each danger keeps Sign disabled until its own box is ticked;
/// nothing here is a default button.
class ReviewView : public QWidget
{
    Q_OBJECT

public:
    ReviewView(Session& session, PaymentLook& look, QWidget* parent = nullptr);

    void show(const api::PreparedPayment& payment);
    /// Shows new numbers and marks those that differ from `before`.
    void showChanged(const api::PreparedPayment& payment, const api::PreparedPayment& before);
    void clear();
    void showError(const base::Error& error, ErrorScene scene);
    bool allAcknowledged() const;
    QStringList acknowledged() const;
    QPushButton* signButton() const { return m_sign; }

Q_SIGNALS:
    void backRequested();
    void discardRequested();
    void signRequested();
    /// Another fee rate for a payment that replaces one.
    void rateRequested(std::int64_t milliSatPerVb);

private:
    void fill();
    void fillNumbers(const api::PreparedPayment& payment);
    void fillLeft(const api::PreparedPayment& payment);
    QString leftText(const api::LeftCoins& left, const money::Currency& currency) const;
    void rewrite();
    void fillPayees(const api::PreparedPayment& payment);
    QWidget* value(const QString& text, const QString& before, FontRole role);
    QWidget* buildRate();
    void refreshSign();

    Session& m_session;
    PaymentLook& m_look;
    std::optional<api::PreparedPayment> m_payment;
    std::optional<api::PreparedPayment> m_before; ///< What was shown first, if it changed.
    InlineMessage* m_message;
    FieldGrid* m_grid;
    FindingList* m_findings;
    QWidget* m_rateRow;
    QLineEdit* m_rate;
    QPushButton* m_sign;
};

} // namespace coffer::ui
