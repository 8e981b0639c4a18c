// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is signed is exactly what consensus hashes. Method: Bitcoin Core's 500 legacy digests,
// the preimages of BIP143, the wallet vectors of BIP341.

#include "core/bitcoin/sighash.h"
#include "core/crypto/hash.h"
#include "core/crypto/secp256k1.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::SighashCache;
using bitcoin::Transaction;
using bitcoin::TxOutput;

class SighashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void legacyEqualsCores();
    void witnessV0EqualsBip143();
    void taprootEqualsBip341();
    void taprootRefusesUndefinedTypes();
};

void SighashTest::legacyEqualsCores()
{
    int count = 0;
    for (const auto& row : jsonFile("btc/core/sighash.json")) {
        if (row.size() < 5)
            continue;
        ++count;
        const auto tx = Transaction::parse(hex(row[0]));
        VERIFY_RESULT(tx);
        const auto hashType = static_cast<std::uint32_t>(row[3].get<std::int64_t>());
        const auto digest =
            bitcoin::legacySighash(*tx, row[2].get<std::size_t>(), hex(row[1]), hashType);
        QCOMPARE(shown(bitcoin::toReversedHex(digest)), shown(text(row[4])));
    }
    QCOMPARE(count, 500);
}

void SighashTest::witnessV0EqualsBip143()
{
    int count = 0;
    for (const auto& section : jsonFile("btc/bip143/bip143.json")) {
        std::vector<Transaction> transactions;
        std::optional<bitcoin::Hash256> last;
        for (const auto& event : section["events"]) {
            if (event.contains("unsigned_tx")) {
                auto tx = Transaction::parse(hex(event["unsigned_tx"]));
                VERIFY_RESULT(tx);
                transactions.push_back(tx.take());
            }
            if (event.contains("sigHash") && last) {
                QCOMPARE(shown(*last), shown(text(event["sigHash"])));
                last.reset();
            }
            if (!event.contains("preimage"))
                continue;
            // The fields of the preimage say what to compute; it must come to the same digest.
            const auto preimage = hex(event["preimage"]);
            base::ByteReader reader(preimage);
            VERIFY_RESULT(reader.skip(68));
            bitcoin::OutPoint point{bitcoin::Txid(*reader.array<32>()), *reader.u32le()};
            const auto code = base::bytesOf(*reader.take(*reader.compactSize(10'000)));
            const auto amount = static_cast<std::int64_t>(*reader.u64le());
            VERIFY_RESULT(reader.skip(4 + 32 + 4));
            const auto hashType = *reader.u32le();
            VERIFY_RESULT(reader.expectEnd());
            for (const auto& tx : transactions) {
                for (std::size_t i = 0; i < tx.inputs.size(); ++i) {
                    if (tx.inputs[i].previous != point)
                        continue;
                    last = SighashCache(tx).witnessV0(i, code, amount, hashType);
                    QCOMPARE(shown(*last), shown(crypto::sha256d(preimage)));
                    ++count;
                }
            }
        }
    }
    QVERIFY(count >= 12);
}

void SighashTest::taprootEqualsBip341()
{
    int count = 0;
    const auto data = jsonFile("btc/bip341/wallet-test-vectors.json");
    for (const auto& vector : data["keyPathSpending"]) {
        const auto tx = Transaction::parse(hex(vector["given"]["rawUnsignedTx"]));
        VERIFY_RESULT(tx);
        std::vector<TxOutput> spent;
        for (const auto& utxo : vector["given"]["utxosSpent"])
            spent.push_back({utxo["amountSats"].get<std::int64_t>(), hex(utxo["scriptPubKey"])});
        const SighashCache cache(*tx, spent);
        for (const auto& input : vector["inputSpending"]) {
            const auto& given = input["given"];
            const auto index = given["txinIndex"].get<std::size_t>();
            const auto hashType = given["hashType"].get<std::uint8_t>();
            const auto digest = cache.taprootKeyPath(index, hashType);
            VERIFY_RESULT(digest);
            QCOMPARE(shown(*digest), shown(text(input["intermediary"]["sigHash"])));
            const auto witness = hex(input["expected"]["witness"][0]);
            const auto key =
                crypto::XOnlyPublicKey::parse(base::ByteView(spent[index].script).subspan(2));
            VERIFY_RESULT(key);
            QVERIFY(crypto::verifySchnorr(*key, *digest, base::ByteView(witness).first(64)));
            ++count;
        }
    }
    QCOMPARE(count, 7);
}

void SighashTest::taprootRefusesUndefinedTypes()
{
    Transaction tx;
    tx.inputs.resize(2);
    tx.outputs.resize(1);
    const std::vector<TxOutput> spent(2);
    const SighashCache cache(tx, spent);
    for (const int hashType : {0x04, 0x80, 0x84, 0x41, 0xff})
        COMPARE_ERROR(cache.taprootKeyPath(0, static_cast<std::uint8_t>(hashType)),
                      ErrorCode::OutOfRange);
    VERIFY_RESULT(cache.taprootKeyPath(0, 0x83));
    COMPARE_ERROR(cache.taprootKeyPath(1, 0x83), ErrorCode::OutOfRange); // No second output.
    COMPARE_ERROR(cache.taprootKeyPath(2, 0), ErrorCode::OutOfRange);
    COMPARE_ERROR(SighashCache(tx).taprootKeyPath(0, 0), ErrorCode::Rejected);
    // Annex and leaf are part of what is signed.
    const base::Bytes annex{0x50, 1};
    const bitcoin::Hash256 leaf{7};
    const auto plain = cache.taprootKeyPath(0, 0);
    const auto withAnnex = cache.taprootKeyPath(0, 0, annex);
    const auto withLeaf = cache.taprootScriptPath(0, 0, leaf);
    QVERIFY(*plain != *withAnnex && *plain != *withLeaf && *withAnnex != *withLeaf);
}

QTEST_GUILESS_MAIN(SighashTest)
#include "sighash_test.moc"
