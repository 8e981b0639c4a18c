// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_api.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::test {

using base::ErrorCode;
using base::Result;

namespace {

money::Amount sum(const money::Amount& a, const money::Amount& b)
{
    return a.plus(b).take();
}
base::Error noSuch()
{
    return {ErrorCode::NotFound, "no such thing"};
}

base::SecretBytes secretOf(const char* text)
{
    return base::SecretBytes::copyOf(base::viewOf(text));
}

} // namespace

FakeWallets::FakeWallets(FakeState& state, QObject* parent)
    : Wallets(parent)
    , m_state(state)
{
}

api::WalletsSnapshot FakeWallets::snapshot() const
{
    api::WalletsSnapshot result;
    for (const auto& wallet : m_state.wallets)
        result.wallets.push_back(wallet->info);
    return result;
}

void FakeWallets::publish()
{
    Q_EMIT snapshotChanged(snapshot());
}

Result<api::CreatedWallet> FakeWallets::add(const QString& name, base::SecretBytes password)
{
    if (m_state.wallet(name))
        return base::Error{ErrorCode::AlreadyExists, "wallet exists"};
    auto wallet = std::make_unique<FakeWallet>();
    wallet->info.id = name;
    wallet->info.realm = m_state.realm();
    wallet->info.unlocked = true;
    wallet->info.fingerprint = u"73c5da0a"_s;
    wallet->password = std::move(password);
    wallet->indexes = base::SecretBytes::allocate(24);
    for (std::size_t i = 0; i < 12; ++i) {
        wallet->indexes.reveal()[2 * i] = std::uint8_t(37 * i + 11);
        wallet->indexes.reveal()[2 * i + 1] = std::uint8_t(i % 8);
    }
    api::AccountInfo account;
    account.id = u"account-%1"_s.arg(m_state.nextNumber++);
    account.name = u"Bitcoin"_s;
    account.currency = m_state.currency();
    account.path = u"m/84h/0h/0h"_s;
    account.descriptor =
        u"wpkh([73c5da0a/84h/0h/0h]xpub6CatWdiZiodmUeTDp8LT5or8nmbKNcuyvz7WyksVFkKB4RHwCD3XyuvPEbvq"
        "AQY3rAPshWcMLoP2fMFMKHPJ4ZeZXYVUhLv1VMrjPC7PW6V/<0;1>/*)#wc3n3van"_s;
    account.balance = api::AccountBalance{};
    account.balance->proof = {api::Source::Proved, m_state.node.height, m_state.now()};
    wallet->accounts.push_back(account);
    m_state.wallets.push_back(std::move(wallet));
    publish();
    return api::CreatedWallet{name, u"73c5da0a"_s};
}

QFuture<Result<api::CreatedWallet>> FakeWallets::create(api::CreateWallet request)
{
    return answer(m_state, add(request.name, std::move(request.password)));
}

QFuture<Result<api::CreatedWallet>> FakeWallets::restore(api::RestoreWallet request)
{
    if (request.mnemonic.size() < 20)
        return answer(m_state, Result<api::CreatedWallet>(ErrorCode::BadChecksum, "words"));
    m_state.restoredLanguage = request.language;
    auto created = add(request.name, std::move(request.password));
    if (created) {
        m_state.wallet(request.name)->info.backedUp = true;
        publish();
    }
    return answer(m_state, std::move(created));
}

QFuture<Result<QStringList>> FakeWallets::phraseLanguages(base::SecretBytes mnemonic)
{
    if (mnemonic.size() < 20)
        return answer(m_state, Result<QStringList>(ErrorCode::BadChecksum, "words"));
    return answer(m_state, Result<QStringList>(m_state.phraseLanguages));
}

QFuture<Result<api::RehearsalReport>> FakeWallets::rehearse(api::RehearseRestore request)
{
    FakeWallet* wallet = m_state.wallet(request.wallet);
    if (!wallet)
        return answer(m_state, Result<api::RehearsalReport>(noSuch()));
    if (request.mnemonic.size() < 20)
        return answer(m_state, Result<api::RehearsalReport>(ErrorCode::BadChecksum, "words"));
    api::RehearsalReport report;
    report.fingerprint = wallet->info.fingerprint;
    for (const auto& account : wallet->accounts)
        (account.watchOnly ? report.notFromWords : report.accounts) << account.name;
    report.atMs = m_state.now();
    wallet->info.rehearsedAtMs = report.atMs;
    publish();
    return answer(m_state, Result<api::RehearsalReport>(std::move(report)));
}

QFuture<Result<api::CreatedWallet>> FakeWallets::watch(api::WatchWallet request)
{
    if (request.descriptor.size() < 20)
        return answer(m_state, Result<api::CreatedWallet>(ErrorCode::Malformed, "descriptor"));
    auto created = add(request.name, std::move(request.password));
    if (created) {
        FakeWallet* wallet = m_state.wallet(request.name);
        wallet->info.watchOnly = true;
        wallet->info.backedUp = true;
        wallet->accounts[0].watchOnly = true;
        publish();
    }
    return answer(m_state, std::move(created));
}

QFuture<Result<void>> FakeWallets::unlock(api::WalletId id, base::SecretBytes password)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return answer(m_state, Result<void>(noSuch()));
    if (!wallet->password.equals(password))
        return answer(m_state, Result<void>(ErrorCode::WrongPassword, "unlock"));
    const auto open = [this, id] {
        m_state.wallet(id)->info.unlocked = true;
        publish();
    };
    if (m_state.latencyMs == 0)
        open();
    else
        QTimer::singleShot(m_state.latencyMs, this, open);
    return answer(m_state, Result<void>());
}

QFuture<Result<void>> FakeWallets::lock(api::WalletId id)
{
    if (FakeWallet* wallet = m_state.wallet(id))
        wallet->info.unlocked = false;
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<api::CreatedWallet>> FakeWallets::importFile(QString path, api::WalletId name,
                                                            base::SecretBytes password)
{
    if (m_state.nextImportError) {
        const auto error = *std::exchange(m_state.nextImportError, std::nullopt);
        return answer(m_state, Result<api::CreatedWallet>(error));
    }
    if (!password.equals(secretOf(FakeApi::kPassword)))
        return answer(m_state, Result<api::CreatedWallet>(ErrorCode::WrongPassword, "import"));
    auto created = add(name, std::move(password));
    if (created) {
        m_state.importedFile = path;
        m_state.wallet(name)->info.restoredFromOlder = true;
        publish();
    }
    return answer(m_state, std::move(created));
}

QFuture<Result<void>> FakeWallets::rename(api::WalletId id, api::WalletId name,
                                          base::SecretBytes password)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return answer(m_state, Result<void>(noSuch()));
    if (m_state.wallet(name))
        return answer(m_state, Result<void>(ErrorCode::AlreadyExists, "rename"));
    if (!wallet->password.equals(password))
        return answer(m_state, Result<void>(ErrorCode::WrongPassword, "rename"));
    wallet->info.id = name;
    if (m_state.settings.lastWallet == id)
        m_state.settings.lastWallet = name;
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<void>> FakeWallets::remove(api::DeleteWallet request)
{
    FakeWallet* wallet = m_state.wallet(request.wallet);
    if (!wallet)
        return answer(m_state, Result<void>(noSuch()));
    if (!wallet->password.equals(request.password))
        return answer(m_state, Result<void>(ErrorCode::WrongPassword, "delete"));
    const bool named = request.name == request.wallet &&
                       (wallet->info.backedUp || request.nameAgain == request.wallet);
    if (!named)
        return answer(m_state, Result<void>(ErrorCode::Rejected, "delete"));
    std::erase_if(m_state.wallets, [&](const auto& each) { return each.get() == wallet; });
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<void>> FakeWallets::changePassword(api::WalletId id, base::SecretBytes oldPassword,
                                                  base::SecretBytes newPassword)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet || !wallet->password.equals(oldPassword))
        return answer(m_state, Result<void>(ErrorCode::WrongPassword, "change"));
    wallet->password = std::move(newPassword);
    return answer(m_state, Result<void>());
}

QFuture<Result<api::Words>> FakeWallets::revealWords(api::WalletId id, base::SecretBytes password)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet || !wallet->password.equals(password))
        return answer(m_state, Result<api::Words>(ErrorCode::WrongPassword, "words"));
    api::Words words;
    words.indexes = wallet->indexes.clone();
    return answer(m_state, Result<api::Words>(std::move(words)));
}

QFuture<Result<void>> FakeWallets::markBackedUp(api::WalletId id)
{
    if (FakeWallet* wallet = m_state.wallet(id))
        wallet->info.backedUp = true;
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<api::BackupReport>>
FakeWallets::backup(api::WalletId id, QString path, base::SecretBytes password, base::SecretBytes)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet || !wallet->password.equals(password))
        return answer(m_state, Result<api::BackupReport>(ErrorCode::WrongPassword, "backup"));
    wallet->info.backedUp = true;
    publish();
    return answer(m_state, Result<api::BackupReport>(
                               api::BackupReport{path, true, int(wallet->accounts.size()), 6,
                                                 std::int64_t(wallet->rows.size()),
                                                 m_state.node.height, wallet->info.fingerprint}));
}

QFuture<Result<api::BackupReport>> FakeWallets::verifyBackup(QString path, base::SecretBytes)
{
    return answer(m_state, Result<api::BackupReport>(
                               api::BackupReport{path, true, 2, 6, 41, 921000, u"73c5da0a"_s}));
}

FakeAccounts::FakeAccounts(FakeState& state, QObject* parent)
    : Accounts(parent)
    , m_state(state)
{
}

api::AccountsSnapshot FakeAccounts::snapshot(const api::WalletId& id) const
{
    api::AccountsSnapshot result;
    result.wallet = id;
    const FakeWallet* wallet = m_state.wallet(id);
    if (wallet && wallet->info.unlocked)
        result.accounts = wallet->accounts;
    return result;
}

void FakeAccounts::publish(const api::WalletId& wallet)
{
    Q_EMIT snapshotChanged(snapshot(wallet));
}

QFuture<Result<api::AccountInfo>> FakeAccounts::add(api::WalletId id, api::AddAccount request)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return answer(m_state, Result<api::AccountInfo>(noSuch()));
    if (request.descriptor.isEmpty() && !wallet->password.equals(request.password))
        return answer(m_state, Result<api::AccountInfo>(ErrorCode::WrongPassword, "account"));
    api::AccountInfo account;
    account.id = u"account-%1"_s.arg(m_state.nextNumber++);
    account.name = request.name.isEmpty() ? u"Account"_s : request.name;
    m_state.addedBirthdayMs = request.birthdayMs;
    account.currency = m_state.currency();
    account.type = request.type;
    account.path = u"m/86h/0h/0h"_s;
    account.descriptor =
        u"tr([73c5da0a/86h/0h/0h]xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjS"
        "xarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ/<0;1>/*)"_s;
    account.watchOnly = !request.descriptor.isEmpty();
    account.balance = api::AccountBalance{};
    account.balance->proof = {api::Source::Proved, m_state.node.height, m_state.now()};
    wallet->accounts.push_back(account);
    publish(id);
    return answer(m_state, Result<api::AccountInfo>(account));
}

QFuture<Result<void>> FakeAccounts::rename(api::WalletId id, api::AccountId account, QString name)
{
    if (FakeWallet* wallet = m_state.wallet(id))
        for (auto& info : wallet->accounts)
            if (info.id == account)
                info.name = name;
    publish(id);
    return answer(m_state, Result<void>());
}

QFuture<Result<api::ReceiveAddress>> FakeAccounts::newAddress(api::WalletId id,
                                                              api::AccountId account)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return answer(m_state, Result<api::ReceiveAddress>(noSuch()));
    api::ReceiveAddress address;
    address.address = m_state.makeAddress(m_state.nextNumber++);
    address.account = account;
    std::int64_t next = 0;
    for (const auto& known : wallet->addresses)
        if (known.account == account && !known.change)
            next = std::max(next, known.index + 1);
    address.index = next;
    address.path = u"m/84h/0h/0h/0/%1"_s.arg(next);
    wallet->addresses.push_back(address);
    return answer(m_state, Result<api::ReceiveAddress>(address));
}

QFuture<Result<std::vector<api::ReceiveAddress>>> FakeAccounts::addresses(api::WalletId id,
                                                                          api::AccountId account)
{
    std::vector<api::ReceiveAddress> found;
    if (const FakeWallet* wallet = m_state.wallet(id))
        for (const auto& address : wallet->addresses)
            if (address.account == account)
                found.push_back(address);
    return answer(m_state, Result<std::vector<api::ReceiveAddress>>(std::move(found)));
}

QFuture<Result<std::vector<api::Coin>>> FakeAccounts::coins(api::WalletId id,
                                                            api::AccountId account)
{
    std::vector<api::Coin> found;
    if (const FakeWallet* wallet = m_state.wallet(id))
        for (const auto& coin : wallet->coins)
            if (wallet->coinAccounts.at(coin.outpoint) == account)
                found.push_back(coin);
    return answer(m_state, Result<std::vector<api::Coin>>(std::move(found)));
}

QFuture<Result<void>> FakeAccounts::setCoinState(api::WalletId id, QString outpoint,
                                                 api::CoinState state)
{
    if (FakeWallet* wallet = m_state.wallet(id))
        for (auto& coin : wallet->coins)
            if (coin.outpoint == outpoint) {
                coin.frozen = state == api::CoinState::Frozen;
                coin.spendable = !coin.frozen;
            }
    publish(id);
    return answer(m_state, Result<void>());
}

QFuture<Result<QString>> FakeAccounts::requestTestCoins(api::WalletId id, api::AccountId account)
{
    if (!m_state.node.hasTestCoins)
        return answer(m_state, Result<QString>(ErrorCode::Unsupported, "no faucet"));
    Q_EMIT coinsRequested(id, account);
    return answer(m_state, Result<QString>(m_state.makeId(m_state.nextNumber)));
}

FakeHistory::FakeHistory(FakeState& state, QObject* parent)
    : History(parent)
    , m_state(state)
{
}

QFuture<Result<api::HistoryPage>> FakeHistory::page(api::WalletId id, api::HistoryQuery query)
{
    ++m_state.pagesAsked;
    m_state.lastQuery = query;
    if (query.limit < 1 || query.limit > api::HistoryQuery::kMostRows)
        return answer(m_state, Result<api::HistoryPage>(ErrorCode::OutOfRange, "page size"));
    api::HistoryPage page;
    if (const FakeWallet* wallet = m_state.wallet(id))
        for (const auto& row : wallet->rows) {
            if (!query.account.isEmpty() && row.account != query.account)
                continue;
            const bool in = row.amount.sign() > 0;
            if (query.direction && in != (*query.direction == api::Direction::In))
                continue;
            if (!query.kinds.isEmpty() && !query.kinds.contains(row.kind))
                continue;
            if ((query.currency && row.currency != *query.currency) ||
                (query.atLeast && row.amount.compareSize(*query.atLeast) < 0) ||
                (query.atMost && row.amount.compareSize(*query.atMost) > 0))
                continue;
            if (!query.statuses.empty() && std::find(query.statuses.begin(), query.statuses.end(),
                                                     row.status) == query.statuses.end())
                continue;
            if (row.timeMs < query.fromMs.value_or(row.timeMs) ||
                (query.untilMs && row.timeMs >= *query.untilMs))
                continue;
            const QString text = row.label + u' ' + row.counterparty + u' ' + row.txid;
            if (!query.text.isEmpty() && !text.contains(query.text, Qt::CaseInsensitive))
                continue;
            if (page.total >= query.offset && page.total < query.offset + query.limit)
                page.rows.push_back(row);
            ++page.total;
        }
    return answer(m_state, Result<api::HistoryPage>(std::move(page)));
}

QFuture<Result<api::HistoryDetail>> FakeHistory::detail(api::WalletId wallet, QString id)
{
    const FakeWallet* found = m_state.wallet(wallet);
    if (found)
        for (const auto& row : found->rows) {
            if (row.id != id)
                continue;
            api::HistoryDetail detail;
            detail.row = row;
            api::LedgerEntry entry{u"entry-1"_s, 41, row.timeMs, row.kind, {}};
            const money::Amount net = row.amount;
            entry.postings.push_back({u"Account · Savings"_s, u"pending"_s, net, row.currency});
            if (!row.fee.isZero())
                entry.postings.push_back({u"Fees"_s, u"settled"_s, row.fee, row.currency});
            entry.postings.push_back(
                {u"External"_s, u"settled"_s, sum(net, row.fee).negated(), row.currency});
            detail.entries.push_back(entry);
            detail.outputs.push_back(
                {row.counterparty.isEmpty() ? m_state.makeAddress(77) : row.counterparty,
                 row.amount.absolute(), false});
            detail.outputs.push_back({m_state.makeAddress(78), money::Amount(1'204'118), true});
            detail.inputs = {{m_state.makeId(901) + u":0"_s, m_state.makeAddress(79),
                              money::Amount(1'600'000), row.amount.isNegative()},
                             {m_state.makeId(902) + u":1"_s, QString(), std::nullopt, false}};
            detail.rawTransaction = u"02000000000102"_s + m_state.makeId(903);
            detail.vsize = 209;
            detail.blockHash = row.height > 0
                                   ? u"00000000000000000001"_s + m_state.makeId(904).left(44)
                                   : QString();
            return answer(m_state, Result<api::HistoryDetail>(std::move(detail)));
        }
    return answer(m_state, Result<api::HistoryDetail>(noSuch()));
}

QFuture<Result<void>> FakeHistory::setLabel(api::WalletId id, api::LabelTarget, QString reference,
                                            QString text)
{
    if (FakeWallet* wallet = m_state.wallet(id)) {
        for (auto& row : wallet->rows)
            if (row.txid == reference)
                row.label = text;
        for (auto& coin : wallet->coins)
            if (coin.outpoint == reference)
                coin.label = text;
        for (auto& address : wallet->addresses)
            if (address.address == reference)
                address.label = text;
    }
    Q_EMIT changed(id);
    return answer(m_state, Result<void>());
}

QFuture<Result<std::int64_t>> FakeHistory::exportTo(api::WalletId id, api::ExportFormat,
                                                    QString path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return answer(m_state, Result<std::int64_t>(ErrorCode::PermissionDenied, "export"));
    const FakeWallet* wallet = m_state.wallet(id);
    return answer(m_state, Result<std::int64_t>(wallet ? std::int64_t(wallet->rows.size()) : 0));
}

QFuture<Result<std::int64_t>> FakeHistory::importLabels(api::WalletId, QString)
{
    return answer(m_state, Result<std::int64_t>(6));
}

QFuture<Result<api::AuditReport>> FakeHistory::verify(api::WalletId id)
{
    api::AuditReport report;
    const FakeWallet* wallet = m_state.wallet(id);
    report.entries = wallet ? std::int64_t(wallet->rows.size()) * 2 : 0;
    report.root = m_state.makeId(905);
    report.difference.emplace_back(m_state.currency(), money::Amount());
    return answer(m_state, Result<api::AuditReport>(std::move(report)));
}

FakeNode::FakeNode(FakeState& state, QObject* parent)
    : Node(parent)
    , m_state(state)
{
}

api::NodeSnapshot FakeNode::snapshot() const
{
    return m_state.node;
}

void FakeNode::publish()
{
    Q_EMIT snapshotChanged(m_state.node);
}

QFuture<Result<void>> FakeNode::setNetworkUse(api::NetworkUse use)
{
    m_state.node.offline = use == api::NetworkUse::Offline;
    m_state.node.stage = m_state.node.offline ? api::NodeStage::Offline : api::NodeStage::Live;
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<void>> FakeNode::addPeer(QString address)
{
    if (!address.contains(u':'))
        return answer(m_state, Result<void>(ErrorCode::Malformed, "HOST:PORT"));
    api::PeerInfo peer;
    peer.address = address;
    peer.state = u"connecting"_s;
    peer.route = u"direct"_s;
    peer.ownNode = true;
    m_state.node.peers.insert(m_state.node.peers.begin(), peer);
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<void>> FakeNode::removePeer(QString address)
{
    std::erase_if(m_state.node.peers,
                  [&](const api::PeerInfo& peer) { return peer.address == address; });
    publish();
    return answer(m_state, Result<void>());
}

QFuture<Result<void>> FakeNode::rescan(api::WalletId, std::int64_t)
{
    return answer(m_state, Result<void>());
}

void FakeNode::setReceivePage(api::ReceivePage) {}

QFuture<Result<std::vector<api::NetworkLogRow>>> FakeNode::networkLog()
{
    return answer(m_state, Result<std::vector<api::NetworkLogRow>>(m_state.log));
}

FakeSettings::FakeSettings(FakeState& state, QObject* parent)
    : Settings(parent)
    , m_state(state)
{
}

QFuture<Result<void>> FakeSettings::set(api::SettingsSnapshot settings)
{
    m_state.settings = std::move(settings);
    Q_EMIT snapshotChanged(m_state.settings);
    return answer(m_state, Result<void>());
}

api::SettingsSnapshot FakeSettings::snapshot() const
{
    return m_state.settings;
}

FakeApi::FakeApi(const QString& network)
    : m_wallets(m_state, nullptr)
    , m_accounts(m_state, nullptr)
    , m_payments(m_state, nullptr)
    , m_history(m_state, nullptr)
    , m_node(m_state, nullptr)
    , m_settings(m_state, nullptr)
    , m_psbts(m_state, m_payments, nullptr)
{
    m_state.network = network;
    m_state.policy.maxFee = money::Amount(1'000'000);
    m_state.policy.maxFeeRateMilliSatPerVb = 500'000;
    m_state.settings.network = network;
    m_state.node.network = network;
    m_state.node.hasTestCoins = network == "regtest"_L1;
    QObject::connect(&m_payments, &FakePayments::paid, &m_history, [this](const QString& wallet) {
        m_accounts.publish(wallet);
        Q_EMIT m_history.changed(wallet);
    });
    QObject::connect(&m_accounts, &FakeAccounts::coinsRequested, &m_history,
                     [this](const QString& wallet, const QString& account) {
                         receive(wallet, account, 100'000'000);
                     });
    QObject::connect(&m_wallets, &api::Wallets::snapshotChanged, &m_accounts,
                     [this](const api::WalletsSnapshot& snapshot) {
                         for (const auto& wallet : snapshot.wallets)
                             m_accounts.publish(wallet.id);
                     });
}

api::Api FakeApi::api()
{
    return {&m_wallets, &m_accounts, &m_payments, &m_history, &m_node, &m_settings, &m_psbts};
}

void FakeApi::unlock(const QString& name)
{
    m_wallets.unlock(name, secretOf(kPassword));
}

void FakeApi::publish(const QString& wallet)
{
    m_wallets.publish();
    m_accounts.publish(wallet);
    m_payments.publish(wallet);
    m_node.publish();
    Q_EMIT m_history.changed(wallet);
}

QString FakeApi::receive(const QString& id, const QString& account, std::int64_t satoshi)
{
    FakeWallet* wallet = m_state.wallet(id);
    api::HistoryRow row;
    row.txid = m_state.makeId(m_state.nextNumber++);
    row.id = row.txid;
    row.timeMs = m_state.now();
    row.kind = u"receive"_s;
    row.account = account;
    row.amount = money::Amount(satoshi);
    row.currency = m_state.currency();
    row.proof = {api::Source::OneServer, -1, m_state.now()};
    for (auto address = wallet->addresses.rbegin(); address != wallet->addresses.rend(); ++address)
        if (address->account == account && !address->change) {
            row.counterparty = address->address;
            address->used = true;
            address->received = row.amount;
            break;
        }
    wallet->rows.insert(wallet->rows.begin(), row);
    for (auto& info : wallet->accounts)
        if (info.id == account && info.balance)
            info.balance->pending = sum(info.balance->pending, row.amount);
    m_accounts.publish(id);
    Q_EMIT m_history.changed(id);
    Q_EMIT m_history.appeared(id, row);
    return row.txid;
}

void FakeApi::mineBlock()
{
    ++m_state.node.height;
    m_state.node.headerHeight = m_state.node.filterHeight = m_state.node.height;
    m_state.node.tipTimeMs = m_state.now();
    for (auto& wallet : m_state.wallets) {
        for (auto& row : wallet->rows) {
            if (row.status == api::EntryStatus::Pending) {
                row.status = api::EntryStatus::Confirmed;
                row.height = m_state.node.height;
                row.confirmations = 1;
                row.canBump = false;
                row.proof = {api::Source::Proved, row.height, m_state.now()};
            } else if (row.confirmations > 0) {
                ++row.confirmations;
                if (row.confirmations >= 6)
                    row.status = api::EntryStatus::Final;
            }
        }
        for (auto& account : wallet->accounts)
            if (account.balance) {
                account.balance->settled = sum(account.balance->settled, account.balance->pending);
                account.balance->spendable = account.balance->settled;
                account.balance->pending = money::Amount();
                account.balance->proof = {api::Source::Proved, m_state.node.height, m_state.now()};
            }
        for (auto& intent : wallet->intents) {
            intent.confirmations = std::min(intent.confirmations + 1, 6);
            intent.state =
                intent.confirmations >= 6 ? api::IntentState::Final : api::IntentState::Confirmed;
        }
        publish(wallet->info.id);
    }
}

} // namespace coffer::test
