// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/send_page.h"

#include "ui/async.h"
#include "ui/pages/node_note.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/payment_look.h"
#include "ui/send/review_view.h"
#include "ui/send/sent_view.h"
#include "ui/send/sign_view.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/step_indicator.h"

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
{
    titleRow()->addWidget(m_steps);
    m_stack->addWidget(m_compose);
    m_stack->addWidget(m_review);
    m_stack->addWidget(m_sign);
    m_stack->addWidget(m_sent);
    m_note->setObjectName(named(u"node"_s));
    body()->addWidget(m_note);
    body()->addWidget(m_stack, 1);
    buildNobody();
    connect(m_compose, &ComposeView::continueRequested, this, &SendPage::prepare);
    connect(m_review, &ReviewView::backRequested, this, [this] { stepBack(); });
    connect(m_review, &ReviewView::discardRequested, this, &SendPage::askDiscard);
    connect(m_review, &ReviewView::signRequested, this, &SendPage::toSign);
    connect(m_review, &ReviewView::rateRequested, this, [this](std::int64_t rate) {
        m_bumpRate = rate;
        prepare();
    });
    connect(m_sign, &SignView::backRequested, this, [this] { setStep(Step::Review); });
    connect(m_sign, &SignView::confirmRequested, this, &SendPage::confirm);
    connect(m_sent, &SentView::againRequested, this, &SendPage::reset);
    connect(&session, &Session::accountsChanged, this, &SendPage::refreshNobody);
    connect(&session, &Session::walletsChanged, this, &SendPage::refreshNobody);
    setStep(Step::Compose);
    refreshNobody();
}

void SendPage::buildNobody()
{
    m_nobody = new EmptyState(u"eye"_s, QString());
    m_nobody->setObjectName(named(u"nobody"_s));
    auto* receive = m_nobody->addButton(tr("&Receive"), named(u"nobody_receive"_s));
    connect(receive, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Receive, {}, {}, {}, {}});
    });
    auto* add = m_nobody->addLink(tr("Add account"), named(u"nobody_add"_s));
    connect(add, &QPushButton::clicked, this, [this] {
        session().goTo({PageId::Accounts, {}, u"add"_s, {}, {}});
    });
    body()->addWidget(m_nobody, 1);
    m_nobody->hide();
}

void SendPage::refreshNobody()
{
    const auto& accounts = session().accounts().accounts;
    const bool nobody = std::all_of(accounts.begin(), accounts.end(),
                                    [](const auto& account) { return account.watchOnly; });
    const auto wallet = session().walletInfo();
    const bool watching = wallet && wallet->watchOnly;
    if (watching)
        m_nobody->setSentence(
            tr("This wallet only watches: its keys are not on this computer, so nothing can be "
               "signed here. Pay with the wallet that holds the keys, or restore that wallet here "
               "from its words."));
    else if (accounts.empty())
        m_nobody->setSentence(tr("Add your first account to send money."));
    else
        m_nobody->setSentence(tr("Every account of this wallet only watches, so nothing can be "
                                 "signed. Add an account of your own to send from here."));
    m_nobody->findChild<QWidget*>(named(u"nobody_add"_s))->setVisible(!watching);
    m_nobody->findChild<QWidget*>(named(u"nobody_receive"_s))->setVisible(!accounts.empty());
    m_nobody->setVisible(nobody);
    m_stack->setVisible(!nobody);
    m_steps->setVisible(!nobody);
    m_note->setWanted(nobody || m_step == Step::Sent ? NodeNote::Wanted::No
                                                     : NodeNote::Wanted::Yes);
}

void SendPage::setStep(Step step)
{
    m_step = step;
    m_steps->setCurrent(int(step));
    switch (step) {
    case Step::Compose:
        setTitle(tr("Send"));
        break;
    case Step::Review:
        setTitle(tr("Send · review"));
        break;
    case Step::Sign:
        setTitle(tr("Send · sign"));
        break;
    case Step::Sent:
        setTitle(tr("Send · sent"));
        break;
    }
    if (step != Step::Sign)
        m_sign->clear();
    m_stack->setCurrentIndex(int(step));
    refreshNobody();
    focusFirst();
}

void SendPage::open(const Destination& destination)
{
    const bool something = !destination.text.isEmpty() || !destination.account.isEmpty() ||
                           destination.action != Destination::Action::Open;
    if (m_busy || m_sign->isWorking()) {
        if (something) // The step under way must not lose what it works on.
            session().say(tr("The last step is still under way. Try again in a moment."));
        return;
    }
    const bool elsewhere = m_step == Step::Review || m_step == Step::Sign;
    if (something && elsewhere) {
        auto* dialog = new ConfirmDialog(
            tr("Leave this payment?"),
            tr("The payment you were preparing is not sent and will be forgotten."), tr("&Leave"),
            u"leave"_s, this);
        connect(dialog, &QDialog::accepted, this, [this, destination] { begin(destination); });
        dialog->open();
        return;
    }
    begin(destination);
}

void SendPage::begin(const Destination& destination)
{
    if (destination.action != Destination::Action::Open) {
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
    else if (m_step == Step::Review && m_review->signButton()->isEnabled())
        toSign();
}

bool SendPage::hasDraft() const
{
    return m_step == Step::Review || m_step == Step::Sign ||
           (m_step == Step::Compose && !m_compose->isEmpty());
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
        break;
    }
    return payments->prepare(m_compose->draft());
}

void SendPage::prepare()
{
    if (m_busy)
        return;
    m_busy = true;
    message()->hide();
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
    setStep(Step::Compose);
}

} // namespace coffer::ui
