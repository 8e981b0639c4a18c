// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/script_index.h"

#include <algorithm>
#include <cstring>

namespace coffer::bitcoin {

namespace {

/// More addresses than any wallet hands out; bounds what a damaged record could make us derive.
constexpr std::uint32_t kMaxIndex = 1'000'000;

} // namespace

struct ScriptIndex::Watched
{
    ScriptIndex::Key key;
    Descriptor descriptor;
    std::uint32_t lookahead = kDefaultLookahead;
    std::optional<std::uint32_t> lastUsed;
    std::optional<std::uint32_t> lastRevealed;
    /// By index; most descriptors have one script each, combo() several.
    std::vector<std::vector<Script>> scripts;
    std::vector<bool> used;

    /// The first index that was neither used nor handed out.
    std::uint32_t next() const
    {
        const std::uint32_t afterUsed = lastUsed ? *lastUsed + 1 : 0;
        const std::uint32_t afterRevealed = lastRevealed ? *lastRevealed + 1 : 0;
        return std::max(afterUsed, afterRevealed);
    }
    ScriptOwner owner(std::uint32_t index) const { return {key.first, key.second, index}; }
    OwnedScript script(std::uint32_t index) const { return {scripts[index].front(), owner(index)}; }
};

// Scripts of ours are hashes of our keys: nobody else chooses them, so their own bytes are the
// hash. The last eight bytes would hold opcodes for old types, hence the offset.
std::size_t ScriptIndex::Hash::operator()(const Script& script) const
{
    std::uint64_t value = 0;
    if (script.size() >= 16)
        std::memcpy(&value, script.data() + 5, sizeof(value));
    return static_cast<std::size_t>(value) ^ script.size();
}

ScriptIndex::ScriptIndex() = default;
ScriptIndex::~ScriptIndex() = default;
ScriptIndex::ScriptIndex(ScriptIndex&&) noexcept = default;
ScriptIndex& ScriptIndex::operator=(ScriptIndex&&) noexcept = default;

ScriptIndex::Watched* ScriptIndex::find(AccountId account, DescriptorRole role) const
{
    const auto found = m_watched.find({account, role});
    return found == m_watched.end() ? nullptr : found->second.get();
}

base::Result<std::vector<OwnedScript>> ScriptIndex::extend(Watched& watched)
{
    const std::uint32_t wanted =
        watched.descriptor.isRanged() ? watched.next() + watched.lookahead : 1;
    std::vector<OwnedScript> added;
    while (watched.scripts.size() < wanted) {
        const auto index = static_cast<std::uint32_t>(watched.scripts.size());
        auto outputs = TRY(watched.descriptor.expandAll(index));
        std::vector<Script> scripts;
        for (DescriptorOutput& output : outputs) {
            m_owners.emplace(output.script, watched.owner(index));
            added.push_back({output.script, watched.owner(index)});
            scripts.push_back(std::move(output.script));
        }
        ASSERT(!scripts.empty());
        watched.scripts.push_back(std::move(scripts));
        watched.used.push_back(false);
    }
    return added;
}

base::Result<std::vector<OwnedScript>> ScriptIndex::addDescriptor(AccountId account,
                                                                  DescriptorRole role,
                                                                  Descriptor descriptor,
                                                                  std::uint32_t lookahead)
{
    if (lookahead == 0 || lookahead > kMaxLookahead)
        return base::Error{base::ErrorCode::OutOfRange, "lookahead must be 1 to 1,000"};
    if (find(account, role))
        return base::Error{base::ErrorCode::AlreadyExists, "the account has this descriptor"};
    for (const auto& [key, watched] : m_watched) {
        if (watched->descriptor == descriptor)
            return base::Error{base::ErrorCode::AlreadyExists,
                               "another account has this descriptor"};
    }
    const Key key{account, role};
    auto watched =
        std::make_unique<Watched>(Watched{key, std::move(descriptor), lookahead, {}, {}, {}, {}});
    auto added = TRY(extend(*watched));
    m_watched.emplace(key, std::move(watched));
    return added;
}

base::Result<std::vector<OwnedScript>> ScriptIndex::restore(const DescriptorState& state)
{
    Watched* watched = find(state.account, state.role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    if (state.lastUsed.value_or(0) > kMaxIndex || state.lastRevealed.value_or(0) > kMaxIndex)
        return base::Error{base::ErrorCode::OutOfRange, "address index too large"};
    // An absent optional is smaller than any value, which is what "never backwards" wants.
    watched->lastUsed = std::max(watched->lastUsed, state.lastUsed);
    watched->lastRevealed = std::max(watched->lastRevealed, state.lastRevealed);
    return extend(*watched);
}

base::Result<std::vector<OwnedScript>>
ScriptIndex::setLookahead(AccountId account, DescriptorRole role, std::uint32_t lookahead)
{
    Watched* watched = find(account, role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    if (lookahead == 0 || lookahead > kMaxLookahead)
        return base::Error{base::ErrorCode::OutOfRange, "lookahead must be 1 to 1,000"};
    watched->lookahead = std::max(watched->lookahead, lookahead);
    return extend(*watched);
}

void ScriptIndex::removeAccount(AccountId account)
{
    std::erase_if(m_owners, [&](const auto& item) { return item.second.account == account; });
    std::erase_if(m_watched, [&](const auto& item) { return item.first.first == account; });
}

std::optional<ScriptOwner> ScriptIndex::lookup(base::ByteView script) const
{
    thread_local Script key; // Saves an allocation for each output of a block.
    key.assign(script.begin(), script.end());
    const auto found = m_owners.find(key);
    if (found == m_owners.end())
        return std::nullopt;
    return found->second;
}

base::Result<std::vector<OwnedScript>> ScriptIndex::markUsed(base::ByteView script)
{
    const auto owner = lookup(script);
    if (!owner)
        return std::vector<OwnedScript>{};
    return markUsed(*owner);
}

base::Result<std::vector<OwnedScript>> ScriptIndex::markUsed(const ScriptOwner& owner)
{
    Watched* watched = find(owner.account, owner.role);
    if (!watched || owner.index >= watched->scripts.size())
        return base::Error{base::ErrorCode::NotFound, "script outside the window"};
    watched->used[owner.index] = true;
    if (watched->lastUsed && *watched->lastUsed >= owner.index)
        return std::vector<OwnedScript>{};
    watched->lastUsed = owner.index;
    return extend(*watched);
}

base::Result<ScriptIndex::Revealed> ScriptIndex::revealNext(AccountId account, DescriptorRole role)
{
    Watched* watched = find(account, role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    if (!watched->descriptor.isRanged()) {
        watched->lastRevealed = 0;
        return Revealed{watched->script(0), {}};
    }
    const std::uint32_t index = watched->next();
    if (index > kMaxIndex)
        return base::Error{base::ErrorCode::OutOfRange, "no further addresses"};
    watched->lastRevealed = index;
    auto added = TRY(extend(*watched));
    return Revealed{watched->script(index), std::move(added)};
}

base::Result<OwnedScript> ScriptIndex::nextUnused(AccountId account, DescriptorRole role) const
{
    const Watched* watched = find(account, role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    if (!watched->descriptor.isRanged())
        return watched->script(0);
    // Gaps below the last used index are left alone: after a restart only that index is sure.
    const std::uint32_t index = watched->lastUsed ? *watched->lastUsed + 1 : 0;
    return watched->script(index);
}

base::Result<DescriptorState> ScriptIndex::state(AccountId account, DescriptorRole role) const
{
    const Watched* watched = find(account, role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    return DescriptorState{account, role, watched->lastUsed, watched->lastRevealed};
}

base::Result<const Descriptor*> ScriptIndex::descriptor(AccountId account,
                                                        DescriptorRole role) const
{
    const Watched* watched = find(account, role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    return &watched->descriptor;
}

base::Result<Script> ScriptIndex::scriptAt(const ScriptOwner& owner) const
{
    const Watched* watched = find(owner.account, owner.role);
    if (!watched)
        return base::Error{base::ErrorCode::NotFound, "no such account"};
    if (owner.index < watched->scripts.size())
        return watched->scripts[owner.index].front();
    auto output = TRY(watched->descriptor.expand(owner.index));
    return std::move(output.script);
}

bool ScriptIndex::isUsed(const ScriptOwner& owner) const
{
    const Watched* watched = find(owner.account, owner.role);
    return watched && owner.index < watched->used.size() && watched->used[owner.index];
}

std::vector<AccountId> ScriptIndex::accounts() const
{
    std::vector<AccountId> accounts;
    for (const auto& [key, watched] : m_watched) {
        if (accounts.empty() || accounts.back() != key.first)
            accounts.push_back(key.first);
    }
    return accounts;
}

std::vector<DescriptorState> ScriptIndex::states() const
{
    std::vector<DescriptorState> states;
    for (const auto& [key, watched] : m_watched)
        states.push_back({key.first, key.second, watched->lastUsed, watched->lastRevealed});
    return states;
}

std::vector<OwnedScript> ScriptIndex::scripts() const
{
    std::vector<OwnedScript> all;
    all.reserve(m_owners.size());
    for (const auto& [key, watched] : m_watched) {
        for (std::uint32_t index = 0; index < watched->scripts.size(); ++index) {
            for (const Script& script : watched->scripts[index])
                all.push_back({script, watched->owner(index)});
        }
    }
    return all;
}

std::vector<OwnedScript> ScriptIndex::scripts(AccountId account) const
{
    auto all = scripts();
    std::erase_if(all, [&](const OwnedScript& owned) { return owned.owner.account != account; });
    return all;
}

std::size_t ScriptIndex::size() const
{
    return m_owners.size();
}

} // namespace coffer::bitcoin
