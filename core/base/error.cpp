// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/error.h"

#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace coffer::base {

void assertionFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
    std::abort();
}

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Malformed:
        return "malformed";
    case ErrorCode::BadChecksum:
        return "bad_checksum";
    case ErrorCode::OutOfRange:
        return "out_of_range";
    case ErrorCode::TooLarge:
        return "too_large";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::WrongNetwork:
        return "wrong_network";
    case ErrorCode::Usage:
        return "usage";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::AlreadyExists:
        return "already_exists";
    case ErrorCode::Rejected:
        return "rejected";
    case ErrorCode::Expired:
        return "expired";
    case ErrorCode::Conflict:
        return "conflict";
    case ErrorCode::InsufficientFunds:
        return "insufficient_funds";
    case ErrorCode::Dust:
        return "dust";
    case ErrorCode::FeeOutOfBounds:
        return "fee_out_of_bounds";
    case ErrorCode::NotSynced:
        return "not_synced";
    case ErrorCode::NoPeer:
        return "no_peer";
    case ErrorCode::Unproved:
        return "unproved";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Timeout:
        return "timeout";
    case ErrorCode::Offline:
        return "offline";
    case ErrorCode::WrongPassword:
        return "wrong_password";
    case ErrorCode::PasswordNeeded:
        return "password_needed";
    case ErrorCode::Locked:
        return "locked";
    case ErrorCode::Damaged:
        return "damaged";
    case ErrorCode::VersionTooNew:
        return "version_too_new";
    case ErrorCode::InUse:
        return "in_use";
    case ErrorCode::ReadOnly:
        return "read_only";
    case ErrorCode::DiskFull:
        return "disk_full";
    case ErrorCode::PermissionDenied:
        return "permission_denied";
    case ErrorCode::Io:
        return "io";
    case ErrorCode::Network:
        return "network";
    case ErrorCode::WrongWallet:
        return "wrong_wallet";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

} // namespace coffer::base
