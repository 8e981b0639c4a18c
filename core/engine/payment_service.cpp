// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/payment_service.h"

#include "core/bitcoin/address.h"
#include "core/engine/account_service.h"
#include "core/engine/core.h"
#include "core/engine/intent_signing.h"
#include "core/engine/spending/left_coins.h"
#include "core/payments/bitcoin_uri.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::int64_t kHandOverMs = 30'000;
constexpr std::int64_t kRecentMs = 24 * 3'600'000LL;
constexpr std::int64_t kMonthMs = 30 * kRecentMs;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

api::Finding apiFinding(const ledger::IntentFinding& finding)
{
    api::Finding out;
    out.rule = text(finding.rule);
    out.severity = static_cast<api::Severity>(finding.severity);
    for (const auto& parameter : finding.parameters)
        out.parameters.append(text(parameter));
    return out;
}

ledger::IntentFinding storedFinding(const risk::Finding& finding)
{
    return {std::string(risk::ruleId(finding.rule)),
            static_cast<ledger::FindingSeverity>(finding.severity), finding.parameters};
}

api::IntentState stateOf(ledger::IntentState state)
{
    switch (state) {
    case ledger::IntentState::Prepared:
        return api::IntentState::Prepared;
    case ledger::IntentState::Signed:
        return api::IntentState::Signed;
    case ledger::IntentState::Broadcast:
        return api::IntentState::Broadcast;
    case ledger::IntentState::Seen:
        return api::IntentState::Seen;
    case ledger::IntentState::Confirmed:
        return api::IntentState::Confirmed;
    case ledger::IntentState::Final:
        return api::IntentState::Final;
    case ledger::IntentState::Replaced:
        return api::IntentState::Replaced;
    case ledger::IntentState::Conflicted:
        return api::IntentState::Conflicted;
    case ledger::IntentState::Cancelled:
        return api::IntentState::Cancelled;
    case ledger::IntentState::Expired:
        return api::IntentState::Expired;
    case ledger::IntentState::Unknown:
        return api::IntentState::Unknown;
    case ledger::IntentState::Released:
        return api::IntentState::Released;
    }
    return api::IntentState::Unknown;
}

money::Amount recipientsSum(const ledger::Intent& intent)
{
    money::Amount sum;
    for (const auto& output : intent.outputs) {
        if (output.role != ledger::IntentOutputRole::Recipient)
            continue;
        const auto next = sum.plus(output.amount);
        ASSERT(next); // Satoshi amounts were bounded when the transaction was built.
        sum = *next;
    }
    return sum;
}

api::IntentInfo infoOf(const ledger::Intent& intent, std::int64_t nowMs)
{
    api::IntentInfo info;
    info.id = text(intent.id.toString());
    info.account = text(intent.account.toString());
    info.state = stateOf(intent.state);
    if (intent.transaction)
        info.txid = text(bitcoin::Txid(*intent.transaction).toHex());
    info.amount = recipientsSum(intent);
    info.fee = intent.fee;
    info.currency = intent.currency;
    info.handedToPeers = static_cast<int>(intent.handedToPeers);
    info.askedPeers = static_cast<int>(intent.askedPeers);
    info.confirmations = static_cast<int>(intent.confirmations);
    info.createdAtMs = intent.preparedMs;
    info.nextAction = QString::fromUtf8(ledger::nextActionName(ledger::nextAction(intent, nowMs)));
    return info;
}

money::Amount balanceAfter(const WalletSession& session, const base::Uuid& account,
                           const bitcoin::BuiltTransaction& built)
{
    std::int64_t left = session.view().balance(account).spendable;
    for (const auto& output : built.outputs) {
        if (output.owner && output.owner->account == account)
            left += output.output.amount;
    }
    for (const auto& input : built.inputs)
        left -= input.coin.output.amount;
    for (const auto& coin : session.view().coins()) {
        if (coin.owner.account == account && coin.spendable() && session.isFrozen(coin.point))
            left -= coin.output.amount;
    }
    return money::Amount(std::max<std::int64_t>(0, left));
}

bool looksLikeWords(const QString& text)
{
    const auto words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool letters = std::ranges::all_of(words, [](const QString& word) {
        return word.size() >= 3 && word.size() <= 8 &&
               std::ranges::all_of(word, [](QChar c) { return c.isLetter(); });
    });
    return letters && (words.size() == 12 || words.size() == 15 || words.size() == 18 ||
                       words.size() == 21 || words.size() == 24);
}

} // namespace
base::Result<api::DecodedPayee> PaymentService::decode(api::WalletId wallet, QString input,
                                                       QString lastCopied) const
{
    api::DecodedPayee out;
    const auto trimmed = input.trimmed();
    if (looksLikeWords(trimmed)) {
        out.kind = api::DecodedPayee::Kind::SeedWords;
        return out;
    }
    if (trimmed.startsWith(QStringLiteral("http://"), Qt::CaseInsensitive) ||
        trimmed.startsWith(QStringLiteral("https://"), Qt::CaseInsensitive)) {
        out.kind = api::DecodedPayee::Kind::WebLink;
        return out;
    }
    if (trimmed.startsWith(QStringLiteral("cHNidP")) ||
        trimmed.startsWith(QStringLiteral("70736274ff"), Qt::CaseInsensitive)) {
        out.kind = api::DecodedPayee::Kind::Psbt;
        return out;
    }
    if (trimmed.size() > 100 && trimmed.size() < 120 &&
        trimmed.mid(1, 3) == QStringLiteral("pub")) {
        out.kind = api::DecodedPayee::Kind::ExtendedKey;
        return out;
    }
    const auto target =
        TRY(payments::parsePaymentTarget(trimmed.toStdString(), m_core.network().network));
    out.kind =
        target.fromUri ? api::DecodedPayee::Kind::PaymentUri : api::DecodedPayee::Kind::Address;
    out.address = text(target.uri.address);
    if (target.uri.amount)
        out.amount = money::Amount(*target.uri.amount);
    out.label = text(target.uri.label);
    out.message = text(target.uri.message);
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto known = knownPayees(*session);
    const auto own = ownAddresses(*session);
    const auto copied = lastCopied.toStdString();
    for (const auto& finding : risk::checkPayee(target.uri.address, {known, own, copied, {}}))
        out.findings.push_back(apiFinding(storedFinding(finding)));
    return out;
}

std::vector<risk::KnownPayee> PaymentService::knownPayees(const WalletSession& session) const
{
    std::map<std::string, std::int64_t> paid;
    for (const auto& transaction : session.view().transactions()) {
        if (!transaction.counts() || !transaction.allInputsOurs)
            continue;
        for (const auto& output : transaction.transaction->outputs) {
            if (session.scripts().lookup(output.script))
                continue;
            if (const auto address = bitcoin::addressOf(output.script, m_core.network().network))
                ++paid[*address];
        }
    }
    std::vector<risk::KnownPayee> out;
    for (const auto& [address, count] : paid)
        out.push_back({address, session.labels().text(ledger::LabelKind::Address, address), count});
    return out;
}

std::vector<risk::KnownPayee> PaymentService::ownAddresses(const WalletSession& session) const
{
    std::vector<risk::KnownPayee> out;
    for (const auto& script : session.scripts().scripts()) {
        const auto address = bitcoin::addressOf(script.script, m_core.network().network);
        const auto account = session.account(script.owner.account);
        if (address && account)
            out.push_back({*address, account->name, 0});
    }
    return out;
}
base::Result<api::FeeQuote> PaymentService::fees() const
{
    return m_core.chain().fees();
}

QCoro::Task<base::Result<bitcoin::FeeRate>>
PaymentService::feeRate(std::optional<std::int64_t> milliSatPerVb, int targetBlocks)
{
    // Milli-satoshi per vB is satoshi per 1,000 vB.
    if (milliSatPerVb)
        co_return bitcoin::FeeRate::fromSatPerKvB(*milliSatPerVb);
    auto quote = m_core.chain().fees();
    if (!quote.normal) {
        auto waited = co_await m_core.chain().feesWhenKnown();
        if (waited)
            quote = *waited;
    }
    auto chosen = quote.economy;
    if (targetBlocks <= 1)
        chosen = quote.fast;
    else if (targetBlocks <= 6)
        chosen = quote.normal;
    if (!chosen)
        co_return Error{ErrorCode::NotSynced,
                        "no fee rate is known yet: connect, or give one (--fee-rate)"};
    co_return bitcoin::FeeRate::fromSatPerKvB(chosen->milliSatPerVb);
}

base::Result<std::vector<PaymentService::Target>>
PaymentService::targetsOf(const api::PaymentDraft& draft) const
{
    std::vector<Target> out;
    for (const auto& recipient : draft.recipients) {
        const auto parsed = TRY(payments::parsePaymentTarget(recipient.address.toStdString(),
                                                             m_core.network().network));
        if (parsed.uri.address.empty())
            return Error{ErrorCode::Unsupported, "this link holds no bitcoin address"};
        Target target;
        target.address = parsed.uri.address;
        target.label = parsed.uri.label;
        target.script = TRY(bitcoin::scriptOf(target.address, m_core.network().network));
        if (recipient.amount) {
            const auto amount = TRY(recipient.amount->toInt64());
            if (amount <= 0 || amount > bitcoin::kMaxMoney)
                return Error{ErrorCode::OutOfRange, "an amount is above 0 and below 21 million"};
            target.amount = amount;
        }
        out.push_back(std::move(target));
    }
    return out;
}

base::Result<bitcoin::BuiltTransaction> PaymentService::build(const WalletSession& session,
                                                              const bitcoin::BuildRequest& request)
{
    auto built = bitcoin::buildTransaction(request, session.state(), m_core.random());
    // Rejected, where we choose: the only coins left hang on too much that is unconfirmed.
    const bool others =
        !built && (built.error().code == ErrorCode::InsufficientFunds ||
                   (built.error().code == ErrorCode::Rejected && request.coins.empty()));
    if (!others)
        return built;
    // Payments that were only prepared hold their coins softly: better theirs than none.
    auto second = request;
    second.unavailable = session.unavailableCoins(ledger::Reservation::Hard);
    return bitcoin::buildTransaction(second, session.state(), m_core.random());
}

QCoro::Task<base::Result<PaymentService::Plan>> PaymentService::plan(api::PaymentDraft draft,
                                                                     bitcoin::PsbtVersion version)
{
    CO_TRY(const auto targets, targetsOf(draft));
    CO_TRY(const auto account, parseId(draft.account));
    auto rate = co_await feeRate(draft.feeRateMilliSatPerVb, draft.targetBlocks);
    if (!rate)
        co_return rate.error();
    CO_TRY(auto* session, m_core.wallets().session(draft.wallet));
    if (const auto may = checkMaySend(*session, account); !may)
        co_return may.error();

    bitcoin::BuildRequest request;
    request.account = account;
    request.feeRate = *rate;
    request.psbtVersion = version;
    for (const auto& target : targets)
        request.recipients.push_back({target.script, target.amount});
    for (const auto& coin : draft.coins) {
        CO_TRY(const auto point, bitcoin::OutPoint::parse(coin.toStdString()));
        request.coins.push_back(point);
    }
    request.unavailable = session->unavailableCoins(ledger::Reservation::Soft);
    const auto tip = m_core.chain().tipHeight();
    request.nowMs = m_core.clock().utcMs();
    if (tip >= 0)
        request.tipTimeMs =
            m_core.chain().blockTimeMsAt(static_cast<std::uint32_t>(tip)).value_or(0);
    auto built = build(*session, request);
    if (!built)
        co_return built.error();
    const bool everything = !targets.empty() && !targets.front().amount;
    auto label = draft.label.isEmpty() ? targets.front().label : draft.label.toStdString();
    Plan plan{account, *rate, std::move(label), built.take(), {}};
    if (everything)
        plan.left = leftCoins(*session, request, plan.built);
    co_return plan;
}

QCoro::Task<base::Result<api::PreparedPayment>>
PaymentService::prepare(api::PaymentDraft draft, bitcoin::PsbtVersion version)
{
    const auto wallet = draft.wallet;
    const auto lastCopied = draft.lastCopied;
    const auto targetBlocks = draft.targetBlocks;
    auto plan = co_await this->plan(std::move(draft), version);
    if (!plan)
        co_return plan.error();
    ledger::Intent intent;
    intent.purpose = ledger::IntentPurpose::Payment;
    intent.account = plan->account;
    intent.feeRateMilliSatPerVb = plan->feeRate.satPerKvB();
    intent.targetBlocks = targetBlocks;
    intent.label = plan->label;
    auto prepared = storeIntent(wallet, plan->built, std::move(intent), lastCopied);
    if (prepared)
        prepared->left = plan->left;
    co_return prepared;
}

QCoro::Task<base::Result<api::PaymentEstimate>> PaymentService::estimate(api::PaymentDraft draft)
{
    const auto wallet = draft.wallet;
    auto plan = co_await this->plan(std::move(draft), bitcoin::PsbtVersion::V0);
    if (!plan)
        co_return plan.error();
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    api::PaymentEstimate out;
    out.currency = money::Currency::bitcoin();
    out.amount = money::Amount(plan->built.amount);
    out.fee = money::Amount(plan->built.fee);
    out.total = money::Amount(plan->built.amount + plan->built.fee);
    out.balanceAfter = balanceAfter(*session, plan->account, plan->built);
    out.feeRateMilliSatPerVb = plan->feeRate.satPerKvB();
    out.left = plan->left;
    co_return out;
}

/// Nothing leaves a wallet that does not know yet what it has.
base::Result<void> PaymentService::checkMaySend(const WalletSession& session,
                                                const base::Uuid& account)
{
    const auto* scan = session.scan(account);
    if (scan == nullptr)
        return Error{ErrorCode::NotFound, "no such account"};
    if (scan->completedTo < 0)
        return Error{ErrorCode::NotSynced, "the wallet is still looking for its coins"};
    if (session.openedAs() == vault::OpenedAs::Restored)
        return Error{ErrorCode::NotSynced, "restored from an older file: sync first"};
    return {};
}

/// Between prepare and confirm another payment may have replaced what this one spends.
base::Result<void> PaymentService::checkCoinsAreThere(const WalletSession& session,
                                                      const ledger::Intent& intent)
{
    std::set<bitcoin::OutPoint> replaced;
    if (intent.replacesTransaction) {
        if (const auto original =
                session.graph().transaction(bitcoin::Txid(*intent.replacesTransaction))) {
            for (const auto& input : original->inputs)
                replaced.insert(input.previous);
        }
    }
    for (const auto& input : intent.inputs) {
        const bitcoin::OutPoint point{bitcoin::Txid(input.transaction), input.output};
        if (session.isFrozen(point))
            return Error{ErrorCode::Rejected, "one of its coins was frozen meanwhile"};
        if (session.view().findCoin(point) == nullptr && !replaced.contains(point))
            return Error{ErrorCode::Expired, "one of its coins is gone: prepare it again"};
    }
    return {};
}

/// A replacement takes all later payments with it that spend its change.
base::Result<void> PaymentService::checkTakesNothingAlong(const bitcoin::BuiltTransaction& built)
{
    if (built.replaces.size() > 1)
        return Error{ErrorCode::Rejected,
                     "a later payment spends its change and would vanish with it: raise the fee of "
                     "that one, which pays for both"};
    return {};
}

base::Result<bitcoin::BumpRequest> PaymentService::replacementOf(const WalletSession& session,
                                                                 const QString& txid) const
{
    bitcoin::BumpRequest request;
    request.txid = TRY(bitcoin::Txid::parse(txid.toStdString()));
    const auto* seen = session.view().find(request.txid);
    if (seen == nullptr)
        return Error{ErrorCode::NotFound, "the wallet has no such transaction"};
    if (seen->effects.empty() || seen->origin != bitcoin::Origin::Own)
        return Error{ErrorCode::Rejected, "this payment was not made by this wallet"};
    if (seen->status != bitcoin::TransactionStatus::Unconfirmed)
        return Error{ErrorCode::Rejected, "only an unconfirmed payment can be replaced"};
    const auto* intent = session.intents().findByTransaction(request.txid.bytes());
    request.account = intent != nullptr ? intent->account : seen->effects.front().account;
    TRY(checkMaySend(session, request.account));
    request.unavailable = session.unavailableCoins(ledger::Reservation::Soft);
    for (const auto& input : seen->transaction->inputs)
        request.unavailable.erase(input.previous);
    request.nowMs = m_core.clock().utcMs();
    const auto tip = m_core.chain().tipHeight();
    if (tip >= 0)
        request.tipTimeMs =
            m_core.chain().blockTimeMsAt(static_cast<std::uint32_t>(tip)).value_or(0);
    return request;
}

QCoro::Task<base::Result<api::PreparedPayment>>
PaymentService::prepareBump(api::WalletId wallet, QString txid,
                            std::optional<std::int64_t> feeRateMilliSatPerVb)
{
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    CO_TRY(auto request, replacementOf(*session, txid));
    if (feeRateMilliSatPerVb)
        request.feeRate = bitcoin::FeeRate::fromSatPerKvB(*feeRateMilliSatPerVb);
    auto built = bitcoin::buildBump(request, session->state(), m_core.random());
    if (!built)
        co_return built.error();
    if (const auto alone = checkTakesNothingAlong(*built); !alone)
        co_return alone.error();
    ledger::Intent intent;
    intent.purpose = ledger::IntentPurpose::Bump;
    intent.account = request.account;
    intent.feeRateMilliSatPerVb = built->feeRate.satPerKvB();
    intent.replacesTransaction = request.txid.bytes();
    if (const auto* original = session->intents().findByTransaction(request.txid.bytes())) {
        intent.replaces = original->id;
        intent.label = original->label;
    }
    co_return storeIntent(wallet, *built, std::move(intent), {});
}

QCoro::Task<base::Result<api::PreparedPayment>> PaymentService::prepareCancel(api::WalletId wallet,
                                                                              QString txid)
{
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    CO_TRY(auto request, replacementOf(*session, txid));
    auto built = bitcoin::buildCancel(request, session->state(), m_core.random());
    if (!built)
        co_return built.error();
    if (const auto alone = checkTakesNothingAlong(*built); !alone)
        co_return alone.error();
    ledger::Intent intent;
    intent.purpose = ledger::IntentPurpose::Cancel;
    intent.account = request.account;
    intent.feeRateMilliSatPerVb = built->feeRate.satPerKvB();
    intent.replacesTransaction = request.txid.bytes();
    if (const auto* original = session->intents().findByTransaction(request.txid.bytes()))
        intent.replaces = original->id;
    co_return storeIntent(wallet, *built, std::move(intent), {});
}

std::vector<ledger::IntentFinding> PaymentService::findingsOf(const WalletSession& session,
                                                              const ledger::Intent& intent,
                                                              std::int64_t unconfirmedInputs,
                                                              bitcoin::FeeRate feeRate,
                                                              const QString& lastCopied) const
{
    std::vector<risk::Finding> out;
    const auto known = knownPayees(session);
    const auto own = ownAddresses(session);
    const auto copied = lastCopied.toStdString();
    bool paysSelf = true;
    for (const auto& output : intent.outputs) {
        if (output.role != ledger::IntentOutputRole::Recipient)
            continue;
        paysSelf = paysSelf && session.scripts().lookup(output.script).has_value();
        if (intent.purpose != ledger::IntentPurpose::Payment || output.address.empty())
            continue;
        for (auto& finding : risk::checkPayee(output.address, {known, own, copied, {}}))
            out.push_back(std::move(finding));
    }
    risk::PaymentNumbers numbers;
    numbers.amount = recipientsSum(intent);
    numbers.fee = intent.fee;
    numbers.balance = money::Amount(session.view().balance(intent.account).spendable);
    numbers.feeRate = feeRate.satPerKvB();
    if (const auto normal = m_core.chain().fees().normal)
        numbers.medianFeeRate = normal->milliSatPerVb;
    std::int64_t largest = 0;
    const auto since = m_core.clock().utcMs() - kMonthMs;
    for (const auto& transaction : session.view().transactions()) {
        if (!transaction.counts() || transaction.timeMs() < since)
            continue;
        std::int64_t delta = 0;
        for (const auto& effect : transaction.effects)
            delta += effect.delta();
        largest = std::max(largest, -delta);
    }
    if (largest > 0)
        numbers.largestOf30Days = money::Amount(largest);
    numbers.unconfirmedInputs = unconfirmedInputs;
    numbers.paysSelf = paysSelf;
    if (m_core.network().network != bitcoin::Network::Main)
        numbers.testNetwork = m_core.network().name;
    for (auto& finding : risk::checkNumbers(numbers))
        out.push_back(std::move(finding));
    risk::sortFindings(out);
    std::vector<ledger::IntentFinding> stored;
    for (const auto& finding : out)
        stored.push_back(storedFinding(finding));
    return stored;
}

base::Result<api::PreparedPayment>
PaymentService::storeIntent(const api::WalletId& wallet, const bitcoin::BuiltTransaction& built,
                            ledger::Intent draft, const QString& lastCopied)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    draft.id = base::Uuid::create(m_core.clock(), m_core.random());
    if (!draft.label.empty())
        TRY(ledger::checkLabel({{ledger::LabelKind::Transaction, std::string(64, '0')},
                                draft.label,
                                {},
                                {},
                                m_core.clock().utcMs()}));
    draft.currency = money::Currency::bitcoin();
    for (const auto& input : built.inputs)
        draft.inputs.push_back({input.coin.point.txid.bytes(), input.coin.point.index,
                                money::Amount(input.coin.output.amount)});
    for (const auto& output : built.outputs) {
        const auto address = bitcoin::addressOf(output.output.script, m_core.network().network);
        draft.outputs.push_back({output.output.script, address ? *address : std::string(),
                                 money::Amount(output.output.amount),
                                 output.change ? ledger::IntentOutputRole::Change
                                               : ledger::IntentOutputRole::Recipient});
    }
    draft.fee = money::Amount(built.fee);
    draft.balanceAfter = balanceAfter(*session, draft.account, built);
    draft.unsignedBytes = built.psbt.serialize();
    std::int64_t unconfirmed = 0;
    for (const auto& input : built.inputs)
        unconfirmed += input.coin.confirmations == 0 ? 1 : 0;
    draft.findings = findingsOf(*session, draft, unconfirmed, built.feeRate, lastCopied);
    const auto others = session->intents().all();
    const auto intent =
        TRY(ledger::prepareIntent(std::move(draft), others, m_core.clock().utcMs()));
    TRY(session->addIntent(intent));
    m_core.wallets().afterChange(wallet); // The change script may be new in the window.
    return shown(wallet, intent);
}

api::PreparedPayment PaymentService::shown(const api::WalletId& wallet,
                                           const ledger::Intent& intent) const
{
    api::PreparedPayment out;
    out.intent = text(intent.id.toString());
    out.wallet = wallet;
    out.account = text(intent.account.toString());
    out.currency = intent.currency;
    out.amount = recipientsSum(intent);
    out.fee = intent.fee;
    const auto total = out.amount.plus(intent.fee);
    ASSERT(total);
    out.total = *total;
    out.balanceAfter = intent.balanceAfter;
    out.feeRateMilliSatPerVb = intent.feeRateMilliSatPerVb;
    out.targetBlocks = static_cast<int>(intent.targetBlocks);
    for (const auto& output : intent.outputs)
        out.outputs.push_back(
            {text(output.address), output.amount, output.role == ledger::IntentOutputRole::Change});
    for (const auto& input : intent.inputs)
        out.inputs.append(
            text(bitcoin::OutPoint{bitcoin::Txid(input.transaction), input.output}.toString()));
    for (const auto& finding : intent.findings)
        out.findings.push_back(apiFinding(finding));
    if (intent.replacesTransaction)
        out.replaces = text(bitcoin::Txid(*intent.replacesTransaction).toHex());
    out.preparedAtMs = intent.preparedMs;
    out.expiresAtMs = intent.expiresMs;
    out.label = text(intent.label);
    const auto session = m_core.wallets().session(wallet);
    if (session) {
        const auto root = (*session)->vault().rootInfo();
        out.needsPassphrase =
            root && root->passphraseMode == vault::PassphraseMode::AskedWhenSigning;
    }
    return out;
}
base::Result<void> PaymentService::checkAcknowledged(const ledger::Intent& intent,
                                                     const QStringList& acknowledged) const
{
    for (const auto& finding : intent.findings) {
        if (finding.severity == ledger::FindingSeverity::Danger &&
            !acknowledged.contains(text(finding.rule)))
            return Error{ErrorCode::Rejected,
                         "the danger '" + finding.rule + "' was not acknowledged"};
    }
    return {};
}

QCoro::Task<base::Result<api::SentPayment>> PaymentService::confirm(api::ConfirmPayment request)
{
    const auto wallet = request.wallet;
    CO_TRY(const auto id, parseId(request.intent));
    // The key first: until it is checked nothing about the intent is told.
    auto waiting = std::make_shared<base::SecretBytes>(std::move(request.passphrase));
    auto key = co_await m_core.wallets().keyOf(wallet, std::move(request.password));
    if (!key)
        co_return key.error();
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    const auto* intent = session->intents().find(id);
    if (intent == nullptr)
        co_return Error{ErrorCode::NotFound, "no such intent"};
    const auto others = session->intents().all();
    CO_TRY(const auto action, ledger::confirmAction(*intent, others, m_core.clock().utcMs()));
    if (action == ledger::ConfirmAction::Sign) {
        auto acknowledged = checkAcknowledged(*intent, request.acknowledgedDangers);
        if (!acknowledged)
            co_return acknowledged.error();
        const ledger::Intent copy = *intent;
        if (const auto may = checkMaySend(*session, copy.account); !may)
            co_return may.error();
        if (const auto there = checkCoinsAreThere(*session, copy); !there)
            co_return there.error();
        auto done = signIntent(*session, copy, *key, *waiting);
        if (!done)
            co_return done.error();
    }
    intent = session->intents().find(id);
    ASSERT(intent != nullptr);
    if (!intent->transaction)
        co_return Error{ErrorCode::Rejected, "it was signed as a PSBT and sent by somebody else"};
    api::SentPayment sent;
    sent.intent = request.intent;
    sent.txid = text(bitcoin::Txid(*intent->transaction).toHex());
    sent.rawTransaction = text(base::toHex(intent->signedBytes));
    if (action != ledger::ConfirmAction::ReturnStored)
        sendOut(wallet, *intent);
    else
        m_core.wallets().afterChange(wallet);
    co_return sent;
}

void PaymentService::sendOut(const api::WalletId& wallet, const ledger::Intent& intent)
{
    const auto transaction = bitcoin::Transaction::parse(intent.signedBytes);
    ASSERT(transaction); // Committed by us, after it was verified.
    if (intent.replacesTransaction)
        m_core.chain().cancelBroadcast(bitcoin::Txid(*intent.replacesTransaction));
    m_core.chain().broadcast(*transaction);
    static_cast<void>(static_cast<bool>(m_core.chain().goOnline()));
    m_core.wallets().afterChange(wallet);
}

base::Result<void> PaymentService::signIntent(WalletSession& session, const ledger::Intent& intent,
                                              const base::SecretBytes& key,
                                              const base::SecretBytes& passphrase)
{
    auto result = TRY(
        signThroughGate(session, intent, key, passphrase, m_core.random(), m_core.clock().utcMs()));
    const auto others = session.intents().all();
    const auto next =
        TRY(ledger::signIntent(intent, others, result.transaction.serialize(),
                               result.transaction.txid().bytes(), m_core.clock().utcMs()));
    return session.commitSigned(
        next, std::make_shared<const bitcoin::Transaction>(std::move(result.transaction)),
        result.counters);
}

QCoro::Task<> PaymentService::untilHandedOver(api::WalletId wallet, api::IntentId intent)
{
    const auto id = parseId(intent);
    if (!id)
        co_return;
    const auto deadline = m_core.clock().monotonicMs() + kHandOverMs;
    while (m_core.clock().monotonicMs() < deadline) {
        const auto session = m_core.wallets().session(wallet);
        if (!session)
            co_return;
        const auto* stored = (*session)->intents().find(*id);
        if (stored == nullptr || stored->handedToPeers > 0 ||
            (stored->state != ledger::IntentState::Signed &&
             stored->state != ledger::IntentState::Broadcast))
            co_return;
        co_await m_core.chain().moved().next(500);
    }
}

base::Result<void> PaymentService::sendAgain(api::WalletId wallet, api::IntentId intent)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto id = TRY(parseId(intent));
    const auto* stored = session->intents().find(id);
    if (stored == nullptr)
        return Error{ErrorCode::NotFound, "no such intent"};
    const auto next = ledger::nextAction(*stored, m_core.clock().utcMs());
    if (next != ledger::NextAction::SendAgain || stored->signedBytes.empty())
        return Error{ErrorCode::Rejected, "this payment does not wait to be sent"};
    const ledger::Intent copy = *stored; // Sending may change the list.
    sendOut(wallet, copy);
    return {};
}

base::Result<void> PaymentService::discard(api::WalletId wallet, api::IntentId intent)
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto id = TRY(parseId(intent));
    const auto* stored = session->intents().find(id);
    if (stored == nullptr)
        return Error{ErrorCode::NotFound, "no such intent"};
    const auto cancelled = TRY(ledger::cancelIntent(*stored, m_core.clock().utcMs()));
    TRY(session->updateIntent(cancelled));
    m_core.publish(wallet);
    return {};
}
std::vector<api::IntentInfo> PaymentService::allIntents(const api::WalletId& wallet) const
{
    std::vector<api::IntentInfo> out;
    const auto session = m_core.wallets().session(wallet);
    if (!session)
        return out;
    const auto now = m_core.clock().utcMs();
    for (const auto& intent : (*session)->intents().all()) {
        const auto expired = ledger::expireIntent(intent, now);
        out.push_back(infoOf(expired ? *expired : intent, now));
    }
    std::ranges::reverse(out);
    return out;
}

api::PaymentsSnapshot PaymentService::snapshot(const api::WalletId& wallet) const
{
    api::PaymentsSnapshot out;
    out.wallet = wallet;
    const auto since = m_core.clock().utcMs() - kRecentMs;
    for (auto& info : allIntents(wallet)) {
        const bool open =
            info.state == api::IntentState::Signed || info.state == api::IntentState::Broadcast ||
            info.state == api::IntentState::Seen || info.state == api::IntentState::Unknown ||
            info.state == api::IntentState::Released;
        if (open || info.createdAtMs >= since)
            out.intents.push_back(std::move(info));
    }
    return out;
}

} // namespace coffer::engine
