// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/psbt/psbt_code_dialog.h"

#include "ui/widgets/card.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/text_label.h"

#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kSide = 560; // A code of the largest version still has three pixels per module.

} // namespace

bool PsbtCodeDialog::fits(const QByteArray& psbt)
{
    return psbt.toBase64().size() <= QrView::kMostBytes;
}

PsbtCodeDialog::PsbtCodeDialog(const QByteArray& psbt, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("PSBT as a code"));
    identify(this, u"psbt_code"_s, tr("PSBT as a code"));
    auto* column = makeColumn(this, 14);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("PSBT as a code"), FontRole::Section));
    auto* code = new QrView;
    code->setObjectName(u"psbt_code.code"_s);
    code->setContent(QString::fromLatin1(psbt.toBase64()), tr("QR code of the PSBT"));
    code->setFixedSize(kSide, kSide);
    column->addWidget(code, 0, Qt::AlignHCenter);
    auto* note = new TextLabel(tr("Base64 in one code. It holds no secret, but it tells whoever "
                                  "sees it what you pay."),
                               FontRole::Body, Tone::Dim);
    note->setWrap(Wrap::On);
    column->addWidget(note);
    auto* close = new QPushButton(tr("C&lose"));
    identify(close, u"psbt_code.close"_s, tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* row = makeRow();
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
}

} // namespace coffer::ui
