// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/ledger/history.h"

namespace coffer::engine {

class Core;
class WalletSession;

/// The books of open wallets as people see them.
class HistoryService
{
public:
    explicit HistoryService(Core& core)
        : m_core(core)
    {
    }

    /// What the books are asked for. Malformed (search, account, kind), OutOfRange (an amount
    /// without its currency).
    static base::Result<ledger::HistoryFilter> filterOf(const api::HistoryQuery& query);
    base::Result<api::HistoryPage> page(api::WalletId wallet, api::HistoryQuery query) const;
    base::Result<api::HistoryDetail> detail(api::WalletId wallet, QString id) const;
    base::Result<void> setLabel(api::WalletId wallet, api::LabelTarget target, QString reference,
                                QString text);
    base::Result<std::int64_t> exportTo(api::WalletId wallet, api::ExportFormat format,
                                        QString path) const;
    base::Result<std::int64_t> importLabels(api::WalletId wallet, QString path);
    base::Result<api::AuditReport> verify(api::WalletId wallet) const;
    /// `path`: a file with a checkpoint line. Unproved when the books do not continue it.
    base::Result<void> verifyAgainst(const api::WalletId& wallet, const QString& path) const;
    /// The row of the entry that began a movement; nothing for other entries.
    std::optional<api::HistoryRow> rowOfEntry(const WalletSession& session,
                                              std::uint64_t sequence) const;

private:
    api::HistoryRow rowOf(const WalletSession& session, const ledger::HistoryRow& row) const;
    base::Result<std::vector<ledger::HistoryRow>> everything(const WalletSession& session) const;

    Core& m_core;
};

} // namespace coffer::engine
