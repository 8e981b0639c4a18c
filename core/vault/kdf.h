// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/crypto/argon2id.h"

#include <functional>

namespace coffer::vault {

/// Which coins a wallet may hold; fixed in its header.
enum class Realm : std::uint8_t
{
    Main = 0,
    Test = 1, ///< testnet4, signet; Sepolia and the like.
    Local = 2 ///< regtest; a local EVM chain.
};

/// "main", "test", "local".
std::string_view realmName(Realm realm);

inline constexpr std::uint64_t kMiB = 1024ULL * 1024;
// OWASP's and RFC 9106's advice is well below; a wallet is opened seldom and attacked off line.
inline constexpr crypto::Argon2Parameters kFloor{3, 256 * kMiB};
/// Only where the machine has less than 2 GiB.
inline constexpr crypto::Argon2Parameters kSmallMachineFloor{4, 64 * kMiB};
/// What opening accepts at most, so that a hostile header cannot freeze the machine.
inline constexpr crypto::Argon2Parameters kCeiling{16, 2048 * kMiB};
/// Not a protection: for tests, refused in realm main.
inline constexpr crypto::Argon2Parameters kTestOnly{1, 64 * 1024};
inline constexpr std::int64_t kTargetMs = 700; // Felt as a short wait; 1 s feels slow.

/// How a password becomes a key-encryption key in one header slot.
struct KdfParameters
{
    base::ByteArray<crypto::kArgon2SaltSize> salt{};
    crypto::Argon2Parameters argon2;

    bool operator==(const KdfParameters&) const = default;
};

/// OutOfRange unless within floor and ceiling. The test-only set passes outside realm main.
base::Result<void> checkBounds(const crypto::Argon2Parameters& parameters, Realm realm);

/// Password (UTF-8, any form) -> NFKD -> Argon2id -> 32 bytes. Pure and slow: run it in the pool.
/// Checks the ceiling first. Malformed when the password is not UTF-8.
base::Result<base::SecretBytes> deriveKey(const KdfParameters& parameters,
                                          const base::SecretBytes& password);

/// A password's key together with how it was derived: what creating, rotating and backing up need.
struct WrappingKey
{
    KdfParameters parameters;
    base::SecretBytes key;

    /// With a fresh salt. Slow: run it in the pool.
    static base::Result<WrappingKey> derive(const crypto::Argon2Parameters& argon2,
                                            const base::SecretBytes& password,
                                            base::Random& random);
};

/// Toward kTargetMs on this machine: memory first, then passes. Takes 1 to 3 s: run it in the pool.
crypto::Argon2Parameters calibrate(const base::Clock& clock);
/// The rule behind it: `measureMs` runs Argon2id once.
crypto::Argon2Parameters
calibrate(std::uint64_t machineMemoryBytes,
          const std::function<std::int64_t(const crypto::Argon2Parameters&)>& measureMs);
/// The larger of each: re-wrapping never lowers parameters.
crypto::Argon2Parameters strongest(const crypto::Argon2Parameters& first,
                                   const crypto::Argon2Parameters& second);
/// True for the small machine's parameters: a visible warning.
bool isWeak(const crypto::Argon2Parameters& parameters);
std::uint64_t machineMemoryBytes();

} // namespace coffer::vault
