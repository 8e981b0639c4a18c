// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/psbt/psbt_view.h"

#include "ui/async.h"
#include "ui/psbt/psbt_code_dialog.h"
#include "ui/psbt/psbt_facts.h"
#include "ui/psbt/psbt_source.h"
#include "ui/psbt/psbt_text.h"
#include "ui/send/finding_list.h"
#include "ui/send/payment_look.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QPushButton>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kRenewMs = 500; // Snapshots come in swarms while blocks are read.

using Work = PsbtActions::Page::Work;

int signatures(const api::PsbtInfo& info)
{
    int count = 0;
    for (const auto& input : info.inputs)
        count += input.signatures + (input.final ? 1 : 0);
    return count;
}

bool sameStanding(const api::PsbtInfo& a, const api::PsbtInfo& b)
{
    return a.signing == b.signing && a.sending == b.sending && a.account == b.account &&
           a.balanceAfter == b.balanceAfter && a.label == b.label &&
           std::ranges::equal(
               a.findings, b.findings, [](const api::Finding& left, const api::Finding& right) {
                   return left.rule == right.rule && left.parameters == right.parameters;
               });
}

} // namespace

PsbtView::PsbtView(Session& session, PaymentLook& look, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_look(look)
    , m_message(new InlineMessage)
    , m_facts(new PsbtFacts(session, look))
    , m_inputs(new PsbtInputs(session, look))
    , m_problems(new QWidget)
    , m_findings(new FindingList(u"psbt"_s))
    , m_actions(new PsbtActions)
{
    auto* column = makeColumn(this, 14);
    m_message->setObjectName(u"psbt.message"_s);
    column->addWidget(m_message);
    column->addWidget(new MaskNote(look, u"psbt"_s));
    column->addWidget(m_facts);
    column->addWidget(m_inputs);
    makeColumn(m_problems, 10);
    column->addWidget(m_problems);
    column->addWidget(m_findings);
    column->addStretch(1);
    column->addSpacing(4);
    column->addWidget(m_actions);
    connect(&look, &PaymentLook::changed, this, &PsbtView::rewrite);
    connect(m_findings, &FindingList::changed, this, &PsbtView::refresh);
    connectActions();
    m_renewing.setSingleShot(true);
    m_renewing.setInterval(kRenewMs);
    connect(&m_renewing, &QTimer::timeout, this, &PsbtView::renew);
    for (const auto signal :
         {&Session::paymentsChanged, &Session::historyChanged, &Session::accountsChanged})
        connect(&session, signal, &m_renewing, qOverload<>(&QTimer::start));
}

void PsbtView::connectActions()
{
    connect(m_actions, &PsbtActions::backRequested, this, &PsbtView::backRequested);
    connect(m_actions, &PsbtActions::signRequested, this, &PsbtView::signRequested);
    connect(m_actions, &PsbtActions::saveRequested, this, &PsbtView::save);
    connect(m_actions, &PsbtActions::copyRequested, this, [this] {
        m_session.copy(QString::fromLatin1(m_psbt.toBase64()), tr("PSBT copied as base64."));
        handedOn({});
    });
    connect(m_actions, &PsbtActions::codeRequested, this, [this] {
        (new PsbtCodeDialog(m_psbt, this))->open();
        handedOn({});
    });
    connect(m_actions, &PsbtActions::finaliseRequested, this, &PsbtView::finalise);
    connect(m_actions, &PsbtActions::broadcastRequested, this, &PsbtView::broadcast);
    connect(m_actions->combineSource(), &PsbtSource::brought, this, &PsbtView::combineWith);
    connect(
        m_actions->combineSource(), &PsbtSource::failed, this,
        [this](const base::Error& error) { m_message->showError(error, psbtErrorText(error)); });
}

void PsbtView::setWork(Work work)
{
    m_work = work;
    refresh();
}

void PsbtView::inspect(const QByteArray& psbt, const std::function<void(api::PsbtInfo)>& done)
{
    setWork(Work::Running);
    consume<api::PsbtInfo>(
        this, m_session.api().psbts->inspect(m_session.wallet(), psbt),
        [this, done](base::Result<api::PsbtInfo> result) {
            setWork(Work::Idle);
            if (result && !isForOtherNetwork(*result)) {
                done(result.take());
                return;
            }
            using base::ErrorCode;
            base::Error error{ErrorCode::WrongNetwork, "its keys belong to another network"};
            if (!result) {
                error = result.error();
                if (error.code == ErrorCode::Malformed) // It does begin as a PSBT.
                    error.code = ErrorCode::Damaged;
            }
            const QString text = psbtErrorText(error);
            Q_EMIT refused(error, text.isEmpty() ? errorText(error.code) : text);
        });
}

void PsbtView::open(const QByteArray& psbt, Origin origin)
{
    if (isBusy())
        return;
    inspect(psbt, [this, psbt, origin](api::PsbtInfo info) {
        m_psbt = psbt;
        m_info = std::move(info);
        m_open = true;
        m_origin = origin;
        m_unsaved = origin == Origin::MadeHere;
        m_handedOn = origin == Origin::Outside;
        m_message->hide();
        fill();
        Q_EMIT opened();
    });
}

void PsbtView::offer(const QByteArray& psbt)
{
    combine(psbt, [this, psbt](const base::Error&) { Q_EMIT otherBrought(psbt); });
}

void PsbtView::combineWith(const QByteArray& psbt)
{
    combine(psbt, [this](const base::Error& error) {
        const QString text = psbtErrorText(error);
        m_message->showError(error, text.isEmpty() ? errorText(error.code) : text);
    });
}

void PsbtView::take(const api::SignedPsbt& result)
{
    change(result.psbt, result.complete
                            ? tr("Signed, and complete. Nothing was sent: broadcast it, or hand it "
                                 "on.")
                            : tr("Your signatures are in it. Hand it on to the others: save, copy "
                                 "or show it."));
}

void PsbtView::close()
{
    m_open = false;
    m_unsaved = false;
    m_handedOn = false;
    m_psbt.clear();
    m_info = {};
    m_message->hide();
    m_facts->clear();
    m_inputs->clear();
    m_findings->clear();
    clearLayout(m_problems->layout());
}

api::PreparedPayment PsbtView::payment() const
{
    api::PreparedPayment payment;
    payment.wallet = m_session.wallet();
    payment.account = m_info.account;
    payment.currency = m_info.currency;
    payment.total = m_info.leaving.value_or(money::Amount());
    payment.fee = m_info.fee.value_or(money::Amount());
    payment.needsPassphrase = m_info.needsPassphrase;
    payment.label = m_info.label;
    for (const auto& output : m_info.outputs)
        payment.outputs.push_back({output.address, output.amount, output.ours.value_or(false)});
    return payment;
}

bool PsbtView::maySign() const
{
    return m_open && !isBusy() && m_info.signing == api::PsbtObstacle::None && blocked().isEmpty();
}

QStringList PsbtView::acknowledged() const
{
    return m_findings->acknowledged();
}

void PsbtView::change(const QByteArray& psbt, const QString& said)
{
    const bool differs = psbt != m_psbt;
    inspect(psbt, [this, psbt, said, differs](api::PsbtInfo info) {
        m_psbt = psbt;
        m_info = std::move(info);
        m_unsaved = m_unsaved || differs;
        m_handedOn = m_handedOn && !differs;
        rewrite();
        m_message->show(MessageKind::Ok, said);
    });
}

void PsbtView::combine(const QByteArray& other,
                       const std::function<void(const base::Error&)>& failed)
{
    if (isBusy())
        return;
    setWork(Work::Running);
    consume<QByteArray>(
        this, m_session.api().psbts->combine({m_psbt, other}),
        [this, failed](base::Result<QByteArray> result) {
            setWork(Work::Idle);
            if (!result) {
                failed(result.error());
                return;
            }
            const int before = signatures(m_info);
            inspect(*result, [this, psbt = *result, before](api::PsbtInfo info) {
                const int added = signatures(info) - before;
                m_unsaved = m_unsaved || psbt != m_psbt;
                m_psbt = psbt;
                m_info = std::move(info);
                rewrite();
                if (added > 0)
                    m_message->show(MessageKind::Ok,
                                    tr("Combined: %n new signature(s).", nullptr, added));
                else
                    m_message->show(MessageKind::Info, tr("The other copy holds nothing new."));
            });
        });
}

void PsbtView::finalise()
{
    if (isBusy())
        return;
    setWork(Work::Running);
    consume<api::FinalPsbt>(
        this, m_session.api().psbts->finalise(m_psbt), [this](base::Result<api::FinalPsbt> result) {
            setWork(Work::Idle);
            if (!result) {
                m_message->showError(result.error(),
                                     tr("A signature does not hold, so nothing was finalised."));
                return;
            }
            change(result->psbt, result->complete
                                     ? tr("Everything is final. Nothing was sent.")
                                     : tr("What was complete is final; signatures are missing for "
                                          "%n coin(s).",
                                          nullptr, int(result->missing.size())));
        });
}

void PsbtView::broadcast()
{
    if (isBusy() || m_info.sending != api::PsbtObstacle::None || !blocked().isEmpty())
        return;
    setWork(Work::Running);
    consume<api::SentPayment>(this, m_session.api().psbts->broadcast(m_session.wallet(), m_psbt),
                              [this](base::Result<api::SentPayment> result) {
                                  setWork(Work::Idle);
                                  if (result)
                                      Q_EMIT sent(*result);
                                  else
                                      m_message->showError(result.error(), ErrorScene::Sending);
                              });
}

void PsbtView::save()
{
    auto* dialog = new QFileDialog(this, tr("Save the PSBT"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Partially signed transaction (*.psbt)"));
    dialog->setDefaultSuffix(u"psbt"_s);
    const QString state = m_info.complete          ? u"-complete"_s
                          : signatures(m_info) > 0 ? u"-signed"_s
                                                   : QString();
    const QString id = m_info.txid.isEmpty() ? u"payment"_s : m_info.txid.left(8);
    dialog->selectFile(id + state + u".psbt"_s);
    const QString said =
        m_info.complete ? tr("Saved. Whoever broadcasts this file makes this payment and no other.")
                        : tr("Saved. Open it where the missing keys are, and bring it back here.");
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, said, bytes = m_psbt](const QString& path) {
                QSaveFile file(path);
                if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() &&
                    file.commit())
                    handedOn(said);
                else
                    m_message->show(
                        MessageKind::Danger,
                        tr("The file could not be written there. Choose another folder."));
            });
    dialog->open();
}

void PsbtView::handedOn(const QString& said)
{
    m_unsaved = false;
    m_handedOn = true;
    if (!said.isEmpty())
        m_message->show(MessageKind::Ok, said);
}

/// A block or another payment may have changed what can be done with it.
void PsbtView::renew()
{
    if (!m_open || isBusy() || !isVisible())
        return;
    consume<api::PsbtInfo>(this, m_session.api().psbts->inspect(m_session.wallet(), m_psbt),
                           [this, asked = m_psbt](base::Result<api::PsbtInfo> result) {
                               if (!m_open || !result || asked != m_psbt || isBusy() ||
                                   sameStanding(*result, m_info))
                                   return;
                               m_info = result.take();
                               rewrite();
                           });
}

void PsbtView::fill()
{
    m_facts->show(m_info);
    m_inputs->show(m_info);
    fillProblems();
    m_findings->show(m_info.findings, m_look.look(), m_info.currency);
    refresh();
}

/// The same transaction in other clothes: what was acknowledged stays so.
void PsbtView::rewrite()
{
    if (!m_open)
        return;
    const QStringList kept = acknowledged();
    fill();
    m_findings->acknowledge(kept);
}

void PsbtView::fillProblems()
{
    clearLayout(m_problems->layout());
    int number = 0;
    const bool ours = !m_info.account.isEmpty();
    for (const auto& problem : m_info.problems) {
        if (std::size_t(number) >= kMostPsbtRows)
            break; // As with the coins; what is not listed forbids signing all the same.
        // Where nothing is ours, what is not proved is a matter of the others.
        const bool mild =
            !ours && (problem.rule == "utxo_missing"_L1 || problem.rule == "amount_unproved"_L1);
        auto* message = new InlineMessage(mild ? MessageKind::Warning : MessageKind::Danger,
                                          psbtProblemText(problem));
        message->setObjectName(u"psbt.problem%1"_s.arg(++number));
        m_problems->layout()->addWidget(message);
    }
    if (m_info.signing == api::PsbtObstacle::NothingOurs) {
        auto* message = new InlineMessage(
            MessageKind::Info, tr("Nothing of this wallet goes in: you can look at it, combine it "
                                  "and hand it on, but not sign or send it."));
        message->setObjectName(u"psbt.foreign"_s);
        m_problems->layout()->addWidget(message);
        ++number;
    }
    m_problems->setVisible(number > 0);
}

/// Why nobody signs or sends what is on the screen yet; empty if nothing hinders.
QString PsbtView::blocked() const
{
    if (m_look.isMasked())
        return tr("Show the amounts first.");
    if (!m_findings->allAcknowledged())
        return tr("Tick the boxes under the dangers first.");
    if (m_info.inputs.size() > kMostPsbtRows || m_info.outputs.size() > kMostPsbtRows)
        return tr("It is too long to be looked through here. Use psbt sign on the command line.");
    return {};
}

void PsbtView::refresh()
{
    PsbtActions::Page page;
    page.work = m_work;
    page.blocked = blocked();
    if (!PsbtCodeDialog::fits(m_psbt))
        page.codeObstacle = tr("It is too large for one code. Save it as a file.");
    m_actions->show(m_info, page);
}

} // namespace coffer::ui
