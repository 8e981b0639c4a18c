// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/history.h"

#include <algorithm>
#include <cstring>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::int64_t kFinalDepth = 6; // As intents: kFinalConfirmations.

MovementKind kindOf(EntryKind kind, const money::Amount& amount)
{
    switch (kind) {
    case EntryKind::Deposit:
        return amount.isNegative() ? MovementKind::Self : MovementKind::Receive;
    case EntryKind::Send:
        return amount.isNegative() ? MovementKind::Send : MovementKind::Self;
    case EntryKind::SelfTransfer:
        return MovementKind::Self;
    case EntryKind::Coinbase:
        return MovementKind::Coinbase;
    case EntryKind::Opening:
        return MovementKind::Opening;
    case EntryKind::Fee:
        return MovementKind::Fee;
    default:
        return MovementKind::Adjustment;
    }
}

std::int64_t happenedMs(const Entry& entry)
{
    return entry.happenedMs.value_or(entry.timeMs);
}

/// The sum of both layers on each own account, in the order of the postings.
struct OwnSum
{
    base::Uuid account;
    money::Currency currency;
    money::Amount amount;
};

std::vector<OwnSum> ownSums(const Entry& entry)
{
    std::vector<OwnSum> out;
    for (const Posting& posting : entry.postings) {
        if (!posting.account.isOwn())
            continue;
        const bool same = !out.empty() && out.back().account == posting.account.id() &&
                          out.back().currency == posting.currency;
        if (!same)
            out.push_back({posting.account.id(), posting.currency, money::Amount()});
        const auto sum = out.back().amount.plus(posting.amount);
        ASSERT(sum); // The ledger bounds postings.
        out.back().amount = *sum;
    }
    return out;
}

money::Amount feeOf(const Entry& entry, const money::Currency& currency)
{
    money::Amount out;
    for (const Posting& posting : entry.postings) {
        if (posting.account.kind() != BookAccount::Kind::Fees || posting.currency != currency)
            continue;
        const auto sum = out.plus(posting.amount);
        ASSERT(sum);
        out = *sum;
    }
    return out;
}

bool hasPending(const Entry& entry)
{
    return std::any_of(entry.postings.begin(), entry.postings.end(),
                       [](const Posting& posting) { return posting.layer == Layer::Pending; });
}

/// The beginning or the end of a transaction id in hex, as people copy and abbreviate them.
class HexPart
{
public:
    explicit HexPart(std::string_view folded)
    {
        constexpr std::size_t kShortest = 4; // Less matches by chance too often.
        if (folded.size() < kShortest || folded.size() > 64)
            return;
        for (const char c : folded) {
            if (c >= '0' && c <= '9')
                m_digits.push_back(static_cast<std::uint8_t>(c - '0'));
            else if (c >= 'a' && c <= 'f')
                m_digits.push_back(static_cast<std::uint8_t>(c - 'a' + 10));
            else {
                m_digits.clear();
                return;
            }
        }
    }

    bool isUsable() const { return !m_digits.empty(); }
    bool matches(const TransactionId& shown) const
    {
        if (shown == TransactionId{})
            return false; // A movement without one.
        return isAt(shown, 0) || isAt(shown, 64 - m_digits.size());
    }

private:
    bool isAt(const TransactionId& shown, std::size_t first) const
    {
        for (std::size_t i = 0; i < m_digits.size(); ++i) {
            const std::uint8_t byte = shown[(first + i) / 2];
            if (m_digits[i] != ((first + i) % 2 == 0 ? byte >> 4 : byte & 15))
                return false;
        }
        return true;
    }

    std::vector<std::uint8_t> m_digits;
};

std::int64_t confirmationsAt(std::int64_t height, std::optional<std::int64_t> tipHeight)
{
    if (height < 0 || !tipHeight)
        return 0;
    return std::max<std::int64_t>(0, *tipHeight - height + 1);
}

} // namespace

std::string_view movementKindName(MovementKind kind)
{
    switch (kind) {
    case MovementKind::Receive:
        return "receive";
    case MovementKind::Send:
        return "send";
    case MovementKind::Self:
        return "self";
    case MovementKind::Coinbase:
        return "coinbase";
    case MovementKind::Opening:
        return "opening";
    case MovementKind::Fee:
        return "fee";
    case MovementKind::Adjustment:
        break;
    }
    return "adjustment";
}

std::string_view movementStatusName(MovementStatus status)
{
    switch (status) {
    case MovementStatus::Pending:
        return "pending";
    case MovementStatus::Confirmed:
        return "confirmed";
    case MovementStatus::Final:
        return "final";
    case MovementStatus::Replaced:
        return "replaced";
    case MovementStatus::Conflicted:
        return "conflicted";
    case MovementStatus::Dropped:
        return "dropped";
    case MovementStatus::Reversed:
        break;
    }
    return "reversed";
}

std::size_t History::MovementHash::operator()(const MovementId& id) const
{
    std::size_t out = 0;
    std::memcpy(&out, id.data() + 8, sizeof out); // The random half of a UUIDv7, too.
    return out;
}

std::size_t History::IdHash::operator()(const base::Uuid& id) const
{
    return MovementHash()(movementOf(id));
}

bool History::Place::operator<(const Place& other) const
{
    if (pending != other.pending)
        return pending;
    return timeMs != other.timeMs ? timeMs > other.timeMs : row > other.row;
}

History::MovementId History::movementOf(const base::Uuid& id)
{
    MovementId out{};
    std::copy(id.bytes().begin(), id.bytes().end(), out.begin());
    return out;
}

History::MovementId History::movementOf(const Entry& entry)
{
    if (entry.transaction)
        return *entry.transaction;
    return movementOf(entry.reverses ? *entry.reverses : entry.id);
}

MovementStatus History::statusOf(const Facts& facts, std::optional<std::int64_t> tipHeight)
{
    switch (facts.stage) {
    case Stage::Pending:
        return MovementStatus::Pending;
    case Stage::Settled:
        // Without a height it is no chain that settled it, and services do not confirm by and by.
        return facts.height < 0 || confirmationsAt(facts.height, tipHeight) >= kFinalDepth
                   ? MovementStatus::Final
                   : MovementStatus::Confirmed;
    case Stage::Replaced:
        return MovementStatus::Replaced;
    case Stage::Conflicted:
        return MovementStatus::Conflicted;
    case Stage::Dropped:
        return MovementStatus::Dropped;
    case Stage::Reversed:
        break;
    }
    return MovementStatus::Reversed;
}

void History::apply(const Entry& entry)
{
    if (beginsMovement(entry.kind))
        begin(entry);
    else if (entry.kind == EntryKind::Settlement)
        settle(entry);
    else
        undo(entry);
}

History::Index History::ensureRow(const Entry& entry, const base::Uuid& account,
                                  const money::Currency& currency)
{
    const MovementId movement = movementOf(entry);
    auto& rows = m_rowsOfMovement[movement];
    for (const Index row : rows) {
        if (m_facts[row].account == account && m_facts[row].currency == currency)
            return row;
    }
    const auto row = static_cast<Index>(m_facts.size());
    Facts facts;
    facts.account = account;
    facts.currency = currency;
    m_facts.push_back(facts);
    Details details;
    details.id = entry.id;
    details.movement = movement;
    details.transaction = entry.transaction;
    details.counterparty = entry.counterparty;
    details.firstMs = happenedMs(entry);
    m_details.push_back(std::move(details));
    m_shownIds.push_back(entry.transaction.value_or(TransactionId{}));
    if (currency.isBitcoin())
        std::reverse(m_shownIds.back().begin(), m_shownIds.back().end());
    rows.push_back(row);
    m_movementOfEntry.emplace(entry.id, movement);
    if (!entry.counterparty.empty())
        m_rowsOfAddress[entry.counterparty].push_back(row);
    return row;
}

void History::begin(const Entry& entry)
{
    bool feeGiven = false;
    for (const OwnSum& sum : ownSums(entry)) {
        const Index row = ensureRow(entry, sum.account, sum.currency);
        Facts& facts = m_facts[row];
        Details& details = m_details[row];
        facts.kind = kindOf(entry.kind, sum.amount);
        facts.amount = sum.amount;
        facts.stage = hasPending(entry) ? Stage::Pending : Stage::Settled;
        facts.timeMs = happenedMs(entry);
        facts.height = -1;
        details.fee = money::Amount();
        if (!feeGiven && sum.amount.isNegative()) {
            details.fee = feeOf(entry, sum.currency);
            feeGiven = true;
        }
        details.related.reset();
        details.intent = entry.intent;
        details.memo = entry.memo;
        details.entries.push_back(entry.sequence);
        touch(row);
        indexText(row);
    }
}

void History::settle(const Entry& entry)
{
    for (const Index row : m_rowsOfMovement[movementOf(entry)]) {
        Facts& facts = m_facts[row];
        if (facts.stage != Stage::Pending)
            continue;
        facts.stage = Stage::Settled;
        facts.height = entry.height.value_or(-1);
        facts.timeMs = happenedMs(entry);
        m_details[row].entries.push_back(entry.sequence);
        touch(row);
    }
}

void History::undo(const Entry& entry)
{
    for (const Index row : m_rowsOfMovement[movementOf(entry)]) {
        Facts& facts = m_facts[row];
        Details& details = m_details[row];
        if (facts.stage != Stage::Pending && facts.stage != Stage::Settled)
            continue;
        const bool wasSettled = facts.stage == Stage::Settled && entry.transaction;
        facts.height = -1;
        if (wasSettled) {
            // The ledger reverses a settlement before what it settled.
            facts.stage = Stage::Pending;
            facts.timeMs = details.firstMs;
        } else {
            facts.stage = entry.kind == EntryKind::Replacement ? Stage::Replaced
                          : entry.kind == EntryKind::Conflict  ? Stage::Conflicted
                          : entry.kind == EntryKind::Drop      ? Stage::Dropped
                                                               : Stage::Reversed;
            details.related = entry.related;
        }
        details.entries.push_back(entry.sequence);
        touch(row);
    }
}

void History::apply(const Label& label)
{
    const auto& reference = label.target.reference;
    std::vector<Index> rows;
    const auto add = [&](const MovementId& movement) {
        const auto found = m_rowsOfMovement.find(movement);
        if (found != m_rowsOfMovement.end())
            rows = found->second;
    };
    if (label.target.kind == LabelKind::Transaction) {
        // The text does not tell the chain: as bitcoin shows it, or as others do.
        for (const auto& currency : {money::Currency::bitcoin(), money::Currency()}) {
            const auto id = parseTransactionText(reference, currency);
            if (id && rows.empty())
                add(*id);
        }
    } else if (label.target.kind == LabelKind::Address) {
        const auto found = m_rowsOfAddress.find(reference);
        if (found != m_rowsOfAddress.end())
            rows = found->second;
    } else if (label.target.kind == LabelKind::Entry) {
        const auto id = base::Uuid::parse(reference);
        const auto found = id ? m_movementOfEntry.find(*id) : m_movementOfEntry.end();
        if (found != m_movementOfEntry.end())
            add(found->second);
    } else {
        return;
    }
    m_labels.insert_or_assign(label.target, label.text);
    for (const Index row : rows)
        indexText(row);
}

void History::touch(Index row)
{
    if (m_facts[row].moved)
        return;
    m_facts[row].moved = true;
    m_moved.push_back(row);
}

std::string History::labelOf(const Details& details) const
{
    const auto text = [this](LabelKind kind, const std::string& reference) -> std::string {
        const auto found = m_labels.find({kind, reference});
        return found == m_labels.end() ? std::string() : found->second;
    };
    if (m_labels.empty())
        return details.memo;
    std::string out = text(LabelKind::Entry, details.id.toString());
    if (out.empty() && details.transaction) {
        out = text(LabelKind::Transaction,
                   transactionText(*details.transaction, money::Currency::bitcoin()));
        if (out.empty())
            out = text(LabelKind::Transaction,
                       transactionText(*details.transaction, money::Currency()));
    }
    if (out.empty() && !details.counterparty.empty())
        out = text(LabelKind::Address, details.counterparty);
    return out.empty() ? details.memo : out;
}

void History::indexText(Index row)
{
    const Details& details = m_details[row];
    std::string text = labelOf(details);
    if (text != details.memo)
        text += "\n" + details.memo;
    if (!details.counterparty.empty())
        text += "\n" + details.counterparty;
    m_texts.set(row, text);
}

/// A filter made ready for many rows: texts looked up, numbers scaled for each currency.
class HistoryMatcher
{
public:
    HistoryMatcher(const History& history, const HistoryFilter& filter,
                   std::optional<std::int64_t> tipHeight)
        : m_history(history)
        , m_filter(filter)
        , m_tipHeight(tipHeight)
    {
        for (const auto& alternative : filter.search.alternatives)
            m_alternatives.push_back(prepare(alternative));
    }

    bool matches(History::Index row)
    {
        const auto& facts = m_history.m_facts[row];
        if (!matchesFilter(facts))
            return false;
        if (m_alternatives.empty())
            return true;
        for (auto& terms : m_alternatives) {
            const bool all = std::all_of(terms.begin(), terms.end(), [&](Ready& ready) {
                return matchesTerm(ready, row, facts);
            });
            if (all)
                return true;
        }
        return false;
    }

private:
    using Comparison = SearchQuery::Comparison;

    struct Ready
    {
        const SearchQuery::Term* term;
        HexPart hex;
        std::string folded;
        std::optional<std::vector<bool>>
            found; ///< Of the one text that was looked up for all rows.
        std::vector<std::pair<money::Currency, AmountThreshold>> thresholds;
    };

    /// Numbers first, since they are cheap; then one text looked up in one sweep over all rows.
    /// What is left needs to be asked only for the rows that passed.
    std::vector<Ready> prepare(const std::vector<SearchQuery::Term>& terms) const
    {
        std::vector<Ready> out;
        for (const SearchQuery::Term& term : terms)
            out.push_back({&term, HexPart(foldText(term.text)), foldText(term.text), {}, {}});
        std::stable_partition(out.begin(), out.end(),
                              [](const Ready& ready) { return !matchesText(*ready.term); });
        const auto text = std::find_if(out.begin(), out.end(),
                                       [](const Ready& ready) { return matchesText(*ready.term); });
        if (text == out.end())
            return out;
        text->found = m_history.m_texts.containing(text->term->text, m_history.m_facts.size());
        for (std::size_t row = 0; text->hex.isUsable() && row < m_history.m_shownIds.size();
             ++row) {
            if (text->hex.matches(m_history.m_shownIds[row]))
                (*text->found)[row] = true;
        }
        return out;
    }

    bool contains(const Ready& ready, History::Index row) const
    {
        if (ready.found)
            return (*ready.found)[row];
        return m_history.m_texts.contains(row, ready.folded) ||
               (ready.hex.isUsable() && ready.hex.matches(m_history.m_shownIds[row]));
    }

    /// A bare word is text as well; "= 0.5" is a number only.
    static bool matchesText(const SearchQuery::Term& term)
    {
        return term.comparison == Comparison::Contains || (!term.number && !term.period);
    }

    template <typename T>
    static bool isAmong(const std::vector<T>& wanted, const T& value)
    {
        return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    }

    bool matchesFilter(const History::Facts& facts) const
    {
        const auto& f = m_filter;
        if ((f.account && facts.account != *f.account) ||
            (f.currency && facts.currency != *f.currency) || !isAmong(f.kinds, facts.kind))
            return false;
        if ((f.fromMs && facts.timeMs < *f.fromMs) || (f.untilMs && facts.timeMs >= *f.untilMs))
            return false;
        if (f.direction && facts.amount.sign() != (*f.direction == Direction::In ? 1 : -1))
            return false;
        if ((f.atLeast && facts.amount.compareSize(*f.atLeast) < 0) ||
            (f.atMost && facts.amount.compareSize(*f.atMost) > 0))
            return false;
        return f.statuses.empty() || isAmong(f.statuses, History::statusOf(facts, m_tipHeight));
    }

    static bool holds(Comparison comparison, std::strong_ordering order)
    {
        switch (comparison) {
        case Comparison::Greater:
            return order > 0;
        case Comparison::Less:
            return order < 0;
        case Comparison::GreaterOrEqual:
            return order >= 0;
        case Comparison::LessOrEqual:
            return order <= 0;
        case Comparison::NotEqual:
            return order != 0;
        case Comparison::Contains:
        case Comparison::Equal:
            break;
        }
        return order == 0;
    }

    static std::strong_ordering orderIn(const SearchQuery::Period& period, std::int64_t timeMs)
    {
        if (timeMs < period.beginMs)
            return std::strong_ordering::less;
        return timeMs >= period.endMs ? std::strong_ordering::greater : std::strong_ordering::equal;
    }

    static const AmountThreshold& threshold(Ready& ready, const money::Currency& currency)
    {
        for (const auto& [known, value] : ready.thresholds) {
            if (known == currency)
                return value;
        }
        ready.thresholds.emplace_back(currency, AmountThreshold(*ready.term->number, currency));
        return ready.thresholds.back().second;
    }

    bool matchesTerm(Ready& ready, History::Index row, const History::Facts& facts) const
    {
        const SearchQuery::Term& term = *ready.term;
        if (!term.number && !term.period)
            return contains(ready, row) != (term.comparison == Comparison::NotEqual);
        if (matchesText(term) && contains(ready, row))
            return true;
        if (term.period && holds(term.comparison, orderIn(*term.period, facts.timeMs)))
            return true;
        return term.number &&
               holds(term.comparison, threshold(ready, facts.currency).compare(facts.amount));
    }

    const History& m_history;
    const HistoryFilter& m_filter;
    std::optional<std::int64_t> m_tipHeight;
    std::vector<std::vector<Ready>> m_alternatives;
};

void History::updateOrder() const
{
    if (m_moved.empty())
        return;
    std::erase_if(m_order, [this](const Place& place) { return m_facts[place.row].moved; });
    std::vector<Place> moved;
    moved.reserve(m_moved.size());
    for (const Index row : m_moved) {
        Facts& facts = m_facts[row];
        facts.moved = false;
        moved.push_back({facts.stage == Stage::Pending, facts.timeMs, row});
    }
    m_moved.clear();
    std::sort(moved.begin(), moved.end());
    const auto middle = static_cast<std::ptrdiff_t>(m_order.size());
    m_order.insert(m_order.end(), moved.begin(), moved.end());
    std::inplace_merge(m_order.begin(), m_order.begin() + middle, m_order.end());
}

HistoryPage History::page(const HistoryFilter& filter, std::optional<std::int64_t> tipHeight,
                          std::size_t offset, std::size_t limit) const
{
    updateOrder();
    HistoryMatcher matcher(*this, filter, tipHeight);
    // In the order of memory first: to follow m_order through the facts would miss the cache.
    std::vector<bool> matches(m_facts.size());
    for (Index row = 0; row < m_facts.size(); ++row)
        matches[row] = matcher.matches(row);
    HistoryPage out;
    for (const Place& place : m_order) {
        if (!matches[place.row])
            continue;
        if (out.total >= offset && out.rows.size() < limit)
            out.rows.push_back(rowAt(place.row, tipHeight));
        ++out.total;
    }
    return out;
}

HistoryRow History::rowAt(Index row, std::optional<std::int64_t> tipHeight) const
{
    const Facts& facts = m_facts[row];
    const Details& details = m_details[row];
    HistoryRow out;
    out.id = details.id;
    out.timeMs = facts.timeMs;
    out.kind = facts.kind;
    out.status = statusOf(facts, tipHeight);
    out.account = facts.account;
    out.currency = facts.currency;
    out.amount = facts.amount;
    out.fee = details.fee;
    out.transaction = details.transaction;
    out.related = details.related;
    if (facts.height >= 0)
        out.height = facts.height;
    out.confirmations = confirmationsAt(facts.height, tipHeight);
    out.intent = details.intent;
    out.label = labelOf(details);
    out.counterparty = details.counterparty;
    out.entries = details.entries;
    return out;
}

Result<HistoryRow> History::row(const base::Uuid& id, const base::Uuid& account,
                                std::optional<std::int64_t> tipHeight) const
{
    const auto movement = m_movementOfEntry.find(id);
    if (movement != m_movementOfEntry.end()) {
        for (const Index row : m_rowsOfMovement.at(movement->second)) {
            if (m_facts[row].account == account)
                return rowAt(row, tipHeight);
        }
    }
    return Error{ErrorCode::NotFound, "no such movement"};
}

std::vector<HistoryRow> History::rowsOf(const TransactionId& transaction,
                                        std::optional<std::int64_t> tipHeight) const
{
    std::vector<HistoryRow> out;
    const auto found = m_rowsOfMovement.find(transaction);
    if (found == m_rowsOfMovement.end())
        return out;
    for (const Index row : found->second)
        out.push_back(rowAt(row, tipHeight));
    return out;
}

} // namespace coffer::ledger
