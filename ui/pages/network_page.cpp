// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/network_page.h"

#include "ui/async.h"
#include "ui/models/node_models.h"
#include "ui/shell/sync_pill.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text_grid.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kWidestColumn = 480; // An onion address is longer than the page is wide.

} // namespace

NetworkPage::NetworkPage(Session& session, QWidget* parent)
    : Page(session, u"network"_s, tr("Network"), Body::Filling, parent)
    , m_tabs(new QTabWidget)
{
    m_online = new QCheckBox(tr("Use the &network"));
    identify(m_online, named(u"online"_s), tr("Use the network"));
    setSwitch(m_online);
    titleRow()->addWidget(m_online);
    body()->addWidget(buildState());
    m_tabs->setDocumentMode(true);
    identify(m_tabs, named(u"tabs"_s), tr("Parts of the page"));
    identify(m_tabs->tabBar(), named(u"tab_bar"_s), tr("Parts of the page"));
    m_tabs->addTab(buildPeers(), tr("&Peers"));
    m_tabs->addTab(buildLog(), tr("&Log"));
    body()->addWidget(m_tabs, 1);
    connect(m_online, &QCheckBox::toggled, this, [this](bool on) {
        if (on == !this->session().node().offline)
            return;
        consume<void>(this,
                      this->session().api().node->setNetworkUse(on ? api::NetworkUse::Online
                                                                   : api::NetworkUse::Offline),
                      [this](base::Result<void> result) { showResult(result, {}); });
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        if (index == 1)
            m_logModel->refresh();
    });
    connect(&session, &Session::nodeChanged, this, &NetworkPage::refresh);
    connect(&session, &Session::settingsChanged, this, &NetworkPage::refresh);
    refresh();
}

QWidget* NetworkPage::buildState()
{
    auto* card = new Card;
    auto* row = makeRow(40);
    auto* left = makeColumn(nullptr, 8);
    m_state = new TextLabel(QString(), FontRole::Section);
    m_state->setObjectName(named(u"state"_s));
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_progress->setFixedWidth(260);
    identify(m_progress, named(u"progress"_s), tr("Progress of the node"));
    left->addWidget(m_state);
    left->addWidget(m_progress);
    auto* since = makeRow(8);
    m_since = new QComboBox;
    identify(m_since, named(u"since"_s), tr("Look again since"));
    for (int year = QDate::currentDate().year(); year >= 2009; --year)
        m_since->addItem(tr("since %1").arg(year), year);
    auto* again = new QPushButton(ui::icon(u"refresh-cw"_s), tr("Look &again"));
    identify(again, named(u"rescan"_s), tr("Look again for older payments"));
    again->setToolTip(tr("Looks for older payments of this wallet"));
    connect(again, &QPushButton::clicked, this, &NetworkPage::rescan);
    since->addWidget(again);
    since->addWidget(m_since);
    since->addStretch(1);
    left->addSpacing(4);
    left->addLayout(since);
    left->addStretch(1);
    row->addLayout(left);
    m_facts = new TextGrid;
    row->addWidget(m_facts, 1, Qt::AlignTop);
    card->column()->addLayout(row);
    m_learns = new TextLabel(QString(), FontRole::Body, Tone::Dim);
    m_learns->setObjectName(named(u"learns"_s));
    m_learns->setWrap(Wrap::On);
    card->column()->addWidget(m_learns);
    return card;
}

QWidget* NetworkPage::buildPeers()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 8);
    column->setContentsMargins(0, 12, 0, 0);
    auto* row = makeRow();
    auto* label = new TextLabel(tr("Your own node"), FontRole::BodyStrong);
    m_peer = new QLineEdit;
    identify(m_peer, named(u"peer"_s), tr("Your own node, host and port"));
    m_peer->setPlaceholderText(u"192.168.1.20:8333"_s);
    m_peer->setMinimumWidth(240);
    label->setBuddy(m_peer);
    auto* add = new QPushButton(tr("&Add"));
    identify(add, named(u"add_peer"_s), tr("Add your own node"));
    m_remove = new QPushButton(ui::icon(u"trash-2"_s), tr("&Remove"));
    identify(m_remove, named(u"remove_peer"_s), tr("Remove the chosen node"));
    row->addWidget(label);
    row->addWidget(m_peer);
    row->addWidget(add);
    row->addStretch(1);
    row->addWidget(m_remove);
    column->addLayout(row);
    m_peerModel = new PeerModel(session(), this);
    m_peers = new QTableView;
    identify(m_peers, named(u"peers"_s), tr("Peers"));
    m_peers->setModel(m_peerModel);
    setUpTable(m_peers);
    for (int i = 1; i < PeerModel::ColumnCount; ++i)
        setColumn(m_peers, i, ColumnFit::Contents);
    setColumn(m_peers, PeerModel::Address, ColumnFit::Stretch);
    column->addWidget(m_peers, 1);
    connect(add, &QPushButton::clicked, this, &NetworkPage::addPeer);
    connect(m_peer, &QLineEdit::returnPressed, this, &NetworkPage::addPeer);
    connect(m_remove, &QPushButton::clicked, this, &NetworkPage::removePeer);
    connect(m_peers->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &NetworkPage::refreshPeerButton);
    refreshPeerButton();
    return box;
}

QWidget* NetworkPage::buildLog()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 8);
    column->setContentsMargins(0, 12, 0, 0);
    auto* note = new TextLabel(tr("Every connection that left this computer, newest first."),
                               FontRole::Body, Tone::Dim);
    column->addWidget(note);
    m_logModel = new NetworkLogModel(session(), this);
    m_log = new QTableView;
    identify(m_log, named(u"log"_s), tr("Network log"));
    m_log->setModel(m_logModel);
    setUpTable(m_log);
    for (int i = 0; i < NetworkLogModel::ColumnCount; ++i)
        setColumn(m_log, i, ColumnFit::Contents);
    m_log->horizontalHeader()->setStretchLastSection(true);
    m_log->horizontalHeader()->setMaximumSectionSize(kWidestColumn);
    column->addWidget(m_log, 1);
    return box;
}

void NetworkPage::open(const Destination& destination)
{
    if (destination.text == "log"_L1)
        m_tabs->setCurrentIndex(1);
}

void NetworkPage::activate()
{
    refresh();
    m_logModel->refresh();
}

void NetworkPage::focusFirst()
{
    m_online->setFocus(Qt::OtherFocusReason);
}

void NetworkPage::refresh()
{
    const auto& node = session().node();
    const QLocale locale;
    m_state->setText(nodeStateText(node));
    m_progress->setValue(node.progressPermille);
    m_progress->setAccessibleDescription(nodeStateText(node));
    m_online->setChecked(!node.offline);
    std::vector<TextGrid::Row> facts;
    const auto number = [&](const QString& name, std::int64_t height) {
        facts.push_back(
            {name, height < 0 ? u"–"_s : locale.toString(qlonglong(height)), FontRole::Amount});
    };
    facts.push_back({tr("Network"), networkText(node.network)});
    number(tr("Checked up to block"), node.height);
    if (node.headerHeight != node.height || node.filterHeight != node.height) {
        number(tr("Headers"), node.headerHeight);
        number(tr("Filters"), node.filterHeight);
    }
    if (node.tipTimeMs > 0)
        facts.push_back({tr("Newest block"),
                         relativeTime(node.tipTimeMs, QDateTime::currentMSecsSinceEpoch())});
    number(tr("Peers"), std::count_if(node.peers.begin(), node.peers.end(),
                                      [](const auto& peer) { return peer.state == "usable"_L1; }));
    if (node.secondsLeft >= 0)
        facts.push_back({tr("Time left"), durationText(node.secondsLeft)});
    const QString proxy = session().settings().proxy;
    facts.push_back({tr("Route"), proxy.isEmpty() ? tr("Direct") : proxy});
    m_facts->setRows(std::move(facts));
    m_learns->setText(
        proxy.isEmpty()
            ? tr("What peers learn about you: your IP address, and that somebody there uses "
                 "Bitcoin. They do not learn your addresses: your node fetches filters and looks "
                 "at home.")
            : tr("What peers learn about you: that somebody behind this proxy uses Bitcoin. They "
                 "do not learn your IP address unless the proxy tells it, and never your "
                 "addresses: your node fetches filters and looks at home."));
    refreshPeerButton();
}

void NetworkPage::refreshPeerButton()
{
    const QModelIndex index = m_peers->currentIndex();
    m_remove->setEnabled(index.isValid() && index.row() < m_peerModel->rowCount() &&
                         m_peerModel->peer(index.row()).ownNode);
}

void NetworkPage::showResult(const base::Result<void>& result, const QString& done)
{
    if (!result)
        message()->showError(result.error());
    else if (!done.isEmpty())
        session().say(done);
    else
        message()->hide();
}

void NetworkPage::addPeer()
{
    const QString address = m_peer->text().trimmed();
    if (address.isEmpty()) {
        m_peer->setFocus();
        return;
    }
    consume<void>(this, session().api().node->addPeer(address), [this](base::Result<void> result) {
        if (result)
            m_peer->clear();
        else
            m_peer->setFocus();
        if (!result && result.error().code == base::ErrorCode::Malformed)
            message()->show(MessageKind::Danger,
                            tr("Write the node as host and port, for example 192.168.1.20:8333."));
        else
            showResult(result, tr("Node added. It is trusted only as your own."));
    });
}

void NetworkPage::removePeer()
{
    const QModelIndex index = m_peers->currentIndex();
    if (!index.isValid())
        return;
    consume<void>(this, session().api().node->removePeer(m_peerModel->peer(index.row()).address),
                  [this](base::Result<void> result) { showResult(result, tr("Node removed.")); });
}

void NetworkPage::rescan()
{
    const int year = m_since->currentData().toInt();
    const auto from = QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    consume<void>(this, session().api().node->rescan(session().wallet(), from),
                  [this](base::Result<void> result) {
                      showResult(result, tr("Looking again; the pill at the top shows how far."));
                  });
}

} // namespace coffer::ui
