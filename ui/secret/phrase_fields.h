// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace coffer::ui {

class PassphraseEdit;
class TextLabel;
class WordsEdit;

/// Recovery words as they are typed in again: their word list, the words, how many they are, and
/// the passphrase where they have one.
class PhraseFields : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    explicit PhraseFields(const QString& prefix, QWidget* parent = nullptr);

    bool isComplete() const;
    bool isEmpty() const;
    /// The words, one space between them.
    base::SecretBytes words();
    /// Empty when there is none.
    base::SecretBytes passphrase() const;
    void clear();
    void focusWords();

Q_SIGNALS:
    void changed();
    /// Return was pressed behind the last word.
    void submitted();

private:
    void refresh();

    QComboBox* m_language;
    WordsEdit* m_words;
    TextLabel* m_count;
    QCheckBox* m_withPassphrase;
    PassphraseEdit* m_passphrase;
};

} // namespace coffer::ui
