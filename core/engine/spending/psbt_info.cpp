// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/spending/psbt_info.h"

#include "core/base/hex.h"
#include "core/bitcoin/address.h"
#include "core/bitcoin/sighash.h"
#include "core/crypto/bip32.h"
#include "core/engine/api_json.h"

#include <algorithm>

namespace coffer::engine {

using base::Json;

namespace {

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QString addressText(const bitcoin::Script& script, bitcoin::Network network)
{
    const auto address = bitcoin::addressOf(script, network);
    return address ? text(*address) : QString();
}

api::PsbtKey keyInfo(const bitcoin::PsbtSigner& signer)
{
    api::PsbtKey key;
    key.publicKey = text(base::toHex(signer.publicKey));
    key.hasSigned = signer.hasSigned;
    if (signer.origin) {
        key.fingerprint = text(base::toHex(signer.origin->fingerprint));
        key.path = text("m/" + crypto::formatPath(signer.origin->path));
    }
    return key;
}

QString pathText(const WalletSession& session, const bitcoin::ScriptOwner& owner)
{
    const auto account = session.watched(owner.account);
    if (!account || account->path.empty())
        return {};
    const auto branch = owner.role == bitcoin::DescriptorRole::Change ? "/1/" : "/0/";
    return text(account->path + branch + std::to_string(owner.index));
}

api::PsbtInputInfo inputInfo(const bitcoin::PsbtInputReport& input, const WalletSession* session,
                             bitcoin::Network network)
{
    api::PsbtInputInfo out;
    out.outpoint = text(input.point.toString());
    if (input.spent) {
        out.amount = money::Amount(input.spent->amount);
        out.address = addressText(input.spent->script, network);
    }
    out.proved = input.proved;
    if (session != nullptr && input.spent)
        out.ours = input.owner.has_value();
    if (session != nullptr && input.owner) {
        out.account = text(input.owner->account.toString());
        out.path = pathText(*session, *input.owner);
    }
    if (input.sighash)
        out.sighash = text(bitcoin::sighashName(*input.sighash));
    for (const auto& signer : input.signers)
        out.keys.push_back(keyInfo(signer));
    out.required = input.required;
    out.signatures = input.signatures;
    out.final = input.final;
    out.signedFully = input.isSigned();
    return out;
}

api::PsbtOutputInfo outputInfo(const bitcoin::PsbtOutputReport& output,
                               const WalletSession* session, bitcoin::Network network)
{
    api::PsbtOutputInfo out;
    out.amount = money::Amount(output.output.amount);
    out.address = addressText(output.output.script, network);
    out.script = text(base::toHex(output.output.script));
    if (session == nullptr)
        return out;
    out.ours = output.owner.has_value();
    if (output.owner) {
        out.change = output.owner->role == bitcoin::DescriptorRole::Change;
        out.account = text(output.owner->account.toString());
        out.path = pathText(*session, *output.owner);
    }
    return out;
}

std::optional<money::Amount> leavingOf(const bitcoin::PsbtReport& report)
{
    std::int64_t leaving = 0;
    for (const auto& input : report.inputs) {
        if (!input.spent)
            return std::nullopt;
        leaving += input.owner ? input.spent->amount : 0;
    }
    for (const auto& output : report.outputs)
        leaving -= output.owner ? output.output.amount : 0;
    return money::Amount(leaving);
}

QString nextStep(const bitcoin::PsbtReport& report, const WalletSession* session)
{
    if (report.complete)
        return QStringLiteral("broadcast");
    const bool oursIsMissing =
        std::ranges::any_of(report.inputs, [](const bitcoin::PsbtInputReport& input) {
            return input.owner && !input.isSigned();
        });
    return session == nullptr || oursIsMissing ? QStringLiteral("sign") : QStringLiteral("collect");
}

Json textOrNull(const QString& value)
{
    return value.isEmpty() ? Json(nullptr) : Json(value.toStdString());
}

Json amountOrNull(const std::optional<money::Amount>& amount)
{
    return amount ? Json(amount->toString()) : Json(nullptr);
}

Json boolOrNull(const std::optional<bool>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json obstacleJson(api::PsbtObstacle obstacle)
{
    using Obstacle = api::PsbtObstacle;
    switch (obstacle) {
    case Obstacle::None:
        return nullptr;
    case Obstacle::NoWallet:
        return "no_wallet";
    case Obstacle::NothingOurs:
        return "nothing_ours";
    case Obstacle::SeveralAccounts:
        return "several_accounts";
    case Obstacle::WatchOnly:
        return "watch_only";
    case Obstacle::Signed:
        return "signed";
    case Obstacle::Unsigned:
        return "unsigned";
    case Obstacle::Problem:
        return "problem";
    case Obstacle::Unproved:
        return "unproved";
    case Obstacle::CoinSpent:
        return "coin_spent";
    case Obstacle::CoinFrozen:
        return "coin_frozen";
    case Obstacle::CoinHeld:
        return "coin_held";
    case Obstacle::NotSynced:
        return "not_synced";
    case Obstacle::Sent:
        return "sent";
    case Obstacle::Confirmed:
        return "confirmed";
    case Obstacle::Refused:
        return "refused";
    }
    return nullptr;
}

Json inputJson(const api::PsbtInputInfo& input)
{
    Json out;
    out["outpoint"] = input.outpoint.toStdString();
    out["amount"] = amountOrNull(input.amount);
    out["address"] = textOrNull(input.address);
    out["proved"] = input.proved;
    out["ours"] = boolOrNull(input.ours);
    out["account"] = textOrNull(input.account);
    out["path"] = textOrNull(input.path);
    out["sighash"] = textOrNull(input.sighash);
    out["required"] = input.required ? Json(*input.required) : Json(nullptr);
    out["signatures"] = input.signatures;
    out["final"] = input.final;
    out["signed"] = input.signedFully;
    out["signed_by"] = Json::array();
    out["missing"] = Json::array();
    for (const auto& key : input.keys) {
        Json item;
        item["key"] = textOrNull(key.publicKey);
        item["fingerprint"] = textOrNull(key.fingerprint);
        item["path"] = textOrNull(key.path);
        out[key.hasSigned ? "signed_by" : "missing"].push_back(std::move(item));
    }
    return out;
}

Json outputJson(const api::PsbtOutputInfo& output)
{
    Json out;
    out["address"] = textOrNull(output.address);
    out["script"] = output.script.toStdString();
    out["amount"] = output.amount.toString();
    out["ours"] = boolOrNull(output.ours);
    out["change"] = output.change;
    out["account"] = textOrNull(output.account);
    out["path"] = textOrNull(output.path);
    return out;
}

} // namespace

api::PsbtInfo psbtInfo(const bitcoin::Psbt& psbt, const bitcoin::PsbtReport& report,
                       const WalletSession* session, bitcoin::Network network)
{
    api::PsbtInfo info;
    info.version = static_cast<int>(psbt.version());
    info.currency = money::Currency::bitcoin();
    if (report.txid)
        info.txid = text(report.txid->toHex());
    for (const auto& input : report.inputs)
        info.inputs.push_back(inputInfo(input, session, network));
    for (const auto& output : report.outputs)
        info.outputs.push_back(outputInfo(output, session, network));
    if (report.inputSum)
        info.inputSum = money::Amount(*report.inputSum);
    info.outputSum = money::Amount(report.outputSum);
    if (report.fee)
        info.fee = money::Amount(*report.fee);
    if (report.fee && report.vsize && *report.vsize > 0)
        info.feeRateMilliSatPerVb = *report.fee * 1000 / *report.vsize;
    if (session != nullptr)
        info.leaving = leavingOf(report);
    info.complete = report.complete;
    info.next = nextStep(report, session);
    for (const auto& problem : report.problems) {
        api::PsbtProblem item;
        item.rule = QString::fromUtf8(problem.rule);
        item.input = problem.input ? static_cast<int>(*problem.input) : -1;
        item.output = problem.output ? static_cast<int>(*problem.output) : -1;
        info.problems.push_back(std::move(item));
    }
    const bool ours = std::ranges::any_of(report.inputs, [](const bitcoin::PsbtInputReport& input) {
        return input.owner.has_value();
    });
    if (!ours && bitcoin::namesOtherNetwork(psbt, bitcoin::paramsOf(network)))
        info.problems.push_back({QStringLiteral("other_network"), -1, -1});
    return info;
}

Json toJson(const api::PsbtInfo& info)
{
    Json out;
    out["version"] = info.version;
    out["currency"] = std::string(info.currency.code());
    out["txid"] = textOrNull(info.txid);
    out["inputs"] = Json::array();
    for (const auto& input : info.inputs)
        out["inputs"].push_back(inputJson(input));
    out["outputs"] = Json::array();
    for (const auto& output : info.outputs)
        out["outputs"].push_back(outputJson(output));
    out["amount_in"] = amountOrNull(info.inputSum);
    out["amount_out"] = info.outputSum.toString();
    out["fee"] = amountOrNull(info.fee);
    out["fee_rate"] =
        info.feeRateMilliSatPerVb ? Json(formatFeeRate(*info.feeRateMilliSatPerVb)) : Json(nullptr);
    out["leaving"] = amountOrNull(info.leaving);
    out["complete"] = info.complete;
    out["next"] = info.next.toStdString();
    out["problems"] = Json::array();
    for (const auto& problem : info.problems) {
        Json item;
        item["problem"] = problem.rule.toStdString();
        item["input"] = problem.input < 0 ? Json(nullptr) : Json(problem.input);
        item["output"] = problem.output < 0 ? Json(nullptr) : Json(problem.output);
        out["problems"].push_back(std::move(item));
    }
    out["warnings"] = findingsJson(info.findings);
    out["cannot_sign"] = obstacleJson(info.signing);
    out["cannot_send"] = obstacleJson(info.sending);
    return out;
}

} // namespace coffer::engine
