// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/network.h"
#include "core/crypto/bip32.h"
#include "core/engine/account_record.h"
#include "core/engine/node_service.h"
#include "core/vault/vault.h"

namespace coffer::engine {

/// Whether an account can have a past.
enum class AccountAge
{
    Fresh,   ///< Its keys were made just now.
    Restored ///< It may have been used for years.
};

/// Puts the passphrase of a new wallet where it belongs; returns what masterKey() takes as `asked`.
/// Usage: one is to be asked for, and there is none.
base::Result<base::SecretBytes>
placePassphrase(vault::RootSecret& root, base::SecretBytes passphrase, api::PassphraseUse use);
/// The master key itself, for one use inside withStackWiped(). `asked`: the passphrase, where the
/// wallet asks for it.
base::Result<crypto::ExtendedPrivateKey>
masterKey(const vault::RootSecret& root, const base::SecretBytes& asked, bitcoin::Network network);
/// The same of a wallet that is there. PasswordNeeded without the passphrase that it asks for,
/// WrongWallet with one that leads to other keys.
base::Result<crypto::ExtendedPrivateKey> masterKeyOf(const vault::Vault& vault,
                                                     const vault::RootSecret& root,
                                                     const base::SecretBytes& asked,
                                                     bitcoin::Network network);

/// Makes account records: derives descriptors from a root, reads those that a person gives, and
/// decides from which block on to look.
class AccountFactory
{
public:
    AccountFactory(const bitcoin::NetworkParams& network, const NodeService& chain,
                   const base::Clock& clock, base::Random& random)
        : m_network(network)
        , m_chain(chain)
        , m_clock(clock)
        , m_random(random)
    {
    }

    /// BIP44, 49, 84 and 86: m/purpose'/coin'/number'. Unsupported for AccountType::Descriptor.
    base::Result<AccountRecord> derive(const crypto::ExtendedPrivateKey& master,
                                       api::AccountType type, std::uint32_t number, AccountAge age,
                                       std::optional<std::int64_t> birthdayMs) const;
    /// A descriptor (one, or <0;1> for receive and change) or an extended key: zpub is P2WPKH, ypub
    /// nested, a bare xpub P2WPKH too.
    base::Result<AccountRecord> describe(const std::string& text,
                                         std::optional<std::int64_t> birthdayMs) const;

private:
    void setBirthday(AccountRecord& account, AccountAge age,
                     std::optional<std::int64_t> birthdayMs) const;

    const bitcoin::NetworkParams& m_network;
    const NodeService& m_chain;
    const base::Clock& m_clock;
    base::Random& m_random;
};

} // namespace coffer::engine
