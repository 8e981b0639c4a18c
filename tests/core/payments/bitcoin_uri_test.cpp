// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: payment URIs are read as BIP21 and BIP321 say and never half: what is unclear is refused.
// Method: BIP21's examples with an address that is whole, and a table of good and bad URIs.

#include "core/payments/bitcoin_uri.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::payments;
using base::ErrorCode;
using bitcoin::Network;

namespace {

const std::string kAddress = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const std::string kTestAddress = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx";
const std::string kLegacy = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";

base::Result<BitcoinUri> parse(const std::string& text, Network network = Network::Main)
{
    return parseBitcoinUri(text, network);
}

/// "@" stands for a good address.
std::string filled(std::string text)
{
    const std::size_t at = text.find('@');
    return at == std::string::npos ? text : text.replace(at, 1, kAddress);
}

} // namespace

class BitcoinUriTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheStandardsExamples();
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void readsTexts();
    void readsInstructions();
    void keepsProofOfPaymentHarmless();
    void refusesOtherNetworks();
    void cleansTexts();
    void writesWhatItReads();
    void readsPastedText();
    void groupsAddresses();
};

void BitcoinUriTest::readsTheStandardsExamples()
{
    const auto json = test::jsonFile("btc/bip21/examples.json");
    const std::string broken = "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W";
    std::size_t refused = 0;
    for (const auto& entry : json.at("uris")) {
        std::string uri = entry.get<std::string>();
        // The BIP's address has a broken checksum on purpose.
        QVERIFY(!parse(uri));
        const std::size_t at = uri.find(broken);
        QVERIFY(at != std::string::npos);
        uri.replace(at, broken.size(), kLegacy);
        const auto read = parse(uri);
        if (uri.find("req-") != std::string::npos) {
            COMPARE_ERROR(read, ErrorCode::Unsupported);
            ++refused;
            continue;
        }
        VERIFY_RESULT(read);
        QCOMPARE(read->address, kLegacy);
    }
    QCOMPARE(refused, std::size_t(1));
    COMPARE_ERROR(parse("bitcoin:" + broken), ErrorCode::BadChecksum);
}

void BitcoinUriTest::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("amount");
    const auto row = [](const char* text, qint64 amount) {
        QTest::newRow(text) << QString::fromStdString(filled(text)) << amount;
    };
    row("bitcoin:@", -1);
    row("BITCOIN:@", -1);
    row("bitcoin:@?amount=0.00015", 15'000);
    row("bitcoin:@?AMOUNT=20.3", 2'030'000'000);
    row("bitcoin:@?amount=21000000", 2'100'000'000'000'000);
    row("bitcoin:@?amount=50", 5'000'000'000);
    row("bitcoin:@?amount=0.00000001", 1);
    row("bitcoin:@?amount=0", -1);
    row("bitcoin:@?somethingyoudontunderstand=50&other", -1);
    row("bitcoin:@?label=&amount=1", 100'000'000);
    QTest::newRow("upper case") << QString::fromStdString("BITCOIN:" + kAddress).toUpper()
                                << qint64(-1);
}

void BitcoinUriTest::reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, amount);
    const auto uri = parse(text.toStdString());
    VERIFY_RESULT(uri);
    QCOMPARE(static_cast<qint64>(uri->amount.value_or(-1)), amount);
    QCOMPARE(QString::fromStdString(uri->address).toLower(), QString::fromStdString(kAddress));
}

void BitcoinUriTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const std::string& text, ErrorCode code) {
        QTest::newRow(text.substr(0, 60).c_str())
            << QString::fromStdString(filled(text)) << static_cast<int>(code);
    };
    row("", ErrorCode::Malformed);
    row("@", ErrorCode::Malformed);
    row("litecoin:@", ErrorCode::Malformed);
    row("bitcoin:", ErrorCode::NotFound);
    row("bitcoin:?amount=1", ErrorCode::NotFound);
    row("bitcoin:@?", ErrorCode::Malformed);
    row("bitcoin:@?amount=1&", ErrorCode::Malformed);
    row("bitcoin:@?=1", ErrorCode::Malformed);
    row("bitcoin:@?amount=1&amount=1", ErrorCode::Malformed);
    row("bitcoin:@?amount=1&Amount=2", ErrorCode::Malformed);
    row("bitcoin:@?label=a&label=b", ErrorCode::Malformed);
    row("bitcoin:@?message=a&message=b", ErrorCode::Malformed);
    row("bitcoin:@?pop=a%3a&pop=b%3a", ErrorCode::Malformed);
    row("bitcoin:@?amount=", ErrorCode::Malformed);
    row("bitcoin:@?amount=1,5", ErrorCode::Malformed);
    row("bitcoin:@?amount=-1", ErrorCode::Malformed);
    row("bitcoin:@?amount=1e3", ErrorCode::Malformed);
    row("bitcoin:@?amount=0x1", ErrorCode::Malformed);
    row("bitcoin:@?amount=0.000000001", ErrorCode::Malformed);
    row("bitcoin:@?amount=21000000.00000001", ErrorCode::OutOfRange);
    row("bitcoin:@?amount=99999999999999999999", ErrorCode::OutOfRange);
    row("bitcoin:@?req-foo=1", ErrorCode::Unsupported);
    row("bitcoin:@?req-pop=app%3a", ErrorCode::Unsupported);
    row("bitcoin:@?REQ-somethingelse", ErrorCode::Unsupported);
    row("bitcoin:@?label=%", ErrorCode::Malformed);
    row("bitcoin:@?label=%4", ErrorCode::Malformed);
    row("bitcoin:@?label=%zz", ErrorCode::Malformed);
    row("bitcoin:@?label=%ff", ErrorCode::Malformed);
    row("bitcoin:@?unknown=%c3", ErrorCode::Malformed);
    row("bitcoin:@?label=two words", ErrorCode::Malformed);
    row("bitcoin:@?label=\xc3\xa4", ErrorCode::Malformed);
    row("bitcoin:@#fragment", ErrorCode::Malformed);
    row("bitcoin:@x", ErrorCode::BadChecksum);
    row("bitcoin:hello", ErrorCode::Malformed);
    row("bitcoin://@", ErrorCode::Malformed);
    row("bitcoin:@?bc=hello", ErrorCode::Malformed);
    row("bitcoin:@?lightning=", ErrorCode::Malformed);
    row("bitcoin:@?label=" + std::string(5'000, 'a'), ErrorCode::TooLarge);
}

void BitcoinUriTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(int, code);
    const auto uri = parse(text.toStdString());
    QVERIFY(!uri);
    // The library of addresses names its own reasons; for the rest the code is exact.
    if (uri.error().code != ErrorCode::BadChecksum)
        COMPARE_ERROR(uri, static_cast<ErrorCode>(code));
}

void BitcoinUriTest::readsTexts()
{
    const auto uri = parse("bitcoin:" + kAddress +
                           "?label=Caf%C3%A9%20%26%20Bar&message=Donation%20for%20project%2bxyz");
    VERIFY_RESULT(uri);
    QCOMPARE(uri->label, std::string("Caf\xc3\xa9 & Bar"));
    QCOMPARE(uri->message, std::string("Donation for project+xyz"));
}

void BitcoinUriTest::readsInstructions()
{
    const auto uri = parse("bitcoin:?lightning=LNBC1abc&bc=" + kAddress + "&BC=" + kAddress +
                           "&sp=sp1qabc&lno=lno1x&pay=y&amount=1");
    VERIFY_RESULT(uri);
    QVERIFY(uri->address.empty());
    QCOMPARE(uri->instructions.size(), std::size_t(6));
    QVERIFY(uri->instructions[0].kind == Instruction::Lightning);
    QCOMPARE(uri->instructions[0].value, std::string("LNBC1abc"));
    QVERIFY(uri->instructions[1].kind == Instruction::Segwit);
    QVERIFY(uri->instructions[3].kind == Instruction::SilentPayment);
    QVERIFY(uri->instructions[4].kind == Instruction::LightningOffer);
    QVERIFY(uri->instructions[5].kind == Instruction::PrivatePayment);
    QCOMPARE(payableAddress(*uri), kAddress);
    const auto lightning = parse("bitcoin:?lightning=lnbc1abc");
    VERIFY_RESULT(lightning);
    QVERIFY(payableAddress(*lightning).empty());
    // An address of another network among others is not ours to pay.
    const auto mixed = parse("bitcoin:" + kAddress + "?tb=" + kTestAddress);
    VERIFY_RESULT(mixed);
    QVERIFY(mixed->instructions.empty());
}

void BitcoinUriTest::keepsProofOfPaymentHarmless()
{
    for (const char* pop :
         {"http%3a%2f%2fx", "HTTPS%3ax", "file%3ax", "javascript%3ax", "mailto%3ax", "http"}) {
        const auto uri = parse("bitcoin:" + kAddress + "?pop=" + pop);
        VERIFY_RESULT(uri);
        QVERIFY2(uri->proofOfPayment.empty(), pop);
    }
    const auto uri = parse("bitcoin:" + kAddress + "?pop=myapp%3areceipt%3d");
    VERIFY_RESULT(uri);
    QCOMPARE(uri->proofOfPayment, std::string("myapp:receipt="));
}

void BitcoinUriTest::refusesOtherNetworks()
{
    COMPARE_ERROR(parse("bitcoin:" + kTestAddress), ErrorCode::WrongNetwork);
    COMPARE_ERROR(parse("bitcoin:" + kAddress, Network::Testnet4), ErrorCode::WrongNetwork);
    COMPARE_ERROR(parse("bitcoin:?tb=" + kTestAddress), ErrorCode::WrongNetwork);
    VERIFY_RESULT(parse("bitcoin:?tb=" + kTestAddress, Network::Signet));
    VERIFY_RESULT(parse("bitcoin:" + kTestAddress + "?amount=1", Network::Testnet4));
}

void BitcoinUriTest::cleansTexts()
{
    const auto uri =
        parse("bitcoin:" + kAddress + "?label=a%00b%0Ac%E2%80%AEd%E2%81%A6e%D8%9Cf%EF%BB%BFg");
    VERIFY_RESULT(uri);
    QCOMPARE(uri->label, std::string("abcdefg"));
    auto emoji = displayText("\xf0\x9f\x8d\x95 \xe4\xbb\x98\xe6\xac\xbe");
    VERIFY_RESULT(emoji);
    QCOMPARE(*emoji, std::string("\xf0\x9f\x8d\x95 \xe4\xbb\x98\xe6\xac\xbe"));
    COMPARE_ERROR(displayText("\xff"), ErrorCode::Malformed);
}

void BitcoinUriTest::writesWhatItReads()
{
    BitcoinUri uri;
    uri.address = kAddress;
    QCOMPARE(writeBitcoinUri(uri), "bitcoin:" + kAddress);
    uri.amount = 15'000;
    QCOMPARE(writeBitcoinUri(uri), "bitcoin:" + kAddress + "?amount=0.00015");
    uri.amount = 2'000'000'000;
    uri.label = "Caf\xc3\xa9 & Bar";
    uri.message = "100% + more?";
    uri.instructions = {{Instruction::Lightning, "lightning", "lnbc1abc"}};
    uri.proofOfPayment = "myapp:";
    QCOMPARE(writeBitcoinUri(uri),
             "bitcoin:" + kAddress +
                 "?amount=20&label=Caf%C3%A9%20%26%20Bar&message=100%25%20%2B%20more%3F"
                 "&lightning=lnbc1abc&pop=myapp%3A");
    const auto again = parse(writeBitcoinUri(uri));
    VERIFY_RESULT(again);
    QVERIFY(*again == uri);
}

void BitcoinUriTest::readsPastedText()
{
    const auto plain = parsePaymentTarget("  \n" + kAddress + "\t ", Network::Main);
    VERIFY_RESULT(plain);
    QVERIFY(!plain->fromUri);
    QCOMPARE(plain->uri.address, kAddress);
    const auto uri = parsePaymentTarget(" bitcoin:" + kAddress + "?amount=1\r\n", Network::Main);
    VERIFY_RESULT(uri);
    QVERIFY(uri->fromUri);
    COMPARE_ERROR(parsePaymentTarget(kAddress, Network::Regtest), ErrorCode::WrongNetwork);
    QVERIFY(!parsePaymentTarget("", Network::Main));
    QVERIFY(!parsePaymentTarget("https://example.org", Network::Main));
    COMPARE_ERROR(parsePaymentTarget(std::string(9'000, 'q'), Network::Main), ErrorCode::TooLarge);
}

void BitcoinUriTest::groupsAddresses()
{
    QCOMPARE(groupedAddress("bc1qw508d6"), std::string("bc1q w508 d6"));
    QCOMPARE(groupedAddress(""), std::string());
    QCOMPARE(groupedAddress("abcd"), std::string("abcd"));
}

QTEST_GUILESS_MAIN(BitcoinUriTest)
#include "bitcoin_uri_test.moc"
