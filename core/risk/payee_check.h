// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Is this the payee that the person means? Pure rules over what the wallet already knows.
///
/// Problem: addresses are unreadable, so people compare their ends. Malware replaces a copied
/// address; poisoners send dust from addresses that share both ends with one that was really paid,
/// and wait for it to be copied from the history. Approach: no list from outside. Compare with own
/// addresses, contacts, history and the last copy made here, at paste and again before signing.
/// Limits: a first payment to a forged address that resembles nothing known is only "first time".
/// A broken checksum or the wrong network is found where the address is parsed, before these rules.

#include "core/money/amount.h"
#include "core/risk/finding.h"

#include <optional>
#include <span>

namespace coffer::risk {

/// Somebody that was paid before, or a contact.
struct KnownPayee
{
    std::string address;
    std::string name;          ///< Empty if only from the history.
    std::int64_t payments = 0; ///< Payments to this address; 0 for a contact never paid.
};

/// What to compare a pasted address with.
struct PayeeContext
{
    std::span<const KnownPayee> known;
    /// Own addresses and the names of their accounts.
    std::span<const KnownPayee> own;
    /// The last address that was copied inside Coffer: its look-alike is a danger. Empty if none.
    std::string_view lastCopied;
    /// What the clipboard holds a moment after pasting: it must be the same address. Empty if the
    /// address was not pasted.
    std::string_view clipboardNow;
};

/// Findings about the payee alone; never empty: who is known is said too.
std::vector<Finding> checkPayee(std::string_view address, const PayeeContext& context);

/// Whether the ends (4 and 4 characters, the prefix of a bech32 address left out) are equal and the
/// middle differs.
bool looksAlike(std::string_view first, std::string_view second);

/// The numbers of a payment, all in minor units of one currency.
struct PaymentNumbers
{
    money::Amount amount;
    money::Amount fee;
    std::optional<money::Amount> balance; ///< Spendable before it; absent: not known.
    std::optional<money::Amount> largestOf30Days;
    std::optional<money::Amount> dustLimit; ///< Of the payee's script.
    /// In the currency's rate unit (for bitcoin satoshi per 1,000 vB).
    std::int64_t feeRate = 0;
    std::optional<std::int64_t> medianFeeRate;
    std::string_view testNetwork; ///< Name; empty on a main network.
    std::int64_t unconfirmedInputs = 0;
    bool paysSelf = false;
};

/// Per cent of the balance above which a payment is called large.
inline constexpr std::int64_t kLargeSharePercent = 50;
inline constexpr std::int64_t kHighFeePercent = 5;
inline constexpr std::int64_t kAbsurdFeePercent = 50;
inline constexpr std::int64_t kHighFeeRateFactor = 3;

/// Findings about amounts and fee.
std::vector<Finding> checkNumbers(const PaymentNumbers& numbers);

} // namespace coffer::risk
