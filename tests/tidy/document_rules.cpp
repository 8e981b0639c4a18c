// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/document_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

namespace coffer::tidy {

namespace {

// A page of print: 66 lines of 110 columns. DESIGN's limit is two, half of one for a decision.
constexpr int kPageLines = 66;
constexpr int kPageColumns = 110;

int columns(QStringView text)
{
    int width = 0;
    for (const QChar c : text) {
        width += c.unicode() >= 0x2E80 ? 2 : 1; // Chinese characters are two columns wide.
    }
    return width;
}

/// GitHub's anchor of a heading.
QString anchorOf(const QString& heading)
{
    QString anchor;
    for (const QChar c : heading.toLower()) {
        if (c.isLetterOrNumber() || c == u'-' || c == u'_') {
            anchor += c;
        } else if (c == u' ') {
            anchor += u'-';
        }
    }
    return anchor;
}

bool hasAnchor(const QString& text, const QString& anchor)
{
    for (const auto& line : text.split(u'\n')) {
        static const QRegularExpression s_heading(QStringLiteral("^#+ +(.*)$"));
        const auto match = s_heading.match(line);
        if (match.hasMatch() && anchorOf(match.captured(1).trimmed()) == anchor) {
            return true;
        }
    }
    return false;
}

void checkTarget(const Document& document, const QString& root, int line, const QString& target,
                 Findings& findings)
{
    const auto parts = target.split(u'#');
    const QDir folder(QDir(root).filePath(QFileInfo(document.path).path()));
    const auto file =
        parts[0].isEmpty() ? QDir(root).filePath(document.path) : folder.filePath(parts[0]);
    if (!QFileInfo::exists(file)) {
        findings.push_back({document.path, line, QStringLiteral("link"),
                            QStringLiteral("%1 does not exist").arg(target)});
    } else if (parts.size() > 1 && file.endsWith(QLatin1String(".md")) &&
               !hasAnchor(readText(file), parts[1])) {
        findings.push_back({document.path, line, QStringLiteral("link"),
                            QStringLiteral("%1: no such heading").arg(target)});
    }
}

} // namespace

std::vector<Document> readDocuments(const QString& root)
{
    std::vector<Document> documents;
    const QDir base(root);
    const auto add = [&](const QString& path) {
        documents.push_back({base.relativeFilePath(path), readText(path)});
    };
    for (const auto& name : base.entryList({QStringLiteral("*.md")}, QDir::Files)) {
        add(base.filePath(name));
    }
    for (const char* folder : {"docs", "packaging", "tests", "resources"}) {
        QDirIterator iterator(base.filePath(QString::fromLatin1(folder)), {QStringLiteral("*.md")},
                              QDir::Files, QDirIterator::Subdirectories);
        while (iterator.hasNext()) {
            add(iterator.next());
        }
    }
    return documents;
}

Findings checkLinks(const Document& document, const QString& root)
{
    static const QRegularExpression s_link(
        QStringLiteral("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\""));
    static const QRegularExpression s_path(
        QStringLiteral("`((?:core|ui|app|hw|services|tests|docs|cmake|packaging|resources|"
                       "translations)/[\\w./-]+)`"));
    Findings findings;
    const auto lines = document.text.split(u'\n');
    bool fenced = false;
    for (int i = 0; i < lines.size(); ++i) {
        if (lines[i].startsWith(QLatin1String("```"))) {
            fenced = !fenced;
        }
        if (fenced) {
            continue;
        }
        auto links = s_link.globalMatch(lines[i]);
        while (links.hasNext()) {
            const auto match = links.next();
            const auto target = match.captured(1) + match.captured(2);
            if (!target.contains(QLatin1String("://")) &&
                !target.startsWith(QLatin1String("mailto:"))) {
                checkTarget(document, root, i + 1, target, findings);
            }
        }
        auto paths = s_path.globalMatch(lines[i]);
        while (paths.hasNext()) {
            const auto target = paths.next().captured(1);
            if (!QFileInfo::exists(QDir(root).filePath(target))) {
                findings.push_back({document.path, i + 1, QStringLiteral("path"),
                                    QStringLiteral("%1 does not exist").arg(target)});
            }
        }
    }
    return findings;
}

Findings checkLength(const Document& document)
{
    static const QStringList s_growing{QStringLiteral("CHANGELOG.md"),
                                       QStringLiteral("tests/data/README.md")};
    if (s_growing.contains(document.path)) {
        return {};
    }
    const bool decision = document.path.startsWith(QLatin1String("docs/decisions/"));
    // The file format byte by byte takes a third page.
    const int pages = document.path == QLatin1String("docs/data.md") ? 3 : 2;
    const int limit = decision ? kPageLines / 2 : pages * kPageLines;
    int length = 0;
    for (const auto& line : document.text.split(u'\n')) {
        length += std::max(1, (columns(line) + kPageColumns - 1) / kPageColumns);
    }
    if (length <= limit + 1) { // The last line's end opens one more.
        return {};
    }
    return {{document.path, 0, QStringLiteral("length"),
             QStringLiteral(
                 "%1 printed lines, %2 are allowed (%3): say less, or move it into a header essay")
                 .arg(length)
                 .arg(limit)
                 .arg(decision ? QStringLiteral("half a page")
                               : QStringLiteral("%1 pages").arg(pages))}};
}

Findings checkModules(const Document& architecture, const QString& layers)
{
    // | level | `core/base` | one sentence | may use |
    static const QRegularExpression s_row(QStringLiteral(
        "^\\|[^|]*\\|\\s*`([\\w/]+)`\\s*\\|\\s*([^|]+?)\\s*\\|\\s*([^|]*?)\\s*\\|$"));
    QMap<QString, QSet<QString>> allowed;
    for (const auto& line : architecture.text.split(u'\n')) {
        const auto match = s_row.match(line);
        if (match.hasMatch()) {
            const auto names =
                match.captured(3).split(QRegularExpression(QStringLiteral("[ ,;`]+")));
            allowed[match.captured(1)] = QSet<QString>(names.begin(), names.end());
        }
    }
    Findings findings;
    const auto add = [&](const QString& message) {
        findings.push_back({architecture.path, 0, QStringLiteral("modules"), message});
    };
    for (const auto& line : layers.split(u'\n', Qt::SkipEmptyParts)) {
        const auto fields = line.split(u'|');
        if (!allowed.contains(fields[0])) {
            add(QStringLiteral("%1 has no row in the table of modules").arg(fields[0]));
            continue;
        }
        for (const auto& dependency : fields[1].split(u',', Qt::SkipEmptyParts)) {
            const auto name = dependency.section(u'/', -1);
            const bool allOfCore = allowed[fields[0]].contains(QStringLiteral("*all")) &&
                                   dependency.startsWith(QLatin1String("core/"));
            if (!allOfCore && !allowed[fields[0]].contains(name)) {
                add(QStringLiteral(
                        "%1 uses %2, which its row does not allow: change the code, or the "
                        "architecture with a reason")
                        .arg(fields[0], dependency));
            }
        }
    }
    return findings;
}

Findings checkOrigins(const QString& readme, const QStringList& files)
{
    // | btc/bip32/bip32.json | ... |
    static const QRegularExpression s_row(QStringLiteral("^\\|\\s*`?([\\w./-]+\\.\\w+)`?\\s*\\|"),
                                          QRegularExpression::MultilineOption);
    Findings findings;
    const auto add = [&](const QString& message) {
        findings.push_back(
            {QStringLiteral("tests/data/README.md"), 0, QStringLiteral("origin"), message});
    };
    QSet<QString> rows;
    auto matches = s_row.globalMatch(readme);
    while (matches.hasNext()) {
        rows.insert(matches.next().captured(1));
    }
    for (const auto& file : files) {
        if (!rows.remove(file)) {
            add(QStringLiteral("%1 has no row: say where it comes from, and its licence")
                    .arg(file));
        }
    }
    for (const auto& row : rows) {
        add(QStringLiteral("%1 does not exist").arg(row));
    }
    return findings;
}

} // namespace coffer::tidy
