// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/code_dialog.h"

#include "ui/session.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kCodeMargin = 24;
constexpr int kSmallestCode = 320;
constexpr int kLargestCode = 720;
constexpr int kBesideCode = 210; // Title, address, button and the gaps between them.

int sideFor(const QWidget* parent)
{
    return std::clamp(parent->window()->height() - kBesideCode, kSmallestCode, kLargestCode);
}

} // namespace

CodeDialog::CodeDialog(Session& session, const QString& content, const QString& address,
                       const QString& caption, QWidget* parent)
    : FittedDialog(sideFor(parent) + 2 * kCodeMargin, parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(caption);
    identify(this, u"code.dialog"_s, caption);
    auto* column = makeColumn(this, 12);
    column->setContentsMargins(kCodeMargin, 20, kCodeMargin, 20);
    column->addWidget(new TextLabel(caption, FontRole::Section));
    auto* code = new QrView;
    code->setObjectName(u"code.qr"_s);
    code->setContent(content, tr("QR code for the address %1").arg(address));
    const int side = sideFor(parent);
    code->setFixedSize(side, side);
    column->addWidget(code, 0, Qt::AlignHCenter);
    auto* text = new AddressLabel(address);
    text->setObjectName(u"code.address"_s);
    connect(text, &AddressLabel::copyRequested, &session, &Session::copyAddress);
    column->addWidget(text);
    auto* row = makeRow();
    auto* close = new QPushButton(tr("&Close"));
    identify(close, u"code.close"_s, tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    close->setFocus();
}

} // namespace coffer::ui
