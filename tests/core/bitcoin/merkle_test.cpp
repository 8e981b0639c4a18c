// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a branch leads to the root, for every position and size. Method: generated trees and the
// fixture's blocks.

#include "core/bitcoin/merkle.h"
#include "tests/core/bitcoin/vectors.h"

using namespace coffer;
using namespace coffer::test;
using bitcoin::Block;
using bitcoin::Hash256;
using bitcoin::Txid;

namespace {

/// A block of `count` different transactions without any other sense.
Block blockOf(std::size_t count)
{
    Block block;
    for (std::size_t i = 0; i < count; ++i) {
        bitcoin::Transaction tx;
        tx.lockTime = static_cast<std::uint32_t>(i);
        tx.inputs.resize(1);
        tx.outputs.resize(1);
        block.transactions.push_back(tx);
    }
    return block;
}

} // namespace

class MerkleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBranchLeadsToTheRoot();
    void aBranchProvesOnePlace();
    void refusesEqualNeighbours();
};

void MerkleTest::everyBranchLeadsToTheRoot()
{
    for (std::size_t count = 1; count <= 35; ++count) {
        const auto block = blockOf(count);
        const auto root = bitcoin::merkleRootOf(block);
        QVERIFY(root.has_value());
        for (std::size_t i = 0; i < count; ++i) {
            const auto branch = bitcoin::merkleBranch(block, i);
            QCOMPARE(branch.index, static_cast<std::uint32_t>(i));
            QVERIFY(bitcoin::rootFromBranch(block.transactions[i].txid(), branch) == *root);
        }
    }
}

void MerkleTest::aBranchProvesOnePlace()
{
    const auto block = blockOf(13);
    const auto root = bitcoin::merkleRootOf(block);
    const auto txid = block.transactions[5].txid();
    const auto branch = bitcoin::merkleBranch(block, 5);

    auto changed = branch;
    changed.index = 4;
    QVERIFY(bitcoin::rootFromBranch(txid, changed) != *root);
    changed.index = 5 + 16; // The same turns in a tree of this depth.
    QVERIFY(bitcoin::rootFromBranch(txid, changed) == Hash256{});
    changed = branch;
    changed.hashes[2][0] ^= 1;
    QVERIFY(bitcoin::rootFromBranch(txid, changed) != *root);
    changed = branch;
    changed.hashes.pop_back();
    QVERIFY(bitcoin::rootFromBranch(txid, changed) != *root);
    changed.hashes.resize(bitcoin::kMaxMerkleDepth + 1);
    QVERIFY(bitcoin::rootFromBranch(txid, changed) == Hash256{});
    QVERIFY(bitcoin::rootFromBranch(Txid(), branch) != *root);
}

void MerkleTest::refusesEqualNeighbours()
{
    const Hash256 a{1};
    const Hash256 b{2};
    const Hash256 c{3};
    QVERIFY(bitcoin::merkleRoot({}) == Hash256{});
    QVERIFY(bitcoin::merkleRoot({a}) == a);
    QVERIFY(bitcoin::merkleRoot({a, b, c}).has_value());
    QVERIFY(!bitcoin::merkleRoot({a, b, c, c}));
    QVERIFY(!bitcoin::merkleRoot({a, a}));
    // Two equal leaves that are no siblings are harmless here; a repeated pair is not.
    QVERIFY(bitcoin::merkleRoot({a, b, b, c}).has_value());
    QVERIFY(!bitcoin::merkleRoot({a, b, a, b}));
}

QTEST_GUILESS_MAIN(MerkleTest)
#include "merkle_test.moc"
