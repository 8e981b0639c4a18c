// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/activity_page.h"

#include "ui/async.h"
#include "ui/models/history_model.h"
#include "ui/pages/movement_drawer.h"
#include "ui/pages/movement_filter_bar.h"
#include "ui/pages/movement_list.h"
#include "ui/theme/icons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QDate>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kTypingMs = 120;

} // namespace

ActivityPage::ActivityPage(Session& session, QWidget* parent)
    : Page(session, u"activity"_s, tr("Activity"), Body::Filling, parent)
    , m_search(new SearchField)
    , m_more(new QPushButton(ui::icon(u"ellipsis"_s), tr("&More")))
    , m_filters(new MovementFilterBar(session, u"activity"_s))
    , m_list(new MovementList(session, u"activity"_s))
{
    identify(m_search, named(u"search"_s), tr("Search movements"));
    m_search->setPlaceholderText(tr("Search: label, address, amount, date   Ctrl+F"));
    m_search->setToolTip(
        tr("A word, part of an address or id, an amount or a date (%1). Before an amount or a "
           "date: > < >= <= = !=. A space or & asks for all, | for one of them; \"quoted words\" "
           "stay together.",
           "%1 is a date as it is typed")
            .arg(QDate::currentDate().toString(u"yyyy-MM-dd"_s)));
    titleRow()->addWidget(m_search);
    identify(m_more, named(u"more"_s), tr("More"));
    titleRow()->addWidget(m_more);
    buildMenu();
    body()->addWidget(m_filters);
    body()->addWidget(m_list, 1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(&m_typing, &QTimer::timeout, this, &ActivityPage::applySearch);
    connect(m_filters, &MovementFilterBar::changed, this,
            [this] { m_list->setFilter(m_filters->filter()); });
    connect(m_list, &MovementList::clearSearchRequested, this, [this] {
        clearFilters();
        m_list->focusList();
    });
    m_list->refresh();
}

void ActivityPage::buildMenu()
{
    auto* menu = new QMenu(m_more);
    const auto add = [&](const QString& iconName, const QString& text,
                         const std::function<void()>& run) {
        connect(menu->addAction(ui::icon(iconName), text), &QAction::triggered, this, run);
    };
    add(u"file-text"_s, tr("Export as &CSV…\tCtrl+E"),
        [this] { exportTo(api::ExportFormat::Csv); });
    add(u"file-text"_s, tr("Export as &JSON…"), [this] { exportTo(api::ExportFormat::Json); });
    menu->addSeparator();
    add(u"tag"_s, tr("Export &labels (BIP329)…"), [this] { exportTo(api::ExportFormat::Bip329); });
    add(u"file-up"_s, tr("&Import labels (BIP329)…"), [this] { importLabels(); });
    menu->addSeparator();
    add(u"book-check"_s, tr("&Verify the books"), [this] { verify(); });
    m_more->setMenu(menu);
}

void ActivityPage::open(const Destination& destination)
{
    if (!destination.text.isEmpty()) {
        clearFilters();
        m_search->setText(destination.text);
        applySearch();
    }
    if (!destination.txid.isEmpty()) {
        clearFilters();
        m_list->openMovement(destination.txid);
    }
}

void ActivityPage::applySearch()
{
    m_typing.stop();
    m_list->setSearch(m_search->text().trimmed());
}

void ActivityPage::clearFilters()
{
    m_search->clear();
    m_filters->clear();
    applySearch();
}

void ActivityPage::activate()
{
    if (m_list->model()->isLoaded())
        m_list->refresh();
}

/// Esc: the drawer first, then what was typed into the search.
bool ActivityPage::stepBack()
{
    if (m_list->closeDrawer())
        return true;
    if (!m_search->hasFocus() || m_search->text().isEmpty())
        return false;
    m_search->clear();
    applySearch();
    return true;
}

QWidget* ActivityPage::drawer() const
{
    return m_list->drawer();
}

void ActivityPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ActivityPage::focusFirst()
{
    m_list->focusList();
}
void ActivityPage::rename()
{
    m_list->editLabel();
}
void ActivityPage::exportRows()
{
    exportTo(api::ExportFormat::Csv);
}

void ActivityPage::exportTo(api::ExportFormat format)
{
    QString filter = tr("CSV table (*.csv)");
    QString suffix = u"csv"_s;
    if (format == api::ExportFormat::Json) {
        filter = tr("JSON (*.json)");
        suffix = u"json"_s;
    } else if (format == api::ExportFormat::Bip329) {
        filter = tr("BIP329 labels (*.jsonl)");
        suffix = u"jsonl"_s;
    }
    auto* dialog = new QFileDialog(this, tr("Export"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(filter);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(session().wallet() + u'.' + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& path) {
        const int job = session().startJob(tr("Export to %1").arg(path));
        // The job ends also when this page is gone by then.
        consume<std::int64_t>(
            &session(), session().api().history->exportTo(session().wallet(), format, path),
            [page = QPointer(this), &session = session(), job](base::Result<std::int64_t> result) {
                session.finishJob(job);
                if (page)
                    page->showExported(result);
            });
    });
    dialog->open();
}

void ActivityPage::showExported(const base::Result<std::int64_t>& rows)
{
    if (rows)
        message()->show(MessageKind::Ok,
                        tr("%Ln row(s) exported. The file is not encrypted.", nullptr, int(*rows)));
    else
        message()->showError(rows.error());
}

void ActivityPage::importLabels()
{
    auto* dialog = new QFileDialog(this, tr("Import labels"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("BIP329 labels (*.jsonl *.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        consume<std::int64_t>(this, session().api().history->importLabels(session().wallet(), path),
                              [this](base::Result<std::int64_t> result) {
                                  if (result)
                                      message()->show(MessageKind::Ok, tr("%n label(s) taken over.",
                                                                          nullptr, int(*result)));
                                  else
                                      message()->showError(result.error());
                              });
    });
    dialog->open();
}

void ActivityPage::verify()
{
    const int job = session().startJob(tr("Verifying the books"));
    message()->show(MessageKind::Info, tr("Every entry, proof and balance is computed again…"));
    consume<api::AuditReport>(
        &session(), session().api().history->verify(session().wallet()),
        [page = QPointer(this), &session = session(), job](base::Result<api::AuditReport> result) {
            session.finishJob(job);
            if (!page)
                return;
            if (result)
                page->showReport(*result);
            else
                page->message()->showError(result.error());
        });
}

void ActivityPage::showReport(const api::AuditReport& report)
{
    const bool even =
        std::all_of(report.difference.begin(), report.difference.end(),
                    [](const auto& difference) { return difference.second.isZero(); });
    if (report.problems.isEmpty() && even) {
        message()->show(MessageKind::Ok,
                        tr("The books hold: %Ln entries, difference to the chain 0. Root %1",
                           nullptr, int(report.entries))
                            .arg(shortId(report.root)));
        return;
    }
    QString text = tr("The books do not hold. Do not spend before this is cleared up.");
    for (const QString& problem : report.problems)
        text += u'\n' + problem;
    for (const auto& [currency, amount] : report.difference)
        if (!amount.isZero())
            text += u'\n' + tr("Difference: %1").arg(session().amount(amount, currency));
    message()->show(MessageKind::Danger, text);
}

} // namespace coffer::ui
