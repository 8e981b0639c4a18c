// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/text_index.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>

namespace coffer::ledger {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kSkippingSize =
    4; // From here on skipping is faster than looking at each byte.
constexpr std::size_t kMinimumGarbage =
    64 * 1024; // Below that, rewriting costs more than it saves.

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::string foldText(std::string_view utf8)
{
    std::string out(utf8);
    if (isAscii(utf8)) {
        for (char& c : out) {
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c + 32);
        }
        return out;
    }
    utf8proc_uint8_t* folded = nullptr;
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                   static_cast<utf8proc_ssize_t>(utf8.size()), &folded, options);
    if (size >= 0)
        out.assign(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
    std::free(folded); // utf8proc allocates with malloc.
    return out;
}

void TextIndex::set(std::size_t row, std::string_view utf8)
{
    if (row >= m_segmentOfRow.size())
        m_segmentOfRow.resize(row + 1, kNone);
    std::string folded = foldText(utf8);
    std::erase(folded, '\0'); // The end of a segment.
    const std::size_t old = m_segmentOfRow[row];
    if (old != kNone) {
        Segment& segment = m_segments[old];
        const char* begin = m_text.data() + segment.begin;
        const std::size_t size = std::strlen(begin);
        if (std::string_view(begin, size) == folded)
            return;
        segment.row = kNone;
        m_garbage += size + 1;
    }
    m_segmentOfRow[row] = m_segments.size();
    m_segments.push_back({m_text.size(), row});
    m_text += folded;
    m_text += '\0';
    if (m_garbage > kMinimumGarbage && m_garbage > m_text.size() / 2)
        compact();
}

void TextIndex::compact()
{
    std::string text;
    std::vector<Segment> segments;
    text.reserve(m_text.size() - m_garbage);
    for (const Segment& segment : m_segments) {
        if (segment.row == kNone)
            continue;
        m_segmentOfRow[segment.row] = segments.size();
        segments.push_back({text.size(), segment.row});
        const char* begin = m_text.data() + segment.begin;
        text.append(begin, std::strlen(begin) + 1);
    }
    m_text = std::move(text);
    m_segments = std::move(segments);
    m_garbage = 0;
}

bool TextIndex::contains(std::size_t row, std::string_view folded) const
{
    if (row >= m_segmentOfRow.size() || m_segmentOfRow[row] == kNone)
        return folded.empty();
    const std::string_view text = m_text.c_str() + m_segments[m_segmentOfRow[row]].begin;
    return text.find(folded) != std::string_view::npos;
}

std::vector<bool> TextIndex::containing(std::string_view utf8, std::size_t rows) const
{
    std::vector<bool> out(rows, false);
    std::string needle = foldText(utf8);
    std::erase(needle, '\0');
    if (needle.empty()) {
        out.assign(rows, true);
        return out;
    }
    const std::boyer_moore_horspool_searcher searcher(needle.begin(), needle.end());
    const auto find = [&](std::size_t begin) {
        if (needle.size() < kSkippingSize)
            return std::min(m_text.find(needle, begin), m_text.size());
        const auto hit = std::search(m_text.begin() + static_cast<std::ptrdiff_t>(begin),
                                     m_text.end(), searcher);
        return static_cast<std::size_t>(hit - m_text.begin());
    };
    std::size_t segment = 0;
    std::size_t from = 0;
    while (from < m_text.size()) {
        const std::size_t at = find(from);
        if (at == m_text.size())
            break;
        // The segment with the hit; hits come in order, so this walks each segment once.
        while (segment + 1 < m_segments.size() && m_segments[segment + 1].begin <= at)
            ++segment;
        const std::size_t row = m_segments[segment].row;
        if (row < rows)
            out[row] = true;
        // One hit in a row is enough.
        from = segment + 1 < m_segments.size() ? m_segments[segment + 1].begin : m_text.size();
    }
    return out;
}

} // namespace coffer::ledger
