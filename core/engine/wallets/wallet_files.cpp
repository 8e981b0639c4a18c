// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletService's part for whole files: those that come from elsewhere, change their names and go.

#include "core/base/hex.h"
#include "core/base/log.h"
#include "core/engine/core.h"
#include "core/engine/post.h"
#include "core/engine/wallets/realms.h"
#include "core/storage/durable_file.h"

#include <QDir>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::LogLevel;
using base::SecretBytes;

namespace {

constexpr std::string_view kImportSuffix = ".coffer.import";

Error nameTaken()
{
    return Error{ErrorCode::AlreadyExists, "there is a wallet of that name"};
}

} // namespace

/// Of a process that died: the folder's lock says that nobody is writing one.
void WalletService::dropUnfinishedImports() const
{
    const auto folder =
        (m_core.options().dataDirectory + QStringLiteral("/wallets/")).toStdString();
    const auto found = storage::listFiles(folder, kImportSuffix);
    if (!found)
        return;
    for (const auto& name : *found) {
        const auto target = folder + name.substr(0, name.rfind(".import"));
        if (const auto dropped = vault::dropImport(target); !dropped)
            base::log(LogLevel::Warning, "engine", dropped.error().detail);
    }
}

std::optional<api::WalletId> WalletService::nameOf(const base::Uuid& walletId) const
{
    for (const auto& [name, file] : m_files) {
        if (file.walletId == walletId)
            return name;
    }
    return std::nullopt;
}

QCoro::Task<base::Result<api::CreatedWallet>>
WalletService::importFile(QString path, api::WalletId name, SecretBytes password)
{
    auto named = checkName(name);
    if (!named)
        co_return named.error();
    if (password.empty())
        co_return Error{ErrorCode::PasswordNeeded, "the password of the file is empty"};
    if (storage::fileExists(pathOf(name)) || m_importing.contains(name))
        co_return nameTaken();
    auto folder = storage::makeFolder(storage::folderOf(pathOf(name)));
    if (!folder)
        co_return folder.error();
    m_importing.insert(name);
    auto work = [source = path.toStdString(), target = pathOf(name),
                 realm = realmOf(m_core.network().network), password = std::move(password),
                 anchors = vault::FolderAnchorStore(anchorFolder()), &clock = m_core.clock(),
                 &random = m_core.random()]() mutable {
        return vault::copyForImport(source, target, realm, password, {clock, random, anchors});
    };
    auto copied = co_await inPool(m_core.pool(), &m_core, std::move(work));
    m_importing.erase(name);
    if (!copied)
        co_return copied.error();
    auto adopted = adopt(name, *copied);
    if (!adopted) {
        m_core.publish(name);
        co_return adopted.error();
    }
    api::CreatedWallet out;
    out.wallet = name;
    if (copied->report.rootInfo)
        out.fingerprint = QString::fromStdString(base::toHex(copied->report.rootInfo->fingerprint));
    co_return out;
}

base::Result<void> WalletService::adopt(const api::WalletId& name, const vault::CopiedFile& copied)
{
    const auto target = pathOf(name);
    const auto& walletId = copied.report.walletId;
    refreshList();
    if (const auto here = nameOf(walletId)) {
        static_cast<void>(vault::dropImport(target));
        // Two files of one wallet would fight over its anchor, and each not see the other's sends.
        return Error{ErrorCode::Conflict,
                     "this wallet is here already, under the name " + here->toStdString()};
    }
    const auto anchor = m_anchors->read(walletId);
    const bool hadAnchor = !anchor || anchor->has_value();
    auto placed = vault::placeImport(target);
    if (placed) {
        placed = openAdopted(name, copied.key);
        if (!placed) {
            endSession(m_files[name]);
            m_files.erase(name);
            static_cast<void>(vault::removeWalletFile(target));
        }
    }
    if (!placed && !hadAnchor)
        static_cast<void>(m_anchors->remove(walletId));
    return placed;
}

base::Result<void> WalletService::openAdopted(const api::WalletId& name, const SecretBytes& key)
{
    auto& file = m_files[name];
    auto opened = TRY(vault::Vault::open(pathOf(name), environment()));
    file.realm = realmOf(opened.header().realm);
    file.watchOnly = opened.header().isWatchOnly();
    file.walletId = opened.header().walletId;
    file.vault = std::make_unique<vault::Vault>(std::move(opened));
    auto session = TRY(WalletSession::unlock(*file.vault, key, sessionEnvironment()));
    file.holders.insert(kWindow);
    return startSession(name, file, std::move(session));
}

QCoro::Task<base::Result<SecretBytes>> WalletService::headerKey(api::WalletId wallet,
                                                                SecretBytes password)
{
    const auto present = openVault(wallet);
    if (!present)
        co_return present.error();
    auto key = co_await keyOf(wallet, std::move(password));
    if (!key)
        co_return key.error();
    auto& file = m_files[wallet]; // keyOf() has just seen it.
    auto checked = file.vault->checkKey(*key);
    if (!checked) {
        if (!file.session)
            file.vault.reset(); // It was opened for its header only.
        co_return checked.error();
    }
    co_return key.take();
}

QCoro::Task<base::Result<void>> WalletService::rename(api::WalletId wallet, api::WalletId name,
                                                      SecretBytes password)
{
    auto named = checkName(name);
    if (!named)
        co_return named.error();
    if (storage::fileExists(pathOf(name)) || m_importing.contains(name))
        co_return nameTaken();
    auto key = co_await headerKey(wallet, std::move(password));
    if (!key)
        co_return key.error();
    co_return moveFile(wallet, name, *key);
}

/// Closed for the move, because SQLite's journal has the file's name; all in one turn, so that
/// nobody sees the wallet locked in between.
base::Result<void> WalletService::moveFile(const api::WalletId& wallet, const api::WalletId& name,
                                           const SecretBytes& key)
{
    const auto holders = m_files[wallet].holders;
    const bool wasOpen = m_files[wallet].session != nullptr;
    if (m_files[wallet].vault->poisoned())
        return Error{ErrorCode::Io, "writing stopped after an error: lock the wallet first"};
    endSession(m_files[wallet]);
    const auto moved = vault::renameWalletFile(pathOf(wallet), pathOf(name));
    if (moved) {
        auto node = m_files.extract(wallet);
        node.key() = name;
        m_files.insert(std::move(node));
        followLastWallet(wallet, name);
    }
    const auto& now = moved ? name : wallet;
    base::Result<void> reopened;
    if (wasOpen) {
        reopened = openAdopted(now, key);
        if (reopened)
            m_files[now].holders = holders;
        else
            endSession(m_files[now]);
    }
    m_core.publish(now);
    if (!moved)
        return moved;
    m_core.publish(wallet); // Nothing of it stays under the old name.
    return reopened;
}

void WalletService::followLastWallet(const api::WalletId& wallet, const api::WalletId& next)
{
    auto settings = m_core.settings().snapshot();
    if (settings.lastWallet != wallet)
        return;
    settings.lastWallet = next;
    if (const auto stored = m_core.settings().set(settings); !stored)
        base::log(LogLevel::Warning, "engine", stored.error().detail);
}

QCoro::Task<base::Result<void>> WalletService::remove(api::DeleteWallet request)
{
    const auto wallet = request.wallet;
    if (request.name != wallet)
        co_return Error{ErrorCode::Rejected, "the typed name is not the wallet's"};
    auto key = co_await headerKey(wallet, std::move(request.password));
    if (!key)
        co_return key.error();
    if (request.nameAgain != wallet && !isBackedUp(m_files[wallet], *key)) {
        if (!m_files[wallet].session)
            m_files[wallet].vault.reset();
        co_return Error{ErrorCode::Rejected,
                        "it is not backed up: without its words the money is gone; to delete it "
                        "all the same give the name again"};
    }
    co_return removeFiles(wallet);
}

/// What cannot be read counts as not backed up.
bool WalletService::isBackedUp(File& file, const SecretBytes& key)
{
    if (file.watchOnly)
        return true; // There is no key in it.
    if (file.session)
        return file.session->backedUp();
    const auto read = WalletSession::unlock(*file.vault, key, sessionEnvironment());
    const bool backedUp = read && (*read)->backedUp();
    file.vault->lock();
    return backedUp;
}

base::Result<void> WalletService::removeFiles(const api::WalletId& wallet)
{
    auto& file = m_files[wallet];
    const auto walletId = file.vault->header().walletId;
    endSession(file);
    // The file first: an anchor without one only makes an older copy open as restored.
    auto removed = vault::removeWalletFile(pathOf(wallet));
    if (removed) {
        m_files.erase(wallet);
        if (!nameOf(walletId))
            removed = m_anchors->remove(walletId);
        followLastWallet(wallet, {});
    }
    m_core.publish(wallet);
    return removed;
}

} // namespace coffer::engine
