// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/text_label.h"

namespace coffer::ui {

/// A whole address in groups of four, monospaced, wrapped at group ends. Ctrl+C and the menu copy
/// it without spaces; screen readers hear the raw address.
class AddressLabel : public TextLabel
{
    Q_OBJECT

public:
    explicit AddressLabel(const QString& address, QWidget* parent = nullptr);

    const QString& address() const { return m_address; }
    void setAddress(const QString& address);

    static constexpr int kPadding = 3; ///< Room for the focus ring.
    /// Below the upper edge.
    int firstLineCentre() const;
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void copyRequested(const QString& address);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int groupsPerLine(int width) const;

    QString m_address;
};

} // namespace coffer::ui
