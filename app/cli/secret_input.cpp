// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/secret_input.h"

#include "core/base/hex.h"
#include "core/base/random.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace coffer::cli {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kMaxSecret = 4096; // Fits a pipe, so that writing never blocks.

} // namespace

base::Result<std::unique_ptr<SecretPipe>> SecretPipe::create(const std::string& folder)
{
    base::ByteArray<8> name{};
    base::SystemRandom().fill(name);
    const std::string path = folder + "/secret-" + base::toHex(name);
    if (mkfifo(path.c_str(), 0600) != 0)
        return Error{ErrorCode::Io, "cannot create a FIFO in the runtime folder"};
    // Both ends open here: neither side waits for the other.
    const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        unlink(path.c_str());
        return Error{ErrorCode::Io, "cannot open the FIFO"};
    }
    return std::unique_ptr<SecretPipe>(new SecretPipe(path, fd));
}

SecretPipe::~SecretPipe()
{
    close(m_fd);
    unlink(m_path.c_str());
}

base::Result<void> SecretPipe::write(const base::SecretBytes& secret)
{
    if (secret.size() + 1 > kMaxSecret)
        return Error{ErrorCode::TooLarge, "that is too long"};
    auto line = base::SecretBytes::allocate(secret.size() + 1);
    const auto source = secret.reveal();
    const auto target = line.reveal();
    std::copy(source.begin(), source.end(), target.begin());
    target.back() = '\n';
    if (::write(m_fd, target.data(), target.size()) != static_cast<ssize_t>(target.size()))
        return Error{ErrorCode::Io, "cannot write into the FIFO"};
    return {};
}

base::Result<base::SecretBytes> SecretPipe::read()
{
    pollfd waiting{m_fd, POLLIN, 0};
    if (poll(&waiting, 1, 2000) <= 0)
        return Error{ErrorCode::Timeout, "the engine did not hand over the words"};
    auto buffer = base::SecretBytes::allocate(kMaxSecret);
    const auto count = ::read(m_fd, buffer.reveal().data(), kMaxSecret);
    if (count < 0)
        return Error{ErrorCode::Io, "cannot read the FIFO"};
    return base::SecretBytes::copyOf(buffer.reveal().first(static_cast<std::size_t>(count)));
}

base::Result<base::SecretBytes> askSecret(const std::string& prompt)
{
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return Error{ErrorCode::NotFound, "no terminal to ask on; give --password-file"};
    termios before{};
    tcgetattr(terminal, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal, TCSAFLUSH, &silent);
    [[maybe_unused]] auto ignored = ::write(terminal, prompt.data(), prompt.size());
    auto buffer = base::SecretBytes::allocate(kMaxSecret);
    const auto count = ::read(terminal, buffer.reveal().data(), kMaxSecret);
    tcsetattr(terminal, TCSAFLUSH, &before);
    ignored = ::write(terminal, "\n", 1);
    close(terminal);
    if (count <= 0)
        return Error{ErrorCode::Cancelled, "nothing was typed"};
    auto used = static_cast<std::size_t>(count);
    while (used > 0 && (buffer.reveal()[used - 1] == '\n' || buffer.reveal()[used - 1] == '\r'))
        --used;
    return base::SecretBytes::copyOf(buffer.reveal().first(used));
}

std::string pathForEngine(const std::string& path)
{
    constexpr std::string_view kOwnDescriptors[] = {"/dev/fd/", "/proc/self/fd/"};
    for (const auto prefix : kOwnDescriptors) {
        if (path.starts_with(prefix))
            return "/proc/" + std::to_string(getpid()) + "/fd/" + path.substr(prefix.size());
    }
    std::error_code ignored;
    const auto absolute = std::filesystem::absolute(path, ignored);
    return absolute.empty() ? path : absolute.string();
}

} // namespace coffer::cli
