// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes: a transaction is refused or written back bit for bit; sizes, digests and checks hold.

#include "core/bitcoin/sighash.h"
#include "core/bitcoin/transaction.h"
#include "core/bitcoin/verify.h"

using namespace coffer;
using bitcoin::Transaction;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    if (const auto tx = Transaction::parse(bytes)) {
        ASSERT(base::equal(tx->serialize(), bytes));
        ASSERT(tx->size() == static_cast<std::int64_t>(size));
        ASSERT(tx->sizeNoWitness() == static_cast<std::int64_t>(tx->serializeNoWitness().size()));
        ASSERT(tx->hasWitness() || tx->txid().bytes() == tx->wtxid().bytes());
        ASSERT(tx->weight() <= 4 * tx->size() && tx->vsize() <= tx->size());
        if (tx->checkStructure())
            ASSERT(tx->outputSum());
        std::vector<bitcoin::TxOutput> spent(tx->inputs.size());
        for (std::size_t i = 0; i < spent.size() && i < 4; ++i) {
            const auto& witness = tx->inputs[i].witness;
            spent[i].script = witness.empty() ? bitcoin::p2shOf(tx->inputs[i].scriptSig)
                                              : bitcoin::p2wshOf(witness.back());
            (void)bitcoin::legacySighash(*tx, i, spent[i].script, data[size - 1]);
            (void)bitcoin::verifyInput(*tx, i, spent);
        }
    }
    if (const auto tx = Transaction::parseNoWitness(bytes))
        ASSERT(base::equal(tx->serializeNoWitness(), bytes));
    return 0;
}
