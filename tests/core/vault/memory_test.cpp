// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: after lock and after a failed unlock no secret is left in this process's memory; while the
// wallet is unlocked, neither password, password's key, spend key nor entropy is. Method: read
// /proc/self/mem and look for every 16-byte window of every secret, in the forms programs keep
// them. The needles are kept masked, so that the search does not find itself, and the search must
// find planted secrets first.

#include "core/crypto/bip39.h"
#include "core/vault/sealed_log.h"
#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

using namespace coffer;
using base::ErrorCode;
using test::record;
using test::WalletFolder;
using vault::RecordKind;

namespace {

constexpr std::uint8_t kMask = 0xa5;
constexpr std::size_t kWindow = 16;

/// A secret's bytes, masked.
struct Needle
{
    std::string name;
    base::Bytes masked;
};

Needle needleOf(std::string name, base::ByteView secret)
{
    Needle out{std::move(name), {}};
    for (const auto byte : secret)
        out.masked.push_back(byte ^ kMask);
    return out;
}

/// As QString would hold it.
Needle utf16Of(const Needle& needle)
{
    Needle out{needle.name + " in UTF-16", {}};
    for (const auto byte : needle.masked) {
        out.masked.push_back(byte);
        out.masked.push_back(kMask);
    }
    return out;
}

/// Random text made without ever standing unmasked outside guarded memory.
Needle randomText(std::string name, std::size_t size)
{
    base::SystemRandom random;
    Needle out{std::move(name), {}};
    for (std::size_t i = 0; i < size; ++i)
        out.masked.push_back(static_cast<std::uint8_t>('a' + random.below(26)) ^ kMask);
    return out;
}

base::SecretBytes reveal(const Needle& needle)
{
    auto out = base::SecretBytes::allocate(needle.masked.size());
    for (std::size_t i = 0; i < needle.masked.size(); ++i)
        out.reveal()[i] = needle.masked[i] ^ kMask;
    return out;
}

/// Looks for windows of needles in everything that is readable and writable.
class MemorySearch
{
public:
    explicit MemorySearch(std::vector<Needle> needles)
        : m_needles(std::move(needles))
        , m_starts(65'536)
    {
        m_buffer = static_cast<std::uint8_t*>(
            ::mmap(nullptr, kBuffer, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        ASSERT(m_buffer != MAP_FAILED);
        for (std::size_t n = 0; n < m_needles.size(); ++n) {
            const auto& masked = m_needles[n].masked;
            for (std::size_t at = 0; at + kWindow <= masked.size(); ++at)
                m_starts[std::size_t(masked[at]) << 8 | masked[at + 1]].push_back({n, at});
        }
    }
    ~MemorySearch() { ::munmap(m_buffer, kBuffer); }
    MemorySearch(const MemorySearch&) = delete;
    MemorySearch& operator=(const MemorySearch&) = delete;

    /// Name of each needle that was found, and where -> how often.
    std::map<std::string, int> run()
    {
        std::map<std::string, int> found;
        QFile maps(QStringLiteral("/proc/self/maps"));
        ASSERT(maps.open(QIODevice::ReadOnly));
        const auto lines = maps.readAll().split('\n');
        const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
        ASSERT(memory >= 0);
        for (const auto& line : lines) {
            const auto fields = line.split(' ');
            if (fields.size() < 2 || !fields[1].startsWith("rw"))
                continue;
            const auto range = fields[0].split('-');
            m_place = fields.last().isEmpty() ? "memory" : fields.last().toStdString();
            const auto begin = range[0].toULongLong(nullptr, 16);
            const auto end = range[1].toULongLong(nullptr, 16);
            if (begin <= reinterpret_cast<std::uintptr_t>(m_buffer) &&
                reinterpret_cast<std::uintptr_t>(m_buffer) < end)
                scanAround(memory, begin, end, found);
            else
                scan(memory, begin, end, found);
        }
        ::close(memory);
        return found;
    }

private:
    struct Start
    {
        std::size_t needle;
        std::size_t at;
    };

    // The kernel may have merged our buffer with its neighbours.
    void scanAround(int memory, std::uintptr_t begin, std::uintptr_t end,
                    std::map<std::string, int>& found)
    {
        const auto own = reinterpret_cast<std::uintptr_t>(m_buffer);
        scan(memory, begin, own, found);
        scan(memory, own + kBuffer, end, found);
    }

    void scan(int memory, std::uintptr_t begin, std::uintptr_t end,
              std::map<std::string, int>& found)
    {
        for (auto at = begin; at < end; at += kBuffer - kWindow) {
            const auto want = std::min<std::uintptr_t>(kBuffer, end - at);
            const auto got = ::pread(memory, m_buffer, want, off_t(at));
            if (got > 0)
                scanBuffer(std::size_t(got), found);
        }
        std::memset(m_buffer, 0, kBuffer);
    }

    void scanBuffer(std::size_t size, std::map<std::string, int>& found)
    {
        for (std::size_t i = 0; i + kWindow <= size; ++i) {
            const auto key = std::size_t(m_buffer[i] ^ kMask) << 8 | (m_buffer[i + 1] ^ kMask);
            for (const auto& start : m_starts[key]) {
                const auto& masked = m_needles[start.needle].masked;
                std::size_t same = 2;
                while (same < kWindow && (m_buffer[i + same] ^ kMask) == masked[start.at + same])
                    ++same;
                if (same == kWindow)
                    ++found[m_needles[start.needle].name + " in " + m_place];
            }
        }
    }

    static constexpr std::size_t kBuffer = 1 << 20;
    std::vector<Needle> m_needles;
    std::vector<std::vector<Start>> m_starts;
    std::string m_place;
    std::uint8_t* m_buffer = nullptr;
};

int total(const std::map<std::string, int>& found, std::string_view name)
{
    int sum = 0;
    for (const auto& [place, times] : found)
        sum += place.starts_with(name) ? times : 0;
    return sum;
}

std::string text(const std::map<std::string, int>& found)
{
    std::string out;
    for (const auto& [name, times] : found)
        out += name + " x " + std::to_string(times) + "; ";
    return out;
}

#define VERIFY_NOTHING(found)                                                                      \
    do {                                                                                           \
        const auto coffer_found = (found);                                                         \
        QVERIFY2(coffer_found.empty(), text(coffer_found).c_str());                                \
    } while (false)

} // namespace

class MemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
#ifdef COFFER_SANITIZED
        QSKIP("the sanitizers keep freed memory");
#endif
        m_password = randomText("password", 24);
        m_wrong = randomText("wrong password", 24);
        m_imported = randomText("private key", 32);
        const auto entropy = randomText("entropy", 32);
        createWallet(entropy);
        VERIFY_RESULT(m_vault);
        const auto key = passwordKey(m_password);
        VERIFY_RESULT(m_vault->appendSecret(RecordKind::PrivateKey, reveal(m_imported), key));
        const auto book = vault::unwrapBookKey(m_vault->header(), key);
        const auto spend = vault::unwrapSpendKey(m_vault->header(), key);
        VERIFY_RESULT(book);
        VERIFY_RESULT(spend);
        const auto words = crypto::Mnemonic::fromEntropy(reveal(entropy));
        VERIFY_RESULT(words);
        const auto wordText = needleOf("words", words->toText().reveal());
        const auto seed = words->toSeed(base::SecretBytes());
        VERIFY_RESULT(seed);
        m_whenLocked = std::make_unique<MemorySearch>(
            std::vector<Needle>{needleOf("book key", book->reveal())});
        m_always = std::make_unique<MemorySearch>(std::vector<Needle>{
            m_password, utf16Of(m_password), m_wrong, utf16Of(m_wrong), m_imported, entropy,
            wordText, utf16Of(wordText), needleOf("seed", seed->reveal()),
            needleOf("password's key", key.reveal()), needleOf("spend key", spend->reveal())});
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsPlantedSecrets()
    {
        const auto needle = randomText("planted", 32);
        MemorySearch search({needle, utf16Of(needle)});
        VERIFY_NOTHING(search.run());
        {
            const auto guarded = reveal(needle);
            QVERIFY(total(search.run(), "planted in ") >= 17);
        }
        VERIFY_NOTHING(search.run());
        // Half of it, freed on the heap without wiping, in the form of a QString.
        auto wide = QString(40, QLatin1Char(' '));
        for (int i = 0; i < 20; ++i)
            wide[i] = QLatin1Char(char(needle.masked[std::size_t(i)] ^ kMask));
        QVERIFY(total(search.run(), "planted in UTF-16") > 0);
        wide.fill(QLatin1Char(' '));
        VERIFY_NOTHING(search.run());
    }

    void onlyTheBookKeyIsThereWhileUnlocked()
    {
        const vault::Record one[] = {record(RecordKind::Entry, "entry")};
        VERIFY_RESULT(m_vault->append(one));
        QVERIFY(!m_whenLocked->run().empty());
        VERIFY_NOTHING(m_always->run());
    }

    void nothingIsLeftAfterLock()
    {
        m_vault->lock();
        VERIFY_NOTHING(m_always->run());
        VERIFY_NOTHING(m_whenLocked->run());
    }

    void nothingIsLeftAfterAFailedUnlock()
    {
        COMPARE_ERROR(m_vault->unlock(passwordKey(m_wrong), {}), ErrorCode::WrongPassword);
        VERIFY_NOTHING(m_always->run());
        VERIFY_NOTHING(m_whenLocked->run());
    }

    void nothingIsLeftAfterADaysWork()
    {
        {
            const auto key = passwordKey(m_password);
            VERIFY_RESULT(m_vault->unlock(key, {}));
            VERIFY_RESULT(m_vault->withRoot(key, [](const vault::RootSecret& root) {
                auto seed = root.seed();
                return seed ? base::Result<void>() : base::Result<void>(seed.error());
            }));
            VERIFY_RESULT(m_vault->withSecret(3, key, [](const base::SecretBytes& secret) {
                return secret.size() == 32 ? base::Result<void>()
                                           : base::Result<void>(ErrorCode::Internal, "size");
            }));
            const auto backup = m_folder.folder() + "/backup.coffer";
            VERIFY_RESULT(m_vault->backup(backup, key, m_folder.wrappingKey(),
                                          vault::BackupRoot::Included, {}));
            VERIFY_RESULT(vault::verifyBackup(backup, test::secretOf(WalletFolder::kPassword)));
            VERIFY_RESULT(m_vault->rotate(key, m_folder.wrappingKey(), {}));
        }
        VERIFY_NOTHING(m_always->run());
        m_vault->lock();
        VERIFY_NOTHING(m_always->run());
        VERIFY_NOTHING(m_whenLocked->run());
    }

private:
    void createWallet(const Needle& entropy)
    {
        vault::CreateRequest request;
        request.realm = vault::Realm::Local;
        request.kdfRule = vault::KdfRule::CheapForTests;
        auto key =
            vault::WrappingKey::derive(vault::kTestOnly, reveal(m_password), m_folder.random());
        ASSERT(key);
        m_parameters = key->parameters;
        request.password = key.take();
        vault::RootSecret root;
        root.entropy = reveal(entropy);
        request.root = std::move(root);
        m_vault = vault::Vault::create(m_folder.path(), std::move(request), m_folder.environment());
    }

    base::SecretBytes passwordKey(const Needle& password) const
    {
        auto key = vault::deriveKey(m_parameters, reveal(password));
        ASSERT(key);
        return key.take();
    }

    WalletFolder m_folder;
    Needle m_password;
    Needle m_wrong;
    Needle m_imported;
    vault::KdfParameters m_parameters;
    base::Result<vault::Vault> m_vault{ErrorCode::NotFound, "not made yet"};
    std::unique_ptr<MemorySearch> m_always;
    std::unique_ptr<MemorySearch> m_whenLocked;
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
