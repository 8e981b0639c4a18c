// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: every hash and derivation gives what others compute. Method: the collected vectors of
// crypto/primitives.json, OpenSSL's own PBKDF2, FIPS 202's examples; streaming equals one call.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/crypto/hash.h"
#include "tests/support/json_file.h"

#include <QCryptographicHash>

#include <openssl/evp.h>

#include <atomic>
#include <thread>

using namespace coffer;
using namespace coffer::crypto;
using base::ByteView;

namespace {

base::Json vectorsOf(const char* name)
{
    const auto file = test::jsonFile("btc/crypto/primitives.json");
    return file[name]["vectors"];
}

base::Bytes fromHex(const base::Json& text)
{
    auto bytes = base::parseHex(text.get<std::string>());
    ASSERT(bytes);
    return bytes.take();
}

/// The text of a vector; Bitcoin Core names its long one instead of writing it down.
std::string inputOf(const base::Json& text)
{
    auto input = text.get<std::string>();
    if (input != "test1")
        return input;
    input.clear();
    for (unsigned i = 0; i < 200'000; ++i) {
        for (const unsigned shift : {0U, 4U, 8U, 12U, 16U})
            input += static_cast<char>(i >> shift & 0xff);
    }
    return input;
}

template <typename Hash>
void checkHash(const char* name, Hash hash)
{
    const auto vectors = vectorsOf(name);
    QVERIFY(vectors.size() >= 9);
    for (const auto& vector : vectors) {
        const auto input = inputOf(vector[0]);
        QCOMPARE(base::toHex(hash(base::viewOf(input))), vector[1].get<std::string>());
    }
}

QByteArray asQByteArray(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
}

} // namespace

class HashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sha256Vectors();
    void sha512Vectors();
    void ripemd160Vectors();
    void sha3Values();
    void composesHashes();
    void tagsHashes();
    void streamsLikeOneCall();
    void hmacSha256Vectors();
    void hmacSha512Vectors();
    void hkdfVectors();
    void pbkdf2AgreesWithOpenSsl();
    void agreesWithQtForAllLengths();
    void worksInManyThreads();
};

void HashTest::sha256Vectors()
{
    checkHash("SHA256", [](ByteView bytes) { return sha256(bytes); });
    const auto vectors = vectorsOf("SHA256");
    for (const auto& vector : vectors) {
        const auto input = inputOf(vector[0]);
        const auto secret = sha256Secret(base::viewOf(input));
        QCOMPARE(base::toHex(secret.reveal()), vector[1].get<std::string>());
    }
}

void HashTest::sha512Vectors()
{
    checkHash("SHA512", [](ByteView bytes) { return sha512(bytes); });
}

void HashTest::ripemd160Vectors()
{
    checkHash("RIPEMD160", [](ByteView bytes) { return ripemd160(bytes); });
}

void HashTest::sha3Values()
{
    // FIPS 202's published example values.
    QCOMPARE(base::toHex(sha3_256({})),
             std::string("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"));
    QCOMPARE(base::toHex(sha3_256(base::viewOf("abc"))),
             std::string("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"));
}

void HashTest::composesHashes()
{
    const auto input = base::viewOf("hello");
    QCOMPARE(base::toHex(sha256d(input)),
             std::string("9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"));
    QVERIFY(hash160(input) == ripemd160(sha256(input)));
    QCOMPARE(base::toHex(hash160(input)), std::string("b6a9c8c230722b7c748331a8b450f05566dc7d0f"));
}

void HashTest::tagsHashes()
{
    const std::string tag = "BIP0340/challenge";
    const auto tagHash = sha256(base::viewOf(tag));
    auto input = base::concat(tagHash, tagHash);
    input.push_back(7);
    const base::Bytes message{7};
    QVERIFY(taggedHash(tag, message) == sha256(input));
    QVERIFY(taggedHash("BIP0340/nonce", message) != taggedHash(tag, message));
}

void HashTest::streamsLikeOneCall()
{
    base::SeededRandom random(256);
    Sha256 stream; // One object for all: finish() begins anew.
    for (int i = 0; i < 50; ++i) {
        base::Bytes bytes(random.below(400));
        random.fill(bytes);
        std::size_t at = 0;
        while (at < bytes.size()) {
            const auto count = std::min<std::size_t>(bytes.size() - at, random.below(100));
            stream.update(ByteView(bytes).subspan(at, count));
            at += count;
        }
        QVERIFY(stream.finish() == sha256(bytes));
    }
    Sha256 first;
    first.update(base::viewOf("a"));
    Sha256 second(std::move(first));
    second.update(base::viewOf("bc"));
    QVERIFY(second.finish() == sha256(base::viewOf("abc")));
}

void HashTest::hmacSha256Vectors()
{
    const auto vectors = vectorsOf("HMACSHA256");
    QVERIFY(vectors.size() >= 9);
    for (const auto& vector : vectors)
        QCOMPARE(base::toHex(hmacSha256(fromHex(vector[0]), fromHex(vector[1]))),
                 vector[2].get<std::string>());
}

void HashTest::hmacSha512Vectors()
{
    const auto vectors = vectorsOf("HMACSHA512");
    QVERIFY(vectors.size() >= 9);
    for (const auto& vector : vectors)
        QCOMPARE(base::toHex(hmacSha512(fromHex(vector[0]), fromHex(vector[1])).reveal()),
                 vector[2].get<std::string>());
}

void HashTest::hkdfVectors()
{
    const auto vectors = vectorsOf("HKDF_SHA256_32");
    QVERIFY(vectors.size() >= 3);
    for (const auto& vector : vectors) {
        const auto okm = fromHex(vector[3]);
        const auto out =
            hkdfSha256(fromHex(vector[0]), fromHex(vector[1]), fromHex(vector[2]), okm.size());
        QCOMPARE(base::toHex(out.reveal()), base::toHex(okm));
    }
    // RFC 5869, appendix A.1, whole: 42 bytes need two blocks.
    const auto key = base::Bytes(22, 0x0b);
    const auto out = hkdfSha256(key, *base::parseHex("000102030405060708090a0b0c"),
                                *base::parseHex("f0f1f2f3f4f5f6f7f8f9"), 42);
    QCOMPARE(base::toHex(out.reveal()),
             std::string("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf3400720"
                         "8d5b887185865"));
    // The longest there is.
    QCOMPARE(hkdfSha256(key, {}, {}, 8160).size(), std::size_t{8160});
}

void HashTest::pbkdf2AgreesWithOpenSsl()
{
    QCOMPARE(base::toHex(
                 pbkdf2HmacSha512(base::viewOf("password"), base::viewOf("salt"), 2, 64).reveal()),
             std::string("e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
                         "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e"));
    base::SeededRandom random(2898);
    for (int i = 0; i < 20; ++i) {
        base::Bytes password(random.below(200));
        base::Bytes salt(random.below(60));
        random.fill(password);
        random.fill(salt);
        const auto rounds = static_cast<unsigned>(1 + random.below(50));
        const auto size = 1 + random.below(200);
        const auto out = pbkdf2HmacSha512(password, salt, rounds, size);
        base::Bytes wanted(size);
        QCOMPARE(PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(password.data()),
                                   int(password.size()), salt.data(), int(salt.size()), int(rounds),
                                   EVP_sha512(), int(size), wanted.data()),
                 1);
        QVERIFY(base::equal(out.reveal(), wanted));
    }
}

void HashTest::agreesWithQtForAllLengths()
{
    base::SeededRandom random(1);
    for (std::size_t size = 0; size < 300; ++size) {
        base::Bytes bytes(size);
        random.fill(bytes);
        const auto input = asQByteArray(bytes);
        QCOMPARE(asQByteArray(sha256(bytes)),
                 QCryptographicHash::hash(input, QCryptographicHash::Sha256));
        QCOMPARE(asQByteArray(sha512(bytes)),
                 QCryptographicHash::hash(input, QCryptographicHash::Sha512));
        QCOMPARE(asQByteArray(sha3_256(bytes)),
                 QCryptographicHash::hash(input, QCryptographicHash::Sha3_256));
    }
}

void HashTest::worksInManyThreads()
{
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (std::uint8_t id = 0; id < 4; ++id) {
        threads.emplace_back([id, &wrong] {
            const auto alone = sha256d(base::Bytes(100, id));
            for (int i = 0; i < 2000; ++i)
                wrong += sha256d(base::Bytes(100, id)) == alone ? 0 : 1;
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    QVERIFY(sha256d(base::Bytes(100, 1)) != sha256d(base::Bytes(100, 2)));
}

QTEST_GUILESS_MAIN(HashTest)
#include "hash_test.moc"
