// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/proof_mark.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace coffer::ui {

ProofMark::ProofMark(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(18, 18);
}

QString ProofMark::iconName(api::Source source)
{
    switch (source) {
    case api::Source::Proved:
        return u"shield-check"_s;
    case api::Source::OwnNode:
    case api::Source::Service:
        return u"server"_s;
    case api::Source::Quorum:
        return u"circle-check"_s;
    case api::Source::Device:
        return u"key-round"_s;
    case api::Source::OneServer:
        return u"shield-alert"_s;
    case api::Source::Unknown:
        return u"circle-question-mark"_s;
    }
    return u"circle-question-mark"_s;
}

IconColor ProofMark::iconColor(api::Source source)
{
    switch (source) {
    case api::Source::Proved:
        return IconColor::Ok;
    case api::Source::OwnNode:
    case api::Source::Quorum:
    case api::Source::Device:
    case api::Source::Service:
        return IconColor::Accent;
    case api::Source::OneServer:
        return IconColor::Warn;
    case api::Source::Unknown:
        return IconColor::Dim;
    }
    return IconColor::Dim;
}

void ProofMark::setProof(api::Source source, const QString& sentence)
{
    m_source = source;
    setToolTip(sentence);
    setAccessibleName(sentence);
    update();
}

void ProofMark::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    icon(iconName(m_source), iconColor(m_source)).paint(&painter, rect());
}

} // namespace coffer::ui
