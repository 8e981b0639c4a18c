// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace coffer::ui {

/// What the failed thing was about: decides what the text says about money.
enum class ErrorScene
{
    General,
    BeforeSigning, ///< Nothing was signed or sent.
    Sending        ///< Signing or broadcast may have happened.
};

/// What happened, whether money moved, what to do.
QString errorText(base::ErrorCode code, ErrorScene scene = ErrorScene::General);

/// For "Details": the code's stable name and the time, without secrets.
QString errorDetails(const base::Error& error);

} // namespace coffer::ui
