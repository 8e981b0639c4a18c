// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The light node against bitcoind: headers against a second bitcoind that reads them from the same
// node, filters against a reader that throws them away, a rescan against `scanblocks`.

#include "tests/bench/chain.h"
#include "tests/bench/light_client.h"
#include "tests/bench/report.h"
#include "tests/bench/wire_reader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <cstdlib>

using namespace coffer;
using namespace coffer::bench;
using base::Json;
using base::Result;
using test::RegtestNode;

namespace {

constexpr int kRounds = 3;
constexpr int kPollMs = 5;

struct Samples
{
    std::vector<double> ours;
    std::vector<double> theirs;
};

struct All
{
    Samples headers;
    Samples filters;
    Samples rescan;
};

/// A second bitcoind, empty, without indexes; the clock runs from the moment it has a peer.
Result<double> headersOfBitcoind(RegtestNode& server)
{
    test::RegtestOptions options;
    options.wallet = test::RegtestOptions::Wallet::None;
    options.arguments = {QStringLiteral("-disablewallet=1"), QStringLiteral("-txindex=0"),
                         QStringLiteral("-peerblockfilters=0"),
                         QStringLiteral("-blockfilterindex=0"), QStringLiteral("-debuglogfile=0")};
    auto client = TRY(RegtestNode::start(options));
    const auto wanted = TRY(server.height());
    QElapsedTimer timer;
    timer.start();
    TRY(client->rpc("addnode", {server.peer().toStdString(), "onetry"}));
    for (;;) {
        const auto info = TRY(client->rpc("getblockchaininfo"));
        if (info["headers"].get<std::int64_t>() >= wanted)
            break;
        QThread::msleep(kPollMs);
    }
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    client->kill();
    return ms;
}

Result<double> scanBlocks(RegtestNode& server, std::size_t wantedBlocks)
{
    const auto text = TRY(walletDescriptor(server));
    const Json descriptor{{"desc", text}, {"range", kScripts - 1}};
    QElapsedTimer timer;
    timer.start();
    const auto found = TRY(server.rpc("scanblocks", {"start", Json::array({descriptor})}));
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    if (found["relevant_blocks"].size() < wantedBlocks)
        return {base::ErrorCode::Unproved, "scanblocks found fewer blocks than were paid"};
    return ms;
}

Result<std::vector<bitcoin::BlockHash>> filterStops(RegtestNode& server, std::int64_t last)
{
    std::vector<bitcoin::BlockHash> stops;
    for (std::int64_t height = 999; height < last + 1'000; height += 1'000) {
        const auto hash = TRY(server.rpc("getblockhash", {std::min(height, last)}));
        auto stop = TRY(bitcoin::BlockHash::parse(hash.get<std::string>()));
        stops.push_back(stop);
    }
    return stops;
}

Result<void> round(RegtestNode& server, All& all)
{
    const auto last = TRY(server.height());
    const auto scripts = TRY(walletScripts(server));
    const auto stops = TRY(filterStops(server, last));
    const QTemporaryDir folder;
    {
        LightClient client(folder.path(), server.peer());
        QElapsedTimer timer;
        timer.start();
        TRY(client.goOnline());
        TRY(client.until([&] { return client.tipHeight() >= last; }));
        all.headers.ours.push_back(double(timer.nsecsElapsed()) / 1e6);
        // One script: the time is that of the download.
        client.watch({scripts.front()});
        auto ms = TRY(client.until([&] { return client.scanned(); }));
        all.filters.ours.push_back(ms);
    }
    auto headers = TRY(headersOfBitcoind(server));
    all.headers.theirs.push_back(headers);
    auto raw = TRY(readFiltersRaw(server.p2pPort(), stops, std::uint32_t(last)));
    all.filters.theirs.push_back(raw);

    // The chain data is on disk now: a new start, then a second wallet.
    LightClient client(folder.path(), server.peer());
    TRY(client.goOnline());
    TRY(client.until([&] { return client.isLive(); }));
    client.watch(scripts);
    auto rescan = TRY(client.until([&] { return client.scanned(); }));
    all.rescan.ours.push_back(rescan);
    if (client.matchedBlocks() < kBlocks / kPaidEvery)
        return {base::ErrorCode::Unproved, "our rescan found fewer blocks than were paid"};
    auto scan = TRY(scanBlocks(server, std::size_t(kBlocks / kPaidEvery)));
    all.rescan.theirs.push_back(scan);
    return {};
}

Figure figure(const std::string& what, const Samples& samples, const std::string& counterpart)
{
    Figure out;
    out.what = what;
    out.unit = "ms";
    out.ours = median(samples.ours);
    out.counterpart = Figure::Counterpart{counterpart, median(samples.theirs)};
    return out;
}

Result<void> measure()
{
    auto server = TRY(startChain());
    All all;
    for (int i = 0; i < kRounds; ++i)
        TRY(round(*server, all));
    auto headers = figure("header sync, 100,000 blocks of regtest", all.headers, "second bitcoind");
    headers.mostTimesCounterpart = 1;
    report(headers);
    auto rescan = figure("rescan over filters on disk, 1,000 scripts, 100,000 blocks", all.rescan,
                         "`scanblocks`");
    rescan.mostTimesCounterpart = 1;
    report(rescan);
    report(figure("filter headers and filters, 100,000 blocks", all.filters,
                  "reader that discards them"));
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto done = measure();
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().detail.c_str());
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
