// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/account_record.h"

#include "core/bitcoin/descriptor/descriptor.h"

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kAccountMembers = 11;
constexpr std::size_t kCandidateMembers = 3;
constexpr std::size_t kScanMembers = 6;
constexpr std::size_t kMaxDescriptor = 64 * 1024;
constexpr std::size_t kMaxName = 256;

base::Result<std::string> boundedText(base::CborReader& in, std::size_t maximum)
{
    const auto text = TRY(in.text());
    if (text.size() > maximum)
        return Error{ErrorCode::TooLarge, "text too long in an account record"};
    return std::string(text);
}

base::Result<void> beginRecord(base::CborReader& in, std::size_t members)
{
    const auto count = TRY(in.array());
    const auto version = TRY(in.uint());
    if (version > kVersion)
        return Error{ErrorCode::VersionTooNew, "account record of a newer version"};
    if (version != kVersion || count != members)
        return Error{ErrorCode::Malformed, "account record with a wrong number of members"};
    return {};
}

template <typename T>
base::Result<T> boundedEnum(base::CborReader& in, T last)
{
    const auto value = TRY(in.uint());
    if (value > static_cast<std::uint64_t>(last))
        return Error{ErrorCode::Malformed, "unknown value in an account record"};
    return static_cast<T>(value);
}

base::Result<std::uint32_t> uint32(base::CborReader& in)
{
    const auto value = TRY(in.uint());
    if (value > UINT32_MAX)
        return Error{ErrorCode::OutOfRange, "number too large in an account record"};
    return static_cast<std::uint32_t>(value);
}

base::Result<std::optional<std::uint32_t>> optionalIndex(base::CborReader& in)
{
    const auto type = TRY(in.peek());
    if (type == base::CborType::Null) {
        TRY(in.null());
        return std::optional<std::uint32_t>();
    }
    const auto value = TRY(in.uint());
    if (value >= 0x80000000U)
        return Error{ErrorCode::OutOfRange, "index of a hardened key in a script state"};
    return std::optional<std::uint32_t>(static_cast<std::uint32_t>(value));
}

} // namespace

std::string publicDescriptor(const AccountRecord& account)
{
    // "...xpub/0/*)" and "...xpub/1/*)" become "...xpub/<0;1>/*)".
    const auto body = account.receive.substr(0, account.receive.find('#'));
    const auto branch = body.rfind("/0/*");
    if (account.change.empty() || branch == std::string::npos)
        return account.receive;
    auto other = body;
    other.replace(branch, 4, "/1/*");
    if (other != account.change.substr(0, account.change.find('#')))
        return account.receive;
    other.replace(branch, 4, "/<0;1>/*");
    const auto checksum = bitcoin::descriptorChecksum(other);
    return checksum ? other + "#" + *checksum : account.receive;
}

base::Bytes encodeAccount(const AccountRecord& account)
{
    base::CborWriter out;
    out.beginArray(kAccountMembers);
    out.uint(kVersion);
    out.bytes(account.id.bytes());
    out.text(account.name);
    out.uint(static_cast<std::uint64_t>(account.type));
    out.text(account.receive);
    out.text(account.change);
    out.text(account.path);
    out.uint(account.number);
    out.boolean(account.watchOnly);
    out.uint(account.birthdayHeight);
    out.integer(account.birthdayMs);
    return out.take();
}

base::Result<AccountRecord> decodeAccount(base::ByteView bytes)
{
    base::CborReader in(bytes);
    TRY(beginRecord(in, kAccountMembers));
    AccountRecord account;
    const auto id = TRY(in.byteArray<16>());
    account.id = base::Uuid(id);
    account.name = TRY(boundedText(in, kMaxName));
    account.type = TRY(boundedEnum(in, api::AccountType::Descriptor));
    account.receive = TRY(boundedText(in, kMaxDescriptor));
    account.change = TRY(boundedText(in, kMaxDescriptor));
    account.path = TRY(boundedText(in, kMaxName));
    account.number = TRY(uint32(in));
    account.watchOnly = TRY(in.boolean());
    account.birthdayHeight = TRY(uint32(in));
    account.birthdayMs = TRY(in.integer());
    TRY(in.expectEnd());
    return account;
}

base::Bytes encodeCandidate(const CandidateRecord& candidate)
{
    base::CborWriter out;
    out.beginArray(kCandidateMembers);
    out.uint(kVersion);
    out.uint(static_cast<std::uint64_t>(candidate.state));
    out.bytes(encodeAccount(candidate.account));
    return out.take();
}

base::Result<CandidateRecord> decodeCandidate(base::ByteView bytes)
{
    base::CborReader in(bytes);
    TRY(beginRecord(in, kCandidateMembers));
    CandidateRecord candidate;
    candidate.state = TRY(boundedEnum(in, CandidateState::Dropped));
    const auto account = TRY(in.bytes());
    candidate.account = TRY(decodeAccount(account));
    TRY(in.expectEnd());
    return candidate;
}

base::Bytes encodeScan(const ScanRecord& scan)
{
    base::CborWriter out;
    out.beginArray(kScanMembers);
    out.uint(kVersion);
    out.bytes(scan.account.bytes());
    out.integer(scan.testedTo);
    out.integer(scan.completedTo);
    out.integer(scan.completedMs);
    out.uint(static_cast<std::uint64_t>(scan.source));
    return out.take();
}

base::Result<ScanRecord> decodeScan(base::ByteView bytes)
{
    base::CborReader in(bytes);
    TRY(beginRecord(in, kScanMembers));
    ScanRecord scan;
    const auto account = TRY(in.byteArray<16>());
    scan.account = base::Uuid(account);
    scan.testedTo = TRY(in.integer());
    scan.completedTo = TRY(in.integer());
    scan.completedMs = TRY(in.integer());
    scan.source = TRY(boundedEnum(in, api::Source::Unknown));
    TRY(in.expectEnd());
    return scan;
}

base::Bytes encodeScriptState(const bitcoin::DescriptorState& state)
{
    base::CborWriter out;
    out.beginArray(5);
    out.uint(1);
    out.bytes(state.account.bytes());
    out.uint(static_cast<std::uint64_t>(state.role));
    for (const auto& index : {state.lastUsed, state.lastRevealed}) {
        if (index)
            out.uint(*index);
        else
            out.null();
    }
    return out.take();
}

base::Result<bitcoin::DescriptorState> decodeScriptState(base::ByteView bytes)
{
    base::CborReader in(bytes);
    const auto members = TRY(in.array());
    const auto version = TRY(in.uint());
    if (version > 1)
        return Error{ErrorCode::VersionTooNew, "script state of a newer version"};
    if (members != 5 || version != 1)
        return Error{ErrorCode::Malformed, "script state with a wrong number of members"};
    bitcoin::DescriptorState state;
    const auto account = TRY(in.byteArray<16>());
    state.account = base::Uuid(account);
    const auto role = TRY(in.uint());
    if (role > 1)
        return Error{ErrorCode::Malformed, "unknown role in a script state"};
    state.role = static_cast<bitcoin::DescriptorRole>(role);
    state.lastUsed = TRY(optionalIndex(in));
    state.lastRevealed = TRY(optionalIndex(in));
    TRY(in.expectEnd());
    return state;
}

} // namespace coffer::engine
