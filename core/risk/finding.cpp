// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/risk/finding.h"

#include <algorithm>

namespace coffer::risk {

std::string_view ruleId(Rule rule)
{
    switch (rule) {
    case Rule::OwnAddress:
        return "own_address";
    case Rule::KnownPayee:
        return "known_payee";
    case Rule::FirstTime:
        return "first_time";
    case Rule::LookAlike:
        return "look_alike";
    case Rule::ClipboardChanged:
        return "clipboard_changed";
    case Rule::LargeShare:
        return "large_share";
    case Rule::AboveUsual:
        return "above_usual";
    case Rule::DustAmount:
        return "dust";
    case Rule::HighFeeShare:
        return "high_fee";
    case Rule::HighFeeRate:
        return "high_fee_rate";
    case Rule::TestNetwork:
        return "test_network";
    case Rule::PaysSelf:
        return "pays_self";
    case Rule::UnconfirmedCoins:
        return "unconfirmed_coins";
    }
    return "";
}

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return "ok";
    case Severity::Warning:
        return "warning";
    case Severity::Danger:
        return "danger";
    }
    return "";
}

void sortFindings(std::vector<Finding>& findings)
{
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
}

} // namespace coffer::risk
