// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace coffer::ui {

class InlineMessage;
class PassphraseEdit;
class TextLabel;

/// A further account: of the wallet's own keys, or to watch.
class AddAccountView : public QWidget
{
    Q_OBJECT

public:
    explicit AddAccountView(Session& session, QWidget* parent = nullptr);

    void begin();

Q_SIGNALS:
    void added(const QString& account);
    void cancelled();

private:
    void refresh();
    std::optional<std::int64_t> birthday() const;
    void add();
    bool watching() const;

    Session& m_session;
    InlineMessage* m_message;
    QComboBox* m_type;
    TextLabel* m_hint;
    QLineEdit* m_name;
    TextLabel* m_descriptorLabel;
    QPlainTextEdit* m_descriptor;
    QComboBox* m_birthday;
    TextLabel* m_passwordLabel;
    PassphraseEdit* m_password;
    QPushButton* m_add;
};

} // namespace coffer::ui
