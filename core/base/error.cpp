// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/error.h"

#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace coffer::base {

void assertionFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
    std::abort();
}

namespace {

constexpr std::pair<ErrorCode, std::string_view> kNames[] = {
    {ErrorCode::Malformed, "malformed"},
    {ErrorCode::BadChecksum, "bad_checksum"},
    {ErrorCode::OutOfRange, "out_of_range"},
    {ErrorCode::TooLarge, "too_large"},
    {ErrorCode::Unsupported, "unsupported"},
    {ErrorCode::WrongNetwork, "wrong_network"},
    {ErrorCode::Usage, "usage"},
    {ErrorCode::NotFound, "not_found"},
    {ErrorCode::AlreadyExists, "already_exists"},
    {ErrorCode::Rejected, "rejected"},
    {ErrorCode::Expired, "expired"},
    {ErrorCode::Conflict, "conflict"},
    {ErrorCode::InsufficientFunds, "insufficient_funds"},
    {ErrorCode::Dust, "dust"},
    {ErrorCode::FeeOutOfBounds, "fee_out_of_bounds"},
    {ErrorCode::NotSynced, "not_synced"},
    {ErrorCode::NoPeer, "no_peer"},
    {ErrorCode::Unproved, "unproved"},
    {ErrorCode::Cancelled, "cancelled"},
    {ErrorCode::Timeout, "timeout"},
    {ErrorCode::Offline, "offline"},
    {ErrorCode::WrongPassword, "wrong_password"},
    {ErrorCode::PasswordNeeded, "password_needed"},
    {ErrorCode::Locked, "locked"},
    {ErrorCode::Damaged, "damaged"},
    {ErrorCode::VersionTooNew, "version_too_new"},
    {ErrorCode::InUse, "in_use"},
    {ErrorCode::ReadOnly, "read_only"},
    {ErrorCode::DiskFull, "disk_full"},
    {ErrorCode::PermissionDenied, "permission_denied"},
    {ErrorCode::Io, "io"},
    {ErrorCode::Network, "network"},
    {ErrorCode::WrongWallet, "wrong_wallet"},
    {ErrorCode::Internal, "internal"},
};

/// In the enum's order and complete, or it does not compile.
constexpr bool isComplete()
{
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
        if (static_cast<std::size_t>(kNames[i].first) != i)
            return false;
    }
    return std::size(kNames) == static_cast<std::size_t>(ErrorCode::Internal) + 1;
}
static_assert(isComplete());

} // namespace

std::string_view errorCodeName(ErrorCode code)
{
    return kNames[static_cast<std::size_t>(code)].second;
}

} // namespace coffer::base
