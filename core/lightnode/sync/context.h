// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/chain/filter_header_chain.h"
#include "core/lightnode/chain/header_chain.h"
#include "core/lightnode/node.h"
#include "core/lightnode/peer_book.h"

#include <limits>

namespace coffer::lightnode {

/// What all parts of the node share while one input is worked on.
struct Context
{
    Context(Config nodeConfig, const bitcoin::NetworkParams& networkParams,
            const Checkpoints& shipped, base::Random& source)
        : config(std::move(nodeConfig))
        , params(networkParams)
        , checkpoints(shipped)
        , random(source)
        , headers(networkParams, shipped)
        , filterHeaders(shipped)
        , book(config.network)
    {
    }

    Config config;
    const bitcoin::NetworkParams& params;
    const Checkpoints& checkpoints;
    base::Random& random;
    Time now;
    Output out;
    HeaderChain headers;
    FilterHeaderChain filterHeaders;
    PeerBook book;
    JobId nextJob = 1;
    bool statusChanged = false;

    // Built in place: GCC 12 warns about the empty parts of a variant that is moved.
    template <typename Kind>
    void effect(Kind kind)
    {
        out.effects.emplace_back(std::in_place_type<Kind>, std::move(kind));
    }
    template <typename Kind>
    void fact(Kind kind)
    {
        out.facts.emplace_back(std::in_place_type<Kind>, std::move(kind));
    }
    std::int64_t ms() const { return now.monotonicMs; }
    bool isRegtest() const { return config.network == bitcoin::Network::Regtest; }

    JobId start(Job job)
    {
        const auto id = nextJob++;
        effect(StartJob{id, std::make_shared<const Job>(std::move(job))});
        return id;
    }
};

/// No deadline.
inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

} // namespace coffer::lightnode
