// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uuid.h"
#include "core/bitcoin/descriptor/descriptor.h"
#include "core/bitcoin/transaction.h"

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace coffer::bitcoin {

/// An account of the wallet, as the ledger and the windows name it.
using AccountId = base::Uuid;

/// Which of an account's two descriptors.
enum class DescriptorRole : std::uint8_t
{
    Receive = 0,
    Change = 1
};

/// Scripts watched beyond the last used one. Restoring accepts more, never fewer.
inline constexpr std::uint32_t kDefaultLookahead = 20;
inline constexpr std::uint32_t kMaxLookahead = 1'000;

/// Whose a script is.
struct ScriptOwner
{
    AccountId account;
    DescriptorRole role = DescriptorRole::Receive;
    std::uint32_t index = 0;
    auto operator<=>(const ScriptOwner&) const = default;
};

/// A script of ours and whose it is.
struct OwnedScript
{
    Script script;
    ScriptOwner owner;
    bool operator==(const OwnedScript&) const = default;
};

/// What must be stored about one descriptor: the fold of these restores the index.
struct DescriptorState
{
    AccountId account;
    DescriptorRole role = DescriptorRole::Receive;
    std::optional<std::uint32_t> lastUsed;     ///< Seen in a transaction.
    std::optional<std::uint32_t> lastRevealed; ///< Handed out.
    bool operator==(const DescriptorState&) const = default;
};

/// Every script of the wallet's descriptors up to a window beyond the last used or revealed one,
/// and whose each is. Growing the window is what the gap limit means: whoever gets new scripts back
/// must test them against the same block and then against all earlier blocks of the birthday on.
class ScriptIndex
{
public:
    ScriptIndex();
    ~ScriptIndex();
    ScriptIndex(ScriptIndex&&) noexcept;
    ScriptIndex& operator=(ScriptIndex&&) noexcept;

    /// Returns the first window. AlreadyExists, OutOfRange (lookahead). A descriptor that is not
    /// ranged has one script, index 0.
    base::Result<std::vector<OwnedScript>>
    addDescriptor(AccountId account, DescriptorRole role, Descriptor descriptor,
                  std::uint32_t lookahead = kDefaultLookahead);
    /// Applies a stored state (never backwards); returns the scripts it added.
    base::Result<std::vector<OwnedScript>> restore(const DescriptorState& state);
    /// Raises the window, for a restore that found nothing. Never lowers it.
    base::Result<std::vector<OwnedScript>> setLookahead(AccountId account, DescriptorRole role,
                                                        std::uint32_t lookahead);

    /// Forgets an account that turned out not to be there. Unknown ids are ignored.
    void removeAccount(AccountId account);

    std::optional<ScriptOwner> lookup(base::ByteView script) const;
    /// A transaction uses this script: returns what the window gained, empty for scripts that are
    /// not ours or already counted.
    base::Result<std::vector<OwnedScript>> markUsed(base::ByteView script);
    base::Result<std::vector<OwnedScript>> markUsed(const ScriptOwner& owner);

    struct Revealed
    {
        OwnedScript script;
        std::vector<OwnedScript> added;
    };
    /// The next script never handed out and never used, and hands it out.
    base::Result<Revealed> revealNext(AccountId account, DescriptorRole role);
    /// The lowest script that was handed out but is unused, or else the next one, without handing
    /// it out: what change goes to.
    base::Result<OwnedScript> nextUnused(AccountId account, DescriptorRole role) const;

    /// NotFound for an unknown account or role.
    base::Result<DescriptorState> state(AccountId account, DescriptorRole role) const;
    base::Result<const Descriptor*> descriptor(AccountId account, DescriptorRole role) const;
    /// Any index, inside the window or not.
    base::Result<Script> scriptAt(const ScriptOwner& owner) const;
    bool isUsed(const ScriptOwner& owner) const;

    std::vector<AccountId> accounts() const;
    std::vector<DescriptorState> states() const;
    /// Everything watched, of all accounts or one; ordered by account, role, index.
    std::vector<OwnedScript> scripts() const;
    std::vector<OwnedScript> scripts(AccountId account) const;
    std::size_t size() const;

private:
    struct Watched;
    struct Hash
    {
        std::size_t operator()(const Script& script) const;
    };
    using Key = std::pair<AccountId, DescriptorRole>;

    base::Result<std::vector<OwnedScript>> extend(Watched& watched);
    Watched* find(AccountId account, DescriptorRole role) const;

    std::map<Key, std::unique_ptr<Watched>> m_watched;
    std::unordered_map<Script, ScriptOwner, Hash> m_owners;
};

} // namespace coffer::bitcoin
