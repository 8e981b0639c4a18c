// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/setting_row.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

SettingRow::SettingRow(const QString& title, const QString& text, QWidget* control, QWidget* parent)
    : QWidget(parent)
    , m_words(title + u' ' + text)
    , m_reset(new QPushButton(ui::icon(u"undo-2"_s, IconColor::Accent), tr("Reset")))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 4, 0, 4);
    row->setSpacing(16);
    auto* texts = makeColumn(nullptr, 2);
    auto* name = new TextLabel(title);
    if (control)
        name->setBuddy(control);
    texts->addWidget(name);
    if (!text.isEmpty()) {
        auto* sentence = new TextLabel(text, FontRole::Body, Tone::Dim);
        sentence->setWrap(Wrap::On);
        texts->addWidget(sentence);
    }
    row->addLayout(texts, 1);
    setVariant(m_reset, ButtonVariant::Link);
    m_reset->setToolTip(tr("Changed; back to how it was delivered"));
    m_reset->hide();
    row->addWidget(m_reset, 0, Qt::AlignVCenter);
    if (control) {
        identify(m_reset, control->objectName() + u".reset"_s, tr("Reset: %1").arg(title));
        row->addWidget(control, 0, Qt::AlignVCenter);
    }
}

bool SettingRow::fits(const QStringList& words) const
{
    return std::all_of(words.begin(), words.end(), [this](const QString& word) {
        return m_words.contains(word, Qt::CaseInsensitive);
    });
}

void SettingRow::setState(State state)
{
    m_reset->setVisible(state == State::Changed);
}

} // namespace coffer::ui
