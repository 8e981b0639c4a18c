// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/intent.h"

#include <map>

namespace coffer::ledger {

/// The fold of all intent records: the latest of each.
class IntentBook
{
public:
    /// Takes in a record and returns it. Damaged when it does not follow its predecessor: another
    /// revision, a forbidden transition, or a change of what prepare or signing fixed.
    base::Result<Intent> apply(base::ByteView record);
    /// Whether `next` may follow what is stored: the check before a commit.
    base::Result<void> check(const Intent& next) const;

    const Intent* find(const base::Uuid& id) const;
    const Intent* findByTransaction(const TransactionId& transaction) const;
    /// By id, which is by time of creation.
    std::vector<Intent> all() const;
    std::size_t size() const { return m_intents.size(); }

private:
    std::map<base::Uuid, Intent> m_intents;
    std::map<TransactionId, base::Uuid> m_byTransaction;
};

} // namespace coffer::ledger
