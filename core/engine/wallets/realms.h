// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/bitcoin/network.h"
#include "core/vault/kdf.h"

namespace coffer::engine {

/// What kind of money a wallet file holds, by the network that the engine is on.
inline vault::Realm realmOf(bitcoin::Network network)
{
    switch (network) {
    case bitcoin::Network::Main:
        return vault::Realm::Main;
    case bitcoin::Network::Testnet4:
    case bitcoin::Network::Signet:
        return vault::Realm::Test;
    case bitcoin::Network::Regtest:
        return vault::Realm::Local;
    }
    return vault::Realm::Main;
}

inline api::Realm realmOf(vault::Realm realm)
{
    switch (realm) {
    case vault::Realm::Main:
        return api::Realm::Main;
    case vault::Realm::Test:
        return api::Realm::Test;
    case vault::Realm::Local:
        return api::Realm::Local;
    }
    return api::Realm::Main;
}

} // namespace coffer::engine
