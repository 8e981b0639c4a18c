// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/translation_rules.h"

#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

namespace coffer::tidy {

namespace {

/// One <message>: its source, and its translation in all numerus forms.
struct Message
{
    qint64 line = 0;
    QString source;
    QStringList translations;
    QString type;
    enum class Numerus
    {
        No,
        Yes
    } numerus = Numerus::No;
};

QSet<QString> allOf(const QRegularExpression& expression, const QString& text)
{
    QSet<QString> found;
    auto matches = expression.globalMatch(text);
    while (matches.hasNext()) {
        found.insert(matches.next().captured());
    }
    return found;
}

/// Everything in a text that could send money elsewhere or say another sum.
QSet<QString> dangerous(QString text)
{
    // Marks of keys: "1&2 words" is 12, "12 个词(&2)" too.
    static const QRegularExpression s_key(QStringLiteral("\\(&\\w\\)|&"));
    text.remove(s_key);
    // URLs and bare domains; bech32, base58 and hexadecimal addresses; numbers in digits.
    static const QRegularExpression s_url(
        QStringLiteral("\\b[a-zA-Z][a-zA-Z0-9+.-]*://(?:[!-~]*[^\\W_/]/"
                       "?)?|\\b(?:bitcoin|ethereum|mailto):[!-~]+|"
                       "\\b(?:[a-z0-9-]+\\.)+(?:com|org|net|io|info|onion|dev|app|cn|de)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression s_address(
        QStringLiteral("\\b(?:bc1|tb1|bcrt1)[a-z0-9]{6,}|\\b0x[0-9a-fA-F]{8,}|\\b[123mn2][1-9A-HJ-"
                       "NP-Za-km-z]{25,}"));
    static const QRegularExpression s_number(QStringLiteral("\\d+"),
                                             QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression s_marker(QStringLiteral("%L?\\d+|%n"));
    const auto withoutMarkers = QString(text).remove(s_marker);
    // Full-width digits read as numbers too.
    return allOf(s_url, text) + allOf(s_address, text) + allOf(s_number, withoutMarkers);
}

QStringList markers(const QString& text)
{
    static const QRegularExpression s_marker(QStringLiteral("%L?\\d+"));
    auto found = allOf(s_marker, text).values();
    found.sort();
    return found;
}

void checkMessage(const QString& path, const Message& message, Findings& findings)
{
    const auto add = [&](const QString& words) {
        findings.push_back(
            {path, int(message.line), QStringLiteral("translation"),
             words + QStringLiteral(" (source: \"%1\")").arg(message.source.left(60))});
    };
    if (message.type == QLatin1String("vanished") || message.type == QLatin1String("obsolete")) {
        return;
    }
    if (message.type == QLatin1String("unfinished") || message.translations.isEmpty()) {
        add(QStringLiteral("unfinished"));
        return;
    }
    for (const auto& translation : message.translations) {
        if (translation.trimmed().isEmpty()) {
            add(QStringLiteral("empty"));
            continue;
        }
        auto extra = dangerous(translation) - dangerous(message.source);
        // A scheme whose rest is a translated place holder: "socks5://host:port".
        erase_if(extra, [&](const QString& item) {
            return item.endsWith(QLatin1String("://")) && message.source.contains(item);
        });
        if (!extra.isEmpty()) {
            auto names = extra.values();
            names.sort();
            add(QStringLiteral("holds what its source lacks: %1")
                    .arg(names.join(QStringLiteral(", "))));
        }
        // A singular form may drop %n, never %1.
        if (markers(translation) != markers(message.source)) {
            add(QStringLiteral("its place markers differ from the source's"));
        }
    }
}

void readTranslation(QXmlStreamReader& xml, Message& message)
{
    message.type = xml.attributes().value(QLatin1String("type")).toString();
    QString text;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("numerusform")) {
            message.translations << xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else if (xml.isCharacters()) {
            text += xml.text();
        } else if (xml.isEndElement() && xml.name() == QLatin1String("translation")) {
            break;
        }
    }
    if (message.numerus == Message::Numerus::No && !text.isEmpty()) {
        message.translations << text;
    }
}

} // namespace

Findings checkTranslation(const QString& path, const QString& text)
{
    Findings findings;
    QXmlStreamReader xml(text);
    Message message;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("message")) {
            message = {};
            message.line = xml.lineNumber();
            if (xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes")) {
                message.numerus = Message::Numerus::Yes;
            }
        } else if (xml.isStartElement() && xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else if (xml.isStartElement() && xml.name() == QLatin1String("translation")) {
            readTranslation(xml, message);
        } else if (xml.isEndElement() && xml.name() == QLatin1String("message")) {
            checkMessage(path, message, findings);
        }
    }
    if (xml.hasError()) {
        findings.push_back(
            {path, int(xml.lineNumber()), QStringLiteral("translation"), xml.errorString()});
    }
    return findings;
}

} // namespace coffer::tidy
