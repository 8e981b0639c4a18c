// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/receive_page.h"

#include "ui/async.h"
#include "ui/dialogs/code_dialog.h"
#include "ui/error_text.h"
#include "ui/pages/node_note.h"
#include "ui/pages/request_sheet.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/amount_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QLineEdit>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kLabelMs = 800; // A pause in typing before a label is stored.

} // namespace

ReceivePage::ReceivePage(Session& session, QWidget* parent)
    : Page(session, u"receive"_s, tr("Receive"), Body::Scrolling, parent)
{
    m_chip = new Chip(QString(), Chip::Look::Info);
    titleRow()->addWidget(m_chip);
    m_backup = new InlineMessage;
    m_backup->setObjectName(named(u"backup"_s));
    body()->addWidget(m_backup);
    connect(m_backup, &InlineMessage::actionTriggered, this, [this] {
        this->session().goTo({PageId::Settings, {}, u"backup"_s, {}, {}});
    });
    m_note = new NodeNote(session, NodeNote::Scene::Receiving);
    m_note->setObjectName(named(u"node"_s));
    body()->addWidget(m_note);
    m_content = new Card;
    auto* row = makeRow(32);
    row->addWidget(buildLeft(), 0, Qt::AlignTop);
    row->addWidget(buildRight(), 1);
    static_cast<Card*>(m_content)->column()->addLayout(row);
    body()->addWidget(m_content);
    m_empty = new EmptyState(u"wallet"_s, tr("Add your first account to receive money."));
    auto* add = m_empty->addButton(tr("Add account"), named(u"add_account"_s));
    connect(add, &QPushButton::clicked, this, [this] {
        this->session().goTo({PageId::Accounts, {}, u"add"_s, {}, {}});
    });
    body()->addWidget(m_empty);
    body()->addStretch(1);
    m_labelTimer.setSingleShot(true);
    m_labelTimer.setInterval(kLabelMs);
    connect(&m_labelTimer, &QTimer::timeout, this, &ReceivePage::saveLabel);
    connect(&session, &Session::accountsChanged, this, &ReceivePage::refreshAccounts);
    connect(&session, &Session::walletsChanged, this, &ReceivePage::refreshAccounts);
    connect(&session, &Session::historyChanged, this, &ReceivePage::refreshStatus);
    connect(&session, &Session::nodeChanged, this,
            [this] { m_testCoins->setVisible(this->session().node().hasTestCoins); });
    connect(&session, &Session::lookChanged, this, [this] {
        m_amount->setUnit(this->session().settings().unit);
        refreshStatus();
    });
    refreshAccounts();
}

QWidget* ReceivePage::buildLeft()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 12);
    m_qr = new QrView;
    m_qr->setObjectName(named(u"qr"_s));
    m_qr->setFixedSize(288, 288);
    column->addWidget(m_qr);
    auto* status = makeRow(10);
    m_statusIcon = new IconView(u"hourglass"_s, IconColor::Dim, 20);
    auto* texts = makeColumn(nullptr, 2);
    m_status = new TextLabel(QString(), FontRole::BodyStrong);
    m_status->setObjectName(named(u"status"_s));
    m_statusDetail = new TextLabel(QString(), FontRole::Body, Tone::Dim);
    m_statusDetail->setWrap(Wrap::On);
    texts->addWidget(m_status);
    texts->addWidget(m_statusDetail);
    status->addWidget(m_statusIcon, 0, Qt::AlignTop);
    status->addLayout(texts, 1);
    auto* enlarge = new QToolButton;
    enlarge->setIcon(ui::icon(u"maximize-2"_s));
    enlarge->setFocusPolicy(Qt::StrongFocus);
    setVariant(enlarge, ButtonVariant::Quiet);
    identify(enlarge, named(u"enlarge"_s), tr("Enlarge the code"));
    enlarge->setToolTip(tr("Enlarge the code"));
    connect(enlarge, &QToolButton::clicked, this, [this] {
        if (!m_address.isEmpty())
            (new CodeDialog(session(), uri(), m_address, m_chip->text(), this))->open();
    });
    status->addWidget(enlarge, 0, Qt::AlignTop);
    column->addLayout(status);
    return box;
}

QWidget* ReceivePage::buildRight()
{
    auto* box = new QWidget;
    auto* column = makeColumn(box, 8);
    auto* accountLabel = new TextLabel(tr("Account"), FontRole::BodyStrong);
    m_account = new QComboBox;
    identify(m_account, named(u"account"_s), tr("Account"));
    accountLabel->setBuddy(m_account);
    column->addWidget(accountLabel);
    column->addWidget(m_account);
    column->addSpacing(4);
    column->addWidget(new TextLabel(tr("Address"), FontRole::BodyStrong));
    m_text = new AddressLabel(QString());
    m_text->setObjectName(named(u"address"_s));
    column->addWidget(m_text);
    m_path = new TextLabel(QString(), FontRole::Body, Tone::Dim);
    m_path->setWrap(Wrap::On);
    column->addWidget(m_path);
    buildButtons(column);
    column->addSpacing(8);
    column->addWidget(new Separator);
    column->addSpacing(4);
    auto* amountLabel = new TextLabel(tr("Amount (optional)"), FontRole::BodyStrong);
    m_amount = new AmountEdit;
    m_amount->setNames(named(u"amount"_s), tr("Amount (optional)"));
    amountLabel->setBuddy(m_amount->field());
    column->addWidget(amountLabel);
    column->addWidget(m_amount);
    auto* label = new TextLabel(tr("Label (optional)"), FontRole::BodyStrong);
    m_label = new QLineEdit;
    identify(m_label, named(u"label"_s), tr("Label (optional)"));
    m_label->setPlaceholderText(tr("Who pays, and for what"));
    m_label->setMaxLength(200);
    label->setBuddy(m_label);
    column->addWidget(label);
    column->addWidget(m_label);
    auto* note = new TextLabel(tr("Amount and label become part of the code and of the link."),
                               FontRole::Body, Tone::Dim);
    note->setWrap(Wrap::On);
    column->addWidget(note);
    column->addStretch(1);
    connect(m_account, &QComboBox::currentIndexChanged, this, &ReceivePage::findAddress);
    connect(m_amount, &AmountEdit::amountChanged, this, &ReceivePage::refreshRequest);
    connect(m_label, &QLineEdit::textChanged, this, [this] {
        refreshRequest();
        m_labelTimer.start();
    });
    connect(m_text, &AddressLabel::copyRequested, m_copy, &QPushButton::click);
    return box;
}

void ReceivePage::buildButtons(QVBoxLayout* column)
{
    auto* row = new FlowLayout(8);
    m_copy = new QPushButton(ui::icon(u"copy"_s, IconColor::White), tr("&Copy"));
    identify(m_copy, named(u"copy"_s), tr("Copy the address"));
    setVariant(m_copy, ButtonVariant::Primary);
    auto* fresh = new QPushButton(ui::icon(u"plus"_s), tr("&New address"));
    identify(fresh, named(u"new"_s), tr("New address"));
    auto* save = new QPushButton(ui::icon(u"download"_s), tr("&Save image"));
    identify(save, named(u"save"_s), tr("Save the code as an image"));
    row->addWidget(m_copy);
    row->addWidget(fresh);
    row->addWidget(save);
    auto* print = new QPushButton(ui::icon(u"printer"_s), tr("&Print…"));
    identify(print, named(u"print"_s), tr("Print the request"));
    row->addWidget(print);
    connect(print, &QPushButton::clicked, this, &ReceivePage::print);
    column->addSpacing(4);
    column->addLayout(row);
    m_testCoins = new QPushButton(ui::icon(u"droplets"_s), tr("&Get test coins"));
    identify(m_testCoins, named(u"test_coins"_s), tr("Get test coins"));
    m_testCoins->setVisible(session().node().hasTestCoins);
    column->addWidget(m_testCoins, 0, Qt::AlignLeading);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_amount->amount() || !m_label->text().isEmpty())
            session().copy(uri(), tr("Payment link copied."));
        else
            session().copyAddress(m_address);
    });
    connect(fresh, &QPushButton::clicked, this, &ReceivePage::newAddress);
    connect(save, &QPushButton::clicked, this, &ReceivePage::saveImage);
    connect(m_testCoins, &QPushButton::clicked, this, &ReceivePage::getTestCoins);
}

const api::AccountInfo* ReceivePage::account() const
{
    return session().account(m_account->currentData().toString());
}

void ReceivePage::open(const Destination& destination)
{
    if (!destination.account.isEmpty())
        m_account->setCurrentIndex(std::max(0, m_account->findData(destination.account)));
}

void ReceivePage::activate()
{
    refreshAccounts();
    findAddress(); // A new visit: an address that was paid meanwhile is not offered again.
    refreshStatus();
}

void ReceivePage::focusFirst()
{
    m_copy->setFocus(Qt::OtherFocusReason);
}

void ReceivePage::showEvent(QShowEvent*)
{
    session().api().node->setReceivePage(api::ReceivePage::Open);
}

void ReceivePage::hideEvent(QHideEvent*)
{
    session().api().node->setReceivePage(api::ReceivePage::Closed);
    if (m_labelTimer.isActive()) {
        m_labelTimer.stop();
        saveLabel();
    }
}

void ReceivePage::refreshAccounts()
{
    const QString kept = m_account->currentData().toString();
    {
        const QSignalBlocker blocker(m_account);
        m_account->clear();
        for (const auto& account : session().accounts().accounts)
            m_account->addItem(ui::icon(u"wallet"_s, IconColor::Dim),
                               u"%1 · %2"_s.arg(account.name, accountTypeText(account.type)),
                               account.id);
        m_account->setCurrentIndex(std::max(0, m_account->findData(kept)));
    }
    const bool any = account() != nullptr;
    m_content->setVisible(any);
    m_empty->setVisible(!any);
    m_note->setWanted(any ? NodeNote::Wanted::Yes : NodeNote::Wanted::No);
    const auto wallet = session().walletInfo();
    if (wallet && !wallet->backedUp && !wallet->watchOnly && any) {
        if (!m_backup->isVisibleTo(this)) {
            m_backup->show(MessageKind::Warning,
                           tr("Write down the recovery words before you receive more than you can "
                              "lose."));
            m_backup->setAction(tr("Back up now"), named(u"backup.action"_s));
        }
    } else {
        m_backup->hide();
    }
    if (any && (m_address.isEmpty() || m_account->currentData().toString() != kept))
        findAddress();
}

void ReceivePage::findAddress()
{
    const auto* chosen = account();
    if (!chosen)
        return;
    const QString code = unitText(chosen->currency, u"BTC"_s);
    m_chip->set(tr("Only send %1 on %2").arg(code, networkText(session().node().network)),
                session().node().network == "main"_L1 ? Chip::Look::Info : Chip::Look::Warning);
    m_amount->setCurrency(chosen->currency);
    m_amount->setUnit(session().settings().unit);
    consume<std::vector<api::ReceiveAddress>>(
        this, session().api().accounts->addresses(session().wallet(), chosen->id),
        [this, asked = ++m_generation](base::Result<std::vector<api::ReceiveAddress>> result) {
            if (asked != m_generation)
                return; // Another account was chosen meanwhile.
            if (result)
                offer(*result);
            else
                message()->showError(result.error());
        });
}

/// What is shown stays while nobody has paid to it, with the request that was typed.
void ReceivePage::offer(const std::vector<api::ReceiveAddress>& addresses)
{
    for (const auto& address : addresses)
        if (!address.used && address.address == m_address)
            return;
    for (const auto& address : addresses)
        if (!address.used && !address.change && address.label.isEmpty()) {
            setAddress(address);
            return;
        }
    newAddress();
}

void ReceivePage::newAddress()
{
    const auto* chosen = account();
    if (!chosen || m_asking)
        return;
    if (m_labelTimer.isActive())
        saveLabel(); // Typed a moment ago, for the address that goes.
    m_asking = true;
    consume<api::ReceiveAddress>(
        this, session().api().accounts->newAddress(session().wallet(), chosen->id),
        [this, asked = ++m_generation](base::Result<api::ReceiveAddress> result) {
            m_asking = false;
            if (asked != m_generation)
                return;
            if (result)
                setAddress(*result);
            else
                message()->showError(result.error());
        });
}

void ReceivePage::setAddress(const api::ReceiveAddress& address)
{
    message()->hide();
    m_labelTimer.stop();
    m_address = address.address;
    m_savedLabel = address.label;
    m_text->setAddress(address.address);
    m_derivation = address.path;
    m_path->setText(tr("%1 · new").arg(m_derivation));
    {
        const QSignalBlocker blocker(m_label);
        m_label->setText(address.label);
    }
    m_amount->clear();
    refreshRequest();
    refreshStatus();
}

QString ReceivePage::uri() const
{
    QString text = u"bitcoin:"_s + m_address;
    QStringList parts;
    const auto* chosen = account();
    if (chosen && m_amount->amount() && m_amount->amount()->sign() > 0) {
        QString number =
            QString::fromStdString(money::toDecimal(*m_amount->amount(), chosen->currency));
        while (number.contains(u'.') && (number.endsWith(u'0') || number.endsWith(u'.')))
            number.chop(1);
        parts << u"amount="_s + number;
    }
    if (!m_label->text().trimmed().isEmpty())
        parts << u"label="_s +
                     QString::fromLatin1(QUrl::toPercentEncoding(m_label->text().trimmed()));
    if (!parts.isEmpty())
        text += u'?' + parts.join(u'&');
    return text;
}

void ReceivePage::refreshRequest()
{
    if (m_address.isEmpty())
        return;
    m_qr->setContent(uri(), tr("QR code for the address %1").arg(m_address));
}

void ReceivePage::refreshStatus()
{
    if (m_address.isEmpty())
        return;
    api::HistoryQuery query;
    query.text = m_address;
    query.limit = 1;
    consume<api::HistoryPage>(
        this, session().api().history->page(session().wallet(), query),
        [this, asked = m_address](base::Result<api::HistoryPage> result) {
            if (!result || asked != m_address)
                return;
            if (result->rows.empty()) {
                m_statusIcon->setIcon(u"hourglass"_s, IconColor::Dim);
                m_status->setText(tr("Waiting for a payment"));
                m_statusDetail->setText(session().node().stage == api::NodeStage::Live &&
                                                !session().node().offline
                                            ? tr("It shows here within seconds.")
                                            : QString());
                return;
            }
            m_path->setText(
                tr("%1 · used before: a new address keeps payments apart").arg(m_derivation));
            const auto& row = result->rows.front();
            const bool done = row.confirmations > 0;
            m_statusIcon->setIcon(done ? u"circle-check"_s : u"clock"_s,
                                  done ? IconColor::Ok : IconColor::Accent);
            m_status->setText(
                done ? tr("Received, %1/6 confirmed").arg(std::min(row.confirmations, 6))
                     : tr("Seen, waiting for a block"));
            m_statusDetail->setText(session().amount(row.amount, row.currency,
                                                     money::Decimals::Full, money::Sign::Explicit));
        });
}

void ReceivePage::saveLabel()
{
    const QString text = m_label->text().trimmed();
    if (m_address.isEmpty() || text == m_savedLabel)
        return;
    m_savedLabel = text;
    consume<void>(this,
                  session().api().history->setLabel(session().wallet(), api::LabelTarget::Address,
                                                    m_address, text),
                  [this](base::Result<void> result) {
                      if (!result)
                          message()->showError(result.error());
                  });
}

void ReceivePage::saveImage()
{
    auto* dialog = new QFileDialog(this, tr("Save the code as an image"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG image (*.png)"));
    dialog->setDefaultSuffix(u"png"_s);
    dialog->selectFile(u"coffer-"_s + m_address.left(12) + u".png"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (m_qr->image(12).save(path, "PNG"))
            session().say(tr("Image saved."));
        else
            message()->show(MessageKind::Danger,
                            tr("The image could not be written there. Choose another folder."));
    });
    dialog->open();
}

RequestSheet ReceivePage::sheet() const
{
    RequestSheet sheet;
    sheet.title = m_chip->text();
    sheet.code = m_qr->image(16); // Whoever smooths it keeps its edges.
    sheet.address = m_address;
    const auto* chosen = account();
    if (chosen && m_amount->amount()) {
        AmountLook look = session().look();
        look.visibility = Visibility::Shown; // It is typed above, and asked for.
        sheet.lines << withoutIsolates(amountText(*m_amount->amount(), chosen->currency, look));
    }
    if (const QString label = m_label->text().trimmed(); !label.isEmpty())
        sheet.lines << label;
    return sheet;
}

void ReceivePage::print()
{
    if (m_address.isEmpty())
        return;
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(tr("Payment request"));
    auto* dialog = new QPrintDialog(printer.get(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    identify(dialog, named(u"print_dialog"_s), tr("Print the request"));
    connect(dialog, &QObject::destroyed, [printer] {}); // The dialog uses it until then.
    connect(dialog, &QDialog::accepted, this, [this, printer] {
        QPainter painter;
        if (!painter.begin(printer.get())) {
            message()->show(MessageKind::Danger, tr("The printer did not take it."));
            return;
        }
        paintRequest(&painter, {QPointF(), printer->pageRect(QPrinter::DevicePixel).size()},
                     sheet());
    });
    dialog->open();
}

void ReceivePage::getTestCoins()
{
    const auto* chosen = account();
    if (!chosen)
        return;
    m_testCoins->setEnabled(false);
    consume<QString>(this,
                     session().api().accounts->requestTestCoins(session().wallet(), chosen->id),
                     [this](base::Result<QString> result) {
                         m_testCoins->setEnabled(true);
                         if (result)
                             session().say(tr("Test coins are on their way."));
                         else
                             message()->showError(result.error());
                     });
}

} // namespace coffer::ui
