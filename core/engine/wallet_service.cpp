// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/wallet_service.h"

#include "core/base/log.h"
#include "core/crypto/bip39.h"
#include "core/crypto/stack_wipe.h"
#include "core/engine/core.h"
#include "core/engine/post.h"
#include "core/engine/secret_file.h"
#include "core/engine/wallets/realms.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::LogLevel;
using base::SecretBytes;

namespace {

const QString kSuffix = QStringLiteral(".coffer");
constexpr qsizetype kMaxName = 64;

base::Result<void> wordsOf(const vault::RootSecret& root, api::Words& words)
{
    const auto mnemonic = TRY(crypto::Mnemonic::fromEntropy(root.entropy, root.language));
    words.language = static_cast<int>(root.language);
    words.indexes = SecretBytes::allocate(mnemonic.wordCount() * 2);
    for (std::size_t i = 0; i < mnemonic.wordCount(); ++i) {
        const auto index = mnemonic.wordIndex(i);
        words.indexes.reveal()[2 * i] = static_cast<std::uint8_t>(index & 0xff);
        words.indexes.reveal()[2 * i + 1] = static_cast<std::uint8_t>(index >> 8);
    }
    return {};
}

api::BackupReport reportOf(const vault::BackupReport& found, const QString& path)
{
    const auto count = [&](vault::RecordKind kind) {
        const auto it = found.records.find(kind);
        return it == found.records.end() ? std::uint64_t{0} : it->second;
    };
    api::BackupReport out;
    out.path = path;
    out.containsRoot = found.hasRoot;
    out.accounts = static_cast<int>(count(vault::RecordKind::Account));
    out.labels = static_cast<int>(count(vault::RecordKind::Label));
    out.entries = static_cast<std::int64_t>(count(vault::RecordKind::Entry));
    if (found.rootInfo)
        out.fingerprint = QString::fromStdString(base::toHex(found.rootInfo->fingerprint));
    return out;
}

} // namespace

WalletService::WalletService(Core& core)
    : m_core(core)
    , m_anchors(std::make_unique<vault::FolderAnchorStore>(anchorFolder()))
{
    m_logTimer.setSingleShot(true);
    QObject::connect(&m_logTimer, &QTimer::timeout, &m_logTimer, [this] { sealNetworkLog(); });
    dropUnfinishedImports();
}

WalletService::~WalletService()
{
    sealNetworkLog();
    for (auto& [name, file] : m_files)
        closeSession(name, file);
}

std::string WalletService::anchorFolder() const
{
    return (m_core.options().dataDirectory + QStringLiteral("/anchors")).toStdString();
}

vault::Environment WalletService::environment()
{
    return {m_core.clock(), m_core.random(), *m_anchors};
}

WalletSession::Environment WalletService::sessionEnvironment()
{
    return {m_core.network(), m_core.clock(), m_core.random()};
}

std::string WalletService::pathOf(const api::WalletId& wallet) const
{
    return (m_core.options().dataDirectory + QStringLiteral("/wallets/") + wallet + kSuffix)
        .toStdString();
}

base::Result<void> WalletService::checkName(const api::WalletId& wallet) const
{
    const bool allowed = std::ranges::all_of(wallet, [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char(' ') || c == QLatin1Char('-') ||
               c == QLatin1Char('_') || c == QLatin1Char('.');
    });
    if (wallet.isEmpty() || wallet.size() > kMaxName || !allowed ||
        wallet.startsWith(QLatin1Char('.')) || wallet.startsWith(QLatin1Char(' ')) ||
        wallet.endsWith(QLatin1Char(' ')))
        return Error{ErrorCode::Malformed,
                     "a wallet's name has 1 to 64 letters, digits, blanks, '-', '_' or '.'"};
    return {};
}

void WalletService::refreshList()
{
    const QDir folder(m_core.options().dataDirectory + QStringLiteral("/wallets"));
    std::set<api::WalletId> present;
    for (const auto& entry : folder.entryInfoList({QStringLiteral("*") + kSuffix}, QDir::Files)) {
        const auto name = entry.completeBaseName();
        present.insert(name);
        auto& file = m_files[name];
        if (file.vault)
            continue;
        const auto opened =
            vault::Vault::open(pathOf(name), environment(), storage::Access::ReadOnly);
        if (!opened) {
            file.warning = QString::fromStdString(opened.error().detail);
            continue;
        }
        file.realm = realmOf(opened->header().realm);
        file.watchOnly = opened->header().isWatchOnly();
        file.walletId = opened->header().walletId;
        file.warning.clear();
    }
    std::erase_if(m_files, [&](const auto& item) {
        return !present.contains(item.first) && !item.second.vault;
    });
}

api::WalletsSnapshot WalletService::snapshot() const
{
    api::WalletsSnapshot out;
    for (const auto& [name, file] : m_files) {
        api::WalletInfo info;
        info.id = name;
        info.realm = file.realm;
        info.watchOnly = file.watchOnly;
        info.warning = file.warning;
        if (file.session) {
            info.unlocked = true;
            info.backedUp = file.session->backedUp() || file.watchOnly;
            info.rehearsedAtMs = file.session->rehearsedAtMs();
            info.searching = file.session->isSearching();
            if (file.session->hasOlderPayments())
                info.notices.append(QStringLiteral("older_payments"));
            if (file.chainReplaced)
                info.notices.append(QStringLiteral("chain_replaced"));
            info.restoredFromOlder = file.vault->openedAs() == vault::OpenedAs::Restored;
            if (const auto root = file.vault->rootInfo()) {
                info.fingerprint = QString::fromStdString(base::toHex(root->fingerprint));
                info.asksPassphrase =
                    root->passphraseMode == vault::PassphraseMode::AskedWhenSigning;
            }
            if (!file.vault->anchorWritten())
                info.warning = QStringLiteral("the anchor could not be written");
            else if (!SecretBytes::memoryIsLocked())
                info.warning = QStringLiteral("memory could not be locked");
        }
        out.wallets.push_back(std::move(info));
    }
    return out;
}

base::Result<WalletSession*> WalletService::session(const api::WalletId& wallet) const
{
    const auto found = m_files.find(wallet);
    if (found == m_files.end())
        return Error{ErrorCode::NotFound, "no wallet of that name"};
    if (!found->second.session)
        return Error{ErrorCode::Locked, "the wallet is locked"};
    return found->second.session.get();
}
QCoro::Task<base::Result<vault::WrappingKey>> WalletService::wrappingKey(SecretBytes password)
{
    const bool cheap = m_core.options().keyDerivation == EngineOptions::KeyDerivation::TestOnly;
    auto work = [password = std::move(password), cheap, &clock = m_core.clock(),
                 &random = m_core.random()]() -> base::Result<vault::WrappingKey> {
        const auto parameters = cheap ? vault::kTestOnly : vault::calibrate(clock);
        return vault::WrappingKey::derive(parameters, password, random);
    };
    co_return co_await inPool(m_core.pool(), &m_core, std::move(work));
}

QCoro::Task<base::Result<api::CreatedWallet>>
WalletService::createFile(api::WalletId name, SecretBytes password,
                          std::shared_ptr<Contents> contents)
{
    auto named = checkName(name);
    if (!named)
        co_return named.error();
    if (password.empty())
        co_return Error{ErrorCode::OutOfRange, "the password is empty"};
    QDir().mkpath(m_core.options().dataDirectory + QStringLiteral("/wallets"));
    // Secrets must not lie in a suspended frame: the contents wait behind their pointer.
    auto key = co_await wrappingKey(std::move(password));
    if (!key)
        co_return key.error();
    if (QFileInfo::exists(QString::fromStdString(pathOf(name))))
        co_return Error{ErrorCode::AlreadyExists, "there is a wallet of that name"};

    vault::CreateRequest request;
    request.realm = realmOf(m_core.network().network);
    request.password = key.take();
    request.kdfRule = m_core.options().keyDerivation == EngineOptions::KeyDerivation::TestOnly
                          ? vault::KdfRule::CheapForTests
                          : vault::KdfRule::Enforced;
    const bool hasRoot = contents->root.has_value();
    request.root = std::move(contents->root);
    contents->root.reset();
    request.fingerprint = contents->fingerprint;
    if (contents->age == AccountAge::Fresh)
        request.records.push_back(WalletSession::createdHereRecord());
    for (const auto& account : contents->accounts)
        request.records.push_back({vault::RecordKind::Account, encodeAccount(account)});
    for (auto& record : WalletSession::candidateRecords(contents->candidates))
        request.records.push_back(std::move(record));
    auto created = vault::Vault::create(pathOf(name), std::move(request), environment());
    if (!created)
        co_return created.error();

    auto& file = m_files[name];
    file.realm = realmOf(created->header().realm);
    file.watchOnly = created->header().isWatchOnly();
    file.walletId = created->header().walletId;
    file.vault = std::make_unique<vault::Vault>(created.take());
    auto session = WalletSession::attach(*file.vault, sessionEnvironment());
    if (!session)
        co_return session.error();
    file.holders.insert(kWindow);
    auto started = startSession(name, file, session.take());
    if (!started)
        co_return started.error();
    api::CreatedWallet out;
    out.wallet = name;
    if (hasRoot)
        out.fingerprint = QString::fromStdString(base::toHex(contents->fingerprint));
    co_return out;
}

QCoro::Task<base::Result<api::CreatedWallet>> WalletService::create(api::CreateWallet request)
{
    if (request.words != 12 && request.words != 24)
        co_return Error{ErrorCode::OutOfRange, "12 or 24 words"};
    auto contents = std::make_shared<Contents>();
    contents->age = AccountAge::Fresh;
    contents->root.emplace();
    auto& root = *contents->root;
    root.entropy = SecretBytes::random(request.words == 12 ? 16 : 32);
    const auto derived = crypto::withStackWiped([&]() -> base::Result<void> {
        const auto asked =
            TRY(placePassphrase(root, std::move(request.passphrase), request.passphraseUse));
        const auto master = TRY(masterKey(root, asked, m_core.network().network));
        contents->fingerprint = master.fingerprint();
        for (const auto type : request.accounts) {
            auto account = TRY(factory().derive(master, type, 0, AccountAge::Fresh, std::nullopt));
            contents->accounts.push_back(std::move(account));
        }
        return {};
    });
    if (!derived)
        co_return derived.error();
    co_return co_await createFile(request.name, std::move(request.password), std::move(contents));
}

QCoro::Task<base::Result<SecretBytes>> WalletService::keyOf(api::WalletId wallet,
                                                            SecretBytes password)
{
    const auto found = m_files.find(wallet);
    if (found == m_files.end() || !found->second.vault)
        co_return Error{ErrorCode::Locked, "the wallet is not open"};
    auto work = [parameters = found->second.vault->kdf(), password = std::move(password)] {
        return crypto::withStackWiped([&] { return vault::deriveKey(parameters, password); });
    };
    auto key = co_await inPool(m_core.pool(), &m_core, std::move(work));
    if (!key)
        co_return key.error();
    const auto again = m_files.find(wallet);
    if (again == m_files.end() || !again->second.vault)
        co_return Error{ErrorCode::Locked, "the wallet was locked meanwhile"};
    if (again->second.session) {
        auto checked = again->second.vault->checkKey(*key);
        if (!checked)
            co_return checked.error();
    }
    co_return key.take();
}

base::Result<void> WalletService::openVault(const api::WalletId& wallet)
{
    refreshList();
    const auto found = m_files.find(wallet);
    if (found == m_files.end())
        return Error{ErrorCode::NotFound, "no wallet of that name"};
    if (found->second.vault)
        return {};
    auto opened = TRY(vault::Vault::open(pathOf(wallet), environment()));
    if (opened.header().realm != realmOf(m_core.network().network))
        return Error{ErrorCode::WrongNetwork,
                     "this wallet is of the realm " +
                         std::string(vault::realmName(opened.header().realm))};
    found->second.vault = std::make_unique<vault::Vault>(std::move(opened));
    return {};
}

QCoro::Task<base::Result<void>> WalletService::openFor(api::WalletId wallet, SecretBytes password,
                                                       Holder holder)
{
    const auto present = openVault(wallet);
    if (!present)
        co_return present.error();
    auto key = co_await keyOf(wallet, std::move(password));
    if (!key)
        co_return key.error();
    auto& file = m_files[wallet];
    if (!file.session) {
        auto session = WalletSession::unlock(*file.vault, *key, sessionEnvironment());
        if (!session) {
            closeSession(wallet, file);
            co_return session.error();
        }
        auto started = startSession(wallet, file, session.take());
        if (!started) {
            closeSession(wallet, file);
            co_return started.error();
        }
    }
    if (!m_holders.contains(holder)) { // It left while the key was derived.
        if (file.holders.empty())
            closeSession(wallet, file);
        co_return Error{ErrorCode::Cancelled, "the client is gone"};
    }
    file.holders.insert(holder);
    co_return base::Result<void>();
}

QCoro::Task<base::Result<void>> WalletService::unlock(api::WalletId wallet, SecretBytes password)
{
    co_return co_await openFor(std::move(wallet), std::move(password), kWindow);
}

QCoro::Task<base::Result<void>> WalletService::authenticate(api::WalletId wallet,
                                                            SecretBytes password, Holder holder)
{
    co_return co_await openFor(std::move(wallet), std::move(password), holder);
}

void WalletService::transferUnlock(const api::WalletId& wallet, Holder holder)
{
    auto& file = m_files[wallet];
    file.holders.erase(kWindow);
    if (m_holders.contains(holder))
        file.holders.insert(holder);
    else if (file.holders.empty())
        closeSession(wallet, file);
}

WalletService::Holder WalletService::addHolder()
{
    m_holders.insert(m_nextHolder);
    return m_nextHolder++;
}

bool WalletService::isHeldBy(const api::WalletId& wallet, Holder holder) const
{
    const auto found = m_files.find(wallet);
    return found != m_files.end() && found->second.session &&
           found->second.holders.contains(holder);
}

void WalletService::release(Holder holder)
{
    m_holders.erase(holder);
    for (auto& [name, file] : m_files) {
        if (file.holders.erase(holder) > 0 && file.holders.empty())
            closeSession(name, file);
    }
}

base::Result<void> WalletService::lock(api::WalletId wallet)
{
    const auto found = m_files.find(wallet);
    if (found == m_files.end())
        return Error{ErrorCode::NotFound, "no wallet of that name"};
    closeSession(wallet, found->second);
    return {};
}

base::Result<void> WalletService::saveProgress(File& file)
{
    const auto below = static_cast<std::int64_t>(file.session->graph().chain().tipHeight()) -
                       WalletSession::kReorganisationMargin;
    if (below <= 0 || !file.aligned)
        return file.session->saveProgress();
    const auto height = static_cast<std::uint32_t>(below);
    const auto hash = m_core.chain().blockHashAt(height);
    if (!hash)
        return file.session->saveProgress();
    return file.session->saveProgress(std::pair(height, *hash));
}

void WalletService::endSession(File& file)
{
    if (file.session) {
        sealNetworkLog();
        if (const auto saved = saveProgress(file); !saved)
            base::log(LogLevel::Warning, "engine", saved.error().detail);
    }
    const auto watches = std::exchange(file.watches, {});
    file.holders.clear();
    file.session.reset();
    file.vault.reset(); // Wipes the book key and lets the file go.
    // Last: with nothing left to test the node is done, which must not be said of this wallet.
    for (const auto& [id, watched] : watches)
        m_core.chain().unwatch(id);
}

void WalletService::closeSession(const api::WalletId& wallet, File& file)
{
    endSession(file);
    m_core.publish(wallet);
}

void WalletService::fail(const api::WalletId& wallet, const Error& error)
{
    base::log(LogLevel::Error, "engine", "wallet closed: " + error.detail);
    auto& file = m_files[wallet];
    closeSession(wallet, file);
    file.warning = QString::fromStdString(std::string(base::errorCodeName(error.code)));
    m_core.publish(wallet);
}
QCoro::Task<base::Result<void>> WalletService::changePassword(api::WalletId wallet,
                                                              SecretBytes oldPassword,
                                                              SecretBytes newPassword)
{
    if (newPassword.empty())
        co_return Error{ErrorCode::OutOfRange, "the password is empty"};
    // The key of the old password is needed last, so it is derived last.
    auto waiting = std::make_shared<SecretBytes>(std::move(oldPassword));
    auto next = co_await wrappingKey(std::move(newPassword));
    if (!next)
        co_return next.error();
    auto held = std::make_shared<vault::WrappingKey>(next.take());
    auto key = co_await keyOf(wallet, std::move(*waiting));
    if (!key)
        co_return key.error();
    auto opened = session(wallet);
    if (!opened)
        co_return opened.error();
    auto& file = m_files[wallet];
    co_return file.vault->rotate(*key, *held, (*opened)->rotationSelection());
}

QCoro::Task<base::Result<api::Words>> WalletService::revealWords(api::WalletId wallet,
                                                                 SecretBytes password)
{
    auto key = co_await keyOf(wallet, std::move(password));
    if (!key)
        co_return key.error();
    api::Words words;
    auto done = m_files[wallet].vault->withRoot(
        *key, [&](const vault::RootSecret& root) { return wordsOf(root, words); });
    if (!done)
        co_return done.error();
    co_return words;
}

QCoro::Task<base::Result<void>> WalletService::writeWords(api::WalletId wallet,
                                                          SecretBytes password, std::string path)
{
    auto key = co_await keyOf(wallet, std::move(password));
    if (!key)
        co_return key.error();
    co_return m_files[wallet].vault->withRoot(
        *key, [&](const vault::RootSecret& root) -> base::Result<void> {
            const auto mnemonic = TRY(crypto::Mnemonic::fromEntropy(root.entropy, root.language));
            return writeSecretFile(path, mnemonic.toText());
        });
}

base::Result<void> WalletService::markBackedUp(api::WalletId wallet)
{
    auto* opened = TRY(session(wallet));
    TRY(opened->markBackedUp());
    m_core.publish(wallet);
    return {};
}

QCoro::Task<base::Result<api::BackupReport>> WalletService::backup(api::WalletId wallet,
                                                                   QString path,
                                                                   SecretBytes password,
                                                                   SecretBytes backupPassword)
{
    if (backupPassword.empty())
        co_return Error{ErrorCode::OutOfRange, "the backup's password is empty"};
    auto waiting = std::make_shared<SecretBytes>(std::move(password));
    auto wrapping = co_await wrappingKey(std::move(backupPassword));
    if (!wrapping)
        co_return wrapping.error();
    auto held = std::make_shared<vault::WrappingKey>(wrapping.take());
    auto key = co_await keyOf(wallet, std::move(*waiting));
    if (!key)
        co_return key.error();
    auto opened = session(wallet);
    if (!opened)
        co_return opened.error();
    auto& file = m_files[wallet];
    auto saved = saveProgress(file);
    if (!saved)
        co_return saved.error();
    auto written = file.vault->backup(path.toStdString(), *key, *held,
                                      file.watchOnly ? vault::BackupRoot::LeftOut
                                                     : vault::BackupRoot::Included,
                                      WalletSession::backupSelection());
    if (!written)
        co_return written.error();
    auto report = reportOf(*written, path);
    report.lastScannedHeight = (*opened)->completedTo().value_or(-1);
    auto marked = markBackedUp(wallet);
    if (!marked)
        co_return marked.error();
    co_return report;
}

QCoro::Task<base::Result<api::BackupReport>> WalletService::verifyBackup(QString path,
                                                                         SecretBytes backupPassword)
{
    auto work = [file = path.toStdString(), password = std::move(backupPassword)] {
        return vault::verifyBackup(file, password);
    };
    auto found = co_await inPool(m_core.pool(), &m_core, std::move(work));
    if (!found)
        co_return found.error();
    co_return reportOf(*found, path);
}

} // namespace coffer::engine
