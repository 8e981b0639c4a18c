// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: settings survive, whatever was written into the file; nothing out of range is stored.

#include "core/engine/settings_store.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

#include <functional>

using namespace coffer;
using api::SettingsSnapshot;
using base::ErrorCode;
using engine::SettingsStore;

class SettingsStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_path = m_folder.filePath(QStringLiteral("settings.ini"));
    }
    void cleanup() { QFile::remove(m_path); }
    void roundTrips();
    void startsWithDefaults();
    void replacesWhatMakesNoSense();
    void refusesOutOfRange_data();
    void refusesOutOfRange();
    void saysWhenItCannotWrite();

private:
    void write(const QByteArray& content)
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
    }

    QTemporaryDir m_folder;
    QString m_path;
};

void SettingsStoreTest::roundTrips()
{
    SettingsSnapshot settings;
    settings.theme = api::Theme::Dark;
    settings.language = QStringLiteral("zh_CN");
    settings.autoLockMinutes = 0;
    settings.lockWhenMinimised = true;
    settings.notifications = false;
    settings.discreet = true;
    settings.unit = QStringLiteral("sat");
    settings.peers = {QStringLiteral("127.0.0.1:18444"), QStringLiteral("[::1]:8333"),
                      QStringLiteral("my.node:8333")};
    settings.proxy = QStringLiteral("socks5://127.0.0.1:9050");
    settings.offline = true;
    settings.fontPercent = 200;
    settings.reducedMotion = true;
    settings.swapGainColors = true;
    settings.lastWallet = QStringLiteral("Main wallet é");
    const SettingsStore store(m_path);
    VERIFY_RESULT(store.save(settings));
    const auto read = SettingsStore(m_path).load();
    QVERIFY(read.theme == settings.theme);
    QCOMPARE(read.language, settings.language);
    QCOMPARE(read.autoLockMinutes, 0);
    QVERIFY(read.lockWhenMinimised && !read.notifications);
    QVERIFY(read.discreet && read.offline && read.reducedMotion && read.swapGainColors);
    QCOMPARE(read.unit, settings.unit);
    QCOMPARE(read.peers, settings.peers);
    QCOMPARE(read.proxy, settings.proxy);
    QCOMPARE(read.fontPercent, 200);
    QCOMPARE(read.lastWallet, settings.lastWallet);
    // One peer alone is a list too.
    settings.peers = {QStringLiteral("127.0.0.1:18444")};
    VERIFY_RESULT(store.save(settings));
    QCOMPARE(store.load().peers, settings.peers);
}

void SettingsStoreTest::startsWithDefaults()
{
    const auto read = SettingsStore(m_path).load();
    const SettingsSnapshot defaults;
    QVERIFY(read.theme == defaults.theme);
    QCOMPARE(read.autoLockMinutes, defaults.autoLockMinutes);
    QCOMPARE(read.unit, defaults.unit);
    QVERIFY(read.peers.isEmpty() && read.proxy.isEmpty() && !read.offline);
}

void SettingsStoreTest::replacesWhatMakesNoSense()
{
    const SettingsSnapshot defaults;
    write("[window]\ntheme=purple\nunit=doge\nfont_percent=5000\n"
          "[security]\nauto_lock_minutes=-3\n"
          "[node]\npeers=ok.example:8333, not a peer, 127.0.0.1:99999\nproxy=http://evil\n");
    auto read = SettingsStore(m_path).load();
    QVERIFY(read.theme == api::Theme::System);
    QCOMPARE(read.unit, defaults.unit);
    QCOMPARE(read.fontPercent, defaults.fontPercent);
    QCOMPARE(read.autoLockMinutes, defaults.autoLockMinutes);
    QCOMPARE(read.peers, QStringList{QStringLiteral("ok.example:8333")});
    QVERIFY(read.proxy.isEmpty());
    QByteArray noise;
    for (int i = 0; i < 4096; ++i)
        noise.append(static_cast<char>(i * 37 + i / 256));
    write(noise);
    read = SettingsStore(m_path).load();
    QCOMPARE(read.autoLockMinutes, defaults.autoLockMinutes);
    QStringList many;
    for (int i = 0; i < 100; ++i)
        many << QStringLiteral("10.0.0.%1:8333").arg(i);
    write("[node]\npeers=" + many.join(QStringLiteral(", ")).toUtf8() + "\n");
    QCOMPARE(SettingsStore(m_path).load().peers.size(), 16);
}

void SettingsStoreTest::refusesOutOfRange_data()
{
    QTest::addColumn<std::function<void(SettingsSnapshot&)>>("change");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, std::function<void(SettingsSnapshot&)> change,
                        ErrorCode code) {
        QTest::newRow(name) << std::move(change) << static_cast<int>(code);
    };
    row(
        "lock too late", [](auto& s) { s.autoLockMinutes = 61; }, ErrorCode::OutOfRange);
    row(
        "lock before", [](auto& s) { s.autoLockMinutes = -1; }, ErrorCode::OutOfRange);
    row(
        "tiny text", [](auto& s) { s.fontPercent = 89; }, ErrorCode::OutOfRange);
    row(
        "huge text", [](auto& s) { s.fontPercent = 201; }, ErrorCode::OutOfRange);
    row(
        "no proxy", [](auto& s) { s.proxy = QStringLiteral("9050"); }, ErrorCode::Malformed);
    row(
        "no peer", [](auto& s) { s.peers = {QStringLiteral("a b")}; }, ErrorCode::Malformed);
    row(
        "too many peers",
        [](auto& s) {
            for (int i = 0; i < 17; ++i)
                s.peers << QStringLiteral("10.0.0.%1:8333").arg(i);
        },
        ErrorCode::OutOfRange);
}

void SettingsStoreTest::refusesOutOfRange()
{
    QFETCH(std::function<void(SettingsSnapshot&)>, change);
    QFETCH(int, code);
    const SettingsStore store(m_path);
    SettingsSnapshot settings;
    settings.language = QStringLiteral("en");
    VERIFY_RESULT(store.save(settings));
    auto wrong = settings;
    wrong.language = QStringLiteral("zh_CN");
    change(wrong);
    COMPARE_ERROR(store.save(wrong), static_cast<ErrorCode>(code));
    QCOMPARE(store.load().language, QStringLiteral("en")); // Nothing of it was stored.
}

void SettingsStoreTest::saysWhenItCannotWrite()
{
    COMPARE_ERROR(SettingsStore(QStringLiteral("/proc/none/settings.ini")).save({}),
                  ErrorCode::ReadOnly);
}

QTEST_GUILESS_MAIN(SettingsStoreTest)
#include "settings_store_test.moc"
