// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is stored about accounts comes back as it was, and damage is named. Method: round
// trips, then each record cut, lengthened and with one value out of range.

#include "core/engine/account_record.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::engine;
using base::ErrorCode;

class AccountRecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void comesBackAsItWas();
    void refusesDamage();
};

namespace {

CandidateRecord candidate()
{
    CandidateRecord out;
    base::ByteArray<16> id{};
    id[15] = 7;
    out.account.id = base::Uuid(id);
    out.account.name = "Bitcoin legacy 2";
    out.account.type = api::AccountType::Bip44;
    out.account.receive = "pkh(...)#receive0";
    out.account.change = "pkh(...)#change00";
    out.account.path = "m/44h/1h/1h";
    out.account.number = 1;
    out.account.birthdayHeight = 278'000;
    out.account.birthdayMs = 1'700'000'000'000;
    out.state = CandidateState::Searched;
    return out;
}

} // namespace

void AccountRecordTest::comesBackAsItWas()
{
    for (const auto state :
         {CandidateState::Waiting, CandidateState::Searched, CandidateState::Dropped}) {
        auto record = candidate();
        record.state = state;
        const auto read = decodeCandidate(encodeCandidate(record));
        VERIFY_RESULT(read);
        QVERIFY(*read == record);
    }
    const auto account = decodeAccount(encodeAccount(candidate().account));
    VERIFY_RESULT(account);
    QVERIFY(*account == candidate().account);
}

void AccountRecordTest::refusesDamage()
{
    const auto good = encodeCandidate(candidate());
    for (std::size_t size = 0; size < good.size(); ++size)
        QVERIFY(!decodeCandidate(base::ByteView(good).first(size)));
    auto longer = good;
    longer.push_back(0);
    COMPARE_ERROR(decodeCandidate(longer), ErrorCode::Malformed);
    auto state = good;
    state[2] = 3; // Array, version, state: one byte each.
    COMPARE_ERROR(decodeCandidate(state), ErrorCode::Malformed);
    auto version = good;
    version[1] = 2;
    COMPARE_ERROR(decodeCandidate(version), ErrorCode::VersionTooNew);
    auto members = good;
    members[0] = 0x84;
    COMPARE_ERROR(decodeCandidate(members), ErrorCode::Malformed);
    // An account alone is no candidate.
    QVERIFY(!decodeCandidate(encodeAccount(candidate().account)));
}

QTEST_GUILESS_MAIN(AccountRecordTest)
#include "account_record_test.moc"
