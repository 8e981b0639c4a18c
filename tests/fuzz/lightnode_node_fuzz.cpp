// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole node against one own node and two strangers: the input is a list of actions (bytes for
// a peer, raw or in an envelope, time, a lost connection). Nothing crashes, output and memory stay
// bounded.

#include "core/base/assert.h"
#include "core/lightnode/chain/checkpoints.h"
#include "core/lightnode/fees.h"
#include "core/lightnode/node.h"
#include "core/lightnode/peer_book.h"
#include "core/lightnode/wire/codec.h"

#include <array>

using namespace coffer;
using namespace coffer::lightnode;

namespace {

constexpr std::array<std::string_view, 20> kCommands{
    "version", "verack",    "headers",   "inv",        "getdata", "notfound",   "cfheaders",
    "cfilter", "addr",      "addrv2",    "cmpctblock", "tx",      "block",      "ping",
    "pong",    "feefilter", "sendcmpct", "getheaders", "feature", "sendheaders"};

constexpr std::size_t kMaxActions = 200;

/// Plays engine, disk and network around the node.
class Driver
{
public:
    Driver()
        : m_random(1)
        , m_node(config(), m_random)
    {
        StoredState state;
        for (const char* address : {"8.1.1.1:18444", "8.2.1.1:18444"}) {
            PeerRow row;
            row.address = address;
            row.services = service::kWanted;
            state.peers.push_back(row);
        }
        m_node.restore(std::move(state));
        m_node.watch({1, {bitcoin::p2wpkh({})}, 0, -1}, m_now);
        m_node.start(m_now);
        drain();
    }

    void pass(std::int64_t ms)
    {
        m_now.monotonicMs += ms;
        m_now.utcSeconds += ms / 1'000;
        m_node.tick(m_now);
        drain();
    }
    void receive(std::size_t which, base::ByteView bytes)
    {
        if (m_peers.empty())
            return;
        m_node.received(m_peers[which % m_peers.size()], bytes, m_now);
        drain();
    }
    void lose(std::size_t which)
    {
        if (m_peers.empty())
            return;
        const auto id = m_peers[which % m_peers.size()];
        std::erase(m_peers, id);
        m_node.closed(id, "lost", m_now);
        drain();
    }
    void finish()
    {
        (void)m_node.status(m_now);
        (void)m_node.feeEstimates();
        m_node.stop(m_now);
        drain();
    }

private:
    static Config config()
    {
        Config out;
        out.network = bitcoin::Network::Signet;
        out.params = &bitcoin::paramsOf(bitcoin::Network::Regtest);
        out.checkpoints = &checkpointsOf(bitcoin::Network::Regtest);
        out.ownNodes = {parsePeerAddress("10.0.0.1:18444", 18444).take()};
        return out;
    }

    void drain()
    {
        for (int round = 0; round < 1'000; ++round) {
            auto output = m_node.take();
            if (output.effects.empty() && output.facts.empty())
                return;
            for (const auto& effect : output.effects)
                perform(effect);
            for (const auto& fact : output.facts) {
                if (const auto* matched = std::get_if<BlockMatched>(&fact))
                    m_node.blockHandled(matched->hash, BlockUse::Unexplained, m_now);
            }
        }
        ASSERT(false); // It never comes to rest.
    }
    void perform(const Effect& effect)
    {
        if (const auto* connect = std::get_if<Connect>(&effect)) {
            if (m_peers.size() < 16) {
                m_peers.push_back(connect->peer);
                m_node.connected(connect->peer, m_now);
            }
        } else if (const auto* close = std::get_if<Close>(&effect)) {
            std::erase(m_peers, close->peer);
        } else if (const auto* job = std::get_if<StartJob>(&effect)) {
            m_node.jobDone(job->id, run(*job->job), m_now);
        } else if (const auto* load = std::get_if<LoadFilters>(&effect)) {
            m_node.filtersLoaded(load->segment, base::Error{base::ErrorCode::NotFound, {}}, m_now);
        } else if (const auto* send = std::get_if<Send>(&effect)) {
            ASSERT(send->bytes.size() < 200'000);
        }
    }

    base::SeededRandom m_random;
    Time m_now{1'000, 1'800'000'000};
    Node m_node;
    std::vector<PeerId> m_peers;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Driver driver;
    base::ByteReader in(base::ByteView(data, size));
    const auto& magic = bitcoin::paramsOf(bitcoin::Network::Regtest).magic;
    for (std::size_t actions = 0; actions < kMaxActions && !in.atEnd(); ++actions) {
        const auto kind = in.u8();
        const auto which = in.u8();
        const auto length = in.u16le();
        if (!kind || !which || !length)
            break;
        const auto bytes = in.take(std::min<std::size_t>(*length, in.remaining()));
        switch (*kind % 8) {
        case 0:
            driver.receive(*which, *bytes);
            break;
        case 1:
            driver.pass(*length);
            break;
        case 2:
            driver.lose(*which);
            break;
        default: {
            const auto command = kCommands[*kind % kCommands.size()];
            driver.receive(*which, encodeFrame(magic, command, *bytes));
            break;
        }
        }
    }
    driver.pass(60'000);
    driver.finish();
    return 0;
}
