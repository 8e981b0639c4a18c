// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/record.h"

#include "core/vault/header.h"
#include "core/vault/secret_parts.h"

#include <algorithm>

namespace coffer::vault {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

constexpr std::size_t kFramePrefixBytes = 2 + 4 + kSaltSize;
constexpr std::uint16_t kFirstSecretKind = 128;
constexpr std::uint16_t kLastSecretKind = 191;

constexpr std::size_t kHeadBytes = 256;
constexpr std::size_t kWalletSecretSize = 32;
constexpr std::size_t kHeadUsedBytes = 8 + 8 + 32 + 32 + kWalletSecretSize;

bool allZero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

} // namespace

bool isSecretKind(RecordKind kind)
{
    const auto number = static_cast<std::uint16_t>(kind);
    return number >= kFirstSecretKind && number <= kLastSecretKind;
}

Bytes encodeFrame(RecordKind kind, const base::ByteArray<kSaltSize>& salt, ByteView payload)
{
    ASSERT(payload.size() <= kMaxPayloadBytes);
    const std::size_t used = kFramePrefixBytes + payload.size();
    ByteWriter out;
    out.u16le(static_cast<std::uint16_t>(kind));
    out.u32le(static_cast<std::uint32_t>(payload.size()));
    out.append(salt);
    out.append(payload);
    auto bytes = out.take();
    bytes.resize((used + kPaddingBytes - 1) / kPaddingBytes * kPaddingBytes);
    return bytes;
}

Result<RecordFrame> decodeFrame(ByteView plaintext)
{
    ByteReader in(plaintext);
    RecordFrame frame;
    auto kind = TRY(in.u16le());
    frame.kind = static_cast<RecordKind>(kind);
    auto size = TRY(in.u32le());
    frame.salt = TRY(in.array<kSaltSize>());
    if (size > kMaxPayloadBytes)
        return Error{ErrorCode::TooLarge, "record larger than any that is written"};
    frame.payload = TRY(in.take(size));
    auto padding = TRY(in.take(in.remaining()));
    if (plaintext.size() % kPaddingBytes != 0 || padding.size() >= kPaddingBytes ||
        !allZero(padding))
        return Error{ErrorCode::Malformed, "wrong padding of a record"};
    if (isSecretKind(frame.kind) && size < kCommitmentSize)
        return Error{ErrorCode::Malformed, "secret record without its commitment"};
    return frame;
}

crypto::Hash256 leafHash(const RecordFrame& frame)
{
    const auto counted =
        isSecretKind(frame.kind) ? frame.payload.first(kCommitmentSize) : frame.payload;
    // A record mostly fits on the stack, and this runs for every one at unlock.
    constexpr std::size_t kUsual = 1024;
    const std::size_t size = 2 + kSaltSize + counted.size();
    std::array<std::uint8_t, kUsual> small;
    Bytes large;
    if (size > kUsual)
        large.resize(size);
    const std::span<std::uint8_t> leaf =
        size > kUsual ? std::span<std::uint8_t>(large) : std::span<std::uint8_t>(small).first(size);
    const auto kind = static_cast<std::uint16_t>(frame.kind);
    leaf[0] = static_cast<std::uint8_t>(kind & 0xff);
    leaf[1] = static_cast<std::uint8_t>(kind >> 8);
    std::copy(frame.salt.begin(), frame.salt.end(), leaf.begin() + 2);
    std::copy(counted.begin(), counted.end(), leaf.begin() + 2 + kSaltSize);
    return crypto::MerkleTree::leafHash(leaf);
}

base::ByteArray<30> recordAssociatedData(const base::ByteArray<16>& walletId,
                                         std::uint32_t keyEpoch, std::uint64_t sequence)
{
    base::ByteArray<30> out{};
    std::copy(walletId.begin(), walletId.end(), out.begin());
    for (std::size_t i = 0; i < 4; ++i)
        out[16 + i] = static_cast<std::uint8_t>(keyEpoch >> (8 * i));
    for (std::size_t i = 0; i < 8; ++i)
        out[20 + i] = static_cast<std::uint8_t>(sequence >> (8 * i));
    for (std::size_t i = 0; i < 2; ++i)
        out[28 + i] = static_cast<std::uint8_t>(kFormatVersion >> (8 * i));
    return out;
}

SecretBytes encodeHead(const Head& head)
{
    ASSERT(head.walletSecret.size() == kWalletSecretSize);
    ByteWriter out;
    out.u64le(head.commit);
    out.u64le(head.leaves);
    out.append(head.root);
    out.append(head.headerHash);
    return joined(out.view(), head.walletSecret, kHeadBytes);
}

Result<Head> decodeHead(const SecretBytes& plaintext)
{
    if (plaintext.size() != kHeadBytes || !isZeroFrom(plaintext, kHeadUsedBytes))
        return Error{ErrorCode::Malformed, "head of the wrong form"};
    const auto numbers = publicPartOf(plaintext, 0, kHeadUsedBytes - kWalletSecretSize);
    ByteReader in(numbers);
    Head head;
    head.commit = TRY(in.u64le());
    head.leaves = TRY(in.u64le());
    head.root = TRY(in.array<32>());
    head.headerHash = TRY(in.array<32>());
    head.walletSecret = partOf(plaintext, in.position(), kWalletSecretSize);
    return head;
}

} // namespace coffer::vault
