// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/header.h"

#include "core/base/cbor.h"

namespace coffer::vault {

using base::Bytes;
using base::ByteView;
using base::CborReader;
using base::CborWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kHeaderMagic = "coffer wallet";
constexpr std::uint64_t kKnownFlags = Header::kWatchOnly | Header::kBackup;

enum Field : std::uint64_t
{
    kMagicField = 1,
    kVersionField,
    kWalletIdField,
    kRealmField,
    kFlagsField,
    kEpochField,
    kCreatedField,
    kBackupRecordsField,
    kSlotsField,
    kFieldCount = kSlotsField
};

enum SlotField : std::uint64_t
{
    kKindField = 1,
    kSaltField,
    kPassesField,
    kMemoryField,
    kDeviceField, // Reserved: the device's id; empty for a password alone.
    kBookKeyField,
    kSpendKeyField,
    kSlotFieldCount = kSpendKeyField
};

enum class WrappedKeys
{
    Written,
    Empty
};

void writeSlot(CborWriter& out, const KeySlot& slot, WrappedKeys keys)
{
    const bool written = keys == WrappedKeys::Written;
    out.beginMap(kSlotFieldCount);
    out.uint(kKindField);
    out.uint(static_cast<std::uint64_t>(slot.kind));
    out.uint(kSaltField);
    out.bytes(slot.kdf.salt);
    out.uint(kPassesField);
    out.uint(slot.kdf.argon2.passes);
    out.uint(kMemoryField);
    out.uint(slot.kdf.argon2.memoryBytes);
    out.uint(kDeviceField);
    out.bytes({});
    out.uint(kBookKeyField);
    out.bytes(written ? ByteView(slot.wrappedBookKey) : ByteView());
    out.uint(kSpendKeyField);
    out.bytes(written ? ByteView(slot.wrappedSpendKey) : ByteView());
}

Bytes encode(const Header& header, WrappedKeys keys)
{
    CborWriter out;
    out.beginMap(kFieldCount);
    out.uint(kMagicField);
    out.text(kHeaderMagic);
    out.uint(kVersionField);
    out.uint(kFormatVersion);
    out.uint(kWalletIdField);
    out.bytes(header.walletId.bytes());
    out.uint(kRealmField);
    out.uint(static_cast<std::uint64_t>(header.realm));
    out.uint(kFlagsField);
    out.uint(header.flags);
    out.uint(kEpochField);
    out.uint(header.keyEpoch);
    out.uint(kCreatedField);
    out.integer(header.createdMs);
    out.uint(kBackupRecordsField);
    out.uint(header.backupRecords);
    out.uint(kSlotsField);
    out.beginArray(1);
    writeSlot(out, header.slot, keys);
    return out.take();
}

Result<void> expectKey(CborReader& in, std::uint64_t wanted)
{
    auto key = TRY(in.uint());
    if (key != wanted)
        return Error{ErrorCode::Malformed, "unexpected field in the header"};
    return {};
}

Result<std::uint64_t> number(CborReader& in, std::uint64_t field, std::uint64_t maximum)
{
    TRY(expectKey(in, field));
    auto value = TRY(in.uint());
    if (value > maximum)
        return Error{ErrorCode::OutOfRange, "number in the header out of range"};
    return value;
}

Result<Bytes> wrappedKey(CborReader& in, std::uint64_t field)
{
    TRY(expectKey(in, field));
    auto bytes = TRY(in.bytes());
    if (bytes.size() != kWrappedKeySize)
        return Error{ErrorCode::Malformed, "wrapped key of the wrong length"};
    return base::bytesOf(bytes);
}

Result<KeySlot> readSlot(CborReader& in, Realm realm)
{
    auto count = TRY(in.map());
    if (count != kSlotFieldCount)
        return Error{ErrorCode::Malformed, "key slot with unknown fields"};
    KeySlot slot;
    auto kind = TRY(number(in, kKindField, UINT64_MAX));
    if (kind != static_cast<std::uint64_t>(KeySlot::Kind::Password))
        return Error{ErrorCode::Unsupported, "this kind of key slot"};
    TRY(expectKey(in, kSaltField));
    slot.kdf.salt = TRY(in.byteArray<crypto::kArgon2SaltSize>());
    auto passes = TRY(number(in, kPassesField, kCeiling.passes));
    slot.kdf.argon2.passes = static_cast<std::uint32_t>(passes);
    slot.kdf.argon2.memoryBytes = TRY(number(in, kMemoryField, kCeiling.memoryBytes));
    TRY(checkBounds(slot.kdf.argon2, realm));
    TRY(expectKey(in, kDeviceField));
    auto device = TRY(in.bytes());
    if (!device.empty())
        return Error{ErrorCode::Unsupported, "a wallet bound to a device"};
    slot.wrappedBookKey = TRY(wrappedKey(in, kBookKeyField));
    slot.wrappedSpendKey = TRY(wrappedKey(in, kSpendKeyField));
    return slot;
}

Result<void> readPreamble(CborReader& in)
{
    TRY(expectKey(in, kMagicField));
    auto magic = TRY(in.text());
    if (magic != kHeaderMagic)
        return Error{ErrorCode::Malformed, "not a wallet header"};
    auto version = TRY(number(in, kVersionField, UINT64_MAX));
    if (version > kFormatVersion)
        return Error{ErrorCode::VersionTooNew, "wallet format of a newer version"};
    if (version != kFormatVersion)
        return Error{ErrorCode::Malformed, "no such wallet format"};
    return {};
}

} // namespace

Bytes encodeHeader(const Header& header)
{
    return encode(header, WrappedKeys::Written);
}

Bytes associatedData(const Header& header)
{
    return encode(header, WrappedKeys::Empty);
}

Result<Header> decodeHeader(ByteView bytes)
{
    CborReader in(bytes);
    auto count = TRY(in.map());
    // The version stands near the front, so that a newer form is called by its name.
    TRY(readPreamble(in));
    if (count != kFieldCount)
        return Error{ErrorCode::Malformed, "header with unknown fields"};
    Header header;
    TRY(expectKey(in, kWalletIdField));
    auto walletId = TRY(in.byteArray<16>());
    header.walletId = base::Uuid(walletId);
    auto realm = TRY(number(in, kRealmField, static_cast<std::uint64_t>(Realm::Local)));
    header.realm = static_cast<Realm>(realm);
    header.flags = TRY(number(in, kFlagsField, UINT64_MAX));
    if ((header.flags & ~kKnownFlags) != 0)
        return Error{ErrorCode::VersionTooNew, "a wallet with unknown capabilities"};
    auto epoch = TRY(number(in, kEpochField, UINT32_MAX));
    header.keyEpoch = static_cast<std::uint32_t>(epoch);
    TRY(expectKey(in, kCreatedField));
    header.createdMs = TRY(in.integer());
    header.backupRecords = TRY(number(in, kBackupRecordsField, INT64_MAX));
    TRY(expectKey(in, kSlotsField));
    auto slots = TRY(in.array());
    if (slots != 1)
        return Error{ErrorCode::Unsupported, "a wallet with several key slots"};
    header.slot = TRY(readSlot(in, header.realm));
    TRY(in.expectEnd());
    return header;
}

} // namespace coffer::vault
