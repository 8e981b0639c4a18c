// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace coffer::tidy {

/// A fault: where, which rule, and what to write instead.
struct Finding
{
    QString path;
    int line = 0; ///< From 1; 0 means the file as a whole.
    QString rule;
    QString message;
};

/// A source file, line by line, three times: as it is; its code alone (comments and the insides of
/// literals blanked, columns kept); and the insides of its string literals.
struct SourceFile
{
    QString path; ///< From the root, with slashes.
    QStringList raw;
    QStringList code;
    QStringList literals;

    static SourceFile parse(const QString& path, const QString& text);

    bool isHeader() const { return path.endsWith(QLatin1String(".h")); }
    bool isTest() const { return path.startsWith(QLatin1String("tests/")); }
};

/// Reads every .h and .cpp below the named folders of the tree; anything unreadable aborts.
std::vector<SourceFile> readSources(const QString& root, const QStringList& folders);
/// A whole text file.
QString readText(const QString& file);

} // namespace coffer::tidy
