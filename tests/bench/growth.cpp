// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What may not grow faster than its input, because a stranger or a long life chooses the size:
// eight times the work against eight times the time that an eighth of it takes.

#include "core/base/json.h"
#include "core/bitcoin/wallet/coin_selection.h"
#include "core/crypto/hash.h"
#include "core/crypto/merkle_tree.h"
#include "tests/bench/processor_timer.h"
#include "tests/bench/report.h"
#include "tests/core/bitcoin/wallet_fixture.h"

#include <cstdio>
#include <cstdlib>
#include <functional>

using namespace coffer;
using namespace coffer::bench;
using base::Result;

namespace {

constexpr int kTimes = 8;
constexpr int kRounds = 5;
constexpr double kMostTimes = 2; // A logarithm and caches are granted, a square is not.

/// Does the work for one size and says how long the part that counts took, in milliseconds.
using Work = std::function<Result<double>(std::size_t size)>;

Result<void> compare(const std::string& what, std::size_t size, const Work& work)
{
    std::vector<double> whole;
    std::vector<double> part;
    for (int round = 0; round < kRounds; ++round) {
        const auto ms = TRY(work(size));
        whole.push_back(ms);
        double sum = 0;
        for (int i = 0; i < kTimes; ++i) {
            const auto one = TRY(work(size / kTimes));
            sum += one;
        }
        part.push_back(sum);
    }
    Figure figure;
    figure.what = what;
    figure.unit = "ms";
    figure.ours = median(whole);
    figure.counterpart = {"eight times an eighth", median(part)};
    figure.mostTimesCounterpart = kMostTimes;
    report(figure);
    return {};
}

Result<double> jsonKeys(std::size_t size)
{
    std::string text = "{";
    for (std::size_t i = 0; i < size; ++i)
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + std::to_string(i);
    text += "}";
    const ProcessorTimer timer;
    TRY(base::parseJson(text));
    return timer.ms();
}

/// Leaves, and a proof for every hundredth of them.
Result<double> merkleLeaves(std::size_t size)
{
    const base::Bytes content(200, 7);
    const ProcessorTimer timer;
    crypto::MerkleTree tree;
    for (std::size_t i = 0; i < size; ++i)
        tree.append(content);
    for (std::size_t i = 0; i < size; i += 100) {
        TRY(tree.inclusionProof(i, size));
        TRY(tree.consistencyProof(i, size));
    }
    return timer.ms();
}

Result<double> coinsToChooseFrom(std::size_t size)
{
    constexpr std::int64_t kInput = 272;
    constexpr std::int64_t kOutput = 124;
    base::SeededRandom random(10);
    std::vector<bitcoin::CoinCandidate> coins;
    for (std::size_t i = 0; i < size; ++i) {
        const auto name = std::to_string(i);
        bitcoin::CoinCandidate coin;
        coin.point = {bitcoin::Txid(crypto::sha256(base::viewOf(name))), 0};
        coin.script = bitcoin::p2wpkh(crypto::hash160(base::viewOf(name)));
        coin.amount = 1'000 + static_cast<std::int64_t>(random.below(100'000));
        coin.inputWeight = kInput;
        coin.confirmations = 10;
        coins.push_back(coin);
    }
    bitcoin::SelectionTarget target;
    target.amount = static_cast<std::int64_t>(size) * 600;
    target.weightWithoutInputs = bitcoin::transactionOverheadWeight(1, 1) + kOutput;
    target.changeOutputWeight = kOutput;
    target.changeInputWeight = kInput;
    target.changeDust = 980;
    target.feeRate = bitcoin::FeeRate::fromSatPerVb(50);
    const ProcessorTimer timer;
    TRY(bitcoin::selectCoins(coins, target, random));
    return timer.ms();
}

Result<double> scripts(std::size_t size)
{
    static const test::ChainFixture chain;
    auto index = chain.index();
    const ProcessorTimer timer;
    TRY(index.setLookahead(test::accountId(84), bitcoin::DescriptorRole::Receive,
                           static_cast<std::uint32_t>(size)));
    return timer.ms();
}

/// Payments, every second of which is spent by the next.
Result<double> transactions(std::size_t size)
{
    static const test::ChainFixture chain;
    static const auto index = chain.index();
    const auto mine =
        TRY(index.scriptAt({test::accountId(84), bitcoin::DescriptorRole::Receive, 0}));
    bitcoin::TxGraph graph{chain.chain[0].hash};
    bitcoin::OutPoint last;
    for (std::uint32_t i = 0; i < size; ++i) {
        const auto one = test::transaction({i % 2 == 1 ? last : test::foreignPoint(i)},
                                           {test::pay(10'000, mine)});
        last = {one->txid(), 0};
        TRY(graph.applyBlock(i + 1, test::blockHash(i + 1), (i + 1) * 600,
                             {{one, bitcoin::MerkleBranch{1, {}}}}));
    }
    const ProcessorTimer timer;
    const auto view = bitcoin::WalletView::compute(graph, index);
    if (view.transactions().size() != size)
        return {base::ErrorCode::Damaged, "the view is not complete"};
    return timer.ms();
}

Result<void> measure()
{
    TRY(compare("JSON with 100,000 keys", 100'000, jsonKeys));
    TRY(compare("Merkle tree of 100,000 leaves with 1,000 proofs of each kind", 100'000,
                merkleLeaves));
    TRY(compare("coin selection among 5,000 coins", 5'000, coinsToChooseFrom));
    TRY(compare("what a wallet with 10,000 transactions holds", 10'000, transactions));
    TRY(compare("scripts of a window of 1,000 addresses", 1'000, scripts));
    return {};
}

} // namespace

int main()
{
    const auto done = measure();
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().detail.c_str());
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
