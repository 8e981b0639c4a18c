// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QTimer>

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class AddressLabel;
class AmountEdit;
class Chip;
class EmptyState;
class IconView;
class InlineMessage;
class NodeNote;
class QrView;
struct RequestSheet;
class TextLabel;

/// An address as QR code and text, a request with amount and label, and what arrived, live.
class ReceivePage : public Page
{
    Q_OBJECT

public:
    explicit ReceivePage(Session& session, QWidget* parent = nullptr);

    void open(const Destination& destination) override;
    void activate() override;
    void focusFirst() override;
    QString uri() const;
    /// What Print puts on paper.
    RequestSheet sheet() const;
    const QString& address() const { return m_address; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildLeft();
    QWidget* buildRight();
    void buildButtons(QVBoxLayout* column);
    void refreshAccounts();
    void findAddress();
    void offer(const std::vector<api::ReceiveAddress>& addresses);
    void newAddress();
    void setAddress(const api::ReceiveAddress& address);
    void refreshRequest();
    void refreshStatus();
    void saveImage();
    void print();
    void saveLabel();
    void getTestCoins();
    const api::AccountInfo* account() const;

    QString m_address;
    QString m_savedLabel;
    QString m_derivation;
    int m_generation = 0; ///< Of the question for an address: only the last answer counts.
    bool m_asking = false;
    QComboBox* m_account;
    Chip* m_chip;
    QrView* m_qr;
    AddressLabel* m_text;
    TextLabel* m_path;
    QPushButton* m_copy;
    QPushButton* m_testCoins;
    AmountEdit* m_amount;
    QLineEdit* m_label;
    QTimer m_labelTimer;
    IconView* m_statusIcon;
    TextLabel* m_status;
    TextLabel* m_statusDetail;
    NodeNote* m_note;
    InlineMessage* m_backup;
    QWidget* m_content;
    EmptyState* m_empty;
};

} // namespace coffer::ui
