// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/finding_text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// Gives the texts a translation context.
class FindingTexts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::FindingTexts)

public:
    static QString of(const api::Finding& finding, const AmountLook& look,
                      const money::Currency& currency);
    static QString numbers(const api::Finding& finding, const AmountLook& look,
                           const money::Currency& currency);
    static QString acknowledgement(const api::Finding& finding);
};

QString minorUnits(const QString& text, const AmountLook& look, const money::Currency& currency)
{
    auto amount = money::Amount::parse(text.toStdString());
    return amount ? amountText(*amount, currency, look) : text;
}

QString FindingTexts::of(const api::Finding& finding, const AmountLook& look,
                         const money::Currency& currency)
{
    const QString& rule = finding.rule;
    const QString first = finding.parameters.value(0);
    const QString second = finding.parameters.value(1);
    if (rule == "own_address"_L1)
        return tr("This is an address of your own account “%1”.").arg(first);
    if (rule == "known_payee"_L1) {
        const QString count = tr("paid %n time(s) before", nullptr, second.toInt());
        return first.isEmpty() ? tr("Known address, %1.").arg(count)
                               : tr("Known as “%1”, %2.").arg(first, count);
    }
    if (rule == "first_time"_L1)
        return tr("First payment to this address.");
    if (rule == "look_alike"_L1)
        return second.isEmpty()
                   ? tr("Looks like %1, which you paid before, but differs in the middle. Compare "
                        "every character with the original source.")
                         .arg(shortAddress(first))
                   : tr("Looks like the address of “%1”, but differs in the middle. Compare every "
                        "character with the original source.")
                         .arg(second);
    if (rule == "clipboard_changed"_L1)
        return tr("This is not the address that was copied (%1). A program may have exchanged it.")
            .arg(shortAddress(first));
    if (rule == "test_network"_L1)
        return tr("Test money: %1. It has no value.").arg(networkText(first));
    if (rule == "pays_self"_L1)
        return tr("Everything goes back to yourself.");
    if (rule == "unconfirmed_coins"_L1)
        return tr("Uses %n coin(s) that still wait for a block.", nullptr, first.toInt());
    if (rule == "address_reused"_L1)
        return tr("This address was paid %n time(s) before; a fresh one keeps payments apart.",
                  nullptr, first.toInt());
    return numbers(finding, look, currency);
}

QString FindingTexts::numbers(const api::Finding& finding, const AmountLook& look,
                              const money::Currency& currency)
{
    const QString& rule = finding.rule;
    const QString first = finding.parameters.value(0);
    if (rule == "large_share"_L1)
        return tr("Large amount: %1 % of your balance.").arg(first);
    if (rule == "above_usual"_L1)
        return tr("Larger than any payment of the last 30 days (%1).")
            .arg(minorUnits(first, look, currency));
    if (rule == "dust_amount"_L1)
        return tr("Too small to be passed on: the least is %1.")
            .arg(minorUnits(first, look, currency));
    if (rule == "high_fee_share"_L1)
        return tr("High fee: %1 % of the amount.").arg(first);
    if (rule == "high_fee_rate"_L1)
        return tr("High fee rate: %1 times what is usual now.").arg(first);
    // A rule of a newer engine: say at least its name.
    return tr("Finding “%1” (%2).").arg(rule, finding.parameters.join(u", "_s));
}

QString FindingTexts::acknowledgement(const api::Finding& finding)
{
    const QString& rule = finding.rule;
    if (rule == "own_address"_L1)
        return tr("I want to pay myself");
    if (rule == "look_alike"_L1)
        return tr("I compared the full address with the recipient");
    if (rule == "clipboard_changed"_L1)
        return tr("I checked that this is the address I meant, although it is not the copied one");
    if (rule == "dust_amount"_L1)
        return tr("I know that this amount may never arrive");
    if (rule == "high_fee_share"_L1)
        return tr("I accept that the fee is a large part of the amount");
    return tr("I have read this and want to pay anyway");
}

} // namespace

QString findingText(const api::Finding& finding, const AmountLook& look,
                    const money::Currency& currency)
{
    return FindingTexts::of(finding, look, currency);
}

QString acknowledgementText(const api::Finding& finding)
{
    return FindingTexts::acknowledgement(finding);
}

} // namespace coffer::ui
