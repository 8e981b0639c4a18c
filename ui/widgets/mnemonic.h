// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace coffer::ui {

/// What a button says, for names and sentences: "Sign" from "&Sign…" or from "签名(&S)…".
QString withoutMnemonic(QString label);

} // namespace coffer::ui
