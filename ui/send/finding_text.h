// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QString>

namespace coffer::ui {

class Session;

/// What a finding means, in words.
QString findingText(const api::Finding& finding, const Session& session,
                    const money::Currency& currency);
/// The sentence that is ticked before a payment with this danger can be signed.
QString acknowledgementText(const api::Finding& finding);

} // namespace coffer::ui
