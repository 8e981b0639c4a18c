// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

#include <map>
#include <vector>

class QStackedWidget;
class QVBoxLayout;

namespace coffer::ui {

struct Command;
class CommandPalette;
class HeaderBar;
class InlineMessage;
class JobsPopover;
class NotificationCentre;
class Page;
class ScanSheet;
class ShortcutSheet;
class Sidebar;
class Toast;

/// An unlocked wallet: header, sidebar, banners and the pages, each built on its first visit.
class WalletView : public QWidget
{
    Q_OBJECT

public:
    explicit WalletView(Session& session, QWidget* parent = nullptr);

    void go(const Destination& destination);
    Page* currentPage() const;
    PageId currentId() const { return m_current; }
    /// Builds every page at once: for tests that walk over all of them.
    void buildAll();
    HeaderBar* header() const { return m_header; }
    Sidebar* sidebar() const { return m_sidebar; }
    NotificationCentre* notifications() const { return m_notifications; }
    CommandPalette* commandPalette() const { return m_palette; }
    JobsPopover* jobs() const { return m_jobs; }
    ScanSheet* scan();
    ShortcutSheet* shortcutSheet() { return m_shortcutSheet; }
    /// A banner with a payment link that came from outside; nothing is filled in by itself.
    void offerLink(const QString& link);
    /// Seconds until the wallet locks; 0 takes the bar away.
    void warnOfLock(int secondsLeft);
    bool hasDraft() const;
    void openCommands();

Q_SIGNALS:
    void lockRequested();
    void walletChosen(const QString& wallet);
    void addWalletRequested();
    void stayRequested();
    /// A notice was clicked; its wallet may be another one.
    void noticeChosen(const QString& wallet, const coffer::ui::Destination& destination);
    void restartRequested(const QString& network);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    Page* ensurePage(PageId id);
    Page* makePage(PageId id);
    void show(const Destination& destination);
    void revisit(Destination destination);
    void buildShortcuts();
    void addShortcut(const QKeySequence& keys, const std::function<void()>& run);
    void refreshBanners();
    void back();
    void forward();
    void escape();
    void cycleRegion(int step);
    std::vector<Command> commands();
    void placeSidebar();

    Session& m_session;
    HeaderBar* m_header;
    Sidebar* m_sidebar;
    QStackedWidget* m_stack;
    QVBoxLayout* m_banners;
    InlineMessage* m_nodeBanner;
    InlineMessage* m_linkBanner;
    InlineMessage* m_lockBanner;
    NotificationCentre* m_notifications;
    JobsPopover* m_jobs;
    CommandPalette* m_palette;
    ShortcutSheet* m_shortcutSheet;
    ScanSheet* m_scan = nullptr;
    Toast* m_toast;
    std::map<PageId, Page*> m_pages;
    PageId m_current = PageId::Overview;
    std::vector<Destination> m_history;
    std::size_t m_at = 0;
    QString m_link;
    bool m_sidebarForced = false;
};

} // namespace coffer::ui
