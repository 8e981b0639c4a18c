// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/network.h"

#include <optional>
#include <string>
#include <vector>

namespace coffer::payments {

inline constexpr std::size_t kMaxUriSize = 4'096;

/// Ways to pay besides the address that a URI offers (BIP321). Coffer recognises them all.
enum class Instruction
{
    SilentPayment,  ///< sp
    Segwit,         ///< bc, tb: a further address.
    Lightning,      ///< lightning: BOLT11
    LightningOffer, ///< lno: BOLT12
    PrivatePayment, ///< pay: BIP351
    Other
};

/// One way to pay, with its value as the URI gives it.
struct UriInstruction
{
    Instruction kind = Instruction::Other;
    std::string key; ///< Lower case.
    std::string value;
    bool operator==(const UriInstruction&) const = default;
};

/// A payment request as `bitcoin:` URIs carry it (BIP21, BIP321).
struct BitcoinUri
{
    /// Valid on the network asked for; empty if only instructions were given.
    std::string address;
    std::optional<std::int64_t> amount; ///< Satoshi.
    std::string label;                  ///< UTF-8 without control and bidi characters.
    std::string message;
    std::vector<UriInstruction> instructions; ///< In order.
    /// Where to return a proof of payment; only schemes that cannot run or load anything.
    std::string proofOfPayment;
    bool operator==(const BitcoinUri&) const = default;
};

/// Strict. Malformed (syntax, percent-encoding, UTF-8, a key twice), TooLarge, OutOfRange (amount),
/// Unsupported (an unknown `req-` key, `req-pop`, an address kind that is not paid to), BadChecksum
/// and WrongNetwork (the address), NotFound (no address and no instruction).
base::Result<BitcoinUri> parseBitcoinUri(std::string_view text, bitcoin::Network network);

/// Whether text claims to be one: begins with "bitcoin:", in any case.
bool isBitcoinUri(std::string_view text);

/// Lower-case scheme, the address as it is, amount without trailing zeros, percent-encoded texts.
std::string writeBitcoinUri(const BitcoinUri& uri);

/// The address, or else the first segwit instruction; empty if there is neither.
std::string payableAddress(const BitcoinUri& uri);

/// Trimmed text that is an address or URI.
struct PaymentTarget
{
    BitcoinUri uri;
    bool fromUri = false;
};
base::Result<PaymentTarget> parsePaymentTarget(std::string_view text, bitcoin::Network network);

/// Removes control and bidirectional characters, which could reorder what is shown. Malformed if it
/// is no UTF-8.
base::Result<std::string> displayText(std::string_view utf8);

/// Groups of four for reading aloud and comparing: "bc1q w508 d6qe ...".
std::string groupedAddress(std::string_view address);

} // namespace coffer::payments
