// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/pages/page.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTableView;

namespace coffer::ui {

class NetworkLogModel;
class PeerModel;
class TextGrid;
class TextLabel;

/// The node, its peers, the log of everything that leaves this computer, the one offline switch.
class NetworkPage : public Page
{
    Q_OBJECT

public:
    explicit NetworkPage(Session& session, QWidget* parent = nullptr);

    void open(const Destination& destination) override;
    void activate() override;
    void focusFirst() override;
    QTabWidget* tabs() const { return m_tabs; }

private:
    QWidget* buildState();
    QWidget* buildPeers();
    QWidget* buildLog();
    void refresh();
    void refreshPeerButton();
    void addPeer();
    void removePeer();
    void rescan();
    void showResult(const base::Result<void>& result, const QString& done);

    TextLabel* m_state;
    QProgressBar* m_progress;
    TextGrid* m_facts;
    TextLabel* m_learns;
    QCheckBox* m_online;
    QTabWidget* m_tabs;
    QTableView* m_peers;
    PeerModel* m_peerModel;
    QLineEdit* m_peer;
    QPushButton* m_remove;
    QComboBox* m_since;
    QTableView* m_log;
    NetworkLogModel* m_logModel;
};

} // namespace coffer::ui
