// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: what is typed as a secret reaches SecretBytes and nothing else. Method: real key events;
// then everything that assistive programs and Qt's own introspection can read is searched.
#include "tests/ui/open_window.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/secret_words_view.h"
#include "ui/secret/word_list.h"
#include "ui/secret/words_edit.h"

#include <QAccessible>
#include <QClipboard>
#include <QMetaProperty>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

namespace {

/// Everything the accessibility tree says about a widget and what is below it.
QString spoken(QWidget* widget)
{
    QString all;
    auto* interface = QAccessible::queryAccessibleInterface(widget);
    if (!interface)
        return all;
    for (const auto type : {QAccessible::Name, QAccessible::Description, QAccessible::Value,
                            QAccessible::Help, QAccessible::Accelerator})
        all += interface->text(type) + u'\n';
    if (auto* text = interface->textInterface())
        all += text->text(0, text->characterCount());
    for (int i = 0; i < interface->childCount(); ++i)
        if (auto* child = interface->child(i))
            for (const auto type : {QAccessible::Name, QAccessible::Value})
                all += child->text(type) + u'\n';
    for (int i = 0; i < widget->metaObject()->propertyCount(); ++i)
        all += widget->metaObject()->property(i).read(widget).toString() + u'\n';
    return all;
}

std::string bytesOf(const base::SecretBytes& secret)
{
    const auto view = secret.reveal();
    return {view.begin(), view.end()};
}

} // namespace

class SecretWidgetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void keysReachTheBytes()
    {
        PassphraseEdit edit;
        edit.setNames(u"t.password"_s, u"Password"_s);
        edit.show();
        QTest::keyClicks(&edit, u"hunter2"_s);
        QTest::keyClick(&edit, Qt::Key_Left);
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QTest::keyClicks(&edit, u"R"_s);
        QTest::keyClick(&edit, Qt::Key_End);
        QTest::keyClicks(&edit, u"!"_s);
        QCOMPARE(bytesOf(edit.copy()), std::string("hunteR2!"));
        QCOMPARE(bytesOf(edit.take()), std::string("hunteR2!"));
        QVERIFY(edit.isEmpty());
    }

    void composedAndPastedTextIsUtf8()
    {
        PassphraseEdit edit;
        edit.show();
        QGuiApplication::clipboard()->setText(u"é密\n\t"_s); // Control characters are skipped.
        QTest::keySequence(&edit, QKeySequence::Paste);
        QCOMPARE(bytesOf(edit.copy()), std::string("\xC3\xA9\xE5\xAF\x86"));
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QCOMPARE(bytesOf(edit.copy()), std::string("\xC3\xA9"));
    }

    void assistiveProgramsSeeAPasswordFieldWithoutText()
    {
        PassphraseEdit edit;
        edit.setNames(u"t.password"_s, u"Password"_s);
        edit.show();
        QTest::keyClicks(&edit, u"xyzzyplugh"_s);
        auto* interface = QAccessible::queryAccessibleInterface(&edit);
        QVERIFY(interface);
        QCOMPARE(interface->role(), QAccessible::EditableText);
        QVERIFY(interface->state().passwordEdit);
        QVERIFY(!interface->textInterface()); // No text, hence no length.
        QCOMPARE(interface->text(QAccessible::Name), u"Password"_s);
        QVERIFY(!spoken(&edit).contains(u"xyzzy"_s));
    }

    void theEyeDoesNotOpenTheTree()
    {
        PassphraseEdit edit;
        edit.setNames(u"t.password"_s, u"Password"_s);
        edit.resize(300, 36);
        edit.show();
        QTest::keyClicks(&edit, u"xyzzyplugh"_s);
        edit.findChild<QAbstractButton*>(u"t.password.eye"_s)->click();
        edit.grab();
        QVERIFY(!spoken(&edit).contains(u"xyzzy"_s));
    }

    void equalFieldsMatch()
    {
        PassphraseEdit first;
        PassphraseEdit second;
        first.show();
        second.show();
        QTest::keyClicks(&first, u"abc"_s);
        QTest::keyClicks(&second, u"abc"_s);
        QVERIFY(first.matches(second));
        QTest::keyClicks(&second, u"d"_s);
        QVERIFY(!first.matches(second));
    }

    void wordsAreTakenFromKeys()
    {
        WordsEdit edit(WordsEdit::Size::AllWords);
        edit.show();
        for (int i = 0; i < 11; ++i)
            QTest::keyClicks(&edit, u"abandon "_s);
        QVERIFY(!edit.isComplete());
        QTest::keyClicks(&edit, u"about"_s);
        QVERIFY(edit.isComplete());
        QVERIFY(!spoken(&edit).contains(u"abandon"_s));
        const auto text = edit.copy();
        QCOMPARE(bytesOf(text),
                 std::string("abandon abandon abandon abandon abandon abandon abandon "
                             "abandon abandon abandon abandon about"));
    }

    void aUniquePrefixIsCompleted()
    {
        WordsEdit edit(WordsEdit::Size::AllWords);
        edit.show();
        QTest::keyClicks(&edit, u"zebr "_s);
        QCOMPARE(edit.wordCount(), 1);
        QCOMPARE(edit.wordIndex(0), WordList::of(0).indexOf(u"zebra"));
        QTest::keyClicks(&edit, u"qqq "_s);
        QCOMPARE(edit.wordIndex(1), -1);
    }

    void everyWordListIsThere()
    {
        for (int i = 0; i < WordList::languageCount(); ++i)
            QCOMPARE(WordList::of(i).size(), 2048);
    }

    void paintedWordsAreNotSpoken()
    {
        SecretWordsView view;
        api::Words words;
        words.indexes = base::SecretBytes::allocate(24); // Twelve times "abandon".
        view.setWords(std::move(words));
        view.setCover(SecretWordsView::Cover::Off);
        view.resize(600, 200);
        view.show();
        view.grab();
        QCOMPARE(view.wordCount(), 12);
        QVERIFY(!spoken(&view).contains(u"abandon"_s));
        auto* interface = QAccessible::queryAccessibleInterface(&view);
        QCOMPARE(interface->role(), QAccessible::Graphic);
        QCOMPARE(interface->childCount(), 0);
    }
};

COFFER_UI_TEST_MAIN(SecretWidgetsTest)
#include "secret_widgets_test.moc"
