// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/signing/policy_gate.h"

#include <variant>

namespace coffer::signing {

/// A bitcoin transaction that passed the gate.
struct BitcoinPsbt
{
    GateApproved approved;
};

/// What can be signed: typed objects, never a digest.
using SignRequest = std::variant<BitcoinPsbt>;

/// One run of a signer, unique in the process.
using SignId = std::uint64_t;
/// One question of a signer, unique in the process.
using PromptId = std::uint64_t;

/// Numbers for implementers of Signer; called on the engine's thread.
SignId nextSignId();
PromptId nextPromptId();

/// What a signer asks of the person.
enum class PromptKind
{
    Password,        ///< Of the wallet file.
    Passphrase,      ///< BIP39.
    PinMatrix,       ///< Trezor One: positions on a scrambled grid.
    ConfirmOnDevice, ///< Nothing to answer: compare and press.
    UnlockDevice,    ///< Nothing to answer: enter the PIN on the device.
    OpenApp          ///< Nothing to answer: open the Bitcoin app.
};

/// One open question of a run.
struct Prompt
{
    PromptId id = 0;
    SignId run = 0;
    PromptKind kind = PromptKind::Password;
    std::string signer; ///< Who asks: "software", or the device's name.
};

/// What came out.
struct SignedPsbt
{
    bitcoin::Psbt psbt; ///< The approved one plus signatures.
    std::size_t signatures = 0;
};

/// Where a signer reports. Called on the engine's thread, never from inside start() of another run.
class SignerEvents
{
public:
    virtual ~SignerEvents() = default;
    virtual void promptOpened(const Prompt& prompt) = 0;
    /// Answered, or no longer needed.
    virtual void promptClosed(PromptId prompt) = 0;
    virtual void signingDone(SignId run, SignedPsbt result) = 0;
    /// WrongPassword, WrongWallet, Cancelled, Timeout, Rejected (on the device), Unproved ...
    virtual void signingFailed(SignId run, base::Error error) = 0;
};

/// Something that holds keys. Asynchronous: a person stands behind most of it.
class Signer
{
public:
    virtual ~Signer() = default;
    /// Ends with exactly one signingDone or signingFailed. `events` must live until then.
    virtual SignId start(SignRequest request, SignerEvents& events) = 0;
    /// NotFound for a prompt that is not open.
    virtual base::Result<void> answer(PromptId prompt, base::SecretBytes secret) = 0;
    /// Unknown ids are ignored.
    virtual void cancel(SignId run) = 0;
};

} // namespace coffer::signing
