// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/psbt_values.h"
#include "core/base/error.h"

namespace coffer::ui {

/// Why it is not signed here, or not sent; empty when nothing stands in the way.
QString signingObstacleText(api::PsbtObstacle obstacle);
QString sendingObstacleText(api::PsbtObstacle obstacle);
QString psbtProblemText(const api::PsbtProblem& problem);
/// Why something is no PSBT that can be opened.
QString psbtErrorText(const base::Error& error);

/// Why the fee is not known; empty when it is. A fee counts only if every amount that goes in is
/// proved.
QString unknownFeeText(const api::PsbtInfo& info);
/// "2 of 3 signatures", as far as the scripts tell.
QString signatureCountText(const api::PsbtInfo& info);
/// It says that it is for another network: nothing in it can be shown as it is meant.
bool isForOtherNetwork(const api::PsbtInfo& info);

} // namespace coffer::ui
