// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>

namespace coffer::crypto {

using base::ByteView;
using base::SecretBytes;

namespace {

struct DigestDeleter
{
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

using Digest = std::unique_ptr<EVP_MD, DigestDeleter>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, DigestDeleter>;

/// Before the first other call of OpenSSL. Its clean-up at exit() frees what threads on their last
/// steps free as well, and Qt's threads are detached: wait() returns while they still take those.
/// So it is left out; the memory goes with the process.
void prepareOpenSsl()
{
    static const int prepared = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    ASSERT(prepared == 1);
}

Digest fetch(const char* name)
{
    prepareOpenSsl();
    Digest digest(EVP_MD_fetch(nullptr, name, nullptr));
    ASSERT(digest != nullptr); // All of them are in OpenSSL's default provider.
    return digest;
}

DigestContext newContext()
{
    prepareOpenSsl();
    DigestContext context(EVP_MD_CTX_new());
    ASSERT(context != nullptr);
    return context;
}

void begin(EVP_MD_CTX* context, const EVP_MD* digest)
{
    ASSERT(EVP_DigestInit_ex2(context, digest, nullptr) == 1);
}

void update(EVP_MD_CTX* context, ByteView bytes)
{
    ASSERT(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
}

template <std::size_t N>
base::ByteArray<N> finish(EVP_MD_CTX* context)
{
    base::ByteArray<N> out{};
    unsigned size = 0;
    ASSERT(EVP_DigestFinal_ex(context, out.data(), &size) == 1 && size == N);
    return out;
}

/// The context stays between calls: making one costs several times a short hash.
template <std::size_t N>
base::ByteArray<N> hash(EVP_MD_CTX* context, const EVP_MD* digest, ByteView bytes)
{
    begin(context, digest);
    update(context, bytes);
    return finish<N>(context);
}

const EVP_MD* sha256Digest()
{
    static const Digest digest = fetch("SHA2-256");
    return digest.get();
}

ByteView nonNull(ByteView bytes)
{
    // libsodium and OpenSSL may refuse a null pointer even for nothing.
    static constexpr std::uint8_t kNothing = 0;
    return bytes.data() == nullptr ? ByteView(&kNothing, 0) : bytes;
}

} // namespace

Hash256 sha256(ByteView bytes)
{
    thread_local const DigestContext context = newContext();
    return hash<32>(context.get(), sha256Digest(), bytes);
}

Hash256 sha256d(ByteView bytes)
{
    return sha256(sha256(bytes));
}

Hash512 sha512(ByteView bytes)
{
    static const Digest digest = fetch("SHA2-512");
    thread_local const DigestContext context = newContext();
    return hash<64>(context.get(), digest.get(), bytes);
}

Hash160 ripemd160(ByteView bytes)
{
    static const Digest digest = fetch("RIPEMD-160");
    thread_local const DigestContext context = newContext();
    return hash<20>(context.get(), digest.get(), bytes);
}

Hash160 hash160(ByteView bytes)
{
    return ripemd160(sha256(bytes));
}

Hash256 sha3_256(ByteView bytes)
{
    static const Digest digest = fetch("SHA3-256");
    thread_local const DigestContext context = newContext();
    return hash<32>(context.get(), digest.get(), bytes);
}

// BIP340, "Design", tagged hashes.
Hash256 taggedHash(std::string_view tag, ByteView bytes)
{
    const auto tagHash = sha256(base::viewOf(tag));
    Sha256 hash;
    hash.update(tagHash);
    hash.update(tagHash);
    hash.update(bytes);
    return hash.finish();
}

struct Sha256::State
{
    DigestContext context = newContext();
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{
    begin(m_state->context.get(), sha256Digest());
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(ByteView bytes)
{
    crypto::update(m_state->context.get(), bytes);
}

Hash256 Sha256::finish()
{
    const auto out = crypto::finish<32>(m_state->context.get());
    begin(m_state->context.get(), sha256Digest());
    return out;
}

// libsodium where secrets pass: its state is ours to wipe, OpenSSL's lies in its heap.
SecretBytes sha256Secret(ByteView secret)
{
    auto out = SecretBytes::allocate(crypto_hash_sha256_BYTES);
    const auto input = nonNull(secret);
    crypto_hash_sha256(out.reveal().data(), input.data(), input.size());
    return out;
}

Hash256 hmacSha256(ByteView key, ByteView data)
{
    crypto_auth_hmacsha256_state state;
    const base::WipeGuard guard({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
    const auto usedKey = nonNull(key);
    const auto input = nonNull(data);
    Hash256 out{};
    crypto_auth_hmacsha256_init(&state, usedKey.data(), usedKey.size());
    crypto_auth_hmacsha256_update(&state, input.data(), input.size());
    crypto_auth_hmacsha256_final(&state, out.data());
    return out;
}

SecretBytes hmacSha512(ByteView key, ByteView data)
{
    crypto_auth_hmacsha512_state state;
    const base::WipeGuard guard({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
    const auto usedKey = nonNull(key);
    const auto input = nonNull(data);
    auto out = SecretBytes::allocate(crypto_auth_hmacsha512_BYTES);
    crypto_auth_hmacsha512_init(&state, usedKey.data(), usedKey.size());
    crypto_auth_hmacsha512_update(&state, input.data(), input.size());
    crypto_auth_hmacsha512_final(&state, out.reveal().data());
    return out;
}

SecretBytes pbkdf2HmacSha512(ByteView password, ByteView salt, unsigned rounds, std::size_t size)
{
    ASSERT(rounds >= 1);
    crypto_auth_hmacsha512_state keyed;
    crypto_auth_hmacsha512_state state;
    const base::WipeGuard guardKeyed({reinterpret_cast<std::uint8_t*>(&keyed), sizeof keyed});
    const base::WipeGuard guardState({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
    const auto usedPassword = nonNull(password);
    const auto usedSalt = nonNull(salt);
    crypto_auth_hmacsha512_init(&keyed, usedPassword.data(), usedPassword.size());

    auto out = SecretBytes::allocate(size);
    auto link = SecretBytes::allocate(64);
    auto block = SecretBytes::allocate(64);
    for (std::size_t at = 0, number = 1; at < size; at += 64, ++number) {
        base::ByteWriter index;
        index.u32be(static_cast<std::uint32_t>(number));
        state = keyed;
        crypto_auth_hmacsha512_update(&state, usedSalt.data(), usedSalt.size());
        crypto_auth_hmacsha512_update(&state, index.view().data(), index.size());
        crypto_auth_hmacsha512_final(&state, link.reveal().data());
        block = link.clone();
        for (unsigned round = 1; round < rounds; ++round) {
            state = keyed;
            crypto_auth_hmacsha512_update(&state, link.reveal().data(), 64);
            crypto_auth_hmacsha512_final(&state, link.reveal().data());
            for (std::size_t i = 0; i < 64; ++i)
                block.reveal()[i] ^= link.reveal()[i];
        }
        for (std::size_t i = 0; i < 64 && at + i < size; ++i)
            out.reveal()[at + i] = block.reveal()[i];
    }
    return out;
}

SecretBytes hkdfSha256(ByteView key, ByteView salt, ByteView info, std::size_t size)
{
    ASSERT(!key.empty() && size >= 1 && size <= 255 * std::size_t{32});
    static const std::unique_ptr<EVP_KDF, DigestDeleter> kdf(
        EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    ASSERT(kdf != nullptr);
    const std::unique_ptr<EVP_KDF_CTX, DigestDeleter> context(EVP_KDF_CTX_new(kdf.get()));
    ASSERT(context != nullptr);

    // OSSL_PARAM takes mutable pointers, but a setter only reads.
    const auto octets = [](const char* name, ByteView bytes) {
        const auto view = nonNull(bytes);
        return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(view.data()),
                                                 view.size());
    };
    char digest[] = "SHA2-256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                     octets("key", key), octets("salt", salt), octets("info", info),
                                     OSSL_PARAM_construct_end()};
    auto out = SecretBytes::allocate(size);
    ASSERT(EVP_KDF_derive(context.get(), out.reveal().data(), size, parameters) == 1);
    return out;
}

} // namespace coffer::crypto
