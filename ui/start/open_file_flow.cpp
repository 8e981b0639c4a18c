// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/open_file_flow.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/start/new_wallet_fields.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// Gives the texts a translation context.
class FileTexts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::OpenFileFlow)

public:
    /// What is wrong with this file; empty: the usual words fit.
    static QString of(const base::Error& error)
    {
        using base::ErrorCode;
        if (error.code == ErrorCode::WrongPassword)
            return tr("This is not the password of this file. A backup has the password that was "
                      "chosen when it was made.");
        if (error.code == ErrorCode::Damaged)
            return tr("This is no wallet file of Coffer, or it is damaged. Try another backup, or "
                      "restore from the words.");
        if (error.code == ErrorCode::WrongNetwork)
            return tr("This wallet belongs to another network: real bitcoin and test networks are "
                      "kept apart.");
        if (error.code == ErrorCode::NotFound)
            return tr("There is no such file. Choose it again.");
        if (error.code == ErrorCode::InUse)
            return tr("Another program has this wallet open. Close it there first.");
        if (error.code == ErrorCode::Conflict)
            return tr("This very wallet is here already. Open it from the list of wallets.");
        return {};
    }
};

} // namespace

OpenFileFlow::OpenFileFlow(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_message(new InlineMessage)
    , m_file(new QLineEdit)
    , m_name(new QLineEdit)
    , m_nameHint(new TextLabel(QString(), FontRole::Body, Tone::Danger))
    , m_password(new PassphraseEdit)
    , m_progress(new QProgressBar)
    , m_start(new QPushButton(tr("&Open wallet")))
{
    auto* column = makeColumn(this, 10);
    m_message->setObjectName(u"open.message"_s);
    column->addWidget(m_message);
    auto* lead = new TextLabel(tr("Coffer checks the whole file and copies it to its own folder. "
                                  "The file itself stays as it is."),
                               FontRole::Body, Tone::Dim);
    lead->setWrap(Wrap::On);
    column->addWidget(lead);
    const auto addLabel = [column](const QString& text, QWidget* field) {
        auto* label = new TextLabel(text, FontRole::BodyStrong);
        label->setBuddy(field);
        column->addWidget(label);
    };
    identify(m_file, u"open.file"_s, tr("Wallet file or backup"));
    m_file->setPlaceholderText(tr("Choose a .coffer file, or drop it here"));
    m_file->setAcceptDrops(false); // The page takes the file itself, not its address as text.
    addLabel(tr("Wallet file or backup"), m_file);
    auto* row = makeRow();
    row->addWidget(m_file, 1);
    auto* choose = new QPushButton(tr("&Choose…"));
    identify(choose, u"open.choose"_s, tr("Choose the file"));
    connect(choose, &QPushButton::clicked, this, &OpenFileFlow::choose);
    row->addWidget(choose);
    column->addLayout(row);
    identify(m_name, u"open.name"_s, tr("Name of the wallet"));
    m_name->setMaxLength(60);
    m_name->setText(suggestedName(taken()));
    addLabel(tr("Name of the wallet"), m_name);
    column->addWidget(m_name);
    m_nameHint->setWrap(Wrap::On);
    m_nameHint->hide();
    column->addWidget(m_nameHint);
    m_password->setNames(u"open.password"_s, tr("Password of the file"));
    addLabel(tr("Password of the file"), m_password);
    column->addWidget(m_password);
    m_progress->setRange(0, 0);
    m_progress->setFixedHeight(8);
    identify(m_progress, u"open.progress"_s, tr("The file is being checked"));
    m_progress->hide();
    column->addWidget(m_progress);
    auto* buttons = makeRow();
    auto* back = new QPushButton(tr("&Back"));
    identify(back, u"open.back"_s, tr("Back"));
    connect(back, &QPushButton::clicked, this, &OpenFileFlow::cancelled);
    identify(m_start, u"open.open"_s, tr("Open wallet"));
    setVariant(m_start, ButtonVariant::Primary);
    connect(m_start, &QPushButton::clicked, this, &OpenFileFlow::start);
    buttons->addWidget(back);
    buttons->addStretch(1);
    buttons->addWidget(m_start);
    column->addSpacing(4);
    column->addLayout(buttons);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_named = true; });
    connect(m_name, &QLineEdit::textChanged, this, &OpenFileFlow::refreshName);
    connect(m_file, &QLineEdit::editingFinished, this, [this] { setFile(m_file->text()); });
    connect(m_file, &QLineEdit::returnPressed, m_password, [this] { m_password->setFocus(); });
    connect(m_name, &QLineEdit::returnPressed, m_password, [this] { m_password->setFocus(); });
    connect(m_password, &PassphraseEdit::submitted, this, &OpenFileFlow::start);
    refreshName();
}

QStringList OpenFileFlow::taken() const
{
    QStringList names;
    for (const auto& wallet : m_session.wallets().wallets)
        names << wallet.id;
    return names;
}

bool OpenFileFlow::hasDraft() const
{
    return !m_password->isEmpty();
}

void OpenFileFlow::focusFirst()
{
    if (m_file->text().isEmpty())
        m_file->setFocus();
    else
        m_password->setFocus();
}

void OpenFileFlow::setFile(const QString& path)
{
    if (m_file->text() != path)
        m_file->setText(path);
    if (m_named || path.isEmpty())
        return;
    const QString name = QFileInfo(path).completeBaseName().left(60).trimmed();
    if (NewWalletFields::problemOf(name, taken()).isEmpty())
        m_name->setText(name);
}

void OpenFileFlow::choose()
{
    auto* files = new QFileDialog(this, tr("Open a wallet file or backup"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilters({tr("Coffer wallet (*.coffer)"), tr("All files (*)")});
    connect(files, &QFileDialog::fileSelected, this, [this](const QString& path) {
        setFile(path);
        m_password->setFocus();
    });
    files->open();
}

void OpenFileFlow::refreshName()
{
    const QString problem = NewWalletFields::problemOf(m_name->text().trimmed(), taken());
    m_nameHint->setText(problem);
    m_nameHint->setVisible(!problem.isEmpty());
}

void OpenFileFlow::setWork(Work work)
{
    m_working = work == Work::Running;
    m_start->setEnabled(!m_working);
    m_start->setText(m_working ? tr("Checking…") : tr("&Open wallet"));
    m_progress->setVisible(m_working);
}

void OpenFileFlow::start()
{
    if (m_working)
        return;
    const QString path = m_file->text().trimmed();
    if (path.isEmpty()) {
        m_message->show(MessageKind::Danger, tr("Choose the file first."));
        m_file->setFocus();
        return;
    }
    if (!m_nameHint->isHidden()) {
        m_name->setFocus();
        return;
    }
    if (m_password->isEmpty()) {
        m_message->show(MessageKind::Danger, tr("Enter the password of the file."));
        m_password->setFocus();
        return;
    }
    m_message->hide();
    setWork(Work::Running);
    consume<api::CreatedWallet>(
        this,
        m_session.api().wallets->importFile(QFileInfo(path).absoluteFilePath(),
                                            m_name->text().trimmed(), m_password->copy()),
        [this](base::Result<api::CreatedWallet> result) { answer(std::move(result)); });
}

void OpenFileFlow::answer(base::Result<api::CreatedWallet> result)
{
    setWork(Work::Idle);
    if (result) {
        m_password->clear();
        Q_EMIT finished(result->wallet);
        return;
    }
    const auto& error = result.error();
    const QString text = FileTexts::of(error);
    if (text.isEmpty())
        m_message->showError(error);
    else
        m_message->show(MessageKind::Danger, text);
    if (error.code == base::ErrorCode::WrongPassword) {
        m_password->clear();
        m_password->setFocus();
    } else if (error.code == base::ErrorCode::AlreadyExists ||
               error.code == base::ErrorCode::Malformed) {
        m_name->setFocus();
    } else {
        m_file->setFocus();
    }
}

} // namespace coffer::ui
