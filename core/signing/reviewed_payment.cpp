// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/signing/reviewed_payment.h"

#include "core/base/cbor.h"
#include "core/bitcoin/psbt/psbt_roles.h"

namespace coffer::signing {

using base::CborReader;
using base::CborType;
using base::CborWriter;
using base::Error;
using base::ErrorCode;
using base::Result;
using bitcoin::ScriptOwner;

namespace {

constexpr std::uint64_t kFormat = 1;
constexpr std::size_t kMembers = 8;

void writeOwner(CborWriter& out, const std::optional<ScriptOwner>& owner)
{
    if (!owner) {
        out.null();
        return;
    }
    out.beginArray(3);
    out.bytes(owner->account.bytes());
    out.uint(static_cast<std::uint64_t>(owner->role));
    out.uint(owner->index);
}

Result<std::uint32_t> readU32(CborReader& in)
{
    const std::uint64_t value = TRY(in.uint());
    if (value > 0xffffffff)
        return Error{ErrorCode::Malformed, "number above 32 bits"};
    return static_cast<std::uint32_t>(value);
}

Result<void> expectArray(CborReader& in, std::size_t wanted)
{
    const std::size_t count = TRY(in.array());
    if (count != wanted)
        return Error{ErrorCode::Malformed, "array of the wrong length"};
    return {};
}

Result<std::optional<ScriptOwner>> readOwner(CborReader& in)
{
    const CborType type = TRY(in.peek());
    if (type == CborType::Null) {
        TRY(in.null());
        return std::optional<ScriptOwner>();
    }
    TRY(expectArray(in, 3));
    ScriptOwner owner;
    const auto account = TRY(in.byteArray<16>());
    owner.account = base::Uuid(account);
    const std::uint64_t role = TRY(in.uint());
    if (role > static_cast<std::uint64_t>(bitcoin::DescriptorRole::Change))
        return Error{ErrorCode::Malformed, "unknown descriptor role"};
    owner.role = static_cast<bitcoin::DescriptorRole>(role);
    owner.index = TRY(readU32(in));
    return std::optional(owner);
}

Result<std::int64_t> readMoney(CborReader& in)
{
    const std::int64_t amount = TRY(in.integer());
    if (!bitcoin::isMoney(amount))
        return Error{ErrorCode::OutOfRange, "amount"};
    return amount;
}

Result<ReviewedInput> readInput(CborReader& in)
{
    TRY(expectArray(in, 5));
    ReviewedInput input;
    const auto txid = TRY(in.byteArray<32>());
    input.point.txid = bitcoin::Txid(txid);
    input.point.index = TRY(readU32(in));
    input.amount = TRY(readMoney(in));
    input.sequence = TRY(readU32(in));
    input.own = TRY(readOwner(in));
    return input;
}

Result<ReviewedOutput> readOutput(CborReader& in)
{
    TRY(expectArray(in, 3));
    ReviewedOutput output;
    output.output.amount = TRY(readMoney(in));
    const base::ByteView script = TRY(in.bytes());
    output.output.script = base::bytesOf(script);
    output.own = TRY(readOwner(in));
    return output;
}

} // namespace

ReviewedPayment reviewOf(const bitcoin::BuiltTransaction& built, const base::Uuid& intent,
                         const bitcoin::AccountId& account)
{
    ReviewedPayment reviewed;
    reviewed.intent = intent;
    reviewed.account = account;
    const bitcoin::Transaction& transaction = built.transaction();
    for (std::size_t i = 0; i < built.inputs.size(); ++i) {
        const bitcoin::Coin& coin = built.inputs[i].coin;
        reviewed.inputs.push_back(
            {coin.point, coin.output.amount, transaction.inputs[i].sequence, coin.owner});
    }
    for (const bitcoin::BuiltOutput& output : built.outputs)
        reviewed.outputs.push_back({output.output, output.owner});
    reviewed.fee = built.fee;
    reviewed.version = transaction.version;
    reviewed.lockTime = transaction.lockTime;
    return reviewed;
}

Result<ReviewedPayment> reviewOf(const bitcoin::Psbt& psbt, const bitcoin::ScriptIndex& index,
                                 const base::Uuid& intent, const bitcoin::AccountId& account)
{
    ReviewedPayment reviewed;
    reviewed.intent = intent;
    reviewed.account = account;
    const bitcoin::Transaction& transaction = psbt.unsignedTransaction();
    for (std::size_t i = 0; i < transaction.inputs.size(); ++i) {
        const auto spent = TRY(bitcoin::spentOutput(psbt, i));
        auto owner = index.lookup(spent.output.script);
        if (owner && owner->account != account)
            owner.reset(); // Another account of ours: not signed here.
        reviewed.inputs.push_back({transaction.inputs[i].previous, spent.output.amount,
                                   transaction.inputs[i].sequence, owner});
    }
    for (const bitcoin::TxOutput& output : transaction.outputs)
        reviewed.outputs.push_back({output, index.lookup(output.script)});
    reviewed.fee = TRY(bitcoin::feeOf(psbt));
    reviewed.version = transaction.version;
    reviewed.lockTime = transaction.lockTime;
    return reviewed;
}

base::Bytes encodeReviewed(const ReviewedPayment& reviewed)
{
    CborWriter out;
    out.beginArray(kMembers);
    out.uint(kFormat);
    out.bytes(reviewed.intent.bytes());
    out.bytes(reviewed.account.bytes());
    out.beginArray(reviewed.inputs.size());
    for (const ReviewedInput& input : reviewed.inputs) {
        out.beginArray(5);
        out.bytes(input.point.txid.bytes());
        out.uint(input.point.index);
        out.integer(input.amount);
        out.uint(input.sequence);
        writeOwner(out, input.own);
    }
    out.beginArray(reviewed.outputs.size());
    for (const ReviewedOutput& output : reviewed.outputs) {
        out.beginArray(3);
        out.integer(output.output.amount);
        out.bytes(output.output.script);
        writeOwner(out, output.own);
    }
    out.integer(reviewed.fee);
    out.integer(reviewed.version);
    out.uint(reviewed.lockTime);
    return out.take();
}

Result<ReviewedPayment> decodeReviewed(base::ByteView bytes)
{
    CborReader in(bytes);
    TRY(expectArray(in, kMembers));
    const std::uint64_t format = TRY(in.uint());
    if (format != kFormat)
        return Error{ErrorCode::VersionTooNew, "review of a newer version"};
    ReviewedPayment reviewed;
    const auto intent = TRY(in.byteArray<16>());
    reviewed.intent = base::Uuid(intent);
    const auto account = TRY(in.byteArray<16>());
    reviewed.account = base::Uuid(account);
    const std::size_t inputs = TRY(in.array());
    for (std::size_t i = 0; i < inputs; ++i) {
        auto input = TRY(readInput(in));
        reviewed.inputs.push_back(std::move(input));
    }
    const std::size_t outputs = TRY(in.array());
    for (std::size_t i = 0; i < outputs; ++i) {
        auto output = TRY(readOutput(in));
        reviewed.outputs.push_back(std::move(output));
    }
    reviewed.fee = TRY(readMoney(in));
    const std::int64_t version = TRY(in.integer());
    if (version < INT32_MIN || version > INT32_MAX)
        return Error{ErrorCode::Malformed, "transaction version"};
    reviewed.version = static_cast<std::int32_t>(version);
    reviewed.lockTime = TRY(readU32(in));
    TRY(in.expectEnd());
    return reviewed;
}

} // namespace coffer::signing
