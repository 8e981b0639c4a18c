// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/psbt/psbt_source.h"

#include "ui/theme/icons.h"
#include "ui/widgets/mnemonic.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace coffer::ui {

using base::Error;
using base::ErrorCode;

namespace {

const QByteArray kMagic("psbt\xff");
constexpr qsizetype kMost = 4'000'000;     // As the engine: a transaction is below 4 MB.
constexpr qsizetype kMostText = 3 * kMost; // Hex, and some line breaks.

QByteArray withoutSpace(const QByteArray& text)
{
    QByteArray out;
    out.reserve(text.size());
    for (const char c : text)
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            out += c;
    return out;
}

bool beginsAsHex(const QByteArray& text)
{
    return text.left(8).toLower() == "70736274";
}

bool beginsAsBase64(const QByteArray& text)
{
    return text.startsWith("cHNidP");
}

} // namespace

bool looksLikePsbt(const QByteArray& bytes)
{
    const QByteArray begin = bytes.left(64).trimmed();
    return begin.startsWith(kMagic) || beginsAsHex(begin) || beginsAsBase64(begin);
}

base::Result<QByteArray> binaryPsbt(const QByteArray& bytes)
{
    if (bytes.size() > kMostText)
        return Error{ErrorCode::TooLarge, "PSBT above 4 MB"};
    if (!looksLikePsbt(bytes))
        return Error{ErrorCode::Malformed, "it does not begin as a PSBT"};
    if (bytes.startsWith(kMagic)) {
        if (bytes.size() > kMost)
            return Error{ErrorCode::TooLarge, "PSBT above 4 MB"};
        return bytes;
    }
    const QByteArray text = withoutSpace(bytes);
    QByteArray binary;
    if (beginsAsHex(text)) {
        binary = QByteArray::fromHex(text);
        if (binary.toHex() != text.toLower())
            return Error{ErrorCode::Damaged, "hex with other characters"};
    } else {
        auto decoded =
            QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return Error{ErrorCode::Damaged, "base64 with other characters"};
        binary = std::move(*decoded);
    }
    if (binary.size() > kMost)
        return Error{ErrorCode::TooLarge, "PSBT above 4 MB"};
    if (!binary.startsWith(kMagic))
        return Error{ErrorCode::Malformed, "it does not begin as a PSBT"};
    return binary;
}

base::Result<QByteArray> readPsbtFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, file.errorString().toStdString()};
    if (file.size() > kMostText)
        return Error{ErrorCode::TooLarge, "file above 12 MB"};
    const QByteArray bytes = file.read(kMostText + 1);
    if (file.error() != QFileDevice::NoError)
        return Error{ErrorCode::Io, file.errorString().toStdString()};
    return binaryPsbt(bytes);
}

PsbtSource::PsbtSource(const QString& text, const QString& prefix, QWidget* parent)
    : QPushButton(text, parent)
    , m_menu(new QMenu(this))
{
    identify(this, prefix, withoutMnemonic(text));
    setAutoDefault(false);
    auto* file = m_menu->addAction(ui::icon(u"folder-open"_s), tr("From a &file…"));
    file->setObjectName(prefix + u".file"_s);
    connect(file, &QAction::triggered, this, &PsbtSource::chooseFile);
    auto* clipboard = m_menu->addAction(ui::icon(u"clipboard-paste"_s), tr("From the &clipboard"));
    clipboard->setObjectName(prefix + u".clipboard"_s);
    connect(clipboard, &QAction::triggered, this, &PsbtSource::readClipboard);
    setMenu(m_menu);
}

void PsbtSource::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a PSBT"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Partially signed transactions (*.psbt *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { bring(readPsbtFile(path)); });
    dialog->open();
}

void PsbtSource::readClipboard()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.trimmed().isEmpty())
        bring(Error{ErrorCode::NotFound, "the clipboard holds no text"});
    else
        bring(binaryPsbt(text.toUtf8()));
}

void PsbtSource::bring(base::Result<QByteArray> psbt)
{
    if (psbt)
        Q_EMIT brought(*psbt);
    else
        Q_EMIT failed(psbt.error());
}

} // namespace coffer::ui
