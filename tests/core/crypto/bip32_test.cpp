// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: extended keys as every other wallet derives them. Method: all chains of BIP32 by both ways
// (private throughout, public where it can be), its invalid keys with the reason, paths as a table.

#include "core/base/base58.h"
#include "core/base/hex.h"
#include "core/crypto/bip32.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::crypto;
using base::Bytes;
using base::ErrorCode;
using base::SecretBytes;

namespace {

SecretBytes secretOf(std::string_view text)
{
    return SecretBytes::copyOf(base::viewOf(text));
}

std::string textOf(const SecretBytes& secret)
{
    return {secret.reveal().begin(), secret.reveal().end()};
}

SecretBytes seedOf(std::string_view hex)
{
    auto bytes = base::parseHex(hex);
    ASSERT(bytes);
    return SecretBytes::copyOf(*bytes);
}

ErrorCode codeOf(const std::string& reason)
{
    if (reason == "invalid checksum")
        return ErrorCode::BadChecksum;
    if (reason == "unknown extended key version")
        return ErrorCode::Unsupported;
    if (reason.starts_with("private key "))
        return ErrorCode::OutOfRange;
    return ErrorCode::Malformed;
}

const std::string kXpub =
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupj"
    "e8YtGqsefD265TMg7usUDFdp6W1EGMcet8";
const std::string kXprv =
    "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6"
    "LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";

} // namespace

class Bip32Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivesTheVectors();
    void refusesTheInvalidKeys_data();
    void refusesTheInvalidKeys();
    void refusesOtherTexts();
    void keepsHalvesApart();
    void derivesPublicAsPrivate();
    void tellsNetworksApart();
    void boundsDepth();
    void boundsSeeds();
    void parsesPaths_data();
    void parsesPaths();
    void refusesPaths_data();
    void refusesPaths();
    void clonesWhole();
};

void Bip32Test::derivesTheVectors()
{
    const auto file = test::jsonFile("btc/bip32/bip32.json");
    int chains = 0;
    for (const auto& vector : file["valid"]) {
        const auto root = ExtendedPrivateKey::fromSeed(seedOf(vector["seed"].get<std::string>()),
                                                       KeyNetwork::Main);
        VERIFY_RESULT(root);
        for (const auto& chain : vector["chains"]) {
            const auto path = parsePath(chain["path"].get<std::string>());
            VERIFY_RESULT(path);
            const auto key = root->derivePath(*path);
            VERIFY_RESULT(key);
            const auto xprv = chain["xprv"].get<std::string>();
            const auto xpub = chain["xpub"].get<std::string>();
            QCOMPARE(textOf(key->toSecretText()), xprv);
            QCOMPARE(key->neuter().toString(), xpub);
            QCOMPARE(key->depth(), static_cast<std::uint8_t>(path->size()));
            QCOMPARE(key->childNumber(), path->empty() ? 0U : path->back());

            const auto privateAgain = ExtendedPrivateKey::parse(secretOf(xprv));
            VERIFY_RESULT(privateAgain);
            QCOMPARE(textOf(privateAgain->toSecretText()), xprv);
            const auto publicAgain = ExtendedPublicKey::parse(xpub);
            VERIFY_RESULT(publicAgain);
            QVERIFY(*publicAgain == key->neuter());
            QVERIFY(publicAgain->fingerprint() == key->fingerprint());
            QVERIFY(publicAgain->parentFingerprint() == key->parentFingerprint());
            QCOMPARE(publicAgain->toString(), xpub);
            ++chains;
        }
    }
    QCOMPARE(chains, 17);
}

void Bip32Test::refusesTheInvalidKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<ErrorCode>("code");
    const auto file = test::jsonFile("btc/bip32/bip32.json");
    int number = 0;
    for (const auto& vector : file["invalid"]) {
        const auto reason = vector["reason"].get<std::string>();
        QTest::addRow("%d %s", ++number, reason.c_str())
            << QByteArray::fromStdString(vector["key"].get<std::string>()) << codeOf(reason);
    }
    QCOMPARE(number, 16);
}

void Bip32Test::refusesTheInvalidKeys()
{
    QFETCH(QByteArray, key);
    QFETCH(ErrorCode, code);
    const auto text = key.toStdString();
    const auto asPublic = ExtendedPublicKey::parse(text);
    const auto asPrivate = ExtendedPrivateKey::parse(secretOf(text));
    QVERIFY(!asPublic);
    QVERIFY(!asPrivate);
    // The half that the text claims to be names the reason; the other half only refuses.
    const bool isPrivate = text.starts_with("xprv") || text.starts_with("DMwo58pR1QLE");
    if (isPrivate)
        COMPARE_ERROR(asPrivate, code);
    else
        COMPARE_ERROR(asPublic, code);
}

void Bip32Test::refusesOtherTexts()
{
    for (const std::string text : {"", "xpub", "hello"}) {
        QVERIFY(!ExtendedPublicKey::parse(text));
        QVERIFY(!ExtendedPrivateKey::parse(secretOf(text)));
    }
    COMPARE_ERROR(ExtendedPublicKey::parse("0" + kXpub), ErrorCode::Malformed);
    COMPARE_ERROR(ExtendedPublicKey::parse(kXpub + " "), ErrorCode::Malformed);
    COMPARE_ERROR(ExtendedPublicKey::parse(kXpub.substr(0, 110)), ErrorCode::BadChecksum);
    // Right checksum, wrong length.
    auto bytes = base::parseBase58Check(kXpub);
    VERIFY_RESULT(bytes);
    bytes->push_back(0);
    COMPARE_ERROR(ExtendedPublicKey::parse(base::toBase58Check(*bytes)), ErrorCode::Malformed);
    bytes->resize(77);
    COMPARE_ERROR(ExtendedPublicKey::parse(base::toBase58Check(*bytes)), ErrorCode::Malformed);
    // SLIP-132's zpub is for whoever converts it.
    auto zpub = base::parseBase58Check(kXpub);
    (*zpub)[2] = 0x24;
    (*zpub)[3] = 0x46;
    COMPARE_ERROR(ExtendedPublicKey::parse(base::toBase58Check(*zpub)), ErrorCode::Unsupported);
}

void Bip32Test::keepsHalvesApart()
{
    VERIFY_RESULT(ExtendedPublicKey::parse(kXpub));
    VERIFY_RESULT(ExtendedPrivateKey::parse(secretOf(kXprv)));
    COMPARE_ERROR(ExtendedPublicKey::parse(kXprv), ErrorCode::Malformed);
    COMPARE_ERROR(ExtendedPrivateKey::parse(secretOf(kXpub)), ErrorCode::Malformed);
}

void Bip32Test::derivesPublicAsPrivate()
{
    const auto root = ExtendedPrivateKey::parse(secretOf(kXprv));
    VERIFY_RESULT(root);
    const auto account = root->derivePath({84 | kHardened, kHardened, kHardened});
    VERIFY_RESULT(account);
    const auto watching = account->neuter();
    for (const std::uint32_t index : {0U, 1U, 1000U, 0x7fffffffU}) {
        const auto secret = account->derivePath({1, index});
        const auto open = watching.derivePath({1, index});
        VERIFY_RESULT(secret);
        VERIFY_RESULT(open);
        QVERIFY(secret->neuter() == *open);
        QVERIFY(secret->privateKey().publicKey() == open->publicKey());
    }
    COMPARE_ERROR(watching.derive(kHardened), ErrorCode::Usage);
    COMPARE_ERROR(watching.derivePath({0, kHardened | 5}), ErrorCode::Usage);
}

void Bip32Test::tellsNetworksApart()
{
    const auto seed = seedOf("000102030405060708090a0b0c0d0e0f");
    const auto test = ExtendedPrivateKey::fromSeed(seed, KeyNetwork::Test);
    VERIFY_RESULT(test);
    const auto text = textOf(test->toSecretText());
    QVERIFY(text.starts_with("tprv"));
    QVERIFY(test->neuter().toString().starts_with("tpub"));
    QCOMPARE(ExtendedPrivateKey::parse(secretOf(text))->network(), KeyNetwork::Test);
    QCOMPARE(ExtendedPublicKey::parse(test->neuter().toString())->network(), KeyNetwork::Test);
    QCOMPARE(ExtendedPublicKey::parse(kXpub)->network(), KeyNetwork::Main);
    QCOMPARE(test->derive(0)->network(), KeyNetwork::Test);
    QCOMPARE(test->neuter().derive(0)->network(), KeyNetwork::Test);
    // The same key, whatever its label.
    QVERIFY(test->neuter().publicKey() == ExtendedPublicKey::parse(kXpub)->publicKey());
}

void Bip32Test::boundsDepth()
{
    auto key = ExtendedPublicKey::parse(kXpub).take();
    for (int i = 0; i < 255; ++i)
        key = key.derive(0).take();
    QCOMPARE(key.depth(), std::uint8_t{255});
    VERIFY_RESULT(ExtendedPublicKey::parse(key.toString()));
    COMPARE_ERROR(key.derive(0), ErrorCode::OutOfRange);
    auto secret = ExtendedPrivateKey::parse(secretOf(kXprv)).take();
    for (int i = 0; i < 255; ++i)
        secret = secret.derive(0).take();
    QVERIFY(secret.neuter() == key);
    COMPARE_ERROR(secret.derive(0), ErrorCode::OutOfRange);
    COMPARE_ERROR(secret.derive(kHardened), ErrorCode::OutOfRange);
}

void Bip32Test::boundsSeeds()
{
    for (const std::size_t size : {0U, 15U, 65U})
        COMPARE_ERROR(ExtendedPrivateKey::fromSeed(SecretBytes::allocate(size), KeyNetwork::Main),
                      ErrorCode::OutOfRange);
    for (const std::size_t size : {16U, 32U, 64U})
        VERIFY_RESULT(ExtendedPrivateKey::fromSeed(SecretBytes::allocate(size), KeyNetwork::Main));
}

void Bip32Test::parsesPaths_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("formatted");
    QTest::newRow("m") << QByteArray("m") << QByteArray("");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("bip84") << QByteArray("m/84h/1h/0h") << QByteArray("84h/1h/0h");
    QTest::newRow("apostrophe") << QByteArray("m/84'/0'/0'/1/17") << QByteArray("84h/0h/0h/1/17");
    QTest::newRow("capital") << QByteArray("84H/0") << QByteArray("84h/0");
    QTest::newRow("greatest") << QByteArray("2147483647h/2147483647")
                              << QByteArray("2147483647h/2147483647");
    QTest::newRow("leading zeros") << QByteArray("m/00/01") << QByteArray("0/1");
}

void Bip32Test::parsesPaths()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, formatted);
    const auto path = parsePath(text.toStdString());
    VERIFY_RESULT(path);
    QCOMPARE(formatPath(*path), formatted.toStdString());
    const auto again = parsePath(formatPath(*path));
    VERIFY_RESULT(again);
    QVERIFY(*again == *path);
}

void Bip32Test::refusesPaths_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    for (const auto* text :
         {"m/",   "/",    "/0",   "0/",  "m//0", "m/h",  "h",     "m/0hh", "m/0h'", "m/-1",
          "m/+1", "m/ 1", "m/1 ", "m/x", "M/0",  "mm/0", "m/m/0", "m/0x1", "m/*",   "m/1.0"})
        QTest::newRow(text) << QByteArray(text) << ErrorCode::Malformed;
    for (const auto* text :
         {"m/2147483648", "m/2147483648h", "m/4294967296", "m/99999999999999999999"})
        QTest::newRow(text) << QByteArray(text) << ErrorCode::OutOfRange;
    QTest::newRow("256 steps") << QByteArray("m") + QByteArray("/0").repeated(256)
                               << ErrorCode::TooLarge;
}

void Bip32Test::refusesPaths()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(parsePath(text.toStdString()), code);
}

void Bip32Test::clonesWhole()
{
    const auto key = ExtendedPrivateKey::parse(secretOf(kXprv))->derive(7 | kHardened);
    VERIFY_RESULT(key);
    QVERIFY(key->clone().toSecretText().equals(key->toSecretText()));
}

QTEST_GUILESS_MAIN(Bip32Test)
#include "bip32_test.moc"
