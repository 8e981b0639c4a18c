// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/secp256k1.h"

#include <string>
#include <string_view>
#include <vector>

namespace coffer::crypto {

/// Indexes from here on are hardened: their children cannot be derived from the public key.
inline constexpr std::uint32_t kHardened = 0x80000000;

using DerivationPath = std::vector<std::uint32_t>;
using Fingerprint = base::ByteArray<4>;

/// "m/84h/1h/0h" or without "m/"; h, H or '. Malformed, or OutOfRange for an index of 2^31 or more;
/// at most 255 levels (TooLarge). "m" and "" are the empty path.
base::Result<DerivationPath> parsePath(std::string_view text);
/// Without the leading "m/", hardened as h: "84h/1h/0h", as descriptors write it.
std::string formatPath(const DerivationPath& path);

/// Which version bytes an extended key carries: xpub/xprv or tpub/tprv.
enum class KeyNetwork
{
    Main,
    Test
};

/// A public key with its chain code (BIP32): derives every non-hardened descendant.
///
/// Errors of parse: BadChecksum; Unsupported for version bytes other than xpub and tpub (those of
/// SLIP-132 are converted elsewhere); Malformed for another length, a private key, a point off the
/// curve, a prefix that does not fit the version, and depth 0 with a parent or a child number.
class ExtendedPublicKey
{
public:
    static base::Result<ExtendedPublicKey> parse(std::string_view text);
    /// What a device answers: key and chain code without a history.
    static ExtendedPublicKey create(const PublicKey& key, const base::ByteArray<32>& chainCode,
                                    KeyNetwork network, std::uint8_t depth,
                                    const Fingerprint& parentFingerprint,
                                    std::uint32_t childNumber);

    /// Usage for a hardened index; OutOfRange below depth 255; NotFound in the case (about 2^-127)
    /// that this index has no key: take the next.
    base::Result<ExtendedPublicKey> derive(std::uint32_t index) const;
    base::Result<ExtendedPublicKey> derivePath(const DerivationPath& path) const;

    std::string toString() const;
    const PublicKey& publicKey() const { return m_key; }
    const base::ByteArray<32>& chainCode() const { return m_chainCode; }
    KeyNetwork network() const { return m_network; }
    std::uint8_t depth() const { return m_depth; }
    std::uint32_t childNumber() const { return m_childNumber; }
    const Fingerprint& parentFingerprint() const { return m_parentFingerprint; }
    /// The first four bytes of HASH160(public key).
    Fingerprint fingerprint() const;
    bool operator==(const ExtendedPublicKey&) const = default;

private:
    friend class ExtendedPrivateKey;
    explicit ExtendedPublicKey(const PublicKey& key)
        : m_key(key)
    {
    }

    PublicKey m_key;
    base::ByteArray<32> m_chainCode{};
    KeyNetwork m_network = KeyNetwork::Main;
    std::uint8_t m_depth = 0;
    Fingerprint m_parentFingerprint{};
    std::uint32_t m_childNumber = 0;
};

/// A private key with its chain code (BIP32). Derive, use, drop; inside withStackWiped().
///
/// Errors of parse as for the public one, and OutOfRange for key 0 or n and more.
class ExtendedPrivateKey
{
public:
    /// The root. OutOfRange unless the seed has 16 to 64 bytes; NotFound if it has no key (2^-127).
    static base::Result<ExtendedPrivateKey> fromSeed(const base::SecretBytes& seed,
                                                     KeyNetwork network);
    static base::Result<ExtendedPrivateKey> parse(const base::SecretBytes& text);

    /// OutOfRange below depth 255; NotFound as for the public one.
    base::Result<ExtendedPrivateKey> derive(std::uint32_t index) const;
    base::Result<ExtendedPrivateKey> derivePath(const DerivationPath& path) const;
    /// The public half.
    ExtendedPublicKey neuter() const;
    ExtendedPrivateKey clone() const;

    const PrivateKey& privateKey() const { return m_key; }
    const base::SecretBytes& chainCode() const { return m_chainCode; }
    KeyNetwork network() const { return m_network; }
    std::uint8_t depth() const { return m_depth; }
    std::uint32_t childNumber() const { return m_childNumber; }
    const Fingerprint& parentFingerprint() const { return m_parentFingerprint; }
    Fingerprint fingerprint() const;
    /// "xprv..." or "tprv..." in guarded memory, without a final NUL.
    base::SecretBytes toSecretText() const;

private:
    ExtendedPrivateKey(PrivateKey key, base::SecretBytes chainCode)
        : m_key(std::move(key))
        , m_chainCode(std::move(chainCode))
    {
    }

    PrivateKey m_key;
    base::SecretBytes m_chainCode;
    KeyNetwork m_network = KeyNetwork::Main;
    std::uint8_t m_depth = 0;
    Fingerprint m_parentFingerprint{};
    std::uint32_t m_childNumber = 0;
};

} // namespace coffer::crypto
