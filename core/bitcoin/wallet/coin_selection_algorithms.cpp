// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/coin_selection_algorithms.h"

#include <queue>

#include <algorithm>
#include <limits>

namespace coffer::bitcoin::selection {

namespace {

Attempt attemptOf(const std::vector<Group>& groups, const std::vector<std::size_t>& chosen,
                  SelectionAlgorithm algorithm)
{
    Attempt attempt;
    attempt.algorithm = algorithm;
    for (const std::size_t i : chosen) {
        const Group& group = groups[i];
        attempt.coins.insert(attempt.coins.end(), group.coins.begin(), group.coins.end());
        attempt.value += group.value;
        attempt.fee += group.fee;
        attempt.longTermFee += group.longTermFee;
    }
    return attempt;
}

std::int64_t sumOf(const std::vector<Group>& groups)
{
    std::int64_t sum = 0;
    for (const Group& group : groups)
        sum += group.value;
    return sum;
}

/// Depth-first over "with or without the next group", in descending order of value.
class BranchAndBound
{
public:
    BranchAndBound(std::vector<Group> groups, std::int64_t target, std::int64_t costOfChange,
                   std::int64_t maxWeight)
        : m_groups(std::move(groups))
        , m_target(target)
        , m_costOfChange(costOfChange)
        , m_maxWeight(maxWeight)
    {
        std::stable_sort(m_groups.begin(), m_groups.end(), [](const Group& a, const Group& b) {
            if (a.value != b.value)
                return a.value > b.value;
            return a.fee - a.longTermFee < b.fee - b.longTermFee;
        });
        m_available = sumOf(m_groups);
        m_feeRateIsHigh = m_groups.front().fee > m_groups.front().longTermFee;
    }

    bool tooHeavy = false;

    std::optional<Attempt> run()
    {
        if (m_available < m_target)
            return std::nullopt;
        std::size_t next = 0;
        for (int tries = 0; tries < kMaxTries; ++tries, ++next) {
            if (!mustGoBack()) {
                include(next);
                continue;
            }
            if (m_current.empty())
                break;
            next = goBack(next);
        }
        if (!m_found)
            return std::nullopt;
        return attemptOf(m_groups, m_best, SelectionAlgorithm::BranchAndBound);
    }

private:
    bool mustGoBack()
    {
        if (m_value + m_available < m_target || m_value > m_target + m_costOfChange ||
            (m_feeRateIsHigh && m_waste > m_bestWaste))
            return true;
        if (m_weight > m_maxWeight) {
            tooHeavy = true;
            return true;
        }
        if (m_value < m_target)
            return false;
        const std::int64_t waste = m_waste + m_value - m_target;
        if (waste <= m_bestWaste) {
            m_best = m_current;
            m_bestWaste = waste;
            m_found = true;
        }
        return true;
    }

    void include(std::size_t next)
    {
        const Group& group = m_groups[next];
        m_available -= group.value;
        // With its twin left out, this one would only repeat what was tried with the twin.
        const bool predecessorLeftOut =
            next > 0 && (m_current.empty() || m_current.back() + 1 != next);
        if (predecessorLeftOut && m_groups[next - 1].value == group.value &&
            m_groups[next - 1].fee == group.fee)
            return;
        m_current.push_back(next);
        m_value += group.value;
        m_waste += group.fee - group.longTermFee;
        m_weight += group.weight;
    }

    /// To the last included group, which is now left out.
    std::size_t goBack(std::size_t next)
    {
        for (--next; next > m_current.back(); --next)
            m_available += m_groups[next].value;
        const Group& group = m_groups[next];
        m_value -= group.value;
        m_waste -= group.fee - group.longTermFee;
        m_weight -= group.weight;
        m_current.pop_back();
        return next;
    }

    std::vector<Group> m_groups;
    std::int64_t m_target;
    std::int64_t m_costOfChange;
    std::int64_t m_maxWeight;
    std::int64_t m_available = 0;
    bool m_feeRateIsHigh = false;
    std::vector<std::size_t> m_current; ///< Ascending.
    std::int64_t m_value = 0;
    std::int64_t m_waste = 0;
    std::int64_t m_weight = 0;
    std::vector<std::size_t> m_best;
    std::int64_t m_bestWaste = std::numeric_limits<std::int64_t>::max();
    bool m_found = false;
};

/// The same tree as BranchAndBound, searched for the least weight.
class CoinGrinder
{
public:
    CoinGrinder(std::vector<Group> groups, std::int64_t target, std::int64_t maxWeight)
        : m_groups(std::move(groups))
        , m_target(target)
        , m_maxWeight(maxWeight)
        , m_bestWeight(maxWeight)
    {
        std::stable_sort(m_groups.begin(), m_groups.end(), [](const Group& a, const Group& b) {
            return a.value != b.value ? a.value > b.value : a.weight < b.weight;
        });
        m_lookahead.resize(m_groups.size());
        m_minTailWeight.resize(m_groups.size());
        std::int64_t sum = 0;
        std::int64_t lightest = std::numeric_limits<std::int32_t>::max();
        for (std::size_t i = m_groups.size(); i-- > 0;) {
            m_lookahead[i] = sum;
            m_minTailWeight[i] = lightest;
            sum += m_groups[i].value;
            lightest = std::min(lightest, m_groups[i].weight);
        }
        m_total = sum;
    }

    bool tooHeavy = false;

    std::optional<Attempt> run()
    {
        if (m_total < m_target)
            return std::nullopt;
        for (int tries = 0; tries < kMaxTries; ++tries) {
            push();
            Move move = evaluate();
            if (m_next == m_groups.size())
                move = Move::Cut;
            if (move == Move::Cut)
                pop();
            if (move != Move::Explore && !shift())
                break;
        }
        if (m_best.empty())
            return std::nullopt;
        return attemptOf(m_groups, m_best, SelectionAlgorithm::CoinGrinder);
    }

private:
    enum class Move
    {
        Explore, ///< Include the next group as well.
        Shift,   ///< Take the next one instead of the last.
        Cut      ///< Nor the next instead of the last: go one back.
    };

    void push()
    {
        m_amount += m_groups[m_next].value;
        m_weight += m_groups[m_next].weight;
        m_current.push_back(m_next);
        ++m_next;
    }

    void pop()
    {
        m_amount -= m_groups[m_current.back()].value;
        m_weight -= m_groups[m_current.back()].weight;
        m_current.pop_back();
    }

    Move evaluate()
    {
        const std::size_t tail = m_current.back();
        const Group& last = m_groups[tail];
        const Move heavier = last.weight <= m_minTailWeight[tail] ? Move::Cut : Move::Shift;
        if (m_amount + m_lookahead[tail] < m_target)
            return Move::Cut;
        if (m_weight > m_bestWeight) {
            tooHeavy = tooHeavy || m_weight > m_maxWeight;
            return heavier;
        }
        if (m_amount >= m_target) {
            if (m_best.empty() || m_weight < m_bestWeight || m_amount < m_bestAmount) {
                m_best = m_current;
                m_bestWeight = m_weight;
                m_bestAmount = m_amount;
            }
            return Move::Shift;
        }
        // Even the lightest groups, as valuable as the last one, would weigh too much.
        const std::int64_t missing = (m_target - m_amount + last.value - 1) / last.value;
        if (!m_best.empty() && m_weight + m_minTailWeight[tail] * missing > m_bestWeight)
            return heavier;
        return Move::Explore;
    }

    /// The next group instead of the last included one, skipping its twins. False at the end.
    bool shift()
    {
        for (bool again = true; again;) {
            if (m_current.empty())
                return false;
            m_next = m_current.back() + 1;
            pop();
            again = false;
            while (m_groups[m_next - 1].value == m_groups[m_next].value) {
                if (m_next + 1 >= m_groups.size()) {
                    again = true;
                    break;
                }
                ++m_next;
            }
        }
        return true;
    }

    std::vector<Group> m_groups;
    std::int64_t m_target;
    std::int64_t m_maxWeight;
    std::vector<std::int64_t> m_lookahead;
    std::vector<std::int64_t> m_minTailWeight;
    std::int64_t m_total = 0;
    std::vector<std::size_t> m_current;
    std::int64_t m_amount = 0;
    std::int64_t m_weight = 0;
    std::size_t m_next = 0;
    std::vector<std::size_t> m_best;
    std::int64_t m_bestWeight;
    std::int64_t m_bestAmount = std::numeric_limits<std::int64_t>::max();
};

} // namespace

Outcome branchAndBound(std::vector<Group> groups, std::int64_t target, std::int64_t costOfChange,
                       std::int64_t maxWeight)
{
    BranchAndBound search(std::move(groups), target, costOfChange, maxWeight);
    auto attempt = search.run();
    return {std::move(attempt), search.tooHeavy};
}

Outcome coinGrinder(std::vector<Group> groups, std::int64_t target, std::int64_t changeTarget,
                    std::int64_t maxWeight)
{
    CoinGrinder search(std::move(groups), target + changeTarget, maxWeight);
    auto attempt = search.run();
    return {std::move(attempt), search.tooHeavy};
}

Outcome singleRandomDraw(std::vector<Group> groups, std::int64_t target, std::int64_t maxWeight,
                         base::Random& random)
{
    std::vector<std::size_t> order(groups.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random.below(i)]);

    const auto lessValuableOnTop = [&](std::size_t first, std::size_t second) {
        return groups[first].value > groups[second].value;
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(lessValuableOnTop)> drawn(
        lessValuableOnTop);
    std::int64_t value = 0;
    std::int64_t weight = 0;
    bool dropped = false;
    for (const std::size_t i : order) {
        drawn.push(i);
        value += groups[i].value;
        weight += groups[i].weight;
        while (weight > maxWeight && !drawn.empty()) {
            dropped = true;
            value -= groups[drawn.top()].value;
            weight -= groups[drawn.top()].weight;
            drawn.pop();
        }
        if (value < target)
            continue;
        std::vector<std::size_t> chosen;
        for (; !drawn.empty(); drawn.pop())
            chosen.push_back(drawn.top());
        return {attemptOf(groups, chosen, SelectionAlgorithm::SingleRandomDraw), dropped};
    }
    return {std::nullopt, dropped};
}

} // namespace coffer::bitcoin::selection
