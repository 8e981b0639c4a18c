// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <functional>

class QButtonGroup;
class QLineEdit;
class QPushButton;

namespace coffer::ui {

class TextLabel;

/// Economy, Normal, Fast or a rate of one's own; with time, source and age of the quote, asked
/// again every 15 seconds.
class FeeChooser : public QWidget
{
    Q_OBJECT

public:
    explicit FeeChooser(Session& session, QWidget* parent = nullptr);

    /// The chosen rate; nothing while a custom one cannot be read.
    std::optional<std::int64_t> rate() const;
    int targetBlocks() const;
    bool isCustom() const;
    bool isComplete() const { return rate().has_value(); }
    void focusCustom();
    void refresh();
    /// Asks for the quotes again; `done` also runs when they cannot be had.
    void renew(const std::function<void()>& done);

Q_SIGNALS:
    void changed();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    const std::optional<api::FeeRate>& quoteOf(int id) const;
    void show(const api::FeeQuote& quote);
    void refreshCaption();

    Session& m_session;
    api::FeeQuote m_quote;
    QButtonGroup* m_group;
    std::array<QPushButton*, 4> m_buttons{};
    QLineEdit* m_custom;
    TextLabel* m_customUnit;
    TextLabel* m_caption;
    QTimer m_timer;
};

/// "12.4" to 12400; nothing for what is no rate. Whole thousandths, no floating point.
std::optional<std::int64_t> parseFeeRate(const QString& text);

} // namespace coffer::ui
