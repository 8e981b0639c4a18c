// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: old extended-key prefixes become xpub or tpub, and nothing private passes. Method: the
// table of SLIP-132, its vectors, failures.

#include "core/base/base58.h"
#include "core/bitcoin/descriptor/slip132.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

#include <map>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::KeyScript;

class Slip132Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsEveryPrefix();
    void refusesPrivateKeys();
    void refusesOtherText();
};

void Slip132Test::convertsEveryPrefix()
{
    const std::map<std::string, KeyScript> scripts{
        {"xpub", KeyScript::Any},
        {"tpub", KeyScript::Any},
        {"ypub", KeyScript::NestedWitness},
        {"upub", KeyScript::NestedWitness},
        {"zpub", KeyScript::Witness},
        {"vpub", KeyScript::Witness},
        {"Ypub", KeyScript::NestedWitnessMultisig},
        {"Upub", KeyScript::NestedWitnessMultisig},
        {"Zpub", KeyScript::WitnessMultisig},
        {"Vpub", KeyScript::WitnessMultisig},
    };
    const auto data = jsonFile("btc/slip132/slip132.json");
    const auto original = text(data["vectors"][0]["pub"]);
    const auto payload = base::parseBase58Check(original);
    VERIFY_RESULT(payload);
    int count = 0;
    for (const auto* network : {"mainnet", "testnet"}) {
        for (const auto& [prefix, row] : data["versions"][network].items()) {
            auto bytes = hex(row[0]);
            bytes.insert(bytes.end(), payload->begin() + 4, payload->end());
            const auto written = base::toBase58Check(bytes);
            QVERIFY2(written.starts_with(prefix), written.c_str());
            const auto key = bitcoin::convertSlip132(written);
            VERIFY_RESULT(key);
            QCOMPARE(key->script, scripts.at(prefix));
            QCOMPARE(key->mainnet, std::string(network) == "mainnet");
            QVERIFY(key->xpub.starts_with(key->mainnet ? "xpub" : "tpub"));
            if (key->mainnet)
                QCOMPARE(shown(key->xpub), shown(original));
            ++count;
        }
    }
    QCOMPARE(count, 10);
}

void Slip132Test::refusesPrivateKeys()
{
    const auto data = jsonFile("btc/slip132/slip132.json");
    for (const auto& row : data["vectors"])
        COMPARE_ERROR(bitcoin::convertSlip132(text(row["prv"])), ErrorCode::Rejected);
}

void Slip132Test::refusesOtherText()
{
    const auto good = text(jsonFile("btc/slip132/slip132.json")["vectors"][2]["pub"]);
    VERIFY_RESULT(bitcoin::convertSlip132(good));
    auto mistyped = good;
    mistyped[50] = mistyped[50] == 'a' ? 'b' : 'a';
    COMPARE_ERROR(bitcoin::convertSlip132(mistyped), ErrorCode::BadChecksum);
    COMPARE_ERROR(bitcoin::convertSlip132(""), ErrorCode::Malformed);
    COMPARE_ERROR(bitcoin::convertSlip132("1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"),
                  ErrorCode::Malformed);
    auto payload = base::parseBase58Check(good);
    VERIFY_RESULT(payload);
    (*payload)[0] = 0x05;
    COMPARE_ERROR(bitcoin::convertSlip132(base::toBase58Check(*payload)), ErrorCode::Unsupported);
    payload = base::parseBase58Check(good);
    (*payload)[46] ^= 0xff; // No point of the curve any more, or another prefix.
    (*payload)[45] = 0x07;
    COMPARE_ERROR(bitcoin::convertSlip132(base::toBase58Check(*payload)), ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(Slip132Test)
#include "slip132_test.moc"
