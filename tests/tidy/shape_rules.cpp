// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/text_rules.h"

#include <QRegularExpression>

namespace coffer::tidy {

namespace {

constexpr int kMaxFunctionLines = 70; // What fits on a screen together with its comment.
constexpr int kMaxFileLines = 800;    // Beyond it a class owns state, I/O and dialogue at once.
constexpr int kMaxEssayLines = 40;

void add(Findings& findings, const SourceFile& file, int line, const char* rule,
         const QString& message)
{
    findings.push_back({file.path, line, QString::fromLatin1(rule), message});
}

bool isProduction(const SourceFile& file)
{
    return !file.isTest();
}

/// The code from a place to where its opening parenthesis closes, and what follows on that line.
struct Call
{
    QString inside;
    QString after;
};

Call callAt(const SourceFile& file, int line, qsizetype column)
{
    Call call;
    int depth = 0;
    for (; line < file.code.size(); ++line, column = 0) {
        const auto& code = file.code[line];
        for (; column < code.size(); ++column) {
            const QChar c = code[column];
            depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
            if (depth == 0 && c == u')') {
                call.after = code.mid(column + 1).trimmed();
                return call;
            }
            call.inside += c;
        }
        call.inside += u' ';
    }
    return call;
}

/// What stands before a column in its statement: the rest of the line, or of the line above when
/// the statement was broken there.
QString statementBefore(const SourceFile& file, int line, qsizetype column)
{
    auto before = file.code[line].left(column).trimmed();
    while (before.isEmpty() && line > 0) {
        const auto above = file.code[--line].trimmed();
        if (above.isEmpty()) {
            continue;
        }
        static const QRegularExpression s_ended(QStringLiteral("[;{})]$|:$|^#|^else$|^do$"));
        return s_ended.match(above).hasMatch() ? QString() : above;
    }
    return before;
}

void checkTry(const SourceFile& file, Findings& findings)
{
    static const QRegularExpression s_word(QStringLiteral("\\bTRY\\("));
    static const QRegularExpression s_form(QStringLiteral(
        "^$|^return$|[^=!<>+|&*/-]=$|^(if|while|for) .*\\)$|^else$|^case .*:$|[;{}]$"));
    for (int i = 0; i < file.code.size(); ++i) {
        if (file.code[i].trimmed().startsWith(u'#')) {
            continue;
        }
        auto matches = s_word.globalMatch(file.code[i]);
        while (matches.hasNext()) {
            const auto at = matches.next().capturedStart();
            const auto before = statementBefore(file, i, at);
            const auto call = callAt(file, i, at + 3);
            if (!s_form.match(before).hasMatch() || before.count(u'(') != before.count(u')') ||
                !call.after.startsWith(u';') || call.inside.contains(QLatin1String("TRY("))) {
                add(findings, file, i + 1, "try-form",
                    QStringLiteral("TRY has three forms: `auto x = TRY(f());`, `TRY(f());`, "
                                   "`return TRY(f());`"));
            }
            if (call.inside.contains(QLatin1String("co_await"))) {
                add(findings, file, i + 1, "try-form",
                    QStringLiteral(
                        "GCC 12 cannot take co_await in TRY: CO_TRY(auto x, co_await f());"));
            }
        }
    }
}

void checkCoTry(const SourceFile& file, Findings& findings)
{
    static const QRegularExpression s_word(QStringLiteral("\\bCO_TRY\\("));
    for (int i = 0; i < file.code.size(); ++i) {
        const auto code = file.code[i].trimmed();
        if (code.startsWith(u'#') || !s_word.match(code).hasMatch()) {
            continue;
        }
        const auto call = callAt(file, i, file.code[i].indexOf(QLatin1String("CO_TRY(")) + 6);
        if (!code.startsWith(QLatin1String("CO_TRY(")) || call.after != QLatin1String(";") ||
            !statementBefore(file, i, 0).isEmpty()) {
            add(findings, file, i + 1, "try-form",
                QStringLiteral("CO_TRY is several statements: alone on its line, inside braces"));
        }
    }
}

/// The declaration above a brace that stands alone: back to the end of what comes before it.
QString declarationAbove(const SourceFile& file, int line)
{
    QString declaration;
    for (int i = line - 1; i >= 0; --i) {
        const auto code = file.code[i].trimmed();
        if (code.isEmpty() || code.endsWith(u';') || code.endsWith(u'}') || code.endsWith(u'{') ||
            code.startsWith(u'#') || code.endsWith(QLatin1String("public:")) ||
            code.endsWith(QLatin1String("private:"))) {
            break;
        }
        declaration.prepend(code + u' ');
    }
    return declaration;
}

void checkFunctionLength(const SourceFile& file, Findings& findings)
{
    static const QRegularExpression s_noFunction(QStringLiteral(
        "^(template\\s*<[^>]*>\\s*)?(class|struct|enum|union|namespace|extern)\\b|^$|_data\\(\\)"));
    for (int i = 0; i < file.code.size(); ++i) {
        if (file.code[i].trimmed() != QLatin1String("{")) {
            continue;
        }
        const auto indent = file.code[i].indexOf(u'{');
        const auto declaration = declarationAbove(file, i);
        if (s_noFunction.match(declaration).hasMatch() || !declaration.contains(u'(')) {
            continue;
        }
        int end = i + 1;
        while (end < file.code.size() && !(file.code[end].indexOf(u'}') == indent &&
                                           file.code[end].left(indent).trimmed().isEmpty())) {
            ++end;
        }
        if (end - i - 1 > kMaxFunctionLines) {
            add(findings, file, i + 1, "function-length",
                QStringLiteral(
                    "%1 lines in one function, %2 are allowed: give its steps names of their own")
                    .arg(end - i - 1)
                    .arg(kMaxFunctionLines));
        }
    }
}

void checkFileLength(const SourceFile& file, Findings& findings)
{
    if (file.raw.size() > kMaxFileLines) {
        add(findings, file, 0, "file-length",
            QStringLiteral("%1 lines, %2 are allowed: split it along what it owns")
                .arg(file.raw.size())
                .arg(kMaxFileLines));
    }
}

void checkEssay(const SourceFile& file, Findings& findings)
{
    if (!file.isHeader()) {
        return;
    }
    int length = 0;
    for (int i = 0; i <= file.raw.size(); ++i) {
        if (i < file.raw.size() && file.raw[i].trimmed().startsWith(QLatin1String("//"))) {
            ++length;
            continue;
        }
        if (length > kMaxEssayLines) {
            add(findings, file, i - length + 1, "essay-length",
                QStringLiteral(
                    "%1 lines of comment in one piece, %2 are allowed: the rest belongs to docs/")
                    .arg(length)
                    .arg(kMaxEssayLines));
        }
        length = 0;
    }
}

void checkBoolParameters(const SourceFile& file, Findings& findings)
{
    static const QRegularExpression s_parameter(
        QStringLiteral("[(,]\\s*(const\\s+)?bool(\\s+\\w+)?\\s*(=[^,)]*)?[,)]"));
    static const QRegularExpression s_innocent(QStringLiteral(
        "\\boverride\\b|\\b(if|while|for|switch|return)\\b|std::function|static_cast|"
        "\\bset[A-Z]\\w*\\([^)]*\\bbool \\w+\\)|\\bboolean\\("));
    if (!file.isHeader() || !isProduction(file)) {
        return;
    }
    for (int i = 0; i < file.code.size(); ++i) {
        const auto& code = file.code[i];
        if (!code.trimmed().startsWith(u'#') && s_parameter.match(code).hasMatch() &&
            !s_innocent.match(code).hasMatch()) {
            add(findings, file, i + 1, "bool-parameter",
                QStringLiteral(
                    "a call site cannot say what `true` means: take an enum (a setter named "
                    "setX(bool) may stay)"));
        }
    }
}

void checkTypeComments(const SourceFile& file, Findings& findings)
{
    static const QRegularExpression s_type(QStringLiteral(
        "^(class|struct|enum class|enum|union)\\s+(\\[\\[\\w+\\]\\]\\s+)?[A-Z]\\w*[^;]*$|"
        "^(class|struct|enum class)\\s+[A-Z]\\w*[^;]*\\{.*\\};$"));
    if (!file.isHeader() || !isProduction(file)) {
        return;
    }
    for (int i = 0; i < file.code.size(); ++i) {
        if (!s_type.match(file.code[i]).hasMatch()) {
            continue;
        }
        int above = i - 1;
        bool specialization = false;
        while (above >= 0 && file.raw[above].startsWith(QLatin1String("template"))) {
            specialization = file.raw[above].contains(QLatin1String("template <>"));
            --above;
        }
        const auto comment = above >= 0 ? file.raw[above].trimmed() : QString();
        if (!specialization && !comment.startsWith(QLatin1String("///"))) {
            add(findings, file, i + 1, "type-comment",
                QStringLiteral("a public type begins with one `///` sentence on what it is for"));
        }
    }
}

void checkHead(const SourceFile& file, Findings& findings)
{
    if (file.raw.size() < 2 ||
        !file.raw[0].startsWith(QLatin1String("// SPDX-FileCopyrightText: ")) ||
        file.raw[1] != QLatin1String("// SPDX-License-Identifier: GPL-3.0-or-later")) {
        add(findings, file, 1, "head",
            QStringLiteral("begin with the two SPDX lines that every other file begins with"));
    }
    if (file.isHeader() && !file.raw.contains(QLatin1String("#pragma once"))) {
        add(findings, file, 1, "head", QStringLiteral("a header has #pragma once"));
    }
    for (int i = 0; file.isHeader() && i < file.code.size(); ++i) {
        if (file.code[i].startsWith(QLatin1String("using namespace"))) {
            add(findings, file, i + 1, "head",
                QStringLiteral(
                    "whoever includes it gets those names too: write `using base::Result;`"));
        }
    }
}

void checkNamespace(const SourceFile& file, Findings& findings)
{
    // core/base/x.h -> coffer::base; hw/usb/x.h -> coffer::usb; the window's folders are
    // coffer::ui.
    const auto parts = file.path.split(u'/');
    if (!file.isHeader() || parts.size() < 2 ||
        !(parts[0] == QLatin1String("core") || parts[0] == QLatin1String("ui"))) {
        return;
    }
    const auto wanted = QStringLiteral("namespace coffer::") +
                        (parts[0] == QLatin1String("ui") ? parts[0] : parts[1]);
    for (const auto& line : file.code) {
        if (line.startsWith(wanted)) {
            return;
        }
    }
    if (file.path.endsWith(QLatin1String("/pch.h"))) {
        return;
    }
    add(findings, file, 1, "namespace",
        QStringLiteral("its declarations belong into `%1`").arg(wanted));
}

void checkTestHabits(const SourceFile& file, Findings& findings)
{
    if (!file.path.startsWith(QLatin1String("tests/")) ||
        !file.path.endsWith(QLatin1String("_test.cpp"))) {
        return;
    }
    const auto all = file.code.join(u'\n');
    static const QRegularExpression s_asserts(
        QStringLiteral("\\b(QCOMPARE|QVERIFY|QFAIL|QTRY_|COMPARE_|VERIFY_|QEXPECT)"));
    if (!s_asserts.match(all).hasMatch()) {
        add(findings, file, 0, "test-habits", QStringLiteral("a test that asserts nothing"));
    }
    // Where there is no Qt, nothing warns through it.
    static const QRegularExpression s_qt(
        QStringLiteral("^tests/(ui|functional|tidy|core/(api|engine|storage|transport))/"));
    if (s_qt.match(file.path).hasMatch() && !all.contains(QLatin1String("failOnWarning"))) {
        add(findings, file, 0, "test-habits",
            QStringLiteral(
                "call QTest::failOnWarning in init(): a warning is a fault that nobody reads"));
    }
}

} // namespace

std::vector<Rule> shapeRules()
{
    return {
        {QStringLiteral("try-form"), checkTry},
        {QStringLiteral("try-form"), checkCoTry},
        {QStringLiteral("function-length"), checkFunctionLength},
        {QStringLiteral("file-length"), checkFileLength},
        {QStringLiteral("essay-length"), checkEssay},
        {QStringLiteral("bool-parameter"), checkBoolParameters},
        {QStringLiteral("type-comment"), checkTypeComments},
        {QStringLiteral("head"), checkHead},
        {QStringLiteral("namespace"), checkNamespace},
        {QStringLiteral("test-habits"), checkTestHabits},
    };
}

std::vector<Rule> textRules()
{
    auto rules = patternRules();
    for (auto& rule : shapeRules()) {
        rules.push_back(std::move(rule));
    }
    return rules;
}

Findings checkText(const SourceFile& file)
{
    static const auto s_rules = textRules();
    Findings findings;
    for (const auto& rule : s_rules) {
        rule.check(file, findings);
    }
    return findings;
}

} // namespace coffer::tidy
