// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/hash.h"

#include <compare>
#include <optional>

namespace coffer::crypto {

// Everything on the curve goes through one libsecp256k1 context, randomized once and then only
// read: every function here may be called from any thread. libsecp256k1 0.2 leaves traces of keys
// on the stack: call what takes a PrivateKey inside withStackWiped() (stack_wipe.h).

/// A point whose y is even, as BIP340 writes it: 32 bytes of x.
class XOnlyPublicKey
{
public:
    /// Malformed unless 32 bytes and on the curve.
    static base::Result<XOnlyPublicKey> parse(base::ByteView bytes);

    const base::ByteArray<32>& bytes() const { return m_bytes; }
    auto operator<=>(const XOnlyPublicKey&) const = default;

private:
    friend class PublicKey;
    explicit XOnlyPublicKey(const base::ByteArray<32>& bytes)
        : m_bytes(bytes)
    {
    }
    base::ByteArray<32> m_bytes;
};

/// A point on secp256k1 in its compressed form; sorts as BIP67 wants it.
class PublicKey
{
public:
    /// 33 bytes (02, 03) or 65 bytes (04); anything else or off the curve is Malformed.
    static base::Result<PublicKey> parse(base::ByteView bytes);

    const base::ByteArray<33>& bytes() const { return m_bytes; }
    base::ByteArray<65> uncompressed() const;
    Hash160 hash160() const { return crypto::hash160(m_bytes); }
    XOnlyPublicKey xOnly() const;
    bool hasOddY() const { return m_bytes[0] == 3; }
    auto operator<=>(const PublicKey&) const = default;

private:
    explicit PublicKey(const base::ByteArray<33>& bytes)
        : m_bytes(bytes)
    {
    }
    base::ByteArray<33> m_bytes;
};

/// A number from 1 to n - 1, in guarded memory.
class PrivateKey
{
public:
    /// Malformed unless 32 bytes; OutOfRange for 0 and for n or more.
    static base::Result<PrivateKey> create(base::SecretBytes secret);

    PublicKey publicKey() const;
    const base::SecretBytes& secret() const { return m_secret; }
    PrivateKey clone() const { return PrivateKey(m_secret.clone()); }

private:
    explicit PrivateKey(base::SecretBytes secret)
        : m_secret(std::move(secret))
    {
    }
    base::SecretBytes m_secret;
};

/// Deterministic (RFC 6979), low S, and R ground to 32 bytes as Bitcoin Core does, so that the DER
/// form has at most 70 bytes.
base::Bytes signEcdsa(const PrivateKey& key, const Hash256& digest);
/// Strict DER and low S only.
bool verifyEcdsa(const PublicKey& key, const Hash256& digest, base::ByteView der);

/// An ECDSA signature from which the key can be computed (signed messages).
struct RecoverableSignature
{
    base::ByteArray<64> compact{};
    int recoveryId = 0; // 0 to 3
};

RecoverableSignature signRecoverable(const PrivateKey& key, const Hash256& digest);
/// Malformed when no key could have made it.
base::Result<PublicKey> recoverPublicKey(const RecoverableSignature& signature,
                                         const Hash256& digest);

/// BIP340; `auxiliary` is 32 random bytes.
base::ByteArray<64> signSchnorr(const PrivateKey& key, const Hash256& message,
                                const Hash256& auxiliary);
bool verifySchnorr(const XOnlyPublicKey& key, base::ByteView message, base::ByteView signature);

// Arithmetic. OutOfRange when a tweak is n or more (a factor also when 0), and when the result is
// zero or the point at infinity.
base::Result<PublicKey> tweakAdd(const PublicKey& key, const Hash256& tweak);
base::Result<PrivateKey> tweakAdd(const PrivateKey& key, const Hash256& tweak);
/// The tweak is a secret too (the left half of a BIP32 derivation).
base::Result<PrivateKey> tweakAdd(const PrivateKey& key, const base::SecretBytes& tweak);
base::Result<PublicKey> tweakMultiply(const PublicKey& key, const Hash256& factor);
base::Result<PrivateKey> tweakMultiply(const PrivateKey& key, const Hash256& factor);
/// key * point: what both sides of a Diffie-Hellman exchange get.
PublicKey multiply(const PrivateKey& key, const PublicKey& point);
base::Result<PrivateKey> add(const PrivateKey& first, const PrivateKey& second);
base::Result<PublicKey> add(const PublicKey& first, const PublicKey& second);
PrivateKey negate(const PrivateKey& key);

/// A Taproot output key and the parity that a control block repeats.
struct TaprootOutput
{
    XOnlyPublicKey key;
    bool odd = false;
};

/// BIP341: key + H_TapTweak(key || merkle root); without a root for key path spending only (BIP86).
base::Result<TaprootOutput> taprootTweak(const XOnlyPublicKey& internal,
                                         const std::optional<Hash256>& merkleRoot);
base::Result<PrivateKey> taprootTweakPrivate(const PrivateKey& key,
                                             const std::optional<Hash256>& merkleRoot);

} // namespace coffer::crypto
