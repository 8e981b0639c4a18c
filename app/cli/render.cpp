// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/render.h"

#include <algorithm>
#include <vector>

namespace coffer::cli {

namespace {

std::string cell(const base::Json& value)
{
    if (value.is_null())
        return "-";
    if (value.is_string())
        return value.get_ref<const std::string&>();
    return base::writeJson(value);
}

std::string table(const base::Json& rows)
{
    if (rows.empty())
        return "(none)\n";
    if (!rows.front().is_object()) {
        std::string out;
        for (const auto& row : rows)
            out += cell(row) + "\n";
        return out;
    }
    std::vector<std::string> columns;
    for (const auto& [name, value] : rows.front().items()) {
        if (!value.is_structured())
            columns.push_back(name);
    }
    std::vector<std::size_t> widths;
    for (const auto& column : columns) {
        std::size_t width = column.size();
        for (const auto& row : rows)
            width = std::max(width, row.contains(column) ? cell(row[column]).size() : 1);
        widths.push_back(width);
    }
    std::string out;
    const auto line = [&](const auto& textOf) {
        std::string text;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            auto value = textOf(columns[i]);
            value.resize(std::max(value.size(), widths[i]), ' ');
            text += (i == 0 ? "" : "  ") + value;
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    };
    line([](const std::string& column) { return column; });
    for (const auto& row : rows)
        line([&](const std::string& column) {
            return row.contains(column) ? cell(row[column]) : std::string("-");
        });
    return out;
}

} // namespace

std::string render(const std::string& method, const base::Json& result)
{
    static_cast<void>(method);
    if (!result.is_object())
        return cell(result) + "\n";
    if (result.empty())
        return "done\n";
    std::string out;
    for (const auto& [name, value] : result.items()) {
        if (value.is_array()) {
            out += result.size() == 1 ? table(value) : name + ":\n" + table(value);
        } else if (value.is_object()) {
            out += name + ":\n";
            for (const auto& [inner, text] : value.items())
                out += "  " + inner + ": " + cell(text) + "\n";
        } else {
            out += name + ": " + cell(value) + "\n";
        }
    }
    return out;
}

} // namespace coffer::cli
