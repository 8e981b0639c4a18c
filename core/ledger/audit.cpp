// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/audit.h"

#include <algorithm>
#include <map>
#include <set>

namespace coffer::ledger {

using base::Result;

namespace {

/// Everything is kept in the plainest way, on purpose unlike Ledger: a mistake there must not be
/// repeated here.
class Auditor
{
public:
    explicit Auditor(AuditResult& result)
        : m_result(result)
    {
    }

    void read(std::uint64_t sequence, base::ByteView bytes)
    {
        m_tree.append(bytes);
        const auto decoded = decodeEntry(bytes);
        if (!decoded)
            return problem(sequence, "cannot be read: " + decoded.error().detail);
        const Entry& entry = *decoded;
        if (!base::equal(encodeEntry(entry), bytes))
            problem(sequence, "is not encoded as it would be written");
        if (const auto checked = checkEntry(entry); !checked)
            problem(sequence, checked.error().detail);
        if (entry.sequence != sequence)
            problem(sequence, "has another number");
        if (entry.timeMs <= m_lastTimeMs)
            problem(sequence, "is not later than the one before");
        m_lastTimeMs = entry.timeMs;
        if (!m_entries.emplace(entry.id, entry).second)
            problem(sequence, "has the id of another entry");
        readReversal(entry);
        readTransaction(entry);
        addUp(entry);
    }

    void compareWithBooks(const Ledger& books)
    {
        if (books.size() != m_result.entries)
            problem("the file and the books have different numbers of entries");
        else if (books.checkpoint().root != m_result.root)
            problem("the entries of the file differ from those in the books");
        auto rest = m_balances;
        for (const auto& [key, balance] : books.balances()) {
            const auto found = rest.find(key);
            const Balance own = found == rest.end() ? Balance{} : found->second;
            if (own != balance)
                problem("a balance differs from the sum of its postings, in " + code(key.currency));
            rest.erase(key);
        }
        if (!rest.empty())
            problem("an account of the file is missing in the books");
    }

    void compareWithChain(std::span<const ChainBalance> chain)
    {
        std::map<AccountCurrency, Balance> theirs;
        for (const ChainBalance& balance : chain) {
            const AccountCurrency key{BookAccount::own(balance.account), balance.currency};
            if (!theirs.emplace(key, balance.balance).second)
                problem("the chain gives two balances for one account");
            m_result.difference.emplace(balance.currency, money::Amount());
        }
        for (const auto& [key, ours] : m_balances) {
            if (!key.account.isOwn())
                continue;
            const auto found = theirs.find(key);
            compare(key, ours, found == theirs.end() ? Balance{} : found->second);
            theirs.erase(key);
        }
        for (const auto& [key, balance] : theirs)
            compare(key, {}, balance);
    }

    void finish()
    {
        m_result.root = m_tree.root();
        for (const auto& [transaction, balance] : m_pending) {
            if (balance < 0)
                problem("a transaction was reversed more often than it was posted");
        }
    }

    void problem(std::string text)
    {
        if (m_result.problems.size() < kMaxProblems)
            m_result.problems.push_back(std::move(text));
    }

private:
    void problem(std::uint64_t sequence, const std::string& text)
    {
        problem("entry " + std::to_string(sequence) + " " + text);
    }

    static std::string code(const money::Currency& currency)
    {
        return std::string(currency.code());
    }

    void readReversal(const Entry& entry)
    {
        if (!entry.reverses)
            return;
        const auto found = m_entries.find(*entry.reverses);
        if (found == m_entries.end() || found->second.sequence >= entry.sequence)
            return problem(entry.sequence, "reverses an entry that is not there before it");
        if (!m_reversed.insert(*entry.reverses).second)
            problem(entry.sequence, "reverses what is reversed already");
        std::vector<Posting> both = entry.postings;
        both.insert(both.end(), found->second.postings.begin(), found->second.postings.end());
        if (!normalise(both) || !both.empty())
            problem(entry.sequence, "does not undo exactly what it reverses");
    }

    void readTransaction(const Entry& entry)
    {
        if (!entry.transaction)
            return;
        if (beginsMovement(entry.kind))
            ++m_pending[*entry.transaction];
        else if (isReversal(entry.kind) && entry.kind != EntryKind::Reorganisation &&
                 entry.reverses) {
            const auto found = m_entries.find(*entry.reverses);
            if (found != m_entries.end() && beginsMovement(found->second.kind))
                --m_pending[*entry.transaction];
        }
        if (m_pending[*entry.transaction] > 1)
            problem(entry.sequence, "posts a transaction that is there already");
    }

    void addUp(const Entry& entry)
    {
        for (const Posting& posting : entry.postings) {
            Balance& balance = m_balances[{posting.account, posting.currency}];
            money::Amount& sum =
                posting.layer == Layer::Pending ? balance.pending : balance.settled;
            const auto next = sum.plus(posting.amount);
            if (!next)
                return problem(entry.sequence, "overflows a balance");
            sum = *next;
        }
    }

    void compare(const AccountCurrency& key, const Balance& ours, const Balance& theirs)
    {
        if (ours.settled != theirs.settled)
            problem("an account's settled balance differs from the chain, in " +
                    code(key.currency));
        if (ours.pending != theirs.pending)
            problem("an account's pending balance differs from the chain, in " +
                    code(key.currency));
        const auto total = [](const Balance& balance) {
            return balance.settled.plus(balance.pending);
        };
        const auto mine = total(ours);
        const auto other = total(theirs);
        if (!mine || !other)
            return problem("a balance overflows");
        const auto rest = mine->minus(*other);
        if (!rest)
            return problem("a difference overflows");
        money::Amount& sum = m_result.difference[key.currency];
        const auto next = sum.plus(*rest);
        if (!next)
            return problem("a difference overflows");
        sum = *next;
    }

    AuditResult& m_result;
    crypto::MerkleTree m_tree;
    std::int64_t m_lastTimeMs = 0;
    std::map<base::Uuid, Entry> m_entries;
    std::set<base::Uuid> m_reversed;
    std::map<TransactionId, int> m_pending;
    std::map<AccountCurrency, Balance> m_balances;
};

} // namespace

AuditResult audit(std::uint64_t entries, const EntrySource& source, const Ledger& books,
                  std::span<const ChainBalance> chain)
{
    AuditResult out;
    out.entries = entries;
    Auditor auditor(out);
    for (std::uint64_t sequence = 1; sequence <= entries; ++sequence) {
        const auto bytes = source(sequence);
        if (!bytes) {
            auditor.problem("entry " + std::to_string(sequence) +
                            " is missing: " + bytes.error().detail);
            continue;
        }
        auditor.read(sequence, *bytes);
    }
    auditor.finish();
    auditor.compareWithBooks(books);
    auditor.compareWithChain(chain);
    return out;
}

} // namespace coffer::ledger
