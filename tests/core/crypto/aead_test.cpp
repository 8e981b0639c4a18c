// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is sealed opens only with the same key, data and bits. Method: the draft's test
// vector, round trips, every flipped bit and every truncation is Damaged.

#include "core/base/hex.h"
#include "core/crypto/aead.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::crypto;
using base::Bytes;
using base::ByteView;
using base::ErrorCode;
using base::SecretBytes;

namespace {

/// Gives the nonce of the test vector.
class FixedRandom final : public base::Random
{
public:
    explicit FixedRandom(Bytes bytes)
        : m_bytes(std::move(bytes))
    {
    }
    void fill(std::span<std::uint8_t> out) override
    {
        ASSERT(out.size() == m_bytes.size());
        std::ranges::copy(m_bytes, out.begin());
    }

private:
    Bytes m_bytes;
};

SecretBytes key(std::uint8_t value)
{
    return SecretBytes::copyOf(Bytes(kAeadKeySize, value));
}

} // namespace

class AeadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesTheDraftsVector();
    void opensWhatItSealed();
    void refusesEveryFlippedBit();
    void refusesEveryTruncation();
    void refusesOtherKeysAndData();
    void neverUsesANonceTwice();
    void sealsSecrets();
};

void AeadTest::passesTheDraftsVector()
{
    // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    const auto keyBytes =
        base::parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const auto nonce = base::parseHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const auto associated = base::parseHex("50515253c0c1c2c3c4c5c6c7");
    const auto plaintext =
        base::viewOf("Ladies and Gentlemen of the class of '99: If I could offer "
                     "you only one tip for the future, sunscreen would be it.");
    FixedRandom random(*nonce);
    const auto sealed = seal(SecretBytes::copyOf(*keyBytes), *associated, plaintext, random);
    QCOMPARE(base::toHex(sealed),
             base::toHex(*nonce) +
                 "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                 "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                 "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                 "21f9664c97637da9768812f615c68b13b52e"
                 "c0875924c1c7987947deafd8780acf49");
}

void AeadTest::opensWhatItSealed()
{
    base::SystemRandom random;
    for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 10'000U}) {
        const Bytes plaintext(size, 0x5a);
        const auto sealed = seal(key(1), base::viewOf("record 7"), plaintext, random);
        QCOMPARE(sealed.size(), size + kAeadOverhead);
        const auto opened = crypto::open(key(1), base::viewOf("record 7"), sealed);
        VERIFY_RESULT(opened);
        QVERIFY(*opened == plaintext);
        VERIFY_RESULT(crypto::open(key(1), {}, seal(key(1), {}, plaintext, random)));
    }
}

void AeadTest::refusesEveryFlippedBit()
{
    base::SystemRandom random;
    const auto sealed = seal(key(1), base::viewOf("a"), base::viewOf("plain"), random);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto damaged = sealed;
        damaged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        COMPARE_ERROR(crypto::open(key(1), base::viewOf("a"), damaged), ErrorCode::Damaged);
        COMPARE_ERROR(openSecret(key(1), base::viewOf("a"), damaged), ErrorCode::Damaged);
    }
}

void AeadTest::refusesEveryTruncation()
{
    base::SystemRandom random;
    const auto sealed = seal(key(1), {}, base::viewOf("plain"), random);
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        const auto part = ByteView(sealed).first(size);
        COMPARE_ERROR(crypto::open(key(1), {}, part), ErrorCode::Damaged);
        COMPARE_ERROR(openSecret(key(1), {}, part), ErrorCode::Damaged);
    }
    auto longer = sealed;
    longer.push_back(0);
    COMPARE_ERROR(crypto::open(key(1), {}, longer), ErrorCode::Damaged);
}

void AeadTest::refusesOtherKeysAndData()
{
    base::SystemRandom random;
    const auto sealed = seal(key(1), base::viewOf("seq 1"), base::viewOf("plain"), random);
    COMPARE_ERROR(crypto::open(key(2), base::viewOf("seq 1"), sealed), ErrorCode::Damaged);
    COMPARE_ERROR(crypto::open(key(1), base::viewOf("seq 2"), sealed), ErrorCode::Damaged);
    COMPARE_ERROR(crypto::open(key(1), {}, sealed), ErrorCode::Damaged);
}

void AeadTest::neverUsesANonceTwice()
{
    base::SystemRandom random;
    const auto first = seal(key(1), {}, base::viewOf("plain"), random);
    const auto second = seal(key(1), {}, base::viewOf("plain"), random);
    QVERIFY(!base::equal(ByteView(first).first(kAeadNonceSize),
                         ByteView(second).first(kAeadNonceSize)));
    QVERIFY(first != second);
}

void AeadTest::sealsSecrets()
{
    base::SystemRandom random;
    const auto secret = SecretBytes::random(48);
    const auto sealed = sealSecret(key(3), base::viewOf("key"), secret, random);
    QCOMPARE(sealed.size(), 48 + kAeadOverhead);
    const auto opened = openSecret(key(3), base::viewOf("key"), sealed);
    VERIFY_RESULT(opened);
    QVERIFY(opened->equals(secret));
    const auto nothing = openSecret(key(3), {}, sealSecret(key(3), {}, SecretBytes(), random));
    VERIFY_RESULT(nothing);
    QVERIFY(nothing->empty());
}

QTEST_GUILESS_MAIN(AeadTest)
#include "aead_test.moc"
