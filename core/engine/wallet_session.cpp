// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/wallet_session.h"

#include "core/base/fault_point.h"
#include "core/bitcoin/address.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using vault::Record;
using vault::RecordKind;

namespace {

/// Settings of this wallet are text keys with one CBOR value.
constexpr std::string_view kBackedUpSetting = "backed_up";
constexpr std::string_view kCreatedHereSetting = "created_here";
constexpr std::string_view kRehearsedSetting = "rehearsed_at";
constexpr std::string_view kOlderPaymentsSetting = "older_payments";

enum class Set : bool
{
    No,
    Yes
};

Record settingRecord(std::string_view name, Set set = Set::Yes)
{
    base::CborWriter out;
    out.text(name);
    out.boolean(set == Set::Yes);
    return {RecordKind::Setting, out.take()};
}

money::Currency currencyOf()
{
    return money::Currency::bitcoin();
}

ledger::TransactionId idOf(const bitcoin::Txid& txid)
{
    return txid.bytes();
}

/// Whether a transaction spends and pays exactly what an intent showed.
bool isPlannedIn(const ledger::Intent& intent, const bitcoin::Transaction& transaction)
{
    return std::ranges::equal(
               intent.inputs, transaction.inputs,
               [](const ledger::IntentInput& planned, const bitcoin::TxInput& input) {
                   return planned.transaction == input.previous.txid.bytes() &&
                          planned.output == input.previous.index;
               }) &&
           std::ranges::equal(
               intent.outputs, transaction.outputs,
               [](const ledger::IntentOutput& planned, const bitcoin::TxOutput& output) {
                   return planned.script == output.script &&
                          planned.amount == money::Amount(output.amount);
               });
}

bool isAppearance(const bitcoin::TransactionView& transaction)
{
    return !transaction.effects.empty();
}

} // namespace

WalletSession::WalletSession(vault::Vault& vault, Environment environment)
    : m_vault(vault)
    , m_environment(environment)
    , m_graph(environment.network.genesisHash)
{
}

base::Result<std::unique_ptr<WalletSession>>
WalletSession::unlock(vault::Vault& vault, const base::SecretBytes& key, Environment environment)
{
    std::unique_ptr<WalletSession> session(new WalletSession(vault, environment));
    TRY(vault.unlock(key, session->folder()));
    TRY(session->finishOpening());
    return session;
}

base::Result<std::unique_ptr<WalletSession>> WalletSession::attach(vault::Vault& vault,
                                                                   Environment environment)
{
    std::unique_ptr<WalletSession> session(new WalletSession(vault, environment));
    TRY(vault.replay(session->folder()));
    TRY(session->finishOpening());
    return session;
}

vault::Visitor WalletSession::folder()
{
    return [this](std::uint64_t, RecordKind kind, base::ByteView payload) {
        return fold(kind, payload);
    };
}

base::Result<void> WalletSession::finishOpening()
{
    m_view = bitcoin::WalletView::compute(m_graph, m_scripts);
    m_grown.clear(); // All scripts are watched from the start.
    if (m_vault.openedAs() != vault::OpenedAs::Restored)
        return bookSignedPayments();
    // A day of blocks once more: nothing says what became of the newest ones (bitcoin.md 4.15).
    for (auto& [id, scan] : m_scans)
        scan.testedTo = std::max<std::int64_t>(scan.testedTo - kReorganisationMargin, -1);
    // An older file may contradict what was sent since: unfinished payments wait for the sync.
    std::vector<Record> records;
    for (const auto& intent : m_intents.all()) {
        if (auto unknown = ledger::markRestored(intent, m_environment.clock.utcMs()))
            records.push_back({RecordKind::Intent, ledger::encodeIntent(*unknown)});
    }
    return commit(std::move(records));
}

/// A crash may have come between a payment's signed bytes and its entry in the books.
base::Result<void> WalletSession::bookSignedPayments()
{
    const auto intents = m_intents.all();
    for (const auto& intent : intents) {
        if (!intent.transaction || intent.signedBytes.empty() || ledger::isFinished(intent) ||
            m_graph.find(bitcoin::Txid(*intent.transaction)) != nullptr)
            continue;
        auto transaction = TRY(bitcoin::Transaction::parse(intent.signedBytes));
        const auto changes =
            TRY(m_graph.seen(std::make_shared<const bitcoin::Transaction>(std::move(transaction)),
                             intent.updatedMs, bitcoin::Origin::Own));
        TRY(commitChain(changes, {}));
    }
    return {};
}

base::Result<void> WalletSession::fold(RecordKind kind, base::ByteView payload)
{
    switch (kind) {
    case RecordKind::Account:
        return foldAccount(payload);
    case RecordKind::Candidate:
        return foldCandidate(payload);
    case RecordKind::ScriptState: {
        const auto state = TRY(decodeScriptState(payload));
        const auto grown = TRY(m_scripts.restore(state));
        m_grown.insert(m_grown.end(), grown.begin(), grown.end());
        return {};
    }
    case RecordKind::ScanState: {
        const auto scan = TRY(decodeScan(payload));
        m_scans[scan.account] = scan;
        return {};
    }
    case RecordKind::Transaction: {
        auto facts = TRY(bitcoin::decodeTransactionRecord(payload));
        if (!facts.transaction)
            return Error{ErrorCode::Damaged, "transaction record without its transaction"};
        bitcoin::ChangeSet changes;
        const auto txid = facts.transaction->txid();
        changes.transactions.emplace(txid, std::move(facts));
        return m_graph.apply(changes);
    }
    case RecordKind::ChainPoint: {
        bitcoin::ChangeSet changes;
        changes.chain = TRY(bitcoin::decodeChainRecord(payload));
        return m_graph.apply(changes);
    }
    case RecordKind::Entry: {
        const auto entry = TRY(m_books.apply(payload));
        m_history.apply(entry);
        return {};
    }
    case RecordKind::Intent: {
        TRY(m_intents.apply(payload));
        return {};
    }
    case RecordKind::Label: {
        const auto label = TRY(m_labels.apply(payload));
        m_history.apply(label);
        return {};
    }
    case RecordKind::Policy: {
        m_policy = TRY(signing::decodePolicy(payload));
        return {};
    }
    case RecordKind::SpendCounters: {
        m_counters = TRY(signing::decodeCounters(payload));
        return {};
    }
    case RecordKind::NetworkLog: {
        // Nothing depends on these rows: those of a newer version are passed over.
        const auto applied = m_networkLog.apply(payload);
        if (!applied && applied.error().code != ErrorCode::VersionTooNew)
            return applied.error();
        return {};
    }
    case RecordKind::Setting:
        return foldSetting(payload);
    default:
        return {}; // Kinds that other parts of the program read.
    }
}

base::Result<void> WalletSession::foldSetting(base::ByteView payload)
{
    base::CborReader in(payload);
    const auto name = TRY(in.text());
    if (name == kBackedUpSetting)
        m_backedUp = TRY(in.boolean());
    else if (name == kCreatedHereSetting)
        m_createdHere = TRY(in.boolean());
    else if (name == kRehearsedSetting)
        m_rehearsedAtMs = TRY(in.integer());
    else if (name == kOlderPaymentsSetting)
        m_olderPayments = TRY(in.boolean());
    return {};
}

/// What is appended stays for ever, and every later unlock folds it again: so a record that would
/// not fold is refused before it is written.
base::Result<void> WalletSession::checkFolds(const Record& record) const
{
    switch (record.kind) {
    case RecordKind::Account: {
        const auto account = TRY(decodeAccount(record.payload));
        if (std::ranges::find(m_accounts, account.id, &AccountRecord::id) != m_accounts.end())
            return {};
        return checkDescriptors(account);
    }
    case RecordKind::Candidate: {
        const auto candidate = TRY(decodeCandidate(record.payload));
        return candidate.state == CandidateState::Searched ? checkDescriptors(candidate.account)
                                                           : base::Result<void>();
    }
    case RecordKind::ScriptState:
        TRY(decodeScriptState(record.payload));
        return {};
    case RecordKind::Intent: {
        const auto intent = TRY(ledger::decodeIntent(record.payload));
        return m_intents.check(intent);
    }
    case RecordKind::Label:
        TRY(ledger::decodeLabel(record.payload));
        return {};
    case RecordKind::Policy:
        TRY(signing::decodePolicy(record.payload));
        return {};
    case RecordKind::SpendCounters:
        TRY(signing::decodeCounters(record.payload));
        return {};
    default:
        return {}; // Made from values that were checked when they came in.
    }
}

base::Result<void> WalletSession::commit(std::vector<Record> records)
{
    if (records.empty())
        return {};
    for (const auto& record : records)
        TRY(checkFolds(record));
    base::faultPoint("wallet.commit");
    TRY(m_vault.append(records));
    base::faultPoint("wallet.committed");
    for (const auto& record : records) {
        const auto folded = fold(record.kind, record.payload);
        // What was just written must fold: anything else is a bug, and going on would hide it.
        if (!folded)
            return Error{ErrorCode::Internal,
                         "a committed record does not fold: " + folded.error().detail};
    }
    return {};
}

base::Result<void> WalletSession::commitChain(const bitcoin::ChangeSet& changes,
                                              std::vector<Record> records)
{
    for (const auto& [txid, facts] : changes.transactions) {
        const auto* whole = m_graph.find(txid);
        ASSERT(whole != nullptr);
        records.push_back({RecordKind::Transaction, bitcoin::encodeTransactionRecord(*whole)});
    }
    if (!changes.chain.empty() && !records.empty())
        records.push_back({RecordKind::ChainPoint, bitcoin::encodeChainRecord(changes.chain)});

    auto view = bitcoin::WalletView::compute(m_graph, m_scripts);
    const auto all = TRY(effects(view));
    const auto drafts = TRY(ledger::bookkeepingOfView(m_books, currencyOf(), all));
    const auto entries = TRY(m_books.compose(drafts, m_environment.clock, m_environment.random));
    for (const auto& entry : entries)
        records.push_back({RecordKind::Entry, entry});
    for (const auto& intent : observeIntents(view))
        records.push_back({RecordKind::Intent, ledger::encodeIntent(intent)});
    TRY(commit(std::move(records)));
    m_view = std::move(view);
    return {};
}
// books

std::string WalletSession::counterpartyOf(const bitcoin::TransactionView& transaction) const
{
    // Who received, for what we sent; there is no such thing as a sender's address.
    std::string found;
    std::int64_t delta = 0;
    for (const auto& effect : transaction.effects)
        delta += effect.delta();
    for (const auto& output : transaction.transaction->outputs) {
        const bool ours = m_scripts.lookup(output.script).has_value();
        if (ours == (delta < 0))
            continue;
        const auto address = bitcoin::addressOf(output.script, m_environment.network.network);
        if (!address)
            continue;
        if (!found.empty())
            return {};
        found = *address;
    }
    return found;
}

bool WalletSession::isInChain(const bitcoin::Txid& txid) const
{
    const auto* facts = m_graph.find(txid);
    return facts != nullptr && std::ranges::any_of(facts->anchors, [this](const auto& anchor) {
               return m_graph.chain().contains(anchor.height, anchor.block);
           });
}

ledger::TxEffect WalletSession::effectOf(const bitcoin::TransactionView& transaction,
                                         const bitcoin::WalletView& view) const
{
    ledger::TxEffect effect;
    effect.transaction = idOf(transaction.txid);
    effect.currency = currencyOf();
    for (const auto& change : transaction.effects)
        effect.deltas.push_back({change.account, money::Amount(change.delta())});
    if (transaction.allInputsOurs && transaction.fee)
        effect.fee = money::Amount(*transaction.fee);
    effect.coinbase = transaction.coinbase;
    effect.firstSeenMs = transaction.firstSeenMs.value_or(transaction.timeMs());
    effect.counterparty = counterpartyOf(transaction);
    if (const auto* intent = m_intents.findByTransaction(effect.transaction))
        effect.intent = intent->id;
    switch (transaction.status) {
    case bitcoin::TransactionStatus::Confirmed:
        effect.state = ledger::ChainState::Confirmed;
        effect.height = transaction.place->height;
        effect.block = transaction.place->block.bytes();
        effect.blockTimeMs = transaction.place->timeSeconds * 1000;
        break;
    case bitcoin::TransactionStatus::Unconfirmed:
        effect.state = ledger::ChainState::Unconfirmed;
        break;
    case bitcoin::TransactionStatus::Refused:
    case bitcoin::TransactionStatus::Evicted:
        effect.state = ledger::ChainState::Refused;
        for (const auto& other : bitcoin::conflictsOf(m_graph, transaction.txid)) {
            const auto* rival = view.find(other);
            // One that does not touch us is in no view; it is known from a block alone.
            const bool counts = rival != nullptr ? rival->counts() : isInChain(other);
            if (!counts)
                continue;
            effect.other = idOf(other);
            effect.refusal = m_graph.find(other)->origin == bitcoin::Origin::Own
                                 ? ledger::Refusal::Replaced
                                 : ledger::Refusal::Conflicted;
        }
        break;
    }
    return effect;
}

base::Result<std::vector<ledger::TxEffect>>
WalletSession::effects(const bitcoin::WalletView& view) const
{
    std::vector<ledger::TxEffect> out;
    // The view lists the newest first; the books want the order of events.
    const auto& transactions = view.transactions();
    for (auto it = transactions.rbegin(); it != transactions.rend(); ++it) {
        if (isAppearance(*it))
            out.push_back(effectOf(*it, view));
    }
    return out;
}

ledger::IntentObservation WalletSession::observe(const ledger::Intent& intent,
                                                 const bitcoin::WalletView& view) const
{
    using Fate = ledger::IntentObservation::Fate;
    ledger::IntentObservation seen;
    seen.synced = m_synced;
    if (intent.transaction) {
        const bitcoin::Txid txid(*intent.transaction);
        const auto* own = view.find(txid);
        if (own != nullptr && own->status == bitcoin::TransactionStatus::Confirmed) {
            seen.fate = Fate::Confirmed;
            seen.confirmations = static_cast<std::uint32_t>(own->confirmations);
            seen.height = own->place->height;
            return seen;
        }
        if (m_echoed.contains(txid))
            seen.fate = Fate::Seen;
    }
    for (const auto& input : intent.inputs) {
        const bitcoin::OutPoint point{bitcoin::Txid(input.transaction), input.output};
        for (const auto& spender : m_graph.spendersOf(point)) {
            const auto* rival = view.find(spender);
            const bool self = intent.transaction && idOf(spender) == *intent.transaction;
            if (rival == nullptr || self || rival->status != bitcoin::TransactionStatus::Confirmed)
                continue;
            if (intent.state != ledger::IntentState::Prepared && !intent.transaction &&
                isPlannedIn(intent, *rival->transaction)) {
                // Somebody else completed and sent the PSBT that we had signed.
                seen.fate = Fate::Confirmed;
                seen.confirmations = static_cast<std::uint32_t>(rival->confirmations);
                seen.height = rival->place->height;
                return seen;
            }
            seen.fate = Fate::Taken;
            seen.takenBy = idOf(spender);
            seen.takenByOurs = rival->origin == bitcoin::Origin::Own;
            seen.confirmations = static_cast<std::uint32_t>(rival->confirmations);
            seen.height = rival->place->height;
            return seen;
        }
    }
    return seen;
}

std::vector<ledger::Intent> WalletSession::observeIntents(const bitcoin::WalletView& view) const
{
    std::vector<ledger::Intent> out;
    const auto now = m_environment.clock.utcMs();
    // Finished ones too: a reorganisation may be as deep as what counts as final.
    for (const auto& intent : m_intents.all()) {
        if (auto next = ledger::observeIntent(intent, observe(intent, view), now))
            out.push_back(std::move(*next));
    }
    return out;
}
base::Result<AccountRecord> WalletSession::account(const base::Uuid& id) const
{
    const auto found = std::ranges::find(m_accounts, id, &AccountRecord::id);
    if (found == m_accounts.end())
        return Error{ErrorCode::NotFound, "no such account"};
    return *found;
}

const ScanRecord* WalletSession::scan(const base::Uuid& account) const
{
    const auto found = m_scans.find(account);
    return found == m_scans.end() ? nullptr : &found->second;
}

std::optional<std::int64_t> WalletSession::completedTo() const
{
    std::optional<std::int64_t> lowest;
    for (const auto& [id, scan] : m_scans) {
        if (scan.completedTo < 0)
            return std::nullopt;
        lowest = std::min(lowest.value_or(scan.completedTo), scan.completedTo);
    }
    return lowest;
}

base::Result<bitcoin::ScriptIndex::Revealed> WalletSession::revealAddress(const base::Uuid& account)
{
    const auto revealed = TRY(m_scripts.revealNext(account, bitcoin::DescriptorRole::Receive));
    const auto state = TRY(m_scripts.state(account, bitcoin::DescriptorRole::Receive));
    std::vector<Record> records{{RecordKind::ScriptState, encodeScriptState(state)}};
    if (!m_createdHere) // Fresh words have no past in which the new script could have been paid.
        rememberGrowth(revealed.added, records);
    TRY(commit(std::move(records)));
    return revealed;
}

base::Result<void> WalletSession::setLabel(const ledger::LabelTarget& target,
                                           const std::string& text)
{
    ledger::Label label;
    if (const auto* known = m_labels.find(target))
        label = *known;
    label.target = target;
    label.text = text;
    label.timeMs = m_environment.clock.utcMs();
    return setLabels({label});
}

base::Result<void> WalletSession::setLabels(std::vector<ledger::Label> labels)
{
    std::vector<Record> records;
    for (const auto& label : labels) {
        TRY(ledger::checkLabel(label));
        records.push_back({RecordKind::Label, ledger::encodeLabel(label)});
    }
    return commit(std::move(records));
}

base::Result<void> WalletSession::setSpendable(const bitcoin::OutPoint& coin,
                                               api::CoinState coinState)
{
    const ledger::LabelTarget target{ledger::LabelKind::Output, coin.toString()};
    ledger::Label label;
    if (const auto* known = m_labels.find(target))
        label = *known;
    label.target = target;
    label.spendable = coinState == api::CoinState::Free;
    label.timeMs = m_environment.clock.utcMs();
    return setLabels({label});
}

bool WalletSession::isFrozen(const bitcoin::OutPoint& coin) const
{
    const auto* label = m_labels.find({ledger::LabelKind::Output, coin.toString()});
    return label != nullptr && label->spendable == false;
}
base::Result<WalletSession::BlockOutcome> WalletSession::applyBlock(std::uint32_t height,
                                                                    const bitcoin::Block& block)
{
    auto scan = TRY(bitcoin::scanBlock(block, m_graph, m_scripts));
    BlockOutcome outcome;
    outcome.relevant = !scan.transactions.empty();
    outcome.added = std::move(scan.added);
    if (!outcome.relevant)
        return outcome;
    std::vector<Record> records;
    const auto promoted = promote(scan.states, records);
    for (const auto& state : scan.states)
        records.push_back({RecordKind::ScriptState, encodeScriptState(state)});
    rememberGrowth(outcome.added, records);
    const auto changes =
        TRY(m_graph.applyBlock(height, block.header.hash(), block.header.time, scan.transactions));
    TRY(commitChain(changes, std::move(records)));
    addScripts(promoted, outcome);
    return outcome;
}

/// Scripts new in the window were never looked for: also after a crash they must be.
void WalletSession::rememberGrowth(const std::vector<bitcoin::OwnedScript>& added,
                                   std::vector<Record>& records)
{
    std::set<base::Uuid> accounts;
    for (const auto& script : added)
        accounts.insert(script.owner.account);
    for (const auto& id : accounts) {
        const auto record = watched(id);
        ASSERT(record);
        auto& scan = m_scans[id];
        scan.testedTo = static_cast<std::int64_t>(record->birthdayHeight) - 1;
        records.push_back(scanRecord(scan));
    }
}

base::Result<void> WalletSession::reorganised(std::uint32_t forkHeight)
{
    const auto changes = m_graph.reorganised(forkHeight);
    std::vector<Record> records;
    lowerScans(forkHeight, records);
    return commitChain(changes, std::move(records));
}

void WalletSession::lowerScans(std::int64_t height, std::vector<Record>& records)
{
    for (auto& [id, scan] : m_scans) {
        if (scan.testedTo <= height && scan.completedTo <= height)
            continue;
        scan.testedTo = std::min(scan.testedTo, height);
        scan.completedTo = std::min(scan.completedTo, height);
        records.push_back(scanRecord(scan));
    }
}

base::Result<void> WalletSession::filtersReplaced(std::uint32_t fromHeight)
{
    std::vector<Record> records;
    lowerScans(static_cast<std::int64_t>(fromHeight) - 1, records);
    return commit(std::move(records));
}

base::Result<void> WalletSession::markOlderPayments()
{
    if (m_olderPayments)
        return {};
    return commit({settingRecord(kOlderPaymentsSetting)});
}

base::Result<void> WalletSession::scanCompleted(std::uint32_t height,
                                                const bitcoin::BlockHash& hash, api::Source source)
{
    const auto changes = TRY(m_graph.applyTip(height, hash));
    const bool first = !m_synced;
    m_synced = true;
    for (auto& [id, scan] : m_scans) {
        scan.testedTo = height;
        scan.completedTo = height;
        scan.completedMs = m_environment.clock.utcMs();
        scan.source = source;
    }
    m_scanDirty = true;
    // A block that says nothing about us is not worth a commit: after a crash it is tested again.
    std::vector<Record> records;
    if (first) {
        for (const auto& [id, scan] : m_scans)
            records.push_back(scanRecord(scan));
        m_scanDirty = false;
    }
    TRY(commitChain(changes, std::move(records)));
    if (m_vault.openedAs() == vault::OpenedAs::Restored)
        return m_vault.finishRestoration();
    return {};
}

void WalletSession::scanProgressed(const base::Uuid& account, std::int64_t testedTo)
{
    const auto found = m_scans.find(account);
    if (found != m_scans.end() && found->second.testedTo != testedTo) {
        found->second.testedTo = testedTo;
        m_scanDirty = true;
    }
}

base::Result<void> WalletSession::rescanFrom(std::uint32_t height)
{
    std::vector<Record> records;
    if (m_olderPayments) // Should it not go back far enough, they are met again.
        records.push_back(settingRecord(kOlderPaymentsSetting, Set::No));
    for (auto& account : m_accounts) {
        account.birthdayHeight = std::min(account.birthdayHeight, height);
        records.push_back({RecordKind::Account, encodeAccount(account)});
        auto& scan = m_scans[account.id];
        scan.testedTo = static_cast<std::int64_t>(account.birthdayHeight) - 1;
        records.push_back(scanRecord(scan));
    }
    for (auto candidate : m_candidates) {
        candidate.account.birthdayHeight = std::min(candidate.account.birthdayHeight, height);
        records.push_back({RecordKind::Candidate, encodeCandidate(candidate)});
        if (candidate.state != CandidateState::Searched)
            continue;
        auto& scan = m_scans[candidate.account.id];
        scan.testedTo = static_cast<std::int64_t>(candidate.account.birthdayHeight) - 1;
        records.push_back(scanRecord(scan));
    }
    return commit(std::move(records));
}

vault::Record WalletSession::scanRecord(const ScanRecord& scan) const
{
    return {RecordKind::ScanState, encodeScan(scan)};
}

base::Result<void> WalletSession::saveProgress(
    const std::optional<std::pair<std::uint32_t, bitcoin::BlockHash>>& below)
{
    const auto& chain = m_graph.chain();
    const bool lacksPoint = below && below->first < chain.tipHeight() && !chain.at(below->first);
    if (!m_scanDirty && !lacksPoint)
        return {};
    std::vector<Record> records;
    for (const auto& [id, scan] : m_scans)
        records.push_back(scanRecord(scan));
    std::map<std::uint32_t, std::optional<bitcoin::BlockHash>> points;
    // What the graph has there, too, was tested; the node may know another branch by now.
    if (below && below->first < chain.tipHeight())
        points[below->first] = chain.at(below->first).value_or(below->second);
    points[chain.tipHeight()] = chain.tipHash();
    records.push_back({RecordKind::ChainPoint, bitcoin::encodeChainRecord(points)});
    TRY(commit(std::move(records)));
    m_scanDirty = false;
    return {};
}
base::Result<void> WalletSession::addIntent(const ledger::Intent& intent)
{
    TRY(m_intents.check(intent));
    std::vector<Record> records;
    records.push_back({RecordKind::Intent, ledger::encodeIntent(intent)});
    // The change script is handed out with the intent, so that no second payment uses it too.
    for (const auto& output : intent.outputs) {
        const auto owner = m_scripts.lookup(output.script);
        if (!owner || owner->role != bitcoin::DescriptorRole::Change)
            continue;
        auto state = TRY(m_scripts.state(owner->account, owner->role));
        if (state.lastRevealed && *state.lastRevealed >= owner->index)
            continue;
        state.lastRevealed = owner->index;
        records.push_back({RecordKind::ScriptState, encodeScriptState(state)});
    }
    return commit(std::move(records));
}

base::Result<void> WalletSession::markBackedUp()
{
    return commit({settingRecord(kBackedUpSetting)});
}

base::Result<void> WalletSession::markRehearsed(std::int64_t atMs)
{
    base::CborWriter out;
    out.text(kRehearsedSetting);
    out.integer(atMs);
    return commit({{RecordKind::Setting, out.take()}, settingRecord(kBackedUpSetting)});
}

vault::Record WalletSession::createdHereRecord()
{
    return settingRecord(kCreatedHereSetting);
}

} // namespace coffer::engine
