// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: every message survives encode and decode, and every way to break one is refused for the
// right reason. Method: tables.

#include "core/base/hex.h"
#include "core/bitcoin/network.h"
#include "core/lightnode/wire/codec.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::lightnode;
using base::ErrorCode;

namespace {

const auto& params()
{
    return bitcoin::paramsOf(bitcoin::Network::Regtest);
}

base::Bytes hex(const char* text)
{
    return base::parseHex(text).take();
}

bitcoin::Hash256 hashOf(std::uint8_t byte)
{
    bitcoin::Hash256 out{};
    out.fill(byte);
    return out;
}

bitcoin::Transaction smallTransaction()
{
    bitcoin::Transaction out;
    out.inputs.resize(1);
    out.inputs[0].witness = {{1, 2}, {3}};
    out.outputs.push_back({5'000, {0x51}});
    return out;
}

std::vector<Message> everyMessage()
{
    VersionMessage version;
    version.version = 70016;
    version.services = 0x49;
    version.time = 1'700'000'000;
    version.nonce = 99;
    version.userAgent = "/Coffer/";
    version.relay = 0;
    AddressesMessage v1;
    v1.version = 1;
    v1.addresses.push_back({1, 0x49, parsePeerAddress("8.8.4.4:8333", 1).take()});
    v1.addresses.push_back({1, 0x49, parsePeerAddress("[2a01::1]:8333", 1).take()});
    AddressesMessage v2;
    v2.addresses = v1.addresses;
    PeerAddress onion{AddressKind::TorV3, base::Bytes(32, 7), 8333};
    v2.addresses.push_back({2, 0x409, onion});
    CompactBlockMessage compact;
    compact.shortIds = {1, 0xffffffffffff};
    compact.prefilled.push_back({0, smallTransaction()});
    compact.prefilled.push_back({3, smallTransaction()});
    const std::vector<InventoryItem> items{{1, hashOf(1)}, {0x40000002, hashOf(2)}};
    const bitcoin::BlockHash stop(hashOf(9));
    return {version,
            SimpleMessage::Verack,
            SimpleMessage::WtxidRelay,
            SimpleMessage::SendAddrV2,
            SimpleMessage::SendHeaders,
            SimpleMessage::GetAddr,
            SimpleMessage::Mempool,
            PingMessage{5},
            PongMessage{6},
            FeeFilterMessage{1'000},
            SendCompactMessage{1, 2},
            GetHeadersMessage{{stop, bitcoin::BlockHash(hashOf(3))}, {}},
            HeadersMessage{{params().genesis.serialize()}},
            InvMessage{items},
            GetDataMessage{items},
            NotFoundMessage{items},
            GetFilterHeadersMessage{7, stop},
            FilterHeadersMessage{stop, hashOf(4), {hashOf(5), hashOf(6)}},
            GetFiltersMessage{7, stop},
            FilterMessage{stop, {1, 2, 3}},
            GetFilterCheckpointsMessage{stop},
            FilterCheckpointsMessage{stop, {hashOf(5)}},
            v1,
            v2,
            compact,
            TransactionMessage{smallTransaction()},
            BlockMessage{{1, 2, 3}}};
}

} // namespace

class CodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageRoundTrips();
    void refusesTruncationAndTrailingBytes();
    void refusesWithTheExactReason_data();
    void refusesWithTheExactReason();
    void skipsAddressesThatCannotBeUsed();
    void cutsAnyStreamIntoFrames();
    void refusesForeignStreams();
    void growsOnlyWithWhatArrives();
    void ignoresDamagedFrames();
    void takesVersionsOfOldAndNewNodes();
};

void CodecTest::everyMessageRoundTrips()
{
    for (const auto& message : everyMessage()) {
        const auto payload = encodePayload(message);
        const auto decoded = decodeMessage(commandOf(message), payload);
        VERIFY_RESULT(decoded);
        QCOMPARE(decoded->index(), message.index());
        QCOMPARE(encodePayload(*decoded), payload);
    }
    const auto unknown = decodeMessage("something", {1, 2, 3});
    VERIFY_RESULT(unknown);
    QVERIFY(std::holds_alternative<UnknownMessage>(*unknown));
}

void CodecTest::refusesTruncationAndTrailingBytes()
{
    for (const auto& message : everyMessage()) {
        if (std::holds_alternative<SimpleMessage>(message) ||
            std::holds_alternative<BlockMessage>(message))
            continue;
        const auto payload = encodePayload(message);
        const bool version = std::holds_alternative<VersionMessage>(message);
        for (std::size_t size = 0; size < payload.size(); ++size) {
            // Old nodes leave the last byte of `version` out.
            if (version && size + 1 == payload.size())
                continue;
            auto cut = payload;
            cut.resize(size);
            QVERIFY2(!decodeMessage(commandOf(message), cut),
                     std::string(commandOf(message)).c_str());
        }
        auto longer = payload;
        longer.push_back(0);
        QCOMPARE(bool(decodeMessage(commandOf(message), longer)), version);
    }
}

void CodecTest::refusesWithTheExactReason_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<int>("reason");
    const auto row = [](const char* name, const char* command, const std::string& payload,
                        ErrorCode code) {
        QTest::newRow(name) << QString::fromUtf8(command) << QString::fromStdString(payload)
                            << static_cast<int>(code);
    };
    const std::string zero32(64, '0');
    row("2001 headers", "headers", "fdd107", ErrorCode::TooLarge);
    row("more headers than bytes", "headers", "02" + std::string(162, '0'), ErrorCode::Malformed);
    row("header with transactions", "headers", "01" + std::string(160, '0') + "01",
        ErrorCode::Malformed);
    row("header of 164 bytes", "headers", "01" + std::string(328, '0'), ErrorCode::Malformed);
    row("50001 items", "inv", "fd51c3", ErrorCode::TooLarge);
    row("count in a long form", "inv", "fd0100", ErrorCode::Malformed);
    row("102 locator hashes", "getheaders",
        "00000000"
        "66",
        ErrorCode::TooLarge);
    row("2001 filter hashes", "cfheaders", "00" + zero32 + zero32 + "fdd107", ErrorCode::TooLarge);
    row("other filter type", "cfilter", "01" + zero32 + "0100", ErrorCode::Unsupported);
    row("filter longer than the message", "cfilter", "00" + zero32 + "0500", ErrorCode::Malformed);
    row("1001 addresses", "addr", "fde903", ErrorCode::TooLarge);
    row("IPv4 with 5 bytes", "addrv2",
        "01"
        "00000000"
        "01"
        "01"
        "05"
        "0102030405"
        "208d",
        ErrorCode::Malformed);
    row("address of 513 bytes", "addrv2",
        "01"
        "00000000"
        "01"
        "09"
        "fd0102" +
            std::string(1026, '0') + "208d",
        ErrorCode::TooLarge);
    row("fee filter above all money", "feefilter", "ffffffffffffff7f", ErrorCode::OutOfRange);
    row("agent of 257 bytes", "version", std::string(160, '0') + "fd0101", ErrorCode::TooLarge);
    row("prefilled beyond the block", "cmpctblock",
        std::string(160, '0') + std::string(16, '0') +
            "00"
            "01"
            "05" +
            base::toHex(smallTransaction().serialize()),
        ErrorCode::OutOfRange);
    row("ping without a nonce", "ping", "", ErrorCode::Malformed);
}

void CodecTest::refusesWithTheExactReason()
{
    QFETCH(QString, command);
    QFETCH(QString, payload);
    QFETCH(int, reason);
    const auto decoded = decodeMessage(command.toStdString(), hex(payload.toStdString().c_str()));
    COMPARE_ERROR(decoded, static_cast<ErrorCode>(reason));
}

void CodecTest::skipsAddressesThatCannotBeUsed()
{
    // An IPv4 address in IPv6 clothes, an unknown network, and a good one.
    const auto decoded = decodeMessage("addrv2", hex("03"
                                                     "00000000"
                                                     "49"
                                                     "02"
                                                     "10"
                                                     "00000000000000000000ffff01020304"
                                                     "208d"
                                                     "00000000"
                                                     "49"
                                                     "63"
                                                     "03"
                                                     "010203"
                                                     "208d"
                                                     "00000000"
                                                     "49"
                                                     "01"
                                                     "04"
                                                     "01020304"
                                                     "208d"));
    VERIFY_RESULT(decoded);
    const auto& addresses = std::get<AddressesMessage>(*decoded).addresses;
    QCOMPARE(addresses.size(), std::size_t{1});
    QCOMPARE(addresses[0].address.toString(), std::string("1.2.3.4:8333"));
}

void CodecTest::cutsAnyStreamIntoFrames()
{
    base::Bytes stream;
    for (const auto& message : everyMessage()) {
        const auto bytes = encodeMessage(params().magic, message);
        stream.insert(stream.end(), bytes.begin(), bytes.end());
    }
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1'000'000}}) {
        FrameReader reader(params().magic);
        std::size_t frames = 0;
        for (std::size_t start = 0; start < stream.size(); start += piece) {
            auto view =
                base::ByteView(stream).subspan(start, std::min(piece, stream.size() - start));
            while (true) {
                auto frame = reader.next(view);
                VERIFY_RESULT(frame);
                if (!*frame)
                    break;
                QCOMPARE((*frame)->command, std::string(commandOf(everyMessage()[frames])));
                ++frames;
            }
        }
        QCOMPARE(frames, everyMessage().size());
        QCOMPARE(reader.bufferedBytes(), std::size_t{0});
    }
}

void CodecTest::refusesForeignStreams()
{
    const auto good = encodeMessage(params().magic, PingMessage{1});
    const auto feed = [](base::Bytes bytes) {
        FrameReader reader(params().magic);
        base::ByteView view(bytes);
        return reader.next(view);
    };
    auto magic = good;
    magic[3] ^= 1;
    COMPARE_ERROR(feed(magic), ErrorCode::Malformed);
    COMPARE_ERROR(feed({0x16}), ErrorCode::Malformed); // The first byte already tells.
    auto length = good;
    length[18] = 0x3e; // 4,063,240 bytes.
    length[17] = 0x00;
    COMPARE_ERROR(feed(length), ErrorCode::TooLarge);
    auto command = good;
    command[10] = 'x';
    COMPARE_ERROR(feed(command), ErrorCode::Malformed);
    auto control = good;
    control[5] = 0x07;
    COMPARE_ERROR(feed(control), ErrorCode::Malformed);
}

void CodecTest::growsOnlyWithWhatArrives()
{
    base::Bytes promise = encodeFrame(params().magic, "block", {});
    promise[16] = 0;
    promise[17] = 0x09;
    promise[18] = 0x3d; // 4,000,000.
    promise[16] = 0x00;
    FrameReader reader(params().magic);
    base::ByteView view(promise);
    auto frame = reader.next(view);
    VERIFY_RESULT(frame);
    QVERIFY(!*frame);
    QVERIFY(reader.bufferedBytes() <= kEnvelopeSize);
}

void CodecTest::ignoresDamagedFrames()
{
    auto stream = encodeMessage(params().magic, PingMessage{1});
    stream[20] ^= 0xff;
    const auto second = encodeMessage(params().magic, PongMessage{2});
    stream.insert(stream.end(), second.begin(), second.end());
    FrameReader reader(params().magic);
    base::ByteView view(stream);
    auto frame = reader.next(view);
    VERIFY_RESULT(frame);
    QVERIFY(frame->has_value());
    QCOMPARE((*frame)->command, std::string("pong"));
}

void CodecTest::takesVersionsOfOldAndNewNodes()
{
    VersionMessage version;
    version.userAgent = "/a\x01\xff<b>/";
    auto payload = encodePayload(version);
    payload.pop_back(); // No relay flag: before BIP37.
    auto old = decodeMessage("version", payload);
    VERIFY_RESULT(old);
    QCOMPARE(std::get<VersionMessage>(*old).relay, std::uint8_t{1});
    // Only plain ASCII of the agent is shown.
    QCOMPARE(std::get<VersionMessage>(*old).userAgent, std::string("/a?"
                                                                   "?<b>/"));
    payload = encodePayload(version);
    payload.insert(payload.end(), 10, 0xab);
    VERIFY_RESULT(decodeMessage("version", payload));
}

QTEST_GUILESS_MAIN(CodecTest)
#include "codec_test.moc"
