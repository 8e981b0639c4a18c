// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/descriptor/slip132.h"

#include "core/base/base58.h"
#include "core/crypto/bip32.h"

namespace coffer::bitcoin {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// A row of SLIP-132, "Registered HD version bytes".
struct Prefix
{
    std::uint32_t version;
    KeyScript script;
    Network network; // Main or any test network.
};

constexpr std::array kPrefixes{
    Prefix{0x0488b21e, KeyScript::Any, Network::Main},
    Prefix{0x049d7cb2, KeyScript::NestedWitness, Network::Main},
    Prefix{0x04b24746, KeyScript::Witness, Network::Main},
    Prefix{0x0295b43f, KeyScript::NestedWitnessMultisig, Network::Main},
    Prefix{0x02aa7ed3, KeyScript::WitnessMultisig, Network::Main},
    Prefix{0x043587cf, KeyScript::Any, Network::Testnet4},
    Prefix{0x044a5262, KeyScript::NestedWitness, Network::Testnet4},
    Prefix{0x045f1cf6, KeyScript::Witness, Network::Testnet4},
    Prefix{0x024289ef, KeyScript::NestedWitnessMultisig, Network::Testnet4},
    Prefix{0x02575483, KeyScript::WitnessMultisig, Network::Testnet4},
};

bool looksPrivate(std::string_view text)
{
    return text.size() > 4 && text.substr(1, 3) == "prv";
}

} // namespace

Result<Slip132Key> convertSlip132(std::string_view text)
{
    // Before decoding, so that no copy of a secret is made.
    if (looksPrivate(text))
        return Error{ErrorCode::Rejected, "a private extended key where a public one is wanted"};
    auto payload = TRY(base::parseBase58Check(text));
    if (payload.size() != 78)
        return Error{ErrorCode::Malformed, "Base58 text that is no extended key"};
    base::ByteReader reader(payload);
    auto version = TRY(reader.u32be());
    const auto prefix = std::find_if(kPrefixes.begin(), kPrefixes.end(),
                                     [&](const Prefix& each) { return each.version == version; });
    if (prefix == kPrefixes.end())
        return Error{ErrorCode::Unsupported, "an extended key of an unknown kind"};
    base::ByteWriter writer;
    writer.u32be(paramsOf(prefix->network).xpubVersion);
    writer.append(base::ByteView(payload).subspan(4));
    Slip132Key key{base::toBase58Check(writer.view()), prefix->script,
                   prefix->network == Network::Main};
    TRY(crypto::ExtendedPublicKey::parse(key.xpub));
    return key;
}

} // namespace coffer::bitcoin
