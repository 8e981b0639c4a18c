// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: keys, signatures and tweaks as Bitcoin needs them. Method: BIP340's vectors, the key parts
// of BIP341's, published RFC 6979 signatures, properties (low R, low S, both sides of a tweak
// agree) and a table of refusals.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/crypto/secp256k1.h"
#include "tests/support/json_file.h"

#include <thread>

using namespace coffer;
using namespace coffer::crypto;
using base::Bytes;
using base::ByteView;
using base::ErrorCode;
using base::SecretBytes;

namespace {

constexpr auto kOrder = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr auto kOrderLessOne = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
constexpr auto kGenerator = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

Bytes fromHex(std::string_view text)
{
    auto bytes = base::parseHex(text);
    ASSERT(bytes);
    return bytes.take();
}

Hash256 hash256(std::string_view hex)
{
    auto hash = base::parseHexArray<32>(hex);
    ASSERT(hash);
    return hash.take();
}

base::Result<PrivateKey> tryPrivateKey(std::string_view hex)
{
    return PrivateKey::create(SecretBytes::copyOf(fromHex(hex)));
}

PrivateKey privateKey(std::string_view hex)
{
    auto key = tryPrivateKey(hex);
    ASSERT(key);
    return key.take();
}

PrivateKey privateKey(std::uint8_t number)
{
    auto secret = SecretBytes::allocate(32);
    secret.reveal()[31] = number;
    return PrivateKey::create(std::move(secret)).take();
}

PrivateKey randomKey()
{
    return PrivateKey::create(SecretBytes::random(32)).take();
}

PublicKey publicKey(std::string_view hex)
{
    auto key = PublicKey::parse(fromHex(hex));
    ASSERT(key);
    return key.take();
}

std::optional<Hash256> optionalHash(const base::Json& value)
{
    if (value.is_null())
        return std::nullopt;
    return hash256(value.get<std::string>());
}

/// The rows of a CSV file without quotes.
std::vector<QStringList> csvRows(const char* path)
{
    std::vector<QStringList> rows;
    const auto lines = QString::fromStdString(test::dataFile(path)).split(QLatin1Char('\n'));
    for (const auto& line : lines.mid(1)) {
        if (!line.trimmed().isEmpty())
            rows.push_back(line.trimmed().split(QLatin1Char(',')));
    }
    return rows;
}

} // namespace

class Secp256k1Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bip340Vectors_data();
    void bip340Vectors();
    void bip341Outputs();
    void bip341KeyPathSpending();
    void signsAsOthersDo_data();
    void signsAsOthersDo();
    void grindsForLowR();
    void verifiesOnlyStrictLowSignatures();
    void signsRecoverably();
    void parsesPublicKeys();
    void refusesPublicKeys_data();
    void refusesPublicKeys();
    void refusesPrivateKeys();
    void tweaksBothHalvesAlike();
    void refusesTweaksOutsideTheGroup();
    void addsAndNegates();
    void agreesOnSharedPoints();
    void tweaksForTaproot();
    void signsFromManyThreads();
};

void Secp256k1Test::bip340Vectors_data()
{
    QTest::addColumn<QStringList>("row");
    const auto rows = csvRows("btc/bip340/test-vectors.csv");
    QCOMPARE(rows.size(), std::size_t{19});
    for (const auto& row : rows)
        QTest::newRow(qPrintable(row[0] + QStringLiteral(" ") + row.value(7))) << row;
}

void Secp256k1Test::bip340Vectors()
{
    QFETCH(QStringList, row);
    const auto secret = row[1].toStdString();
    const auto message = fromHex(row[4].toStdString());
    const auto signature = fromHex(row[5].toStdString());
    const bool isValid = row[6] == QStringLiteral("TRUE");
    const auto key = XOnlyPublicKey::parse(fromHex(row[2].toStdString()));
    QCOMPARE(key && verifySchnorr(*key, message, signature), isValid);
    // Longer and shorter messages than 32 bytes are for verifying only: Bitcoin signs hashes.
    if (secret.empty() || message.size() != 32)
        return;
    const auto signer = privateKey(secret);
    QVERIFY(key && signer.publicKey().xOnly() == *key);
    Hash256 digest{};
    std::ranges::copy(message, digest.begin());
    const auto made = signSchnorr(signer, digest, hash256(row[3].toStdString()));
    QCOMPARE(base::toHex(made), base::toHex(signature));
}

void Secp256k1Test::bip341Outputs()
{
    const auto file = test::jsonFile("btc/bip341/wallet-test-vectors.json");
    QCOMPARE(file["scriptPubKey"].size(), std::size_t{7});
    for (const auto& vector : file["scriptPubKey"]) {
        const auto internal =
            XOnlyPublicKey::parse(fromHex(vector["given"]["internalPubkey"].get<std::string>()));
        VERIFY_RESULT(internal);
        const auto& intermediary = vector["intermediary"];
        const auto output = taprootTweak(*internal, optionalHash(intermediary["merkleRoot"]));
        VERIFY_RESULT(output);
        QCOMPARE(base::toHex(output->key.bytes()),
                 intermediary["tweakedPubkey"].get<std::string>());
        // The lowest bit of a control block is the parity.
        const auto& expected = vector["expected"];
        if (expected.contains("scriptPathControlBlocks")) {
            const auto control = fromHex(expected["scriptPathControlBlocks"][0].get<std::string>());
            QCOMPARE(output->odd, (control[0] & 1) == 1);
        }
    }
}

void Secp256k1Test::bip341KeyPathSpending()
{
    const auto file = test::jsonFile("btc/bip341/wallet-test-vectors.json");
    const auto& inputs = file["keyPathSpending"][0]["inputSpending"];
    QCOMPARE(inputs.size(), std::size_t{7});
    for (const auto& input : inputs) {
        const auto& intermediary = input["intermediary"];
        const auto key = privateKey(input["given"]["internalPrivkey"].get<std::string>());
        QCOMPARE(base::toHex(key.publicKey().xOnly().bytes()),
                 intermediary["internalPubkey"].get<std::string>());
        const auto root = optionalHash(input["given"]["merkleRoot"]);
        const auto tweaked = taprootTweakPrivate(key, root);
        VERIFY_RESULT(tweaked);
        QCOMPARE(base::toHex(tweaked->secret().reveal()),
                 intermediary["tweakedPrivkey"].get<std::string>());
        // All of BIP341's signatures are made with zeros as auxiliary randomness.
        const auto digest = hash256(intermediary["sigHash"].get<std::string>());
        const auto signature = signSchnorr(*tweaked, digest, Hash256{});
        const auto witness = fromHex(input["expected"]["witness"][0].get<std::string>());
        QVERIFY(base::equal(signature, ByteView(witness).first(64)));
    }
}

void Secp256k1Test::signsAsOthersDo_data()
{
    // RFC 6979 signatures over SHA-256 of a text, known since 2013 (Trezor, CoreBitcoin); those
    // whose R needs no grinding, with low S.
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("compact");
    QTest::newRow("Alan Turing")
        << QByteArray("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181")
        << QByteArray("Alan Turing")
        << QByteArray("7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
                      "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea");
    QTest::newRow("one")
        << QByteArray("0000000000000000000000000000000000000000000000000000000000000001")
        << QByteArray("All those moments will be lost in time, like tears in rain. Time to die...")
        << QByteArray("8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
                      "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21");
}

void Secp256k1Test::signsAsOthersDo()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, compact);
    // signRecoverable() does not grind, so it gives RFC 6979's own signature.
    const auto digest = sha256(base::viewOf(text.toStdString()));
    const auto signature = signRecoverable(privateKey(key.toStdString()), digest);
    QCOMPARE(base::toHex(signature.compact), compact.toStdString());
}

void Secp256k1Test::grindsForLowR()
{
    const auto key = randomKey();
    std::size_t longest = 0;
    for (int i = 0; i < 200; ++i) {
        const auto digest = sha256(base::viewOf(std::to_string(i)));
        const auto der = signEcdsa(key, digest);
        QVERIFY(verifyEcdsa(key.publicKey(), digest, der));
        QVERIFY(der == signEcdsa(key, digest)); // Deterministic.
        // 30 len 02 lenR R...: no leading zero, at most 32 bytes.
        QVERIFY(der[3] <= 32);
        QVERIFY(der[4] < 0x80);
        longest = std::max(longest, der.size());
    }
    QCOMPARE(longest, std::size_t{70}); // With the type of hash 71, as Bitcoin Core's.
}

void Secp256k1Test::verifiesOnlyStrictLowSignatures()
{
    const auto key = randomKey();
    const auto digest = sha256(base::viewOf("message"));
    const auto der = signEcdsa(key, digest);
    QVERIFY(!verifyEcdsa(key.publicKey(), sha256(base::viewOf("other")), der));
    QVERIFY(!verifyEcdsa(randomKey().publicKey(), digest, der));
    QVERIFY(!verifyEcdsa(key.publicKey(), digest, {}));
    for (std::size_t size = 0; size < der.size(); ++size)
        QVERIFY(!verifyEcdsa(key.publicKey(), digest, ByteView(der).first(size)));
    for (std::size_t bit = 0; bit < der.size() * 8; ++bit) {
        auto damaged = der;
        damaged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        QVERIFY(!verifyEcdsa(key.publicKey(), digest, damaged));
    }
    auto longer = der;
    longer.push_back(0);
    QVERIFY(!verifyEcdsa(key.publicKey(), digest, longer));

    // The same signature with n - s is malleable: refused.
    const std::size_t sAt = 4 + der[3] + 2;
    auto s = SecretBytes::allocate(32);
    const auto sBytes = ByteView(der).subspan(sAt);
    std::ranges::copy(sBytes, s.reveal().last(sBytes.size()).begin());
    const auto negated = negate(PrivateKey::create(std::move(s)).take());
    Bytes high(der.begin(), der.begin() + static_cast<std::ptrdiff_t>(sAt) - 2);
    high.push_back(2);
    high.push_back(33);
    high.push_back(0);
    high.insert(high.end(), negated.secret().reveal().begin(), negated.secret().reveal().end());
    high[1] = static_cast<std::uint8_t>(high.size() - 2);
    QVERIFY(negated.secret().reveal()[0] >= 0x7f);
    QVERIFY(!verifyEcdsa(key.publicKey(), digest, high));
}

void Secp256k1Test::signsRecoverably()
{
    for (int i = 0; i < 20; ++i) {
        const auto key = randomKey();
        const auto digest = sha256(base::viewOf(std::to_string(i)));
        const auto signature = signRecoverable(key, digest);
        const auto recovered = recoverPublicKey(signature, digest);
        VERIFY_RESULT(recovered);
        QVERIFY(*recovered == key.publicKey());
        const auto other = recoverPublicKey(signature, sha256(digest));
        QVERIFY(!other || *other != key.publicKey());
    }
    RecoverableSignature nonsense;
    COMPARE_ERROR(recoverPublicKey(nonsense, Hash256{}), ErrorCode::Malformed); // R is zero.
    nonsense.compact.fill(0xff);
    COMPARE_ERROR(recoverPublicKey(nonsense, Hash256{}), ErrorCode::Malformed); // Above the order.
    auto good = signRecoverable(randomKey(), Hash256{});
    for (const int id : {-1, 4, 1000}) {
        good.recoveryId = id;
        COMPARE_ERROR(recoverPublicKey(good, Hash256{}), ErrorCode::Malformed);
    }
}

void Secp256k1Test::parsesPublicKeys()
{
    const auto generator = privateKey(1).publicKey();
    QCOMPARE(base::toHex(generator.bytes()), std::string(kGenerator));
    QVERIFY(!generator.hasOddY());
    QCOMPARE(base::toHex(generator.hash160()),
             std::string("751e76e8199196d454941c45d1b3a323f1433bd6"));
    const auto uncompressed = generator.uncompressed();
    QCOMPARE(base::toHex(uncompressed),
             std::string("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                         "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"));
    const auto back = PublicKey::parse(uncompressed);
    VERIFY_RESULT(back);
    QVERIFY(*back == generator);
    const auto x = XOnlyPublicKey::parse(ByteView(generator.bytes()).subspan(1));
    VERIFY_RESULT(x);
    QVERIFY(*x == generator.xOnly());
    QVERIFY(publicKey(kGenerator) < privateKey(2).publicKey()); // 0279.. before 02c6..
}

void Secp256k1Test::refusesPublicKeys_data()
{
    QTest::addColumn<QByteArray>("hex");
    const QByteArray x = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    const QByteArray y = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("x only") << x;
    QTest::newRow("prefix 00") << "00" + x;
    QTest::newRow("prefix 01") << "01" + x;
    QTest::newRow("prefix 04, short") << "04" + x;
    QTest::newRow("prefix 02, long") << "02" + x + y;
    QTest::newRow("hybrid even") << "06" + x + y;
    QTest::newRow("hybrid odd") << "07" + x + y;
    QTest::newRow("one byte more") << "02" + x + "00";
    QTest::newRow("one byte less") << "02" + x.left(62);
    QTest::newRow("not on the curve")
        << QByteArray("020000000000000000000000000000000000000000000000000000000000000007");
    QTest::newRow("x is the field size")
        << QByteArray("02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
    QTest::newRow("wrong y") << "04" + x + x;
    QTest::newRow("zeros") << QByteArray(66, '0');
}

void Secp256k1Test::refusesPublicKeys()
{
    QFETCH(QByteArray, hex);
    COMPARE_ERROR(PublicKey::parse(fromHex(hex.toStdString())), ErrorCode::Malformed);
    if (hex.size() == 66)
        COMPARE_ERROR(XOnlyPublicKey::parse(fromHex(hex.toStdString())), ErrorCode::Malformed);
}

void Secp256k1Test::refusesPrivateKeys()
{
    COMPARE_ERROR(tryPrivateKey(""), ErrorCode::Malformed);
    COMPARE_ERROR(tryPrivateKey("01"), ErrorCode::Malformed);
    COMPARE_ERROR(tryPrivateKey(std::string(66, '1')), ErrorCode::Malformed);
    COMPARE_ERROR(tryPrivateKey(std::string(64, '0')), ErrorCode::OutOfRange);
    COMPARE_ERROR(tryPrivateKey(kOrder), ErrorCode::OutOfRange);
    COMPARE_ERROR(tryPrivateKey(std::string(64, 'f')), ErrorCode::OutOfRange);
    VERIFY_RESULT(tryPrivateKey(kOrderLessOne));
}

void Secp256k1Test::tweaksBothHalvesAlike()
{
    for (int i = 0; i < 20; ++i) {
        const auto key = randomKey();
        const auto tweak = sha256(base::viewOf(std::to_string(i)));
        const auto added = tweakAdd(key, tweak);
        VERIFY_RESULT(added);
        QVERIFY(added->publicKey() == *tweakAdd(key.publicKey(), tweak));
        QVERIFY(added->secret().equals(tweakAdd(key, SecretBytes::copyOf(tweak))->secret()));
        const auto multiplied = tweakMultiply(key, tweak);
        VERIFY_RESULT(multiplied);
        QVERIFY(multiplied->publicKey() == *tweakMultiply(key.publicKey(), tweak));
    }
    // 1 + 1 = 2; 2 * 3 = 6.
    Hash256 one{};
    one[31] = 1;
    QVERIFY(tweakAdd(privateKey(1), one)->secret().equals(privateKey(2).secret()));
    Hash256 three{};
    three[31] = 3;
    QVERIFY(tweakMultiply(privateKey(2), three)->secret().equals(privateKey(6).secret()));
    QVERIFY(tweakAdd(privateKey(1), Hash256{})->secret().equals(privateKey(1).secret()));
}

void Secp256k1Test::refusesTweaksOutsideTheGroup()
{
    const auto one = privateKey(1);
    const auto point = one.publicKey();
    for (const auto* tweak :
         {kOrder, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}) {
        COMPARE_ERROR(tweakAdd(one, hash256(tweak)), ErrorCode::OutOfRange);
        COMPARE_ERROR(tweakAdd(point, hash256(tweak)), ErrorCode::OutOfRange);
        COMPARE_ERROR(tweakMultiply(one, hash256(tweak)), ErrorCode::OutOfRange);
        COMPARE_ERROR(tweakMultiply(point, hash256(tweak)), ErrorCode::OutOfRange);
    }
    // The sum is zero, or the point at infinity.
    COMPARE_ERROR(tweakAdd(one, hash256(kOrderLessOne)), ErrorCode::OutOfRange);
    COMPARE_ERROR(tweakAdd(point, hash256(kOrderLessOne)), ErrorCode::OutOfRange);
    COMPARE_ERROR(tweakMultiply(one, Hash256{}), ErrorCode::OutOfRange);
    COMPARE_ERROR(tweakMultiply(point, Hash256{}), ErrorCode::OutOfRange);
}

void Secp256k1Test::addsAndNegates()
{
    const auto first = randomKey();
    const auto second = randomKey();
    const auto sum = add(first, second);
    VERIFY_RESULT(sum);
    QVERIFY(sum->publicKey() == *add(first.publicKey(), second.publicKey()));
    const auto opposite = negate(first);
    QVERIFY(opposite.publicKey().xOnly() == first.publicKey().xOnly());
    QVERIFY(opposite.publicKey().hasOddY() != first.publicKey().hasOddY());
    COMPARE_ERROR(add(first, opposite), ErrorCode::OutOfRange);
    COMPARE_ERROR(add(first.publicKey(), opposite.publicKey()), ErrorCode::OutOfRange);
    QVERIFY(first.clone().secret().equals(first.secret()));
}

void Secp256k1Test::agreesOnSharedPoints()
{
    const auto alice = randomKey();
    const auto bob = randomKey();
    QVERIFY(multiply(alice, bob.publicKey()) == multiply(bob, alice.publicKey()));
    QVERIFY(multiply(privateKey(1), bob.publicKey()) == bob.publicKey());
}

void Secp256k1Test::tweaksForTaproot()
{
    for (int i = 0; i < 20; ++i) {
        const auto key = randomKey();
        std::optional<Hash256> root;
        if (i % 2 == 1)
            root = sha256(base::viewOf(std::to_string(i)));
        const auto output = taprootTweak(key.publicKey().xOnly(), root);
        const auto signer = taprootTweakPrivate(key, root);
        VERIFY_RESULT(output);
        VERIFY_RESULT(signer);
        QVERIFY(signer->publicKey().xOnly() == output->key);
        QCOMPARE(signer->publicKey().hasOddY(), output->odd);
        const auto signature = signSchnorr(*signer, Hash256{}, Hash256{});
        QVERIFY(verifySchnorr(output->key, Hash256{}, signature));
        QVERIFY(!verifySchnorr(output->key, Hash256{}, ByteView(signature).first(63)));
    }
}

void Secp256k1Test::signsFromManyThreads()
{
    const auto key = randomKey();
    const auto point = key.publicKey();
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int id = 0; id < 4; ++id) {
        threads.emplace_back([&, id] {
            for (int i = 0; i < 50; ++i) {
                const auto digest = sha256(base::viewOf(std::to_string(id * 100 + i)));
                const bool right =
                    verifyEcdsa(point, digest, signEcdsa(key, digest)) &&
                    verifySchnorr(point.xOnly(), digest, signSchnorr(key, digest, digest));
                wrong += right ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(Secp256k1Test)
#include "secp256k1_test.moc"
