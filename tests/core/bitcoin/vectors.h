// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Short names for reading vectors: hex and JSON fields that must be there.

#include "core/base/hex.h"
#include "core/base/json.h"
#include "core/bitcoin/script.h"
#include "tests/support/test.h"

#include <sstream>

namespace coffer::test {

/// Hex that a vector file is known to hold.
inline base::Bytes hex(std::string_view text)
{
    auto bytes = base::parseHex(text);
    ASSERT(bytes);
    return bytes.take();
}

inline base::Bytes hex(const std::string& text)
{
    return hex(std::string_view(text));
}

inline base::Bytes hex(const char* text)
{
    return hex(std::string_view(text));
}

inline base::Bytes hex(const base::Json& value)
{
    return hex(value.get<std::string>());
}

inline std::string text(const base::Json& value)
{
    return value.get<std::string>();
}

/// For QCOMPARE: strings and bytes as Qt prints them.
inline QString shown(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

inline QString shown(base::ByteView value)
{
    return QString::fromStdString(base::toHex(value));
}

/// The script language of Bitcoin Core's test files: numbers, 0x raw bytes, 'text', opcode names.
inline bitcoin::Script assemble(const std::string& source)
{
    bitcoin::Script script;
    std::istringstream words(source);
    for (std::string word; words >> word;) {
        const bool number = word.find_first_not_of("-0123456789") == std::string::npos;
        if (word.starts_with("0x")) {
            const auto bytes = hex(word.substr(2));
            script.insert(script.end(), bytes.begin(), bytes.end());
        } else if (word.starts_with('\'')) {
            bitcoin::appendPush(script, base::viewOf(word.substr(1, word.size() - 2)));
        } else if (number) {
            bitcoin::appendNumber(script, std::stoll(word));
        } else {
            const auto wanted = word.starts_with("OP_") ? word : "OP_" + word;
            unsigned opcode = 0x4f;
            const auto name = [&] {
                return bitcoin::disassemble(std::array{static_cast<std::uint8_t>(opcode)});
            };
            while (opcode < 0x100 && name() != wanted)
                ++opcode;
            ASSERT(opcode < 0x100);
            script.push_back(static_cast<std::uint8_t>(opcode));
        }
    }
    return script;
}

} // namespace coffer::test
