// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// From a descriptor and an index to scripts, and what it weighs to spend them.

#include "core/bitcoin/descriptor/descriptor_node.h"
#include "core/crypto/hash.h"

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::ErrorCode;
using base::Result;

namespace {

using Node = Descriptor::Node;

constexpr std::uint8_t kOpCheckSigAdd = 0xba;
constexpr std::uint8_t kOpNumEqual = 0x9c;

ByteView xOnly(const Bytes& publicKey)
{
    return ByteView(publicKey).subspan(1);
}

base::ByteArray<32> arrayOf(ByteView view)
{
    base::ByteArray<32> out{};
    std::copy_n(view.begin(), 32, out.begin());
    return out;
}

Result<std::vector<DerivedKey>> deriveKeys(const Node& node, std::uint32_t index)
{
    std::vector<DerivedKey> keys;
    keys.reserve(node.keys.size());
    for (const auto& key : node.keys) {
        auto derived = TRY(key.derive(index));
        keys.push_back(std::move(derived));
    }
    return keys;
}

std::vector<Bytes> publicKeys(const std::vector<DerivedKey>& keys)
{
    std::vector<Bytes> bytes;
    bytes.reserve(keys.size());
    for (const auto& key : keys)
        bytes.push_back(key.publicKey);
    return bytes;
}

/// pk, pkh, wpkh, multi, sortedmulti: outside taproot.
Script plainScript(const Node& node, const std::vector<DerivedKey>& keys)
{
    switch (node.function) {
    case DescriptorFunction::Pk:
        return p2pk(keys[0].publicKey);
    case DescriptorFunction::Pkh:
        return p2pkh(crypto::hash160(keys[0].publicKey));
    case DescriptorFunction::Wpkh:
        return p2wpkh(crypto::hash160(keys[0].publicKey));
    case DescriptorFunction::SortedMulti: {
        auto sorted = publicKeys(keys);
        std::sort(sorted.begin(), sorted.end()); // BIP67.
        return multisig(node.required, sorted);
    }
    default:
        return multisig(node.required, publicKeys(keys));
    }
}

/// pk, pkh, multi_a and sortedmulti_a under tr().
Script leafScript(const Node& node, const std::vector<DerivedKey>& keys)
{
    if (node.function == DescriptorFunction::Pkh)
        return p2pkh(crypto::hash160(xOnly(keys[0].publicKey)));
    std::vector<ByteView> cut;
    cut.reserve(keys.size());
    for (const auto& key : keys)
        cut.push_back(xOnly(key.publicKey));
    if (node.function == DescriptorFunction::SortedMultiA)
        std::sort(cut.begin(), cut.end(), [](ByteView a, ByteView b) {
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
        });
    Script script;
    for (std::size_t i = 0; i < cut.size(); ++i) {
        appendPush(script, cut[i]);
        script.push_back(i == 0 ? std::uint8_t{OP_CHECKSIG} : kOpCheckSigAdd);
    }
    if (node.function != DescriptorFunction::Pk) {
        appendNumber(script, node.required);
        script.push_back(kOpNumEqual);
    }
    return script;
}

/// BIP341, "Constructing and spending Taproot outputs".
Hash256 leafHash(const TaprootLeaf& leaf)
{
    ByteWriter writer;
    writer.u8(leaf.version);
    writer.compactSize(leaf.script.size());
    writer.append(leaf.script);
    return crypto::taggedHash("TapLeaf", writer.view());
}

Hash256 branchHash(const Hash256& a, const Hash256& b)
{
    return crypto::taggedHash("TapBranch", base::concat(std::min(a, b), std::max(a, b)));
}

/// Leaves come depth first: two neighbours of equal depth close their branch.
Hash256 treeRoot(const std::vector<TaprootLeaf>& leaves)
{
    std::vector<std::pair<int, Hash256>> open;
    for (const auto& leaf : leaves) {
        open.emplace_back(leaf.depth, leafHash(leaf));
        while (open.size() > 1 && open.back().first == open[open.size() - 2].first) {
            const auto right = open.back();
            open.pop_back();
            open.back() = {right.first - 1, branchHash(open.back().second, right.second)};
        }
    }
    ASSERT(open.size() == 1 && open[0].first == 0); // The parser made a whole tree.
    return open[0].second;
}

Result<DescriptorOutput> expandTaproot(const Node& node, std::uint32_t index)
{
    DescriptorOutput output;
    output.keys = TRY(deriveKeys(node, index));
    const auto key = arrayOf(xOnly(output.keys[0].publicKey));
    if (node.function == DescriptorFunction::RawTr) {
        output.script = p2tr(key);
        return output;
    }
    TaprootInfo info;
    info.internalKey = key;
    for (const auto& leaf : node.leaves) {
        auto keys = TRY(deriveKeys(*leaf.script, index));
        info.leaves.push_back({0xc0, leaf.depth, leafScript(*leaf.script, keys)});
        for (auto& each : keys)
            output.keys.push_back(std::move(each));
    }
    if (!info.leaves.empty())
        info.merkleRoot = treeRoot(info.leaves);
    auto internal = TRY(crypto::XOnlyPublicKey::parse(info.internalKey));
    auto tweaked = TRY(crypto::taprootTweak(internal, info.merkleRoot));
    output.script = p2tr(tweaked.key.bytes());
    output.taproot = std::move(info);
    return output;
}

Result<DescriptorOutput> expandNode(const Node& node, std::uint32_t index)
{
    DescriptorOutput output;
    switch (node.function) {
    case DescriptorFunction::Sh: {
        output = TRY(expandNode(*node.inner, index));
        output.redeemScript = std::move(output.script);
        output.script = p2shOf(output.redeemScript);
        return output;
    }
    case DescriptorFunction::Wsh:
        output = TRY(expandNode(*node.inner, index));
        output.witnessScript = std::move(output.script);
        output.script = p2wshOf(output.witnessScript);
        return output;
    case DescriptorFunction::Addr:
    case DescriptorFunction::Raw:
        output.script = node.script;
        return output;
    case DescriptorFunction::Tr:
    case DescriptorFunction::RawTr:
        return expandTaproot(node, index);
    default:
        output.keys = TRY(deriveKeys(node, index));
        output.script = plainScript(node, output.keys);
        return output;
    }
}

/// BIP384: every script of one key, segwit ones only for a compressed one.
Result<std::vector<DescriptorOutput>> expandCombo(const Node& node, std::uint32_t index)
{
    auto keys = TRY(deriveKeys(node, index));
    const auto& key = keys[0].publicKey;
    const auto hash = crypto::hash160(key);
    std::vector<DescriptorOutput> outputs(key.size() == 33 ? 4 : 2);
    for (auto& output : outputs)
        output.keys = keys;
    outputs[0].script = p2pk(key);
    outputs[1].script = p2pkh(hash);
    if (outputs.size() == 4) {
        outputs[2].script = p2wpkh(hash);
        outputs[3].redeemScript = p2wpkh(hash);
        outputs[3].script = p2shOf(outputs[3].redeemScript);
    }
    return outputs;
}

// What stands on the stack to satisfy a script: 72-byte signatures as large as low S makes them.
constexpr std::int64_t kSignatureSize = 72;
// Outpoint 36, sequence 4.
constexpr std::int64_t kInputSize = 40;

std::int64_t keySize(const Node& node, std::size_t i)
{
    return node.keys[i].isUncompressed() ? 65 : 33;
}

std::int64_t lengthSize(std::int64_t size)
{
    return size < 253 ? 1 : size <= 0xffff ? 3 : 5;
}

std::int64_t pushSize(std::int64_t size)
{
    return size + (size < 76 ? 1 : size < 256 ? 2 : 3);
}

std::int64_t plainScriptSize(const Node& node)
{
    switch (node.function) {
    case DescriptorFunction::Pk:
        return 2 + keySize(node, 0);
    case DescriptorFunction::Pkh:
        return 25;
    default: {
        std::int64_t size = (node.required > 16 ? 2 : 1) + (node.keys.size() > 16 ? 2 : 1) + 1;
        for (std::size_t i = 0; i < node.keys.size(); ++i)
            size += 1 + keySize(node, i);
        return size;
    }
    }
}

/// The items before the script: number, and bytes with one length byte each, which serves a
/// scriptSig and a witness alike.
struct Satisfaction
{
    std::int64_t items = 0;
    std::int64_t size = 0;
};

Satisfaction satisfactionOf(const Node& node)
{
    switch (node.function) {
    case DescriptorFunction::Pk:
        return {1, 1 + kSignatureSize};
    case DescriptorFunction::Pkh:
    case DescriptorFunction::Wpkh:
        return {2, 1 + kSignatureSize + 1 + keySize(node, 0)};
    default: // Multisig: an empty item and m signatures.
        return {1 + node.required, 1 + node.required * (1 + kSignatureSize)};
    }
}

std::int64_t witnessWeight(const Node& node)
{
    const auto& program = node.function == DescriptorFunction::Wsh ? *node.inner : node;
    const auto satisfaction = satisfactionOf(program);
    const auto script =
        node.function == DescriptorFunction::Wsh ? plainScriptSize(program) : std::int64_t{-1};
    const auto scriptField = script < 0 ? 0 : lengthSize(script) + script;
    const auto items = satisfaction.items + (script < 0 ? 0 : 1);
    return lengthSize(items) + satisfaction.size + scriptField;
}

std::int64_t scriptSigWeight(std::int64_t size)
{
    return 4 * (kInputSize + lengthSize(size) + size);
}

} // namespace

std::optional<std::int64_t> Descriptor::inputWeight() const
{
    const auto& root = *m_root;
    switch (root.function) {
    case DescriptorFunction::Addr:
    case DescriptorFunction::Raw:
    case DescriptorFunction::RawTr:
    case DescriptorFunction::MultiA:
    case DescriptorFunction::SortedMultiA:
        return std::nullopt;
    case DescriptorFunction::Tr:
        return bitcoin::inputWeight(ScriptType::P2tr);
    case DescriptorFunction::Combo:
        // The largest of its scripts.
        return scriptSigWeight(1 + kSignatureSize + 1 + keySize(root, 0));
    case DescriptorFunction::Wpkh:
    case DescriptorFunction::Wsh:
        return scriptSigWeight(0) + witnessWeight(root);
    case DescriptorFunction::Sh: {
        const auto& inner = *root.inner;
        if (inner.function == DescriptorFunction::Wpkh)
            return scriptSigWeight(1 + 22) + witnessWeight(inner);
        if (inner.function == DescriptorFunction::Wsh)
            return scriptSigWeight(1 + 34) + witnessWeight(inner);
        return scriptSigWeight(satisfactionOf(inner).size + pushSize(plainScriptSize(inner)));
    }
    default:
        return scriptSigWeight(satisfactionOf(root).size);
    }
}

Result<std::vector<DescriptorOutput>> Descriptor::expandAll(std::uint32_t index) const
{
    if (index >= crypto::kHardened)
        return {ErrorCode::OutOfRange, "an index of 2^31 or more"};
    if (m_root->function == DescriptorFunction::Combo)
        return expandCombo(*m_root, index);
    auto output = TRY(expandNode(*m_root, index));
    return std::vector<DescriptorOutput>{std::move(output)};
}

Result<DescriptorOutput> Descriptor::expand(std::uint32_t index) const
{
    auto outputs = TRY(expandAll(index));
    return std::move(outputs[0]);
}

} // namespace coffer::bitcoin
