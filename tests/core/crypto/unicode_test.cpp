// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: NFKD as Unicode defines it, in guarded memory. Method: agreement with Qt's normaliser over
// all code points that both know, and over random texts; bytes that are not UTF-8.

#include "core/base/random.h"
#include "core/crypto/unicode.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::crypto;
using base::ErrorCode;
using base::SecretBytes;

namespace {

SecretBytes secretOf(const QString& text)
{
    return SecretBytes::copyOf(base::viewOf(text.toStdString()));
}

QString textOf(const SecretBytes& secret)
{
    return QString::fromUtf8(reinterpret_cast<const char*>(secret.reveal().data()),
                             qsizetype(secret.size()));
}

QString nfkdByQt(const QString& text)
{
    return text.normalized(QString::NormalizationForm_KD, QChar::Unicode_13_0);
}

} // namespace

class UnicodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decomposesExamples();
    void agreesWithQtOnEveryCodePoint();
    void agreesWithQtOnTexts();
    void folds();
    void refusesWhatIsNotUtf8();
    void takesNothing();
};

void UnicodeTest::decomposesExamples()
{
    const auto nfkdOf = [](const char* utf8) {
        return textOf(*nfkd(secretOf(QString::fromUtf8(utf8))));
    };
    QCOMPARE(nfkdOf("\xc3\xa9"), QString::fromUtf8("e\xcc\x81"));                    // e acute
    QCOMPARE(nfkdOf("\xef\xac\x81"), QStringLiteral("fi"));                          // the ligature
    QCOMPARE(nfkdOf("\xe3\x80\x80"), QStringLiteral(" "));                           // U+3000
    QCOMPARE(nfkdOf("\xef\xbc\xa1"), QStringLiteral("A"));                           // full width
    QCOMPARE(nfkdOf("\xea\xb0\x80"), QString::fromUtf8("\xe1\x84\x80\xe1\x85\xa1")); // Hangul
    // Marks are put into canonical order: dot below (220) before acute (230).
    QCOMPARE(nfkdOf("a\xcc\x81\xcc\xa3"), QString::fromUtf8("a\xcc\xa3\xcc\x81"));
}

void UnicodeTest::agreesWithQtOnEveryCodePoint()
{
    // In portions, since a SecretBytes for every code point would take long.
    QString portion;
    const auto compare = [&portion] {
        const auto decomposed = nfkd(secretOf(portion));
        VERIFY_RESULT(decomposed);
        QCOMPARE(textOf(*decomposed), nfkdByQt(portion));
        portion.clear();
    };
    for (char32_t point = 1; point <= 0x10ffff; ++point) {
        const auto version = QChar::unicodeVersion(point);
        if (QChar::isSurrogate(point) || version == QChar::Unicode_Unassigned ||
            version > QChar::Unicode_13_0)
            continue;
        portion += QString::fromUcs4(&point, 1) + QLatin1Char('|'); // Keeps marks apart.
        if (portion.size() > 1000)
            compare();
    }
    compare();
}

void UnicodeTest::agreesWithQtOnTexts()
{
    base::SeededRandom random(15);
    // Letters and marks of the languages that have word lists.
    const std::u32string alphabet =
        U"aeiouncszABC \u00e9\u00f1\u00fc\u0161\u010d\u0301\u0323\u0308\u0327"
        U"\u3042\u304c\u3071\u3099\u309a\uac00\ud7a3\u1100\u1161\u11a8\u4e2d"
        U"\ufb01\uff21\u3000\u00a0\u2460\u1e69";
    for (int i = 0; i < 500; ++i) {
        QString text;
        for (std::uint64_t n = random.below(30); n > 0; --n) {
            const char32_t point = alphabet[random.below(alphabet.size())];
            text += QString::fromUcs4(&point, 1);
        }
        const auto decomposed = nfkd(secretOf(text));
        VERIFY_RESULT(decomposed);
        QCOMPARE(textOf(*decomposed), nfkdByQt(text));
        const auto twice = nfkd(*decomposed);
        VERIFY_RESULT(twice);
        QVERIFY(twice->equals(*decomposed));
    }
}

void UnicodeTest::folds()
{
    const auto folded = nfkdFolded(secretOf(QString::fromUtf8("\xc3\x81"
                                                              "BaCo ZOO")));
    VERIFY_RESULT(folded);
    QCOMPARE(textOf(*folded), QString::fromUtf8("a\xcc\x81"
                                                "baco zoo"));
    const auto bare = nfkdFoldedBare(secretOf(QString::fromUtf8("\xc3\x81"
                                                                "baco")));
    VERIFY_RESULT(bare);
    QCOMPARE(textOf(*bare), QStringLiteral("abaco"));
    const auto open = nfkdFoldedPublic("\xc3\x81"
                                       "baco");
    VERIFY_RESULT(open);
    QCOMPARE(*open, std::string("a\xcc\x81"
                                "baco"));
}

void UnicodeTest::refusesWhatIsNotUtf8()
{
    for (const std::string_view bytes :
         {"\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "abc\xe3\x80"}) {
        const auto secret = SecretBytes::copyOf(base::viewOf(bytes));
        COMPARE_ERROR(nfkd(secret), ErrorCode::Malformed);
        COMPARE_ERROR(nfkdFolded(secret), ErrorCode::Malformed);
        COMPARE_ERROR(nfkdFoldedPublic(bytes), ErrorCode::Malformed);
    }
}

void UnicodeTest::takesNothing()
{
    const auto nothing = nfkd(SecretBytes());
    VERIFY_RESULT(nothing);
    QVERIFY(nothing->empty());
    QCOMPARE(*nfkdFoldedPublic(""), std::string());
    // A NUL is a character like others (a passphrase may be any bytes of UTF-8).
    const auto nul = nfkd(SecretBytes::copyOf(base::viewOf(std::string_view("a\0b", 3))));
    VERIFY_RESULT(nul);
    QCOMPARE(nul->size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(UnicodeTest)
#include "unicode_test.moc"
