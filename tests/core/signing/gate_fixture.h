// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A payment that was built and reviewed, ready for the gate.

#include "core/signing/policy_gate.h"
#include "tests/core/bitcoin/builder_fixture.h"

#include <functional>

namespace coffer::test {

struct GateFixture
{
    explicit GateFixture(std::uint8_t purpose = 84)
        : account(accountId(purpose))
        , built(build(purpose))
        , reviewed(signing::reviewOf(built, accountId(99), account))
        , descriptors(own())
    {
        for (const auto& input : built.inputs)
            previous.push_back(input.previous);
    }

    bitcoin::BuiltTransaction build(std::uint8_t purpose)
    {
        wallet.fund(purpose, 0, 400'000);
        wallet.fund(purpose, 1, 300'000);
        auto made = bitcoin::buildTransaction(wallet.request(purpose, 500'000), wallet.state(),
                                              wallet.random);
        ASSERT(made);
        ASSERT(made->changeIndex);
        return made.take();
    }

    std::vector<signing::OwnDescriptors> own() const
    {
        std::vector<signing::OwnDescriptors> all;
        for (const auto& id : wallet.index.accounts()) {
            auto receive = wallet.index.descriptor(id, bitcoin::DescriptorRole::Receive);
            auto change = wallet.index.descriptor(id, bitcoin::DescriptorRole::Change);
            ASSERT(receive && change);
            all.push_back({id, **receive, **change});
        }
        return all;
    }

    base::Result<signing::GateDecision> approve() const { return approve(built.psbt); }
    base::Result<signing::GateDecision> approve(bitcoin::Psbt psbt) const
    {
        return signing::PolicyGate(bitcoin::Network::Regtest, policy)
            .approve(std::move(psbt), reviewed, descriptors, previous, counters, nowMs);
    }

    /// The same PSBT around a changed transaction, with every field that a forger would keep.
    bitcoin::Psbt forged(const std::function<void(bitcoin::Transaction&)>& change) const
    {
        bitcoin::Transaction transaction = built.transaction();
        change(transaction);
        auto psbt = bitcoin::Psbt::create(transaction);
        ASSERT(psbt);
        for (std::size_t i = 0; i < psbt->inputCount() && i < built.psbt.inputCount(); ++i) {
            for (const auto& [key, value] : built.psbt.inputMap(i).pairs()) {
                const auto set =
                    psbt->setInputField(i, key[0], base::ByteView(key).subspan(1), value);
                static_cast<void>(set); // Some no longer fit: all the better.
            }
        }
        return psbt.take();
    }

    BuilderFixture wallet;
    bitcoin::AccountId account;
    bitcoin::BuiltTransaction built;
    signing::ReviewedPayment reviewed;
    std::vector<signing::OwnDescriptors> descriptors;
    std::vector<bitcoin::TransactionPointer> previous;
    signing::SpendPolicy policy;
    signing::SpendCounters counters;
    std::int64_t nowMs = 1'700'000'000'000;
};

} // namespace coffer::test
