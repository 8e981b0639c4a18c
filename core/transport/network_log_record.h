// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cbor.h"
#include "core/transport/network_log.h"

#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace coffer::transport {

/// One row of a stored log: an outbound request, or many of one kind folded into one.
struct LoggedRequest
{
    OutboundRequest request;
    std::uint64_t count = 1; ///< More: folded, `host` is "*".

    bool operator==(const LoggedRequest&) const = default;
};

/// Rows of one sealed record: deterministic CBOR [1, [[id, ms, purpose, host, route, reveals,
/// outcome, count], ...]].
base::Bytes encodeNetworkLog(const std::vector<LoggedRequest>& rows);
/// Malformed, TooLarge, VersionTooNew.
base::Result<std::vector<LoggedRequest>> decodeNetworkLog(base::ByteView bytes);

/// The network log as a wallet keeps it: the fold of its sealed records, and what the next one has
/// to say. The newest row of a request counts.
///
/// Bounded: a request is written when it is open, if a record falls due then, and once more when it
/// is over; past kMaxRowsPerDay one row a day and kind counts the rest. The oldest rows are dropped
/// from memory here, and from the file when it is rotated.
class StoredNetworkLog
{
public:
    static constexpr std::size_t kMaxRows = NetworkLog::kMaxRows;
    static constexpr std::size_t kMaxRowsPerDay = 1'000; ///< Ordinary use: a few hundred.

    /// What tells two rows apart: ids alone start again with every process.
    using Key = std::tuple<std::int64_t, std::uint64_t, QString, QString>;
    static Key keyOf(const OutboundRequest& request);

    /// A stored record.
    base::Result<void> apply(base::ByteView payload);
    /// The rows of `live` from id `from` on that are not stored yet, or ended since they were.
    std::vector<LoggedRequest> due(const std::deque<OutboundRequest>& live, std::uint64_t from);

    const std::map<Key, LoggedRequest>& rows() const { return m_rows; }
    /// No row of this record is among rows() any more.
    bool isForgotten(base::ByteView payload) const;

private:
    void foldInto(std::vector<LoggedRequest>& out, const OutboundRequest& request);

    std::map<Key, LoggedRequest> m_rows;
    std::map<std::int64_t, std::size_t> m_perDay;
    std::set<std::uint64_t> m_folded; ///< Live ids that were counted, not listed.
};

} // namespace coffer::transport
