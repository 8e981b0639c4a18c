// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Output script descriptors (BIP380 to 387, 389): the text that says which scripts an account has.
///
/// Problem: a backup must say not only which keys exist but what scripts they guard. A descriptor
/// says both, with the way to each key, so that a device or another wallet arrives at the same
/// scripts.
///
/// Understood: pk, pkh, wpkh, sh, wsh, multi, sortedmulti, combo, addr, raw, tr with a tree of pk,
/// and rawtr. Refused as Unsupported: musig (BIP390), sp (BIP392) and miniscript.
///
/// Text is always the public form in the end: private keys are accepted only where a caller allows
/// them, are turned into public keys as soon as no hardened step needs them, and never come out
/// again. Hardened steps are read as ' or h and written as h; the checksum is that of the written
/// form.
///
/// Limits: 64 KB of text, 20 keys (999 in multi_a), 128 levels of tree, multipath once in each key
/// and with at most 64 numbers.

#include "core/bitcoin/network.h"

#include <memory>

namespace coffer::bitcoin {

/// The eight characters of BIP380 for a descriptor without '#'; Malformed for foreign characters.
base::Result<std::string> descriptorChecksum(std::string_view text);

/// Where a key comes from: the master key's fingerprint and the path below it.
struct KeyOrigin
{
    base::ByteArray<4> fingerprint{};
    std::vector<std::uint32_t> path; ///< Hardened steps have bit 31 set.

    bool operator==(const KeyOrigin&) const = default;
};

/// A key at one index, with its full origin: what PSBT's derivation fields hold.
struct DerivedKey
{
    base::Bytes publicKey; ///< 33 bytes; 65 if written so; 02 in front of a key written x-only.
    KeyOrigin origin;      ///< A key without origin is its own master.
    bool xOnly = false;    ///< Stands in taproot: only the last 32 bytes matter.
};

/// One leaf of a taproot tree.
struct TaprootLeaf
{
    std::uint8_t version = 0xc0;
    int depth = 0;
    Script script;
};

/// What PSBT and signing need beside a taproot output script.
struct TaprootInfo
{
    base::ByteArray<32> internalKey{};
    std::optional<Hash256> merkleRoot;
    std::vector<TaprootLeaf> leaves; ///< Depth first, as written.
};

/// One output script with everything needed to recognise and spend it.
struct DescriptorOutput
{
    Script script;
    Script redeemScript;  ///< Empty unless P2SH.
    Script witnessScript; ///< Empty unless P2WSH.
    std::vector<DerivedKey>
        keys; ///< As written, before any sorting. For taproot the internal key first.
    std::optional<TaprootInfo>
        taproot; ///< Set for tr(); not for rawtr(), whose key has no known inside.
};

/// Whether text without a checksum is taken.
enum class ChecksumRule
{
    Optional,
    Required,
};
/// Whether text may hold private keys (WIF, xprv).
enum class PrivateKeyRule
{
    Refuse,
    Accept,
};

/// How strictly to read.
struct DescriptorRules
{
    ChecksumRule checksum = ChecksumRule::Optional;
    PrivateKeyRule privateKeys = PrivateKeyRule::Refuse;
};

/// One descriptor, read and checked. A value: cheap to copy, immutable.
class Descriptor
{
public:
    /// Reads text that describes exactly one script or one range. Malformed: syntax, or a rule of
    /// the BIPs; BadChecksum; NotFound: no checksum though required; TooLarge; WrongNetwork: keys
    /// or addresses of another network; Unsupported: musig, sp and the like, or more than one path;
    /// Rejected: private keys where refused.
    static base::Result<Descriptor> parse(std::string_view text, Network network,
                                          DescriptorRules rules = {});
    /// The same, with multipath steps <0;1> (BIP389): one descriptor for each alternative, in
    /// order.
    static base::Result<std::vector<Descriptor>> parseAll(std::string_view text, Network network,
                                                          DescriptorRules rules = {});

    /// Public form with h and checksum. Keys that were private appear as public ones with their
    /// origin.
    std::string toString() const;
    /// The same without checksum.
    std::string toStringWithoutChecksum() const;

    Network network() const;
    /// Ends in /* somewhere: index matters.
    bool isRanged() const;
    /// The whole can be expanded from public keys (no hardened step after an xpub).
    bool isPublic() const;
    /// Enough is known to spend with the keys (not addr, raw, rawtr).
    bool isSolvable() const;
    /// The outermost function: "wpkh", "sh", "tr", ...
    std::string_view function() const;
    /// The type of the output script. P2pk for combo, whose first script that is.
    ScriptType scriptType() const;
    /// Which single-key account it is, for addresses and input sizes: sh(wpkh()) is NestedWitness.
    bool isNestedWitness() const;
    /// Largest weight of an input that spends one output, all signatures of 72 bytes (64 taproot);
    /// nullopt when not solvable.
    std::optional<std::int64_t> inputWeight() const;
    /// Signatures wanted: 1, or m of multi().
    int requiredSignatures() const;

    /// The scripts at an index (ignored unless ranged): one, or four of combo() (two for
    /// uncompressed keys). OutOfRange for 2^31 and above; Unsupported when a hardened step needs a
    /// private key.
    base::Result<std::vector<DescriptorOutput>> expandAll(std::uint32_t index) const;
    /// The only script at an index; for combo() the first.
    base::Result<DescriptorOutput> expand(std::uint32_t index) const;

    /// Equal public text.
    bool operator==(const Descriptor& other) const;

    struct Node;

private:
    explicit Descriptor(std::shared_ptr<const Node> root, Network network);

    std::shared_ptr<const Node> m_root;
    Network m_network = Network::Main;
};

} // namespace coffer::bitcoin
