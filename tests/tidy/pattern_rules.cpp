// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/text_rules.h"

#include <QRegularExpression>

namespace coffer::tidy {

namespace {

enum class View
{
    Code,
    Literals,
    Raw
};

/// A regular expression that must not match in some folders.
struct Pattern
{
    const char* rule;
    QStringList in;    ///< Path prefixes in which it holds.
    QStringList notIn; ///< Prefixes (or whole paths) in which it does not.
    View view;
    const char* expression;
    const char* message;
};

QStringList production()
{
    return {QStringLiteral("core/"), QStringLiteral("ui/"), QStringLiteral("app/"),
            QStringLiteral("hw/"), QStringLiteral("services/")};
}

QStringList list(std::initializer_list<const char*> items)
{
    QStringList result;
    for (const char* item : items) {
        result << QString::fromLatin1(item);
    }
    return result;
}

QStringList money()
{
    return list({"core/money/", "core/ledger/", "core/bitcoin/", "core/payments/", "core/signing/",
                 "core/risk/", "core/api/"});
}

// Waiting and threads.
std::vector<Pattern> waitingPatterns()
{
    return {
        {"nested-loop",
         production(),
         {},
         View::Code,
         R"(\bQEventLoop\b|\bprocessEvents\s*\()",
         "no nested event loop: return a QFuture and go on in the helper that watches it"},
        {"nested-loop", production(), list({"app/", "core/storage/"}), View::Code,
         R"((\.|->)exec\s*\()", "no exec(): open() the dialog and go on in its finished() signal"},
        {"blocking-wait",
         production(),
         {},
         View::Code,
         R"(^(?!.*\bco_await\b).*\bwaitFor[A-Z]\w*\s*\()",
         "nothing waits by blocking: co_await in the engine, the future helper in the window"},
        {"future-then",
         production(),
         {},
         View::Code,
         R"((\.|->)then\s*\()",
         "QFuture::then(context) races with the context's death on Qt 6.4: use the future helper"},
        {"mutex",
         production(),
         {},
         View::Code,
         R"(\bQMutex|\bQReadWriteLock\b|\bQWaitCondition\b|\bQSemaphore\b|\bstd::(\w*mutex|lock_guard|unique_lock|scoped_lock|condition_variable\w*)\b)",
         "no mutexes of our own: send a value to the thread that owns the state with post()"},
        {"sleep", list({"tests/"}), list({"tests/support/", "tests/tidy/"}), View::Code,
         R"(\bqWait\s*\(|\bqSleep\s*\()",
         "a test waits for something: QTRY_VERIFY or QTRY_COMPARE"},
        {"timing", list({"tests/"}), list({"tests/bench/", "tests/tidy/"}), View::Code,
         R"(\bQElapsedTimer\b|\b(steady|system|high_resolution)_clock::now\b)",
         "a time never decides a test: a ratio goes into tests/bench"},
        {"clock", list({"core/"}), list({"core/base/"}), View::Code,
         R"(\bcurrentDateTime(Utc)?\s*\(|\bcurrent(M)?SecsSinceEpoch\s*\(|_clock::now\s*\(|\bstd::time\s*\(|\bQElapsedTimer\b)",
         "time comes from base::Clock, so that tests can move it"},
        {"random", list({"core/"}), list({"core/base/"}), View::Code,
         R"(\bQRandomGenerator\b|\bstd::(random_device|mt19937\w*)\b|\brandombytes_|\b(?<![.>:])s?rand\s*\()",
         "randomness comes from base::Random, so that tests can repeat it"},
    };
}

// Money, text and numbers.
std::vector<Pattern> valuePatterns()
{
    return {
        {"floating-point",
         money(),
         {},
         View::Code,
         R"(\b(float|double)\b|\bto(Float|Double)\s*\(|\b(std::)?sto[df]\s*\(|\bstrto[df]\s*\()",
         "money is whole minor units: money::Amount, or an integer with its unit in the name"},
        {"floating-point",
         list({"ui/"}),
         {},
         View::Code,
         R"(\bQDoubleSpinBox\b|\btoDouble\s*\(|\bsto[df]\s*\()",
         "an amount a person types goes through money::parseAmount as text"},
        {"locale",
         list({"core/crypto/", "core/vault/"}),
         {},
         View::Code,
         R"(\bstd::to_string\s*\()",
         "std::to_string follows the locale that Qt sets: use std::to_chars"},
        {"compare-secret",
         list({"core/crypto/", "core/vault/", "core/signing/"}),
         {},
         View::Code,
         R"(\b(std::)?memcmp\s*\()",
         "compare in constant time: SecretBytes::equals or sodium_memcmp"},
        {"translate",
         list({"core/"}),
         {},
         View::Code,
         R"((^|[^\w.>])tr\s*\(|\bQCoreApplication::translate\b)",
         "core never translates: return an ErrorCode, the window has the words"},
        {"json", production(), list({"core/base/"}), View::Code,
         R"(\bnlohmann::|\b[jJ]son::(parse|accept)\s*\(|\bQJson\w+|(\.|->)get(_to)?\s*<)",
         "JSON is read by base::parseJson and the typed readers of base/json.h"},
        {"sql", production(), list({"core/storage/"}), View::Literals,
         R"(\bSELECT\b.*\bFROM\b|\bINSERT (OR \w+ )?INTO\b|\bDELETE FROM\b|\bCREATE (VIRTUAL )?TABLE\b|\bPRAGMA \w)",
         "SQL stands in core/storage only: ask it for an operation"},
        {"print", list({"core/", "ui/"}), list({"core/base/log", "core/base/error.cpp"}),
         View::Code,
         R"(\bstd::(cout|cerr|clog)\b|\b(f|v)?printf\s*\(|\bq(Debug|Info|Warning|Critical)\s*\()",
         "say it through base/log.h, which never holds a secret"},
        {"throw",
         production(),
         {},
         View::Code,
         R"(\bthrow\b(?!\(\)))",
         "return a Result: exceptions end at the wrapper of the library that throws"},
    };
}

constexpr auto kSecretMessage =
    "a secret lives in base::SecretBytes only; name it ...File if it is a path";

// Secrets. A name that is the secret itself; a path to one, or a flag about one, is not.
std::vector<Pattern> secretPatterns()
{
    return {
        {"secret-in-string",
         production(),
         {},
         View::Code,
         R"(\b(QString|QByteArray|QVariant|std::string|std::string_view|QStringList)\b[\s&*>]*\b(m_)?([a-z]\w*)?([pP]assphrase|[mM]nemonic|[pP]rivateKey|[pP]assword)\b(?!\s*(\(|::)))",
         kSecretMessage},
        // The node's seeds are names of hosts.
        {"secret-in-string", production(),
         list({"core/lightnode/", "core/transport/", "core/engine/node_"}), View::Code,
         R"(\b(QString|QByteArray|QVariant|std::string|std::string_view|QStringList)\b[\s&*>]*\b(m_)?(?!dns)([a-z]\w*)?[sS]eed\b(?!\s*(\(|::)))",
         kSecretMessage},
        {"echo-mode",
         production(),
         {},
         View::Code,
         R"(\bsetEchoMode\s*\()",
         "a QLineEdit keeps what is typed in a QString: use PassphraseEdit"},
        {"reveal", production(), list({"core/base/secret_bytes"}), View::Code,
         R"((\.|->)reveal\s*\()",
         "reveal() is the one door out of SecretBytes: pass the SecretBytes on instead"},
    };
}

// Words.
std::vector<Pattern> wordPatterns()
{
    auto everywhere = production() << QStringLiteral("tests/");
    return {
        {"todo", everywhere, list({"tests/tidy/"}), View::Raw, R"(\bTODO\b(?!\(#\d+\)))",
         "TODO(#123), with the number of an issue"},
        {"fixme", everywhere, list({"tests/tidy/"}), View::Raw, R"(\bFIXME\b)",
         "a private reminder: do it before it is committed"},
        {"banner", everywhere, list({"tests/tidy/"}), View::Raw, R"(^\s*(//|/\*)\s*[-=*#/]{4,})",
         "no banners: split the file, or leave one empty line"},
        {"name",
         production(),
         {},
         View::Code,
         R"(^\s*(class|struct|namespace)\s+(\w+::)*\w*(Manager|Helper|Utils?|Common|utils?|helpers?|common|misc)\b)",
         "a name that says nothing: name it after the concept"},
        {"error-default",
         list({"ui/error_text", "ui/text/error_text"}),
         {},
         View::Code,
         R"(\bdefault\s*:)",
         "no default: the compiler then names every new ErrorCode that has no words yet"},
        {"white-space",
         everywhere,
         {},
         View::Raw,
         R"(\t|\s+$|\r)",
         "spaces only, and none at the end of a line"},
    };
}

void runPattern(const Pattern& pattern, const QRegularExpression& expression,
                const SourceFile& file, Findings& findings)
{
    const auto startsWithAny = [&](const QStringList& prefixes) {
        return std::any_of(prefixes.begin(), prefixes.end(),
                           [&](const QString& prefix) { return file.path.startsWith(prefix); });
    };
    if (!startsWithAny(pattern.in) || startsWithAny(pattern.notIn)) {
        return;
    }
    const auto& lines = pattern.view == View::Code       ? file.code
                        : pattern.view == View::Literals ? file.literals
                                                         : file.raw;
    for (int i = 0; i < lines.size(); ++i) {
        if (expression.match(lines[i]).hasMatch()) {
            findings.push_back({file.path, i + 1, QString::fromLatin1(pattern.rule),
                                QString::fromUtf8(pattern.message)});
        }
    }
}

} // namespace

std::vector<Rule> patternRules()
{
    std::vector<Rule> rules;
    for (const auto& group :
         {waitingPatterns(), valuePatterns(), secretPatterns(), wordPatterns()}) {
        for (const auto& pattern : group) {
            QRegularExpression expression(QString::fromLatin1(pattern.expression));
            if (!expression.isValid()) {
                qFatal("%s: %s", pattern.rule, qPrintable(expression.errorString()));
            }
            expression.optimize();
            rules.push_back({QString::fromLatin1(pattern.rule),
                             [pattern, expression](const SourceFile& file, Findings& findings) {
                                 runPattern(pattern, expression, file, findings);
                             }});
        }
    }
    return rules;
}

} // namespace coffer::tidy
