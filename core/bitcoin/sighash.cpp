// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/sighash.h"

#include "core/base/assert.h"
#include "core/crypto/hash.h"

namespace coffer::bitcoin {

using base::ByteView;
using base::ByteWriter;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint32_t kOutputMask = 0x1f;

/// The script code without OP_CODESEPARATOR; an undecodable rest is kept as it is.
Script withoutSeparators(ByteView script)
{
    Script out;
    out.reserve(script.size());
    std::size_t position = 0;
    while (position < script.size()) {
        const auto op = readOp(script, position);
        if (!op)
            break;
        if (op->opcode != OP_CODESEPARATOR)
            out.insert(out.end(), script.begin() + static_cast<std::ptrdiff_t>(position),
                       script.begin() + static_cast<std::ptrdiff_t>(op->end));
        position = op->end;
    }
    out.insert(out.end(), script.begin() + static_cast<std::ptrdiff_t>(position), script.end());
    return out;
}

void writeOutPoint(ByteWriter& writer, const OutPoint& point)
{
    writer.append(point.txid.bytes());
    writer.u32le(point.index);
}

void writeScript(ByteWriter& writer, ByteView script)
{
    writer.compactSize(script.size());
    writer.append(script);
}

void writeLegacyOutputs(ByteWriter& writer, const Transaction& tx, std::size_t index,
                        std::uint32_t kind)
{
    if (kind == kSighashNone) {
        writer.compactSize(0);
        return;
    }
    if (kind != kSighashSingle) {
        writer.compactSize(tx.outputs.size());
        for (const auto& output : tx.outputs)
            writer.append(serializeOutput(output));
        return;
    }
    writer.compactSize(index + 1);
    for (std::size_t i = 0; i < index; ++i) {
        writer.u64le(~std::uint64_t{0}); // -1 and an empty script.
        writer.compactSize(0);
    }
    writer.append(serializeOutput(tx.outputs[index]));
}

template <typename Items, typename Write>
Hash256 hashEach(const Items& items, Write write)
{
    ByteWriter writer;
    for (const auto& item : items)
        write(writer, item);
    return crypto::sha256(writer.view());
}

bool isTaprootHashType(std::uint8_t hashType)
{
    const auto kind = hashType & ~kSighashAnyoneCanPay;
    return hashType == kSighashDefault || (kind >= kSighashAll && kind <= kSighashSingle);
}

} // namespace

std::string sighashName(std::uint32_t hashType)
{
    const char* name = nullptr;
    switch (hashType & ~std::uint32_t{kSighashAnyoneCanPay}) {
    case kSighashDefault:
        name = "SIGHASH_DEFAULT";
        break;
    case kSighashAll:
        name = "SIGHASH_ALL";
        break;
    case kSighashNone:
        name = "SIGHASH_NONE";
        break;
    case kSighashSingle:
        name = "SIGHASH_SINGLE";
        break;
    default:
        return "SIGHASH number " + std::to_string(hashType);
    }
    return std::string(name) + ((hashType & kSighashAnyoneCanPay) != 0 ? "|ANYONECANPAY" : "");
}

Hash256 legacySighash(const Transaction& tx, std::size_t index, ByteView scriptCode,
                      std::uint32_t hashType)
{
    ASSERT(index < tx.inputs.size());
    const auto kind = hashType & kOutputMask;
    if (kind == kSighashSingle && index >= tx.outputs.size()) {
        Hash256 one{};
        one[0] = 1;
        return one;
    }
    const bool anyoneCanPay = (hashType & kSighashAnyoneCanPay) != 0;
    const auto code = withoutSeparators(scriptCode);
    ByteWriter writer;
    writer.u32le(static_cast<std::uint32_t>(tx.version));
    writer.compactSize(anyoneCanPay ? 1 : tx.inputs.size());
    for (std::size_t i = 0; i < tx.inputs.size(); ++i) {
        if (anyoneCanPay && i != index)
            continue;
        const auto& input = tx.inputs[i];
        writeOutPoint(writer, input.previous);
        writeScript(writer, i == index ? ByteView(code) : ByteView());
        const bool blank = i != index && (kind == kSighashNone || kind == kSighashSingle);
        writer.u32le(blank ? 0 : input.sequence);
    }
    writeLegacyOutputs(writer, tx, index, kind);
    writer.u32le(tx.lockTime);
    writer.u32le(hashType);
    return crypto::sha256d(writer.view());
}

Script p2wpkhScriptCode(const base::ByteArray<20>& keyHash)
{
    return p2pkh(keyHash);
}

SighashCache::SighashCache(const Transaction& transaction, std::span<const TxOutput> spent)
    : m_transaction(transaction)
    , m_spent(spent)
{
    m_outpoints = hashEach(transaction.inputs, [](ByteWriter& writer, const TxInput& input) {
        writeOutPoint(writer, input.previous);
    });
    m_sequences = hashEach(transaction.inputs, [](ByteWriter& writer, const TxInput& input) {
        writer.u32le(input.sequence);
    });
    m_outputs = hashEach(transaction.outputs, [](ByteWriter& writer, const TxOutput& output) {
        writer.append(serializeOutput(output));
    });
    m_amounts = hashEach(spent, [](ByteWriter& writer, const TxOutput& output) {
        writer.u64le(static_cast<std::uint64_t>(output.amount));
    });
    m_scripts = hashEach(spent, [](ByteWriter& writer, const TxOutput& output) {
        writeScript(writer, output.script);
    });
}

Hash256 SighashCache::witnessV0(std::size_t index, ByteView scriptCode, std::int64_t amount,
                                std::uint32_t hashType) const
{
    // BIP143, "Specification".
    const auto& tx = m_transaction;
    ASSERT(index < tx.inputs.size());
    const auto kind = hashType & kOutputMask;
    const bool anyoneCanPay = (hashType & kSighashAnyoneCanPay) != 0;
    const bool allOutputs = kind != kSighashSingle && kind != kSighashNone;
    Hash256 outputs{};
    if (allOutputs)
        outputs = crypto::sha256(m_outputs);
    else if (kind == kSighashSingle && index < tx.outputs.size())
        outputs = crypto::sha256d(serializeOutput(tx.outputs[index]));
    ByteWriter writer;
    writer.u32le(static_cast<std::uint32_t>(tx.version));
    writer.append(anyoneCanPay ? Hash256{} : crypto::sha256(m_outpoints));
    writer.append(anyoneCanPay || !allOutputs ? Hash256{} : crypto::sha256(m_sequences));
    writeOutPoint(writer, tx.inputs[index].previous);
    writeScript(writer, scriptCode);
    writer.u64le(static_cast<std::uint64_t>(amount));
    writer.u32le(tx.inputs[index].sequence);
    writer.append(outputs);
    writer.u32le(tx.lockTime);
    writer.u32le(hashType);
    return crypto::sha256d(writer.view());
}

Result<Hash256> SighashCache::taprootKeyPath(std::size_t index, std::uint8_t hashType,
                                             ByteView annex) const
{
    return taproot(index, hashType, nullptr, annex);
}

Result<Hash256> SighashCache::taprootScriptPath(std::size_t index, std::uint8_t hashType,
                                                const Hash256& leafHash, ByteView annex) const
{
    return taproot(index, hashType, &leafHash, annex);
}

Result<Hash256> SighashCache::taproot(std::size_t index, std::uint8_t hashType,
                                      const Hash256* leafHash, ByteView annex) const
{
    // BIP341, "Common signature message"; BIP342 adds the leaf.
    const auto& tx = m_transaction;
    if (index >= tx.inputs.size())
        return {ErrorCode::OutOfRange, "no such input"};
    if (m_spent.size() != tx.inputs.size())
        return {ErrorCode::Rejected, "taproot signs all spent outputs, and not all are known"};
    if (!isTaprootHashType(hashType))
        return {ErrorCode::OutOfRange, "undefined hash type"};
    const auto kind = hashType & 3;
    const bool anyoneCanPay = (hashType & kSighashAnyoneCanPay) != 0;
    if (kind == kSighashSingle && index >= tx.outputs.size())
        return {ErrorCode::OutOfRange, "no output at the input's position"};

    ByteWriter writer;
    writer.u8(0); // Epoch.
    writer.u8(hashType);
    writer.u32le(static_cast<std::uint32_t>(tx.version));
    writer.u32le(tx.lockTime);
    if (!anyoneCanPay) {
        writer.append(m_outpoints);
        writer.append(m_amounts);
        writer.append(m_scripts);
        writer.append(m_sequences);
    }
    if (kind != kSighashNone && kind != kSighashSingle)
        writer.append(m_outputs);
    writer.u8(static_cast<std::uint8_t>((leafHash != nullptr ? 2 : 0) + (annex.empty() ? 0 : 1)));
    if (anyoneCanPay) {
        writeOutPoint(writer, tx.inputs[index].previous);
        writer.append(serializeOutput(m_spent[index]));
        writer.u32le(tx.inputs[index].sequence);
    } else {
        writer.u32le(static_cast<std::uint32_t>(index));
    }
    if (!annex.empty()) {
        ByteWriter field;
        writeScript(field, annex);
        writer.append(crypto::sha256(field.view()));
    }
    if (kind == kSighashSingle)
        writer.append(crypto::sha256(serializeOutput(tx.outputs[index])));
    if (leafHash != nullptr) {
        writer.append(*leafHash);
        writer.u8(0);             // Key version.
        writer.u32le(0xffffffff); // No OP_CODESEPARATOR.
    }
    return crypto::taggedHash("TapSighash", writer.view());
}

} // namespace coffer::bitcoin
