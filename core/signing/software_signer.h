// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/crypto/bip32.h"
#include "core/signing/signer.h"

#include <functional>
#include <map>
#include <memory>

namespace coffer::signing {

/// Whether a wallet file holds its BIP39 passphrase or asks for it.
enum class PassphraseRule
{
    Stored,
    AskedWhenSigning
};

/// Opens the root key for the length of one call and wipes it afterwards. The engine implements it
/// over the vault.
class RootKeySource
{
public:
    using Use = std::function<base::Result<void>(const crypto::ExtendedPrivateKey& root)>;

    virtual ~RootKeySource() = default;
    virtual PassphraseRule passphraseRule() const = 0;
    /// `passphrase` is empty unless asked for. WrongPassword, WrongWallet (another fingerprint), or
    /// what `use` returned.
    virtual base::Result<void> withRoot(const base::SecretBytes& password,
                                        const base::SecretBytes& passphrase, const Use& use) = 0;
};

/// Signs with keys of the wallet file: P2PKH, P2SH-P2WPKH, P2WPKH, P2TR key path; ALL and DEFAULT
/// only. Signs an input only if the key at the approved descriptor's path is really the one that
/// its script wants, and verifies each signature before it leaves.
class SoftwareSigner final : public Signer
{
public:
    SoftwareSigner(RootKeySource& keys, base::Random& random);
    ~SoftwareSigner() override;

    SignId start(SignRequest request, SignerEvents& events) override;
    base::Result<void> answer(PromptId prompt, base::SecretBytes secret) override;
    void cancel(SignId run) override;

private:
    struct Run;
    void finish(SignId id, std::unique_ptr<Run> run);

    RootKeySource& m_keys;
    base::Random& m_random;
    std::map<SignId, std::unique_ptr<Run>> m_runs;
};

/// The signing itself: adds a signature to every own input of an approved transaction. Rejected
/// when a key does not derive (another wallet), Unproved when a signature does not verify.
base::Result<SignedPsbt> signApproved(const GateApproved& approved,
                                      const crypto::ExtendedPrivateKey& root, base::Random& random);

} // namespace coffer::signing
