// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Key expressions of descriptors (BIP380, BIP389). Internal to the descriptor code.

#include "core/bitcoin/descriptor/descriptor.h"
#include "core/crypto/bip32.h"

namespace coffer::bitcoin {

/// What a key may look like where it stands.
enum class KeyPlace
{
    Legacy,  ///< Compressed or not.
    Segwit,  ///< Compressed only.
    Taproot, ///< x-only, or compressed and then cut.
};

/// A private extended key that a hardened last step still needs; copies share it.
using SharedPrivateKey = std::shared_ptr<const crypto::ExtendedPrivateKey>;

/// One key of a descriptor: fixed, or a branch of an extended key.
class KeyExpression
{
public:
    /// Which alternative of multipath steps is read, and how many there are (0: none seen).
    struct PathChoice
    {
        std::size_t index = 0;
        std::size_t count = 0;
    };

    /// Errors as Descriptor::parse. `choice.count` is set at the first multipath step; another
    /// count later is Malformed.
    static base::Result<KeyExpression> parse(std::string_view text, Network network, KeyPlace place,
                                             PrivateKeyRule privateKeys, PathChoice& choice);

    /// The public form.
    std::string toString() const;
    bool isRanged() const { return m_wildcard != Wildcard::None; }
    bool isPublic() const;
    bool isUncompressed() const { return m_uncompressed; }

    base::Result<DerivedKey> derive(std::uint32_t index) const;

private:
    enum class Wildcard
    {
        None,
        Normal,
        Hardened,
    };

    KeyExpression() = default;
    base::Result<void> readOrigin(std::string_view& text);
    base::Result<void> readFixed(std::string_view key, Network network, KeyPlace place,
                                 PrivateKeyRule privateKeys);
    base::Result<void> readHex(std::string_view key, KeyPlace place);
    base::Result<void> readExtended(std::string_view key, std::string_view steps, Network network,
                                    PrivateKeyRule privateKeys, PathChoice& choice);
    base::Result<void> readSteps(std::string_view steps, PathChoice& choice);
    base::Result<void> readPrivate(std::string_view key, std::string_view steps, Network network,
                                   PathChoice& choice);
    base::Result<void> deriveBranch();

    std::optional<KeyOrigin> m_origin; // As written, or made while turning a private key public.

    std::optional<crypto::PublicKey> m_fixed;
    bool m_uncompressed = false;
    bool m_writtenXOnly = false;
    KeyPlace m_place = KeyPlace::Legacy;

    std::optional<crypto::ExtendedPublicKey> m_extended;
    std::vector<std::uint32_t> m_steps; // Below m_extended, as far as written.
    Wildcard m_wildcard = Wildcard::None;
    std::optional<crypto::ExtendedPublicKey> m_branch; // m_extended after all steps, if public.
    SharedPrivateKey m_private;                        // Only for a hardened wildcard.
};

} // namespace coffer::bitcoin
