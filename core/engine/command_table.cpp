// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/command_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace coffer::engine {

namespace {

using base::Error;
using base::ErrorCode;
using enum OptionKind;
using enum Need;
using enum WalletAccess;

const CommandOption kAccount{"account", Text, Optional, "account id or name; default: the first"};
const CommandOption kFeeRate{"fee-rate", Text, Optional, "sat/vB, decimal"};
const CommandOption kPassphrase{"passphrase-file", SecretFile, Optional, "BIP39 passphrase"};
const CommandOption kAskPassphrase{"ask-passphrase", Flag, Optional,
                                   "keep the passphrase out of the file: asked when signing"};
/// Where a wallet that is there is asked to sign, or to derive.
const CommandOption kAskedPassphrase{"passphrase-file", SecretFile, Optional,
                                     "where the wallet asks for it"};
const CommandOption kAcknowledge{"acknowledge", TextList, Optional,
                                 "rule of a danger that was read; repeatable"};

const CommandOption kPaymentLabel{"label", Text, Optional, "note for this payment"};

/// What describes a payment, with what a command adds.
std::vector<CommandOption> paymentOptions(std::vector<CommandOption> more = {})
{
    std::vector<CommandOption> options{
        kAccount,
        {"to", TextList, Required, "address or payment link; repeatable"},
        {"amount", TextList, Optional, "decimal, or max; one for each --to"},
        kFeeRate,
        {"target", Integer, Optional, "blocks until confirmed, 1 to 144"},
        {"coin", TextList, Optional, "txid:vout to spend; repeatable"}};
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

std::vector<Command> walletCommands()
{
    return {
        {"wallet",
         "create",
         Password,
         {{"words", Integer, Optional, "12 (default) or 24"},
          kPassphrase,
          kAskPassphrase,
          {"show-mnemonic", Flag, Optional, "print the words"}},
         "create a wallet with fresh words"},
        {"wallet",
         "restore",
         Password,
         {{"mnemonic-file", SecretFile, Required, "file with the words"},
          kPassphrase,
          kAskPassphrase,
          {"language", Text, Optional, "of the words, where several fit: english, french, ..."},
          {"birthday", Text, Optional, "date of the first payment, 2023-01-31"}},
         "restore a wallet from its words"},
        {"wallet",
         "rehearse",
         Unlocked,
         {{"mnemonic-file", SecretFile, Required, "file with the words, typed in again"},
          kPassphrase},
         "prove that the words restore exactly this wallet"},
        {"wallet",
         "watch",
         Password,
         {{"descriptor", Text, Required, "xpub, ypub, zpub or descriptor"},
          {"birthday", Text, Optional, "date of the first payment"}},
         "watch without keys"},
        {"wallet",
         "import",
         Password,
         {{"file", File, Positional, "a wallet file or a backup"}},
         "copy a wallet file or backup here and unlock it; the password is the file's"},
        {"wallet",
         "rename",
         Password,
         {{"name", Text, Positional, "the new name"}},
         "rename a wallet and its file"},
        {"wallet",
         "delete",
         Password,
         {{"name", Text, Required, "the wallet's name, typed as a confirmation"},
          {"name-again", Text, Optional, "once more, where the wallet is not backed up"}},
         "delete a wallet's file for good; without words or a backup the money is gone"},
        {"wallet", "list", None, {}, "the wallets of this data directory"},
        {"wallet", "info", Unlocked, {}, "fingerprint, accounts, state of a wallet"},
        {"wallet", "unlock", Password, {}, "unlock in the running engine, for this connection"},
        {"wallet", "lock", Named, {}, "lock in the running engine"},
        {"wallet",
         "change-password",
         Password,
         {{"new-password-file", SecretFile, Required, "the new password"}},
         "change the password and rotate every key"},
        {"wallet", "rotate-keys", Password, {}, "new keys for the file, same password"},
        {"wallet", "show-mnemonic", Password, {}, "print the words"},
        {"wallet",
         "backup",
         Password,
         {{"file", File, Required, "where to write the backup"},
          {"backup-password-file", SecretFile, Required, "the backup's own password"}},
         "write a backup: an ordinary wallet file under its own password"},
        {"wallet",
         "verify-backup",
         None,
         {{"file", File, Required, "the backup"},
          {"backup-password-file", SecretFile, Required, "its password"}},
         "open a backup, check everything, say what it holds"},
    };
}

std::vector<Command> accountCommands()
{
    return {
        {"account",
         "add",
         Password,
         {{"currency", Text, Optional, "BTC"},
          {"type", Text, Optional, "bip84 (default), bip86, bip49, bip44, descriptor"},
          {"descriptor", Text, Optional, "watch-only descriptor"},
          {"name", Text, Optional, "name of the account"},
          {"birthday", Text, Optional, "date of its first payment"},
          kAskedPassphrase},
         "add an account"},
        {"account", "list", Unlocked, {}, "accounts with their descriptors"},
        {"account",
         "rename",
         Unlocked,
         {kAccount, {"name", Text, Required, "the new name"}},
         "rename an account"},
        {"address", "new", Unlocked, {kAccount}, "a fresh receive address"},
        {"address", "list", Unlocked, {kAccount}, "all addresses handed out or used"},
        {"balance", "", Unlocked, {kAccount}, "balances with their proof"},
        {"coins", "list", Unlocked, {kAccount}, "unspent outputs"},
        {"coins",
         "freeze",
         Unlocked,
         {{"outpoint", Text, Positional, "txid:vout"}},
         "never spend this coin automatically"},
        {"coins",
         "unfreeze",
         Unlocked,
         {{"outpoint", Text, Positional, "txid:vout"}},
         "allow it again"},
    };
}

std::vector<Command> sendCommands()
{
    return {
        {"send", "prepare", Unlocked, paymentOptions({kPaymentLabel}),
         "choose coins and fee; nothing is signed"},
        {"send", "estimate", Unlocked, paymentOptions(),
         "what send prepare would come to; nothing is stored"},
        {"send",
         "confirm",
         Password,
         {{"intent", Text, Positional, "id from send prepare"}, kAskedPassphrase, kAcknowledge},
         "sign and send exactly what was prepared"},
        {"send",
         "again",
         Unlocked,
         {{"intent", Text, Positional, "signed payment that nobody has taken yet"}},
         "offer the signed bytes to the network again"},
        {"send", "list", Unlocked, {}, "payment intents and where they stand"},
        {"send",
         "bump",
         Unlocked,
         {{"txid", Text, Positional, "unconfirmed payment of ours"}, kFeeRate},
         "prepare a replacement with a higher fee"},
        {"send",
         "cancel",
         Unlocked,
         {{"id", Text, Positional, "intent to forget, or txid to pay back to ourselves"}},
         "forget a prepared payment, or prepare its cancellation"},
        {"fees", "", None, {}, "fee rates with source and age"},
    };
}

std::vector<Command> psbtCommands()
{
    const CommandOption file{"file", File, Required, "the PSBT: binary, base64 or hex"};
    const CommandOption out{"out", File, Optional, "where to write it: .psbt binary, else base64"};
    return {
        {"psbt", "create", Unlocked,
         paymentOptions({kPaymentLabel,
                         {"psbt-version", Integer, Optional, "0 (default) or 2"},
                         {"file", File, Optional, "where to write it: .psbt binary, else base64"}}),
         "choose coins and fee; the payment as an unsigned PSBT"},
        {"psbt", "inspect", None, {file}, "what a PSBT does, and what it still needs"},
        {"psbt", "sign", Password, {file, out, kAskedPassphrase, kAcknowledge}, "sign our inputs"},
        {"psbt",
         "combine",
         None,
         {{"file", FileList, Required, "PSBTs of one transaction; repeatable"}, out},
         "join the signatures of several"},
        {"psbt", "finalize", None, {file, out}, "finish what is signed; gives the transaction"},
        {"psbt", "broadcast", Unlocked, {file}, "send a fully signed PSBT and book it"},
    };
}

std::vector<Command> policyCommands()
{
    return {
        {"policy", "show", Unlocked, {}, "limits, and what is left of them"},
        {"policy",
         "set",
         Password,
         {{"per-payment", Text, Optional, "most that may leave at once, fee included; or none"},
          {"per-day", Text, Optional, "most that may leave in 24 hours; or none"},
          {"max-fee", Text, Optional, "highest fee"},
          {"max-fee-rate", Text, Optional, "highest fee rate, sat/vB"},
          {"allow", TextList, Optional, "address that may be paid, and no others; repeatable"},
          {"disallow", TextList, Optional, "address to take off that list; repeatable"},
          {"allow-any", Flag, Optional, "clear the list: anybody may be paid"},
          {"state", Text, Optional, "active, or frozen: nothing is signed"}},
         "set limits that every signature keeps"},
    };
}

std::vector<Command> bookCommands()
{
    return {
        {"label",
         "set",
         Unlocked,
         {{"target", Text, Optional, "tx (default), address, coin, account"},
          {"reference", Text, Required, "txid, address, txid:vout or account id"},
          {"label", Text, Required, "text; empty removes it"}},
         "set a label"},
        {"labels",
         "import",
         Unlocked,
         {{"file", File, Required, "BIP329 JSON lines"}},
         "import labels"},
        {"labels",
         "export",
         Unlocked,
         {{"file", File, Required, "BIP329 JSON lines"}},
         "export labels"},
        {"history",
         "",
         Unlocked,
         {{"search", Text, Optional, "search grammar"},
          kAccount,
          {"direction", Text, Optional, "in or out"},
          {"status", TextList, Optional, "pending, confirmed, final, ...; repeatable"},
          {"from", Text, Optional, "date: not older"},
          {"until", Text, Optional, "date: before"},
          {"limit", Integer, Optional, "rows, default 100"},
          {"offset", Integer, Optional, "rows to skip"}},
         "movements, newest first"},
        {"history",
         "show",
         Unlocked,
         {{"id", Text, Positional, "entry id"}},
         "one movement with its postings"},
        {"export",
         "",
         Unlocked,
         {{"format", Text, Optional, "csv (default) or json"},
          {"file", File, Required, "where to write it"}},
         "export the history"},
        {"audit",
         "verify",
         Unlocked,
         {{"against", File, Optional, "checkpoint of an earlier export"}},
         "recompute every hash, proof and balance and reconcile with the chain"},
        {"watch", "", Unlocked, {}, "live events as JSON lines"},
    };
}

std::vector<Command> nodeCommands()
{
    return {
        {"node", "status", None, {}, "stage, heights, peers"},
        {"node",
         "sync",
         None,
         {{"wait", Flag, Optional, "wait until everything is scanned"},
          {"timeout", Integer, Optional, "seconds, default 600"}},
         "sync, with --wallet also scan"},
        {"node", "peers", None, {}, "connected peers"},
        {"node",
         "add-peer",
         None,
         {{"peer", Text, Positional, "HOST:PORT"}},
         "use and trust a node of your own"},
        {"node", "remove-peer", None, {{"peer", Text, Positional, "HOST:PORT"}}, "forget it"},
        {"node", "offline", None, {}, "switch the network off"},
        {"node", "online", None, {}, "switch the network on"},
        {"node",
         "accept-reorganisation",
         None,
         {},
         "follow a longer chain although 100 blocks or more would leave (problem deep_fork)"},
        {"node",
         "rescan",
         Unlocked,
         {{"from", Text, Required, "date, 2023-01-31"}},
         "look for older payments"},
        {"network-log", "", None, {}, "every outbound request"},
        {"window",
         "raise",
         None,
         {{"link", Text, Optional, "a payment link to show there"}},
         "bring the running window to the front"},
    };
}

std::vector<Command> makeTable()
{
    std::vector<Command> table;
    for (auto* commands : {walletCommands, accountCommands, sendCommands, psbtCommands,
                           policyCommands, bookCommands, nodeCommands}) {
        for (auto& command : commands())
            table.push_back(std::move(command));
    }
    return table;
}

/// `--fee-rate` is `fee_rate` in JSON.
std::string memberName(std::string_view option)
{
    std::string name(option);
    std::ranges::replace(name, '-', '_');
    return name;
}

base::Result<base::Json> valueOf(const CommandOption& option, const std::string& text)
{
    if (option.kind != Integer)
        return base::Json(text);
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stopped != end)
        return Error{ErrorCode::Usage, "--" + std::string(option.name) + " wants a whole number"};
    return base::Json(value);
}

base::Result<void> store(CommandRequest& request, const CommandOption& option,
                         const std::string& text)
{
    const auto name = memberName(option.name);
    auto value = TRY(valueOf(option, text));
    if (option.kind == TextList || option.kind == FileList) {
        request.parameters[name].push_back(std::move(value));
        return {};
    }
    if (request.parameters.contains(name))
        return Error{ErrorCode::Usage, "--" + std::string(option.name) + " was given twice"};
    request.parameters[name] = std::move(value);
    return {};
}

bool hasType(const CommandOption& option, const base::Json& value)
{
    switch (option.kind) {
    case Text:
    case SecretFile:
    case File:
        return value.is_string();
    case Integer:
        return value.is_number_integer();
    case Flag:
        return value.is_boolean();
    case TextList:
    case FileList:
        return value.is_array() &&
               std::ranges::all_of(value, [](const auto& item) { return item.is_string(); });
    }
    return false;
}

} // namespace

std::string Command::method() const
{
    std::string name(noun);
    if (!verb.empty()) {
        name += '.';
        name += verb;
    }
    return name;
}

std::span<const Command> commandTable()
{
    static const std::vector<Command> s_table = makeTable();
    return s_table;
}

const Command* findCommand(std::string_view method)
{
    for (const auto& command : commandTable()) {
        if (command.method() == method)
            return &command;
    }
    return nullptr;
}

base::Result<CommandRequest> parseCommand(const std::vector<std::string>& arguments)
{
    if (arguments.empty())
        return Error{ErrorCode::Usage, "no command; try coffer-cli help"};
    CommandRequest request;
    std::size_t at = 1;
    if (arguments.size() > 1) {
        request.command = findCommand(arguments[0] + "." + arguments[1]);
        if (request.command != nullptr)
            at = 2;
    }
    if (request.command == nullptr)
        request.command = findCommand(arguments[0]);
    if (request.command == nullptr)
        return Error{ErrorCode::Usage, "unknown command '" + arguments[0] +
                                           (arguments.size() > 1 ? " " + arguments[1] : "") +
                                           "'; try coffer-cli help"};

    const auto& options = request.command->options;
    for (; at < arguments.size(); ++at) {
        const auto& argument = arguments[at];
        const bool named = argument.starts_with("--");
        const auto name = named ? std::string_view(argument).substr(2) : std::string_view();
        const auto option = std::ranges::find_if(options, [&](const CommandOption& candidate) {
            return named ? candidate.name == name
                         : candidate.need == Positional &&
                               !request.parameters.contains(memberName(candidate.name));
        });
        if (option == options.end())
            return Error{ErrorCode::Usage, "unexpected '" + argument + "'"};
        if (option->kind == Flag) {
            request.parameters[memberName(option->name)] = true;
            continue;
        }
        if (named && ++at == arguments.size())
            return Error{ErrorCode::Usage, argument + " wants a value"};
        TRY(store(request, *option, arguments[at]));
    }
    for (const auto& option : options) {
        if (option.need != Optional && !request.parameters.contains(memberName(option.name)))
            return Error{ErrorCode::Usage, (option.need == Positional ? "" : "--") +
                                               std::string(option.name) + " is missing"};
    }
    return request;
}

base::Result<void> checkParameters(const Command& command, const base::Json& parameters)
{
    if (!parameters.is_object())
        return Error{ErrorCode::Malformed, "params must be an object"};
    // The last one is the client's own end of a FIFO for --show-mnemonic.
    const std::set<std::string> common{"wallet", "password_file", "mnemonic_out"};
    auto known = common;
    for (const auto& option : command.options) {
        const auto name = memberName(option.name);
        known.insert(name);
        if (!parameters.contains(name)) {
            if (option.need != Optional)
                return Error{ErrorCode::Malformed, "params." + name + " is missing"};
            continue;
        }
        if (!hasType(option, parameters[name]))
            return Error{ErrorCode::Malformed, "params." + name + " has the wrong type"};
    }
    for (const auto& [name, value] : parameters.items()) {
        if (!known.contains(name))
            return Error{ErrorCode::Malformed, "params." + name + " is unknown"};
        if (common.contains(name) && !value.is_string())
            return Error{ErrorCode::Malformed, "params." + name + " has the wrong type"};
    }
    return {};
}

std::string commandHelp()
{
    std::string out;
    for (const auto& command : commandTable()) {
        std::string line = "  " + std::string(command.noun);
        if (!command.verb.empty())
            line += " " + std::string(command.verb);
        for (const auto& option : command.options) {
            std::string text = option.need == Positional ? std::string(option.name)
                                                         : "--" + std::string(option.name);
            if (option.kind != Flag && option.need != Positional)
                text += " X";
            line += option.need == Optional ? " [" + text + "]" : " " + text;
        }
        out += line + "\n      " + std::string(command.help) + "\n";
    }
    return out;
}

} // namespace coffer::engine
