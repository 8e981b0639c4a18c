// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/intent_book.h"

#include "core/ledger/intent_rules.h"

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

Error damaged(const char* detail)
{
    return Error{ErrorCode::Damaged, detail};
}

/// What the person saw at prepare.
bool samePlan(const Intent& a, const Intent& b)
{
    return a.purpose == b.purpose && a.account == b.account && a.currency == b.currency &&
           a.inputs == b.inputs && a.outputs == b.outputs && a.fee == b.fee &&
           a.feeRateMilliSatPerVb == b.feeRateMilliSatPerVb && a.targetBlocks == b.targetBlocks &&
           a.balanceAfter == b.balanceAfter && a.unsignedBytes == b.unsignedBytes &&
           a.preparedMs == b.preparedMs && a.expiresMs == b.expiresMs && a.replaces == b.replaces &&
           a.replacesTransaction == b.replacesTransaction && a.findings == b.findings &&
           a.label == b.label;
}

bool needsSignedBytes(IntentState state)
{
    return state == IntentState::Signed || state == IntentState::Broadcast;
}

} // namespace

Result<void> IntentBook::check(const Intent& next) const
{
    if (needsSignedBytes(next.state) && (next.signedBytes.empty() || !next.transaction))
        return damaged("a signed intent without its bytes");
    if (next.state == IntentState::Released && (next.signedBytes.empty() || next.transaction))
        return damaged("a released intent without its PSBT");
    if (next.state == IntentState::Prepared && !next.signedBytes.empty())
        return damaged("an intent that is signed before it is confirmed");
    const Intent* last = find(next.id);
    // A rotated file keeps only the latest record, so the first one found may be any.
    if (!last)
        return {};
    if (next.revision != last->revision + 1)
        return damaged("intent records out of order");
    if (!isTransition(last->state, next.state))
        return damaged("an intent cannot go there");
    if (!samePlan(*last, next))
        return damaged("an intent that changed after it was shown");
    const bool signsNow =
        (last->state == IntentState::Prepared &&
         (next.state == IntentState::Signed || next.state == IntentState::Released)) ||
        (last->state == IntentState::Released && next.state == IntentState::Signed);
    if (!signsNow &&
        (next.signedBytes != last->signedBytes || next.transaction != last->transaction))
        return damaged("signed bytes that changed");
    return {};
}

Result<Intent> IntentBook::apply(base::ByteView record)
{
    auto intent = TRY(decodeIntent(record));
    TRY(check(intent));
    m_intents.insert_or_assign(intent.id, intent);
    if (intent.transaction)
        m_byTransaction.insert_or_assign(*intent.transaction, intent.id);
    return intent;
}

const Intent* IntentBook::find(const base::Uuid& id) const
{
    const auto found = m_intents.find(id);
    return found == m_intents.end() ? nullptr : &found->second;
}

const Intent* IntentBook::findByTransaction(const TransactionId& transaction) const
{
    const auto found = m_byTransaction.find(transaction);
    return found == m_byTransaction.end() ? nullptr : find(found->second);
}

std::vector<Intent> IntentBook::all() const
{
    std::vector<Intent> out;
    out.reserve(m_intents.size());
    for (const auto& [id, intent] : m_intents)
        out.push_back(intent);
    return out;
}

} // namespace coffer::ledger
