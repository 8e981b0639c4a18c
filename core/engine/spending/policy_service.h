// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/signing/spend_policy.h"

#include <QCoroTask>

namespace coffer::engine {

class Core;

/// The limits of a wallet, as a person sets them; core/signing holds to them.
class PolicyService
{
public:
    explicit PolicyService(Core& core)
        : m_core(core)
    {
    }

    base::Result<api::SpendPolicyInfo> show(const api::WalletId& wallet) const;
    /// Tightening is open to whoever has the wallet unlocked; loosening needs the password.
    QCoro::Task<base::Result<api::SpendPolicyInfo>> change(api::PolicyChange change);

private:
    base::Result<signing::SpendPolicy> changed(const signing::SpendPolicy& before,
                                               const api::PolicyChange& change) const;
    base::Result<void> changeList(signing::SpendPolicy& policy,
                                  const api::PolicyChange& change) const;

    Core& m_core;
};

} // namespace coffer::engine
