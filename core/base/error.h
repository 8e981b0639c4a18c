// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace coffer::base {

/// What someone can do about a failure: one entry per different *reaction*, not per cause.
enum class ErrorCode
{
    // The input is wrong.
    Malformed,    ///< Cannot be read as what it should be.
    BadChecksum,  ///< Readable, but its checksum says it was mistyped or damaged.
    OutOfRange,   ///< A number outside what is allowed here.
    TooLarge,     ///< More bytes, elements or nesting than we accept.
    Unsupported,  ///< Valid, but not something Coffer does.
    WrongNetwork, ///< Valid on another network.
    Usage,        ///< The command itself is wrong.

    // The request cannot be done as things stand.
    NotFound,          ///< No such thing.
    AlreadyExists,     ///< There is one of that name.
    Rejected,          ///< Policy, a second confirm, or an id that is no longer good.
    Expired,           ///< The offer is too old: prepare again.
    Conflict,          ///< Contradicts what is already recorded.
    InsufficientFunds, ///< Not enough spendable money, fee included.
    Dust,              ///< The amount is below what the network relays.
    FeeOutOfBounds,    ///< The fee is absurdly high or below what is relayed.
    NotSynced,         ///< The node has not got there yet.
    NoPeer,            ///< Nobody to ask.
    Unproved,          ///< The other side's claim does not hold.
    Cancelled,         ///< Somebody stopped it.
    Timeout,           ///< No answer in time.
    Offline,           ///< The person switched the network off.

    // Keys and files.
    WrongPassword,    ///< The password does not open this wallet.
    PasswordNeeded,   ///< This command needs the password in the request.
    Locked,           ///< The wallet is locked.
    Damaged,          ///< The file's contents do not fit together.
    VersionTooNew,    ///< Written by a newer version.
    InUse,            ///< Another process holds it.
    ReadOnly,         ///< The file or its folder cannot be written.
    DiskFull,         ///< No space left.
    PermissionDenied, ///< The system refuses.
    Io,               ///< The disk or the system failed otherwise.
    Network,          ///< The connection failed.
    WrongWallet,      ///< Keys or file belong to another wallet.

    Internal, ///< A bug: an invariant does not hold. Nothing was done.
};

/// The stable name of a code, as JSON and the log show it ("wrong_password").
std::string_view errorCodeName(ErrorCode code);

/// A failure: a code to act on and English for the log. `detail` never holds a secret.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
};

} // namespace coffer::base
