// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the tree of RFC 6962, and proofs that convince exactly when they should. Method: the values
// of Certificate Transparency's own tests; a naive copy of the RFC's recursive definitions for
// every size up to 130; every proof altered in every place must fail.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/crypto/merkle_tree.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::crypto;
using base::Bytes;
using base::ErrorCode;

namespace {

constexpr std::size_t kLargest = 130; // Past 128, so that a power of two lies inside.

using Hashes = std::vector<Hash256>;

Bytes leaf(std::size_t i)
{
    return base::bytesOf("leaf " + std::to_string(i));
}

Hash256 node(const Hash256& left, const Hash256& right)
{
    Bytes bytes{1};
    bytes.insert(bytes.end(), left.begin(), left.end());
    bytes.insert(bytes.end(), right.begin(), right.end());
    return sha256(bytes);
}

std::size_t naiveSplit(std::size_t n)
{
    std::size_t k = 1;
    while (2 * k < n)
        k *= 2;
    return k;
}

using Leaves = std::span<const Bytes>;

// RFC 6962, section 2.1, word for word.
Hash256 naiveRoot(Leaves leaves)
{
    if (leaves.empty())
        return sha256({});
    if (leaves.size() == 1) {
        Bytes bytes{0};
        bytes.insert(bytes.end(), leaves[0].begin(), leaves[0].end());
        return sha256(bytes);
    }
    const auto k = naiveSplit(leaves.size());
    return node(naiveRoot(leaves.first(k)), naiveRoot(leaves.subspan(k)));
}

// Section 2.1.1.
Hashes naivePath(std::size_t m, Leaves leaves)
{
    if (leaves.size() == 1)
        return {};
    const auto k = naiveSplit(leaves.size());
    auto path = m < k ? naivePath(m, leaves.first(k)) : naivePath(m - k, leaves.subspan(k));
    path.push_back(m < k ? naiveRoot(leaves.subspan(k)) : naiveRoot(leaves.first(k)));
    return path;
}

// Section 2.1.2.
enum class Known
{
    Yes,
    No
};
Hashes naiveSubproof(std::size_t m, Leaves leaves, Known known)
{
    if (m == leaves.size())
        return known == Known::Yes ? Hashes{} : Hashes{naiveRoot(leaves)};
    const auto k = naiveSplit(leaves.size());
    if (m <= k) {
        auto proof = naiveSubproof(m, leaves.first(k), known);
        proof.push_back(naiveRoot(leaves.subspan(k)));
        return proof;
    }
    auto proof = naiveSubproof(m - k, leaves.subspan(k), Known::No);
    proof.push_back(naiveRoot(leaves.first(k)));
    return proof;
}

std::vector<Bytes> someLeaves(std::size_t count)
{
    std::vector<Bytes> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leaf(i));
    return leaves;
}

MerkleTree treeOf(std::size_t size)
{
    MerkleTree tree;
    for (std::size_t i = 0; i < size; ++i)
        tree.append(leaf(i));
    return tree;
}

Hash256 flipped(Hash256 hash, std::size_t bit)
{
    hash[bit / 8 % 32] ^= static_cast<std::uint8_t>(1 << bit % 8);
    return hash;
}

} // namespace

class MerkleTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheRootsOfCertificateTransparency();
    void equalsTheDefinitionForEverySize();
    void provesInclusionLikeTheDefinition();
    void provesConsistencyLikeTheDefinition();
    void refusesAlteredInclusionProofs();
    void refusesAlteredConsistencyProofs();
    void refusesProofsOfOtherTrees();
    void refusesSizesItDoesNotHave();
    void tellsLeavesFromNodes();
    void provesInALargeTree();
};

void MerkleTreeTest::hasTheRootsOfCertificateTransparency()
{
    // From google/certificate-transparency, merkletree tests: eight leaves and the root after each.
    const char* leaves[] = {"",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f"};
    const char* roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    MerkleTree tree;
    QCOMPARE(base::toHex(tree.root()),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (std::size_t i = 0; i < 8; ++i) {
        QCOMPARE(tree.append(*base::parseHex(leaves[i])), i);
        QCOMPARE(base::toHex(tree.root()), std::string(roots[i]));
    }
}

void MerkleTreeTest::equalsTheDefinitionForEverySize()
{
    const auto leaves = someLeaves(kLargest);
    const auto whole = treeOf(kLargest);
    MerkleTree growing;
    for (std::size_t size = 0; size <= kLargest; ++size) {
        const auto root = naiveRoot(Leaves(leaves).first(size));
        QVERIFY(growing.root() == root);
        QVERIFY(*whole.rootAt(size) == root);
        if (size < kLargest) {
            growing.appendLeafHash(MerkleTree::leafHash(leaves[size]));
            QVERIFY(*whole.leafHashAt(size) == MerkleTree::leafHash(leaves[size]));
        }
    }
}

void MerkleTreeTest::provesInclusionLikeTheDefinition()
{
    const auto leaves = someLeaves(kLargest);
    const auto tree = treeOf(kLargest);
    for (std::size_t size = 1; size <= kLargest; ++size) {
        const auto root = tree.rootAt(size);
        for (std::size_t i = 0; i < size; ++i) {
            const auto proof = tree.inclusionProof(i, size);
            VERIFY_RESULT(proof);
            QVERIFY(verifyInclusion(MerkleTree::leafHash(leaves[i]), i, size, *proof, *root));
            if (size % 13 == 0 || size < 20 || size > 126)
                QVERIFY(*proof == naivePath(i, Leaves(leaves).first(size)));
        }
    }
}

void MerkleTreeTest::provesConsistencyLikeTheDefinition()
{
    const auto leaves = someLeaves(kLargest);
    const auto tree = treeOf(kLargest);
    for (std::size_t newSize = 0; newSize <= kLargest; ++newSize) {
        for (std::size_t oldSize = 0; oldSize <= newSize; ++oldSize) {
            const auto proof = tree.consistencyProof(oldSize, newSize);
            VERIFY_RESULT(proof);
            QVERIFY(verifyConsistency(oldSize, newSize, *proof, *tree.rootAt(oldSize),
                                      *tree.rootAt(newSize)));
            if (oldSize > 0 && (newSize % 13 == 0 || newSize < 20 || newSize > 126))
                QVERIFY(*proof ==
                        naiveSubproof(oldSize, Leaves(leaves).first(newSize), Known::Yes));
        }
    }
}

void MerkleTreeTest::refusesAlteredInclusionProofs()
{
    const auto tree = treeOf(40);
    base::SeededRandom random(6962);
    for (std::size_t size = 1; size <= 40; ++size) {
        const auto root = tree.rootAt(size).take();
        for (std::size_t i = 0; i < size; ++i) {
            const auto leafHash = tree.leafHashAt(i).take();
            const auto proof = tree.inclusionProof(i, size).take();
            const auto check = [&](const Hashes& altered) {
                return verifyInclusion(leafHash, i, size, altered, root);
            };
            for (std::size_t at = 0; at < proof.size(); ++at) {
                auto altered = proof;
                altered[at] = flipped(altered[at], random.below(256));
                QVERIFY(!check(altered));
                altered = proof;
                altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(at));
                QVERIFY(!check(altered));
            }
            auto longer = proof;
            longer.push_back(root);
            QVERIFY(!check(longer));
            QVERIFY(!verifyInclusion(flipped(leafHash, i), i, size, proof, root));
            QVERIFY(!verifyInclusion(leafHash, i, size, proof, flipped(root, i)));
            for (std::size_t other = 0; other < size; ++other)
                QVERIFY(other == i || !verifyInclusion(leafHash, other, size, proof, root));
            QVERIFY(!verifyInclusion(leafHash, size, size, proof, root));
        }
    }
    QVERIFY(!verifyInclusion({}, 0, 0, {}, tree.rootAt(0).take()));
}

void MerkleTreeTest::refusesAlteredConsistencyProofs()
{
    const auto tree = treeOf(40);
    base::SeededRandom random(6963);
    for (std::size_t newSize = 2; newSize <= 40; ++newSize) {
        for (std::size_t oldSize = 1; oldSize < newSize; ++oldSize) {
            const auto oldRoot = tree.rootAt(oldSize).take();
            const auto newRoot = tree.rootAt(newSize).take();
            const auto proof = tree.consistencyProof(oldSize, newSize).take();
            const auto check = [&](const Hashes& altered) {
                return verifyConsistency(oldSize, newSize, altered, oldRoot, newRoot);
            };
            QVERIFY(!proof.empty());
            QVERIFY(!check({}));
            for (std::size_t at = 0; at < proof.size(); ++at) {
                auto altered = proof;
                altered[at] = flipped(altered[at], random.below(256));
                QVERIFY(!check(altered));
                altered = proof;
                altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(at));
                QVERIFY(!check(altered));
            }
            auto longer = proof;
            longer.push_back(newRoot);
            QVERIFY(!check(longer));
            QVERIFY(
                !verifyConsistency(oldSize, newSize, proof, flipped(oldRoot, oldSize), newRoot));
            QVERIFY(
                !verifyConsistency(oldSize, newSize, proof, oldRoot, flipped(newRoot, oldSize)));
            QVERIFY(!verifyConsistency(newSize, oldSize, proof, newRoot, oldRoot));
        }
    }
    // Equal and empty trees need no proof, and take none.
    const auto root = tree.rootAt(5).take();
    QVERIFY(verifyConsistency(5, 5, {}, root, root));
    QVERIFY(!verifyConsistency(5, 5, {}, root, tree.rootAt(6).take()));
    QVERIFY(!verifyConsistency(5, 5, Hashes{root}, root, root));
    QVERIFY(!verifyConsistency(0, 5, {}, root, root));
    QVERIFY(!verifyConsistency(0, 5, Hashes{root}, sha256({}), root));
    QVERIFY(!verifyConsistency(0, 0, {}, root, root));
}

void MerkleTreeTest::refusesProofsOfOtherTrees()
{
    // A log that rewrote leaf 3 cannot show that it contains the old one.
    const auto honest = treeOf(20);
    MerkleTree rewritten;
    for (std::size_t i = 0; i < 30; ++i)
        rewritten.append(i == 3 ? base::bytesOf("forged") : leaf(i));
    for (std::size_t oldSize = 4; oldSize <= 20; ++oldSize) {
        const auto proof = rewritten.consistencyProof(oldSize, 30);
        VERIFY_RESULT(proof);
        QVERIFY(!verifyConsistency(oldSize, 30, *proof, *honest.rootAt(oldSize), rewritten.root()));
    }
    QVERIFY(verifyConsistency(3, 30, *rewritten.consistencyProof(3, 30), *honest.rootAt(3),
                              rewritten.root()));
}

void MerkleTreeTest::refusesSizesItDoesNotHave()
{
    const auto tree = treeOf(5);
    COMPARE_ERROR(tree.rootAt(6), ErrorCode::OutOfRange);
    COMPARE_ERROR(tree.leafHashAt(5), ErrorCode::OutOfRange);
    COMPARE_ERROR(tree.inclusionProof(5, 5), ErrorCode::OutOfRange);
    COMPARE_ERROR(tree.inclusionProof(0, 6), ErrorCode::OutOfRange);
    COMPARE_ERROR(tree.inclusionProof(0, 0), ErrorCode::OutOfRange);
    COMPARE_ERROR(tree.consistencyProof(4, 3), ErrorCode::OutOfRange);
    COMPARE_ERROR(tree.consistencyProof(1, 6), ErrorCode::OutOfRange);
    COMPARE_ERROR(MerkleTree().leafHashAt(0), ErrorCode::OutOfRange);
}

void MerkleTreeTest::tellsLeavesFromNodes()
{
    // A "leaf" made of two hashes must not have the root of those two leaves.
    const auto tree = treeOf(2);
    const auto forged = base::concat(*tree.leafHashAt(0), *tree.leafHashAt(1));
    QVERIFY(MerkleTree::leafHash(forged) != tree.root());
    QVERIFY(MerkleTree::leafHash({}) != sha256({}));
}

void MerkleTreeTest::provesInALargeTree()
{
    MerkleTree tree;
    const Bytes content(200, 7);
    for (int i = 0; i < 100'000; ++i)
        tree.append(content);
    const auto root = tree.root();
    for (std::size_t i = 0; i < 1000; ++i) {
        const auto proof = tree.inclusionProof(i * 99, 100'000);
        QVERIFY(verifyInclusion(MerkleTree::leafHash(content), i * 99, 100'000, *proof, root));
        QVERIFY(verifyConsistency(i * 99, 100'000, *tree.consistencyProof(i * 99, 100'000),
                                  *tree.rootAt(i * 99), root));
    }
}

QTEST_GUILESS_MAIN(MerkleTreeTest)
#include "merkle_tree_test.moc"
