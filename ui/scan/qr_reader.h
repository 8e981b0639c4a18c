// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>

namespace coffer::ui {

/// The texts of the QR codes in an image. Pure; takes some milliseconds: call it in the pool.
QStringList readQrCodes(const QImage& image);

} // namespace coffer::ui
