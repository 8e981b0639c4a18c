// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/durable_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace coffer::storage {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

std::filesystem::path pathOf(const std::string& utf8)
{
    return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

ErrorCode codeOfErrno(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return ErrorCode::NotFound;
    case EEXIST:
        return ErrorCode::AlreadyExists;
    case EACCES:
    case EPERM:
        return ErrorCode::PermissionDenied;
    case EROFS:
        return ErrorCode::ReadOnly;
    case ENOSPC:
    case EFBIG:
#ifdef EDQUOT
    case EDQUOT:
#endif
        return ErrorCode::DiskFull;
    default:
        return ErrorCode::Io;
    }
}

Error systemError(const char* what, const std::string& path, int number)
{
    return Error{codeOfErrno(number), std::string(what) + " " + path + ": error " +
                                          std::to_string(number) + " (" + std::strerror(number) +
                                          ")"};
}

/// Closes when the scope ends; close() tells whether that worked.
class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return m_number; }
    int close()
    {
        const int number = m_number;
        m_number = -1;
        return number >= 0 ? ::close(number) : 0;
    }

private:
    int m_number;
};

#ifdef _WIN32

int openFile(const std::string& path, int flags)
{
    return ::_wopen(pathOf(path).c_str(), flags | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
}
constexpr int kRead = _O_RDONLY;
constexpr int kReadWrite = _O_RDWR;
constexpr int kReplace = _O_WRONLY | _O_CREAT | _O_TRUNC;
constexpr int kNew = _O_WRONLY | _O_CREAT | _O_EXCL;
int syncDescriptor(int number)
{
    return ::_commit(number);
}

#else

int openFile(const std::string& path, int flags)
{
    return ::open(path.c_str(), flags | O_CLOEXEC, 0600);
}
constexpr int kRead = O_RDONLY;
constexpr int kReadWrite = O_RDWR;
constexpr int kReplace = O_WRONLY | O_CREAT | O_TRUNC;
constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL;
int syncDescriptor(int number)
{
#ifdef F_FULLFSYNC
    // macOS's fsync leaves data in the drive's cache.
    if (::fcntl(number, F_FULLFSYNC) == 0)
        return 0;
#endif
    return ::fsync(number);
}

#endif

constexpr std::size_t kChunk = 256 * 1024;

Result<void> writeAll(const Descriptor& file, const std::string& path, ByteView content)
{
    std::size_t done = 0;
    while (done < content.size()) {
        const auto count = ::write(file.number(), content.data() + done, content.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return systemError("cannot write", path, count == 0 ? ENOSPC : errno);
        done += static_cast<std::size_t>(count);
    }
    return {};
}

Result<void> syncAndClose(Descriptor& file, const std::string& path)
{
    if (syncDescriptor(file.number()) != 0)
        return systemError("cannot sync", path, errno);
    if (file.close() != 0)
        return systemError("cannot close", path, errno);
    return {};
}

Result<void> writeAndSync(const std::string& path, ByteView content)
{
    Descriptor file(openFile(path, kReplace));
    if (file.number() < 0)
        return systemError("cannot write", path, errno);
    TRY(writeAll(file, path, content));
    return syncAndClose(file, path);
}

Result<void> copyAll(const Descriptor& in, const std::string& source, const Descriptor& out,
                     const std::string& target)
{
    Bytes chunk(kChunk);
    for (;;) {
        const auto got = ::read(in.number(), chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("cannot read", source, errno);
        if (got == 0)
            return {};
        TRY(writeAll(out, target, ByteView(chunk).first(static_cast<std::size_t>(got))));
    }
}

} // namespace

Result<void> writeFileDurably(const std::string& path, ByteView content)
{
    const std::string temporary = path + ".tmp";
    auto written = writeAndSync(temporary, content);
    if (written)
        written = renameDurably(temporary, path);
    if (!written) {
        // Nobody reads an unfinished file; that it stays is no further failure.
        static_cast<void>(removeFile(temporary));
    }
    return written;
}

Result<Bytes> readPrefix(const std::string& path, std::size_t count)
{
    Descriptor file(openFile(path, kRead));
    if (file.number() < 0)
        return systemError("cannot read", path, errno);
    Bytes out;
    const auto size = fileSize(path);
    if (size)
        out.reserve(std::min<std::size_t>(*size, count));
    while (out.size() < count) {
        const std::size_t before = out.size();
        out.resize(before + std::min(kChunk, count - before));
        const auto got = ::read(file.number(), out.data() + before, out.size() - before);
        const int number = errno;
        out.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
        if (got < 0 && number != EINTR)
            return systemError("cannot read", path, number);
        if (got == 0)
            break;
    }
    return out;
}

Result<Bytes> readFile(const std::string& path, std::size_t maximum)
{
    auto out = TRY(readPrefix(path, maximum + 1));
    if (out.size() > maximum)
        return Error{ErrorCode::TooLarge, path + " is longer than it should be"};
    return out;
}

Result<void> syncFile(const std::string& path)
{
    Descriptor file(openFile(path, kReadWrite));
    if (file.number() < 0)
        return systemError("cannot open", path, errno);
    if (syncDescriptor(file.number()) != 0)
        return systemError("cannot sync", path, errno);
    return {};
}

Result<void> renameDurably(const std::string& source, const std::string& target)
{
#ifdef _WIN32
    if (!::MoveFileExW(pathOf(source).c_str(), pathOf(target).c_str(),
                       MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return Error{ErrorCode::Io,
                     "cannot rename to " + target + ": error " + std::to_string(::GetLastError())};
    return {};
#else
    if (::rename(source.c_str(), target.c_str()) != 0)
        return systemError("cannot rename to", target, errno);
    return syncFolder(folderOf(target));
#endif
}

Result<void> renameToNewDurably(const std::string& source, const std::string& target)
{
#ifdef _WIN32
    if (!::MoveFileExW(pathOf(source).c_str(), pathOf(target).c_str(), MOVEFILE_WRITE_THROUGH))
        return Error{::GetLastError() == ERROR_ALREADY_EXISTS ? ErrorCode::AlreadyExists
                                                              : ErrorCode::Io,
                     "cannot rename to " + target};
    return {};
#else
#ifdef RENAME_NOREPLACE
    if (::renameat2(AT_FDCWD, source.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0)
        return syncFolder(folderOf(target));
    // File systems that cannot do it say EINVAL, kernels that cannot ENOSYS.
    if (errno != EINVAL && errno != ENOSYS)
        return systemError("cannot rename to", target, errno);
#endif
    if (fileExists(target))
        return Error{ErrorCode::AlreadyExists, target + " exists"};
    return renameDurably(source, target);
#endif
}

Result<void> copyToNew(const std::string& source, const std::string& target)
{
    // Opening a pipe would wait for somebody to write into it.
    if (!isRegularFile(source))
        return Error{ErrorCode::NotFound, source + " is not a file"};
    Descriptor in(openFile(source, kRead));
    if (in.number() < 0)
        return systemError("cannot read", source, errno);
    Descriptor out(openFile(target, kNew));
    if (out.number() < 0)
        return systemError("cannot write", target, errno);
    auto copied = copyAll(in, source, out, target);
    if (copied)
        copied = syncAndClose(out, target);
    if (!copied) {
        out.close();
        static_cast<void>(removeFile(target));
    }
    return copied;
}

Result<void> removeFile(const std::string& path)
{
    std::error_code error;
    std::filesystem::remove(pathOf(path), error);
    if (error)
        return systemError("cannot remove", path, error.value());
    return {};
}

Result<void> makeFolder(const std::string& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(pathOf(path), error))
        return {};
    std::filesystem::create_directories(pathOf(path), error);
    if (error)
        return systemError("cannot make folder", path, error.value());
    std::filesystem::permissions(pathOf(path), std::filesystem::perms::owner_all, error);
    if (error)
        return systemError("cannot protect folder", path, error.value());
    return {};
}

Result<void> syncFolder([[maybe_unused]] const std::string& path)
{
#ifndef _WIN32
    Descriptor folder(openFile(path, O_RDONLY | O_DIRECTORY));
    if (folder.number() < 0)
        return systemError("cannot open folder", path, errno);
    if (::fsync(folder.number()) != 0)
        return systemError("cannot sync folder", path, errno);
#endif
    return {};
}

bool fileExists(const std::string& path)
{
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(pathOf(path), error));
}

bool isRegularFile(const std::string& path)
{
    std::error_code error;
    return std::filesystem::is_regular_file(pathOf(path), error);
}

Result<void> expectWritable(const std::string& path)
{
#ifndef _WIN32
    for (const auto& place : {folderOf(path), path}) {
        if (!fileExists(place))
            continue;
        if (::faccessat(AT_FDCWD, place.c_str(), W_OK, AT_EACCESS) != 0)
            return Error{ErrorCode::ReadOnly, place + " cannot be written"};
    }
#else
    if (fileExists(path) && ::_waccess(pathOf(path).c_str(), 2) != 0)
        return Error{ErrorCode::ReadOnly, path + " cannot be written"};
#endif
    return {};
}

Result<std::vector<std::string>> listFiles(const std::string& folder, std::string_view suffix)
{
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(pathOf(folder), error);
    if (error == std::errc::no_such_file_or_directory)
        return names;
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().u8string();
        std::string text(name.begin(), name.end());
        if (text.ends_with(suffix))
            names.push_back(std::move(text));
    }
    if (error)
        return systemError("cannot list", folder, error.value());
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::uint64_t> fileSize(const std::string& path)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(pathOf(path), error);
    if (error)
        return systemError("cannot measure", path, error.value());
    return static_cast<std::uint64_t>(size);
}

std::string folderOf(const std::string& path)
{
    const auto folder = pathOf(path).parent_path().u8string();
    return folder.empty() ? "." : std::string(folder.begin(), folder.end());
}

} // namespace coffer::storage
