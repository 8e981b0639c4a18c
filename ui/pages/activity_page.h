// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/pages/page.h"

#include <QTimer>

class QLineEdit;
class QPushButton;

namespace coffer::ui {

class MovementFilterBar;
class MovementList;

/// Every movement of the wallet: search, details, labels, export, audit.
class ActivityPage : public Page
{
    Q_OBJECT

public:
    explicit ActivityPage(Session& session, QWidget* parent = nullptr);

    void open(const Destination& destination) override;
    void activate() override;
    bool stepBack() override;
    void focusSearch() override;
    void focusFirst() override;
    void exportRows() override;
    void rename() override;
    QWidget* drawer() const override;
    MovementList* list() const { return m_list; }

private:
    void applySearch();
    void clearFilters();
    void buildMenu();
    void exportTo(api::ExportFormat format);
    void importLabels();
    void showExported(const base::Result<std::int64_t>& rows);
    void verify();
    void showReport(const api::AuditReport& report);

    QLineEdit* m_search;
    QPushButton* m_more;
    MovementFilterBar* m_filters;
    MovementList* m_list;
    QTimer m_typing;
};

} // namespace coffer::ui
