// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: filters bit for bit as BIP158 has them, no payment missed, damaged ones refused. Method:
// the BIP's blocks, all filters of the regtest fixture, generated filters of many sizes.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/bitcoin/block_filter.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

#include <map>

using namespace coffer;
using namespace coffer::test;
using base::Bytes;
using base::ErrorCode;
using bitcoin::Block;
using bitcoin::BlockFilter;
using bitcoin::BlockHash;
using bitcoin::Script;

namespace {

std::vector<Script> randomScripts(base::Random& random, std::size_t count)
{
    std::vector<Script> scripts(count, Script(22));
    for (auto& script : scripts)
        random.fill(script);
    return scripts;
}

BlockHash someBlock()
{
    bitcoin::Hash256 hash{};
    hash.fill(0x5a);
    return BlockHash(hash);
}

} // namespace

class BlockFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesAsSipHashDoes();
    void buildsTheBipsFilters();
    void rebuildsTheFixture();
    void findsEveryElement();
    void findsAmongManyScripts();
    void rarelyFindsOthers();
    void refusesDamagedFilters();
    void coversTheGenesisBlocks();
};

void BlockFilterTest::hashesAsSipHashDoes()
{
    const auto vector = jsonFile("btc/crypto/primitives.json")["SipHash-2-4"];
    const auto number = [](const base::Json& value) {
        return std::stoull(text(value), nullptr, 16);
    };
    Bytes input;
    for (const auto& output : vector["outputs"]) {
        QCOMPARE(bitcoin::sipHash24(number(vector["k0"]), number(vector["k1"]), input),
                 static_cast<std::uint64_t>(number(output)));
        input.push_back(static_cast<std::uint8_t>(input.size()));
    }
}

void BlockFilterTest::buildsTheBipsFilters()
{
    int count = 0;
    for (const auto& row : jsonFile("btc/bip158/testnet-19.json")) {
        if (row.size() < 8)
            continue;
        ++count;
        const auto block = Block::parse(hex(row[2]));
        VERIFY_RESULT(block);
        QCOMPARE(shown(block->header.hash().toHex()), shown(text(row[1])));
        std::vector<Script> spent;
        for (const auto& script : row[3])
            spent.push_back(hex(script));
        const auto filter = BlockFilter::build(*block, spent);
        QCOMPARE(shown(filter.encoded), shown(text(row[5])));
        const auto previous = bitcoin::parseReversedHex(text(row[4]));
        VERIFY_RESULT(previous);
        QCOMPARE(shown(bitcoin::toReversedHex(filter.header(*previous))), shown(text(row[6])));
        for (const auto& script : bitcoin::filterOutputScripts(*block)) {
            const auto matched =
                bitcoin::matchAny(filter.block, filter.encoded, std::span(&script, 1));
            VERIFY_RESULT(matched);
            QVERIFY(*matched);
        }
    }
    QCOMPARE(count, 10);
}

void BlockFilterTest::rebuildsTheFixture()
{
    const auto fixture = jsonFile("btc/regtest/fixture.json");
    std::map<bitcoin::OutPoint, Script> outputs;
    std::map<std::string, bitcoin::FilterHeader> headers;
    int count = 0;
    for (const auto* list : {"chain", "stale_branch"}) {
        for (const auto& entry : fixture[list]) {
            const auto block = Block::parse(hex(entry["block"]));
            VERIFY_RESULT(block);
            std::vector<Script> spent;
            for (const auto& tx : block->transactions) {
                std::uint32_t index = 0;
                for (const auto& output : tx.outputs)
                    outputs[{tx.txid(), index++}] = output.script;
                if (tx.isCoinbase())
                    continue;
                for (const auto& input : tx.inputs)
                    spent.push_back(outputs.at(input.previous));
            }
            const auto filter = BlockFilter::build(*block, spent);
            QCOMPARE(shown(filter.encoded), shown(text(entry["filter"])));
            const auto header = filter.header(headers[block->header.previous.toHex()]);
            QCOMPARE(shown(bitcoin::toReversedHex(header)), shown(text(entry["filter_header"])));
            headers[block->header.hash().toHex()] = header;
            const auto all = bitcoin::matchEach(filter.block, filter.encoded, spent);
            VERIFY_RESULT(all);
            QCOMPARE(all->size(), spent.size());
            ++count;
        }
    }
    QCOMPARE(count, 134);
}

void BlockFilterTest::findsEveryElement()
{
    base::SeededRandom random(7);
    for (const std::size_t count : {0, 1, 2, 3, 100, 252, 253, 5'000}) {
        const auto elements = randomScripts(random, count);
        const auto filter = BlockFilter::build(someBlock(), elements);
        const auto claimed = bitcoin::filterElementCount(filter.encoded);
        VERIFY_RESULT(claimed);
        QCOMPARE(*claimed, static_cast<std::uint64_t>(count));
        const auto found = bitcoin::matchEach(filter.block, filter.encoded, elements);
        VERIFY_RESULT(found);
        QCOMPARE(found->size(), count);
        const auto nothing = bitcoin::matchAny(filter.block, filter.encoded, {});
        VERIFY_RESULT(nothing);
        QVERIFY(!*nothing);
    }
    // Duplicates count once, an empty script never matches.
    const std::vector<Script> twice(2, Script{1, 2, 3});
    const auto filter = BlockFilter::build(someBlock(), twice);
    QCOMPARE(*bitcoin::filterElementCount(filter.encoded), std::uint64_t{1});
    const std::vector<Script> watched{{}, {1, 2, 3}, {}, {1, 2, 3}};
    const auto found = bitcoin::matchEach(filter.block, filter.encoded, watched);
    VERIFY_RESULT(found);
    QVERIFY(*found == (std::vector<std::size_t>{1, 3}));
}

void BlockFilterTest::findsAmongManyScripts()
{
    // Enough watched scripts for the bucket sort; a few of them are in the filter.
    base::SeededRandom random(11);
    const auto elements = randomScripts(random, 3'000);
    const auto filter = BlockFilter::build(someBlock(), elements);
    for (const std::size_t count : {999, 1'000, 1'001, 4'096, 20'000}) {
        auto watched = randomScripts(random, count);
        std::vector<std::size_t> wanted;
        for (std::size_t i = 0; i < count; i += 97) {
            watched[i] = elements[i % elements.size()];
            wanted.push_back(i);
        }
        const auto found = bitcoin::matchEach(filter.block, filter.encoded, watched);
        VERIFY_RESULT(found);
        QVERIFY(std::includes(found->begin(), found->end(), wanted.begin(), wanted.end()));
        QVERIFY(found->size() <= wanted.size() + 2);
    }
}

void BlockFilterTest::rarelyFindsOthers()
{
    base::SeededRandom random(3);
    const auto filter = BlockFilter::build(someBlock(), randomScripts(random, 1'000));
    const auto strangers = randomScripts(random, 200'000);
    const auto found = bitcoin::matchEach(filter.block, filter.encoded, strangers);
    VERIFY_RESULT(found);
    // 0.25 are expected.
    QVERIFY(found->size() < 5);
    // The key is the block: under another hash the elements are not found.
    const auto elsewhere = bitcoin::matchEach(BlockHash(), filter.encoded, strangers);
    VERIFY_RESULT(elsewhere);
    QVERIFY(elsewhere->size() < 5);
}

void BlockFilterTest::refusesDamagedFilters()
{
    base::SeededRandom random(5);
    const auto elements = randomScripts(random, 50);
    const auto filter = BlockFilter::build(someBlock(), elements);
    const std::vector<Script> watched = randomScripts(random, 3);
    for (std::size_t size = 0; size < filter.encoded.size(); ++size) {
        const auto cut = base::ByteView(filter.encoded).first(size);
        const auto found = bitcoin::matchEach(filter.block, cut, elements);
        COMPARE_ERROR(found, ErrorCode::Malformed);
    }
    struct Row
    {
        const char* reason;
        const char* filter;
        ErrorCode code;
    };
    const Row rows[] = {
        {"empty", "", ErrorCode::Malformed},
        {"count in three bytes", "fd0100ffffffff", ErrorCode::Malformed},
        {"more elements than bits", "020000", ErrorCode::Malformed},
        {"a billion elements", "fe00ca9a3b000000", ErrorCode::Malformed},
        {"more elements than 32 bits", "ffffffffff0100000000", ErrorCode::TooLarge},
        {"a quotient that never ends", "01ffffffffffffffffffffffffffffffff", ErrorCode::Malformed},
    };
    for (const auto& row : rows) {
        const auto matched = bitcoin::matchAny(filter.block, hex(std::string(row.filter)), watched);
        QVERIFY2(!matched, row.reason);
        COMPARE_ERROR(matched, row.code);
    }
}

void BlockFilterTest::coversTheGenesisBlocks()
{
    const auto data = jsonFile("btc/checkpoints/checkpoints.json");
    for (const auto& [name, genesis] : data["genesis"].items()) {
        const auto encoded = hex(genesis["filter"]);
        QCOMPARE(
            shown(bitcoin::toReversedHex(bitcoin::filterHeader(bitcoin::filterHash(encoded), {}))),
            shown(text(genesis["filter_header"])));
    }
}

QTEST_GUILESS_MAIN(BlockFilterTest)
#include "block_filter_test.moc"
