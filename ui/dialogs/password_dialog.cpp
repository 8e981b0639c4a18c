// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/password_dialog.h"

#include "ui/secret/passphrase_edit.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

PasswordDialog::PasswordDialog(const QString& title, const QString& text, const QString& action,
                               const QString& objectName, Handler handler, QWidget* parent)
    : FittedDialog(460, parent)
    , m_handler(std::move(handler))
    , m_password(new PassphraseEdit)
    , m_message(new InlineMessage)
    , m_extras(makeColumn(nullptr, 8))
    , m_action(new QPushButton(action))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    identify(this, objectName + u".dialog"_s, title);
    auto* column = makeColumn(this, 12);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(title, FontRole::Section));
    if (!text.isEmpty()) {
        auto* label = new TextLabel(text);
        label->setWrap(Wrap::On);
        column->addWidget(label);
    }
    auto* label = new TextLabel(tr("Password of the wallet"), FontRole::BodyStrong);
    label->setBuddy(m_password);
    m_password->setNames(objectName + u".password"_s, tr("Password of the wallet"));
    column->addWidget(label);
    column->addWidget(m_password);
    column->addLayout(m_extras);
    m_message->setObjectName(objectName + u".message"_s);
    column->addWidget(m_message);
    auto* row = makeRow();
    auto* cancel = new QPushButton(tr("&Cancel"));
    identify(cancel, objectName + u".cancel"_s, tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    identify(m_action, objectName + u".action"_s, QString(action).remove(u'&'));
    setVariant(m_action, ButtonVariant::Primary);
    m_action->setAutoDefault(false);
    m_action->setEnabled(false);
    connect(m_action, &QPushButton::clicked, this, &PasswordDialog::run);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_action);
    column->addSpacing(4);
    column->addLayout(row);
    connect(m_password, &PassphraseEdit::changed, this, &PasswordDialog::refresh);
    connect(m_password, &PassphraseEdit::submitted, this, &PasswordDialog::run);
    m_password->setFocus();
}

void PasswordDialog::setCondition(std::function<bool()> condition)
{
    m_condition = std::move(condition);
    refresh();
}

void PasswordDialog::refresh()
{
    m_action->setEnabled(!m_password->isEmpty() && (!m_condition || m_condition()));
}

void PasswordDialog::run()
{
    if (!m_action->isEnabled())
        return;
    m_message->hide();
    m_action->setEnabled(false);
    m_handler(*this, m_password->copy());
}

void PasswordDialog::showError(const base::Error& error)
{
    m_message->showError(error);
    m_password->clear();
    m_password->setFocus();
}

} // namespace coffer::ui
