// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/api_json.h"

#include "core/base/clock.h"

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::Json;

namespace {

std::string text(const QString& value)
{
    return value.toStdString();
}

Json list(const QStringList& values)
{
    Json out = Json::array();
    for (const auto& value : values)
        out.push_back(text(value));
    return out;
}

Json time(std::int64_t ms)
{
    return ms == 0 ? Json(nullptr) : Json(base::toRfc3339(ms));
}

Json known(std::int64_t value)
{
    return value < 0 ? Json(nullptr) : Json(value);
}

Json outputsJson(const std::vector<api::PaymentOutput>& outputs)
{
    Json out = Json::array();
    for (const auto& output : outputs) {
        Json item;
        item["address"] = output.address.isEmpty() ? Json(nullptr) : Json(text(output.address));
        item["amount"] = output.amount.toString();
        item["change"] = output.change;
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace

Json findingsJson(const std::vector<api::Finding>& findings)
{
    Json out = Json::array();
    for (const auto& finding : findings) {
        if (finding.severity == api::Severity::Ok)
            continue;
        Json item;
        item["rule"] = text(finding.rule);
        item["severity"] = finding.severity == api::Severity::Danger ? "danger" : "warning";
        item["parameters"] = list(finding.parameters);
        out.push_back(std::move(item));
    }
    return out;
}

std::string sourceName(api::Source source)
{
    switch (source) {
    case api::Source::Proved:
        return "proved";
    case api::Source::OwnNode:
        return "own_node";
    case api::Source::Quorum:
        return "quorum";
    case api::Source::OneServer:
        return "one_server";
    case api::Source::Device:
        return "device";
    case api::Source::Service:
        return "service";
    case api::Source::Unknown:
        return "unknown";
    }
    return "unknown";
}

std::string accountTypeName(api::AccountType type)
{
    switch (type) {
    case api::AccountType::Bip84:
        return "bip84";
    case api::AccountType::Bip86:
        return "bip86";
    case api::AccountType::Bip49:
        return "bip49";
    case api::AccountType::Bip44:
        return "bip44";
    case api::AccountType::Descriptor:
        return "descriptor";
    }
    return {};
}

base::Result<api::AccountType> parseAccountType(std::string_view name)
{
    for (const auto type :
         {api::AccountType::Bip84, api::AccountType::Bip86, api::AccountType::Bip49,
          api::AccountType::Bip44, api::AccountType::Descriptor}) {
        if (accountTypeName(type) == name)
            return type;
    }
    return Error{ErrorCode::Usage, "account types are bip84, bip86, bip49, bip44, descriptor"};
}

std::string intentStateName(api::IntentState state)
{
    switch (state) {
    case api::IntentState::Prepared:
        return "prepared";
    case api::IntentState::Signed:
        return "signed";
    case api::IntentState::Broadcast:
        return "broadcast";
    case api::IntentState::Seen:
        return "seen";
    case api::IntentState::Confirmed:
        return "confirmed";
    case api::IntentState::Final:
        return "final";
    case api::IntentState::Replaced:
        return "replaced";
    case api::IntentState::Conflicted:
        return "conflicted";
    case api::IntentState::Cancelled:
        return "cancelled";
    case api::IntentState::Expired:
        return "expired";
    case api::IntentState::Unknown:
        return "unknown";
    case api::IntentState::Released:
        return "released";
    }
    return {};
}

std::string entryStatusName(api::EntryStatus status)
{
    switch (status) {
    case api::EntryStatus::Pending:
        return "pending";
    case api::EntryStatus::Confirmed:
        return "confirmed";
    case api::EntryStatus::Final:
        return "final";
    case api::EntryStatus::Replaced:
        return "replaced";
    case api::EntryStatus::Conflicted:
        return "conflicted";
    case api::EntryStatus::Dropped:
        return "dropped";
    case api::EntryStatus::Reversed:
        return "reversed";
    }
    return {};
}

std::optional<api::EntryStatus> entryStatusOf(std::string_view name)
{
    for (const auto status :
         {api::EntryStatus::Pending, api::EntryStatus::Confirmed, api::EntryStatus::Final,
          api::EntryStatus::Replaced, api::EntryStatus::Conflicted, api::EntryStatus::Dropped,
          api::EntryStatus::Reversed}) {
        if (entryStatusName(status) == name)
            return status;
    }
    return std::nullopt;
}

std::string stageName(api::NodeStage stage)
{
    switch (stage) {
    case api::NodeStage::Offline:
        return "offline";
    case api::NodeStage::Connecting:
        return "connecting";
    case api::NodeStage::Headers:
        return "headers";
    case api::NodeStage::FilterHeaders:
        return "filter_headers";
    case api::NodeStage::Scanning:
        return "scanning";
    case api::NodeStage::Live:
        return "live";
    }
    return {};
}

std::string realmName(api::Realm realm)
{
    switch (realm) {
    case api::Realm::Main:
        return "main";
    case api::Realm::Test:
        return "test";
    case api::Realm::Local:
        return "local";
    }
    return {};
}

base::Result<std::int64_t> parseFeeRate(std::string_view satPerVb)
{
    const auto dot = satPerVb.find('.');
    const auto whole = satPerVb.substr(0, dot);
    auto fraction = std::string(dot == std::string_view::npos ? "" : satPerVb.substr(dot + 1));
    const bool empty = whole.empty() || (dot != std::string_view::npos && fraction.empty());
    if (empty || whole.size() > 7 || fraction.size() > 3)
        return Error{ErrorCode::Malformed, "a fee rate is decimal sat/vB with up to 3 decimals"};
    fraction.resize(3, '0');
    std::int64_t value = 0;
    for (const char c : std::string(whole) + fraction) {
        if (c < '0' || c > '9')
            return Error{ErrorCode::Malformed, "a fee rate is decimal sat/vB"};
        value = value * 10 + (c - '0');
    }
    if (value <= 0)
        return Error{ErrorCode::FeeOutOfBounds, "a fee rate is above 0"};
    return value;
}

std::string formatFeeRate(std::int64_t milliSatPerVb)
{
    auto digits = std::to_string(milliSatPerVb);
    if (digits.size() < 4)
        digits.insert(0, 4 - digits.size(), '0');
    auto out = digits.substr(0, digits.size() - 3) + "." + digits.substr(digits.size() - 3);
    while (out.ends_with('0'))
        out.pop_back();
    if (out.ends_with('.'))
        out.pop_back();
    return out;
}

Json toJson(const api::WalletInfo& wallet)
{
    Json out;
    out["wallet"] = text(wallet.id);
    out["realm"] = realmName(wallet.realm);
    out["unlocked"] = wallet.unlocked;
    out["watch_only"] = wallet.watchOnly;
    out["backed_up"] = wallet.backedUp;
    out["restored"] = wallet.restoredFromOlder;
    out["rehearsed_at"] = time(wallet.rehearsedAtMs);
    out["searching"] = wallet.searching;
    out["asks_passphrase"] = wallet.asksPassphrase;
    out["fingerprint"] =
        wallet.fingerprint.isEmpty() ? Json(nullptr) : Json(text(wallet.fingerprint));
    out["notices"] = Json::array();
    for (const auto& notice : wallet.notices)
        out["notices"].push_back(text(notice));
    out["warning"] = wallet.warning.isEmpty() ? Json(nullptr) : Json(text(wallet.warning));
    return out;
}

Json toJson(const api::AccountInfo& account)
{
    Json out;
    out["account"] = text(account.id);
    out["name"] = text(account.name);
    out["currency"] = std::string(account.currency.code());
    out["type"] = accountTypeName(account.type);
    out["descriptor"] = text(account.descriptor);
    out["path"] = account.path.isEmpty() ? Json(nullptr) : Json(text(account.path));
    out["watch_only"] = account.watchOnly;
    return out;
}

Json balanceJson(const api::AccountInfo& account, std::int64_t nowMs)
{
    Json out;
    out["account"] = text(account.id);
    out["name"] = text(account.name);
    out["currency"] = std::string(account.currency.code());
    if (!account.balance) { // Still looking: unknown, never 0.
        for (const char* member :
             {"settled", "pending", "spendable", "immature", "source", "height", "age_seconds"})
            out[member] = nullptr;
        return out;
    }
    const auto& balance = *account.balance;
    out["settled"] = balance.settled.toString();
    out["pending"] = balance.pending.toString();
    out["spendable"] = balance.spendable.toString();
    out["immature"] = balance.immature.toString();
    out["source"] = sourceName(balance.proof.source);
    out["height"] = known(balance.proof.height);
    out["age_seconds"] = balance.proof.atMs == 0
                             ? Json(nullptr)
                             : Json(std::max<std::int64_t>(0, nowMs - balance.proof.atMs) / 1000);
    return out;
}

Json toJson(const api::ReceiveAddress& address)
{
    Json out;
    out["address"] = text(address.address);
    out["account"] = text(address.account);
    out["path"] = text(address.path);
    out["index"] = address.index;
    out["change"] = address.change;
    out["used"] = address.used;
    out["received"] = address.received.toString();
    out["label"] = text(address.label);
    return out;
}

Json toJson(const api::Coin& coin)
{
    Json out;
    out["outpoint"] = text(coin.outpoint);
    out["address"] = text(coin.address);
    out["amount"] = coin.amount.toString();
    out["height"] = known(coin.height);
    out["frozen"] = coin.frozen;
    out["spendable"] = coin.spendable;
    out["change"] = coin.change;
    out["label"] = text(coin.label);
    return out;
}

namespace {

std::string leftReasonName(api::LeftReason reason)
{
    switch (reason) {
    case api::LeftReason::Frozen:
        return "frozen";
    case api::LeftReason::Immature:
        return "immature";
    case api::LeftReason::Reserved:
        return "reserved";
    case api::LeftReason::Unconfirmed:
        return "unconfirmed";
    case api::LeftReason::Uneconomical:
        return "uneconomical";
    }
    return {};
}

Json leftJson(const std::vector<api::LeftCoins>& left)
{
    Json out = Json::array();
    for (const auto& coins : left) {
        Json item;
        item["reason"] = leftReasonName(coins.reason);
        item["coins"] = coins.count;
        item["amount"] = coins.amount.toString();
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace

Json toJson(const api::PaymentEstimate& estimate)
{
    Json out = Json::object();
    out["currency"] = std::string(estimate.currency.code());
    out["amount"] = estimate.amount.toString();
    out["fee"] = estimate.fee.toString();
    out["total"] = estimate.total.toString();
    out["balance_after"] = estimate.balanceAfter.toString();
    out["fee_rate"] = formatFeeRate(estimate.feeRateMilliSatPerVb);
    out["left_behind"] = leftJson(estimate.left);
    return out;
}

Json toJson(const api::PreparedPayment& payment)
{
    Json out = toJson(static_cast<const api::PaymentEstimate&>(payment));
    out["intent"] = text(payment.intent);
    out["account"] = text(payment.account);
    out["outputs"] = outputsJson(payment.outputs);
    out["inputs"] = list(payment.inputs);
    out["warnings"] = findingsJson(payment.findings);
    out["replaces"] = payment.replaces.isEmpty() ? Json(nullptr) : Json(text(payment.replaces));
    out["expires"] = time(payment.expiresAtMs);
    return out;
}

Json toJson(const api::IntentInfo& intent)
{
    Json out;
    out["intent"] = text(intent.id);
    out["account"] = text(intent.account);
    out["state"] = intentStateName(intent.state);
    out["txid"] = intent.txid.isEmpty() ? Json(nullptr) : Json(text(intent.txid));
    out["amount"] = intent.amount.toString();
    out["fee"] = intent.fee.toString();
    out["currency"] = std::string(intent.currency.code());
    out["handed_to"] = intent.handedToPeers;
    out["confirmations"] = intent.confirmations;
    out["created"] = time(intent.createdAtMs);
    out["next"] = text(intent.nextAction);
    return out;
}

Json toJson(const api::FeeQuote& quote, std::int64_t nowMs)
{
    const auto rate = [&](const std::optional<api::FeeRate>& fee) -> Json {
        if (!fee)
            return nullptr;
        Json out;
        out["fee_rate"] = formatFeeRate(fee->milliSatPerVb);
        out["target"] = fee->targetBlocks;
        out["source"] = text(fee->source);
        out["age_seconds"] = fee->atMs == 0 ? Json(nullptr) : Json((nowMs - fee->atMs) / 1000);
        return out;
    };
    Json out;
    out["economy"] = rate(quote.economy);
    out["normal"] = rate(quote.normal);
    out["fast"] = rate(quote.fast);
    out["floor"] = formatFeeRate(quote.floorMilliSatPerVb);
    return out;
}

Json toJson(const api::HistoryRow& row)
{
    Json out;
    out["id"] = text(row.id);
    out["time"] = time(row.timeMs);
    out["kind"] = text(row.kind);
    out["account"] = text(row.account);
    out["amount"] = row.amount.toString();
    out["fee"] = row.fee.toString();
    out["currency"] = std::string(row.currency.code());
    out["txid"] = text(row.txid);
    out["status"] = entryStatusName(row.status);
    out["height"] = known(row.height);
    out["confirmations"] = row.confirmations;
    out["counterparty"] = row.counterparty.isEmpty() ? Json(nullptr) : Json(text(row.counterparty));
    out["label"] = text(row.label);
    out["source"] = sourceName(row.proof.source);
    return out;
}

Json toJson(const api::HistoryDetail& detail)
{
    Json out = toJson(detail.row);
    Json entries = Json::array();
    for (const auto& entry : detail.entries) {
        Json item;
        item["id"] = text(entry.id);
        item["sequence"] = entry.sequence;
        item["time"] = time(entry.timeMs);
        item["kind"] = text(entry.kind);
        item["postings"] = Json::array();
        for (const auto& posting : entry.postings) {
            Json line;
            line["account"] = text(posting.account);
            line["layer"] = text(posting.layer);
            line["amount"] = posting.amount.toString();
            line["currency"] = std::string(posting.currency.code());
            item["postings"].push_back(std::move(line));
        }
        entries.push_back(std::move(item));
    }
    out["entries"] = std::move(entries);
    out["outputs"] = outputsJson(detail.outputs);
    out["inputs"] = Json::array();
    out["spent"] = Json::array();
    for (const auto& input : detail.inputs) {
        Json item;
        item["outpoint"] = text(input.outpoint);
        item["address"] = input.address.isEmpty() ? Json(nullptr) : Json(text(input.address));
        item["amount"] = input.amount ? Json(input.amount->toString()) : Json(nullptr);
        item["ours"] = input.ours;
        out["inputs"].push_back(text(input.outpoint));
        out["spent"].push_back(std::move(item));
    }
    out["vsize"] = detail.vsize;
    out["block"] = detail.blockHash.isEmpty() ? Json(nullptr) : Json(text(detail.blockHash));
    out["raw"] = text(detail.rawTransaction);
    return out;
}

Json toJson(const api::AuditReport& report)
{
    Json out;
    out["entries"] = report.entries;
    out["root"] = text(report.root);
    // One currency is one number; several are named.
    if (report.difference.size() <= 1) {
        out["difference"] =
            report.difference.empty() ? "0" : report.difference.front().second.toString();
    } else {
        for (const auto& [currency, amount] : report.difference)
            out["difference"][std::string(currency.code())] = amount.toString();
    }
    out["transactions_proved"] = report.provedTransactions;
    out["transactions_unproved"] = report.unprovedTransactions;
    out["problems"] = list(report.problems);
    return out;
}

Json toJson(const api::BackupReport& report)
{
    Json out;
    out["file"] = text(report.path);
    out["contains_keys"] = report.containsRoot;
    out["accounts"] = report.accounts;
    out["labels"] = report.labels;
    out["entries"] = report.entries;
    out["last_scanned_height"] = known(report.lastScannedHeight);
    out["fingerprint"] = text(report.fingerprint);
    return out;
}

Json toJson(const api::RehearsalReport& report)
{
    Json out;
    out["fingerprint"] = text(report.fingerprint);
    out["accounts"] = list(report.accounts);
    out["not_from_words"] = list(report.notFromWords);
    out["rehearsed_at"] = time(report.atMs);
    return out;
}

Json toJson(const api::SpendPolicyInfo& policy)
{
    const auto amount = [](const std::optional<money::Amount>& value) {
        return value ? Json(value->toString()) : Json(nullptr);
    };
    Json out;
    out["currency"] = std::string(policy.currency.code());
    out["state"] = policy.state == api::SigningState::Frozen ? "frozen" : "active";
    out["per_payment"] = amount(policy.perPayment);
    out["per_day"] = amount(policy.perDay);
    out["spent"] = policy.spent.toString();
    out["left"] = amount(policy.left);
    out["max_fee"] = policy.maxFee.toString();
    out["max_fee_rate"] = formatFeeRate(policy.maxFeeRateMilliSatPerVb);
    out["allowed_payees"] = list(policy.allowedPayees);
    return out;
}

Json toJson(const api::NodeSnapshot& node)
{
    Json out;
    out["network"] = text(node.network);
    out["stage"] = stageName(node.stage);
    out["height"] = known(node.height);
    out["header_height"] = known(node.headerHeight);
    out["filter_height"] = known(node.filterHeight);
    out["peers"] = node.peers.size();
    out["progress"] = static_cast<double>(node.progressPermille) / 1000.0;
    out["blocks_per_second"] = node.blocksPerSecond;
    out["seconds_left"] = known(node.secondsLeft);
    out["scan_date"] = time(node.scanDateMs);
    out["offline"] = node.offline;
    out["problem"] = node.problem.isEmpty() ? Json(nullptr) : Json(text(node.problem));
    out["problem_height"] = known(node.problemHeight);
    return out;
}

Json toJson(const api::PeerInfo& peer)
{
    Json out;
    out["address"] = text(peer.address);
    out["agent"] = text(peer.agent);
    out["route"] = text(peer.route);
    out["state"] = text(peer.state);
    out["height"] = known(peer.height);
    out["latency_ms"] = known(peer.latencyMs);
    out["own_node"] = peer.ownNode;
    return out;
}

Json toJson(const api::NetworkLogRow& row)
{
    Json out;
    out["time"] = time(row.timeMs);
    out["purpose"] = text(row.purpose);
    out["host"] = text(row.host);
    out["route"] = text(row.route);
    out["reveals"] = text(row.reveals);
    out["outcome"] = text(row.outcome);
    out["count"] = row.count;
    return out;
}

} // namespace coffer::engine
