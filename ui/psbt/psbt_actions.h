// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/psbt_values.h"

#include <QWidget>

class QPushButton;

namespace coffer::ui {

class PsbtSource;
class TextGrid;

/// What can be done with a PSBT now. What cannot says why, in words below the buttons.
class PsbtActions : public QWidget
{
    Q_OBJECT

public:
    explicit PsbtActions(QWidget* parent = nullptr);

    /// What the state of the page adds to what the engine says.
    struct Page
    {
        QString blocked;      ///< Nothing is signed or sent because of this; empty: nothing.
        QString codeObstacle; ///< Why it is not shown as a code; empty: it is.
        enum class Work
        {
            Idle,
            Running
        } work = Work::Idle;
    };
    void show(const api::PsbtInfo& info, const Page& page);

    QPushButton* signButton() const { return m_sign; }
    PsbtSource* combineSource() const { return m_combine; }

Q_SIGNALS:
    void backRequested();
    void saveRequested();
    void copyRequested();
    void codeRequested();
    void finaliseRequested();
    void signRequested();
    void broadcastRequested();

private:
    QPushButton* add(const QString& iconName, const QString& text, const QString& name);

    QPushButton* m_save;
    QPushButton* m_copy;
    QPushButton* m_code;
    PsbtSource* m_combine;
    QPushButton* m_back;
    QPushButton* m_finalise;
    QPushButton* m_broadcast;
    QPushButton* m_sign;
    TextGrid* m_reasons;
};

} // namespace coffer::ui
