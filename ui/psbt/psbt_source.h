// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QObject>
#include <QPushButton>

class QMenu;

namespace coffer::ui {

/// Whether this begins as a PSBT does: binary, base64 or hex.
bool looksLikePsbt(const QByteArray& bytes);
/// The binary form of what somebody handed over as binary, base64 (line breaks too) or hex.
/// Malformed: it does not begin as a PSBT; Damaged: it does, but is no base64 or hex; TooLarge.
/// What is in it is the engine's to judge.
base::Result<QByteArray> binaryPsbt(const QByteArray& bytes);
/// A file in any of these forms. Io as well.
base::Result<QByteArray> readPsbtFile(const QString& path);

/// A button whose menu brings in a PSBT from a file or the clipboard.
class PsbtSource : public QPushButton
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    PsbtSource(const QString& text, const QString& prefix, QWidget* parent = nullptr);

    QMenu* choices() const { return m_menu; }
    void chooseFile();
    void readClipboard();

Q_SIGNALS:
    void brought(const QByteArray& psbt);
    void failed(const coffer::base::Error& error);

private:
    void bring(base::Result<QByteArray> psbt);

    QMenu* m_menu;
};

} // namespace coffer::ui
