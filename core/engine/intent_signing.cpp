// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/intent_signing.h"

#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/bitcoin/verify.h"
#include "core/engine/account_factory.h"
#include "core/signing/software_signer.h"

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

/// The vault's root as the software signer's keys. The "password" is the key derived from it
/// already: Argon2id ran in the pool.
class VaultKeys final : public signing::RootKeySource
{
public:
    VaultKeys(vault::Vault& vault, bitcoin::Network network)
        : m_vault(vault)
        , m_network(network)
    {
    }

    signing::PassphraseRule passphraseRule() const override
    {
        const auto info = m_vault.rootInfo();
        return info && info->passphraseMode == vault::PassphraseMode::AskedWhenSigning
                   ? signing::PassphraseRule::AskedWhenSigning
                   : signing::PassphraseRule::Stored;
    }

    base::Result<void> withRoot(const base::SecretBytes& key, const base::SecretBytes& passphrase,
                                const Use& use) override
    {
        return m_vault.withRoot(key, [&](const vault::RootSecret& root) -> base::Result<void> {
            const auto master = TRY(masterKeyOf(m_vault, root, passphrase, m_network));
            return use(master);
        });
    }

private:
    vault::Vault& m_vault;
    bitcoin::Network m_network;
};

/// Answers the software signer's prompts with what the confirm brought along.
class Answers final : public signing::SignerEvents
{
public:
    void promptOpened(const signing::Prompt& prompt) override { m_open.push_back(prompt); }
    void promptClosed(signing::PromptId) override {}
    void signingDone(signing::SignId, signing::SignedPsbt result) override
    {
        m_outcome.emplace(std::move(result));
    }
    void signingFailed(signing::SignId, base::Error error) override
    {
        m_outcome.emplace(std::move(error));
    }

    base::Result<signing::SignedPsbt> run(signing::SoftwareSigner& signer,
                                          signing::GateApproved approved,
                                          const base::SecretBytes& key,
                                          const base::SecretBytes& passphrase)
    {
        signer.start(signing::BitcoinPsbt{std::move(approved)}, *this);
        while (!m_outcome && !m_open.empty()) {
            const auto prompt = m_open.front();
            m_open.erase(m_open.begin());
            const bool isPassword = prompt.kind == signing::PromptKind::Password;
            TRY(signer.answer(prompt.id, isPassword ? key.clone() : passphrase.clone()));
        }
        if (!m_outcome)
            return Error{ErrorCode::Internal, "the signer neither asked nor answered"};
        return std::move(*m_outcome);
    }

private:
    std::vector<signing::Prompt> m_open;
    std::optional<base::Result<signing::SignedPsbt>> m_outcome;
};

base::Result<signing::ReviewedPayment>
reviewedOf(const WalletSession& session, const ledger::Intent& intent, const bitcoin::Psbt& psbt)
{
    signing::ReviewedPayment reviewed;
    reviewed.intent = intent.id;
    reviewed.account = intent.account;
    for (const auto& input : intent.inputs) {
        const bitcoin::OutPoint point{bitcoin::Txid(input.transaction), input.output};
        signing::ReviewedInput item;
        item.point = point;
        item.amount = TRY(input.amount.toInt64());
        if (const auto output = session.graph().output(point))
            item.own = session.scripts().lookup(output->script);
        reviewed.inputs.push_back(item);
    }
    for (const auto& output : intent.outputs) {
        signing::ReviewedOutput item;
        item.output.amount = TRY(output.amount.toInt64());
        item.output.script = output.script;
        // Only what was shown as change must derive; a payment to oneself was shown as a payment.
        if (output.role == ledger::IntentOutputRole::Change) {
            item.own = session.scripts().lookup(output.script);
            if (!item.own)
                return base::Error{base::ErrorCode::Rejected,
                                   "what was shown as change does not come back"};
        }
        reviewed.outputs.push_back(std::move(item));
    }
    reviewed.fee = TRY(intent.fee.toInt64());
    reviewed.version = psbt.unsignedTransaction().version;
    reviewed.lockTime = psbt.unsignedTransaction().lockTime;
    return reviewed;
}

/// What the gate let through, signed, with what it proved about the inputs.
struct Passed
{
    bitcoin::Psbt psbt;
    signing::SpendCounters counters;
    std::vector<bitcoin::TxOutput> spent;
};

base::Result<Passed> passGate(WalletSession& session, bitcoin::Psbt psbt,
                              signing::ReviewedPayment reviewed, const base::SecretBytes& key,
                              const base::SecretBytes& passphrase, base::Random& random,
                              std::int64_t nowMs)
{
    std::vector<bitcoin::TransactionPointer> previous;
    for (const auto& input : reviewed.inputs) {
        if (auto transaction = session.graph().transaction(input.point.txid))
            previous.push_back(std::move(transaction));
    }
    const auto descriptors = TRY(session.ownDescriptors());
    const auto network = session.network().network;
    const signing::PolicyGate gate(network, session.spendPolicy());
    auto decision = TRY(gate.approve(std::move(psbt), std::move(reviewed), descriptors, previous,
                                     session.spendCounters(), nowMs));
    auto spent = decision.approved.spent();

    VaultKeys keys(session.vault(), network);
    signing::SoftwareSigner signer(keys, random);
    Answers answers;
    auto done = TRY(answers.run(signer, std::move(decision.approved), key, passphrase));
    return Passed{std::move(done.psbt), std::move(decision.counters), std::move(spent)};
}

base::Result<void> verifyAll(const bitcoin::Transaction& transaction,
                             const std::vector<bitcoin::TxOutput>& spent)
{
    for (std::size_t i = 0; i < transaction.inputs.size(); ++i)
        TRY(bitcoin::verifyInput(transaction, i, spent));
    return {};
}

} // namespace

base::Result<SignedIntent> signThroughGate(WalletSession& session, const ledger::Intent& intent,
                                           const base::SecretBytes& key,
                                           const base::SecretBytes& passphrase,
                                           base::Random& random, std::int64_t nowMs)
{
    auto psbt = TRY(bitcoin::Psbt::parse(intent.unsignedBytes));
    auto reviewed = TRY(reviewedOf(session, intent, psbt));
    auto passed = TRY(
        passGate(session, std::move(psbt), std::move(reviewed), key, passphrase, random, nowMs));
    bitcoin::finalise(passed.psbt);
    auto transaction = TRY(bitcoin::extract(passed.psbt));
    TRY(verifyAll(transaction, passed.spent));
    return SignedIntent{std::move(transaction), std::move(passed.counters)};
}

base::Result<GateSignedPsbt> signPsbtThroughGate(WalletSession& session, bitcoin::Psbt psbt,
                                                 signing::ReviewedPayment reviewed,
                                                 const base::SecretBytes& key,
                                                 const base::SecretBytes& passphrase,
                                                 base::Random& random, std::int64_t nowMs)
{
    auto passed = TRY(
        passGate(session, std::move(psbt), std::move(reviewed), key, passphrase, random, nowMs));
    return GateSignedPsbt{std::move(passed.psbt), std::move(passed.counters)};
}

} // namespace coffer::engine
