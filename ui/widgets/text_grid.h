// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QString>

#include <vector>

namespace coffer::ui {

/// A grid of texts that change often: only what differs is touched.
class TextGrid : public FieldGrid
{
    Q_OBJECT

public:
    struct Row
    {
        QString name;
        QString text;
        FontRole role = FontRole::Body;
    };

    using FieldGrid::FieldGrid;

    void setRows(std::vector<Row> rows);
    /// Of the rows that are set from now on.
    void setWrap(Wrap wrap) { m_wrap = wrap; }

private:
    Wrap m_wrap = Wrap::Off;
    std::vector<Row> m_shown;
    std::vector<TextLabel*> m_labels;
};

} // namespace coffer::ui
