// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/descriptor/descriptor.h"

#include "core/bitcoin/descriptor/descriptor_node.h"

namespace coffer::bitcoin {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// BIP380, "Checksum": the order puts likely mistakes (case, neighbours) at small distances.
constexpr std::string_view kInputAlphabet =
    "0123456789()[],'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
    "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
constexpr std::string_view kChecksumAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSize = 8;

std::uint64_t polynomialStep(std::uint64_t state, unsigned value)
{
    constexpr std::array<std::uint64_t, 5> kGenerator{0xf5dee51989, 0xa9fdca3312, 0x1bab10e32d,
                                                      0x3706b1677a, 0x644d626ffd};
    const auto top = state >> 35;
    state = ((state & 0x7ffffffff) << 5) ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
        if (((top >> i) & 1) != 0)
            state ^= kGenerator[i];
    }
    return state;
}

/// Splits off and checks the checksum; gives the text without it.
Result<std::string_view> withoutChecksum(std::string_view text, ChecksumRule rule)
{
    const auto hash = text.find('#');
    const auto body = text.substr(0, hash);
    // Also names characters that cannot be part of a descriptor.
    auto expected = TRY(descriptorChecksum(body));
    if (hash == std::string_view::npos) {
        if (rule == ChecksumRule::Required)
            return Error{ErrorCode::NotFound, "a descriptor without its checksum"};
        return body;
    }
    const auto checksum = text.substr(hash + 1);
    if (checksum.size() != kChecksumSize)
        return Error{ErrorCode::BadChecksum, "a descriptor's checksum has eight characters"};
    if (checksum != expected)
        return Error{ErrorCode::BadChecksum, "a mistyped descriptor"};
    return body;
}

std::string textOf(const Descriptor::Node& node);

/// The tree in braces, rebuilt from the depths of its leaves.
std::string treeText(const std::vector<Descriptor::Node::Leaf>& leaves, std::size_t& next,
                     int depth)
{
    if (leaves[next].depth == depth)
        return textOf(*leaves[next++].script);
    auto text = '{' + treeText(leaves, next, depth + 1) + ',';
    text += treeText(leaves, next, depth + 1);
    return text + '}';
}

std::string textOf(const Descriptor::Node& node)
{
    auto text = std::string(functionName(node.function)) + '(';
    switch (node.function) {
    case DescriptorFunction::Pk:
    case DescriptorFunction::Pkh:
    case DescriptorFunction::Wpkh:
    case DescriptorFunction::Combo:
    case DescriptorFunction::RawTr:
        text += node.keys[0].toString();
        break;
    case DescriptorFunction::Sh:
    case DescriptorFunction::Wsh:
        text += textOf(*node.inner);
        break;
    case DescriptorFunction::Multi:
    case DescriptorFunction::SortedMulti:
    case DescriptorFunction::MultiA:
    case DescriptorFunction::SortedMultiA:
        text += std::to_string(node.required);
        for (const auto& key : node.keys)
            text += ',' + key.toString();
        break;
    case DescriptorFunction::Addr:
        text += node.address;
        break;
    case DescriptorFunction::Raw:
        text += base::toHex(node.script);
        break;
    case DescriptorFunction::Tr:
        text += node.keys[0].toString();
        if (!node.leaves.empty()) {
            std::size_t next = 0;
            text += ',' + treeText(node.leaves, next, 0);
        }
        break;
    }
    return text + ')';
}

/// True when `test` holds for every key of the tree.
template <typename Test>
bool allKeys(const Descriptor::Node& node, Test test)
{
    return std::all_of(node.keys.begin(), node.keys.end(), test) &&
           (node.inner == nullptr || allKeys(*node.inner, test)) &&
           std::all_of(node.leaves.begin(), node.leaves.end(),
                       [&](const auto& leaf) { return allKeys(*leaf.script, test); });
}

} // namespace

Result<std::string> descriptorChecksum(std::string_view text)
{
    if (text.size() > kMaxDescriptorSize)
        return Error{ErrorCode::TooLarge, "a descriptor above 64 KB"};
    std::uint64_t state = 1;
    unsigned groups = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto position = kInputAlphabet.find(c);
        if (position == std::string_view::npos)
            return Error{ErrorCode::Malformed, "a character that no descriptor has"};
        state = polynomialStep(state, position & 31);
        groups = groups * 3 + static_cast<unsigned>(position >> 5);
        if (++count == 3) {
            state = polynomialStep(state, groups);
            groups = 0;
            count = 0;
        }
    }
    if (count > 0)
        state = polynomialStep(state, groups);
    for (std::size_t i = 0; i < kChecksumSize; ++i)
        state = polynomialStep(state, 0);
    state ^= 1;
    std::string checksum;
    for (std::size_t i = kChecksumSize; i-- > 0;)
        checksum += kChecksumAlphabet[(state >> (5 * i)) & 31];
    return checksum;
}

Descriptor::Descriptor(std::shared_ptr<const Node> root, bitcoin::Network network)
    : m_root(std::move(root))
    , m_network(network)
{
}

Result<Descriptor> Descriptor::parse(std::string_view text, bitcoin::Network network,
                                     DescriptorRules rules)
{
    auto all = TRY(parseAll(text, network, rules));
    if (all.size() != 1)
        return Error{ErrorCode::Unsupported, "a descriptor of several chains where one is wanted"};
    return all[0];
}

Result<std::vector<Descriptor>>
Descriptor::parseAll(std::string_view text, bitcoin::Network network, DescriptorRules rules)
{
    if (text.size() > kMaxDescriptorSize)
        return Error{ErrorCode::TooLarge, "a descriptor above 64 KB"};
    auto body = TRY(withoutChecksum(text, rules.checksum));
    std::vector<Descriptor> all;
    KeyExpression::PathChoice choice;
    do {
        auto root = TRY(parseDescriptorNode(body, network, rules.privateKeys, choice));
        all.push_back(Descriptor(std::move(root), network));
    } while (++choice.index < choice.count);
    return all;
}

std::string Descriptor::toStringWithoutChecksum() const
{
    return textOf(*m_root);
}

std::string Descriptor::toString() const
{
    const auto text = toStringWithoutChecksum();
    const auto checksum = descriptorChecksum(text);
    // The public form can outgrow the limit of what is read only by h and origins; then it has
    // none.
    return checksum ? text + '#' + *checksum : text;
}

Network Descriptor::network() const
{
    return m_network;
}

bool Descriptor::isRanged() const
{
    return !allKeys(*m_root, [](const KeyExpression& key) { return !key.isRanged(); });
}

bool Descriptor::isPublic() const
{
    return allKeys(*m_root, [](const KeyExpression& key) { return key.isPublic(); });
}

bool Descriptor::isSolvable() const
{
    switch (m_root->function) {
    case DescriptorFunction::Addr:
    case DescriptorFunction::Raw:
    case DescriptorFunction::RawTr:
        return false;
    default:
        return true;
    }
}

std::string_view Descriptor::function() const
{
    return functionName(m_root->function);
}

ScriptType Descriptor::scriptType() const
{
    switch (m_root->function) {
    case DescriptorFunction::Pk:
    case DescriptorFunction::Combo:
        return ScriptType::P2pk;
    case DescriptorFunction::Pkh:
        return ScriptType::P2pkh;
    case DescriptorFunction::Wpkh:
        return ScriptType::P2wpkh;
    case DescriptorFunction::Sh:
        return ScriptType::P2sh;
    case DescriptorFunction::Wsh:
        return ScriptType::P2wsh;
    case DescriptorFunction::Multi:
    case DescriptorFunction::SortedMulti:
        return ScriptType::Multisig;
    case DescriptorFunction::Tr:
    case DescriptorFunction::RawTr:
        return ScriptType::P2tr;
    case DescriptorFunction::Addr:
    case DescriptorFunction::Raw:
        return classify(m_root->script);
    case DescriptorFunction::MultiA:
    case DescriptorFunction::SortedMultiA:
        break; // Never outermost.
    }
    return ScriptType::NonStandard;
}

bool Descriptor::isNestedWitness() const
{
    return m_root->function == DescriptorFunction::Sh &&
           m_root->inner->function == DescriptorFunction::Wpkh;
}

int Descriptor::requiredSignatures() const
{
    const auto* node = m_root.get();
    while (node->inner != nullptr)
        node = node->inner.get();
    return node->required;
}

bool Descriptor::operator==(const Descriptor& other) const
{
    return m_network == other.m_network &&
           toStringWithoutChecksum() == other.toStringWithoutChecksum();
}

} // namespace coffer::bitcoin
