// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/labels.h"

namespace coffer::ledger {

/// An import that changes a label which says something else already.
struct LabelConflict
{
    LabelTarget target;
    std::string before;
    std::string after;
};

/// What an import would change.
struct LabelImport
{
    std::vector<Label> changed;           ///< What to record: only what differs from the book.
    std::vector<LabelConflict> conflicts; ///< Of these, those that replace another text.
    std::size_t unchanged = 0;
    std::size_t ignored = 0;                 ///< Unknown types ("spscan") and references.
    std::vector<std::size_t> malformedLines; ///< Counted from 1; the first kMaxMalformedLines.
};

inline constexpr std::size_t kMaxBip329Bytes = 64 * 1024 * 1024;
inline constexpr std::size_t kMaxBip329Line = 64 * 1024;
inline constexpr std::size_t kMaxMalformedLines = 100;

/// Reads BIP329 (JSON Lines). A missing label or `spendable` leaves what is there; unknown types
/// and keys are ignored; of several lines for one target the last wins. Malformed only if no line
/// is readable; TooLarge.
base::Result<LabelImport> importBip329(std::string_view text, const LabelBook& book,
                                       std::int64_t nowMs);

/// Writes BIP329: types it knows, labels cut to 255 characters at a character's end.
std::string exportBip329(const LabelBook& book);

} // namespace coffer::ledger
