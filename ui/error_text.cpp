// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/error_text.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// Gives the texts a translation context.
class ErrorTexts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::ErrorTexts)

public:
    static QString of(base::ErrorCode code);
    static QString ofInput(base::ErrorCode code);
    static QString ofRequest(base::ErrorCode code);
    static QString ofNode(base::ErrorCode code);
    static QString ofFile(base::ErrorCode code);
    static QString money(base::ErrorCode code, ErrorScene scene);
};

QString ErrorTexts::ofInput(base::ErrorCode code)
{
    using base::ErrorCode;
    if (code == ErrorCode::Malformed)
        return tr("This cannot be read as what it should be. Check it for missing or extra "
                  "characters.");
    if (code == ErrorCode::BadChecksum)
        return tr("The checksum does not fit: something was mistyped or damaged. Compare it with "
                  "the original.");
    if (code == ErrorCode::OutOfRange)
        return tr("A number is outside what is allowed here. Change it and try again.");
    if (code == ErrorCode::TooLarge)
        return tr("This is larger than Coffer accepts. Try a smaller file or text.");
    if (code == ErrorCode::Unsupported)
        return tr("This is valid, but Coffer cannot do it here.");
    if (code == ErrorCode::WrongNetwork)
        return tr("This belongs to another network. Ask for an address of this wallet's network.");
    return tr("Coffer asked for something impossible. Please report this.");
}

QString ErrorTexts::ofRequest(base::ErrorCode code)
{
    using base::ErrorCode;
    if (code == ErrorCode::NotFound)
        return tr("It is not there any more. Refresh the page and try again.");
    if (code == ErrorCode::AlreadyExists)
        return tr("There is already one of that name. Choose another name.");
    if (code == ErrorCode::Rejected)
        return tr("This was refused by the wallet's rules. Start again from the first step.");
    if (code == ErrorCode::Expired)
        return tr("The prepared payment is too old. Prepare it again to see current numbers.");
    if (code == ErrorCode::Conflict)
        return tr("This contradicts what is already recorded. Refresh the page and look again.");
    if (code == ErrorCode::InsufficientFunds)
        return tr("There is not enough spendable money for the amount and its fee. Lower the "
                  "amount or wait for pending money.");
    if (code == ErrorCode::Dust)
        return tr("The amount is too small for the network to pass on. Send a little more.");
    if (code == ErrorCode::FeeOutOfBounds)
        return tr("The fee is far too high, or too low to be passed on. Choose another fee.");
    return tr("Coffer found a fault in itself and stopped before doing anything. Please "
              "report it with the details.");
}

QString ErrorTexts::ofNode(base::ErrorCode code)
{
    using base::ErrorCode;
    if (code == ErrorCode::NotSynced)
        return tr("Your node has not caught up yet. Wait until it is synced and try again.");
    if (code == ErrorCode::NoPeer)
        return tr("No other node answers. Check the connection or add a peer under Network.");
    if (code == ErrorCode::Unproved)
        return tr("What the other side claims does not hold. It was not believed.");
    if (code == ErrorCode::Cancelled)
        return tr("This was stopped before it was done.");
    if (code == ErrorCode::Timeout)
        return tr("No answer came in time. Try again.");
    if (code == ErrorCode::Offline)
        return tr("Coffer is set to offline. Switch the network on under Network.");
    return tr("The connection failed. Check the network and try again.");
}

QString ErrorTexts::ofFile(base::ErrorCode code)
{
    using base::ErrorCode;
    if (code == ErrorCode::WrongPassword)
        return tr("The password does not open this wallet. Check Caps Lock and the keyboard "
                  "layout.");
    if (code == ErrorCode::PasswordNeeded)
        return tr("The password is needed for this.");
    if (code == ErrorCode::Locked)
        return tr("The wallet is locked. Unlock it and try again.");
    if (code == ErrorCode::Damaged)
        return tr("The wallet file is damaged: its contents do not fit together. Do not write to "
                  "it; restore from a backup or from the words.");
    if (code == ErrorCode::VersionTooNew)
        return tr("A newer version of Coffer wrote this. Update Coffer to open it.");
    if (code == ErrorCode::InUse)
        return tr("Another program holds this file. Close it there and try again.");
    if (code == ErrorCode::ReadOnly)
        return tr("The file or its folder cannot be written. Check its permissions.");
    if (code == ErrorCode::DiskFull)
        return tr("There is no space left on the disk. Free some and try again.");
    if (code == ErrorCode::PermissionDenied)
        return tr("The system does not allow it. Check the permissions.");
    if (code == ErrorCode::Io)
        return tr("The disk or the system failed. Try again, and check the disk if it happens "
                  "once more.");
    return tr("These keys or this file belong to another wallet.");
}

/// One place per code and no default: the compiler names a code that has no words yet.
QString ErrorTexts::of(base::ErrorCode code)
{
    using base::ErrorCode;
    switch (code) {
    case ErrorCode::Malformed:
    case ErrorCode::BadChecksum:
    case ErrorCode::OutOfRange:
    case ErrorCode::TooLarge:
    case ErrorCode::Unsupported:
    case ErrorCode::WrongNetwork:
    case ErrorCode::Usage:
        return ofInput(code);
    case ErrorCode::NotFound:
    case ErrorCode::AlreadyExists:
    case ErrorCode::Rejected:
    case ErrorCode::Expired:
    case ErrorCode::Conflict:
    case ErrorCode::InsufficientFunds:
    case ErrorCode::Dust:
    case ErrorCode::FeeOutOfBounds:
    case ErrorCode::Internal:
        return ofRequest(code);
    case ErrorCode::NotSynced:
    case ErrorCode::NoPeer:
    case ErrorCode::Unproved:
    case ErrorCode::Cancelled:
    case ErrorCode::Timeout:
    case ErrorCode::Offline:
    case ErrorCode::Network:
        return ofNode(code);
    case ErrorCode::WrongPassword:
    case ErrorCode::PasswordNeeded:
    case ErrorCode::Locked:
    case ErrorCode::Damaged:
    case ErrorCode::VersionTooNew:
    case ErrorCode::InUse:
    case ErrorCode::ReadOnly:
    case ErrorCode::DiskFull:
    case ErrorCode::PermissionDenied:
    case ErrorCode::Io:
    case ErrorCode::WrongWallet:
        return ofFile(code);
    }
    return {};
}

QString ErrorTexts::money(base::ErrorCode code, ErrorScene scene)
{
    using base::ErrorCode;
    if (scene == ErrorScene::General)
        return {};
    if (scene == ErrorScene::BeforeSigning)
        return tr("No money moved.");
    const bool afterSigning = code == ErrorCode::Timeout || code == ErrorCode::Network ||
                              code == ErrorCode::NoPeer || code == ErrorCode::Offline ||
                              code == ErrorCode::Cancelled;
    return afterSigning
               ? tr("The payment is signed and stored; Activity shows whether it was handed on. Do "
                    "not pay again before looking there.")
               : tr("Nothing was sent; no money moved.");
}

} // namespace

QString errorText(base::ErrorCode code, ErrorScene scene)
{
    const QString what = ErrorTexts::of(code);
    const QString money = ErrorTexts::money(code, scene);
    return money.isEmpty() ? what : what + u' ' + money;
}

QString errorDetails(const base::Error& error)
{
    const auto name = base::errorCodeName(error.code);
    QString text = QString::fromLatin1(name.data(), qsizetype(name.size())) + u" · "_s +
                   QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    if (!error.detail.empty())
        text += u"\n"_s + QString::fromStdString(error.detail);
    return text;
}

} // namespace coffer::ui
