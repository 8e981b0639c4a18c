// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: header, record frame, head, anchor and root are read exactly as they are written, and
// nothing else is. Method: round trips, and a table of failures for each decoder.

#include "core/base/cbor.h"
#include "core/base/hex.h"
#include "core/vault/sealed_log.h"
#include "core/vault/vault.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;

namespace {

vault::Header header()
{
    vault::Header out;
    base::ByteArray<16> id{};
    for (std::size_t i = 0; i < id.size(); ++i)
        id[i] = static_cast<std::uint8_t>(i);
    out.walletId = base::Uuid(id);
    out.realm = vault::Realm::Test;
    out.flags = vault::Header::kWatchOnly;
    out.keyEpoch = 7;
    out.createdMs = 1'700'000'000'123;
    out.slot.kdf.salt.fill(0x5a);
    out.slot.kdf.argon2 = vault::kFloor;
    out.slot.wrappedBookKey = base::Bytes(vault::kWrappedKeySize, 1);
    out.slot.wrappedSpendKey = base::Bytes(vault::kWrappedKeySize, 2);
    return out;
}

base::Bytes filled(std::size_t size, std::uint8_t value)
{
    return base::Bytes(size, value);
}

} // namespace

class FormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void headerRoundTrips()
    {
        const auto bytes = vault::encodeHeader(header());
        auto decoded = vault::decodeHeader(bytes);
        VERIFY_RESULT(decoded);
        QVERIFY(*decoded == header());
        QVERIFY(vault::encodeHeader(*decoded) == bytes);
        // Format 1, byte for byte (docs/data.md).
        QVERIFY(base::toHex(bytes).starts_with(
            "a9016d636f666665722077616c6c6574020103500001020304050607"
            "08090a0b0c0d0e0f0401050106070"
            "71b0000018bcfe5687b"));
    }

    void associatedDataCoversAllButTheWrappedKeys()
    {
        const auto original = vault::associatedData(header());
        auto keys = header();
        keys.slot.wrappedBookKey = filled(vault::kWrappedKeySize, 9);
        keys.slot.wrappedSpendKey = filled(vault::kWrappedKeySize, 9);
        QVERIFY(vault::associatedData(keys) == original);
        std::vector<vault::Header> others(8, header());
        others[0].realm = vault::Realm::Main;
        others[1].flags = 0;
        others[2].keyEpoch = 8;
        others[3].createdMs = 0;
        others[4].backupRecords = 1;
        others[5].slot.kdf.salt[0] = 0;
        others[6].slot.kdf.argon2.passes = 4;
        others[7].slot.kdf.argon2.memoryBytes *= 2;
        for (const auto& other : others)
            QVERIFY(vault::associatedData(other) != original);
    }

    void headerRefusesEverythingElse()
    {
        const auto good = vault::encodeHeader(header());
        for (std::size_t size = 0; size < good.size(); ++size)
            QVERIFY(!vault::decodeHeader(base::ByteView(good).first(size)));
        auto longer = good;
        longer.push_back(0);
        COMPARE_ERROR(vault::decodeHeader(longer), ErrorCode::Malformed);
        const auto expect = [](const vault::Header& bad, ErrorCode code) {
            COMPARE_ERROR(vault::decodeHeader(vault::encodeHeader(bad)), code);
        };
        auto bad = header();
        bad.slot.kdf.argon2.memoryBytes = vault::kCeiling.memoryBytes + 1;
        expect(bad, ErrorCode::OutOfRange);
        bad = header();
        bad.slot.kdf.argon2.passes = vault::kCeiling.passes + 1;
        expect(bad, ErrorCode::OutOfRange);
        bad = header();
        bad.realm = vault::Realm::Main;
        bad.slot.kdf.argon2 = vault::kTestOnly;
        expect(bad, ErrorCode::OutOfRange);
        bad = header();
        bad.slot.kdf.argon2 = {0, vault::kFloor.memoryBytes};
        expect(bad, ErrorCode::OutOfRange);
        bad = header();
        bad.realm = static_cast<vault::Realm>(3);
        expect(bad, ErrorCode::OutOfRange);
        bad = header();
        bad.flags = 4;
        expect(bad, ErrorCode::VersionTooNew);
        bad = header();
        bad.slot.kind = vault::KeySlot::Kind::PasswordAndDevice;
        expect(bad, ErrorCode::Unsupported);
        bad = header();
        bad.slot.wrappedSpendKey.pop_back();
        expect(bad, ErrorCode::Malformed);
        auto newer = good;
        newer[17] = 2; // The version.
        COMPARE_ERROR(vault::decodeHeader(newer), ErrorCode::VersionTooNew);
    }

    void framesArePaddedAndRoundTrip()
    {
        const base::ByteArray<vault::kSaltSize> salt{1, 2, 3};
        for (const std::size_t size : {0u, 1u, 233u, 234u, 235u, 490u, 491u, 100'000u}) {
            const auto payload = filled(size, 0xee);
            const auto bytes = vault::encodeFrame(vault::RecordKind::Label, salt, payload);
            QCOMPARE(bytes.size() % vault::kPaddingBytes, 0u);
            QVERIFY(bytes.size() < size + 22 + vault::kPaddingBytes);
            auto frame = vault::decodeFrame(bytes);
            VERIFY_RESULT(frame);
            QVERIFY(frame->kind == vault::RecordKind::Label);
            QVERIFY(frame->salt == salt);
            QVERIFY(base::equal(frame->payload, payload));
        }
    }

    void framesRefuseEverythingElse()
    {
        const base::ByteArray<vault::kSaltSize> salt{};
        const auto good = vault::encodeFrame(vault::RecordKind::Label, salt, filled(10, 1));
        for (std::size_t size = 0; size < good.size(); ++size)
            QVERIFY(!vault::decodeFrame(base::ByteView(good).first(size)));
        auto padded = good;
        padded.back() = 1;
        COMPARE_ERROR(vault::decodeFrame(padded), ErrorCode::Malformed);
        auto twice = good;
        twice.resize(twice.size() + vault::kPaddingBytes);
        COMPARE_ERROR(vault::decodeFrame(twice), ErrorCode::Malformed);
        auto longer = good;
        longer[3] = 1; // Payload of 266 bytes in 256.
        COMPARE_ERROR(vault::decodeFrame(longer), ErrorCode::Malformed);
        auto huge = good;
        huge[5] = 0xff;
        COMPARE_ERROR(vault::decodeFrame(huge), ErrorCode::TooLarge);
        COMPARE_ERROR(
            vault::decodeFrame(vault::encodeFrame(vault::RecordKind::Root, salt, filled(31, 1))),
            ErrorCode::Malformed);
    }

    void leavesCoverKindSaltAndPayload()
    {
        const auto payload = filled(40, 3);
        const vault::RecordFrame frame{vault::RecordKind::Entry, {1}, payload};
        base::ByteWriter leaf;
        leaf.u16le(17);
        leaf.append(frame.salt);
        leaf.append(payload);
        QVERIFY(vault::leafHash(frame) == crypto::MerkleTree::leafHash(leaf.view()));
        const auto large = filled(5000, 3);
        QVERIFY(vault::leafHash({vault::RecordKind::Entry, {1}, large}) !=
                vault::leafHash({vault::RecordKind::Entry, {2}, large}));
        // Of a secret only the commitment, so that a new spend key keeps the leaf.
        auto resealed = payload;
        resealed.back() ^= 1;
        QVERIFY(vault::leafHash({vault::RecordKind::Root, {1}, payload}) ==
                vault::leafHash({vault::RecordKind::Root, {1}, resealed}));
        resealed[0] ^= 1;
        QVERIFY(vault::leafHash({vault::RecordKind::Root, {1}, payload}) !=
                vault::leafHash({vault::RecordKind::Root, {1}, resealed}));
    }

    void headRoundTrips()
    {
        vault::Head head;
        head.commit = 5;
        head.leaves = 99;
        head.root.fill(1);
        head.headerHash.fill(2);
        head.walletSecret = base::SecretBytes::random(32);
        const auto bytes = vault::encodeHead(head);
        QCOMPARE(bytes.size(), 256u);
        auto decoded = vault::decodeHead(bytes);
        VERIFY_RESULT(decoded);
        QCOMPARE(decoded->commit, 5u);
        QCOMPARE(decoded->leaves, 99u);
        QVERIFY(decoded->root == head.root && decoded->headerHash == head.headerHash);
        QVERIFY(decoded->walletSecret.equals(head.walletSecret));
        auto padded = bytes.clone();
        padded.reveal()[255] = 1;
        COMPARE_ERROR(vault::decodeHead(padded), ErrorCode::Malformed);
        COMPARE_ERROR(vault::decodeHead(base::SecretBytes::allocate(255)), ErrorCode::Malformed);
    }

    void anchorsAreAuthenticated()
    {
        const auto secret = base::SecretBytes::random(32);
        const vault::Anchor anchor{header().walletId, 3, 9, {1}, {2}};
        const auto bytes = vault::encodeAnchor(anchor, secret);
        QCOMPARE(bytes.size(), vault::kAnchorSize);
        auto decoded = vault::decodeAnchor(bytes, secret);
        VERIFY_RESULT(decoded);
        QVERIFY(*decoded == anchor);
        COMPARE_ERROR(vault::decodeAnchor(bytes, base::SecretBytes::random(32)),
                      ErrorCode::BadChecksum);
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            auto bad = bytes;
            bad[at] ^= 0x10;
            COMPARE_ERROR(vault::decodeAnchor(bad, secret),
                          at < 8 ? ErrorCode::Malformed : ErrorCode::BadChecksum);
        }
        for (std::size_t size = 0; size < bytes.size(); ++size)
            COMPARE_ERROR(vault::decodeAnchor(base::ByteView(bytes).first(size), secret),
                          ErrorCode::Malformed);
    }

    void rootsRoundTripInOneSize()
    {
        for (const std::size_t size : {16u, 20u, 24u, 28u, 32u}) {
            for (const auto language : crypto::kWordListLanguages) {
                vault::RootSecret root;
                root.entropy = base::SecretBytes::copyOf(filled(size, 0xab));
                root.language = language;
                root.passphraseMode = vault::PassphraseMode::Stored;
                root.passphrase = base::SecretBytes::copyOf(filled(size * 8, 'p'));
                auto bytes = vault::encodeRoot(root);
                VERIFY_RESULT(bytes);
                QCOMPARE(bytes->size(), 512u);
                auto decoded = vault::decodeRoot(*bytes);
                VERIFY_RESULT(decoded);
                QVERIFY(decoded->entropy.equals(root.entropy));
                QVERIFY(decoded->passphrase.equals(root.passphrase));
                QVERIFY(decoded->language == language);
                QVERIFY(decoded->passphraseMode == vault::PassphraseMode::Stored);
            }
        }
        vault::RootSecret bad;
        COMPARE_ERROR(vault::encodeRoot(bad), ErrorCode::OutOfRange);
        bad.entropy = base::SecretBytes::copyOf(filled(17, 1));
        COMPARE_ERROR(vault::encodeRoot(bad), ErrorCode::OutOfRange);
        bad.entropy = base::SecretBytes::copyOf(filled(16, 1));
        bad.passphrase = base::SecretBytes::copyOf(filled(3, 'p'));
        COMPARE_ERROR(vault::encodeRoot(bad), ErrorCode::Usage);
        bad.passphraseMode = vault::PassphraseMode::Stored;
        bad.passphrase = base::SecretBytes::copyOf(filled(257, 'p'));
        COMPARE_ERROR(vault::encodeRoot(bad), ErrorCode::TooLarge);
        COMPARE_ERROR(vault::decodeRoot(base::SecretBytes::allocate(512)), ErrorCode::Malformed);
        COMPARE_ERROR(vault::decodeRoot(base::SecretBytes::allocate(511)), ErrorCode::Malformed);
    }

    void rootInformationRoundTrips()
    {
        const vault::RootInfo info{{0xde, 0xad, 0xbe, 0xef},
                                   crypto::WordListLanguage::Japanese,
                                   vault::PassphraseMode::AskedWhenSigning,
                                   24};
        const auto bytes = vault::encodeRootInfo(info);
        auto decoded = vault::decodeRootInfo(bytes);
        VERIFY_RESULT(decoded);
        QVERIFY(*decoded == info);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!vault::decodeRootInfo(base::ByteView(bytes).first(size)));
    }

    void leftOutRunsAreBounded()
    {
        COMPARE_ERROR(vault::decodeCompacted({}), ErrorCode::Malformed);
        COMPARE_ERROR(vault::decodeCompacted(filled(33, 1)), ErrorCode::Malformed);
        COMPARE_ERROR(vault::decodeCompacted(filled(32 * 65'537, 1)), ErrorCode::Malformed);
        auto two = vault::decodeCompacted(filled(64, 1));
        VERIFY_RESULT(two);
        QCOMPARE(two->size(), 2u);
    }

    void calibrationRaisesMemoryFirst()
    {
        using vault::kMiB;
        struct Row
        {
            std::uint64_t machine;
            double msPerPassAndMiB;
            crypto::Argon2Parameters wanted;
        };
        const Row rows[] = {
            {1024 * kMiB, 0.5, {16, 64 * kMiB}},       // Small: 64 MiB, 4 passes at least.
            {1024 * kMiB, 5.0, {4, 64 * kMiB}},        // And slow: the floor holds.
            {16'384 * kMiB, 5.0, {3, 256 * kMiB}},     // Slow: the floor, though it takes 3.8 s.
            {16'384 * kMiB, 0.9, {3, 256 * kMiB}},     // 0.69 s already.
            {16'384 * kMiB, 0.4, {3, 512 * kMiB}},     // 0.31 s: twice the memory.
            {16'384 * kMiB, 0.1, {6, 1024 * kMiB}},    // Fast: all the memory, then passes.
            {4096 * kMiB, 0.1, {13, 512 * kMiB}},      // An eighth of the machine at most.
            {65'536 * kMiB, 0.001, {16, 1024 * kMiB}}, // The ceiling of passes.
        };
        for (const auto& row : rows) {
            const auto got = vault::calibrate(row.machine, [&](const auto& parameters) {
                return std::int64_t(row.msPerPassAndMiB * parameters.passes *
                                    double(parameters.memoryBytes / kMiB));
            });
            QCOMPARE(got.passes, row.wanted.passes);
            QCOMPARE(got.memoryBytes / kMiB, row.wanted.memoryBytes / kMiB);
            VERIFY_RESULT(vault::checkBounds(got, vault::Realm::Main));
        }
        QVERIFY(vault::isWeak(vault::kSmallMachineFloor));
        QVERIFY(!vault::isWeak(vault::kFloor));
        QVERIFY((vault::strongest({3, 100}, {4, 50}) == crypto::Argon2Parameters{4, 100}));
    }

    void boundsHoldBeforeArgon2Runs()
    {
        const auto password = base::SecretBytes::random(8);
        COMPARE_ERROR(vault::deriveKey({{}, {1, std::uint64_t{1} << 50}}, password),
                      ErrorCode::OutOfRange);
        COMPARE_ERROR(vault::deriveKey({{}, {4'000'000'000u, 8192}}, password),
                      ErrorCode::OutOfRange);
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
