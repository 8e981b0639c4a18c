// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/chain/filter_evidence.h"

#include "core/bitcoin/block_filter.h"

#include <algorithm>

namespace coffer::lightnode {

using base::ByteView;
using bitcoin::Script;

namespace {

constexpr std::size_t kCompressedKey = 33;

bool isCompressedKey(ByteView bytes)
{
    return bytes.size() == kCompressedKey && (bytes[0] == 0x02 || bytes[0] == 0x03);
}

/// HASH160 stands between OP_HASH160 and OP_EQUAL of the P2SH script of any bytes.
base::ByteArray<20> hash160Of(ByteView bytes)
{
    const auto script = bitcoin::p2shOf(bytes);
    base::ByteArray<20> out{};
    std::copy_n(script.begin() + 2, out.size(), out.begin());
    return out;
}

} // namespace

std::optional<Script> evidentSpentScript(const bitcoin::TxInput& input)
{
    // A signature is 9 to 73 bytes; fewer would be some other template's witness.
    const bool keyWitness = input.witness.size() == 2 && isCompressedKey(input.witness[1]) &&
                            input.witness[0].size() >= 9 && input.witness[0].size() <= 73;
    if (input.scriptSig.empty()) {
        if (!keyWitness)
            return std::nullopt;
        return bitcoin::p2wpkh(hash160Of(input.witness[1]));
    }
    const auto& sig = input.scriptSig;
    if (sig.size() == 23 && sig[0] == 22 && sig[1] == bitcoin::OP_0 && sig[2] == 20)
        return bitcoin::p2shOf(ByteView(sig).subspan(1));
    return std::nullopt;
}

std::optional<Script> likelySpentScript(const bitcoin::TxInput& input)
{
    if (auto evident = evidentSpentScript(input))
        return evident;
    const auto pushes = bitcoin::pushedData(input.scriptSig);
    if (pushes && pushes->size() == 2 && isCompressedKey(pushes->back()))
        return bitcoin::p2pkh(hash160Of(pushes->back()));
    return std::nullopt;
}

FilterVerdict judgeFilter(const bitcoin::Block& block, ByteView filter)
{
    const auto hash = block.header.hash();
    const auto outputs = bitcoin::filterOutputScripts(block);
    const auto count = bitcoin::filterElementCount(filter);
    if (!count)
        return FilterVerdict::ProvedLie;
    std::size_t inputs = 0;
    for (const auto& transaction : block.transactions) {
        if (!transaction.isCoinbase())
            inputs += transaction.inputs.size();
    }
    if (*count > outputs.size() + inputs)
        return FilterVerdict::ProvedLie; // Stuffed.
    const auto found = bitcoin::matchEach(hash, filter, outputs);
    if (!found || found->size() != outputs.size())
        return FilterVerdict::ProvedLie; // Omits what the block itself shows.
    std::vector<Script> spent;
    for (const auto& transaction : block.transactions) {
        if (transaction.isCoinbase())
            continue;
        for (const auto& input : transaction.inputs) {
            if (auto script = evidentSpentScript(input))
                spent.push_back(std::move(*script));
        }
    }
    const auto foundSpent = bitcoin::matchEach(hash, filter, spent);
    if (!foundSpent || foundSpent->size() != spent.size())
        return FilterVerdict::StronglySuspect;
    return FilterVerdict::Plausible;
}

} // namespace coffer::lightnode
