// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/crypto/merkle_tree.h"

#include <optional>

namespace coffer::vault {

/// What a record is. Numbers are stable for ever; payloads belong to the module named in
/// docs/data.md. A reader ignores kinds that it does not know.
enum class RecordKind : std::uint16_t
{
    // Written by the vault itself.
    Compacted = 0,   ///< Leaf hashes of records that a rotation or backup left out.
    Restoration = 1, ///< The file was opened behind or beside its anchor, or that is over.

    // Written by others; the latest of one thing is its state.
    Account = 16,
    Entry = 17, ///< Never left out by a rotation.
    Label = 18,
    Contact = 19,
    Intent = 20,
    Transaction = 21, ///< Own transaction with its Merkle branch.
    ScriptState = 22, ///< Last revealed and used index, tested range.
    ScanState = 23,   ///< Chain points, last scanned height.
    Setting = 24,     ///< Of this wallet.
    NetworkLog = 25,
    Policy = 26, ///< Limits and spent counters of the gate.
    AccountProof = 27,
    CoinState = 28,     ///< Frozen coins and notes on them.
    Outgoing = 29,      ///< Broadcast state: next try, tries, seen by.
    Checkpoint = 30,    ///< Roots that were exported.
    RootInfo = 31,      ///< What may be known of the root without the spend key.
    ChainPoint = 32,    ///< Heights and hashes of the best chain as this wallet saw it.
    SpendCounters = 33, ///< What left the wallet lately, for the gate's limits.
    Candidate = 34,     ///< An account that a restore looks for.

    // Sealed a second time under the spend key: appendSecret().
    Root = 128,
    PrivateKey = 129
};

/// Kinds that only the spend key opens.
bool isSecretKind(RecordKind kind);

/// One fact to be stored.
struct Record
{
    RecordKind kind = RecordKind::Setting;
    base::Bytes payload;
};

inline constexpr std::size_t kMaxPayloadBytes = 8u << 20; // A block's largest transaction, twice.
inline constexpr std::size_t kPaddingBytes = 256;
inline constexpr std::size_t kSaltSize = 16;
inline constexpr std::size_t kCommitmentSize = 32; // Stands before a secret record's ciphertext.

/// A record as it is sealed: kind (u16 LE), payload length (u32 LE), salt, payload, zeros up to a
/// multiple of 256. The audit log's leaf is kind, salt and payload, so that new keys keep the root.
struct RecordFrame
{
    RecordKind kind = RecordKind::Setting;
    base::ByteArray<kSaltSize> salt{};
    base::ByteView payload; ///< Into the plaintext.
};

base::Bytes encodeFrame(RecordKind kind, const base::ByteArray<kSaltSize>& salt,
                        base::ByteView payload);
/// Malformed for anything that encodeFrame() does not write.
base::Result<RecordFrame> decodeFrame(base::ByteView plaintext);
/// Of a frame with a secret kind only the commitment counts (the payload's first 32 bytes).
crypto::Hash256 leafHash(const RecordFrame& frame);

/// Wallet id, key epoch, sequence, format version: what every sealed blob is bound to. Sequence 0
/// is the head.
base::ByteArray<30> recordAssociatedData(const base::ByteArray<16>& walletId,
                                         std::uint32_t keyEpoch, std::uint64_t sequence);

/// The sealed row that says what the file holds.
struct Head
{
    std::uint64_t commit = 0;
    std::uint64_t leaves = 0; ///< Records ever, compacted ones included.
    crypto::Hash256 root{};
    crypto::Hash256 headerHash{};
    base::SecretBytes walletSecret; ///< 32 bytes, kept through rotation: authenticates anchors.
};

/// 256 bytes.
base::SecretBytes encodeHead(const Head& head);
base::Result<Head> decodeHead(const base::SecretBytes& plaintext);

} // namespace coffer::vault
