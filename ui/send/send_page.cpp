// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/send_page.h"

#include "ui/async.h"
#include "ui/pages/node_note.h"
#include "ui/psbt/psbt_source.h"
#include "ui/psbt/psbt_text.h"
#include "ui/psbt/psbt_view.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/payment_look.h"
#include "ui/send/review_view.h"
#include "ui/send/sent_view.h"
#include "ui/send/sign_view.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/step_indicator.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr std::int64_t kFreshMs = 60'000; // A quote older than this is asked for again.

std::int64_t now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// Whether both would do the same: addresses of change aside, every number and payee.
bool sameNumbers(const api::PreparedPayment& a, const api::PreparedPayment& b)
{
    const auto payees = [](const api::PreparedPayment& payment) {
        std::vector<std::pair<QString, money::Amount>> list;
        for (const auto& output : payment.outputs)
            if (!output.change)
                list.emplace_back(output.address, output.amount);
        return list;
    };
    return a.amount == b.amount && a.fee == b.fee && a.total == b.total &&
           a.balanceAfter == b.balanceAfter && a.account == b.account && payees(a) == payees(b);
}

} // namespace

SendPage::SendPage(Session& session, QWidget* parent)
    : Page(session, u"send"_s, tr("Send"), Body::Scrolling, parent)
    , m_look(new PaymentLook(session, this))
    , m_note(new NodeNote(session, NodeNote::Scene::Composing))
    , m_steps(new StepIndicator({tr("Compose"), tr("Review"), tr("Sign"), tr("Sent")}))
    , m_stack(new PageStack)
    , m_compose(new ComposeView(session))
    , m_review(new ReviewView(session, *m_look))
    , m_sign(new SignView(session, *m_look))
    , m_sent(new SentView(session, *m_look))
    , m_psbt(new PsbtView(session, *m_look))
    , m_openPsbt(new PsbtSource(tr("&Open PSBT"), named(u"open_psbt"_s)))
{
    titleRow()->addWidget(m_openPsbt);
    titleRow()->addSpacing(8);
    titleRow()->addWidget(m_steps);
    for (QWidget* view :
         std::initializer_list<QWidget*>{m_compose, m_review, m_psbt, m_sign, m_sent})
        m_stack->addWidget(view);
    m_note->setObjectName(named(u"node"_s));
    body()->addWidget(m_note);
    body()->addWidget(m_stack, 1);
    buildNobody();
    buildPsbt();
    connect(m_compose, &ComposeView::continueRequested, this, &SendPage::prepare);
    connect(m_review, &ReviewView::backRequested, this, [this] { stepBack(); });
    connect(m_review, &ReviewView::discardRequested, this, &SendPage::askDiscard);
    connect(m_review, &ReviewView::signRequested, this, &SendPage::toSign);
    connect(m_review, &ReviewView::rateRequested, this, [this](std::int64_t rate) {
        m_bumpRate = rate;
        prepare();
    });
    connect(m_sign, &SignView::backRequested, this, [this] { setStep(Step::Review); });
    connect(m_sign, &SignView::confirmRequested, this,
            [this] { m_subject == Subject::Psbt ? signPsbt() : confirm(); });
    connect(m_sent, &SentView::againRequested, this, &SendPage::reset);
    connect(&session, &Session::accountsChanged, this, &SendPage::refreshNobody);
    connect(&session, &Session::walletsChanged, this, &SendPage::refreshNobody);
    connect(&Theme::instance(), &Theme::changed, this, &SendPage::makeRoom, Qt::QueuedConnection);
    setStep(Step::Compose);
    refreshNobody();
}

void SendPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    makeRoom();
}

/// In a small window the title says which step it is, and the button is of more use.
void SendPage::makeRoom()
{
    m_compose->setRoom(bodyWidth());
    const QWidget* top = titleRow()->parentWidget();
    int width = m_steps->sizeHint().width() + findChild<TextLabel*>()->sizeHint().width() +
                top->layout()->contentsMargins().right();
    if (!m_openPsbt->isHidden())
        width += m_openPsbt->sizeHint().width() + 4 * titleRow()->spacing();
    m_steps->setVisible(m_nobody->isHidden() && width <= top->width());
}

void SendPage::buildNobody()
{
    m_nobody = new EmptyState(u"wallet"_s, tr("Add your first account to send money."));
    m_nobody->setObjectName(named(u"nobody"_s));
    auto* add = m_nobody->addButton(tr("&Add account"), named(u"nobody_add"_s));
    connect(add, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Accounts, {}, u"add"_s, {}, {}});
    });
    body()->addWidget(m_nobody, 1);
    m_nobody->hide();
}

void SendPage::refreshNobody()
{
    const bool nobody = session().accounts().accounts.empty() && m_step == Step::Compose;
    m_nobody->setVisible(nobody);
    m_stack->setVisible(!nobody);
    m_openPsbt->setVisible(m_step == Step::Compose || m_step == Step::Sent);
    makeRoom();
    m_note->setWanted(nobody || m_step == Step::Sent ? NodeNote::Wanted::No
                                                     : NodeNote::Wanted::Yes);
}

QString SendPage::titleOf(Step step) const
{
    const bool psbt = m_subject == Subject::Psbt;
    switch (step) {
    case Step::Compose:
        return tr("Send");
    case Step::Review:
        return psbt ? tr("Send · PSBT") : tr("Send · review");
    case Step::Sign:
        return tr("Send · sign");
    case Step::Sent:
        return tr("Send · sent");
    }
    return {};
}

QWidget* SendPage::viewOf(Step step) const
{
    switch (step) {
    case Step::Compose:
        return m_compose;
    case Step::Review:
        return m_subject == Subject::Psbt ? static_cast<QWidget*>(m_psbt) : m_review;
    case Step::Sign:
        return m_sign;
    case Step::Sent:
        return m_sent;
    }
    return m_compose;
}

void SendPage::setStep(Step step)
{
    m_step = step;
    const bool brought =
        m_subject == Subject::Psbt && m_psbt->origin() == PsbtView::Origin::Outside;
    m_steps->setSkipped(brought ? std::set<int>{int(Step::Compose)} : std::set<int>{});
    m_steps->setCurrent(int(step));
    setTitle(titleOf(step));
    if (step != Step::Sign)
        m_sign->clear();
    m_stack->setCurrentWidget(viewOf(step));
    refreshNobody();
    focusFirst();
}

bool SendPage::isUnderWay() const
{
    return m_busy || m_sign->isWorking() || m_psbt->isBusy();
}

void SendPage::askLeave(const std::function<void()>& proceed)
{
    auto* dialog =
        new ConfirmDialog(tr("Leave this payment?"),
                          tr("The payment you were preparing is not sent and will be forgotten."),
                          tr("&Leave"), u"leave"_s, this);
    connect(dialog, &QDialog::accepted, this, proceed);
    dialog->open();
}

void SendPage::open(const Destination& destination)
{
    const bool something = !destination.text.isEmpty() || !destination.account.isEmpty() ||
                           destination.action != Destination::Action::Open;
    if (isUnderWay()) {
        if (something) // The step under way must not lose what it works on.
            session().say(tr("The last step is still under way. Try again in a moment."));
        return;
    }
    if (destination.action == Destination::Action::Psbt) {
        if (destination.text.isEmpty())
            m_openPsbt->chooseFile();
        else
            bringPsbt(QByteArray::fromBase64(destination.text.toLatin1()));
        return;
    }
    const bool elsewhere = m_step == Step::Review || m_step == Step::Sign;
    if (something && elsewhere)
        askLeave([this, destination] { begin(destination); });
    else
        begin(destination);
}

void SendPage::begin(const Destination& destination)
{
    if (destination.action != Destination::Action::Open) {
        if (m_subject == Subject::Psbt)
            reset();
        m_action = destination.action;
        m_replacedTxid = destination.txid;
        m_bumpRate.reset();
        setStep(Step::Compose);
        prepare();
        return;
    }
    const bool something = !destination.text.isEmpty() || !destination.account.isEmpty();
    if (m_step == Step::Sent || (m_step != Step::Compose && something))
        reset();
    if (something)
        m_compose->start(destination);
}

bool SendPage::stepBack()
{
    if (m_sign->isWorking())
        return true; // The answer decides.
    if (m_step == Step::Sign) {
        setStep(Step::Review);
        return true;
    }
    if (m_step == Step::Review && m_subject == Subject::Psbt) {
        if (!m_psbt->isBusy())
            leavePsbt();
        return true;
    }
    if (m_step == Step::Review) {
        if (m_action != Destination::Action::Open)
            reset();
        else {
            forgetPrepared();
            setStep(Step::Compose);
        }
        return true;
    }
    return false;
}

/// Ctrl+Enter: goes on to the next step, but a signature always needs its own press.
void SendPage::stepForward()
{
    if (m_step == Step::Compose)
        m_compose->findChild<QPushButton*>(u"send.continue"_s)->click();
    else if (m_step == Step::Review && m_subject == Subject::Psbt)
        toSign();
    else if (m_step == Step::Review && m_review->signButton()->isEnabled())
        toSign();
}

bool SendPage::hasDraft() const
{
    const bool reviewed = m_step == Step::Review || m_step == Step::Sign;
    if (reviewed && m_subject == Subject::Psbt)
        return m_psbt->isUnsaved() || m_step == Step::Sign;
    return reviewed || (m_step == Step::Compose && !m_compose->isEmpty());
}

void SendPage::focusFirst()
{
    if (!m_nobody->isHidden())
        Page::focusFirst();
    else if (m_step == Step::Compose)
        m_compose->focusFirst();
    else if (m_step == Step::Sign)
        m_sign->passwordField()->setFocus(Qt::OtherFocusReason);
    else if (m_step == Step::Review)
        m_stack->setFocus(); // Nothing that Return or Space could set off.
}

QFuture<base::Result<api::PreparedPayment>> SendPage::ask()
{
    auto* payments = session().api().payments;
    switch (m_action) {
    case Destination::Action::Bump:
        return payments->prepareBump(session().wallet(), m_replacedTxid, m_bumpRate);
    case Destination::Action::Cancel:
        return payments->prepareCancel(session().wallet(), m_replacedTxid);
    case Destination::Action::Open:
    case Destination::Action::Psbt:
        break;
    }
    return payments->prepare(m_compose->draft());
}

void SendPage::prepare()
{
    if (m_busy)
        return;
    message()->hide();
    if (m_action == Destination::Action::Open && m_compose->isSignedElsewhere()) {
        createPsbt();
        return;
    }
    m_busy = true;
    m_compose->setWork(ComposeView::Work::Running);
    consume<api::PreparedPayment>(this, ask(), [this](base::Result<api::PreparedPayment> result) {
        m_busy = false;
        m_compose->setWork(ComposeView::Work::Idle);
        takePrepared(std::move(result));
    });
}

void SendPage::takePrepared(base::Result<api::PreparedPayment> result)
{
    if (!result) {
        if (m_step == Step::Review)
            m_review->showError(result.error(), ErrorScene::BeforeSigning);
        else
            m_compose->showError(result.error());
        if (m_step == Step::Compose)
            m_action = Destination::Action::Open;
        return;
    }
    if (m_prepared)
        consume<void>(this,
                      session().api().payments->discard(session().wallet(), m_prepared->intent),
                      [](const base::Result<void>&) {});
    m_prepared = result.take();
    m_shownAtMs = now();
    m_extraAgeMs = 0;
    m_review->show(*m_prepared);
    setStep(Step::Review);
}

void SendPage::ensureFresh(const std::function<void()>& proceed)
{
    const std::int64_t age = now() - m_shownAtMs + m_extraAgeMs;
    const bool expired =
        m_prepared->expiresAtMs > 0 && now() + m_extraAgeMs > m_prepared->expiresAtMs;
    if (age <= kFreshMs && !expired) {
        proceed();
        return;
    }
    m_busy = true;
    if (m_action != Destination::Action::Open) {
        askAgain(proceed);
        return;
    }
    // A named speed follows the quotes; a rate that was typed stays.
    m_compose->renewFee([this, proceed] { askAgain(proceed); });
}

void SendPage::askAgain(const std::function<void()>& proceed)
{
    // First, or "everything" would be everything but the coins that this payment itself holds.
    consume<void>(this, session().api().payments->discard(session().wallet(), m_prepared->intent),
                  [](const base::Result<void>&) {});
    consume<api::PreparedPayment>(
        this, ask(), [this, proceed](base::Result<api::PreparedPayment> result) {
            m_busy = false;
            if (!result) {
                setStep(Step::Review);
                m_review->showError(result.error(), ErrorScene::BeforeSigning);
                return;
            }
            const api::PreparedPayment before = *m_prepared;
            m_prepared = result.take();
            m_shownAtMs = now();
            m_extraAgeMs = 0;
            const auto dangers = [](const api::PreparedPayment& payment) {
                QStringList rules;
                for (const auto& finding : payment.findings)
                    if (finding.severity == api::Severity::Danger)
                        rules << finding.rule;
                return rules;
            };
            if (sameNumbers(before, *m_prepared) && dangers(before) == dangers(*m_prepared)) {
                proceed();
                return;
            }
            m_review->showChanged(*m_prepared, before);
            setStep(Step::Review);
        });
}

void SendPage::toSign()
{
    if (m_subject == Subject::Psbt) {
        if (!m_psbt->maySign())
            return;
        m_sign->show(m_psbt->payment(), SignView::Purpose::Psbt);
        setStep(Step::Sign);
        return;
    }
    if (m_busy || !m_prepared || !m_review->allAcknowledged() || m_look->isMasked())
        return;
    ensureFresh([this] {
        m_sign->show(*m_prepared);
        setStep(Step::Sign);
    });
}

void SendPage::confirm()
{
    if (m_busy || !m_prepared || m_step != Step::Sign || !m_review->allAcknowledged() ||
        m_look->isMasked())
        return;
    m_sign->setWork(SignView::Work::Running);
    ensureFresh([this] {
        m_busy = true;
        api::ConfirmPayment request;
        request.wallet = session().wallet();
        request.intent = m_prepared->intent;
        request.password = m_sign->password();
        request.passphrase = m_sign->passphrase();
        request.acknowledgedDangers = m_review->acknowledged();
        consume<api::SentPayment>(
            this, session().api().payments->confirm(std::move(request)),
            [this, prepared = *m_prepared](base::Result<api::SentPayment> result) {
                m_busy = false;
                if (!result) {
                    m_sign->showError(result.error());
                    return;
                }
                m_sent->show(*result, prepared);
                m_prepared.reset();
                m_compose->clear();
                setStep(Step::Sent);
            });
    });
}

void SendPage::askDiscard()
{
    auto* dialog =
        new ConfirmDialog(tr("Discard this payment?"),
                          tr("What you entered is forgotten. Nothing was signed or sent."),
                          tr("&Discard"), u"discard"_s, this);
    connect(dialog, &QDialog::accepted, this, &SendPage::reset);
    dialog->open();
}

void SendPage::forgetPrepared()
{
    if (m_prepared)
        consume<void>(this,
                      session().api().payments->discard(session().wallet(), m_prepared->intent),
                      [](const base::Result<void>&) {});
    m_prepared.reset();
}

void SendPage::reset()
{
    forgetPrepared();
    m_look->forget();
    m_action = Destination::Action::Open;
    m_replacedTxid.clear();
    m_bumpRate.reset();
    m_compose->clear();
    m_review->clear();
    forgetPlan();
    m_psbt->close();
    m_subject = Subject::Payment;
    setStep(Step::Compose);
}

void SendPage::buildPsbt()
{
    connect(m_openPsbt, &PsbtSource::brought, this, &SendPage::bringPsbt);
    const auto say = [this](const base::Error& error, const QString& text) {
        message()->showError(error, text);
    };
    connect(m_openPsbt, &PsbtSource::failed, this,
            [say](const base::Error& error) { say(error, psbtErrorText(error)); });
    connect(m_psbt, &PsbtView::refused, this, say);
    connect(m_psbt, &PsbtView::opened, this, [this] {
        message()->hide();
        m_subject = Subject::Psbt;
        setStep(Step::Review);
    });
    connect(m_psbt, &PsbtView::otherBrought, this,
            [this](const QByteArray& psbt) { askLeave([this, psbt] { openPsbt(psbt); }); });
    connect(m_psbt, &PsbtView::backRequested, this, [this] { stepBack(); });
    connect(m_psbt, &PsbtView::signRequested, this, &SendPage::toSign);
    connect(m_psbt, &PsbtView::sent, this, [this](const api::SentPayment& sent) {
        m_sent->show(sent, m_psbt->payment());
        m_psbt->close();
        m_psbtIntent.clear();
        m_compose->clear();
        setStep(Step::Sent);
    });
}

void SendPage::bringPsbt(const QByteArray& psbt)
{
    if (isUnderWay())
        return;
    if (m_step == Step::Review && m_subject == Subject::Psbt)
        m_psbt->offer(psbt); // Perhaps a copy with more signatures.
    else if (m_step == Step::Review || m_step == Step::Sign)
        askLeave([this, psbt] { openPsbt(psbt); });
    else
        openPsbt(psbt);
}

/// What is open stays until it is known to be one; what was typed stays anyhow.
void SendPage::openPsbt(const QByteArray& psbt)
{
    if (isUnderWay())
        return;
    const bool on = m_step == Step::Review || m_step == Step::Sign;
    forgetPrepared();
    forgetPlan();
    m_look->forget();
    if (on) // Without what it was prepared for, the review shows nothing that holds.
        setStep(m_subject == Subject::Psbt ? Step::Review : Step::Compose);
    m_psbt->open(psbt, PsbtView::Origin::Outside);
}

void SendPage::createPsbt()
{
    m_busy = true;
    m_compose->setWork(ComposeView::Work::Running);
    api::CreatePsbt request;
    request.draft = m_compose->draft();
    consume<api::CreatedPsbt>(this, session().api().psbts->create(std::move(request)),
                              [this](base::Result<api::CreatedPsbt> result) {
                                  m_busy = false;
                                  m_compose->setWork(ComposeView::Work::Idle);
                                  if (!result) {
                                      m_compose->showError(result.error());
                                      return;
                                  }
                                  m_psbtIntent = result->payment.intent;
                                  m_psbt->open(result->psbt, PsbtView::Origin::MadeHere);
                              });
}

void SendPage::signPsbt()
{
    if (isUnderWay() || m_step != Step::Sign || !m_psbt->maySign())
        return;
    m_sign->setWork(SignView::Work::Running);
    m_busy = true;
    api::SignPsbt request;
    request.wallet = session().wallet();
    request.psbt = m_psbt->psbt();
    request.password = m_sign->password();
    request.passphrase = m_sign->passphrase();
    request.acknowledgedDangers = m_psbt->acknowledged();
    consume<api::SignedPsbt>(this, session().api().psbts->sign(std::move(request)),
                             [this](base::Result<api::SignedPsbt> result) {
                                 m_busy = false;
                                 if (!result) {
                                     m_sign->showError(result.error());
                                     return;
                                 }
                                 m_psbtIntent.clear(); // Signed: no longer only a plan.
                                 setStep(Step::Review);
                                 m_psbt->take(*result);
                             });
}

/// The coins of a PSBT that was made here are free again, unless it left.
void SendPage::forgetPlan()
{
    if (!m_psbtIntent.isEmpty() && !m_psbt->wasHandedOn())
        consume<void>(this, session().api().payments->discard(session().wallet(), m_psbtIntent),
                      [](const base::Result<void>&) {});
    m_psbtIntent.clear();
}

/// Back to the form; if the PSBT was made from it and did not leave, with what it held.
void SendPage::leavePsbt()
{
    const auto leave = [this] {
        if (!m_psbtIntent.isEmpty() && m_psbt->wasHandedOn())
            m_compose->clear();
        forgetPlan();
        m_psbt->close();
        m_look->forget();
        m_subject = Subject::Payment;
        setStep(Step::Compose);
    };
    // The form still holds what was only planned; signatures exist nowhere else.
    if (!m_psbt->isUnsaved() || !m_psbtIntent.isEmpty()) {
        leave();
        return;
    }
    auto* dialog =
        new ConfirmDialog(tr("Close without saving?"),
                          tr("What was added to this PSBT is in no file yet. Nothing was sent."),
                          tr("&Close"), u"close_psbt"_s, this);
    connect(dialog, &QDialog::accepted, this, leave);
    dialog->open();
}

} // namespace coffer::ui
