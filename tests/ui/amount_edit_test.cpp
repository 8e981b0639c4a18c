// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a typed amount is exactly the number of minor units that was meant, or nothing. Method: a
// table of texts under a comma locale, typed into the field.
#include "tests/ui/open_window.h"
#include "ui/widgets/amount_edit.h"

#include <QLineEdit>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

class AmountEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(test::anyWarning());
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    }

    void readsWhatIsMeant_data()
    {
        using State = AmountEdit::State;
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("state");
        QTest::addColumn<qint64>("satoshi");
        const auto row = [](const char* name, const char* unit, const char16_t* text, State state,
                            qint64 satoshi) {
            QTest::newRow(name) << QString::fromLatin1(unit) << QString::fromUtf16(text)
                                << int(state) << satoshi;
        };
        row("empty", "BTC", u"", State::Empty, 0);
        row("locale comma", "BTC", u"0,5", State::Valid, 50'000'000);
        row("point that cannot group", "BTC", u"0.00015", State::Valid, 15'000);
        row("eight places", "BTC", u"0,00000001", State::Valid, 1);
        row("nine places", "BTC", u"0,000000001", State::Invalid, 0);
        row("groups of spaces", "BTC", u"0,012 500 00", State::Valid, 1'250'000);
        row("full-width digits", "BTC", u"０,５", State::Valid, 50'000'000);
        row("unit in the text", "BTC", u"0,5 BTC", State::Valid, 50'000'000);
        row("other currency", "BTC", u"12 EUR", State::Invalid, 0);
        row("minus", "BTC", u"-1", State::Invalid, 0);
        row("exponent", "BTC", u"1e3", State::Invalid, 0);
        row("words", "BTC", u"much", State::Invalid, 0);
        row("ambiguous", "BTC", u"1.234", State::Ambiguous, 0);
        row("satoshi", "sat", u"15000", State::Valid, 15'000);
        row("half a satoshi", "sat", u"0,5", State::Invalid, 0);
        row("satoshi mode, unit typed", "sat", u"0,5 BTC", State::Valid, 50'000'000);
    }

    void readsWhatIsMeant()
    {
        QFETCH(QString, unit);
        QFETCH(QString, text);
        QFETCH(int, state);
        QFETCH(qint64, satoshi);
        AmountEdit edit;
        edit.setNames(u"test.amount"_s, u"Amount"_s);
        edit.setCurrency(money::Currency::bitcoin());
        edit.setUnit(unit);
        edit.field()->setText(text);
        QCOMPARE(int(edit.state()), state);
        QCOMPARE(edit.amount().has_value(), state == int(AmountEdit::State::Valid));
        if (edit.amount())
            QCOMPARE(*edit.amount(), money::Amount(satoshi));
    }

    void anAmbiguousTextOffersBothReadings()
    {
        AmountEdit edit;
        edit.setNames(u"test.amount"_s, u"Amount"_s);
        edit.setCurrency(money::Currency::bitcoin());
        edit.field()->setText(u"1.234"_s);
        auto* second = edit.findChild<QPushButton*>(u"test.amount.second_reading"_s);
        QVERIFY(second->isVisibleTo(&edit));
        second->click();
        QVERIFY(edit.amount());
        QCOMPARE(edit.state(), AmountEdit::State::Valid);
    }

    void aChangedUnitKeepsTheAmount()
    {
        AmountEdit edit;
        edit.setCurrency(money::Currency::bitcoin());
        edit.setAmount(money::Amount(123'456'789));
        edit.setUnit(u"sat"_s);
        QCOMPARE(*edit.amount(), money::Amount(123'456'789));
        QCOMPARE(edit.field()->text(), u"123456789"_s);
        edit.setUnit(u"BTC"_s);
        QCOMPARE(*edit.amount(), money::Amount(123'456'789));
    }

    void whatWasSetIsReadBack_data()
    {
        QTest::addColumn<qint64>("satoshi");
        for (const qint64 value :
             {1LL, 100LL, 1'234LL, 100'000'000LL, 123'400'000'000LL, 2'100'000'000'000'000LL})
            QTest::addRow("%lld", static_cast<long long>(value)) << qint64(value);
    }

    void whatWasSetIsReadBack()
    {
        QFETCH(qint64, satoshi);
        AmountEdit edit;
        edit.setCurrency(money::Currency::bitcoin());
        edit.setAmount(money::Amount(satoshi));
        QVERIFY(edit.amount());
        QCOMPARE(*edit.amount(), money::Amount(satoshi));
    }
};

COFFER_UI_TEST_MAIN(AmountEditTest)
#include "amount_edit_test.moc"
