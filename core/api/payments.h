// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// Sending money. Prepare, show, then confirm: nothing is signed before confirm().
class Payments : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What a pasted, typed or scanned text is; never acts on it.
    virtual QFuture<base::Result<DecodedPayee>> decode(WalletId wallet, QString text,
                                                       QString lastCopied) = 0;
    /// Chooses coins and fee. InsufficientFunds, Dust, WrongNetwork, FeeOutOfBounds, NotSynced.
    virtual QFuture<base::Result<PreparedPayment>> prepare(PaymentDraft draft) = 0;
    /// What `prepare` would come to, with the same errors; stores nothing and holds no coins.
    virtual QFuture<base::Result<PaymentEstimate>> estimate(PaymentDraft draft) = 0;
    /// A higher fee for an unconfirmed payment of ours.
    virtual QFuture<base::Result<PreparedPayment>>
    prepareBump(WalletId wallet, QString txid,
                std::optional<std::int64_t> feeRateMilliSatPerVb) = 0;
    /// Pays an unconfirmed payment of ours back to ourselves.
    virtual QFuture<base::Result<PreparedPayment>> prepareCancel(WalletId wallet, QString txid) = 0;
    /// Signs, commits and broadcasts exactly what `prepare` showed. Repeated with the same id it
    /// returns the stored outcome and never pays again. WrongPassword, Expired, Rejected.
    virtual QFuture<base::Result<SentPayment>> confirm(ConfirmPayment request) = 0;
    /// Offers a signed payment that nobody has taken yet to the network again. Rejected otherwise.
    virtual QFuture<base::Result<void>> sendAgain(WalletId wallet, IntentId intent) = 0;
    /// Forgets a prepared payment.
    virtual QFuture<base::Result<void>> discard(WalletId wallet, IntentId intent) = 0;
    virtual QFuture<base::Result<FeeQuote>> fees() = 0;
    virtual QFuture<base::Result<SpendPolicyInfo>> policy(WalletId wallet) = 0;
    /// All of it or nothing. PasswordNeeded or WrongPassword when it loosens; OutOfRange,
    /// Malformed, WrongNetwork.
    virtual QFuture<base::Result<SpendPolicyInfo>> changePolicy(PolicyChange change) = 0;

    virtual PaymentsSnapshot snapshot(const WalletId& wallet) const = 0;

Q_SIGNALS:
    void snapshotChanged(const coffer::api::PaymentsSnapshot& snapshot);
};

} // namespace coffer::api
