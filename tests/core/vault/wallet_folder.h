// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A temporary data directory with wallets/ and anchors/, cheap keys, and what a log should hold.

#include "core/storage/durable_file.h"
#include "core/vault/vault.h"

#include <QFile>
#include <QTemporaryDir>

namespace coffer::test {

inline base::SecretBytes secretOf(std::string_view text)
{
    return base::SecretBytes::copyOf(base::viewOf(text));
}

/// Records as they were handed out by unlock() or replay().
struct SeenRecord
{
    std::uint64_t sequence = 0;
    vault::RecordKind kind = vault::RecordKind::Setting;
    base::Bytes payload;

    bool operator==(const SeenRecord&) const = default;
};

inline base::Bytes fileBytes(const std::string& path)
{
    auto bytes = storage::readFile(path, std::size_t{1} << 30);
    ASSERT(bytes);
    return bytes.take();
}

inline void writeBytes(const std::string& path, base::ByteView bytes)
{
    ASSERT(storage::writeFileDurably(path, bytes));
}

/// Without waiting for the disk.
inline void writeQuickly(const std::string& path, base::ByteView bytes)
{
    QFile file(QString::fromStdString(path));
    ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    ASSERT(file.write(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())) ==
           qint64(bytes.size()));
}

class WalletFolder
{
public:
    static constexpr std::string_view kPassword = "correct horse battery staple";

    WalletFolder()
        : m_anchors(m_folder.path().toStdString() + "/anchors")
    {
        ASSERT(m_folder.isValid());
        ASSERT(storage::makeFolder(folder() + "/wallets"));
    }

    std::string folder() const { return m_folder.path().toStdString(); }
    std::string path(std::string_view name = "savings") const
    {
        return folder() + "/wallets/" + std::string(name) + ".coffer";
    }
    std::string anchorPath(const base::Uuid& walletId) const
    {
        return folder() + "/anchors/" + walletId.toString() + ".anchor";
    }
    vault::Environment environment() { return {m_clock, m_random, m_anchors}; }
    base::Random& random() { return m_random; }
    base::ManualClock& clock() { return m_clock; }

    vault::WrappingKey wrappingKey(std::string_view password = kPassword)
    {
        auto key = vault::WrappingKey::derive(vault::kTestOnly, secretOf(password), m_random);
        ASSERT(key);
        return key.take();
    }

    static vault::RootSecret root()
    {
        vault::RootSecret out;
        out.entropy = base::SecretBytes::copyOf(entropyBytes());
        return out;
    }
    static base::Bytes entropyBytes()
    {
        base::Bytes bytes(16);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(0x71 + 11 * i);
        return bytes;
    }

    vault::CreateRequest request()
    {
        vault::CreateRequest out;
        out.realm = vault::Realm::Local;
        out.password = wrappingKey();
        out.kdfRule = vault::KdfRule::CheapForTests;
        out.root = root();
        out.fingerprint = {1, 2, 3, 4};
        return out;
    }

    base::Result<vault::Vault> create(std::string_view name = "savings")
    {
        return vault::Vault::create(path(name), request(), environment());
    }
    base::Result<vault::Vault> open(std::string_view name = "savings",
                                    storage::Access access = storage::Access::ReadWrite)
    {
        return vault::Vault::open(path(name), environment(), access);
    }

    static base::Result<base::SecretBytes> keyOf(const vault::Vault& vault,
                                                 std::string_view password = kPassword)
    {
        return vault::deriveKey(vault.kdf(), secretOf(password));
    }

    /// Unlocks and gives back what was read.
    static base::Result<std::vector<SeenRecord>> readAll(vault::Vault& vault,
                                                         std::string_view password = kPassword)
    {
        std::vector<SeenRecord> seen;
        auto key = TRY(keyOf(vault, password));
        TRY(vault.unlock(key, collector(seen)));
        return seen;
    }
    static vault::Visitor collector(std::vector<SeenRecord>& seen)
    {
        return [&seen](std::uint64_t sequence, vault::RecordKind kind,
                       base::ByteView payload) -> base::Result<void> {
            seen.push_back({sequence, kind, base::bytesOf(payload)});
            return {};
        };
    }

    /// Opens, unlocks and reads the whole file; the error of the first step that fails.
    base::Result<std::vector<SeenRecord>> openAndRead(std::string_view name = "savings",
                                                      std::string_view password = kPassword)
    {
        auto vault = TRY(open(name));
        return readAll(vault, password);
    }

private:
    QTemporaryDir m_folder;
    base::ManualClock m_clock;
    base::SystemRandom m_random;
    vault::FolderAnchorStore m_anchors;
};

inline vault::Record record(vault::RecordKind kind, std::string_view payload)
{
    return {kind, base::bytesOf(payload)};
}

} // namespace coffer::test
