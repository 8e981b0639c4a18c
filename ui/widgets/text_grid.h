// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

#include <QString>

#include <vector>

namespace coffer::ui {

class TextLabel;

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

private:
    std::vector<Row> m_shown;
    std::vector<TextLabel*> m_labels;
};

} // namespace coffer::ui
