// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/base/json.h"
#include "core/engine/command_table.h"

#include <QCoroTask>
#include <QObject>

#include <map>
#include <memory>

namespace coffer::engine {

class Core;

/// Answers JSON-RPC lines of one client (docs/protocol.md), on the engine's thread.
///
/// A client starts locked and never inherits another one's unlock: it reads a wallet after it has
/// given the password once; spending needs the password in that very request. Secrets are files,
/// never members.
class RpcDispatcher : public QObject
{
    Q_OBJECT

public:
    RpcDispatcher(Core& core, QObject* parent = nullptr);
    /// Locks what only this client had unlocked.
    ~RpcDispatcher() override;

    /// lineReady follows, later.
    void handle(const std::string& line);
    /// The client is gone: what it unlocked is locked now; this object goes when the last of its
    /// commands has ended.
    void retire();

Q_SIGNALS:
    void lineReady(const std::string& line);

private:
    using Answer = QCoro::Task<base::Result<base::Json>>;
    struct Call
    {
        const Command* command = nullptr;
        base::Json parameters;
        api::WalletId wallet;
        /// Secret files that were read for this call: a pipe can be read only once.
        std::shared_ptr<std::map<std::string, base::SecretBytes>> secrets =
            std::make_shared<std::map<std::string, base::SecretBytes>>();
    };

    QCoro::Task<> answer(base::Json request);
    Answer run(base::Json request);
    Answer admit(Call call);
    Answer dispatch(Call call);
    Answer wallets(Call call);
    Answer createOrRestore(Call call);
    Answer backups(Call call);
    Answer walletFiles(Call call);
    Answer accounts(Call call);
    Answer payments(Call call);
    Answer prepare(Call call);
    Answer psbts(Call call);
    Answer policy(Call call);
    Answer history(Call call);
    Answer node(Call call);
    Answer sync(Call call);
    base::Result<base::Json> rehearse(const Call& call);
    base::Result<api::PaymentDraft> draftOf(const Call& call) const;
    base::Result<QByteArray> psbtFile(const Call& call) const;
    base::Result<base::Json> psbtAnswer(const Call& call, const char* target,
                                        const QByteArray& psbt) const;
    Answer createPsbt(Call call);
    Answer signPsbt(Call call);
    Answer broadcastPsbt(Call call);
    base::Result<base::Json> combinePsbts(const Call& call) const;
    base::Result<base::Json> finalisePsbt(const Call& call) const;
    base::Result<base::Json> balances(const Call& call) const;
    base::Result<base::Json> raiseWindow(const Call& call);
    base::Result<base::Json> setLabel(const Call& call);
    base::Result<base::Json> transferFile(const Call& call);
    void startWatching(const api::WalletId& wallet);

    /// Reads what a signature needs into `consent`.
    base::Result<void> readConsent(const Call& call, api::SigningConsent& consent) const;
    base::Result<base::SecretBytes> secret(const Call& call, const std::string& member) const;
    base::Result<api::AccountInfo> account(const Call& call) const;
    void emitEvent(const char* name, base::Json value);

    Core& m_core;
    int m_holder;
    int m_running = 0; ///< Commands that have not ended.
    bool m_retired = false;
};

} // namespace coffer::engine
