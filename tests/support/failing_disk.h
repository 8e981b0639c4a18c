// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

/// A disk that fails, or a process that dies, at a numbered operation.
///
/// failing_disk.cpp defines write, pwrite, ftruncate, fsync, fdatasync, unlink, remove and rename
/// in the test program itself; linked with -rdynamic these stand before the C library's for SQLite
/// and for our own code alike. Only files below the watched folder count, from 1.
namespace coffer::test::failing_disk {

inline constexpr int kCrashed = 77; ///< Exit status of a process that was to die.

/// What the disk keeps when the process dies.
enum class Tear
{
    Whole,   ///< All operations before.
    Half,    ///< And the first half of the write at which it died.
    Unsynced ///< The power fails: every file goes back to what it held at its last fsync.
};

/// Counts, nothing fails.
void watch(const std::string& folder);
/// The process ends before its n-th operation.
void crashAt(const std::string& folder, std::uint64_t operation, Tear tear);
/// From the n-th operation on, everything that needs space is ENOSPC.
void fillAt(const std::string& folder, std::uint64_t operation);
/// The n-th fsync or fdatasync, and only this one, is EIO.
void failSyncAt(const std::string& folder, std::uint64_t sync);
void stop();
/// With Tear::Unsynced: the power fails now.
void losePower();
/// Operations (with failSyncAt: syncs) so far.
std::uint64_t count();

} // namespace coffer::test::failing_disk
