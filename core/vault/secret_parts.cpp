// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/secret_parts.h"

#include <algorithm>

namespace coffer::vault {

using base::Bytes;
using base::ByteView;
using base::SecretBytes;

namespace {

ByteView fieldOf(const SecretBytes& secret, std::size_t offset, std::size_t size)
{
    ASSERT(offset <= secret.size() && size <= secret.size() - offset);
    return secret.reveal().subspan(offset, size);
}

} // namespace

SecretBytes randomSecret(base::Random& random, std::size_t size)
{
    auto out = SecretBytes::allocate(size);
    random.fill(out.reveal());
    return out;
}

SecretBytes joined(ByteView prefix, const SecretBytes& secret, std::size_t size)
{
    ASSERT(prefix.size() + secret.size() <= size);
    auto out = SecretBytes::allocate(size);
    const auto field = fieldOf(secret, 0, secret.size());
    const auto end = std::copy(prefix.begin(), prefix.end(), out.reveal().begin());
    std::copy(field.begin(), field.end(), end);
    return out;
}

SecretBytes joined(const SecretBytes& first, const SecretBytes& second)
{
    return joined(fieldOf(first, 0, first.size()), second, first.size() + second.size());
}

SecretBytes partOf(const SecretBytes& secret, std::size_t offset, std::size_t size)
{
    return SecretBytes::copyOf(fieldOf(secret, offset, size));
}

Bytes publicPartOf(const SecretBytes& secret, std::size_t offset, std::size_t size)
{
    return base::bytesOf(fieldOf(secret, offset, size));
}

bool isZeroFrom(const SecretBytes& secret, std::size_t offset)
{
    const auto rest = fieldOf(secret, offset, secret.size() - offset);
    return std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; });
}

crypto::Hash256 commitmentTo(std::string_view label, const SecretBytes& secret)
{
    const auto input = joined(base::viewOf(label), secret, label.size() + secret.size());
    const auto hash = crypto::sha256Secret(fieldOf(input, 0, input.size()));
    crypto::Hash256 out{};
    const auto bytes = publicPartOf(hash, 0, out.size());
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

crypto::Hash256 macUnder(const SecretBytes& secret, std::string_view label, ByteView content)
{
    const auto key = crypto::hkdfSha256(fieldOf(secret, 0, secret.size()), {}, base::viewOf(label),
                                        crypto::Hash256().size());
    return crypto::hmacSha256(fieldOf(key, 0, key.size()), content);
}

} // namespace coffer::vault
