// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <vector>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace coffer::ui {

class CoinModel;
class FeeChooser;
class InlineMessage;
class RecipientRow;
class TextGrid;
class TextLabel;

/// First step of Send: from, to, amount, fee, and a summary beside it.
class ComposeView : public QWidget
{
    Q_OBJECT

public:
    explicit ComposeView(Session& session, QWidget* parent = nullptr);

    void start(const Destination& destination);
    void refreshAccounts();
    void clear();
    bool isEmpty() const;
    /// A named fee speed takes the newest quote, then `done` runs.
    void renewFee(const std::function<void()>& done);
    bool isComplete() const;
    /// It leaves as a PSBT: the account has no keys here, or the person wants it so.
    bool isSignedElsewhere() const;
    api::PaymentDraft draft() const;
    void showError(const base::Error& error);
    void focusFirst();
    void setAdvancedOpen();
    RecipientRow* recipient(int index) const { return m_recipients[std::size_t(index)]; }
    enum class Work
    {
        Idle,
        Running
    };
    void setWork(Work work);
    /// How wide it may become without being cut off.
    void setRoom(int width);

Q_SIGNALS:
    void continueRequested();
    void changed();

private:
    QWidget* buildForm();
    QWidget* buildAdvanced();
    QWidget* buildSummary();
    RecipientRow* scanTarget();
    void addRecipient();
    void removeRecipient(RecipientRow* row);
    void refresh();
    void refreshSummary();
    void refreshEstimate();
    void askEstimate();
    QString estimateKey() const;
    void refreshCoins();
    void tryContinue();
    std::optional<money::Amount> typedSum() const;
    const api::AccountInfo* account() const;

    Session& m_session;
    InlineMessage* m_message;
    QBoxLayout* m_columns;
    QWidget* m_form;
    QWidget* m_summaryCard;
    QComboBox* m_from;
    TextLabel* m_unknown;
    QVBoxLayout* m_recipientColumn;
    std::vector<RecipientRow*> m_recipients;
    int m_nextRecipient = 1;
    QLineEdit* m_label;
    FeeChooser* m_fee;
    RecipientRow* m_scanningRow = nullptr;
    QPushButton* m_advancedToggle;
    QWidget* m_advanced;
    QCheckBox* m_elsewhere;
    TextLabel* m_watching;
    QTableView* m_coins;
    CoinModel* m_coinModel;
    TextLabel* m_coinSum;
    TextGrid* m_summary;
    TextLabel* m_summaryNote;
    QTimer m_estimating;
    QString m_estimated;                                          ///< What the estimate is for.
    std::optional<base::Result<api::PaymentEstimate>> m_estimate; ///< Absent: none yet.
    QPushButton* m_continue;
};

} // namespace coffer::ui
