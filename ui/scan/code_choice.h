// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace coffer::ui {

/// Several codes of one picture with numbers: the keys 1 to 9, Return and a click choose.
class CodeChoice : public QListWidget
{
    Q_OBJECT

public:
    explicit CodeChoice(QWidget* parent = nullptr);

    /// Shows the first nine.
    void setTexts(const QStringList& texts);

Q_SIGNALS:
    void chosen(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(int row);

    QStringList m_texts;
};

} // namespace coffer::ui
