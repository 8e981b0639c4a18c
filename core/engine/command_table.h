// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the command line and the local socket offer: one table that the command line parses by, the
/// dispatcher validates by and `coffer-cli help` prints. A command `send prepare` is the JSON-RPC
/// method `send.prepare`; an option `--fee-rate` its parameter `fee_rate`.
namespace coffer::engine {

/// What an option's value is.
enum class OptionKind
{
    Text,
    Integer,
    Flag,
    TextList,   ///< Repeatable.
    SecretFile, ///< A path; the engine reads it.
    File,       ///< A path, made absolute by the client.
    FileList    ///< The same, repeatable.
};

/// Whether an option must be given, and how.
enum class Need
{
    Optional,
    Required,
    Positional ///< Required, given without a name.
};

/// One option of a command.
struct CommandOption
{
    std::string_view name; ///< As on the command line, without the dashes.
    OptionKind kind = OptionKind::Text;
    Need need = Need::Optional;
    std::string_view help;
};

/// What a command asks of a wallet before it runs.
enum class WalletAccess
{
    None,     ///< No wallet is named.
    Named,    ///< Needs --wallet, not its password.
    Unlocked, ///< Reads an unlocked wallet: password in the request, or a connection that gave it.
    Password  ///< Needs the password in this very request.
};

/// One verb of the command line, which is one method of the local socket.
struct Command
{
    std::string_view noun;
    std::string_view verb; ///< Empty for commands of one word.
    WalletAccess access = WalletAccess::None;
    std::vector<CommandOption> options;
    std::string_view help;

    std::string method() const;
};

std::span<const Command> commandTable();
/// Nullptr when there is none.
const Command* findCommand(std::string_view method);

/// A parsed command line.
struct CommandRequest
{
    const Command* command = nullptr;
    base::Json parameters = base::Json::object();
};

/// Reads `<noun> [<verb>] [positional] [--option value]...`; Usage says what is wrong.
base::Result<CommandRequest> parseCommand(const std::vector<std::string>& arguments);

/// Checks types, unknown and missing members of JSON parameters; Malformed names the member.
base::Result<void> checkParameters(const Command& command, const base::Json& parameters);

/// The help text of all commands.
std::string commandHelp();

} // namespace coffer::engine
