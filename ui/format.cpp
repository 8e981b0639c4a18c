// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr QChar kIsolateStart(0x2066);
constexpr QChar kIsolateEnd(0x2069);
constexpr QChar kNarrowSpace(0x202F);
constexpr QChar kMinus(0x2212);
constexpr QChar kEllipsis(0x2026);

/// Gives the texts a translation context.
class Texts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::Format)

public:
    static QString relative(std::int64_t seconds);
    static QString duration(std::int64_t seconds);
    static QString accountType(api::AccountType type);
    static QString network(const QString& network);
    static QString source(api::Source source);
    static QString movement(const QString& kind);
    static QString status(const api::HistoryRow& row);
    static QString realm(api::Realm realm);
    static QString today() { return tr("Today"); }
    static QString yesterday() { return tr("Yesterday"); }
    static QString feeRate(const QString& number)
    {
        return tr("%1 sat/vB", "fee rate").arg(number);
    }
};

QString Texts::relative(std::int64_t seconds)
{
    if (seconds < 60)
        return tr("just now");
    if (seconds < 3600)
        return tr("%n min ago", nullptr, int(seconds / 60));
    return tr("%n h ago", nullptr, int(seconds / 3600));
}

QString Texts::duration(std::int64_t seconds)
{
    if (seconds < 60)
        return tr("%n s", nullptr, int(seconds));
    if (seconds < 3600)
        return tr("%n min", nullptr, int((seconds + 30) / 60));
    if (seconds < 48 * 3600)
        return tr("%n h", nullptr, int((seconds + 1800) / 3600));
    return tr("%n days", nullptr, int(seconds / 86400));
}

QString Texts::accountType(api::AccountType type)
{
    switch (type) {
    case api::AccountType::Bip84:
        return tr("Native SegWit");
    case api::AccountType::Bip86:
        return tr("Taproot");
    case api::AccountType::Bip49:
        return tr("Nested SegWit");
    case api::AccountType::Bip44:
        return tr("Legacy");
    case api::AccountType::Descriptor:
        return tr("Descriptor");
    }
    return {};
}

QString Texts::network(const QString& network)
{
    if (network == "main"_L1)
        return tr("Bitcoin");
    if (network == "testnet4"_L1)
        return tr("Bitcoin test network (testnet4)");
    if (network == "signet"_L1)
        return tr("Bitcoin test network (signet)");
    if (network == "regtest"_L1)
        return tr("Local playground (regtest)");
    return network;
}

QString Texts::source(api::Source source)
{
    switch (source) {
    case api::Source::Proved:
        return tr("Proved here by your own light node");
    case api::Source::OwnNode:
        return tr("From your own node");
    case api::Source::Quorum:
        return tr("Several servers agree");
    case api::Source::OneServer:
        return tr("Unproved: one server says so");
    case api::Source::Device:
        return tr("From the device");
    case api::Source::Service:
        return tr("From the service");
    case api::Source::Unknown:
        return tr("Not known yet");
    }
    return {};
}

QString Texts::movement(const QString& kind)
{
    if (kind == "receive"_L1)
        return tr("Received");
    if (kind == "send"_L1)
        return tr("Sent");
    if (kind == "self"_L1)
        return tr("To yourself");
    if (kind == "coinbase"_L1)
        return tr("Mined");
    return kind;
}

QString Texts::status(const api::HistoryRow& row)
{
    switch (row.status) {
    case api::EntryStatus::Pending:
        return tr("Pending");
    case api::EntryStatus::Confirmed:
        return tr("%1/6 confirmed").arg(row.confirmations);
    case api::EntryStatus::Final:
        return tr("Final");
    case api::EntryStatus::Replaced:
        return tr("Replaced");
    case api::EntryStatus::Conflicted:
        return tr("In conflict");
    case api::EntryStatus::Dropped:
        return tr("Dropped");
    case api::EntryStatus::Reversed:
        return tr("Undone by the chain");
    }
    return {};
}

QString Texts::realm(api::Realm realm)
{
    switch (realm) {
    case api::Realm::Main:
        return tr("Real money");
    case api::Realm::Test:
        return tr("Test money");
    case api::Realm::Local:
        return tr("Playground");
    }
    return {};
}

QString groupedInteger(QString digits, const money::NumberLocale& locale)
{
    if (locale.group == 0)
        return digits;
    const QString separator = QString::fromUcs4(&locale.group, 1);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, separator);
    return digits;
}

QString minorText(const money::Amount& amount, const money::Currency& currency,
                  const AmountLook& look)
{
    QString text =
        groupedInteger(QString::fromStdString(amount.absolute().toString()), numberLocale());
    if (amount.isNegative())
        text.prepend(kMinus);
    else if (look.sign == money::Sign::Explicit && !amount.isZero())
        text.prepend(u'+');
    return kIsolateStart + text + kNarrowSpace + unitText(currency, look.unit) + kIsolateEnd;
}

} // namespace

money::NumberLocale numberLocale()
{
    const QLocale locale;
    const auto first = [](const QString& text) -> char32_t {
        return text.isEmpty() ? U'\0' : char32_t(text.toUcs4().constFirst());
    };
    money::NumberLocale result;
    result.decimal = first(locale.decimalPoint());
    result.group = first(locale.groupSeparator());
    return result;
}

QString unitText(const money::Currency& currency, const QString& unit)
{
    if (unit == "sat"_L1 && currency.isBitcoin()) {
        const auto name = currency.minorName();
        return name.empty() ? u"sat"_s : QString::fromUtf8(name.data(), qsizetype(name.size()));
    }
    const auto code = currency.code();
    return QString::fromUtf8(code.data(), qsizetype(code.size()));
}

QString amountText(const money::Amount& amount, const money::Currency& currency,
                   const AmountLook& look)
{
    if (look.visibility == Visibility::Hidden) {
        const auto hidden = money::hiddenAmount();
        return kIsolateStart + QString::fromUtf8(hidden.data(), qsizetype(hidden.size())) +
               kNarrowSpace + unitText(currency, look.unit) + kIsolateEnd;
    }
    if (look.unit == "sat"_L1 && currency.isBitcoin())
        return minorText(amount, currency, look);
    money::AmountFormat format;
    format.locale = numberLocale();
    format.decimals = look.decimals;
    format.sign = look.sign;
    format.isolates = money::Isolates::Around;
    return QString::fromStdString(money::formatAmount({amount, currency}, format));
}

QString withoutIsolates(QString text)
{
    text.removeIf([](QChar c) { return c.unicode() >= 0x2066 && c.unicode() <= 0x2069; });
    return text;
}

QString groupedAddress(const QString& address)
{
    QString result;
    for (qsizetype i = 0; i < address.size(); i += 4) {
        if (i > 0)
            result += u' ';
        result += QStringView(address).mid(i, 4);
    }
    return result;
}

QString shortAddress(const QString& address)
{
    if (address.size() <= 20)
        return address;
    return address.left(8) + kEllipsis + address.right(8);
}

QString shortId(const QString& id)
{
    return shortAddress(id);
}

QString relativeTime(std::int64_t ms, std::int64_t nowMs)
{
    if (ms <= 0)
        return u"–"_s;
    const std::int64_t seconds = (nowMs - ms) / 1000;
    if (seconds >= 0 && seconds < 24 * 3600)
        return Texts::relative(seconds);
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms).date(), QLocale::ShortFormat);
}

QString absoluteTime(std::int64_t ms)
{
    if (ms <= 0)
        return u"–"_s;
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

QString dayText(std::int64_t ms, std::int64_t nowMs)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(ms).date();
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    if (day == today)
        return Texts::today();
    if (day == today.addDays(-1))
        return Texts::yesterday();
    return QLocale().toString(day, QLocale::LongFormat);
}

QString durationText(std::int64_t seconds)
{
    return Texts::duration(seconds);
}

QString feeRateText(std::int64_t milliSatPerVb)
{
    const std::int64_t tenths = (milliSatPerVb + 50) / 100;
    QString text = QString::number(tenths / 10);
    if (tenths % 10 != 0)
        text += QLocale().decimalPoint() + QString::number(tenths % 10);
    return Texts::feeRate(text);
}

QString accountTypeText(api::AccountType type)
{
    return Texts::accountType(type);
}
QString networkText(const QString& network)
{
    return Texts::network(network);
}
QString sourceText(api::Source source)
{
    return Texts::source(source);
}
QString movementText(const QString& kind)
{
    return Texts::movement(kind);
}
QString statusText(const api::HistoryRow& row)
{
    return Texts::status(row);
}
QString realmText(api::Realm realm)
{
    return Texts::realm(realm);
}

} // namespace coffer::ui
