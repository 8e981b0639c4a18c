// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uuid.h"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace coffer::ledger {

/// What can bear a label.
enum class LabelKind : std::uint8_t
{
    Transaction = 1, ///< Txid in hex, as shown.
    Address = 2,
    PublicKey = 3,
    Input = 4,  ///< txid:index
    Output = 5, ///< txid:index
    ExtendedKey = 6,
    Account = 7, ///< UUID
    Entry = 8    ///< UUID
};

/// BIP329 names where it has one: "tx", "addr", "pubkey", "input", "output", "xpub", "account",
/// "entry".
std::string_view labelKindName(LabelKind kind);

/// The thing that bears a label.
struct LabelTarget
{
    LabelKind kind = LabelKind::Transaction;
    std::string reference;

    auto operator<=>(const LabelTarget&) const = default;
};

/// One record: what a person wrote about something. The latest of a target wins.
struct Label
{
    LabelTarget target;
    std::string text;              ///< Empty: no label.
    std::string origin;            ///< BIP329: a descriptor without keys; kept for export.
    std::optional<bool> spendable; ///< Outputs only: false is frozen.
    std::int64_t timeMs = 0;

    bool operator==(const Label&) const = default;
};

inline constexpr std::size_t kMaxLabelBytes = 1024;
inline constexpr std::size_t kMaxLabelReference = 256;

/// NotFound-free check: Malformed for a reference that cannot be one of its kind (txids and
/// outpoints are lower-case hex), for control characters and invalid UTF-8; TooLarge; OutOfRange
/// for `spendable` elsewhere than on outputs.
base::Result<void> checkLabel(const Label& label);
base::Bytes encodeLabel(const Label& label);
base::Result<Label> decodeLabel(base::ByteView bytes);

/// The fold of all label records.
class LabelBook
{
public:
    base::Result<Label> apply(base::ByteView record);
    const Label* find(const LabelTarget& target) const;
    /// Empty when there is none.
    std::string text(LabelKind kind, const std::string& reference) const;
    /// Outputs marked as not spendable.
    std::vector<std::string> frozenOutputs() const;
    const std::map<LabelTarget, Label>& all() const { return m_labels; }

private:
    std::map<LabelTarget, Label> m_labels;
};

} // namespace coffer::ledger
