// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vault/sealed_log.h"
#include "core/vault/vault.h"

#include <optional>

namespace coffer::vault {

/// What is known once the file is unlocked; dropped at lock.
struct Unlocked
{
    base::SecretBytes bookKey;
    Head head;
    crypto::MerkleTree tree;
    std::optional<RootInfo> rootInfo;
    std::uint64_t rootSequence = 0;     ///< 0: none.
    std::uint64_t restorationBegun = 0; ///< Sequence of the latest such record; 0: none.
    std::uint64_t restorationFinished = 0;
    OpenedAs openedAs = OpenedAs::Normal;
    std::string openedAsDetail;
    bool anchorWritten = true;
};

/// A record on its way into the file.
struct Fact
{
    RecordKind kind = RecordKind::Setting;
    base::ByteView payload;
};

/// Whether a commit first notes that the file was opened as restored.
enum class RestorationMark
{
    WhenDue,
    Never
};

/// Behind Vault: shared by vault.cpp and backup.cpp.
struct Vault::State
{
    State(std::string filePath, Environment surroundings, storage::Access fileAccess)
        : path(std::move(filePath))
        , environment(surroundings)
        , access(fileAccess)
    {
    }

    std::string path;
    Environment environment;
    storage::Access access;
    /// None only after a rotation that could not open its file again.
    std::optional<storage::RecordFile> file;
    Header header;
    crypto::Hash256 headerHash{};
    std::optional<Unlocked> unlocked;

    base::Result<void> openFile();
    base::Result<void> expectUnlocked() const;
    base::Result<Unlocked> read(const base::SecretBytes& key, const Visitor& visit);
    void compareWithAnchor(Unlocked& state, base::ByteView sealedHead) const;
    bool markIsDue() const;
    base::Result<std::uint64_t> commit(std::vector<Fact> facts, RestorationMark mark);
    void noteWritten(const std::vector<Fact>& facts, std::uint64_t first);
    void writeAnchor(base::ByteView sealedHead);
    base::Result<OpenedRecord> opened(std::uint64_t sequence);
    base::Result<base::SecretBytes> secret(std::uint64_t sequence, const base::SecretBytes& key);
    base::Result<void> copyInto(LogWriter& writer, const base::SecretBytes& spendKey,
                                BackupRoot root, const Selection& keep);
    base::Result<void> replaceFile(const Header& next, const WrappingKey& password);
};

/// What a new file is made of.
struct NewFile
{
    Header header; ///< Without slot.
    const WrappingKey& password;
    const base::SecretBytes& walletSecret;
    std::uint64_t commit = 1;
};

/// The header of a file whose checksum holds.
base::Result<Header> decodeStoredHeader(const std::string& path, base::ByteView bytes);

/// A file that is only looked at.
struct OpenedFile
{
    storage::RecordFile file;
    Header header;
    crypto::Hash256 headerHash{};
};
base::Result<OpenedFile> openForReading(const std::string& path);

/// Removes what an interrupted writer left beside `path`.
base::Result<void> removeUnfinished(const std::string& path);
/// Writes `<path>.new`, closes, opens and checks all of it and fsyncs it; returns the tree's root.
/// The caller renames it into place.
base::Result<crypto::Hash256>
writeNewFile(const std::string& path, const NewFile& request, base::Random& random,
             const std::function<base::Result<void>(LogWriter&)>& fill);
std::string unfinishedName(const std::string& path);

} // namespace coffer::vault
