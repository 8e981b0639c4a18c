// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The fixture's accounts in a real wallet file with the session over it, and a payment from it.

#include "core/engine/wallet_session.h"
#include "tests/core/bitcoin/wallet_fixture.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

namespace coffer::test {

inline constexpr std::int64_t kMainTotal = 169'894'146;
inline constexpr std::int64_t kStaleTotal = 214'294'146;

inline const ChainFixture& fixture()
{
    static const ChainFixture s_fixture;
    return s_fixture;
}

inline engine::AccountRecord account(std::uint8_t purpose)
{
    engine::AccountRecord out;
    out.id = accountId(purpose);
    out.name = "account " + std::to_string(purpose);
    for (const auto& entry : fixture().json.at("descriptors")) {
        if (entry.at("purpose").get<std::uint8_t>() != purpose)
            continue;
        auto& text = entry.at("internal").get<bool>() ? out.change : out.receive;
        text = entry.at("public").get<std::string>();
    }
    return out;
}

/// A wallet file with the fixture's accounts, and the session over it.
struct OpenWallet
{
    explicit OpenWallet(std::vector<vault::Record> more = {})
    {
        auto request = folder.request();
        for (const auto purpose : kPurposes)
            request.records.push_back(
                {vault::RecordKind::Account, engine::encodeAccount(account(purpose))});
        for (auto& record : more)
            request.records.push_back(std::move(record));
        auto created =
            vault::Vault::create(folder.path(), std::move(request), folder.environment());
        ASSERT(created);
        file = std::make_unique<vault::Vault>(created.take());
        auto attached = engine::WalletSession::attach(*file, environment());
        ASSERT(attached);
        session = attached.take();
    }

    engine::WalletSession::Environment environment()
    {
        return {bitcoin::paramsOf(bitcoin::Network::Regtest), folder.clock(), folder.random()};
    }
    base::SecretBytes key()
    {
        auto derived = WalletFolder::keyOf(*file);
        ASSERT(derived);
        return derived.take();
    }
    /// As after a restart.
    void reopen()
    {
        session.reset();
        file.reset();
        auto opened = folder.open();
        ASSERT(opened);
        file = std::make_unique<vault::Vault>(opened.take());
        auto unlocked = engine::WalletSession::unlock(*file, key(), environment());
        ASSERT(unlocked);
        session = unlocked.take();
    }
    void feed(const std::vector<FixtureBlock>& blocks, std::uint32_t from, std::uint32_t to)
    {
        for (const auto& block : blocks) {
            if (block.height < from || block.height > to)
                continue;
            const auto applied = session->applyBlock(block.height, block.block);
            ASSERT(applied);
        }
    }
    void feedMain(std::uint32_t from = 1)
    {
        feed(fixture().chain, from, 1'000);
        const auto& tip = fixture().chain.back();
        ASSERT(session->scanCompleted(tip.height, tip.hash, api::Source::OwnNode));
    }
    std::int64_t total() const
    {
        std::int64_t sum = 0;
        for (const auto purpose : kPurposes)
            sum += session->view().balance(accountId(purpose)).total();
        return sum;
    }
    void verifyBooks() const
    {
        const auto audit = session->audit();
        QVERIFY2(audit.clean(), audit.problems.empty() ? "" : audit.problems.front().c_str());
        for (const auto& [currency, amount] : audit.difference)
            QVERIFY(amount.isZero());
    }
    std::vector<SeenRecord> records() const
    {
        std::vector<SeenRecord> seen;
        ASSERT(file->replay(WalletFolder::collector(seen)));
        return seen;
    }

    WalletFolder folder;
    std::unique_ptr<vault::Vault> file;
    std::unique_ptr<engine::WalletSession> session;
};

/// A payment of the wallet's largest P2WPKH coin, with change, as prepared.
struct Payment
{
    explicit Payment(OpenWallet& wallet)
    {
        const auto& session = *wallet.session;
        for (const auto& found : session.view().coins()) {
            if (found.owner.account == accountId(84) &&
                (!coin || found.output.amount > coin->output.amount))
                coin = found;
        }
        ASSERT(coin);
        const auto state = session.scripts().state(accountId(84), bitcoin::DescriptorRole::Change);
        ASSERT(state);
        changeIndex = state->lastRevealed ? *state->lastRevealed + 1 : 0;
        if (state->lastUsed)
            changeIndex = std::max(changeIndex, *state->lastUsed + 1);
        const auto change = session.scripts().scriptAt(
            {accountId(84), bitcoin::DescriptorRole::Change, changeIndex});
        ASSERT(change);
        bitcoin::Transaction made;
        made.version = 2;
        made.inputs.push_back({coin->point, {}, 0xfffffffd, {}});
        const bitcoin::Script payee{0x00, 0x14, 1,  2,  3,  4,  5,  6,  7,  8,  9,
                                    10,   11,   12, 13, 14, 15, 16, 17, 18, 19, 20};
        made.outputs.push_back({paid, payee});
        made.outputs.push_back({coin->output.amount - paid - fee, *change});
        transaction = std::make_shared<const bitcoin::Transaction>(made);

        ledger::Intent draft;
        draft.id = accountId(200);
        draft.account = accountId(84);
        draft.currency = money::Currency::bitcoin();
        draft.inputs = {
            {coin->point.txid.bytes(), coin->point.index, money::Amount(coin->output.amount)}};
        draft.outputs = {{payee, "payee", money::Amount(paid), ledger::IntentOutputRole::Recipient},
                         {*change, "change", money::Amount(coin->output.amount - paid - fee),
                          ledger::IntentOutputRole::Change}};
        draft.fee = money::Amount(fee);
        draft.feeRateMilliSatPerVb = 2000;
        draft.unsignedBytes = {1, 2, 3};
        draft.label = "rent";
        auto ready = ledger::prepareIntent(draft, {}, wallet.folder.clock().utcMs());
        ASSERT(ready);
        prepared = ready.take();
    }

    ledger::Intent signedIntent(OpenWallet& wallet) const
    {
        auto next = ledger::signIntent(prepared, {}, transaction->serialize(),
                                       transaction->txid().bytes(), wallet.folder.clock().utcMs());
        ASSERT(next);
        return next.take();
    }

    std::optional<bitcoin::Coin> coin;
    std::uint32_t changeIndex = 0;
    std::int64_t paid = 10'000;
    std::int64_t fee = 300;
    bitcoin::TransactionPointer transaction;
    ledger::Intent prepared;
};

} // namespace coffer::test
