// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// tidy text|docs|translations ROOT [LAYERS]: prints every fault as file:line, and what to write
// instead.
#include "tests/tidy/document_rules.h"
#include "tests/tidy/translation_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QTextStream>

using namespace coffer::tidy;

namespace {

void append(Findings& findings, Findings more)
{
    findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
}

Findings runText(const QString& root)
{
    Findings findings;
    for (const auto& file : readSources(
             root, {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app"),
                    QStringLiteral("hw"), QStringLiteral("services"), QStringLiteral("tests")})) {
        append(findings, checkText(file));
    }
    return applyExceptions(std::move(findings),
                           readText(root + QStringLiteral("/tests/tidy/exceptions.txt")));
}

QStringList dataFiles(const QString& root)
{
    QStringList files;
    const QDir data(root + QStringLiteral("/tests/data"));
    QDirIterator iterator(data.path(), QDir::Files, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        files << data.relativeFilePath(iterator.next());
    }
    files.removeAll(QStringLiteral("README.md"));
    files.sort();
    return files;
}

Findings runDocuments(const QString& root, const QString& layers)
{
    Findings findings;
    for (const auto& document : readDocuments(root)) {
        append(findings, checkLinks(document, root));
        append(findings, checkLength(document));
        if (document.path == QLatin1String("ARCHITECTURE.md")) {
            append(findings, checkModules(document, readText(layers)));
        }
    }
    append(findings,
           checkOrigins(readText(root + QStringLiteral("/tests/data/README.md")), dataFiles(root)));
    return findings;
}

Findings runTranslations(const QString& root)
{
    Findings findings;
    const QDir folder(root + QStringLiteral("/translations"));
    for (const auto& name : folder.entryList({QStringLiteral("*.ts")}, QDir::Files)) {
        append(findings, checkTranslation(QStringLiteral("translations/") + name,
                                          readText(folder.filePath(name))));
    }
    return findings;
}

} // namespace

int main(int argc, char** argv)
{
    const QString what = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const QString root =
        argc > 2 ? QDir(QString::fromLocal8Bit(argv[2])).absolutePath() : QString();
    Findings findings;
    if (what == QLatin1String("text") && argc == 3) {
        findings = runText(root);
    } else if (what == QLatin1String("docs") && argc == 4) {
        findings = runDocuments(root, QString::fromLocal8Bit(argv[3]));
    } else if (what == QLatin1String("translations") && argc == 3) {
        findings = runTranslations(root);
    } else {
        QTextStream(stderr) << "tidy text|docs|translations ROOT [LAYERS]\n";
        return 2;
    }
    QTextStream out(stdout);
    for (const auto& finding : findings) {
        out << finding.path << ':' << finding.line << ": " << finding.rule << ": "
            << finding.message << '\n';
    }
    out << "tidy." << what << ": " << findings.size() << " faults\n";
    return findings.empty() ? 0 : 1;
}
