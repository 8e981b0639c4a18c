// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/network_log_record.h"

#include <algorithm>

namespace coffer::transport {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kMembers = 8;
constexpr std::size_t kMaxText = 512; // A host name has at most 255 bytes, an error a sentence.
constexpr std::uint64_t kMaxCount = std::uint64_t{1} << 53; // What every reader of JSON can hold.
constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
const QString kManyHosts = QStringLiteral("*");
const QString kFolded = QStringLiteral("folded");

std::int64_t dayOf(const OutboundRequest& request)
{
    return request.timeMs / kDayMs;
}

void writeText(base::CborWriter& out, const QString& text)
{
    auto utf8 = text.toStdString();
    if (utf8.size() > kMaxText)
        utf8 = text.left(kMaxText / 4).toStdString(); // At most four bytes each.
    out.text(utf8);
}

base::Result<QString> readText(base::CborReader& in)
{
    const auto text = TRY(in.text());
    if (text.size() > kMaxText)
        return Error{ErrorCode::TooLarge, "text of a network log row"};
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

base::Result<LoggedRequest> readRow(base::CborReader& in)
{
    const auto members = TRY(in.array());
    if (members != kMembers)
        return Error{ErrorCode::Malformed, "network log row with a wrong number of members"};
    LoggedRequest row;
    row.request.id = TRY(in.uint());
    row.request.timeMs = TRY(in.integer());
    row.request.purpose = TRY(readText(in));
    row.request.host = TRY(readText(in));
    row.request.route = TRY(readText(in));
    row.request.reveals = TRY(readText(in));
    row.request.outcome = TRY(readText(in));
    row.count = TRY(in.uint());
    if (row.request.timeMs < 0 || row.count == 0 || row.count > kMaxCount)
        return Error{ErrorCode::OutOfRange, "network log row without time or count"};
    return row;
}

} // namespace

base::Bytes encodeNetworkLog(const std::vector<LoggedRequest>& rows)
{
    base::CborWriter out;
    out.beginArray(2);
    out.uint(kVersion);
    out.beginArray(rows.size());
    for (const auto& row : rows) {
        out.beginArray(kMembers);
        out.uint(row.request.id);
        out.integer(row.request.timeMs);
        for (const auto* text : {&row.request.purpose, &row.request.host, &row.request.route,
                                 &row.request.reveals, &row.request.outcome})
            writeText(out, *text);
        out.uint(row.count);
    }
    return out.take();
}

base::Result<std::vector<LoggedRequest>> decodeNetworkLog(base::ByteView bytes)
{
    base::CborReader in(bytes);
    const auto members = TRY(in.array());
    const auto version = TRY(in.uint());
    if (version > kVersion)
        return Error{ErrorCode::VersionTooNew, "network log of a newer version"};
    if (members != 2 || version != kVersion)
        return Error{ErrorCode::Malformed, "network log with a wrong number of members"};
    const auto count = TRY(in.array());
    if (count > StoredNetworkLog::kMaxRows)
        return Error{ErrorCode::TooLarge, "network log record with too many rows"};
    std::vector<LoggedRequest> rows;
    for (std::size_t i = 0; i < count; ++i) {
        auto row = TRY(readRow(in));
        rows.push_back(std::move(row));
    }
    TRY(in.expectEnd());
    return rows;
}

StoredNetworkLog::Key StoredNetworkLog::keyOf(const OutboundRequest& request)
{
    return {request.timeMs, request.id, request.purpose, request.route};
}

base::Result<void> StoredNetworkLog::apply(base::ByteView payload)
{
    auto rows = TRY(decodeNetworkLog(payload));
    for (auto& row : rows) {
        const auto key = keyOf(row.request);
        const auto day = dayOf(row.request);
        if (!m_rows.contains(key))
            ++m_perDay[day];
        m_rows.insert_or_assign(key, std::move(row));
    }
    while (m_rows.size() > kMaxRows) {
        const auto day = m_perDay.find(dayOf(m_rows.begin()->second.request));
        if (--day->second == 0)
            m_perDay.erase(day);
        m_rows.erase(m_rows.begin());
    }
    return {};
}

void StoredNetworkLog::foldInto(std::vector<LoggedRequest>& out, const OutboundRequest& request)
{
    LoggedRequest folded{request, 1};
    folded.request.id = 0; // No request has it.
    folded.request.timeMs = dayOf(request) * kDayMs;
    folded.request.host = kManyHosts;
    folded.request.outcome = kFolded;
    const auto key = keyOf(folded.request);
    const auto pending = std::ranges::find_if(
        out, [&](const LoggedRequest& row) { return keyOf(row.request) == key; });
    if (pending != out.end()) {
        pending->count = std::min(pending->count + 1, kMaxCount);
        return;
    }
    if (const auto stored = m_rows.find(key); stored != m_rows.end())
        folded.count = std::min(stored->second.count + 1, kMaxCount);
    out.push_back(std::move(folded));
}

std::vector<LoggedRequest> StoredNetworkLog::due(const std::deque<OutboundRequest>& live,
                                                 std::uint64_t from)
{
    std::vector<LoggedRequest> listed;
    std::vector<LoggedRequest> folded;
    std::map<std::int64_t, std::size_t> added;
    if (!live.empty())
        m_folded.erase(m_folded.begin(), m_folded.lower_bound(live.front().id));
    for (const auto& request : live) {
        if (request.id < from || m_folded.contains(request.id))
            continue;
        const auto stored = m_rows.find(keyOf(request));
        if (stored != m_rows.end()) {
            if (request.isOver() && stored->second.request.outcome != request.outcome)
                listed.push_back({request, 1});
            continue;
        }
        const auto day = dayOf(request);
        const auto known = m_perDay.find(day);
        if ((known == m_perDay.end() ? 0 : known->second) + added[day] >= kMaxRowsPerDay) {
            m_folded.insert(request.id);
            foldInto(folded, request);
            continue;
        }
        ++added[day];
        listed.push_back({request, 1});
    }
    listed.insert(listed.end(), std::make_move_iterator(folded.begin()),
                  std::make_move_iterator(folded.end()));
    return listed;
}

bool StoredNetworkLog::isForgotten(base::ByteView payload) const
{
    const auto rows = decodeNetworkLog(payload);
    return rows && std::ranges::none_of(*rows, [this](const LoggedRequest& row) {
               const auto found = m_rows.find(keyOf(row.request));
               return found != m_rows.end() && found->second == row;
           });
}

} // namespace coffer::transport
