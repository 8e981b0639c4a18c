// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/secret/passphrase_edit.h"
#include "ui/secret/words_edit.h"
#include "ui/widgets/inline_message.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <QSet>

/// What is wrong with what a page shows, for the tests of all pages.
namespace coffer::test {

/// What is wrong with the names of what can be focused and seen below `root`.
inline QStringList nameFaults(QWidget* root)
{
    QStringList faults;
    QSet<QString> seen;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        if (widget->objectName().startsWith(QLatin1String("qt_")) || widget->focusProxy())
            continue; // Parts that Qt makes inside its own controls.
        const QString name = widget->objectName();
        const QString label =
            QStringLiteral("%1 “%2”").arg(QLatin1String(widget->metaObject()->className()), name);
        if (!name.contains(u'.'))
            faults << label + QStringLiteral(": no object name");
        else if (seen.contains(name))
            faults << label + QStringLiteral(": object name twice");
        seen.insert(name);
        if (widget->accessibleName().isEmpty())
            faults << label + QStringLiteral(": no accessible name");
    }
    return faults;
}

/// Texts that got less height than their lines need, fields lower than they want to be.
inline QStringList heightFaults(QWidget* root)
{
    QStringList faults;
    const auto check = [&faults](const QWidget* widget, const QString& what, int needed) {
        if (widget->height() < needed)
            faults << QStringLiteral("%1 “%2”: %3 of %4")
                          .arg(widget->objectName(), what)
                          .arg(widget->height())
                          .arg(needed);
    };
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisible())
            continue;
        const auto* label = qobject_cast<QLabel*>(widget);
        if (label && label->sizePolicy().hasHeightForWidth())
            check(label, label->text(), label->heightForWidth(label->width()));
        else if (qobject_cast<QLineEdit*>(widget) || qobject_cast<ui::PassphraseEdit*>(widget))
            check(widget, QStringLiteral("field"), widget->sizeHint().height());
        else if (qobject_cast<ui::InlineMessage*>(widget) &&
                 widget->height() > widget->heightForWidth(widget->width()))
            faults << widget->objectName() + QStringLiteral(": too high");
        else if (const auto* words = qobject_cast<ui::WordsEdit*>(widget))
            check(words, QStringLiteral("words"), words->heightForWidth(words->width()));
    }
    return faults;
}

/// What a narrow place cuts off at a side: controls and texts that reach beyond what is seen of
/// the widgets around them.
inline QStringList widthFaults(QWidget* root)
{
    QStringList faults;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        const bool control = widget->focusPolicy() & Qt::TabFocus;
        const auto* label = qobject_cast<QLabel*>(widget);
        if (!widget->isVisible() || (!control && !label))
            continue;
        if (label && !label->wordWrap() && label->width() < label->minimumSizeHint().width())
            faults << QStringLiteral("%1 “%2”: %3 of %4")
                          .arg(widget->objectName(), label->text())
                          .arg(label->width())
                          .arg(label->minimumSizeHint().width());
        for (QWidget* around = widget->parentWidget(); around; around = around->parentWidget()) {
            if (qobject_cast<QAbstractItemView*>(around) || widget->window() != around->window())
                break; // Views scroll by themselves.
            const QRect place(widget->mapTo(around, QPoint()), widget->size());
            if (place.left() < 0 || place.right() >= around->width()) {
                faults << QStringLiteral("%1 “%2” from %3 to %4 in %5 “%6” of %7")
                              .arg(QLatin1String(widget->metaObject()->className()),
                                   label ? label->text() : widget->objectName())
                              .arg(place.left())
                              .arg(place.right())
                              .arg(QLatin1String(around->metaObject()->className()),
                                   around->objectName())
                              .arg(around->width());
                break;
            }
            if (around == root)
                break;
        }
    }
    return faults;
}

} // namespace coffer::test
