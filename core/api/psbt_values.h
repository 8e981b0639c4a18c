// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QByteArray>

namespace coffer::api {

/// A payment to be signed elsewhere, or with others.
struct CreatePsbt
{
    PaymentDraft draft;
    int version = 0; ///< 0, or 2 (BIP370).
};

/// What was chosen, and the bytes to hand on.
struct CreatedPsbt
{
    PreparedPayment payment;
    QByteArray psbt;
};

/// The person's yes to what `inspect` showed.
struct SignPsbt : SigningConsent
{
    QByteArray psbt;
};

/// A PSBT with our signatures.
struct SignedPsbt
{
    IntentId intent;
    QByteArray psbt;
    bool complete = false; ///< Nobody else has to sign.
};

/// A PSBT as far as it can be finalised.
struct FinalPsbt
{
    QByteArray psbt;
    bool complete = false;
    QString txid;             ///< Empty unless complete.
    QByteArray transaction;   ///< Empty unless complete.
    std::vector<int> missing; ///< Inputs that still need signatures.
};

/// A key that signs, or could.
struct PsbtKey
{
    QString publicKey;   ///< Hex; empty when only its hash is known.
    QString fingerprint; ///< Of its master key; empty if not told.
    QString path;
    bool hasSigned = false;
};

/// Where the PSBT's money comes from.
struct PsbtInputInfo
{
    QString outpoint;
    QString address;                     ///< Empty if there is none or it is unknown.
    std::optional<money::Amount> amount; ///< Absent: the PSBT does not say.
    bool proved = false;                 ///< The previous transaction proves the amount.
    std::optional<bool> ours;            ///< Absent: no wallet was asked.
    AccountId account;
    QString path;
    QString sighash; ///< "SIGHASH_NONE"; empty: the usual one.
    std::vector<PsbtKey> keys;
    std::optional<int> required; ///< Signatures wanted; absent: the script is not known.
    int signatures = 0;
    bool final = false;
    bool signedFully = false;
};

/// Where it goes.
struct PsbtOutputInfo
{
    QString address;
    QString script; ///< Hex.
    money::Amount amount;
    std::optional<bool> ours; ///< Proved by derivation. Absent: no wallet was asked.
    bool change = false;      ///< Ours, on a change branch.
    AccountId account;
    QString path;
};

/// Something a signer must know; `rule` is stable (bitcoin/wallet/psbt_report.h lists them).
struct PsbtProblem
{
    QString rule;
    int input = -1;
    int output = -1;
};

/// Everything a PSBT does; what is not known is absent.
struct PsbtInfo
{
    int version = 0;
    money::Currency currency;
    QString txid; ///< Empty while a signature can still change it.
    std::vector<PsbtInputInfo> inputs;
    std::vector<PsbtOutputInfo> outputs;
    std::optional<money::Amount> inputSum;
    money::Amount outputSum;
    std::optional<money::Amount> fee;
    std::optional<std::int64_t> feeRateMilliSatPerVb;
    std::optional<money::Amount> leaving; ///< What this wallet pays, fee included.
    bool complete = false;
    QString next; ///< "sign", "collect" (others sign), "broadcast": the one next step.
    std::vector<PsbtProblem> problems;
};

} // namespace coffer::api
