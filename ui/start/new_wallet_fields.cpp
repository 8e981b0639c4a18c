// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/new_wallet_fields.h"

#include "ui/secret/passphrase_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace coffer::ui {

NewWalletFields::NewWalletFields(const QString& prefix, const QStringList& taken, QWidget* parent)
    : QWidget(parent)
    , m_taken(taken)
    , m_name(new QLineEdit)
    , m_nameHint(new TextLabel(QString(), FontRole::Body, Tone::Danger))
    , m_password(new PassphraseEdit)
    , m_repeat(new PassphraseEdit)
    , m_strength(new TextLabel(QString(), FontRole::Body, Tone::Dim))
    , m_repeatHint(new TextLabel(QString(), FontRole::Body, Tone::Danger))
{
    auto* column = makeColumn(this, 6);
    const auto add = [column](const QString& text, QWidget* field, TextLabel* hint) {
        auto* label = new TextLabel(text, FontRole::BodyStrong);
        label->setBuddy(field);
        column->addWidget(label);
        column->addWidget(field);
        if (hint) {
            hint->setWrap(Wrap::On);
            column->addWidget(hint);
        }
        column->addSpacing(8);
    };
    m_name->setMaxLength(60);
    m_name->setText(suggestedName(taken));
    identify(m_name, prefix + u".name"_s, tr("Name of the wallet"));
    m_password->setNames(prefix + u".password"_s, tr("Password"));
    m_repeat->setNames(prefix + u".repeat"_s, tr("Repeat the password"));
    add(tr("Name of the wallet"), m_name, m_nameHint);
    add(tr("Password"), m_password, m_strength);
    add(tr("Repeat the password"), m_repeat, m_repeatHint);
    m_nameHint->hide();
    m_repeatHint->hide();
    connect(m_name, &QLineEdit::textChanged, this, &NewWalletFields::refresh);
    connect(m_password, &PassphraseEdit::changed, this, &NewWalletFields::refresh);
    connect(m_repeat, &PassphraseEdit::changed, this, &NewWalletFields::refresh);
    connect(m_password, &PassphraseEdit::submitted, m_repeat,
            [this] { m_repeat->setFocus(Qt::TabFocusReason); });
    connect(m_name, &QLineEdit::returnPressed, m_password,
            [this] { m_password->setFocus(Qt::TabFocusReason); });
    connect(m_repeat, &PassphraseEdit::submitted, this, &NewWalletFields::submitted);
    refresh();
}

QString NewWalletFields::walletName() const
{
    return m_name->text().trimmed();
}

base::SecretBytes NewWalletFields::password() const
{
    return m_password->copy();
}

QString NewWalletFields::nameProblem() const
{
    return problemOf(walletName(), m_taken);
}

QString NewWalletFields::problemOf(const QString& name, const QStringList& taken)
{
    if (name.isEmpty())
        return tr("Give the wallet a name.");
    if (name.contains(u'/') || name.contains(u'\\') || name.startsWith(u'.'))
        return tr("The name becomes a file name: no slashes, and no dot at its start.");
    if (taken.contains(name, Qt::CaseInsensitive))
        return tr("There is already a wallet of that name.");
    return {};
}

bool NewWalletFields::isComplete() const
{
    return nameProblem().isEmpty() && !m_password->isEmpty() && m_password->matches(*m_repeat);
}

bool NewWalletFields::isTyped() const
{
    return !m_password->isEmpty() || !m_repeat->isEmpty();
}

void NewWalletFields::refresh()
{
    const QString problem = nameProblem();
    m_nameHint->setText(problem);
    m_nameHint->setVisible(!problem.isEmpty() && !m_name->text().isEmpty());
    switch (m_password->strength()) {
    case Strength::Empty:
        m_strength->setText(tr("It protects the wallet on this computer. There is no reset: "
                               "whoever forgets it needs the recovery words."));
        m_strength->setTone(Tone::Dim);
        break;
    case Strength::Weak:
        m_strength->setText(tr("Weak: short passwords are guessed in minutes. Several words are "
                               "better."));
        m_strength->setTone(Tone::Warn);
        break;
    case Strength::Fair:
        m_strength->setText(tr("Fair. A longer one is safer."));
        m_strength->setTone(Tone::Accent);
        break;
    case Strength::Good:
        m_strength->setText(tr("Good."));
        m_strength->setTone(Tone::Ok);
        break;
    }
    const bool differs = !m_repeat->isEmpty() && !m_password->matches(*m_repeat);
    m_repeatHint->setText(differs ? tr("The two are different.") : QString());
    m_repeatHint->setVisible(differs);
    Q_EMIT changed();
}

void NewWalletFields::showProblem()
{
    refresh();
    m_nameHint->setVisible(!nameProblem().isEmpty());
    if (!nameProblem().isEmpty()) {
        m_name->setFocus();
    } else if (m_password->isEmpty()) {
        m_strength->setText(tr("Choose a password first. Several words are good."));
        m_strength->setTone(Tone::Danger);
        m_password->setFocus();
    } else {
        if (m_repeat->isEmpty()) {
            m_repeatHint->setText(tr("Type it once more, so that a slip shows now."));
            m_repeatHint->show();
        }
        m_repeat->setFocus();
    }
}

void NewWalletFields::clear()
{
    m_password->clear();
    m_repeat->clear();
}

void NewWalletFields::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

QString suggestedName(const QStringList& taken)
{
    const QString base = NewWalletFields::tr("Wallet");
    QString name = base;
    for (int i = 2; taken.contains(name, Qt::CaseInsensitive); ++i)
        name = base + u' ' + QString::number(i);
    return name;
}

} // namespace coffer::ui
