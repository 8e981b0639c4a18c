// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace coffer::ui {

QColor colorOf(IconColor color)
{
    const Tokens& t = tokens();
    switch (color) {
    case IconColor::Text:
        return t.text;
    case IconColor::Dim:
        return t.dim;
    case IconColor::Accent:
        return t.accentText;
    case IconColor::Ok:
        return t.ok;
    case IconColor::Warn:
        return t.warn;
    case IconColor::Danger:
        return t.danger;
    case IconColor::White:
        return Qt::white;
    }
    return t.text;
}

namespace {

/// The SVG text of an icon; read once.
const QByteArray& svgOf(const QString& name)
{
    static QHash<QString, QByteArray> cache; // As many entries as there are icons.
    auto found = cache.find(name);
    if (found == cache.end()) {
        QFile file(u":/icons/"_s + name + u".svg"_s);
        QByteArray text;
        if (file.open(QIODevice::ReadOnly))
            text = file.readAll();
        Q_ASSERT_X(!text.isEmpty(), "icon", qPrintable(name));
        found = cache.insert(name, text);
    }
    return *found;
}

class TintedIconEngine : public QIconEngine
{
public:
    TintedIconEngine(QString name, IconColor color)
        : m_name(std::move(name))
        , m_color(color)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, render(rect.size(), mode, scale));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return render(size, mode, 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is already in device pixels here.
        QPixmap result = render(size, mode, 1.0);
        result.setDevicePixelRatio(scale);
        return result;
    }

    QIconEngine* clone() const override { return new TintedIconEngine(*this); }
    QString key() const override { return u"coffer"_s; }

private:
    QPixmap render(const QSize& size, QIcon::Mode mode, qreal scale) const
    {
        const QColor color = mode == QIcon::Disabled ? tokens().dim : colorOf(m_color);
        const QString key = u"coffer-%1-%2-%3x%4-%5"_s.arg(m_name, color.name())
                                .arg(size.width())
                                .arg(size.height())
                                .arg(scale);
        QPixmap result;
        if (QPixmapCache::find(key, &result))
            return result;
        QByteArray svg = svgOf(m_name);
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        result = QPixmap((QSizeF(size) * scale).toSize());
        result.fill(Qt::transparent);
        QPainter painter(&result);
        renderer.render(&painter);
        painter.end();
        result.setDevicePixelRatio(scale);
        QPixmapCache::insert(key, result);
        return result;
    }

    QString m_name;
    IconColor m_color;
};

} // namespace

QIcon icon(const QString& name, IconColor color)
{
    return QIcon(new TintedIconEngine(name, color));
}

} // namespace coffer::ui
