// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mnemonic.h"

using namespace Qt::StringLiterals;

namespace coffer::ui {

QString withoutMnemonic(QString label)
{
    // A script without letters has the key in brackets.
    for (qsizetype at = label.indexOf("(&"_L1); at >= 0; at = label.indexOf("(&"_L1))
        label.remove(at, 4);
    return label.remove(u'&').remove(u'…').trimmed();
}

} // namespace coffer::ui
