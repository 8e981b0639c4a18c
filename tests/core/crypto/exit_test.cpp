// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: OpenSSL works to the last moment of the process. It used to clean up at exit() while
// threads that had hashed were still on their last steps, and both freed the same memory. Method:
// this program once more, which hashes for the first time after everything that was registered with
// atexit() later than its own object.

#include "core/base/hex.h"
#include "core/crypto/hash.h"
#include "tests/support/test.h"

#include <QProcess>

#include <cstdio>

using namespace coffer;

namespace {

constexpr const char* kProbe = "COFFER_EXIT_PROBE";

/// Made before main(), so its destructor runs after the clean-up of all libraries used in it.
struct Last
{
    ~Last()
    {
        if (qEnvironmentVariableIsSet(kProbe))
            std::printf("late %s\n", base::toHex(crypto::sha512(base::viewOf("abc"))).c_str());
    }
};
const Last s_last;

} // namespace

class ExitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesAfterExit()
    {
        const auto early = crypto::sha256(base::viewOf("abc"));
        QCOMPARE(base::toHex(early).substr(0, 8), std::string("ba7816bf")); // FIPS 180-4, B.1
        if (qEnvironmentVariableIsSet(kProbe))
            return;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromUtf8(kProbe), QStringLiteral("1"));
        QProcess again;
        again.setProcessEnvironment(environment);
        again.start(QCoreApplication::applicationFilePath(), {QStringLiteral("exit_test")});
        QVERIFY(again.waitForFinished());
        QCOMPARE(again.exitStatus(), QProcess::NormalExit);
        QCOMPARE(again.exitCode(), 0);
        // FIPS 180-4, C.1
        QVERIFY(again.readAllStandardOutput().contains("late ddaf35a193617abacc417349ae204131"));
    }
};

QTEST_GUILESS_MAIN(ExitTest)
#include "exit_test.moc"
