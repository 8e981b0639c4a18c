// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <QStringView>

namespace coffer::ui {

/// A line of UTF-8 text that is being typed and must not leave guarded memory: the buffer behind
/// PassphraseEdit and WordsEdit. The caret is a byte offset at a character border.
class SecretLine
{
public:
    /// Longer than any sensible password and than 24 words in any list.
    static constexpr std::size_t kCapacity = 1024;

    SecretLine();

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    std::size_t caret() const { return m_caret; }
    void setCaret(std::size_t caret);
    /// Number of characters before the caret, and in all.
    int charactersBefore(std::size_t offset) const;
    int characters() const { return charactersBefore(m_size); }
    std::size_t offsetOf(int character) const;

    /// Inserts at the caret; what does not fit is dropped whole. Control characters are skipped.
    void insert(QStringView text);
    /// Removes the character before or after the caret.
    void erasePrevious();
    void eraseNext();
    void eraseRange(std::size_t start, std::size_t end);
    void moveCaret(int characters);
    void clear();

    base::ByteView view() const;
    base::SecretBytes copy() const;
    bool equals(const SecretLine& other) const;

private:
    std::size_t previousStart(std::size_t offset) const;
    std::size_t nextStart(std::size_t offset) const;

    base::SecretBytes m_buffer;
    std::size_t m_size = 0;
    std::size_t m_caret = 0;
};

} // namespace coffer::ui
