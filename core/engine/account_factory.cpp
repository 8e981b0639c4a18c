// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/account_factory.h"

#include "core/base/hex.h"
#include "core/bitcoin/descriptor/descriptor.h"
#include "core/bitcoin/descriptor/slip132.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

/// Blocks that a birthday is taken back by, against reorganisations and wrong clocks
/// (bitcoin.md 4.15).
constexpr std::uint32_t kBirthdayMargin = 144;
constexpr std::int64_t kRecentTipMs = 2 * 24 * 3'600'000LL;

struct Scheme
{
    std::uint32_t purpose;
    std::string_view before; ///< Of the descriptor, before its key.
    std::string_view after;
    std::string_view name;
    std::uint32_t firstHeight; ///< On the main network nothing of this type is older.
};

std::optional<Scheme> schemeOf(api::AccountType type)
{
    switch (type) {
    case api::AccountType::Bip84:
        return Scheme{84, "wpkh(", ")", "Bitcoin", 481'824};
    case api::AccountType::Bip86:
        return Scheme{86, "tr(", ")", "Bitcoin Taproot", 709'632};
    case api::AccountType::Bip49:
        return Scheme{49, "sh(wpkh(", "))", "Bitcoin nested", 481'824};
    case api::AccountType::Bip44:
        return Scheme{44, "pkh(", ")", "Bitcoin legacy", 278'000};
    case api::AccountType::Descriptor:
        return std::nullopt;
    }
    return std::nullopt;
}

api::AccountType typeOf(const bitcoin::Descriptor& descriptor)
{
    if (descriptor.function() == "wpkh")
        return api::AccountType::Bip84;
    if (descriptor.function() == "tr")
        return api::AccountType::Bip86;
    if (descriptor.isNestedWitness())
        return api::AccountType::Bip49;
    if (descriptor.function() == "pkh")
        return api::AccountType::Bip44;
    return api::AccountType::Descriptor;
}

bool isExtendedKey(std::string_view text)
{
    return text.size() > 100 && text.size() < 120 && text.find('(') == std::string_view::npos &&
           text.substr(1, 3) == "pub";
}

base::Result<std::string> descriptorOfKey(std::string_view text)
{
    const auto key = TRY(bitcoin::convertSlip132(text));
    switch (key.script) {
    case bitcoin::KeyScript::Any:
    case bitcoin::KeyScript::Witness:
        return "wpkh(" + key.xpub + "/<0;1>/*)";
    case bitcoin::KeyScript::NestedWitness:
        return "sh(wpkh(" + key.xpub + "/<0;1>/*))";
    case bitcoin::KeyScript::NestedWitnessMultisig:
    case bitcoin::KeyScript::WitnessMultisig:
        break;
    }
    return Error{ErrorCode::Unsupported,
                 "one key of a multisig does not say what the others are: give the descriptor"};
}

} // namespace

base::Result<base::SecretBytes>
placePassphrase(vault::RootSecret& root, base::SecretBytes passphrase, api::PassphraseUse use)
{
    if (use == api::PassphraseUse::Asked) {
        if (passphrase.empty())
            return Error{ErrorCode::Usage, "no passphrase to ask for (--passphrase-file)"};
        root.passphraseMode = vault::PassphraseMode::AskedWhenSigning;
        return passphrase;
    }
    if (!passphrase.empty())
        root.passphraseMode = vault::PassphraseMode::Stored;
    root.passphrase = std::move(passphrase);
    return base::SecretBytes();
}

base::Result<crypto::ExtendedPrivateKey>
masterKey(const vault::RootSecret& root, const base::SecretBytes& asked, bitcoin::Network network)
{
    const auto seed = TRY(root.seed(&asked));
    return crypto::ExtendedPrivateKey::fromSeed(seed, network == bitcoin::Network::Main
                                                          ? crypto::KeyNetwork::Main
                                                          : crypto::KeyNetwork::Test);
}

base::Result<crypto::ExtendedPrivateKey> masterKeyOf(const vault::Vault& vault,
                                                     const vault::RootSecret& root,
                                                     const base::SecretBytes& asked,
                                                     bitcoin::Network network)
{
    if (root.passphraseMode == vault::PassphraseMode::AskedWhenSigning && asked.empty())
        return Error{ErrorCode::PasswordNeeded,
                     "this wallet asks for its passphrase (--passphrase-file)"};
    auto master = TRY(masterKey(root, asked, network));
    const auto info = vault.rootInfo();
    if (info && info->fingerprint != master.fingerprint())
        return Error{ErrorCode::WrongWallet, "this passphrase belongs to another wallet"};
    return master;
}

base::Result<AccountRecord> AccountFactory::derive(const crypto::ExtendedPrivateKey& master,
                                                   api::AccountType type, std::uint32_t number,
                                                   AccountAge age,
                                                   std::optional<std::int64_t> birthdayMs) const
{
    const auto scheme = schemeOf(type);
    if (!scheme)
        return Error{ErrorCode::Unsupported, "an own account is bip84, bip86, bip49 or bip44"};
    const crypto::DerivationPath path{scheme->purpose | crypto::kHardened,
                                      m_network.coinType | crypto::kHardened,
                                      number | crypto::kHardened};
    const auto key = TRY(master.derivePath(path));
    const auto origin = "[" + base::toHex(master.fingerprint()) + "/" + crypto::formatPath(path) +
                        "]" + key.neuter().toString();
    const auto describe = [&](std::string_view branch) -> base::Result<std::string> {
        const auto descriptor = TRY(bitcoin::Descriptor::parse(
            std::string(scheme->before) + origin + std::string(branch) + std::string(scheme->after),
            m_network.network));
        return descriptor.toString();
    };
    AccountRecord account;
    account.id = base::Uuid::create(m_clock, m_random);
    account.type = type;
    account.number = number;
    account.name = scheme->name;
    if (number > 0)
        account.name += " " + std::to_string(number + 1);
    account.receive = TRY(describe("/0/*"));
    account.change = TRY(describe("/1/*"));
    account.path = "m/" + crypto::formatPath(path);
    setBirthday(account, age, birthdayMs);
    return account;
}

base::Result<AccountRecord> AccountFactory::describe(const std::string& text,
                                                     std::optional<std::int64_t> birthdayMs) const
{
    const auto first = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    if (first == std::string::npos)
        return Error{ErrorCode::Malformed, "an empty descriptor"};
    auto trimmed = text.substr(first, last - first + 1);
    if (isExtendedKey(trimmed))
        trimmed = TRY(descriptorOfKey(trimmed));
    const auto parsed = TRY(bitcoin::Descriptor::parseAll(trimmed, m_network.network));
    if (parsed.size() > 2)
        return Error{ErrorCode::Unsupported, "an account has a receive and a change branch"};
    AccountRecord account;
    account.id = base::Uuid::create(m_clock, m_random);
    account.type = typeOf(parsed[0]);
    account.name = "Watch-only";
    account.receive = parsed[0].toString();
    if (parsed.size() == 2)
        account.change = parsed[1].toString();
    account.watchOnly = true;
    setBirthday(account, AccountAge::Restored, birthdayMs);
    return account;
}

void AccountFactory::setBirthday(AccountRecord& account, AccountAge age,
                                 std::optional<std::int64_t> birthdayMs) const
{
    const auto tip = m_chain.tipHeight();
    const auto now = m_clock.utcMs();
    if (age == AccountAge::Fresh) {
        account.birthdayMs = now;
        const auto tipTime =
            tip < 0 ? std::nullopt : m_chain.blockTimeMsAt(static_cast<std::uint32_t>(tip));
        if (tipTime && now - *tipTime < kRecentTipMs)
            account.birthdayHeight =
                static_cast<std::uint32_t>(std::max<std::int64_t>(0, tip - kBirthdayMargin));
        else
            account.birthdayHeight = m_chain.heightBefore(now);
        return;
    }
    if (birthdayMs) {
        account.birthdayMs = *birthdayMs;
        account.birthdayHeight = m_chain.heightBefore(*birthdayMs);
        return;
    }
    const auto scheme = schemeOf(account.type);
    if (m_network.network == bitcoin::Network::Main && scheme)
        account.birthdayHeight = scheme->firstHeight;
}

} // namespace coffer::engine
