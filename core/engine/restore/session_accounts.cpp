// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletSession's accounts: those that were named, and those that a restore looks for although
// nobody named them (BIP44, "Account discovery").

#include "core/engine/wallet_session.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using vault::Record;
using vault::RecordKind;

base::Result<void> WalletSession::foldAccount(base::ByteView payload)
{
    auto account = TRY(decodeAccount(payload));
    const auto known = std::ranges::find(m_accounts, account.id, &AccountRecord::id);
    if (known != m_accounts.end()) {
        *known = std::move(account); // A new name; descriptors never change.
        return {};
    }
    const auto candidate = std::ranges::find(m_candidates, account.id,
                                             [](const auto& item) { return item.account.id; });
    const bool isWatched =
        candidate != m_candidates.end() && candidate->state == CandidateState::Searched;
    if (!isWatched)
        TRY(watchDescriptors(account));
    if (candidate != m_candidates.end())
        m_candidates.erase(candidate);
    m_accounts.push_back(std::move(account));
    return {};
}

base::Result<void> WalletSession::addDescriptors(const AccountRecord& account,
                                                 bitcoin::ScriptIndex& scripts) const
{
    const auto network = m_environment.network.network;
    const auto receive = TRY(bitcoin::Descriptor::parse(account.receive, network));
    TRY(scripts.addDescriptor(account.id, bitcoin::DescriptorRole::Receive, receive));
    if (account.change.empty())
        return {};
    const auto change = TRY(bitcoin::Descriptor::parse(account.change, network));
    TRY(scripts.addDescriptor(account.id, bitcoin::DescriptorRole::Change, change));
    return {};
}

base::Result<void> WalletSession::checkDescriptors(const AccountRecord& account) const
{
    if (m_scans.contains(account.id))
        return {}; // Watched already, as a candidate.
    bitcoin::ScriptIndex alone;
    TRY(addDescriptors(account, alone));
    for (const auto& state : m_scripts.states()) {
        const auto* other = TRY(m_scripts.descriptor(state.account, state.role));
        for (const auto& own : alone.states()) {
            const auto* added = TRY(alone.descriptor(own.account, own.role));
            if (*added == *other)
                return Error{ErrorCode::AlreadyExists, "another account has this descriptor"};
        }
    }
    return {};
}

base::Result<void> WalletSession::watchDescriptors(const AccountRecord& account)
{
    TRY(addDescriptors(account, m_scripts));
    m_scans.try_emplace(
        account.id, ScanRecord{account.id, static_cast<std::int64_t>(account.birthdayHeight) - 1,
                               -1, 0, api::Source::Unknown});
    return {};
}

base::Result<void> WalletSession::foldCandidate(base::ByteView payload)
{
    auto candidate = TRY(decodeCandidate(payload));
    const auto id = candidate.account.id;
    const auto known =
        std::ranges::find(m_candidates, id, [](const auto& item) { return item.account.id; });
    const bool wasWatched = known != m_candidates.end() && known->state == CandidateState::Searched;
    if (candidate.state == CandidateState::Searched && !wasWatched)
        TRY(watchDescriptors(candidate.account));
    if (candidate.state == CandidateState::Dropped && wasWatched) {
        m_scripts.removeAccount(id);
        m_scans.erase(id);
    }
    if (known != m_candidates.end())
        m_candidates.erase(known);
    if (candidate.state != CandidateState::Dropped)
        m_candidates.push_back(std::move(candidate));
    return {};
}

std::vector<AccountRecord> WalletSession::searchedCandidates() const
{
    std::vector<AccountRecord> out;
    for (const auto& candidate : m_candidates) {
        if (candidate.state == CandidateState::Searched)
            out.push_back(candidate.account);
    }
    return out;
}

const AccountRecord* WalletSession::candidate(api::AccountType type, std::uint32_t number) const
{
    for (const auto& candidate : m_candidates) {
        if (candidate.account.type == type && candidate.account.number == number)
            return &candidate.account;
    }
    return nullptr;
}

base::Result<AccountRecord> WalletSession::watched(const base::Uuid& id) const
{
    for (const auto& candidate : m_candidates) {
        if (candidate.account.id == id)
            return candidate.account;
    }
    return account(id);
}

std::vector<base::Uuid> WalletSession::promote(const std::vector<bitcoin::DescriptorState>& states,
                                               std::vector<Record>& records) const
{
    std::vector<base::Uuid> added;
    std::set<base::Uuid> used;
    for (const auto& state : states) {
        if (!state.lastUsed || !used.insert(state.account).second)
            continue;
        const auto own = watched(state.account);
        if (!own || own->watchOnly)
            continue;
        if (!account(state.account))
            records.push_back({RecordKind::Account, encodeAccount(*own)});
        // BIP44, "Account discovery": the next account is looked for once this one has history.
        for (const auto& next : m_candidates) {
            if (next.state != CandidateState::Waiting || next.account.type != own->type ||
                next.account.number != own->number + 1)
                continue;
            records.push_back(
                {RecordKind::Candidate, encodeCandidate({next.account, CandidateState::Searched})});
            added.push_back(next.account.id);
        }
    }
    return added;
}

base::Result<std::vector<base::Uuid>> WalletSession::dropCandidates()
{
    std::vector<base::Uuid> dropped;
    std::vector<Record> records;
    for (const auto& candidate : m_candidates) {
        if (candidate.state == CandidateState::Searched)
            dropped.push_back(candidate.account.id);
        records.push_back(
            {RecordKind::Candidate, encodeCandidate({candidate.account, CandidateState::Dropped})});
    }
    TRY(commit(std::move(records)));
    return dropped;
}

void WalletSession::addScripts(const std::vector<base::Uuid>& accounts, BlockOutcome& outcome) const
{
    for (const auto& account : accounts) {
        for (auto& script : m_scripts.scripts(account))
            outcome.added.push_back(std::move(script));
    }
}

std::vector<Record> WalletSession::candidateRecords(const std::vector<AccountRecord>& candidates)
{
    std::vector<Record> out;
    for (const auto& account : candidates) {
        const auto state = account.number == 0 ? CandidateState::Searched : CandidateState::Waiting;
        out.push_back({RecordKind::Candidate, encodeCandidate({account, state})});
    }
    return out;
}

base::Result<void> WalletSession::addAccount(const AccountRecord& account)
{
    for (const auto& other : m_accounts) {
        if (other.receive == account.receive)
            return Error{ErrorCode::AlreadyExists, "the wallet has this account already"};
    }
    for (const auto& candidate : m_candidates) {
        if (candidate.account.receive == account.receive && candidate.account.id != account.id)
            return Error{ErrorCode::Conflict,
                         "the restore is looking for this account: add it by its type"};
    }
    std::vector<Record> records{{RecordKind::Account, encodeAccount(account)}};
    const auto searched = watched(account.id);
    const auto* known = scan(account.id);
    if (searched && known != nullptr && account.birthdayHeight < searched->birthdayHeight) {
        auto again = *known;
        again.testedTo = static_cast<std::int64_t>(account.birthdayHeight) - 1;
        records.push_back(scanRecord(again));
    }
    return commit(std::move(records));
}

base::Result<void> WalletSession::renameAccount(const base::Uuid& account, const std::string& name)
{
    auto record = TRY(this->account(account));
    if (name.empty() || name.size() > 256)
        return Error{ErrorCode::OutOfRange, "a name has 1 to 256 bytes"};
    record.name = name;
    return commit({{RecordKind::Account, encodeAccount(record)}});
}

} // namespace coffer::engine
