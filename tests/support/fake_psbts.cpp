// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_api.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::test {

using base::ErrorCode;
using base::Result;
using Obstacle = api::PsbtObstacle;

namespace {

const QByteArray kMagic("psbt\xff");

/// What the bytes of a fake PSBT say: its kind, and who has signed.
struct Content
{
    QString kind;
    bool own = false;
    bool other = false;
    bool final = false;
    QString plan; ///< The intent it was made for.
};

QByteArray bytesOf(const Content& content)
{
    QUrlQuery query;
    query.addQueryItem(u"kind"_s, content.kind);
    query.addQueryItem(u"own"_s, QString::number(content.own));
    query.addQueryItem(u"other"_s, QString::number(content.other));
    query.addQueryItem(u"final"_s, QString::number(content.final));
    query.addQueryItem(u"plan"_s, content.plan);
    return kMagic + query.toString().toLatin1();
}

Result<Content> contentOf(const QByteArray& bytes)
{
    if (!bytes.startsWith(kMagic))
        return base::Error{ErrorCode::Malformed, "magic"};
    const QUrlQuery query(QString::fromLatin1(bytes.mid(kMagic.size())));
    Content content;
    content.kind = query.queryItemValue(u"kind"_s);
    content.own = query.queryItemValue(u"own"_s) == "1"_L1;
    content.other = query.queryItemValue(u"other"_s) == "1"_L1;
    content.final = query.queryItemValue(u"final"_s) == "1"_L1;
    content.plan = query.queryItemValue(u"plan"_s);
    if (content.kind.isEmpty())
        return base::Error{ErrorCode::Malformed, "a map ends early"};
    if (content.kind == "big"_L1)
        return base::Error{ErrorCode::TooLarge, "above 10,000 maps"};
    return content;
}

bool hasForeignInput(const Content& content)
{
    return content.kind == "joint"_L1 || content.kind == "unproved"_L1 ||
           content.kind == "missing"_L1;
}

bool isComplete(const Content& content)
{
    if (content.kind == "foreign"_L1)
        return content.other;
    return content.own && (content.other || !hasForeignInput(content));
}

api::PsbtInputInfo input(const QString& outpoint, const QString& address, std::int64_t amount)
{
    api::PsbtInputInfo info;
    info.outpoint = outpoint;
    info.address = address;
    info.amount = money::Amount(amount);
    info.proved = true;
    info.ours = false;
    info.required = 1;
    return info;
}

api::PsbtOutputInfo output(const QString& address, std::int64_t amount)
{
    api::PsbtOutputInfo info;
    info.address = address;
    info.script = u"0014"_s + QString(40, u'7');
    info.amount = money::Amount(amount);
    info.ours = false;
    return info;
}

void addProblems(api::PsbtInfo& info, const QString& kind)
{
    const auto problem = [&](const QString& rule, int at, int to) {
        info.problems.push_back({rule, at, to});
    };
    if (kind == "unproved"_L1)
        problem(u"amount_unproved"_s, 1, -1);
    else if (kind == "missing"_L1)
        problem(u"utxo_missing"_s, 1, -1);
    else if (kind == "lie"_L1)
        problem(u"false_claim"_s, -1, 1);
    else if (kind == "othernet"_L1)
        problem(u"other_network"_s, -1, -1);
}

/// What stands in the way by kind; None: nothing.
Obstacle fateOf(const QString& kind)
{
    static const QHash<QString, Obstacle> fates{
        {u"mined"_s, Obstacle::Confirmed},     {u"sent"_s, Obstacle::Sent},
        {u"spent"_s, Obstacle::CoinSpent},     {u"frozen"_s, Obstacle::CoinFrozen},
        {u"held"_s, Obstacle::CoinHeld},       {u"early"_s, Obstacle::NotSynced},
        {u"foreign"_s, Obstacle::NothingOurs}, {u"othernet"_s, Obstacle::NothingOurs},
        {u"missing"_s, Obstacle::Problem},     {u"lie"_s, Obstacle::Problem}};
    return fates.value(kind, Obstacle::None);
}

} // namespace

FakePsbts::FakePsbts(FakeState& state, FakePayments& payments, QObject* parent)
    : Psbts(parent)
    , m_state(state)
    , m_payments(payments)
{
}

QByteArray FakePsbts::sample(const QString& kind, Signed by)
{
    return bytesOf({kind,
                    by == Signed::Us || by == Signed::All,
                    by == Signed::Others || by == Signed::All,
                    false,
                    {}});
}

QFuture<Result<api::CreatedPsbt>> FakePsbts::create(api::CreatePsbt request)
{
    auto prepared = m_payments.prepare(std::move(request.draft)).takeResult();
    if (!prepared)
        return answer(m_state, Result<api::CreatedPsbt>(prepared.error()));
    Content content{u"own"_s, false, false, false, prepared->intent};
    m_state.plans[prepared->intent] = *prepared;
    return answer(m_state,
                  Result<api::CreatedPsbt>(api::CreatedPsbt{prepared.take(), bytesOf(content)}));
}

api::PsbtInfo FakePsbts::told(const FakeWallet& wallet, const QByteArray& bytes) const
{
    const auto content = contentOf(bytes);
    const bool ours = content->kind != "foreign"_L1 && content->kind != "othernet"_L1;
    const api::AccountInfo& account = wallet.accounts.front();
    const bool planned = m_state.plans.contains(content->plan);
    const auto plan = planned ? m_state.plans.value(content->plan) : api::PreparedPayment();
    api::PsbtInfo info;
    info.currency = m_state.currency();
    info.txid = m_state.makeId(4711);
    auto first = input(m_state.makeId(77) + u":1"_s, m_state.makeAddress(60), 50'000'000);
    first.ours = ours;
    first.account = ours ? account.id : QString();
    first.signatures = (ours ? content->own : content->other) ? 1 : 0;
    info.inputs.push_back(first);
    if (hasForeignInput(*content)) {
        auto second = input(m_state.makeId(78) + u":0"_s, m_state.makeAddress(61), 80'000'000);
        second.signatures = content->other ? 1 : 0;
        second.proved = content->kind == "joint"_L1;
        if (content->kind == "missing"_L1) {
            second.amount.reset();
            second.address.clear();
            second.required.reset();
        }
        info.inputs.push_back(second);
        info.outputs.push_back(output(m_state.makeAddress(5), 79'990'000));
    }
    for (auto& each : info.inputs) {
        each.signedFully = each.required && each.signatures >= *each.required;
        each.final = content->final && each.signedFully;
    }
    info.outputs.insert(info.outputs.begin(), output(m_state.makeAddress(31), 20'000'000));
    for (const auto& each : plan.outputs)
        if (!each.change) {
            info.outputs.front().address = each.address;
            info.outputs.front().amount = each.amount;
        }
    auto change = output(m_state.makeAddress(62), 29'998'000);
    change.ours = ours && content->kind != "lie"_L1;
    change.change = ours;
    change.account = ours ? account.id : QString();
    info.outputs.push_back(change);
    if (content->kind != "missing"_L1) {
        info.fee = planned ? plan.fee : money::Amount(hasForeignInput(*content) ? 12'000 : 2'000);
        info.feeRateMilliSatPerVb = planned ? plan.feeRateMilliSatPerVb : 14'200;
        info.leaving = planned ? plan.total : money::Amount(ours ? 20'002'000 : 0);
    }
    addProblems(info, content->kind);
    info.complete = isComplete(*content);
    info.account = ours ? account.id : QString();
    info.signing = info.sending = fateOf(content->kind);
    if (info.signing != Obstacle::None)
        return info;
    info.findings = plan.findings;
    if (content->kind == "danger"_L1)
        info.findings = {{u"look_alike"_s, api::Severity::Danger, {m_state.makeAddress(30), {}}},
                         {u"first_time"_s, api::Severity::Warning, {}}};
    else if (!planned)
        info.findings = {{u"first_time"_s, api::Severity::Warning, {}}};
    info.label = plan.label;
    info.balanceAfter = planned ? plan.balanceAfter : money::Amount(12'345'678);
    if (content->own)
        info.signing = Obstacle::Signed;
    else if (content->kind == "unproved"_L1)
        info.signing = Obstacle::Unproved;
    else if (account.watchOnly)
        info.signing = Obstacle::WatchOnly;
    info.sending = info.complete ? Obstacle::None : Obstacle::Unsigned;
    return info;
}

QFuture<Result<api::PsbtInfo>> FakePsbts::inspect(api::WalletId id, QByteArray psbt)
{
    using Answer = Result<api::PsbtInfo>;
    const FakeWallet* wallet = m_state.wallet(id);
    if (!wallet)
        return answer(m_state, Answer(ErrorCode::NotFound, "no such wallet"));
    if (const auto content = contentOf(psbt); !content)
        return answer(m_state, Answer(content.error()));
    return answer(m_state, Answer(told(*wallet, psbt)));
}

QFuture<Result<api::SignedPsbt>> FakePsbts::sign(api::SignPsbt request)
{
    using Answer = Result<api::SignedPsbt>;
    const FakeWallet* wallet = m_state.wallet(request.wallet);
    if (!wallet->password.equals(request.password))
        return answer(m_state, Answer(ErrorCode::WrongPassword, "sign"));
    const auto info = told(*wallet, request.psbt);
    for (const auto& finding : info.findings)
        if (finding.severity == api::Severity::Danger &&
            !request.acknowledgedDangers.contains(finding.rule))
            return answer(m_state, Answer(ErrorCode::Rejected, "danger not acknowledged"));
    if (info.signing != Obstacle::None)
        return answer(m_state, Answer(ErrorCode::Rejected, "obstacle"));
    ++m_state.psbtSigns;
    auto content = contentOf(request.psbt).take();
    content.own = true;
    api::SignedPsbt done{u"intent-psbt"_s, bytesOf(content), isComplete(content)};
    return answer(m_state, Answer(std::move(done)));
}

QFuture<Result<QByteArray>> FakePsbts::combine(std::vector<QByteArray> psbts)
{
    using Answer = Result<QByteArray>;
    Content sum;
    for (const auto& bytes : psbts) {
        const auto content = contentOf(bytes);
        if (!content)
            return answer(m_state, Answer(content.error()));
        if (!sum.kind.isEmpty() && (sum.kind != content->kind || sum.plan != content->plan))
            return answer(m_state, Answer(ErrorCode::Conflict, "another transaction"));
        sum.kind = content->kind;
        sum.plan = content->plan;
        sum.own = sum.own || content->own;
        sum.other = sum.other || content->other;
        sum.final = sum.final || content->final;
    }
    return answer(m_state, Answer(bytesOf(sum)));
}

QFuture<Result<api::FinalPsbt>> FakePsbts::finalise(QByteArray psbt)
{
    using Answer = Result<api::FinalPsbt>;
    auto content = contentOf(psbt);
    if (!content)
        return answer(m_state, Answer(content.error()));
    content->final = true;
    api::FinalPsbt done;
    done.psbt = bytesOf(*content);
    done.complete = isComplete(*content);
    if (!done.complete)
        done.missing = {1};
    return answer(m_state, Answer(std::move(done)));
}

QFuture<Result<api::SentPayment>> FakePsbts::broadcast(api::WalletId id, QByteArray psbt)
{
    using Answer = Result<api::SentPayment>;
    FakeWallet* wallet = m_state.wallet(id);
    const auto info = told(*wallet, psbt);
    if (info.sending != Obstacle::None)
        return answer(m_state, Answer(ErrorCode::Rejected, "obstacle"));
    if (m_state.nextConfirmError)
        return answer(m_state, Answer(*std::exchange(m_state.nextConfirmError, std::nullopt)));
    ++m_state.psbtBroadcasts;
    api::IntentInfo intent;
    intent.id = u"intent-psbt"_s;
    intent.account = info.account;
    intent.state = api::IntentState::Broadcast;
    intent.txid = info.txid;
    intent.currency = info.currency;
    intent.handedToPeers = m_state.peersThatTake;
    intent.askedPeers = 3;
    intent.nextAction = u"wait"_s;
    intent.createdAtMs = m_state.now();
    wallet->intents.insert(wallet->intents.begin(), intent);
    m_payments.publish(id);
    return answer(m_state,
                  Answer(api::SentPayment{intent.id, intent.txid, u"02000000"_s + info.txid}));
}

} // namespace coffer::test
