// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/start_page.h"

#include "ui/start/choice_button.h"
#include "ui/start/create_flow.h"
#include "ui/start/open_file_flow.h"
#include "ui/start/restore_flow.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kCardWidth = 620;

/// The one file of this machine in what is dragged; empty for anything else.
QString droppedFile(const QMimeData* data)
{
    const auto urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

StartPage::StartPage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stack(new QStackedWidget)
{
    setObjectName(u"start"_s);
    setAcceptDrops(true);
    auto* column = makeColumn(this, 0);
    column->addWidget(buildCorner());
    column->addWidget(m_stack, 1);
    m_choice = buildChoice();
    m_stack->addWidget(m_choice);
}

/// Language and theme are needed before anything can be read.
QWidget* StartPage::buildCorner()
{
    auto* corner = new QWidget;
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(20, 14, 20, 0);
    const QString network = m_session.node().network;
    if (!network.isEmpty() && network != "main"_L1)
        row->addWidget(new Chip(networkText(network), Chip::Look::Warning));
    row->addStretch(1);
    auto* language = new QComboBox;
    identify(language, u"start.language"_s, tr("Language"));
    language->addItem(tr("System language"), QString());
    language->addItem(u"English"_s, u"en"_s);
    language->addItem(u"简体中文"_s, u"zh_CN"_s);
    language->setCurrentIndex(std::max(0, language->findData(m_session.settings().language)));
    connect(language, &QComboBox::activated, this, [this, language] {
        m_session.changeSettings([language](api::SettingsSnapshot& settings) {
            settings.language = language->currentData().toString();
        });
    });
    auto* theme = new QComboBox;
    identify(theme, u"start.theme"_s, tr("Theme"));
    theme->addItem(tr("System theme"));
    theme->addItem(tr("Light"));
    theme->addItem(tr("Dark"));
    theme->setCurrentIndex(int(m_session.settings().theme));
    connect(theme, &QComboBox::activated, this, [this](int index) {
        m_session.changeSettings(
            [index](api::SettingsSnapshot& settings) { settings.theme = api::Theme(index); });
    });
    row->addWidget(language);
    row->addWidget(theme);
    return corner;
}

QWidget* StartPage::choiceButton(const QString& iconName, const QString& title, const QString& text,
                                 const QString& objectName, const std::function<void()>& run)
{
    auto* button = new ChoiceButton(iconName, title, text);
    identify(button, objectName, QString(title).remove(u'&'));
    button->setAccessibleDescription(text);
    connect(button, &QAbstractButton::clicked, this, run);
    return button;
}

QWidget* StartPage::buildChoice()
{
    auto* content = new QWidget;
    auto* column = makeColumn(content, 12);
    auto* lead = new TextLabel(tr("Your keys stay on this computer, and your own node proves what "
                                  "you own."),
                               FontRole::Body, Tone::Dim);
    lead->setWrap(Wrap::On);
    column->addWidget(lead);
    column->addSpacing(4);
    m_firstChoice =
        choiceButton(u"plus"_s, tr("&Create a wallet"), tr("New keys, in about two minutes."),
                     u"start.create"_s, [this] { showCreate(); });
    column->addWidget(m_firstChoice);
    column->addWidget(choiceButton(u"key-round"_s, tr("&Restore a wallet"),
                                   tr("From 12 to 24 recovery words, of any wallet."),
                                   u"start.restore"_s, [this] { showRestore(); }));
    column->addWidget(choiceButton(u"wallet"_s, tr("&Open a wallet file or backup"),
                                   tr("A .coffer file; you can also drop it here."),
                                   u"start.open_file"_s, [this] { showOpenFile({}); }));
    column->addSpacing(4);
    auto* links = makeRow(4);
    const auto link = [&](const QString& text, const QString& name,
                          const std::function<void()>& run) {
        auto* button = new QPushButton(text);
        identify(button, name, QString(text).remove(u'&'));
        setVariant(button, ButtonVariant::Link);
        connect(button, &QPushButton::clicked, this, run);
        links->addWidget(button);
    };
    links->addStretch(1);
    link(tr("&Watch-only wallet"), u"start.watch"_s, [this] { showWatch(); });
    const QString network = m_session.node().network;
    if (network == "main"_L1)
        link(tr("&Try on the test network"), u"start.test_network"_s,
             [this] { Q_EMIT restartRequested(u"testnet4"_s); });
    else if (network != "regtest"_L1 && !network.isEmpty())
        link(tr("&Use real bitcoin"), u"start.main_network"_s,
             [this] { Q_EMIT restartRequested(u"main"_s); });
    if (!m_session.wallets().wallets.empty())
        link(tr("Back to my &wallets"), u"start.back"_s, [this] { Q_EMIT finished({}); });
    links->addStretch(1);
    column->addLayout(links);
    return framed(tr("Welcome to Coffer"), content);
}

/// A centred card that scrolls when the window is small.
QWidget* StartPage::framed(const QString& title, QWidget* content)
{
    auto* card = new Card;
    card->setFixedWidth(kCardWidth);
    card->column()->setContentsMargins(32, 28, 32, 28);
    card->column()->setSpacing(16);
    auto* heading = new TextLabel(title, FontRole::Title);
    card->column()->addWidget(heading);
    card->column()->addWidget(content);
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(20, 16, 20, 28);
    column->addStretch(1);
    column->addWidget(card, 0, Qt::AlignHCenter);
    column->addStretch(2);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->viewport()->setAutoFillBackground(false);
    middle->setAutoFillBackground(false);
    scroll->setWidget(middle);
    return scroll;
}

void StartPage::showPage(QWidget* page)
{
    m_stack->setCurrentWidget(page);
}

void StartPage::showChoice()
{
    // What was typed must not wait behind the choice.
    while (m_stack->count() > 1) {
        QWidget* page = m_stack->widget(1);
        m_stack->removeWidget(page);
        page->deleteLater();
    }
    m_create = nullptr;
    m_restore = m_watch = nullptr;
    m_open = nullptr;
    showPage(m_choice);
    m_firstChoice->setFocus(Qt::OtherFocusReason);
}

bool StartPage::hasDraft() const
{
    return (m_create && m_create->hasDraft()) || (m_restore && m_restore->hasDraft()) ||
           (m_watch && m_watch->hasDraft()) || (m_open && m_open->hasDraft());
}

void StartPage::stepBack()
{
    if (m_stack->currentWidget() == m_choice) {
        if (!m_session.wallets().wallets.empty())
            Q_EMIT finished({});
        return;
    }
    if (m_create && m_create->stepBack())
        return;
    if (isBusy())
        return; // A wallet is being made, or its words are still to be written down.
    if (!hasDraft()) {
        showChoice();
        return;
    }
    auto* dialog = new ConfirmDialog(tr("Leave this page?"), tr("What you typed is forgotten."),
                                     tr("&Leave"), u"start_leave"_s, this);
    connect(dialog, &QDialog::accepted, this, &StartPage::showChoice);
    dialog->open();
}

void StartPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        stepBack();
    else
        QWidget::keyPressEvent(event);
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stack->currentWidget() == m_choice)
        m_firstChoice->setFocus(Qt::OtherFocusReason);
}

void StartPage::dragEnterEvent(QDragEnterEvent* event)
{
    const bool mayLeave = m_open || !hasDraft();
    if (!isBusy() && mayLeave && !droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void StartPage::dropEvent(QDropEvent* event)
{
    const QString path = droppedFile(event->mimeData());
    if (path.isEmpty() || isBusy() || (!m_open && hasDraft()))
        return;
    event->acceptProposedAction();
    if (m_open)
        m_open->setFile(path);
    else
        showOpenFile(path);
    m_open->focusFirst();
}

bool StartPage::isBusy() const
{
    return (m_create && (m_create->isBusy() || m_create->step() == CreateFlow::Step::Done)) ||
           (m_restore && m_restore->isBusy()) || (m_watch && m_watch->isBusy()) ||
           (m_open && m_open->isBusy());
}

CreateFlow* StartPage::createFlow()
{
    return m_create;
}
RestoreFlow* StartPage::restoreFlow()
{
    return m_restore;
}
RestoreFlow* StartPage::watchFlow()
{
    return m_watch;
}

OpenFileFlow* StartPage::openFlow()
{
    return m_open;
}

void StartPage::showOpenFile(const QString& path)
{
    showChoice(); // A file may be dropped on any of the pages.
    m_open = new OpenFileFlow(m_session);
    connect(m_open, &OpenFileFlow::cancelled, this, &StartPage::showChoice);
    connect(m_open, &OpenFileFlow::finished, this, &StartPage::finished);
    QWidget* page = framed(tr("Open a wallet file or backup"), m_open);
    m_stack->addWidget(page);
    showPage(page);
    m_open->setFile(path);
    m_open->focusFirst();
}

void StartPage::showCreate()
{
    m_create = new CreateFlow(m_session);
    connect(m_create, &CreateFlow::cancelled, this, &StartPage::showChoice);
    connect(m_create, &CreateFlow::finished, this, [this](const QString& wallet) {
        m_create = nullptr;
        Q_EMIT finished(wallet);
    });
    QWidget* page = framed(tr("Create a wallet"), m_create);
    m_stack->addWidget(page);
    showPage(page);
    m_create->focusFirst();
}

void StartPage::showRestore()
{
    m_restore = new RestoreFlow(m_session, RestoreFlow::Kind::Words);
    connect(m_restore, &RestoreFlow::cancelled, this, &StartPage::showChoice);
    connect(m_restore, &RestoreFlow::finished, this, &StartPage::finished);
    QWidget* page = framed(tr("Restore a wallet"), m_restore);
    m_stack->addWidget(page);
    showPage(page);
    m_restore->focusFirst();
}

void StartPage::showWatch()
{
    m_watch = new RestoreFlow(m_session, RestoreFlow::Kind::WatchOnly);
    connect(m_watch, &RestoreFlow::cancelled, this, &StartPage::showChoice);
    connect(m_watch, &RestoreFlow::finished, this, &StartPage::finished);
    QWidget* page = framed(tr("Watch-only wallet"), m_watch);
    m_stack->addWidget(page);
    showPage(page);
    m_watch->focusFirst();
}

} // namespace coffer::ui
