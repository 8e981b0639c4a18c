// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

namespace coffer::crypto {

/// How hard a password is to guess: passes over so many bytes of memory, one lane.
struct Argon2Parameters
{
    std::uint32_t passes = 3;
    std::uint64_t memoryBytes = 256ULL * 1024 * 1024;

    bool operator==(const Argon2Parameters&) const = default;
};

inline constexpr std::size_t kArgon2SaltSize = 16;

/// Argon2id version 1.3 (RFC 9106), p = 1. OutOfRange for parameters that the algorithm does not
/// have (no pass, under 8 KiB, a salt of other than 16 bytes, a result under 16 bytes); TooLarge
/// when the machine cannot give the memory. Takes its time: run it in the pool.
base::Result<base::SecretBytes> argon2id(const base::SecretBytes& password, base::ByteView salt,
                                         Argon2Parameters parameters, std::size_t size);

} // namespace coffer::crypto
