// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/confirm_dialog.h"

#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

ConfirmDialog::ConfirmDialog(const QString& title, const QString& text, const QString& action,
                             const QString& objectName, QWidget* parent)
    : FittedDialog(440, parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    identify(this, objectName + u".dialog"_s, title);
    auto* column = makeColumn(this, 16);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(title, FontRole::Section));
    auto* label = new TextLabel(text);
    label->setWrap(Wrap::On);
    column->addWidget(label);
    auto* row = makeRow();
    row->addStretch(1);
    auto* cancel = new QPushButton(tr("&Cancel"));
    identify(cancel, objectName + u".cancel"_s, tr("Cancel"));
    cancel->setAutoDefault(true);
    auto* confirm = new QPushButton(action);
    identify(confirm, objectName + u".confirm"_s, QString(action).remove(u'&'));
    setVariant(confirm, ButtonVariant::Destructive);
    confirm->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(confirm, &QPushButton::clicked, this, &QDialog::accept);
    row->addWidget(cancel);
    row->addWidget(confirm);
    column->addLayout(row);
    cancel->setFocus();
}

} // namespace coffer::ui
