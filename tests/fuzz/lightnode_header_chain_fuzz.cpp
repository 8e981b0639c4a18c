// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The header chain under records of 8 bytes: which known header to build on, how to spoil the new
// one, how often to repeat. Work never shrinks, bounds hold, and what is stored comes back to the
// same tip.

#include "core/base/assert.h"
#include "core/bitcoin/proof_of_work.h"
#include "core/lightnode/chain/header_chain.h"

#include <map>

using namespace coffer;
using namespace coffer::lightnode;

namespace {

constexpr std::size_t kRecord = 8;
constexpr std::size_t kMaxRecords = 64;
constexpr std::int64_t kNow = 2'000'000'000;

void applyTo(std::map<std::uint32_t, HeaderPeriodRow>& rows, const StorageBatch& batch)
{
    if (batch.removePeriodsFrom)
        rows.erase(rows.lower_bound(*batch.removePeriodsFrom), rows.end());
    for (const auto& row : batch.headerPeriods)
        rows[row.period] = row;
}

bitcoin::BlockHeader nextHeader(const bitcoin::BlockHeader& parent, const std::uint8_t* record)
{
    const auto& params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    bitcoin::BlockHeader out = parent;
    out.previous = parent.hash();
    out.version = (record[2] & 1) != 0 ? static_cast<std::int32_t>(record[3]) - 64 : 0x20000000;
    out.time = parent.time + record[4] * 16U - 256;
    out.nonce = record[5];
    if ((record[2] & 2) != 0)
        out.bits = 0x207fff00U + record[6];
    for (int i = 0; i < 16 && !bitcoin::checkProofOfWork(out.hash(), out.bits, params); ++i)
        ++out.nonce;
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto& params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    const auto& checkpoints = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain chain(params, checkpoints);
    std::vector<bitcoin::BlockHeader> known{params.genesis};
    std::map<std::uint32_t, HeaderPeriodRow> rows;
    for (std::size_t i = 0; i + kRecord <= size && i < kMaxRecords * kRecord; i += kRecord) {
        const auto* record = data + i;
        auto parent = known[(record[0] | (record[1] << 8U)) % known.size()];
        std::vector<RawHeader> batch;
        for (std::uint8_t n = 0; n <= record[7] % 8; ++n) {
            parent = nextHeader(parent, record);
            known.push_back(parent);
            batch.push_back(parent.serialize());
        }
        const auto before = chain.tipHeight();
        const auto result = chain.accept(batch, kNow, DeepReorganisations::Follow);
        // All targets are about equal here, so that work never shrinks by more than a block.
        ASSERT(chain.tipHeight() + 1 >= before);
        ASSERT(result.provedHeight <= chain.tipHeight());
        StorageBatch changes;
        chain.takeChanges(changes);
        applyTo(rows, changes);
    }
    std::vector<HeaderPeriodRow> stored;
    for (const auto& [period, row] : rows)
        stored.push_back(row);
    HeaderChain restored(params, checkpoints);
    restored.restore(stored);
    ASSERT(restored.tipHash() == chain.tipHash());
    ASSERT(chain.locator().size() <= kMaxLocator);
    return 0;
}
