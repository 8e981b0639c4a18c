// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/spending/psbt_service.h"

#include "core/base/hex.h"
#include "core/bitcoin/address.h"
#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/engine/account_service.h"
#include "core/engine/core.h"
#include "core/engine/intent_signing.h"
#include "core/engine/spending/psbt_info.h"
#include "core/signing/reviewed_payment.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using bitcoin::Psbt;

namespace {

base::Result<Psbt> parse(const QByteArray& bytes)
{
    return Psbt::parseAny({reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                           static_cast<std::size_t>(bytes.size())});
}

QByteArray bytesOf(const base::Bytes& bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()));
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

/// Coins that we know ourselves: the PSBT of a program without our history may lack them. What it
/// does say is left alone; where that is another coin, the gate refuses.
base::Result<void> fillOwnInputs(const WalletSession& session, Psbt& psbt)
{
    for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
        const auto input = psbt.input(i);
        const auto previous = session.graph().transaction(input.previous.txid);
        if (!previous || input.previous.index >= previous->outputs.size() || input.isFinal())
            continue;
        const auto& output = previous->outputs[input.previous.index];
        const auto owner = session.scripts().lookup(output.script);
        if (!owner || (input.witnessUtxo && *input.witnessUtxo != output))
            continue;
        const auto* descriptor = TRY(session.scripts().descriptor(owner->account, owner->role));
        const auto coin = TRY(descriptor->expand(owner->index));
        TRY(bitcoin::updateInput(psbt, i, *previous, coin));
    }
    return {};
}

Error atOutput(std::size_t index, const char* what)
{
    return Error{ErrorCode::Rejected, "output " + std::to_string(index) + " " + what};
}

/// What no signer of ours looks past.
base::Result<void> checkClaims(const bitcoin::PsbtReport& report)
{
    for (const auto& problem : report.problems) {
        if (problem.rule == "utxo_conflict")
            return Error{ErrorCode::Unproved, "the coin of input " +
                                                  std::to_string(*problem.input) +
                                                  " is not what its previous transaction says"};
        if (problem.rule == "false_claim")
            return atOutput(*problem.output, "says that it is ours, but it is not");
        if (problem.rule == "beyond_window")
            return atOutput(*problem.output,
                            "is ours, but so far ahead that a restore would not find it");
        if (problem.rule == "outputs_exceed_inputs")
            return Error{ErrorCode::Rejected, "the outputs exceed the inputs"};
        if (problem.rule == "utxo_missing")
            return Error{ErrorCode::Unproved, "the PSBT does not hold the coin of input " +
                                                  std::to_string(*problem.input) +
                                                  ": ask whoever made it to add it"};
    }
    return {};
}

/// Whose coins it spends.
base::Result<base::Uuid> accountOf(const bitcoin::PsbtReport& report)
{
    std::optional<base::Uuid> account;
    for (const auto& input : report.inputs) {
        if (!input.owner)
            continue;
        // Two accounts of one wallet in one payment: each signature alone would count what comes
        // back to both, and a limit could be passed by.
        if (account && *account != input.owner->account)
            return Error{ErrorCode::Unsupported, "it spends coins of more than one account"};
        account = input.owner->account;
    }
    if (!account)
        return Error{ErrorCode::Rejected, "no input of this PSBT is ours"};
    return *account;
}

bool isSamePlan(const ledger::Intent& intent, const Psbt& psbt)
{
    const auto& transaction = psbt.unsignedTransaction();
    const bool sameCoins = std::ranges::equal(
        intent.inputs, transaction.inputs, [](const auto& planned, const auto& input) {
            return planned.transaction == input.previous.txid.bytes() &&
                   planned.output == input.previous.index;
        });
    if (!sameCoins)
        return false;
    const auto planned = Psbt::parse(intent.unsignedBytes);
    return planned && planned->unsignedTransaction() == transaction;
}

/// How far an intent is on its way; what is over does not count.
int progressOf(const ledger::Intent& intent, std::int64_t nowMs)
{
    if (intent.transaction)
        return 4;
    switch (intent.state) {
    case ledger::IntentState::Cancelled:
    case ledger::IntentState::Expired:
        return 0;
    case ledger::IntentState::Prepared:
        return ledger::reservation(intent, nowMs) == ledger::Reservation::None ? 0 : 1;
    case ledger::IntentState::Released:
        return 2;
    default:
        return 3;
    }
}

/// The payment that a PSBT is, if this wallet knows it.
std::optional<ledger::Intent> plannedIntent(const WalletSession& session, const Psbt& psbt,
                                            std::int64_t nowMs)
{
    std::optional<ledger::Intent> found;
    int best = 0;
    for (const auto& intent : session.intents().all()) {
        const int progress = progressOf(intent, nowMs);
        if (progress <= best || !isSamePlan(intent, psbt))
            continue;
        best = progress;
        found = intent;
    }
    return found;
}

using Obstacle = api::PsbtObstacle;

/// What the chain and the books say of it. None: nothing stands in the way so far.
Obstacle fateOf(const WalletSession& session, const bitcoin::PsbtReport& report,
                const std::optional<ledger::Intent>& planned)
{
    using State = ledger::IntentState;
    const auto* seen = report.txid ? session.view().find(*report.txid) : nullptr;
    if (seen != nullptr && seen->status == bitcoin::TransactionStatus::Confirmed)
        return Obstacle::Confirmed;
    if (!planned || planned->state == State::Prepared || planned->state == State::Released)
        return seen != nullptr && seen->counts() ? Obstacle::Sent : Obstacle::None;
    if (planned->state == State::Confirmed || planned->state == State::Final)
        return Obstacle::Confirmed;
    if (planned->state == State::Replaced || planned->state == State::Conflicted)
        return Obstacle::CoinSpent;
    return Obstacle::Sent;
}

Obstacle obstacleOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotSynced:
        return Obstacle::NotSynced;
    case ErrorCode::Conflict:
        return Obstacle::CoinSpent;
    case ErrorCode::Rejected:
        return Obstacle::CoinFrozen;
    default:
        return Obstacle::Refused;
    }
}

/// What the gate would not sign, whatever the person says.
Obstacle gateObstacle(const WalletSession& session, const api::PsbtInfo& info,
                      const bitcoin::PsbtReport& report)
{
    if (!info.problems.empty() &&
        std::ranges::any_of(info.problems, [](const api::PsbtProblem& problem) {
            return problem.rule != QStringLiteral("amount_unproved") &&
                   problem.rule != QStringLiteral("signature_invalid");
        }))
        return Obstacle::Problem;
    const bool proved =
        std::ranges::all_of(report.inputs, [&](const bitcoin::PsbtInputReport& input) {
            return input.proved || session.graph().transaction(input.point.txid);
        });
    if (!proved)
        return Obstacle::Unproved;
    const bool done = std::ranges::all_of(
        report.inputs, [](const auto& input) { return !input.owner || input.isSigned(); });
    return done ? Obstacle::Signed : Obstacle::None;
}

std::string missingInputs(const Psbt& psbt)
{
    std::string out;
    for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
        if (!psbt.input(i).isFinal())
            out += (out.empty() ? "" : ", ") + std::to_string(i);
    }
    return out;
}

} // namespace

QCoro::Task<base::Result<api::CreatedPsbt>> PsbtService::create(api::CreatePsbt request)
{
    if (request.version != 0 && request.version != 2)
        co_return Error{ErrorCode::OutOfRange, "PSBTs have version 0 or 2"};
    const auto version = request.version == 2 ? bitcoin::PsbtVersion::V2 : bitcoin::PsbtVersion::V0;
    const auto wallet = request.draft.wallet;
    auto prepared = co_await m_core.payments().prepare(std::move(request.draft), version);
    if (!prepared)
        co_return prepared.error();
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    CO_TRY(const auto id, parseId(prepared->intent));
    const auto* intent = session->intents().find(id);
    ASSERT(intent != nullptr);
    api::CreatedPsbt out;
    out.payment = prepared.take();
    out.psbt = bytesOf(intent->unsignedBytes);
    co_return out;
}

base::Result<api::PsbtInfo> PsbtService::inspect(const api::WalletId& wallet,
                                                 const QByteArray& bytes) const
{
    auto psbt = TRY(parse(bytes));
    const auto session = m_core.wallets().session(wallet);
    if (session)
        TRY(fillOwnInputs(**session, psbt));
    auto* known = session ? *session : nullptr;
    auto report = bitcoin::inspectPsbt(psbt, known ? &known->scripts() : nullptr);
    auto info = psbtInfo(psbt, report, known, m_core.network().network);
    if (known != nullptr)
        tellStanding(*known, wallet, Job{std::move(psbt), std::move(report), {}}, info);
    return info;
}

void PsbtService::tellStanding(WalletSession& session, const api::WalletId& wallet,
                               const Job& inspected, api::PsbtInfo& info) const
{
    const auto both = [&](Obstacle obstacle) { info.signing = info.sending = obstacle; };
    const auto account = accountOf(inspected.report);
    if (!account)
        return both(account.error().code == ErrorCode::Unsupported ? Obstacle::SeveralAccounts
                                                                   : Obstacle::NothingOurs);
    Job job = inspected;
    job.account = *account;
    info.account = text(account->toString());
    const auto planned = plannedIntent(session, job.psbt, m_core.clock().utcMs());
    const auto fate = fateOf(session, job.report, planned);
    const bool held = planned && planned->state == ledger::IntentState::Released;
    if (fate != Obstacle::None) {
        both(fate);
        if (fate == Obstacle::Sent && planned && planned->state != ledger::IntentState::Released)
            info.sending = Obstacle::None; // The stored bytes go out once more.
    } else if (session.vault().openedAs() == vault::OpenedAs::Restored) {
        both(Obstacle::NotSynced);
    } else if (!checkClaims(job.report)) {
        both(Obstacle::Problem);
    } else if (const auto spendable = checkSpendable(session, job); !held && !spendable) {
        both(obstacleOf(spendable.error()));
    } else if (const auto intent = freePlanOf(session, job, planned); !intent) {
        both(intent.error().code == ErrorCode::Rejected ? Obstacle::CoinHeld : Obstacle::Refused);
    } else {
        const auto record = session.account(job.account);
        const auto payment = m_core.payments().shown(wallet, *intent);
        info.findings = payment.findings;
        info.balanceAfter = payment.balanceAfter;
        info.label = payment.label;
        info.needsPassphrase = payment.needsPassphrase;
        info.signing = gateObstacle(session, info, job.report);
        if (info.signing == Obstacle::None && record && record->watchOnly)
            info.signing = Obstacle::WatchOnly;
        info.sending = job.report.complete ? Obstacle::None : Obstacle::Unsigned;
        if (job.report.has("signature_invalid"))
            info.sending = Obstacle::Problem;
    }
}

base::Result<PsbtService::Job> PsbtService::jobOf(WalletSession& session,
                                                  const QByteArray& bytes) const
{
    if (session.vault().openedAs() == vault::OpenedAs::Restored)
        return Error{ErrorCode::NotSynced, "restored from an older file: sync first"};
    auto psbt = TRY(parse(bytes));
    TRY(fillOwnInputs(session, psbt));
    auto report = bitcoin::inspectPsbt(psbt, &session.scripts());
    TRY(checkClaims(report));
    const auto account = TRY(accountOf(report));
    return Job{std::move(psbt), std::move(report), account};
}

base::Result<void> PsbtService::checkSpendable(const WalletSession& session, const Job& job) const
{
    const auto* scan = session.scan(job.account);
    if (scan == nullptr || scan->completedTo < 0)
        return Error{ErrorCode::NotSynced, "the wallet is still looking for its coins"};
    for (const auto& input : job.report.inputs) {
        if (!input.owner)
            continue;
        if (session.view().findCoin(input.point) == nullptr)
            return Error{ErrorCode::Conflict,
                         "the coin " + input.point.toString() + " is spent already"};
        if (session.isFrozen(input.point))
            return Error{ErrorCode::Rejected, "the coin " + input.point.toString() +
                                                  " is frozen: coins unfreeze allows it again"};
    }
    return {};
}

base::Result<ledger::Intent> PsbtService::draftOf(const WalletSession& session,
                                                  const Job& job) const
{
    ASSERT(job.report.fee); // checkClaims() saw every coin.
    ledger::Intent draft;
    draft.id = base::Uuid::create(m_core.clock(), m_core.random());
    draft.account = job.account;
    draft.currency = money::Currency::bitcoin();
    std::int64_t spent = 0;
    std::int64_t returning = 0;
    std::int64_t unconfirmed = 0;
    for (const auto& input : job.report.inputs) {
        const auto amount = input.spent->amount;
        draft.inputs.push_back(
            {input.point.txid.bytes(), input.point.index, money::Amount(amount)});
        if (!input.owner)
            continue;
        spent += amount;
        const auto* coin = session.view().findCoin(input.point);
        unconfirmed += coin != nullptr && coin->confirmations == 0 ? 1 : 0;
    }
    for (const auto& output : job.report.outputs) {
        const auto address = bitcoin::addressOf(output.output.script, m_core.network().network);
        draft.outputs.push_back({output.output.script, address ? *address : std::string(),
                                 money::Amount(output.output.amount),
                                 output.owner ? ledger::IntentOutputRole::Change
                                              : ledger::IntentOutputRole::Recipient});
        if (output.owner && output.owner->account == job.account)
            returning += output.output.amount;
    }
    draft.fee = money::Amount(*job.report.fee);
    const auto size = std::max<std::int64_t>(1, job.report.vsize.value_or(1));
    const auto rate = job.report.vsize ? *job.report.fee * 1000 / size : 0;
    draft.feeRateMilliSatPerVb = rate;
    const auto spendable = session.view().balance(job.account).spendable;
    draft.balanceAfter = money::Amount(std::max<std::int64_t>(0, spendable - spent + returning));
    draft.unsignedBytes = job.psbt.serialize();
    draft.findings = m_core.payments().findingsOf(session, draft, unconfirmed,
                                                  bitcoin::FeeRate::fromSatPerKvB(rate), {});
    const auto others = session.intents().all();
    return ledger::prepareIntent(std::move(draft), others, m_core.clock().utcMs());
}

base::Result<ledger::Intent> PsbtService::planOf(const WalletSession& session, const Job& job,
                                                 const std::optional<ledger::Intent>& planned) const
{
    if (planned)
        return *planned;
    return draftOf(session, job);
}

/// As planOf(), and no signed payment holds its coins.
base::Result<ledger::Intent>
PsbtService::freePlanOf(const WalletSession& session, const Job& job,
                        const std::optional<ledger::Intent>& planned) const
{
    if (planned && planned->state == ledger::IntentState::Prepared) {
        const auto others = session.intents().all();
        TRY(ledger::confirmAction(*planned, others, m_core.clock().utcMs()));
    }
    return planOf(session, job, planned);
}

QCoro::Task<base::Result<api::SignedPsbt>> PsbtService::sign(api::SignPsbt request)
{
    const auto wallet = request.wallet;
    // The key first: until it is checked nothing about the wallet is told.
    auto waiting = std::make_shared<base::SecretBytes>(std::move(request.passphrase));
    auto key = co_await m_core.wallets().keyOf(wallet, std::move(request.password));
    if (!key)
        co_return key.error();
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    auto done = signNow(*session, request, *key, *waiting);
    if (done)
        m_core.publish(wallet);
    co_return done;
}

base::Result<api::SignedPsbt> PsbtService::signNow(WalletSession& session,
                                                   const api::SignPsbt& request,
                                                   const base::SecretBytes& key,
                                                   const base::SecretBytes& passphrase)
{
    auto job = TRY(jobOf(session, request.psbt));
    const auto now = m_core.clock().utcMs();
    const auto planned = plannedIntent(session, job.psbt, now);
    if (planned && planned->state == ledger::IntentState::Released) {
        // Signed before: the same signatures again, joined with what the file has gained since.
        auto stored = TRY(Psbt::parse(planned->signedBytes));
        auto joined = job.psbt;
        if (!joined.merge(stored))
            joined = std::move(stored);
        const bool complete = bitcoin::inspectPsbt(joined, nullptr).complete;
        return api::SignedPsbt{text(planned->id.toString()), bytesOf(joined.serialize()), complete};
    }
    if (planned && planned->state != ledger::IntentState::Prepared)
        return Error{ErrorCode::Rejected, "this payment was sent before: see send list"};
    TRY(checkSpendable(session, job));
    const auto intent = TRY(planOf(session, job, planned));
    TRY(m_core.payments().checkAcknowledged(intent, request.acknowledgedDangers));

    auto reviewed = TRY(signing::reviewOf(job.psbt, session.scripts(), intent.id, intent.account));
    auto passed = TRY(signPsbtThroughGate(session, job.psbt, std::move(reviewed), key, passphrase,
                                          m_core.random(), now));
    // Nothing is stored before the gate said yes, and nothing leaves before it is stored.
    if (!planned)
        TRY(session.addIntent(intent));
    const auto bytes = passed.psbt.serialize();
    const auto others = session.intents().all();
    const auto released = TRY(ledger::releaseIntent(intent, others, bytes, now));
    TRY(session.commitReleased(released, passed.counters));
    const bool complete = bitcoin::inspectPsbt(passed.psbt, nullptr).complete;
    return api::SignedPsbt{text(intent.id.toString()), bytesOf(bytes), complete};
}

base::Result<QByteArray> PsbtService::combine(const std::vector<QByteArray>& psbts) const
{
    if (psbts.size() < 2)
        return Error{ErrorCode::Usage, "combine takes at least two PSBTs"};
    std::vector<Psbt> parsed;
    for (const auto& bytes : psbts) {
        auto psbt = TRY(parse(bytes));
        parsed.push_back(std::move(psbt));
    }
    const auto combined = TRY(bitcoin::combine(parsed));
    return bytesOf(combined.serialize());
}

base::Result<api::FinalPsbt> PsbtService::finalise(const QByteArray& bytes) const
{
    auto psbt = TRY(parse(bytes));
    bitcoin::finalise(psbt);
    api::FinalPsbt out;
    for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
        if (!psbt.input(i).isFinal())
            out.missing.push_back(static_cast<int>(i));
    }
    out.psbt = bytesOf(psbt.serialize());
    if (!psbt.isComplete())
        return out;
    const auto transaction = TRY(bitcoin::extract(psbt));
    out.complete = true;
    out.txid = text(transaction.txid().toHex());
    out.transaction = bytesOf(transaction.serialize());
    return out;
}

base::Result<ledger::Intent>
PsbtService::signedIntentOf(WalletSession& session, const Job& job,
                            const bitcoin::Transaction& transaction) const
{
    const auto now = m_core.clock().utcMs();
    const auto txid = transaction.txid().bytes();
    const auto planned = plannedIntent(session, job.psbt, now);
    if (planned && planned->state == ledger::IntentState::Released)
        return ledger::completeIntent(*planned, transaction.serialize(), txid, now);
    if (planned && planned->state != ledger::IntentState::Prepared)
        return *planned;
    // Our inputs were signed elsewhere: by a device, or by another program with these keys.
    TRY(checkSpendable(session, job));
    const auto intent = TRY(planOf(session, job, planned));
    if (!planned)
        TRY(session.addIntent(intent));
    const auto others = session.intents().all();
    return ledger::signIntent(intent, others, transaction.serialize(), txid, now);
}

base::Result<api::SentPayment> PsbtService::broadcast(const api::WalletId& wallet,
                                                      const QByteArray& bytes)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    auto job = TRY(jobOf(*session, bytes));
    bitcoin::finalise(job.psbt);
    if (!job.psbt.isComplete())
        return Error{ErrorCode::Rejected,
                     "signatures are missing for input " + missingInputs(job.psbt)};
    auto transaction = TRY(bitcoin::extract(job.psbt));
    const auto intent = TRY(signedIntentOf(*session, job, transaction));
    api::SentPayment sent;
    sent.intent = text(intent.id.toString());
    // What went out before counts, should a signature and with it the id be another one now.
    sent.txid = text(intent.transaction ? bitcoin::Txid(*intent.transaction).toHex()
                                        : transaction.txid().toHex());
    sent.rawTransaction = text(base::toHex(transaction.serialize()));
    const auto* stored = session->intents().find(intent.id);
    ASSERT(stored != nullptr);
    if (stored->revision != intent.revision)
        TRY(session->commitSigned(
            intent, std::make_shared<const bitcoin::Transaction>(std::move(transaction)),
            session->spendCounters()));
    const bool waits = intent.state == ledger::IntentState::Signed ||
                       intent.state == ledger::IntentState::Broadcast;
    if (waits)
        m_core.payments().sendOut(wallet, intent);
    return sent;
}

} // namespace coffer::engine
