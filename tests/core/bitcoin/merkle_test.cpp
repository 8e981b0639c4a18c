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
    void provesInclusion();
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

void MerkleTest::provesInclusion()
{
    const auto block = blockOf(5);
    const auto root = *bitcoin::merkleRootOf(block);
    for (std::size_t i = 0; i < 5; ++i)
        VERIFY_RESULT(
            bitcoin::verifyInclusion(block.transactions[i], bitcoin::merkleBranch(block, i), root));
    auto branch = bitcoin::merkleBranch(block, 2);
    const auto refused = [&](const bitcoin::MerkleBranch& forged) {
        COMPARE_ERROR(bitcoin::verifyInclusion(block.transactions[2], forged, root),
                      base::ErrorCode::Unproved);
    };
    auto forged = branch;
    forged.hashes[1][0] ^= 1;
    refused(forged);
    forged = branch;
    forged.index = 3;
    refused(forged);
    forged = branch;
    forged.hashes.pop_back();
    refused(forged);
    refused(bitcoin::merkleBranch(block, 3));
    // A branch that is no branch leads to zeros, which are no root.
    forged = branch;
    forged.index = 8;
    COMPARE_ERROR(bitcoin::verifyInclusion(block.transactions[2], forged, Hash256{}),
                  base::ErrorCode::Unproved);
    // 64 bytes could be two hashes side by side (CVE-2017-12842).
    auto small = blockOf(2);
    small.transactions[1].outputs[0].script = {0x51, 0x02, 0x4e, 0x73};
    QCOMPARE(small.transactions[1].sizeNoWitness(), 64);
    COMPARE_ERROR(bitcoin::verifyInclusion(small.transactions[1], bitcoin::merkleBranch(small, 1),
                                           *bitcoin::merkleRootOf(small)),
                  base::ErrorCode::Unproved);
    small.transactions[1].outputs[0].script.push_back(0);
    VERIFY_RESULT(bitcoin::verifyInclusion(small.transactions[1], bitcoin::merkleBranch(small, 1),
                                           *bitcoin::merkleRootOf(small)));
}

QTEST_GUILESS_MAIN(MerkleTest)
#include "merkle_test.moc"
