// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/bip32.h"

#include "core/base/base58.h"

#include <algorithm>

namespace coffer::crypto {

using base::ByteArray;
using base::ByteReader;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

// BIP32, "Serialization format".
constexpr std::size_t kSerializedSize = 78;
constexpr std::uint32_t kMainPublic = 0x0488b21e;
constexpr std::uint32_t kMainPrivate = 0x0488ade4;
constexpr std::uint32_t kTestPublic = 0x043587cf;
constexpr std::uint32_t kTestPrivate = 0x04358394;

constexpr std::uint8_t kMaxDepth = 255;
constexpr std::size_t kMinSeedSize = 16;
constexpr std::size_t kMaxSeedSize = 64;

Error malformed(const char* what)
{
    return Error{ErrorCode::Malformed, what};
}

/// Everything in front of the key itself.
struct Prelude
{
    KeyNetwork network = KeyNetwork::Main;
    std::uint8_t depth = 0;
    Fingerprint parentFingerprint{};
    std::uint32_t childNumber = 0;
};

enum class KeyHalf
{
    Public,
    Private
};

Result<KeyNetwork> networkOf(std::uint32_t version, KeyHalf wanted)
{
    const bool isPublic = version == kMainPublic || version == kTestPublic;
    const bool isPrivate = version == kMainPrivate || version == kTestPrivate;
    if (!isPublic && !isPrivate)
        return Error{ErrorCode::Unsupported, "unknown version of an extended key"};
    if (isPrivate && wanted == KeyHalf::Public)
        return malformed("an extended private key where a public one is wanted");
    if (isPublic && wanted == KeyHalf::Private)
        return malformed("an extended public key where a private one is wanted");
    return version == kMainPublic || version == kMainPrivate ? KeyNetwork::Main : KeyNetwork::Test;
}

std::uint32_t versionOf(KeyNetwork network, KeyHalf half)
{
    if (half == KeyHalf::Public)
        return network == KeyNetwork::Main ? kMainPublic : kTestPublic;
    return network == KeyNetwork::Main ? kMainPrivate : kTestPrivate;
}

Result<Prelude> readPrelude(ByteReader& in, KeyHalf wanted)
{
    Prelude out;
    const auto version = TRY(in.u32be());
    out.network = TRY(networkOf(version, wanted));
    out.depth = TRY(in.u8());
    out.parentFingerprint = TRY(in.array<4>());
    out.childNumber = TRY(in.u32be());
    if (out.depth == 0 && out.parentFingerprint != Fingerprint{})
        return malformed("extended root key with a parent");
    if (out.depth == 0 && out.childNumber != 0)
        return malformed("extended root key with a child number");
    return out;
}

/// Public: the chain code and the key follow.
base::Bytes writePrelude(const Prelude& prelude, KeyHalf half)
{
    base::ByteWriter out;
    out.u32be(versionOf(prelude.network, half));
    out.u8(prelude.depth);
    out.append(prelude.parentFingerprint);
    out.u32be(prelude.childNumber);
    return out.take();
}

Result<void> expectSize(std::size_t size)
{
    if (size != kSerializedSize)
        return malformed("extended key of the wrong length");
    return {};
}

Result<void> checkDepth(std::uint8_t depth)
{
    if (depth == kMaxDepth)
        return Error{ErrorCode::OutOfRange, "an extended key has no more than 255 levels"};
    return {};
}

/// BIP32: "in case IL >= n or the key is 0, the resulting key is invalid".
Error noSuchKey()
{
    return Error{ErrorCode::NotFound, "this index has no key: take the next"};
}

void writeIndex(std::span<std::uint8_t> out, std::uint32_t index)
{
    for (std::size_t i = 0; i < 4; ++i)
        out[i] = static_cast<std::uint8_t>(index >> (24 - 8 * i));
}

} // namespace

Result<DerivationPath> parsePath(std::string_view text)
{
    DerivationPath path;
    if (text == "m")
        return path;
    if (text.starts_with("m/"))
        text.remove_prefix(2);
    else if (text.empty())
        return path;
    for (;;) {
        const auto slash = text.find('/');
        auto step = text.substr(0, slash);
        std::uint32_t hardened = 0;
        if (step.ends_with('h') || step.ends_with('H') || step.ends_with('\'')) {
            hardened = kHardened;
            step.remove_suffix(1);
        }
        if (step.empty())
            return malformed("derivation path with an empty step");
        std::uint64_t index = 0;
        for (const char c : step) {
            if (c < '0' || c > '9')
                return malformed("derivation path with something that is no number");
            index = index * 10 + static_cast<std::uint64_t>(c - '0');
            if (index >= kHardened)
                return Error{ErrorCode::OutOfRange, "derivation path index of 2^31 or more"};
        }
        if (path.size() == kMaxDepth)
            return Error{ErrorCode::TooLarge, "derivation path of more than 255 steps"};
        path.push_back(static_cast<std::uint32_t>(index) | hardened);
        if (slash == std::string_view::npos)
            return path;
        text.remove_prefix(slash + 1);
    }
}

std::string formatPath(const DerivationPath& path)
{
    std::string out;
    for (const auto index : path) {
        if (!out.empty())
            out += '/';
        out += std::to_string(index & ~kHardened);
        if ((index & kHardened) != 0)
            out += 'h';
    }
    return out;
}

Result<ExtendedPublicKey> ExtendedPublicKey::parse(std::string_view text)
{
    const auto bytes = TRY(base::parseBase58Check(text));
    TRY(expectSize(bytes.size()));
    ByteReader in(bytes);
    const auto prelude = TRY(readPrelude(in, KeyHalf::Public));
    const auto chainCode = TRY(in.array<32>());
    const auto keyBytes = TRY(in.array<33>());
    const auto key = TRY(PublicKey::parse(keyBytes));
    return create(key, chainCode, prelude.network, prelude.depth, prelude.parentFingerprint,
                  prelude.childNumber);
}

ExtendedPublicKey ExtendedPublicKey::create(const PublicKey& key, const ByteArray<32>& chainCode,
                                            KeyNetwork network, std::uint8_t depth,
                                            const Fingerprint& parentFingerprint,
                                            std::uint32_t childNumber)
{
    ASSERT(depth > 0 || (parentFingerprint == Fingerprint{} && childNumber == 0));
    ExtendedPublicKey out(key);
    out.m_chainCode = chainCode;
    out.m_network = network;
    out.m_depth = depth;
    out.m_parentFingerprint = parentFingerprint;
    out.m_childNumber = childNumber;
    return out;
}

Result<ExtendedPublicKey> ExtendedPublicKey::derive(std::uint32_t index) const
{
    if ((index & kHardened) != 0)
        return Error{ErrorCode::Usage, "a hardened key cannot be derived from a public one"};
    TRY(checkDepth(m_depth));
    ByteArray<37> data{};
    std::ranges::copy(m_key.bytes(), data.begin());
    writeIndex(std::span(data).last(4), index);
    const auto mac = hmacSha512(m_chainCode, data);
    Hash256 tweak{};
    std::ranges::copy(mac.reveal().first(32), tweak.begin());
    const auto key = tweakAdd(m_key, tweak);
    if (!key)
        return noSuchKey();
    ByteArray<32> chainCode{};
    std::ranges::copy(mac.reveal().last(32), chainCode.begin());
    return create(*key, chainCode, m_network, static_cast<std::uint8_t>(m_depth + 1), fingerprint(),
                  index);
}

Result<ExtendedPublicKey> ExtendedPublicKey::derivePath(const DerivationPath& path) const
{
    auto out = *this;
    for (const auto index : path)
        out = TRY(out.derive(index));
    return out;
}

std::string ExtendedPublicKey::toString() const
{
    auto bytes =
        writePrelude({m_network, m_depth, m_parentFingerprint, m_childNumber}, KeyHalf::Public);
    bytes.insert(bytes.end(), m_chainCode.begin(), m_chainCode.end());
    bytes.insert(bytes.end(), m_key.bytes().begin(), m_key.bytes().end());
    return base::toBase58Check(bytes);
}

Fingerprint ExtendedPublicKey::fingerprint() const
{
    const auto hash = m_key.hash160();
    return {hash[0], hash[1], hash[2], hash[3]};
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::fromSeed(const SecretBytes& seed, KeyNetwork network)
{
    if (seed.size() < kMinSeedSize || seed.size() > kMaxSeedSize)
        return Error{ErrorCode::OutOfRange, "a seed has 16 to 64 bytes"};
    // BIP32, "Master key generation".
    const auto mac = hmacSha512(base::viewOf("Bitcoin seed"), seed.reveal());
    auto key = PrivateKey::create(SecretBytes::copyOf(mac.reveal().first(32)));
    if (!key)
        return Error{ErrorCode::NotFound, "this seed has no key: take another"};
    ExtendedPrivateKey out(key.take(), SecretBytes::copyOf(mac.reveal().last(32)));
    out.m_network = network;
    return out;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::parse(const SecretBytes& text)
{
    const auto bytes = TRY(base::parseBase58CheckSecret(text));
    TRY(expectSize(bytes.size()));
    ByteReader in(bytes.reveal());
    const auto prelude = TRY(readPrelude(in, KeyHalf::Private));
    const auto chainCode = TRY(in.take(32));
    const auto prefix = TRY(in.u8());
    if (prefix != 0)
        return malformed("extended private key with the prefix of a public key");
    const auto secret = TRY(in.take(32));
    auto key = TRY(PrivateKey::create(SecretBytes::copyOf(secret)));
    ExtendedPrivateKey out(std::move(key), SecretBytes::copyOf(chainCode));
    out.m_network = prelude.network;
    out.m_depth = prelude.depth;
    out.m_parentFingerprint = prelude.parentFingerprint;
    out.m_childNumber = prelude.childNumber;
    return out;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::derive(std::uint32_t index) const
{
    TRY(checkDepth(m_depth));
    const auto publicKey = m_key.publicKey();
    auto data = SecretBytes::allocate(37);
    if ((index & kHardened) != 0)
        std::ranges::copy(m_key.secret().reveal(), data.reveal().begin() + 1);
    else
        std::ranges::copy(publicKey.bytes(), data.reveal().begin());
    writeIndex(data.reveal().last(4), index);
    const auto mac = hmacSha512(m_chainCode.reveal(), data.reveal());
    auto key = tweakAdd(m_key, SecretBytes::copyOf(mac.reveal().first(32)));
    if (!key)
        return noSuchKey();
    ExtendedPrivateKey out(key.take(), SecretBytes::copyOf(mac.reveal().last(32)));
    out.m_network = m_network;
    out.m_depth = static_cast<std::uint8_t>(m_depth + 1);
    const auto hash = publicKey.hash160();
    out.m_parentFingerprint = {hash[0], hash[1], hash[2], hash[3]};
    out.m_childNumber = index;
    return out;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::derivePath(const DerivationPath& path) const
{
    auto out = clone();
    for (const auto index : path)
        out = TRY(out.derive(index));
    return out;
}

ExtendedPublicKey ExtendedPrivateKey::neuter() const
{
    ByteArray<32> chainCode{};
    std::ranges::copy(m_chainCode.reveal(), chainCode.begin());
    return ExtendedPublicKey::create(m_key.publicKey(), chainCode, m_network, m_depth,
                                     m_parentFingerprint, m_childNumber);
}

ExtendedPrivateKey ExtendedPrivateKey::clone() const
{
    ExtendedPrivateKey out(m_key.clone(), m_chainCode.clone());
    out.m_network = m_network;
    out.m_depth = m_depth;
    out.m_parentFingerprint = m_parentFingerprint;
    out.m_childNumber = m_childNumber;
    return out;
}

Fingerprint ExtendedPrivateKey::fingerprint() const
{
    const auto hash = m_key.publicKey().hash160();
    return {hash[0], hash[1], hash[2], hash[3]};
}

SecretBytes ExtendedPrivateKey::toSecretText() const
{
    auto bytes = SecretBytes::allocate(kSerializedSize);
    const auto prelude =
        writePrelude({m_network, m_depth, m_parentFingerprint, m_childNumber}, KeyHalf::Private);
    auto at = std::ranges::copy(prelude, bytes.reveal().begin()).out;
    at = std::ranges::copy(m_chainCode.reveal(), at).out;
    *at++ = 0;
    std::ranges::copy(m_key.secret().reveal(), at);
    return base::toBase58CheckSecret(bytes);
}

} // namespace coffer::crypto
