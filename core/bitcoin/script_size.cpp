// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What outputs and inputs weigh, and which outputs are too small to be relayed.

#include "core/bitcoin/script.h"

namespace coffer::bitcoin {

namespace {

std::int64_t outputSize(base::ByteView script)
{
    const auto size = static_cast<std::int64_t>(script.size());
    const std::int64_t lengthBytes = size < 253 ? 1 : size <= 0xffff ? 3 : 5;
    return 8 + lengthBytes + size;
}

} // namespace

std::int64_t dustThreshold(base::ByteView script, std::int64_t ratePerKvB)
{
    if (isUnspendable(script))
        return 0;
    // Bitcoin Core's GetDustThreshold: what it costs to create the output and to spend it with one
    // signature (outpoint 36, length 1, script or witness 107, sequence 4; witnesses count a
    // quarter).
    const std::int64_t spendSize =
        witnessProgram(script) ? 32 + 4 + 1 + 107 / 4 + 4 : 32 + 4 + 1 + 107 + 4;
    return (outputSize(script) + spendSize) * ratePerKvB / 1000;
}

std::int64_t outputWeight(base::ByteView script)
{
    return 4 * outputSize(script);
}

std::optional<std::int64_t> inputWeight(ScriptType type)
{
    // Outpoint 36, script length 1, sequence 4: 41 bytes x 4. Signatures as large as low-S makes
    // them, 72 bytes with the hash type.
    constexpr std::int64_t kBare = 41 * 4;
    switch (type) {
    case ScriptType::P2pk: // 114 vB
        return kBare + 4 * (1 + 72);
    case ScriptType::P2pkh: // 148 vB
        return kBare + 4 * (1 + 72 + 1 + 33);
    case ScriptType::P2sh: // Nested: 91 vB; the script is one push of 22 bytes.
        return kBare + 4 * 23 + 1 + 1 + 72 + 1 + 33;
    case ScriptType::P2wpkh: // 68 vB
        return kBare + 1 + 1 + 72 + 1 + 33;
    case ScriptType::P2tr: // 57.5 vB, key path.
        return kBare + 1 + 1 + 64;
    case ScriptType::Multisig:
    case ScriptType::OpReturn:
    case ScriptType::P2wsh:
    case ScriptType::P2a:
    case ScriptType::UnknownWitness:
    case ScriptType::NonStandard:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace coffer::bitcoin
