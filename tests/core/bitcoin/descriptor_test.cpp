// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: descriptors give the scripts of the BIPs and nothing else is taken. Method: the vectors of
// BIP380 to BIP390, the fixture's accounts, the wallet BIPs' addresses, a table of failures.

#include "core/bitcoin/address.h"
#include "core/bitcoin/descriptor/descriptor.h"
#include "core/bitcoin/descriptor/slip132.h"
#include "core/bitcoin/verify.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

#include <functional>
#include <map>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::ChecksumRule;
using bitcoin::Descriptor;
using bitcoin::Network;
using bitcoin::PrivateKeyRule;
using bitcoin::ScriptType;

namespace {

constexpr bitcoin::DescriptorRules kWithPrivateKeys{ChecksumRule::Optional, PrivateKeyRule::Accept};

const std::string kKey = "03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd";
const std::string kXpub =
    "xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5Ja"
    "HWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL";
const std::string kXprv =
    "xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyu"
    "oseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc";

Descriptor parsed(const std::string& source, Network network = Network::Main)
{
    auto descriptor = Descriptor::parse(source, network, kWithPrivateKeys);
    ASSERT(descriptor);
    return descriptor.take();
}

/// A script, or for combo() the list of scripts at one index.
void compareScripts(const Descriptor& descriptor, std::uint32_t index, const base::Json& wanted)
{
    const auto outputs = descriptor.expandAll(index);
    VERIFY_RESULT(outputs);
    if (!wanted.is_array()) {
        QCOMPARE(outputs->size(), std::size_t{1});
        QCOMPARE(shown(outputs->front().script), shown(text(wanted)));
        return;
    }
    QCOMPARE(outputs->size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        QCOMPARE(shown((*outputs)[i].script), shown(text(wanted[i])));
}

/// The public text reads back to the same scripts.
void compareRoundTrip(const Descriptor& descriptor)
{
    const auto again = Descriptor::parse(descriptor.toString(), descriptor.network(),
                                         {ChecksumRule::Required, PrivateKeyRule::Refuse});
    VERIFY_RESULT(again);
    QCOMPARE(shown(again->toString()), shown(descriptor.toString()));
    QVERIFY(*again == descriptor);
    QCOMPARE(again->isRanged(), descriptor.isRanged());
    if (!again->isPublic())
        return;
    const auto first = descriptor.expandAll(5);
    const auto second = again->expandAll(5);
    VERIFY_RESULT(first);
    VERIFY_RESULT(second);
    for (std::size_t i = 0; i < first->size(); ++i) {
        QVERIFY((*first)[i].script == (*second)[i].script);
        for (std::size_t key = 0; key < (*first)[i].keys.size(); ++key) {
            QVERIFY((*first)[i].keys[key].origin == (*second)[i].keys[key].origin);
            QVERIFY((*first)[i].keys[key].publicKey == (*second)[i].keys[key].publicKey);
        }
    }
}

} // namespace

class DescriptorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksChecksums();
    void readsKeyExpressions();
    void expandsTheBips_data();
    void expandsTheBips();
    void splitsMultipath();
    void refusesMusig();
    void refusesInClearWords();
    void hidesPrivateKeys();
    void givesOrigins();
    void givesWhatASignerNeeds();
    void expandsTaprootTrees();
    void expandsTheFixture();
    void agreesWithTheWalletBips();
    void boundsItsInput();
    void weighsInputs();
};

void DescriptorTest::checksChecksums()
{
    const auto rows = jsonFile("btc/descriptors/bip380.json")["checksum"];
    const std::map<std::string, ErrorCode> wrong{
        {"Missing checksum", ErrorCode::BadChecksum},
        {"Too long checksum (9 chars)", ErrorCode::BadChecksum},
        {"Too short checksum (7 chars)", ErrorCode::BadChecksum},
        {"Error in payload", ErrorCode::BadChecksum},
        {"Error in checksum", ErrorCode::BadChecksum},
        {"Invalid characters in payload", ErrorCode::Malformed},
    };
    for (const auto& row : rows) {
        const auto found = Descriptor::parse(text(row["text"]), Network::Main);
        const auto code = wrong.find(text(row["name"]));
        if (code == wrong.end())
            VERIFY_RESULT(found);
        else
            COMPARE_ERROR(found, code->second);
    }
    QCOMPARE(shown(*bitcoin::descriptorChecksum("raw(deadbeef)")), shown("89f8spxm"));
    QCOMPARE(shown(parsed("raw(deadbeef)").toString()), shown("raw(deadbeef)#89f8spxm"));
    COMPARE_ERROR(Descriptor::parse("raw(deadbeef)", Network::Main,
                                    {ChecksumRule::Required, PrivateKeyRule::Refuse}),
                  ErrorCode::NotFound);
    // The checksum belongs to the written form, what is given out is normalised.
    const auto apostrophe = "pkh([deadbeef/1/2'/3/4']" + kKey + ")";
    const auto descriptor = Descriptor::parse(
        apostrophe + '#' + *bitcoin::descriptorChecksum(apostrophe), Network::Main);
    VERIFY_RESULT(descriptor);
    QCOMPARE(shown(descriptor->toStringWithoutChecksum()),
             shown("pkh([deadbeef/1/2h/3/4h]" + kKey + ")"));
    VERIFY_RESULT(Descriptor::parse(descriptor->toString(), Network::Main));
}

void DescriptorTest::readsKeyExpressions()
{
    const auto data = jsonFile("btc/descriptors/bip380.json");
    QCOMPARE(data["key_valid"].size(), std::size_t{21});
    for (const auto& row : data["key_valid"]) {
        const auto descriptor =
            Descriptor::parse("pkh(" + text(row["text"]) + ")", Network::Main, kWithPrivateKeys);
        VERIFY_RESULT(descriptor);
        compareRoundTrip(*descriptor);
        const bool privateText = text(row["name"]).find("rivate") != std::string::npos;
        const auto refused = Descriptor::parse("pkh(" + text(row["text"]) + ")", Network::Main);
        QCOMPARE(static_cast<bool>(refused), !privateText);
        if (privateText)
            COMPARE_ERROR(refused, ErrorCode::Rejected);
        // A private key goes as far as its hardened steps need it; a public one cannot.
        const bool hardened = text(row["name"]).find("ardened derivation") != std::string::npos;
        const auto output = descriptor->expand(0);
        if (privateText || !hardened)
            VERIFY_RESULT(output);
        else
            COMPARE_ERROR(output, ErrorCode::Unsupported);
    }
    for (const auto& row : data["key_invalid"]) {
        const auto descriptor =
            Descriptor::parse("pkh(" + text(row["text"]) + ")", Network::Main, kWithPrivateKeys);
        QVERIFY2(!descriptor, text(row["name"]).c_str());
        COMPARE_ERROR(descriptor, ErrorCode::Malformed);
    }
}

void DescriptorTest::expandsTheBips_data()
{
    QTest::addColumn<int>("bip");
    for (const int bip : {381, 382, 383, 384, 385, 386, 387})
        QTest::newRow(qPrintable(QString::number(bip))) << bip;
}

void DescriptorTest::expandsTheBips()
{
    QFETCH(int, bip);
    const auto data = jsonFile(qPrintable(QStringLiteral("btc/descriptors/bip%1.json").arg(bip)));
    for (const auto& row : data["valid"]) {
        const auto source = text(row["descriptor"]);
        const auto descriptor = Descriptor::parse(source, Network::Main, kWithPrivateKeys);
        VERIFY_RESULT(descriptor);
        compareRoundTrip(*descriptor);
        const auto& wanted = row["expect"];
        if (bip == 384 && !descriptor->isRanged()) {
            compareScripts(*descriptor, 0, wanted);
            continue;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i)
            compareScripts(*descriptor, static_cast<std::uint32_t>(i), wanted[i]);
    }
    for (const auto& row : data["invalid"]) {
        const auto descriptor =
            Descriptor::parse(text(row["descriptor"]), Network::Main, kWithPrivateKeys);
        QVERIFY2(!descriptor, text(row["reason"]).c_str());
        COMPARE_ERROR(descriptor, ErrorCode::Malformed);
    }
}

void DescriptorTest::splitsMultipath()
{
    const auto data = jsonFile("btc/descriptors/bip389.json");
    for (const auto& row : data["valid"]) {
        const auto all =
            Descriptor::parseAll(text(row["descriptor"]), Network::Main, kWithPrivateKeys);
        VERIFY_RESULT(all);
        QCOMPARE(all->size(), row["expect"].size());
        for (std::size_t i = 0; i < all->size(); ++i) {
            const auto wanted = parsed(text(row["expect"][i]));
            QCOMPARE(shown((*all)[i].toString()), shown(wanted.toString()));
            compareRoundTrip((*all)[i]);
        }
        COMPARE_ERROR(Descriptor::parse(text(row["descriptor"]), Network::Main, kWithPrivateKeys),
                      ErrorCode::Unsupported);
    }
    for (const auto& row : data["invalid"])
        COMPARE_ERROR(
            Descriptor::parseAll(text(row["descriptor"]), Network::Main, kWithPrivateKeys),
            ErrorCode::Malformed);
    for (const auto* step : {"<0>", "<0;0>", "<0;1;0>", "<0h;0'>", "<;1>", "<0,1>", "<0;1>h",
                             "<<0;1>>", "<0;*>", "<0;2147483648>", "<>"})
        COMPARE_ERROR(Descriptor::parseAll("wpkh(" + kXpub + "/" + step + "/*)", Network::Main),
                      ErrorCode::Malformed);
}

void DescriptorTest::refusesMusig()
{
    const auto data = jsonFile("btc/descriptors/bip390.json");
    for (const auto* list : {"valid", "invalid"}) {
        for (const auto& row : data[list])
            COMPARE_ERROR(
                Descriptor::parseAll(text(row["descriptor"]), Network::Main, kWithPrivateKeys),
                ErrorCode::Unsupported);
    }
}

void DescriptorTest::refusesInClearWords()
{
    const auto tpub =
        "tpubDC5FSnBiZDMmhiuCmWAYsLwgLYrrT9rAqvTySfuCCrgsWz8wxMXUS9Tb9iVMvcRbvFcAHGkMD5Kx8"
        "koh4GquNGNTfohfk7pgjhaPCdXpoba";
    struct Row
    {
        std::string text;
        ErrorCode code;
    };
    const Row rows[] = {
        {"", ErrorCode::Malformed},
        {"wpkh", ErrorCode::Malformed},
        {"wpkh(", ErrorCode::Malformed},
        {"wpkh()", ErrorCode::Malformed},
        {"wpkh(" + kKey, ErrorCode::Malformed},
        {"wpkh(" + kKey + "))", ErrorCode::Malformed},
        {"wpkh(" + kKey + "," + kKey + ")", ErrorCode::Malformed},
        {" wpkh(" + kKey + ")", ErrorCode::Malformed},
        {"WPKH(" + kKey + ")", ErrorCode::Malformed},
        {"wpkh(02" + std::string(64, 'f') + ")", ErrorCode::Malformed},
        {"wpkh(" + kKey.substr(2) + ")", ErrorCode::Malformed},
        {"rawtr(" + kKey + "," + kKey + ")", ErrorCode::Malformed},
        {"sh(rawtr(" + kKey + "))", ErrorCode::Malformed},
        {"tr(" + kKey + ",wpkh(" + kKey + "))", ErrorCode::Malformed},
        {"tr(" + kKey + ",{pk(" + kKey + ")})", ErrorCode::Malformed},
        {"tr(" + kKey + ",{pk(" + kKey + "),pk(" + kKey + ")}", ErrorCode::Malformed},
        {"tr(" + kKey + ",)", ErrorCode::Malformed},
        {"multi(1," + kKey + "," + kKey + "," + kKey + "," + kKey + ")", ErrorCode::Malformed},
        {"multi(-1," + kKey + ")", ErrorCode::Malformed},
        {"multi(1)", ErrorCode::Malformed},
        {"raw()", ErrorCode::Malformed},
        {"wpkh(" + kXpub + "/*/0)", ErrorCode::Malformed},
        {"wpkh(" + kXpub + "/*H)", ErrorCode::Malformed},
        {"wpkh(" + kXpub + "//*)", ErrorCode::Malformed},
        {"wpkh(" + kXpub + "/)", ErrorCode::Malformed},
        {"sp(" + kKey + ")", ErrorCode::Unsupported},
        {"wsh(and_v(v:pk(" + kKey + "),older(10)))", ErrorCode::Unsupported},
        {"wsh(thresh(1,pk(" + kKey + ")))", ErrorCode::Unsupported},
        {"tr(" + kKey + ",{pk(" + kKey + "),and_v(v:pk(" + kKey + "),older(10))})",
         ErrorCode::Unsupported},
        {"wpkh(" + kXprv + ")", ErrorCode::Rejected},
        {"wpkh(L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1)", ErrorCode::Rejected},
        {"wpkh(" + std::string(tpub) + "/0/*)", ErrorCode::WrongNetwork},
        {"addr(tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx)", ErrorCode::WrongNetwork},
        {"wpkh(cVVGgzVgcc5S3owCskoneK8R1BNGkBveiEcGDaxu8RRDvFcaQaSG)", ErrorCode::WrongNetwork},
        {"addr(1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB)", ErrorCode::BadChecksum},
        {"wpkh(" + kXpub.substr(0, 110) + "M)", ErrorCode::BadChecksum},
        {"wpkh("
         "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUk"
         "gDKf31mGDtKsAYz2oz2AGutZYs/0/*)",
         ErrorCode::Unsupported},
    };
    for (const auto& row : rows) {
        const auto descriptor = Descriptor::parse(row.text, Network::Main);
        QVERIFY2(!descriptor, row.text.c_str());
        QVERIFY2(descriptor.error().code == row.code,
                 (row.text + " -> " + descriptor.error().detail).c_str());
        // No error repeats what was typed: it might be a secret.
        QVERIFY(descriptor.error().detail.find("xprv") == std::string::npos);
        QVERIFY(descriptor.error().detail.find("L4rK") == std::string::npos);
    }
    COMPARE_ERROR(parsed("wpkh(" + kXpub + "/*)").expand(0x80000000), ErrorCode::OutOfRange);
}

void DescriptorTest::hidesPrivateKeys()
{
    for (const auto& source :
         {"wpkh(" + kXprv + "/0/*)", "wpkh(" + kXprv + "/0h/1/*)", "wpkh(" + kXprv + "/0/*h)",
          "tr(" + kXprv + ",pk(" + kXprv + "/1h))",
          std::string("pkh(5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss)")}) {
        const auto shownText = parsed(source).toString();
        QVERIFY(shownText.find("xprv") == std::string::npos);
        QVERIFY(shownText.find("5KYZ") == std::string::npos);
    }
    // The hardened part becomes the origin, as Bitcoin Core normalises.
    const auto normalised =
        parsed("pkh(xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ss"
               "rdK4PFmM8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U/2147483647'/0)");
    QCOMPARE(shown(normalised.toStringWithoutChecksum()),
             shown("pkh([bd16bee5/"
                   "2147483647h]xpub69H7F5dQzmVd3vPuLKtcXJziMEQByuDidnX3YdwgtNsecY5HRGtAAQC5mX"
                   "Tt4dsv9RzyjgDjAQs9VGVV6ydYCHnprc9vvaA5YtqWyL6hyds/0)"));
    QVERIFY(normalised.isPublic());
    // A hardened wildcard needs the private key; the text alone does not expand.
    const auto hardened = parsed("wpkh(" + kXprv + "/7/*h)");
    QVERIFY(!hardened.isPublic());
    VERIFY_RESULT(hardened.expand(3));
    COMPARE_ERROR(parsed(hardened.toString()).expand(3), ErrorCode::Unsupported);
}

void DescriptorTest::givesOrigins()
{
    const auto output = parsed("wpkh([d34db33f/84h/0h/0h]" + kXpub + "/1/*)").expand(7);
    VERIFY_RESULT(output);
    QCOMPARE(output->keys.size(), std::size_t{1});
    QCOMPARE(shown(output->keys[0].origin.fingerprint), shown("d34db33f"));
    const std::vector<std::uint32_t> path{0x80000054, 0x80000000, 0x80000000, 1, 7};
    QVERIFY(output->keys[0].origin.path == path);
    // Without an origin the extended key is its own master, and so is a bare one.
    const auto own = parsed("wpkh(" + kXpub + "/1/*)").expand(7);
    VERIFY_RESULT(own);
    QVERIFY(own->keys[0].origin.path == (std::vector<std::uint32_t>{1, 7}));
    QVERIFY(own->keys[0].publicKey == output->keys[0].publicKey);
    const auto bare = parsed("wpkh(" + kKey + ")").expand(0);
    VERIFY_RESULT(bare);
    QVERIFY(bare->keys[0].origin.path.empty());
    QCOMPARE(shown(bare->keys[0].origin.fingerprint), shown("9a1c78a5"));
}

void DescriptorTest::givesWhatASignerNeeds()
{
    const auto nested = parsed("sh(wpkh(" + kKey + "))");
    QVERIFY(nested.isNestedWitness());
    QVERIFY(nested.scriptType() == ScriptType::P2sh);
    const auto output = nested.expand(0);
    VERIFY_RESULT(output);
    QCOMPARE(shown(output->redeemScript), shown("00149a1c78a507689f6f54b847ad1cef1e614ee23f1e"));
    QVERIFY(output->witnessScript.empty());
    QVERIFY(bitcoin::p2shOf(output->redeemScript) == output->script);

    const auto other = "0260b2003c386519fc9eadf2b5cf124dd8eea4c4e68d5e154050a9346ea98ce600";
    const auto multisig = parsed("sh(wsh(sortedmulti(1," + kKey + "," + other + ")))");
    QCOMPARE(multisig.requiredSignatures(), 1);
    const auto both = multisig.expand(0);
    VERIFY_RESULT(both);
    QVERIFY(bitcoin::p2wshOf(both->witnessScript) == both->redeemScript);
    QVERIFY(bitcoin::p2shOf(both->redeemScript) == both->script);
    const auto found = bitcoin::multisigTemplate(both->witnessScript);
    QVERIFY(found.has_value());
    QCOMPARE(shown(found->keys[0]), shown(other)); // Sorted, while keys stay as written.
    QCOMPARE(shown(both->keys[0].publicKey), shown(kKey));
    for (const auto& row : jsonFile("btc/bip67/rpc_bip67.json")) {
        std::string source = "sh(sortedmulti(2";
        for (const auto& key : row["keys"])
            source += "," + text(key);
        const auto script = parsed(source + "))", Network::Testnet4).expand(0);
        VERIFY_RESULT(script);
        QCOMPARE(shown(script->redeemScript), shown(text(row["script"])));
    }
}

void DescriptorTest::expandsTaprootTrees()
{
    // BIP341's trees, whose leaves are all `pk`-like where a descriptor can say them.
    int compared = 0;
    const auto data = jsonFile("btc/bip341/wallet-test-vectors.json");
    for (const auto& vector : data["scriptPubKey"]) {
        bool expressible = true;
        const std::function<std::string(const base::Json&)> textOf =
            [&](const base::Json& tree) -> std::string {
            if (tree.is_array())
                return "{" + textOf(tree[0]) + "," + textOf(tree[1]) + "}";
            const auto script = text(tree["script"]);
            expressible = expressible && tree["leafVersion"] == 192 && script.size() == 68;
            return "pk(" + script.substr(2, 64) + ")";
        };
        auto source = "tr(" + text(vector["given"]["internalPubkey"]);
        if (!vector["given"]["scriptTree"].is_null())
            source += "," + textOf(vector["given"]["scriptTree"]);
        if (!expressible)
            continue;
        ++compared;
        const auto output = parsed(source + ")").expand(0);
        VERIFY_RESULT(output);
        QCOMPARE(shown(output->script), shown(text(vector["expected"]["scriptPubKey"])));
        const auto root = vector["intermediary"]["merkleRoot"];
        QCOMPARE(output->taproot->merkleRoot.has_value(), !root.is_null());
        if (!root.is_null())
            QCOMPARE(shown(*output->taproot->merkleRoot), shown(text(root)));
    }
    QVERIFY(compared >= 4);
}

void DescriptorTest::expandsTheFixture()
{
    const auto fixture = jsonFile("btc/regtest/fixture.json");
    for (const auto& entry : fixture["descriptors"]) {
        const auto descriptor = Descriptor::parse(text(entry["public"]), Network::Regtest,
                                                  {ChecksumRule::Required, PrivateKeyRule::Refuse});
        VERIFY_RESULT(descriptor);
        QCOMPARE(shown(descriptor->toString()), shown(text(entry["public"])));
        const auto secret = parsed(text(entry["private"]), Network::Regtest);
        QVERIFY(secret == *descriptor);
        const auto output = descriptor->expand(0);
        VERIFY_RESULT(output);
        QCOMPARE(shown(output->keys[0].origin.fingerprint), shown(text(fixture["fingerprint"])));
        QCOMPARE(output->keys[0].origin.path.size(), std::size_t{5});
        QCOMPARE(output->keys[0].origin.path[0],
                 0x80000000U + entry["purpose"].get<std::uint32_t>());
    }
}

void DescriptorTest::agreesWithTheWalletBips()
{
    const auto compare = [](const std::string& source, Network network, std::uint32_t index,
                            const base::Json& address) {
        const auto output = parsed(source, network).expand(index);
        VERIFY_RESULT(output);
        const auto found = bitcoin::addressOf(output->script, network);
        VERIFY_RESULT(found);
        QCOMPARE(shown(*found), shown(text(address)));
    };
    const auto xpubOf = [](const base::Json& key) {
        const auto converted = bitcoin::convertSlip132(text(key));
        ASSERT(converted);
        return converted->xpub;
    };
    const auto bip49 = jsonFile("btc/bip49/bip49.json");
    compare("sh(wpkh(" + xpubOf(bip49[1]["account0Xpub"]) + "/0/*))", Network::Testnet4, 0,
            bip49[4]["address"]);
    const auto bip84 = jsonFile("btc/bip84/bip84.json");
    const auto key84 = xpubOf(bip84[1]["xpub"]);
    compare("wpkh(" + key84 + "/0/*)", Network::Main, 0, bip84[2]["address"]);
    compare("wpkh(" + key84 + "/0/*)", Network::Main, 1, bip84[3]["address"]);
    compare("wpkh(" + key84 + "/1/*)", Network::Main, 0, bip84[4]["address"]);
    const auto bip86 = jsonFile("btc/bip86/bip86.json");
    const auto key86 = text(bip86[1]["xpub"]);
    compare("tr(" + key86 + "/0/*)", Network::Main, 0, bip86[2]["address"]);
    compare("tr(" + key86 + "/0/*)", Network::Main, 1, bip86[3]["address"]);
    compare("tr(" + key86 + "/1/*)", Network::Main, 0, bip86[4]["address"]);
    const auto slip132 = jsonFile("btc/slip132/slip132.json");
    for (const auto& row : slip132["vectors"]) {
        const auto key = bitcoin::convertSlip132(text(row["pub"]));
        VERIFY_RESULT(key);
        const auto before = key->script == bitcoin::KeyScript::Witness         ? "wpkh("
                            : key->script == bitcoin::KeyScript::NestedWitness ? "sh(wpkh("
                                                                               : "pkh(";
        const auto after = key->script == bitcoin::KeyScript::NestedWitness ? "/0/*))" : "/0/*)";
        compare(before + key->xpub + after, Network::Main, 0, row["address_0_0"]);
    }
}

void DescriptorTest::boundsItsInput()
{
    COMPARE_ERROR(Descriptor::parse(std::string(65'537, '('), Network::Main), ErrorCode::TooLarge);
    COMPARE_ERROR(Descriptor::parse(std::string(60'000, '('), Network::Main), ErrorCode::Malformed);
    std::string deep = "tr(" + kKey + ",";
    for (int i = 0; i < 20'000; ++i)
        deep += '{';
    COMPARE_ERROR(Descriptor::parse(deep, Network::Main), ErrorCode::TooLarge);
    // 128 levels are good.
    const auto leaf = "pk(" + kKey + ")";
    for (const int levels : {128, 129}) {
        std::string tree = leaf;
        for (int i = 0; i < levels; ++i)
            tree = "{" + leaf + "," + tree + "}";
        const auto descriptor = Descriptor::parse("tr(" + kKey + "," + tree + ")", Network::Main);
        if (levels == 128)
            VERIFY_RESULT(descriptor->expand(0));
        else
            COMPARE_ERROR(descriptor, ErrorCode::TooLarge);
    }
    std::string alternatives = "<0";
    for (int i = 1; i < 70; ++i)
        alternatives += ";" + std::to_string(i);
    COMPARE_ERROR(
        Descriptor::parseAll("wpkh(" + kXpub + "/" + alternatives + ">/*)", Network::Main),
        ErrorCode::TooLarge);
    std::string path;
    for (int i = 0; i < 300; ++i)
        path += "/0";
    QVERIFY(!Descriptor::parse("wpkh(" + kXpub + path + ")", Network::Main));
    COMPARE_ERROR(Descriptor::parse("wpkh([00000000" + path + "]" + kXpub + ")", Network::Main),
                  ErrorCode::TooLarge);
}

void DescriptorTest::weighsInputs()
{
    const auto weight = [](const std::string& source) { return *parsed(source).inputWeight(); };
    QCOMPARE(weight("pkh(" + kKey + ")"), std::int64_t{4 * 148});
    QCOMPARE(weight("wpkh(" + kKey + ")"), std::int64_t{272});
    QCOMPARE(weight("sh(wpkh(" + kKey + "))"), std::int64_t{364});
    QCOMPARE(weight("tr(" + kKey + ")"), std::int64_t{230});
    // 2 of 3 in P2WSH: 41 x 4, and the witness: count, empty item, two signatures, script of 105
    // bytes.
    const auto keys = kKey + "," + kKey + "," + kKey;
    QCOMPARE(weight("wsh(multi(2," + keys + "))"), std::int64_t{164 + 1 + 1 + 2 * 73 + 106});
    QCOMPARE(weight("sh(wsh(multi(2," + keys + ")))"),
             std::int64_t{164 + 4 * 35 + 1 + 1 + 2 * 73 + 106});
    // In P2SH the scriptSig passes 252 bytes: its length takes three.
    QCOMPARE(weight("sh(multi(2," + keys + "))"), std::int64_t{4 * (40 + 3 + 1 + 2 * 73 + 107)});
    QVERIFY(!parsed("raw(deadbeef)").inputWeight());
    QVERIFY(!parsed("raw(deadbeef)").isSolvable());
    QVERIFY(!parsed("rawtr(" + kKey + ")").isSolvable());
}

QTEST_GUILESS_MAIN(DescriptorTest)
#include "descriptor_test.moc"
