// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bitcoin/hash_id.h"

#include <QString>

#include <vector>

namespace coffer::bench {

/// How fast the wire is when nobody looks at what arrives: asks a node for the same filter headers
/// and filters as we do and throws the answers away. `stops` are the hashes of every thousandth
/// block up to the last.
base::Result<double> readFiltersRaw(quint16 port, const std::vector<bitcoin::BlockHash>& stops,
                                    std::uint32_t lastHeight);

} // namespace coffer::bench
