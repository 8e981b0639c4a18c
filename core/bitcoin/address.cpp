// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/address.h"

#include "core/base/base58.h"
#include "core/base/bech32.h"
#include "core/crypto/secp256k1.h"

namespace coffer::bitcoin {

using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

constexpr std::array kNetworks{Network::Main, Network::Testnet4, Network::Signet, Network::Regtest};
constexpr std::array<std::string_view, 2> kSilentPaymentPrefixes{"sp", "tsp"};
constexpr std::size_t kMaxBase58AddressLength = 35;

/// What stands before the last '1', in lower case; empty when there is none.
std::string bech32Prefix(std::string_view text)
{
    const auto separator = text.rfind('1');
    std::string prefix(text.substr(0, separator == std::string_view::npos ? 0 : separator));
    for (auto& c : prefix) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return prefix;
}

bool isBitcoinPrefix(std::string_view prefix)
{
    return std::any_of(kNetworks.begin(), kNetworks.end(),
                       [&](Network network) { return paramsOf(network).bech32Prefix == prefix; });
}

bool isSilentPaymentPrefix(std::string_view prefix)
{
    return std::find(kSilentPaymentPrefixes.begin(), kSilentPaymentPrefixes.end(), prefix) !=
           kSilentPaymentPrefixes.end();
}

Error wrongNetwork()
{
    return {ErrorCode::WrongNetwork, "an address of another network"};
}

Result<Address> parseSegwit(std::string_view text, const NetworkParams& params)
{
    auto decoded = TRY(base::parseSegwitAddress(text));
    if (decoded.prefix != params.bech32Prefix)
        return wrongNetwork();
    Script script;
    appendNumber(script, decoded.version);
    script.push_back(static_cast<std::uint8_t>(decoded.program.size()));
    script.insert(script.end(), decoded.program.begin(), decoded.program.end());
    return Address{classify(script), script};
}

Result<Address> parseBase58(std::string_view text, const NetworkParams& params)
{
    auto payload = TRY(base::parseBase58Check(text));
    if (payload.size() != 21)
        return Error{ErrorCode::Malformed, "Base58 text that is no address"};
    base::ByteArray<20> hash{};
    std::copy_n(payload.begin() + 1, 20, hash.begin());
    if (payload[0] == params.p2pkhVersion)
        return Address{ScriptType::P2pkh, p2pkh(hash)};
    if (payload[0] == params.p2shVersion)
        return Address{ScriptType::P2sh, p2sh(hash)};
    for (const auto network : kNetworks) {
        const auto& other = paramsOf(network);
        if (payload[0] == other.p2pkhVersion || payload[0] == other.p2shVersion)
            return wrongNetwork();
    }
    return Error{ErrorCode::Malformed, "an address of no Bitcoin network"};
}

} // namespace

Result<Address> parseAddress(std::string_view text, Network network)
{
    const auto& params = paramsOf(network);
    const auto prefix = bech32Prefix(text);
    if (isSilentPaymentPrefix(prefix)) {
        TRY(base::parseBech32(text, base::kBech32LongMaxLength));
        return Error{ErrorCode::Unsupported, "a silent-payment address"};
    }
    if (isBitcoinPrefix(prefix))
        return parseSegwit(text, params);
    if (text.size() <= kMaxBase58AddressLength)
        return parseBase58(text, params);
    if (base::parseSegwitAddress(text))
        return Error{ErrorCode::WrongNetwork, "an address of another coin"};
    return Error{ErrorCode::Malformed, "neither a Base58 nor a bech32 address"};
}

Result<Script> scriptOf(std::string_view address, Network network)
{
    auto parsed = TRY(parseAddress(address, network));
    switch (parsed.type) {
    case ScriptType::UnknownWitness:
        return Error{ErrorCode::Unsupported, "an address of a future witness version"};
    case ScriptType::P2a:
        return Error{ErrorCode::Unsupported, "a pay-to-anchor address, which anybody may spend"};
    case ScriptType::P2tr:
        if (!crypto::XOnlyPublicKey::parse(ByteView(parsed.script).subspan(2)))
            return Error{ErrorCode::Unsupported, "a taproot address that nobody can spend from"};
        break;
    default:
        break;
    }
    return parsed.script;
}

Result<std::string> addressOf(ByteView script, Network network)
{
    const auto& params = paramsOf(network);
    const auto base58 = [](std::uint8_t version, ByteView hash) {
        return base::toBase58Check(base::concat(std::array{version}, hash));
    };
    switch (classify(script)) {
    case ScriptType::P2pkh:
        return base58(params.p2pkhVersion, script.subspan(3, 20));
    case ScriptType::P2sh:
        return base58(params.p2shVersion, script.subspan(2, 20));
    case ScriptType::P2wpkh:
    case ScriptType::P2wsh:
    case ScriptType::P2tr:
    case ScriptType::P2a:
    case ScriptType::UnknownWitness: {
        const auto program = witnessProgram(script);
        return base::toSegwitAddress(
            {std::string(params.bech32Prefix), program->version, program->program});
    }
    case ScriptType::P2pk:
    case ScriptType::Multisig:
    case ScriptType::OpReturn:
    case ScriptType::NonStandard:
        break;
    }
    return Error{ErrorCode::NotFound, "a script without an address"};
}

std::vector<std::size_t> likelyMistakes(std::string_view address)
{
    if (!isBitcoinPrefix(bech32Prefix(address)))
        return {};
    return base::locateBech32Errors(address);
}

Result<WifKey> parseWif(std::string_view text, Network network)
{
    auto payload = TRY(base::parseBase58CheckSecret(SecretBytes::copyOf(base::viewOf(text))));
    const ByteView bytes = std::as_const(payload).reveal();
    if (bytes.size() != 33 && (bytes.size() != 34 || bytes[33] != 0x01))
        return Error{ErrorCode::Malformed, "no private key in wallet import format"};
    const auto version = bytes[0];
    const bool known = std::any_of(kNetworks.begin(), kNetworks.end(), [&](Network each) {
        return paramsOf(each).wifVersion == version;
    });
    if (!known)
        return Error{ErrorCode::Malformed, "no private key in wallet import format"};
    if (version != paramsOf(network).wifVersion)
        return Error{ErrorCode::WrongNetwork, "a private key of another network"};
    WifKey key;
    key.secret = SecretBytes::copyOf(bytes.subspan(1, 32));
    key.compressed = bytes.size() == 34;
    return key;
}

} // namespace coffer::bitcoin
