// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/descriptor/descriptor_key.h"

#include "core/bitcoin/address.h"
#include "core/crypto/stack_wipe.h"

#include <charconv>

namespace coffer::bitcoin {

using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

// More alternatives than any wallet has chains; each one is a parse of the whole text.
constexpr std::size_t kMaxPaths = 64;
// An extended key has 111 characters, a WIF key 52; hex keys are 64, 66 or 130 long.
constexpr std::size_t kMinExtendedLength = 100;
constexpr std::size_t kUncompressedLength = 130;

Error badKey(const char* reason)
{
    return {ErrorCode::Malformed, reason};
}

std::string numberText(std::uint32_t number)
{
    char digits[16];
    return std::string(digits, std::to_chars(digits, digits + sizeof(digits), number).ptr);
}

/// "12", "12h" or "12'". BIP380 knows no capital H.
Result<std::uint32_t> parseStep(std::string_view text)
{
    std::uint32_t hardened = 0;
    if (text.ends_with('h') || text.ends_with('\'')) {
        hardened = crypto::kHardened;
        text.remove_suffix(1);
    }
    std::uint32_t number = 0;
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end)
        return badKey("a derivation step that is no number");
    if (number >= crypto::kHardened)
        return badKey("a derivation step of 2^31 or more");
    return number | hardened;
}

/// "<a;b;...>": the alternatives, all different.
Result<std::vector<std::uint32_t>> parseAlternatives(std::string_view text)
{
    text = text.substr(1, text.size() - 2);
    std::vector<std::uint32_t> steps;
    for (;;) {
        const auto semicolon = text.find(';');
        auto step = TRY(parseStep(text.substr(0, semicolon)));
        if (std::find(steps.begin(), steps.end(), step) != steps.end())
            return badKey("a multipath step that repeats a number");
        if (steps.size() == kMaxPaths)
            return Error{ErrorCode::TooLarge, "a multipath step with more than 64 numbers"};
        steps.push_back(step);
        if (semicolon == std::string_view::npos)
            break;
        text.remove_prefix(semicolon + 1);
    }
    if (steps.size() < 2)
        return badKey("a multipath step with a single number");
    return steps;
}

bool startsLikePrivate(std::string_view key)
{
    return key.starts_with("xprv") || key.starts_with("tprv");
}

crypto::KeyNetwork keyNetworkOf(Network network)
{
    return network == Network::Main ? crypto::KeyNetwork::Main : crypto::KeyNetwork::Test;
}

Error privateKeyRefused()
{
    return {ErrorCode::Rejected, "a descriptor with a private key"};
}

std::string pathText(const std::vector<std::uint32_t>& path)
{
    std::string text;
    for (const auto step : path) {
        text += '/' + numberText(step & ~crypto::kHardened);
        if ((step & crypto::kHardened) != 0)
            text += 'h';
    }
    return text;
}

bool isHardened(std::uint32_t step)
{
    return (step & crypto::kHardened) != 0;
}

} // namespace

Result<KeyExpression> KeyExpression::parse(std::string_view text, Network network, KeyPlace place,
                                           PrivateKeyRule privateKeys, PathChoice& choice)
{
    KeyExpression key;
    TRY(key.readOrigin(text));
    const auto slash = text.find('/');
    const auto name = text.substr(0, slash);
    const auto steps = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
    if (name.empty())
        return badKey("a key expression without a key");
    if (name.size() >= kMinExtendedLength && name.size() != kUncompressedLength)
        TRY(key.readExtended(name, steps, network, privateKeys, choice));
    else if (!steps.empty())
        return badKey("a derivation path after a single key");
    else
        TRY(key.readFixed(name, network, place, privateKeys));
    if (key.m_uncompressed && place != KeyPlace::Legacy)
        return badKey("an uncompressed key in segwit");
    key.m_place = place;
    return key;
}

Result<void> KeyExpression::readOrigin(std::string_view& text)
{
    if (!text.starts_with('['))
        return {};
    const auto end = text.find(']');
    if (end == std::string_view::npos)
        return badKey("a key origin without its end");
    auto origin = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    const auto slash = origin.find('/');
    const auto fingerprint = base::parseHexArray<4>(origin.substr(0, slash));
    if (!fingerprint)
        return badKey("a key origin begins with eight hex digits");
    m_origin = KeyOrigin{*fingerprint, {}};
    while (!origin.empty()) {
        const auto begin = origin.find('/');
        if (begin == std::string_view::npos)
            break;
        origin.remove_prefix(begin + 1);
        auto step = TRY(parseStep(origin.substr(0, origin.find('/'))));
        m_origin->path.push_back(step);
    }
    // BIP32 counts levels in one byte.
    if (m_origin->path.size() > 255)
        return Error{ErrorCode::TooLarge, "a key origin deeper than 255 levels"};
    return {};
}

Result<void> KeyExpression::readFixed(std::string_view key, Network network, KeyPlace place,
                                      PrivateKeyRule privateKeys)
{
    if (key.size() == 64 || key.size() == 66 || key.size() == kUncompressedLength)
        return readHex(key, place);
    auto wif = parseWif(key, network);
    if (!wif)
        return wif.error().code == ErrorCode::WrongNetwork
                   ? wif.error()
                   : badKey("neither a hex key nor an extended nor a private one");
    if (privateKeys == PrivateKeyRule::Refuse)
        return privateKeyRefused();
    auto publicKey = crypto::withStackWiped([&]() -> Result<crypto::PublicKey> {
        auto privateKey = TRY(crypto::PrivateKey::create(std::move(wif->secret)));
        return privateKey.publicKey();
    });
    if (!publicKey)
        return badKey("a private key that is no number of the curve");
    m_fixed = *publicKey;
    m_uncompressed = !wif->compressed;
    if (place == KeyPlace::Taproot && !m_uncompressed)
        return readHex(base::toHex(publicKey->xOnly().bytes()), place);
    return {};
}

Result<void> KeyExpression::readHex(std::string_view key, KeyPlace place)
{
    auto bytes = TRY(base::parseHex(key));
    if (bytes.size() == 32) {
        if (place != KeyPlace::Taproot)
            return badKey("an x-only key outside tr()");
        m_writtenXOnly = true;
        bytes.insert(bytes.begin(), 0x02);
    }
    m_uncompressed = bytes.size() == 65;
    m_fixed = TRY(crypto::PublicKey::parse(bytes));
    return {};
}

Result<void> KeyExpression::readExtended(std::string_view key, std::string_view steps,
                                         Network network, PrivateKeyRule privateKeys,
                                         PathChoice& choice)
{
    if (startsLikePrivate(key)) {
        if (privateKeys == PrivateKeyRule::Refuse)
            return privateKeyRefused();
        return readPrivate(key, steps, network, choice);
    }
    m_extended = TRY(crypto::ExtendedPublicKey::parse(key));
    if (m_extended->network() != keyNetworkOf(network))
        return Error{ErrorCode::WrongNetwork, "an extended key of another network"};
    TRY(readSteps(steps, choice));
    return deriveBranch();
}

Result<void> KeyExpression::readSteps(std::string_view steps, PathChoice& choice)
{
    bool multipath = false;
    while (!steps.empty()) {
        steps.remove_prefix(1); // The slash.
        const auto step = steps.substr(0, steps.find('/'));
        steps.remove_prefix(step.size());
        if (m_wildcard != Wildcard::None)
            return badKey("a derivation step after the wildcard");
        if (step.starts_with('*')) {
            if (step != "*" && step != "*h" && step != "*'")
                return badKey("a wildcard with something behind it");
            m_wildcard = step == "*" ? Wildcard::Normal : Wildcard::Hardened;
            continue;
        }
        if (!step.starts_with('<') || !step.ends_with('>')) {
            auto number = TRY(parseStep(step));
            m_steps.push_back(number);
            continue;
        }
        if (multipath)
            return badKey("two multipath steps in one key");
        multipath = true;
        auto alternatives = TRY(parseAlternatives(step));
        if (choice.count == 0)
            choice.count = alternatives.size();
        if (choice.count != alternatives.size())
            return badKey("multipath steps of different lengths");
        m_steps.push_back(alternatives[choice.index]);
    }
    return {};
}

Result<void> KeyExpression::readPrivate(std::string_view key, std::string_view steps,
                                        Network network, PathChoice& choice)
{
    TRY(readSteps(steps, choice));
    return crypto::withStackWiped([&]() -> Result<void> {
        auto root = TRY(crypto::ExtendedPrivateKey::parse(SecretBytes::copyOf(base::viewOf(key))));
        if (root.network() != keyNetworkOf(network))
            return Error{ErrorCode::WrongNetwork, "an extended key of another network"};
        // Everything up to the last hardened step moves into the origin; the rest is public. A
        // hardened wildcard makes every step a private one.
        auto cut = m_steps.size();
        if (m_wildcard != Wildcard::Hardened) {
            while (cut > 0 && !isHardened(m_steps[cut - 1]))
                --cut;
        }
        const std::vector<std::uint32_t> moved(m_steps.begin(),
                                               m_steps.begin() + static_cast<std::ptrdiff_t>(cut));
        m_steps.erase(m_steps.begin(), m_steps.begin() + static_cast<std::ptrdiff_t>(cut));
        if (!moved.empty()) {
            if (!m_origin)
                m_origin = KeyOrigin{root.fingerprint(), {}};
            m_origin->path.insert(m_origin->path.end(), moved.begin(), moved.end());
        }
        auto parent = TRY(root.derivePath(moved));
        m_extended = parent.neuter();
        if (m_wildcard == Wildcard::Hardened)
            m_private = std::make_shared<const crypto::ExtendedPrivateKey>(std::move(parent));
        return deriveBranch();
    });
}

Result<void> KeyExpression::deriveBranch()
{
    if (std::any_of(m_steps.begin(), m_steps.end(), isHardened))
        return {};
    m_branch = TRY(m_extended->derivePath(m_steps));
    if (isRanged() && m_branch->depth() == 255)
        return badKey("a key deeper than 255 levels");
    return {};
}

std::string KeyExpression::toString() const
{
    std::string text;
    if (m_origin)
        text = '[' + base::toHex(m_origin->fingerprint) + pathText(m_origin->path) + ']';
    if (m_fixed) {
        const base::ByteView bytes = m_fixed->bytes();
        if (m_uncompressed)
            return text + base::toHex(m_fixed->uncompressed());
        return text + base::toHex(m_writtenXOnly ? bytes.subspan(1) : bytes);
    }
    text += m_extended->toString() + pathText(m_steps);
    if (m_wildcard == Wildcard::Normal)
        text += "/*";
    else if (m_wildcard == Wildcard::Hardened)
        text += "/*h";
    return text;
}

bool KeyExpression::isPublic() const
{
    return m_fixed || (m_branch && m_wildcard != Wildcard::Hardened);
}

Result<DerivedKey> KeyExpression::derive(std::uint32_t index) const
{
    if (index >= crypto::kHardened)
        return Error{ErrorCode::OutOfRange, "an index of 2^31 or more"};
    DerivedKey derived;
    derived.xOnly = m_place == KeyPlace::Taproot;
    if (m_origin)
        derived.origin = *m_origin;
    if (m_fixed) {
        if (!m_origin) {
            const auto hash = m_fixed->hash160();
            std::copy_n(hash.begin(), 4, derived.origin.fingerprint.begin());
        }
        derived.publicKey = m_uncompressed ? base::bytesOf(m_fixed->uncompressed())
                                           : base::bytesOf(m_fixed->bytes());
        return derived;
    }
    if (!m_origin)
        derived.origin.fingerprint = m_extended->fingerprint();
    auto& path = derived.origin.path;
    path.insert(path.end(), m_steps.begin(), m_steps.end());
    if (!m_branch)
        return Error{ErrorCode::Unsupported, "a hardened step below a public key"};
    if (m_wildcard == Wildcard::None) {
        derived.publicKey = base::bytesOf(m_branch->publicKey().bytes());
        return derived;
    }
    if (m_wildcard == Wildcard::Normal) {
        path.push_back(index);
        auto child = TRY(m_branch->derive(index));
        derived.publicKey = base::bytesOf(child.publicKey().bytes());
        return derived;
    }
    if (!m_private)
        return Error{ErrorCode::Unsupported, "a hardened wildcard below a public key"};
    path.push_back(index | crypto::kHardened);
    auto hardened = crypto::withStackWiped([&]() -> Result<crypto::ExtendedPublicKey> {
        auto key = TRY(m_private->derive(index | crypto::kHardened));
        return key.neuter();
    });
    auto child = TRY(std::move(hardened));
    derived.publicKey = base::bytesOf(child.publicKey().bytes());
    return derived;
}

} // namespace coffer::bitcoin
