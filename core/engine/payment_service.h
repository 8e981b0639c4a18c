// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/bitcoin/wallet/bumping.h"
#include "core/ledger/intent.h"
#include "core/risk/payee_check.h"

#include <QCoroTask>

namespace coffer::engine {

class Core;
class WalletSession;

/// Sending: what a text means, prepare, confirm, replace, cancel.
///
/// Never twice: the intent is committed before it is shown, the signed bytes before they leave, and
/// a confirm that is repeated finds these bytes instead of making others (ledger/intent_rules.h).
class PaymentService
{
public:
    explicit PaymentService(Core& core)
        : m_core(core)
    {
    }

    base::Result<api::DecodedPayee> decode(api::WalletId wallet, QString text,
                                           QString lastCopied) const;
    QCoro::Task<base::Result<api::PreparedPayment>>
    prepare(api::PaymentDraft draft, bitcoin::PsbtVersion version = bitcoin::PsbtVersion::V0);
    /// As prepare(), but nothing is stored, held or judged.
    QCoro::Task<base::Result<api::PaymentEstimate>> estimate(api::PaymentDraft draft);
    QCoro::Task<base::Result<api::PreparedPayment>>
    prepareBump(api::WalletId wallet, QString txid,
                std::optional<std::int64_t> feeRateMilliSatPerVb);
    QCoro::Task<base::Result<api::PreparedPayment>> prepareCancel(api::WalletId wallet,
                                                                  QString txid);
    QCoro::Task<base::Result<api::SentPayment>> confirm(api::ConfirmPayment request);
    /// Rejected unless it is signed and waits to be taken.
    base::Result<void> sendAgain(api::WalletId wallet, api::IntentId intent);
    base::Result<void> discard(api::WalletId wallet, api::IntentId intent);
    base::Result<api::FeeQuote> fees() const;

    /// A one-shot command waits until a peer has the transaction, or half a minute.
    QCoro::Task<> untilHandedOver(api::WalletId wallet, api::IntentId intent);
    std::vector<api::IntentInfo> allIntents(const api::WalletId& wallet) const;
    api::PaymentsSnapshot snapshot(const api::WalletId& wallet) const;

    // For PSBTs, which are judged and sent the same way.
    std::vector<ledger::IntentFinding> findingsOf(const WalletSession& session,
                                                  const ledger::Intent& intent,
                                                  std::int64_t unconfirmedInputs,
                                                  bitcoin::FeeRate feeRate,
                                                  const QString& lastCopied) const;
    base::Result<void> checkAcknowledged(const ledger::Intent& intent,
                                         const QStringList& acknowledged) const;
    /// Hands a stored, signed intent to the node.
    void sendOut(const api::WalletId& wallet, const ledger::Intent& intent);
    /// An intent as a person sees it.
    api::PreparedPayment shown(const api::WalletId& wallet, const ledger::Intent& intent) const;

private:
    struct Target
    {
        bitcoin::Script script;
        std::string address;
        std::optional<std::int64_t> amount;
        std::string label;
    };
    /// A draft with everything chosen, before anything is stored.
    struct Plan
    {
        base::Uuid account;
        bitcoin::FeeRate feeRate;
        std::string label;
        bitcoin::BuiltTransaction built;
        std::vector<api::LeftCoins> left;
    };
    QCoro::Task<base::Result<Plan>> plan(api::PaymentDraft draft, bitcoin::PsbtVersion version);
    QCoro::Task<base::Result<bitcoin::FeeRate>> feeRate(std::optional<std::int64_t> milliSatPerVb,
                                                        int targetBlocks);
    base::Result<std::vector<Target>> targetsOf(const api::PaymentDraft& draft) const;
    base::Result<bitcoin::BuiltTransaction> build(const WalletSession& session,
                                                  const bitcoin::BuildRequest& request);
    base::Result<api::PreparedPayment> storeIntent(const api::WalletId& wallet,
                                                   const bitcoin::BuiltTransaction& built,
                                                   ledger::Intent draft, const QString& lastCopied);
    std::vector<risk::KnownPayee> knownPayees(const WalletSession& session) const;
    std::vector<risk::KnownPayee> ownAddresses(const WalletSession& session) const;
    base::Result<bitcoin::BumpRequest> replacementOf(const WalletSession& session,
                                                     const QString& txid) const;
    static base::Result<void> checkMaySend(const WalletSession& session, const base::Uuid& account);
    static base::Result<void> checkCoinsAreThere(const WalletSession& session,
                                                 const ledger::Intent& intent);
    static base::Result<void> checkTakesNothingAlong(const bitcoin::BuiltTransaction& built);
    base::Result<void> signIntent(WalletSession& session, const ledger::Intent& intent,
                                  const base::SecretBytes& key,
                                  const base::SecretBytes& passphrase);

    Core& m_core;
};

} // namespace coffer::engine
