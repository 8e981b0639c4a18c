// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/rehearse_dialog.h"

#include "ui/async.h"
#include "ui/secret/phrase_fields.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

RehearseDialog::RehearseDialog(Session& session, QWidget* parent)
    : FittedDialog(660, parent)
    , m_session(session)
    , m_message(new InlineMessage)
    , m_stack(new PageStack)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Rehearse a restore"));
    identify(this, u"rehearse.dialog"_s, tr("Rehearse a restore"));
    auto* column = makeColumn(this, 12);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("Rehearse a restore"), FontRole::Section));
    m_message->setObjectName(u"rehearse.message"_s);
    column->addWidget(m_message);
    column->addWidget(m_stack);
    m_stack->addWidget(buildWords());
    m_phrase->focusWords();
}

QWidget* RehearseDialog::buildWords()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    auto* text = new TextLabel(tr("Type the words from your paper, as if this computer were gone. "
                                  "Coffer derives every key anew and compares it with this "
                                  "wallet. Nothing is changed."));
    text->setWrap(Wrap::On);
    column->addWidget(text);
    m_phrase = new PhraseFields(u"rehearse"_s);
    column->addWidget(m_phrase);
    connect(m_phrase, &PhraseFields::submitted, this, &RehearseDialog::run);
    auto* row = makeRow();
    auto* cancel = new QPushButton(tr("&Cancel"));
    identify(cancel, u"rehearse.cancel"_s, tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_action = new QPushButton(tr("&Rehearse"));
    identify(m_action, u"rehearse.action"_s, tr("Rehearse"));
    setVariant(m_action, ButtonVariant::Primary);
    m_action->setAutoDefault(false);
    connect(m_action, &QPushButton::clicked, this, &RehearseDialog::run);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_action);
    column->addLayout(row);
    column->addStretch(1);
    return page;
}

void RehearseDialog::run()
{
    if (!m_action->isEnabled())
        return;
    if (!m_phrase->isComplete()) {
        m_message->show(MessageKind::Danger,
                        tr("The words are not complete, or one of them is not in the list."));
        m_phrase->focusWords();
        return;
    }
    m_message->hide();
    m_action->setEnabled(false);
    api::RehearseRestore request;
    request.wallet = m_session.wallet();
    request.mnemonic = m_phrase->words();
    request.passphrase = m_phrase->passphrase();
    consume<api::RehearsalReport>(
        this, m_session.api().wallets->rehearse(std::move(request)),
        [this](base::Result<api::RehearsalReport> result) { answer(std::move(result)); });
}

void RehearseDialog::answer(base::Result<api::RehearsalReport> result)
{
    m_action->setEnabled(true);
    if (result) {
        m_phrase->clear();
        showReport(*result);
        return;
    }
    if (result.error().code == base::ErrorCode::BadChecksum)
        m_message->show(MessageKind::Danger,
                        tr("All words are in the list, but together they are no wallet: one is "
                           "wrong or two are swapped. Compare them with the paper."));
    else if (result.error().code == base::ErrorCode::WrongWallet)
        m_message->show(MessageKind::Danger,
                        tr("These are good words, but of another wallet: they would not bring this "
                           "one back. A missing or wrong passphrase also leads here."));
    else
        m_message->showError(result.error());
    m_phrase->focusWords();
}

void RehearseDialog::showReport(const api::RehearsalReport& report)
{
    m_message->show(MessageKind::Ok, tr("These words restore this wallet: every key came out the "
                                        "same and could sign."));
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    auto* grid = new FieldGrid;
    grid->addRow(tr("Fingerprint"), new TextLabel(report.fingerprint, FontRole::AddressSmall));
    auto* accounts = new TextLabel(report.accounts.join(u", "_s));
    accounts->setWrap(Wrap::On);
    grid->addRow(tr("Accounts that come back"), accounts);
    if (!report.notFromWords.isEmpty()) {
        auto* others = new TextLabel(report.notFromWords.join(u", "_s));
        others->setWrap(Wrap::On);
        grid->addRow(tr("Watched only: not from these words"), others);
    }
    column->addWidget(grid);
    auto* row = makeRow();
    auto* close = new QPushButton(tr("&Close"));
    identify(close, u"rehearse.close"_s, tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    column->addStretch(1);
    m_stack->addWidget(page);
    m_stack->setCurrentWidget(page);
    close->setFocus();
}

} // namespace coffer::ui
