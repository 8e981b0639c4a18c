// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/account_service.h"

#include "core/bitcoin/address.h"
#include "core/crypto/stack_wipe.h"
#include "core/engine/core.h"

#include <QCoroFuture>
#include <QPromise>

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

base::Result<base::Uuid> parseId(const QString& id)
{
    auto uuid = base::Uuid::parse(id.toStdString());
    if (!uuid)
        return Error{ErrorCode::NotFound, "no such id"};
    return uuid.take();
}

namespace {

QString textOf(const base::Uuid& id)
{
    return QString::fromStdString(id.toString());
}

std::string pathOf(const AccountRecord& account, const bitcoin::ScriptOwner& owner)
{
    if (account.path.empty())
        return {};
    return account.path + "/" + (owner.role == bitcoin::DescriptorRole::Change ? "1" : "0") + "/" +
           std::to_string(owner.index);
}

} // namespace

api::AccountInfo AccountService::infoOf(const WalletSession& session,
                                        const AccountRecord& account) const
{
    api::AccountInfo info;
    info.id = textOf(account.id);
    info.name = QString::fromStdString(account.name);
    info.currency = money::Currency::bitcoin();
    info.type = account.type;
    info.descriptor = QString::fromStdString(publicDescriptor(account));
    info.path = QString::fromStdString(account.path);
    info.watchOnly = account.watchOnly;
    const auto* scan = session.scan(account.id);
    if (scan == nullptr || scan->completedTo < 0)
        return info; // Still looking.
    const auto& books = session.books();
    const auto booked = books.balance(ledger::BookAccount::own(account.id), info.currency);
    api::AccountBalance balance;
    balance.settled = booked.settled;
    balance.pending = booked.pending;
    std::int64_t frozen = 0;
    for (const auto& coin : session.view().coins()) {
        if (coin.owner.account == account.id && coin.spendable() && session.isFrozen(coin.point))
            frozen += coin.output.amount;
    }
    const auto seen = session.view().balance(account.id);
    balance.spendable = money::Amount(seen.spendable - frozen);
    balance.immature = money::Amount(seen.immature);
    balance.proof = {scan->source, scan->completedTo, scan->completedMs};
    info.balance = balance;
    return info;
}

api::AccountsSnapshot AccountService::snapshot(const api::WalletId& wallet) const
{
    api::AccountsSnapshot out;
    out.wallet = wallet;
    const auto session = m_core.wallets().session(wallet);
    if (!session)
        return out;
    for (const auto& account : (*session)->accounts())
        out.accounts.push_back(infoOf(**session, account));
    return out;
}

QCoro::Task<base::Result<api::AccountInfo>> AccountService::add(api::WalletId wallet,
                                                                api::AddAccount request)
{
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    AccountRecord account;
    if (!request.descriptor.isEmpty()) {
        CO_TRY(account, m_core.wallets().factory().describe(request.descriptor.toStdString(),
                                                            request.birthdayMs));
    } else {
        std::uint32_t number = 0;
        for (const auto& other : session->accounts()) {
            if (other.type == request.type && !other.watchOnly)
                number = std::max(number, other.number + 1);
        }
        // Secrets must not lie in a suspended frame: this one waits behind its pointer.
        const auto passphrase = std::make_shared<base::SecretBytes>(std::move(request.passphrase));
        auto key = co_await m_core.wallets().keyOf(wallet, std::move(request.password));
        if (!key)
            co_return key.error();
        CO_TRY(session, m_core.wallets().session(wallet)); // Locked while we waited?
        // A wallet whose words were made here has no past before this account.
        const bool fresh = !request.birthdayMs && session->createdHere();
        auto derived = session->vault().withRoot(
            *key, [&](const vault::RootSecret& root) -> base::Result<void> {
                const auto master =
                    TRY(masterKeyOf(session->vault(), root, *passphrase, m_core.network().network));
                account = TRY(m_core.wallets().factory().derive(
                    master, request.type, number, fresh ? AccountAge::Fresh : AccountAge::Restored,
                    request.birthdayMs));
                return {};
            });
        if (!derived)
            co_return derived.error();
        // A restore may be looking for this very account: then it is that one, and no date that is
        // given now makes it look at less.
        if (const auto* searched = session->candidate(request.type, number)) {
            account.id = searched->id;
            account.birthdayHeight = std::min(account.birthdayHeight, searched->birthdayHeight);
        }
    }
    // The words were made with the first account; since then other machines may have used them.
    for (const auto& other : session->accounts()) {
        if (!request.birthdayMs && session->createdHere())
            account.birthdayHeight = std::min(account.birthdayHeight, other.birthdayHeight);
    }
    if (!request.name.isEmpty())
        account.name = request.name.toStdString();
    auto added = session->addAccount(account);
    if (!added)
        co_return added.error();
    m_core.wallets().watchAccount(wallet, account.id);
    m_core.wallets().afterChange(wallet);
    co_return infoOf(*session, account);
}

base::Result<void> AccountService::rename(api::WalletId wallet, api::AccountId account,
                                          QString name)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto id = TRY(parseId(account));
    TRY(session->renameAccount(id, name.trimmed().toStdString()));
    m_core.publish(wallet);
    return {};
}

base::Result<api::ReceiveAddress>
AccountService::addressOf(const WalletSession& session, const AccountRecord& account,
                          const bitcoin::OwnedScript& script) const
{
    api::ReceiveAddress out;
    const auto address = TRY(bitcoin::addressOf(script.script, m_core.network().network));
    out.address = QString::fromStdString(address);
    out.account = textOf(account.id);
    out.path = QString::fromStdString(pathOf(account, script.owner));
    out.index = script.owner.index;
    out.change = script.owner.role == bitcoin::DescriptorRole::Change;
    out.used = session.scripts().isUsed(script.owner);
    out.label = QString::fromStdString(session.labels().text(ledger::LabelKind::Address, address));
    return out;
}

base::Result<api::ReceiveAddress> AccountService::newAddress(api::WalletId wallet,
                                                             api::AccountId account)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto id = TRY(parseId(account));
    const auto record = TRY(session->account(id));
    const auto revealed = TRY(session->revealAddress(record.id));
    m_core.wallets().watchScripts(wallet, revealed.added);
    m_core.chain().expectPayment();
    return addressOf(*session, record, revealed.script);
}

base::Result<std::vector<api::ReceiveAddress>>
AccountService::addresses(api::WalletId wallet, api::AccountId account) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto id = TRY(parseId(account));
    const auto record = TRY(session->account(id));
    std::map<base::Bytes, std::int64_t> received;
    for (const auto& transaction : session->view().transactions()) {
        if (!transaction.counts())
            continue;
        for (const auto& output : transaction.transaction->outputs)
            received[output.script] += output.amount;
    }
    std::vector<api::ReceiveAddress> out;
    for (const auto& script : session->scripts().scripts(record.id)) {
        const auto state = TRY(session->scripts().state(record.id, script.owner.role));
        const bool shown = session->scripts().isUsed(script.owner) ||
                           (state.lastRevealed && script.owner.index <= *state.lastRevealed);
        if (!shown)
            continue;
        auto address = addressOf(*session, record, script);
        if (!address)
            continue; // A script without an address (bare multisig).
        address->received = money::Amount(received[script.script]);
        out.push_back(address.take());
    }
    return out;
}

base::Result<std::vector<api::Coin>> AccountService::coins(api::WalletId wallet,
                                                           api::AccountId account) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto id = TRY(parseId(account));
    std::vector<api::Coin> out;
    for (const auto& coin : session->view().coins()) {
        if (coin.owner.account != id)
            continue;
        api::Coin item;
        item.outpoint = QString::fromStdString(coin.point.toString());
        const auto address = bitcoin::addressOf(coin.output.script, m_core.network().network);
        if (address)
            item.address = QString::fromStdString(*address);
        item.label = QString::fromStdString(
            session->labels().text(ledger::LabelKind::Output, coin.point.toString()));
        item.amount = money::Amount(coin.output.amount);
        item.height = coin.height;
        item.frozen = session->isFrozen(coin.point);
        item.change = coin.owner.role == bitcoin::DescriptorRole::Change;
        item.spendable = coin.spendable() && !item.frozen;
        out.push_back(std::move(item));
    }
    return out;
}

base::Result<void> AccountService::setCoinState(api::WalletId wallet, QString outpoint,
                                                api::CoinState state)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto point = TRY(bitcoin::OutPoint::parse(outpoint.toStdString()));
    if (session->view().findCoin(point) == nullptr)
        return Error{ErrorCode::NotFound, "the wallet has no such coin"};
    TRY(session->setSpendable(point, state));
    m_core.publish(wallet);
    return {};
}

QCoro::Task<base::Result<QString>> AccountService::requestTestCoins(api::WalletId wallet,
                                                                    api::AccountId account)
{
    CO_TRY(const auto address, newAddress(wallet, account));
    auto promise = std::make_shared<QPromise<base::Result<QString>>>();
    promise->start();
    auto future = promise->future();
    m_core.chain().requestTestCoins(address.address, [promise](base::Result<QString> answer) {
        promise->addResult(std::move(answer));
        promise->finish();
    });
    co_await qCoro(future).waitForFinished();
    co_return future.takeResult();
}

} // namespace coffer::engine
