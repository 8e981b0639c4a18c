// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/unicode.h"

#include <utf8proc.h>

namespace coffer::crypto {

using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

constexpr int kNfkd = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE;
constexpr int kNfkdFolded = kNfkd | UTF8PROC_CASEFOLD;
constexpr int kNfkdFoldedBare = kNfkdFolded | UTF8PROC_STRIPMARK;

const utf8proc_uint8_t* textOf(ByteView utf8)
{
    return utf8.data();
}

/// How many code points the decomposition has; the first of two passes.
Result<std::size_t> countCodePoints(ByteView utf8, int options)
{
    const auto count = utf8proc_decompose(textOf(utf8), static_cast<utf8proc_ssize_t>(utf8.size()),
                                          nullptr, 0, static_cast<utf8proc_option_t>(options));
    if (count < 0)
        return Error{ErrorCode::Malformed, "text is not UTF-8"};
    return static_cast<std::size_t>(count);
}

/// Decomposes into the buffer, which holds count + 1 code points (utf8proc ends the text with a
/// NUL), and writes the UTF-8 over them. Returns its length.
std::size_t decomposeInto(std::span<std::uint8_t> buffer, ByteView utf8, std::size_t count,
                          int options)
{
    // sodium_malloc aligns its end to a page: a multiple of four is aligned for code points.
    auto* const points = reinterpret_cast<utf8proc_int32_t*>(buffer.data());
    const auto option = static_cast<utf8proc_option_t>(options);
    const auto capacity = static_cast<utf8proc_ssize_t>(count);
    const auto written = utf8proc_decompose(
        textOf(utf8), static_cast<utf8proc_ssize_t>(utf8.size()), points, capacity, option);
    ASSERT(written == capacity);
    const auto size = utf8proc_reencode(points, written, option);
    ASSERT(size >= 0);
    return static_cast<std::size_t>(size);
}

std::size_t bufferSize(std::size_t count)
{
    return (count + 1) * sizeof(utf8proc_int32_t);
}

Result<SecretBytes> decomposed(const SecretBytes& utf8, int options)
{
    if (utf8.empty())
        return SecretBytes();
    const auto count = TRY(countCodePoints(utf8.reveal(), options));
    auto buffer = SecretBytes::allocate(bufferSize(count));
    const auto size = decomposeInto(buffer.reveal(), utf8.reveal(), count, options);
    return SecretBytes::copyOf(buffer.reveal().first(size));
}

} // namespace

Result<SecretBytes> nfkd(const SecretBytes& utf8)
{
    return decomposed(utf8, kNfkd);
}

Result<SecretBytes> nfkdFolded(const SecretBytes& utf8)
{
    return decomposed(utf8, kNfkdFolded);
}

Result<SecretBytes> nfkdFoldedBare(const SecretBytes& utf8)
{
    return decomposed(utf8, kNfkdFoldedBare);
}

Result<std::string> nfkdFoldedPublic(std::string_view utf8)
{
    const auto view = base::viewOf(utf8);
    const auto count = TRY(countCodePoints(view, kNfkdFolded));
    std::vector<utf8proc_int32_t> buffer(count + 1);
    const std::span<std::uint8_t> memory(reinterpret_cast<std::uint8_t*>(buffer.data()),
                                         bufferSize(count));
    const auto size = decomposeInto(memory, view, count, kNfkdFolded);
    return std::string(memory.begin(), memory.begin() + static_cast<std::ptrdiff_t>(size));
}

} // namespace coffer::crypto
