// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/sealed_log.h"

#include "core/crypto/aead.h"
#include "core/crypto/stack_wipe.h"
#include "core/vault/secret_parts.h"

#include <array>
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

constexpr std::string_view kBookLabel = "coffer book key";
constexpr std::string_view kSpendLabel = "coffer spend key";
constexpr std::string_view kSecretLabel = "coffer secret record";
constexpr std::size_t kBlindingSize = 32;
constexpr std::size_t kHashSize = 32;
constexpr std::size_t kMaxLeftOutRun = 65'536; // 2 MiB, well below a record's limit.

Bytes wrapData(const Header& header, std::string_view label)
{
    return base::concat(base::viewOf(label), associatedData(header));
}

Result<SecretBytes> unwrap(const Header& header, const SecretBytes& key, std::string_view label,
                           ByteView wrapped)
{
    const Error wrong{ErrorCode::WrongPassword, "the password does not open this wallet"};
    if (key.size() != crypto::kAeadKeySize)
        return wrong;
    // HChaCha20 leaves the key on the stack.
    auto opened = crypto::withStackWiped(
        [&] { return crypto::openSecret(key, wrapData(header, label), wrapped); });
    if (!opened || opened->size() != crypto::kAeadKeySize)
        return wrong;
    return opened;
}

Error damaged(std::uint64_t sequence, std::string_view what)
{
    return Error{ErrorCode::Damaged, "record " + decimal(sequence) + " " + std::string(what)};
}

base::ByteArray<30> dataOf(const Header& header, std::uint64_t sequence)
{
    return recordAssociatedData(header.walletId.bytes(), header.keyEpoch, sequence);
}

Hash256 commitmentOf(const SecretBytes& blinded)
{
    return commitmentTo(kSecretLabel, blinded);
}

} // namespace

std::string decimal(std::uint64_t number)
{
    // Enough for 2^64.
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return std::string(digits.data(), end);
}

FileKeys FileKeys::fresh(base::Random& random)
{
    auto book = randomSecret(random, crypto::kAeadKeySize);
    auto spend = randomSecret(random, crypto::kAeadKeySize);
    return {std::move(book), std::move(spend)};
}

void wrapKeys(Header& header, const FileKeys& keys, const WrappingKey& password,
              base::Random& random)
{
    header.slot = {};
    header.slot.kdf = password.parameters;
    auto book = crypto::sealSecret(password.key, wrapData(header, kBookLabel), keys.book, random);
    auto spend =
        crypto::sealSecret(password.key, wrapData(header, kSpendLabel), keys.spend, random);
    header.slot.wrappedBookKey = std::move(book);
    header.slot.wrappedSpendKey = std::move(spend);
}

Result<SecretBytes> unwrapBookKey(const Header& header, const SecretBytes& key)
{
    return unwrap(header, key, kBookLabel, header.slot.wrappedBookKey);
}

Result<SecretBytes> unwrapSpendKey(const Header& header, const SecretBytes& key)
{
    return unwrap(header, key, kSpendLabel, header.slot.wrappedSpendKey);
}

Result<OpenedRecord> openRecord(const Header& header, const SecretBytes& bookKey,
                                std::uint64_t sequence, ByteView sealed)
{
    auto plaintext = crypto::open(bookKey, dataOf(header, sequence), sealed);
    if (!plaintext)
        return damaged(sequence, "was changed, or does not belong in its place");
    OpenedRecord out;
    out.plaintext = plaintext.take();
    auto frame = decodeFrame(out.plaintext);
    if (!frame)
        return damaged(sequence, "is sealed but malformed: " + frame.error().detail);
    out.frame = frame.take();
    return out;
}

Bytes sealRecord(const Header& header, const SecretBytes& bookKey, std::uint64_t sequence,
                 ByteView plaintext, base::Random& random)
{
    return crypto::seal(bookKey, dataOf(header, sequence), plaintext, random);
}

Bytes sealSecretPayload(const Header& header, const SecretBytes& spendKey, std::uint64_t sequence,
                        const SecretBytes& blinded, base::Random& random)
{
    const auto commitment = commitmentOf(blinded);
    const auto data = base::concat(dataOf(header, sequence), commitment);
    return base::concat(commitment, crypto::sealSecret(spendKey, data, blinded, random));
}

Result<SecretBytes> openBlinded(const Header& header, const SecretBytes& spendKey,
                                std::uint64_t sequence, ByteView payload)
{
    if (payload.size() < kCommitmentSize)
        return damaged(sequence, "has no commitment");
    const auto commitment = payload.first(kCommitmentSize);
    const auto data = base::concat(dataOf(header, sequence), commitment);
    auto blinded = crypto::openSecret(spendKey, data, payload.subspan(kCommitmentSize));
    if (!blinded || blinded->size() < kBlindingSize)
        return damaged(sequence, "holds a secret that does not open");
    if (!base::equal(commitmentOf(*blinded), commitment))
        return damaged(sequence, "holds another secret than it says");
    return blinded;
}

SecretBytes blind(const SecretBytes& secret, base::Random& random)
{
    return joined(randomSecret(random, kBlindingSize), secret);
}

SecretBytes unblind(const SecretBytes& blinded)
{
    ASSERT(blinded.size() >= kBlindingSize);
    return partOf(blinded, kBlindingSize, blinded.size() - kBlindingSize);
}

Bytes sealHead(const Header& header, const SecretBytes& bookKey, const Head& head,
               base::Random& random)
{
    return crypto::sealSecret(bookKey, dataOf(header, 0), encodeHead(head), random);
}

Result<Head> openHead(const Header& header, const SecretBytes& bookKey, ByteView sealed)
{
    auto plaintext = crypto::openSecret(bookKey, dataOf(header, 0), sealed);
    if (!plaintext)
        return Error{ErrorCode::Damaged, "the head was changed, or is of another file"};
    auto head = decodeHead(*plaintext);
    if (!head)
        return Error{ErrorCode::Damaged, head.error().detail};
    return head;
}

Result<std::vector<Hash256>> decodeCompacted(ByteView payload)
{
    if (payload.empty() || payload.size() % kHashSize != 0 ||
        payload.size() > kMaxLeftOutRun * kHashSize)
        return Error{ErrorCode::Malformed, "hashes of left-out records of the wrong length"};
    base::ByteReader in(payload);
    std::vector<Hash256> hashes;
    hashes.reserve(payload.size() / kHashSize);
    while (!in.atEnd()) {
        auto hash = TRY(in.array<kHashSize>());
        hashes.push_back(hash);
    }
    return hashes;
}

Result<crypto::MerkleTree> readLog(storage::RecordFile& file, const Header& header,
                                   const SecretBytes& bookKey, const Head& head,
                                   const OpenedVisitor& visit)
{
    crypto::MerkleTree tree;
    const auto take = [&](std::uint64_t sequence, ByteView sealed) -> Result<void> {
        const auto expected = tree.size() + 1;
        if (sequence != expected)
            return damaged(expected, "is missing");
        if (sequence > head.leaves)
            return damaged(sequence, "is more than the head counts");
        auto record = TRY(openRecord(header, bookKey, sequence, sealed));
        if (record.frame.kind == RecordKind::Compacted) {
            auto hashes = TRY(decodeCompacted(record.frame.payload));
            for (const auto& hash : hashes)
                tree.appendLeafHash(hash);
        } else {
            tree.appendLeafHash(leafHash(record.frame));
        }
        return visit(sequence, record.frame);
    };
    TRY(file.forEach(take));
    if (tree.size() != head.leaves)
        return damaged(tree.size() + 1, "is missing");
    if (tree.root() != head.root)
        return Error{ErrorCode::Damaged, "the records are not those that the head names"};
    return tree;
}

std::uint64_t LogWriter::nextSequence() const
{
    return m_tree.size() + 1;
}

Result<void> LogWriter::add(RecordKind kind, const base::ByteArray<kSaltSize>& salt,
                            ByteView payload)
{
    TRY(flush());
    const auto sequence = nextSequence();
    const auto plaintext = encodeFrame(kind, salt, payload);
    m_tree.appendLeafHash(leafHash({kind, salt, payload}));
    return m_sink(sequence, sealRecord(m_header, m_keys.book, sequence, plaintext, m_random));
}

Result<void> LogWriter::addNew(RecordKind kind, ByteView payload)
{
    base::ByteArray<kSaltSize> salt{};
    m_random.fill(salt);
    return add(kind, salt, payload);
}

Result<void> LogWriter::addSecret(RecordKind kind, const base::ByteArray<kSaltSize>& salt,
                                  const SecretBytes& blinded)
{
    TRY(flush());
    return add(kind, salt,
               sealSecretPayload(m_header, m_keys.spend, nextSequence(), blinded, m_random));
}

Result<void> LogWriter::leaveOut(const Hash256& leaf)
{
    m_leftOut.push_back(leaf);
    m_tree.appendLeafHash(leaf);
    if (m_leftOut.size() == kMaxLeftOutRun)
        return flush();
    return {};
}

Result<void> LogWriter::flush()
{
    if (m_leftOut.empty())
        return {};
    base::ByteWriter payload;
    for (const auto& hash : m_leftOut)
        payload.append(hash);
    const auto sequence = m_tree.size() - m_leftOut.size() + 1;
    m_leftOut.clear();
    base::ByteArray<kSaltSize> salt{};
    m_random.fill(salt);
    const auto plaintext = encodeFrame(RecordKind::Compacted, salt, payload.view());
    return m_sink(sequence, sealRecord(m_header, m_keys.book, sequence, plaintext, m_random));
}

Result<void> LogWriter::finish()
{
    return flush();
}

} // namespace coffer::vault
