// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choices.h"

#include <QAbstractButton>
#include <QButtonGroup>

namespace coffer::ui {

void tabToChosen(QButtonGroup* group)
{
    const auto apply = [group] {
        const bool any = group->checkedButton() != nullptr;
        for (QAbstractButton* button : group->buttons())
            button->setFocusPolicy(!any || button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    };
    QObject::connect(group, &QButtonGroup::buttonToggled, group, apply);
    apply();
}

} // namespace coffer::ui
