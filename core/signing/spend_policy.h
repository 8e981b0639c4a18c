// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cbor.h"
#include "core/base/uuid.h"
#include "core/bitcoin/transaction.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace coffer::signing {

/// Whether signatures are given at all.
enum class PolicyState : std::uint8_t
{
    Active = 0,
    Frozen = 1 ///< Panic: nothing is signed until the policy is loosened with the spend password.
};

/// What a wallet refuses to sign, whatever was reviewed. Sealed by the caller under the wallet's
/// head.
struct SpendPolicy
{
    PolicyState state = PolicyState::Active;
    std::optional<std::int64_t> perPayment; ///< Satoshi leaving the wallet, fee included.
    std::optional<std::int64_t> perDay;     ///< In any 24 hours.
    std::int64_t maxFee = 10'000'000;       ///< Satoshi.
    std::int64_t maxFeeRate = 10'000'000;   ///< Satoshi per 1,000 vB.
    /// Only these output scripts may be paid; empty: any.
    std::vector<base::Bytes> allowedScripts;
    bool operator==(const SpendPolicy&) const = default;
};

/// Whether changing `before` to `after` allows anything that was refused: then the spend password
/// is needed.
bool loosens(const SpendPolicy& before, const SpendPolicy& after);

/// What left the wallet in the last 24 hours, one line for each approved payment.
struct SpendCounters
{
    struct Spent
    {
        base::Uuid intent;
        std::int64_t atMs = 0;
        std::int64_t amount = 0;
        /// Its inputs. A payment that spends one of them again replaces this one: both cannot
        /// confirm.
        std::vector<bitcoin::OutPoint> inputs;
        bool operator==(const Spent&) const = default;
    };
    std::vector<Spent> spent;

    /// In the 24 hours before `nowMs`. Times in the future count: a clock set back frees nothing.
    std::int64_t sum(std::int64_t nowMs) const;
    /// With one more payment and without what is older than 24 hours. Payments that share an input
    /// count once, by the larger side: a replacement is no second payment.
    SpendCounters with(Spent payment, std::int64_t nowMs) const;
    bool operator==(const SpendCounters&) const = default;
};

/// At most this many payments are approved in 24 hours.
inline constexpr std::size_t kMaxCountedPayments = 10'000;

base::Bytes encodePolicy(const SpendPolicy& policy);
base::Result<SpendPolicy> decodePolicy(base::ByteView bytes);
base::Bytes encodeCounters(const SpendCounters& counters);
base::Result<SpendCounters> decodeCounters(base::ByteView bytes);

} // namespace coffer::signing
