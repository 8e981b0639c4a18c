// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::risk {

/// How loudly a finding speaks. A danger blocks until it is acknowledged; a warning never blocks.
enum class Severity
{
    Ok,
    Warning,
    Danger
};

/// What was found. The id of each (ruleId) is stable: windows translate it, people acknowledge it.
/// The parameters of a finding, in their order, are named behind each rule.
enum class Rule
{
    OwnAddress,       ///< Danger. account name
    KnownPayee,       ///< Ok. name (may be empty), number of payments before
    FirstTime,        ///< Warning. -
    LookAlike,        ///< Danger. known address, its name (may be empty)
    ClipboardChanged, ///< Danger. what the clipboard holds now
    LargeShare,       ///< Warning. percent of the balance
    AboveUsual,       ///< Warning. largest payment of 30 days in minor units
    DustAmount,       ///< Danger. least amount in minor units
    HighFeeShare,     ///< Warning above 5 %, danger above 50 %. percent
    HighFeeRate,      ///< Warning. times the median, rounded down
    TestNetwork,      ///< Warning. name of the network
    PaysSelf,         ///< Ok. -  (every output is ours)
    UnconfirmedCoins  ///< Warning. number of inputs that wait for a block
};

/// "own_address", "look_alike", ...
std::string_view ruleId(Rule rule);
std::string_view severityName(Severity severity);

/// One thing about a payment that a person should know before signing.
struct Finding
{
    Rule rule = Rule::FirstTime;
    Severity severity = Severity::Ok;
    std::vector<std::string> parameters;
    bool operator==(const Finding&) const = default;
};

/// Danger first, then warning, then ok; the order within is kept.
void sortFindings(std::vector<Finding>& findings);

} // namespace coffer::risk
