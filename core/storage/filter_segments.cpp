// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/filter_segments.h"

#include "core/base/log.h"
#include "core/crypto/hash.h"
#include "core/storage/durable_file.h"

#include <charconv>

namespace coffer::storage {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kTag = "CFSEG001";
constexpr std::string_view kSuffix = ".seg";
constexpr std::size_t kPrefixBytes = 16; // Tag, first height, count.
constexpr std::size_t kTableEntryBytes = 8;
constexpr std::size_t kChecksumBytes = 32;

Result<void> expectInside(std::uint32_t segment, std::uint32_t firstHeight, std::size_t count)
{
    const std::uint64_t begin = static_cast<std::uint64_t>(segment) * FilterSegments::kHeights;
    if (count == 0 || firstHeight < begin ||
        firstHeight + std::uint64_t{count} > begin + FilterSegments::kHeights)
        return Error{ErrorCode::OutOfRange, "filters outside their segment"};
    return {};
}

Result<FilterSegmentInfo> decodePrefix(std::uint32_t segment, ByteReader& in)
{
    auto tag = TRY(in.take(kTag.size()));
    if (!base::equal(tag, base::viewOf(kTag)))
        return Error{ErrorCode::Damaged, "not a filter segment"};
    FilterSegmentInfo info;
    info.segment = segment;
    info.firstHeight = TRY(in.u32le());
    info.count = TRY(in.u32le());
    TRY(expectInside(segment, info.firstHeight, info.count));
    return info;
}

Result<FilterSegmentData> decodeUnchecked(std::uint32_t segment, Bytes file)
{
    const ByteView content = ByteView(file).first(file.size() - kChecksumBytes);
    ByteReader in(content);
    FilterSegmentData out;
    out.info = TRY(decodePrefix(segment, in));
    out.info.sizeBytes = file.size();
    const std::size_t dataBegin = kPrefixBytes + out.info.count * kTableEntryBytes;
    if (content.size() < dataBegin)
        return Error{ErrorCode::Damaged, "table cut short"};
    std::uint32_t end = 0;
    out.ends.reserve(out.info.count);
    for (std::uint32_t i = 0; i < out.info.count; ++i) {
        auto offset = TRY(in.u32le());
        auto length = TRY(in.u32le());
        if (offset != end || length > content.size() - dataBegin - end)
            return Error{ErrorCode::Damaged, "table does not fit the data"};
        end += length;
        out.ends.push_back(end);
    }
    if (end != content.size() - dataBegin)
        return Error{ErrorCode::Damaged, "bytes that no filter owns"};
    out.data.assign(content.begin() + static_cast<std::ptrdiff_t>(dataBegin), content.end());
    return out;
}

} // namespace

ByteView FilterSegmentData::filter(std::uint32_t index) const
{
    ASSERT(index < ends.size());
    const std::uint32_t begin = index == 0 ? 0 : ends[index - 1];
    return ByteView(data).subspan(begin, ends[index] - begin);
}

Result<FilterSegmentData> FilterSegments::decode(std::uint32_t segment, Bytes file)
{
    if (file.size() < kPrefixBytes + kChecksumBytes || file.size() > kMaxSegmentBytes)
        return Error{ErrorCode::Damaged, "segment of an impossible size"};
    const auto split = file.size() - kChecksumBytes;
    if (!base::equal(crypto::sha256(ByteView(file).first(split)), ByteView(file).subspan(split)))
        return Error{ErrorCode::Damaged, "checksum differs"};
    auto decoded = decodeUnchecked(segment, std::move(file));
    if (!decoded)
        return Error{ErrorCode::Damaged, decoded.error().detail};
    return decoded;
}

std::string FilterSegments::pathOf(std::uint32_t segment) const
{
    return m_folder + "/" + std::to_string(std::uint64_t{segment} * kHeights) +
           std::string(kSuffix);
}

Result<FilterSegments> FilterSegments::open(const std::string& folder, std::uint64_t capBytes)
{
    TRY(makeFolder(folder));
    FilterSegments out(folder, capBytes);
    auto unfinished = TRY(listFiles(folder, ".tmp"));
    for (const auto& name : unfinished)
        TRY(removeFile(folder + "/" + name));
    auto names = TRY(listFiles(folder, kSuffix));
    for (const auto& name : names) {
        std::uint64_t height = 0;
        const char* end = name.data() + name.size() - kSuffix.size();
        const auto parsed = std::from_chars(name.data(), end, height);
        if (parsed.ec != std::errc() || parsed.ptr != end || height % kHeights != 0 ||
            height > 0xffffffffULL)
            continue; // Not ours.
        const auto segment = static_cast<std::uint32_t>(height / kHeights);
        // Only the prefix: reading gigabytes would delay the start. read() checks everything.
        auto info = readInfo(out.pathOf(segment), segment);
        if (!info) {
            base::log(base::LogLevel::Warning, "storage", "dropped a damaged filter segment");
            TRY(removeFile(out.pathOf(segment)));
            continue;
        }
        out.m_segments.emplace(segment, info.take());
    }
    return out;
}

Result<FilterSegmentInfo> FilterSegments::readInfo(const std::string& path, std::uint32_t segment)
{
    auto size = TRY(fileSize(path));
    auto prefix = TRY(readPrefix(path, kPrefixBytes));
    ByteReader in(prefix);
    auto info = TRY(decodePrefix(segment, in));
    info.sizeBytes = size;
    const auto least = kPrefixBytes + std::uint64_t{info.count} * kTableEntryBytes + kChecksumBytes;
    if (size < least || size > kMaxSegmentBytes)
        return Error{ErrorCode::Damaged, "segment of an impossible size"};
    return info;
}

Result<std::vector<std::uint32_t>> FilterSegments::write(std::uint32_t segment,
                                                         std::uint32_t firstHeight,
                                                         std::span<const Bytes> filters)
{
    TRY(expectInside(segment, firstHeight, filters.size()));
    std::size_t dataBytes = 0;
    for (const auto& filter : filters)
        dataBytes += filter.size();
    const std::size_t total =
        kPrefixBytes + filters.size() * kTableEntryBytes + dataBytes + kChecksumBytes;
    if (total > kMaxSegmentBytes)
        return Error{ErrorCode::TooLarge, "filter segment too large"};
    ByteWriter out;
    out.append(base::viewOf(kTag));
    out.u32le(firstHeight);
    out.u32le(static_cast<std::uint32_t>(filters.size()));
    std::uint32_t offset = 0;
    for (const auto& filter : filters) {
        out.u32le(offset);
        out.u32le(static_cast<std::uint32_t>(filter.size()));
        offset += static_cast<std::uint32_t>(filter.size());
    }
    for (const auto& filter : filters)
        out.append(filter);
    out.append(crypto::sha256(out.view()));
    TRY(writeFileDurably(pathOf(segment), out.view()));
    m_segments[segment] = {segment, firstHeight, static_cast<std::uint32_t>(filters.size()), total};

    std::vector<std::uint32_t> evicted;
    while (sizeBytes() > m_capBytes && m_segments.size() > 1) {
        const auto oldest = m_segments.begin()->first == segment ? std::next(m_segments.begin())
                                                                 : m_segments.begin();
        const auto number = oldest->first;
        TRY(remove(number));
        evicted.push_back(number);
    }
    return evicted;
}

Result<FilterSegmentData> FilterSegments::read(std::uint32_t segment)
{
    if (!m_segments.contains(segment))
        return Error{ErrorCode::NotFound, "no such filter segment"};
    auto file = TRY(readFile(pathOf(segment), kMaxSegmentBytes));
    auto decoded = decode(segment, std::move(file));
    if (!decoded)
        TRY(remove(segment));
    return decoded;
}

Result<void> FilterSegments::remove(std::uint32_t segment)
{
    m_segments.erase(segment);
    return removeFile(pathOf(segment));
}

std::vector<FilterSegmentInfo> FilterSegments::list() const
{
    std::vector<FilterSegmentInfo> out;
    out.reserve(m_segments.size());
    for (const auto& [segment, info] : m_segments)
        out.push_back(info);
    return out;
}

std::uint64_t FilterSegments::sizeBytes() const
{
    std::uint64_t sum = 0;
    for (const auto& [segment, info] : m_segments)
        sum += info.sizeBytes;
    return sum;
}

} // namespace coffer::storage
