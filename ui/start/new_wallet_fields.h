// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <QWidget>

class QLineEdit;

namespace coffer::ui {

class PassphraseEdit;
class TextLabel;

/// Name and password of a wallet to be made: what create, restore and watch-only have in common.
class NewWalletFields : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    NewWalletFields(const QString& prefix, const QStringList& taken, QWidget* parent = nullptr);

    QString walletName() const;
    base::SecretBytes password() const;
    bool isComplete() const;
    /// A password was begun.
    bool isTyped() const;
    /// Shows what is missing and puts the focus there.
    void showProblem();
    void clear();
    void focusName();
    /// Why a wallet cannot be called that; empty when it can.
    static QString problemOf(const QString& name, const QStringList& taken);

Q_SIGNALS:
    void changed();
    /// Return was pressed in the last field.
    void submitted();

private:
    void refresh();
    QString nameProblem() const;

    QStringList m_taken;
    QLineEdit* m_name;
    TextLabel* m_nameHint;
    PassphraseEdit* m_password;
    PassphraseEdit* m_repeat;
    TextLabel* m_strength;
    TextLabel* m_repeatHint;
};

/// A free name to start from: "Wallet", "Wallet 2".
QString suggestedName(const QStringList& taken);

} // namespace coffer::ui
