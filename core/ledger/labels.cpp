// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/labels.h"

#include "core/base/cbor.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kMembers = 7; // Version, kind, reference, text, origin, spendable, time.
constexpr std::size_t kTxidDigits = 64;

constexpr std::array<std::string_view, 9> kKindNames = {
    "", "tx", "addr", "pubkey", "input", "output", "xpub", "account", "entry"};

Error badLabel(const char* detail)
{
    return Error{ErrorCode::Malformed, detail};
}

bool isLowerHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isOutpoint(std::string_view text)
{
    if (text.size() < kTxidDigits + 2 || text[kTxidDigits] != ':')
        return false;
    const std::string_view index = text.substr(kTxidDigits + 1);
    const bool digits = index.size() <= 10 && std::all_of(index.begin(), index.end(), [](char c) {
                            return c >= '0' && c <= '9';
                        });
    return digits && (index.size() == 1 || index.front() != '0') &&
           isLowerHex(text.substr(0, kTxidDigits));
}

bool isToken(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool fits(const LabelTarget& target)
{
    const std::string_view reference = target.reference;
    switch (target.kind) {
    case LabelKind::Transaction:
        return reference.size() == kTxidDigits && isLowerHex(reference);
    case LabelKind::Input:
    case LabelKind::Output:
        return isOutpoint(reference);
    case LabelKind::PublicKey:
        return (reference.size() == 64 || reference.size() == 66 || reference.size() == 130) &&
               isLowerHex(reference);
    case LabelKind::Account:
    case LabelKind::Entry: {
        const auto id = base::Uuid::parse(reference);
        return id && id->toString() == reference;
    }
    case LabelKind::Address:
    case LabelKind::ExtendedKey:
        break;
    }
    return !reference.empty() && isToken(reference);
}

bool hasControlCharacters(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

} // namespace

std::string_view labelKindName(LabelKind kind)
{
    return kKindNames.at(static_cast<std::size_t>(kind));
}

Result<void> checkLabel(const Label& label)
{
    if (label.text.size() > kMaxLabelBytes || label.origin.size() > kMaxLabelBytes ||
        label.target.reference.size() > kMaxLabelReference)
        return Error{ErrorCode::TooLarge, "label is too long"};
    if (!fits(label.target))
        return badLabel("a label of something that cannot exist");
    for (const std::string* text : {&label.text, &label.origin}) {
        if (!base::isUtf8(base::viewOf(*text)))
            return badLabel("label is not UTF-8");
        if (hasControlCharacters(*text))
            return badLabel("label with control characters");
    }
    if (label.spendable && label.target.kind != LabelKind::Output)
        return Error{ErrorCode::OutOfRange, "only outputs can be spendable or not"};
    return {};
}

base::Bytes encodeLabel(const Label& label)
{
    base::CborWriter out;
    out.beginArray(kMembers);
    out.uint(kVersion);
    out.uint(static_cast<std::uint64_t>(label.target.kind));
    out.text(label.target.reference);
    out.text(label.text);
    out.text(label.origin);
    if (label.spendable)
        out.boolean(*label.spendable);
    else
        out.null();
    out.integer(label.timeMs);
    return out.take();
}

Result<Label> decodeLabel(base::ByteView bytes)
{
    base::CborReader in(bytes);
    const auto count = TRY(in.array());
    if (count != kMembers)
        return badLabel("label of the wrong length");
    const auto version = TRY(in.uint());
    if (version > kVersion)
        return Error{ErrorCode::VersionTooNew, "label of a newer version"};
    const auto kind = TRY(in.uint());
    if (version != kVersion || kind < 1 || kind >= kKindNames.size())
        return badLabel("unknown kind of label");
    Label out;
    out.target.kind = static_cast<LabelKind>(kind);
    const auto reference = TRY(in.text());
    out.target.reference = reference;
    const auto text = TRY(in.text());
    out.text = text;
    const auto origin = TRY(in.text());
    out.origin = origin;
    const auto type = TRY(in.peek());
    if (type == base::CborType::Null)
        TRY(in.null());
    else
        out.spendable = TRY(in.boolean());
    out.timeMs = TRY(in.integer());
    TRY(in.expectEnd());
    TRY(checkLabel(out));
    return out;
}

Result<Label> LabelBook::apply(base::ByteView record)
{
    auto label = TRY(decodeLabel(record));
    m_labels.insert_or_assign(label.target, label);
    return label;
}

const Label* LabelBook::find(const LabelTarget& target) const
{
    const auto found = m_labels.find(target);
    return found == m_labels.end() ? nullptr : &found->second;
}

std::string LabelBook::text(LabelKind kind, const std::string& reference) const
{
    const Label* label = find({kind, reference});
    return label ? label->text : std::string();
}

std::vector<std::string> LabelBook::frozenOutputs() const
{
    std::vector<std::string> out;
    for (const auto& [target, label] : m_labels) {
        if (target.kind == LabelKind::Output && label.spendable && !*label.spendable)
            out.push_back(target.reference);
    }
    return out;
}

} // namespace coffer::ledger
