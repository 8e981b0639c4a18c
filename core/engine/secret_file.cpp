// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/secret_file.h"

#include "core/base/log.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace coffer::engine {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMaxSecretFile = 64 * 1024;
constexpr int kSilenceMs = 5'000;

/// A descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

base::Result<void> checkOwner(int fd, const std::string& path, ReadableByOthers others)
{
    struct stat info = {};
    if (fstat(fd, &info) != 0 || !(S_ISREG(info.st_mode) || S_ISFIFO(info.st_mode)))
        return Error{ErrorCode::NotFound, path + " is neither a file nor a FIFO"};
    if (info.st_uid != geteuid())
        return Error{ErrorCode::PermissionDenied, path + " belongs to another user"};
    if ((info.st_mode & 022) != 0)
        return Error{ErrorCode::PermissionDenied, "others may write " + path};
    if ((info.st_mode & 044) == 0)
        return {};
    const std::string detail = "others may read the secret file " + path + " (chmod 600 it)";
    if (others == ReadableByOthers::Refused)
        return Error{ErrorCode::PermissionDenied, detail};
    base::log(base::LogLevel::Warning, "engine", detail);
    return {};
}

} // namespace

base::Result<base::SecretBytes> readSecretFile(const std::string& path, ReadableByOthers others)
{
    // Non-blocking, or a FIFO without a writer would stop the engine.
    const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (file.get() < 0)
        return Error{errno == EACCES ? ErrorCode::PermissionDenied : ErrorCode::NotFound,
                     "cannot open " + path + ": " + std::strerror(errno)};
    TRY(checkOwner(file.get(), path, others));

    auto buffer = base::SecretBytes::allocate(kMaxSecretFile + 1);
    const auto memory = buffer.reveal();
    std::size_t used = 0;
    for (;;) {
        pollfd waiting{file.get(), POLLIN, 0};
        const int ready = poll(&waiting, 1, kSilenceMs);
        if (ready == 0)
            return Error{ErrorCode::Timeout, "nobody wrote into " + path};
        if (ready < 0 && errno == EINTR)
            continue;
        const auto count = read(file.get(), memory.data() + used, memory.size() - used);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (count < 0)
            return Error{ErrorCode::Io, "cannot read " + path};
        used += static_cast<std::size_t>(count);
        if (used > kMaxSecretFile)
            return Error{ErrorCode::TooLarge, path + " is too long for a secret"};
        struct stat info = {};
        const bool fifo = fstat(file.get(), &info) == 0 && S_ISFIFO(info.st_mode);
        // A FIFO's writer may stay open: a line's end is the end.
        if (count == 0 || (fifo && used > 0 && memory[used - 1] == '\n'))
            break;
    }
    if (used > 0 && memory[used - 1] == '\n')
        --used;
    if (used > 0 && memory[used - 1] == '\r')
        --used;
    return base::SecretBytes::copyOf(memory.first(used));
}

base::Result<void> writeSecretFile(const std::string& path, const base::SecretBytes& secret)
{
    const Descriptor file(open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (file.get() < 0)
        return Error{ErrorCode::NotFound, "cannot open " + path + ": " + std::strerror(errno)};
    struct stat info = {};
    if (fstat(file.get(), &info) != 0 || info.st_uid != geteuid() || (info.st_mode & 077) != 0)
        return Error{ErrorCode::PermissionDenied, path + " is not ours alone"};
    const auto bytes = secret.reveal();
    std::size_t written = 0;
    while (written < bytes.size()) {
        const auto count = write(file.get(), bytes.data() + written, bytes.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return Error{ErrorCode::Io, "cannot write " + path};
        written += static_cast<std::size_t>(count);
    }
    return {};
}

} // namespace coffer::engine
