// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uuid.h"
#include "core/vault/kdf.h"

namespace coffer::vault {

inline constexpr std::uint32_t kFormatVersion = 1;
/// A 32-byte key sealed: nonce 24, key 32, tag 16.
inline constexpr std::size_t kWrappedKeySize = 72;

/// One way to unwrap the two keys. Slot kinds other than Password are reserved for binding to a
/// device.
struct KeySlot
{
    enum class Kind : std::uint8_t
    {
        Password = 1,
        PasswordAndDevice = 2 ///< Reserved: Unsupported when read.
    };

    Kind kind = Kind::Password;
    KdfParameters kdf;
    base::Bytes wrappedBookKey;
    base::Bytes wrappedSpendKey;

    bool operator==(const KeySlot&) const = default;
};

/// The only part of a wallet file that is readable without the password.
struct Header
{
    static constexpr std::uint64_t kWatchOnly = 1; ///< Flag: the file holds no root.
    static constexpr std::uint64_t kBackup = 2;    ///< Flag: written by a backup.

    base::Uuid walletId;
    Realm realm = Realm::Main;
    std::uint64_t flags = 0;
    std::uint32_t keyEpoch = 1;      ///< Counts rotations.
    std::int64_t createdMs = 0;      ///< Of the wallet, not of this file.
    std::uint64_t backupRecords = 0; ///< In a backup: how many records the wallet had then.
    KeySlot slot;

    bool isWatchOnly() const { return (flags & kWatchOnly) != 0; }
    bool isBackup() const { return (flags & kBackup) != 0; }
    bool operator==(const Header&) const = default;
};

/// Deterministic CBOR (docs/data.md).
base::Bytes encodeHeader(const Header& header);
/// Strict. Malformed, VersionTooNew, Unsupported, OutOfRange (key derivation out of bounds).
base::Result<Header> decodeHeader(base::ByteView bytes);
/// Everything in the header except the wrapped keys.
base::Bytes associatedData(const Header& header);

} // namespace coffer::vault
