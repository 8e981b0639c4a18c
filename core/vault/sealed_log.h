// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/record_file.h"
#include "core/vault/header.h"
#include "core/vault/record.h"

#include <functional>

namespace coffer::vault {

// How keys are wrapped and records sealed: what the vault, its rotation and its backup share.
// Private to core/vault.

/// Digits, whatever the locale.
std::string decimal(std::uint64_t number);

/// The two keys of one file, independently random.
struct FileKeys
{
    base::SecretBytes book;
    base::SecretBytes spend;

    static FileKeys fresh(base::Random& random);
};

/// Fills the slot: parameters and both wrapped keys. Everything else in the header is final before.
void wrapKeys(Header& header, const FileKeys& keys, const WrappingKey& password,
              base::Random& random);
/// WrongPassword: the header's own checksum was right, so it is not damage.
base::Result<base::SecretBytes> unwrapBookKey(const Header& header, const base::SecretBytes& key);
base::Result<base::SecretBytes> unwrapSpendKey(const Header& header, const base::SecretBytes& key);

/// One opened record; `frame` points into `plaintext`.
struct OpenedRecord
{
    base::Bytes plaintext;
    RecordFrame frame;
};

/// Damaged names the record.
base::Result<OpenedRecord> openRecord(const Header& header, const base::SecretBytes& bookKey,
                                      std::uint64_t sequence, base::ByteView sealed);
base::Bytes sealRecord(const Header& header, const base::SecretBytes& bookKey,
                       std::uint64_t sequence, base::ByteView plaintext, base::Random& random);

/// A secret record's payload: commitment (32) || blinding (32) and secret, sealed under the spend
/// key. The commitment is SHA-256 of label, blinding and secret, so that new keys keep the log's
/// leaf.
base::Bytes sealSecretPayload(const Header& header, const base::SecretBytes& spendKey,
                              std::uint64_t sequence, const base::SecretBytes& blinded,
                              base::Random& random);
/// Blinding and secret, checked against the commitment.
base::Result<base::SecretBytes> openBlinded(const Header& header, const base::SecretBytes& spendKey,
                                            std::uint64_t sequence, base::ByteView payload);
base::SecretBytes blind(const base::SecretBytes& secret, base::Random& random);
base::SecretBytes unblind(const base::SecretBytes& blinded);

base::Bytes sealHead(const Header& header, const base::SecretBytes& bookKey, const Head& head,
                     base::Random& random);
base::Result<Head> openHead(const Header& header, const base::SecretBytes& bookKey,
                            base::ByteView sealed);

using OpenedVisitor = std::function<base::Result<void>(std::uint64_t sequence, const RecordFrame&)>;

/// Opens every record in order, rebuilds the tree and compares it with the head. Damaged names what
/// does not hold: a record that is missing, surplus, changed or in another's place.
base::Result<crypto::MerkleTree> readLog(storage::RecordFile& file, const Header& header,
                                         const base::SecretBytes& bookKey, const Head& head,
                                         const OpenedVisitor& visit);

/// The hashes in a Compacted record. Malformed.
base::Result<std::vector<crypto::Hash256>> decodeCompacted(base::ByteView payload);

/// Seals records one after the other into a new file.
class LogWriter
{
public:
    LogWriter(const Header& header, const FileKeys& keys, base::Random& random,
              const storage::RecordFile::Sink& sink)
        : m_header(header)
        , m_keys(keys)
        , m_random(random)
        , m_sink(sink)
    {
    }

    /// `salt` and payload as they were, so that the leaf stays.
    base::Result<void> add(RecordKind kind, const base::ByteArray<kSaltSize>& salt,
                           base::ByteView payload);
    base::Result<void> addNew(RecordKind kind, base::ByteView payload);
    base::Result<void> addSecret(RecordKind kind, const base::ByteArray<kSaltSize>& salt,
                                 const base::SecretBytes& blinded);
    /// Only the leaf's hash stays.
    base::Result<void> leaveOut(const crypto::Hash256& leaf);
    base::Result<void> finish();

    const crypto::MerkleTree& tree() const { return m_tree; }
    std::uint64_t nextSequence() const;

private:
    base::Result<void> flush();

    const Header& m_header;
    const FileKeys& m_keys;
    base::Random& m_random;
    const storage::RecordFile::Sink& m_sink;
    crypto::MerkleTree m_tree;
    std::vector<crypto::Hash256> m_leftOut; ///< Already in the tree.
};

} // namespace coffer::vault
