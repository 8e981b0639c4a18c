// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/psbt/psbt.h"

namespace coffer::bitcoin::psbt_fields {

/// One pair, its key taken apart.
struct Field
{
    std::uint64_t type = 0;
    base::ByteView keyData;
    base::ByteView value;
};

/// Malformed when the key has no type.
base::Result<Field> split(base::ByteView key, base::ByteView value);

// Every rule that concerns one field alone; unknown types pass. Malformed names the field.
base::Result<void> checkGlobal(const Field& field, PsbtVersion version);
base::Result<void> checkInput(const Field& field, PsbtVersion version);
base::Result<void> checkOutput(const Field& field, PsbtVersion version);

/// Fields that say what the transaction is; they never change after creation.
bool describesTransactionGlobal(std::uint64_t type);
bool describesTransactionInput(std::uint64_t type);
bool describesTransactionOutput(std::uint64_t type);

// Values that were checked before.
std::uint32_t readU32(base::ByteView value);
std::int64_t readAmount(base::ByteView value);
base::Result<std::vector<base::Bytes>> readWitness(base::ByteView value);
base::Result<PsbtDerivation> readDerivation(const PsbtMap::Entry& entry);
base::Result<PsbtDerivation> readTapDerivation(const PsbtMap::Entry& entry);

} // namespace coffer::bitcoin::psbt_fields
