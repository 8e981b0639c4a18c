// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/payments/bitcoin_uri.h"

#include "core/base/utf8.h"
#include "core/bitcoin/address.h"

#include <algorithm>
#include <array>

namespace coffer::payments {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kScheme = "bitcoin:";
/// BIP321, "Proof of Payment": nothing that a browser or the system would load or run.
constexpr std::array<std::string_view, 5> kForbiddenPopSchemes{"http", "https", "file",
                                                               "javascript", "mailto"};

Error malformed(const char* what)
{
    return Error{ErrorCode::Malformed, std::string("payment URI: ") + what};
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// RFC 3986, section 2.1, to valid UTF-8.
Result<std::string> percentDecode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return malformed("broken percent-encoding");
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    if (!base::isUtf8(base::viewOf(out)))
        return malformed("text is not UTF-8");
    return out;
}

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kDigits[byte >> 4]);
        out.push_back(kDigits[byte & 15]);
    }
    return out;
}

/// Controls, and what reorders or hides text.
bool isHarmful(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200b || c == 0x200e ||
           c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

/// One character of valid UTF-8.
std::pair<char32_t, std::size_t> decodeOne(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80)
        return {byte(0), 1};
    const std::size_t size = byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
    char32_t c = byte(0) & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
        c = (c << 6) | (byte(i) & 0x3fU);
    return {c, size};
}

/// Collects the parameters of one URI.
class UriReader
{
public:
    explicit UriReader(bitcoin::Network network)
        : m_network(network)
    {
    }

    Result<BitcoinUri> read(std::string_view text);

private:
    Result<void> readParameter(std::string_view parameter);
    Result<void> setText(std::string& target, const std::string& key, std::string_view value);
    Result<void> setAmount(std::string_view value);
    Result<void> setPop(std::string_view value);
    Result<bool> addInstruction(const std::string& key, std::string_view value);
    Result<void> once(const std::string& key);

    bitcoin::Network m_network;
    BitcoinUri m_uri;
    std::vector<std::string> m_seen;
    bool m_foreignInstruction = false; ///< An address for another network.
};

Result<void> UriReader::once(const std::string& key)
{
    if (std::find(m_seen.begin(), m_seen.end(), key) != m_seen.end())
        return Error{ErrorCode::Malformed, "payment URI: " + key + " twice"};
    m_seen.push_back(key);
    return {};
}

Result<void> UriReader::setText(std::string& target, const std::string& key, std::string_view value)
{
    TRY(once(key));
    const std::string text = TRY(percentDecode(value));
    target = TRY(displayText(text));
    return {};
}

Result<void> UriReader::setAmount(std::string_view value)
{
    TRY(once("amount"));
    const std::int64_t amount = TRY(bitcoin::parseBtc(value));
    // Some shops write 0 where the payer chooses.
    if (amount != 0)
        m_uri.amount = amount;
    return {};
}

Result<void> UriReader::setPop(std::string_view value)
{
    TRY(once("pop"));
    const std::string target = TRY(percentDecode(value));
    const std::string scheme = lower(std::string_view(target).substr(0, target.find(':')));
    const bool forbidden = std::find(kForbiddenPopSchemes.begin(), kForbiddenPopSchemes.end(),
                                     scheme) != kForbiddenPopSchemes.end();
    if (!forbidden)
        m_uri.proofOfPayment = TRY(displayText(target));
    return {};
}

/// False for keys that are no instruction.
Result<bool> UriReader::addInstruction(const std::string& key, std::string_view value)
{
    Instruction kind = Instruction::Other;
    if (key == "sp")
        kind = Instruction::SilentPayment;
    else if (key == "bc" || key == "tb" || key == "bcrt")
        kind = Instruction::Segwit;
    else if (key == "lightning")
        kind = Instruction::Lightning;
    else if (key == "lno")
        kind = Instruction::LightningOffer;
    else if (key == "pay")
        kind = Instruction::PrivatePayment;
    else
        return false;
    const std::string text = TRY(percentDecode(value));
    const std::string shown = TRY(displayText(text));
    if (text.empty() || shown != text)
        return malformed("an instruction without a usable value");
    if (kind == Instruction::Segwit) {
        if (key != bitcoin::paramsOf(m_network).bech32Prefix) {
            m_foreignInstruction = true;
            return true;
        }
        const auto script = bitcoin::scriptOf(text, m_network);
        if (!script)
            return script.error();
    }
    m_uri.instructions.push_back({kind, key, text});
    return true;
}

Result<void> UriReader::readParameter(std::string_view parameter)
{
    const std::size_t equals = parameter.find('=');
    const std::string key = lower(parameter.substr(0, equals));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : parameter.substr(equals + 1);
    if (key.empty())
        return malformed("parameter without a name");
    if (key == "amount")
        return setAmount(value);
    if (key == "label")
        return setText(m_uri.label, key, value);
    if (key == "message")
        return setText(m_uri.message, key, value);
    if (key == "pop")
        return setPop(value);
    if (key.starts_with("req-"))
        return Error{ErrorCode::Unsupported, "payment URI requires " + key};
    const bool isInstruction = TRY(addInstruction(key, value));
    if (isInstruction)
        return {};
    // Unknown ones are ignored, but must be well-formed.
    const auto decoded = percentDecode(value);
    return decoded ? Result<void>() : Result<void>(decoded.error());
}

Result<BitcoinUri> UriReader::read(std::string_view text)
{
    const std::size_t question = text.find('?');
    const std::string_view address = text.substr(0, question);
    if (question != std::string_view::npos) {
        std::string_view rest = text.substr(question + 1);
        while (true) {
            const std::size_t end = rest.find('&');
            TRY(readParameter(rest.substr(0, end)));
            if (end == std::string_view::npos)
                break;
            rest = rest.substr(end + 1);
        }
    }
    if (!address.empty()) {
        const auto script = bitcoin::scriptOf(address, m_network);
        if (!script)
            return script.error();
        m_uri.address = std::string(address);
        return m_uri;
    }
    if (!m_uri.instructions.empty())
        return m_uri;
    if (m_foreignInstruction)
        return Error{ErrorCode::WrongNetwork, "payment URI: addresses of another network only"};
    return Error{ErrorCode::NotFound, "payment URI: nobody to pay"};
}

std::string_view trimmed(std::string_view text)
{
    const std::string_view space = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

} // namespace

bool isBitcoinUri(std::string_view text)
{
    return text.size() >= kScheme.size() && lower(text.substr(0, kScheme.size())) == kScheme;
}

Result<BitcoinUri> parseBitcoinUri(std::string_view text, bitcoin::Network network)
{
    if (text.size() > kMaxUriSize)
        return Error{ErrorCode::TooLarge, "payment URI above 4 KB"};
    if (!isBitcoinUri(text))
        return malformed("no bitcoin: URI");
    for (const char c : text) {
        if (c <= 0x20 || c >= 0x7f || c == '#')
            return malformed("a character that must be percent-encoded");
    }
    return UriReader(network).read(text.substr(kScheme.size()));
}

std::string writeBitcoinUri(const BitcoinUri& uri)
{
    std::string out = std::string(kScheme) + uri.address;
    char separator = '?';
    const auto add = [&](std::string_view key, const std::string& value) {
        out += separator;
        out += key;
        out += '=';
        out += value;
        separator = '&';
    };
    if (uri.amount) {
        std::string amount = bitcoin::formatBtc(*uri.amount);
        while (amount.ends_with('0'))
            amount.pop_back();
        if (amount.ends_with('.'))
            amount.pop_back();
        add("amount", amount);
    }
    if (!uri.label.empty())
        add("label", percentEncode(uri.label));
    if (!uri.message.empty())
        add("message", percentEncode(uri.message));
    for (const UriInstruction& instruction : uri.instructions)
        add(instruction.key, percentEncode(instruction.value));
    if (!uri.proofOfPayment.empty())
        add("pop", percentEncode(uri.proofOfPayment));
    return out;
}

std::string payableAddress(const BitcoinUri& uri)
{
    if (!uri.address.empty())
        return uri.address;
    for (const UriInstruction& instruction : uri.instructions) {
        if (instruction.kind == Instruction::Segwit)
            return instruction.value;
    }
    return {};
}

Result<PaymentTarget> parsePaymentTarget(std::string_view text, bitcoin::Network network)
{
    const std::string_view wanted = trimmed(text);
    if (isBitcoinUri(wanted)) {
        auto uri = TRY(parseBitcoinUri(wanted, network));
        return PaymentTarget{std::move(uri), true};
    }
    if (wanted.size() > kMaxUriSize)
        return Error{ErrorCode::TooLarge, "too long for an address"};
    const auto script = bitcoin::scriptOf(wanted, network);
    if (!script)
        return script.error();
    PaymentTarget target;
    target.uri.address = std::string(wanted);
    return target;
}

Result<std::string> displayText(std::string_view utf8)
{
    if (!base::isUtf8(base::viewOf(utf8)))
        return malformed("text is not UTF-8");
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto [character, size] = decodeOne(utf8.substr(i));
        if (!isHarmful(character))
            out.append(utf8.substr(i, size));
        i += size;
    }
    return out;
}

std::string groupedAddress(std::string_view address)
{
    std::string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
        if (i > 0 && i % 4 == 0)
            out.push_back(' ');
        out.push_back(address[i]);
    }
    return out;
}

} // namespace coffer::payments
