// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/transaction.h"

#include "core/crypto/hash.h"

#include <charconv>

namespace coffer::bitcoin {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// No transaction outgrows a block, whose weight counts every byte at least once.
constexpr std::size_t kMaxTransactionSize = static_cast<std::size_t>(kMaxBlockWeight);
// Outpoint, empty script, sequence; amount, empty script.
constexpr std::size_t kMinInputSize = 41;
constexpr std::size_t kMinOutputSize = 9;

enum class Witness
{
    Allowed,
    Forbidden,
};

/// A count that the remaining bytes can hold, so that nothing is reserved on a mere claim.
Result<std::size_t> readCount(ByteReader& reader, std::size_t minimumSize)
{
    auto count = TRY(reader.compactSize(kMaxTransactionSize));
    if (count > reader.remaining() / minimumSize)
        return {ErrorCode::Malformed, "more elements claimed than bytes follow"};
    return static_cast<std::size_t>(count);
}

Result<Bytes> readBytes(ByteReader& reader)
{
    auto size = TRY(reader.compactSize(kMaxTransactionSize));
    auto view = TRY(reader.take(static_cast<std::size_t>(size)));
    return Bytes(view.begin(), view.end());
}

Result<TxInput> readInput(ByteReader& reader)
{
    TxInput input;
    auto txid = TRY(reader.array<32>());
    input.previous.txid = Txid(txid);
    input.previous.index = TRY(reader.u32le());
    input.scriptSig = TRY(readBytes(reader));
    input.sequence = TRY(reader.u32le());
    return input;
}

Result<TxOutput> readOutput(ByteReader& reader)
{
    TxOutput output;
    auto amount = TRY(reader.u64le());
    output.amount = static_cast<std::int64_t>(amount);
    output.script = TRY(readBytes(reader));
    return output;
}

Result<void> readInputs(ByteReader& reader, std::vector<TxInput>& inputs)
{
    auto count = TRY(readCount(reader, kMinInputSize));
    inputs.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto input = TRY(readInput(reader));
        inputs.push_back(std::move(input));
    }
    return {};
}

Result<void> readOutputs(ByteReader& reader, std::vector<TxOutput>& outputs)
{
    auto count = TRY(readCount(reader, kMinOutputSize));
    outputs.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto output = TRY(readOutput(reader));
        outputs.push_back(std::move(output));
    }
    return {};
}

Result<void> readWitnesses(ByteReader& reader, std::vector<TxInput>& inputs)
{
    for (auto& input : inputs) {
        auto count = TRY(readCount(reader, 1));
        input.witness.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            auto item = TRY(readBytes(reader));
            input.witness.push_back(std::move(item));
        }
    }
    return {};
}

Result<Transaction> read(ByteReader& reader, Witness witness)
{
    const auto start = reader.position();
    Transaction tx;
    auto version = TRY(reader.u32le());
    tx.version = static_cast<std::int32_t>(version);
    TRY(readInputs(reader, tx.inputs));
    std::uint8_t flag = 0;
    if (tx.inputs.empty() && witness == Witness::Allowed) {
        // BIP144: zero inputs were the marker, a flag follows. A flag of zero is the count of
        // outputs of a transaction with neither inputs nor outputs, as Bitcoin Core reads it.
        flag = TRY(reader.u8());
        if (flag > 1)
            return {ErrorCode::Malformed, "unknown witness flag in a transaction"};
        if (flag == 1) {
            TRY(readInputs(reader, tx.inputs));
            TRY(readOutputs(reader, tx.outputs));
        }
    } else {
        TRY(readOutputs(reader, tx.outputs));
    }
    if (flag == 1) {
        TRY(readWitnesses(reader, tx.inputs));
        if (!tx.hasWitness())
            return {ErrorCode::Malformed, "witness format without a witness"};
    }
    tx.lockTime = TRY(reader.u32le());
    if (reader.position() - start > kMaxTransactionSize)
        return {ErrorCode::TooLarge, "transaction above 4,000,000 bytes"};
    return tx;
}

Result<Transaction> readWhole(ByteView bytes, Witness witness)
{
    if (bytes.size() > kMaxTransactionSize)
        return {ErrorCode::TooLarge, "transaction above 4,000,000 bytes"};
    ByteReader reader(bytes);
    auto tx = TRY(read(reader, witness));
    TRY(reader.expectEnd());
    return tx;
}

void writeBytes(ByteWriter& writer, ByteView bytes)
{
    writer.compactSize(bytes.size());
    writer.append(bytes);
}

void writeOutput(ByteWriter& writer, const TxOutput& output)
{
    writer.u64le(static_cast<std::uint64_t>(output.amount));
    writeBytes(writer, output.script);
}

Bytes write(const Transaction& tx, Witness witness)
{
    ByteWriter writer;
    writer.u32le(static_cast<std::uint32_t>(tx.version));
    if (witness == Witness::Allowed) {
        writer.u8(0);
        writer.u8(1);
    }
    writer.compactSize(tx.inputs.size());
    for (const auto& input : tx.inputs) {
        writer.append(input.previous.txid.bytes());
        writer.u32le(input.previous.index);
        writeBytes(writer, input.scriptSig);
        writer.u32le(input.sequence);
    }
    writer.compactSize(tx.outputs.size());
    for (const auto& output : tx.outputs)
        writeOutput(writer, output);
    if (witness == Witness::Allowed) {
        for (const auto& input : tx.inputs) {
            writer.compactSize(input.witness.size());
            for (const auto& item : input.witness)
                writeBytes(writer, item);
        }
    }
    writer.u32le(tx.lockTime);
    return writer.take();
}

std::int64_t compactLength(std::size_t value)
{
    if (value < 253)
        return 1;
    if (value <= 0xffff)
        return 3;
    return value <= 0xffffffff ? 5 : 9;
}

std::int64_t fieldSize(const Bytes& bytes)
{
    return compactLength(bytes.size()) + static_cast<std::int64_t>(bytes.size());
}

} // namespace

std::string OutPoint::toString() const
{
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof(digits), index).ptr;
    return txid.toHex() + ":" + std::string(digits, end);
}

Result<OutPoint> OutPoint::parse(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return {ErrorCode::Malformed, "an outpoint is written txid:index"};
    OutPoint point;
    point.txid = TRY(Txid::parse(text.substr(0, colon)));
    const auto number = text.substr(colon + 1);
    const auto end = number.data() + number.size();
    const auto parsed = std::from_chars(number.data(), end, point.index);
    if (number.empty() || parsed.ec != std::errc{} || parsed.ptr != end)
        return {ErrorCode::Malformed, "an outpoint's index is a number below 2^32"};
    return point;
}

Bytes serializeOutput(const TxOutput& output)
{
    ByteWriter writer;
    writeOutput(writer, output);
    return writer.take();
}

Result<TxOutput> parseOutput(ByteView bytes)
{
    ByteReader reader(bytes);
    auto output = TRY(readOutput(reader));
    TRY(reader.expectEnd());
    return output;
}

Result<Transaction> Transaction::parse(ByteView bytes)
{
    return readWhole(bytes, Witness::Allowed);
}

Result<Transaction> Transaction::parse(ByteReader& reader)
{
    return read(reader, Witness::Allowed);
}

Result<Transaction> Transaction::parseNoWitness(ByteView bytes)
{
    return readWhole(bytes, Witness::Forbidden);
}

Bytes Transaction::serialize() const
{
    return write(*this, hasWitness() ? Witness::Allowed : Witness::Forbidden);
}

Bytes Transaction::serializeNoWitness() const
{
    return write(*this, Witness::Forbidden);
}

Txid Transaction::txid() const
{
    return Txid(crypto::sha256d(serializeNoWitness()));
}

Wtxid Transaction::wtxid() const
{
    return Wtxid(crypto::sha256d(serialize()));
}

bool Transaction::hasWitness() const
{
    return std::any_of(inputs.begin(), inputs.end(),
                       [](const TxInput& input) { return !input.witness.empty(); });
}

std::int64_t Transaction::sizeNoWitness() const
{
    std::int64_t total = 8 + compactLength(inputs.size()) + compactLength(outputs.size());
    for (const auto& input : inputs)
        total += 40 + fieldSize(input.scriptSig);
    for (const auto& output : outputs)
        total += 8 + fieldSize(output.script);
    return total;
}

std::int64_t Transaction::size() const
{
    std::int64_t total = sizeNoWitness();
    if (!hasWitness())
        return total;
    total += 2; // Marker and flag.
    for (const auto& input : inputs) {
        total += compactLength(input.witness.size());
        for (const auto& item : input.witness)
            total += fieldSize(item);
    }
    return total;
}

std::int64_t Transaction::weight() const
{
    return sizeNoWitness() * (kWitnessScaleFactor - 1) + size();
}

std::int64_t Transaction::vsize() const
{
    return (weight() + kWitnessScaleFactor - 1) / kWitnessScaleFactor;
}

Result<std::int64_t> Transaction::outputSum() const
{
    std::int64_t sum = 0;
    for (const auto& output : outputs)
        sum = TRY(addMoney(sum, output.amount));
    return sum;
}

Result<void> Transaction::checkStructure() const
{
    if (inputs.empty() || outputs.empty())
        return {ErrorCode::Rejected, "a transaction needs inputs and outputs"};
    if (sizeNoWitness() * kWitnessScaleFactor > kMaxBlockWeight)
        return {ErrorCode::Rejected, "a transaction heavier than a block"};
    TRY(outputSum());
    std::vector<OutPoint> spent;
    spent.reserve(inputs.size());
    for (const auto& input : inputs)
        spent.push_back(input.previous);
    std::sort(spent.begin(), spent.end());
    if (std::adjacent_find(spent.begin(), spent.end()) != spent.end())
        return {ErrorCode::Rejected, "a transaction spends one output twice"};
    if (isCoinbase()) {
        const auto size = inputs[0].scriptSig.size();
        if (size < 2 || size > 100)
            return {ErrorCode::Rejected, "a coinbase script has 2 to 100 bytes"};
        return {};
    }
    for (const auto& input : inputs) {
        if (input.previous.isNull())
            return {ErrorCode::Rejected, "an input spends nothing"};
    }
    return {};
}

} // namespace coffer::bitcoin
