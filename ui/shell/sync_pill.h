// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QAbstractButton>

namespace coffer::ui {

class Session;

/// What the node is doing, in the words of the pill and of the Network page.
QString nodeStateText(const api::NodeSnapshot& node);
/// What to do about a problem; empty when there is none.
QString nodeProblemText(const api::NodeSnapshot& node);

/// Always in the header: synced, syncing, behind, offline, disagreement. Opens the jobs.
class SyncPill : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SyncPill(Session& session, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    Session& m_session;
    QString m_text;
    QString m_icon;
    int m_permille = 1000;
};

} // namespace coffer::ui
