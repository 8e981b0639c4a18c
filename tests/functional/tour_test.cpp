// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the window does the main job over the real engine and the real node, and everything a
// person needs is reachable through the accessibility tree. Method: the tour of ./dev run, under
// Xvfb.

#include "tests/support/regtest_node.h"
#include "tests/support/test.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

using coffer::test::RegtestNode;

class TourTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void createsReceivesSendsAndRestores();
};

void TourTest::createsReceivesSendsAndRestores()
{
    auto node = RegtestNode::start();
    VERIFY_RESULT(node);
    VERIFY_RESULT((*node)->mine(110));
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("screenshots")));

    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("COFFER_BIN"), QStringLiteral(COFFER_BINARIES));
    environment.insert(QStringLiteral("COFFER_TOUR_DIR"), folder.path());
    environment.insert(QStringLiteral("COFFER_SCREENSHOTS"),
                       folder.filePath(QStringLiteral("screenshots")));
    environment.insert(QStringLiteral("COFFER_BITCOIN_PEER"), (*node)->peer());
    environment.insert(QStringLiteral("COFFER_BITCOIN_RPC"), (*node)->rpcUrl());
    environment.insert(QStringLiteral("COFFER_BITCOIN_COOKIE"), (*node)->cookieFile());
    QProcess tour;
    tour.setProcessEnvironment(environment);
    tour.setProcessChannelMode(QProcess::ForwardedChannels);
    tour.start(QStringLiteral("bash"), {QStringLiteral(COFFER_TOUR)});

    QTimer blocks; // As the playground's miner does.
    connect(&blocks, &QTimer::timeout, this, [&] { VERIFY_RESULT((*node)->mine(1)); });
    blocks.start(3000);
    QTRY_COMPARE_WITH_TIMEOUT(tour.state(), QProcess::NotRunning, 280'000);
    if (tour.exitCode() != 0)
        folder.setAutoRemove(false); // Its screenshots say what was seen.
    QVERIFY2(tour.exitStatus() == QProcess::NormalExit && tour.exitCode() == 0,
             qPrintable(folder.path()));
}

QTEST_GUILESS_MAIN(TourTest)
#include "tour_test.moc"
