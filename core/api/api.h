// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/accounts.h"
#include "core/api/history.h"
#include "core/api/node.h"
#include "core/api/payments.h"
#include "core/api/psbts.h"
#include "core/api/settings.h"
#include "core/api/wallets.h"

namespace coffer::api {

/// Everything a window or a script may ask of the engine. The objects live on the caller's thread
/// and outlive the window.
struct Api
{
    Wallets* wallets = nullptr;
    Accounts* accounts = nullptr;
    Payments* payments = nullptr;
    History* history = nullptr;
    Node* node = nullptr;
    Settings* settings = nullptr;
    Psbts* psbts = nullptr;
};

} // namespace coffer::api
