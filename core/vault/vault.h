// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/storage/database.h"
#include "core/vault/anchor.h"
#include "core/vault/header.h"
#include "core/vault/record.h"
#include "core/vault/root_secret.h"

#include <functional>
#include <map>
#include <memory>

/// The wallet file: one file that holds everything a person's wallet knows, and its keys.
///
/// Problem: the file is copied, synchronised, backed up, lost and stolen; disks fail half way; the
/// person types the password into a program that then runs all day. Adversary: whoever gets the
/// file (once or again and again), writes to it, or puts back an older copy; not programs that run
/// as the person, which read the memory.
///
/// Approach. Password -> Argon2id -> key-encryption key. It wraps two independent random keys: the
/// *book key* opens everything but secrets and is held while unlocked; the *spend key* opens root
/// and private keys only, is unwrapped for one call (withRoot and its like) and wiped. All content
/// is one append-only list of records, each sealed with its place in the list as associated data.
/// Every commit also seals a *head*: commit number, number of records, Merkle root over salted
/// plaintext, hash of the header. So a record that was changed, swapped, deleted or replayed is
/// Damaged by name. An older copy of the whole file is consistent in itself; an *anchor* outside
/// the wallet's folder shows it, and the file then opens as *restored* until the engine has
/// rescanned and called finishRestoration(). New keys, a new password and a backup all write a
/// complete new file, check it, fsync it and rename it into place: that rename is the only commit
/// point.
///
/// Limits: who also rolls back the anchor is not noticed. Old copies keep revealing what they held.
/// Sizes (padded to 256 bytes), the number of records and the header are readable.
namespace coffer::vault {

/// What a vault depends on. All must outlive it.
struct Environment
{
    const base::Clock& clock;
    base::Random& random;
    AnchorStore& anchors;
};

/// How an unlocked file stands to its anchor.
enum class OpenedAs
{
    Normal,
    AnchorMissing, ///< Or unreadable: a warning, no more.
    Restored ///< Behind or beside its anchor, or a backup: rescan, trust no unfinished intent.
};

/// How hard the password is to guess in the new file.
enum class KdfRule
{
    Enforced,
    CheapForTests ///< Refused in realm main.
};

/// What a new wallet starts with.
struct CreateRequest
{
    Realm realm = Realm::Main;
    WrappingKey password;
    KdfRule kdfRule = KdfRule::Enforced;
    /// None: watch-only.
    std::optional<RootSecret> root;
    base::ByteArray<4> fingerprint{}; ///< Master fingerprint, with a root.
    std::vector<Record> records;      ///< First accounts, birthday and so on, in the same commit.
};

/// A state of the audit log to compare with later: "coffer-log:1:<wallet id>:<records>:<root>".
struct Checkpoint
{
    base::Uuid walletId;
    std::uint64_t records = 0;
    crypto::Hash256 root{};

    bool operator==(const Checkpoint&) const = default;
};
std::string toText(const Checkpoint& checkpoint);
base::Result<Checkpoint> parseCheckpoint(std::string_view text);

/// Whether a backup can spend.
enum class BackupRoot
{
    Included,
    LeftOut ///< The copy can watch, not spend.
};

/// What a wallet file holds, found by opening and checking all of it.
struct BackupReport
{
    base::Uuid walletId;
    Realm realm = Realm::Main;
    std::int64_t createdMs = 0;
    bool hasRoot = false;
    std::uint64_t commit = 0;
    std::map<RecordKind, std::uint64_t> records; ///< How many of each kind.
    Checkpoint checkpoint;
    std::optional<RootInfo> rootInfo;
};

/// Whether a record goes into a new file. The latest state of everything that matters must.
enum class Keep
{
    Yes,
    No ///< Only its hash stays, so that the log's root does.
};
using Selection =
    std::function<Keep(std::uint64_t sequence, RecordKind kind, base::ByteView payload)>;
/// Receives records in order. `payload` is valid during the call. Secret kinds come with an empty
/// payload.
using Visitor = std::function<base::Result<void>(std::uint64_t sequence, RecordKind kind,
                                                 base::ByteView payload)>;

/// One wallet file, locked or unlocked. Used on one thread; only deriveKey() and
/// WrappingKey::derive() are for the pool (and verifyBackup(), which keeps to itself).
class Vault
{
public:
    /// Writes the file and its first anchor; unlocked afterwards. AlreadyExists, OutOfRange,
    /// ReadOnly, DiskFull, Io.
    static base::Result<Vault> create(const std::string& path, CreateRequest request,
                                      Environment environment);
    /// Reads the header only. NotFound, InUse, Damaged, VersionTooNew, ReadOnly, Unsupported. Drops
    /// what an interrupted rotation left behind.
    static base::Result<Vault> open(const std::string& path, Environment environment,
                                    storage::Access access = storage::Access::ReadWrite);
    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    ~Vault();

    // Known while locked.
    const std::string& path() const;
    const Header& header() const;
    /// What deriveKey() wants.
    const KdfParameters& kdf() const { return header().slot.kdf; }
    /// One of the two header copies is damaged: rotate the keys, and look at the disk.
    bool headerCopyDamaged() const;
    /// A failed write: nothing more is written until the file is opened again.
    bool poisoned() const;
    bool isUnlocked() const;

    /// Opens and checks every record and hands them to `visit`. WrongPassword; Damaged names what
    /// does not hold. After an error it is locked, and what `visit` was given is to be dropped.
    base::Result<OpenedAs> unlock(const base::SecretBytes& key, const Visitor& visit);
    /// Wipes the book key and forgets the log.
    void lock();
    /// PasswordNeeded when locked; the rest as unlock(), for projections that start over.
    base::Result<void> replay(const Visitor& visit);
    base::Result<base::Bytes> payload(std::uint64_t sequence, RecordKind expected);

    /// Restored stays until finishRestoration(), through restarts. Unlocked only.
    OpenedAs openedAs() const;
    /// English, for the log: "commit 7 is behind its anchor's 9".
    const std::string& openedAsDetail() const;
    /// The file was brought here and nothing says how old it is: restored from now on.
    base::Result<void> beginRestoration();
    /// The engine has rescanned and settled its intents.
    base::Result<void> finishRestoration();
    /// False when the last anchor could not be written: a visible warning.
    bool anchorWritten() const;

    /// All or nothing, durable when it returns; returns the commit number. The records get the next
    /// sequence numbers. DiskFull changes nothing and may be tried again; Locked, ReadOnly,
    /// TooLarge, Io.
    base::Result<std::uint64_t> append(std::span<const Record> records);
    /// Root and private keys. WrongPassword.
    base::Result<std::uint64_t> appendSecret(RecordKind kind, const base::SecretBytes& payload,
                                             const base::SecretBytes& key);
    std::uint64_t commitNumber() const;
    /// Records ever written; the last one's sequence number.
    std::uint64_t size() const;

    // The audit log. Leaf `i` is record `i + 1`.
    crypto::Hash256 root() const;
    Checkpoint checkpoint() const;
    base::Result<std::vector<crypto::Hash256>> inclusionProof(std::uint64_t sequence) const;
    base::Result<std::vector<crypto::Hash256>> consistencyProof(std::uint64_t olderRecords) const;
    base::Result<crypto::Hash256> leaf(std::uint64_t sequence) const;
    /// WrongWallet; Unproved when this log does not continue the checkpoint's.
    base::Result<void> verifyAgainst(const Checkpoint& checkpoint) const;

    // With the password's key. Everything secret is wiped, the stack too, when they return.
    /// WrongPassword without touching anything else.
    base::Result<void> checkKey(const base::SecretBytes& key) const;
    std::optional<RootInfo> rootInfo() const;
    /// Unwraps the spend key, opens the root, calls `use`, wipes. NotFound in a watch-only wallet.
    base::Result<void> withRoot(const base::SecretBytes& key,
                                const std::function<base::Result<void>(const RootSecret&)>& use);
    /// The same for one appendSecret() record.
    base::Result<void>
    withSecret(std::uint64_t sequence, const base::SecretBytes& key,
               const std::function<base::Result<void>(const base::SecretBytes&)>& use);

    /// A new file under fresh keys takes this one's place; the vault stays unlocked. For a new
    /// password and for new keys alike. OutOfRange when `next` is weaker than now; after DiskFull
    /// and nearly every Io the old file is untouched. Only when syncing the folder failed may the
    /// new one lie there already: kdf() tells.
    base::Result<void> rotate(const base::SecretBytes& key, const WrappingKey& next,
                              const Selection& keep);
    /// An ordinary wallet file with keys and password of its own. It opens as restored.
    /// AlreadyExists.
    base::Result<BackupReport> backup(const std::string& path, const base::SecretBytes& key,
                                      const WrappingKey& password, BackupRoot root,
                                      const Selection& keep);

private:
    struct State;
    explicit Vault(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Opens a wallet file with its password, checks all of it and says what it holds; changes nothing.
/// Slow: may run in the pool.
base::Result<BackupReport> verifyBackup(const std::string& path, const base::SecretBytes& password);

/// A wallet file from elsewhere, copied beside the place it is to have and checked whole.
struct CopiedFile
{
    base::SecretBytes key; ///< What deriveKey() gave.
    BackupReport report;
};
/// Writes `<target>.import`; `source` is only read. A copy that no anchor vouches for is marked, so
/// that it opens as restored; anchors are read, none is written. WrongPassword, Damaged,
/// VersionTooNew, WrongNetwork (another realm), InUse, NotFound and the disk's; after an error
/// there is no copy. Slow: may run in the pool.
base::Result<CopiedFile> copyForImport(const std::string& source, const std::string& target,
                                       Realm realm, const base::SecretBytes& password,
                                       Environment environment);
/// Gives that copy its place, where nothing may be: the rename is the only commit point.
/// AlreadyExists; after an error there is no copy.
base::Result<void> placeImport(const std::string& target);
/// Removes such a copy, also what a crash left of one.
base::Result<void> dropImport(const std::string& target);
/// Removes a closed wallet file and everything that may lie beside it; the anchor stays.
base::Result<void> removeWalletFile(const std::string& path);
/// Gives a closed wallet file another name, where nothing may be. AlreadyExists.
base::Result<void> renameWalletFile(const std::string& path, const std::string& next);

} // namespace coffer::vault
