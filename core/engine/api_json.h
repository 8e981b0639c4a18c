// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/base/json.h"

/// How the values of `api` look in JSON (docs/protocol.md). Amounts are strings of minor units
/// beside their currency, times RFC 3339 UTC, unknown is null, fee rates are decimal strings in
/// sat/vB.
namespace coffer::engine {

std::string sourceName(api::Source source);
std::string accountTypeName(api::AccountType type);
base::Result<api::AccountType> parseAccountType(std::string_view name);
std::string intentStateName(api::IntentState state);
std::string entryStatusName(api::EntryStatus status);
/// Nothing for a name that is none.
std::optional<api::EntryStatus> entryStatusOf(std::string_view name);
std::string stageName(api::NodeStage stage);
std::string realmName(api::Realm realm);

/// "12.4" is 12400; at most three decimals. Malformed, OutOfRange.
base::Result<std::int64_t> parseFeeRate(std::string_view satPerVb);
std::string formatFeeRate(std::int64_t milliSatPerVb);

/// What a person is warned of; what is fine is left out.
base::Json findingsJson(const std::vector<api::Finding>& findings);
/// `nowMs` gives ages.
base::Json toJson(const api::WalletInfo& wallet);
base::Json toJson(const api::AccountInfo& account);
base::Json balanceJson(const api::AccountInfo& account, std::int64_t nowMs);
base::Json toJson(const api::ReceiveAddress& address);
base::Json toJson(const api::Coin& coin);
base::Json toJson(const api::PaymentEstimate& estimate);
base::Json toJson(const api::PreparedPayment& payment);
base::Json toJson(const api::IntentInfo& intent);
base::Json toJson(const api::FeeQuote& quote, std::int64_t nowMs);
base::Json toJson(const api::HistoryRow& row);
base::Json toJson(const api::HistoryDetail& detail);
base::Json toJson(const api::AuditReport& report);
base::Json toJson(const api::BackupReport& report);
base::Json toJson(const api::RehearsalReport& report);
base::Json toJson(const api::SpendPolicyInfo& policy);
base::Json toJson(const api::NodeSnapshot& node);
base::Json toJson(const api::PeerInfo& peer);
base::Json toJson(const api::NetworkLogRow& row);

} // namespace coffer::engine
