// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBoxLayout>
#include <QWidget>

class QGridLayout;

namespace coffer::ui {

/// A column that knows how wide its widget may become: asked for its height at the width of the
/// page, it answers for the width that it will really have. Texts that wrap would else be given the
/// height that they need in a wider place.
class Column : public QVBoxLayout
{
    Q_OBJECT

public:
    using QVBoxLayout::QVBoxLayout;

    int heightForWidth(int width) const override;
    int minimumHeightForWidth(int width) const override;

private:
    int boundedWidth(int width) const;
};

/// A rounded surface that groups what belongs together.
class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);

    /// The column inside, with the card's padding.
    QVBoxLayout* column() const { return m_column; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_column;
};

/// Rows of "name: value", names dim and aligned.
class FieldGrid : public QWidget
{
    Q_OBJECT

public:
    explicit FieldGrid(QWidget* parent = nullptr);

    /// Adds a row; the name is the buddy of a focusable value, first lines level. An address may
    /// have company beside it.
    void addRow(const QString& name, QWidget* value);
    void clear();

private:
    QGridLayout* m_grid;
    int m_rows = 0;
};

/// A thin decorative line.
class Separator : public QWidget
{
    Q_OBJECT

public:
    explicit Separator(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

QVBoxLayout* makeColumn(QWidget* owner, int spacing = 12);
QHBoxLayout* makeRow(int spacing = 8);
/// Removes and deletes everything in a layout.
void clearLayout(QLayout* layout);

} // namespace coffer::ui
