// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/psbt/psbt_fields.h"

#include "core/crypto/secp256k1.h"

namespace coffer::bitcoin::psbt_fields {

using base::ByteReader;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// BIP65: below it a lock time is a height, from it on a time.
constexpr std::uint32_t kLockTimeThreshold = 500'000'000;
constexpr std::size_t kSerializedXpub = 78;
constexpr std::size_t kMaxTreeDepth = 128;
constexpr std::uint64_t kMaxCount = 0x02000000;

Error malformed(const char* what)
{
    return Error{ErrorCode::Malformed, std::string("PSBT: ") + what};
}

Result<void> expectNoKeyData(const Field& field)
{
    if (!field.keyData.empty())
        return malformed("key data where none is allowed");
    return {};
}

Result<void> expectSize(ByteView value, std::size_t size, const char* what)
{
    if (value.size() != size)
        return malformed(what);
    return {};
}

/// A field without key data and with a value of fixed size.
Result<void> expectPlain(const Field& field, std::size_t size, const char* what)
{
    TRY(expectNoKeyData(field));
    return expectSize(field.value, size, what);
}

Result<void> expectVersion(PsbtVersion version, PsbtVersion wanted)
{
    if (version != wanted)
        return malformed("field of another PSBT version");
    return {};
}

Result<void> expectPublicKey(ByteView bytes)
{
    if (bytes.size() != 33 && bytes.size() != 65)
        return malformed("public key of the wrong size");
    if (!crypto::PublicKey::parse(bytes))
        return malformed("invalid public key");
    return {};
}

/// Strict DER and a hash type, as BIP66 counts; the numbers themselves are left to verification.
Result<void> checkEcdsa(ByteView signature)
{
    const auto size = signature.size();
    if (size < 9 || size > 73 || signature[0] != 0x30 || signature[1] != size - 3 ||
        signature[2] != 0x02)
        return malformed("signature is not DER");
    const std::size_t r = signature[3];
    if (r == 0 || 5 + r >= size || signature[4 + r] != 0x02)
        return malformed("signature is not DER");
    const std::size_t s = signature[5 + r];
    if (s == 0 || r + s + 7 != size)
        return malformed("signature is not DER");
    return {};
}

Result<void> checkSchnorr(ByteView signature)
{
    if (signature.size() != 64 && signature.size() != 65)
        return malformed("taproot signature of the wrong size");
    return {};
}

Result<void> checkProprietary(const Field& field)
{
    ByteReader in(field.keyData);
    const std::uint64_t size = TRY(in.compactSize(kMaxPsbtSize));
    TRY(in.skip(static_cast<std::size_t>(size)));
    const auto subtype = in.compactSize(UINT64_MAX);
    return subtype ? Result<void>() : Result<void>(subtype.error());
}

Result<void> checkParticipants(const Field& field)
{
    TRY(expectSize(field.keyData, 33, "musig2 aggregate key of the wrong size"));
    TRY(expectPublicKey(field.keyData));
    if (field.value.empty() || field.value.size() % 33 != 0)
        return malformed("musig2 participants of the wrong size");
    for (std::size_t i = 0; i < field.value.size(); i += 33)
        TRY(expectPublicKey(field.value.subspan(i, 33)));
    return {};
}

/// Participant, aggregate and perhaps a leaf hash.
Result<void> checkMusigKey(const Field& field)
{
    if (field.keyData.size() != 66 && field.keyData.size() != 98)
        return malformed("musig2 key of the wrong size");
    TRY(expectPublicKey(field.keyData.subspan(0, 33)));
    return expectPublicKey(field.keyData.subspan(33, 33));
}

Result<void> checkTapTree(ByteView value)
{
    if (value.empty())
        return malformed("taproot tree is empty");
    ByteReader in(value);
    // Depth first: the tree is complete when the leaves fill it from the left.
    std::vector<std::size_t> open; // Depths of finished left siblings.
    while (!in.atEnd()) {
        if (open.size() == 1 && open[0] == 0)
            return malformed("taproot tree has leaves beyond its root");
        std::size_t depth = TRY(in.u8());
        const std::uint8_t version = TRY(in.u8());
        if (depth > kMaxTreeDepth || (version & 1) != 0)
            return malformed("taproot tree leaf");
        const std::uint64_t size = TRY(in.compactSize(kMaxPsbtSize));
        TRY(in.skip(static_cast<std::size_t>(size)));
        if (!open.empty() && open.back() > depth)
            return malformed("taproot tree is not depth first");
        while (!open.empty() && open.back() == depth && depth > 0) {
            open.pop_back();
            --depth;
        }
        open.push_back(depth);
    }
    if (open.size() != 1 || open[0] != 0)
        return malformed("taproot tree is incomplete");
    return {};
}

Result<void> checkControlBlock(const Field& field)
{
    const std::size_t size = field.keyData.size();
    if (size < 33 || (size - 33) % 32 != 0 || size > 33 + 32 * kMaxTreeDepth)
        return malformed("control block of the wrong size");
    if (field.value.empty())
        return malformed("taproot leaf without its version");
    return {};
}

Result<void> checkRequiredHeight(const Field& field)
{
    TRY(expectPlain(field, 4, "required height"));
    const std::uint32_t height = readU32(field.value);
    if (height == 0 || height >= kLockTimeThreshold)
        return malformed("required height");
    return {};
}

Result<void> checkRequiredTime(const Field& field)
{
    TRY(expectPlain(field, 4, "required time"));
    if (readU32(field.value) < kLockTimeThreshold)
        return malformed("required time");
    return {};
}

Result<void> checkUnsignedTransaction(const Field& field)
{
    TRY(expectNoKeyData(field));
    const Transaction transaction = TRY(Transaction::parseNoWitness(field.value));
    for (const TxInput& input : transaction.inputs) {
        if (!input.scriptSig.empty())
            return malformed("the unsigned transaction has a scriptSig");
    }
    return {};
}

Result<void> checkCount(const Field& field)
{
    TRY(expectNoKeyData(field));
    ByteReader in(field.value);
    const auto count = in.compactSize(kMaxCount);
    return count ? in.expectEnd() : Result<void>(count.error());
}

Result<void> checkXpub(const Field& field)
{
    TRY(expectSize(field.keyData, kSerializedXpub, "extended key of the wrong size"));
    TRY(expectPublicKey(field.keyData.subspan(45)));
    const KeyOrigin origin = TRY(decodeKeyOrigin(field.value));
    if (origin.path.size() != field.keyData[4])
        return malformed("path of an extended key differs from its depth");
    return {};
}

Result<void> checkDerivation(const Field& field)
{
    TRY(expectPublicKey(field.keyData));
    const auto origin = decodeKeyOrigin(field.value);
    return origin ? Result<void>() : Result<void>(origin.error());
}

Result<void> checkTapDerivation(const Field& field)
{
    const auto derivation = readTapDerivation({field.keyData, field.value});
    return derivation ? Result<void>() : Result<void>(derivation.error());
}

Result<void> checkWitnessUtxo(const Field& field)
{
    TRY(expectNoKeyData(field));
    const TxOutput output = TRY(parseOutput(field.value));
    if (!isMoney(output.amount))
        return malformed("witness utxo amount");
    return {};
}

Result<void> checkNonWitnessUtxo(const Field& field)
{
    TRY(expectNoKeyData(field));
    const auto transaction = Transaction::parse(field.value);
    return transaction ? Result<void>() : Result<void>(transaction.error());
}

Result<void> checkFinalWitness(const Field& field)
{
    TRY(expectNoKeyData(field));
    const auto stack = readWitness(field.value);
    return stack ? Result<void>() : Result<void>(stack.error());
}

Result<void> checkAmount(const Field& field)
{
    TRY(expectPlain(field, 8, "amount"));
    if (!isMoney(readAmount(field.value)))
        return malformed("amount");
    return {};
}

Result<void> checkTaprootInput(const Field& field)
{
    switch (field.type) {
    case psbt_type::kInTapKeySignature:
        TRY(expectNoKeyData(field));
        return checkSchnorr(field.value);
    case psbt_type::kInTapScriptSignature:
        TRY(expectSize(field.keyData, 64, "taproot script signature key"));
        return checkSchnorr(field.value);
    case psbt_type::kInTapLeafScript:
        return checkControlBlock(field);
    case psbt_type::kInTapDerivation:
        return checkTapDerivation(field);
    case psbt_type::kInTapInternalKey:
        return expectPlain(field, 32, "taproot internal key");
    case psbt_type::kInTapMerkleRoot:
        return expectPlain(field, 32, "taproot merkle root");
    case psbt_type::kInMusigParticipants:
        return checkParticipants(field);
    case psbt_type::kInMusigNonce:
        TRY(checkMusigKey(field));
        return expectSize(field.value, 66, "musig2 nonce");
    case psbt_type::kInMusigSignature:
        TRY(checkMusigKey(field));
        return expectSize(field.value, 32, "musig2 partial signature");
    default:
        return {};
    }
}

/// Fields that say, in version 2, what an input is.
Result<void> checkTransactionInput(const Field& field)
{
    switch (field.type) {
    case psbt_type::kInPreviousTxid:
        return expectPlain(field, 32, "previous txid");
    case psbt_type::kInOutputIndex:
        return expectPlain(field, 4, "output index");
    case psbt_type::kInSequence:
        return expectPlain(field, 4, "sequence");
    case psbt_type::kInRequiredTime:
        return checkRequiredTime(field);
    default:
        return checkRequiredHeight(field);
    }
}

} // namespace

Result<Field> split(ByteView key, ByteView value)
{
    ByteReader in(key);
    Field field;
    field.type = TRY(in.compactSize(UINT64_MAX));
    field.keyData = key.subspan(in.position());
    field.value = value;
    return field;
}

bool describesTransactionGlobal(std::uint64_t type)
{
    return type == psbt_type::kGlobalUnsignedTx || type == psbt_type::kGlobalTxVersion ||
           type == psbt_type::kGlobalFallbackLockTime || type == psbt_type::kGlobalInputCount ||
           type == psbt_type::kGlobalOutputCount || type == psbt_type::kGlobalTxModifiable ||
           type == psbt_type::kGlobalVersion;
}

bool describesTransactionInput(std::uint64_t type)
{
    return type >= psbt_type::kInPreviousTxid && type <= psbt_type::kInRequiredHeight;
}

bool describesTransactionOutput(std::uint64_t type)
{
    return type == psbt_type::kOutAmount || type == psbt_type::kOutScript;
}

Result<void> checkGlobal(const Field& field, PsbtVersion version)
{
    switch (field.type) {
    case psbt_type::kGlobalUnsignedTx:
        TRY(expectVersion(version, PsbtVersion::V0));
        return checkUnsignedTransaction(field);
    case psbt_type::kGlobalXpub:
        return checkXpub(field);
    case psbt_type::kGlobalTxVersion:
    case psbt_type::kGlobalFallbackLockTime:
        TRY(expectVersion(version, PsbtVersion::V2));
        return expectPlain(field, 4, "transaction version or lock time");
    case psbt_type::kGlobalInputCount:
    case psbt_type::kGlobalOutputCount:
        TRY(expectVersion(version, PsbtVersion::V2));
        return checkCount(field);
    case psbt_type::kGlobalTxModifiable:
        TRY(expectVersion(version, PsbtVersion::V2));
        return expectPlain(field, 1, "modifiable flags");
    case psbt_type::kGlobalVersion:
        return expectPlain(field, 4, "version");
    case psbt_type::kProprietary:
        return checkProprietary(field);
    default:
        return {};
    }
}

Result<void> checkInput(const Field& field, PsbtVersion version)
{
    switch (field.type) {
    case psbt_type::kInNonWitnessUtxo:
        return checkNonWitnessUtxo(field);
    case psbt_type::kInWitnessUtxo:
        return checkWitnessUtxo(field);
    case psbt_type::kInPartialSignature:
        TRY(expectPublicKey(field.keyData));
        return checkEcdsa(field.value);
    case psbt_type::kInSighash:
        return expectPlain(field, 4, "sighash type");
    case psbt_type::kInRedeemScript:
    case psbt_type::kInWitnessScript:
    case psbt_type::kInFinalScriptSig:
    case psbt_type::kInProofOfReserves:
        return expectNoKeyData(field);
    case psbt_type::kInDerivation:
        return checkDerivation(field);
    case psbt_type::kInFinalWitness:
        return checkFinalWitness(field);
    case psbt_type::kInRipemd160:
    case psbt_type::kInHash160:
        return expectSize(field.keyData, 20, "preimage hash");
    case psbt_type::kInSha256:
    case psbt_type::kInHash256:
        return expectSize(field.keyData, 32, "preimage hash");
    case psbt_type::kProprietary:
        return checkProprietary(field);
    default:
        break;
    }
    if (describesTransactionInput(field.type)) {
        TRY(expectVersion(version, PsbtVersion::V2));
        return checkTransactionInput(field);
    }
    return checkTaprootInput(field);
}

Result<void> checkOutput(const Field& field, PsbtVersion version)
{
    switch (field.type) {
    case psbt_type::kOutRedeemScript:
    case psbt_type::kOutWitnessScript:
        return expectNoKeyData(field);
    case psbt_type::kOutDerivation:
        return checkDerivation(field);
    case psbt_type::kOutAmount:
        TRY(expectVersion(version, PsbtVersion::V2));
        return checkAmount(field);
    case psbt_type::kOutScript:
        TRY(expectVersion(version, PsbtVersion::V2));
        return expectNoKeyData(field);
    case psbt_type::kOutTapInternalKey:
        return expectPlain(field, 32, "taproot internal key");
    case psbt_type::kOutTapTree:
        TRY(expectNoKeyData(field));
        return checkTapTree(field.value);
    case psbt_type::kOutTapDerivation:
        return checkTapDerivation(field);
    case psbt_type::kOutMusigParticipants:
        return checkParticipants(field);
    case psbt_type::kProprietary:
        return checkProprietary(field);
    default:
        return {};
    }
}

std::uint32_t readU32(ByteView value)
{
    auto number = ByteReader(value).u32le();
    ASSERT(number);
    return *number;
}

std::int64_t readAmount(ByteView value)
{
    auto number = ByteReader(value).u64le();
    ASSERT(number);
    return static_cast<std::int64_t>(*number);
}

Result<std::vector<base::Bytes>> readWitness(ByteView value)
{
    ByteReader in(value);
    const std::uint64_t count = TRY(in.compactSize(kMaxPsbtSize));
    std::vector<base::Bytes> stack;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t size = TRY(in.compactSize(kMaxPsbtSize));
        const ByteView item = TRY(in.take(static_cast<std::size_t>(size)));
        stack.push_back(base::bytesOf(item));
    }
    TRY(in.expectEnd());
    return stack;
}

Result<PsbtDerivation> readDerivation(const PsbtMap::Entry& entry)
{
    PsbtDerivation derivation;
    derivation.publicKey = base::bytesOf(entry.keyData);
    derivation.origin = TRY(decodeKeyOrigin(entry.value));
    return derivation;
}

Result<PsbtDerivation> readTapDerivation(const PsbtMap::Entry& entry)
{
    if (entry.keyData.size() != 32)
        return malformed("taproot derivation key of the wrong size");
    PsbtDerivation derivation;
    derivation.publicKey = base::bytesOf(entry.keyData);
    ByteReader in(entry.value);
    const std::uint64_t leaves = TRY(in.compactSize(kMaxPsbtSize / 32));
    for (std::uint64_t i = 0; i < leaves; ++i) {
        const Hash256 hash = TRY(in.array<32>());
        derivation.leafHashes.push_back(hash);
    }
    derivation.origin = TRY(decodeKeyOrigin(entry.value.subspan(in.position())));
    return derivation;
}

} // namespace coffer::bitcoin::psbt_fields
