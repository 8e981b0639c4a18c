// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: exactly the difficulty rules of each network. Method: Bitcoin Core's retarget cases, real
// headers, a whole mainnet-difficulty period, shipped checkpoint lists, and simulated test chains.

#include "core/bitcoin/proof_of_work.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

#include <cctype>
#include <sstream>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::BlockHeader;
using bitcoin::Network;
using bitcoin::NetworkParams;
using bitcoin::paramsOf;
using bitcoin::Uint256;

namespace {

std::uint32_t bitsOf(const base::Json& value)
{
    return static_cast<std::uint32_t>(std::stoul(value.get<std::string>(), nullptr, 16));
}

BlockHeader headerOf(const base::Json& value)
{
    auto header = BlockHeader::parse(hex(value));
    ASSERT(header);
    return *header;
}

/// One entry of Electrum's checkpoint lists.
struct Period
{
    bitcoin::BlockHash lastHash;
    Uint256 nextTarget;
};

/// The lists are JSON, but with integers of 224 bits, which no JSON reader keeps: read as text.
std::vector<Period> electrumPeriods(const char* path)
{
    std::vector<Period> periods;
    std::istringstream lines(dataFile(path));
    for (std::string line; std::getline(lines, line);) {
        const auto begin = line.find_first_not_of(' ');
        if (begin == std::string::npos)
            continue;
        if (line[begin] == '"') {
            const auto hash = bitcoin::BlockHash::parse(line.substr(begin + 1, 64));
            ASSERT(hash);
            periods.push_back({*hash, {}});
        } else if (std::isdigit(static_cast<unsigned char>(line[begin])) != 0) {
            for (const char digit : line.substr(begin))
                periods.back().nextTarget =
                    periods.back().nextTarget * 10 + static_cast<std::uint64_t>(digit - '0');
        }
    }
    return periods;
}

/// A chain without work, for the rules that only read times and bits.
struct FakeChain
{
    explicit FakeChain(const NetworkParams& chainParams)
        : params(chainParams)
    {
        headers.push_back(params.genesis);
    }

    std::uint32_t required(std::uint32_t time) const
    {
        return bitcoin::requiredBits(
            static_cast<std::uint32_t>(headers.size()), time,
            [this](std::uint32_t height) { return headers[height]; }, params);
    }
    void append(std::uint32_t time)
    {
        BlockHeader next;
        next.bits = required(time);
        next.time = time;
        headers.push_back(next);
    }

    const NetworkParams& params;
    std::vector<BlockHeader> headers;
};

} // namespace

class ProofOfWorkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expandsCompactTargets();
    void refusesImpossibleTargets();
    void retargetsAsCoreDoes();
    void acceptsRealHeaders();
    void followsAPeriodOfRealWork();
    void readsTheMainnetCheckpoints();
    void testnet4TakesTheFirstBlocksBits();
    void regtestNeverRetargets();
    void refusesTimewarps();
    void refusesOldVersions();
    void sumsWorkAndSubsidies();
};

void ProofOfWorkTest::expandsCompactTargets()
{
    const std::pair<std::uint32_t, const char*> rows[] = {
        {0x01120000, "12"},
        {0x02123400, "1234"},
        {0x03123456, "123456"},
        {0x04123456, "12345600"},
        {0x05009234, "92340000"},
        {0x1d00ffff, "ffff0000000000000000000000000000000000000000000000000000"},
        {0x20123456, "1234560000000000000000000000000000000000000000000000000000000000"},
    };
    for (const auto& [bits, number] : rows) {
        const auto target = bitcoin::expandCompact(bits);
        VERIFY_RESULT(target);
        QVERIFY(*target == *Uint256::parseHex(number));
        QCOMPARE(bitcoin::compactFrom(*target), bits);
    }
    // Not in its shortest form: the value counts, it is written differently.
    const auto low = bitcoin::expandCompact(0x04000012);
    VERIFY_RESULT(low);
    QCOMPARE(bitcoin::compactFrom(*low), 0x02120000U);
    QCOMPARE(bitcoin::compactFrom(Uint256(0x80)), 0x02008000U);
    QCOMPARE(bitcoin::compactFrom(Uint256()), 0U);
}

void ProofOfWorkTest::refusesImpossibleTargets()
{
    for (const std::uint32_t bits :
         {0x00000000U, 0x01003456U, 0x02000056U, 0x00123456U, 0x01fe0000U, 0x04923456U, 0x1d80ffffU,
          0xff123456U, 0x23000001U, 0x22000100U, 0x21010000U}) {
        COMPARE_ERROR(bitcoin::expandCompact(bits), ErrorCode::OutOfRange);
        QVERIFY(bitcoin::workOf(bits).isZero());
        COMPARE_ERROR(bitcoin::checkProofOfWork({}, bits, paramsOf(Network::Main)),
                      ErrorCode::Rejected);
    }
    // Within 256 bits, but easier than the network allows.
    COMPARE_ERROR(bitcoin::checkProofOfWork({}, 0x1d010000, paramsOf(Network::Main)),
                  ErrorCode::Rejected);
    VERIFY_RESULT(bitcoin::checkProofOfWork({}, 0x1d00ffff, paramsOf(Network::Main)));
    COMPARE_ERROR(bitcoin::checkProofOfWork({}, 0x1e0377af, paramsOf(Network::Signet)),
                  ErrorCode::Rejected);
}

void ProofOfWorkTest::retargetsAsCoreDoes()
{
    const auto data = jsonFile("btc/core/pow.json");
    for (const auto& row : data["cases"]) {
        const auto first = row["last_retarget_time"].get<std::uint32_t>();
        const auto bits = bitcoin::retarget(
            bitsOf(row["bits"]), first, row["time"].get<std::uint32_t>(), paramsOf(Network::Main));
        QCOMPARE(bits, bitsOf(row["expect"]));
    }
}

void ProofOfWorkTest::acceptsRealHeaders()
{
    const auto& params = paramsOf(Network::Main);
    const auto data = jsonFile("btc/core/pow.json");
    for (const auto& row : data["real_headers"]) {
        const auto height = row["height"].get<std::uint32_t>();
        // The first of a period, the last of it, the first of the next.
        const std::array headers{headerOf(row["first"]), headerOf(row["previous"]),
                                 headerOf(row["next"])};
        for (const auto& header : headers) {
            VERIFY_RESULT(bitcoin::checkProofOfWork(header.hash(), header.bits, params));
            auto changed = header;
            ++changed.nonce;
            COMPARE_ERROR(bitcoin::checkProofOfWork(changed.hash(), changed.bits, params),
                          ErrorCode::Rejected);
        }
        QVERIFY(height % 2016 == 0);
        const auto nextBits = bitcoin::requiredBits(
            height, headers[2].time,
            [&](std::uint32_t at) { return at == height - 1 ? headers[1] : headers[0]; }, params);
        QCOMPARE(nextBits, headers[2].bits);
    }
}

void ProofOfWorkTest::followsAPeriodOfRealWork()
{
    // Bitcoin Core's alternative mainnet: coinbases paying one script, real difficulty 1.
    const auto data = jsonFile("btc/core/mainnet_alt.json");
    const auto& params = paramsOf(Network::Main);
    FakeChain chain(params);
    Uint256 work = bitcoin::workOf(params.genesis.bits);
    for (std::size_t i = 0; i < data["nonces"].size(); ++i) {
        const auto height = static_cast<std::uint32_t>(i + 1);
        bitcoin::Transaction coinbase;
        coinbase.version = 2;
        coinbase.inputs.resize(1);
        coinbase.inputs[0].previous.index = 0xffffffff;
        bitcoin::appendNumber(coinbase.inputs[0].scriptSig, height);
        if (height <= 16)
            coinbase.inputs[0].scriptSig.push_back(bitcoin::OP_0);
        coinbase.outputs.push_back(
            {bitcoin::subsidyAt(height, params),
             hex(std::string("76a914eadbac7f36c37e39361168b7aaee3cb24a25312d88ac"))});
        BlockHeader header;
        header.version = 0x20000000;
        header.previous = chain.headers.back().hash();
        header.merkleRoot = coinbase.txid().bytes();
        header.time = data["timestamps"][i].get<std::uint32_t>();
        header.nonce = data["nonces"][i].get<std::uint32_t>();
        header.bits = chain.required(header.time);
        VERIFY_RESULT(bitcoin::checkProofOfWork(header.hash(), header.bits, params));
        work += bitcoin::workOf(header.bits);
        chain.headers.push_back(header);
    }
    QCOMPARE(chain.headers.size(), std::size_t{2017});
    // The first retarget divides by four, and the last header carries it.
    QCOMPARE(chain.headers[2016].bits, 0x1c3fffc0U);
    // 2,016 blocks of 2^32 and a little, one of four times as much.
    QVERIFY(work == bitcoin::workOf(0x1d00ffff) * 2016 + bitcoin::workOf(0x1c3fffc0));
}

void ProofOfWorkTest::readsTheMainnetCheckpoints()
{
    const auto& params = paramsOf(Network::Main);
    const auto periods = electrumPeriods("btc/checkpoints/electrum-mainnet.json");
    QCOMPARE(periods.size(), std::size_t{473});
    std::uint32_t bits = params.genesis.bits;
    for (const auto& period : periods) {
        VERIFY_RESULT(bitcoin::checkProofOfWork(period.lastHash, bits, params));
        const auto next = bitcoin::compactFrom(period.nextTarget);
        QVERIFY(*bitcoin::expandCompact(next) == period.nextTarget);
        // No retarget changes the target by more than four (and a rounding of the mantissa).
        const auto old = *bitcoin::expandCompact(bits);
        QVERIFY(period.nextTarget <= old * 4 && period.nextTarget * 5 > old);
        bits = next;
    }
    const auto signet = electrumPeriods("btc/checkpoints/electrum-signet.json");
    QCOMPARE(signet.size(), std::size_t{153});
    for (const auto& period : signet)
        QVERIFY(bitcoin::hashMeetsTarget(period.lastHash, paramsOf(Network::Signet).powLimit));
    const auto testnet4 = electrumPeriods("btc/checkpoints/electrum-testnet4.json");
    QCOMPARE(testnet4.size(), std::size_t{69});
    for (const auto& period : testnet4)
        QVERIFY(bitcoin::hashMeetsTarget(period.lastHash, paramsOf(Network::Testnet4).powLimit));
}

void ProofOfWorkTest::testnet4TakesTheFirstBlocksBits()
{
    const auto& params = paramsOf(Network::Testnet4);
    const auto easiest = bitcoin::compactFrom(params.powLimit);
    FakeChain chain(params);
    auto time = params.genesis.time;
    while (chain.headers.size() < 2016)
        chain.append(time += 300);
    chain.append(time += 300);
    // Twice as fast: the target is about halved.
    const auto harder = chain.headers[2016].bits;
    QVERIFY(harder != easiest);
    // BIP94: the first block of a period never takes the 20-minute rule.
    QCOMPARE(chain.required(time + 1201), easiest);
    chain.append(time += 1201);
    QCOMPARE(chain.headers[2017].bits, easiest);
    // The rule is over with the next ordinary block, which finds the last real bits.
    QCOMPARE(chain.required(time + 1200), harder);
    chain.append(time += 1201);
    chain.append(time += 600);
    QCOMPARE(chain.headers.back().bits, harder);
    // The last block of the period is an easy one; the retarget starts from the first block's bits.
    while (chain.headers.size() < 4031)
        chain.append(time += 600);
    chain.append(time += 1201);
    QCOMPARE(chain.headers[4031].bits, easiest);
    const auto next = chain.required(time + 5000);
    QCOMPARE(next, bitcoin::retarget(harder, chain.headers[2016].time, time, params));
    QVERIFY(next != easiest);
}

void ProofOfWorkTest::regtestNeverRetargets()
{
    FakeChain chain(paramsOf(Network::Regtest));
    auto time = chain.params.genesis.time;
    for (int i = 0; i < 4500; ++i)
        chain.append(time += (i % 7) * 500);
    for (const auto& header : chain.headers)
        QCOMPARE(header.bits, 0x207fffffU);
}

void ProofOfWorkTest::refusesTimewarps()
{
    const auto& testnet = paramsOf(Network::Testnet4);
    VERIFY_RESULT(bitcoin::checkTimewarp(2016, 1'000'000, 1'000'600, testnet));
    COMPARE_ERROR(bitcoin::checkTimewarp(2016, 999'999, 1'000'600, testnet), ErrorCode::Rejected);
    VERIFY_RESULT(bitcoin::checkTimewarp(2017, 1, 1'000'600, testnet));
    VERIFY_RESULT(bitcoin::checkTimewarp(2016, 1, 1'000'600, paramsOf(Network::Main)));
    VERIFY_RESULT(bitcoin::checkTimewarp(2016, 0, 100, testnet)); // Near zero nothing wraps.

    const std::array<std::uint32_t, 11> times{11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6};
    QCOMPARE(bitcoin::medianTime(times), 6U);
    QCOMPARE(bitcoin::medianTime(std::span(times).first(1)), 11U);
    QCOMPARE(bitcoin::medianTime(std::span(times).first(2)), 11U);
}

void ProofOfWorkTest::refusesOldVersions()
{
    struct Row
    {
        std::int32_t version;
        std::uint32_t height;
        bool good;
    };
    const Row rows[] = {
        {1, 227'930, true},  {1, 227'931, false},         {2, 363'724, true},
        {2, 363'725, false}, {3, 388'380, true},          {3, 388'381, false},
        {4, 960'000, true},  {0x20000000, 960'000, true}, {-0x7fffffff, 961'641, false},
    };
    for (const auto& row : rows)
        QCOMPARE(static_cast<bool>(
                     bitcoin::checkVersion(row.version, row.height, paramsOf(Network::Main))),
                 row.good);
    COMPARE_ERROR(bitcoin::checkVersion(3, 1, paramsOf(Network::Signet)), ErrorCode::Rejected);
    VERIFY_RESULT(bitcoin::checkVersion(1, 0, paramsOf(Network::Regtest)));
}

void ProofOfWorkTest::sumsWorkAndSubsidies()
{
    QVERIFY(bitcoin::workOf(0x1d00ffff) == Uint256(0x100010001));
    QVERIFY(bitcoin::workOf(0x207fffff) == Uint256(2));
    const auto& main = paramsOf(Network::Main);
    QCOMPARE(bitcoin::subsidyAt(0, main), 50 * bitcoin::kCoin);
    QCOMPARE(bitcoin::subsidyAt(209'999, main), 50 * bitcoin::kCoin);
    QCOMPARE(bitcoin::subsidyAt(210'000, main), 25 * bitcoin::kCoin);
    QCOMPARE(bitcoin::subsidyAt(1'049'999, main), std::int64_t{312'500'000});
    QCOMPARE(bitcoin::subsidyAt(64 * 210'000, main), std::int64_t{0});
    QCOMPARE(bitcoin::subsidyAt(150, paramsOf(Network::Regtest)), 25 * bitcoin::kCoin);
    std::int64_t total = 0;
    for (std::uint32_t halving = 0; halving < 64; ++halving)
        total += 210'000 * bitcoin::subsidyAt(halving * 210'000, main);
    QCOMPARE(total, std::int64_t{2'099'999'997'690'000});
}

QTEST_GUILESS_MAIN(ProofOfWorkTest)
#include "proof_of_work_test.moc"
