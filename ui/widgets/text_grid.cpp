// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_grid.h"

#include "ui/widgets/text_label.h"

#include <algorithm>

namespace coffer::ui {

void TextGrid::setRows(std::vector<Row> rows)
{
    const bool same =
        std::equal(rows.begin(), rows.end(), m_shown.begin(), m_shown.end(),
                   [](const Row& a, const Row& b) { return a.name == b.name && a.role == b.role; });
    if (!same) {
        clear();
        m_labels.clear();
        for (const Row& row : rows) {
            m_labels.push_back(new TextLabel(row.text, row.role));
            m_labels.back()->setWrap(m_wrap);
            addRow(row.name, m_labels.back());
        }
    }
    for (std::size_t i = 0; same && i < rows.size(); ++i)
        if (rows[i].text != m_shown[i].text)
            m_labels[i]->setText(rows[i].text);
    m_shown = std::move(rows);
}

} // namespace coffer::ui
