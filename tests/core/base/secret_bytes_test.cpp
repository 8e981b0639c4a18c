// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a secret is gone from memory when its owner is. Method: munmap, by which libsodium gives
// the pages back, is replaced by one that looks at the secret's last bytes first; that the look
// itself works is shown by pages that nobody wiped. Moves, clones and comparison as promised.

#include "core/base/secret_bytes.h"
#include "tests/support/test.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>

using namespace coffer::base;

namespace {

/// What the replaced munmap watches for.
struct Watch
{
    const volatile std::uint8_t* begin = nullptr;
    std::size_t size = 0;
    int releases = 0;
    std::size_t bytesLeft = 0; // Of the secret, at its release.
};
Watch s_watch;

constexpr std::uint8_t kPattern = 0xa7;

void watch(const std::uint8_t* begin, std::size_t size)
{
    s_watch = {begin, size, 0, 0};
}

SecretBytes patterned(std::size_t size)
{
    auto secret = SecretBytes::allocate(size);
    std::memset(secret.reveal().data(), kPattern, size);
    return secret;
}

} // namespace

extern "C" int munmap(void* address, size_t length) noexcept
{
    const auto* begin = static_cast<const std::uint8_t*>(address);
    const auto* wanted = const_cast<const std::uint8_t*>(s_watch.begin);
    if (wanted != nullptr && wanted >= begin && wanted < begin + length) {
        ++s_watch.releases;
        for (std::size_t i = 0; i < s_watch.size; ++i)
            s_watch.bytesLeft += s_watch.begin[i] == kPattern ? 1 : 0;
        s_watch.begin = nullptr;
    }
    return static_cast<int>(syscall(SYS_munmap, address, length));
}

class SecretBytesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesWhatNobodyWiped();
    void wipesWhenItDies();
    void wipesWhenItIsCleared();
    void wipesWhatAnAssignmentReplaces();
    void movesWithoutCopying();
    void clonesIntoOwnMemory();
    void comparesContents();
    void handlesNothing();
    void fillsWithRandomness();
    void wipesStackMemory();
    void isMoveOnly();
};

void SecretBytesTest::seesWhatNobodyWiped()
{
    const std::size_t size = 4096;
    void* page = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    QVERIFY(page != MAP_FAILED);
    std::memset(page, kPattern, size);
    watch(static_cast<const std::uint8_t*>(page), 32);
    QCOMPARE(munmap(page, size), 0);
    QCOMPARE(s_watch.releases, 1);
    QCOMPARE(s_watch.bytesLeft, std::size_t{32});
}

void SecretBytesTest::wipesWhenItDies()
{
    for (const std::size_t size : {1U, 16U, 32U, 100U, 4096U, 5000U}) {
        {
            const auto secret = patterned(size);
            watch(secret.reveal().data(), size);
            QCOMPARE(s_watch.releases, 0);
        }
        QCOMPARE(s_watch.releases, 1);
        QCOMPARE(s_watch.bytesLeft, std::size_t{0});
    }
}

void SecretBytesTest::wipesWhenItIsCleared()
{
    auto secret = patterned(64);
    watch(secret.reveal().data(), 64);
    secret.clear();
    QCOMPARE(s_watch.releases, 1);
    QCOMPARE(s_watch.bytesLeft, std::size_t{0});
    QVERIFY(secret.empty());
    secret.clear(); // Twice does no harm.
}

void SecretBytesTest::wipesWhatAnAssignmentReplaces()
{
    auto secret = patterned(32);
    watch(secret.reveal().data(), 32);
    secret = SecretBytes::allocate(8);
    QCOMPARE(s_watch.releases, 1);
    QCOMPARE(s_watch.bytesLeft, std::size_t{0});
    QCOMPARE(secret.size(), std::size_t{8});
}

void SecretBytesTest::movesWithoutCopying()
{
    auto first = patterned(32);
    const auto* place = first.reveal().data();
    watch(place, 32);
    auto second = std::move(first);
    QVERIFY(first.empty()); // NOLINT(bugprone-use-after-move): that is what is tested.
    QVERIFY(first.reveal().data() == nullptr);
    QVERIFY(second.reveal().data() == place);
    SecretBytes third;
    third = std::move(second);
    QVERIFY(second.empty()); // NOLINT(bugprone-use-after-move)
    QVERIFY(third.reveal().data() == place);
    auto& same = third;
    third = std::move(same);
    QCOMPARE(third.size(), std::size_t{32});
    QCOMPARE(third.reveal()[31], kPattern);
    QCOMPARE(s_watch.releases, 0);
}

void SecretBytesTest::clonesIntoOwnMemory()
{
    auto original = patterned(32);
    auto copy = original.clone();
    QVERIFY(copy.equals(original));
    QVERIFY(copy.reveal().data() != original.reveal().data());
    original.reveal()[0] = 1;
    QVERIFY(!copy.equals(original));
    original.clear();
    QCOMPARE(copy.reveal()[31], kPattern);
}

void SecretBytesTest::comparesContents()
{
    const auto first = SecretBytes::copyOf(viewOf("secret"));
    QVERIFY(first.equals(SecretBytes::copyOf(viewOf("secret"))));
    QVERIFY(!first.equals(SecretBytes::copyOf(viewOf("secreT"))));
    QVERIFY(!first.equals(SecretBytes::copyOf(viewOf("secre"))));
    QVERIFY(!first.equals(SecretBytes()));
}

void SecretBytesTest::handlesNothing()
{
    const SecretBytes nothing;
    QVERIFY(nothing.empty());
    QVERIFY(nothing.reveal().empty());
    QVERIFY(nothing.equals(SecretBytes::allocate(0)));
    QVERIFY(nothing.clone().empty());
    QVERIFY(SecretBytes::copyOf({}).empty());
    QVERIFY(SecretBytes::random(0).empty());
}

void SecretBytesTest::fillsWithRandomness()
{
    const auto zero = SecretBytes::allocate(32);
    QVERIFY(equal(zero.reveal(), Bytes(32, 0)));
    const auto first = SecretBytes::random(32);
    QVERIFY(!first.equals(zero));
    QVERIFY(!first.equals(SecretBytes::random(32)));
}

void SecretBytesTest::wipesStackMemory()
{
    ByteArray<32> buffer{};
    {
        const WipeGuard guard(buffer);
        buffer.fill(kPattern);
    }
    QVERIFY(equal(buffer, Bytes(32, 0)));
    buffer.fill(kPattern);
    wipe(std::span(buffer).first(16));
    QVERIFY(equal(std::span(buffer).first(16), Bytes(16, 0)));
    QCOMPARE(buffer[16], kPattern);
    wipe({});
}

void SecretBytesTest::isMoveOnly()
{
    static_assert(!std::is_copy_constructible_v<SecretBytes>);
    static_assert(!std::is_copy_assignable_v<SecretBytes>);
    static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);
    static_assert(std::is_nothrow_move_assignable_v<SecretBytes>);
    QVERIFY(SecretBytes::memoryIsLocked() || !SecretBytes::memoryIsLocked());
}

QTEST_GUILESS_MAIN(SecretBytesTest)
#include "secret_bytes_test.moc"
