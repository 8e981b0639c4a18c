// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/intent.h"

#include "core/base/cbor.h"

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint64_t kVersion = 1;

// Keys of the map. All members are always there, null where absent, so that a forgotten one is an
// error.
enum Key : std::uint64_t
{
    kKeyVersion,
    kKeyId,
    kKeyRevision,
    kKeyState,
    kKeyPurpose,
    kKeyAccount,
    kKeyCurrency,
    kKeyInputs,
    kKeyOutputs,
    kKeyFee,
    kKeyFeeRate,
    kKeyTargetBlocks,
    kKeyBalanceAfter,
    kKeyUnsigned,
    kKeyPrepared,
    kKeyExpires,
    kKeyReplaces,
    kKeyReplacesTransaction,
    kKeyFindings,
    kKeyLabel,
    kKeySigned,
    kKeyTransaction,
    kKeyUpdated,
    kKeyHandedToPeers,
    kKeyAskedPeers,
    kKeyConfirmations,
    kKeyHeight,
    kKeyTakenBy,
    kKeyCount
};

constexpr std::size_t kMaxTextBytes = 1024; // Labels, addresses and parameters of findings.
constexpr std::size_t kMaxParameters = 16;

Error malformed(const char* detail)
{
    return Error{ErrorCode::Malformed, detail};
}

Result<std::string> decodeText(base::CborReader& in)
{
    const auto text = TRY(in.text());
    if (text.size() > kMaxTextBytes)
        return Error{ErrorCode::TooLarge, "text of an intent is too long"};
    return std::string(text);
}

Result<base::Uuid> decodeId(base::CborReader& in)
{
    const auto bytes = TRY(in.byteArray<16>());
    return base::Uuid(bytes);
}

Result<std::uint32_t> decodeSmall(base::CborReader& in)
{
    const auto value = TRY(in.uint());
    if (value > UINT32_MAX)
        return malformed("number beyond 32 bits");
    return static_cast<std::uint32_t>(value);
}

Result<std::size_t> decodeCount(base::CborReader& in, std::size_t maximum)
{
    const auto count = TRY(in.array());
    if (count > maximum)
        return Error{ErrorCode::TooLarge, "intent with too many elements"};
    return count;
}

Result<std::int64_t> decodeTime(base::CborReader& in)
{
    const auto timeMs = TRY(in.integer());
    if (timeMs < 0 || timeMs > kMaxTimeMs)
        return malformed("a time before 1970 or after 9999");
    return timeMs;
}

Result<void> expectCount(base::CborReader& in, std::size_t wanted)
{
    const auto count = TRY(in.array());
    if (count != wanted)
        return malformed("array of the wrong length");
    return {};
}

/// Reads null as absent.
template <typename T, typename Decode>
Result<void> decodeOptional(base::CborReader& in, std::optional<T>& out, Decode decode)
{
    const auto type = TRY(in.peek());
    if (type == base::CborType::Null)
        return in.null();
    out = TRY(decode(in));
    return {};
}

template <typename T, typename Encode>
void encodeOptional(base::CborWriter& out, const std::optional<T>& value, Encode encode)
{
    if (value)
        encode(*value);
    else
        out.null();
}

void encodeInput(base::CborWriter& out, const IntentInput& input)
{
    out.beginArray(3);
    out.bytes(input.transaction);
    out.uint(input.output);
    input.amount.encode(out);
}

Result<IntentInput> decodeInput(base::CborReader& in)
{
    TRY(expectCount(in, 3));
    IntentInput out;
    out.transaction = TRY(in.byteArray<32>());
    out.output = TRY(decodeSmall(in));
    out.amount = TRY(money::Amount::decode(in));
    return out;
}

void encodeOutput(base::CborWriter& out, const IntentOutput& output)
{
    out.beginArray(4);
    out.bytes(output.script);
    out.text(output.address);
    output.amount.encode(out);
    out.uint(static_cast<std::uint64_t>(output.role));
}

Result<IntentOutput> decodeOutput(base::CborReader& in)
{
    TRY(expectCount(in, 4));
    IntentOutput out;
    const auto script = TRY(in.bytes());
    out.script = base::bytesOf(script);
    out.address = TRY(decodeText(in));
    out.amount = TRY(money::Amount::decode(in));
    const auto role = TRY(in.uint());
    if (role != 1 && role != 2)
        return malformed("unknown role of an output");
    out.role = static_cast<IntentOutputRole>(role);
    return out;
}

void encodeFinding(base::CborWriter& out, const IntentFinding& finding)
{
    out.beginArray(3);
    out.text(finding.rule);
    out.uint(static_cast<std::uint64_t>(finding.severity));
    out.beginArray(finding.parameters.size());
    for (const std::string& parameter : finding.parameters)
        out.text(parameter);
}

Result<IntentFinding> decodeFinding(base::CborReader& in)
{
    TRY(expectCount(in, 3));
    IntentFinding out;
    out.rule = TRY(decodeText(in));
    const auto severity = TRY(in.uint());
    if (severity > 2)
        return malformed("unknown severity");
    out.severity = static_cast<FindingSeverity>(severity);
    const auto count = TRY(decodeCount(in, kMaxParameters));
    for (std::size_t i = 0; i < count; ++i) {
        auto parameter = TRY(decodeText(in));
        out.parameters.push_back(std::move(parameter));
    }
    return out;
}

template <typename T, typename Decode>
Result<void> decodeAll(base::CborReader& in, std::vector<T>& out, std::size_t maximum,
                       Decode decode)
{
    const auto count = TRY(decodeCount(in, maximum));
    for (std::size_t i = 0; i < count; ++i) {
        auto item = TRY(decode(in));
        out.push_back(std::move(item));
    }
    return {};
}

/// Keys come in order and all of them: each step reads its key and its value.
class Reader
{
public:
    explicit Reader(base::ByteView bytes)
        : m_in(bytes)
    {
    }

    Result<Intent> read()
    {
        const auto count = TRY(m_in.map());
        if (count != kKeyCount)
            return malformed("intent with missing or unknown members");
        TRY(readHead());
        TRY(readPlan());
        TRY(readCircumstances());
        TRY(readProgress());
        TRY(m_in.expectEnd());
        return m_out;
    }

private:
    Result<void> key(Key wanted)
    {
        const auto found = TRY(m_in.uint());
        if (found != wanted)
            return malformed("intent with missing or unknown members");
        return {};
    }

    Result<void> readHead()
    {
        TRY(key(kKeyVersion));
        const auto version = TRY(m_in.uint());
        if (version > kVersion)
            return Error{ErrorCode::VersionTooNew, "intent of a newer version"};
        if (version != kVersion)
            return malformed("intent of an unknown version");
        TRY(key(kKeyId));
        m_out.id = TRY(decodeId(m_in));
        TRY(key(kKeyRevision));
        m_out.revision = TRY(m_in.uint());
        TRY(key(kKeyState));
        const auto state = TRY(m_in.uint());
        if (state < 1 || state > 12)
            return malformed("unknown state");
        m_out.state = static_cast<IntentState>(state);
        TRY(key(kKeyPurpose));
        const auto purpose = TRY(m_in.uint());
        if (purpose < 1 || purpose > 3)
            return malformed("unknown purpose");
        m_out.purpose = static_cast<IntentPurpose>(purpose);
        TRY(key(kKeyAccount));
        m_out.account = TRY(decodeId(m_in));
        TRY(key(kKeyCurrency));
        const auto code = TRY(m_in.text());
        const auto currency = money::Currency::find(code);
        if (!currency)
            return Error{ErrorCode::Unsupported, "intent in a currency that is unknown here"};
        m_out.currency = *currency;
        return {};
    }

    Result<void> readPlan()
    {
        TRY(key(kKeyInputs));
        TRY(decodeAll(m_in, m_out.inputs, kMaxIntentInputs, decodeInput));
        TRY(key(kKeyOutputs));
        TRY(decodeAll(m_in, m_out.outputs, kMaxIntentOutputs, decodeOutput));
        TRY(key(kKeyFee));
        m_out.fee = TRY(money::Amount::decode(m_in));
        TRY(key(kKeyFeeRate));
        m_out.feeRateMilliSatPerVb = TRY(m_in.integer());
        TRY(key(kKeyTargetBlocks));
        m_out.targetBlocks = TRY(m_in.integer());
        TRY(key(kKeyBalanceAfter));
        m_out.balanceAfter = TRY(money::Amount::decode(m_in));
        TRY(key(kKeyUnsigned));
        const auto unsignedBytes = TRY(m_in.bytes());
        m_out.unsignedBytes = base::bytesOf(unsignedBytes);
        return {};
    }

    Result<void> readCircumstances()
    {
        TRY(key(kKeyPrepared));
        m_out.preparedMs = TRY(decodeTime(m_in));
        TRY(key(kKeyExpires));
        m_out.expiresMs = TRY(decodeTime(m_in));
        TRY(key(kKeyReplaces));
        TRY(decodeOptional(m_in, m_out.replaces, decodeId));
        TRY(key(kKeyReplacesTransaction));
        TRY(decodeOptional(m_in, m_out.replacesTransaction, readTransaction));
        TRY(key(kKeyFindings));
        TRY(decodeAll(m_in, m_out.findings, kMaxFindings, decodeFinding));
        TRY(key(kKeyLabel));
        m_out.label = TRY(decodeText(m_in));
        return {};
    }

    Result<void> readProgress()
    {
        TRY(key(kKeySigned));
        const auto signedBytes = TRY(m_in.bytes());
        m_out.signedBytes = base::bytesOf(signedBytes);
        TRY(key(kKeyTransaction));
        TRY(decodeOptional(m_in, m_out.transaction, readTransaction));
        // A released PSBT has bytes and no id yet.
        if (m_out.signedBytes.empty() && m_out.transaction)
            return malformed("the id of a transaction without its bytes");
        TRY(key(kKeyUpdated));
        m_out.updatedMs = TRY(decodeTime(m_in));
        TRY(key(kKeyHandedToPeers));
        m_out.handedToPeers = TRY(decodeSmall(m_in));
        TRY(key(kKeyAskedPeers));
        m_out.askedPeers = TRY(decodeSmall(m_in));
        TRY(key(kKeyConfirmations));
        m_out.confirmations = TRY(decodeSmall(m_in));
        TRY(key(kKeyHeight));
        TRY(decodeOptional(m_in, m_out.height, readInteger));
        TRY(key(kKeyTakenBy));
        TRY(decodeOptional(m_in, m_out.takenBy, readTransaction));
        return {};
    }

    static Result<TransactionId> readTransaction(base::CborReader& in)
    {
        return in.byteArray<32>();
    }
    static Result<std::int64_t> readInteger(base::CborReader& in) { return in.integer(); }

    base::CborReader m_in;
    Intent m_out;
};

class Writer
{
public:
    base::Bytes write(const Intent& intent)
    {
        m_out.beginMap(kKeyCount);
        writeHead(intent);
        writePlan(intent);
        writeProgress(intent);
        return m_out.take();
    }

private:
    void key(Key key) { m_out.uint(key); }
    void integer(Key at, std::int64_t value)
    {
        key(at);
        m_out.integer(value);
    }
    void transaction(Key at, const std::optional<TransactionId>& value)
    {
        key(at);
        encodeOptional(m_out, value, [this](const TransactionId& id) { m_out.bytes(id); });
    }

    void writeHead(const Intent& intent)
    {
        key(kKeyVersion);
        m_out.uint(kVersion);
        key(kKeyId);
        m_out.bytes(intent.id.bytes());
        key(kKeyRevision);
        m_out.uint(intent.revision);
        key(kKeyState);
        m_out.uint(static_cast<std::uint64_t>(intent.state));
        key(kKeyPurpose);
        m_out.uint(static_cast<std::uint64_t>(intent.purpose));
        key(kKeyAccount);
        m_out.bytes(intent.account.bytes());
        key(kKeyCurrency);
        m_out.text(intent.currency.code());
    }

    void writePlan(const Intent& intent)
    {
        key(kKeyInputs);
        m_out.beginArray(intent.inputs.size());
        for (const IntentInput& input : intent.inputs)
            encodeInput(m_out, input);
        key(kKeyOutputs);
        m_out.beginArray(intent.outputs.size());
        for (const IntentOutput& output : intent.outputs)
            encodeOutput(m_out, output);
        key(kKeyFee);
        intent.fee.encode(m_out);
        integer(kKeyFeeRate, intent.feeRateMilliSatPerVb);
        integer(kKeyTargetBlocks, intent.targetBlocks);
        key(kKeyBalanceAfter);
        intent.balanceAfter.encode(m_out);
        key(kKeyUnsigned);
        m_out.bytes(intent.unsignedBytes);
        integer(kKeyPrepared, intent.preparedMs);
        integer(kKeyExpires, intent.expiresMs);
        key(kKeyReplaces);
        encodeOptional(m_out, intent.replaces,
                       [this](const base::Uuid& id) { m_out.bytes(id.bytes()); });
        transaction(kKeyReplacesTransaction, intent.replacesTransaction);
        key(kKeyFindings);
        m_out.beginArray(intent.findings.size());
        for (const IntentFinding& finding : intent.findings)
            encodeFinding(m_out, finding);
        key(kKeyLabel);
        m_out.text(intent.label);
    }

    void writeProgress(const Intent& intent)
    {
        key(kKeySigned);
        m_out.bytes(intent.signedBytes);
        transaction(kKeyTransaction, intent.transaction);
        integer(kKeyUpdated, intent.updatedMs);
        key(kKeyHandedToPeers);
        m_out.uint(intent.handedToPeers);
        key(kKeyAskedPeers);
        m_out.uint(intent.askedPeers);
        key(kKeyConfirmations);
        m_out.uint(intent.confirmations);
        key(kKeyHeight);
        encodeOptional(m_out, intent.height,
                       [this](std::int64_t height) { m_out.integer(height); });
        transaction(kKeyTakenBy, intent.takenBy);
    }

    base::CborWriter m_out;
};

} // namespace

std::string_view intentStateName(IntentState state)
{
    switch (state) {
    case IntentState::Prepared:
        return "prepared";
    case IntentState::Signed:
        return "signed";
    case IntentState::Broadcast:
        return "broadcast";
    case IntentState::Seen:
        return "seen";
    case IntentState::Confirmed:
        return "confirmed";
    case IntentState::Final:
        return "final";
    case IntentState::Replaced:
        return "replaced";
    case IntentState::Conflicted:
        return "conflicted";
    case IntentState::Cancelled:
        return "cancelled";
    case IntentState::Expired:
        return "expired";
    case IntentState::Unknown:
        return "unknown";
    case IntentState::Released:
        return "released";
    }
    return "unknown";
}

base::Bytes encodeIntent(const Intent& intent)
{
    return Writer().write(intent);
}

Result<Intent> decodeIntent(base::ByteView bytes)
{
    if (bytes.size() > kMaxIntentBytes)
        return Error{ErrorCode::TooLarge, "intent is too large"};
    return Reader(bytes).read();
}

} // namespace coffer::ledger
