// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/psbt_values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// Partially signed transactions (BIP174, 370, 371): payments that several programs, devices or
/// people make together. A PSBT is binary, base64 or hex wherever one is taken, and binary where
/// one is given. Malformed, TooLarge for what is none.
class Psbts : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// As Payments::prepare, and gives the unsigned PSBT. Works without keys too.
    virtual QFuture<base::Result<CreatedPsbt>> create(CreatePsbt request) = 0;
    /// Everything it does. Without a wallet (empty or locked) nothing is known to be ours.
    virtual QFuture<base::Result<PsbtInfo>> inspect(WalletId wallet, QByteArray psbt) = 0;
    /// Signs our inputs, behind the same gate as every payment. The signatures are committed before
    /// they are returned; the same PSBT again gives the same ones. Rejected (nothing of ours,
    /// another sighash, a false claim of change, a danger not acknowledged), Unproved, Conflict
    /// (limits, spent coins), FeeOutOfBounds, WrongPassword.
    virtual QFuture<base::Result<SignedPsbt>> sign(SignPsbt request) = 0;
    /// Conflict when they are about different transactions.
    virtual QFuture<base::Result<QByteArray>> combine(std::vector<QByteArray> psbts) = 0;
    /// Finalises what can be; the transaction when nothing is missing. Unproved: a signature does
    /// not hold.
    virtual QFuture<base::Result<FinalPsbt>> finalise(QByteArray psbt) = 0;
    /// Sends a fully signed PSBT that spends our coins, and books it like any own payment. Rejected
    /// while signatures are missing.
    virtual QFuture<base::Result<SentPayment>> broadcast(WalletId wallet, QByteArray psbt) = 0;
};

} // namespace coffer::api
