// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/peer_book.h"

#include "core/lightnode/chain/shipped_data.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::int64_t kRetrySeconds = 10 * 60; // After one failure; doubles with each more.
constexpr std::int64_t kMaxRetrySeconds = 24 * 60 * 60;
constexpr unsigned kMaxDoublings = 8;
constexpr std::size_t kNeighbours = 32;

std::int64_t retryDelay(const PeerRow& row)
{
    if (row.failuresInRow == 0)
        return 0;
    const auto doublings = std::min<std::uint32_t>(row.failuresInRow - 1, kMaxDoublings);
    return std::min(kRetrySeconds << doublings, kMaxRetrySeconds);
}

/// 1 to 20: who worked is preferred, who never did stays possible.
std::uint64_t weightOf(const PeerRow& row)
{
    const std::uint64_t good = std::min<std::uint32_t>(row.successes, 10);
    const std::uint64_t bad = std::min<std::uint32_t>(row.failures, 10);
    std::uint64_t weight = 2 + good;
    if ((row.services & service::kCompactFilters) != 0)
        weight += 8;
    return std::max<std::uint64_t>(1, weight - std::min(weight - 1, bad));
}

} // namespace

std::vector<std::string> dnsSeeds(bitcoin::Network network)
{
    switch (network) {
    case bitcoin::Network::Main:
        return {"x49.seed.mainnet.achownodes.xyz",
                "x849.seed.mainnet.achownodes.xyz",
                "dnsseed.bluematt.me",
                "x9.seed.bitcoin.jonasschnelli.ch",
                "seed.btc.petertodd.net",
                "x9.seed.bitcoin.sprovoost.nl",
                "x9.dnsseed.emzy.de",
                "x9.seed.bitcoin.wiz.biz"};
    case bitcoin::Network::Testnet4:
        return {"seed.testnet4.bitcoin.sprovoost.nl", "seed.testnet4.wiz.biz"};
    case bitcoin::Network::Signet:
        return {"seed.signet.bitcoin.sprovoost.nl", "seed.signet.achownodes.xyz"};
    case bitcoin::Network::Regtest:
        break;
    }
    return {};
}

void PeerBook::restore(const std::vector<PeerRow>& rows, std::uint16_t defaultPort)
{
    for (const auto& stored : rows) {
        auto address = parsePeerAddress(stored.address, defaultPort);
        if (!address || address->toString() != stored.address || m_rows.size() >= kMaxRows)
            continue;
        m_rows[stored.address] = {address.take(), stored};
    }
}

void PeerBook::addShipped(std::uint16_t defaultPort)
{
    const std::vector<ShippedSeed>* seeds = nullptr;
    switch (m_network) {
    case bitcoin::Network::Main:
        seeds = &kSeeds_main;
        break;
    case bitcoin::Network::Testnet4:
        seeds = &kSeeds_testnet4;
        break;
    case bitcoin::Network::Signet:
        seeds = &kSeeds_signet;
        break;
    case bitcoin::Network::Regtest:
        return;
    }
    for (const auto& seed : *seeds) {
        const auto address = parsePeerAddress(seed.address, defaultPort);
        if (address)
            add(*address, seed.servesFilters != 0 ? service::kWanted : 0, PeerSource::Shipped, {});
    }
}

void PeerBook::add(const PeerAddress& address, std::uint64_t services, PeerSource source,
                   std::string group)
{
    if (!address.isRoutable())
        return;
    const auto key = address.toString();
    if (const auto found = m_rows.find(key); found != m_rows.end()) {
        // What a peer itself said in its handshake is worth more than hearsay.
        if (found->second.stored.successes == 0)
            found->second.stored.services |= services;
        return;
    }
    if (m_rows.size() >= kMaxRows && !makeRoom(key))
        return;
    Row row{address, {}};
    row.stored.address = key;
    row.stored.services = services;
    row.stored.source = static_cast<std::uint8_t>(source);
    row.stored.sourceGroup = std::move(group);
    m_rows.emplace(key, std::move(row));
    m_dirty.insert(key);
}

bool PeerBook::makeRoom(const std::string& near)
{
    // A few neighbours only: a flood of addresses must not cost a search through the whole book
    // each.
    auto worst = m_rows.end();
    auto row = m_rows.lower_bound(near);
    for (std::size_t i = 0; i < kNeighbours; ++i, ++row) {
        if (row == m_rows.end())
            row = m_rows.begin();
        const auto& stored = row->second.stored;
        // Who worked once is never given up for hearsay.
        const bool expendable = stored.successes == 0 && stored.bannedUntil == 0;
        if (expendable &&
            (worst == m_rows.end() || stored.failuresInRow > worst->second.stored.failuresInRow))
            worst = row;
    }
    if (worst == m_rows.end())
        return false;
    m_dirty.erase(worst->first);
    m_removed.push_back(worst->first);
    m_rows.erase(worst);
    return true;
}

std::size_t PeerBook::promising(std::int64_t utcNow) const
{
    return static_cast<std::size_t>(std::count_if(m_rows.begin(), m_rows.end(), [&](const auto& e) {
        return (e.second.stored.services & service::kWanted) == service::kWanted &&
               canTry(e.second, {}, utcNow);
    }));
}

const PeerBook::Row* PeerBook::find(const std::string& key) const
{
    const auto found = m_rows.find(key);
    return found == m_rows.end() ? nullptr : &found->second;
}

std::string PeerBook::sourceClass(const std::string& key) const
{
    const auto* row = find(key);
    if (row == nullptr)
        return "own";
    switch (static_cast<PeerSource>(row->stored.source)) {
    case PeerSource::Own:
        return "own";
    case PeerSource::Dns:
        return "dns";
    case PeerSource::Shipped:
        return "shipped";
    case PeerSource::Gossip:
        break;
    }
    return "gossip:" + row->stored.sourceGroup;
}

bool PeerBook::canTry(const Row& row, const Avoid& avoid, std::int64_t utcNow) const
{
    const auto& stored = row.stored;
    if (stored.bannedUntil > utcNow || stored.otherChainUntil > utcNow)
        return false;
    if (stored.lastTried + retryDelay(stored) > utcNow)
        return false;
    if (row.address.kind == AddressKind::I2p || row.address.kind == AddressKind::Cjdns ||
        row.address.kind == AddressKind::Yggdrasil)
        return false;
    if (avoid.clearnetOnly && row.address.kind == AddressKind::TorV3)
        return false;
    return (stored.services & avoid.forbiddenServices) == 0;
}

std::optional<PeerAddress> PeerBook::choose(const Avoid& avoid, base::Random& random,
                                            std::int64_t utcNow)
{
    std::vector<std::pair<const Row*, std::uint64_t>> candidates;
    std::uint64_t total = 0;
    for (const auto& [key, row] : m_rows) {
        if (!canTry(row, avoid, utcNow) || avoid.addresses.contains(key))
            continue;
        const bool overlay = row.address.kind == AddressKind::TorV3;
        if (!overlay && avoid.networkGroups.contains(row.address.networkGroup()))
            continue;
        if (avoid.sourceClasses.contains(sourceClass(key)))
            continue;
        total += weightOf(row.stored);
        candidates.emplace_back(&row, total);
    }
    if (candidates.empty())
        return std::nullopt;
    const auto drawn = random.below(total);
    const auto chosen = std::upper_bound(
        candidates.begin(), candidates.end(), drawn,
        [](std::uint64_t value, const auto& entry) { return value < entry.second; });
    return chosen->first->address;
}

PeerBook::Row* PeerBook::edit(const std::string& key)
{
    const auto found = m_rows.find(key);
    if (found == m_rows.end())
        return nullptr;
    m_dirty.insert(key);
    return &found->second;
}

void PeerBook::tried(const std::string& key, std::int64_t utcNow)
{
    if (auto* row = edit(key))
        row->stored.lastTried = utcNow;
}

void PeerBook::succeeded(const std::string& key, std::uint64_t services, std::int64_t handshakeMs,
                         std::int64_t utcNow)
{
    if (auto* row = edit(key)) {
        row->stored.services = services;
        row->stored.lastSeen = utcNow;
        row->stored.handshakeMs = static_cast<std::uint32_t>(handshakeMs);
        row->stored.failuresInRow = 0;
        ++row->stored.successes;
    }
}

void PeerBook::failed(const std::string& key)
{
    if (auto* row = edit(key)) {
        ++row->stored.failures;
        ++row->stored.failuresInRow;
    }
}

void PeerBook::measured(const std::string& key, std::uint32_t bytesPerSecond)
{
    if (auto* row = edit(key)) {
        auto& average = row->stored.bytesPerSecond;
        average = average == 0 ? bytesPerSecond : average / 4 * 3 + bytesPerSecond / 4;
    }
}

void PeerBook::markOtherChain(const std::string& key, std::int64_t until)
{
    if (auto* row = edit(key))
        row->stored.otherChainUntil = until;
}

void PeerBook::ban(const std::string& key, std::int64_t until, std::string reason)
{
    if (auto* row = edit(key)) {
        row->stored.bannedUntil = until;
        row->stored.banReason = std::move(reason);
    }
}

void PeerBook::takeChanges(StorageBatch& batch)
{
    batch.removePeers.insert(batch.removePeers.end(), m_removed.begin(), m_removed.end());
    m_removed.clear();
    for (const auto& key : m_dirty)
        batch.peers.push_back(m_rows.at(key).stored);
    m_dirty.clear();
}

} // namespace coffer::lightnode
