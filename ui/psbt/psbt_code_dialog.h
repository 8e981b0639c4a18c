// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace coffer::ui {

/// A PSBT as one QR code, for a signer with a camera.
class PsbtCodeDialog : public QDialog
{
    Q_OBJECT

public:
    PsbtCodeDialog(const QByteArray& psbt, QWidget* parent);

    /// One code holds so much and no more.
    static bool fits(const QByteArray& psbt);
};

} // namespace coffer::ui
