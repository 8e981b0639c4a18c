// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The Bitcoin P2P wire format, version 1 envelope.

#include "core/lightnode/wire/messages.h"

#include <optional>

namespace coffer::lightnode {

inline constexpr std::size_t kEnvelopeSize = 24;

/// One message as it came, its checksum verified.
struct Frame
{
    std::string command;
    base::Bytes payload;
};

/// Cuts a byte stream into frames; memory grows with what has arrived, never with what a length
/// field promises, and is released after each frame.
class FrameReader
{
public:
    explicit FrameReader(const base::ByteArray<4>& magic)
        : m_magic(magic)
    {
    }

    /// Consumes from the front of `input` until a frame is complete or the input is used up. Frames
    /// with a wrong checksum are skipped. Malformed: wrong magic or command; TooLarge: the length.
    /// After an error the stream is lost.
    base::Result<std::optional<Frame>> next(base::ByteView& input);

    std::size_t bufferedBytes() const { return m_envelope.size() + m_payload.size(); }

private:
    base::Result<void> readEnvelope();

    base::ByteArray<4> m_magic;
    base::Bytes m_envelope;
    base::Bytes m_payload;
    std::string m_command;
    std::uint32_t m_length = 0;
    base::ByteArray<4> m_checksum{};
};

/// The name of a message's command.
std::string_view commandOf(const Message& message);
/// Strict: counts bounded, no trailing bytes (but in `version`). Malformed, TooLarge, OutOfRange.
/// An unknown command is UnknownMessage.
base::Result<Message> decodeMessage(std::string_view command, base::Bytes payload);
base::Bytes encodePayload(const Message& message);
/// Envelope and payload.
base::Bytes encodeMessage(const base::ByteArray<4>& magic, const Message& message);
base::Bytes encodeFrame(const base::ByteArray<4>& magic, std::string_view command,
                        base::ByteView payload);

} // namespace coffer::lightnode
