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

/// Something a signer must know; `rule` is stable: those of bitcoin/wallet/psbt_report.h, and
/// "other_network" (its paths or extended keys belong to another network).
struct PsbtProblem
{
    QString rule;
    int input = -1;
    int output = -1;
};

/// Why a wallet does not sign a PSBT, or does not send it.
enum class PsbtObstacle
{
    None,
    NoWallet,        ///< None was asked, or it is locked.
    NothingOurs,     ///< It spends no coin of this wallet.
    SeveralAccounts, ///< It spends coins of more than one account.
    WatchOnly,       ///< The keys of its account are elsewhere.
    Signed,          ///< To sign: nothing of ours is missing.
    Unsigned,        ///< To send: signatures are missing.
    Problem,         ///< One of `problems` forbids it.
    Unproved,        ///< What an input spends is not proved.
    CoinSpent,       ///< Something else spent a coin of ours.
    CoinFrozen,
    CoinHeld, ///< Another payment holds a coin of ours.
    NotSynced,
    Sent,      ///< It was handed to the network before.
    Confirmed, ///< It is in a block.
    Refused    ///< Anything else; `sign` and `broadcast` say what.
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
    PsbtObstacle signing = PsbtObstacle::NoWallet;
    PsbtObstacle sending = PsbtObstacle::NoWallet;
    AccountId account;             ///< Whose coins it spends; empty: nobody's here, or several.
    std::vector<Finding> findings; ///< Sorted; `sign` asks for the dangers. Only for our payments.
    std::optional<money::Amount> balanceAfter; ///< Of the account.
    QString label;                             ///< Of the payment that was prepared here.
    bool needsPassphrase = false;
};

} // namespace coffer::api
