// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/backup_dialogs.h"

#include "ui/async.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fitted_dialog.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDate>
#include <QFileDialog>
#include <QLocale>
#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// Gives the texts a translation context.
class Texts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::BackupDialogs)
};

void showReport(const api::BackupReport& report, QWidget* parent)
{
    auto* dialog = new FittedDialog(520, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Texts::tr("Backup"));
    identify(dialog, u"backup_report.dialog"_s, Texts::tr("Backup"));
    auto* column = makeColumn(dialog, 14);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(Texts::tr("This backup is good"), FontRole::Section));
    auto* grid = new FieldGrid;
    auto* path = new TextLabel(report.path);
    path->setWrap(Wrap::On);
    grid->addRow(Texts::tr("File"), path);
    grid->addRow(Texts::tr("Keys"), new TextLabel(report.containsRoot ? Texts::tr("Can spend")
                                                                      : Texts::tr("Watch-only")));
    grid->addRow(Texts::tr("Fingerprint"),
                 new TextLabel(report.fingerprint, FontRole::AddressSmall));
    grid->addRow(Texts::tr("Accounts"), new TextLabel(QString::number(report.accounts)));
    grid->addRow(Texts::tr("Labels"), new TextLabel(QString::number(report.labels)));
    grid->addRow(Texts::tr("Entries"), new TextLabel(QString::number(report.entries)));
    if (report.lastScannedHeight >= 0)
        grid->addRow(Texts::tr("Scanned up to block"),
                     new TextLabel(QLocale().toString(qlonglong(report.lastScannedHeight))));
    column->addWidget(grid);
    auto* row = makeRow();
    auto* close = new QPushButton(Texts::tr("&Close"));
    identify(close, u"backup_report.close"_s, Texts::tr("Close"));
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    dialog->open();
}

} // namespace

void openBackupDialog(Session& session, QWidget* parent)
{
    auto* files = new QFileDialog(parent, Texts::tr("Back up to"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->setNameFilter(Texts::tr("Coffer wallet (*.coffer)"));
    files->setDefaultSuffix(u"coffer"_s);
    files->selectFile(
        u"%1-%2.coffer"_s.arg(session.wallet(), QDate::currentDate().toString(Qt::ISODate)));
    QObject::connect(
        files, &QFileDialog::fileSelected, parent, [&session, parent](const QString& path) {
            auto* second = new PassphraseEdit;
            auto* dialog = new PasswordDialog(
                Texts::tr("Back up the wallet"),
                Texts::tr("The backup is a wallet file with a password of its own. It holds keys, "
                          "accounts and labels."),
                Texts::tr("&Back up"), u"backup"_s,
                [&session, parent, path, second](PasswordDialog& self, base::SecretBytes password) {
                    auto chosen = second->copy();
                    if (chosen.empty())
                        chosen = password.clone();
                    QPointer<PasswordDialog> open(&self);
                    consume<api::BackupReport>(
                        &self,
                        session.api().wallets->backup(session.wallet(), path, std::move(password),
                                                      std::move(chosen)),
                        [open, parent](base::Result<api::BackupReport> result) {
                            if (!open)
                                return;
                            if (!result) {
                                open->showError(result.error());
                                return;
                            }
                            open->accept();
                            showReport(*result, parent);
                        });
                },
                parent);
            auto* label = new TextLabel(Texts::tr("Password of the backup (empty: the same)"),
                                        FontRole::BodyStrong);
            second->setNames(u"backup.backup_password"_s, Texts::tr("Password of the backup"));
            label->setBuddy(second);
            dialog->extras()->addWidget(label);
            dialog->extras()->addWidget(second);
            dialog->open();
        });
    files->open();
}

void openVerifyBackupDialog(Session& session, QWidget* parent)
{
    auto* files = new QFileDialog(parent, Texts::tr("Check a backup"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilter(Texts::tr("Coffer wallet (*.coffer)"));
    QObject::connect(
        files, &QFileDialog::fileSelected, parent, [&session, parent](const QString& path) {
            auto* dialog = new PasswordDialog(
                Texts::tr("Check a backup"),
                Texts::tr("Enter the password this backup was made with."), Texts::tr("&Check"),
                u"verify_backup"_s,
                [&session, parent, path](PasswordDialog& self, base::SecretBytes password) {
                    QPointer<PasswordDialog> open(&self);
                    consume<api::BackupReport>(
                        &self, session.api().wallets->verifyBackup(path, std::move(password)),
                        [open, parent](base::Result<api::BackupReport> result) {
                            if (!open)
                                return;
                            if (!result) {
                                open->showError(result.error());
                                return;
                            }
                            open->accept();
                            showReport(*result, parent);
                        });
                },
                parent);
            dialog->open();
        });
    files->open();
}

} // namespace coffer::ui
