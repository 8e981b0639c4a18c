// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: addresses of all networks read and print alike. Method: tables.

#include "core/lightnode/wire/peer_address.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::lightnode;
using base::ErrorCode;

class PeerAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndPrints_data();
    void readsAndPrints();
    void refuses_data();
    void refuses();
    void knowsWhatIsRoutable();
    void groupsByNetwork();
};

void PeerAddressTest::readsAndPrints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    const auto row = [](const char* text, const char* printed) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(printed);
    };
    row("1.2.3.4", "1.2.3.4:8333");
    row("1.2.3.4:18444", "1.2.3.4:18444");
    row("2001:DB8::1", "[2001:db8::1]:8333");
    row("[2001:db8:0:0:1:0:0:1]:48333", "[2001:db8::1:0:0:1]:48333");
    row("[::1]:8333", "[::1]:8333");
    row("[::ffff:1.2.3.4]:8333", "1.2.3.4:8333");
    row("My-Node.example:8333", "my-node.example:8333");
    row("localhost", "localhost:8333");
    row("fc00::1", "[fc00::1]:8333");
    row("zx3qjmvjtg3dd6yeon5gmm3mvdbkhpihdxkucpxm7n6atpghpgcrcxyd.onion:8333",
        "zx3qjmvjtg3dd6yeon5gmm3mvdbkhpihdxkucpxm7n6atpghpgcrcxyd.onion:8333");
}

void PeerAddressTest::readsAndPrints()
{
    QFETCH(QString, text);
    QFETCH(QString, printed);
    const auto address = parsePeerAddress(text.toStdString(), 8333);
    VERIFY_RESULT(address);
    QCOMPARE(QString::fromStdString(address->toString()), printed);
    const auto again = parsePeerAddress(address->toString(), 1);
    VERIFY_RESULT(again);
    QVERIFY(*again == *address);
}

void PeerAddressTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("reason");
    const auto row = [](const char* text, ErrorCode code) {
        QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(code);
    };
    row("", ErrorCode::Malformed);
    row("1.2.3.4:", ErrorCode::OutOfRange);
    row("1.2.3.4:0", ErrorCode::OutOfRange);
    row("1.2.3.4:65536", ErrorCode::OutOfRange);
    row("host name", ErrorCode::Malformed);
    row("[1.2.3.4]:1", ErrorCode::Malformed);
    row("[2001:db8::1", ErrorCode::Malformed);
    row("[2001:db8::1]x", ErrorCode::Malformed);
    row("abc.onion", ErrorCode::Malformed);
    row("zx3qjmvjtg3dd6yeon5gmm3mvdbkhpihdxkucpxm7n6atpghpgcrcxye.onion", ErrorCode::Unsupported);
}

void PeerAddressTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(int, reason);
    const auto address = parsePeerAddress(text.toStdString(), 8333);
    QVERIFY(!address);
    // The onion reader has its own order of checks.
    if (!text.endsWith(QStringLiteral(".onion")))
        QCOMPARE(static_cast<int>(address.error().code), reason);
}

void PeerAddressTest::knowsWhatIsRoutable()
{
    const auto routable = [](const char* text) {
        return parsePeerAddress(text, 8333).take().isRoutable();
    };
    QVERIFY(routable("8.8.8.8"));
    QVERIFY(routable("2a01:4f8::1"));
    QVERIFY(routable("zx3qjmvjtg3dd6yeon5gmm3mvdbkhpihdxkucpxm7n6atpghpgcrcxyd.onion"));
    for (const char* text :
         {"10.1.2.3", "127.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.1.1", "0.0.0.0",
          "224.0.0.1", "100.64.0.1", "203.0.113.7", "::1", "fe80::1", "2001:db8::1", "localhost"})
        QVERIFY2(!routable(text), text);
}

void PeerAddressTest::groupsByNetwork()
{
    const auto group = [](const char* text) {
        return parsePeerAddress(text, 8333).take().networkGroup();
    };
    QCOMPARE(group("8.8.8.8"), group("8.8.4.4:1"));
    QVERIFY(group("8.8.8.8") != group("8.9.8.8"));
    QCOMPARE(group("2a01:4f8::1"), group("2a01:4f8:1::2"));
    QVERIFY(group("2a01:4f8::1") != group("2a01:4f9::1"));
}

QTEST_GUILESS_MAIN(PeerAddressTest)
#include "peer_address_test.moc"
