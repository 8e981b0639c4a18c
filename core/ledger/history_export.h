// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/history.h"

#include <functional>

namespace coffer::ledger {

/// Times in exports: RFC 3339 with the offset that held then.
struct ExportOptions
{
    /// Minutes east of UTC at a time; UTC if absent.
    std::function<int(std::int64_t utcMs)> utcOffsetMinutes;
    /// What to show for an account; its id if absent.
    std::function<std::string(const base::Uuid&)> accountName;
};

/// RFC 4180 with header and CRLF. Columns: time, kind, status, account, amount, amount_minor, fee,
/// fee_minor, currency, decimals, txid, height, counterparty, label, id. Text that a spreadsheet
/// would take for a formula gets an apostrophe in front.
std::string exportCsv(std::span<const HistoryRow> rows, const ExportOptions& options);
/// {"format":"coffer-history","version":1,"entries":[...]} with the members of the columns; unknown
/// is null; minor units are strings.
std::string exportJson(std::span<const HistoryRow> rows, const ExportOptions& options);

} // namespace coffer::ledger
