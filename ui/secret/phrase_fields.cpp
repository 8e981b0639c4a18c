// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/phrase_fields.h"

#include "ui/secret/passphrase_edit.h"
#include "ui/secret/word_list.h"
#include "ui/secret/words_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>

using namespace Qt::StringLiterals;

namespace coffer::ui {

PhraseFields::PhraseFields(const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_language(new QComboBox)
    , m_words(new WordsEdit(WordsEdit::Size::AllWords))
    , m_count(new TextLabel(QString(), FontRole::Body, Tone::Dim))
    , m_withPassphrase(new QCheckBox(tr("These words have a &passphrase")))
    , m_passphrase(new PassphraseEdit)
{
    auto* column = makeColumn(this, 10);
    auto* row = makeRow();
    auto* label = new TextLabel(tr("Recovery words"), FontRole::BodyStrong);
    row->addWidget(label);
    row->addStretch(1);
    identify(m_language, prefix + u".language"_s, tr("Language of the words"));
    for (int i = 0; i < WordList::languageCount(); ++i)
        m_language->addItem(WordList::languageName(i));
    row->addWidget(m_language);
    column->addLayout(row);
    identify(m_words, prefix + u".words"_s, tr("Recovery words"));
    label->setBuddy(m_words);
    column->addWidget(m_words);
    m_count->setWrap(Wrap::On);
    column->addWidget(m_count);
    identify(m_withPassphrase, prefix + u".with_passphrase"_s, tr("These words have a passphrase"));
    column->addWidget(m_withPassphrase);
    m_passphrase->setNames(prefix + u".passphrase"_s, tr("Passphrase"));
    m_passphrase->hide();
    column->addWidget(m_passphrase);
    connect(m_withPassphrase, &QCheckBox::toggled, m_passphrase, &QWidget::setVisible);
    connect(m_withPassphrase, &QCheckBox::toggled, this, &PhraseFields::changed);
    connect(m_passphrase, &PassphraseEdit::changed, this, &PhraseFields::changed);
    connect(m_language, &QComboBox::currentIndexChanged, m_words, &WordsEdit::setLanguage);
    connect(m_words, &WordsEdit::changed, this, &PhraseFields::refresh);
    connect(m_words, &WordsEdit::submitted, this, &PhraseFields::submitted);
    refresh();
}

bool PhraseFields::isComplete() const
{
    return m_words->isComplete();
}

bool PhraseFields::isEmpty() const
{
    return m_words->wordCount() == 0 && m_passphrase->isEmpty();
}

base::SecretBytes PhraseFields::words()
{
    return m_words->copy();
}

base::SecretBytes PhraseFields::passphrase() const
{
    return m_withPassphrase->isChecked() ? m_passphrase->copy() : base::SecretBytes();
}

void PhraseFields::clear()
{
    m_words->clear();
    m_passphrase->clear();
}

void PhraseFields::focusWords()
{
    m_words->setFocus();
}

void PhraseFields::refresh()
{
    if (m_words->isComplete())
        m_count->setText(tr("%n words, all of them in the list.", nullptr, m_words->wordCount()));
    else
        m_count->setText(tr("Type the words, a space after each: 12, 15, 18, 21 or 24. So far: %n.",
                            nullptr, m_words->wordCount()));
    m_count->setTone(m_words->isComplete() ? Tone::Ok : Tone::Dim);
    Q_EMIT changed();
}

} // namespace coffer::ui
