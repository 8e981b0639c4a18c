// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fonts.h"

#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

struct Shape
{
    int points;
    QFont::Weight weight;
    enum
    {
        Text,
        Amount,
        Mono
    } family;
};

Shape shapeOf(FontRole role)
{
    switch (role) {
    case FontRole::Body:
        return {10, QFont::Normal, Shape::Text};
    case FontRole::BodyStrong:
        return {10, QFont::DemiBold, Shape::Text};
    case FontRole::Section:
        return {12, QFont::DemiBold, Shape::Text};
    case FontRole::Title:
        return {18, QFont::DemiBold, Shape::Text};
    case FontRole::Amount:
        return {10, QFont::Normal, Shape::Amount};
    case FontRole::AmountStrong:
        return {10, QFont::DemiBold, Shape::Amount};
    case FontRole::AmountSection:
        return {12, QFont::DemiBold, Shape::Amount};
    case FontRole::AmountLarge:
        return {24, QFont::DemiBold, Shape::Amount};
    case FontRole::Address:
        return {11, QFont::Normal, Shape::Mono};
    case FontRole::AddressSmall:
        return {10, QFont::Normal, Shape::Mono};
    }
    return {10, QFont::Normal, Shape::Text};
}

} // namespace

QFont font(FontRole role)
{
    const Shape shape = shapeOf(role);
    QFont result;
    switch (shape.family) {
    case Shape::Text:
        result.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"Noto Sans CJK SC"_s,
                            u"Noto Sans Arabic"_s, u"DejaVu Sans"_s});
        break;
    case Shape::Amount: // Inter's digits are not of equal width.
        result.setFamilies({u"Noto Sans"_s, u"Noto Sans CJK SC"_s, u"DejaVu Sans"_s});
        break;
    case Shape::Mono:
        result.setFamilies({u"JetBrains Mono"_s, u"Noto Sans Mono"_s, u"DejaVu Sans Mono"_s});
        result.setStyleHint(QFont::Monospace);
        // Ligatures would join characters of an address.
        result.setStyleStrategy(QFont::PreferDefault);
        break;
    }
    result.setPointSizeF(shape.points * Theme::instance().fontPercent() / 100.0);
    result.setWeight(shape.weight);
    return result;
}

} // namespace coffer::ui
