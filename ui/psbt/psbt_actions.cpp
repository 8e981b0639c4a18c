// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/psbt/psbt_actions.h"

#include "ui/psbt/psbt_source.h"
#include "ui/psbt/psbt_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/mnemonic.h"
#include "ui/widgets/text_grid.h"
#include "ui/widgets/text_label.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

PsbtActions::PsbtActions(QWidget* parent)
    : QWidget(parent)
    , m_combine(new PsbtSource(tr("Co&mbine with"), u"psbt.combine"_s))
    , m_reasons(new TextGrid)
{
    m_save = add(u"save"_s, tr("Save as &file…"), u"psbt.save"_s);
    m_copy = add(u"copy"_s, tr("&Copy as text"), u"psbt.copy"_s);
    m_code = add(u"qr-code"_s, tr("Show as &QR code"), u"psbt.code"_s);
    m_back = add({}, tr("&Back"), u"psbt.back"_s);
    m_finalise = add({}, tr("F&inalise"), u"psbt.finalise"_s);
    m_broadcast = add(u"send"_s, tr("B&roadcast"), u"psbt.broadcast"_s);
    m_sign = add({}, tr("&Sign…"), u"psbt.sign"_s);
    m_combine->setIcon(ui::icon(u"plus"_s));
    m_combine->setToolTip(tr("Adds the signatures of another copy of this transaction"));
    m_finalise->setToolTip(tr("Closes what has all its signatures; nothing is sent"));
    m_reasons->setObjectName(u"psbt.reasons"_s);
    m_reasons->setWrap(Wrap::On);
    auto* column = makeColumn(this, 10);
    auto* handOn = new FlowLayout(8);
    for (QWidget* button : std::initializer_list<QWidget*>{m_save, m_copy, m_code, m_combine})
        handOn->addWidget(button);
    column->addLayout(handOn);
    column->addWidget(m_reasons);
    auto* steps = makeRow();
    steps->addWidget(m_back);
    steps->addStretch(1);
    for (QPushButton* button : {m_finalise, m_broadcast, m_sign})
        steps->addWidget(button);
    column->addLayout(steps);
    connect(m_save, &QPushButton::clicked, this, &PsbtActions::saveRequested);
    connect(m_copy, &QPushButton::clicked, this, &PsbtActions::copyRequested);
    connect(m_code, &QPushButton::clicked, this, &PsbtActions::codeRequested);
    connect(m_back, &QPushButton::clicked, this, &PsbtActions::backRequested);
    connect(m_finalise, &QPushButton::clicked, this, &PsbtActions::finaliseRequested);
    connect(m_broadcast, &QPushButton::clicked, this, &PsbtActions::broadcastRequested);
    connect(m_sign, &QPushButton::clicked, this, &PsbtActions::signRequested);
}

QPushButton* PsbtActions::add(const QString& iconName, const QString& text, const QString& name)
{
    auto* button =
        iconName.isEmpty() ? new QPushButton(text) : new QPushButton(ui::icon(iconName), text);
    identify(button, name, withoutMnemonic(text));
    button->setAutoDefault(false); // Return must not set off anything here.
    return button;
}

void PsbtActions::show(const api::PsbtInfo& info, const Page& page)
{
    const bool idle = page.work == Page::Work::Idle;
    std::vector<TextGrid::Row> reasons;
    const auto apply = [&](QPushButton* button, const QString& reason) {
        button->setEnabled(idle && reason.isEmpty());
        button->setAccessibleDescription(reason);
        if (!reason.isEmpty())
            reasons.push_back({button->accessibleName(), reason});
    };
    const auto blockedOr = [&](const QString& obstacle) {
        return obstacle.isEmpty() ? page.blocked : obstacle;
    };
    const auto closes = [](const api::PsbtInputInfo& input) {
        return input.signedFully && !input.final;
    };
    const bool allFinal = std::ranges::all_of(
        info.inputs, [](const api::PsbtInputInfo& input) { return input.final; });
    QString finalise;
    if (allFinal)
        finalise = tr("Everything is final already.");
    else if (std::ranges::none_of(info.inputs, closes))
        finalise = tr("No coin has all its signatures yet.");
    apply(m_sign, blockedOr(signingObstacleText(info.signing)));
    apply(m_broadcast, blockedOr(sendingObstacleText(info.sending)));
    apply(m_finalise, finalise);
    apply(m_code, page.codeObstacle);
    apply(m_combine, info.complete ? tr("No signature is missing.") : QString());
    m_save->setEnabled(idle);
    m_copy->setEnabled(idle);
    m_reasons->setRows(std::move(reasons));
    // One main action: the next step that is open, else to hand it on.
    const bool sends = info.sending == api::PsbtObstacle::None;
    const bool signs = info.signing == api::PsbtObstacle::None;
    setVariant(m_broadcast, sends ? ButtonVariant::Primary : ButtonVariant::Plain);
    m_broadcast->setIcon(ui::icon(u"send"_s, sends ? IconColor::White : IconColor::Text));
    setVariant(m_sign, signs && !sends ? ButtonVariant::Primary : ButtonVariant::Plain);
    const bool handsOn =
        info.sending == api::PsbtObstacle::Unsigned &&
        (info.signing == api::PsbtObstacle::WatchOnly || info.signing == api::PsbtObstacle::Signed);
    setVariant(m_save, handsOn ? ButtonVariant::Primary : ButtonVariant::Plain);
    m_save->setIcon(ui::icon(u"save"_s, handsOn ? IconColor::White : IconColor::Text));
}

} // namespace coffer::ui
