// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletService's other half: wallets that come back from their words, and the rehearsal of that.

#include "core/base/hex.h"
#include "core/base/log.h"
#include "core/crypto/bip39.h"
#include "core/crypto/stack_wipe.h"
#include "core/engine/core.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::LogLevel;
using base::SecretBytes;

namespace {

constexpr std::array kStandardTypes{api::AccountType::Bip84, api::AccountType::Bip86,
                                    api::AccountType::Bip49, api::AccountType::Bip44};

/// Accounts of each type that a restore can find without asking for the password again. More than
/// anybody was seen to use; further ones are added by hand.
constexpr std::uint32_t kAccountsAhead = 10;

std::string namesOf(const std::vector<crypto::WordListLanguage>& languages)
{
    std::string names;
    for (const auto language : languages)
        names += (names.empty() ? "" : ", ") + std::string(crypto::wordListName(language));
    return names;
}

base::Result<crypto::Mnemonic> parsePhrase(const SecretBytes& words, const QString& language)
{
    if (!language.isEmpty()) {
        const auto named = crypto::parseWordListName(language.toStdString());
        if (!named)
            return Error{ErrorCode::OutOfRange, "no such word list; there are " +
                                                    namesOf({crypto::kWordListLanguages.begin(),
                                                             crypto::kWordListLanguages.end()})};
        return crypto::Mnemonic::parse(words, *named);
    }
    const auto candidates = crypto::Mnemonic::candidates(words);
    if (candidates.size() > 1)
        return Error{ErrorCode::Rejected, "the phrase is valid in more than one language: " +
                                              namesOf(candidates) + " (choose by --language)"};
    return crypto::Mnemonic::parse(words);
}

/// The rehearsal's test signature: the key that the words give signs for the script that the
/// account shows as its first address.
base::Result<void> signTest(const crypto::ExtendedPrivateKey& master, const AccountRecord& account,
                            bitcoin::Network network)
{
    const auto descriptor = TRY(bitcoin::Descriptor::parse(account.receive, network));
    const auto first = TRY(descriptor.expand(0));
    const auto message = base::viewOf("Coffer restore rehearsal");
    const auto digest = crypto::taggedHash("Coffer/Rehearsal", message);
    for (const auto& wanted : first.keys) {
        const auto key = TRY(master.derivePath(wanted.origin.path));
        const auto shown = TRY(crypto::PublicKey::parse(wanted.publicKey));
        const auto signature = crypto::signEcdsa(key.privateKey(), digest);
        // Taproot keys are written without their parity: compared without it.
        const auto own = key.privateKey().publicKey();
        const bool same = base::equal(base::ByteView(own.bytes()).subspan(1),
                                      base::ByteView(wanted.publicKey).subspan(1));
        const auto& verifier = wanted.xOnly ? own : shown;
        if (!same || !crypto::verifyEcdsa(verifier, digest, signature))
            return Error{ErrorCode::WrongWallet,
                         "a key of account " + account.name + " does not derive from these words"};
    }
    return {};
}

} // namespace

base::Result<QStringList> WalletService::phraseLanguages(SecretBytes mnemonic) const
{
    return crypto::withStackWiped([&]() -> base::Result<QStringList> {
        const auto candidates = crypto::Mnemonic::candidates(mnemonic);
        if (candidates.empty())
            return crypto::Mnemonic::parse(mnemonic).error();
        QStringList out;
        for (const auto language : candidates)
            out.append(QString::fromUtf8(crypto::wordListName(language)));
        return out;
    });
}

base::Result<WalletService::Contents>
WalletService::restoredContents(api::RestoreWallet& request) const
{
    Contents contents;
    contents.root.emplace();
    auto& root = *contents.root;
    const auto mnemonic = TRY(parsePhrase(request.mnemonic, request.language));
    root.entropy = mnemonic.entropy();
    root.language = mnemonic.language();
    const auto asked =
        TRY(placePassphrase(root, std::move(request.passphrase), request.passphraseUse));
    const auto master = TRY(masterKey(root, asked, m_core.network().network));
    contents.fingerprint = master.fingerprint();
    const auto derive = [&](api::AccountType type, std::uint32_t number) {
        return factory().derive(master, type, number, AccountAge::Restored, request.birthdayMs);
    };
    for (const auto type : request.accounts) {
        auto account = TRY(derive(type, 0));
        contents.accounts.push_back(std::move(account));
    }
    if (request.discovery == api::Discovery::Off)
        return contents;
    for (const auto type : kStandardTypes) {
        const bool named = std::ranges::find(request.accounts, type) != request.accounts.end();
        for (std::uint32_t number = named ? 1 : 0; number < kAccountsAhead; ++number) {
            auto candidate = TRY(derive(type, number));
            contents.candidates.push_back(std::move(candidate));
        }
    }
    return contents;
}

QCoro::Task<base::Result<api::CreatedWallet>> WalletService::restore(api::RestoreWallet request)
{
    auto read = crypto::withStackWiped([&] { return restoredContents(request); });
    request.mnemonic.clear();
    if (!read)
        co_return read.error();
    auto contents = std::make_shared<Contents>(read.take());
    auto created =
        co_await createFile(request.name, std::move(request.password), std::move(contents));
    if (!created)
        co_return created.error();
    // Who typed the words has them.
    if (auto marked = markBackedUp(created->wallet); !marked)
        base::log(LogLevel::Warning, "engine", marked.error().detail);
    co_return created.take();
}

QCoro::Task<base::Result<api::CreatedWallet>> WalletService::watch(api::WatchWallet request)
{
    CO_TRY(auto account, factory().describe(request.descriptor.toStdString(), request.birthdayMs));
    auto contents = std::make_shared<Contents>();
    contents->accounts.push_back(std::move(account));
    co_return co_await createFile(request.name, std::move(request.password), std::move(contents));
}

base::Result<api::RehearsalReport> WalletService::rehearse(api::RehearseRestore request)
{
    auto* opened = TRY(session(request.wallet));
    const auto info = opened->vault().rootInfo();
    if (!info)
        return Error{ErrorCode::Unsupported, "a wallet that only watches has no words"};
    api::RehearsalReport report;
    const auto checked = crypto::withStackWiped([&]() -> base::Result<void> {
        auto mnemonic = crypto::Mnemonic::parse(request.mnemonic, info->language);
        // Which word is unknown would help whoever found most of them: only that they do not fit.
        if (!mnemonic)
            return Error{
                ErrorCode::BadChecksum,
                "these words do not fit together: compare them with what was written down"};
        vault::RootSecret root;
        root.entropy = mnemonic->entropy();
        root.language = mnemonic->language();
        const auto asked =
            TRY(placePassphrase(root, std::move(request.passphrase), api::PassphraseUse::Stored));
        const auto master = TRY(masterKey(root, asked, m_core.network().network));
        if (master.fingerprint() != info->fingerprint)
            return Error{ErrorCode::WrongWallet,
                         info->passphraseMode == vault::PassphraseMode::None
                             ? "these words restore another wallet"
                             : "these words with this passphrase restore another wallet"};
        for (const auto& account : opened->accounts()) {
            if (account.watchOnly) {
                report.notFromWords.append(QString::fromStdString(account.name));
                continue;
            }
            const auto derived = TRY(factory().derive(master, account.type, account.number,
                                                      AccountAge::Restored, std::nullopt));
            if (derived.receive != account.receive || derived.change != account.change)
                return Error{ErrorCode::WrongWallet,
                             "account " + account.name + " does not derive from these words"};
            TRY(signTest(master, account, m_core.network().network));
            report.accounts.append(QString::fromStdString(account.name));
        }
        return {};
    });
    request.mnemonic.clear();
    TRY(checked);
    report.fingerprint = QString::fromStdString(base::toHex(info->fingerprint));
    report.atMs = m_core.clock().utcMs();
    TRY(opened->markRehearsed(report.atMs));
    m_core.publish(request.wallet);
    return report;
}

} // namespace coffer::engine
