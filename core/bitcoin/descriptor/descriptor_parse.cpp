// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/address.h"
#include "core/bitcoin/descriptor/descriptor_node.h"

#include <charconv>

namespace coffer::bitcoin {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

using Node = Descriptor::Node;
using NodePointer = std::shared_ptr<const Node>;
using PathChoice = KeyExpression::PathChoice;

// BIP383, "Specification".
constexpr std::size_t kMaxBareKeys = 3;
constexpr std::size_t kMaxKeys = 20;
// BIP387: what a block could still hold.
constexpr std::size_t kMaxTaprootKeys = 999;

/// Where a script expression stands.
enum class Place
{
    Top,
    Sh,
    Wsh,
    Tree,
};

struct FunctionRow
{
    std::string_view name;
    DescriptorFunction function;
};

constexpr std::array kFunctions{
    FunctionRow{"pk", DescriptorFunction::Pk},
    FunctionRow{"pkh", DescriptorFunction::Pkh},
    FunctionRow{"wpkh", DescriptorFunction::Wpkh},
    FunctionRow{"sh", DescriptorFunction::Sh},
    FunctionRow{"wsh", DescriptorFunction::Wsh},
    FunctionRow{"multi", DescriptorFunction::Multi},
    FunctionRow{"sortedmulti", DescriptorFunction::SortedMulti},
    FunctionRow{"multi_a", DescriptorFunction::MultiA},
    FunctionRow{"sortedmulti_a", DescriptorFunction::SortedMultiA},
    FunctionRow{"combo", DescriptorFunction::Combo},
    FunctionRow{"addr", DescriptorFunction::Addr},
    FunctionRow{"raw", DescriptorFunction::Raw},
    FunctionRow{"tr", DescriptorFunction::Tr},
    FunctionRow{"rawtr", DescriptorFunction::RawTr},
};

// The fragments of miniscript (BIP379) that are no function of ours; wrappers like "v:" too.
constexpr std::array<std::string_view, 22> kMiniscript{
    "after", "older",        "sha256", "hash256", "ripemd160", "hash160", "andor",  "and_v",
    "and_b", "and_n",        "or_b",   "or_c",    "or_d",      "or_i",    "thresh", "pk_k",
    "pk_h",  "expr_raw_pkh", "just_0", "just_1",  "0",         "1",
};

Error badDescriptor(const char* reason)
{
    return {ErrorCode::Malformed, reason};
}

/// Where each function may stand: BIP381 to BIP387.
bool isAllowed(DescriptorFunction function, Place place)
{
    switch (function) {
    case DescriptorFunction::Pk:
    case DescriptorFunction::Pkh:
        return true;
    case DescriptorFunction::Wpkh:
    case DescriptorFunction::Wsh:
        return place == Place::Top || place == Place::Sh;
    case DescriptorFunction::Multi:
    case DescriptorFunction::SortedMulti:
        return place != Place::Tree;
    case DescriptorFunction::MultiA:
    case DescriptorFunction::SortedMultiA:
        return place == Place::Tree;
    case DescriptorFunction::Sh:
    case DescriptorFunction::Combo:
    case DescriptorFunction::Addr:
    case DescriptorFunction::Raw:
    case DescriptorFunction::Tr:
    case DescriptorFunction::RawTr:
        return place == Place::Top;
    }
    return false;
}

/// Reads one expression from left to right; depth is bounded by isAllowed() and kMaxTreeDepth.
class Parser
{
public:
    Parser(std::string_view text, Network network, PrivateKeyRule privateKeys, PathChoice& choice)
        : m_rest(text)
        , m_network(network)
        , m_privateKeys(privateKeys)
        , m_choice(choice)
    {
    }

    Result<NodePointer> run()
    {
        auto node = TRY(parseScript(Place::Top));
        if (!m_rest.empty())
            return badDescriptor("something after the end of a descriptor");
        return node;
    }

private:
    Result<DescriptorFunction> readFunction(Place place)
    {
        const auto name = m_rest.substr(0, m_rest.find('('));
        if (name.size() == m_rest.size())
            return badDescriptor("a script expression is a function");
        m_rest.remove_prefix(name.size() + 1);
        const auto row = std::find_if(kFunctions.begin(), kFunctions.end(),
                                      [&](const FunctionRow& each) { return each.name == name; });
        if (row != kFunctions.end()) {
            if (!isAllowed(row->function, place))
                return badDescriptor("a descriptor function that may not stand here");
            return row->function;
        }
        if (name == "musig")
            return Error{ErrorCode::Unsupported, "musig() (BIP390) is not supported"};
        if (name == "sp")
            return Error{ErrorCode::Unsupported,
                         "sp(): receiving silent payments (BIP392) is not supported"};
        if (name.find(':') != std::string_view::npos ||
            std::find(kMiniscript.begin(), kMiniscript.end(), name) != kMiniscript.end())
            return Error{ErrorCode::Unsupported, "miniscript is not supported"};
        return badDescriptor("an unknown descriptor function");
    }

    Result<void> expect(char wanted, const char* reason)
    {
        if (!m_rest.starts_with(wanted))
            return badDescriptor(reason);
        m_rest.remove_prefix(1);
        return {};
    }

    /// Up to the next comma or closing bracket.
    std::string_view readArgument()
    {
        const auto argument = m_rest.substr(0, m_rest.find_first_of(",)}{"));
        m_rest.remove_prefix(argument.size());
        return argument;
    }

    Result<KeyExpression> readKey(Place place)
    {
        const auto text = readArgument();
        if (text.starts_with("musig("))
            return Error{ErrorCode::Unsupported, "musig() (BIP390) is not supported"};
        const auto keyPlace = place == Place::Tree  ? KeyPlace::Taproot
                              : place == Place::Wsh ? KeyPlace::Segwit
                                                    : KeyPlace::Legacy;
        return KeyExpression::parse(text, m_network, keyPlace, m_privateKeys, m_choice);
    }

    Result<NodePointer> parseScript(Place place)
    {
        auto node = std::make_shared<Node>();
        node->function = TRY(readFunction(place));
        switch (node->function) {
        case DescriptorFunction::Pk:
        case DescriptorFunction::Pkh:
        case DescriptorFunction::Combo:
            TRY(readSingleKey(*node, place));
            break;
        case DescriptorFunction::Wpkh:
            TRY(readSingleKey(*node, Place::Wsh));
            break;
        case DescriptorFunction::RawTr:
            TRY(readSingleKey(*node, Place::Tree));
            break;
        case DescriptorFunction::Sh:
            node->inner = TRY(parseScript(Place::Sh));
            break;
        case DescriptorFunction::Wsh:
            node->inner = TRY(parseScript(Place::Wsh));
            break;
        case DescriptorFunction::Multi:
        case DescriptorFunction::SortedMulti:
        case DescriptorFunction::MultiA:
        case DescriptorFunction::SortedMultiA:
            TRY(readMulti(*node, place));
            break;
        case DescriptorFunction::Addr:
            TRY(readAddress(*node));
            break;
        case DescriptorFunction::Raw:
            TRY(readRaw(*node));
            break;
        case DescriptorFunction::Tr:
            TRY(readSingleKey(*node, Place::Tree));
            if (m_rest.starts_with(',')) {
                m_rest.remove_prefix(1);
                TRY(readTree(*node, 0));
            }
            break;
        }
        TRY(expect(')', "a descriptor function without its closing bracket"));
        return NodePointer(std::move(node));
    }

    Result<void> readSingleKey(Node& node, Place place)
    {
        auto key = TRY(readKey(place));
        node.keys.push_back(std::move(key));
        return {};
    }

    Result<void> readMulti(Node& node, Place place)
    {
        const auto threshold = readArgument();
        const auto end = threshold.data() + threshold.size();
        const auto parsed = std::from_chars(threshold.data(), end, node.required);
        if (threshold.empty() || parsed.ec != std::errc{} || parsed.ptr != end)
            return badDescriptor("a multisig threshold that is no number");
        const auto limit = place == Place::Tree  ? kMaxTaprootKeys
                           : place == Place::Top ? kMaxBareKeys
                                                 : kMaxKeys;
        while (m_rest.starts_with(',')) {
            m_rest.remove_prefix(1);
            if (node.keys.size() == limit)
                return badDescriptor("more keys than a multisig may have here");
            TRY(readSingleKey(node, place));
        }
        if (node.required < 1 || static_cast<std::size_t>(node.required) > node.keys.size())
            return badDescriptor("a multisig threshold below 1 or above the number of keys");
        if (place == Place::Sh && redeemScriptSize(node) > kMaxScriptElementSize)
            return badDescriptor("a multisig too large for P2SH");
        return {};
    }

    static std::size_t redeemScriptSize(const Node& node)
    {
        // Threshold, count (two bytes above 16) and OP_CHECKMULTISIG.
        std::size_t size = (node.required > 16 ? 2U : 1U) + (node.keys.size() > 16 ? 2U : 1U) + 1U;
        for (const auto& key : node.keys)
            size += key.isUncompressed() ? 66U : 34U;
        return size;
    }

    Result<void> readAddress(Node& node)
    {
        const auto text = readArgument();
        auto address = TRY(parseAddress(text, m_network));
        node.address = std::string(text);
        node.script = std::move(address.script);
        return {};
    }

    Result<void> readRaw(Node& node)
    {
        const auto text = readArgument();
        if (text.empty())
            return badDescriptor("raw() without a script");
        node.script = TRY(base::parseHex(text));
        return {};
    }

    /// A script, or {left,right} (BIP386).
    Result<void> readTree(Node& node, int depth)
    {
        if (depth > kMaxTreeDepth)
            return Error{ErrorCode::TooLarge, "a taproot tree deeper than 128 levels"};
        if (!m_rest.starts_with('{')) {
            auto leaf = TRY(parseScript(Place::Tree));
            node.leaves.push_back({depth, std::move(leaf)});
            return {};
        }
        m_rest.remove_prefix(1);
        TRY(readTree(node, depth + 1));
        TRY(expect(',', "a taproot branch has two sides"));
        TRY(readTree(node, depth + 1));
        return expect('}', "a taproot branch without its closing brace");
    }

    std::string_view m_rest;
    Network m_network;
    PrivateKeyRule m_privateKeys;
    PathChoice& m_choice;
};

} // namespace

std::string_view functionName(DescriptorFunction function)
{
    for (const auto& row : kFunctions) {
        if (row.function == function)
            return row.name;
    }
    return "raw";
}

Result<NodePointer> parseDescriptorNode(std::string_view text, Network network,
                                        PrivateKeyRule privateKeys, PathChoice& choice)
{
    return Parser(text, network, privateKeys, choice).run();
}

} // namespace coffer::bitcoin
