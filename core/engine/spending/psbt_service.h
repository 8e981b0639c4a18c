// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/psbt_values.h"
#include "core/bitcoin/wallet/psbt_report.h"
#include "core/ledger/intent.h"

#include <QCoroTask>

namespace coffer::engine {

class Core;
class WalletSession;

/// PSBTs: payments that others sign too, or that are signed elsewhere.
///
/// A PSBT is a file that comes back changed, so nothing is remembered of it but the intent whose
/// inputs and outputs it has. Signing commits the counters and our signatures (state Released)
/// before they leave; its coins are held until it confirms, a rival does, or a person lets go.
/// Broadcasting makes it an own payment like any other.
class PsbtService
{
public:
    explicit PsbtService(Core& core)
        : m_core(core)
    {
    }

    QCoro::Task<base::Result<api::CreatedPsbt>> create(api::CreatePsbt request);
    base::Result<api::PsbtInfo> inspect(const api::WalletId& wallet, const QByteArray& psbt) const;
    QCoro::Task<base::Result<api::SignedPsbt>> sign(api::SignPsbt request);
    base::Result<QByteArray> combine(const std::vector<QByteArray>& psbts) const;
    base::Result<api::FinalPsbt> finalise(const QByteArray& psbt) const;
    base::Result<api::SentPayment> broadcast(const api::WalletId& wallet, const QByteArray& psbt);

private:
    /// A PSBT to be signed or sent by this wallet.
    struct Job
    {
        bitcoin::Psbt psbt;
        bitcoin::PsbtReport report;
        base::Uuid account;
    };
    base::Result<Job> jobOf(WalletSession& session, const QByteArray& psbt) const;
    base::Result<void> checkSpendable(const WalletSession& session, const Job& job) const;
    base::Result<ledger::Intent> draftOf(const WalletSession& session, const Job& job) const;
    base::Result<ledger::Intent> planOf(const WalletSession& session, const Job& job,
                                        const std::optional<ledger::Intent>& planned) const;
    base::Result<ledger::Intent> freePlanOf(const WalletSession& session, const Job& job,
                                            const std::optional<ledger::Intent>& planned) const;
    base::Result<api::SignedPsbt> signNow(WalletSession& session, const api::SignPsbt& request,
                                          const base::SecretBytes& key,
                                          const base::SecretBytes& passphrase);
    base::Result<ledger::Intent> signedIntentOf(WalletSession& session, const Job& job,
                                                const bitcoin::Transaction& transaction) const;
    /// What this wallet can do with it, and why not: the checks of sign() and broadcast() without
    /// doing anything.
    void tellStanding(WalletSession& session, const api::WalletId& wallet, const Job& job,
                      api::PsbtInfo& info) const;

    Core& m_core;
};

} // namespace coffer::engine
