// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: the colours keep the contrast that ux demands. Method: the WCAG ratio of every pair that
// the window draws, recomputed from the tokens of both schemes.
#include "tests/ui/open_window.h"
#include "ui/theme/tokens.h"

using namespace coffer;
using namespace coffer::ui;

class TokensTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void textIsReadable_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<double>("least");
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Tokens& t = tokensOf(scheme);
            const char* name = scheme == Scheme::Light ? "light" : "dark";
            const auto row = [&](const char* pair, const QColor& a, const QColor& b, double least) {
                QTest::addRow("%s %s", name, pair) << a << b << least;
            };
            const std::vector<std::pair<const char*, QColor>> grounds{
                {"background", t.background}, {"card", t.card}, {"hover", t.hover}};
            for (const auto& [ground, color] : grounds) {
                row(qPrintable(QStringLiteral("text on %1").arg(QLatin1String(ground))), t.text,
                    color, 4.5);
                row(qPrintable(QStringLiteral("dim on %1").arg(QLatin1String(ground))), t.dim,
                    color, 4.5);
                row(qPrintable(QStringLiteral("accent on %1").arg(QLatin1String(ground))),
                    t.accentText, color, 4.5);
                row(qPrintable(QStringLiteral("ring on %1").arg(QLatin1String(ground))),
                    t.accentText, color, 3.0);
            }
            row("text on ok", t.text, t.okBackground, 4.5);
            row("text on warn", t.text, t.warnBackground, 4.5);
            row("text on danger", t.text, t.dangerBackground, 4.5);
            row("text on info", t.text, t.infoBackground, 4.5);
            row("ok on its ground", t.ok, t.okBackground, 4.5);
            row("warn on its ground", t.warn, t.warnBackground, 4.5);
            row("danger on its ground", t.danger, t.dangerBackground, 4.5);
            row("accent on info", t.accentText, t.infoBackground, 4.5);
            row("dim on info", t.dim, t.infoBackground, 4.5);
            row("ok on card", t.ok, t.card, 4.5);
            row("warn on card", t.warn, t.card, 4.5);
            row("danger on card", t.danger, t.card, 4.5);
            row("white on accent", Qt::white, t.accentFill, 4.5);
            row("white on danger fill", Qt::white, t.dangerFill, 4.5);
            row("edge on card", t.edge, t.card, 3.0);
            row("edge on background", t.edge, t.background, 3.0);
            // On hover a control takes `dim` as its edge.
            row("hover edge", t.dim, t.hover, 3.0);
        }
    }

    void textIsReadable()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        QFETCH(double, least);
        const double ratio = contrastRatio(text, ground);
        QVERIFY2(ratio >= least, qPrintable(QString::number(ratio)));
    }

    void blackOnWhiteIsTwentyOne()
    {
        QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white) * 100), 2100);
    }
};

COFFER_UI_TEST_MAIN(TokensTest)
#include "tokens_test.moc"
