// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/vault.h"

#include "core/base/hex.h"
#include "core/base/log.h"
#include "core/crypto/aead.h"
#include "core/crypto/stack_wipe.h"
#include "core/storage/durable_file.h"
#include "core/vault/secret_parts.h"
#include "core/vault/vault_state.h"

#include <charconv>

namespace coffer::vault {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;
using crypto::Hash256;

namespace {

constexpr std::string_view kCheckpointPrefix = "coffer-log:1:";

enum class RestorationState : std::uint8_t
{
    Begun = 1,
    Finished = 2
};

Bytes restorationPayload(RestorationState state, const base::Clock& clock)
{
    base::ByteWriter out;
    out.u8(static_cast<std::uint8_t>(state));
    out.u64le(static_cast<std::uint64_t>(clock.utcMs()));
    return out.take();
}

/// What the vault itself reads out of the log.
Result<void> note(Unlocked& state, std::uint64_t sequence, RecordKind kind, ByteView payload)
{
    switch (kind) {
    case RecordKind::Root:
        state.rootSequence = sequence;
        return {};
    case RecordKind::RootInfo:
        state.rootInfo = TRY(decodeRootInfo(payload));
        return {};
    case RecordKind::Restoration:
        if (payload.empty())
            return Error{ErrorCode::Malformed, "restoration without a state"};
        if (payload[0] == static_cast<std::uint8_t>(RestorationState::Begun))
            state.restorationBegun = sequence;
        else
            state.restorationFinished = sequence;
        return {};
    default:
        return {};
    }
}

bool isInternal(RecordKind kind)
{
    return kind == RecordKind::Compacted || kind == RecordKind::Restoration;
}

Result<void> show(const Visitor& visit, std::uint64_t sequence, const RecordFrame& frame)
{
    if (!visit || isInternal(frame.kind))
        return {};
    return visit(sequence, frame.kind, isSecretKind(frame.kind) ? ByteView() : frame.payload);
}

crypto::MerkleTree prefixOf(const crypto::MerkleTree& tree, std::size_t size)
{
    crypto::MerkleTree out;
    for (std::size_t i = 0; i < size; ++i) {
        auto leaf = tree.leafHashAt(i);
        ASSERT(leaf); // The tree has at least `size` leaves.
        out.appendLeafHash(*leaf);
    }
    return out;
}

Result<void> checkPassword(const CreateRequest& request)
{
    const auto& argon2 = request.password.parameters.argon2;
    if (request.password.key.size() != crypto::kAeadKeySize)
        return Error{ErrorCode::Usage, "the password's key is missing"};
    if (request.kdfRule == KdfRule::Enforced)
        return checkBounds(argon2, Realm::Main);
    if (request.realm == Realm::Main)
        return Error{ErrorCode::OutOfRange, "cheap key derivation is refused in realm main"};
    return checkBounds(argon2, request.realm);
}

Result<void> writeFirstRecords(LogWriter& writer, const CreateRequest& request,
                               base::Random& random)
{
    if (request.root) {
        auto root = TRY(encodeRoot(*request.root));
        base::ByteArray<kSaltSize> salt{};
        random.fill(salt);
        TRY(writer.addSecret(RecordKind::Root, salt, blind(root, random)));
        const RootInfo info{request.fingerprint, request.root->language,
                            request.root->passphraseMode,
                            // Three words for every four bytes.
                            static_cast<std::uint8_t>(request.root->entropy.size() / 4 * 3)};
        TRY(writer.addNew(RecordKind::RootInfo, encodeRootInfo(info)));
    }
    for (const auto& record : request.records) {
        if (isInternal(record.kind) || isSecretKind(record.kind))
            return Error{ErrorCode::Usage, "a kind of record that the vault writes itself"};
        if (record.payload.size() > kMaxPayloadBytes)
            return Error{ErrorCode::TooLarge, "record too large"};
        TRY(writer.addNew(record.kind, record.payload));
    }
    return {};
}

} // namespace

std::string toText(const Checkpoint& checkpoint)
{
    return std::string(kCheckpointPrefix) + checkpoint.walletId.toString() + ":" +
           decimal(checkpoint.records) + ":" + base::toHex(checkpoint.root);
}

Result<Checkpoint> parseCheckpoint(std::string_view text)
{
    const Error malformed{ErrorCode::Malformed, "not a checkpoint of the log"};
    if (!text.starts_with(kCheckpointPrefix))
        return malformed;
    text.remove_prefix(kCheckpointPrefix.size());
    const auto first = text.find(':');
    const auto second = text.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos)
        return malformed;
    Checkpoint out;
    out.walletId = TRY(base::Uuid::parse(text.substr(0, first)));
    const auto count = text.substr(first + 1, second - first - 1);
    const auto parsed = std::from_chars(count.data(), count.data() + count.size(), out.records);
    if (parsed.ec != std::errc() || parsed.ptr != count.data() + count.size())
        return malformed;
    out.root = TRY(base::parseHexArray<32>(text.substr(second + 1)));
    return out;
}

Result<Header> decodeStoredHeader(const std::string& path, ByteView bytes)
{
    auto decoded = decodeHeader(bytes);
    if (!decoded) {
        // Its checksum was right, so a form that we do not write is damage at the source.
        const bool malformed = decoded.error().code == ErrorCode::Malformed ||
                               decoded.error().code == ErrorCode::TooLarge;
        return Error{malformed ? ErrorCode::Damaged : decoded.error().code,
                     path + ": " + decoded.error().detail};
    }
    return decoded;
}

Result<void> Vault::State::openFile()
{
    file.reset();
    auto opened = TRY(storage::RecordFile::open(path, access));
    auto bytes = TRY(opened.header());
    header = TRY(decodeStoredHeader(path, bytes));
    headerHash = crypto::sha256(bytes);
    file = std::move(opened);
    return {};
}

Result<void> Vault::State::expectUnlocked() const
{
    if (!unlocked)
        return Error{ErrorCode::Locked, "the wallet is locked"};
    if (!file)
        return Error{ErrorCode::Io, path + " could not be opened again"};
    return {};
}

Result<Unlocked> Vault::State::read(const SecretBytes& key, const Visitor& visit)
{
    if (!file)
        return Error{ErrorCode::Io, path + " could not be opened again"};
    Unlocked state;
    state.bookKey = TRY(unwrapBookKey(header, key));
    auto sealedHead = TRY(file->head());
    state.head = TRY(openHead(header, state.bookKey, sealedHead));
    if (state.head.headerHash != headerHash)
        return Error{ErrorCode::Damaged, "the header is not the one that the head names"};
    state.tree = TRY(readLog(*file, header, state.bookKey, state.head,
                             [&](std::uint64_t sequence, const RecordFrame& frame) -> Result<void> {
                                 auto noted = note(state, sequence, frame.kind, frame.payload);
                                 if (!noted)
                                     return Error{ErrorCode::Damaged, noted.error().detail};
                                 return show(visit, sequence, frame);
                             }));
    compareWithAnchor(state, sealedHead);
    return state;
}

void Vault::State::compareWithAnchor(Unlocked& state, ByteView sealedHead) const
{
    const auto conclude = [&](OpenedAs as, std::string detail) {
        state.openedAs = as;
        state.openedAsDetail = std::move(detail);
    };
    const bool finishedHere = state.restorationFinished > header.backupRecords;
    if (header.isBackup() && !finishedHere)
        return conclude(OpenedAs::Restored, "this file is a backup");
    if (state.restorationBegun > state.restorationFinished)
        return conclude(OpenedAs::Restored, "an earlier restoration is not finished");

    auto stored = environment.anchors.read(header.walletId);
    if (!stored)
        return conclude(OpenedAs::AnchorMissing, stored.error().detail);
    if (!*stored)
        return conclude(OpenedAs::AnchorMissing, "there is no anchor");
    auto anchor = decodeAnchor(**stored, state.head.walletSecret);
    if (!anchor)
        return conclude(OpenedAs::AnchorMissing, anchor.error().detail);
    const auto& head = state.head;
    const std::string numbers =
        "commit " + decimal(head.commit) + ", its anchor's is " + decimal(anchor->commit);
    if (head.commit < anchor->commit)
        return conclude(OpenedAs::Restored, "the file is behind: " + numbers);
    if (head.commit == anchor->commit) {
        if (anchor->headHash == crypto::sha256(sealedHead))
            return conclude(OpenedAs::Normal, {});
        return conclude(OpenedAs::Restored, "the file is another one at the same " + numbers);
    }
    // Ahead: written after the anchor was, by a process that then died. It must continue it.
    const auto rootThen = state.tree.rootAt(static_cast<std::size_t>(anchor->leaves));
    if (!rootThen || *rootThen != anchor->root)
        return conclude(OpenedAs::Restored, "the file went another way: " + numbers);
    conclude(OpenedAs::Normal, {});
}

bool Vault::State::markIsDue() const
{
    return unlocked->openedAs == OpenedAs::Restored &&
           unlocked->restorationBegun <= unlocked->restorationFinished;
}

Result<std::uint64_t> Vault::State::commit(std::vector<Fact> facts, RestorationMark mark)
{
    TRY(expectUnlocked());
    if (access == storage::Access::ReadOnly)
        return Error{ErrorCode::ReadOnly, path + " was opened for reading"};
    if (file->poisoned())
        return Error{ErrorCode::Io, path + ": writing stopped after an error"};
    if (facts.empty())
        return unlocked->head.commit;
    Bytes begun;
    if (mark == RestorationMark::WhenDue && markIsDue()) {
        begun = restorationPayload(RestorationState::Begun, environment.clock);
        facts.insert(facts.begin(), Fact{RecordKind::Restoration, begun});
    }
    auto& state = *unlocked;
    const std::size_t before = state.tree.size();
    std::vector<storage::SealedRecord> sealed;
    sealed.reserve(facts.size());
    for (const auto& fact : facts) {
        base::ByteArray<kSaltSize> salt{};
        environment.random.fill(salt);
        const auto sequence = before + sealed.size() + 1;
        state.tree.appendLeafHash(leafHash({fact.kind, salt, fact.payload}));
        sealed.push_back(
            {sequence, sealRecord(header, state.bookKey, sequence,
                                  encodeFrame(fact.kind, salt, fact.payload), environment.random)});
    }
    Head head;
    head.commit = state.head.commit + 1;
    head.leaves = state.tree.size();
    head.root = state.tree.root();
    head.headerHash = headerHash;
    head.walletSecret = state.head.walletSecret.clone();
    const auto sealedHead = sealHead(header, state.bookKey, head, environment.random);
    auto written = file->append(sealed, sealedHead);
    if (!written) {
        state.tree = prefixOf(state.tree, before);
        return written.error();
    }
    state.head = std::move(head);
    noteWritten(facts, before + 1);
    writeAnchor(sealedHead);
    return state.head.commit;
}

void Vault::State::noteWritten(const std::vector<Fact>& facts, std::uint64_t first)
{
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const auto noted = note(*unlocked, first + i, facts[i].kind, facts[i].payload);
        ASSERT(noted); // append() has checked what it was given.
    }
}

void Vault::State::writeAnchor(ByteView sealedHead)
{
    const auto& head = unlocked->head;
    const Anchor anchor{header.walletId, head.commit, head.leaves, head.root,
                        crypto::sha256(sealedHead)};
    // The commit stands without it: a file ahead of its anchor opens normally.
    const auto written =
        environment.anchors.write(header.walletId, encodeAnchor(anchor, head.walletSecret));
    unlocked->anchorWritten = static_cast<bool>(written);
    if (!written)
        base::log(base::LogLevel::Warning, "vault",
                  "the anchor was not written: " + written.error().detail);
}

Result<OpenedRecord> Vault::State::opened(std::uint64_t sequence)
{
    TRY(expectUnlocked());
    auto sealed = TRY(file->record(sequence));
    return openRecord(header, unlocked->bookKey, sequence, sealed);
}

Result<SecretBytes> Vault::State::secret(std::uint64_t sequence, const SecretBytes& key)
{
    TRY(expectUnlocked());
    auto spendKey = TRY(unwrapSpendKey(header, key));
    if (sequence == 0)
        return Error{ErrorCode::NotFound, "this wallet holds no such secret"};
    auto record = TRY(opened(sequence));
    if (!isSecretKind(record.frame.kind))
        return Error{ErrorCode::NotFound, "that record holds no secret"};
    auto blinded = TRY(openBlinded(header, spendKey, sequence, record.frame.payload));
    return unblind(blinded);
}

Vault::Vault(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Result<Vault> Vault::create(const std::string& path, CreateRequest request, Environment environment)
{
    TRY(checkPassword(request));
    if (storage::fileExists(path))
        return Error{ErrorCode::AlreadyExists, path + " exists"};
    TRY(storage::expectWritable(path));
    Header header;
    header.walletId = base::Uuid::create(environment.clock, environment.random);
    header.realm = request.realm;
    header.flags = request.root ? 0 : Header::kWatchOnly;
    header.createdMs = environment.clock.utcMs();
    const auto walletSecret = randomSecret(environment.random, crypto::kAeadKeySize);
    TRY(crypto::withStackWiped([&] {
        return writeNewFile(path, {header, request.password, walletSecret, 1}, environment.random,
                            [&](LogWriter& writer) {
                                return writeFirstRecords(writer, request, environment.random);
                            });
    }));
    TRY(storage::renameDurably(unfinishedName(path), path));

    auto state = std::make_unique<State>(path, environment, storage::Access::ReadWrite);
    TRY(state->openFile());
    state->unlocked = TRY(state->read(request.password.key, {}));
    state->unlocked->openedAs = OpenedAs::Normal;
    state->unlocked->openedAsDetail.clear();
    auto sealedHead = TRY(state->file->head());
    state->writeAnchor(sealedHead);
    return Vault(std::move(state));
}

Result<Vault> Vault::open(const std::string& path, Environment environment, storage::Access access)
{
    auto state = std::make_unique<State>(path, environment, access);
    TRY(state->openFile());
    // Only now: the lock on the file says that nobody is writing one.
    if (access == storage::Access::ReadWrite)
        TRY(removeUnfinished(path));
    return Vault(std::move(state));
}

const std::string& Vault::path() const
{
    return m_state->path;
}

const Header& Vault::header() const
{
    return m_state->header;
}

bool Vault::headerCopyDamaged() const
{
    return m_state->file && m_state->file->headerCopyDamaged();
}

bool Vault::poisoned() const
{
    return !m_state->file || m_state->file->poisoned();
}

bool Vault::isUnlocked() const
{
    return m_state->unlocked.has_value();
}

Result<OpenedAs> Vault::unlock(const SecretBytes& key, const Visitor& visit)
{
    lock();
    auto state = crypto::withStackWiped([&] { return m_state->read(key, visit); });
    if (!state)
        return state.error();
    m_state->unlocked = state.take();
    return m_state->unlocked->openedAs;
}

void Vault::lock()
{
    // Sealing and opening left traces of the book key below.
    crypto::withStackWiped([&] { m_state->unlocked.reset(); });
}

Result<void> Vault::replay(const Visitor& visit)
{
    TRY(m_state->expectUnlocked());
    auto tree =
        TRY(readLog(*m_state->file, m_state->header, m_state->unlocked->bookKey,
                    m_state->unlocked->head, [&](std::uint64_t sequence, const RecordFrame& frame) {
                        return show(visit, sequence, frame);
                    }));
    ASSERT(tree.size() == m_state->unlocked->tree.size());
    return {};
}

Result<Bytes> Vault::payload(std::uint64_t sequence, RecordKind expected)
{
    auto record = TRY(m_state->opened(sequence));
    if (record.frame.kind != expected || isSecretKind(expected))
        return Error{ErrorCode::NotFound, "record " + decimal(sequence) + " is another kind"};
    return base::bytesOf(record.frame.payload);
}

OpenedAs Vault::openedAs() const
{
    ASSERT(m_state->unlocked);
    return m_state->unlocked->openedAs;
}

const std::string& Vault::openedAsDetail() const
{
    ASSERT(m_state->unlocked);
    return m_state->unlocked->openedAsDetail;
}

Result<void> Vault::beginRestoration()
{
    TRY(m_state->expectUnlocked());
    if (m_state->unlocked->openedAs == OpenedAs::Restored)
        return {};
    const auto payload = restorationPayload(RestorationState::Begun, m_state->environment.clock);
    TRY(m_state->commit({Fact{RecordKind::Restoration, payload}}, RestorationMark::Never));
    m_state->unlocked->openedAs = OpenedAs::Restored;
    m_state->unlocked->openedAsDetail = "this file was brought here";
    return {};
}

Result<void> Vault::finishRestoration()
{
    TRY(m_state->expectUnlocked());
    if (m_state->unlocked->openedAs != OpenedAs::Restored)
        return {};
    const auto payload = restorationPayload(RestorationState::Finished, m_state->environment.clock);
    TRY(m_state->commit({Fact{RecordKind::Restoration, payload}}, RestorationMark::Never));
    m_state->unlocked->openedAs = OpenedAs::Normal;
    m_state->unlocked->openedAsDetail.clear();
    return {};
}

bool Vault::anchorWritten() const
{
    return !m_state->unlocked || m_state->unlocked->anchorWritten;
}

Result<std::uint64_t> Vault::append(std::span<const Record> records)
{
    std::vector<Fact> facts;
    facts.reserve(records.size() + 1);
    for (const auto& record : records) {
        if (isInternal(record.kind) || isSecretKind(record.kind) ||
            record.kind == RecordKind::RootInfo)
            return Error{ErrorCode::Usage, "a kind of record that the vault writes itself"};
        if (record.payload.size() > kMaxPayloadBytes)
            return Error{ErrorCode::TooLarge, "record too large"};
        facts.push_back({record.kind, record.payload});
    }
    return m_state->commit(std::move(facts), RestorationMark::WhenDue);
}

Result<std::uint64_t> Vault::appendSecret(RecordKind kind, const SecretBytes& payload,
                                          const SecretBytes& key)
{
    ASSERT(isSecretKind(kind) && kind != RecordKind::Root);
    return crypto::withStackWiped([&]() -> Result<std::uint64_t> {
        TRY(m_state->expectUnlocked());
        if (payload.size() > kMaxPayloadBytes / 2)
            return Error{ErrorCode::TooLarge, "secret too large"};
        auto spendKey = TRY(unwrapSpendKey(m_state->header, key));
        const auto sequence = size() + 1 + (m_state->markIsDue() ? 1 : 0);
        const auto sealed = sealSecretPayload(m_state->header, spendKey, sequence,
                                              blind(payload, m_state->environment.random),
                                              m_state->environment.random);
        return m_state->commit({Fact{kind, sealed}}, RestorationMark::WhenDue);
    });
}

std::uint64_t Vault::commitNumber() const
{
    ASSERT(m_state->unlocked);
    return m_state->unlocked->head.commit;
}

std::uint64_t Vault::size() const
{
    ASSERT(m_state->unlocked);
    return m_state->unlocked->head.leaves;
}

Hash256 Vault::root() const
{
    ASSERT(m_state->unlocked);
    return m_state->unlocked->head.root;
}

Checkpoint Vault::checkpoint() const
{
    return {m_state->header.walletId, size(), root()};
}

Result<std::vector<Hash256>> Vault::inclusionProof(std::uint64_t sequence) const
{
    TRY(m_state->expectUnlocked());
    if (sequence == 0)
        return Error{ErrorCode::OutOfRange, "records are numbered from 1"};
    return m_state->unlocked->tree.inclusionProof(static_cast<std::size_t>(sequence - 1),
                                                  static_cast<std::size_t>(size()));
}

Result<std::vector<Hash256>> Vault::consistencyProof(std::uint64_t olderRecords) const
{
    TRY(m_state->expectUnlocked());
    return m_state->unlocked->tree.consistencyProof(static_cast<std::size_t>(olderRecords),
                                                    static_cast<std::size_t>(size()));
}

Result<Hash256> Vault::leaf(std::uint64_t sequence) const
{
    TRY(m_state->expectUnlocked());
    if (sequence == 0)
        return Error{ErrorCode::OutOfRange, "records are numbered from 1"};
    return m_state->unlocked->tree.leafHashAt(static_cast<std::size_t>(sequence - 1));
}

Result<void> Vault::verifyAgainst(const Checkpoint& checkpoint) const
{
    TRY(m_state->expectUnlocked());
    if (checkpoint.walletId != m_state->header.walletId)
        return Error{ErrorCode::WrongWallet, "the checkpoint is of another wallet"};
    if (checkpoint.records > size())
        return Error{ErrorCode::Unproved, "the checkpoint has more records than this wallet"};
    auto then = TRY(m_state->unlocked->tree.rootAt(static_cast<std::size_t>(checkpoint.records)));
    if (then != checkpoint.root)
        return Error{ErrorCode::Unproved, "this wallet does not continue the checkpoint"};
    return {};
}

Result<void> Vault::checkKey(const SecretBytes& key) const
{
    return crypto::withStackWiped([&]() -> Result<void> {
        auto spendKey = unwrapSpendKey(m_state->header, key);
        if (!spendKey)
            return spendKey.error();
        return {};
    });
}

std::optional<RootInfo> Vault::rootInfo() const
{
    ASSERT(m_state->unlocked);
    return m_state->unlocked->rootInfo;
}

Result<void> Vault::withRoot(const SecretBytes& key,
                             const std::function<Result<void>(const RootSecret&)>& use)
{
    return crypto::withStackWiped([&]() -> Result<void> {
        TRY(m_state->expectUnlocked());
        auto bytes = TRY(m_state->secret(m_state->unlocked->rootSequence, key));
        auto root = TRY(decodeRoot(bytes));
        return use(root);
    });
}

Result<void> Vault::withSecret(std::uint64_t sequence, const SecretBytes& key,
                               const std::function<Result<void>(const SecretBytes&)>& use)
{
    return crypto::withStackWiped([&]() -> Result<void> {
        auto bytes = TRY(m_state->secret(sequence, key));
        return use(bytes);
    });
}

} // namespace coffer::vault
