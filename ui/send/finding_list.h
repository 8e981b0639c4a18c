// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "ui/format.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QVBoxLayout;

namespace coffer::ui {

/// What a person must know about a payment, worst first. Each danger has a box of its own: only
/// when all are ticked may it be signed.
class FindingList : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    explicit FindingList(const QString& prefix, QWidget* parent = nullptr);

    void show(const std::vector<api::Finding>& findings, const AmountLook& look,
              const money::Currency& currency);
    /// Something that is no finding, below them.
    void append(QWidget* widget);
    void clear();
    bool allAcknowledged() const;
    QStringList acknowledged() const;
    /// Ticks the boxes of these rules.
    void acknowledge(const QStringList& rules);

Q_SIGNALS:
    void changed();

private:
    QString m_prefix;
    QVBoxLayout* m_column;
    std::vector<std::pair<QString, QCheckBox*>> m_boxes; ///< rule -> its box
};

} // namespace coffer::ui
