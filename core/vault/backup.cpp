// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/aead.h"
#include "core/crypto/stack_wipe.h"
#include "core/storage/durable_file.h"
#include "core/vault/vault_state.h"

namespace coffer::vault {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;
using crypto::Hash256;

namespace {

/// Kinds that no selection may leave out.
bool isAlwaysKept(RecordKind kind)
{
    return kind == RecordKind::Entry || kind == RecordKind::Restoration ||
           kind == RecordKind::RootInfo || isSecretKind(kind);
}

struct FileContent
{
    Head head;
    std::map<RecordKind, std::uint64_t> records;
    std::optional<RootInfo> rootInfo;
    std::vector<std::uint64_t> secrets;
    bool hasRoot = false;
};

Result<void> count(FileContent& content, std::uint64_t sequence, const RecordFrame& frame)
{
    ++content.records[frame.kind];
    if (isSecretKind(frame.kind))
        content.secrets.push_back(sequence);
    if (frame.kind == RecordKind::Root)
        content.hasRoot = true;
    if (frame.kind == RecordKind::RootInfo) {
        auto info = TRY(decodeRootInfo(frame.payload));
        content.rootInfo = info;
    }
    return {};
}

/// Opens everything in a file: every record against the head, every secret with the spend key.
Result<FileContent> readAll(storage::RecordFile& file, const Header& header,
                            const Hash256& headerHash, const SecretBytes& key)
{
    auto bookKey = TRY(unwrapBookKey(header, key));
    auto spendKey = TRY(unwrapSpendKey(header, key));
    FileContent content;
    auto sealedHead = TRY(file.head());
    content.head = TRY(openHead(header, bookKey, sealedHead));
    if (content.head.headerHash != headerHash)
        return Error{ErrorCode::Damaged, "the header is not the one that the head names"};
    TRY(readLog(file, header, bookKey, content.head,
                [&](std::uint64_t sequence, const RecordFrame& frame) {
                    return count(content, sequence, frame);
                }));
    for (const auto sequence : content.secrets) {
        auto sealed = TRY(file.record(sequence));
        auto record = TRY(openRecord(header, bookKey, sequence, sealed));
        TRY(openBlinded(header, spendKey, sequence, record.frame.payload));
    }
    return content;
}

BackupReport reportOf(const Header& header, FileContent content)
{
    BackupReport report;
    report.walletId = header.walletId;
    report.realm = header.realm;
    report.createdMs = header.createdMs;
    report.hasRoot = content.hasRoot;
    report.commit = content.head.commit;
    report.records = std::move(content.records);
    report.checkpoint = {header.walletId, content.head.leaves, content.head.root};
    report.rootInfo = content.rootInfo;
    return report;
}

Result<FileContent> checkNewFile(const std::string& path, const SecretBytes& key)
{
    auto opened = TRY(openForReading(path));
    auto content = TRY(readAll(opened.file, opened.header, opened.headerHash, key));
    TRY(opened.file.close());
    return content;
}

Result<Hash256> writeAndCheck(const std::string& unfinished, const NewFile& request,
                              base::Random& random,
                              const std::function<Result<void>(LogWriter&)>& fill)
{
    const auto keys = FileKeys::fresh(random);
    Header header = request.header;
    wrapKeys(header, keys, request.password, random);
    const auto headerBytes = encodeHeader(header);
    Head head;
    head.commit = request.commit;
    head.headerHash = crypto::sha256(headerBytes);
    head.walletSecret = request.walletSecret.clone();
    const auto content = [&](const storage::RecordFile::Sink& sink) -> Result<Bytes> {
        LogWriter writer(header, keys, random, sink);
        TRY(fill(writer));
        TRY(writer.finish());
        head.leaves = writer.tree().size();
        head.root = writer.tree().root();
        return sealHead(header, keys.book, head, random);
    };
    auto file = TRY(storage::RecordFile::create(unfinished, headerBytes, content));
    // Closing makes sure that no sidecar remains: a rename would leave it behind.
    TRY(file.close());
    auto found = TRY(checkNewFile(unfinished, request.password.key));
    if (found.head.root != head.root || found.head.leaves != head.leaves)
        return Error{ErrorCode::Damaged, "the new file does not hold what was written"};
    TRY(storage::syncFile(unfinished));
    return head.root;
}

} // namespace

Result<OpenedFile> openForReading(const std::string& path)
{
    auto file = TRY(storage::RecordFile::open(path, storage::Access::ReadOnly));
    auto bytes = TRY(file.header());
    auto header = TRY(decodeStoredHeader(path, bytes));
    return OpenedFile{std::move(file), std::move(header), crypto::sha256(bytes)};
}

std::string unfinishedName(const std::string& path)
{
    return path + ".new";
}

Result<void> removeUnfinished(const std::string& path)
{
    for (const auto* suffix : {"", "-journal", ".tmp"})
        TRY(storage::removeFile(unfinishedName(path) + suffix));
    return {};
}

Result<Hash256> writeNewFile(const std::string& path, const NewFile& request, base::Random& random,
                             const std::function<Result<void>(LogWriter&)>& fill)
{
    TRY(removeUnfinished(path));
    auto root = writeAndCheck(unfinishedName(path), request, random, fill);
    if (!root)
        static_cast<void>(removeUnfinished(path));
    return root;
}

Result<void> Vault::State::copyInto(LogWriter& writer, const SecretBytes& spendKey, BackupRoot root,
                                    const Selection& keep)
{
    return file->forEach([&](std::uint64_t sequence, ByteView sealed) -> Result<void> {
        auto record = TRY(openRecord(header, unlocked->bookKey, sequence, sealed));
        const auto& frame = record.frame;
        if (frame.kind == RecordKind::Compacted) {
            auto hashes = TRY(decodeCompacted(frame.payload));
            for (const auto& hash : hashes)
                TRY(writer.leaveOut(hash));
            return {};
        }
        if (isSecretKind(frame.kind) && root == BackupRoot::Included) {
            auto blinded = TRY(openBlinded(header, spendKey, sequence, frame.payload));
            return writer.addSecret(frame.kind, frame.salt, blinded);
        }
        const bool isKept =
            !isSecretKind(frame.kind) && (isAlwaysKept(frame.kind) || !keep ||
                                          keep(sequence, frame.kind, frame.payload) == Keep::Yes);
        if (!isKept)
            return writer.leaveOut(leafHash(frame));
        return writer.add(frame.kind, frame.salt, frame.payload);
    });
}

Result<void> Vault::State::replaceFile(const Header& next, const WrappingKey& password)
{
    auto closed = file->close();
    file.reset();
    Result<void> renamed;
    if (closed)
        renamed = storage::renameDurably(unfinishedName(path), path);
    // Whatever happened: what lies there now is the wallet, the old one or the new one.
    auto opened = openFile();
    if (!opened) {
        unlocked.reset();
        return opened;
    }
    if (header.keyEpoch == next.keyEpoch) {
        unlocked->bookKey = TRY(unwrapBookKey(header, password.key));
        auto sealedHead = TRY(file->head());
        unlocked->head = TRY(openHead(header, unlocked->bookKey, sealedHead));
        writeAnchor(sealedHead);
    } else {
        static_cast<void>(removeUnfinished(path));
    }
    if (!closed)
        return closed;
    return renamed;
}

Result<void> Vault::rotate(const SecretBytes& key, const WrappingKey& next, const Selection& keep)
{
    return crypto::withStackWiped([&]() -> Result<void> {
        auto& state = *m_state;
        TRY(state.expectUnlocked());
        if (state.access == storage::Access::ReadOnly)
            return Error{ErrorCode::ReadOnly, path() + " was opened for reading"};
        if (state.file->poisoned())
            return Error{ErrorCode::Io, path() + ": writing stopped after an error"};
        auto spendKey = TRY(unwrapSpendKey(state.header, key));
        const auto& now = state.header.slot.kdf.argon2;
        const auto& wanted = next.parameters.argon2;
        if (strongest(now, wanted) != wanted)
            return Error{ErrorCode::OutOfRange, "key derivation may not become weaker"};
        TRY(checkBounds(wanted, state.header.realm));

        NewFile request{state.header, next, state.unlocked->head.walletSecret,
                        state.unlocked->head.commit + 1};
        ++request.header.keyEpoch;
        if (openedAs() != OpenedAs::Restored) {
            request.header.flags &= ~Header::kBackup;
            request.header.backupRecords = 0;
        }
        auto root =
            TRY(writeNewFile(path(), request, state.environment.random, [&](LogWriter& writer) {
                return state.copyInto(writer, spendKey, BackupRoot::Included, keep);
            }));
        if (root != state.unlocked->tree.root()) {
            static_cast<void>(removeUnfinished(path()));
            return Error{ErrorCode::Internal, "rotation would change the log"};
        }
        return state.replaceFile(request.header, next);
    });
}

Result<BackupReport> Vault::backup(const std::string& target, const SecretBytes& key,
                                   const WrappingKey& password, BackupRoot root,
                                   const Selection& keep)
{
    return crypto::withStackWiped([&]() -> Result<BackupReport> {
        auto& state = *m_state;
        TRY(state.expectUnlocked());
        auto spendKey = TRY(unwrapSpendKey(state.header, key));
        TRY(checkBounds(password.parameters.argon2, state.header.realm));
        if (isWeak(password.parameters.argon2) && !isWeak(state.header.slot.kdf.argon2))
            return Error{ErrorCode::OutOfRange, "the backup's key derivation is too weak"};
        if (storage::fileExists(target))
            return Error{ErrorCode::AlreadyExists, target + " exists"};
        TRY(storage::expectWritable(target));

        // The wallet's commit number, so that the anchor shows what this is.
        NewFile request{state.header, password, state.unlocked->head.walletSecret,
                        state.unlocked->head.commit};
        ++request.header.keyEpoch;
        request.header.flags |= Header::kBackup;
        if (root == BackupRoot::LeftOut)
            request.header.flags |= Header::kWatchOnly;
        request.header.backupRecords = state.unlocked->head.leaves;
        TRY(writeNewFile(target, request, state.environment.random, [&](LogWriter& writer) {
            return state.copyInto(writer, spendKey, root, keep);
        }));
        TRY(storage::renameDurably(unfinishedName(target), target));
        auto opened = TRY(openForReading(target));
        auto content = TRY(readAll(opened.file, opened.header, opened.headerHash, password.key));
        return reportOf(opened.header, std::move(content));
    });
}

Result<BackupReport> verifyBackup(const std::string& path, const SecretBytes& password)
{
    return crypto::withStackWiped([&]() -> Result<BackupReport> {
        auto opened = TRY(openForReading(path));
        auto key = TRY(deriveKey(opened.header.slot.kdf, password));
        auto content = TRY(readAll(opened.file, opened.header, opened.headerHash, key));
        return reportOf(opened.header, std::move(content));
    });
}

} // namespace coffer::vault
