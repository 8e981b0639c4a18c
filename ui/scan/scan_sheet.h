// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"
#include "ui/widgets/fitted_dialog.h"

class QMimeData;
class QPushButton;

namespace coffer::ui {

enum class IconColor;
class AddressLabel;
class CodeChoice;
class FieldGrid;
class IconView;
class InlineMessage;
class PageStack;
class RegionPicker;
class TextLabel;

/// Reads a code from an image, the screen or the clipboard. A result never acts: a card says what
/// it is and offers what can be done with it.
class ScanSheet : public FittedDialog
{
    Q_OBJECT

public:
    ScanSheet(Session& session, QWidget* parent);

    void openSheet();
    /// Something was dropped onto the window.
    void openWith(const QMimeData& dropped);
    void readImage(const QImage& image);
    void readText(const QString& text);
    QString resultText() const { return m_text; }

private:
    QWidget* buildSources();
    QWidget* buildResult();
    QWidget* buildSeveral();
    void chooseFile();
    void readFile(const QString& path);
    void showPsbt(const QByteArray& psbt);
    void readClipboard();
    void pickRegion();
    void showSeveral(const QStringList& texts);
    void showResult(base::Result<api::DecodedPayee> result);
    void showPayee(const api::DecodedPayee& payee);
    void finishResult(const QString& title, const QString& iconName, IconColor color);
    void act();
    void back();

    Session& m_session;
    InlineMessage* m_message;
    PageStack* m_stack;
    CodeChoice* m_several;
    TextLabel* m_kind;
    IconView* m_kindIcon;
    FieldGrid* m_grid;
    InlineMessage* m_warning;
    QPushButton* m_action;
    RegionPicker* m_picker = nullptr;
    QString m_text;
    bool m_canPay = false;
    QByteArray m_psbt; ///< Binary; empty unless the result is one.
};

} // namespace coffer::ui
