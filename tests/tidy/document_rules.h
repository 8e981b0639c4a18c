// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/tidy/text_rules.h"

namespace coffer::tidy {

/// A document (Markdown) with its path from the root.
struct Document
{
    QString path;
    QString text;
};

/// Every Markdown file of the tree.
std::vector<Document> readDocuments(const QString& root);

/// Links and paths in backticks that lead nowhere.
Findings checkLinks(const Document& document, const QString& root);
/// The two-page limit, half a page for decisions; lists that grow by nature are free.
Findings checkLength(const Document& document);
/// ARCHITECTURE's table has one row for each module, and allows every edge in layers.txt.
Findings checkModules(const Document& architecture, const QString& layers);

/// Every file below tests/data has a row with its origin in tests/data/README.md, and every row a
/// file.
Findings checkOrigins(const QString& readme, const QStringList& files);

} // namespace coffer::tidy
