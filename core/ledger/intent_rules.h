// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/intent.h"

#include <span>

namespace coffer::ledger {

// Never twice: the rules that make a payment happen at most once, as pure functions. Each
// transition returns the next record, which must be committed before its effect leaves the process:
//
//   prepare -> commit -> show;  confirm -> sign -> commit the bytes -> broadcast -> commit
//
// A crash between two commits loses only what nobody outside has seen. A repeated confirm finds the
// committed bytes and sends these again; it never signs another transaction.

/// What a confirm has to do.
enum class ConfirmAction
{
    Sign,         ///< Sign it now, commit, then broadcast.
    ReturnStored, ///< Done before: answer with the stored transaction id.
    SendAgain     ///< Done before but perhaps never left: send the stored bytes, then answer.
};

/// What a confirm has to do. `others`: all intents of the wallet. Expired (prepare again), Rejected
/// (cancelled, or an input another signed payment holds), NotSynced (state Unknown).
base::Result<ConfirmAction> confirmAction(const Intent& intent, std::span<const Intent> others,
                                          std::int64_t nowMs);

/// A new intent in state Prepared, with its lifetime. Rejected without inputs or outputs, for a
/// bump or cancel that shares no input with what it replaces, or for an input that another signed
/// payment holds.
base::Result<Intent> prepareIntent(Intent draft, std::span<const Intent> others,
                                   std::int64_t nowMs);
/// Prepared -> Signed. Commit the result before the bytes leave the process.
base::Result<Intent> signIntent(const Intent& intent, std::span<const Intent> others,
                                base::Bytes signedBytes, const TransactionId& transaction,
                                std::int64_t nowMs);
/// Signed -> Broadcast once a peer took it; later rounds keep the state. The counts are totals so
/// far and never go down.
base::Result<Intent> markBroadcast(const Intent& intent, std::uint32_t handedToPeers,
                                   std::uint32_t askedPeers, std::int64_t nowMs);
/// Prepared -> Released: our signatures go out in a PSBT that others complete. Commit the result,
/// with the PSBT as its signed bytes, before it leaves the process. Errors of confirmAction().
base::Result<Intent> releaseIntent(const Intent& intent, std::span<const Intent> others,
                                   base::Bytes signedPsbt, std::int64_t nowMs);
/// Released -> Signed: the PSBT is complete and its transaction is about to be sent.
base::Result<Intent> completeIntent(const Intent& intent, base::Bytes signedBytes,
                                    const TransactionId& transaction, std::int64_t nowMs);
/// Prepared -> Cancelled, and Released -> Cancelled, which only gives the coins free: whoever has
/// the PSBT can still send it until one of its coins is spent. Rejected once the whole transaction
/// was signed: it may be out.
base::Result<Intent> cancelIntent(const Intent& intent, std::int64_t nowMs);
/// Prepared and too old -> Expired; nothing otherwise.
std::optional<Intent> expireIntent(const Intent& intent, std::int64_t nowMs);
/// Every unfinished intent after a restore from an older file -> Unknown.
std::optional<Intent> markRestored(const Intent& intent, std::int64_t nowMs);

/// What the wallet's view says about an intent's transaction and its inputs.
struct IntentObservation
{
    enum class Fate
    {
        NotSeen,
        Seen,      ///< Announced by somebody else, unconfirmed.
        Confirmed, ///< It is in the chain.
        Taken      ///< Another confirmed transaction spends one of its inputs.
    };
    Fate fate = Fate::NotSeen;
    std::uint32_t confirmations = 0; ///< Of it or of what took its place.
    std::optional<std::int64_t> height;
    std::optional<TransactionId> takenBy;
    bool takenByOurs = false;
    bool synced =
        false; ///< The view reaches the tip: only then is "not seen" an answer for Unknown.
};

/// The next record if the view changed the intent's state, in both directions (a reorganisation
/// takes confirmations back); nothing when it says nothing new.
std::optional<Intent> observeIntent(const Intent& intent, const IntentObservation& observation,
                                    std::int64_t nowMs);

/// Whether an intent in state `from` may be followed by one in state `to`.
bool isTransition(IntentState from, IntentState to);
/// No further record is expected (Final, Cancelled, Expired, or finally replaced or conflicted).
bool isFinished(const Intent& intent);

/// How firmly an intent holds its coins.
enum class Reservation
{
    None,
    Soft, ///< Prepared and alive: other payments avoid its coins if they can.
    Hard  ///< Signed: nobody else may spend its coins until it or a conflict is final.
};
Reservation reservation(const Intent& intent, std::int64_t nowMs);

/// A coin that an intent holds.
struct ReservedCoin
{
    TransactionId transaction{};
    std::uint32_t output = 0;
    Reservation reservation = Reservation::None;
    base::Uuid intent;
};
/// All coins that intents hold; a coin held twice is listed once, with its strongest holder.
std::vector<ReservedCoin> reservedCoins(std::span<const Intent> intents, std::int64_t nowMs);

/// The one clear next step.
enum class NextAction
{
    Confirm,      ///< The person confirms (or discards).
    SendAgain,    ///< The stored bytes go out (again).
    Wait,         ///< For confirmations.
    WaitForSync,  ///< For the node.
    PrepareAgain, ///< It is too late for this one.
    CompletePsbt, ///< The others sign; then the PSBT is combined and broadcast.
    None          ///< Finished.
};
NextAction nextAction(const Intent& intent, std::int64_t nowMs);
/// "confirm", "send_again", "wait", "wait_for_sync", "prepare_again", "complete_psbt", "none".
std::string_view nextActionName(NextAction action);

} // namespace coffer::ledger
