// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/bitcoin/network.h"
#include "core/lightnode/node_status.h"
#include "core/lightnode/stored_state.h"
#include "core/lightnode/wire/messages.h"

#include <functional>
#include <map>
#include <set>

namespace coffer::lightnode {

/// Who told us of an address.
enum class PeerSource : std::uint8_t
{
    Own = 0,
    Dns = 1,
    Shipped = 2,
    Gossip = 3
};

/// Addresses that were heard of, how they behaved, and whom to try next.
///
/// The choice is random, weighted by past success and never by latency: whoever attacks is always
/// fast. Bounded: unproved addresses are dropped first.
class PeerBook
{
public:
    static constexpr std::size_t kMaxRows = 20'000;

    struct Row
    {
        PeerAddress address;
        PeerRow stored; ///< `address` of it is the key.
    };

    /// What must not be chosen.
    struct Avoid
    {
        std::set<std::string> addresses;
        std::set<std::string> networkGroups;
        std::set<std::string> sourceClasses; ///< Already at their share.
        std::uint64_t forbiddenServices = 0;
        bool clearnetOnly = false; ///< No proxy: overlay names cannot be dialled.
    };

    explicit PeerBook(bitcoin::Network network)
        : m_network(network)
    {
    }

    void restore(const std::vector<PeerRow>& rows, std::uint16_t defaultPort);
    void addShipped(std::uint16_t defaultPort);
    /// Keeps the better knowledge when the address is known.
    void add(const PeerAddress& address, std::uint64_t services, PeerSource source,
             std::string group);
    std::size_t size() const { return m_rows.size(); }
    /// Addresses that say to serve filters and can be tried now.
    std::size_t promising(std::int64_t utcNow) const;

    const Row* find(const std::string& key) const;
    /// "own", "dns", "shipped", "gossip:<group>".
    std::string sourceClass(const std::string& key) const;

    std::optional<PeerAddress> choose(const Avoid& avoid, base::Random& random,
                                      std::int64_t utcNow);

    void tried(const std::string& key, std::int64_t utcNow);
    void succeeded(const std::string& key, std::uint64_t services, std::int64_t handshakeMs,
                   std::int64_t utcNow);
    void failed(const std::string& key);
    void measured(const std::string& key, std::uint32_t bytesPerSecond);
    void markOtherChain(const std::string& key, std::int64_t until);
    void ban(const std::string& key, std::int64_t until, std::string reason);

    void takeChanges(StorageBatch& batch);

private:
    Row* edit(const std::string& key);
    bool canTry(const Row& row, const Avoid& avoid, std::int64_t utcNow) const;
    bool makeRoom(const std::string& near);

    bitcoin::Network m_network;
    std::map<std::string, Row> m_rows;
    std::set<std::string> m_dirty;
    std::vector<std::string> m_removed;
};

/// Names to ask for addresses, with the service filter in front where the seed takes one.
std::vector<std::string> dnsSeeds(bitcoin::Network network);

} // namespace coffer::lightnode
