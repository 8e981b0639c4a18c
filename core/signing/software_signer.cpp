// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/signing/software_signer.h"

#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/crypto/stack_wipe.h"

#include <algorithm>

namespace coffer::signing {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr const char* kName = "software";

/// The same key, whether written with or without its parity.
bool sameKey(const bitcoin::DerivedKey& wanted, const crypto::PublicKey& key)
{
    const base::ByteView bytes = key.bytes();
    if (!wanted.xOnly)
        return base::equal(wanted.publicKey, bytes);
    return base::equal(base::ByteView(wanted.publicKey).subspan(1), bytes.subspan(1));
}

/// Signs one input with the key that our own descriptor names; the PSBT's derivations are not
/// asked.
Result<void> signOne(bitcoin::Psbt& psbt, const ApprovedInput& input,
                     const crypto::ExtendedPrivateKey& root, base::Random& random)
{
    const crypto::Fingerprint fingerprint = root.fingerprint();
    for (const bitcoin::DerivedKey& wanted : input.coin.keys) {
        if (wanted.origin.fingerprint != fingerprint || wanted.origin.path.empty())
            continue;
        const auto key = TRY(root.derivePath(wanted.origin.path));
        if (!sameKey(wanted, key.privateKey().publicKey()))
            return Error{ErrorCode::WrongWallet, "the root does not derive this account"};
        crypto::Hash256 auxiliary{};
        random.fill(auxiliary);
        const bool used = TRY(bitcoin::signInput(psbt, input.index, key.privateKey(), auxiliary));
        if (!used)
            return Error{ErrorCode::Rejected, "the input does not want our key"};
        return {};
    }
    return Error{ErrorCode::WrongWallet, "no key of this account belongs to the root"};
}

/// A complete transaction must satisfy the scripts it spends, not only carry good signatures.
Result<void> verifyComplete(const bitcoin::Psbt& psbt)
{
    bitcoin::Psbt copy = psbt;
    if (bitcoin::finalise(copy) != copy.inputCount())
        return {}; // Others must sign too.
    const auto transaction = bitcoin::extract(copy);
    return transaction ? Result<void>() : Result<void>(transaction.error());
}

} // namespace

Result<SignedPsbt> signApproved(const GateApproved& approved,
                                const crypto::ExtendedPrivateKey& root, base::Random& random)
{
    const bool main = approved.network() == bitcoin::Network::Main;
    if ((root.network() == crypto::KeyNetwork::Main) != main)
        return Error{ErrorCode::WrongNetwork, "keys of another network"};
    SignedPsbt result{approved.psbt(), 0};
    for (const ApprovedInput& input : approved.ownInputs()) {
        TRY(signOne(result.psbt, input, root, random));
        ++result.signatures;
    }
    TRY(verifyComplete(result.psbt));
    return result;
}

struct SoftwareSigner::Run
{
    SignRequest request;
    SignerEvents& events;
    Prompt prompt; ///< The open one.
    base::SecretBytes password;
    base::SecretBytes passphrase;
};

SoftwareSigner::SoftwareSigner(RootKeySource& keys, base::Random& random)
    : m_keys(keys)
    , m_random(random)
{
}

SoftwareSigner::~SoftwareSigner() = default;

SignId SoftwareSigner::start(SignRequest request, SignerEvents& events)
{
    const SignId id = nextSignId();
    auto run = std::make_unique<Run>(Run{std::move(request), events, {}, {}, {}});
    run->prompt = {nextPromptId(), id, PromptKind::Password, kName};
    const Prompt prompt = run->prompt;
    m_runs.emplace(id, std::move(run));
    // Last, because the answer may come from inside.
    events.promptOpened(prompt);
    return id;
}

Result<void> SoftwareSigner::answer(PromptId prompt, base::SecretBytes secret)
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&](const auto& entry) {
        return entry.second->prompt.id == prompt;
    });
    if (found == m_runs.end())
        return Error{ErrorCode::NotFound, "no such prompt"};
    Run& run = *found->second;
    run.events.promptClosed(prompt);
    const bool wasPassword = run.prompt.kind == PromptKind::Password;
    (wasPassword ? run.password : run.passphrase) = std::move(secret);
    if (wasPassword && m_keys.passphraseRule() == PassphraseRule::AskedWhenSigning) {
        run.prompt = {nextPromptId(), found->first, PromptKind::Passphrase, kName};
        const Prompt next = run.prompt;
        run.events.promptOpened(next);
        return {};
    }
    const SignId id = found->first;
    auto ended = std::move(found->second);
    m_runs.erase(found);
    finish(id, std::move(ended));
    return {};
}

void SoftwareSigner::cancel(SignId run)
{
    const auto found = m_runs.find(run);
    if (found == m_runs.end())
        return;
    const auto ended = std::move(found->second);
    m_runs.erase(found);
    ended->events.promptClosed(ended->prompt.id);
    ended->events.signingFailed(run, Error{ErrorCode::Cancelled, "signing was cancelled"});
}

void SoftwareSigner::finish(SignId id, std::unique_ptr<Run> run)
{
    const GateApproved& approved = std::get<BitcoinPsbt>(run->request).approved;
    std::optional<SignedPsbt> signedPsbt;
    const auto sign = [&](const crypto::ExtendedPrivateKey& root) -> Result<void> {
        auto result =
            crypto::withStackWiped([&] { return signApproved(approved, root, m_random); });
        if (!result)
            return result.error();
        signedPsbt = result.take();
        return {};
    };
    const auto done = m_keys.withRoot(run->password, run->passphrase, sign);
    run->password.clear();
    run->passphrase.clear();
    if (!done)
        run->events.signingFailed(id, done.error());
    else if (!signedPsbt)
        run->events.signingFailed(id, Error{ErrorCode::Internal, "the root was never opened"});
    else
        run->events.signingDone(id, std::move(*signedPsbt));
}

} // namespace coffer::signing
