// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/bip329.h"

#include "core/base/json.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

constexpr std::size_t kExportedCharacters = 255; // BIP329 asks importers for at least that.

std::optional<LabelKind> kindOf(const std::string& type)
{
    for (const LabelKind kind : {LabelKind::Transaction, LabelKind::Address, LabelKind::PublicKey,
                                 LabelKind::Input, LabelKind::Output, LabelKind::ExtendedKey}) {
        if (labelKindName(kind) == type)
            return kind;
    }
    return std::nullopt;
}

bool isBip329(LabelKind kind)
{
    return kind != LabelKind::Account && kind != LabelKind::Entry;
}

bool isHexReference(LabelKind kind)
{
    return kind == LabelKind::Transaction || kind == LabelKind::PublicKey ||
           kind == LabelKind::Input || kind == LabelKind::Output;
}

/// Line breaks and other controls become spaces; too long texts end at a character.
std::string tidied(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    }
    if (text.size() > kMaxLabelBytes) {
        std::size_t end = kMaxLabelBytes;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        text.resize(end);
    }
    return text;
}

enum class Line
{
    Taken,
    Ignored,
    Malformed
};

/// The labels after the import, begun from those of the book.
class Importer
{
public:
    Importer(const LabelBook& book, std::int64_t nowMs)
        : m_book(book)
        , m_nowMs(nowMs)
    {
    }

    Line read(std::string_view line)
    {
        if (line.size() > kMaxBip329Line)
            return Line::Malformed;
        const auto json = base::parseJson(line, 8);
        if (!json || !json->is_object())
            return Line::Malformed;
        const auto type = base::jsonString(*json, "type");
        auto reference = base::jsonString(*json, "ref");
        if (!type || !reference)
            return Line::Malformed;
        const auto kind = kindOf(*type);
        if (!kind)
            return Line::Ignored;
        return take(*json, *kind, reference.take());
    }

    /// Changed labels and conflicts.
    void finish(LabelImport& out) const
    {
        for (const auto& [target, label] : m_labels) {
            const Label* before = m_book.find(target);
            const bool same = before && before->text == label.text &&
                              before->origin == label.origin &&
                              before->spendable == label.spendable;
            if (same || (!before && label.text.empty() && !label.spendable)) {
                ++out.unchanged;
                continue;
            }
            if (before && !before->text.empty() && before->text != label.text)
                out.conflicts.push_back({target, before->text, label.text});
            out.changed.push_back(label);
        }
    }

private:
    Line take(const Json& json, LabelKind kind, std::string reference)
    {
        const auto text = base::jsonOptionalString(json, "label");
        const auto origin = base::jsonOptionalString(json, "origin");
        // BIP329 gives `spendable` to outputs only; elsewhere it means nothing.
        const auto spendable = kind == LabelKind::Output
                                   ? base::jsonOptionalBoolean(json, "spendable")
                                   : Result<std::optional<bool>>(std::optional<bool>());
        if (!text || !origin || !spendable)
            return Line::Malformed;
        if (isHexReference(kind)) {
            for (char& c : reference)
                c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
        }
        Label label;
        label.target = {kind, std::move(reference)};
        if (const auto found = m_labels.find(label.target); found != m_labels.end())
            label = found->second;
        else if (const Label* before = m_book.find(label.target))
            label = *before;
        label.timeMs = m_nowMs;
        if (*text)
            label.text = tidied(**text);
        if (*origin)
            label.origin = tidied(**origin);
        if (*spendable)
            label.spendable = **spendable;
        if (!checkLabel(label))
            return Line::Ignored; // Readable, but of nothing that we could have.
        m_labels.insert_or_assign(label.target, label);
        return Line::Taken;
    }

    const LabelBook& m_book;
    std::int64_t m_nowMs;
    std::map<LabelTarget, Label> m_labels;
};

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string firstCharacters(const std::string& text, std::size_t count)
{
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
        if (begins && characters++ == count)
            return text.substr(0, i);
    }
    return text;
}

} // namespace

Result<LabelImport> importBip329(std::string_view text, const LabelBook& book, std::int64_t nowMs)
{
    if (text.size() > kMaxBip329Bytes)
        return Error{ErrorCode::TooLarge, "label file is too large"};
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3); // A byte order mark, as Windows editors add it.
    LabelImport out;
    Importer importer(book, nowMs);
    std::size_t number = 0;
    std::size_t readable = 0;
    std::size_t malformed = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (isBlank(line))
            continue;
        const Line outcome = importer.read(line);
        if (outcome == Line::Malformed) {
            ++malformed;
            if (out.malformedLines.size() < kMaxMalformedLines)
                out.malformedLines.push_back(number);
            continue;
        }
        ++readable;
        out.ignored += outcome == Line::Ignored ? 1 : 0;
    }
    if (readable == 0 && malformed > 0)
        return Error{ErrorCode::Malformed, "not a BIP329 file: no line is readable"};
    importer.finish(out);
    return out;
}

std::string exportBip329(const LabelBook& book)
{
    std::string out;
    for (const auto& [target, label] : book.all()) {
        if (!isBip329(target.kind) || (label.text.empty() && !label.spendable))
            continue;
        Json line;
        line["type"] = std::string(labelKindName(target.kind));
        line["ref"] = target.reference;
        if (!label.text.empty())
            line["label"] = firstCharacters(label.text, kExportedCharacters);
        if (!label.origin.empty())
            line["origin"] = label.origin;
        if (label.spendable)
            line["spendable"] = *label.spendable;
        out += base::writeJson(line) + "\n";
    }
    return out;
}

} // namespace coffer::ledger
