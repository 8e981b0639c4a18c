// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/money/amount.h"
#include "core/money/amount_parse.h"
#include "core/money/currency.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

/// Value types that cross between window or script and engine. Plain values that could go to
/// another process: no pointers, no callbacks, no domain objects. Times are milliseconds since 1970
/// UTC; 0 means "never" where it is documented so. Amounts are minor units with their currency
/// beside them.
namespace coffer::api {

/// Which wallet a call is about: its name, unique in the data directory (file `<name>.coffer`).
using WalletId = QString;
/// An account of a wallet (UUID text).
using AccountId = QString;
/// A payment intent (UUID text).
using IntentId = QString;

/// Where a number comes from, weakest last.
enum class Source
{
    Proved,    ///< Proved here by our own light node.
    OwnNode,   ///< The person's own node, trusted by their choice.
    Quorum,    ///< Several servers agree.
    OneServer, ///< One server says so: shown with the mark "unproved".
    Device,
    Service,
    Unknown ///< Not known yet: "–" with a reason, never 0.
};

/// The source and age of a number.
struct Proof
{
    Source source = Source::Unknown;
    std::int64_t height = -1; ///< Block height it is valid for; -1 unknown.
    std::int64_t atMs = 0;    ///< When it became so; 0 unknown.
};

/// Which coins a wallet may hold; fixed in its file.
enum class Realm
{
    Main,
    Test,
    Local
};
/// How an account derives its addresses.
enum class AccountType
{
    Bip84, ///< Native segwit (default).
    Bip86, ///< Taproot.
    Bip49, ///< Nested segwit.
    Bip44, ///< Legacy.
    Descriptor
};

/// A wallet file, and what is known of it.
struct WalletInfo
{
    WalletId id;
    Realm realm = Realm::Main;
    bool unlocked = false;
    bool watchOnly = false;
    bool backedUp = false; ///< The words were checked (quiz), or a verified backup exists.
    bool restoredFromOlder =
        false;                   ///< The file is behind its anchor: nothing is sent until synced.
    bool asksPassphrase = false; ///< The BIP39 passphrase is asked when signing.
    QString fingerprint;         ///< Master fingerprint, 8 hex digits; empty while locked.
    QString warning;             ///< English for the log ("anchor missing"); empty if none.
    std::int64_t rehearsedAtMs = 0; ///< A restore from the words was last rehearsed; 0 never.
    bool searching = false; ///< After a restore: other standard accounts are still looked for.
    /// What a person should know or do. "older_payments": there are some from before the birthday,
    /// so the balance may lack them; a rescan from an earlier date looks for them.
    /// "chain_replaced": blocks that the wallet had seen have left the chain, deeper than a day.
    QStringList notices;
};

/// All wallet files of the data directory.
struct WalletsSnapshot
{
    std::vector<WalletInfo> wallets;
};

/// What becomes of a wallet's BIP39 passphrase.
enum class PassphraseUse
{
    Stored, ///< Sealed beside the words: a signature needs the password only.
    Asked   ///< Never in the file: typed for each signature and each new account.
};

/// What a new wallet starts with.
struct CreateWallet
{
    WalletId name;
    base::SecretBytes password;   ///< NFKD is done by the engine.
    int words = 12;               ///< 12 or 24.
    base::SecretBytes passphrase; ///< BIP39 passphrase; empty for none.
    PassphraseUse passphraseUse = PassphraseUse::Stored;
    std::vector<AccountType> accounts = {AccountType::Bip84}; ///< Added at once.
};

/// Whether a restore looks for accounts that nobody named.
enum class Discovery
{
    /// BIP44, 49, 84 and 86 from account 0 on, the next while the last one has history. What has
    /// history becomes an account with the usual name; the rest is forgotten after the first scan.
    StandardPaths,
    Off
};

/// What a wallet is restored from.
struct RestoreWallet
{
    WalletId name;
    base::SecretBytes password;
    base::SecretBytes mnemonic; ///< UTF-8 words.
    base::SecretBytes passphrase;
    PassphraseUse passphraseUse = PassphraseUse::Stored;
    std::optional<std::int64_t>
        birthdayMs; ///< Nothing older is looked for; absent: from the type's start.
    std::vector<AccountType> accounts = {AccountType::Bip84}; ///< Added at once.
    QString language; ///< Of the words ("english", ...); empty: found out, Rejected if several fit.
    Discovery discovery = Discovery::StandardPaths;
};

/// A wallet that goes for good: its file and its anchor. What the person typed comes with it.
struct DeleteWallet
{
    WalletId wallet;
    base::SecretBytes password;
    QString name;      ///< The wallet's name, typed.
    QString nameAgain; ///< The same once more; needed when the wallet is not backed up.
};

/// The words once more, to see whether they would restore this wallet.
struct RehearseRestore
{
    WalletId wallet;
    base::SecretBytes mnemonic; ///< UTF-8 words.
    base::SecretBytes passphrase;
};

/// What a rehearsal proved.
struct RehearsalReport
{
    QString fingerprint;
    QStringList accounts;     ///< Names of those that the words restore: keys derive and sign.
    QStringList notFromWords; ///< Watch-only accounts: no words bring them back.
    std::int64_t atMs = 0;
};

/// What a wallet without keys watches.
struct WatchWallet
{
    WalletId name;
    base::SecretBytes password;
    QString descriptor; ///< xpub, ypub, zpub, ... or descriptor.
    std::optional<std::int64_t> birthdayMs;
};

/// The wallet that came into being.
struct CreatedWallet
{
    WalletId wallet;
    QString fingerprint;
};

/// The words of a wallet as indexes into a public word list; move-only.
struct Words
{
    int language = 0;          ///< Index into bip39 languages; 1 word list for all words.
    base::SecretBytes indexes; ///< u16 little-endian per word.
};

/// What a backup holds, found by opening all of it.
struct BackupReport
{
    QString path;
    bool containsRoot = false;
    int accounts = 0;
    int labels = 0;
    std::int64_t entries = 0;
    std::int64_t lastScannedHeight = -1;
    QString fingerprint;
};
/// What lies on an account, with its proof.
struct AccountBalance
{
    money::Amount settled;   ///< Confirmed, immature coinbase included.
    money::Amount pending;   ///< Signed sum of everything unconfirmed.
    money::Amount spendable; ///< Confirmed and own pending change, unfrozen.
    money::Amount immature;
    Proof proof;
};

/// An account and its balance.
struct AccountInfo
{
    AccountId id;
    QString name;
    money::Currency currency;
    AccountType type = AccountType::Bip84;
    QString descriptor; ///< Public, with checksum (receive and change as one multipath descriptor).
    QString path;       ///< m/84h/0h/0h
    bool watchOnly = false;
    std::optional<AccountBalance> balance; ///< Absent: still looking.
};

/// All accounts of a wallet; empty while it is locked.
struct AccountsSnapshot
{
    WalletId wallet;
    std::vector<AccountInfo> accounts;
};

/// Which account to add.
struct AddAccount
{
    AccountType type = AccountType::Bip84;
    QString name;
    QString descriptor;           ///< For watch-only accounts; empty: next own account of `type`.
    base::SecretBytes password;   ///< Needed to derive a new own account.
    base::SecretBytes passphrase; ///< The same, where the wallet asks for it.
    std::optional<std::int64_t> birthdayMs;
};

/// An address of an account.
struct ReceiveAddress
{
    QString address;
    AccountId account;
    QString path;
    bool used = false;
    std::int64_t index = 0;
    bool change = false;
    QString label;
    money::Amount received; ///< Sum of all payments to it.
};

/// An unspent output of an account.
struct Coin
{
    QString outpoint; ///< txid:vout
    QString address;
    QString label;
    money::Amount amount;
    std::int64_t height = -1; ///< -1: unconfirmed.
    bool frozen = false;
    bool change = false;
    bool spendable = false;
};

/// Whether a coin may be spent automatically.
enum class CoinState
{
    Free,
    Frozen
};
/// How loudly a finding speaks: a danger must be acknowledged.
enum class Severity
{
    Ok,
    Warning,
    Danger
};

/// One thing about a payment that a person should know; `rule` is stable, the window words it.
struct Finding
{
    QString rule; ///< "look_alike", "first_time", "high_fee", ...
    Severity severity = Severity::Ok;
    QStringList parameters; ///< In the order the rule documents.
};

/// What a scanned, pasted or typed text is.
struct DecodedPayee
{
    enum class Kind
    {
        Address,
        PaymentUri,
        ExtendedKey,
        Psbt,
        SeedWords, ///< Warn: nobody should ask for them.
        WebLink,
        Unknown
    };
    Kind kind = Kind::Unknown;
    QString address;
    std::optional<money::Amount> amount;
    QString label;
    QString message;
    std::vector<Finding> findings; ///< Payee checks at paste.
};

/// Whom to pay, and how much.
struct PaymentRecipient
{
    QString address;                     ///< Address or payment URI.
    std::optional<money::Amount> amount; ///< Absent: everything (only as single recipient).
};

/// What a person wants to pay, before anything is chosen.
struct PaymentDraft
{
    WalletId wallet;
    AccountId account;
    std::vector<PaymentRecipient> recipients;
    QString label;
    std::optional<std::int64_t> feeRateMilliSatPerVb; ///< 12.4 sat/vB is 12400.
    /// Chooses the fee rate when none is given; with one it only says what to expect, 0: nothing.
    int targetBlocks = 3;
    QStringList coins;  ///< Outpoints to use; empty: automatic.
    QString lastCopied; ///< What the clipboard held when copied here, for the payee checks.
};

/// Where a part of the money goes.
struct PaymentOutput
{
    QString address;
    money::Amount amount;
    bool change = false;
};

/// Why a coin stays where it is when everything is sent.
enum class LeftReason
{
    Frozen,
    Immature,    ///< Mined less than 100 blocks ago.
    Reserved,    ///< Another payment holds it.
    Unconfirmed, ///< Somebody else's, or hanging on too much that is not in a block yet.
    Uneconomical ///< Spending it costs more than it holds.
};

/// Coins that "everything" does not take.
struct LeftCoins
{
    LeftReason reason = LeftReason::Frozen;
    int count = 0;
    money::Amount amount;
};

/// What a payment comes to, or would come to if it was prepared now. Nothing is stored or held for
/// an estimate.
struct PaymentEstimate
{
    money::Currency currency;
    money::Amount amount; ///< To the recipients.
    money::Amount fee;
    money::Amount total;        ///< amount + fee
    money::Amount balanceAfter; ///< Spendable after it.
    std::int64_t feeRateMilliSatPerVb = 0;
    std::vector<LeftCoins> left; ///< Only when everything is sent.
};

/// Exactly what will be signed: nothing is signed before confirm(), and confirm signs only this.
struct PreparedPayment : PaymentEstimate
{
    IntentId intent;
    WalletId wallet;
    AccountId account;
    int targetBlocks = 0; ///< 0: a custom rate.
    std::vector<PaymentOutput> outputs;
    QStringList inputs;            ///< Outpoints.
    std::vector<Finding> findings; ///< Sorted danger, warning, ok.
    QString replaces;              ///< Txid it replaces; empty if none.
    std::int64_t preparedAtMs = 0;
    std::int64_t expiresAtMs = 0;
    QString label;
    bool needsPassphrase = false;
};

/// A person's yes to something that was shown, with what a signature needs.
struct SigningConsent
{
    WalletId wallet;
    base::SecretBytes password;
    base::SecretBytes passphrase;    ///< Where the wallet asks for it when signing.
    QStringList acknowledgedDangers; ///< Rules of the dangers that were ticked.
};

/// The person's yes to a prepared payment.
struct ConfirmPayment : SigningConsent
{
    IntentId intent;
};

/// A payment that was signed and handed to the network.
struct SentPayment
{
    IntentId intent;
    QString txid;
    QString rawTransaction; ///< Hex: may be kept, and sent from anywhere.
};

/// Where an intent stands, and the one next action for a person.
enum class IntentState
{
    Prepared,
    Signed,
    Broadcast, ///< Handed to peers, no echo yet.
    Seen,      ///< Another peer announced it.
    Confirmed,
    Final, ///< 6 confirmations.
    Replaced,
    Conflicted,
    Cancelled,
    Expired,
    Unknown, ///< After a restore from an older file: wait for the sync.
    Released ///< Our signatures are out in a PSBT that others complete.
};

/// A payment and where it stands.
struct IntentInfo
{
    IntentId id;
    AccountId account;
    IntentState state = IntentState::Prepared;
    QString txid;
    money::Amount amount;
    money::Amount fee;
    money::Currency currency;
    int handedToPeers = 0;
    int askedPeers = 0;
    int confirmations = 0;
    std::int64_t createdAtMs = 0;
    QString nextAction; ///< "confirm", "send_again", "wait", ...: the one clear next step.
};

/// Whether a wallet signs at all.
enum class SigningState
{
    Active,
    Frozen ///< Nothing is signed until a person unfreezes it.
};

/// What a wallet refuses to sign, and what is left of its limits.
struct SpendPolicyInfo
{
    money::Currency currency;
    SigningState state = SigningState::Active;
    std::optional<money::Amount> perPayment; ///< Leaving the wallet, fee included.
    std::optional<money::Amount> perDay;     ///< In any 24 hours.
    money::Amount spent;                     ///< In the last 24 hours.
    std::optional<money::Amount> left;       ///< Of the day; absent without a limit.
    money::Amount maxFee;
    std::int64_t maxFeeRateMilliSatPerVb = 0;
    QStringList allowedPayees; ///< Only these may be paid; empty: anybody.
};

/// What becomes of one limit.
struct LimitChange
{
    enum class Kind
    {
        Keep,
        Set,
        Remove
    };
    Kind kind = Kind::Keep;
    money::Amount amount;
};

/// What to change of a policy. Whatever allows more than before needs the password.
struct PolicyChange
{
    WalletId wallet;
    base::SecretBytes password;
    std::optional<SigningState> state;
    LimitChange perPayment;
    LimitChange perDay;
    std::optional<money::Amount> maxFee;
    std::optional<std::int64_t> maxFeeRateMilliSatPerVb;
    QStringList allow;    ///< Addresses that join the allow-list.
    QStringList disallow; ///< Addresses that leave it.
    enum class List
    {
        Keep,
        Clear ///< Anybody may be paid again.
    } list = List::Keep;
};

/// The payments that still matter.
struct PaymentsSnapshot
{
    WalletId wallet;
    std::vector<IntentInfo> intents; ///< Open ones and those of the last day, newest first.
};

/// A fee rate with its source and age.
struct FeeRate
{
    std::int64_t milliSatPerVb = 0;
    int targetBlocks = 0;
    QString source; ///< "compact_blocks", "feefilter", "own_node", "fallback"
    std::int64_t atMs = 0;
};

/// Fee rates to choose from; what is unknown is absent.
struct FeeQuote
{
    std::optional<FeeRate> economy;
    std::optional<FeeRate> normal;
    std::optional<FeeRate> fast;
    std::int64_t floorMilliSatPerVb = 1000;
};
/// What became of a movement.
enum class EntryStatus
{
    Pending,
    Confirmed, ///< 1 to 5 confirmations.
    Final,
    Replaced,
    Conflicted,
    Dropped,
    Reversed
};

/// One movement as Activity shows it: a transaction's effect on an account.
struct HistoryRow
{
    QString id;
    std::int64_t timeMs = 0;
    QString kind; ///< "receive", "send", "self", "coinbase"
    AccountId account;
    money::Amount amount; ///< Signed.
    money::Amount fee;    ///< 0 when not paid by us.
    money::Currency currency;
    QString txid;
    std::int64_t height = -1;
    int confirmations = 0;
    EntryStatus status = EntryStatus::Pending;
    QString label;
    QString counterparty; ///< Address; empty when several or unknown.
    bool canBump = false;
    Proof proof;
};

/// Which way money went.
enum class Direction
{
    In,
    Out
};

/// Which movements to list; absent or empty members do not filter.
struct HistoryQuery
{
    static constexpr std::int64_t kMostRows = 1000; ///< More in one page is OutOfRange.

    QString text;                ///< The search grammar (core/ledger/search_query.h).
    money::NumberLocale numbers; ///< How the numbers of `text` are written.
    QString timeZone; ///< Whose days the dates of `text` are, as "Europe/Berlin"; empty: UTC.
    AccountId account;
    std::optional<Direction> direction;
    QStringList kinds; ///< "receive", "send", "self", "coinbase", ...
    std::vector<EntryStatus> statuses;
    std::optional<money::Currency> currency;
    std::optional<money::Amount> atLeast; ///< Of the size; OutOfRange without `currency`.
    std::optional<money::Amount> atMost;
    std::optional<std::int64_t> fromMs;
    std::optional<std::int64_t> untilMs; ///< Exclusive.
    std::int64_t offset = 0;
    std::int64_t limit = 100; ///< 1 to kMostRows
};

/// A page of movements.
struct HistoryPage
{
    std::vector<HistoryRow> rows; ///< Newest first, pending on top.
    std::int64_t total = 0;
};

/// One side of a ledger entry.
struct Posting
{
    QString account; ///< "Account · Savings", "External", "Fees"
    QString layer;   ///< "pending" or "settled"
    money::Amount amount;
    money::Currency currency;
};

/// An immutable line of the books.
struct LedgerEntry
{
    QString id;
    std::int64_t sequence = 0;
    std::int64_t timeMs = 0;
    QString kind;
    std::vector<Posting> postings;
};

/// What a transaction spends, as far as the wallet knows.
struct SpentOutput
{
    QString outpoint; ///< txid:vout
    QString address;  ///< Empty if unknown.
    std::optional<money::Amount> amount;
    bool ours = false;
};

/// Everything about one movement.
struct HistoryDetail
{
    HistoryRow row;
    std::vector<LedgerEntry> entries; ///< Every ledger entry of this movement, oldest first.
    std::vector<PaymentOutput> outputs;
    std::vector<SpentOutput> inputs;
    QString rawTransaction; ///< Hex.
    std::int64_t vsize = 0;
    QString blockHash;
};

/// What the audit found.
struct AuditReport
{
    std::int64_t entries = 0;
    QString root; ///< Hex.
    /// Ledger minus chain, per currency: all zero or the audit failed.
    std::vector<std::pair<money::Currency, money::Amount>> difference;
    std::int64_t provedTransactions = 0;   ///< Merkle branch, header and best chain fit together.
    std::int64_t unprovedTransactions = 0; ///< Their headers are not here (yet).
    QStringList problems;                  ///< Empty when everything holds.
};

/// What a label is about.
enum class LabelTarget
{
    Transaction,
    Address,
    Coin,
    Account
};

/// How the history is written to a file.
enum class ExportFormat
{
    Csv,
    Json,
    Bip329
};
/// What the node is busy with.
enum class NodeStage
{
    Offline,
    Connecting,
    Headers,
    FilterHeaders,
    Scanning,
    Live
};

/// The one offline switch.
enum class NetworkUse
{
    Online,
    Offline
};

/// Whether somebody waits for a payment right now.
enum class ReceivePage
{
    Closed,
    Open
};

/// A connected peer.
struct PeerInfo
{
    QString address;
    QString agent;
    QString route; ///< "direct", "proxy"
    QString state; ///< "usable", "connecting", ...
    std::int64_t height = -1;
    std::int64_t latencyMs = -1;
    bool ownNode = false;
};

/// Where the light node stands.
struct NodeSnapshot
{
    QString network; ///< "main", "testnet4", "signet", "regtest"
    NodeStage stage = NodeStage::Offline;
    std::int64_t height = -1; ///< Scanned and matched up to here.
    std::int64_t headerHeight = -1;
    std::int64_t filterHeight = -1;
    std::int64_t targetHeight = -1; ///< Estimated tip while syncing.
    std::int64_t scanDateMs = 0;    ///< Date of the block being scanned; 0 when not scanning.
    int progressPermille = 0;
    std::int64_t blocksPerSecond = 0;
    std::int64_t secondsLeft = -1;
    std::vector<PeerInfo> peers;
    std::int64_t tipTimeMs = 0;
    bool offline = false; ///< The person's switch.
    QString problem; ///< "no_peer", "other_chain", "clock", "stale_tip", "disagreement", "proxy"...
    std::int64_t problemHeight = -1; ///< Where chains or peers part; -1: none.
    bool hasTestCoins = false;       ///< The playground's faucet is there.
};

/// One outbound request, and what the other end learned. The log lies sealed in the wallets that
/// were open when it left.
struct NetworkLogRow
{
    std::int64_t timeMs = 0;
    QString purpose; ///< "bitcoin_sync", "bitcoin_broadcast", "dns_seed", ...
    QString host;
    QString route;          ///< "direct", "socks5", "blocked"
    QString reveals;        ///< "ip", "ip,transaction", "nothing"
    QString outcome;        ///< "connecting", "connected", how it ended, or "unknown"
    std::int64_t count = 1; ///< More: many requests of a busy day in one row, `host` is "*".
};

} // namespace coffer::api
