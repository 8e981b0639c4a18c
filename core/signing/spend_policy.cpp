// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/signing/spend_policy.h"

#include <algorithm>
#include <limits>

namespace coffer::signing {

using base::CborReader;
using base::CborType;
using base::CborWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::uint64_t kFormat = 1;
constexpr std::size_t kMaxAllowedScripts = 10'000;

bool raised(const std::optional<std::int64_t>& before, const std::optional<std::int64_t>& after)
{
    return before && (!after || *after > *before);
}

bool shareInput(const SpendCounters::Spent& first, const SpendCounters::Spent& second)
{
    return std::any_of(first.inputs.begin(), first.inputs.end(), [&](const auto& point) {
        return std::find(second.inputs.begin(), second.inputs.end(), point) != second.inputs.end();
    });
}

std::int64_t saturatingAdd(std::int64_t first, std::int64_t second)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(first, second, &sum))
        return std::numeric_limits<std::int64_t>::max();
    return sum;
}

void writeLimit(CborWriter& out, const std::optional<std::int64_t>& limit)
{
    if (limit)
        out.integer(*limit);
    else
        out.null();
}

Result<std::optional<std::int64_t>> readLimit(CborReader& in)
{
    const CborType type = TRY(in.peek());
    if (type == CborType::Null) {
        TRY(in.null());
        return std::optional<std::int64_t>();
    }
    const std::int64_t limit = TRY(in.integer());
    if (!bitcoin::isMoney(limit))
        return Error{ErrorCode::OutOfRange, "spend limit"};
    return std::optional(limit);
}

Result<void> expectFormat(CborReader& in, std::size_t members)
{
    const std::size_t count = TRY(in.array());
    const std::uint64_t format = TRY(in.uint());
    if (format != kFormat)
        return Error{ErrorCode::VersionTooNew, "policy of a newer version"};
    if (count != members)
        return Error{ErrorCode::Malformed, "policy of the wrong length"};
    return {};
}

} // namespace

bool loosens(const SpendPolicy& before, const SpendPolicy& after)
{
    if (before.state == PolicyState::Frozen && after.state == PolicyState::Active)
        return true;
    if (raised(before.perPayment, after.perPayment) || raised(before.perDay, after.perDay))
        return true;
    if (after.maxFee > before.maxFee || after.maxFeeRate > before.maxFeeRate)
        return true;
    if (before.allowedScripts.empty())
        return false;
    return after.allowedScripts.empty() ||
           std::any_of(after.allowedScripts.begin(), after.allowedScripts.end(),
                       [&](const base::Bytes& script) {
                           return std::find(before.allowedScripts.begin(),
                                            before.allowedScripts.end(),
                                            script) == before.allowedScripts.end();
                       });
}

std::int64_t SpendCounters::sum(std::int64_t nowMs) const
{
    std::int64_t total = 0;
    for (const Spent& payment : spent) {
        if (payment.atMs > nowMs - kDayMs)
            total = saturatingAdd(total, payment.amount);
    }
    return total;
}

SpendCounters SpendCounters::with(Spent payment, std::int64_t nowMs) const
{
    SpendCounters counters;
    std::int64_t replaced = 0;
    for (const Spent& earlier : spent) {
        if (earlier.atMs <= nowMs - kDayMs)
            continue;
        if (!shareInput(earlier, payment)) {
            counters.spent.push_back(earlier);
            continue;
        }
        // Either these confirm or the new one does: the larger side counts, and is remembered by
        // all their inputs.
        replaced = saturatingAdd(replaced, earlier.amount);
        for (const bitcoin::OutPoint& point : earlier.inputs) {
            if (std::find(payment.inputs.begin(), payment.inputs.end(), point) ==
                payment.inputs.end())
                payment.inputs.push_back(point);
        }
    }
    payment.amount = std::max(payment.amount, replaced);
    counters.spent.push_back(std::move(payment));
    return counters;
}

base::Bytes encodePolicy(const SpendPolicy& policy)
{
    CborWriter out;
    out.beginArray(7);
    out.uint(kFormat);
    out.uint(static_cast<std::uint64_t>(policy.state));
    writeLimit(out, policy.perPayment);
    writeLimit(out, policy.perDay);
    out.integer(policy.maxFee);
    out.integer(policy.maxFeeRate);
    out.beginArray(policy.allowedScripts.size());
    for (const base::Bytes& script : policy.allowedScripts)
        out.bytes(script);
    return out.take();
}

Result<SpendPolicy> decodePolicy(base::ByteView bytes)
{
    CborReader in(bytes);
    TRY(expectFormat(in, 7));
    SpendPolicy policy;
    const std::uint64_t state = TRY(in.uint());
    if (state > static_cast<std::uint64_t>(PolicyState::Frozen))
        return Error{ErrorCode::Malformed, "unknown policy state"};
    policy.state = static_cast<PolicyState>(state);
    policy.perPayment = TRY(readLimit(in));
    policy.perDay = TRY(readLimit(in));
    policy.maxFee = TRY(in.integer());
    policy.maxFeeRate = TRY(in.integer());
    if (policy.maxFee < 0 || policy.maxFeeRate < 0)
        return Error{ErrorCode::OutOfRange, "fee cap"};
    const std::size_t scripts = TRY(in.array());
    if (scripts > kMaxAllowedScripts)
        return Error{ErrorCode::TooLarge, "allow-list"};
    for (std::size_t i = 0; i < scripts; ++i) {
        const base::ByteView script = TRY(in.bytes());
        policy.allowedScripts.push_back(base::bytesOf(script));
    }
    TRY(in.expectEnd());
    return policy;
}

base::Bytes encodeCounters(const SpendCounters& counters)
{
    CborWriter out;
    out.beginArray(2);
    out.uint(kFormat);
    out.beginArray(counters.spent.size());
    for (const SpendCounters::Spent& payment : counters.spent) {
        out.beginArray(4);
        out.bytes(payment.intent.bytes());
        out.integer(payment.atMs);
        out.integer(payment.amount);
        out.beginArray(payment.inputs.size() * 2);
        for (const bitcoin::OutPoint& point : payment.inputs) {
            out.bytes(point.txid.bytes());
            out.uint(point.index);
        }
    }
    return out.take();
}

namespace {

Result<SpendCounters::Spent> readSpent(CborReader& in)
{
    const std::size_t members = TRY(in.array());
    if (members != 4)
        return Error{ErrorCode::Malformed, "counter of the wrong length"};
    SpendCounters::Spent payment;
    const auto intent = TRY(in.byteArray<16>());
    payment.intent = base::Uuid(intent);
    payment.atMs = TRY(in.integer());
    payment.amount = TRY(in.integer());
    if (payment.amount < 0)
        return Error{ErrorCode::OutOfRange, "counted amount"};
    const std::size_t halves = TRY(in.array());
    if (halves % 2 != 0)
        return Error{ErrorCode::Malformed, "counted inputs"};
    for (std::size_t i = 0; i < halves; i += 2) {
        const auto txid = TRY(in.byteArray<32>());
        const std::uint64_t index = TRY(in.uint());
        if (index > 0xffffffff)
            return Error{ErrorCode::Malformed, "counted inputs"};
        payment.inputs.push_back({bitcoin::Txid(txid), static_cast<std::uint32_t>(index)});
    }
    return payment;
}

} // namespace

Result<SpendCounters> decodeCounters(base::ByteView bytes)
{
    CborReader in(bytes);
    TRY(expectFormat(in, 2));
    const std::size_t count = TRY(in.array());
    if (count > kMaxCountedPayments)
        return Error{ErrorCode::TooLarge, "too many counted payments"};
    SpendCounters counters;
    for (std::size_t i = 0; i < count; ++i) {
        auto payment = TRY(readSpent(in));
        counters.spent.push_back(std::move(payment));
    }
    TRY(in.expectEnd());
    return counters;
}

} // namespace coffer::signing
