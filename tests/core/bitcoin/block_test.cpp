// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a block is read whole and proves itself. Method: 104 + 134 regtest blocks as round trips,
// each rule broken once.

#include "core/base/hex.h"
#include "core/bitcoin/block.h"
#include "core/bitcoin/merkle.h"
#include "core/crypto/hash.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

#include <map>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::Block;
using bitcoin::BlockHeader;

namespace {

/// A block of the fixture with a payment in it.
Block sample()
{
    const auto fixture = jsonFile("btc/regtest/fixture.json");
    for (const auto& entry : fixture["chain"]) {
        auto block = Block::parse(hex(entry["block"]));
        ASSERT(block);
        if (block->transactions.size() >= 3)
            return block.take();
    }
    ASSERT(false);
    return {};
}

void fixRoot(Block& block)
{
    const auto root = bitcoin::merkleRootOf(block);
    ASSERT(root);
    block.header.merkleRoot = *root;
}

} // namespace

class BlockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheStatsBlocks();
    void readsTheFixture();
    void refusesWhatDoesNotFit();
    void refusesDuplicatedTransactions();
    void refusesAWrongCommitment();
    void refusesDamagedBytes();
};

void BlockTest::readsTheStatsBlocks()
{
    const auto data = jsonFile("btc/core/rpc_getblockstats.json");
    QCOMPARE(data["blocks"].size(), std::size_t{104});
    std::map<std::string, Block> blocks;
    bitcoin::BlockHash previous;
    for (const auto& entry : data["blocks"]) {
        const auto bytes = hex(entry);
        auto block = Block::parse(bytes);
        VERIFY_RESULT(block);
        VERIFY_RESULT(block->checkStructure());
        QCOMPARE(shown(block->serialize()), shown(bytes));
        QVERIFY(block->header.previous == previous);
        previous = block->header.hash();
        blocks.emplace(previous.toHex(), block.take());
    }
    for (const auto& row : data["stats"]) {
        const auto& block = blocks.at(text(row["blockhash"]));
        QCOMPARE(block.transactions.size(), row["txs"].get<std::size_t>());
        std::int64_t size = 0;
        std::int64_t weight = 0;
        for (std::size_t i = 1; i < block.transactions.size(); ++i) {
            size += block.transactions[i].size();
            weight += block.transactions[i].weight();
        }
        QCOMPARE(size, row["total_size"].get<std::int64_t>());
        QCOMPARE(weight, row["total_weight"].get<std::int64_t>());
    }
}

void BlockTest::readsTheFixture()
{
    const auto fixture = jsonFile("btc/regtest/fixture.json");
    for (const auto* list : {"chain", "stale_branch"}) {
        for (const auto& entry : fixture[list]) {
            const auto bytes = hex(entry["block"]);
            const auto block = Block::parse(bytes);
            VERIFY_RESULT(block);
            VERIFY_RESULT(block->checkStructure());
            QCOMPARE(shown(block->serialize()), shown(bytes));
            QCOMPARE(shown(block->header.hash().toHex()), shown(text(entry["hash"])));
            QVERIFY(block->weight() <= bitcoin::kMaxBlockWeight);
            for (const auto& tx : block->transactions)
                VERIFY_RESULT(tx.checkStructure());
        }
    }
}

void BlockTest::refusesWhatDoesNotFit()
{
    auto block = sample();
    VERIFY_RESULT(block.checkStructure());
    std::swap(block.transactions[1], block.transactions[2]);
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block = sample();
    block.transactions.pop_back();
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block = sample();
    block.transactions.erase(block.transactions.begin());
    fixRoot(block);
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block = sample();
    block.transactions[1] = block.transactions[0];
    block.transactions[1].lockTime ^= 1;
    fixRoot(block);
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block.transactions.clear();
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block = sample();
    // A block too heavy: the witness counts once.
    block.transactions[1].outputs[0].script.resize(1'000'000);
    fixRoot(block);
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);
}

void BlockTest::refusesDuplicatedTransactions()
{
    // CVE-2012-2459: with an odd number, repeating the last transaction keeps the merkle root.
    auto block = sample();
    if (block.transactions.size() % 2 == 0)
        block.transactions.pop_back();
    fixRoot(block);
    const auto root = block.header.merkleRoot;
    block.transactions.push_back(block.transactions.back());
    const auto leaf = [&](std::size_t i) { return block.transactions[i].txid().bytes(); };
    QVERIFY(leaf(block.transactions.size() - 1) == leaf(block.transactions.size() - 2));
    QVERIFY(!bitcoin::merkleRootOf(block));
    QVERIFY(block.header.merkleRoot == root);
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);
}

void BlockTest::refusesAWrongCommitment()
{
    // A changed witness leaves the txid and so the merkle root as they are.
    auto block = sample();
    std::size_t with = 0;
    for (std::size_t i = 1; i < block.transactions.size(); ++i) {
        if (block.transactions[i].hasWitness())
            with = i;
    }
    QVERIFY(with != 0);
    block.transactions[with].inputs[0].witness[0][5] ^= 1;
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block = sample();
    block.transactions[0].inputs[0].witness[0][0] ^= 1;
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    block = sample();
    block.transactions[0].inputs[0].witness.clear();
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);

    // No commitment at all, though there are witnesses.
    block = sample();
    auto& outputs = block.transactions[0].outputs;
    QVERIFY(bitcoin::witnessCommitment(block.transactions[0]).has_value());
    outputs.pop_back();
    QVERIFY(!bitcoin::witnessCommitment(block.transactions[0]));
    fixRoot(block);
    COMPARE_ERROR(block.checkStructure(), ErrorCode::Unproved);
}

void BlockTest::refusesDamagedBytes()
{
    const auto bytes = sample().serialize();
    for (std::size_t size = 0; size < bytes.size(); size += 7)
        COMPARE_ERROR(Block::parse(base::ByteView(bytes).first(size)), ErrorCode::Malformed);
    auto longer = bytes;
    longer.push_back(0);
    COMPARE_ERROR(Block::parse(longer), ErrorCode::Malformed);
    COMPARE_ERROR(Block::parse(base::Bytes(4'000'001)), ErrorCode::TooLarge);
    // A count without transactions.
    auto claims = base::bytesOf(base::ByteView(bytes).first(80));
    for (const int byte : {0xfe, 0x00, 0x00, 0x10, 0x00})
        claims.push_back(static_cast<std::uint8_t>(byte));
    COMPARE_ERROR(Block::parse(claims), ErrorCode::Malformed);

    COMPARE_ERROR(BlockHeader::parse(base::Bytes(79)), ErrorCode::Malformed);
    COMPARE_ERROR(BlockHeader::parse(base::Bytes(81)), ErrorCode::Malformed);
    COMPARE_ERROR(BlockHeader::parse(base::Bytes(164)), ErrorCode::Malformed);
    const auto header = BlockHeader::parse(base::ByteView(bytes).first(80));
    VERIFY_RESULT(header);
    QCOMPARE(shown(header->serialize()), shown(base::ByteView(bytes).first(80)));
}

QTEST_GUILESS_MAIN(BlockTest)
#include "block_test.moc"
