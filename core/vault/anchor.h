// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uuid.h"
#include "core/crypto/hash.h"

#include <optional>

namespace coffer::vault {

/// What the wallet file looked like after its last commit, kept outside the wallet's folder.
struct Anchor
{
    base::Uuid walletId;
    std::uint64_t commit = 0;
    std::uint64_t leaves = 0;
    crypto::Hash256 root{};
    crypto::Hash256 headHash{}; ///< SHA-256 of the sealed head.

    bool operator==(const Anchor&) const = default;
};

inline constexpr std::size_t kAnchorSize = 136;

/// "CFANCHR1", fields, HMAC-SHA-256 under a key of the wallet.
base::Bytes encodeAnchor(const Anchor& anchor, const base::SecretBytes& walletSecret);
/// Malformed, BadChecksum (not authentic).
base::Result<Anchor> decodeAnchor(base::ByteView bytes, const base::SecretBytes& walletSecret);

/// Where anchors are kept. It must not lie in the wallet's folder.
class AnchorStore
{
public:
    virtual ~AnchorStore() = default;
    virtual base::Result<std::optional<base::Bytes>> read(const base::Uuid& walletId) = 0;
    virtual base::Result<void> write(const base::Uuid& walletId, base::ByteView anchor) = 0;
    /// Of a wallet that is deleted. A missing one is success.
    virtual base::Result<void> remove(const base::Uuid& walletId) = 0;
};

/// One file a wallet: `<folder>/<wallet id>.anchor`.
class FolderAnchorStore final : public AnchorStore
{
public:
    /// The folder is made at the first write.
    explicit FolderAnchorStore(std::string folder)
        : m_folder(std::move(folder))
    {
    }
    base::Result<std::optional<base::Bytes>> read(const base::Uuid& walletId) override;
    base::Result<void> write(const base::Uuid& walletId, base::ByteView anchor) override;
    base::Result<void> remove(const base::Uuid& walletId) override;

private:
    std::string m_folder;
};

/// No anchors: for a backup that is only looked at.
class NoAnchors final : public AnchorStore
{
public:
    base::Result<std::optional<base::Bytes>> read(const base::Uuid& walletId) override;
    base::Result<void> write(const base::Uuid& walletId, base::ByteView anchor) override;
    base::Result<void> remove(const base::Uuid& walletId) override;
};

} // namespace coffer::vault
