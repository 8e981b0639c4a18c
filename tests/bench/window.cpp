// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// From the start of the program to its first painted window, and the memory it then takes: Coffer
// against an empty Qt window, in turn.

#include "tests/bench/report.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <optional>

using namespace coffer::bench;

namespace {

constexpr int kRounds = 9;
constexpr int kTimeoutMs = 30'000;

struct Sample
{
    double ms = 0;
    double megabytes = 0;        ///< Resident, shared libraries included.
    double privateMegabytes = 0; ///< Resident and not of a file.
};

double megabytesOf(const QByteArray& line)
{
    return line.mid(line.indexOf(':') + 1).trimmed().split(' ').value(0).toDouble() / 1024;
}

std::optional<Sample> start(const QString& name, const QProcessEnvironment& environment)
{
    const QTemporaryDir folder;
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    program.start(QCoreApplication::applicationDirPath() + QLatin1Char('/') + name,
                  {folder.path()});
    QByteArray said;
    Sample sample;
    while (!said.contains("RssAnon") && timer.elapsed() < kTimeoutMs) {
        if (!program.waitForReadyRead(kTimeoutMs))
            break;
        said += program.readAllStandardOutput();
        if (sample.ms == 0 && said.contains("painted"))
            sample.ms = double(timer.nsecsElapsed()) / 1e6;
    }
    program.waitForFinished(kTimeoutMs);
    for (const auto& line : said.split('\n')) {
        if (line.startsWith("VmRSS"))
            sample.megabytes = megabytesOf(line);
        else if (line.startsWith("RssAnon"))
            sample.privateMegabytes = megabytesOf(line);
    }
    if (sample.megabytes == 0)
        return std::nullopt;
    return sample;
}

/// A display of our own, so that the figures do not depend on who sits in front of the screen.
class Display
{
public:
    Display()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty())
            return;
        m_server.setProcessChannelMode(QProcess::SeparateChannels);
        m_server.start(QStringLiteral("Xvfb"),
                       {QStringLiteral("-displayfd"), QStringLiteral("1"),
                        QStringLiteral("-screen"), QStringLiteral("0"),
                        QStringLiteral("1280x900x24"), QStringLiteral("-nolisten"),
                        QStringLiteral("tcp")});
        if (m_server.waitForReadyRead(kTimeoutMs))
            m_name =
                QLatin1Char(':') + QString::fromLatin1(m_server.readAllStandardOutput()).trimmed();
    }
    ~Display()
    {
        m_server.terminate();
        m_server.waitForFinished(kTimeoutMs);
    }

    QProcessEnvironment environment() const
    {
        auto out = QProcessEnvironment::systemEnvironment();
        out.insert(QStringLiteral("QT_QPA_PLATFORM"),
                   m_name.isEmpty() ? QStringLiteral("offscreen") : QStringLiteral("xcb"));
        out.insert(QStringLiteral("DISPLAY"), m_name);
        out.remove(QStringLiteral("WAYLAND_DISPLAY"));
        return out;
    }

private:
    QProcess m_server;
    QString m_name;
};

Figure figure(const char* what, const char* unit, double ours, double theirs)
{
    Figure out;
    out.what = what;
    out.unit = unit;
    out.ours = ours;
    out.counterpart = Figure::Counterpart{"empty Qt window", theirs};
    return out;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const Display display;
    std::vector<double> ms[2];
    std::vector<double> all[2];
    std::vector<double> own[2];
    const QString names[2] = {QStringLiteral("coffer_window"), QStringLiteral("empty_window")};
    for (int i = 0; i <= kRounds; ++i) {
        for (int k = 0; k < 2; ++k) {
            const auto sample = start(names[k], display.environment());
            if (!sample) {
                std::fprintf(stderr, "%s shows no window\n", qPrintable(names[k]));
                return EXIT_FAILURE;
            }
            if (i == 0)
                continue; // Reads the files.
            ms[k].push_back(sample->ms);
            all[k].push_back(sample->megabytes);
            own[k].push_back(sample->privateMegabytes);
        }
    }
    auto first = figure("first window", "ms", median(ms[0]), median(ms[1]));
    first.mostTimesCounterpart = 3;
    report(first);
    report(figure("memory of the first window, resident", "MB", median(all[0]), median(all[1])));
    report(figure("memory of the first window, private", "MB", median(own[0]), median(own[1])));
    return EXIT_SUCCESS;
}
