// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/base/cbor.h"
#include "core/base/uuid.h"
#include "core/bitcoin/wallet/script_index.h"

#include <optional>
#include <string>

namespace coffer::engine {

/// What is stored about an account: the latest record of an id counts.
struct AccountRecord
{
    base::Uuid id;
    std::string name;
    api::AccountType type = api::AccountType::Bip84;
    std::string receive;      ///< Public descriptor with checksum.
    std::string change;       ///< Empty for a descriptor without a change branch.
    std::string path;         ///< "m/84h/0h/0h"; empty if unknown.
    std::uint32_t number = 0; ///< BIP44 account number of own accounts.
    bool watchOnly = false;
    std::uint32_t birthdayHeight = 0;
    std::int64_t birthdayMs = 0; ///< 0: unknown.

    bool operator==(const AccountRecord&) const = default;
};

/// How far the search for an account that nobody named has come.
enum class CandidateState : std::uint8_t
{
    Waiting = 0,  ///< Its turn comes when the account before it has history.
    Searched = 1, ///< Its scripts are watched.
    Dropped = 2   ///< The scan is through and found nothing.
};

/// An account that may turn up in a restore: derived while the root was open, so that the search
/// needs no password. An account record of the same id ends it.
struct CandidateRecord
{
    AccountRecord account;
    CandidateState state = CandidateState::Waiting;

    bool operator==(const CandidateRecord&) const = default;
};

/// How far an account was looked for.
struct ScanRecord
{
    base::Uuid account;
    std::int64_t testedTo = -1;    ///< Every script up to this height; -1: nothing yet.
    std::int64_t completedTo = -1; ///< The height of the last fix point; -1: never (still looking).
    std::int64_t completedMs = 0;
    api::Source source = api::Source::Unknown;

    bool operator==(const ScanRecord&) const = default;
};

/// One text for both branches (BIP389 <0;1> where they differ in that step only), with checksum.
std::string publicDescriptor(const AccountRecord& account);

base::Bytes encodeAccount(const AccountRecord& account);
/// Malformed, VersionTooNew, TooLarge.
base::Result<AccountRecord> decodeAccount(base::ByteView bytes);
base::Bytes encodeCandidate(const CandidateRecord& candidate);
base::Result<CandidateRecord> decodeCandidate(base::ByteView bytes);
base::Bytes encodeScan(const ScanRecord& scan);
base::Result<ScanRecord> decodeScan(base::ByteView bytes);

/// What an account has used and handed out.
base::Bytes encodeScriptState(const bitcoin::DescriptorState& state);
base::Result<bitcoin::DescriptorState> decodeScriptState(base::ByteView bytes);

} // namespace coffer::engine
