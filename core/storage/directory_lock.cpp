// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/directory_lock.h"

#include "core/storage/durable_file.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#ifdef _WIN32
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace coffer::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

#ifdef _WIN32

Result<DirectoryLock> DirectoryLock::acquire(const std::string& folder)
{
    TRY(makeFolder(folder));
    const std::string path = folder + "/lock";
    // Nobody else may open it for writing as long as we do.
    HANDLE handle = ::CreateFileA(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ, nullptr,
                                  OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return Error{::GetLastError() == ERROR_SHARING_VIOLATION ? ErrorCode::InUse : ErrorCode::Io,
                     "cannot lock " + path};
    return DirectoryLock(reinterpret_cast<std::intptr_t>(handle));
}

void DirectoryLock::release()
{
    if (m_handle != -1)
        ::CloseHandle(reinterpret_cast<HANDLE>(m_handle));
    m_handle = -1;
}

#else

Result<DirectoryLock> DirectoryLock::acquire(const std::string& folder)
{
    TRY(makeFolder(folder));
    const std::string path = folder + "/lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        const int number = errno;
        return Error{number == EROFS || number == EACCES ? ErrorCode::ReadOnly : ErrorCode::Io,
                     "cannot open " + path + ": " + std::strerror(number)};
    }
    // flock, not a pid in a file: the kernel releases it however the process ends, and closing
    // another descriptor of the file does not.
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const int number = errno;
        char holder[32] = {};
        const auto count = ::pread(file, holder, sizeof holder - 1, 0);
        ::close(file);
        if (number != EWOULDBLOCK)
            return Error{ErrorCode::Io, "cannot lock " + path + ": " + std::strerror(number)};
        std::string text(holder, count > 0 ? static_cast<std::size_t>(count) : 0);
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return Error{ErrorCode::InUse, folder + " is in use by process " + text};
    }
    DirectoryLock lock(file);
    const std::string pid = std::to_string(::getpid()) + "\n";
    // The number is for people; the lock holds without it.
    if (::ftruncate(file, 0) == 0)
        static_cast<void>(::pwrite(file, pid.data(), pid.size(), 0) < 0);
    return lock;
}

void DirectoryLock::release()
{
    if (m_handle != -1)
        ::close(static_cast<int>(m_handle));
    m_handle = -1;
}

#endif

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : m_handle(std::exchange(other.m_handle, -1))
{
}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept
{
    if (this != &other) {
        release();
        m_handle = std::exchange(other.m_handle, -1);
    }
    return *this;
}

DirectoryLock::~DirectoryLock()
{
    release();
}

} // namespace coffer::storage
