// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/block_filter.h"

#include "core/crypto/hash.h"

#include <bit>
#include <utility>

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::ErrorCode;
using base::Result;

namespace {

// BIP158, "Basic filter": Golomb-Rice parameter and inverse false-positive rate.
constexpr unsigned kRemainderBits = 19;
constexpr std::uint64_t kFalsePositiveInverse = 784'931;
// A quotient of zero and the remainder.
constexpr unsigned kMinElementBits = kRemainderBits + 1;
// Above this many scripts, spreading them over buckets is faster than sorting them.
constexpr std::size_t kBucketSortFrom = 1'000;

__extension__ using Wide = unsigned __int128;

std::uint64_t load64(const std::uint8_t* bytes)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 8; ++i)
        value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return value;
}

std::uint64_t loadBigEndian64(const std::uint8_t* bytes)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 8; ++i)
        value = value << 8 | bytes[i];
    return value;
}

/// Maps scripts to numbers below elements x 784,931, keyed by the block.
class ElementHash
{
public:
    ElementHash(const BlockHash& block, std::uint64_t elements)
        : m_key0(load64(block.bytes().data()))
        , m_key1(load64(block.bytes().data() + 8))
        , m_range(elements * kFalsePositiveInverse)
    {
    }

    std::uint64_t operator()(ByteView script) const
    {
        return static_cast<std::uint64_t>((Wide{sipHash24(m_key0, m_key1, script)} * m_range) >>
                                          64);
    }
    std::uint64_t range() const { return m_range; }

private:
    std::uint64_t m_key0;
    std::uint64_t m_key1;
    std::uint64_t m_range;
};

/// Appends bits, most significant first.
class BitWriter
{
public:
    explicit BitWriter(ByteWriter& out)
        : m_out(out)
    {
    }

    void write(std::uint64_t value, unsigned count)
    {
        for (unsigned i = count; i-- > 0;) {
            m_byte = static_cast<std::uint8_t>(m_byte << 1 | ((value >> i) & 1));
            if (++m_used == 8)
                flushByte();
        }
    }
    void finish()
    {
        if (m_used != 0)
            write(0, 8 - m_used);
    }

private:
    void flushByte()
    {
        m_out.u8(m_byte);
        m_byte = 0;
        m_used = 0;
    }

    ByteWriter& m_out;
    std::uint8_t m_byte = 0;
    unsigned m_used = 0;
};

/// Reads the values of a filter, ascending, from a 64-bit window over the stream.
class ElementReader
{
public:
    explicit ElementReader(ByteView bits)
        : m_next(bits.data())
        , m_end(bits.data() + bits.size())
    {
    }

    /// The next value in `value`; false when the stream ends first.
    bool next(std::uint64_t& value)
    {
        if (m_count < kRefillBelow)
            refill();
        auto ones = static_cast<unsigned>(std::countl_one(m_window));
        std::uint64_t quotient = 0;
        if (ones + kMinElementBits > m_count && !readLong(quotient, ones))
            return false;
        quotient += ones;
        const std::uint64_t remainder = m_window << (ones + 1) >> (64 - kRemainderBits);
        drop(ones + kMinElementBits);
        value += (quotient << kRemainderBits) + remainder;
        return true;
    }

private:
    // Two elements of the usual 21 bits between two refills.
    static constexpr unsigned kRefillBelow = 32;

    /// An element that does not lie in the window: skips whole windows of ones, then makes sure
    /// that the rest is there. False at the end of the stream.
    bool readLong(std::uint64_t& quotient, unsigned& ones)
    {
        refill();
        ones = static_cast<unsigned>(std::countl_one(m_window));
        while (ones + kMinElementBits > m_count) {
            const auto skipped = std::min(ones, m_count);
            if (skipped == 0) // A whole window and still too short: nothing is left to read.
                return false;
            quotient += skipped;
            drop(skipped);
            refill();
            ones = static_cast<unsigned>(std::countl_one(m_window));
        }
        return true;
    }

    /// At least 56 valid bits afterwards, or all that are left. Below the valid bits stand zeros or
    /// bits of the byte at m_next, which are the same when they are read again.
    void refill()
    {
        if (m_end - m_next >= 8) {
            m_window |= loadBigEndian64(m_next) >> m_count;
            const unsigned bytes = (63 - m_count) / 8;
            m_next += bytes;
            m_count += 8 * bytes;
            return;
        }
        while (m_count <= 56 && m_next != m_end) {
            m_window |= static_cast<std::uint64_t>(*m_next++) << (56 - m_count);
            m_count += 8;
        }
    }
    void drop(unsigned count)
    {
        m_window = count < 64 ? m_window << count : 0;
        m_count -= count;
    }

    const std::uint8_t* m_next;
    const std::uint8_t* m_end;
    std::uint64_t m_window = 0;
    unsigned m_count = 0;
};

/// A filter taken apart: claimed number of elements, then the bits.
struct Parsed
{
    std::uint64_t elements = 0;
    ByteView bits;
};

Result<Parsed> parse(ByteView filter)
{
    base::ByteReader reader(filter);
    // BIP158 counts elements in a CompactSize; more than the bits of the longest message are a lie.
    auto elements = TRY(reader.compactSize(0xffffffff));
    const std::uint64_t bitCount = 8 * static_cast<std::uint64_t>(reader.remaining());
    if (elements * kMinElementBits > bitCount)
        return {ErrorCode::Malformed, "a filter claims more elements than it has bits for"};
    return Parsed{elements, filter.subspan(reader.position())};
}

/// A watched script's value and its place in the caller's list.
using Target = std::pair<std::uint64_t, std::size_t>;

/// Sorts by value. Values are uniform below `range`, so one bucket each leaves almost nothing to
/// do.
void sortTargets(std::vector<Target>& targets, std::uint64_t range)
{
    if (targets.size() < kBucketSortFrom) {
        std::sort(targets.begin(), targets.end());
        return;
    }
    const auto buckets = std::bit_floor(targets.size());
    // The top bits choose the bucket; at least half of the buckets are in use.
    const auto rangeBits = static_cast<unsigned>(std::bit_width(range));
    const auto bucketBits = static_cast<unsigned>(std::bit_width(buckets) - 1);
    const unsigned shift = rangeBits > bucketBits ? rangeBits - bucketBits : 0;
    std::vector<std::size_t> starts((std::size_t{1} << bucketBits) + 2, 0);
    for (const auto& target : targets)
        ++starts[(target.first >> shift) + 1];
    for (std::size_t i = 1; i < starts.size(); ++i)
        starts[i] += starts[i - 1];
    std::vector<Target> placed(targets.size());
    for (const auto& target : targets)
        placed[starts[target.first >> shift]++] = target;
    // Insertion sort: nothing moves farther than its bucket is long.
    for (std::size_t i = 1; i < placed.size(); ++i) {
        const auto target = placed[i];
        auto at = i;
        for (; at > 0 && target < placed[at - 1]; --at)
            placed[at] = placed[at - 1];
        placed[at] = target;
    }
    targets = std::move(placed);
}

/// Merges the sorted targets with the stream; `hit(position)` returns false to stop.
template <typename Hit>
Result<void> match(const BlockHash& block, ByteView filter, std::span<const Script> scripts,
                   Hit hit)
{
    auto parsed = TRY(parse(filter));
    if (parsed.elements == 0 || scripts.empty())
        return {};
    const ElementHash hash(block, parsed.elements);
    std::vector<Target> targets;
    targets.reserve(scripts.size());
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        if (!scripts[i].empty())
            targets.emplace_back(hash(scripts[i]), i);
    }
    sortTargets(targets, hash.range());

    ElementReader reader(parsed.bits);
    std::uint64_t value = 0;
    auto target = targets.begin();
    for (std::uint64_t i = 0; i < parsed.elements && target != targets.end(); ++i) {
        if (!reader.next(value))
            return {ErrorCode::Malformed, "a filter that ends early"};
        while (target != targets.end() && target->first < value)
            ++target;
        for (; target != targets.end() && target->first == value; ++target) {
            if (!hit(target->second))
                return {};
        }
    }
    return {};
}

void sortUnique(std::vector<Script>& scripts)
{
    std::sort(scripts.begin(), scripts.end());
    scripts.erase(std::unique(scripts.begin(), scripts.end()), scripts.end());
}

} // namespace

BlockFilter BlockFilter::build(const Block& block, std::span<const Script> spentScripts)
{
    auto elements = filterOutputScripts(block);
    for (const auto& script : spentScripts) {
        if (!script.empty())
            elements.push_back(script);
    }
    return build(block.header.hash(), std::move(elements));
}

BlockFilter BlockFilter::build(const BlockHash& block, std::vector<Script> elements)
{
    sortUnique(elements);
    const ElementHash hash(block, elements.size());
    std::vector<std::uint64_t> values;
    values.reserve(elements.size());
    for (const auto& element : elements)
        values.push_back(hash(element));
    std::sort(values.begin(), values.end());

    ByteWriter writer;
    writer.compactSize(elements.size());
    BitWriter bits(writer);
    std::uint64_t last = 0;
    for (const auto value : values) {
        const auto difference = value - last;
        last = value;
        for (auto quotient = difference >> kRemainderBits; quotient > 0; --quotient)
            bits.write(1, 1);
        bits.write(0, 1);
        bits.write(difference, kRemainderBits);
    }
    bits.finish();
    return {block, writer.take()};
}

FilterHash BlockFilter::hash() const
{
    return filterHash(encoded);
}

FilterHeader BlockFilter::header(const FilterHeader& previous) const
{
    return filterHeader(hash(), previous);
}

FilterHash filterHash(ByteView filter)
{
    return crypto::sha256d(filter);
}

FilterHeader filterHeader(const FilterHash& hash, const FilterHeader& previous)
{
    base::ByteArray<64> both{};
    std::copy(hash.begin(), hash.end(), both.begin());
    std::copy(previous.begin(), previous.end(), both.begin() + 32);
    return crypto::sha256d(both);
}

std::vector<Script> filterOutputScripts(const Block& block)
{
    std::vector<Script> scripts;
    for (const auto& tx : block.transactions) {
        for (const auto& output : tx.outputs) {
            if (!output.script.empty() && output.script[0] != OP_RETURN)
                scripts.push_back(output.script);
        }
    }
    sortUnique(scripts);
    return scripts;
}

Result<std::uint64_t> filterElementCount(ByteView filter)
{
    auto parsed = TRY(parse(filter));
    return parsed.elements;
}

Result<bool> matchAny(const BlockHash& block, ByteView filter, std::span<const Script> scripts)
{
    bool found = false;
    TRY(match(block, filter, scripts, [&](std::size_t) {
        found = true;
        return false;
    }));
    return found;
}

Result<std::vector<std::size_t>> matchEach(const BlockHash& block, ByteView filter,
                                           std::span<const Script> scripts)
{
    std::vector<std::size_t> found;
    TRY(match(block, filter, scripts, [&](std::size_t position) {
        found.push_back(position);
        return true;
    }));
    std::sort(found.begin(), found.end());
    return found;
}

std::uint64_t sipHash24(std::uint64_t key0, std::uint64_t key1, ByteView data)
{
    std::uint64_t v0 = 0x736f6d6570736575ULL ^ key0;
    std::uint64_t v1 = 0x646f72616e646f6dULL ^ key1;
    std::uint64_t v2 = 0x6c7967656e657261ULL ^ key0;
    std::uint64_t v3 = 0x7465646279746573ULL ^ key1;
    const auto round = [&] {
        v0 += v1;
        v1 = std::rotl(v1, 13) ^ v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 += v3;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 += v1;
        v1 = std::rotl(v1, 17) ^ v2;
        v2 = std::rotl(v2, 32);
    };
    const auto absorb = [&](std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    };
    const auto whole = data.size() / 8;
    for (std::size_t i = 0; i < whole; ++i)
        absorb(load64(data.data() + 8 * i));
    std::uint64_t last = static_cast<std::uint64_t>(data.size()) << 56;
    for (std::size_t i = 8 * whole; i < data.size(); ++i)
        last |= static_cast<std::uint64_t>(data[i]) << (8 * (i % 8));
    absorb(last);
    v2 ^= 0xff;
    for (int i = 0; i < 4; ++i)
        round();
    return v0 ^ v1 ^ v2 ^ v3;
}

} // namespace coffer::bitcoin
