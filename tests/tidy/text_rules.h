// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/tidy/source_file.h"

#include <functional>

namespace coffer::tidy {

using Findings = std::vector<Finding>;

/// One house rule that a machine can check, and its name in exceptions.txt.
struct Rule
{
    QString name;
    std::function<void(const SourceFile& file, Findings& findings)> check;
};

/// Rules that are one regular expression in certain folders (pattern_rules.cpp).
std::vector<Rule> patternRules();
/// Rules that need more: the forms of TRY, sizes, comments (shape_rules.cpp).
std::vector<Rule> shapeRules();

/// Both, in order.
std::vector<Rule> textRules();
/// Runs all rules over one file.
Findings checkText(const SourceFile& file);

/// Subtracts what exceptions.txt allows: lines "rule path count  # reason". The list may only
/// shrink: an exception that is larger than needed, or whose file is gone, is a finding itself.
Findings applyExceptions(Findings findings, const QString& exceptions);

} // namespace coffer::tidy
