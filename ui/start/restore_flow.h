// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QFuture>
#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class InlineMessage;
class NewWalletFields;
class PhraseFields;

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
    /// Leaving would lose what was typed.
    bool hasDraft() const;
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
    void askLanguage(const QStringList& languages);
    void restore(const QString& language);
    void watch();
    void wait(QFuture<base::Result<api::CreatedWallet>> future);
    enum class Work
    {
        Idle,
        Running
    };
    void setWork(Work work);
    void answer(base::Result<api::CreatedWallet> result);
    std::optional<std::int64_t> birthday() const;

    Session& m_session;
    Kind m_kind;
    QString m_prefix;
    bool m_working = false;
    InlineMessage* m_message;
    NewWalletFields* m_fields;
    PhraseFields* m_phrase = nullptr;
    QWidget* m_languageBox = nullptr; ///< Shown when the words are valid in several.
    QComboBox* m_language = nullptr;
    QPlainTextEdit* m_descriptor = nullptr;
    QComboBox* m_birthday;
    QProgressBar* m_progress;
    QPushButton* m_start;
};

} // namespace coffer::ui
