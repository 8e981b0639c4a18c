// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace coffer::ui {

class InlineMessage;
class TextLabel;

/// A page of the wallet: title, actions, one message, body. Built on first visit.
class Page : public QWidget
{
    Q_OBJECT

public:
    enum class Body
    {
        Scrolling, ///< Cards below each other.
        Filling    ///< A table or list that scrolls by itself.
    };

    Page(Session& session, const QString& name, const QString& title, Body body,
         QWidget* parent = nullptr);

    /// Comes here with something to start from.
    virtual void open(const Destination&) {}
    /// Became visible.
    virtual void activate() {}
    /// Esc or Alt+Left: true when the page had a step to go back to.
    virtual bool stepBack() { return false; }
    /// Ctrl+Enter: the next step, never a signature.
    virtual void stepForward() {}
    /// Ctrl+F.
    virtual void focusSearch() {}
    /// Ctrl+E and F2 where a page has them.
    virtual void exportRows() {}
    virtual void rename() {}
    /// The drawer at the end side, shown or not: a region of its own for F6.
    virtual QWidget* drawer() const { return nullptr; }
    /// True while leaving would lose what was typed.
    virtual bool hasDraft() const { return false; }
    /// Gives the keyboard a place to start.
    virtual void focusFirst();

    const QString& name() const { return m_name; }
    QString title() const;

protected:
    Session& session() { return m_session; }
    const Session& session() const { return m_session; }
    void setTitle(const QString& title);
    QHBoxLayout* titleRow() const { return m_titleRow; }
    QVBoxLayout* body() const { return m_body; }
    /// What a scrolling body has for its cards now.
    int bodyWidth() const;
    InlineMessage* message() const { return m_message; }
    /// Object name of an element of this page.
    QString named(const QString& element) const { return m_name + u'.' + element; }

private:
    Session& m_session;
    QString m_name;
    TextLabel* m_title;
    QHBoxLayout* m_titleRow;
    InlineMessage* m_message;
    QVBoxLayout* m_body;
};

} // namespace coffer::ui
