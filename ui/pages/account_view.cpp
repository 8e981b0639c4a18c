// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/account_view.h"

#include "ui/async.h"
#include "ui/error_text.h"
#include "ui/models/address_model.h"
#include "ui/models/coin_model.h"
#include "ui/pages/movement_drawer.h"
#include "ui/pages/movement_list.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/proof_mark.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AccountView::AccountView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_tabs(new QTabWidget)
{
    auto* column = makeColumn(this, 12);
    column->addWidget(buildHead());
    identify(m_tabs, u"account.tabs"_s, tr("Parts of the account"));
    m_tabs->setDocumentMode(true);
    identify(m_tabs->tabBar(), u"account.tab_bar"_s, tr("Parts of the account"));
    m_movements = new MovementList(session, u"account"_s);
    m_movements->layout()->setContentsMargins(0, 12, 0, 0);
    m_tabs->addTab(m_movements, tr("&Activity"));
    m_tabs->addTab(buildCoins(), tr("&Coins"));
    m_tabs->addTab(buildAddresses(), tr("A&ddresses"));
    m_tabs->addTab(buildDetails(), tr("De&tails"));
    column->addWidget(m_tabs, 1);
    connect(&session, &Session::accountsChanged, this, &AccountView::refresh);
    connect(&session, &Session::lookChanged, this, &AccountView::refresh);
    connect(m_movements, &MovementList::clearSearchRequested, m_movements,
            [this] { m_movements->setSearch({}); });
}

QWidget* AccountView::buildHead()
{
    auto* card = new Card;
    card->column()->setSpacing(10);
    auto* row = new FlowLayout(8);
    m_proof = new ProofMark;
    m_pendingBox = buildAmount(tr("Pending"), m_pending, nullptr);
    m_immatureBox = buildAmount(tr("Not yet spendable"), m_immature, nullptr);
    row->addWidget(buildAmount(tr("Spendable"), m_spendable, m_proof));
    row->addWidget(m_pendingBox);
    row->addWidget(m_immatureBox);
    auto* receive = new QPushButton(ui::icon(u"qr-code"_s), tr("&Receive"));
    identify(receive, u"account.receive"_s, tr("Receive"));
    connect(receive, &QPushButton::clicked, this, [this] {
        m_session.goTo({PageId::Receive, m_account, {}, {}, {}});
    });
    m_send = new QPushButton(ui::icon(u"send"_s, IconColor::White), tr("&Send"));
    identify(m_send, u"account.send"_s, tr("Send"));
    setVariant(m_send, ButtonVariant::Primary);
    connect(m_send, &QPushButton::clicked, this, [this] {
        m_session.goTo({PageId::Send, m_account, {}, {}, {}});
    });
    auto* buttons = new QWidget;
    auto* buttonRow = new QHBoxLayout(buttons);
    buttonRow->setContentsMargins(0, 0, 0, 0);
    buttonRow->setSpacing(8);
    buttonRow->addWidget(receive);
    buttonRow->addWidget(m_send);
    buttonRow->addWidget(buildMore());
    row->addWidget(buttons);
    row->setAlignment(buttons, Qt::AlignRight);
    card->column()->addLayout(row);
    m_network = new Chip(QString());
    m_type = new Chip(QString());
    m_source = new Chip(QString(), Chip::Look::Info);
    auto* chips = makeRow(8);
    for (Chip* chip : {m_network, m_type, m_source})
        chips->addWidget(chip);
    chips->addStretch(1);
    card->column()->addLayout(chips);
    return card;
}

/// A dim word above the amount, the mark behind it.
QWidget* AccountView::buildAmount(const QString& title, TextLabel*& label, QWidget* mark)
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 2);
    column->addWidget(new TextLabel(title, FontRole::Body, Tone::Dim));
    label = new TextLabel(QString(), FontRole::AmountSection);
    label->setValueName(title);
    label->setMinimumHeight(m_proof->sizeHint().height()); // Level with the one that has a mark.
    auto* row = makeRow(8);
    row->addWidget(label);
    if (mark)
        row->addWidget(mark, 0, Qt::AlignVCenter);
    row->addSpacing(16);
    column->addLayout(row);
    return box;
}

QWidget* AccountView::buildMore()
{
    auto* more = new QPushButton(ui::icon(u"ellipsis"_s), QString());
    identify(more, u"account.more"_s, tr("More"));
    more->setToolTip(tr("More"));
    auto* menu = new QMenu(more);
    connect(menu->addAction(ui::icon(u"pencil"_s), tr("&Rename\tF2")), &QAction::triggered, this,
            &AccountView::rename);
    connect(menu->addAction(ui::icon(u"copy"_s), tr("Copy &public descriptor…")),
            &QAction::triggered, this, &AccountView::copyDescriptor);
    more->setMenu(menu);
    return more;
}

QWidget* AccountView::buildCoins()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 8);
    column->setContentsMargins(0, 12, 0, 0);
    auto* row = makeRow();
    auto* note = new TextLabel(tr("A frozen coin is never chosen automatically."), FontRole::Body,
                               Tone::Dim);
    row->addWidget(note);
    row->addStretch(1);
    m_freeze = new QPushButton(ui::icon(u"snowflake"_s), tr("&Freeze"));
    identify(m_freeze, u"account.freeze"_s, tr("Freeze"));
    connect(m_freeze, &QPushButton::clicked, this, &AccountView::toggleFreeze);
    row->addWidget(m_freeze);
    column->addLayout(row);
    m_coinModel = new CoinModel(m_session, CoinModel::Use::Showing, this);
    m_coins = new QTableView;
    identify(m_coins, u"account.coins"_s, tr("Coins"));
    m_coins->setModel(m_coinModel);
    setUpTable(m_coins);
    for (const int fitted :
         {CoinModel::Amount, CoinModel::Address, CoinModel::State, CoinModel::Outpoint})
        setColumn(m_coins, fitted, ColumnFit::Contents);
    setColumn(m_coins, CoinModel::Label, ColumnFit::Stretch);
    column->addWidget(m_coins, 1);
    new RowCopy(m_coins, CoinModel::Outpoint, [this](int number) {
        const api::Coin coin = m_coinModel->coin(number);
        const RowCopy::Entry id{tr("Copy the id of the coin"), [this, coin] {
                                    m_session.copy(coin.outpoint, tr("Id of the coin copied."));
                                }};
        return std::vector{id, copyAddress(coin.address)};
    });
    connect(m_coins->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AccountView::refreshFreeze);
    connect(m_coinModel, &CoinModel::loaded, this, &AccountView::refreshFreeze);
    refreshFreeze();
    return box;
}

RowCopy::Entry AccountView::copyAddress(const QString& address)
{
    return {tr("Copy the address"), [this, address] { m_session.copyAddress(address); }};
}

QWidget* AccountView::buildAddresses()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 8);
    column->setContentsMargins(0, 12, 0, 0);
    m_addressModel = new AddressModel(m_session, this);
    m_addresses = new QTableView;
    identify(m_addresses, u"account.addresses"_s, tr("Addresses"));
    m_addresses->setModel(m_addressModel);
    setUpTable(m_addresses);
    for (const int fitted :
         {AddressModel::Address, AddressModel::Received, AddressModel::State, AddressModel::Path})
        setColumn(m_addresses, fitted, ColumnFit::Contents);
    setColumn(m_addresses, AddressModel::Label, ColumnFit::Stretch);
    m_addresses->setColumnHidden(AddressModel::Path, true);
    column->addWidget(m_addresses, 1);
    new RowCopy(m_addresses, AddressModel::Address, [this](int number) {
        return std::vector{copyAddress(m_addressModel->address(number).address)};
    });
    return box;
}

QWidget* AccountView::buildDetails()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 12);
    column->setContentsMargins(0, 12, 0, 0);
    auto* card = new Card;
    auto* nameLabel = new TextLabel(tr("Name"), FontRole::BodyStrong);
    m_name = new QLineEdit;
    identify(m_name, u"account.name"_s, tr("Name"));
    m_name->setMaxLength(60);
    m_name->setMaximumWidth(420);
    nameLabel->setBuddy(m_name);
    card->column()->addWidget(nameLabel);
    card->column()->addWidget(m_name);
    m_details = new FieldGrid;
    card->column()->addWidget(m_details);
    auto* row = makeRow();
    auto* copy = new QPushButton(ui::icon(u"copy"_s), tr("Copy &public descriptor…"));
    identify(copy, u"account.copy_descriptor"_s, tr("Copy public descriptor"));
    connect(copy, &QPushButton::clicked, this, &AccountView::copyDescriptor);
    row->addWidget(copy);
    row->addStretch(1);
    card->column()->addLayout(row);
    column->addWidget(card);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(u"account.details_scroll"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(box);
    box->setAutoFillBackground(false); // setWidget() switched it on.
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        const auto* account = m_session.account(m_account);
        const QString name = m_name->text().trimmed();
        if (!account || name.isEmpty() || name == account->name)
            return;
        consume<void>(this, m_session.api().accounts->rename(m_session.wallet(), m_account, name),
                      [this](base::Result<void> result) {
                          if (!result)
                              m_session.say(errorText(result.error().code));
                      });
    });
    return scroll;
}

void AccountView::setAccount(const api::AccountId& account)
{
    m_account = account;
    m_movements->setAccount(account);
    m_coinModel->setAccount(account);
    m_addressModel->setAccount(account);
    refresh();
}

void AccountView::refresh()
{
    const auto* account = m_session.account(m_account);
    if (!account)
        return;
    api::Proof proof;
    if (account->balance) {
        const auto& balance = *account->balance;
        proof = balance.proof;
        m_spendable->setText(m_session.amount(balance.spendable, account->currency));
        m_pending->setText(m_session.amount(balance.pending, account->currency,
                                            money::Decimals::Full, money::Sign::Explicit));
        m_immature->setText(m_session.amount(balance.immature, account->currency));
    } else {
        m_spendable->setText(u"–"_s);
    }
    m_pendingBox->setVisible(account->balance && !account->balance->pending.isZero());
    m_immatureBox->setVisible(account->balance && !account->balance->immature.isZero());
    m_proof->setProof(proof.source, m_session.proofText(proof));
    const QString network = m_session.node().network;
    m_network->set(networkText(network),
                   network == "main"_L1 ? Chip::Look::Neutral : Chip::Look::Warning);
    m_type->set(accountTypeText(account->type), Chip::Look::Neutral);
    m_source->set(account->watchOnly ? tr("Watch-only") : tr("This computer"),
                  account->watchOnly ? Chip::Look::Warning : Chip::Look::Info);
    m_send->setEnabled(!account->watchOnly);
    refreshDetails(*account);
}

void AccountView::refreshDetails(const api::AccountInfo& account)
{
    if (!m_name->hasFocus())
        m_name->setText(account.name);
    m_details->clear();
    m_details->addRow(tr("Network"), new TextLabel(networkText(m_session.node().network)));
    m_details->addRow(tr("Kind"), new TextLabel(accountTypeText(account.type)));
    m_details->addRow(tr("Path"), new TextLabel(account.path, FontRole::AddressSmall));
    if (const auto wallet = m_session.walletInfo())
        m_details->addRow(tr("Fingerprint"),
                          new TextLabel(wallet->fingerprint, FontRole::AddressSmall));
    QString text = account.descriptor;
    for (qsizetype at = 8; at < text.size(); at += 9)
        text.insert(at, QChar(0x200B)); // Lets a label wrap inside a text without spaces.
    auto* descriptor = new TextLabel(text, FontRole::AddressSmall);
    descriptor->setWrap(Wrap::On);
    descriptor->setAccessibleName(account.descriptor);
    m_details->addRow(tr("Descriptor"), descriptor);
}

void AccountView::refreshFreeze()
{
    const QModelIndex index = m_coins->currentIndex();
    m_freeze->setEnabled(index.isValid());
    const bool frozen = index.isValid() && m_coinModel->coin(index.row()).frozen;
    m_freeze->setText(frozen ? tr("Un&freeze") : tr("&Freeze"));
    m_freeze->setAccessibleName(frozen ? tr("Unfreeze") : tr("Freeze"));
}

void AccountView::toggleFreeze()
{
    const QModelIndex index = m_coins->currentIndex();
    if (!index.isValid())
        return;
    const api::Coin coin = m_coinModel->coin(index.row());
    consume<void>(this,
                  m_session.api().accounts->setCoinState(m_session.wallet(), coin.outpoint,
                                                         coin.frozen ? api::CoinState::Free
                                                                     : api::CoinState::Frozen),
                  [this](base::Result<void> result) {
                      if (result)
                          m_coinModel->refresh();
                      else
                          m_session.say(errorText(result.error().code));
                  });
}

void AccountView::copyDescriptor()
{
    const auto* account = m_session.account(m_account);
    if (!account)
        return;
    auto* dialog = new ConfirmDialog(
        tr("Copy the public descriptor?"),
        tr("Whoever has it sees every payment and the balance of this account, for ever. It cannot "
           "spend."),
        tr("&Copy"), u"copy_descriptor"_s, this);
    connect(dialog, &QDialog::accepted, this,
            [this, text = account->descriptor] { m_session.copy(text, tr("Descriptor copied.")); });
    dialog->open();
}

void AccountView::rename()
{
    m_tabs->setCurrentIndex(m_tabs->count() - 1);
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

bool AccountView::stepBack()
{
    return m_movements->closeDrawer();
}

QWidget* AccountView::drawer() const
{
    return m_movements->drawer();
}

void AccountView::focusFirst()
{
    m_tabs->tabBar()->setFocus(Qt::OtherFocusReason);
}

} // namespace coffer::ui
