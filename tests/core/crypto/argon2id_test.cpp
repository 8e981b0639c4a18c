// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: Argon2id as everybody computes it. Method: values of the reference implementation (version
// 1.3), parameters that must be refused, sensitivity to each input.

#include "core/base/hex.h"
#include "core/crypto/argon2id.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::crypto;
using base::Bytes;
using base::ErrorCode;
using base::SecretBytes;

namespace {

constexpr std::uint64_t kKib = 1024;
constexpr std::uint64_t kMib = 1024 * kKib;

SecretBytes password(std::string_view text)
{
    return SecretBytes::copyOf(base::viewOf(text));
}

Bytes salt(std::string_view text)
{
    return base::bytesOf(text);
}

} // namespace

class Argon2idTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheReferenceImplementation();
    void dependsOnEveryInput();
    void refusesImpossibleParameters();
    void saysWhenMemoryIsMissing();
};

void Argon2idTest::agreesWithTheReferenceImplementation()
{
    // Computed with the reference implementation (libargon2 20171227, argon2id_hash_raw): another
    // code than the one under test.
    const auto out = argon2id(password("password"), salt("somesaltsomesalt"), {2, 64 * kMib}, 32);
    VERIFY_RESULT(out);
    QCOMPARE(base::toHex(out->reveal()),
             std::string("fc33b78139231d34b71626bd6245c1d72efa190ad605c3d8166a72adcedfa2c2"));
    const auto small =
        argon2id(password("a longer pass phrase"), salt("0123456789abcdef"), {4, 64 * kKib}, 64);
    VERIFY_RESULT(small);
    QCOMPARE(base::toHex(small->reveal()),
             std::string("0dc3d588b8b0426cc377a7fde324d6855cde3a1417df7c482292eae03e07a8a23b89a6e87"
                         "a124ce622f5ca2cf7f0401e2bdc5b32a8562b3d3b06527a48950b01"));
}

void Argon2idTest::dependsOnEveryInput()
{
    const Argon2Parameters cheap{1, 8 * kKib};
    const auto reference = argon2id(password("p"), salt("0123456789abcdef"), cheap, 32);
    VERIFY_RESULT(reference);
    QVERIFY(argon2id(password("p"), salt("0123456789abcdef"), cheap, 32)->equals(*reference));
    QVERIFY(!argon2id(password("q"), salt("0123456789abcdef"), cheap, 32)->equals(*reference));
    QVERIFY(!argon2id(password(""), salt("0123456789abcdef"), cheap, 32)->equals(*reference));
    QVERIFY(!argon2id(password("p"), salt("0123456789abcdeF"), cheap, 32)->equals(*reference));
    QVERIFY(
        !argon2id(password("p"), salt("0123456789abcdef"), {2, 8 * kKib}, 32)->equals(*reference));
    QVERIFY(
        !argon2id(password("p"), salt("0123456789abcdef"), {1, 16 * kKib}, 32)->equals(*reference));
}

void Argon2idTest::refusesImpossibleParameters()
{
    const auto run = [](std::size_t saltSize, Argon2Parameters parameters, std::size_t size) {
        return argon2id(password("p"), Bytes(saltSize), parameters, size);
    };
    VERIFY_RESULT(run(16, {1, 8 * kKib}, 16));
    COMPARE_ERROR(run(15, {1, 8 * kKib}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(17, {1, 8 * kKib}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(0, {1, 8 * kKib}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(16, {0, 8 * kKib}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(16, {1, 8 * kKib - 1}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(16, {1, 0}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(16, {1, UINT64_MAX}, 32), ErrorCode::OutOfRange);
    COMPARE_ERROR(run(16, {1, 8 * kKib}, 15), ErrorCode::OutOfRange);
}

void Argon2idTest::saysWhenMemoryIsMissing()
{
#ifdef COFFER_SANITIZED
    QSKIP("a sanitizer ends the program instead of refusing the memory");
#endif
    // 4 TiB, just inside the algorithm's limit.
    COMPARE_ERROR(argon2id(password("p"), Bytes(16), {1, 4398046510080ULL}, 32),
                  ErrorCode::TooLarge);
}

QTEST_GUILESS_MAIN(Argon2idTest)
#include "argon2id_test.moc"
