// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money/amount_parse.h"
#include "tests/support/fake_api.h"

#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::test {

using base::ErrorCode;
using base::Result;

namespace {

money::Amount sum(const money::Amount& a, const money::Amount& b)
{
    return a.plus(b).take();
}
money::Amount difference(const money::Amount& a, const money::Amount& b)
{
    return a.minus(b).take();
}

base::Error noSuch()
{
    return {ErrorCode::NotFound, "no such thing"};
}

} // namespace

FakePayments::FakePayments(FakeState& state, QObject* parent)
    : Payments(parent)
    , m_state(state)
{
}

api::PaymentsSnapshot FakePayments::snapshot(const api::WalletId& id) const
{
    api::PaymentsSnapshot result;
    result.wallet = id;
    if (const FakeWallet* wallet = m_state.wallet(id))
        result.intents = wallet->intents;
    return result;
}

void FakePayments::publish(const api::WalletId& wallet)
{
    Q_EMIT snapshotChanged(snapshot(wallet));
}

QFuture<Result<api::DecodedPayee>> FakePayments::decode(api::WalletId id, QString text,
                                                        QString lastCopied)
{
    using Kind = api::DecodedPayee::Kind;
    api::DecodedPayee payee;
    text = text.trimmed();
    static const QRegularExpression address(u"^(bc1|tb1|bcrt1)[02-9ac-hj-np-z]{25,80}$"_s);
    if (text.startsWith("bitcoin:"_L1, Qt::CaseInsensitive)) {
        payee.kind = Kind::PaymentUri;
        const QUrl url(text);
        const QUrlQuery query(url);
        payee.address = url.path();
        payee.label = query.queryItemValue(u"label"_s, QUrl::FullyDecoded);
        payee.message = query.queryItemValue(u"message"_s, QUrl::FullyDecoded);
        auto amount = money::parseDecimal(query.queryItemValue(u"amount"_s).toStdString(),
                                          m_state.currency());
        if (amount)
            payee.amount = amount.take();
    } else if (address.match(text).hasMatch()) {
        payee.kind = Kind::Address;
        payee.address = text;
    } else if (text.startsWith("http"_L1)) {
        payee.kind = Kind::WebLink;
    } else if (text.startsWith("cHNidP"_L1)) {
        payee.kind = Kind::Psbt;
    } else if (text.startsWith("xpub"_L1) || text.startsWith("tpub"_L1)) {
        payee.kind = Kind::ExtendedKey;
    } else if (text.count(u' ') >= 11) {
        payee.kind = Kind::SeedWords;
    }
    const QString prefix = m_state.makeAddress(0).section(u'1', 0, 0) + u'1';
    if (!payee.address.isEmpty() && !payee.address.startsWith(prefix))
        return answer(m_state, Result<api::DecodedPayee>(ErrorCode::WrongNetwork, "prefix"));
    if (payee.kind == Kind::Unknown && text.size() > 20 && text.startsWith("bc1"_L1))
        return answer(m_state, Result<api::DecodedPayee>(ErrorCode::BadChecksum, "address"));
    if (!payee.address.isEmpty()) {
        bool known = false;
        bool alike = false;
        QString knownAddress;
        if (const FakeWallet* wallet = m_state.wallet(id))
            for (const auto& row : wallet->rows) {
                known = known || row.counterparty == payee.address;
                if (row.counterparty.size() > 20 && row.counterparty != payee.address &&
                    row.counterparty.left(8) == payee.address.left(8) &&
                    row.counterparty.right(4) == payee.address.right(4)) {
                    alike = true;
                    knownAddress = row.counterparty;
                }
            }
        if (alike && !known)
            payee.findings.push_back(
                {u"look_alike"_s, api::Severity::Danger, {knownAddress, u"Alice"_s}});
        if (!lastCopied.isEmpty() && lastCopied != payee.address && lastCopied.size() > 20 &&
            lastCopied.left(4) == payee.address.left(4) &&
            lastCopied.right(4) == payee.address.right(4))
            payee.findings.push_back({u"clipboard_changed"_s, api::Severity::Danger, {lastCopied}});
        if (known)
            payee.findings.push_back({u"known_payee"_s, api::Severity::Ok, {u"Alice"_s, u"3"_s}});
        else
            payee.findings.push_back({u"first_time"_s, api::Severity::Warning, {}});
    }
    return answer(m_state, Result<api::DecodedPayee>(payee));
}

QFuture<Result<api::FeeQuote>> FakePayments::fees()
{
    return answer(m_state, Result<api::FeeQuote>(m_state.fees));
}

QFuture<Result<api::SpendPolicyInfo>> FakePayments::policy(api::WalletId)
{
    m_state.policy.currency = m_state.currency();
    return answer(m_state, Result<api::SpendPolicyInfo>(m_state.policy));
}

QFuture<Result<api::SpendPolicyInfo>> FakePayments::changePolicy(api::PolicyChange change)
{
    auto& now = m_state.policy;
    const auto grows = [](const api::LimitChange& limit, const auto& before) {
        return limit.kind == api::LimitChange::Kind::Remove ||
               (limit.kind == api::LimitChange::Kind::Set && before && *before < limit.amount);
    };
    const bool loosens = grows(change.perPayment, now.perPayment) ||
                         grows(change.perDay, now.perDay) ||
                         change.list == api::PolicyChange::List::Clear;
    using Answer = Result<api::SpendPolicyInfo>;
    if (loosens && change.password.empty())
        return answer(m_state, Answer(ErrorCode::PasswordNeeded, "policy"));
    if (!change.password.empty() &&
        !m_state.wallet(change.wallet)->password.equals(change.password))
        return answer(m_state, Answer(ErrorCode::WrongPassword, "policy"));
    const auto apply = [](std::optional<money::Amount>& limit, const api::LimitChange& next) {
        if (next.kind == api::LimitChange::Kind::Set)
            limit = next.amount;
        else if (next.kind == api::LimitChange::Kind::Remove)
            limit.reset();
    };
    apply(now.perPayment, change.perPayment);
    apply(now.perDay, change.perDay);
    if (change.list == api::PolicyChange::List::Clear)
        now.allowedPayees.clear();
    now.allowedPayees += change.allow;
    now.state = change.state.value_or(now.state);
    return policy(change.wallet);
}

Result<api::PreparedPayment> FakePayments::plan(const api::PaymentDraft& draft)
{
    FakeWallet* wallet = m_state.wallet(draft.wallet);
    if (!wallet)
        return noSuch();
    money::Amount spendable;
    for (const auto& account : wallet->accounts)
        if (account.id == draft.account && account.balance)
            spendable = account.balance->spendable;
    const std::int64_t rate = draft.feeRateMilliSatPerVb.value_or(
        m_state.fees.normal ? m_state.fees.normal->milliSatPerVb : 5000);
    const std::int64_t vsize = 109 + 31 * std::int64_t(draft.recipients.size());
    const money::Amount fee((rate * vsize + 999) / 1000);
    api::PreparedPayment payment;
    for (const auto& recipient : draft.recipients) {
        const money::Amount amount = recipient.amount.value_or(difference(spendable, fee));
        payment.amount = sum(payment.amount, amount);
        const QString address = recipient.address.startsWith("bitcoin:"_L1)
                                    ? QUrl(recipient.address).path()
                                    : recipient.address;
        payment.outputs.push_back({address, amount, false});
        auto decoded = decode(draft.wallet, address, draft.lastCopied).takeResult();
        if (!decoded)
            return decoded.error();
        for (const auto& finding : decoded->findings)
            payment.findings.push_back(finding);
    }
    payment.fee = fee;
    payment.total = sum(payment.amount, fee);
    if (payment.total > spendable)
        return base::Error{ErrorCode::InsufficientFunds, "coins"};
    payment.balanceAfter = difference(spendable, payment.total);
    if (!payment.balanceAfter.isZero())
        payment.outputs.push_back(
            {m_state.makeAddress(m_state.nextNumber + 4000), payment.balanceAfter, true});
    if (sum(payment.amount, payment.amount) > spendable)
        payment.findings.push_back({u"large_share"_s, api::Severity::Warning, {u"62"_s}});
    if (m_state.realm() != api::Realm::Main)
        payment.findings.push_back({u"test_network"_s, api::Severity::Warning, {m_state.network}});
    std::stable_sort(payment.findings.begin(), payment.findings.end(),
                     [](const api::Finding& a, const api::Finding& b) {
                         return int(a.severity) > int(b.severity);
                     });
    const bool everything = !draft.recipients.empty() && !draft.recipients.front().amount;
    for (const auto& coin : wallet->coins) {
        if (!everything || !coin.frozen || wallet->coinAccounts.at(coin.outpoint) != draft.account)
            continue;
        if (payment.left.empty())
            payment.left.push_back({api::LeftReason::Frozen, 0, {}});
        ++payment.left[0].count;
        payment.left[0].amount = sum(payment.left[0].amount, coin.amount);
    }
    payment.wallet = draft.wallet;
    payment.account = draft.account;
    payment.currency = m_state.currency();
    payment.feeRateMilliSatPerVb = rate;
    payment.targetBlocks = draft.targetBlocks;
    payment.inputs = draft.coins.isEmpty() && !wallet->coins.empty()
                         ? QStringList{wallet->coins.front().outpoint}
                         : draft.coins;
    payment.preparedAtMs = m_state.now();
    payment.expiresAtMs = m_state.now() + 600'000;
    payment.label = draft.label;
    payment.needsPassphrase = wallet->info.asksPassphrase;
    return payment;
}

QFuture<Result<api::PreparedPayment>> FakePayments::prepare(api::PaymentDraft draft)
{
    using Answer = Result<api::PreparedPayment>;
    if (m_state.nextPrepareError) {
        const base::Error error = *m_state.nextPrepareError;
        m_state.nextPrepareError.reset();
        return answer(m_state, Answer(error));
    }
    Answer payment = plan(draft);
    if (!payment)
        return answer(m_state, std::move(payment));
    ++m_state.prepares;
    payment->intent = u"intent-%1"_s.arg(m_state.nextNumber++);
    m_state.wallet(draft.wallet)->prepared[payment->intent] = *payment;
    return answer(m_state, std::move(payment));
}

QFuture<Result<api::PaymentEstimate>> FakePayments::estimate(api::PaymentDraft draft)
{
    using Answer = Result<api::PaymentEstimate>;
    const auto payment = plan(draft);
    if (!payment)
        return answer(m_state, Answer(payment.error()));
    api::PaymentEstimate estimate;
    estimate.currency = payment->currency;
    estimate.amount = payment->amount;
    estimate.fee = payment->fee;
    estimate.total = payment->total;
    estimate.balanceAfter = payment->balanceAfter;
    estimate.feeRateMilliSatPerVb = payment->feeRateMilliSatPerVb;
    estimate.left = payment->left;
    return answer(m_state, Answer(std::move(estimate)));
}

QFuture<Result<void>> FakePayments::sendAgain(api::WalletId id, api::IntentId intent)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return answer(m_state, Result<void>(noSuch()));
    for (auto& info : wallet->intents) {
        if (info.id != intent || info.nextAction != "send_again"_L1)
            continue;
        ++m_state.sentAgain;
        info.handedToPeers = m_state.peersThatTake;
        info.askedPeers = std::max(info.askedPeers, m_state.peersThatTake);
        if (info.handedToPeers > 0)
            info.nextAction = u"wait"_s;
        publish(id);
        return answer(m_state, Result<void>());
    }
    return answer(m_state, Result<void>(ErrorCode::Rejected, "does not wait"));
}

Result<api::PreparedPayment> FakePayments::replacement(const QString& id, const QString& txid,
                                                       std::int64_t rate, const QString& payee)
{
    FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return noSuch();
    for (const auto& row : wallet->rows) {
        if (row.txid != txid)
            continue;
        api::PreparedPayment payment;
        payment.intent = u"intent-%1"_s.arg(m_state.nextNumber++);
        payment.wallet = id;
        payment.account = row.account;
        payment.currency = row.currency;
        payment.amount = difference(row.amount.absolute(), row.fee);
        payment.fee = money::Amount((rate * 140 + 999) / 1000);
        payment.total = sum(payment.amount, payment.fee);
        payment.balanceAfter = money::Amount(20'411'877);
        payment.feeRateMilliSatPerVb = rate;
        payment.outputs.push_back(
            {payee.isEmpty() ? row.counterparty : payee, payment.amount, !payee.isEmpty()});
        payment.replaces = txid;
        payment.preparedAtMs = m_state.now();
        payment.expiresAtMs = m_state.now() + 600'000;
        payment.findings.push_back({payee.isEmpty() ? u"known_payee"_s : u"pays_self"_s,
                                    api::Severity::Ok,
                                    {QString(), u"1"_s}});
        wallet->prepared[payment.intent] = payment;
        return payment;
    }
    return noSuch();
}

QFuture<Result<api::PreparedPayment>>
FakePayments::prepareBump(api::WalletId wallet, QString txid,
                          std::optional<std::int64_t> feeRateMilliSatPerVb)
{
    return answer(m_state, replacement(wallet, txid, feeRateMilliSatPerVb.value_or(24'000), {}));
}

QFuture<Result<api::PreparedPayment>> FakePayments::prepareCancel(api::WalletId wallet,
                                                                  QString txid)
{
    return answer(m_state,
                  replacement(wallet, txid, 26'000, m_state.makeAddress(m_state.nextNumber++)));
}

QFuture<Result<api::SentPayment>> FakePayments::confirm(api::ConfirmPayment request)
{
    using Answer = Result<api::SentPayment>;
    FakeWallet* wallet = m_state.wallet(request.wallet);
    if (!wallet || !wallet->prepared.contains(request.intent))
        return answer(m_state, Answer(ErrorCode::Rejected, "unknown intent"));
    if (!wallet->password.equals(request.password))
        return answer(m_state, Answer(ErrorCode::WrongPassword, "confirm"));
    const api::PreparedPayment payment = wallet->prepared[request.intent];
    for (const auto& finding : payment.findings)
        if (finding.severity == api::Severity::Danger &&
            !request.acknowledgedDangers.contains(finding.rule))
            return answer(m_state, Answer(ErrorCode::Rejected, "danger not acknowledged"));
    if (m_state.nextConfirmError) {
        const base::Error error = *m_state.nextConfirmError;
        m_state.nextConfirmError.reset();
        return answer(m_state, Answer(error));
    }
    ++m_state.confirms;
    m_state.signedPayments.push_back(payment);
    const QString txid = m_state.makeId(m_state.nextNumber++);
    api::HistoryRow row;
    row.id = txid;
    row.txid = txid;
    row.timeMs = m_state.now();
    row.kind = u"send"_s;
    row.account = payment.account;
    row.amount = payment.total.negated();
    row.fee = payment.fee;
    row.currency = payment.currency;
    row.label = payment.label;
    row.counterparty = payment.outputs.front().address;
    row.canBump = true;
    row.proof = {api::Source::Proved, m_state.node.height, m_state.now()};
    for (auto& old : wallet->rows)
        if (!payment.replaces.isEmpty() && old.txid == payment.replaces)
            old.status = api::EntryStatus::Replaced;
    wallet->rows.insert(wallet->rows.begin(), row);
    for (auto& account : wallet->accounts)
        if (account.id == payment.account && account.balance) {
            account.balance->spendable = payment.balanceAfter;
            account.balance->pending = difference(account.balance->pending, payment.total);
        }
    api::IntentInfo intent;
    intent.id = payment.intent;
    intent.account = payment.account;
    intent.state = api::IntentState::Broadcast;
    intent.txid = txid;
    intent.amount = payment.amount;
    intent.fee = payment.fee;
    intent.currency = payment.currency;
    intent.handedToPeers = m_state.peersThatTake;
    intent.askedPeers = 3;
    intent.nextAction = intent.handedToPeers > 0 ? u"wait"_s : u"send_again"_s;
    intent.createdAtMs = m_state.now();
    wallet->intents.insert(wallet->intents.begin(), intent);
    wallet->prepared.erase(request.intent);
    publish(request.wallet);
    Q_EMIT paid(request.wallet, txid);
    return answer(m_state, Answer(api::SentPayment{payment.intent, txid, u"02000000"_s + txid}));
}

QFuture<Result<void>> FakePayments::discard(api::WalletId id, api::IntentId intent)
{
    if (FakeWallet* wallet = m_state.wallet(id))
        wallet->prepared.erase(intent);
    return answer(m_state, Result<void>());
}

} // namespace coffer::test
