// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/chain_bookkeeping.h"

#include <algorithm>
#include <set>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// The open entries of a transaction, as the books have them.
struct Posted
{
    std::optional<Entry> appearance;
    std::optional<Entry> settlement;
};

Result<Posted> lookUp(const Ledger& books, const TransactionId& transaction)
{
    const PostedTransaction at = books.posted(transaction);
    Posted out;
    if (at.appeared != 0)
        out.appearance = TRY(books.entry(at.appeared));
    if (at.settled != 0)
        out.settlement = TRY(books.entry(at.settled));
    return out;
}

/// Own accounts as they changed; what left or came goes to External, the fee to Fees.
Result<std::vector<Posting>> postingsOf(const TxEffect& effect)
{
    std::vector<Posting> out;
    money::Amount rest; // What the other side must have for a sum of zero.
    for (const AccountDelta& delta : effect.deltas) {
        out.push_back(
            {BookAccount::own(delta.account), effect.currency, Layer::Pending, delta.amount});
        rest = TRY(rest.minus(delta.amount));
    }
    if (effect.fee) {
        out.push_back({BookAccount::fees(), effect.currency, Layer::Pending, *effect.fee});
        rest = TRY(rest.minus(*effect.fee));
    }
    out.push_back({BookAccount::external(), effect.currency, Layer::Pending, rest});
    TRY(normalise(out));
    return out;
}

EntryKind kindOf(const TxEffect& effect, const std::vector<Posting>& postings)
{
    if (effect.coinbase)
        return EntryKind::Coinbase;
    const auto external =
        std::find_if(postings.begin(), postings.end(), [](const Posting& posting) {
            return posting.account.kind() == BookAccount::Kind::External;
        });
    if (external == postings.end())
        return EntryKind::SelfTransfer;
    return external->amount.isNegative() ? EntryKind::Deposit : EntryKind::Send;
}

std::int64_t happenedMs(const TxEffect& effect)
{
    return effect.state == ChainState::Confirmed && effect.blockTimeMs > 0 ? effect.blockTimeMs
                                                                           : effect.firstSeenMs;
}

EntryDraft appearance(const TxEffect& effect, std::vector<Posting> postings)
{
    EntryDraft out;
    out.kind = kindOf(effect, postings);
    out.postings = std::move(postings);
    out.transaction = effect.transaction;
    out.happenedMs = happenedMs(effect);
    out.intent = effect.intent;
    out.counterparty = effect.counterparty;
    return out;
}

EntryDraft settlement(const TxEffect& effect, const std::vector<Posting>& pending)
{
    EntryDraft out;
    out.kind = EntryKind::Settlement;
    for (const Posting& posting : pending) {
        out.postings.push_back(
            {posting.account, posting.currency, Layer::Pending, posting.amount.negated()});
        out.postings.push_back({posting.account, posting.currency, Layer::Settled, posting.amount});
    }
    out.transaction = effect.transaction;
    out.height = effect.height;
    out.block = effect.block;
    out.happenedMs = happenedMs(effect);
    out.intent = effect.intent;
    return out;
}

EntryKind refusalKind(Refusal refusal)
{
    switch (refusal) {
    case Refusal::Replaced:
        return EntryKind::Replacement;
    case Refusal::Conflicted:
        return EntryKind::Conflict;
    case Refusal::Dropped:
        break;
    }
    return EntryKind::Drop;
}

Result<void> check(const TxEffect& effect)
{
    if (effect.state == ChainState::Confirmed && (!effect.height || *effect.height < 0))
        return Error{ErrorCode::Conflict, "a confirmed transaction without height"};
    if (effect.fee && effect.fee->isNegative())
        return Error{ErrorCode::Conflict, "a negative fee"};
    return {};
}

/// Compares one effect with what is posted and collects the entries between.
class Difference
{
public:
    Difference(const Ledger& books, std::vector<EntryDraft>& out)
        : m_books(books)
        , m_out(out)
    {
    }

    Result<void> refuse(const Posted& posted, Refusal refusal,
                        const std::optional<TransactionId>& other)
    {
        if (posted.settlement)
            TRY(reverse(*posted.settlement, EntryKind::Reorganisation, other));
        if (posted.appearance)
            TRY(reverse(*posted.appearance, refusalKind(refusal), other));
        return {};
    }

    Result<void> post(const TxEffect& effect, const Posted& posted)
    {
        auto postings = TRY(postingsOf(effect));
        bool appeared = posted.appearance.has_value();
        bool settled = posted.settlement.has_value();
        const bool wrong = appeared && posted.appearance->postings != postings;
        const bool confirmed = effect.state == ChainState::Confirmed;
        const bool moved = settled && confirmed &&
                           (posted.settlement->height != effect.height ||
                            posted.settlement->block != effect.block);
        if (settled && (!confirmed || moved || wrong)) {
            const bool lostBlock = !confirmed || moved;
            TRY(reverse(*posted.settlement,
                        lostBlock ? EntryKind::Reorganisation : EntryKind::Correction, {}));
            settled = false;
        }
        if (wrong) {
            TRY(reverse(*posted.appearance, EntryKind::Correction, {}));
            appeared = false;
        }
        if (postings.empty())
            return {}; // Touches the accounts without changing them.
        if (!appeared)
            m_out.push_back(appearance(effect, postings));
        if (confirmed && !settled)
            m_out.push_back(settlement(effect, postings));
        return {};
    }

private:
    Result<void> reverse(const Entry& entry, EntryKind kind,
                         const std::optional<TransactionId>& other)
    {
        auto draft = TRY(m_books.reversalOf(entry.id, kind));
        draft.related = other;
        m_out.push_back(std::move(draft));
        return {};
    }

    const Ledger& m_books;
    std::vector<EntryDraft>& m_out;
};

Result<std::set<TransactionId>> namesOf(std::span<const TxEffect> effects)
{
    std::set<TransactionId> out;
    for (const TxEffect& effect : effects) {
        TRY(check(effect));
        if (!out.insert(effect.transaction).second)
            return Error{ErrorCode::Conflict, "two effects of one transaction"};
    }
    return out;
}

Result<void> postAll(const Ledger& books, std::span<const TxEffect> effects, Difference& difference)
{
    // What makes room comes before what takes it, so that a replacement follows what it replaces.
    for (const TxEffect& effect : effects) {
        if (effect.state != ChainState::Refused)
            continue;
        const auto posted = TRY(lookUp(books, effect.transaction));
        TRY(difference.refuse(posted, effect.refusal, effect.other));
    }
    for (const TxEffect& effect : effects) {
        if (effect.state == ChainState::Refused)
            continue;
        const auto posted = TRY(lookUp(books, effect.transaction));
        TRY(difference.post(effect, posted));
    }
    return {};
}

} // namespace

Result<std::vector<EntryDraft>> bookkeeping(const Ledger& books, std::span<const TxEffect> effects)
{
    const auto named = TRY(namesOf(effects));
    ASSERT(named.size() == effects.size());
    std::vector<EntryDraft> out;
    Difference difference(books, out);
    TRY(postAll(books, effects, difference));
    return out;
}

Result<std::vector<EntryDraft>> bookkeepingOfView(const Ledger& books,
                                                  const money::Currency& currency,
                                                  std::span<const TxEffect> effects)
{
    const auto named = TRY(namesOf(effects));
    std::vector<EntryDraft> out;
    Difference difference(books, out);
    for (const TransactionId& transaction : books.openTransactions()) {
        if (named.contains(transaction))
            continue;
        const auto posted = TRY(lookUp(books, transaction));
        if (posted.appearance->postings.front().currency == currency)
            TRY(difference.refuse(posted, Refusal::Dropped, {}));
    }
    TRY(postAll(books, effects, difference));
    return out;
}

} // namespace coffer::ledger
