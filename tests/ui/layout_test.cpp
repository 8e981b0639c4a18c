// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: nothing is cut off in a small window or with larger text, and dialogs have no gaps. Method:
// every page and dialog over the fake engine, offscreen, measured.
#include "tests/ui/open_window.h"
#include "tests/ui/page_faults.h"
#include "ui/pages/page.h"
#include "ui/send/compose_view.h"
#include "ui/send/send_page.h"
#include "ui/shell/desktop_notifier.h"
#include "ui/theme/theme.h"
#include "ui/widgets/step_indicator.h"

#include <QDialog>
#include <QLayout>
#include <QTabWidget>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;
using test::widthFaults;

class LayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }
    void cleanup() { Theme::instance().setFontPercent(100); }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("percent");
        QTest::newRow("small") << u"en"_s << 100;
        QTest::newRow("small, Chinese") << u"zh_CN"_s << 100;
        QTest::newRow("small, larger text") << u"en"_s << 125;
    }
    void nothingIsCutOff()
    {
        QFETCH(QString, language);
        QFETCH(int, percent);
        test::OpenWindow open;
        open.window->session()->changeSettings([&](api::SettingsSnapshot& settings) {
            settings.language = language;
            settings.fontPercent = percent;
        });
        test::settle();
        open.window->resize(900, 600);
        const auto faults = [&open] { return widthFaults(open.window.get()).join(u'\n'); };
        for (const PageId id : {PageId::Overview, PageId::Accounts, PageId::Send, PageId::Receive,
                                PageId::Activity, PageId::Network, PageId::Settings}) {
            open.view()->go({id, {}, {}, {}, {}});
            test::settle(20);
            QTRY_COMPARE_WITH_TIMEOUT(faults(), QString(), 1000);
        }
        open.view()->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        auto* tabs = open.find<QTabWidget>(u"account.tabs"_s);
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            test::settle(20);
            QTRY_COMPARE_WITH_TIMEOUT(faults(), QString(), 1000);
        }
        setLanguage(u"en"_s);
    }

    void theSummaryGoesBelowWhereItIsNarrow()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Send, {}, {}, {}, {}});
        test::settle();
        const auto* button = open.find<QWidget>(u"send.continue"_s);
        const auto* to = open.find<QWidget>(u"send.to"_s);
        const auto left = [&](const QWidget* widget) {
            return widget->mapTo(open.window.get(), QPoint()).x();
        };
        QVERIFY(left(button) > left(to) + to->width());
        open.window->resize(900, 600);
        QTRY_VERIFY(left(button) < left(to) + to->width());
        open.window->resize(1180, 760);
        QTRY_VERIFY(left(button) > left(to) + to->width());
    }

    void dialogsAreAsHighAsTheirContent_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("dialog");
        QTest::newRow("rename") << u"settings.rename_wallet"_s << u"rename_wallet.dialog"_s;
        QTest::newRow("delete") << u"settings.delete_wallet"_s << u"delete_wallet.dialog"_s;
        QTest::newRow("limits") << u"settings.limits"_s << u"limits.dialog"_s;
        QTest::newRow("rehearse") << u"settings.rehearse"_s << u"rehearse.dialog"_s;
        QTest::newRow("password") << u"settings.words"_s << u"words_password.dialog"_s;
    }
    void dialogsAreAsHighAsTheirContent()
    {
        QFETCH(QString, button);
        QFETCH(QString, dialog);
        test::OpenWindow open;
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        open.press(button);
        auto* shown = open.find<QDialog>(dialog);
        QVERIFY(shown->isVisible());
        test::settle();
        QCOMPARE(shown->height(), shown->layout()->totalHeightForWidth(shown->width()));
        for (const auto* label : shown->findChildren<QLabel*>()) {
            const QWidget* field = label->buddy();
            if (!label->isVisible() || !field || !field->isVisible())
                continue;
            const int middle = label->mapTo(shown, label->rect().center()).y();
            const int gap =
                field->mapTo(shown, QPoint()).y() - middle - label->sizeHint().height() / 2;
            QVERIFY2(gap >= 0 && gap <= 22, qPrintable(u"%1: %2"_s.arg(label->text()).arg(gap)));
        }
        QCOMPARE(widthFaults(shown).join(u'\n'), QString());
        shown->reject();
    }

    void whatIsSkippedBearsNoTick()
    {
        StepIndicator all({u"One"_s, u"Two"_s, u"Three"_s});
        StepIndicator some({u"One"_s, u"Two"_s, u"Three"_s});
        for (StepIndicator* steps : {&all, &some}) {
            steps->resize(steps->sizeHint());
            steps->setCurrent(2);
        }
        QCOMPARE(all.grab().toImage(), some.grab().toImage());
        some.setSkipped({1});
        QVERIFY(all.grab().toImage() != some.grab().toImage());
    }

    void theNodeSaysWhatAProxyHides()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Network, {}, {}, {}, {}});
        auto* learns = open.find<QLabel>(u"network.learns"_s);
        const QString direct = learns->text();
        open.window->session()->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.proxy = u"socks5://127.0.0.1:9050"_s; });
        QTRY_VERIFY(learns->text() != direct);
        QVERIFY(learns->text().contains(u"proxy"_s));
    }

    void minimisingLocksWhereItIsWanted()
    {
        test::OpenWindow open;
        const auto unlocked = [&] { return open.fake.state().wallet(u"Savings"_s)->info.unlocked; };
        open.window->showMinimized();
        test::settle();
        QVERIFY(unlocked());
        open.window->showNormal();
        open.window->session()->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.lockWhenMinimised = true; });
        open.window->showMinimized();
        QTRY_VERIFY(!unlocked());
    }
};

COFFER_UI_TEST_MAIN(LayoutTest)
#include "layout_test.moc"
