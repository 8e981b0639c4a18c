// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How a wallet file comes to its place from elsewhere, changes its name, and goes.

#include "core/crypto/stack_wipe.h"
#include "core/storage/durable_file.h"
#include "core/vault/vault_state.h"

namespace coffer::vault {

using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

std::string importName(const std::string& target)
{
    return target + ".import";
}

Result<void> removeSidecars(const std::string& path)
{
    TRY(removeUnfinished(path));
    return storage::removeFile(path + "-journal");
}

/// The source stays open, and so locked, until its bytes are copied: nobody commits meanwhile.
Result<SecretBytes> copyLocked(const std::string& source, const std::string& target, Realm realm,
                               const SecretBytes& password)
{
    if (!storage::isRegularFile(source))
        return Error{ErrorCode::NotFound, source + " is not a file"};
    auto file = TRY(openForReading(source));
    if (file.header.realm != realm)
        return Error{ErrorCode::WrongNetwork,
                     "this wallet is of the realm " + std::string(realmName(file.header.realm))};
    auto key = TRY(deriveKey(file.header.slot.kdf, password));
    TRY(unwrapSpendKey(file.header, key)); // A wrong password copies nothing.
    TRY(storage::copyToNew(source, importName(target)));
    return key;
}

/// What the copy is compared with; it has no place yet, and so no anchor of its own to write.
class AnchorsToRead final : public AnchorStore
{
public:
    explicit AnchorsToRead(AnchorStore& store)
        : m_store(store)
    {
    }
    Result<std::optional<base::Bytes>> read(const base::Uuid& walletId) override
    {
        return m_store.read(walletId);
    }
    Result<void> write(const base::Uuid&, base::ByteView) override { return {}; }
    Result<void> remove(const base::Uuid&) override { return {}; }

private:
    AnchorStore& m_store;
};

/// Reads all of it, once: what was checked is what is marked and gets the place.
Result<BackupReport> checkAndMark(const std::string& copy, const SecretBytes& key,
                                  Environment environment)
{
    AnchorsToRead anchors(environment.anchors);
    auto vault = TRY(Vault::open(copy, {environment.clock, environment.random, anchors}));
    BackupReport report;
    std::vector<std::uint64_t> secrets;
    const auto count = [&](std::uint64_t sequence, RecordKind kind,
                           base::ByteView) -> Result<void> {
        ++report.records[kind];
        report.hasRoot = report.hasRoot || kind == RecordKind::Root;
        if (isSecretKind(kind))
            secrets.push_back(sequence);
        return {};
    };
    const auto openedAs = TRY(vault.unlock(key, count));
    const auto opens = [](const SecretBytes&) -> Result<void> { return {}; };
    for (const auto sequence : secrets)
        TRY(vault.withSecret(sequence, key, opens));
    report.walletId = vault.header().walletId;
    report.realm = vault.header().realm;
    report.createdMs = vault.header().createdMs;
    report.commit = vault.commitNumber();
    report.checkpoint = vault.checkpoint();
    report.rootInfo = vault.rootInfo();
    if (openedAs == OpenedAs::AnchorMissing)
        TRY(vault.beginRestoration());
    return report;
}

Result<void> moveCopy(const std::string& target)
{
    const auto copy = importName(target);
    TRY(removeSidecars(copy));
    TRY(storage::syncFile(copy));
    return storage::renameToNewDurably(copy, target);
}

} // namespace

Result<CopiedFile> copyForImport(const std::string& source, const std::string& target, Realm realm,
                                 const SecretBytes& password, Environment environment)
{
    return crypto::withStackWiped([&]() -> Result<CopiedFile> {
        TRY(dropImport(target)); // Of a process that died.
        auto key = TRY(copyLocked(source, target, realm, password));
        // Checked is what was copied, not what lay there a moment before.
        auto report = checkAndMark(importName(target), key, environment);
        if (!report) {
            static_cast<void>(dropImport(target));
            return report.error();
        }
        return CopiedFile{std::move(key), report.take()};
    });
}

Result<void> placeImport(const std::string& target)
{
    auto placed = moveCopy(target);
    if (!placed)
        static_cast<void>(dropImport(target));
    return placed;
}

Result<void> dropImport(const std::string& target)
{
    TRY(removeSidecars(importName(target)));
    return storage::removeFile(importName(target));
}

Result<void> removeWalletFile(const std::string& path)
{
    TRY(storage::removeFile(path));
    TRY(removeSidecars(path));
    return storage::syncFolder(storage::folderOf(path));
}

Result<void> renameWalletFile(const std::string& path, const std::string& next)
{
    TRY(removeSidecars(path)); // A closed file needs none, and they would keep the old name.
    return storage::renameToNewDurably(path, next);
}

} // namespace coffer::vault
