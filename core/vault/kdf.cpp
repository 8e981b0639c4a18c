// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/kdf.h"

#include "core/crypto/stack_wipe.h"
#include "core/crypto/unicode.h"

#include <algorithm>

#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace coffer::vault {

using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;
using crypto::Argon2Parameters;

namespace {

constexpr std::size_t kKeySize = 32;
// Twice what a machine of today fills in the target time; more would shut out smaller machines.
constexpr std::uint64_t kMaxCalibratedMemory = 1024 * kMiB;
constexpr std::uint64_t kSmallMachine = 2048 * kMiB;
// Other programs need memory too.
constexpr std::uint64_t kMemoryShare = 8;

bool reaches(const Argon2Parameters& parameters, const Argon2Parameters& least)
{
    return parameters.passes >= least.passes && parameters.memoryBytes >= least.memoryBytes;
}

bool withinCeiling(const Argon2Parameters& parameters)
{
    return reaches(kCeiling, parameters);
}

} // namespace

std::string_view realmName(Realm realm)
{
    switch (realm) {
    case Realm::Main:
        return "main";
    case Realm::Test:
        return "test";
    case Realm::Local:
        return "local";
    }
    return "unknown";
}

Result<void> checkBounds(const Argon2Parameters& parameters, Realm realm)
{
    const bool strong = reaches(parameters, kFloor) || reaches(parameters, kSmallMachineFloor);
    const bool cheap = realm != Realm::Main && reaches(parameters, kTestOnly);
    if (!withinCeiling(parameters) || !(strong || cheap))
        return Error{ErrorCode::OutOfRange, "key derivation parameters out of bounds"};
    return {};
}

Result<SecretBytes> deriveKey(const KdfParameters& parameters, const SecretBytes& password)
{
    if (!withinCeiling(parameters.argon2))
        return Error{ErrorCode::OutOfRange, "key derivation parameters out of bounds"};
    return crypto::withStackWiped([&]() -> Result<SecretBytes> {
        auto normal = TRY(crypto::nfkd(password));
        return crypto::argon2id(normal, parameters.salt, parameters.argon2, kKeySize);
    });
}

Result<WrappingKey> WrappingKey::derive(const Argon2Parameters& argon2, const SecretBytes& password,
                                        base::Random& random)
{
    WrappingKey out;
    out.parameters.argon2 = argon2;
    random.fill(out.parameters.salt);
    out.key = TRY(deriveKey(out.parameters, password));
    return out;
}

Argon2Parameters calibrate(const base::Clock& clock)
{
    const auto password = SecretBytes::random(kKeySize);
    return calibrate(machineMemoryBytes(), [&](const Argon2Parameters& parameters) {
        const auto begin = clock.monotonicMs();
        const auto derived = deriveKey({{}, parameters}, password);
        // A machine that cannot give the memory counts as too slow for it.
        return derived ? clock.monotonicMs() - begin : kTargetMs * 2;
    });
}

Argon2Parameters calibrate(std::uint64_t machineMemoryBytes,
                           const std::function<std::int64_t(const Argon2Parameters&)>& measureMs)
{
    const bool small = machineMemoryBytes < kSmallMachine;
    auto best = small ? kSmallMachineFloor : kFloor;
    const auto mostMemory = small
                                ? best.memoryBytes
                                : std::min(kMaxCalibratedMemory, machineMemoryBytes / kMemoryShare);
    auto ms = std::max<std::int64_t>(1, measureMs(best));
    while (best.memoryBytes * 2 <= mostMemory && ms * 2 <= kTargetMs) {
        const Argon2Parameters next{best.passes, best.memoryBytes * 2};
        const auto nextMs = std::max<std::int64_t>(1, measureMs(next));
        if (nextMs > kTargetMs)
            break;
        best = next;
        ms = nextMs;
    }
    const auto passes = static_cast<std::uint32_t>(
        std::min<std::int64_t>(kCeiling.passes, best.passes * kTargetMs / ms));
    best.passes = std::max(best.passes, passes);
    return best;
}

Argon2Parameters strongest(const Argon2Parameters& first, const Argon2Parameters& second)
{
    return {std::max(first.passes, second.passes), std::max(first.memoryBytes, second.memoryBytes)};
}

bool isWeak(const Argon2Parameters& parameters)
{
    return !reaches(parameters, kFloor);
}

std::uint64_t machineMemoryBytes()
{
#ifdef _WIN32
    MEMORYSTATUSEX status{};
    status.dwLength = sizeof status;
    return ::GlobalMemoryStatusEx(&status) ? status.ullTotalPhys : 0;
#else
    const auto pages = ::sysconf(_SC_PHYS_PAGES);
    const auto size = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0
               ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size)
               : 0;
#endif
}

} // namespace coffer::vault
