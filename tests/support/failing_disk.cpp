// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/failing_disk.h"

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

namespace coffer::test::failing_disk {

namespace {

enum class Mode
{
    Off,
    Count,
    Crash,
    Fill,
    FailSync
};

Mode s_mode = Mode::Off;
char s_folder[512];
std::uint64_t s_at = 0;
std::uint64_t s_count = 0;
Tear s_tear = Tear::Whole;
std::map<std::string, std::string> s_synced; ///< Content of files that changed since their fsync.

void start(Mode mode, const std::string& folder, std::uint64_t at)
{
    std::snprintf(s_folder, sizeof s_folder, "%s/", folder.c_str());
    s_at = at;
    s_count = 0;
    s_synced.clear();
    s_mode = mode;
}

bool isWatched(const char* path)
{
    return std::strncmp(path, s_folder, std::strlen(s_folder)) == 0;
}

/// Empty for what is no file of a name.
std::string pathOf(int file)
{
    char link[64];
    char path[512] = {};
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    return ::readlink(link, path, sizeof path - 1) > 0 ? path : "";
}

bool isWatched(int file)
{
    return s_mode != Mode::Off && isWatched(pathOf(file).c_str());
}

/// Before a change: remembers what is safely on the disk.
void remember(const std::string& path)
{
    if (s_mode != Mode::Crash || s_tear != Tear::Unsynced || s_synced.contains(path))
        return;
    std::ifstream file(path, std::ios::binary);
    s_synced[path] = std::string(std::istreambuf_iterator<char>(file), {});
}

void forget(const std::string& path)
{
    s_synced.erase(path);
}

enum class Kind
{
    Space,
    Sync,
    Name
};

/// True when this operation is to fail; errno is set. May not come back.
template <typename HalfWrite>
bool fails(Kind kind, HalfWrite half)
{
    if (s_mode == Mode::FailSync && kind != Kind::Sync)
        return false;
    ++s_count;
    switch (s_mode) {
    case Mode::Crash:
        if (s_count != s_at)
            return false;
        if (s_tear == Tear::Half)
            half();
        if (s_tear == Tear::Unsynced)
            losePower();
        ::_exit(kCrashed);
    case Mode::Fill:
        errno = ENOSPC;
        return kind == Kind::Space && s_count >= s_at;
    case Mode::FailSync:
        errno = EIO;
        return s_count == s_at;
    default:
        return false;
    }
}

bool fails(Kind kind)
{
    return fails(kind, [] {});
}

template <typename Function>
Function real(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

ssize_t writeAt(const char* name, int file, const void* bytes, std::size_t size, off_t offset)
{
    using Function = ssize_t (*)(int, const void*, std::size_t, off_t);
    const auto function = real<Function>(name);
    if (isWatched(file) && fails(Kind::Space, [&] { function(file, bytes, size / 2, offset); }))
        return -1;
    if (isWatched(file))
        remember(pathOf(file));
    return function(file, bytes, size, offset);
}

int truncateTo(const char* name, int file, off_t size)
{
    if (isWatched(file) && fails(Kind::Name))
        return -1;
    if (isWatched(file))
        remember(pathOf(file));
    return real<int (*)(int, off_t)>(name)(file, size);
}

int sync(const char* name, int file)
{
    if (isWatched(file) && fails(Kind::Sync))
        return -1;
    if (isWatched(file))
        forget(pathOf(file));
    return real<int (*)(int)>(name)(file);
}

int drop(const char* name, const char* path)
{
    if (s_mode != Mode::Off && isWatched(path) && fails(Kind::Name))
        return -1;
    forget(path);
    return real<int (*)(const char*)>(name)(path);
}

} // namespace

void watch(const std::string& folder)
{
    start(Mode::Count, folder, 0);
}

void crashAt(const std::string& folder, std::uint64_t operation, Tear tear)
{
    s_tear = tear;
    start(Mode::Crash, folder, operation);
}

void fillAt(const std::string& folder, std::uint64_t operation)
{
    start(Mode::Fill, folder, operation);
}

void failSyncAt(const std::string& folder, std::uint64_t number)
{
    start(Mode::FailSync, folder, number);
}

void stop()
{
    s_mode = Mode::Off;
}

void losePower()
{
    const auto synced = std::move(s_synced);
    s_mode = Mode::Off;
    for (const auto& [path, content] : synced)
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

std::uint64_t count()
{
    return s_count;
}

} // namespace coffer::test::failing_disk

namespace disk = coffer::test::failing_disk;

// The C library's names, before it.
extern "C"
{
    ssize_t write(int file, const void* bytes, size_t size)
    {
        using Function = ssize_t (*)(int, const void*, size_t);
        const auto function = disk::real<Function>("write");
        if (disk::isWatched(file) &&
            disk::fails(disk::Kind::Space, [&] { function(file, bytes, size / 2); }))
            return -1;
        return function(file, bytes, size);
    }
    ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset)
    {
        return disk::writeAt("pwrite", file, bytes, size, offset);
    }
    ssize_t pwrite64(int file, const void* bytes, size_t size, off_t offset)
    {
        return disk::writeAt("pwrite64", file, bytes, size, offset);
    }
    int ftruncate(int file, off_t size) noexcept
    {
        return disk::truncateTo("ftruncate", file, size);
    }
    int ftruncate64(int file, off_t size) noexcept
    {
        return disk::truncateTo("ftruncate64", file, size);
    }
    int fsync(int file)
    {
        return disk::sync("fsync", file);
    }
    int fdatasync(int file)
    {
        return disk::sync("fdatasync", file);
    }
    int unlink(const char* path) noexcept
    {
        return disk::drop("unlink", path);
    }
    int remove(const char* path) noexcept
    {
        return disk::drop("remove", path);
    }
    int rename(const char* from, const char* to) noexcept
    {
        if (disk::s_mode != disk::Mode::Off && disk::isWatched(to) && disk::fails(disk::Kind::Name))
            return -1;
        return disk::real<int (*)(const char*, const char*)>("rename")(from, to);
    }
    int renameat2(int fromFolder, const char* from, int toFolder, const char* to,
                  unsigned flags) noexcept
    {
        if (disk::s_mode != disk::Mode::Off && disk::isWatched(to) && disk::fails(disk::Kind::Name))
            return -1;
        return disk::real<int (*)(int, const char*, int, const char*, unsigned)>("renameat2")(
            fromFolder, from, toFolder, to, flags);
    }
}
