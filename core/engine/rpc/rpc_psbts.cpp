// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// RpcDispatcher's other half: PSBTs, policy and the rehearsal of a restore.

#include "core/bitcoin/psbt/psbt.h"
#include "core/engine/api_json.h"
#include "core/engine/core.h"
#include "core/engine/post.h"
#include "core/engine/rpc/rpc_parameters.h"
#include "core/engine/rpc_dispatcher.h"
#include "core/engine/spending/psbt_info.h"
#include "core/money/amount_parse.h"
#include "core/storage/durable_file.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::Json;

namespace {

/// Hex is the longest form there is; line breaks may add some.
constexpr std::size_t kMaxPsbtFile = 3 * bitcoin::kMaxPsbtSize;

base::Result<QByteArray> readPsbt(const std::string& path)
{
    const auto content = TRY(storage::readFile(path, kMaxPsbtFile));
    if (content.empty())
        return Error{ErrorCode::Malformed, path + " is empty"};
    return QByteArray(reinterpret_cast<const char*>(content.data()),
                      static_cast<qsizetype>(content.size()));
}

/// BIP174, "Encoding": a file named .psbt is binary, text is base64.
base::Result<void> writePsbt(const QString& path, const QByteArray& psbt)
{
    const auto content = path.endsWith(QStringLiteral(".psbt"), Qt::CaseInsensitive)
                             ? psbt
                             : psbt.toBase64() + QByteArray("\n");
    return storage::writeFileDurably(path.toStdString(),
                                     {reinterpret_cast<const std::uint8_t*>(content.constData()),
                                      static_cast<std::size_t>(content.size())});
}

base::Result<api::LimitChange> limitOf(const Json& parameters, const char* member)
{
    api::LimitChange change;
    const auto text = textOf(parameters, member).toStdString();
    if (text.empty())
        return change;
    if (text == "none") {
        change.kind = api::LimitChange::Kind::Remove;
        return change;
    }
    change.kind = api::LimitChange::Kind::Set;
    change.amount = TRY(money::parseDecimal(text, money::Currency::bitcoin()));
    return change;
}

base::Result<api::PolicyChange> policyChangeOf(const Json& parameters)
{
    constexpr const char* kChanges[] = {"per_payment", "per_day",  "max_fee", "max_fee_rate",
                                        "allow",       "disallow", "state",   "allow_any"};
    if (std::ranges::none_of(kChanges, [&](const char* name) { return parameters.contains(name); }))
        return Error{ErrorCode::Usage, "nothing to change; see coffer-cli help"};
    api::PolicyChange change;
    change.perPayment = TRY(limitOf(parameters, "per_payment"));
    change.perDay = TRY(limitOf(parameters, "per_day"));
    if (parameters.contains("max_fee"))
        change.maxFee = TRY(money::parseDecimal(textOf(parameters, "max_fee").toStdString(),
                                                money::Currency::bitcoin()));
    if (parameters.contains("max_fee_rate"))
        change.maxFeeRateMilliSatPerVb =
            TRY(parseFeeRate(textOf(parameters, "max_fee_rate").toStdString()));
    change.allow = listOf(parameters, "allow");
    change.disallow = listOf(parameters, "disallow");
    if (parameters.contains("allow_any"))
        change.list = api::PolicyChange::List::Clear;
    const auto state = textOf(parameters, "state");
    if (state == QStringLiteral("frozen"))
        change.state = api::SigningState::Frozen;
    else if (state == QStringLiteral("active"))
        change.state = api::SigningState::Active;
    else if (!state.isEmpty())
        return Error{ErrorCode::Usage, "--state is active or frozen"};
    return change;
}

} // namespace

base::Result<Json> RpcDispatcher::rehearse(const Call& call)
{
    auto mnemonic = TRY(secret(call, "mnemonic_file"));
    auto passphrase = TRY(secret(call, "passphrase_file"));
    api::RehearseRestore request;
    request.wallet = call.wallet;
    request.mnemonic = std::move(mnemonic);
    request.passphrase = std::move(passphrase);
    const auto report = TRY(m_core.wallets().rehearse(std::move(request)));
    return toJson(report);
}

base::Result<QByteArray> RpcDispatcher::psbtFile(const Call& call) const
{
    return readPsbt(textOf(call.parameters, "file").toStdString());
}

base::Result<Json> RpcDispatcher::psbtAnswer(const Call& call, const char* target,
                                             const QByteArray& psbt) const
{
    const auto path = textOf(call.parameters, target);
    if (!path.isEmpty())
        TRY(writePsbt(path, psbt));
    Json out;
    out["psbt"] = psbt.toBase64().toStdString();
    out["file"] = path.isEmpty() ? Json(nullptr) : Json(path.toStdString());
    return out;
}

RpcDispatcher::Answer RpcDispatcher::psbts(Call call)
{
    const auto verb = call.command->verb;
    if (verb == "create")
        co_return co_await createPsbt(std::move(call));
    if (verb == "sign")
        co_return co_await signPsbt(std::move(call));
    if (verb == "broadcast")
        co_return co_await broadcastPsbt(std::move(call));
    if (verb == "combine")
        co_return combinePsbts(call);
    if (verb == "finalize")
        co_return finalisePsbt(call);
    CO_TRY(const auto psbt, psbtFile(call));
    // Without a password it is told what it does, not what of it is ours.
    const auto wallet =
        m_core.wallets().isHeldBy(call.wallet, m_holder) ? call.wallet : api::WalletId();
    CO_TRY(const auto info, m_core.psbts().inspect(wallet, psbt));
    co_return toJson(info);
}

RpcDispatcher::Answer RpcDispatcher::createPsbt(Call call)
{
    api::CreatePsbt request;
    CO_TRY(request.draft, draftOf(call));
    CO_TRY(const auto version, base::jsonOptionalInteger(call.parameters, "psbt_version"));
    if (version && *version != 0 && *version != 2)
        co_return Error{ErrorCode::OutOfRange, "--psbt-version is 0 or 2"};
    request.version = static_cast<int>(version.value_or(0));
    auto created = co_await m_core.psbts().create(std::move(request));
    if (!created)
        co_return created.error();
    CO_TRY(const auto file, psbtAnswer(call, "file", created->psbt));
    Json out = toJson(created->payment);
    out.update(file);
    co_return out;
}

RpcDispatcher::Answer RpcDispatcher::signPsbt(Call call)
{
    CO_TRY(auto psbt, psbtFile(call));
    api::SignPsbt request;
    const auto consent = readConsent(call, request);
    if (!consent)
        co_return consent.error();
    request.psbt = std::move(psbt);
    auto signedPsbt = co_await m_core.psbts().sign(std::move(request));
    if (!signedPsbt)
        co_return signedPsbt.error();
    CO_TRY(auto out, psbtAnswer(call, "out", signedPsbt->psbt));
    out["intent"] = signedPsbt->intent.toStdString();
    out["complete"] = signedPsbt->complete;
    co_return out;
}

RpcDispatcher::Answer RpcDispatcher::broadcastPsbt(Call call)
{
    CO_TRY(const auto psbt, psbtFile(call));
    CO_TRY(const auto sent, m_core.psbts().broadcast(call.wallet, psbt));
    // A one-shot command must not leave before somebody has the transaction.
    co_await m_core.payments().untilHandedOver(call.wallet, sent.intent);
    Json out;
    out["intent"] = sent.intent.toStdString();
    out["txid"] = sent.txid.toStdString();
    co_return out;
}

base::Result<Json> RpcDispatcher::combinePsbts(const Call& call) const
{
    std::vector<QByteArray> psbts;
    for (const auto& path : listOf(call.parameters, "file")) {
        auto psbt = TRY(readPsbt(path.toStdString()));
        psbts.push_back(std::move(psbt));
    }
    const auto combined = TRY(m_core.psbts().combine(psbts));
    auto out = TRY(psbtAnswer(call, "out", combined));
    const auto info = TRY(m_core.psbts().inspect({}, combined));
    out["complete"] = info.complete;
    return out;
}

base::Result<Json> RpcDispatcher::finalisePsbt(const Call& call) const
{
    const auto psbt = TRY(psbtFile(call));
    const auto finalised = TRY(m_core.psbts().finalise(psbt));
    auto out = TRY(psbtAnswer(call, "out", finalised.psbt));
    out["complete"] = finalised.complete;
    out["txid"] = finalised.complete ? Json(finalised.txid.toStdString()) : Json(nullptr);
    out["transaction"] =
        finalised.complete ? Json(finalised.transaction.toHex().toStdString()) : Json(nullptr);
    out["missing"] = finalised.missing;
    return out;
}

RpcDispatcher::Answer RpcDispatcher::policy(Call call)
{
    if (call.command->verb == "show") {
        CO_TRY(const auto shown, m_core.policy().show(call.wallet));
        co_return toJson(shown);
    }
    CO_TRY(auto change, policyChangeOf(call.parameters));
    change.wallet = call.wallet;
    auto password = secret(call, "password_file");
    if (!password)
        co_return password.error();
    change.password = password.take();
    auto changed = co_await m_core.policy().change(std::move(change));
    if (!changed)
        co_return changed.error();
    co_return toJson(*changed);
}

} // namespace coffer::engine
