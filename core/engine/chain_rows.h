// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/stored_state.h"
#include "core/storage/chain_store.h"

/// The light node's rows and the chain store's: the same data, since neither module may know the
/// other.
namespace coffer::engine {

/// Borrows the filters of `batch`: use it while that lives.
storage::ChainBatch toStorage(const lightnode::StorageBatch& batch);
lightnode::StoredState toNode(storage::ChainState state);
lightnode::FilterSegment toNode(const storage::FilterSegmentData& data);

} // namespace coffer::engine
