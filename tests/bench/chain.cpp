// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/chain.h"

#include "core/bitcoin/address.h"

#include <QDir>

#include <cstdio>
#include <ctime>

namespace coffer::bench {

using base::Json;
using base::Result;
using test::RegtestNode;

namespace {

// BIP84's own example account; nobody keeps money there.
constexpr const char* kDescriptor =
    "wpkh(tpubDC5FSnBiZDMmhiuCmWAYsLwgLYrrT9rAqvTySfuCCrgsWz8wxMXUS9Tb9iVMvcRbvFcAHGkMD5Kx8koh4"
    "GquNGNTfohfk7pgjhaPCdXpoba/0/*)";
constexpr int kSecondsPerBlock = 10;

Result<Json> addresses(RegtestNode& node, int first, int last)
{
    const auto descriptor = TRY(walletDescriptor(node));
    return node.rpc("deriveaddresses", {descriptor, {first, last}});
}

/// The time of each batch is set, because a block may not be more than two hours ahead of it.
Result<void> make(RegtestNode& node)
{
    const auto paid = TRY(addresses(node, 0, kScripts - 1));
    // Not of the wallet: a key nobody has.
    const std::string other = "bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202";
    const auto begin = std::time(nullptr) - std::int64_t(kBlocks) * kSecondsPerBlock;
    while (true) {
        const auto height = TRY(node.height());
        if (height >= kBlocks)
            break;
        std::fprintf(stderr, "\rmaking the chain, once: block %lld of %d ",
                     static_cast<long long>(height), kBlocks);
        TRY(node.rpc("setmocktime", {begin + height * kSecondsPerBlock}));
        const auto address = paid[std::size_t(height / kPaidEvery * 7 % kScripts)];
        TRY(node.mine(1, address.get<std::string>()));
        const auto rest = std::min<std::int64_t>(kPaidEvery, kBlocks - height) - 1;
        if (rest > 0)
            TRY(node.mine(int(rest), other));
    }
    TRY(node.rpc("setmocktime", {0}));
    std::fputc('\n', stderr);
    return {};
}

} // namespace

Result<std::unique_ptr<RegtestNode>> startChain()
{
    test::RegtestOptions options;
    options.folder = QStringLiteral(COFFER_BENCH_CACHE "/chain");
    options.wallet = test::RegtestOptions::Wallet::None;
    options.arguments = {QStringLiteral("-disablewallet=1"), QStringLiteral("-debuglogfile=0"),
                         QStringLiteral("-txindex=0")};
    QDir().mkpath(options.folder);
    auto node = TRY(RegtestNode::start(options));
    TRY(make(*node));
    TRY(node->mine(1, "bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202"));
    // The filter index follows in the background.
    for (;;) {
        const auto index = TRY(node->rpc("getindexinfo"));
        if (index.contains("basic block filter index") &&
            index["basic block filter index"]["synced"].get<bool>())
            return node;
    }
}

Result<std::string> walletDescriptor(RegtestNode& node)
{
    const auto info = TRY(node.rpc("getdescriptorinfo", {kDescriptor}));
    return info["descriptor"].get<std::string>();
}

Result<std::vector<bitcoin::Script>> walletScripts(RegtestNode& node)
{
    std::vector<bitcoin::Script> scripts;
    const auto all = TRY(addresses(node, 0, kScripts - 1));
    for (const auto& address : all) {
        auto script = TRY(bitcoin::scriptOf(address.get<std::string>(), bitcoin::Network::Regtest));
        scripts.push_back(std::move(script));
    }
    return scripts;
}

} // namespace coffer::bench
