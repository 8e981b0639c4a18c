// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/history_service.h"

#include "core/bitcoin/address.h"
#include "core/engine/account_service.h"
#include "core/engine/core.h"
#include "core/ledger/bip329.h"
#include "core/ledger/history_export.h"

#include <QDateTime>
#include <QFile>
#include <QSaveFile>
#include <QTimeZone>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kExportPage = 10'000;
constexpr qint64 kMaxImport = 64 * 1024 * 1024;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

api::EntryStatus statusOf(ledger::MovementStatus status)
{
    switch (status) {
    case ledger::MovementStatus::Pending:
        return api::EntryStatus::Pending;
    case ledger::MovementStatus::Confirmed:
        return api::EntryStatus::Confirmed;
    case ledger::MovementStatus::Final:
        return api::EntryStatus::Final;
    case ledger::MovementStatus::Replaced:
        return api::EntryStatus::Replaced;
    case ledger::MovementStatus::Conflicted:
        return api::EntryStatus::Conflicted;
    case ledger::MovementStatus::Dropped:
        return api::EntryStatus::Dropped;
    case ledger::MovementStatus::Reversed:
        return api::EntryStatus::Reversed;
    }
    return api::EntryStatus::Pending;
}

ledger::MovementStatus statusOf(api::EntryStatus status)
{
    switch (status) {
    case api::EntryStatus::Pending:
        return ledger::MovementStatus::Pending;
    case api::EntryStatus::Confirmed:
        return ledger::MovementStatus::Confirmed;
    case api::EntryStatus::Final:
        return ledger::MovementStatus::Final;
    case api::EntryStatus::Replaced:
        return ledger::MovementStatus::Replaced;
    case api::EntryStatus::Conflicted:
        return ledger::MovementStatus::Conflicted;
    case api::EntryStatus::Dropped:
        return ledger::MovementStatus::Dropped;
    case api::EntryStatus::Reversed:
        return ledger::MovementStatus::Reversed;
    }
    return ledger::MovementStatus::Pending;
}

/// What an input spends: known where the wallet has the transaction that made it.
api::SpentOutput spentOutput(const WalletSession& session, const bitcoin::OutPoint& point,
                             bitcoin::Network network)
{
    api::SpentOutput out;
    out.outpoint = QString::fromStdString(point.toString());
    const auto* facts = session.graph().find(point.txid);
    if (facts == nullptr || !facts->transaction ||
        point.index >= facts->transaction->outputs.size())
        return out;
    const auto& spent = facts->transaction->outputs[point.index];
    out.amount = money::Amount(spent.amount);
    out.ours = session.scripts().lookup(spent.script).has_value();
    if (const auto address = bitcoin::addressOf(spent.script, network))
        out.address = QString::fromStdString(*address);
    return out;
}

std::optional<std::int64_t> tipOf(const WalletSession& session)
{
    const auto tip = session.view().tipHeight();
    return tip == 0 ? std::nullopt : std::optional<std::int64_t>(tip);
}

base::Result<std::string> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, "cannot open " + path.toStdString()};
    if (file.size() > kMaxImport)
        return Error{ErrorCode::TooLarge, "more than 64 MiB"};
    return file.readAll().toStdString();
}

base::Result<void> writeFile(const QString& path, const std::string& content)
{
    QSaveFile file(path); // A failed export leaves an older file as it was.
    if (!file.open(QIODevice::WriteOnly))
        return Error{ErrorCode::ReadOnly, "cannot write " + path.toStdString()};
    file.write(content.data(), static_cast<qint64>(content.size()));
    if (!file.commit())
        return Error{ErrorCode::Io, file.errorString().toStdString()};
    return {};
}

/// A transaction has one row for each account that it touches: "<entry>.<account>".
QString rowId(const ledger::HistoryRow& row)
{
    return QString::fromStdString(row.id.toString() + "." + row.account.toString());
}

base::Result<ledger::HistoryRow> findRow(const WalletSession& session, const QString& id)
{
    const auto parts = id.split(QLatin1Char('.'));
    if (parts.size() != 2)
        return Error{ErrorCode::NotFound, "no such id"};
    const auto entry = TRY(parseId(parts[0]));
    const auto account = TRY(parseId(parts[1]));
    return session.history().row(entry, account, tipOf(session));
}

QString bookAccountName(const WalletSession& session, const ledger::BookAccount& account)
{
    switch (account.kind()) {
    case ledger::BookAccount::Kind::External:
        return QStringLiteral("external");
    case ledger::BookAccount::Kind::Fees:
        return QStringLiteral("fees");
    case ledger::BookAccount::Kind::Exchange:
        return QStringLiteral("exchange");
    case ledger::BookAccount::Kind::Own:
        break;
    }
    const auto record = session.account(account.id());
    return record ? QString::fromStdString(record->name)
                  : QString::fromStdString(account.id().toString());
}

base::Result<ledger::MovementKind> kindOf(const QString& name)
{
    using Kind = ledger::MovementKind;
    for (const auto kind : {Kind::Receive, Kind::Send, Kind::Self, Kind::Coinbase, Kind::Opening,
                            Kind::Fee, Kind::Adjustment})
        if (name == text(ledger::movementKindName(kind)))
            return kind;
    return Error{ErrorCode::Malformed, "no such kind of movement"};
}

/// A time zone that this system does not know leaves the days to UTC.
ledger::SearchLocale localeOf(const api::HistoryQuery& query)
{
    ledger::SearchLocale locale;
    locale.numbers = query.numbers;
    if (query.timeZone.isEmpty())
        return locale; // Qt would take the system's.
    const QTimeZone zone(query.timeZone.toLatin1());
    if (zone.isValid())
        locale.startOfDay = [zone](std::int64_t utcMs) {
            const auto day = QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).date();
            return day.startOfDay(zone).toMSecsSinceEpoch();
        };
    return locale;
}

} // namespace

api::HistoryRow HistoryService::rowOf(const WalletSession& session,
                                      const ledger::HistoryRow& row) const
{
    api::HistoryRow out;
    out.id = rowId(row);
    out.timeMs = row.timeMs;
    out.kind = text(ledger::movementKindName(row.kind));
    out.account = QString::fromStdString(row.account.toString());
    out.amount = row.amount;
    out.fee = row.fee;
    out.currency = row.currency;
    out.status = statusOf(row.status);
    out.height = row.height.value_or(-1);
    out.confirmations = static_cast<int>(row.confirmations);
    out.label = QString::fromStdString(row.label);
    out.counterparty = QString::fromStdString(row.counterparty);
    if (const auto* scan = session.scan(row.account))
        out.proof = {scan->source, scan->completedTo, scan->completedMs};
    if (row.transaction) {
        const bitcoin::Txid txid(*row.transaction);
        out.txid = QString::fromStdString(txid.toHex());
        const auto* seen = session.view().find(txid);
        out.canBump = seen != nullptr && seen->origin == bitcoin::Origin::Own &&
                      seen->status == bitcoin::TransactionStatus::Unconfirmed;
    }
    return out;
}

base::Result<ledger::HistoryFilter> HistoryService::filterOf(const api::HistoryQuery& query)
{
    ledger::HistoryFilter filter;
    if (!query.account.isEmpty())
        filter.account = TRY(parseId(query.account));
    if (query.direction)
        filter.direction =
            *query.direction == api::Direction::In ? ledger::Direction::In : ledger::Direction::Out;
    for (const auto& name : query.kinds) {
        const auto kind = TRY(kindOf(name));
        filter.kinds.push_back(kind);
    }
    for (const auto status : query.statuses)
        filter.statuses.push_back(statusOf(status));
    if ((query.atLeast || query.atMost) && !query.currency)
        return Error{ErrorCode::OutOfRange, "an amount without its currency"};
    filter.currency = query.currency;
    filter.atLeast = query.atLeast;
    filter.atMost = query.atMost;
    filter.fromMs = query.fromMs;
    filter.untilMs = query.untilMs;
    filter.search = TRY(ledger::parseSearch(query.text.toStdString(), localeOf(query)));
    return filter;
}

base::Result<api::HistoryPage> HistoryService::page(api::WalletId wallet,
                                                    api::HistoryQuery query) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto filter = TRY(filterOf(query));
    if (query.offset < 0 || query.limit < 1 || query.limit > api::HistoryQuery::kMostRows)
        return Error{ErrorCode::OutOfRange, "a page has 1 to 1,000 rows"};
    const auto found =
        session->history().page(filter, tipOf(*session), static_cast<std::size_t>(query.offset),
                                static_cast<std::size_t>(query.limit));
    api::HistoryPage out;
    out.total = static_cast<std::int64_t>(found.total);
    for (const auto& row : found.rows)
        out.rows.push_back(rowOf(*session, row));
    return out;
}

std::optional<api::HistoryRow> HistoryService::rowOfEntry(const WalletSession& session,
                                                          std::uint64_t sequence) const
{
    const auto entry = session.books().entry(sequence);
    if (!entry || !ledger::beginsMovement(entry->kind))
        return std::nullopt;
    for (const auto& posting : entry->postings) {
        if (!posting.account.isOwn())
            continue;
        if (const auto row = session.history().row(entry->id, posting.account.id(), tipOf(session)))
            return rowOf(session, *row);
    }
    return std::nullopt;
}

base::Result<api::HistoryDetail> HistoryService::detail(api::WalletId wallet, QString id) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto row = TRY(findRow(*session, id));
    api::HistoryDetail out;
    out.row = rowOf(*session, row);
    for (const auto sequence : row.entries) {
        const auto entry = TRY(session->books().entry(sequence));
        api::LedgerEntry item;
        item.id = QString::fromStdString(entry.id.toString());
        item.sequence = static_cast<std::int64_t>(entry.sequence);
        item.timeMs = entry.timeMs;
        item.kind = text(ledger::entryKindName(entry.kind));
        for (const auto& posting : entry.postings)
            item.postings.push_back({bookAccountName(*session, posting.account),
                                     text(ledger::layerName(posting.layer)), posting.amount,
                                     posting.currency});
        out.entries.push_back(std::move(item));
    }
    const auto* facts =
        row.transaction ? session->graph().find(bitcoin::Txid(*row.transaction)) : nullptr;
    if (facts == nullptr || !facts->transaction)
        return out;
    const auto& transaction = *facts->transaction;
    out.vsize = transaction.vsize();
    out.rawTransaction = QString::fromStdString(base::toHex(transaction.serialize()));
    for (const auto& input : transaction.inputs)
        out.inputs.push_back(spentOutput(*session, input.previous, m_core.network().network));
    for (const auto& output : transaction.outputs) {
        const auto address = bitcoin::addressOf(output.script, m_core.network().network);
        const auto owner = session->scripts().lookup(output.script);
        out.outputs.push_back({address ? QString::fromStdString(*address) : QString(),
                               money::Amount(output.amount),
                               owner && owner->role == bitcoin::DescriptorRole::Change});
    }
    const auto* seen = session->view().find(transaction.txid());
    if (seen != nullptr && seen->place)
        out.blockHash = QString::fromStdString(seen->place->block.toHex());
    return out;
}

base::Result<void> HistoryService::setLabel(api::WalletId wallet, api::LabelTarget target,
                                            QString reference, QString textOf)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    auto kind = ledger::LabelKind::Transaction;
    switch (target) {
    case api::LabelTarget::Transaction:
        kind = ledger::LabelKind::Transaction;
        break;
    case api::LabelTarget::Address:
        kind = ledger::LabelKind::Address;
        break;
    case api::LabelTarget::Coin:
        kind = ledger::LabelKind::Output;
        break;
    case api::LabelTarget::Account:
        kind = ledger::LabelKind::Account;
        break;
    }
    TRY(session->setLabel({kind, reference.trimmed().toStdString()},
                          textOf.trimmed().toStdString()));
    m_core.publish(wallet);
    Q_EMIT m_core.historyChanged(wallet);
    return {};
}

base::Result<std::vector<ledger::HistoryRow>>
HistoryService::everything(const WalletSession& session) const
{
    std::vector<ledger::HistoryRow> rows;
    for (;;) {
        auto page = session.history().page({}, tipOf(session), rows.size(), kExportPage);
        if (page.rows.empty())
            return rows;
        for (auto& row : page.rows)
            rows.push_back(std::move(row));
    }
}

base::Result<std::int64_t> HistoryService::exportTo(api::WalletId wallet, api::ExportFormat format,
                                                    QString path) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    if (format == api::ExportFormat::Bip329) {
        TRY(writeFile(path, ledger::exportBip329(session->labels())));
        return static_cast<std::int64_t>(session->labels().all().size());
    }
    const auto rows = TRY(everything(*session));
    ledger::ExportOptions options;
    options.accountName = [session](const base::Uuid& id) {
        const auto account = session->account(id);
        return account ? account->name : id.toString();
    };
    TRY(writeFile(path, format == api::ExportFormat::Csv ? ledger::exportCsv(rows, options)
                                                         : ledger::exportJson(rows, options)));
    return static_cast<std::int64_t>(rows.size());
}

base::Result<std::int64_t> HistoryService::importLabels(api::WalletId wallet, QString path)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto content = TRY(readFile(path));
    auto import = TRY(ledger::importBip329(content, session->labels(), m_core.clock().utcMs()));
    const auto count = static_cast<std::int64_t>(import.changed.size());
    TRY(session->setLabels(std::move(import.changed)));
    m_core.publish(wallet);
    Q_EMIT m_core.historyChanged(wallet);
    return count;
}

base::Result<api::AuditReport> HistoryService::verify(api::WalletId wallet) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto result = session->audit();
    api::AuditReport out;
    out.entries = static_cast<std::int64_t>(result.entries);
    out.root = QString::fromStdString(base::toHex(result.root));
    for (const auto& [currency, amount] : result.difference)
        out.difference.emplace_back(currency, amount);
    for (const auto& problem : result.problems)
        out.problems.append(QString::fromStdString(problem));
    const auto inclusions =
        bitcoin::auditInclusions(session->view(), session->graph(), m_core.chain().headers());
    out.provedTransactions = inclusions.proved;
    out.unprovedTransactions = inclusions.unproved;
    for (const auto& problem : inclusions.problems) {
        if (static_cast<std::size_t>(out.problems.size()) < ledger::kMaxProblems)
            out.problems.append(QString::fromStdString(problem));
    }
    return out;
}

base::Result<void> HistoryService::verifyAgainst(const api::WalletId& wallet,
                                                 const QString& path) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    auto content = TRY(readFile(path));
    content.erase(content.find_last_not_of(" \t\r\n") + 1);
    const auto checkpoint = TRY(ledger::parseCheckpoint(content));
    return session->books().continues(checkpoint);
}

} // namespace coffer::engine
