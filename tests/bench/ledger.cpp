// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A wallet with 100,000 entries: from the derived key to the first page of its history, and a
// search in it.

#include "core/crypto/hash.h"
#include "core/engine/wallet_session.h"
#include "tests/bench/processor_timer.h"
#include "tests/bench/report.h"
#include "tests/core/ledger/books.h"
#include "tests/core/vault/wallet_folder.h"

#include <cstdio>
#include <cstdlib>

using namespace coffer;
using namespace coffer::bench;
using base::Result;

namespace {

constexpr int kMovements = 50'000; // Each appears and settles: 100,000 entries.
constexpr int kPerCommit = 5'000;
constexpr int kRounds = 5;
constexpr std::int64_t kTip = 900'000;

/// Movements with addresses and memos, as people have them.
std::vector<ledger::EntryDraft> drafts(int first)
{
    std::vector<ledger::EntryDraft> out;
    for (int i = first; i < first + kPerCommit; ++i) {
        auto appears = test::deposit(std::uint8_t(1 + i % 3), 10'000 + i, std::uint64_t(i));
        appears.happenedMs = 1'600'000'000'000 + std::int64_t(i) * 600'000;
        appears.counterparty =
            "bcrt1q" + std::to_string(1'000'000'000'000 + i * 7'919LL) + "qqqqqqqqqqqqqqqqqqqqqqq";
        appears.memo = (i % 7 ? "Invoice " : "Café ") + std::to_string(i);
        // As evenly spread as real ones.
        appears.transaction = crypto::sha256(base::viewOf(std::to_string(i)));
        auto settles = test::settlement(appears, 700'000 + i);
        out.push_back(std::move(appears));
        out.push_back(std::move(settles));
    }
    return out;
}

Result<void> fill(vault::Vault& vault)
{
    test::Books books;
    for (int first = 0; first < kMovements; first += kPerCommit) {
        const auto entries = TRY(books.ledger.compose(drafts(first), books.clock, books.random));
        std::vector<vault::Record> records;
        for (const auto& entry : entries) {
            TRY(books.ledger.apply(entry));
            records.push_back({vault::RecordKind::Entry, entry});
        }
        TRY(vault.append(records));
    }
    return {};
}

Result<double> search(const ledger::History& history, std::string_view text, std::size_t atLeast)
{
    const ProcessorTimer timer;
    ledger::HistoryFilter filter;
    filter.search = TRY(ledger::parseSearch(text, {}));
    const auto page = history.page(filter, kTip, 0, 100);
    const double ms = timer.ms();
    if (page.total < atLeast)
        return {base::ErrorCode::NotFound, "a search found too little"};
    return ms;
}

struct Samples
{
    std::vector<double> unlock;
    std::vector<double> page;
    std::vector<double> text;
    std::vector<double> amount;
};

Result<void> round(test::WalletFolder& folder, const base::SecretBytes& key, Samples& samples)
{
    auto vault = TRY(folder.open());
    base::SystemClock clock;
    base::SystemRandom random;
    ProcessorTimer timer;
    auto session = TRY(engine::WalletSession::unlock(
        vault, key, {bitcoin::paramsOf(bitcoin::Network::Regtest), clock, random}));
    samples.unlock.push_back(timer.ms());
    timer.start();
    const auto page = session->history().page({}, kTip, 0, 100);
    samples.page.push_back(timer.ms());
    if (page.total != kMovements || session->books().size() != 2 * kMovements)
        return {base::ErrorCode::Damaged, "the books are not complete"};
    for (const auto& [query, list] : {std::pair{"café", &samples.text},
                                      {"invoice 4999", &samples.text},
                                      {"> 0.0005", &samples.amount}}) {
        auto ms = TRY(search(session->history(), query, 1));
        list->push_back(ms);
    }
    return {};
}

Result<void> measure()
{
    test::WalletFolder folder;
    base::SecretBytes key;
    {
        auto vault = TRY(folder.create());
        TRY(fill(vault));
        key = TRY(test::WalletFolder::keyOf(vault));
    }
    Samples samples;
    for (int i = 0; i < kRounds; ++i)
        TRY(round(folder, key, samples));
    const auto add = [](const char* what, const std::vector<double>& ms, double most) {
        Figure figure;
        figure.what = what;
        figure.unit = "ms";
        figure.ours = median(ms);
        figure.most = most;
        report(figure);
    };
    add("ledger with 100,000 entries, from the key to usable", samples.unlock, 1'000);
    add("first page of its history", samples.page, 100);
    add("text search in 100,000 entries", samples.text, 10);
    add("amount search in 100,000 entries", samples.amount, 10);
    return {};
}

} // namespace

int main()
{
    const auto done = measure();
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().detail.c_str());
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
