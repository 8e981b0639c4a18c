// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: after key work nothing of the key is left on the stack. Method: a callable that leaves a
// pattern far down; a look at the stack below afterwards must find it without wiping and must not
// with it.

#include "core/crypto/bip39.h"
#include "core/crypto/secp256k1.h"
#include "core/crypto/stack_wipe.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::crypto;
using base::SecretBytes;

// The look reads memory below the stack pointer, which no sanitizer can approve of.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(COFFER_SANITIZED)
#define COFFER_STACK_CANNOT_BE_READ
#endif

namespace {

constexpr std::size_t kLook = 96 * 1024;
constexpr std::uint64_t kPattern = 0x5ec2e75ec2e75ec2;

[[gnu::noinline]] void leavePattern(int depth)
{
    volatile std::uint64_t words[512];
    for (auto& word : words)
        word = kPattern;
    if (depth > 0)
        leavePattern(depth - 1);
    words[0] = kPattern; // Not a tail call.
}

/// Words of the pattern in the region below this function's caller.
[[gnu::noinline]] std::size_t patternsBelow()
{
    const auto* here = static_cast<const std::uint8_t*>(__builtin_frame_address(0));
    std::size_t found = 0;
    // From far below upwards, and nothing called meanwhile: a call would overwrite what is looked
    // for.
    for (std::size_t distance = kLook; distance > 256; distance -= 8) {
        const auto* word = reinterpret_cast<const volatile std::uint64_t*>(here - distance);
        found += *word == kPattern ? 1 : 0;
    }
    return found;
}

/// Whether 16 bytes in a row of a secret lie anywhere below.
[[gnu::noinline]] bool holdsBelow(const std::uint8_t* secret)
{
    const auto* here = static_cast<const std::uint8_t*>(__builtin_frame_address(0));
    for (std::size_t distance = kLook; distance > 256; --distance) {
        const auto* place = reinterpret_cast<const volatile std::uint8_t*>(here - distance);
        std::size_t equal = 0;
        while (equal < 16 && place[equal] == secret[equal])
            ++equal;
        if (equal == 16)
            return true;
    }
    return false;
}

} // namespace

class StackWipeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesWhatNobodyWiped();
    void wipesWhatTheWorkLeft();
    void leavesNoKeyBehind();
    void returnsWhatTheWorkReturns();
};

void StackWipeTest::seesWhatNobodyWiped()
{
#ifdef COFFER_STACK_CANNOT_BE_READ
    QSKIP("reads memory below the stack pointer");
#else
    leavePattern(15);
    const auto found = patternsBelow();
    QVERIFY(found > 4000);
#endif
}

void StackWipeTest::wipesWhatTheWorkLeft()
{
#ifdef COFFER_STACK_CANNOT_BE_READ
    QSKIP("reads memory below the stack pointer");
#else
    withStackWiped([] { leavePattern(15); });
    const auto found = patternsBelow();
    QCOMPARE(found, std::size_t{0});
#endif
}

void StackWipeTest::leavesNoKeyBehind()
{
#ifdef COFFER_STACK_CANNOT_BE_READ
    QSKIP("reads memory below the stack pointer");
#else
    const auto secret = SecretBytes::random(32);
    const auto text =
        SecretBytes::copyOf(base::viewOf("abandon abandon abandon abandon abandon abandon abandon "
                                         "abandon abandon abandon abandon about"));
    withStackWiped([&] {
        const auto key = PrivateKey::create(secret.clone());
        ASSERT(key);
        ASSERT(!signEcdsa(*key, Hash256{}).empty());
        ASSERT(
            verifySchnorr(key->publicKey().xOnly(), Hash256{}, signSchnorr(*key, Hash256{}, {})));
        const auto words = Mnemonic::parse(text);
        ASSERT(words && words->toSeed(secret.empty() ? SecretBytes() : SecretBytes::allocate(0)));
    });
    const bool keyIsLeft = holdsBelow(secret.reveal().data());
    const bool keyEndIsLeft = holdsBelow(secret.reveal().data() + 16);
    const bool wordsAreLeft = holdsBelow(text.reveal().data());
    QVERIFY(!keyIsLeft);
    QVERIFY(!keyEndIsLeft);
    QVERIFY(!wordsAreLeft);
#endif
}

void StackWipeTest::returnsWhatTheWorkReturns()
{
    QCOMPARE(withStackWiped([] { return 7; }), 7);
    const auto secret = withStackWiped([] { return SecretBytes::copyOf(base::viewOf("moved")); });
    QVERIFY(base::equal(secret.reveal(), base::viewOf("moved")));
    int calls = 0;
    withStackWiped([&calls] { ++calls; });
    QCOMPARE(calls, 1);
    const auto result = withStackWiped([]() -> base::Result<int> {
        return base::Error{base::ErrorCode::Rejected, "no"};
    });
    COMPARE_ERROR(result, base::ErrorCode::Rejected);
}

QTEST_GUILESS_MAIN(StackWipeTest)
#include "stack_wipe_test.moc"
