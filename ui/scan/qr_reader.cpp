// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scan/qr_reader.h"

// zxing-cpp changed its names between the versions that distributions carry (docs/decisions).
#define ZX_USE_UTF8 1 // 1.4: text() becomes std::string; ignored later.
#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h>
#else
#include <ZXing/ZXVersion.h>
#endif
#include <ZXing/ReadBarcode.h>

#include <exception>

namespace coffer::ui {

namespace {

#if ZXING_VERSION_MAJOR * 100 + ZXING_VERSION_MINOR >= 202
using QrOptions = ZXing::ReaderOptions;
#else
using QrOptions = ZXing::DecodeHints;
#endif

QStringList readAll(const QImage& gray)
{
    if (gray.isNull())
        return {};
    QrOptions options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    options.setTryHarder(true);
    options.setTryRotate(true);
#if ZXING_VERSION_MAJOR >= 2
    options.setTextMode(ZXing::TextMode::Plain);
#endif
    const ZXing::ImageView view(gray.constBits(), gray.width(), gray.height(),
                                ZXing::ImageFormat::Lum, int(gray.bytesPerLine()));
    QStringList texts;
    try { // 3.x throws on images it does not like.
        for (const auto& found : ZXing::ReadBarcodes(view, options))
            if (found.isValid())
                texts << QString::fromStdString(found.text());
    } catch (const std::exception&) {
        return {};
    }
    texts.removeAll(QString());
    texts.removeDuplicates(); // The same code twice is one.
    return texts;
}

} // namespace

QStringList readQrCodes(const QImage& image)
{
    if (image.isNull())
        return {};
    QImage gray = image.convertToFormat(QImage::Format_Grayscale8);
    QStringList texts = readAll(gray);
    if (texts.isEmpty()) { // 1.4 does not read white on dark by itself.
        gray.invertPixels();
        texts = readAll(gray);
    }
    return texts;
}

} // namespace coffer::ui
