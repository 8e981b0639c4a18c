// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// The books of an unlocked wallet: movements, labels, export, audit.
class History : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual QFuture<base::Result<HistoryPage>> page(WalletId wallet, HistoryQuery query) = 0;
    virtual QFuture<base::Result<HistoryDetail>> detail(WalletId wallet, QString id) = 0;
    /// `reference`: txid, address, txid:vout or account id. An empty text removes the label.
    virtual QFuture<base::Result<void>> setLabel(WalletId wallet, LabelTarget target,
                                                 QString reference, QString text) = 0;
    /// Writes a file; returns the number of rows.
    virtual QFuture<base::Result<std::int64_t>> exportTo(WalletId wallet, ExportFormat format,
                                                         QString path) = 0;
    /// Reads BIP329 labels; returns how many were taken.
    virtual QFuture<base::Result<std::int64_t>> importLabels(WalletId wallet, QString path) = 0;
    /// Recomputes every hash, proof and balance and reconciles with the chain.
    virtual QFuture<base::Result<AuditReport>> verify(WalletId wallet) = 0;

Q_SIGNALS:
    /// Rows were added or changed: ask for the page again.
    void changed(const coffer::api::WalletId& wallet);
    /// A movement appeared for the first time (for notifications).
    void appeared(const coffer::api::WalletId& wallet, const coffer::api::HistoryRow& row);
};

} // namespace coffer::api
