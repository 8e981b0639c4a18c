// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/pages/page.h"

#include <functional>
#include <optional>

namespace coffer::ui {

class ComposeView;
class EmptyState;
class NodeNote;
class PageStack;
class PaymentLook;
class PsbtSource;
class PsbtView;
class ReviewView;
class SentView;
class SignView;
class StepIndicator;

/// Compose, review, sign, sent. What is signed is exactly what was reviewed: older than a minute,
/// it is prepared again, and a changed number goes back to the review. A PSBT, brought from outside
/// or made here for another signer, has its own review and then takes the same way.
class SendPage : public Page
{
    Q_OBJECT

public:
    enum class Step
    {
        Compose,
        Review,
        Sign,
        Sent
    };

    explicit SendPage(Session& session, QWidget* parent = nullptr);

    void open(const Destination& destination) override;
    bool stepBack() override;
    void stepForward() override;
    bool hasDraft() const override;
    void focusFirst() override;

    Step step() const { return m_step; }
    ComposeView* compose() const { return m_compose; }
    ReviewView* review() const { return m_review; }
    SignView* signView() const { return m_sign; }
    PsbtView* psbt() const { return m_psbt; }
    const std::optional<api::PreparedPayment>& prepared() const { return m_prepared; }
    /// For tests: pretends that the review is this old.
    void setAgeForTest(std::int64_t ageMs) { m_extraAgeMs = ageMs; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// What is reviewed, signed and sent.
    enum class Subject
    {
        Payment,
        Psbt
    };
    void setStep(Step step);
    QString titleOf(Step step) const;
    QWidget* viewOf(Step step) const;
    void buildPsbt();
    void openPsbt(const QByteArray& psbt);
    /// As openPsbt(); a payment on its way is asked about first.
    void bringPsbt(const QByteArray& psbt);
    void createPsbt();
    void signPsbt();
    void leavePsbt();
    void forgetPlan();
    void makeRoom();
    void buildNobody();
    void refreshNobody();
    /// Its coins are free again before anything else is prepared.
    void forgetPrepared();
    QFuture<base::Result<api::PreparedPayment>> ask();
    void prepare();
    void takePrepared(base::Result<api::PreparedPayment> result);
    void toSign();
    void confirm();
    void begin(const Destination& destination);
    void askAgain(const std::function<void()>& proceed);
    /// Prepares again when the review is old; goes on only if nothing changed.
    void ensureFresh(const std::function<void()>& proceed);
    void askDiscard();
    void askLeave(const std::function<void()>& proceed);
    bool isUnderWay() const;
    void reset();

    PaymentLook* m_look;
    NodeNote* m_note;
    EmptyState* m_nobody; ///< Instead of the steps when no account can sign.
    StepIndicator* m_steps;
    PageStack* m_stack;
    ComposeView* m_compose;
    ReviewView* m_review;
    SignView* m_sign;
    SentView* m_sent;
    PsbtView* m_psbt;
    PsbtSource* m_openPsbt;
    api::IntentId m_psbtIntent; ///< Of the PSBT that was made here.
    Subject m_subject = Subject::Payment;
    Step m_step = Step::Compose;
    std::optional<api::PreparedPayment> m_prepared;
    std::int64_t m_shownAtMs = 0;
    std::int64_t m_extraAgeMs = 0;
    bool m_busy = false;
    Destination::Action m_action = Destination::Action::Open;
    QString m_replacedTxid;
    std::optional<std::int64_t> m_bumpRate;
};

} // namespace coffer::ui
