// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tidy/source_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace coffer::tidy {

namespace {

enum class State
{
    Code,
    LineComment,
    BlockComment,
    String,
    Character,
    RawString
};

/// Splits C++ into code and literals, one character at a time.
class Splitter
{
public:
    explicit Splitter(const QString& text)
        : m_text(text)
    {
    }

    void run(QStringList& code, QStringList& literals)
    {
        for (m_at = 0; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'\n') {
                if (m_state == State::LineComment) {
                    m_state = State::Code;
                }
                code << m_code;
                literals << m_literals;
                m_code.clear();
                m_literals.clear();
                continue;
            }
            step(c);
        }
        if (!m_code.isEmpty() || !m_literals.isEmpty()) {
            code << m_code;
            literals << m_literals;
        }
    }

private:
    bool follows(QLatin1String text) const
    {
        return QStringView(m_text).mid(m_at).startsWith(text);
    }

    void put(QChar code, QChar literal)
    {
        m_code += code;
        m_literals += literal;
    }

    /// In 1'000 and 0xff'ff, but not in u'x'.
    bool separatesDigits() const
    {
        auto start = m_code.size();
        while (start > 0 && (m_code[start - 1].isLetterOrNumber() || m_code[start - 1] == u'\'')) {
            --start;
        }
        return start < m_code.size() && m_code[start].isDigit();
    }

    void step(QChar c)
    {
        switch (m_state) {
        case State::Code:
            stepCode(c);
            return;
        case State::LineComment:
            put(u' ', u' ');
            return;
        case State::BlockComment:
            put(u' ', u' ');
            if (follows(QLatin1String("*/"))) {
                put(u' ', u' ');
                ++m_at;
                m_state = State::Code;
            }
            return;
        case State::RawString:
            stepRawString(c);
            return;
        case State::String:
        case State::Character:
            stepLiteral(c);
            return;
        }
    }

    void stepCode(QChar c)
    {
        if (follows(QLatin1String("//"))) {
            m_state = State::LineComment;
            put(u' ', u' ');
        } else if (follows(QLatin1String("/*"))) {
            m_state = State::BlockComment;
            put(u' ', u' ');
        } else if (c == u'"' && m_code.endsWith(u'R')) {
            const auto open = m_text.indexOf(u'(', m_at);
            m_rawEnd = u')' + m_text.mid(m_at + 1, open - m_at - 1) + u'"';
            m_state = State::RawString;
            while (m_at < open) {
                put(u'"', u' ');
                ++m_at;
            }
            put(u' ', u' ');
        } else if (c == u'"') {
            m_state = State::String;
            put(u'"', u' ');
        } else if (c == u'\'' && !separatesDigits()) {
            m_state = State::Character;
            put(u'\'', u' ');
        } else {
            put(c, u' ');
        }
    }

    void stepRawString(QChar c)
    {
        if (QStringView(m_text).mid(m_at).startsWith(m_rawEnd)) {
            put(u'"', u' ');
            m_at += m_rawEnd.size() - 1;
            m_state = State::Code;
        } else {
            put(u' ', c);
        }
    }

    void stepLiteral(QChar c)
    {
        if (c == u'\\') {
            put(u' ', u' ');
            put(u' ', u' ');
            ++m_at;
        } else if (c == (m_state == State::String ? u'"' : u'\'')) {
            put(c, u' ');
            m_state = State::Code;
        } else {
            put(u' ', c);
        }
    }

    const QString& m_text;
    qsizetype m_at = 0;
    State m_state = State::Code;
    QString m_rawEnd;
    QString m_code;
    QString m_literals;
};

} // namespace

SourceFile SourceFile::parse(const QString& path, const QString& text)
{
    SourceFile file;
    file.path = path;
    file.raw = text.split(u'\n');
    if (!file.raw.isEmpty() && file.raw.last().isEmpty()) {
        file.raw.removeLast();
    }
    Splitter(text).run(file.code, file.literals);
    // A backslash before a line break leaves the two views short: pad, so that indexes agree.
    while (file.code.size() < file.raw.size()) {
        file.code << QString();
        file.literals << QString();
    }
    return file;
}

QString readText(const QString& file)
{
    QFile handle(file);
    if (!handle.open(QIODevice::ReadOnly)) {
        qFatal("cannot read %s", qPrintable(file));
    }
    return QString::fromUtf8(handle.readAll());
}

std::vector<SourceFile> readSources(const QString& root, const QStringList& folders)
{
    std::vector<SourceFile> files;
    const QDir base(root);
    for (const auto& folder : folders) {
        QDirIterator iterator(base.filePath(folder),
                              {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                              QDirIterator::Subdirectories);
        while (iterator.hasNext()) {
            const auto path = iterator.next();
            files.push_back(SourceFile::parse(base.relativeFilePath(path), readText(path)));
        }
    }
    return files;
}

} // namespace coffer::tidy
