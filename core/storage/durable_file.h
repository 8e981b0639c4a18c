// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::storage {

// Whole files that either are there completely or not at all. Errors everywhere: NotFound,
// PermissionDenied, ReadOnly, DiskFull, Io; the system's number is in the detail.

/// Owner-only. Written beside the target as `<path>.tmp`, fsynced, renamed, folder fsynced.
base::Result<void> writeFileDurably(const std::string& path, base::ByteView content);
/// TooLarge when the file is longer than `maximum`.
base::Result<base::Bytes> readFile(const std::string& path, std::size_t maximum);
/// At most the first `count` bytes.
base::Result<base::Bytes> readPrefix(const std::string& path, std::size_t count);
/// fsync of an existing file.
base::Result<void> syncFile(const std::string& path);
/// Replaces `target` and fsyncs its folder: the one commit point of a rotation.
base::Result<void> renameDurably(const std::string& source, const std::string& target);
/// The same where nothing may be replaced: AlreadyExists.
base::Result<void> renameToNewDurably(const std::string& source, const std::string& target);
/// A new owner-only file with the same bytes, fsynced; its folder is not. AlreadyExists; after any
/// error there is none. NotFound also when `source` is a folder, a pipe or a device.
base::Result<void> copyToNew(const std::string& source, const std::string& target);
/// A missing file is success.
base::Result<void> removeFile(const std::string& path);
/// Owner-only; existing folders stay as they are.
base::Result<void> makeFolder(const std::string& path);
base::Result<void> syncFolder(const std::string& path);
bool fileExists(const std::string& path);
/// Neither folder, pipe nor device; through links.
bool isRegularFile(const std::string& path);
/// ReadOnly unless file (when it exists) and folder can be written.
base::Result<void> expectWritable(const std::string& path);
/// Names in a folder that end with `suffix`, sorted. A missing folder has none.
base::Result<std::vector<std::string>> listFiles(const std::string& folder,
                                                 std::string_view suffix);
base::Result<std::uint64_t> fileSize(const std::string& path);
/// Everything before the last separator ("." when there is none).
std::string folderOf(const std::string& path);

} // namespace coffer::storage
