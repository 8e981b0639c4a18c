// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

namespace coffer::ui {

/// A QR code: always black on white with its quiet zone, whole pixels per module, never themed.
class QrView : public QWidget
{
    Q_OBJECT

public:
    /// What the largest code holds at the correction that is used here (ISO/IEC 18004, table 7).
    static constexpr int kMostBytes = 2331;

    explicit QrView(QWidget* parent = nullptr);

    void setContent(const QString& text, const QString& accessibleName);
    void clear();
    /// The code as an image, for a file.
    QImage image(int pixelsPerModule) const;

    QSize sizeHint() const override { return {288, 288}; }
    QSize minimumSizeHint() const override { return {240, 240}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return width; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintModules(QPainter* painter, int pixels, QPoint origin) const;

    int m_size = 0;
    std::vector<bool> m_modules;
};

} // namespace coffer::ui
