// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/peers.h"

#include "core/base/log.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::int64_t kConnectMs = 5'000;
constexpr std::int64_t kConnectProxiedMs = 30'000;
constexpr std::int64_t kHandshakeMs = 10'000;
constexpr std::int64_t kHandshakeProxiedMs = 40'000;
constexpr std::int64_t kPingEveryMs = 120'000;
constexpr std::int64_t kPongMs = 5 * 60'000;
constexpr std::int64_t kPongProxiedMs = 8 * 60'000;
constexpr std::int64_t kAddressSourceMs = 30'000;
constexpr std::int64_t kSeedEveryMs = 10 * 60'000;
constexpr std::int64_t kRedialMs = 500; // Between two rounds of choosing, when nobody was found.
constexpr std::int64_t kNobodyMs = 5'000;
constexpr std::int64_t kBanSeconds = 24 * 60 * 60;
constexpr std::size_t kDialsAtOnce = 4;
constexpr std::size_t kFewAddresses = 30;
constexpr std::int32_t kOldestVersion = 70012; // Knows sendheaders.
constexpr std::int32_t kOurVersion = 70016;
constexpr std::int32_t kWtxidVersion = 70016;
constexpr std::int64_t kOwnRedialMs = 1'000;
constexpr std::int64_t kOwnRedialMaxMs = 30'000;
constexpr std::int64_t kRotateMs = 2 * 60 * 60'000;

// What many small clients say; it shall not tell a wallet from the rest.
constexpr std::string_view kNeutralAgent = "/pynode:0.0.1/";
constexpr std::string_view kAgent = "/Coffer:0.1.0/";

} // namespace

Peer* Peers::find(PeerId id)
{
    for (auto& peer : m_peers) {
        if (peer.id == id && peer.state != PeerState::Closed)
            return &peer;
    }
    return nullptr;
}

Peer& Peers::open(const PeerAddress& address, PeerRole role)
{
    auto& peer = m_peers.emplace_back(m_nextId++, address, role, m_context.params.magic);
    const auto& own = m_context.config.ownNodes;
    peer.ownNode = std::find(own.begin(), own.end(), address) != own.end();
    peer.proxied = m_context.config.route == Route::Proxy;
    peer.sourceClass = peer.ownNode ? "own" : m_context.book.sourceClass(peer.key);
    peer.openedMs = m_context.ms();
    peer.deadline = patience(peer, kConnectMs, kConnectProxiedMs);
    peer.nonce = m_context.random.u64();
    std::string isolation;
    if (peer.proxied) {
        // A user of its own gives each connection its own circuit.
        isolation = std::to_string(m_context.random.u64());
    }
    m_context.book.tried(peer.key, m_context.now.utcSeconds);
    m_context.effect(Connect{peer.id, address, m_context.config.route, std::move(isolation), role});
    m_context.statusChanged = true;
    return peer;
}

void Peers::send(Peer& peer, const Message& message)
{
    if (peer.state == PeerState::Closed)
        return;
    m_context.effect(Send{peer.id, encodeMessage(m_context.params.magic, message)});
}

void Peers::remember(Peer& peer)
{
    if (peer.bytesPerSecond > 0)
        m_context.book.measured(peer.key, peer.bytesPerSecond);
    if (peer.ownNode && peer.isSync()) {
        auto& dial = m_ownDials[peer.key];
        if (peer.isUsable())
            dial.failures = 0;
        const auto wait = std::min(kOwnRedialMs << std::min(dial.failures, 6U), kOwnRedialMaxMs);
        ++dial.failures;
        dial.notBefore = m_context.ms() + wait;
    }
    peer.state = PeerState::Closed;
    m_gone.push_back(peer.id);
    m_context.statusChanged = true;
}

void Peers::close(Peer& peer, std::string_view reason)
{
    if (peer.state == PeerState::Closed)
        return;
    base::log(base::LogLevel::Debug, "lightnode",
              "closed " + peer.key + ": " + std::string(reason));
    m_context.effect(Close{peer.id, std::string(reason)});
    remember(peer);
}

void Peers::fail(Peer& peer, std::string_view reason)
{
    if (peer.state == PeerState::Closed)
        return;
    m_context.book.failed(peer.key);
    close(peer, reason);
}

void Peers::ban(Peer& peer, std::string_view lie)
{
    if (peer.state == PeerState::Closed)
        return;
    m_context.fact(PeerMisbehaved{peer.key, std::string(lie), !peer.ownNode});
    if (!peer.ownNode) {
        m_context.book.ban(peer.key, m_context.now.utcSeconds + kBanSeconds, std::string(lie));
    }
    fail(peer, lie);
}

void Peers::otherChain(Peer& peer, std::string_view reason)
{
    if (peer.state == PeerState::Closed)
        return;
    m_context.book.markOtherChain(peer.key, m_context.now.utcSeconds + kBanSeconds);
    close(peer, reason);
}

void Peers::closeAll(std::string_view reason)
{
    for (auto& peer : m_peers)
        close(peer, reason);
}

void Peers::connected(PeerId id)
{
    auto* peer = find(id);
    if (peer == nullptr || peer->state != PeerState::Dialing)
        return;
    peer->state = PeerState::VersionSent;
    peer->deadline = patience(*peer, kHandshakeMs, kHandshakeProxiedMs);
    VersionMessage version;
    version.version = kOurVersion;
    version.time = m_context.now.utcSeconds;
    version.nonce = peer->nonce;
    version.userAgent = peer->role == PeerRole::Broadcaster ? kNeutralAgent : kAgent;
    // Whoever relays to us must be told now: it cannot be switched on later.
    const bool relay = peer->role == PeerRole::RelayWatcher ||
                       peer->role == PeerRole::EchoListener || (peer->isSync() && peer->ownNode);
    version.relay = relay ? 1 : 0;
    send(*peer, version);
    m_context.statusChanged = true;
}

void Peers::closed(PeerId id, std::string_view reason)
{
    auto* peer = find(id);
    if (peer == nullptr)
        return;
    base::log(base::LogLevel::Debug, "lightnode",
              std::string("connection ended: ") + std::string(reason));
    if (!peer->isHandshaken())
        m_context.book.failed(peer->key);
    remember(*peer);
}

bool Peers::handleVersion(Peer& peer, const VersionMessage& version)
{
    if (peer.sawVersion || peer.state != PeerState::VersionSent)
        return true; // A second one is ignored, as everybody does.
    for (const auto& other : m_peers) {
        if (other.nonce == version.nonce && other.state != PeerState::Closed) {
            fail(peer, "connected to ourselves");
            return true;
        }
    }
    peer.sawVersion = true;
    peer.services = version.services;
    peer.agent = version.userAgent;
    peer.claimedHeight = version.height;
    if (version.version < kOldestVersion) {
        fail(peer, "protocol too old");
        return true;
    }
    const bool foreignChain = m_context.config.network == bitcoin::Network::Main &&
                              (version.services & service::kBlake2bChain) != 0;
    if (peer.isSync() && !peer.ownNode) {
        if (foreignChain) {
            otherChain(peer, "announces the other chain");
            return true;
        }
        if ((version.services & service::kWanted) != service::kWanted)
            peer.role = PeerRole::AddressSource; // Good enough to hear of others.
    }
    if (version.version >= kWtxidVersion) {
        // Between its version and our verack, or it hangs up.
        peer.wtxidRelay = true;
        send(peer, SimpleMessage::WtxidRelay);
        send(peer, SimpleMessage::SendAddrV2);
    }
    send(peer, SimpleMessage::Verack);
    return true;
}

void Peers::handleVerack(Peer& peer)
{
    if (peer.state != PeerState::VersionSent || !peer.sawVersion)
        return;
    peer.state = PeerState::Handshaken;
    peer.nextPing = m_context.ms() + kPingEveryMs;
    m_context.book.succeeded(peer.key, peer.services, m_context.ms() - peer.openedMs,
                             m_context.now.utcSeconds);
    m_context.statusChanged = true;
    if (peer.isSync()) {
        peer.deadline = kNever;
        send(peer, SimpleMessage::SendHeaders);
        peer.state = PeerState::Probing;
        const bool wantsMore = !m_context.isRegtest() && !peer.ownNode &&
                               m_context.book.promising(m_context.now.utcSeconds) < kFewAddresses;
        if (wantsMore) {
            peer.askedAddresses = true;
            send(peer, SimpleMessage::GetAddr);
        }
    } else if (peer.role == PeerRole::AddressSource) {
        peer.deadline = patience(peer, kAddressSourceMs, 2 * kAddressSourceMs);
        peer.askedAddresses = true;
        send(peer, SimpleMessage::GetAddr);
    } else {
        peer.deadline = kNever; // The role's owner sets its own.
    }
}

void Peers::handleAddresses(const Peer& peer, const AddressesMessage& message)
{
    for (const auto& entry : message.addresses) {
        if ((entry.services & service::kWanted) != service::kWanted)
            continue;
        const auto source =
            peer.address.kind == AddressKind::Name ? PeerSource::Dns : PeerSource::Gossip;
        m_context.book.add(entry.address, entry.services, source, peer.networkGroup());
    }
}

bool Peers::handle(Peer& peer, const Message& message)
{
    if (const auto* version = std::get_if<VersionMessage>(&message))
        return handleVersion(peer, *version);
    if (!peer.sawVersion)
        return true; // Nothing counts before it.
    if (const auto* simple = std::get_if<SimpleMessage>(&message)) {
        if (*simple == SimpleMessage::Verack)
            handleVerack(peer);
        return true;
    }
    if (const auto* ping = std::get_if<PingMessage>(&message)) {
        send(peer, PongMessage{ping->nonce});
        return true;
    }
    if (const auto* pong = std::get_if<PongMessage>(&message)) {
        if (peer.pingSent != 0 && pong->nonce == peer.pingNonce) {
            peer.latencyMs = m_context.ms() - peer.pingSent;
            peer.pingSent = 0;
        }
        return false; // A broadcaster waits for it too.
    }
    if (const auto* fee = std::get_if<FeeFilterMessage>(&message)) {
        peer.feeFilter = fee->satoshiPerKvB;
        return true;
    }
    if (const auto* addresses = std::get_if<AddressesMessage>(&message)) {
        // One answer for one question; what comes unasked is dropped. A peer first announces itself
        // in a message of one, which does not count as the answer.
        if (peer.askedAddresses && addresses->addresses.size() > 1) {
            peer.askedAddresses = false;
            handleAddresses(peer, *addresses);
            if (peer.role == PeerRole::AddressSource)
                close(peer, "told its addresses");
        }
        return true;
    }
    if (std::holds_alternative<UnknownMessage>(message) ||
        std::holds_alternative<SendCompactMessage>(message) ||
        std::holds_alternative<GetHeadersMessage>(message))
        return true;
    return !peer.isHandshaken();
}

void Peers::resolved(const std::vector<PeerAddress>& addresses)
{
    std::size_t taken = 0;
    for (const auto& address : addresses) {
        if (++taken > kMaxAddresses)
            break;
        auto withPort = address;
        if (withPort.port == 0)
            withPort.port = m_context.params.port;
        // The seed's filter is a promise at best; the handshake tells.
        m_context.book.add(withPort, service::kWanted, PeerSource::Dns, {});
    }
    m_nextDial = 0;
}

void Peers::ownNodesChanged()
{
    const auto& own = m_context.config.ownNodes;
    for (auto& peer : m_peers) {
        const bool isOwn = std::find(own.begin(), own.end(), peer.address) != own.end();
        if (peer.ownNode != isOwn)
            close(peer, "the person's nodes changed");
    }
    m_ownDials.clear();
    m_nextDial = 0;
}

void Peers::keepAlive(Peer& peer)
{
    if (m_context.ms() >= peer.deadline) {
        if (peer.role == PeerRole::AddressSource && peer.isHandshaken())
            close(peer, "no addresses");
        else
            fail(peer, "too slow to connect");
        return;
    }
    if (!peer.isHandshaken() || peer.role == PeerRole::AddressSource)
        return;
    const auto pongDeadline = peer.pingSent + (peer.proxied ? kPongProxiedMs : kPongMs);
    if (peer.pingSent != 0 && m_context.ms() >= pongDeadline) {
        fail(peer, "no pong");
        return;
    }
    if (peer.pingSent == 0 && m_context.ms() >= peer.nextPing) {
        peer.pingSent = m_context.ms();
        peer.nextPing = m_context.ms() + kPingEveryMs;
        peer.pingNonce = m_context.random.u64();
        send(peer, PingMessage{peer.pingNonce});
    }
}

void Peers::dialOwnNodes()
{
    for (const auto& address : m_context.config.ownNodes) {
        const auto key = address.toString();
        const bool there = std::any_of(m_peers.begin(), m_peers.end(), [&](const Peer& peer) {
            return peer.key == key && peer.isSync() && peer.state != PeerState::Closed;
        });
        if (!there && m_context.ms() >= m_ownDials[key].notBefore)
            open(address, PeerRole::Sync);
    }
}

std::size_t Peers::wantedPeers()
{
    if (hasOwnNodes()) {
        if (m_context.config.peerUse == PeerUse::OwnNodesOnly || m_context.isRegtest())
            return 0;
        if (usableOwnNode() != nullptr && m_appetite != Appetite::Conflict)
            return 2; // They cross-check.
    }
    switch (m_appetite) {
    case Appetite::Live:
        return 3;
    case Appetite::Scanning:
        return 4;
    case Appetite::Conflict:
        break;
    }
    return 8;
}

PeerBook::Avoid Peers::avoidList()
{
    PeerBook::Avoid avoid;
    avoid.clearnetOnly = m_context.config.route == Route::Direct;
    if (m_context.config.network == bitcoin::Network::Main)
        avoid.forbiddenServices = service::kBlake2bChain;
    std::map<std::string, std::size_t> gossip;
    std::size_t total = 0;
    for (const auto& peer : m_peers) {
        if (peer.state == PeerState::Closed)
            continue;
        avoid.addresses.insert(peer.key);
        avoid.networkGroups.insert(peer.networkGroup());
        ++total;
        if (peer.sourceClass.starts_with("gossip:"))
            ++gossip[peer.sourceClass];
    }
    for (const auto& [sourceClass, count] : gossip) {
        if (count * 2 >= std::max<std::size_t>(total, 2))
            avoid.sourceClasses.insert(sourceClass); // At most half from one mouth.
    }
    return avoid;
}

void Peers::askForAddresses()
{
    if (!m_shippedAdded) {
        m_shippedAdded = true;
        m_context.book.addShipped(m_context.params.port);
    }
    if (m_context.ms() < m_nextSeeding)
        return;
    m_nextSeeding = m_context.ms() + kSeedEveryMs;
    auto seeds = dnsSeeds(m_context.config.network);
    // Three at random: enough to start with, and no seed learns of every start.
    for (int i = 0; i < 3 && !seeds.empty(); ++i) {
        const auto index = static_cast<std::size_t>(m_context.random.below(seeds.size()));
        if (m_context.config.route == Route::Direct) {
            m_context.effect(Resolve{seeds[index]});
        } else {
            // No DNS through a proxy: the name itself is a node that tells addresses.
            auto name = seeds[index];
            if (name.starts_with("x"))
                name = name.substr(name.find('.') + 1);
            if (auto address = parsePeerAddress(name, m_context.params.port))
                open(*address, PeerRole::AddressSource);
        }
        seeds.erase(seeds.begin() + static_cast<std::ptrdiff_t>(index));
    }
}

void Peers::dialOthers()
{
    std::size_t have = 0;
    std::size_t dialing = 0;
    for (const auto& peer : m_peers) {
        if (peer.state == PeerState::Closed || !peer.isSync() || peer.ownNode)
            continue;
        ++have;
        if (!peer.isHandshaken())
            ++dialing;
    }
    const auto wanted = wantedPeers();
    if (have >= wanted) {
        m_nextDial = kNever;
        return;
    }
    m_nextDial = std::max(m_nextDial == kNever ? 0 : m_nextDial, m_dialNotBefore);
    if (m_context.ms() < m_nextDial)
        return;
    m_dialNotBefore = m_nextDial = m_context.ms() + kRedialMs;
    if (m_context.book.promising(m_context.now.utcSeconds) < kFewAddresses)
        askForAddresses();
    // A little wider than needed while dialling: most addresses are dead.
    const auto room = std::min(kDialsAtOnce - std::min(kDialsAtOnce, dialing),
                               wanted + 2 - std::min(wanted + 2, have));
    for (std::size_t i = 0; i < room; ++i) {
        const auto address =
            m_context.book.choose(avoidList(), m_context.random, m_context.now.utcSeconds);
        if (!address) {
            // Nobody to try now; the wait of those that failed is counted in minutes.
            if (dialing == 0 && i == 0)
                m_nextDial = m_context.ms() + kNobodyMs;
            break;
        }
        open(*address, PeerRole::Sync);
    }
}

void Peers::pump()
{
    for (auto& peer : m_peers) {
        if (peer.state != PeerState::Closed)
            keepAlive(peer);
    }
    if (m_nextRotation == 0)
        m_nextRotation = m_context.ms() + kRotateMs;
    if (m_context.ms() >= m_nextRotation) {
        m_nextRotation = m_context.ms() + kRotateMs +
                         static_cast<std::int64_t>(m_context.random.below(kRotateMs));
        for (auto* peer : usable()) {
            if (!peer->ownNode) {
                close(*peer, "replaced from time to time");
                break;
            }
        }
    }
    dialOwnNodes();
    dialOthers();
}

std::int64_t Peers::nextDeadline() const
{
    auto next = std::min(m_nextDial, m_nextRotation);
    for (const auto& peer : m_peers) {
        if (peer.state == PeerState::Closed)
            continue;
        next = std::min(next, peer.deadline);
        if (peer.isHandshaken() && peer.role != PeerRole::AddressSource) {
            next = std::min(next, peer.pingSent != 0
                                      ? peer.pingSent + (peer.proxied ? kPongProxiedMs : kPongMs)
                                      : peer.nextPing);
        }
    }
    for (const auto& address : m_context.config.ownNodes) {
        const auto key = address.toString();
        const bool there = std::any_of(m_peers.begin(), m_peers.end(), [&](const Peer& peer) {
            return peer.key == key && peer.isSync() && peer.state != PeerState::Closed;
        });
        const auto dial = m_ownDials.find(key);
        if (!there && dial != m_ownDials.end())
            next = std::min(next, dial->second.notBefore);
    }
    return next;
}

std::vector<PeerId> Peers::takeGone()
{
    auto gone = std::move(m_gone);
    m_gone.clear();
    if (!gone.empty()) {
        // At once for a peer that was lost; a round in which all refuse must not become a storm.
        m_nextDial = std::max(m_dialNotBefore, std::min(m_nextDial, m_context.ms()));
        m_peers.remove_if([](const Peer& peer) { return peer.state == PeerState::Closed; });
    }
    return gone;
}

std::vector<Peer*> Peers::all()
{
    std::vector<Peer*> out;
    for (auto& peer : m_peers) {
        if (peer.state != PeerState::Closed)
            out.push_back(&peer);
    }
    return out;
}

std::vector<Peer*> Peers::handshakenSync()
{
    std::vector<Peer*> own;
    std::vector<Peer*> others;
    for (auto& peer : m_peers) {
        if (peer.isSync() && peer.isHandshaken())
            (peer.ownNode ? own : others).push_back(&peer);
    }
    for (std::size_t i = others.size(); i > 1; --i)
        std::swap(others[i - 1], others[static_cast<std::size_t>(m_context.random.below(i))]);
    own.insert(own.end(), others.begin(), others.end());
    return own;
}

std::vector<Peer*> Peers::usable()
{
    auto out = handshakenSync();
    std::erase_if(out, [](const Peer* peer) { return !peer->isUsable(); });
    return out;
}

Peer* Peers::usableOwnNode()
{
    for (auto& peer : m_peers) {
        if (peer.ownNode && peer.isSync() && peer.isUsable())
            return &peer;
    }
    return nullptr;
}

bool Peers::ownNodeIsUnheard() const
{
    return std::any_of(m_peers.begin(), m_peers.end(), [this](const Peer& peer) {
        const bool waited = peer.ownNode && peer.isSync() && peer.state != PeerState::Closed &&
                            !peer.isUsable() && peer.probeRounds == 0;
        const auto dial = m_ownDials.find(peer.key);
        return waited && (dial == m_ownDials.end() || dial->second.failures == 0);
    });
}

std::optional<PeerAddress> Peers::addressForShortRole(const std::set<std::string>& avoid)
{
    if (hasOwnNodes() &&
        (m_context.config.peerUse == PeerUse::OwnNodesOnly || m_context.isRegtest())) {
        const auto& own = m_context.config.ownNodes;
        return own[static_cast<std::size_t>(m_context.random.below(own.size()))];
    }
    auto list = avoidList();
    list.addresses.insert(avoid.begin(), avoid.end());
    list.networkGroups.clear();
    list.sourceClasses.clear();
    auto found = m_context.book.choose(list, m_context.random, m_context.now.utcSeconds);
    if (!found) {
        // Few addresses known: a second connection to a sync peer is better than silence.
        list.addresses = avoid;
        found = m_context.book.choose(list, m_context.random, m_context.now.utcSeconds);
    }
    return found;
}

std::vector<PeerStatus> Peers::status() const
{
    std::vector<PeerStatus> out;
    for (const auto& peer : m_peers) {
        if (peer.state == PeerState::Closed)
            continue;
        PeerStatus row;
        row.id = peer.id;
        row.address = peer.key;
        row.agent = peer.agent;
        row.services = peer.services;
        row.state = peer.state;
        row.role = peer.role;
        row.ownNode = peer.ownNode;
        row.proxied = peer.proxied;
        row.provedHeight = peer.provedHeight;
        row.latencyMs = peer.latencyMs;
        row.bytesPerSecond = peer.bytesPerSecond;
        out.push_back(std::move(row));
    }
    return out;
}

} // namespace coffer::lightnode
