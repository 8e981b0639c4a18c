// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/chain_builder.h"

#include "core/base/hex.h"
#include "core/base/json.h"
#include "core/bitcoin/merkle.h"
#include "core/bitcoin/proof_of_work.h"

namespace coffer::test {

using namespace bitcoin;

namespace {

std::shared_ptr<ChainBlock> makeBlock(Block block, std::vector<Script> spent,
                                      const ChainBlock* previous)
{
    auto out = std::make_shared<ChainBlock>();
    out->hash = block.header.hash();
    out->raw = block.serialize();
    out->filter = BlockFilter::build(block, spent).encoded;
    out->filterHeader = filterHeader(filterHash(out->filter),
                                     previous != nullptr ? previous->filterHeader : FilterHeader{});
    out->block = std::move(block);
    return out;
}

Block genesisBlock(const NetworkParams& params)
{
    // The coinbase of Satoshi's genesis block, the same on all chains used here but testnet4.
    auto coinbase = Transaction::parse(
        base::parseHex(
            "01000000010000000000000000000000000000000000000000000000000000000000000000ff"
            "ffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f323030392043686"
            "16e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666"
            "f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a671"
            "30b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c3"
            "84df7ba0b8d578a4c702b6bf11d5fac00000000")
            .take());
    Block block;
    block.header = params.genesis;
    block.transactions.push_back(coinbase.take());
    return block;
}

} // namespace

Script scriptNumber(std::uint64_t number)
{
    base::ByteArray<20> hash{};
    for (std::size_t i = 0; i < 8; ++i)
        hash[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return p2wpkh(hash);
}

ChainBuilder::ChainBuilder(const NetworkParams& params)
    : m_params(&params)
{
    m_blocks.push_back(makeBlock(genesisBlock(params), {}, nullptr));
}

ChainBuilder ChainBuilder::fromFixture(const base::Json& blocks)
{
    ChainBuilder out(paramsOf(Network::Regtest));
    out.m_blocks.clear();
    out.appendFixture(blocks);
    return out;
}

void ChainBuilder::appendFixture(const base::Json& blocks)
{
    for (const auto& entry : blocks) {
        auto block = std::make_shared<ChainBlock>();
        block->raw = base::parseHex(base::jsonString(entry, "block").take()).take();
        block->block = Block::parse(block->raw).take();
        block->hash = block->block.header.hash();
        block->filter = base::parseHex(base::jsonString(entry, "filter").take()).take();
        block->filterHeader =
            parseReversedHex(base::jsonString(entry, "filter_header").take()).take();
        m_blocks.push_back(std::move(block));
    }
}

void ChainBuilder::mine(std::vector<TxOutput> outputs, std::vector<Transaction> transactions,
                        std::uint32_t salt)
{
    const auto& previous = *m_blocks.back();
    const auto next = height() + 1;
    Transaction coinbase;
    coinbase.inputs.resize(1);
    coinbase.inputs[0].previous = {Txid(), 0xffffffff};
    appendNumber(coinbase.inputs[0].scriptSig, next);
    appendNumber(coinbase.inputs[0].scriptSig, static_cast<std::int64_t>(salt) + 1'000);
    if (outputs.empty())
        outputs.push_back(
            {subsidyAt(next, *m_params), scriptNumber(1'000'000ULL * (salt + 1) + next)});
    coinbase.outputs = std::move(outputs);
    Block block;
    block.transactions.push_back(std::move(coinbase));
    std::vector<Script> spent;
    for (auto& transaction : transactions) {
        for (const auto& input : transaction.inputs) {
            for (const auto& candidate : m_blocks) {
                for (const auto& maker : candidate->block.transactions) {
                    if (maker.txid() == input.previous.txid)
                        spent.push_back(maker.outputs[input.previous.index].script);
                }
            }
        }
        block.transactions.push_back(std::move(transaction));
    }
    bool witness = false;
    for (const auto& transaction : block.transactions)
        witness = witness || transaction.hasWitness();
    if (witness) {
        auto& first = block.transactions[0];
        first.inputs[0].witness = {base::Bytes(32, 0)};
        const auto root = witnessRootOf(block);
        base::Bytes joined(root->begin(), root->end());
        joined.resize(64);
        const auto commitment = filterHash(joined);
        Script script{OP_RETURN, 0x24, 0xaa, 0x21, 0xa9, 0xed};
        script.insert(script.end(), commitment.begin(), commitment.end());
        first.outputs.push_back({0, script});
    }
    auto& header = block.header;
    header.version = 0x20000000;
    header.previous = previous.hash;
    header.merkleRoot = *merkleRootOf(block);
    header.time = previous.block.header.time + m_spacing;
    header.bits = requiredBits(
        next, header.time, [this](std::uint32_t asked) { return at(asked).block.header; },
        *m_params);
    while (!checkProofOfWork(header.hash(), header.bits, *m_params))
        ++header.nonce;
    m_blocks.push_back(makeBlock(std::move(block), std::move(spent), &previous));
}

void ChainBuilder::mineMany(std::uint32_t count, std::uint32_t salt)
{
    for (std::uint32_t i = 0; i < count; ++i)
        mine({}, {}, salt);
}

std::optional<std::uint32_t> ChainBuilder::heightOf(const BlockHash& hash) const
{
    for (std::size_t i = m_blocks.size(); i-- > 0;) {
        if (m_blocks[i]->hash == hash)
            return static_cast<std::uint32_t>(i);
    }
    return std::nullopt;
}

void ChainBuilder::forgeFilter(std::uint32_t height, base::Bytes filter)
{
    for (auto h = height; h <= this->height(); ++h) {
        auto forged = std::make_shared<ChainBlock>(*m_blocks[h]);
        if (h == height)
            forged->filter = std::move(filter);
        forged->filterHeader =
            filterHeader(filterHash(forged->filter), m_blocks[h - 1]->filterHeader);
        m_blocks[h] = std::move(forged);
    }
}

} // namespace coffer::test
