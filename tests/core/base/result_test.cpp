// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a Result holds a value or an error, and TRY passes the error on. Method: both sides, with
// values that can only be moved.

#include "core/base/result.h"
#include "tests/support/test.h"

#include <memory>
#include <set>

using namespace coffer::base;

namespace {

Result<std::unique_ptr<int>> make(int value)
{
    if (value < 0)
        return Error{ErrorCode::OutOfRange, "negative"};
    return std::make_unique<int>(value);
}

Result<void> check(int value)
{
    auto made = TRY(make(value));
    if (*made > 10)
        return {ErrorCode::TooLarge, "above ten"};
    return {};
}

Result<int> doubled(int value)
{
    TRY(check(value));
    auto made = TRY(make(value));
    return *made * 2;
}

Result<std::unique_ptr<int>> passedOn(int value)
{
    return TRY(make(value));
}

} // namespace

class ResultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValue();
    void holdsAnError();
    void passesErrorsOn();
    void namesEveryCodeOnce();
};

void ResultTest::holdsAValue()
{
    auto made = make(3);
    QVERIFY(static_cast<bool>(made));
    QCOMPARE(**made, 3);
    QCOMPARE(*made.take(), 3);
    const auto twice = doubled(4);
    VERIFY_RESULT(twice);
    QCOMPARE(*twice, 8);
    QCOMPARE(*passedOn(5).take(), 5);
}

void ResultTest::holdsAnError()
{
    const auto made = make(-1);
    COMPARE_ERROR(made, ErrorCode::OutOfRange);
    QCOMPARE(made.error().detail, std::string("negative"));
}

void ResultTest::passesErrorsOn()
{
    COMPARE_ERROR(check(-1), ErrorCode::OutOfRange);
    COMPARE_ERROR(doubled(-1), ErrorCode::OutOfRange);
    COMPARE_ERROR(doubled(11), ErrorCode::TooLarge);
    COMPARE_ERROR(passedOn(-1), ErrorCode::OutOfRange);
}

void ResultTest::namesEveryCodeOnce()
{
    std::set<std::string_view> names;
    const int last = static_cast<int>(ErrorCode::Internal);
    for (int i = 0; i <= last; ++i)
        names.insert(errorCodeName(static_cast<ErrorCode>(i)));
    QCOMPARE(names.size(), static_cast<std::size_t>(last + 1));
}

QTEST_GUILESS_MAIN(ResultTest)
#include "result_test.moc"
