// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/anchor.h"

#include "core/storage/durable_file.h"
#include "core/vault/secret_parts.h"

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

constexpr std::string_view kAnchorMagic = "CFANCHR1";
constexpr std::string_view kKeyLabel = "coffer anchor";
constexpr std::size_t kMacSize = 32;

crypto::Hash256 macOf(ByteView content, const SecretBytes& walletSecret)
{
    return macUnder(walletSecret, kKeyLabel, content);
}

} // namespace

Bytes encodeAnchor(const Anchor& anchor, const SecretBytes& walletSecret)
{
    ByteWriter out;
    out.append(base::viewOf(kAnchorMagic));
    out.append(anchor.walletId.bytes());
    out.u64le(anchor.commit);
    out.u64le(anchor.leaves);
    out.append(anchor.root);
    out.append(anchor.headHash);
    out.append(macOf(out.view(), walletSecret));
    return out.take();
}

Result<Anchor> decodeAnchor(ByteView bytes, const SecretBytes& walletSecret)
{
    if (bytes.size() != kAnchorSize ||
        !base::equal(bytes.first(kAnchorMagic.size()), base::viewOf(kAnchorMagic)))
        return Error{ErrorCode::Malformed, "not an anchor"};
    const auto content = bytes.first(kAnchorSize - kMacSize);
    const auto given = SecretBytes::copyOf(bytes.subspan(kAnchorSize - kMacSize));
    const auto wanted = SecretBytes::copyOf(macOf(content, walletSecret));
    if (!given.equals(wanted))
        return Error{ErrorCode::BadChecksum, "the anchor is not of this wallet's making"};
    ByteReader in(content.subspan(kAnchorMagic.size()));
    Anchor anchor;
    auto walletId = TRY(in.array<16>());
    anchor.walletId = base::Uuid(walletId);
    anchor.commit = TRY(in.u64le());
    anchor.leaves = TRY(in.u64le());
    anchor.root = TRY(in.array<32>());
    anchor.headHash = TRY(in.array<32>());
    TRY(in.expectEnd());
    return anchor;
}

Result<std::optional<Bytes>> FolderAnchorStore::read(const base::Uuid& walletId)
{
    auto bytes = storage::readFile(m_folder + "/" + walletId.toString() + ".anchor", kAnchorSize);
    if (bytes)
        return std::optional<Bytes>(bytes.take());
    if (bytes.error().code == ErrorCode::NotFound)
        return std::optional<Bytes>();
    return bytes.error();
}

Result<void> FolderAnchorStore::write(const base::Uuid& walletId, ByteView anchor)
{
    TRY(storage::makeFolder(m_folder));
    return storage::writeFileDurably(m_folder + "/" + walletId.toString() + ".anchor", anchor);
}

Result<void> FolderAnchorStore::remove(const base::Uuid& walletId)
{
    return storage::removeFile(m_folder + "/" + walletId.toString() + ".anchor");
}

Result<std::optional<Bytes>> NoAnchors::read(const base::Uuid&)
{
    return std::optional<Bytes>();
}

Result<void> NoAnchors::write(const base::Uuid&, ByteView)
{
    return {};
}

Result<void> NoAnchors::remove(const base::Uuid&)
{
    return {};
}

} // namespace coffer::vault
