// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/wire/peer_address.h"

#include "core/base/hex.h"
#include "core/bitcoin/onion.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace coffer::lightnode {

using base::ByteArray;
using base::Bytes;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

std::string ipv4Text(const Bytes& bytes)
{
    std::string out;
    for (std::size_t i = 0; i < 4; ++i)
        out += (i > 0 ? "." : "") + std::to_string(bytes[i]);
    return out;
}

/// RFC 5952: lower case, no leading zeros, the longest run of zero groups becomes "::".
std::string ipv6Text(const Bytes& bytes)
{
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = (static_cast<unsigned>(bytes[2 * i]) << 8) | bytes[2 * i + 1];
    std::size_t bestStart = 8;
    std::size_t bestLength = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && groups[end] == 0)
            ++end;
        if (end - i > bestLength) {
            bestStart = i;
            bestLength = end - i;
        }
        i = std::max(end, i + 1);
    }
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == bestStart) {
            out += "::";
            i += bestLength - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':')
            out += ':';
        std::array<char, 8> digits{};
        const auto end = std::to_chars(digits.begin(), digits.end(), groups[i], 16).ptr;
        out.append(digits.begin(), end);
    }
    return out;
}

template <typename Number>
std::optional<Number> parseNumber(std::string_view text, int radix)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, radix);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> out;
    std::size_t start = 0;
    while (true) {
        const auto end = text.find(separator, start);
        out.push_back(text.substr(start, end - start));
        if (end == std::string_view::npos)
            return out;
        start = end + 1;
    }
}

std::optional<Bytes> parseIpv4(std::string_view text)
{
    const auto parts = split(text, '.');
    if (parts.size() != 4)
        return std::nullopt;
    Bytes out;
    for (const auto part : parts) {
        const auto number = parseNumber<std::uint8_t>(part, 10);
        if (!number)
            return std::nullopt;
        out.push_back(*number);
    }
    return out;
}

std::optional<Bytes> parseIpv6(std::string_view text)
{
    const auto gap = text.find("::");
    const auto readGroups = [](std::string_view part) -> std::optional<Bytes> {
        Bytes out;
        if (part.empty())
            return out;
        for (const auto group : split(part, ':')) {
            if (const auto v4 = parseIpv4(group)) {
                out.insert(out.end(), v4->begin(), v4->end());
                continue;
            }
            const auto number = parseNumber<std::uint16_t>(group, 16);
            if (!number || group.size() > 4)
                return std::nullopt;
            out.push_back(static_cast<std::uint8_t>(*number >> 8));
            out.push_back(static_cast<std::uint8_t>(*number & 0xff));
        }
        return out;
    };
    if (gap == std::string_view::npos) {
        auto out = readGroups(text);
        return out && out->size() == 16 ? out : std::nullopt;
    }
    auto head = readGroups(text.substr(0, gap));
    const auto tail = readGroups(text.substr(gap + 2));
    if (!head || !tail || head->size() + tail->size() > 14)
        return std::nullopt;
    head->resize(16 - tail->size());
    head->insert(head->end(), tail->begin(), tail->end());
    return head;
}

std::string lowerCase(std::string_view text)
{
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool isHostName(std::string_view text)
{
    return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

Result<PeerAddress> parseHost(std::string_view text)
{
    PeerAddress out;
    if (const auto v4 = parseIpv4(text)) {
        out.kind = AddressKind::Ipv4;
        out.bytes = *v4;
        return out;
    }
    if (const auto v6 = parseIpv6(text)) {
        ByteArray<16> ip{};
        std::copy(v6->begin(), v6->end(), ip.begin());
        return addressFromIp16(ip, 0);
    }
    const std::string name = lowerCase(text);
    if (name.ends_with(".onion")) {
        auto key = TRY(bitcoin::parseOnionName(name));
        out.kind = AddressKind::TorV3;
        out.bytes = base::bytesOf(key);
        return out;
    }
    if (!isHostName(name))
        return Error{ErrorCode::Malformed, "not a host name"};
    out.kind = AddressKind::Name;
    out.bytes = base::bytesOf(std::string_view(name));
    return out;
}

bool isPublicIpv4(const Bytes& b)
{
    return !(b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224 ||
             (b[0] == 100 && (b[1] & 0xc0) == 64) || (b[0] == 169 && b[1] == 254) ||
             (b[0] == 172 && (b[1] & 0xf0) == 16) || (b[0] == 192 && b[1] == 168) ||
             (b[0] == 192 && b[1] == 0 && b[2] == 2) || (b[0] == 198 && (b[1] & 0xfe) == 18) ||
             (b[0] == 198 && b[1] == 51 && b[2] == 100) ||
             (b[0] == 203 && b[1] == 0 && b[2] == 113));
}

} // namespace

std::string PeerAddress::host() const
{
    switch (kind) {
    case AddressKind::Name:
        return std::string(bytes.begin(), bytes.end());
    case AddressKind::Ipv4:
        return ipv4Text(bytes);
    case AddressKind::Ipv6:
    case AddressKind::Cjdns:
    case AddressKind::Yggdrasil:
        return ipv6Text(bytes);
    case AddressKind::TorV3: {
        ByteArray<32> key{};
        std::copy(bytes.begin(), bytes.end(), key.begin());
        return bitcoin::onionName(key);
    }
    case AddressKind::I2p:
        return base::toHex(bytes) + ".i2p"; // Kept, never dialled.
    }
    return {};
}

std::string PeerAddress::toString() const
{
    const bool brackets =
        kind == AddressKind::Ipv6 || kind == AddressKind::Cjdns || kind == AddressKind::Yggdrasil;
    return (brackets ? "[" + host() + "]" : host()) + ":" + std::to_string(port);
}

std::string PeerAddress::networkGroup() const
{
    switch (kind) {
    case AddressKind::Ipv4:
        return "4:" + std::to_string(bytes[0]) + "." + std::to_string(bytes[1]);
    case AddressKind::Ipv6:
        return "6:" + base::toHex(base::ByteView(bytes).first(4));
    case AddressKind::Name:
        return toString();
    case AddressKind::TorV3:
        return "onion";
    case AddressKind::I2p:
        return "i2p";
    case AddressKind::Cjdns:
        return "cjdns";
    case AddressKind::Yggdrasil:
        return "yggdrasil";
    }
    return {};
}

bool PeerAddress::isRoutable() const
{
    if (port == 0)
        return false;
    switch (kind) {
    case AddressKind::Ipv4:
        return isPublicIpv4(bytes);
    case AddressKind::Ipv6:
        // Global unicast without the documentation block.
        return (bytes[0] & 0xe0) == 0x20 &&
               !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8);
    case AddressKind::TorV3:
        return true;
    case AddressKind::Name:
    case AddressKind::I2p:
    case AddressKind::Cjdns:
    case AddressKind::Yggdrasil:
        return false;
    }
    return false;
}

Result<PeerAddress> parsePeerAddress(std::string_view text, std::uint16_t defaultPort)
{
    std::string_view host = text;
    std::optional<std::string_view> portText;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return Error{ErrorCode::Malformed, "missing ]"};
        host = text.substr(1, end - 1);
        if (end + 1 < text.size()) {
            if (text[end + 1] != ':')
                return Error{ErrorCode::Malformed, "expected :PORT"};
            portText = text.substr(end + 2);
        }
        if (!parseIpv6(host))
            return Error{ErrorCode::Malformed, "not an IPv6 address"};
    } else if (const auto colon = text.rfind(':');
               colon != std::string_view::npos && text.find(':') == colon) {
        host = text.substr(0, colon);
        portText = text.substr(colon + 1);
    }
    auto address = TRY(parseHost(host));
    address.port = defaultPort;
    if (portText) {
        const auto port = parseNumber<std::uint16_t>(*portText, 10);
        if (!port || *port == 0)
            return Error{ErrorCode::OutOfRange, "port"};
        address.port = *port;
    }
    return address;
}

PeerAddress addressFromIp16(const ByteArray<16>& ip, std::uint16_t port)
{
    constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    PeerAddress out;
    out.port = port;
    if (std::equal(std::begin(kMapped), std::end(kMapped), ip.begin())) {
        out.kind = AddressKind::Ipv4;
        out.bytes.assign(ip.begin() + 12, ip.end());
    } else {
        out.kind = ip[0] == 0xfc ? AddressKind::Cjdns : AddressKind::Ipv6;
        out.bytes.assign(ip.begin(), ip.end());
    }
    return out;
}

} // namespace coffer::lightnode
