// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/rpc_dispatcher.h"

#include "core/base/clock.h"
#include "core/engine/api_json.h"
#include "core/engine/core.h"
#include "core/engine/post.h"
#include "core/engine/rpc/rpc_parameters.h"
#include "core/engine/secret_file.h"
#include "core/engine/wallets/realms.h"
#include "core/money/amount_parse.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using base::Json;

namespace {

template <typename T>
Json listJson(const std::vector<T>& items)
{
    Json out = Json::array();
    for (const auto& item : items)
        out.push_back(toJson(item));
    return out;
}

/// Commands of one client that have not ended; more than a person or a script starts at once. Each
/// may hold a secret and a place in the pool's queue.
constexpr int kMostRunning = 32;

Json errorJson(const Error& error)
{
    Json out;
    out["code"] =
        error.code == ErrorCode::Malformed || error.code == ErrorCode::Usage ? -32602 : -32000;
    out["message"] = error.detail;
    out["data"]["code"] = std::string(base::errorCodeName(error.code));
    out["data"]["detail"] = error.detail;
    return out;
}

/// Whether it is one of these verbs of `wallet`.
bool isOneOf(const Command& command, std::initializer_list<std::string_view> verbs)
{
    return command.noun == "wallet" && std::ranges::find(verbs, command.verb) != verbs.end();
}

} // namespace

RpcDispatcher::RpcDispatcher(Core& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_holder(core.wallets().addHolder())
{
}

RpcDispatcher::~RpcDispatcher()
{
    if (!m_retired)
        m_core.wallets().release(m_holder);
}

void RpcDispatcher::retire()
{
    if (m_retired)
        return;
    m_retired = true;
    disconnect(this, &RpcDispatcher::lineReady, nullptr, nullptr);
    m_core.wallets().release(m_holder);
    if (m_running == 0)
        deleteLater();
}

void RpcDispatcher::handle(const std::string& line)
{
    if (m_retired)
        return;
    auto request = base::parseJson(line);
    if (!request) {
        Json out;
        out["jsonrpc"] = "2.0";
        out["id"] = nullptr;
        out["error"] = errorJson(request.error());
        Q_EMIT lineReady(base::writeJson(out));
        return;
    }
    answer(request.take());
}

QCoro::Task<> RpcDispatcher::answer(Json request)
{
    ++m_running; // This object stays until the end of the function.
    const bool identified = request.is_object() && request.contains("id");
    Json out;
    out["jsonrpc"] = "2.0";
    out["id"] = identified ? request["id"] : Json(nullptr);
    base::Result<Json> result =
        Error{ErrorCode::TooLarge, "more commands at once than a connection may have"};
    try {
        if (m_running <= kMostRunning)
            result = co_await run(std::move(request));
    } catch (const std::exception& exception) {
        // Only the standard library throws here (memory): the client must still get its answer.
        result = Error{ErrorCode::Internal, exception.what()};
    }
    if (result)
        out["result"] = result.take();
    else
        out["error"] = errorJson(result.error());
    Q_EMIT lineReady(base::writeJson(out));
    if (--m_running == 0 && m_retired)
        deleteLater();
}

RpcDispatcher::Answer RpcDispatcher::run(Json request)
{
    CO_TRY(const auto method, base::jsonString(request, "method"));
    CO_TRY(const auto network, base::jsonOptionalString(request, "network"));
    if (network && *network != m_core.networkName())
        co_return Error{ErrorCode::Conflict, "the running engine is on " + m_core.networkName()};
    Call call;
    call.command = findCommand(method);
    if (call.command == nullptr)
        co_return Error{ErrorCode::Usage, "unknown method " + method};
    call.parameters = request.contains("params") ? request["params"] : Json::object();
    auto checked = checkParameters(*call.command, call.parameters);
    if (!checked)
        co_return checked.error();
    call.wallet = textOf(call.parameters, "wallet");
    co_return co_await admit(std::move(call));
}

RpcDispatcher::Answer RpcDispatcher::admit(Call call)
{
    const auto access = call.command->access;
    const bool makesWallet = isOneOf(*call.command, {"create", "restore", "watch", "import"});
    // They work on closed files, also on a damaged one, and check the password themselves.
    const bool movesFile = isOneOf(*call.command, {"rename", "delete"});
    const bool mustName = makesWallet || isOneOf(*call.command, {"delete"});
    const bool hasPassword = call.parameters.contains("password_file");
    if (access == WalletAccess::Named || access == WalletAccess::Unlocked ||
        access == WalletAccess::Password) {
        if (call.wallet.isEmpty()) {
            // With a single wallet there is nothing to choose.
            const auto wallets = m_core.wallets().snapshot().wallets;
            if (wallets.size() != 1 || mustName)
                co_return Error{ErrorCode::Usage, "which wallet? (--wallet NAME)"};
            call.wallet = wallets.front().id;
        }
    }
    if (access == WalletAccess::Password && !hasPassword)
        co_return Error{ErrorCode::PasswordNeeded, "this command needs --password-file"};
    // `node sync` scans a wallet when one is named with its password.
    const bool reads = access == WalletAccess::Unlocked ||
                       (access == WalletAccess::Password && !makesWallet && !movesFile) ||
                       (access == WalletAccess::None && hasPassword && !call.wallet.isEmpty());
    if (reads && hasPassword) {
        auto password = secret(call, "password_file");
        if (!password)
            co_return password.error();
        auto opened =
            co_await m_core.wallets().authenticate(call.wallet, password.take(), m_holder);
        if (!opened)
            co_return opened.error();
    } else if (reads && !m_core.wallets().isHeldBy(call.wallet, m_holder)) {
        co_return Error{ErrorCode::Locked, "this connection has not unlocked the wallet"};
    }
    co_return co_await dispatch(std::move(call));
}

RpcDispatcher::Answer RpcDispatcher::dispatch(Call call)
{
    const auto noun = call.command->noun;
    if (noun == "wallet")
        co_return co_await wallets(std::move(call));
    if (noun == "account" || noun == "address" || noun == "balance" || noun == "coins")
        co_return co_await accounts(std::move(call));
    if (noun == "send" || noun == "fees")
        co_return co_await payments(std::move(call));
    if (noun == "psbt")
        co_return co_await psbts(std::move(call));
    if (noun == "policy")
        co_return co_await policy(std::move(call));
    if (noun == "node" || noun == "network-log")
        co_return co_await node(std::move(call));
    if (noun == "window")
        co_return raiseWindow(call);
    co_return co_await history(std::move(call));
}

base::Result<Json> RpcDispatcher::raiseWindow(const Call& call)
{
    if (m_core.role() != Engine::Role::Window)
        return Error{ErrorCode::Unsupported, "the engine of this folder runs without a window"};
    Q_EMIT m_core.raiseRequested(textOf(call.parameters, "link"));
    return Json::object();
}

base::Result<base::SecretBytes> RpcDispatcher::secret(const Call& call,
                                                      const std::string& member) const
{
    if (!call.parameters.contains(member))
        return base::SecretBytes();
    auto known = call.secrets->find(member);
    if (known == call.secrets->end()) {
        const auto others = realmOf(m_core.network().network) == vault::Realm::Local
                                ? ReadableByOthers::Logged
                                : ReadableByOthers::Refused;
        const auto path = textOf(call.parameters, member.c_str()).toStdString();
        auto read = TRY(readSecretFile(path, others));
        known = call.secrets->emplace(member, std::move(read)).first;
    }
    return known->second.clone();
}

base::Result<void> RpcDispatcher::readConsent(const Call& call, api::SigningConsent& consent) const
{
    auto password = TRY(secret(call, "password_file"));
    auto passphrase = TRY(secret(call, "passphrase_file"));
    consent.wallet = call.wallet;
    consent.password = std::move(password);
    consent.passphrase = std::move(passphrase);
    consent.acknowledgedDangers = listOf(call.parameters, "acknowledge");
    return {};
}

base::Result<api::AccountInfo> RpcDispatcher::account(const Call& call) const
{
    const auto wanted = textOf(call.parameters, "account");
    const auto accounts = m_core.accounts().snapshot(call.wallet).accounts;
    for (const auto& account : accounts) {
        if (wanted.isEmpty() || account.id == wanted || account.name == wanted)
            return account;
    }
    return Error{ErrorCode::NotFound, accounts.empty()
                                          ? "the wallet has no account; account add makes one"
                                          : "no account of that id or name"};
}
RpcDispatcher::Answer RpcDispatcher::createOrRestore(Call call)
{
    const auto& parameters = call.parameters;
    auto password = secret(call, "password_file");
    if (!password)
        co_return password.error();
    auto passphrase = secret(call, "passphrase_file");
    if (!passphrase)
        co_return passphrase.error();
    const auto passphraseUse = parameters.contains("ask_passphrase") ? api::PassphraseUse::Asked
                                                                     : api::PassphraseUse::Stored;
    CO_TRY(const auto birthday, dateOf(parameters, "birthday"));
    base::Result<api::CreatedWallet> created = Error{};
    // The command line adds accounts by `account add`.
    if (call.command->verb == "create") {
        CO_TRY(const auto words, base::jsonOptionalInteger(parameters, "words"));
        if (words && *words != 12 && *words != 24)
            co_return Error{ErrorCode::OutOfRange, "12 or 24 words"};
        api::CreateWallet request;
        request.name = call.wallet;
        request.password = password.take();
        request.words = static_cast<int>(words.value_or(12));
        request.passphrase = passphrase.take();
        request.passphraseUse = passphraseUse;
        request.accounts.clear();
        created = co_await m_core.wallets().create(std::move(request));
    } else if (call.command->verb == "restore") {
        auto mnemonic = secret(call, "mnemonic_file");
        if (!mnemonic)
            co_return mnemonic.error();
        api::RestoreWallet request;
        request.name = call.wallet;
        request.password = password.take();
        request.mnemonic = mnemonic.take();
        request.passphrase = passphrase.take();
        request.passphraseUse = passphraseUse;
        request.birthdayMs = birthday;
        request.accounts.clear();
        request.language = textOf(parameters, "language");
        created = co_await m_core.wallets().restore(std::move(request));
    } else {
        api::WatchWallet request;
        request.name = call.wallet;
        request.password = password.take();
        request.descriptor = textOf(parameters, "descriptor");
        request.birthdayMs = birthday;
        created = co_await m_core.wallets().watch(std::move(request));
    }
    if (!created)
        co_return created.error();
    m_core.wallets().transferUnlock(call.wallet, m_holder);
    Json out;
    out["wallet"] = created->wallet.toStdString();
    out["fingerprint"] =
        created->fingerprint.isEmpty() ? Json(nullptr) : Json(created->fingerprint.toStdString());
    if (parameters.contains("mnemonic_out")) {
        auto again = secret(call, "password_file");
        if (!again)
            co_return again.error();
        auto written = co_await m_core.wallets().writeWords(
            call.wallet, again.take(), textOf(parameters, "mnemonic_out").toStdString());
        if (!written)
            co_return written.error();
    }
    co_return out;
}

RpcDispatcher::Answer RpcDispatcher::wallets(Call call)
{
    const auto verb = call.command->verb;
    auto& service = m_core.wallets();
    if (verb == "create" || verb == "restore" || verb == "watch")
        co_return co_await createOrRestore(std::move(call));
    if (verb == "backup" || verb == "verify-backup")
        co_return co_await backups(std::move(call));
    if (verb == "rehearse")
        co_return rehearse(call);
    if (isOneOf(*call.command, {"import", "rename", "delete"}))
        co_return co_await walletFiles(std::move(call));
    Json out = Json::object();
    if (verb == "list") {
        out["wallets"] = listJson(service.snapshot().wallets);
        co_return out;
    }
    if (verb == "info") {
        for (const auto& wallet : service.snapshot().wallets) {
            if (wallet.id == call.wallet)
                out = toJson(wallet);
        }
        out["accounts"] = listJson(m_core.accounts().snapshot(call.wallet).accounts);
        co_return out;
    }
    if (verb == "lock") {
        auto locked = service.lock(call.wallet);
        if (!locked)
            co_return locked.error();
        co_return out;
    }
    if (verb == "change-password" || verb == "rotate-keys") {
        auto password = secret(call, "password_file");
        if (!password)
            co_return password.error();
        auto next = secret(call, verb == "rotate-keys" ? "password_file" : "new_password_file");
        if (!next)
            co_return next.error();
        auto changed = co_await service.changePassword(call.wallet, password.take(), next.take());
        if (!changed)
            co_return changed.error();
        co_return out;
    }
    if (verb == "show-mnemonic") {
        if (!call.parameters.contains("mnemonic_out"))
            co_return Error{ErrorCode::Malformed, "params.mnemonic_out is missing"};
        auto password = secret(call, "password_file");
        if (!password)
            co_return password.error();
        auto written = co_await service.writeWords(
            call.wallet, password.take(), textOf(call.parameters, "mnemonic_out").toStdString());
        if (!written)
            co_return written.error();
    }
    out["wallet"] = call.wallet.toStdString(); // unlock, show-mnemonic
    co_return out;
}

RpcDispatcher::Answer RpcDispatcher::backups(Call call)
{
    const auto path = textOf(call.parameters, "file");
    auto backupPassword = secret(call, "backup_password_file");
    if (!backupPassword)
        co_return backupPassword.error();
    base::Result<api::BackupReport> report = Error{};
    if (call.command->verb == "backup") {
        auto password = secret(call, "password_file");
        if (!password)
            co_return password.error();
        report = co_await m_core.wallets().backup(call.wallet, path, password.take(),
                                                  backupPassword.take());
    } else {
        report = co_await m_core.wallets().verifyBackup(path, backupPassword.take());
    }
    if (!report)
        co_return report.error();
    co_return toJson(*report);
}
base::Result<Json> RpcDispatcher::balances(const Call& call) const
{
    const auto name = textOf(call.parameters, "account");
    if (!name.isEmpty())
        TRY(account(call));
    Json out;
    out["balances"] = Json::array();
    for (const auto& info : m_core.accounts().snapshot(call.wallet).accounts) {
        if (name.isEmpty() || info.id == name || info.name == name)
            out["balances"].push_back(balanceJson(info, m_core.clock().utcMs()));
    }
    out["notices"] = Json::array();
    for (const auto& wallet : m_core.wallets().snapshot().wallets) {
        if (wallet.id == call.wallet)
            out["notices"] = toJson(wallet)["notices"];
    }
    return out;
}

RpcDispatcher::Answer RpcDispatcher::accounts(Call call)
{
    const auto& parameters = call.parameters;
    const auto noun = call.command->noun;
    const auto verb = call.command->verb;
    auto& service = m_core.accounts();
    Json out = Json::object();
    if (noun == "account" && verb == "add") {
        const auto currency = textOf(parameters, "currency");
        if (!currency.isEmpty() && currency != QStringLiteral("BTC"))
            co_return Error{ErrorCode::Unsupported, "accounts are in BTC"};
        const auto descriptor = textOf(parameters, "descriptor");
        CO_TRY(const auto type,
               parseAccountType(parameters.contains("type")
                                    ? textOf(parameters, "type").toStdString()
                                    : (descriptor.isEmpty() ? "bip84" : "descriptor")));
        CO_TRY(const auto birthday, dateOf(parameters, "birthday"));
        auto password = secret(call, "password_file");
        if (!password)
            co_return password.error();
        auto passphrase = secret(call, "passphrase_file");
        if (!passphrase)
            co_return passphrase.error();
        api::AddAccount request;
        request.type = type;
        request.name = textOf(parameters, "name");
        request.descriptor = descriptor;
        request.password = password.take();
        request.passphrase = passphrase.take();
        request.birthdayMs = birthday;
        auto added = co_await service.add(call.wallet, std::move(request));
        if (!added)
            co_return added.error();
        co_return toJson(*added);
    }
    if (noun == "account" && verb == "list") {
        out["accounts"] = listJson(service.snapshot(call.wallet).accounts);
        co_return out;
    }
    if (noun == "balance")
        co_return balances(call);
    if (noun == "coins" && verb != "list") {
        auto changed =
            service.setCoinState(call.wallet, textOf(parameters, "outpoint"),
                                 verb == "freeze" ? api::CoinState::Frozen : api::CoinState::Free);
        if (!changed)
            co_return changed.error();
        co_return out;
    }
    CO_TRY(const auto info, account(call));
    if (noun == "account") {
        auto renamed = service.rename(call.wallet, info.id, textOf(parameters, "name"));
        if (!renamed)
            co_return renamed.error();
    } else if (noun == "coins") {
        CO_TRY(const auto coins, service.coins(call.wallet, info.id));
        out["coins"] = listJson(coins);
    } else if (verb == "new") {
        CO_TRY(const auto address, service.newAddress(call.wallet, info.id));
        out = toJson(address);
    } else {
        CO_TRY(const auto addresses, service.addresses(call.wallet, info.id));
        out["addresses"] = listJson(addresses);
    }
    co_return out;
}
base::Result<api::PaymentDraft> RpcDispatcher::draftOf(const Call& call) const
{
    const auto& parameters = call.parameters;
    const auto from = TRY(account(call));
    api::PaymentDraft draft;
    draft.wallet = call.wallet;
    draft.account = from.id;
    const auto targets = listOf(parameters, "to");
    const auto amounts = listOf(parameters, "amount");
    if (amounts.size() > targets.size())
        return Error{ErrorCode::Usage, "more --amount than --to"};
    for (qsizetype i = 0; i < targets.size(); ++i) {
        api::PaymentRecipient recipient;
        recipient.address = targets[i];
        const auto text = i < amounts.size() ? amounts[i].toStdString() : std::string();
        if (!text.empty() && text != "max") {
            recipient.amount = TRY(money::parseDecimal(text, from.currency));
        } else if (text.empty()) {
            // A payment link may carry the amount; an address alone never means everything.
            const auto decoded = TRY(m_core.payments().decode(call.wallet, targets[i], {}));
            if (!decoded.amount)
                return Error{ErrorCode::Usage, "how much? (--amount N or --amount max)"};
            recipient.amount = decoded.amount;
        }
        draft.recipients.push_back(std::move(recipient));
    }
    draft.label = textOf(parameters, "label");
    draft.coins = listOf(parameters, "coin");
    if (parameters.contains("fee_rate"))
        draft.feeRateMilliSatPerVb =
            TRY(parseFeeRate(textOf(parameters, "fee_rate").toStdString()));
    const auto target = TRY(base::jsonOptionalInteger(parameters, "target"));
    if (target && (*target < 1 || *target > 144))
        return Error{ErrorCode::OutOfRange, "--target is 1 to 144 blocks"};
    draft.targetBlocks = static_cast<int>(target.value_or(draft.feeRateMilliSatPerVb ? 0 : 3));
    return draft;
}

RpcDispatcher::Answer RpcDispatcher::prepare(Call call)
{
    CO_TRY(auto draft, draftOf(call));
    if (call.command->verb == "estimate") {
        const auto estimate = co_await m_core.payments().estimate(std::move(draft));
        if (!estimate)
            co_return estimate.error();
        co_return toJson(*estimate);
    }
    auto prepared = co_await m_core.payments().prepare(std::move(draft));
    if (!prepared)
        co_return prepared.error();
    co_return toJson(*prepared);
}

RpcDispatcher::Answer RpcDispatcher::payments(Call call)
{
    const auto& parameters = call.parameters;
    auto& service = m_core.payments();
    Json out = Json::object();
    if (call.command->noun == "fees") {
        auto quote = co_await m_core.node().feesWhenKnown();
        if (!quote)
            co_return quote.error();
        co_return toJson(*quote, m_core.clock().utcMs());
    }
    const auto verb = call.command->verb;
    if (verb == "prepare" || verb == "estimate")
        co_return co_await prepare(std::move(call));
    if (verb == "again") {
        const auto intent = textOf(parameters, "intent");
        const auto again = service.sendAgain(call.wallet, intent);
        if (!again)
            co_return again.error();
        co_await service.untilHandedOver(call.wallet, intent);
        co_return out;
    }
    if (verb == "list") {
        out["intents"] = listJson(service.allIntents(call.wallet));
        co_return out;
    }
    if (verb == "confirm") {
        api::ConfirmPayment request;
        const auto consent = readConsent(call, request);
        if (!consent)
            co_return consent.error();
        request.intent = textOf(parameters, "intent");
        auto sent = co_await service.confirm(std::move(request));
        if (!sent)
            co_return sent.error();
        // A one-shot command must not leave before somebody has the transaction.
        co_await service.untilHandedOver(call.wallet, sent->intent);
        out["intent"] = sent->intent.toStdString();
        out["txid"] = sent->txid.toStdString();
        out["raw"] = sent->rawTransaction.toStdString();
        co_return out;
    }
    const auto id = textOf(parameters, verb == "bump" ? "txid" : "id");
    if (verb == "cancel" && id.size() == 36) { // A UUID: an intent that was never signed.
        auto discarded = service.discard(call.wallet, id);
        if (!discarded)
            co_return discarded.error();
        co_return out;
    }
    base::Result<api::PreparedPayment> prepared = Error{};
    if (verb == "bump") {
        std::optional<std::int64_t> rate;
        if (parameters.contains("fee_rate")) {
            CO_TRY(rate, parseFeeRate(textOf(parameters, "fee_rate").toStdString()));
        }
        prepared = co_await service.prepareBump(call.wallet, id, rate);
    } else {
        prepared = co_await service.prepareCancel(call.wallet, id);
    }
    if (!prepared)
        co_return prepared.error();
    co_return toJson(*prepared);
}
base::Result<Json> RpcDispatcher::setLabel(const Call& call)
{
    const auto target = textOf(call.parameters, "target");
    const std::map<QString, api::LabelTarget> kinds{
        {QString(), api::LabelTarget::Transaction},
        {QStringLiteral("tx"), api::LabelTarget::Transaction},
        {QStringLiteral("address"), api::LabelTarget::Address},
        {QStringLiteral("coin"), api::LabelTarget::Coin},
        {QStringLiteral("account"), api::LabelTarget::Account}};
    if (!kinds.contains(target))
        return Error{ErrorCode::Usage, "--target is tx, address, coin or account"};
    TRY(m_core.history().setLabel(call.wallet, kinds.at(target),
                                  textOf(call.parameters, "reference"),
                                  textOf(call.parameters, "label")));
    return Json::object();
}

base::Result<Json> RpcDispatcher::transferFile(const Call& call)
{
    const auto path = textOf(call.parameters, "file");
    const auto format = textOf(call.parameters, "format");
    if (!format.isEmpty() && format != QStringLiteral("csv") && format != QStringLiteral("json"))
        return Error{ErrorCode::Usage, "--format is csv or json"};
    auto kind = format == QStringLiteral("json") ? api::ExportFormat::Json : api::ExportFormat::Csv;
    if (call.command->noun == "labels")
        kind = api::ExportFormat::Bip329;
    auto& service = m_core.history();
    const bool import = call.command->verb == "import";
    const auto count = TRY(import ? service.importLabels(call.wallet, path)
                                  : service.exportTo(call.wallet, kind, path));
    Json out;
    out["count"] = count;
    out["file"] = path.toStdString();
    return out;
}

RpcDispatcher::Answer RpcDispatcher::history(Call call)
{
    const auto& parameters = call.parameters;
    const auto noun = call.command->noun;
    auto& service = m_core.history();
    Json out = Json::object();
    if (noun == "watch") {
        startWatching(call.wallet);
        co_return out;
    }
    if (noun == "audit") {
        auto report = service.verify(call.wallet);
        if (!report)
            co_return report.error();
        if (parameters.contains("against")) {
            auto continued = service.verifyAgainst(call.wallet, textOf(parameters, "against"));
            if (!continued)
                co_return continued.error();
        }
        if (!report->problems.isEmpty())
            co_return Error{ErrorCode::Damaged,
                            report->problems.join(QStringLiteral("; ")).toStdString()};
        co_return toJson(*report);
    }
    if (noun == "label" || noun == "labels" || noun == "export")
        co_return noun == "label" ? setLabel(call) : transferFile(call);
    if (call.command->verb == "show") {
        CO_TRY(const auto detail, service.detail(call.wallet, textOf(parameters, "id")));
        co_return toJson(detail);
    }
    api::HistoryQuery query;
    query.text = textOf(parameters, "search");
    if (parameters.contains("account")) {
        CO_TRY(const auto wanted, account(call));
        query.account = wanted.id;
    }
    CO_TRY(query.fromMs, dateOf(parameters, "from"));
    CO_TRY(query.untilMs, dateOf(parameters, "until"));
    const auto direction = textOf(parameters, "direction");
    if (!direction.isEmpty() && direction != QStringLiteral("in") &&
        direction != QStringLiteral("out"))
        co_return Error{ErrorCode::Usage, "--direction is in or out"};
    if (!direction.isEmpty())
        query.direction =
            direction == QStringLiteral("in") ? api::Direction::In : api::Direction::Out;
    for (const auto& name : listOf(parameters, "status")) {
        const auto status = entryStatusOf(name.toStdString());
        if (!status)
            co_return Error{ErrorCode::Usage, "no such --status"};
        query.statuses.push_back(*status);
    }
    CO_TRY(const auto limit, base::jsonOptionalInteger(parameters, "limit"));
    CO_TRY(const auto offset, base::jsonOptionalInteger(parameters, "offset"));
    query.limit = std::clamp<std::int64_t>(limit.value_or(100), 1, api::HistoryQuery::kMostRows);
    query.offset = std::max<std::int64_t>(offset.value_or(0), 0);
    CO_TRY(const auto page, service.page(call.wallet, query));
    out["entries"] = listJson(page.rows);
    out["total"] = page.total;
    co_return out;
}

void RpcDispatcher::startWatching(const api::WalletId& wallet)
{
    connect(&m_core, &Core::historyChanged, this, [this, wallet](const api::WalletId& changed) {
        if (changed != wallet)
            return;
        const auto page = m_core.history().page(wallet, {});
        if (page && !page->rows.empty())
            emitEvent("history", toJson(page->rows.front()));
    });
    connect(&m_core, &Core::accountsChanged, this,
            [this, wallet](const api::AccountsSnapshot& now) {
                if (now.wallet != wallet)
                    return;
                for (const auto& info : now.accounts)
                    emitEvent("balance", balanceJson(info, m_core.clock().utcMs()));
            });
    connect(&m_core, &Core::nodeChanged, this,
            [this](const api::NodeSnapshot& now) { emitEvent("node", toJson(now)); });
    m_core.goOnline();
}

void RpcDispatcher::emitEvent(const char* name, Json value)
{
    Json out;
    out["jsonrpc"] = "2.0";
    out["method"] = "event";
    out["params"]["event"] = name;
    out["params"]["data"] = std::move(value);
    Q_EMIT lineReady(base::writeJson(out));
}
RpcDispatcher::Answer RpcDispatcher::node(Call call)
{
    const auto& parameters = call.parameters;
    auto& service = m_core.node();
    Json out = Json::object();
    if (call.command->noun == "network-log") {
        // Without a wallet only this process's own; with one also what it keeps.
        std::set<api::WalletId> readable;
        if (m_core.wallets().isHeldBy(call.wallet, m_holder))
            readable.insert(call.wallet);
        out["requests"] = listJson(service.networkLogRows(readable));
        co_return out;
    }
    const auto verb = call.command->verb;
    if (verb == "sync")
        co_return co_await sync(std::move(call));
    base::Result<void> done;
    if (verb == "peers") {
        out["peers"] = listJson(service.snapshot().peers);
        co_return out;
    }
    if (verb == "add-peer" || verb == "remove-peer") {
        const auto peer = textOf(parameters, "peer");
        done = verb == "add-peer" ? service.addPeer(peer) : service.removePeer(peer);
    } else if (verb == "offline" || verb == "online") {
        done = service.setNetworkUse(verb == "offline" ? api::NetworkUse::Offline
                                                       : api::NetworkUse::Online);
    } else if (verb == "accept-reorganisation") {
        done = service.acceptReorganisation();
    } else if (verb == "rescan") {
        CO_TRY(const auto from, dateOf(parameters, "from"));
        done = service.rescan(call.wallet, from.value_or(0));
    }
    if (!done)
        co_return done.error();
    co_return toJson(service.snapshot());
}

RpcDispatcher::Answer RpcDispatcher::sync(Call call)
{
    auto& service = m_core.node();
    CO_TRY(const auto timeout, base::jsonOptionalInteger(call.parameters, "timeout"));
    const auto seconds = std::clamp<std::int64_t>(timeout.value_or(600), 1, 7 * 24 * 3600);
    auto started = service.goOnline();
    if (!started)
        co_return started.error();
    if (call.parameters.contains("wait")) {
        auto synced = co_await service.untilSynced(seconds * 1000);
        if (!synced)
            co_return synced.error();
    }
    co_return toJson(service.snapshot());
}

} // namespace coffer::engine
