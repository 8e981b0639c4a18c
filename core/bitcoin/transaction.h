// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/amount.h"
#include "core/bitcoin/hash_id.h"
#include "core/bitcoin/script.h"

namespace coffer::bitcoin {

inline constexpr std::int64_t kMaxBlockWeight = 4'000'000;
inline constexpr std::int64_t kWitnessScaleFactor = 4;
/// The largest weight that is relayed.
inline constexpr std::int64_t kMaxStandardWeight = 400'000;

inline constexpr std::uint32_t kSequenceFinal = 0xffffffff;
/// Opts in to replacement (BIP125); what Coffer's own inputs carry.
inline constexpr std::uint32_t kSequenceReplaceable = 0xfffffffd;

/// Names one output of one transaction.
struct OutPoint
{
    Txid txid;
    std::uint32_t index = 0;

    friend auto operator<=>(const OutPoint&, const OutPoint&) = default;
    /// The outpoint of a coinbase input.
    bool isNull() const { return index == 0xffffffff && txid.isZero(); }
    /// "txid:index".
    std::string toString() const;
    /// Reads "txid:index" (decimal, no sign); Malformed.
    static base::Result<OutPoint> parse(std::string_view text);
};

/// Spends one output.
struct TxInput
{
    OutPoint previous;
    Script scriptSig;
    std::uint32_t sequence = kSequenceFinal;
    std::vector<base::Bytes> witness;

    bool operator==(const TxInput&) const = default;
};

/// An amount in satoshi, and the script that guards it. As parsed the amount may be anything:
/// checkStructure() tells.
struct TxOutput
{
    std::int64_t amount = 0;
    Script script;

    bool operator==(const TxOutput&) const = default;
};

/// Serialisation of an output as in a transaction (also PSBT's witness utxo).
base::Bytes serializeOutput(const TxOutput& output);
base::Result<TxOutput> parseOutput(base::ByteView bytes);

/// A transaction, with or without witnesses (BIP144).
struct Transaction
{
    std::int32_t version = 2;
    std::vector<TxInput> inputs;
    std::vector<TxOutput> outputs;
    std::uint32_t lockTime = 0;

    /// Exactly one transaction in either format. Malformed: truncated, trailing bytes,
    /// non-canonical sizes, unknown flag, a witness format without witnesses. TooLarge: above
    /// 4,000,000 bytes, or counts that cannot fit. Consensus rules beyond the format:
    /// checkStructure().
    static base::Result<Transaction> parse(base::ByteView bytes);
    /// As above, leaves the reader behind the transaction.
    static base::Result<Transaction> parse(base::ByteReader& reader);
    /// Never takes zero inputs for a witness marker (the unsigned transaction of a PSBT).
    static base::Result<Transaction> parseNoWitness(base::ByteView bytes);

    /// With witnesses when there are any.
    base::Bytes serialize() const;
    base::Bytes serializeNoWitness() const;

    Txid txid() const;
    Wtxid wtxid() const;
    bool hasWitness() const;
    bool isCoinbase() const { return inputs.size() == 1 && inputs[0].previous.isNull(); }

    std::int64_t size() const;
    std::int64_t sizeNoWitness() const;
    /// Weight units (BIP141): 3 x size without witness + size.
    std::int64_t weight() const;
    /// Weight / 4, rounded up.
    std::int64_t vsize() const;
    /// The sum of all outputs; OutOfRange when it or one of them is no money.
    base::Result<std::int64_t> outputSum() const;

    /// Consensus rules that need nothing else: inputs and outputs exist, amounts, no outpoint
    /// twice, coinbase script 2 ... 100 bytes, no null outpoint elsewhere, weight. Rejected or
    /// OutOfRange.
    base::Result<void> checkStructure() const;

    bool operator==(const Transaction&) const = default;
};

} // namespace coffer::bitcoin

template <>
struct std::hash<coffer::bitcoin::OutPoint>
{
    std::size_t operator()(const coffer::bitcoin::OutPoint& point) const noexcept
    {
        const auto first = std::hash<coffer::bitcoin::Txid>{}(point.txid);
        return first ^ (static_cast<std::size_t>(point.index) * 0x9e3779b97f4a7c15ULL);
    }
};
