// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Partially signed transactions: BIP174 (version 0), BIP370 (version 2), BIP371 (taproot fields).
///
/// Problem: whoever builds a transaction, whoever signs it and whoever sends it may be different
/// programs, and none should trust another's description of what it does.
/// Approach: each map is kept as the key-value pairs that it is, in ascending order of keys, so
/// that unknown fields survive and combining is a union. Every known field is checked when it
/// enters; the typed structures below are read from the map. What a field claims is not yet true:
/// amounts are proved by previous transactions (psbt_roles.h), ownership by deriving keys
/// (core/signing). Limits: 4 MB, 10,000 maps; versions 0 and 2 only.

#include "core/bitcoin/descriptor/descriptor.h"

#include <map>

namespace coffer::bitcoin {

inline constexpr std::size_t kMaxPsbtSize = 4'000'000;
inline constexpr std::size_t kMaxPsbtMaps = 10'000;

/// The two formats there are.
enum class PsbtVersion : std::uint32_t
{
    V0 = 0,
    V2 = 2
};

/// Key types of BIP174, 370, 371 that Coffer reads or writes.
namespace psbt_type {
inline constexpr std::uint64_t kGlobalUnsignedTx = 0x00;
inline constexpr std::uint64_t kGlobalXpub = 0x01;
inline constexpr std::uint64_t kGlobalTxVersion = 0x02;
inline constexpr std::uint64_t kGlobalFallbackLockTime = 0x03;
inline constexpr std::uint64_t kGlobalInputCount = 0x04;
inline constexpr std::uint64_t kGlobalOutputCount = 0x05;
inline constexpr std::uint64_t kGlobalTxModifiable = 0x06;
inline constexpr std::uint64_t kGlobalVersion = 0xfb;
inline constexpr std::uint64_t kProprietary = 0xfc;

inline constexpr std::uint64_t kInNonWitnessUtxo = 0x00;
inline constexpr std::uint64_t kInWitnessUtxo = 0x01;
inline constexpr std::uint64_t kInPartialSignature = 0x02;
inline constexpr std::uint64_t kInSighash = 0x03;
inline constexpr std::uint64_t kInRedeemScript = 0x04;
inline constexpr std::uint64_t kInWitnessScript = 0x05;
inline constexpr std::uint64_t kInDerivation = 0x06;
inline constexpr std::uint64_t kInFinalScriptSig = 0x07;
inline constexpr std::uint64_t kInFinalWitness = 0x08;
inline constexpr std::uint64_t kInProofOfReserves = 0x09;
inline constexpr std::uint64_t kInRipemd160 = 0x0a;
inline constexpr std::uint64_t kInSha256 = 0x0b;
inline constexpr std::uint64_t kInHash160 = 0x0c;
inline constexpr std::uint64_t kInHash256 = 0x0d;
inline constexpr std::uint64_t kInPreviousTxid = 0x0e;
inline constexpr std::uint64_t kInOutputIndex = 0x0f;
inline constexpr std::uint64_t kInSequence = 0x10;
inline constexpr std::uint64_t kInRequiredTime = 0x11;
inline constexpr std::uint64_t kInRequiredHeight = 0x12;
inline constexpr std::uint64_t kInTapKeySignature = 0x13;
inline constexpr std::uint64_t kInTapScriptSignature = 0x14;
inline constexpr std::uint64_t kInTapLeafScript = 0x15;
inline constexpr std::uint64_t kInTapDerivation = 0x16;
inline constexpr std::uint64_t kInTapInternalKey = 0x17;
inline constexpr std::uint64_t kInTapMerkleRoot = 0x18;
inline constexpr std::uint64_t kInMusigParticipants = 0x1a;
inline constexpr std::uint64_t kInMusigNonce = 0x1b;
inline constexpr std::uint64_t kInMusigSignature = 0x1c;

inline constexpr std::uint64_t kOutRedeemScript = 0x00;
inline constexpr std::uint64_t kOutWitnessScript = 0x01;
inline constexpr std::uint64_t kOutDerivation = 0x02;
inline constexpr std::uint64_t kOutAmount = 0x03;
inline constexpr std::uint64_t kOutScript = 0x04;
inline constexpr std::uint64_t kOutTapInternalKey = 0x05;
inline constexpr std::uint64_t kOutTapTree = 0x06;
inline constexpr std::uint64_t kOutTapDerivation = 0x07;
inline constexpr std::uint64_t kOutMusigParticipants = 0x08;
} // namespace psbt_type

/// The pairs of one map. A key is its CompactSize type followed by key data.
class PsbtMap
{
public:
    using Pairs = std::map<base::Bytes, base::Bytes>;
    struct Entry
    {
        base::ByteView keyData;
        base::ByteView value;
    };

    const Pairs& pairs() const { return m_pairs; }
    bool has(std::uint64_t type) const;
    /// Null if absent.
    const base::Bytes* find(std::uint64_t type, base::ByteView keyData = {}) const;
    /// Every pair of this type; views into this map.
    std::vector<Entry> all(std::uint64_t type) const;
    void set(std::uint64_t type, base::ByteView keyData, base::Bytes value);
    /// Every pair of this type.
    void erase(std::uint64_t type);
    /// False if the very key exists.
    bool insert(base::Bytes key, base::Bytes value);

    bool operator==(const PsbtMap&) const = default;

private:
    Pairs m_pairs;
};

/// Says by which way somebody's key derives.
struct PsbtDerivation
{
    base::Bytes publicKey; ///< 33 or 65 bytes; 32 in taproot fields.
    KeyOrigin origin;
    std::vector<Hash256> leafHashes; ///< Taproot only; empty for the internal key.
    bool operator==(const PsbtDerivation&) const = default;
};

/// What an input's map says, decoded.
struct PsbtInput
{
    OutPoint previous;
    std::uint32_t sequence = kSequenceFinal;
    std::optional<Transaction> nonWitnessUtxo;
    std::optional<TxOutput> witnessUtxo;
    std::map<base::Bytes, base::Bytes> partialSignatures; ///< Public key to DER with hash type.
    std::optional<std::uint32_t> sighash;
    Script redeemScript;
    Script witnessScript;
    std::vector<PsbtDerivation> derivations;
    std::optional<Script> finalScriptSig;
    std::optional<std::vector<base::Bytes>> finalWitness;
    std::optional<std::uint32_t> requiredTime;
    std::optional<std::uint32_t> requiredHeight;
    base::Bytes tapKeySignature;
    std::vector<PsbtDerivation> tapDerivations;
    std::optional<base::ByteArray<32>> tapInternalKey;
    std::optional<Hash256> tapMerkleRoot;

    bool isFinal() const { return finalScriptSig || finalWitness; }
};

/// What an output's map says, decoded.
struct PsbtOutput
{
    std::int64_t amount = 0;
    Script script;
    Script redeemScript;
    Script witnessScript;
    std::vector<PsbtDerivation> derivations;
    std::optional<base::ByteArray<32>> tapInternalKey;
    std::vector<PsbtDerivation> tapDerivations;
};

/// A partially signed transaction; always well-formed.
class Psbt
{
public:
    /// Strict. Malformed, TooLarge, Unsupported (version 1 or above 2).
    static base::Result<Psbt> parse(base::ByteView binary);
    /// Base64 (white space allowed), hex or binary.
    static base::Result<Psbt> parseAny(base::ByteView bytes);
    /// Role create: no scriptSigs and witnesses may be filled (Malformed).
    static base::Result<Psbt> create(const Transaction& unsignedTransaction,
                                     PsbtVersion version = PsbtVersion::V0);

    base::Bytes serialize() const;
    std::string toBase64() const;

    PsbtVersion version() const { return m_version; }
    std::size_t inputCount() const { return m_inputs.size(); }
    std::size_t outputCount() const { return m_outputs.size(); }
    const PsbtMap& global() const { return m_global; }
    const PsbtMap& inputMap(std::size_t index) const { return m_inputs.at(index); }
    const PsbtMap& outputMap(std::size_t index) const { return m_outputs.at(index); }
    PsbtInput input(std::size_t index) const;
    PsbtOutput output(std::size_t index) const;

    /// The transaction without signatures; for version 2 with the lock time that its inputs
    /// require.
    const Transaction& unsignedTransaction() const { return m_transaction; }
    /// Txid for version 0; for version 2 the txid with computed lock time and sequences 0.
    Txid uniqueId() const;
    bool isComplete() const; ///< Every input is final.

    /// Puts a field; it is checked as when parsing (Malformed), and fields that describe the
    /// transaction itself cannot be changed this way (Rejected).
    base::Result<void> setInputField(std::size_t index, std::uint64_t type, base::ByteView keyData,
                                     base::Bytes value);
    base::Result<void> setOutputField(std::size_t index, std::uint64_t type, base::ByteView keyData,
                                      base::Bytes value);
    base::Result<void> setGlobalField(std::uint64_t type, base::ByteView keyData,
                                      base::Bytes value);
    /// Removes fields of a type, except those that describe the transaction.
    void eraseInputField(std::size_t index, std::uint64_t type);
    void eraseOutputField(std::size_t index, std::uint64_t type);

    /// Adds every field of `other` that is missing here. Conflict when it is about another
    /// transaction.
    base::Result<void> merge(const Psbt& other);

    bool operator==(const Psbt& other) const
    {
        return m_global == other.m_global && m_inputs == other.m_inputs &&
               m_outputs == other.m_outputs;
    }

private:
    Psbt() = default;
    base::Result<void> check();
    base::Result<void> computeTransaction();

    PsbtVersion m_version = PsbtVersion::V0;
    PsbtMap m_global;
    std::vector<PsbtMap> m_inputs;
    std::vector<PsbtMap> m_outputs;
    Transaction m_transaction; ///< Computed once.
};

/// The value of a derivation field: fingerprint and steps.
base::Bytes encodeKeyOrigin(const KeyOrigin& origin);
base::Result<KeyOrigin> decodeKeyOrigin(base::ByteView value);

} // namespace coffer::bitcoin
