// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/text_rules.h"

#include <QMap>

namespace coffer::tidy {

Findings applyExceptions(Findings findings, const QString& exceptions)
{
    using Key = std::pair<QString, QString>;
    const auto listPath = QStringLiteral("tests/tidy/exceptions.txt");
    QMap<Key, int> counts;
    for (const auto& finding : findings) {
        ++counts[{finding.rule, finding.path}];
    }
    QMap<Key, int> allowed;
    Findings left;
    const auto lines = exceptions.split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        const auto comment = lines[i].indexOf(u'#');
        const auto entry = (comment < 0 ? lines[i] : lines[i].left(comment)).simplified();
        if (entry.isEmpty()) {
            continue;
        }
        const auto fields = entry.split(u' ');
        // A star: any number of times in this file, but at least once.
        const bool any = fields.size() == 3 && fields[2] == QLatin1String("*");
        bool number = any;
        const int count = any ? 1 : fields.size() == 3 ? fields[2].toInt(&number) : 0;
        if (!number || comment < 0) {
            left.push_back({listPath, i + 1, QStringLiteral("exceptions"),
                            QStringLiteral("write: rule path count  # reason")});
            continue;
        }
        const Key key{fields[0], fields[1]};
        if (counts.value(key) < count) {
            left.push_back(
                {listPath, i + 1, QStringLiteral("exceptions"),
                 QStringLiteral("%1 in %2 is needed %3 times only: the list may only shrink")
                     .arg(fields[0], fields[1])
                     .arg(counts.value(key))});
        }
        allowed[key] = any ? std::max(1, counts.value(key)) : count;
    }
    for (const auto& finding : findings) {
        const Key key{finding.rule, finding.path};
        if (counts.value(key) > allowed.value(key, 0)) {
            left.push_back(finding);
        }
    }
    return left;
}

} // namespace coffer::tidy
