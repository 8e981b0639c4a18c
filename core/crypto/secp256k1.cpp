// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/secp256k1.h"

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_recovery.h>
#include <secp256k1_schnorrsig.h>

#include <algorithm>

namespace coffer::crypto {

using base::ByteArray;
using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;
using base::WipeGuard;

namespace {

/// Randomized once against side channels (libsecp256k1's advice), from then on only read: that
/// makes it safe to share between threads.
const secp256k1_context* context()
{
    static const secp256k1_context* const instance = [] {
        auto* created = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
        ASSERT(created != nullptr);
        const auto seed = SecretBytes::random(32);
        ASSERT(secp256k1_context_randomize(created, seed.reveal().data()) == 1);
        return created;
    }();
    return instance;
}

template <typename T>
std::span<std::uint8_t> memoryOf(T& object)
{
    return {reinterpret_cast<std::uint8_t*>(&object), sizeof object};
}

secp256k1_pubkey pointOf(const PublicKey& key)
{
    secp256k1_pubkey point;
    ASSERT(secp256k1_ec_pubkey_parse(context(), &point, key.bytes().data(), key.bytes().size()) ==
           1);
    return point;
}

secp256k1_xonly_pubkey pointOf(const XOnlyPublicKey& key)
{
    secp256k1_xonly_pubkey point;
    ASSERT(secp256k1_xonly_pubkey_parse(context(), &point, key.bytes().data()) == 1);
    return point;
}

ByteArray<33> compressed(const secp256k1_pubkey& point)
{
    ByteArray<33> out{};
    std::size_t size = out.size();
    ASSERT(secp256k1_ec_pubkey_serialize(context(), out.data(), &size, &point,
                                         SECP256K1_EC_COMPRESSED) == 1);
    return out;
}

PublicKey publicKeyOf(const secp256k1_pubkey& point)
{
    auto key = PublicKey::parse(compressed(point));
    ASSERT(key);
    return key.take();
}

Error outOfGroup()
{
    return Error{ErrorCode::OutOfRange, "number or point outside the group of secp256k1"};
}

/// What has just been computed is valid: libsecp256k1 says so.
PrivateKey privateKeyOf(SecretBytes secret)
{
    auto key = PrivateKey::create(std::move(secret));
    ASSERT(key);
    return key.take();
}

/// The tweak of BIP341, "Constructing and spending Taproot outputs".
Hash256 tapTweak(const XOnlyPublicKey& internal, const std::optional<Hash256>& merkleRoot)
{
    auto input = base::bytesOf(internal.bytes());
    if (merkleRoot)
        input.insert(input.end(), merkleRoot->begin(), merkleRoot->end());
    return taggedHash("TapTweak", input);
}

/// Secret key and point, as libsecp256k1's Schnorr functions want them. Wiped by the owner's guard.
void fill(secp256k1_keypair& pair, const PrivateKey& key)
{
    ASSERT(secp256k1_keypair_create(context(), &pair, key.secret().reveal().data()) == 1);
}

} // namespace

Result<XOnlyPublicKey> XOnlyPublicKey::parse(ByteView bytes)
{
    ByteArray<32> x{};
    if (bytes.size() != x.size())
        return Error{ErrorCode::Malformed, "x-only public key of the wrong length"};
    std::ranges::copy(bytes, x.begin());
    secp256k1_xonly_pubkey point;
    if (secp256k1_xonly_pubkey_parse(context(), &point, x.data()) != 1)
        return Error{ErrorCode::Malformed, "public key not on the curve"};
    return XOnlyPublicKey(x);
}

Result<PublicKey> PublicKey::parse(ByteView bytes)
{
    // libsecp256k1 also takes the hybrid forms (06, 07), which nobody should use.
    const bool isCompressed = bytes.size() == 33 && (bytes[0] == 2 || bytes[0] == 3);
    const bool isUncompressed = bytes.size() == 65 && bytes[0] == 4;
    if (!isCompressed && !isUncompressed)
        return Error{ErrorCode::Malformed, "public key of the wrong form"};
    secp256k1_pubkey point;
    if (secp256k1_ec_pubkey_parse(context(), &point, bytes.data(), bytes.size()) != 1)
        return Error{ErrorCode::Malformed, "public key not on the curve"};
    return PublicKey(compressed(point));
}

ByteArray<65> PublicKey::uncompressed() const
{
    const auto point = pointOf(*this);
    ByteArray<65> out{};
    std::size_t size = out.size();
    ASSERT(secp256k1_ec_pubkey_serialize(context(), out.data(), &size, &point,
                                         SECP256K1_EC_UNCOMPRESSED) == 1);
    return out;
}

XOnlyPublicKey PublicKey::xOnly() const
{
    ByteArray<32> x{};
    std::copy(m_bytes.begin() + 1, m_bytes.end(), x.begin());
    return XOnlyPublicKey(x);
}

Result<PrivateKey> PrivateKey::create(SecretBytes secret)
{
    if (secret.size() != 32)
        return Error{ErrorCode::Malformed, "private key of the wrong length"};
    if (secp256k1_ec_seckey_verify(context(), secret.reveal().data()) != 1)
        return Error{ErrorCode::OutOfRange, "private key is zero or not below the group order"};
    return PrivateKey(std::move(secret));
}

PublicKey PrivateKey::publicKey() const
{
    secp256k1_pubkey point;
    ASSERT(secp256k1_ec_pubkey_create(context(), &point, m_secret.reveal().data()) == 1);
    return publicKeyOf(point);
}

Bytes signEcdsa(const PrivateKey& key, const Hash256& digest)
{
    secp256k1_ecdsa_signature signature;
    // As Bitcoin Core: first without extra data, then with a counter until R's first byte is below
    // 0x80. Two attempts on average; the 2^32nd will never be needed.
    ByteArray<32> extra{};
    for (std::uint32_t counter = 0;; ++counter) {
        for (std::size_t i = 0; i < 4; ++i)
            extra[i] = static_cast<std::uint8_t>(counter >> (8 * i));
        ASSERT(secp256k1_ecdsa_sign(context(), &signature, digest.data(),
                                    key.secret().reveal().data(), secp256k1_nonce_function_rfc6979,
                                    counter == 0 ? nullptr : extra.data()) == 1);
        ByteArray<64> compact{};
        ASSERT(secp256k1_ecdsa_signature_serialize_compact(context(), compact.data(), &signature) ==
               1);
        if (compact[0] < 0x80)
            break;
    }
    Bytes der(72);
    std::size_t size = der.size();
    ASSERT(secp256k1_ecdsa_signature_serialize_der(context(), der.data(), &size, &signature) == 1);
    der.resize(size);
    // A fault while signing can give the key away (Bitcoin Core verifies for the same reason).
    ASSERT(verifyEcdsa(key.publicKey(), digest, der));
    return der;
}

bool verifyEcdsa(const PublicKey& key, const Hash256& digest, ByteView der)
{
    secp256k1_ecdsa_signature signature;
    if (der.empty() ||
        secp256k1_ecdsa_signature_parse_der(context(), &signature, der.data(), der.size()) != 1)
        return false;
    const auto point = pointOf(key);
    return secp256k1_ecdsa_verify(context(), &signature, digest.data(), &point) == 1;
}

RecoverableSignature signRecoverable(const PrivateKey& key, const Hash256& digest)
{
    secp256k1_ecdsa_recoverable_signature signature;
    ASSERT(secp256k1_ecdsa_sign_recoverable(context(), &signature, digest.data(),
                                            key.secret().reveal().data(), nullptr, nullptr) == 1);
    RecoverableSignature out;
    ASSERT(secp256k1_ecdsa_recoverable_signature_serialize_compact(
               context(), out.compact.data(), &out.recoveryId, &signature) == 1);
    const auto recovered = recoverPublicKey(out, digest);
    ASSERT(recovered && *recovered == key.publicKey());
    return out;
}

Result<PublicKey> recoverPublicKey(const RecoverableSignature& signature, const Hash256& digest)
{
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey point;
    // The id is checked here because libsecp256k1 aborts on one that does not exist.
    if (signature.recoveryId < 0 || signature.recoveryId > 3 ||
        secp256k1_ecdsa_recoverable_signature_parse_compact(
            context(), &parsed, signature.compact.data(), signature.recoveryId) != 1 ||
        secp256k1_ecdsa_recover(context(), &point, &parsed, digest.data()) != 1)
        return Error{ErrorCode::Malformed, "signature that no key can have made"};
    return publicKeyOf(point);
}

ByteArray<64> signSchnorr(const PrivateKey& key, const Hash256& message, const Hash256& auxiliary)
{
    secp256k1_keypair pair;
    const WipeGuard guard(memoryOf(pair));
    fill(pair, key);
    ByteArray<64> signature{};
    ASSERT(secp256k1_schnorrsig_sign32(context(), signature.data(), message.data(), &pair,
                                       auxiliary.data()) == 1);
    // BIP340, "Default Signing", ends with this check against faults.
    ASSERT(verifySchnorr(key.publicKey().xOnly(), message, signature));
    return signature;
}

bool verifySchnorr(const XOnlyPublicKey& key, ByteView message, ByteView signature)
{
    if (signature.size() != 64)
        return false;
    const auto point = pointOf(key);
    static constexpr std::uint8_t kNothing = 0; // libsecp256k1 0.2 wants a pointer even to nothing.
    return secp256k1_schnorrsig_verify(context(), signature.data(),
                                       message.empty() ? &kNothing : message.data(), message.size(),
                                       &point) == 1;
}

Result<PublicKey> tweakAdd(const PublicKey& key, const Hash256& tweak)
{
    auto point = pointOf(key);
    if (secp256k1_ec_pubkey_tweak_add(context(), &point, tweak.data()) != 1)
        return outOfGroup();
    return publicKeyOf(point);
}

namespace {

Result<PrivateKey> tweakAddBytes(const PrivateKey& key, ByteView tweak)
{
    ASSERT(tweak.size() == 32);
    auto secret = key.secret().clone();
    if (secp256k1_ec_seckey_tweak_add(context(), secret.reveal().data(), tweak.data()) != 1)
        return outOfGroup();
    return privateKeyOf(std::move(secret));
}

} // namespace

Result<PrivateKey> tweakAdd(const PrivateKey& key, const Hash256& tweak)
{
    return tweakAddBytes(key, tweak);
}

Result<PrivateKey> tweakAdd(const PrivateKey& key, const SecretBytes& tweak)
{
    return tweakAddBytes(key, tweak.reveal());
}

Result<PublicKey> tweakMultiply(const PublicKey& key, const Hash256& factor)
{
    auto point = pointOf(key);
    if (secp256k1_ec_pubkey_tweak_mul(context(), &point, factor.data()) != 1)
        return outOfGroup();
    return publicKeyOf(point);
}

Result<PrivateKey> tweakMultiply(const PrivateKey& key, const Hash256& factor)
{
    auto secret = key.secret().clone();
    if (secp256k1_ec_seckey_tweak_mul(context(), secret.reveal().data(), factor.data()) != 1)
        return outOfGroup();
    return privateKeyOf(std::move(secret));
}

PublicKey multiply(const PrivateKey& key, const PublicKey& point)
{
    // Never infinity: the group has prime order and the factor is not zero.
    auto product = pointOf(point);
    ASSERT(secp256k1_ec_pubkey_tweak_mul(context(), &product, key.secret().reveal().data()) == 1);
    return publicKeyOf(product);
}

Result<PrivateKey> add(const PrivateKey& first, const PrivateKey& second)
{
    return tweakAddBytes(first, second.secret().reveal());
}

Result<PublicKey> add(const PublicKey& first, const PublicKey& second)
{
    const auto left = pointOf(first);
    const auto right = pointOf(second);
    const std::array<const secp256k1_pubkey*, 2> points{&left, &right};
    secp256k1_pubkey sum;
    if (secp256k1_ec_pubkey_combine(context(), &sum, points.data(), points.size()) != 1)
        return outOfGroup();
    return publicKeyOf(sum);
}

PrivateKey negate(const PrivateKey& key)
{
    auto secret = key.secret().clone();
    ASSERT(secp256k1_ec_seckey_negate(context(), secret.reveal().data()) == 1);
    return privateKeyOf(std::move(secret));
}

Result<TaprootOutput> taprootTweak(const XOnlyPublicKey& internal,
                                   const std::optional<Hash256>& merkleRoot)
{
    const auto tweak = tapTweak(internal, merkleRoot);
    const auto point = pointOf(internal);
    secp256k1_pubkey output;
    if (secp256k1_xonly_pubkey_tweak_add(context(), &output, &point, tweak.data()) != 1)
        return outOfGroup();
    const auto key = publicKeyOf(output);
    return TaprootOutput{key.xOnly(), key.hasOddY()};
}

Result<PrivateKey> taprootTweakPrivate(const PrivateKey& key,
                                       const std::optional<Hash256>& merkleRoot)
{
    const auto tweak = tapTweak(key.publicKey().xOnly(), merkleRoot);
    secp256k1_keypair pair;
    const WipeGuard guard(memoryOf(pair));
    fill(pair, key);
    if (secp256k1_keypair_xonly_tweak_add(context(), &pair, tweak.data()) != 1)
        return outOfGroup();
    auto secret = SecretBytes::allocate(32);
    ASSERT(secp256k1_keypair_sec(context(), secret.reveal().data(), &pair) == 1);
    return privateKeyOf(std::move(secret));
}

} // namespace coffer::crypto
