// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/history_export.h"

#include "core/base/json.h"
#include "core/money/amount_format.h"

#include <array>
#include <cstdio>

namespace coffer::ledger {

using base::Json;

namespace {

constexpr std::string_view kCsvHeader =
    "time,kind,status,account,amount,amount_minor,fee,fee_minor,currency,decimals,txid,height,"
    "counterparty,label,id\r\n";

/// "2026-11-24T08:07:53+01:00".
std::string localTime(std::int64_t utcMs, const ExportOptions& options)
{
    const int offset = options.utcOffsetMinutes ? options.utcOffsetMinutes(utcMs) : 0;
    std::string out = base::toRfc3339(utcMs + std::int64_t{offset} * 60'000);
    if (offset == 0)
        return out;
    out.pop_back(); // The Z.
    const int minutes = offset < 0 ? -offset : offset;
    std::array<char, 16> zone{};
    std::snprintf(zone.data(), zone.size(), "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60,
                  minutes % 60);
    return out + zone.data();
}

std::string accountOf(const HistoryRow& row, const ExportOptions& options)
{
    return options.accountName ? options.accountName(row.account) : row.account.toString();
}

std::string transactionOf(const HistoryRow& row)
{
    return row.transaction ? transactionText(*row.transaction, row.currency) : std::string();
}

std::string quoted(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + "\"";
}

/// Text from outside: not executed by a spreadsheet.
std::string field(const std::string& text)
{
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    return quoted(formula ? "'" + text : text);
}

} // namespace

std::string exportCsv(std::span<const HistoryRow> rows, const ExportOptions& options)
{
    std::string out(kCsvHeader);
    for (const HistoryRow& row : rows) {
        const std::array<std::string, 15> fields = {localTime(row.timeMs, options),
                                                    std::string(movementKindName(row.kind)),
                                                    std::string(movementStatusName(row.status)),
                                                    field(accountOf(row, options)),
                                                    money::toDecimal(row.amount, row.currency),
                                                    row.amount.toString(),
                                                    money::toDecimal(row.fee, row.currency),
                                                    row.fee.toString(),
                                                    std::string(row.currency.code()),
                                                    std::to_string(row.currency.decimals()),
                                                    transactionOf(row),
                                                    row.height ? std::to_string(*row.height)
                                                               : std::string(),
                                                    field(row.counterparty),
                                                    field(row.label),
                                                    row.id.toString()};
        for (std::size_t i = 0; i < fields.size(); ++i)
            out += (i == 0 ? "" : ",") + fields[i];
        out += "\r\n";
    }
    return out;
}

std::string exportJson(std::span<const HistoryRow> rows, const ExportOptions& options)
{
    const auto textOrNull = [](const std::string& text) {
        return text.empty() ? Json(nullptr) : Json(text);
    };
    Json out;
    out["format"] = "coffer-history";
    out["version"] = 1;
    out["entries"] = Json::array();
    for (const HistoryRow& row : rows) {
        Json item;
        item["id"] = row.id.toString();
        item["time"] = localTime(row.timeMs, options);
        item["kind"] = std::string(movementKindName(row.kind));
        item["status"] = std::string(movementStatusName(row.status));
        item["account"] = accountOf(row, options);
        item["amount"] = money::toDecimal(row.amount, row.currency);
        item["amount_minor"] = row.amount.toString();
        item["fee"] = money::toDecimal(row.fee, row.currency);
        item["fee_minor"] = row.fee.toString();
        item["currency"] = std::string(row.currency.code());
        item["decimals"] = row.currency.decimals();
        item["txid"] = textOrNull(transactionOf(row));
        item["height"] = row.height ? Json(*row.height) : Json(nullptr);
        item["counterparty"] = textOrNull(row.counterparty);
        item["label"] = textOrNull(row.label);
        out["entries"].push_back(std::move(item));
    }
    return base::writeJson(out);
}

} // namespace coffer::ledger
