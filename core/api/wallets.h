// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// The wallet files of the data directory: create, restore, open, lock, back up.
class Wallets : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Creates a wallet with fresh words; it is unlocked afterwards. AlreadyExists, OutOfRange.
    virtual QFuture<base::Result<CreatedWallet>> create(CreateWallet request) = 0;
    /// Malformed or BadChecksum when the words are wrong; Rejected when they are valid in more than
    /// one language and none was given (phraseLanguages() tells which).
    virtual QFuture<base::Result<CreatedWallet>> restore(RestoreWallet request) = 0;
    /// The word lists in which the words are valid ("english", ...); the errors of restore() when
    /// there is none.
    virtual QFuture<base::Result<QStringList>> phraseLanguages(base::SecretBytes mnemonic) = 0;
    /// Whether the words restore exactly this unlocked wallet; remembers when that was proved.
    /// BadChecksum (never which word is wrong), WrongWallet.
    virtual QFuture<base::Result<RehearsalReport>> rehearse(RehearseRestore request) = 0;
    virtual QFuture<base::Result<CreatedWallet>> watch(WatchWallet request) = 0;
    /// WrongPassword, Damaged, InUse, VersionTooNew.
    virtual QFuture<base::Result<void>> unlock(WalletId wallet, base::SecretBytes password) = 0;
    virtual QFuture<base::Result<void>> lock(WalletId wallet) = 0;
    /// Takes a wallet file or a backup from elsewhere, which is not changed, under the password it
    /// has; unlocked afterwards. Unless its anchor is here it opens as restored. WrongPassword,
    /// Damaged, VersionTooNew, WrongNetwork, AlreadyExists (the name), Conflict (this very wallet
    /// is here already), InUse, NotFound; then nothing is left of it.
    virtual QFuture<base::Result<CreatedWallet>> importFile(QString path, WalletId name,
                                                            base::SecretBytes password) = 0;
    /// File, sessions and settings follow; open stays open. WrongPassword, AlreadyExists.
    virtual QFuture<base::Result<void>> rename(WalletId wallet, WalletId name,
                                               base::SecretBytes password) = 0;
    /// WrongPassword; Rejected when a name is not the wallet's, or the second one is needed.
    virtual QFuture<base::Result<void>> remove(DeleteWallet request) = 0;
    /// Re-wraps and rotates every key.
    virtual QFuture<base::Result<void>> changePassword(WalletId wallet,
                                                       base::SecretBytes oldPassword,
                                                       base::SecretBytes newPassword) = 0;
    virtual QFuture<base::Result<Words>> revealWords(WalletId wallet,
                                                     base::SecretBytes password) = 0;
    /// The person proved that the words are written down.
    virtual QFuture<base::Result<void>> markBackedUp(WalletId wallet) = 0;
    virtual QFuture<base::Result<BackupReport>> backup(WalletId wallet, QString path,
                                                       base::SecretBytes password,
                                                       base::SecretBytes backupPassword) = 0;
    virtual QFuture<base::Result<BackupReport>> verifyBackup(QString path,
                                                             base::SecretBytes backupPassword) = 0;

    virtual WalletsSnapshot snapshot() const = 0;

Q_SIGNALS:
    void snapshotChanged(const coffer::api::WalletsSnapshot& snapshot);
};

} // namespace coffer::api
