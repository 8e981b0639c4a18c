// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class InlineMessage;
class NewWalletFields;
class PassphraseEdit;
class TextLabel;
class WordsEdit;

/// A wallet from what exists already: from its words, or only to watch from a public key.
class RestoreFlow : public QWidget
{
    Q_OBJECT

public:
    enum class Kind
    {
        Words,
        WatchOnly
    };

    RestoreFlow(Session& session, Kind kind, QWidget* parent = nullptr);

    bool isBusy() const { return m_working; }
    void focusFirst();

Q_SIGNALS:
    void finished(const QString& wallet);
    void cancelled();

private:
    void buildWords(QVBoxLayout* column);
    void buildWatch(QVBoxLayout* column);
    void buildBirthday(QVBoxLayout* column);
    void buildButtons(QVBoxLayout* column);
    void start();
    void answer(base::Result<api::CreatedWallet> result);
    void refreshCount();
    std::optional<std::int64_t> birthday() const;

    Session& m_session;
    Kind m_kind;
    QString m_prefix;
    bool m_working = false;
    InlineMessage* m_message;
    NewWalletFields* m_fields;
    QComboBox* m_language = nullptr;
    WordsEdit* m_words = nullptr;
    TextLabel* m_count = nullptr;
    QCheckBox* m_withPassphrase = nullptr;
    PassphraseEdit* m_passphrase = nullptr;
    QPlainTextEdit* m_descriptor = nullptr;
    QComboBox* m_birthday;
    QProgressBar* m_progress;
    QPushButton* m_start;
};

} // namespace coffer::ui
