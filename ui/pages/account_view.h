// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/widgets/row_copy.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QTabWidget;
class QTableView;

namespace coffer::ui {

class AddressModel;
class Card;
class Chip;
class CoinModel;
class FieldGrid;
class MovementList;
class ProofMark;
class TextLabel;

/// One account: balances with their proof, and tabs for movements, coins, addresses, details.
class AccountView : public QWidget
{
    Q_OBJECT

public:
    explicit AccountView(Session& session, QWidget* parent = nullptr);

    void setAccount(const api::AccountId& account);
    const api::AccountId& account() const { return m_account; }
    void rename();
    bool stepBack();
    QWidget* drawer() const;
    void focusFirst();
    QTabWidget* tabs() const { return m_tabs; }

private:
    QWidget* buildHead();
    QWidget* buildAmount(const QString& title, TextLabel*& label, QWidget* mark);
    QWidget* buildMore();
    QWidget* buildCoins();
    QWidget* buildAddresses();
    RowCopy::Entry copyAddress(const QString& address);
    QWidget* buildDetails();
    void refresh();
    void refreshDetails(const api::AccountInfo& account);
    void refreshFreeze();
    void toggleFreeze();
    void copyDescriptor();

    Session& m_session;
    api::AccountId m_account;
    TextLabel* m_spendable;
    TextLabel* m_pending;
    TextLabel* m_immature;
    QWidget* m_pendingBox;
    QWidget* m_immatureBox;
    ProofMark* m_proof;
    Chip* m_network;
    Chip* m_type;
    Chip* m_source;
    QPushButton* m_send;
    QTabWidget* m_tabs;
    MovementList* m_movements;
    QTableView* m_coins;
    CoinModel* m_coinModel;
    QPushButton* m_freeze;
    QTableView* m_addresses;
    AddressModel* m_addressModel;
    QLineEdit* m_name;
    FieldGrid* m_details;
};

} // namespace coffer::ui
