// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/change_password_dialog.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

ChangePasswordDialog::ChangePasswordDialog(Session& session, QWidget* parent)
    : FittedDialog(460, parent)
    , m_session(session)
    , m_old(new PassphraseEdit)
    , m_new(new PassphraseEdit)
    , m_repeat(new PassphraseEdit)
    , m_message(new InlineMessage)
    , m_action(new QPushButton(tr("&Change password")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Change the password"));
    identify(this, u"password.dialog"_s, tr("Change the password"));
    auto* column = makeColumn(this, 8);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("Change the password"), FontRole::Section));
    column->addSpacing(4);
    const auto add = [&](const QString& text, PassphraseEdit* field, const QString& name) {
        auto* label = new TextLabel(text, FontRole::BodyStrong);
        label->setBuddy(field);
        field->setNames(name, text);
        column->addWidget(label);
        column->addWidget(field);
        connect(field, &PassphraseEdit::changed, this, &ChangePasswordDialog::refresh);
    };
    add(tr("Password now"), m_old, u"password.old"_s);
    add(tr("New password"), m_new, u"password.new"_s);
    add(tr("Repeat the new password"), m_repeat, u"password.repeat"_s);
    auto* note = new TextLabel(tr("Backups keep the password they were made with."), FontRole::Body,
                               Tone::Dim);
    note->setWrap(Wrap::On);
    column->addWidget(note);
    m_message->setObjectName(u"password.message"_s);
    column->addWidget(m_message);
    auto* row = makeRow();
    auto* cancel = new QPushButton(tr("&Cancel"));
    identify(cancel, u"password.cancel"_s, tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    identify(m_action, u"password.change"_s, tr("Change password"));
    setVariant(m_action, ButtonVariant::Primary);
    m_action->setAutoDefault(false);
    connect(m_action, &QPushButton::clicked, this, &ChangePasswordDialog::run);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_action);
    column->addSpacing(4);
    column->addLayout(row);
    refresh();
    m_old->setFocus();
}

void ChangePasswordDialog::refresh()
{
    const bool differs = !m_repeat->isEmpty() && !m_new->matches(*m_repeat);
    m_repeat->setWrong(differs ? tr("The two are different.") : QString());
    m_action->setEnabled(!m_old->isEmpty() && !m_new->isEmpty() && m_new->matches(*m_repeat));
}

void ChangePasswordDialog::run()
{
    m_message->hide();
    m_action->setEnabled(false);
    consume<void>(
        this,
        m_session.api().wallets->changePassword(m_session.wallet(), m_old->copy(), m_new->copy()),
        [this](base::Result<void> result) {
            refresh();
            if (!result) {
                m_message->showError(result.error());
                return;
            }
            m_session.say(tr("The password is changed."));
            accept();
        });
}

} // namespace coffer::ui
