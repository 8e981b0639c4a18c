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
    static QString money(base::ErrorCode code, ErrorScene scene);
};

QString ErrorTexts::of(base::ErrorCode code)
{
    using base::ErrorCode;
    switch (code) {
    case ErrorCode::Malformed:
        return tr("This cannot be read as what it should be. Check it for missing or extra "
                  "characters.");
    case ErrorCode::BadChecksum:
        return tr("The checksum does not fit: something was mistyped or damaged. Compare it with "
                  "the original.");
    case ErrorCode::OutOfRange:
        return tr("A number is outside what is allowed here. Change it and try again.");
    case ErrorCode::TooLarge:
        return tr("This is larger than Coffer accepts. Try a smaller file or text.");
    case ErrorCode::Unsupported:
        return tr("This is valid, but Coffer cannot do it here.");
    case ErrorCode::WrongNetwork:
        return tr("This belongs to another network. Ask for an address of this wallet's network.");
    case ErrorCode::Usage:
        return tr("Coffer asked for something impossible. Please report this.");
    case ErrorCode::NotFound:
        return tr("It is not there any more. Refresh the page and try again.");
    case ErrorCode::AlreadyExists:
        return tr("There is already one of that name. Choose another name.");
    case ErrorCode::Rejected:
        return tr("This was refused by the wallet's rules. Start again from the first step.");
    case ErrorCode::Expired:
        return tr("The prepared payment is too old. Prepare it again to see current numbers.");
    case ErrorCode::Conflict:
        return tr("This contradicts what is already recorded. Refresh the page and look again.");
    case ErrorCode::InsufficientFunds:
        return tr("There is not enough spendable money for the amount and its fee. Lower the "
                  "amount or wait for pending money.");
    case ErrorCode::Dust:
        return tr("The amount is too small for the network to pass on. Send a little more.");
    case ErrorCode::FeeOutOfBounds:
        return tr("The fee is far too high, or too low to be passed on. Choose another fee.");
    case ErrorCode::NotSynced:
        return tr("Your node has not caught up yet. Wait until it is synced and try again.");
    case ErrorCode::NoPeer:
        return tr("No other node answers. Check the connection or add a peer under Network.");
    case ErrorCode::Unproved:
        return tr("What the other side claims does not hold. It was not believed.");
    case ErrorCode::Cancelled:
        return tr("This was stopped before it was done.");
    case ErrorCode::Timeout:
        return tr("No answer came in time. Try again.");
    case ErrorCode::Offline:
        return tr("Coffer is set to offline. Switch the network on under Network.");
    case ErrorCode::WrongPassword:
        return tr("The password does not open this wallet. Check Caps Lock and the keyboard "
                  "layout.");
    case ErrorCode::PasswordNeeded:
        return tr("The password is needed for this.");
    case ErrorCode::Locked:
        return tr("The wallet is locked. Unlock it and try again.");
    case ErrorCode::Damaged:
        return tr("The wallet file is damaged: its contents do not fit together. Do not write to "
                  "it; restore from a backup or from the words.");
    case ErrorCode::VersionTooNew:
        return tr("A newer version of Coffer wrote this. Update Coffer to open it.");
    case ErrorCode::InUse:
        return tr("Another program holds this file. Close it there and try again.");
    case ErrorCode::ReadOnly:
        return tr("The file or its folder cannot be written. Check its permissions.");
    case ErrorCode::DiskFull:
        return tr("There is no space left on the disk. Free some and try again.");
    case ErrorCode::PermissionDenied:
        return tr("The system does not allow it. Check the permissions.");
    case ErrorCode::Io:
        return tr("The disk or the system failed. Try again, and check the disk if it happens "
                  "once more.");
    case ErrorCode::Network:
        return tr("The connection failed. Check the network and try again.");
    case ErrorCode::WrongWallet:
        return tr("These keys or this file belong to another wallet.");
    case ErrorCode::Internal:
        return tr("Coffer found a fault in itself and stopped before doing anything. Please "
                  "report it with the details.");
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
    switch (code) {
    case ErrorCode::Timeout:
    case ErrorCode::Network:
    case ErrorCode::NoPeer:
    case ErrorCode::Offline:
    case ErrorCode::Cancelled:
        return tr("The payment is signed and stored; Activity shows whether it was handed on. Do "
                  "not pay again before looking there.");
    default:
        return tr("Nothing was sent; no money moved.");
    }
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
