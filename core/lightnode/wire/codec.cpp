// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/wire/codec.h"

#include "core/bitcoin/block_filter.h"

#include <algorithm>

namespace coffer::lightnode {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;
using bitcoin::BlockHash;
using bitcoin::Hash256;

namespace {

constexpr std::size_t kCommandSize = 12;

base::ByteArray<4> checksumOf(ByteView payload)
{
    // A filter hash is SHA256d of its bytes, as is the envelope's checksum.
    const auto hash = bitcoin::filterHash(payload);
    return {hash[0], hash[1], hash[2], hash[3]};
}

Result<std::string> parseCommand(ByteView field)
{
    const auto end = std::find(field.begin(), field.end(), std::uint8_t{0});
    std::string command(field.begin(), end);
    if (command.empty() || std::any_of(end, field.end(), [](auto byte) { return byte != 0; }))
        return Error{ErrorCode::Malformed, "command is not zero-padded"};
    for (const char c : command) {
        if (c < 0x20 || c > 0x7e)
            return Error{ErrorCode::Malformed, "command is not ASCII"};
    }
    return command;
}

} // namespace

Result<void> FrameReader::readEnvelope()
{
    ByteReader reader(m_envelope);
    TRY(reader.skip(4));
    auto command = TRY(reader.take(kCommandSize));
    m_command = TRY(parseCommand(command));
    m_length = TRY(reader.u32le());
    if (m_length > kMaxPayload)
        return Error{ErrorCode::TooLarge, "message of " + std::to_string(m_length) + " bytes"};
    m_checksum = TRY(reader.array<4>());
    return {};
}

Result<std::optional<Frame>> FrameReader::next(ByteView& input)
{
    while (!input.empty() || m_envelope.size() == kEnvelopeSize) {
        if (m_envelope.size() < kEnvelopeSize) {
            const auto count = std::min(kEnvelopeSize - m_envelope.size(), input.size());
            m_envelope.insert(m_envelope.end(), input.begin(),
                              input.begin() + static_cast<std::ptrdiff_t>(count));
            input = input.subspan(count);
            const auto known = std::min(m_envelope.size(), m_magic.size());
            if (!std::equal(m_magic.begin(), m_magic.begin() + static_cast<std::ptrdiff_t>(known),
                            m_envelope.begin()))
                return Error{ErrorCode::Malformed, "wrong magic"};
            if (m_envelope.size() < kEnvelopeSize)
                return std::optional<Frame>();
            TRY(readEnvelope());
        }
        const auto count = std::min<std::size_t>(m_length - m_payload.size(), input.size());
        m_payload.insert(m_payload.end(), input.begin(),
                         input.begin() + static_cast<std::ptrdiff_t>(count));
        input = input.subspan(count);
        if (m_payload.size() < m_length)
            return std::optional<Frame>();
        Frame frame{std::move(m_command), std::move(m_payload)};
        m_envelope = Bytes();
        m_payload = Bytes();
        m_command.clear();
        m_length = 0;
        // Bitcoin Core ignores such a message too.
        if (checksumOf(frame.payload) == m_checksum)
            return std::optional<Frame>(std::move(frame));
    }
    return std::optional<Frame>();
}

Bytes encodeFrame(const base::ByteArray<4>& magic, std::string_view command, ByteView payload)
{
    ASSERT(command.size() <= kCommandSize && payload.size() <= kMaxPayload);
    ByteWriter out;
    out.append(magic);
    out.append(base::viewOf(command));
    for (std::size_t i = command.size(); i < kCommandSize; ++i)
        out.u8(0);
    out.u32le(static_cast<std::uint32_t>(payload.size()));
    out.append(checksumOf(payload));
    out.append(payload);
    return out.take();
}

Bytes encodeMessage(const base::ByteArray<4>& magic, const Message& message)
{
    return encodeFrame(magic, commandOf(message), encodePayload(message));
}

} // namespace coffer::lightnode
