// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The parsed form of a descriptor and its parser. Internal to the descriptor code.

#include "core/bitcoin/descriptor/descriptor_key.h"

namespace coffer::bitcoin {

/// The functions of BIP381 to BIP387 that are understood.
enum class DescriptorFunction
{
    Pk,
    Pkh,
    Wpkh,
    Sh,
    Wsh,
    Multi,
    SortedMulti,
    MultiA,
    SortedMultiA,
    Combo,
    Addr,
    Raw,
    Tr,
    RawTr,
};

std::string_view functionName(DescriptorFunction function);

/// One function with its arguments. Which fields count depends on the function.
struct Descriptor::Node
{
    /// A script of a taproot tree and how deep it hangs.
    struct Leaf
    {
        int depth = 0;
        std::shared_ptr<const Node> script;
    };

    DescriptorFunction function = DescriptorFunction::Raw;
    std::vector<KeyExpression> keys; ///< One; several for the multi family; the internal key of tr.
    int required = 1;                ///< m of the multi family.
    std::shared_ptr<const Node> inner; ///< Of sh and wsh.
    std::vector<Leaf> leaves;          ///< Of tr, depth first.
    Script script;                     ///< Of addr and raw.
    std::string address;               ///< Of addr, as written.
};

/// The longest text that is read.
inline constexpr std::size_t kMaxDescriptorSize = 64 * 1024;
/// BIP341: a control block proves at most 128 levels.
inline constexpr int kMaxTreeDepth = 128;

/// Parses text without its checksum, taking alternative `choice.index` of multipath steps.
base::Result<std::shared_ptr<const Descriptor::Node>>
parseDescriptorNode(std::string_view text, Network network, PrivateKeyRule privateKeys,
                    KeyExpression::PathChoice& choice);

} // namespace coffer::bitcoin
