// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/psbt/psbt.h"

#include "core/base/base64.h"
#include "core/bitcoin/psbt/psbt_fields.h"

namespace coffer::bitcoin {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr base::ByteArray<5> kMagic{'p', 's', 'b', 't', 0xff};
/// Fields of all maps together; a map node costs much more memory than its few bytes here.
constexpr std::size_t kMaxPairs = 200'000;
/// Steps in one derivation path, as many as BIP32 allows.
constexpr std::size_t kMaxPathSteps = 255;

Error malformed(const char* what)
{
    return Error{ErrorCode::Malformed, std::string("PSBT: ") + what};
}

Bytes keyOf(std::uint64_t type, ByteView keyData)
{
    ByteWriter out;
    out.compactSize(type);
    out.append(keyData);
    return out.take();
}

Bytes u32Bytes(std::uint32_t value)
{
    ByteWriter out;
    out.u32le(value);
    return out.take();
}

Bytes countBytes(std::size_t value)
{
    ByteWriter out;
    out.compactSize(value);
    return out.take();
}

Result<PsbtMap> readMap(ByteReader& in, std::size_t& pairsLeft)
{
    PsbtMap map;
    while (true) {
        const std::uint64_t keySize = TRY(in.compactSize(kMaxPsbtSize));
        if (keySize == 0)
            return map;
        if (pairsLeft-- == 0)
            return Error{ErrorCode::TooLarge, "PSBT: too many fields"};
        const ByteView key = TRY(in.take(static_cast<std::size_t>(keySize)));
        const std::uint64_t valueSize = TRY(in.compactSize(kMaxPsbtSize));
        const ByteView value = TRY(in.take(static_cast<std::size_t>(valueSize)));
        if (!map.insert(base::bytesOf(key), base::bytesOf(value)))
            return malformed("duplicate key");
    }
}

void writeMap(ByteWriter& out, const PsbtMap& map)
{
    for (const auto& [key, value] : map.pairs()) {
        out.compactSize(key.size());
        out.append(key);
        out.compactSize(value.size());
        out.append(value);
    }
    out.u8(0);
}

Result<PsbtVersion> versionOf(const PsbtMap& global)
{
    const Bytes* value = global.find(psbt_type::kGlobalVersion);
    if (!value)
        return PsbtVersion::V0;
    if (value->size() != 4)
        return malformed("version");
    const std::uint32_t version = psbt_fields::readU32(*value);
    if (version != 0 && version != 2)
        return Error{ErrorCode::Unsupported, "PSBT version " + std::to_string(version)};
    return version == 0 ? PsbtVersion::V0 : PsbtVersion::V2;
}

Result<std::size_t> readCount(const PsbtMap& global, std::uint64_t type)
{
    const Bytes* value = global.find(type);
    if (!value)
        return malformed("number of inputs or outputs is missing");
    const std::uint64_t count = TRY(ByteReader(*value).compactSize(kMaxPsbtMaps));
    return static_cast<std::size_t>(count);
}

using Check = Result<void> (*)(const psbt_fields::Field&, PsbtVersion);

Result<void> checkMap(const PsbtMap& map, PsbtVersion version, Check check)
{
    for (const auto& [key, value] : map.pairs()) {
        const psbt_fields::Field field = TRY(psbt_fields::split(key, value));
        TRY(check(field, version));
    }
    return {};
}

/// The previous transaction, where given, must be the one that the input names.
Result<void> checkPrevious(const PsbtMap& map, const OutPoint& point)
{
    const Bytes* bytes = map.find(psbt_type::kInNonWitnessUtxo);
    if (!bytes)
        return {};
    const Transaction previous = TRY(Transaction::parse(*bytes));
    if (previous.txid() != point.txid)
        return malformed("previous transaction has another txid");
    if (point.index >= previous.outputs.size())
        return malformed("previous transaction has no such output");
    return {};
}

/// BIP370, "Determining Lock Time".
Result<std::uint32_t> lockTimeOf(const PsbtMap& global, const std::vector<PsbtMap>& inputs)
{
    bool anyRequires = false;
    bool allAllowTime = true;
    bool allAllowHeight = true;
    std::uint32_t time = 0;
    std::uint32_t height = 0;
    for (const PsbtMap& input : inputs) {
        const Bytes* wantedTime = input.find(psbt_type::kInRequiredTime);
        const Bytes* wantedHeight = input.find(psbt_type::kInRequiredHeight);
        if (!wantedTime && !wantedHeight)
            continue;
        anyRequires = true;
        if (wantedTime)
            time = std::max(time, psbt_fields::readU32(*wantedTime));
        else
            allAllowTime = false;
        if (wantedHeight)
            height = std::max(height, psbt_fields::readU32(*wantedHeight));
        else
            allAllowHeight = false;
    }
    if (!anyRequires) {
        const Bytes* fallback = global.find(psbt_type::kGlobalFallbackLockTime);
        return fallback ? psbt_fields::readU32(*fallback) : 0;
    }
    if (allAllowHeight)
        return height;
    if (allAllowTime)
        return time;
    return malformed("inputs require lock times of different kinds");
}

std::string withoutWhiteSpace(ByteView bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (const std::uint8_t byte : bytes) {
        if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t')
            text.push_back(static_cast<char>(byte));
    }
    return text;
}

} // namespace

bool PsbtMap::has(std::uint64_t type) const
{
    return !all(type).empty();
}

const Bytes* PsbtMap::find(std::uint64_t type, ByteView keyData) const
{
    const auto found = m_pairs.find(keyOf(type, keyData));
    return found == m_pairs.end() ? nullptr : &found->second;
}

std::vector<PsbtMap::Entry> PsbtMap::all(std::uint64_t type) const
{
    // Keys of one type share a prefix, so they stand together.
    const Bytes prefix = keyOf(type, {});
    std::vector<Entry> entries;
    for (auto pair = m_pairs.lower_bound(prefix); pair != m_pairs.end(); ++pair) {
        const ByteView key = pair->first;
        if (key.size() < prefix.size() || !base::equal(key.subspan(0, prefix.size()), prefix))
            break;
        entries.push_back({key.subspan(prefix.size()), pair->second});
    }
    return entries;
}

void PsbtMap::set(std::uint64_t type, ByteView keyData, Bytes value)
{
    m_pairs.insert_or_assign(keyOf(type, keyData), std::move(value));
}

void PsbtMap::erase(std::uint64_t type)
{
    const Bytes prefix = keyOf(type, {});
    auto pair = m_pairs.lower_bound(prefix);
    while (pair != m_pairs.end() && pair->first.size() >= prefix.size() &&
           base::equal(ByteView(pair->first).subspan(0, prefix.size()), prefix))
        pair = m_pairs.erase(pair);
}

bool PsbtMap::insert(Bytes key, Bytes value)
{
    return m_pairs.emplace(std::move(key), std::move(value)).second;
}

Result<Psbt> Psbt::parse(ByteView binary)
{
    if (binary.size() > kMaxPsbtSize)
        return Error{ErrorCode::TooLarge, "PSBT above 4 MB"};
    ByteReader in(binary);
    const auto magic = TRY(in.array<5>());
    if (magic != kMagic)
        return malformed("no PSBT");
    Psbt psbt;
    std::size_t pairsLeft = kMaxPairs;
    psbt.m_global = TRY(readMap(in, pairsLeft));
    psbt.m_version = TRY(versionOf(psbt.m_global));
    TRY(checkMap(psbt.m_global, psbt.m_version, psbt_fields::checkGlobal));
    std::size_t inputs = 0;
    std::size_t outputs = 0;
    if (psbt.m_version == PsbtVersion::V0) {
        const Bytes* bytes = psbt.m_global.find(psbt_type::kGlobalUnsignedTx);
        if (!bytes)
            return malformed("no unsigned transaction");
        const Transaction transaction = TRY(Transaction::parseNoWitness(*bytes));
        inputs = transaction.inputs.size();
        outputs = transaction.outputs.size();
    } else {
        inputs = TRY(readCount(psbt.m_global, psbt_type::kGlobalInputCount));
        outputs = TRY(readCount(psbt.m_global, psbt_type::kGlobalOutputCount));
    }
    if (inputs + outputs > kMaxPsbtMaps)
        return Error{ErrorCode::TooLarge, "PSBT: too many inputs and outputs"};
    for (std::size_t i = 0; i < inputs; ++i) {
        auto map = TRY(readMap(in, pairsLeft));
        psbt.m_inputs.push_back(std::move(map));
    }
    for (std::size_t i = 0; i < outputs; ++i) {
        auto map = TRY(readMap(in, pairsLeft));
        psbt.m_outputs.push_back(std::move(map));
    }
    TRY(in.expectEnd());
    TRY(psbt.check());
    return psbt;
}

Result<Psbt> Psbt::parseAny(ByteView bytes)
{
    // Hex is the longest form; white space may add some.
    if (bytes.size() > 3 * kMaxPsbtSize)
        return Error{ErrorCode::TooLarge, "PSBT above 4 MB"};
    if (bytes.size() >= kMagic.size() && base::equal(bytes.subspan(0, kMagic.size()), kMagic))
        return parse(bytes);
    const std::string text = withoutWhiteSpace(bytes);
    const std::string_view hexMagic = "70736274";
    if (std::string_view(text).substr(0, hexMagic.size()) == hexMagic) {
        const Bytes binary = TRY(base::parseHex(text));
        return parse(binary);
    }
    const Bytes binary = TRY(base::parseBase64(text));
    return parse(binary);
}

Result<Psbt> Psbt::create(const Transaction& unsignedTransaction, PsbtVersion version)
{
    for (const TxInput& input : unsignedTransaction.inputs) {
        if (!input.scriptSig.empty() || !input.witness.empty())
            return malformed("the transaction is signed already");
    }
    Psbt psbt;
    psbt.m_version = version;
    psbt.m_inputs.resize(unsignedTransaction.inputs.size());
    psbt.m_outputs.resize(unsignedTransaction.outputs.size());
    if (version == PsbtVersion::V0) {
        psbt.m_global.set(psbt_type::kGlobalUnsignedTx, {},
                          unsignedTransaction.serializeNoWitness());
        TRY(psbt.check());
        return psbt;
    }
    PsbtMap& global = psbt.m_global;
    global.set(psbt_type::kGlobalVersion, {}, u32Bytes(2));
    global.set(psbt_type::kGlobalTxVersion, {},
               u32Bytes(static_cast<std::uint32_t>(unsignedTransaction.version)));
    global.set(psbt_type::kGlobalFallbackLockTime, {}, u32Bytes(unsignedTransaction.lockTime));
    global.set(psbt_type::kGlobalInputCount, {}, countBytes(psbt.m_inputs.size()));
    global.set(psbt_type::kGlobalOutputCount, {}, countBytes(psbt.m_outputs.size()));
    for (std::size_t i = 0; i < psbt.m_inputs.size(); ++i) {
        const TxInput& input = unsignedTransaction.inputs[i];
        psbt.m_inputs[i].set(psbt_type::kInPreviousTxid, {},
                             base::bytesOf(input.previous.txid.bytes()));
        psbt.m_inputs[i].set(psbt_type::kInOutputIndex, {}, u32Bytes(input.previous.index));
        psbt.m_inputs[i].set(psbt_type::kInSequence, {}, u32Bytes(input.sequence));
    }
    for (std::size_t i = 0; i < psbt.m_outputs.size(); ++i) {
        const TxOutput& output = unsignedTransaction.outputs[i];
        ByteWriter amount;
        amount.u64le(static_cast<std::uint64_t>(output.amount));
        psbt.m_outputs[i].set(psbt_type::kOutAmount, {}, amount.take());
        psbt.m_outputs[i].set(psbt_type::kOutScript, {}, output.script);
    }
    TRY(psbt.check());
    return psbt;
}

Result<void> Psbt::check()
{
    TRY(checkMap(m_global, m_version, psbt_fields::checkGlobal));
    for (const PsbtMap& map : m_inputs)
        TRY(checkMap(map, m_version, psbt_fields::checkInput));
    for (const PsbtMap& map : m_outputs)
        TRY(checkMap(map, m_version, psbt_fields::checkOutput));
    TRY(computeTransaction());
    for (std::size_t i = 0; i < m_inputs.size(); ++i)
        TRY(checkPrevious(m_inputs[i], m_transaction.inputs[i].previous));
    return {};
}

Result<void> Psbt::computeTransaction()
{
    if (m_version == PsbtVersion::V0) {
        m_transaction =
            TRY(Transaction::parseNoWitness(*m_global.find(psbt_type::kGlobalUnsignedTx)));
        return {};
    }
    const Bytes* version = m_global.find(psbt_type::kGlobalTxVersion);
    if (!version)
        return malformed("no transaction version");
    m_transaction = {};
    m_transaction.version = static_cast<std::int32_t>(psbt_fields::readU32(*version));
    m_transaction.lockTime = TRY(lockTimeOf(m_global, m_inputs));
    for (const PsbtMap& map : m_inputs) {
        const Bytes* txid = map.find(psbt_type::kInPreviousTxid);
        const Bytes* index = map.find(psbt_type::kInOutputIndex);
        if (!txid || !index)
            return malformed("input without previous txid or index");
        const Bytes* sequence = map.find(psbt_type::kInSequence);
        const Hash256 hash = TRY(ByteReader(*txid).array<32>());
        TxInput input;
        input.previous = {Txid(hash), psbt_fields::readU32(*index)};
        input.sequence = sequence ? psbt_fields::readU32(*sequence) : kSequenceFinal;
        m_transaction.inputs.push_back(std::move(input));
    }
    for (const PsbtMap& map : m_outputs) {
        const Bytes* amount = map.find(psbt_type::kOutAmount);
        const Bytes* script = map.find(psbt_type::kOutScript);
        if (!amount || !script)
            return malformed("output without amount or script");
        m_transaction.outputs.push_back({psbt_fields::readAmount(*amount), *script});
    }
    return {};
}

Bytes Psbt::serialize() const
{
    ByteWriter out;
    out.append(kMagic);
    writeMap(out, m_global);
    for (const PsbtMap& map : m_inputs)
        writeMap(out, map);
    for (const PsbtMap& map : m_outputs)
        writeMap(out, map);
    return out.take();
}

std::string Psbt::toBase64() const
{
    return base::toBase64(serialize());
}

PsbtInput Psbt::input(std::size_t index) const
{
    const PsbtMap& map = m_inputs.at(index);
    PsbtInput input;
    input.previous = m_transaction.inputs[index].previous;
    input.sequence = m_transaction.inputs[index].sequence;
    const auto bytesOf = [&](std::uint64_t type) {
        const Bytes* value = map.find(type);
        return value ? *value : Bytes{};
    };
    const auto numberOf = [&](std::uint64_t type) -> std::optional<std::uint32_t> {
        const Bytes* value = map.find(type);
        return value ? std::optional(psbt_fields::readU32(*value)) : std::nullopt;
    };
    // Everything was checked when it entered: decoding cannot fail.
    if (const Bytes* value = map.find(psbt_type::kInNonWitnessUtxo))
        input.nonWitnessUtxo = Transaction::parse(*value).take();
    if (const Bytes* value = map.find(psbt_type::kInWitnessUtxo))
        input.witnessUtxo = parseOutput(*value).take();
    for (const auto& entry : map.all(psbt_type::kInPartialSignature))
        input.partialSignatures.emplace(base::bytesOf(entry.keyData), base::bytesOf(entry.value));
    input.sighash = numberOf(psbt_type::kInSighash);
    input.redeemScript = bytesOf(psbt_type::kInRedeemScript);
    input.witnessScript = bytesOf(psbt_type::kInWitnessScript);
    for (const auto& entry : map.all(psbt_type::kInDerivation))
        input.derivations.push_back(psbt_fields::readDerivation(entry).take());
    if (const Bytes* value = map.find(psbt_type::kInFinalScriptSig))
        input.finalScriptSig = *value;
    if (const Bytes* value = map.find(psbt_type::kInFinalWitness))
        input.finalWitness = psbt_fields::readWitness(*value).take();
    input.requiredTime = numberOf(psbt_type::kInRequiredTime);
    input.requiredHeight = numberOf(psbt_type::kInRequiredHeight);
    input.tapKeySignature = bytesOf(psbt_type::kInTapKeySignature);
    for (const auto& entry : map.all(psbt_type::kInTapDerivation))
        input.tapDerivations.push_back(psbt_fields::readTapDerivation(entry).take());
    if (const Bytes* value = map.find(psbt_type::kInTapInternalKey))
        input.tapInternalKey = ByteReader(*value).array<32>().take();
    if (const Bytes* value = map.find(psbt_type::kInTapMerkleRoot))
        input.tapMerkleRoot = ByteReader(*value).array<32>().take();
    return input;
}

PsbtOutput Psbt::output(std::size_t index) const
{
    const PsbtMap& map = m_outputs.at(index);
    PsbtOutput output;
    output.amount = m_transaction.outputs[index].amount;
    output.script = m_transaction.outputs[index].script;
    if (const Bytes* value = map.find(psbt_type::kOutRedeemScript))
        output.redeemScript = *value;
    if (const Bytes* value = map.find(psbt_type::kOutWitnessScript))
        output.witnessScript = *value;
    for (const auto& entry : map.all(psbt_type::kOutDerivation))
        output.derivations.push_back(psbt_fields::readDerivation(entry).take());
    if (const Bytes* value = map.find(psbt_type::kOutTapInternalKey))
        output.tapInternalKey = ByteReader(*value).array<32>().take();
    for (const auto& entry : map.all(psbt_type::kOutTapDerivation))
        output.tapDerivations.push_back(psbt_fields::readTapDerivation(entry).take());
    return output;
}

Txid Psbt::uniqueId() const
{
    if (m_version == PsbtVersion::V0)
        return m_transaction.txid();
    // BIP370, "Unique Identification".
    Transaction transaction = m_transaction;
    for (TxInput& input : transaction.inputs)
        input.sequence = 0;
    return transaction.txid();
}

bool Psbt::isComplete() const
{
    for (const PsbtMap& map : m_inputs) {
        if (!map.find(psbt_type::kInFinalScriptSig) && !map.find(psbt_type::kInFinalWitness))
            return false;
    }
    return true;
}

Result<void> Psbt::setInputField(std::size_t index, std::uint64_t type, ByteView keyData,
                                 Bytes value)
{
    if (psbt_fields::describesTransactionInput(type))
        return Error{ErrorCode::Rejected, "PSBT: the transaction cannot be changed"};
    TRY(psbt_fields::checkInput({type, keyData, value}, m_version));
    PsbtMap candidate;
    candidate.set(type, keyData, value);
    TRY(checkPrevious(candidate, m_transaction.inputs.at(index).previous));
    m_inputs.at(index).set(type, keyData, std::move(value));
    return {};
}

Result<void> Psbt::setOutputField(std::size_t index, std::uint64_t type, ByteView keyData,
                                  Bytes value)
{
    if (psbt_fields::describesTransactionOutput(type))
        return Error{ErrorCode::Rejected, "PSBT: the transaction cannot be changed"};
    TRY(psbt_fields::checkOutput({type, keyData, value}, m_version));
    m_outputs.at(index).set(type, keyData, std::move(value));
    return {};
}

Result<void> Psbt::setGlobalField(std::uint64_t type, ByteView keyData, Bytes value)
{
    if (psbt_fields::describesTransactionGlobal(type))
        return Error{ErrorCode::Rejected, "PSBT: the transaction cannot be changed"};
    TRY(psbt_fields::checkGlobal({type, keyData, value}, m_version));
    m_global.set(type, keyData, std::move(value));
    return {};
}

void Psbt::eraseInputField(std::size_t index, std::uint64_t type)
{
    if (!psbt_fields::describesTransactionInput(type))
        m_inputs.at(index).erase(type);
}

void Psbt::eraseOutputField(std::size_t index, std::uint64_t type)
{
    if (!psbt_fields::describesTransactionOutput(type))
        m_outputs.at(index).erase(type);
}

Result<void> Psbt::merge(const Psbt& other)
{
    if (m_version != other.m_version || uniqueId() != other.uniqueId() ||
        m_inputs.size() != other.m_inputs.size() || m_outputs.size() != other.m_outputs.size())
        return Error{ErrorCode::Conflict, "PSBTs of different transactions"};
    const auto unite = [](PsbtMap& mine, const PsbtMap& theirs) {
        for (const auto& [key, value] : theirs.pairs())
            mine.insert(key, value);
    };
    Psbt merged = *this;
    unite(merged.m_global, other.m_global);
    for (std::size_t i = 0; i < m_inputs.size(); ++i)
        unite(merged.m_inputs[i], other.m_inputs[i]);
    for (std::size_t i = 0; i < m_outputs.size(); ++i)
        unite(merged.m_outputs[i], other.m_outputs[i]);
    TRY(merged.check());
    // A required lock time that only one of both knows must not change what was reviewed.
    if (merged.m_transaction != m_transaction)
        return Error{ErrorCode::Conflict, "PSBTs differ in the transaction itself"};
    *this = std::move(merged);
    return {};
}

Bytes encodeKeyOrigin(const KeyOrigin& origin)
{
    ByteWriter out;
    out.append(origin.fingerprint);
    for (const std::uint32_t step : origin.path)
        out.u32le(step);
    return out.take();
}

Result<KeyOrigin> decodeKeyOrigin(ByteView value)
{
    if (value.size() < 4 || value.size() % 4 != 0 || value.size() > 4 + 4 * kMaxPathSteps)
        return malformed("key origin of the wrong size");
    ByteReader in(value);
    KeyOrigin origin;
    origin.fingerprint = TRY(in.array<4>());
    while (!in.atEnd()) {
        const std::uint32_t step = TRY(in.u32le());
        origin.path.push_back(step);
    }
    return origin;
}

} // namespace coffer::bitcoin
