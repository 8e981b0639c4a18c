// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <string>
#include <string_view>

namespace coffer::lightnode {

/// BIP155 network ids, and names that only a resolver or a proxy understands.
enum class AddressKind : std::uint8_t
{
    Name = 0, ///< A host name: own nodes, DNS seeds reached through a proxy.
    Ipv4 = 1,
    Ipv6 = 2,
    TorV3 = 4,
    I2p = 5,
    Cjdns = 6,
    Yggdrasil = 7
};

/// Where a peer can be reached.
struct PeerAddress
{
    AddressKind kind = AddressKind::Name;
    base::Bytes bytes; ///< 4, 16, 32 bytes by kind; the text of a Name.
    std::uint16_t port = 0;

    /// "203.0.113.7", "2001:db8::1", "....onion", "my.node": what a socket or a proxy takes.
    std::string host() const;
    /// With the port, IPv6 in brackets; the key of the peer book.
    std::string toString() const;
    /// /16 of IPv4, /32 of IPv6, the kind itself for overlays, the whole text of a name.
    std::string networkGroup() const;
    /// Publicly routable (IPv4, IPv6) or an overlay address: worth keeping from gossip.
    bool isRoutable() const;

    bool operator==(const PeerAddress&) const = default;
};

/// "HOST", "HOST:PORT", "[v6]:PORT", "x.onion:PORT". Malformed, OutOfRange.
base::Result<PeerAddress> parsePeerAddress(std::string_view text, std::uint16_t defaultPort);
/// From the 16 bytes of version 1 messages: IPv4-mapped becomes Ipv4.
PeerAddress addressFromIp16(const base::ByteArray<16>& ip, std::uint16_t port);

} // namespace coffer::lightnode
