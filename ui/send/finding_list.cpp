// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/finding_list.h"

#include "ui/send/finding_text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

MessageKind kindOf(api::Severity severity)
{
    switch (severity) {
    case api::Severity::Ok:
        return MessageKind::Ok;
    case api::Severity::Warning:
        return MessageKind::Warning;
    case api::Severity::Danger:
        return MessageKind::Danger;
    }
    return MessageKind::Danger;
}

} // namespace

FindingList::FindingList(const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_prefix(prefix)
    , m_column(makeColumn(this, 10))
{
    hide();
}

void FindingList::show(const std::vector<api::Finding>& findings, const AmountLook& look,
                       const money::Currency& currency)
{
    clear();
    int number = 0;
    for (const auto& finding : findings) {
        const MessageKind kind = kindOf(finding.severity);
        auto* message = new InlineMessage(kind, findingText(finding, look, currency));
        message->setObjectName(m_prefix + u".finding%1"_s.arg(++number));
        append(message);
        if (kind != MessageKind::Danger)
            continue;
        auto* box = new QCheckBox(acknowledgementText(finding));
        identify(box, m_prefix + u".acknowledge%1"_s.arg(number), acknowledgementText(finding));
        connect(box, &QCheckBox::toggled, this, &FindingList::changed);
        append(box);
        m_boxes.emplace_back(finding.rule, box);
    }
    Q_EMIT changed();
}

void FindingList::append(QWidget* widget)
{
    m_column->addWidget(widget);
    setVisible(true);
}

void FindingList::clear()
{
    clearLayout(m_column);
    m_boxes.clear();
    hide();
}

bool FindingList::allAcknowledged() const
{
    for (const auto& [rule, box] : m_boxes)
        if (!box->isChecked())
            return false;
    return true;
}

QStringList FindingList::acknowledged() const
{
    QStringList rules;
    for (const auto& [rule, box] : m_boxes)
        if (box->isChecked())
            rules << rule;
    return rules;
}

void FindingList::acknowledge(const QStringList& rules)
{
    for (const auto& [rule, box] : m_boxes)
        box->setChecked(rules.contains(rule));
}

} // namespace coffer::ui
