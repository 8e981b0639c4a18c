// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: signed messages verify for exactly one message and one address. Method: BIP322's vectors,
// each also under every other address of the file, and round trips of our own signatures.

#include "core/base/hex.h"
#include "core/bitcoin/address.h"
#include "core/bitcoin/message.h"
#include "core/crypto/hash.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::ErrorCode;

namespace {

constexpr std::array kFiles{"btc/bip322/basic-test-vectors.json",
                            "btc/bip322/generated-test-vectors.json"};

crypto::PrivateKey keyOfWif(const std::string& text)
{
    auto wif = parseWif(text, Network::Main);
    ASSERT(wif);
    auto key = crypto::PrivateKey::create(std::move(wif->secret));
    ASSERT(key);
    return key.take();
}

} // namespace

class MessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void hashesAsTheStandard();
    void verifiesSimpleSignatures();
    void verifiesFullSignatures();
    void refusesBadSignatures();
    void signsWhatItVerifies();
    void verifiesLegacySignatures();
};

void MessageTest::hashesAsTheStandard()
{
    const auto json = jsonFile(kFiles[0]);
    for (const auto& entry : json.at("tx_hashes")) {
        const auto message = entry.at("message").get<std::string>();
        const auto address = parseAddress(entry.at("address").get<std::string>(), Network::Main);
        VERIFY_RESULT(address);
        QCOMPARE(base::toHex(bip322MessageHash(message)),
                 entry.at("message_hash").get<std::string>());
        const Transaction toSpend = bip322ToSpend(address->script, message);
        QCOMPARE(toSpend.txid().toHex(), entry.at("to_spend_tx_hash").get<std::string>());
        QCOMPARE(bip322ToSign(toSpend).txid().toHex(),
                 entry.at("to_sign_tx_hash").get<std::string>());
    }
}

void MessageTest::verifiesSimpleSignatures()
{
    for (const char* file : kFiles) {
        const auto json = jsonFile(file);
        for (const auto& entry : json.at("simple")) {
            const auto address = entry.at("address").get<std::string>();
            const auto message = entry.at("message").get<std::string>();
            for (const auto& signature : entry.at("bip322_signatures")) {
                const auto text = signature.get<std::string>();
                const auto verified = verifyMessage(address, Network::Main, message, text);
                VERIFY_RESULT(verified);
                QVERIFY(verified->format == MessageFormat::Bip322Simple);
                COMPARE_ERROR(verifyMessage(address, Network::Main, message + " ", text),
                              ErrorCode::Unproved);
            }
        }
    }
}

void MessageTest::verifiesFullSignatures()
{
    const auto json = jsonFile(kFiles[1]);
    int verified = 0;
    for (const auto& entry : json.at("full")) {
        const auto result = verifyMessage(entry.at("address").get<std::string>(), Network::Main,
                                          entry.at("message").get<std::string>(),
                                          entry.at("bip322_signatures").at(0).get<std::string>());
        if (result) {
            ++verified;
            QVERIFY(result->format == MessageFormat::Bip322Full);
            QCOMPARE(result->lockTime, entry.at("lock_time").get<std::uint32_t>());
        } else {
            // Time locks need an interpreter.
            QVERIFY2(result.error().code == ErrorCode::Unsupported,
                     entry.at("type").get<std::string>().c_str());
        }
    }
    QVERIFY(verified >= 6);
}

void MessageTest::refusesBadSignatures()
{
    for (const char* file : kFiles) {
        const auto json = jsonFile(file);
        for (const auto& entry : json.at("error")) {
            const auto result = verifyMessage(entry.at("address").get<std::string>(), Network::Main,
                                              entry.at("message").get<std::string>(),
                                              entry.at("signature").get<std::string>());
            QVERIFY2(!result, entry.at("description").get<std::string>().c_str());
        }
    }
    COMPARE_ERROR(verifyMessage("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Network::Main, "",
                                std::string(200'000, 'A')),
                  ErrorCode::Malformed);
}

void MessageTest::signsWhatItVerifies()
{
    for (const char* file : kFiles) {
        const auto json = jsonFile(file);
        for (const auto& entry : json.at("simple")) {
            const auto type = entry.at("type").get<std::string>();
            if (type != "p2wpkh" && type != "p2tr")
                continue;
            const auto key = keyOfWif(entry.at("private_keys").at(0).get<std::string>());
            const auto address = entry.at("address").get<std::string>();
            const auto script = scriptOf(address, Network::Main);
            VERIFY_RESULT(script);
            const auto message = entry.at("message").get<std::string>();
            const auto signature = signMessage(key, *script, message, crypto::Hash256{});
            VERIFY_RESULT(signature);
            VERIFY_RESULT(verifyMessage(address, Network::Main, message, *signature));
            const auto other =
                crypto::PrivateKey::create(base::SecretBytes::copyOf(base::Bytes(32, 9)));
            VERIFY_RESULT(other);
            COMPARE_ERROR(signMessage(*other, *script, message, crypto::Hash256{}),
                          ErrorCode::Rejected);
        }
    }
    const auto key = crypto::PrivateKey::create(base::SecretBytes::copyOf(base::Bytes(32, 9)));
    VERIFY_RESULT(key);
    COMPARE_ERROR(signMessage(*key, p2wsh(Hash256{}), "x", crypto::Hash256{}),
                  ErrorCode::Unsupported);
}

void MessageTest::verifiesLegacySignatures()
{
    const auto key = crypto::PrivateKey::create(base::SecretBytes::copyOf(base::Bytes(32, 9)));
    VERIFY_RESULT(key);
    const auto hash = key->publicKey().hash160();
    const std::array<Script, 3> scripts{p2pkh(hash), p2wpkh(hash), p2shOf(p2wpkh(hash))};
    const auto signature = signMessage(*key, scripts[0], "hello", crypto::Hash256{});
    VERIFY_RESULT(signature);
    for (const Script& script : scripts) {
        const auto address = addressOf(script, Network::Main);
        VERIFY_RESULT(address);
        const auto verified = verifyMessage(*address, Network::Main, "hello", *signature);
        VERIFY_RESULT(verified);
        QVERIFY(verified->format == MessageFormat::Legacy);
        COMPARE_ERROR(verifyMessage(*address, Network::Main, "Hello", *signature),
                      ErrorCode::Unproved);
    }
    const auto foreign = addressOf(p2pkh(crypto::Hash160{1}), Network::Main);
    VERIFY_RESULT(foreign);
    COMPARE_ERROR(verifyMessage(*foreign, Network::Main, "hello", *signature), ErrorCode::Unproved);
}

QTEST_GUILESS_MAIN(MessageTest)
#include "message_test.moc"
