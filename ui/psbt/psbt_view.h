// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/psbt/psbt_actions.h"
#include "ui/session.h"

#include <QTimer>
#include <QWidget>

#include <functional>

namespace coffer::ui {

class FindingList;
class InlineMessage;
class PaymentLook;
class PsbtFacts;
class PsbtInputs;

/// The review of a PSBT: what it does, who signed, and the steps that are open. Nothing here is a
/// default button; signing itself is asked for with signRequested().
class PsbtView : public QWidget
{
    Q_OBJECT

public:
    PsbtView(Session& session, PaymentLook& look, QWidget* parent = nullptr);

    /// Who had these bytes before: what nobody else has is lost when it is closed.
    enum class Origin
    {
        Outside,
        MadeHere
    };
    /// `opened` or `refused` follows; until then the one that is open stays.
    void open(const QByteArray& psbt, Origin origin);
    /// Another copy of what is open: its signatures are added. Something else: `otherBrought`.
    void offer(const QByteArray& psbt);
    /// What became of it by signing.
    void take(const api::SignedPsbt& result);
    void close();
    bool isOpen() const { return m_open; }
    /// Of what was opened last.
    Origin origin() const { return m_origin; }
    bool isBusy() const { return m_work == PsbtActions::Page::Work::Running; }
    /// Something was made here that was not saved, copied or shown.
    bool isUnsaved() const { return m_open && m_unsaved; }
    /// It left in some form.
    bool wasHandedOn() const { return m_handedOn; }

    const QByteArray& psbt() const { return m_psbt; }
    const api::PsbtInfo& info() const { return m_info; }
    /// What the password is asked for.
    api::PreparedPayment payment() const;
    bool maySign() const;
    QStringList acknowledged() const;
    PsbtActions* actions() const { return m_actions; }

Q_SIGNALS:
    void opened();
    void refused(const coffer::base::Error& error, const QString& text);
    void otherBrought(const QByteArray& psbt);
    void backRequested();
    void signRequested();
    void sent(const coffer::api::SentPayment& sent);

private:
    void connectActions();
    void setWork(PsbtActions::Page::Work work);
    void inspect(const QByteArray& psbt, const std::function<void(api::PsbtInfo)>& done);
    /// Shows other bytes of the same transaction, and says what happened.
    void change(const QByteArray& psbt, const QString& said);
    void combineWith(const QByteArray& other);
    void combine(const QByteArray& other, const std::function<void(const base::Error&)>& failed);
    void finalise();
    void broadcast();
    void save();
    void handedOn(const QString& said);
    void renew();
    void fill();
    void rewrite();
    void fillProblems();
    void refresh();
    QString blocked() const;

    Session& m_session;
    PaymentLook& m_look;
    InlineMessage* m_message;
    PsbtFacts* m_facts;
    PsbtInputs* m_inputs;
    QWidget* m_problems;
    FindingList* m_findings;
    PsbtActions* m_actions;
    QTimer m_renewing;
    QByteArray m_psbt;
    api::PsbtInfo m_info;
    Origin m_origin = Origin::Outside;
    bool m_open = false;
    bool m_unsaved = false;
    bool m_handedOn = false;
    PsbtActions::Page::Work m_work = PsbtActions::Page::Work::Idle;
};

} // namespace coffer::ui
