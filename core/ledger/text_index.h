// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <string>
#include <string_view>
#include <vector>

namespace coffer::ledger {

/// Case-folded, canonically composed UTF-8, so that "CAFÉ" is found by "café". Invalid UTF-8 as it
/// is.
std::string foldText(std::string_view utf8);

/// Finds the rows whose text contains something: one block of folded text, scanned front to back.
class TextIndex
{
public:
    /// Sets or replaces the text of a row.
    void set(std::size_t row, std::string_view utf8);
    /// One flag per row below `rows`.
    std::vector<bool> containing(std::string_view utf8, std::size_t rows) const;
    /// Whether one row contains something that foldText() has folded.
    bool contains(std::size_t row, std::string_view folded) const;

private:
    struct Segment
    {
        std::size_t begin = 0;
        std::size_t row = 0;
    };
    void compact();

    std::string m_text; ///< Segments, each closed by a zero byte.
    std::vector<Segment> m_segments;
    std::vector<std::size_t> m_segmentOfRow; ///< kNone: none.
    std::size_t m_garbage = 0;
};

} // namespace coffer::ledger
