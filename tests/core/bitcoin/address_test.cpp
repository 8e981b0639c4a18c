// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: an address is read for one network only, and each way of being wrong has its own code.
// Method: Bitcoin Core's valid and invalid keys, the wallet BIPs' addresses, a table of failures.

#include "core/bitcoin/address.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::Network;
using bitcoin::ScriptType;

namespace {

constexpr std::array kAll{Network::Main, Network::Testnet4, Network::Signet, Network::Regtest};

Network networkOf(const base::Json& value)
{
    const auto name = text(value);
    return name == "test" ? Network::Testnet4 : *bitcoin::parseNetwork(name);
}

std::string upper(std::string value)
{
    for (auto& c : value)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return value;
}

} // namespace

class AddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsCoresKeys();
    void refusesCoresInvalidKeys();
    void keepsNetworksApart();
    void agreesWithDecodedScripts();
    void namesTheReason();
    void doesNotSendIntoTheVoid();
    void marksLikelyMistakes();
};

void AddressTest::readsCoresKeys()
{
    const auto rows = jsonFile("btc/core/key_io_valid.json");
    QCOMPARE(rows.size(), std::size_t{70});
    for (const auto& row : rows) {
        const auto key = text(row[0]);
        const auto network = networkOf(row[2]["chain"]);
        if (row[2]["isPrivkey"].get<bool>()) {
            const auto wif = bitcoin::parseWif(key, network);
            VERIFY_RESULT(wif);
            QCOMPARE(shown(wif->secret.reveal()), shown(text(row[1])));
            QCOMPARE(wif->compressed, row[2]["isCompressed"].get<bool>());
            QVERIFY2(!bitcoin::parseAddress(key, network), key.c_str());
            continue;
        }
        const auto address = bitcoin::parseAddress(key, network);
        VERIFY_RESULT(address);
        QCOMPARE(shown(address->script), shown(text(row[1])));
        QCOMPARE(address->type, bitcoin::classify(address->script));
        const auto back = bitcoin::addressOf(address->script, network);
        VERIFY_RESULT(back);
        QCOMPARE(shown(*back), shown(key));
        QVERIFY2(!bitcoin::parseWif(key, network), key.c_str());
        if (row[2].value("tryCaseFlip", false)) {
            const auto flipped = bitcoin::parseAddress(upper(key), network);
            VERIFY_RESULT(flipped);
            QVERIFY(flipped->script == address->script);
        }
    }
}

void AddressTest::refusesCoresInvalidKeys()
{
    const auto rows = jsonFile("btc/core/key_io_invalid.json");
    QCOMPARE(rows.size(), std::size_t{70});
    for (const auto& row : rows) {
        for (const auto network : kAll) {
            const auto key = text(row[0]);
            QVERIFY2(!bitcoin::parseAddress(key, network), key.c_str());
            QVERIFY2(!bitcoin::parseWif(key, network), key.c_str());
        }
    }
}

void AddressTest::keepsNetworksApart()
{
    for (const auto& row : jsonFile("btc/core/key_io_valid.json")) {
        const auto home = networkOf(row[2]["chain"]);
        const auto key = text(row[0]);
        for (const auto network : kAll) {
            const auto& params = bitcoin::paramsOf(network);
            const auto& homeParams = bitcoin::paramsOf(home);
            const bool bech32 = key.starts_with(std::string(homeParams.bech32Prefix) + '1');
            const bool same = bech32 ? params.bech32Prefix == homeParams.bech32Prefix
                                     : params.p2pkhVersion == homeParams.p2pkhVersion;
            if (row[2]["isPrivkey"].get<bool>()) {
                const auto wif = bitcoin::parseWif(key, network);
                QCOMPARE(static_cast<bool>(wif), same);
                if (!same)
                    COMPARE_ERROR(wif, ErrorCode::WrongNetwork);
                continue;
            }
            const auto address = bitcoin::parseAddress(key, network);
            QCOMPARE(static_cast<bool>(address), same);
            if (!same)
                COMPARE_ERROR(address, ErrorCode::WrongNetwork);
        }
    }
}

void AddressTest::agreesWithDecodedScripts()
{
    for (const auto& row : jsonFile("btc/core/rpc_decodescript.json")) {
        const auto address = bitcoin::addressOf(hex(row[0]), Network::Regtest);
        if (row[1].contains("address")) {
            VERIFY_RESULT(address);
            QCOMPARE(shown(*address), shown(text(row[1]["address"])));
        } else {
            COMPARE_ERROR(address, ErrorCode::NotFound);
        }
    }
    // BIP67's addresses are P2SH on test networks.
    for (const auto& row : jsonFile("btc/bip67/rpc_bip67.json")) {
        const auto address =
            bitcoin::addressOf(bitcoin::p2shOf(hex(row["script"])), Network::Testnet4);
        VERIFY_RESULT(address);
        QCOMPARE(shown(*address), shown(text(row["address"])));
    }
}

void AddressTest::namesTheReason()
{
    struct Row
    {
        const char* text;
        ErrorCode code;
    };
    const Row rows[] = {
        {"", ErrorCode::Malformed},
        {"hello", ErrorCode::Malformed},
        {" bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", ErrorCode::Malformed},
        {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu ", ErrorCode::Malformed},
        {"1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB", ErrorCode::BadChecksum},
        {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyv", ErrorCode::BadChecksum},
        {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fYu", ErrorCode::Malformed}, // Mixed case.
        // Version 0 with the checksum of BIP350 and version 1 with that of BIP173.
        {"bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", ErrorCode::BadChecksum},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", ErrorCode::BadChecksum},
        {"tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", ErrorCode::WrongNetwork},
        {"mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV", ErrorCode::WrongNetwork},
        {"xpub6BosfCnifzxcFwrSzQiqu2DBVTshkCXacvNsWGYJVVhhawA7d4R5WSWGFNbi8Aw6ZRc1brxMyWMzG3DSSSSoe"
         "k"
         "kudhUd9yLb6qx39T9nMdj",
         ErrorCode::Malformed},
        {"0x52908400098527886E0F7030069857D2E4169EE7", ErrorCode::Malformed},
    };
    for (const auto& row : rows) {
        const auto address = bitcoin::parseAddress(row.text, Network::Main);
        QVERIFY2(!address, row.text);
        QVERIFY2(address.error().code == row.code,
                 (std::string(row.text) + " -> " +
                  std::string(base::errorCodeName(address.error().code)))
                     .c_str());
    }
}

void AddressTest::doesNotSendIntoTheVoid()
{
    const auto addressFor = [](const std::string& script) {
        const auto address = bitcoin::addressOf(hex(script), Network::Main);
        ASSERT(address);
        return *address;
    };
    // A good taproot key (BIP86), and an x that is on no point of the curve.
    const auto good = "5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c";
    const auto bad = "5120eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34";
    const auto script = bitcoin::scriptOf(addressFor(good), Network::Main);
    VERIFY_RESULT(script);
    QCOMPARE(shown(*script), shown(good));
    for (const auto* lost : {bad, "52024e73", "51024e73", "60020102"}) {
        VERIFY_RESULT(bitcoin::parseAddress(addressFor(lost), Network::Main));
        COMPARE_ERROR(bitcoin::scriptOf(addressFor(lost), Network::Main), ErrorCode::Unsupported);
    }
    // BIP352's first example address.
    const auto* silent = "sp1qqgste7k9hx0qftg6qmwlkqtwuy6cycyavzmzj85c6qdfhjdpdjtdgqjuexzk6murw56su"
                         "y3e0rd2cgqvycxttddwsvg"
                         "xe2usfpxumr70xc9pkqwv";
    COMPARE_ERROR(bitcoin::scriptOf(silent, Network::Main), ErrorCode::Unsupported);
    for (const auto* known :
         {"1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA", "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf",
          "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"})
        VERIFY_RESULT(bitcoin::scriptOf(known, Network::Main));
}

void AddressTest::marksLikelyMistakes()
{
    std::string address = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu";
    address[10] = address[10] == 'q' ? 'p' : 'q';
    QVERIFY(bitcoin::likelyMistakes(address) == std::vector<std::size_t>{10});
    QVERIFY(bitcoin::likelyMistakes("1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB").empty());
}

QTEST_GUILESS_MAIN(AddressTest)
#include "address_test.moc"
