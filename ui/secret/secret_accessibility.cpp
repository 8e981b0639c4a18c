// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/secret_words_view.h"
#include "ui/secret/words_edit.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace coffer::ui {

namespace {

/// A password field that has neither text nor length.
class SecretFieldInterface : public QAccessibleWidget
{
public:
    explicit SecretFieldInterface(QWidget* widget)
        : QAccessibleWidget(widget, QAccessible::EditableText)
    {
    }

    QString text(QAccessible::Text type) const override
    {
        if (type == QAccessible::Value)
            return {};
        return QAccessibleWidget::text(type);
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.passwordEdit = true;
        state.editable = true;
        state.focusable = true;
        return state;
    }
};

/// Painted words: a picture with a name and nothing inside.
class SecretPictureInterface : public QAccessibleWidget
{
public:
    explicit SecretPictureInterface(QWidget* widget)
        : QAccessibleWidget(widget, QAccessible::Graphic)
    {
    }

    int childCount() const override { return 0; }

    QString text(QAccessible::Text type) const override
    {
        if (type == QAccessible::Value)
            return {};
        return QAccessibleWidget::text(type);
    }
};

QAccessibleInterface* secretInterface(const QString&, QObject* object)
{
    if (auto* field = qobject_cast<PassphraseEdit*>(object))
        return new SecretFieldInterface(field);
    if (auto* words = qobject_cast<WordsEdit*>(object))
        return new SecretFieldInterface(words);
    if (auto* view = qobject_cast<SecretWordsView*>(object))
        return new SecretPictureInterface(view);
    return nullptr;
}

} // namespace

void installSecretAccessibility()
{
    QAccessible::installFactory(secretInterface);
}

} // namespace coffer::ui
