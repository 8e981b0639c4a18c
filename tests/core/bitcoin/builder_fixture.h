// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A wallet with the fixture's accounts and coins made to order, for builders and signers.

#include "core/base/random.h"
#include "core/bitcoin/wallet/transaction_builder.h"
#include "tests/core/bitcoin/wallet_fixture.h"

namespace coffer::test {

/// Accounts 44, 49, 84 and 86 of "abandon ... about" on regtest.
struct BuilderFixture
{
    BuilderFixture()
        : graph(chain().chain[0].hash)
        , index(chain().index())
    {
    }

    static const ChainFixture& chain()
    {
        static const ChainFixture fixture;
        return fixture;
    }

    bitcoin::Script script(std::uint8_t purpose, std::uint32_t number,
                           bitcoin::DescriptorRole role = bitcoin::DescriptorRole::Receive) const
    {
        auto found = index.scriptAt({accountId(purpose), role, number});
        ASSERT(found);
        return found.take();
    }

    /// A confirmed coin on receive address `number`.
    bitcoin::OutPoint fund(std::uint8_t purpose, std::uint32_t number, std::int64_t amount)
    {
        const auto made =
            transaction({foreignPoint(++m_funded)},
                        {pay(777, foreignScript(m_funded)), pay(amount, script(purpose, number))});
        const auto changes = graph.applyBlock(100 + m_funded, blockHash(100 + m_funded),
                                              1'700'000'000, {{made, {}}});
        ASSERT(changes);
        const auto used = index.markUsed(script(purpose, number));
        ASSERT(used);
        refresh();
        return {made->txid(), 1};
    }

    /// Seen, not confirmed.
    void see(const bitcoin::TransactionPointer& made,
             bitcoin::Origin origin = bitcoin::Origin::Foreign)
    {
        const auto changes = graph.seen(made, ++m_time, origin);
        ASSERT(changes);
        refresh();
    }

    /// Sends a built transaction, unsigned: the graph does not look at signatures.
    void send(const bitcoin::BuiltTransaction& built)
    {
        see(std::make_shared<const bitcoin::Transaction>(built.transaction()),
            bitcoin::Origin::Own);
    }

    /// Six blocks on top of everything.
    void bury()
    {
        m_funded += 6;
        const auto changes = graph.applyTip(100 + m_funded, blockHash(100 + m_funded));
        ASSERT(changes);
        refresh();
    }

    void refresh() { view = bitcoin::WalletView::compute(graph, index); }
    bitcoin::WalletState state() const { return {graph, view, index}; }

    bitcoin::BuildRequest request(std::uint8_t purpose, std::int64_t amount,
                                  std::int64_t satPerVb = 10) const
    {
        bitcoin::BuildRequest made;
        made.account = accountId(purpose);
        made.recipients = {{foreignScript(1), amount}};
        made.feeRate = bitcoin::FeeRate::fromSatPerVb(satPerVb);
        made.nowMs = 1'700'000'000'000;
        made.tipTimeMs = made.nowMs - 60'000;
        return made;
    }

    bitcoin::TxGraph graph;
    bitcoin::ScriptIndex index;
    bitcoin::WalletView view;
    base::SeededRandom random{1};

private:
    std::uint32_t m_funded = 0;
    std::int64_t m_time = 1'700'000'000'000;
};

} // namespace coffer::test
