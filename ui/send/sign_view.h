// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace coffer::ui {

class FieldGrid;
class InlineMessage;
class PassphraseEdit;
class PaymentLook;
class TextLabel;

/// The password for a software key. Return in the field only moves to the button: signing needs
/// its own press.
class SignView : public QWidget
{
    Q_OBJECT

public:
    SignView(Session& session, PaymentLook& look, QWidget* parent = nullptr);

    /// What the signature is for: a payment goes out with it, a PSBT only gets it.
    enum class Purpose
    {
        Payment,
        Psbt
    };
    void show(const api::PreparedPayment& payment, Purpose purpose = Purpose::Payment);
    void clear();
    base::SecretBytes password() const;
    base::SecretBytes passphrase() const;
    enum class Work
    {
        Idle,
        Running
    };
    void setWork(Work work);
    bool isWorking() const { return m_work == Work::Running; }
    void showError(const base::Error& error);
    QPushButton* signButton() const { return m_sign; }
    PassphraseEdit* passwordField() const { return m_password; }

Q_SIGNALS:
    void backRequested();
    void confirmRequested();

private:
    void fill();
    void refresh();
    QString signText() const;

    Session& m_session;
    PaymentLook& m_look;
    std::optional<api::PreparedPayment> m_payment;
    FieldGrid* m_grid;
    InlineMessage* m_message;
    PassphraseEdit* m_password;
    TextLabel* m_passphraseLabel;
    PassphraseEdit* m_passphrase;
    QProgressBar* m_progress;
    QPushButton* m_back;
    QPushButton* m_sign;
    Work m_work = Work::Idle;
    Purpose m_purpose = Purpose::Payment;
};

} // namespace coffer::ui
