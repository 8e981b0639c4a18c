// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/entry.h"

namespace coffer::ledger {

/// Where a payment stands.
enum class IntentState : std::uint8_t
{
    Prepared = 1, ///< Shown to the person; nothing signed.
    Signed = 2,   ///< The signed bytes are committed; perhaps they left the process.
    Broadcast = 3,
    Seen = 4, ///< Somebody else announced it.
    Confirmed = 5,
    Final = 6,      ///< kFinalConfirmations.
    Replaced = 7,   ///< One that spends the same inputs, ours, confirmed instead.
    Conflicted = 8, ///< One that spends the same inputs, not ours, confirmed instead.
    Cancelled = 9,  ///< Discarded before it was signed.
    Expired = 10,
    Unknown = 11, ///< The file was restored from an older one: wait for the sync.
    Released = 12 ///< Our signatures left in a PSBT: whoever has it may complete and send it.
};

/// "prepared", "signed", ...
std::string_view intentStateName(IntentState state);

/// What a payment is for.
enum class IntentPurpose : std::uint8_t
{
    Payment = 1,
    Bump = 2,  ///< Pays the same with a higher fee.
    Cancel = 3 ///< Pays an unconfirmed payment back to ourselves.
};

/// A coin that the payment spends.
struct IntentInput
{
    TransactionId transaction{};
    std::uint32_t output = 0;
    money::Amount amount;

    bool sameCoin(const IntentInput& other) const
    {
        return transaction == other.transaction && output == other.output;
    }
    bool operator==(const IntentInput&) const = default;
};

/// Whom an output pays.
enum class IntentOutputRole : std::uint8_t
{
    Recipient = 1,
    Change = 2
};

/// An output exactly as it will be signed.
struct IntentOutput
{
    base::Bytes script;
    std::string address;
    money::Amount amount;
    IntentOutputRole role = IntentOutputRole::Recipient;

    bool operator==(const IntentOutput&) const = default;
};

/// How a finding weighs.
enum class FindingSeverity : std::uint8_t
{
    Ok = 0,
    Warning = 1,
    Danger = 2
};

/// What the rules said at prepare: what a confirm has to acknowledge.
struct IntentFinding
{
    std::string rule;
    FindingSeverity severity = FindingSeverity::Ok;
    std::vector<std::string> parameters;

    bool operator==(const IntentFinding&) const = default;
};

/// A payment from prepare to its end. Each change is a new record; the latest wins.
struct Intent
{
    base::Uuid id;
    std::uint64_t revision = 1; ///< 1, 2, 3, ...: each record is the successor of the last.
    IntentState state = IntentState::Prepared;
    IntentPurpose purpose = IntentPurpose::Payment;
    base::Uuid account;
    money::Currency currency;

    // Fixed at prepare: exactly what will be signed.
    std::vector<IntentInput> inputs;
    std::vector<IntentOutput> outputs;
    money::Amount fee;
    std::int64_t feeRateMilliSatPerVb = 0;
    std::int64_t targetBlocks = 0; ///< 0: a custom rate.
    money::Amount balanceAfter;
    base::Bytes unsignedBytes; ///< What the signers get (a PSBT).
    std::int64_t preparedMs = 0;
    std::int64_t expiresMs = 0;
    std::optional<base::Uuid> replaces; ///< The intent whose input it shares.
    std::optional<TransactionId> replacesTransaction;
    std::vector<IntentFinding> findings;
    std::string label;

    // Fixed at signing.
    base::Bytes signedBytes; ///< Retries send these very bytes; of a released intent the PSBT.
    std::optional<TransactionId> transaction; ///< Absent while only a PSBT was signed.

    // What has been seen since.
    std::int64_t updatedMs = 0;
    std::uint32_t handedToPeers = 0;
    std::uint32_t askedPeers = 0;
    std::uint32_t confirmations =
        0; ///< Of it, or of what took its place; at most kFinalConfirmations.
    std::optional<std::int64_t> height;
    std::optional<TransactionId> takenBy; ///< What confirmed instead.

    bool operator==(const Intent&) const = default;
};

inline constexpr std::int64_t kIntentLifetimeMs =
    10 * 60 * 1000; // A quote older than this misleads.
inline constexpr std::uint32_t kFinalConfirmations =
    6; // Deeper reorganisations are not seen in practice.
inline constexpr std::size_t kMaxIntentBytes =
    4 * 1024 * 1024; // A standard transaction has 400 kB.
inline constexpr std::size_t kMaxIntentInputs = 20'000;
inline constexpr std::size_t kMaxIntentOutputs = 20'000;
inline constexpr std::size_t kMaxFindings = 64;

/// Deterministic CBOR.
base::Bytes encodeIntent(const Intent& intent);
/// Strict: only what encodeIntent() writes. VersionTooNew, Unsupported, TooLarge, Malformed.
base::Result<Intent> decodeIntent(base::ByteView bytes);

} // namespace coffer::ledger
