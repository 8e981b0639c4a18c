// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/money/amount_format.h"

#include <QString>

namespace coffer::ui {

/// Whether amounts are written or masked.
enum class Visibility
{
    Shown,
    Hidden ///< Discreet mode.
};

/// How the person wants amounts to look.
struct AmountLook
{
    QString unit = QStringLiteral("BTC"); ///< "BTC" or "sat".
    Visibility visibility = Visibility::Shown;
    money::Decimals decimals = money::Decimals::Full;
    money::Sign sign = money::Sign::Negative;
};

/// The numbers of this place.
money::NumberLocale numberLocale();
/// An amount in its isolates, unit included.
QString amountText(const money::Amount& amount, const money::Currency& currency,
                   const AmountLook& look);
/// The code people see for a currency in a unit: "BTC", "tBTC", "sat".
QString unitText(const money::Currency& currency, const QString& unit);
/// Without U+2066 to U+2069: for copying and for accessible text.
QString withoutIsolates(QString text);

/// "bc1q ar0s rrr7 ..."
QString groupedAddress(const QString& address);
/// "bc1qar0s…gtzzwf5m": for lists only.
QString shortAddress(const QString& address);
QString shortId(const QString& id);

/// "5 min ago" within a day, otherwise the date.
QString relativeTime(std::int64_t ms, std::int64_t nowMs);
QString absoluteTime(std::int64_t ms);
QString dayText(std::int64_t ms, std::int64_t nowMs);
QString durationText(std::int64_t seconds);
/// "12.4 sat/vB" from 12400.
QString feeRateText(std::int64_t milliSatPerVb);

QString accountTypeText(api::AccountType type);
QString networkText(const QString& network);
/// "Proved here", "Own node", ...
QString sourceText(api::Source source);
QString movementText(const QString& kind);
QString statusText(const api::HistoryRow& row);
QString realmText(api::Realm realm);

} // namespace coffer::ui
