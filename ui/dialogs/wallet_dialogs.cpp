// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/wallet_dialogs.h"

#include "ui/async.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/start/new_wallet_fields.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// Gives the texts a translation context.
class WalletTexts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::WalletDialogs)
};

QLineEdit* addField(PasswordDialog* dialog, const QString& label, const QString& objectName)
{
    auto* field = new QLineEdit;
    identify(field, objectName, label);
    field->setMaxLength(64);
    auto* title = new TextLabel(label, FontRole::BodyStrong);
    title->setWrap(Wrap::On);
    title->setBuddy(field);
    dialog->extras()->addWidget(title);
    dialog->extras()->addWidget(field);
    QObject::connect(field, &QLineEdit::textChanged, dialog, &PasswordDialog::refresh);
    QObject::connect(field, &QLineEdit::returnPressed, dialog->action(), &QPushButton::click);
    return field;
}

/// The wallet's pages, and this dialog with them, may be gone before the answer comes.
void finish(Session& session, const QPointer<PasswordDialog>& dialog,
            const base::Result<void>& result, const QString& done)
{
    if (!result) {
        if (dialog)
            dialog->showError(result.error());
        return;
    }
    if (dialog)
        dialog->accept();
    session.say(done);
}

} // namespace

void openRenameWalletDialog(Session& session, QWidget* parent)
{
    QStringList taken;
    for (const auto& wallet : session.wallets().wallets)
        taken << wallet.id;
    auto field = std::make_shared<QPointer<QLineEdit>>();
    auto* dialog = new PasswordDialog(
        WalletTexts::tr("Rename the wallet"),
        WalletTexts::tr("The file gets the new name, too. Backups keep theirs."),
        WalletTexts::tr("&Rename"), u"rename_wallet"_s,
        [&session, field](PasswordDialog& self, base::SecretBytes password) {
            const QPointer<PasswordDialog> open(&self);
            consume<void>(&session,
                          session.api().wallets->rename(
                              session.wallet(), (*field)->text().trimmed(), std::move(password)),
                          [&session, open](base::Result<void> result) {
                              finish(session, open, result,
                                     WalletTexts::tr("The wallet has its new name."));
                          });
        },
        parent);
    *field = addField(dialog, WalletTexts::tr("New name"), u"rename_wallet.name"_s);
    auto* hint = new TextLabel(QString(), FontRole::Body, Tone::Danger);
    hint->setWrap(Wrap::On);
    hint->hide();
    dialog->extras()->addWidget(hint);
    QLineEdit* name = *field;
    name->setText(session.wallet());
    QObject::connect(name, &QLineEdit::textChanged, hint, [name, hint, taken] {
        const QString problem = NewWalletFields::problemOf(name->text().trimmed(), taken);
        hint->setText(problem);
        hint->setVisible(!problem.isEmpty());
    });
    dialog->setCondition([name, taken] {
        return NewWalletFields::problemOf(name->text().trimmed(), taken).isEmpty();
    });
    dialog->open();
}

void openDeleteWalletDialog(Session& session, QWidget* parent)
{
    const auto wallet = session.walletInfo();
    if (!wallet)
        return;
    auto first = std::make_shared<QPointer<QLineEdit>>();
    auto second = std::make_shared<QPointer<QLineEdit>>();
    const QString text =
        wallet->watchOnly
            ? WalletTexts::tr(
                  "The file of this wallet is deleted, not moved to a trash. It holds no "
                  "keys: the money stays where it is.")
            : WalletTexts::tr(
                  "The file of this wallet is deleted, not moved to a trash. Without its "
                  "recovery words or a backup file the money is gone for good, and nobody "
                  "can bring it back.");
    auto* dialog = new PasswordDialog(
        WalletTexts::tr("Delete the wallet"), text, WalletTexts::tr("&Delete for good"),
        u"delete_wallet"_s,
        [&session, first, second](PasswordDialog& self, base::SecretBytes password) {
            const QPointer<PasswordDialog> open(&self);
            api::DeleteWallet request;
            request.wallet = session.wallet();
            request.password = std::move(password);
            request.name = (*first)->text();
            request.nameAgain = *second ? (*second)->text() : QString();
            consume<void>(&session, session.api().wallets->remove(std::move(request)),
                          [&session, open](base::Result<void> result) {
                              finish(session, open, result,
                                     WalletTexts::tr("The wallet is deleted."));
                          });
        },
        parent);
    setVariant(dialog->action(), ButtonVariant::Destructive);
    *first = addField(dialog, WalletTexts::tr("Type the wallet's name: %1").arg(wallet->id),
                      u"delete_wallet.name"_s);
    if (!wallet->backedUp) {
        auto* warning = new InlineMessage(
            MessageKind::Danger,
            WalletTexts::tr("This wallet is not backed up: neither were its words "
                            "checked nor was a backup file written. Deleting it "
                            "destroys the only copy of its keys."));
        warning->setObjectName(u"delete_wallet.not_backed_up"_s);
        dialog->extras()->addWidget(warning);
        *second =
            addField(dialog, WalletTexts::tr("Type the name once more to delete it all the same"),
                     u"delete_wallet.name_again"_s);
    }
    dialog->setCondition([id = wallet->id, first, second] {
        return *first && (*first)->text() == id && (!*second || (*second)->text() == id);
    });
    dialog->open();
}

} // namespace coffer::ui
