// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "ui/theme/icons.h"

#include <QWidget>

namespace coffer::ui {

/// The one small mark that says where a number comes from; the sentence is its tooltip and its
/// accessible name.
class ProofMark : public QWidget
{
    Q_OBJECT

public:
    explicit ProofMark(QWidget* parent = nullptr);

    void setProof(api::Source source, const QString& sentence);

    QSize sizeHint() const override { return {18, 18}; }

    static QString iconName(api::Source source);
    static IconColor iconColor(api::Source source);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    api::Source m_source = api::Source::Unknown;
};

} // namespace coffer::ui
