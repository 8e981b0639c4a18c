// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/risk/payee_check.h"

#include <algorithm>
#include <array>

namespace coffer::risk {

using money::Amount;

namespace {

/// Characters that people compare at either end.
constexpr std::size_t kCompared = 4;
/// Prefixes that tell the network, not the payee.
constexpr std::array<std::string_view, 6> kPrefixes{"bcrt1", "tsp1", "bc1", "tb1", "sp1", "0x"};

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// Addresses whose case says nothing are compared in lower case.
std::string canonical(std::string_view address)
{
    const std::string small = lower(address);
    for (const std::string_view prefix : kPrefixes) {
        if (small.starts_with(prefix))
            return small;
    }
    return std::string(address);
}

/// What a person reads: the address without its network prefix. The version character behind a
/// bech32 prefix is the same for all addresses of a type, but people count it, so it stays.
std::string_view body(std::string_view canonicalAddress)
{
    for (const std::string_view prefix : kPrefixes) {
        if (canonicalAddress.starts_with(prefix))
            return canonicalAddress.substr(prefix.size());
    }
    return canonicalAddress;
}

/// part * 100 / whole, or nothing if that cannot be said.
std::optional<Amount> percentOf(const Amount& part, const Amount& whole)
{
    if (whole.sign() <= 0)
        return std::nullopt;
    const auto percent = part.timesRatio(Amount(100), whole, money::Rounding::Down);
    if (!percent)
        return std::nullopt;
    return *percent;
}

void checkAgainstKnown(const std::string& address, const PayeeContext& context,
                       std::vector<Finding>& findings)
{
    const KnownPayee* same = nullptr;
    const KnownPayee* alike = nullptr;
    for (const KnownPayee& payee : context.known) {
        const std::string other = canonical(payee.address);
        // A contact's name says more than a line of the history.
        if (other == address && (!same || (same->name.empty() && !payee.name.empty())))
            same = &payee;
        else if (looksAlike(other, address) && (!alike || alike->name.empty()))
            alike = &payee;
    }
    for (const KnownPayee& payee : context.own) {
        if (!alike && looksAlike(canonical(payee.address), address))
            alike = &payee;
    }
    // A twin that was fooled into the history once stays suspect beside the older one.
    if (alike && (!same || same->payments <= alike->payments))
        findings.push_back({Rule::LookAlike, Severity::Danger, {alike->address, alike->name}});
    if (!same) {
        findings.push_back({Rule::FirstTime, Severity::Warning, {}});
        return;
    }
    findings.push_back(
        {Rule::KnownPayee, Severity::Ok, {same->name, std::to_string(same->payments)}});
    if (same->payments == 0)
        findings.push_back({Rule::FirstTime, Severity::Warning, {}});
}

} // namespace

bool looksAlike(std::string_view first, std::string_view second)
{
    const std::string a = canonical(first);
    const std::string b = canonical(second);
    if (a == b)
        return false;
    const std::string_view x = body(a);
    const std::string_view y = body(b);
    if (x.size() < 2 * kCompared || y.size() < 2 * kCompared)
        return false;
    return x.substr(0, kCompared) == y.substr(0, kCompared) &&
           x.substr(x.size() - kCompared) == y.substr(y.size() - kCompared);
}

std::vector<Finding> checkPayee(std::string_view address, const PayeeContext& context)
{
    std::vector<Finding> findings;
    const std::string wanted = canonical(address);
    if (!context.lastCopied.empty() && looksAlike(context.lastCopied, wanted))
        findings.push_back(
            {Rule::LookAlike, Severity::Danger, {std::string(context.lastCopied), {}}});
    if (!context.clipboardNow.empty() && canonical(context.clipboardNow) != wanted)
        findings.push_back(
            {Rule::ClipboardChanged, Severity::Danger, {std::string(context.clipboardNow)}});
    const auto own = std::find_if(context.own.begin(), context.own.end(), [&](const auto& payee) {
        return canonical(payee.address) == wanted;
    });
    if (own != context.own.end())
        findings.push_back({Rule::OwnAddress, Severity::Danger, {own->name}});
    else
        checkAgainstKnown(wanted, context, findings);
    // The same twin may have been copied and known: say it once.
    std::vector<Finding> unique;
    for (Finding& finding : findings) {
        if (std::find(unique.begin(), unique.end(), finding) == unique.end())
            unique.push_back(std::move(finding));
    }
    sortFindings(unique);
    return unique;
}

std::vector<Finding> checkNumbers(const PaymentNumbers& numbers)
{
    std::vector<Finding> findings;
    if (numbers.dustLimit && numbers.amount < *numbers.dustLimit)
        findings.push_back({Rule::DustAmount, Severity::Danger, {numbers.dustLimit->toString()}});
    if (numbers.balance) {
        const auto share = percentOf(numbers.amount, *numbers.balance);
        if (share && *share > Amount(kLargeSharePercent) && !numbers.paysSelf)
            findings.push_back({Rule::LargeShare, Severity::Warning, {share->toString()}});
    }
    if (numbers.largestOf30Days && numbers.amount > *numbers.largestOf30Days && !numbers.paysSelf)
        findings.push_back(
            {Rule::AboveUsual, Severity::Warning, {numbers.largestOf30Days->toString()}});
    const auto feeShare = percentOf(numbers.fee, numbers.amount);
    if (feeShare) {
        // Compared exactly, shown rounded down: 5.1 % is above 5 %.
        const auto hundredfold = numbers.fee.times(Amount(100));
        const auto limit = numbers.amount.times(Amount(kHighFeePercent));
        const bool absurd = *feeShare >= Amount(kAbsurdFeePercent);
        if (hundredfold && limit && *hundredfold > *limit)
            findings.push_back({Rule::HighFeeShare,
                                absurd ? Severity::Danger : Severity::Warning,
                                {feeShare->toString()}});
    }
    if (numbers.medianFeeRate && *numbers.medianFeeRate > 0 &&
        numbers.feeRate / kHighFeeRateFactor > *numbers.medianFeeRate)
        findings.push_back({Rule::HighFeeRate,
                            Severity::Warning,
                            {std::to_string(numbers.feeRate / *numbers.medianFeeRate)}});
    if (!numbers.testNetwork.empty())
        findings.push_back(
            {Rule::TestNetwork, Severity::Warning, {std::string(numbers.testNetwork)}});
    if (numbers.unconfirmedInputs > 0)
        findings.push_back({Rule::UnconfirmedCoins,
                            Severity::Warning,
                            {std::to_string(numbers.unconfirmedInputs)}});
    if (numbers.paysSelf)
        findings.push_back({Rule::PaysSelf, Severity::Ok, {}});
    sortFindings(findings);
    return findings;
}

} // namespace coffer::risk
