// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Scripts as text, for a person who inspects a transaction.

#include "core/base/hex.h"
#include "core/bitcoin/script.h"

namespace coffer::bitcoin {

namespace {

// From 0x61 (OP_NOP) to 0xba (OP_CHECKSIGADD), as the BIPs write them.
constexpr std::array<std::string_view, 0xba - 0x61 + 1> kNames{
    "OP_NOP",
    "OP_VER",
    "OP_IF",
    "OP_NOTIF",
    "OP_VERIF",
    "OP_VERNOTIF",
    "OP_ELSE",
    "OP_ENDIF",
    "OP_VERIFY",
    "OP_RETURN",
    "OP_TOALTSTACK",
    "OP_FROMALTSTACK",
    "OP_2DROP",
    "OP_2DUP",
    "OP_3DUP",
    "OP_2OVER",
    "OP_2ROT",
    "OP_2SWAP",
    "OP_IFDUP",
    "OP_DEPTH",
    "OP_DROP",
    "OP_DUP",
    "OP_NIP",
    "OP_OVER",
    "OP_PICK",
    "OP_ROLL",
    "OP_ROT",
    "OP_SWAP",
    "OP_TUCK",
    "OP_CAT",
    "OP_SUBSTR",
    "OP_LEFT",
    "OP_RIGHT",
    "OP_SIZE",
    "OP_INVERT",
    "OP_AND",
    "OP_OR",
    "OP_XOR",
    "OP_EQUAL",
    "OP_EQUALVERIFY",
    "OP_RESERVED1",
    "OP_RESERVED2",
    "OP_1ADD",
    "OP_1SUB",
    "OP_2MUL",
    "OP_2DIV",
    "OP_NEGATE",
    "OP_ABS",
    "OP_NOT",
    "OP_0NOTEQUAL",
    "OP_ADD",
    "OP_SUB",
    "OP_MUL",
    "OP_DIV",
    "OP_MOD",
    "OP_LSHIFT",
    "OP_RSHIFT",
    "OP_BOOLAND",
    "OP_BOOLOR",
    "OP_NUMEQUAL",
    "OP_NUMEQUALVERIFY",
    "OP_NUMNOTEQUAL",
    "OP_LESSTHAN",
    "OP_GREATERTHAN",
    "OP_LESSTHANOREQUAL",
    "OP_GREATERTHANOREQUAL",
    "OP_MIN",
    "OP_MAX",
    "OP_WITHIN",
    "OP_RIPEMD160",
    "OP_SHA1",
    "OP_SHA256",
    "OP_HASH160",
    "OP_HASH256",
    "OP_CODESEPARATOR",
    "OP_CHECKSIG",
    "OP_CHECKSIGVERIFY",
    "OP_CHECKMULTISIG",
    "OP_CHECKMULTISIGVERIFY",
    "OP_NOP1",
    "OP_CHECKLOCKTIMEVERIFY",
    "OP_CHECKSEQUENCEVERIFY",
    "OP_NOP4",
    "OP_NOP5",
    "OP_NOP6",
    "OP_NOP7",
    "OP_NOP8",
    "OP_NOP9",
    "OP_NOP10",
    "OP_CHECKSIGADD",
};

std::string nameOf(std::uint8_t opcode)
{
    if (opcode == OP_0)
        return "OP_0";
    if (opcode == OP_1NEGATE)
        return "OP_1NEGATE";
    if (opcode == 0x50)
        return "OP_RESERVED";
    if (opcode >= OP_1 && opcode <= OP_16) {
        const int number = opcode - OP_1 + 1;
        std::string text = "OP_";
        if (number >= 10)
            text += '1';
        text += static_cast<char>('0' + number % 10);
        return text;
    }
    if (opcode >= 0x61 && opcode <= 0xba)
        return std::string(kNames[opcode - 0x61]);
    return "OP_UNKNOWN_" + base::toHex(std::array{opcode});
}

} // namespace

std::string disassemble(base::ByteView script)
{
    std::string text;
    for (std::size_t position = 0; position < script.size();) {
        if (!text.empty())
            text += ' ';
        const auto op = readOp(script, position);
        if (!op)
            return text + "[error]";
        text += op->data.empty() ? nameOf(op->opcode) : base::toHex(op->data);
        position = op->end;
    }
    return text;
}

} // namespace coffer::bitcoin
