// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <vector>

class QAbstractButton;
class QComboBox;
class QLineEdit;

namespace coffer::ui {

class Card;
class EmptyState;
class SettingRow;

/// Everything that can be chosen, with a search on top; switches apply at once.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    explicit SettingsPage(Session& session, QWidget* parent = nullptr);

    /// Section id and title, in their order.
    static std::vector<std::pair<QString, QString>> sections();

    void open(const Destination& destination) override;
    void activate() override;
    void focusSearch() override;
    void focusFirst() override;

Q_SIGNALS:
    void restartRequested(const QString& network);

private:
    struct Section
    {
        QString id;
        Card* card;
        std::vector<SettingRow*> rows;
    };
    Section& addSection(const QString& id);
    SettingRow* addRow(Section& section, const QString& title, const QString& text,
                       QWidget* control);
    QComboBox* addChoice(Section& section, const QString& name, const QString& title,
                         const QString& text,
                         const std::vector<std::pair<QString, QVariant>>& choices,
                         const std::function<QVariant(const api::SettingsSnapshot&)>& read,
                         const std::function<void(api::SettingsSnapshot&, const QVariant&)>& write);
    void addSwitch(Section& section, const QString& name, const QString& title, const QString& text,
                   bool api::SettingsSnapshot::*member);
    void addAction(Section& section, const QString& name, const QString& title, const QString& text,
                   const QString& action, const std::function<void()>& run);
    void buildGeneral();
    void buildSecurity();
    void buildBackup();
    void addRehearsal(Section& section);
    void buildWallet();
    void buildNetwork();
    void buildAccessibility();
    void buildAbout();
    void refresh();
    void filter();
    void showWords();

    QLineEdit* m_search;
    EmptyState* m_none;
    std::vector<std::unique_ptr<Section>> m_sections;
    std::vector<std::function<void()>> m_refreshers;
};

} // namespace coffer::ui
