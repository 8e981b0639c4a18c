// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/wallet_view.h"

#include "ui/pages/accounts_page.h"
#include "ui/pages/activity_page.h"
#include "ui/pages/network_page.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/receive_page.h"
#include "ui/pages/settings_page.h"
#include "ui/scan/scan_sheet.h"
#include "ui/send/send_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/jobs_popover.h"
#include "ui/shell/notification_centre.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/sync_pill.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/toast.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kNarrow = 900;
constexpr std::size_t kMostSteps = 50; // Of Alt+Left.

} // namespace

WalletView::WalletView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_header(new HeaderBar(session))
    , m_sidebar(new Sidebar)
    , m_stack(new QStackedWidget)
    , m_banners(makeColumn(nullptr, 8))
    , m_nodeBanner(new InlineMessage)
    , m_linkBanner(new InlineMessage)
    , m_lockBanner(new InlineMessage)
    , m_notifications(new NotificationCentre(session, this))
    , m_jobs(new JobsPopover(session, this))
    , m_palette(new CommandPalette(this))
    , m_shortcutSheet(new ShortcutSheet(this))
{
    setAcceptDrops(true);
    auto* outer = makeColumn(this, 0);
    outer->addWidget(m_header);
    outer->addWidget(new Separator);
    auto* row = makeRow(0);
    row->addWidget(m_sidebar);
    auto* main = makeColumn(nullptr, 0);
    m_banners->setContentsMargins(28, 0, 28, 0);
    m_nodeBanner->setObjectName(u"banner.node"_s);
    m_linkBanner->setObjectName(u"banner.link"_s);
    m_lockBanner->setObjectName(u"banner.lock"_s);
    m_linkBanner->setAction(tr("&Use it"), u"banner.link.use"_s);
    m_linkBanner->setClosable(u"banner.link.dismiss"_s);
    m_lockBanner->setAction(tr("&Stay unlocked"), u"banner.lock.stay"_s);
    for (InlineMessage* banner : {m_lockBanner, m_nodeBanner, m_linkBanner})
        m_banners->addWidget(banner);
    main->addLayout(m_banners);
    main->addWidget(m_stack, 1);
    row->addLayout(main, 1);
    outer->addLayout(row, 1);
    m_toast = new Toast(this);

    connect(m_sidebar, &Sidebar::chosen, this, [this](PageId page) { go({page, {}, {}, {}, {}}); });
    connect(&session, &Session::destinationRequested, this, &WalletView::go);
    connect(&session, &Session::toastRequested, m_toast, &Toast::show);
    connect(&session, &Session::noticed, m_notifications, &NotificationCentre::add);
    connect(&session, &Session::nodeChanged, this, &WalletView::refreshBanners);
    connect(&session, &Session::scanRequested, this, [this] { scan()->openSheet(); });
    connect(m_header, &HeaderBar::commandsRequested, this, &WalletView::openCommands);
    connect(m_header, &HeaderBar::jobsRequested, this,
            [this] { m_jobs->openBelow(m_header->syncPill()); });
    connect(m_header, &HeaderBar::notificationsRequested, this,
            [this] { m_notifications->openBelow(m_header->bell()); });
    connect(m_header, &HeaderBar::lockRequested, this, &WalletView::lockRequested);
    connect(m_header, &HeaderBar::walletChosen, this, &WalletView::walletChosen);
    connect(m_header, &HeaderBar::addWalletRequested, this, &WalletView::addWalletRequested);
    connect(m_notifications, &NotificationCentre::unreadChanged, this,
            [this] { m_header->setUnread(m_notifications->unread()); });
    connect(m_lockBanner, &InlineMessage::actionTriggered, this, &WalletView::stayRequested);
    connect(m_linkBanner, &InlineMessage::actionTriggered, this, [this] {
        m_linkBanner->hide();
        refreshBanners();
        m_session.goTo({PageId::Send, {}, std::exchange(m_link, {}), {}, {}});
    });
    connect(m_linkBanner, &InlineMessage::closed, this, [this] {
        m_link.clear();
        refreshBanners();
    });
    connect(m_notifications, &NotificationCentre::chosen, this, &WalletView::noticeChosen);
    connect(m_nodeBanner, &InlineMessage::actionTriggered, this, [this] {
        m_session.goTo({PageId::Network, {}, {}, {}, {}});
    });
    buildShortcuts();
    refreshBanners();
    go({PageId::Overview, {}, {}, {}, {}});
}

Page* WalletView::makePage(PageId id)
{
    switch (id) {
    case PageId::Overview:
        return new OverviewPage(m_session);
    case PageId::Accounts:
        return new AccountsPage(m_session);
    case PageId::Send:
        return new SendPage(m_session);
    case PageId::Receive:
        return new ReceivePage(m_session);
    case PageId::Activity:
        return new ActivityPage(m_session);
    case PageId::Network:
        return new NetworkPage(m_session);
    case PageId::Settings: {
        auto* page = new SettingsPage(m_session);
        connect(page, &SettingsPage::restartRequested, this, &WalletView::restartRequested);
        return page;
    }
    }
    return nullptr;
}

Page* WalletView::ensurePage(PageId id)
{
    auto found = m_pages.find(id);
    if (found == m_pages.end()) {
        Page* page = makePage(id);
        m_stack->addWidget(page);
        found = m_pages.emplace(id, page).first;
    }
    return found->second;
}

void WalletView::buildAll()
{
    for (const PageId id : {PageId::Overview, PageId::Accounts, PageId::Send, PageId::Receive,
                            PageId::Activity, PageId::Network, PageId::Settings})
        ensurePage(id);
}

Page* WalletView::currentPage() const
{
    return m_pages.at(m_current);
}

ScanSheet* WalletView::scan()
{
    if (!m_scan)
        m_scan = new ScanSheet(m_session, this);
    return m_scan;
}

bool WalletView::hasDraft() const
{
    return std::any_of(m_pages.begin(), m_pages.end(),
                       [](const auto& page) { return page.second->hasDraft(); });
}

void WalletView::go(const Destination& destination)
{
    if (m_at + 1 < m_history.size())
        m_history.resize(m_at + 1);
    m_history.push_back(destination);
    if (destination.action == Destination::Action::Psbt)
        m_history.back().text.clear(); // It may be large, and is not opened by going back.
    if (m_history.size() > kMostSteps)
        m_history.erase(m_history.begin());
    m_at = m_history.size() - 1;
    show(destination);
}

void WalletView::show(const Destination& destination)
{
    Page* page = ensurePage(destination.page);
    m_current = destination.page;
    m_stack->setCurrentWidget(page);
    m_sidebar->setCurrent(destination.page);
    page->activate();
    page->open(destination);
    if (!m_sidebar->isAncestorOf(focusWidget() ? focusWidget() : this))
        page->focusFirst();
}

void WalletView::back()
{
    if (currentPage()->stepBack() || m_at == 0)
        return;
    revisit(m_history[--m_at]);
}

void WalletView::forward()
{
    if (m_at + 1 < m_history.size())
        revisit(m_history[++m_at]);
}

/// The place again, not what was done there.
void WalletView::revisit(Destination destination)
{
    if (destination.page == PageId::Send)
        destination = {PageId::Send, {}, {}, {}, {}};
    show(destination);
}

void WalletView::escape()
{
    currentPage()->stepBack();
}

void WalletView::addShortcut(const QKeySequence& keys, const std::function<void()>& run)
{
    auto* shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WindowShortcut);
    connect(shortcut, &QShortcut::activated, this, run);
}

void WalletView::buildShortcuts()
{
    const auto page = [this](PageId id) { return [this, id] { go({id, {}, {}, {}, {}}); }; };
    addShortcut(Qt::CTRL | Qt::Key_1, page(PageId::Overview));
    addShortcut(Qt::CTRL | Qt::Key_2, page(PageId::Accounts));
    addShortcut(Qt::CTRL | Qt::Key_3, page(PageId::Send));
    addShortcut(Qt::CTRL | Qt::Key_4, page(PageId::Receive));
    addShortcut(Qt::CTRL | Qt::Key_5, page(PageId::Activity));
    addShortcut(Qt::CTRL | Qt::Key_9, page(PageId::Network));
    addShortcut(Qt::CTRL | Qt::Key_0, page(PageId::Settings));
    addShortcut(Qt::CTRL | Qt::Key_Comma, page(PageId::Settings));
    addShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S, page(PageId::Send));
    addShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_R, page(PageId::Receive));
    addShortcut(Qt::CTRL | Qt::Key_N, [this] { go({PageId::Accounts, {}, u"add"_s, {}, {}}); });
    addShortcut(Qt::CTRL | Qt::Key_K, [this] { openCommands(); });
    addShortcut(Qt::CTRL | Qt::Key_F, [this] { currentPage()->focusSearch(); });
    addShortcut(Qt::CTRL | Qt::Key_L, [this] { Q_EMIT lockRequested(); });
    addShortcut(Qt::CTRL | Qt::Key_U, [this] { scan()->openSheet(); });
    addShortcut(Qt::CTRL | Qt::Key_E, [this] { currentPage()->exportRows(); });
    addShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_H, [this] {
        m_session.changeSettings(
            [](api::SettingsSnapshot& settings) { settings.discreet = !settings.discreet; });
    });
    addShortcut(Qt::CTRL | Qt::Key_R, [this] { currentPage()->activate(); });
    addShortcut(Qt::Key_F5, [this] { currentPage()->activate(); });
    addShortcut(Qt::Key_F6, [this] { cycleRegion(1); });
    addShortcut(Qt::SHIFT | Qt::Key_F6, [this] { cycleRegion(-1); });
    addShortcut(Qt::ALT | Qt::Key_Left, [this] { back(); });
    addShortcut(Qt::ALT | Qt::Key_Right, [this] { forward(); });
    addShortcut(Qt::Key_F2, [this] { currentPage()->rename(); });
    addShortcut(Qt::Key_F9, [this] {
        m_sidebarForced = true;
        m_sidebar->setWidth(m_sidebar->widthMode() == Sidebar::Width::Full ? Sidebar::Width::Icons
                                                                           : Sidebar::Width::Full);
    });
    addShortcut(Qt::Key_Escape, [this] { escape(); });
    addShortcut(Qt::CTRL | Qt::Key_Return, [this] { currentPage()->stepForward(); });
    addShortcut(Qt::CTRL | Qt::Key_Slash, [this] { m_shortcutSheet->open(); });
    addShortcut(Qt::Key_F1, [this] { m_shortcutSheet->open(); });
}

void WalletView::cycleRegion(int step)
{
    std::vector<QWidget*> regions{m_header, m_sidebar, m_stack};
    if (QWidget* drawer = currentPage()->drawer(); drawer && drawer->isVisible())
        regions.push_back(drawer);
    const int count = int(regions.size());
    QWidget* focused = window()->focusWidget();
    int at = 2;
    for (int i = 0; i < count; ++i) // The drawer is part of the page: the last one counts.
        if (focused && regions[std::size_t(i)]->isAncestorOf(focused))
            at = i;
    const int next = (at + step + count) % count;
    if (next == 2) {
        currentPage()->focusFirst();
        return;
    }
    QWidget* candidate = regions[std::size_t(next)]->nextInFocusChain();
    while (candidate && candidate != regions[std::size_t(next)]) {
        if (regions[std::size_t(next)]->isAncestorOf(candidate) && candidate->isVisible() &&
            candidate->focusPolicy() & Qt::TabFocus) {
            candidate->setFocus(Qt::TabFocusReason);
            return;
        }
        candidate = candidate->nextInFocusChain();
    }
}

void WalletView::openCommands()
{
    m_palette->open(commands(), [this](const QString& text) {
        go({PageId::Activity, {}, text, {}, {}});
    });
}

std::vector<Command> WalletView::commands()
{
    std::vector<Command> list;
    const auto add = [&](const QString& title, const QString& keys, const QString& iconName,
                         const Destination& target) {
        list.push_back({title, keys, iconName, [this, target] { go(target); }});
    };
    add(tr("Send"), u"Ctrl+Shift+S"_s, u"send"_s, {PageId::Send, {}, {}, {}, {}});
    add(tr("Receive"), u"Ctrl+Shift+R"_s, u"qr-code"_s, {PageId::Receive, {}, {}, {}, {}});
    list.push_back(
        {tr("Scan a code"), u"Ctrl+U"_s, u"scan-line"_s, [this] { scan()->openSheet(); }});
    add(tr("Open a PSBT file"), {}, u"folder-open"_s,
        {PageId::Send, {}, {}, {}, Destination::Action::Psbt});
    add(tr("Overview"), u"Ctrl+1"_s, u"layout-dashboard"_s, {PageId::Overview, {}, {}, {}, {}});
    add(tr("Accounts"), u"Ctrl+2"_s, u"wallet"_s, {PageId::Accounts, {}, {}, {}, {}});
    add(tr("Activity"), u"Ctrl+5"_s, u"list"_s, {PageId::Activity, {}, {}, {}, {}});
    add(tr("Network"), u"Ctrl+9"_s, u"server"_s, {PageId::Network, {}, {}, {}, {}});
    add(tr("Settings"), u"Ctrl+,"_s, u"settings"_s, {PageId::Settings, {}, {}, {}, {}});
    add(tr("Add account"), u"Ctrl+N"_s, u"plus"_s, {PageId::Accounts, {}, u"add"_s, {}, {}});
    for (const auto& account : m_session.accounts().accounts)
        add(tr("Account: %1").arg(account.name), {}, u"wallet"_s,
            {PageId::Accounts, account.id, {}, {}, {}});
    list.push_back(
        {tr("Lock the wallet"), u"Ctrl+L"_s, u"lock"_s, [this] { Q_EMIT lockRequested(); }});
    list.push_back({tr("Hide or show amounts"), u"Ctrl+Shift+H"_s, u"eye"_s, [this] {
                        m_session.changeSettings([](api::SettingsSnapshot& settings) {
                            settings.discreet = !settings.discreet;
                        });
                    }});
    list.push_back({tr("Network log"), {}, u"activity"_s, [this] {
                        go({PageId::Network, {}, u"log"_s, {}, {}});
                    }});
    for (const auto& [section, title] : SettingsPage::sections())
        add(tr("Settings: %1").arg(title), {}, u"settings"_s,
            {PageId::Settings, {}, section, {}, {}});
    list.push_back(
        {tr("Keyboard shortcuts"), u"Ctrl+/"_s, u"info"_s, [this] { m_shortcutSheet->open(); }});
    return list;
}

void WalletView::refreshBanners()
{
    const QString problem = nodeProblemText(m_session.node());
    if (problem.isEmpty()) {
        m_nodeBanner->hide();
    } else if (!m_nodeBanner->isVisibleTo(this) || m_nodeBanner->text() != problem) {
        m_nodeBanner->show(m_session.node().offline ? MessageKind::Info : MessageKind::Warning,
                           problem);
        m_nodeBanner->setAction(tr("Open Network"), u"banner.node.open"_s);
    }
    const bool any = m_nodeBanner->isVisibleTo(this) || m_linkBanner->isVisibleTo(this) ||
                     m_lockBanner->isVisibleTo(this);
    m_banners->setContentsMargins(28, any ? 16 : 0, 28, 0);
}

void WalletView::offerLink(const QString& link)
{
    m_link = link;
    m_linkBanner->show(MessageKind::Info,
                       tr("A payment link arrived from outside Coffer. Nothing is filled in until "
                          "you use it."));
    m_linkBanner->setAction(tr("&Use it"), u"banner.link.use"_s);
    refreshBanners();
}

void WalletView::warnOfLock(int secondsLeft)
{
    if (secondsLeft <= 0) {
        m_lockBanner->hide();
    } else {
        const QString text = tr("The wallet locks in %n second(s).", nullptr, secondsLeft);
        if (!m_lockBanner->isHidden()) { // The seconds run on without a word.
            m_lockBanner->revise(text);
            return;
        }
        m_lockBanner->show(MessageKind::Warning, text);
        m_lockBanner->setAction(tr("&Stay unlocked"), u"banner.lock.stay"_s);
    }
    refreshBanners();
}

void WalletView::placeSidebar()
{
    if (!m_sidebarForced)
        m_sidebar->setWidth(width() < kNarrow ? Sidebar::Width::Icons : Sidebar::Width::Full);
}

void WalletView::resizeEvent(QResizeEvent*)
{
    placeSidebar();
}

void WalletView::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasImage() || event->mimeData()->hasUrls() ||
        event->mimeData()->hasText())
        event->acceptProposedAction();
}

void WalletView::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    scan()->openWith(*event->mimeData());
}

} // namespace coffer::ui
