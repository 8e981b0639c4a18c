// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: Tor v3 names and keys map onto each other. Method: well-known services, round trips,
// damage.

#include "core/base/random.h"
#include "core/bitcoin/onion.h"
#include "tests/core/bitcoin/vectors.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;

class OnionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsKnownNames();
    void writesWhatItReads();
    void refusesDamage();
};

void OnionTest::readsKnownNames()
{
    // The Tor Project's and DuckDuckGo's services.
    for (const std::string name :
         {"2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion",
          "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion"}) {
        const auto key = bitcoin::parseOnionName(name);
        VERIFY_RESULT(key);
        QCOMPARE(shown(bitcoin::onionName(*key)), shown(name));
    }
}

void OnionTest::writesWhatItReads()
{
    base::SeededRandom random(2);
    for (int i = 0; i < 100; ++i) {
        base::ByteArray<32> key{};
        random.fill(key);
        auto name = bitcoin::onionName(key);
        QCOMPARE(name.size(), std::size_t{62});
        name[3] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[3])));
        const auto back = bitcoin::parseOnionName(name);
        VERIFY_RESULT(back);
        QVERIFY(*back == key);
    }
}

void OnionTest::refusesDamage()
{
    const std::string good = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion";
    auto mistyped = good;
    mistyped[7] = 'a';
    COMPARE_ERROR(bitcoin::parseOnionName(mistyped), ErrorCode::BadChecksum);
    auto version = good;
    version[55] = 'c';
    COMPARE_ERROR(bitcoin::parseOnionName(version), ErrorCode::Unsupported);
    for (const auto& name :
         {std::string(), good.substr(1), good.substr(0, 56), good + ".", std::string("a.onion"),
          "1" + good.substr(1), std::string("expyuzz4wqqyqhjn.onion")})
        COMPARE_ERROR(bitcoin::parseOnionName(name), ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(OnionTest)
#include "onion_test.moc"
