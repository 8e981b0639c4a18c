// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/psbt/psbt_text.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

using Obstacle = api::PsbtObstacle;

/// Gives the texts a translation context.
class PsbtTexts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::PsbtTexts)

public:
    static QString ofBoth(Obstacle obstacle);
    static QString ofSigning(Obstacle obstacle);
    static QString ofSending(Obstacle obstacle);
    static QString ofInput(const api::PsbtProblem& problem);
    static QString ofProblem(const api::PsbtProblem& problem);
    static QString ofError(const base::Error& error);
    static QString ofUnknownFee(const api::PsbtInfo& info);
    static QString ofSignatures(int there, int needed);
    static QString unknownSignatures();
};

QString PsbtTexts::ofBoth(Obstacle obstacle)
{
    if (obstacle == Obstacle::NoWallet)
        return tr("The wallet is locked.");
    if (obstacle == Obstacle::SeveralAccounts)
        return tr("It spends coins of several of your accounts. Coffer signs for one account at a "
                  "time: make one transaction for each.");
    if (obstacle == Obstacle::Problem)
        return tr("What is marked as a danger forbids it.");
    if (obstacle == Obstacle::CoinSpent)
        return tr("A coin of yours that it spends was spent by something else.");
    if (obstacle == Obstacle::CoinFrozen)
        return tr("It spends a coin that you froze. Unfreeze it under Accounts, Coins.");
    if (obstacle == Obstacle::CoinHeld)
        return tr("Another payment holds a coin that it spends. Let go of that payment first.");
    if (obstacle == Obstacle::NotSynced)
        return tr("The wallet is still looking for its coins. Wait until it is synced.");
    if (obstacle == Obstacle::Sent)
        return tr("This transaction was handed to the network already.");
    if (obstacle == Obstacle::Confirmed)
        return tr("This transaction is in a block already.");
    return tr("The wallet refuses it.");
}

QString PsbtTexts::ofSigning(Obstacle obstacle)
{
    if (obstacle == Obstacle::NothingOurs)
        return tr("No coin of this wallet goes in.");
    if (obstacle == Obstacle::WatchOnly)
        return tr("This account only watches: its keys are elsewhere. Hand the file to the signer "
                  "that has them.");
    if (obstacle == Obstacle::Signed)
        return tr("Your signatures are in it.");
    if (obstacle == Obstacle::Unproved)
        return tr("It does not prove what others put in, so its fee could be a lie. Ask whoever "
                  "made it to add the previous transactions.");
    return ofBoth(obstacle);
}

QString PsbtTexts::ofSending(Obstacle obstacle)
{
    if (obstacle == Obstacle::NothingOurs)
        return tr("No coin of this wallet goes in: it is for the others to send.");
    if (obstacle == Obstacle::Unsigned)
        return tr("Signatures are missing.");
    return ofBoth(obstacle);
}

QString PsbtTexts::ofInput(const api::PsbtProblem& problem)
{
    const int number = problem.input + 1;
    if (problem.rule == "utxo_missing"_L1)
        return tr("Coin %1: the file does not say what it is worth. Ask whoever made it to add it.")
            .arg(number);
    if (problem.rule == "utxo_conflict"_L1)
        return tr("Coin %1 is not what its previous transaction says. Do not trust whoever made "
                  "this.")
            .arg(number);
    if (problem.rule == "amount_unproved"_L1)
        return tr("Coin %1: nothing proves what it is worth; it may be more, and go into the fee.")
            .arg(number);
    return tr("Coin %1 asks for a signature that does not cover the whole payment. Others could "
              "change it afterwards.")
        .arg(number);
}

QString PsbtTexts::ofProblem(const api::PsbtProblem& problem)
{
    const QString& rule = problem.rule;
    if (rule == "utxo_missing"_L1 || rule == "utxo_conflict"_L1 || rule == "amount_unproved"_L1 ||
        rule == "sighash"_L1)
        return ofInput(problem);
    if (rule == "false_claim"_L1)
        return tr("Output %1 says that it comes back to you, but it does not. Do not trust whoever "
                  "made this.")
            .arg(problem.output + 1);
    if (rule == "beyond_window"_L1)
        return tr("Output %1 comes back to you, but so far ahead that a restore from your words "
                  "would not find it.")
            .arg(problem.output + 1);
    if (rule == "outputs_exceed_inputs"_L1)
        return tr("It pays more than goes in: no node would take it.");
    if (rule == "signature_invalid"_L1)
        return tr("A signature does not hold: no node would take it.");
    if (rule == "other_network"_L1)
        return tr("This transaction belongs to another network than this wallet.");
    return tr("Problem “%1”.").arg(rule); // Of a newer engine: say at least its name.
}

QString PsbtTexts::ofError(const base::Error& error)
{
    using base::ErrorCode;
    if (error.code == ErrorCode::Malformed)
        return tr("This is no PSBT: a partially signed transaction as a file, or as base64 or hex "
                  "text. Nothing was opened.");
    if (error.code == ErrorCode::Damaged || error.code == ErrorCode::BadChecksum ||
        error.code == ErrorCode::OutOfRange)
        return tr("This PSBT is damaged: a part is missing or was changed. Ask for it again. "
                  "Nothing was opened.");
    if (error.code == ErrorCode::TooLarge)
        return tr("This PSBT is too large: Coffer opens up to 4 MB and 10,000 inputs and outputs. "
                  "Nothing was opened.");
    if (error.code == ErrorCode::Unsupported)
        return tr("This PSBT has a version that Coffer does not know. Nothing was opened.");
    if (error.code == ErrorCode::WrongNetwork)
        return tr("This transaction belongs to another network than this wallet. Open it in a "
                  "wallet of its network. Nothing was opened.");
    if (error.code == ErrorCode::Conflict)
        return tr("That PSBT is about another transaction. The open one stays as it is.");
    if (error.code == ErrorCode::NotFound)
        return tr("The clipboard is empty. Copy the PSBT as base64 text first.");
    if (error.code == ErrorCode::Io)
        return tr("The file could not be read. Check that it is still there.");
    return {};
}

QString PsbtTexts::ofUnknownFee(const api::PsbtInfo& info)
{
    int missing = 0;
    int unproved = 0;
    for (const auto& problem : info.problems) {
        missing += problem.rule == "utxo_missing"_L1 || problem.rule == "utxo_conflict"_L1 ? 1 : 0;
        unproved += problem.rule == "amount_unproved"_L1 ? 1 : 0;
    }
    if (missing > 0)
        return tr("unknown: the file does not tell what %n coin(s) are worth", nullptr, missing);
    if (unproved > 0)
        return tr("unknown: nothing proves what %n coin(s) are worth", nullptr, unproved);
    return info.fee ? QString() : tr("unknown: the amounts contradict each other");
}

QString PsbtTexts::ofSignatures(int there, int needed)
{
    return tr("%1 of %2 signatures").arg(there).arg(needed);
}

QString PsbtTexts::unknownSignatures()
{
    return tr("signatures unknown");
}

} // namespace

QString signingObstacleText(Obstacle obstacle)
{
    return obstacle == Obstacle::None ? QString() : PsbtTexts::ofSigning(obstacle);
}

QString sendingObstacleText(Obstacle obstacle)
{
    return obstacle == Obstacle::None ? QString() : PsbtTexts::ofSending(obstacle);
}

QString psbtProblemText(const api::PsbtProblem& problem)
{
    return PsbtTexts::ofProblem(problem);
}

QString psbtErrorText(const base::Error& error)
{
    return PsbtTexts::ofError(error);
}

QString unknownFeeText(const api::PsbtInfo& info)
{
    return PsbtTexts::ofUnknownFee(info);
}

QString signatureCountText(const api::PsbtInfo& info)
{
    int there = 0;
    int needed = 0;
    for (const auto& input : info.inputs) {
        if (!input.final && !input.required)
            return PsbtTexts::unknownSignatures();
        // A final input no longer says how many there are: they are complete.
        const int wanted = input.required.value_or(1);
        needed += wanted;
        there += input.final ? wanted : std::min(input.signatures, wanted);
    }
    return PsbtTexts::ofSignatures(there, needed);
}

bool isForOtherNetwork(const api::PsbtInfo& info)
{
    return std::ranges::any_of(info.problems, [](const api::PsbtProblem& problem) {
        return problem.rule == "other_network"_L1;
    });
}

} // namespace coffer::ui
