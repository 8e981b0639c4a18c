// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_api.h"

#include <QDateTime>

#include <array>

using namespace Qt::StringLiterals;

namespace coffer::test {

namespace {

/// A deterministic stream that looks like hash output.
std::uint64_t scramble(std::uint64_t& state)
{
    state += 0x9E3779B97F4A7C15ULL; // splitmix64
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

std::uint32_t polymod(const std::vector<std::uint8_t>& values)
{
    constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                     0x2a1462b3}; // BIP173
    std::uint32_t check = 1;
    for (const std::uint8_t value : values) {
        const std::uint32_t top = check >> 25;
        check = (check & 0x1ffffff) << 5 ^ value;
        for (std::size_t i = 0; i < 5; ++i)
            if ((top >> i) & 1)
                check ^= generator[i];
    }
    return check;
}

QString bech32(const QString& prefix, const std::vector<std::uint8_t>& data)
{
    constexpr auto kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    std::vector<std::uint8_t> values;
    for (const QChar c : prefix)
        values.push_back(std::uint8_t(c.unicode() >> 5));
    values.push_back(0);
    for (const QChar c : prefix)
        values.push_back(std::uint8_t(c.unicode() & 31));
    values.insert(values.end(), data.begin(), data.end());
    values.resize(values.size() + 6);
    const std::uint32_t check = polymod(values) ^ 1;
    QString text = prefix + u'1';
    for (const std::uint8_t value : data)
        text += QLatin1Char(kAlphabet[value]);
    for (int i = 0; i < 6; ++i)
        text += QLatin1Char(kAlphabet[(check >> (5 * (5 - i))) & 31]);
    return text;
}

struct Sample
{
    const char* label;
    std::int64_t satoshi; ///< Negative: sent, fee included.
    std::int64_t fee;
    int hoursAgo;
    int confirmations;
};

constexpr std::array<Sample, 14> kSamples{{
    {"Bookshop order 2231", -412'350, 1'420, 0, 0},
    {"Salary November", 8'250'000, 0, 3, 4},
    {"", 1'250'000, 0, 7, 9},
    {"Rent", -3'100'000, 2'418, 26, 150},
    {"Alice", -190'000, 980, 31, 180},
    {"Coffee beans", -42'100, 612, 52, 300},
    {"Refund hotel", 660'000, 0, 75, 420},
    {"Salary October", 8'250'000, 0, 30 * 24, 4300},
    {"Alice", -250'000, 1'020, 33 * 24, 4700},
    {"Consolidation", -1'870, 1'870, 41 * 24, 5900},
    {"Laptop", -4'820'000, 3'310, 55 * 24, 7900},
    {"Salary September", 8'250'000, 0, 61 * 24, 8800},
    {"Alice", -120'000, 1'110, 90 * 24, 12900},
    {"First coins", 5'000'000, 0, 130 * 24, 18700},
}};

} // namespace

FakeWallet* FakeState::wallet(const QString& id)
{
    for (const auto& candidate : wallets)
        if (candidate->info.id == id)
            return candidate.get();
    return nullptr;
}

api::Realm FakeState::realm() const
{
    if (network == "main"_L1)
        return api::Realm::Main;
    return network == "regtest"_L1 ? api::Realm::Local : api::Realm::Test;
}

money::Currency FakeState::currency() const
{
    switch (realm()) {
    case api::Realm::Main:
        return money::Currency::bitcoin();
    case api::Realm::Test:
        return money::Currency::testBitcoin();
    case api::Realm::Local:
        return money::Currency::regtestBitcoin();
    }
    return money::Currency::bitcoin();
}

QString FakeState::makeAddress(int number) const
{
    std::uint64_t seed = std::uint64_t(number) + 1;
    std::vector<std::uint8_t> data{0}; // Witness version 0.
    for (int i = 0; i < 32; ++i)       // 20 bytes in groups of five bits.
        data.push_back(std::uint8_t(scramble(seed) & 31));
    const QString prefix = realm() == api::Realm::Main
                               ? u"bc"_s
                               : (realm() == api::Realm::Local ? u"bcrt"_s : u"tb"_s);
    return bech32(prefix, data);
}

QString FakeState::makeId(int number) const
{
    std::uint64_t seed = std::uint64_t(number) * 7919 + 3;
    QString text;
    for (int i = 0; i < 4; ++i)
        text += u"%1"_s.arg(scramble(seed), 16, 16, QLatin1Char('0'));
    return text;
}

std::int64_t FakeState::now() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString FakeApi::knownAddress() const
{
    return m_state.makeAddress(501);
}
QString FakeApi::strangerAddress() const
{
    return m_state.makeAddress(900);
}

QString FakeApi::lookAlikeAddress() const
{
    const QString known = knownAddress();
    const QString other = strangerAddress();
    return known.left(8) + other.mid(8, known.size() - 12) + known.right(4);
}

namespace {

void addAccount(FakeState& state, FakeWallet& wallet, const QString& id, const QString& title,
                api::AccountType type, const QString& path, std::int64_t settled,
                std::int64_t pending)
{
    api::AccountInfo account;
    account.id = id;
    account.name = title;
    account.currency = state.currency();
    account.type = type;
    account.path = path;
    const QString head = type == api::AccountType::Bip86 ? u"tr"_s : u"wpkh"_s;
    account.descriptor = head + u"([73c5da0a"_s + path.mid(1) +
                         u"]xpub6CatWdiZiodmUeTDp8LT5or8nmbKNcuyvz7WyksVFkKB4RHwCD3XyuvPEbvqAQY"
                         "3rAPshWcMLoP2fMFMKHPJ4ZeZXYVUhLv1VMrjPC7PW6V/<0;1>/*)#wc3n3van"_s;
    api::AccountBalance balance;
    balance.settled = money::Amount(settled);
    balance.pending = money::Amount(pending);
    balance.spendable = money::Amount(settled + std::min<std::int64_t>(0, pending));
    balance.proof = {api::Source::Proved, state.node.height, state.now() - 4 * 60'000};
    account.balance = balance;
    wallet.accounts.push_back(account);
}

void addNode(FakeState& state, std::int64_t now)
{
    state.node.stage = api::NodeStage::Live;
    state.node.height = state.node.headerHeight = state.node.filterHeight =
        state.node.targetHeight = 921'384;
    state.node.progressPermille = 1000;
    state.node.tipTimeMs = now - 4 * 60'000;
    state.node.peers = {
        {u"192.168.1.20:8333"_s, u"/Satoshi:29.0.0/"_s, u"direct"_s, u"usable"_s, 921'384, 3, true},
        {u"203.0.113.7:8333"_s, u"/Satoshi:28.1.0/"_s, u"direct"_s, u"usable"_s, 921'384, 48,
         false},
        {u"198.51.100.23:8333"_s, u"/Satoshi:27.0.0/"_s, u"direct"_s, u"usable"_s, 921'384, 112,
         false},
        {u"[2001:db8::4f]:8333"_s, u"/Satoshi:29.1.0/"_s, u"direct"_s, u"connecting"_s, -1, -1,
         false},
    };
    state.fees.economy = api::FeeRate{4'200, 24, u"compact_blocks"_s, now - 20'000};
    state.fees.normal = api::FeeRate{8'600, 6, u"compact_blocks"_s, now - 20'000};
    state.fees.fast = api::FeeRate{12'400, 2, u"compact_blocks"_s, now - 20'000};
    state.log = {
        {now - 3'000, u"bitcoin_sync"_s, u"192.168.1.20:8333"_s, u"direct"_s, u"ip"_s,
         u"connected"_s},
        {now - 61'000, u"bitcoin_sync"_s, u"203.0.113.7:8333"_s, u"direct"_s, u"ip"_s,
         u"connected"_s},
        {now - 95'000, u"bitcoin_broadcast"_s, u"198.51.100.23:8333"_s, u"direct"_s,
         u"ip,transaction"_s, u"connected"_s},
        {now - 140'000, u"dns_seed"_s, u"seed.bitcoin.sipa.be"_s, u"direct"_s, u"ip"_s,
         u"connected"_s},
        {now - 160'000, u"bitcoin_sync"_s, u"[2001:db8::4f]:8333"_s, u"direct"_s, u"ip"_s,
         u"failed"_s},
    };
}

void addRows(FakeState& state, FakeWallet& wallet, std::int64_t now)
{
    int number = 1;
    for (const Sample& sample : kSamples) {
        api::HistoryRow row;
        row.txid = state.makeId(number);
        row.id = row.txid;
        row.timeMs = now - std::int64_t(sample.hoursAgo) * 3'600'000 - number * 60'000;
        row.kind = sample.satoshi > 0 ? u"receive"_s
                                      : (sample.satoshi == -sample.fee ? u"self"_s : u"send"_s);
        row.account = number % 5 == 4 ? u"account-2"_s : u"account-1"_s;
        row.amount = money::Amount(sample.satoshi);
        row.fee = money::Amount(sample.fee);
        row.currency = state.currency();
        row.confirmations = sample.confirmations;
        row.height = sample.confirmations > 0 ? state.node.height - sample.confirmations + 1 : -1;
        row.status = sample.confirmations == 0
                         ? api::EntryStatus::Pending
                         : (sample.confirmations < 6 ? api::EntryStatus::Confirmed
                                                     : api::EntryStatus::Final);
        row.label = QString::fromUtf8(sample.label);
        row.counterparty = state.makeAddress(row.label == "Alice"_L1 ? 501 : 500 + number * 7);
        row.canBump = sample.confirmations == 0 && sample.satoshi < 0;
        row.proof = {api::Source::Proved, row.height, now - 4 * 60'000};
        wallet.rows.push_back(row);
        ++number;
    }
}

void addAddresses(FakeState& state, FakeWallet& wallet)
{
    for (int i = 0; i < 9; ++i) {
        api::ReceiveAddress address;
        address.address = state.makeAddress(100 + i);
        address.account = u"account-1"_s;
        address.change = i >= 6;
        address.index = i >= 6 ? i - 6 : i;
        address.path = u"m/84h/0h/0h/%1/%2"_s.arg(i >= 6 ? 1 : 0).arg(address.index);
        address.used = i < 5 || i >= 6;
        address.label = i == 0 ? u"Salary"_s : (i == 3 ? u"Refunds"_s : QString());
        address.received = money::Amount(i < 5 ? 1'250'000 * (i + 1) : 0);
        wallet.addresses.push_back(address);
    }
}

void addCoins(FakeState& state, FakeWallet& wallet)
{
    const std::array<std::int64_t, 6> amounts{8'250'000, 5'204'118, 4'600'177,
                                              2'150'000, 1'250'000, 210'000};
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        api::Coin coin;
        coin.outpoint = state.makeId(40 + int(i)) + u":%1"_s.arg(i % 2);
        coin.address = state.makeAddress(100 + int(i));
        coin.label = i == 0 ? u"Salary November"_s : (i == 3 ? u"Do not mix"_s : QString());
        coin.amount = money::Amount(amounts[i]);
        coin.height = i == 4 ? -1 : state.node.height - 40 * std::int64_t(i) - 3;
        coin.frozen = i == 3;
        coin.change = i == 1;
        coin.spendable = !coin.frozen;
        wallet.coinAccounts[coin.outpoint] = u"account-1"_s;
        wallet.coins.push_back(coin);
    }
}

} // namespace

void FakeApi::addSampleWallet(const QString& name)
{
    auto wallet = std::make_unique<FakeWallet>();
    const std::int64_t now = m_state.now();
    addNode(m_state, now);
    wallet->info.id = name;
    wallet->info.realm = m_state.realm();
    wallet->info.fingerprint = u"73c5da0a"_s;
    wallet->password = base::SecretBytes::copyOf(base::viewOf(kPassword));
    wallet->indexes = base::SecretBytes::allocate(24);
    for (std::size_t i = 0; i < 12; ++i) {
        wallet->indexes.reveal()[2 * i] = std::uint8_t(53 * i + 7);
        wallet->indexes.reveal()[2 * i + 1] = std::uint8_t(i % 8);
    }

    addAccount(m_state, *wallet, u"account-1"_s, u"Savings"_s, api::AccountType::Bip84,
               u"m/84h/0h/0h"_s, 21'664'295, -412'350);
    addAccount(m_state, *wallet, u"account-2"_s, u"Daily"_s, api::AccountType::Bip86,
               u"m/86h/0h/0h"_s, 1'204'118, 0);

    addRows(m_state, *wallet, now);
    addAddresses(m_state, *wallet);
    addCoins(m_state, *wallet);
    m_state.wallets.push_back(std::move(wallet));
    m_wallets.publish();
    m_node.publish();
}

} // namespace coffer::test
