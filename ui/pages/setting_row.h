// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace coffer::ui {

/// One setting: title, a sentence, its control; a dot and Reset when it is not as delivered.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    SettingRow(const QString& title, const QString& text, QWidget* control,
               QWidget* parent = nullptr);

    bool fits(const QStringList& words) const;
    enum class State
    {
        AsDelivered,
        Changed
    };
    void setState(State state);
    QPushButton* resetButton() const { return m_reset; }

private:
    QString m_words;
    QPushButton* m_reset;
};

} // namespace coffer::ui
