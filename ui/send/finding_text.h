// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "ui/format.h"

#include <QString>

namespace coffer::ui {

/// What a finding means, in words.
QString findingText(const api::Finding& finding, const AmountLook& look,
                    const money::Currency& currency);
/// The sentence that is ticked before a payment with this danger can be signed.
QString acknowledgementText(const api::Finding& finding);

} // namespace coffer::ui
