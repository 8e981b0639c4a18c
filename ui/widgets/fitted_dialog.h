// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace coffer::ui {

/// A dialog of a fixed width (more with larger text), always exactly as high as its content is
/// then. Qt asks for the height at the width that a layout would like: gaps, once texts wrap
/// elsewhere.
class FittedDialog : public QDialog
{
    Q_OBJECT

public:
    explicit FittedDialog(int width, QWidget* parent = nullptr);

protected:
    bool event(QEvent* event) override;

private:
    void fit();
};

} // namespace coffer::ui
