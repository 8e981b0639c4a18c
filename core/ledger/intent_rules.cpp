// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/intent_rules.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <map>
#include <set>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kMaxText = 1024; // As the decoder accepts.

Error rejected(const char* detail)
{
    return Error{ErrorCode::Rejected, detail};
}

/// Before its expiry. A clock that went back by more than a lifetime makes it too old as well, or a
/// quote could outlive its time.
bool isAlive(const Intent& intent, std::int64_t nowMs)
{
    return nowMs < intent.expiresMs && nowMs > intent.preparedMs - kIntentLifetimeMs;
}

bool isOnChainState(IntentState state)
{
    switch (state) {
    case IntentState::Broadcast:
    case IntentState::Seen:
    case IntentState::Confirmed:
    case IntentState::Final:
    case IntentState::Replaced:
    case IntentState::Conflicted:
        return true;
    default:
        return false;
    }
}

bool isTaken(IntentState state)
{
    return state == IntentState::Replaced || state == IntentState::Conflicted;
}

bool shareACoin(const Intent& first, const Intent& second)
{
    return std::any_of(first.inputs.begin(), first.inputs.end(), [&](const IntentInput& input) {
        return std::any_of(second.inputs.begin(), second.inputs.end(),
                           [&](const IntentInput& other) { return input.sameCoin(other); });
    });
}

const Intent* find(std::span<const Intent> intents, const base::Uuid& id)
{
    const auto found = std::find_if(intents.begin(), intents.end(),
                                    [&](const Intent& intent) { return intent.id == id; });
    return found == intents.end() ? nullptr : &*found;
}

/// What it replaces, what that one replaces, and so on: with these it may share coins.
std::set<base::Uuid> ancestors(const Intent& intent, std::span<const Intent> others)
{
    std::set<base::Uuid> out;
    std::optional<base::Uuid> next = intent.replaces;
    while (next && out.insert(*next).second) {
        const Intent* replaced = find(others, *next);
        next = replaced ? replaced->replaces : std::nullopt;
    }
    return out;
}

Result<void> checkCoinsAreFree(const Intent& intent, std::span<const Intent> others,
                               std::int64_t nowMs)
{
    const auto replaced = ancestors(intent, others);
    for (const Intent& other : others) {
        if (other.id == intent.id || replaced.contains(other.id))
            continue;
        if (reservation(other, nowMs) == Reservation::Hard && shareACoin(intent, other))
            return rejected("another payment that was signed holds one of the coins");
    }
    return {};
}

Result<void> checkTexts(const Intent& intent)
{
    std::vector<const std::string*> texts = {&intent.label};
    for (const IntentOutput& output : intent.outputs)
        texts.push_back(&output.address);
    for (const IntentFinding& finding : intent.findings) {
        texts.push_back(&finding.rule);
        for (const std::string& parameter : finding.parameters)
            texts.push_back(&parameter);
        if (finding.parameters.size() > 16)
            return Error{ErrorCode::TooLarge, "finding with too many parameters"};
    }
    for (const std::string* text : texts) {
        if (text->size() > kMaxText)
            return Error{ErrorCode::TooLarge, "text of an intent is too long"};
        if (!base::isUtf8(base::viewOf(*text)))
            return Error{ErrorCode::Malformed, "text of an intent is not UTF-8"};
    }
    return {};
}

/// What goes in comes out, to the last unit.
Result<void> checkSums(const Intent& intent)
{
    money::Amount in;
    money::Amount out = intent.fee;
    if (intent.fee.isNegative())
        return rejected("a negative fee");
    std::set<std::pair<TransactionId, std::uint32_t>> coins;
    for (const IntentInput& input : intent.inputs) {
        if (input.amount.sign() <= 0)
            return rejected("an input of nothing");
        if (!coins.insert({input.transaction, input.output}).second)
            return rejected("an input that is there twice");
        in = TRY(in.plus(input.amount));
    }
    for (const IntentOutput& output : intent.outputs) {
        if (output.amount.isNegative())
            return rejected("a negative output");
        out = TRY(out.plus(output.amount));
    }
    if (in != out)
        return rejected("inputs are not outputs and fee");
    return {};
}

Result<void> checkReplacement(const Intent& intent, std::span<const Intent> others)
{
    if (!intent.replaces) {
        const bool needed = intent.purpose != IntentPurpose::Payment && !intent.replacesTransaction;
        if (needed)
            return rejected("a replacement of nothing");
        return {};
    }
    const Intent* replaced = find(others, *intent.replaces);
    if (!replaced)
        return rejected("replaces an intent that does not exist");
    if (!shareACoin(intent, *replaced))
        return rejected("a replacement that shares no coin: both could be paid");
    return {};
}

Intent successor(const Intent& intent, IntentState state, std::int64_t nowMs)
{
    Intent out = intent;
    ++out.revision;
    out.state = state;
    out.updatedMs = nowMs;
    return out;
}

IntentState observedState(const Intent& intent, const IntentObservation& observation)
{
    using Fate = IntentObservation::Fate;
    switch (observation.fate) {
    case Fate::Seen:
        return IntentState::Seen;
    case Fate::Confirmed:
        return observation.confirmations >= kFinalConfirmations ? IntentState::Final
                                                                : IntentState::Confirmed;
    case Fate::Taken:
        return observation.takenByOurs ? IntentState::Replaced : IntentState::Conflicted;
    case Fate::NotSeen:
        break;
    }
    // "Not seen" is news only from a view that has seen everything.
    if (!observation.synced)
        return intent.state;
    if (intent.state == IntentState::Unknown) {
        if (intent.signedBytes.empty())
            return IntentState::Expired;
        return intent.transaction ? IntentState::Signed : IntentState::Released;
    }
    const bool wasInChain = intent.state == IntentState::Confirmed ||
                            intent.state == IntentState::Final || isTaken(intent.state);
    if (!wasInChain)
        return intent.state;
    if (intent.signedBytes.empty())
        return IntentState::Unknown; // From an older file: there are no bytes to send again.
    return intent.transaction ? IntentState::Broadcast : IntentState::Released;
}

} // namespace

Result<ConfirmAction> confirmAction(const Intent& intent, std::span<const Intent> others,
                                    std::int64_t nowMs)
{
    switch (intent.state) {
    case IntentState::Prepared:
        if (!isAlive(intent, nowMs))
            return Error{ErrorCode::Expired, "the payment was prepared too long ago"};
        TRY(checkCoinsAreFree(intent, others, nowMs));
        return ConfirmAction::Sign;
    case IntentState::Signed:
        return ConfirmAction::SendAgain;
    case IntentState::Broadcast:
        return intent.handedToPeers == 0 ? ConfirmAction::SendAgain : ConfirmAction::ReturnStored;
    case IntentState::Seen:
    case IntentState::Confirmed:
    case IntentState::Final:
    case IntentState::Replaced:
    case IntentState::Conflicted:
        return ConfirmAction::ReturnStored;
    case IntentState::Cancelled:
        return rejected("the payment was cancelled");
    case IntentState::Expired:
        return Error{ErrorCode::Expired, "the payment was prepared too long ago"};
    case IntentState::Released:
        return rejected("it was signed as a PSBT: combine it and send it by psbt broadcast");
    case IntentState::Unknown:
        break;
    }
    return Error{ErrorCode::NotSynced, "the wallet was restored: it may have been paid already"};
}

Result<Intent> prepareIntent(Intent draft, std::span<const Intent> others, std::int64_t nowMs)
{
    if (nowMs < 0 || nowMs > kMaxTimeMs - kIntentLifetimeMs)
        return Error{ErrorCode::OutOfRange, "the clock is wrong"};
    draft.revision = 1;
    draft.state = IntentState::Prepared;
    draft.preparedMs = nowMs;
    draft.expiresMs = nowMs + kIntentLifetimeMs;
    draft.updatedMs = nowMs;
    draft.signedBytes.clear();
    draft.transaction.reset();
    draft.handedToPeers = 0;
    draft.askedPeers = 0;
    draft.confirmations = 0;
    draft.height.reset();
    draft.takenBy.reset();

    if (draft.id.isNull() || find(others, draft.id))
        return rejected("an intent needs an id of its own");
    if (draft.inputs.empty() || draft.outputs.empty())
        return rejected("a payment from nothing or to nobody");
    if (draft.inputs.size() > kMaxIntentInputs || draft.outputs.size() > kMaxIntentOutputs ||
        draft.findings.size() > kMaxFindings)
        return Error{ErrorCode::TooLarge, "intent with too many elements"};
    TRY(checkTexts(draft));
    TRY(checkSums(draft));
    TRY(checkReplacement(draft, others));
    TRY(checkCoinsAreFree(draft, others, nowMs));
    return draft;
}

namespace {

/// For the first signature of a payment: `signedBytes` is what came of it.
Result<void> checkFirstSignature(const Intent& intent, std::span<const Intent> others,
                                 const base::Bytes& signedBytes, std::int64_t nowMs)
{
    const auto action = TRY(confirmAction(intent, others, nowMs));
    if (action != ConfirmAction::Sign)
        return rejected("the payment was signed before");
    if (signedBytes.empty())
        return rejected("nothing was signed");
    return {};
}

} // namespace

Result<Intent> signIntent(const Intent& intent, std::span<const Intent> others,
                          base::Bytes signedBytes, const TransactionId& transaction,
                          std::int64_t nowMs)
{
    TRY(checkFirstSignature(intent, others, signedBytes, nowMs));
    Intent out = successor(intent, IntentState::Signed, nowMs);
    out.signedBytes = std::move(signedBytes);
    out.transaction = transaction;
    return out;
}

Result<Intent> markBroadcast(const Intent& intent, std::uint32_t handedToPeers,
                             std::uint32_t askedPeers, std::int64_t nowMs)
{
    if (!intent.transaction ||
        (intent.state != IntentState::Signed && !isOnChainState(intent.state)))
        return rejected("only what is signed can be broadcast");
    const bool first = intent.state == IntentState::Signed && handedToPeers > 0;
    Intent out = successor(intent, first ? IntentState::Broadcast : intent.state, nowMs);
    out.handedToPeers = std::max(intent.handedToPeers, handedToPeers);
    out.askedPeers = std::max(intent.askedPeers, askedPeers);
    return out;
}

Result<Intent> releaseIntent(const Intent& intent, std::span<const Intent> others,
                             base::Bytes signedPsbt, std::int64_t nowMs)
{
    TRY(checkFirstSignature(intent, others, signedPsbt, nowMs));
    Intent out = successor(intent, IntentState::Released, nowMs);
    out.signedBytes = std::move(signedPsbt);
    return out;
}

Result<Intent> completeIntent(const Intent& intent, base::Bytes signedBytes,
                              const TransactionId& transaction, std::int64_t nowMs)
{
    if (intent.state != IntentState::Released)
        return rejected("only a released PSBT can be completed");
    if (signedBytes.empty())
        return rejected("nothing was signed");
    Intent out = successor(intent, IntentState::Signed, nowMs);
    out.signedBytes = std::move(signedBytes);
    out.transaction = transaction;
    return out;
}

Result<Intent> cancelIntent(const Intent& intent, std::int64_t nowMs)
{
    if (intent.state != IntentState::Prepared && intent.state != IntentState::Released)
        return rejected("only what is not signed can be discarded");
    return successor(intent, IntentState::Cancelled, nowMs);
}

std::optional<Intent> expireIntent(const Intent& intent, std::int64_t nowMs)
{
    if (intent.state != IntentState::Prepared || isAlive(intent, nowMs))
        return std::nullopt;
    return successor(intent, IntentState::Expired, nowMs);
}

std::optional<Intent> markRestored(const Intent& intent, std::int64_t nowMs)
{
    if (isFinished(intent) || intent.state == IntentState::Unknown)
        return std::nullopt;
    return successor(intent, IntentState::Unknown, nowMs);
}

std::optional<Intent> observeIntent(const Intent& intent, const IntentObservation& observation,
                                    std::int64_t nowMs)
{
    using Fate = IntentObservation::Fate;
    if (intent.state == IntentState::Cancelled || intent.state == IntentState::Expired)
        return std::nullopt;
    if (intent.state == IntentState::Prepared) {
        // Its coins are gone: what was shown can no longer be signed.
        if (observation.fate != Fate::Taken)
            return std::nullopt;
        return successor(intent, IntentState::Expired, nowMs);
    }
    Intent next = successor(intent, observedState(intent, observation), nowMs);
    const bool inChain = observation.fate == Fate::Confirmed || observation.fate == Fate::Taken;
    if (inChain) {
        next.confirmations = std::min(observation.confirmations, kFinalConfirmations);
        next.height = observation.height;
        next.takenBy = observation.fate == Fate::Taken ? observation.takenBy : std::nullopt;
    } else if (next.state != intent.state) {
        next.confirmations = 0;
        next.height.reset();
        next.takenBy.reset();
    }
    const bool changed = next.state != intent.state || next.confirmations != intent.confirmations ||
                         next.height != intent.height || next.takenBy != intent.takenBy;
    return changed ? std::optional(next) : std::nullopt;
}

bool isTransition(IntentState from, IntentState to)
{
    switch (from) {
    case IntentState::Prepared:
        return to == IntentState::Signed || to == IntentState::Released ||
               to == IntentState::Cancelled || to == IntentState::Expired ||
               to == IntentState::Unknown;
    case IntentState::Released:
        return to == IntentState::Signed || to == IntentState::Cancelled ||
               to == IntentState::Unknown || isOnChainState(to);
    case IntentState::Signed:
        return to == IntentState::Signed || to == IntentState::Unknown || isOnChainState(to);
    case IntentState::Cancelled:
    case IntentState::Expired:
        return false;
    case IntentState::Unknown:
        return to == IntentState::Signed || to == IntentState::Released ||
               to == IntentState::Expired || isOnChainState(to);
    default:
        return to == IntentState::Unknown || to == IntentState::Released || isOnChainState(to);
    }
}

bool isFinished(const Intent& intent)
{
    switch (intent.state) {
    case IntentState::Final:
    case IntentState::Cancelled:
    case IntentState::Expired:
        return true;
    case IntentState::Replaced:
    case IntentState::Conflicted:
        return intent.confirmations >= kFinalConfirmations;
    default:
        return false;
    }
}

Reservation reservation(const Intent& intent, std::int64_t nowMs)
{
    if (isFinished(intent))
        return Reservation::None;
    if (intent.state == IntentState::Prepared)
        return isAlive(intent, nowMs) ? Reservation::Soft : Reservation::None;
    return Reservation::Hard; // Unknown as well: it may have been signed after the backup.
}

std::vector<ReservedCoin> reservedCoins(std::span<const Intent> intents, std::int64_t nowMs)
{
    std::map<std::pair<TransactionId, std::uint32_t>, ReservedCoin> strongest;
    for (const Intent& intent : intents) {
        const Reservation strength = reservation(intent, nowMs);
        if (strength == Reservation::None)
            continue;
        for (const IntentInput& input : intent.inputs) {
            ReservedCoin& coin = strongest[{input.transaction, input.output}];
            if (strength > coin.reservation)
                coin = {input.transaction, input.output, strength, intent.id};
        }
    }
    std::vector<ReservedCoin> out;
    out.reserve(strongest.size());
    for (const auto& [point, coin] : strongest)
        out.push_back(coin);
    return out;
}

NextAction nextAction(const Intent& intent, std::int64_t nowMs)
{
    switch (intent.state) {
    case IntentState::Prepared:
        return isAlive(intent, nowMs) ? NextAction::Confirm : NextAction::PrepareAgain;
    case IntentState::Signed:
        return NextAction::SendAgain;
    case IntentState::Broadcast:
        return intent.handedToPeers == 0 ? NextAction::SendAgain : NextAction::Wait;
    case IntentState::Seen:
    case IntentState::Confirmed:
        return NextAction::Wait;
    case IntentState::Replaced:
        return isFinished(intent) ? NextAction::None : NextAction::Wait;
    case IntentState::Conflicted:
        return isFinished(intent) ? NextAction::PrepareAgain : NextAction::Wait;
    case IntentState::Expired:
        return NextAction::PrepareAgain;
    case IntentState::Unknown:
        return NextAction::WaitForSync;
    case IntentState::Released:
        return NextAction::CompletePsbt;
    case IntentState::Final:
    case IntentState::Cancelled:
        break;
    }
    return NextAction::None;
}

std::string_view nextActionName(NextAction action)
{
    switch (action) {
    case NextAction::Confirm:
        return "confirm";
    case NextAction::SendAgain:
        return "send_again";
    case NextAction::Wait:
        return "wait";
    case NextAction::WaitForSync:
        return "wait_for_sync";
    case NextAction::PrepareAgain:
        return "prepare_again";
    case NextAction::CompletePsbt:
        return "complete_psbt";
    case NextAction::None:
        break;
    }
    return "none";
}

} // namespace coffer::ledger
