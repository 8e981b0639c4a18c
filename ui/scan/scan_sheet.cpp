// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scan/scan_sheet.h"

#include "ui/async.h"
#include "ui/error_text.h"
#include "ui/psbt/psbt_source.h"
#include "ui/psbt/psbt_text.h"
#include "ui/scan/code_choice.h"
#include "ui/scan/qr_reader.h"
#include "ui/scan/region_picker.h"
#include "ui/start/choice_button.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/mnemonic.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImageReader>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
#include <QWindow>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kMostPixels = 8000; // A side longer than this is no screenshot of a code.

} // namespace

ScanSheet::ScanSheet(Session& session, QWidget* parent)
    : FittedDialog(560, parent)
    , m_session(session)
    , m_message(new InlineMessage)
    , m_stack(new PageStack)
{
    setWindowTitle(tr("Scan a code"));
    identify(this, u"scan"_s, tr("Scan a code"));
    auto* column = makeColumn(this, 14);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("Scan a code"), FontRole::Section));
    m_message->setObjectName(u"scan.message"_s);
    column->addWidget(m_message);
    m_stack->addWidget(buildSources());
    m_stack->addWidget(buildResult());
    m_stack->addWidget(buildSeveral());
    column->addWidget(m_stack);
}

QWidget* ScanSheet::buildSources()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 10);
    const auto add = [&](const QString& iconName, const QString& title, const QString& sentence,
                         const QString& name, const std::function<void()>& run) {
        auto* button = new ChoiceButton(iconName, title, sentence);
        identify(button, name, QString(title).remove(u'&'));
        button->setAccessibleDescription(sentence);
        connect(button, &QAbstractButton::clicked, this, run);
        column->addWidget(button);
        return button;
    };
    add(u"image"_s, tr("&Image file"), tr("Or drop a picture anywhere on the window."),
        u"scan.image"_s, [this] { chooseFile(); });
    auto* region =
        add(u"monitor"_s, tr("Part of the &screen"), tr("Drag a frame around a code that you see."),
            u"scan.screen"_s, [this] { pickRegion(); });
    // Elsewhere the system does not let a program look at the screen.
    region->setVisible(QGuiApplication::platformName() == "xcb"_L1 ||
                       QGuiApplication::platformName() == "offscreen"_L1);
    add(u"clipboard-paste"_s, tr("&Clipboard"), tr("A picture or a text that was copied."),
        u"scan.clipboard"_s, [this] { readClipboard(); });
    auto* row = makeRow();
    auto* close = new QPushButton(tr("C&lose"));
    identify(close, u"scan.close"_s, tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    return page;
}

QWidget* ScanSheet::buildResult()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    auto* head = makeRow(10);
    m_kindIcon = new IconView(u"qr-code"_s, IconColor::Accent, 24);
    m_kind = new TextLabel(QString(), FontRole::Section);
    m_kind->setObjectName(u"scan.kind"_s);
    head->addWidget(m_kindIcon);
    head->addWidget(m_kind, 1);
    column->addLayout(head);
    m_grid = new FieldGrid;
    column->addWidget(m_grid);
    m_warning = new InlineMessage;
    m_warning->setObjectName(u"scan.warning"_s);
    column->addWidget(m_warning);
    auto* row = makeRow();
    auto* again = new QPushButton(tr("&Back"));
    identify(again, u"scan.back"_s, tr("Back"));
    connect(again, &QPushButton::clicked, this, &ScanSheet::back);
    m_action = new QPushButton;
    setVariant(m_action, ButtonVariant::Primary);
    identify(m_action, u"scan.action"_s, tr("Use the result"));
    connect(m_action, &QPushButton::clicked, this, &ScanSheet::act);
    again->setAutoDefault(false);
    m_action->setAutoDefault(false);
    row->addWidget(again);
    row->addStretch(1);
    row->addWidget(m_action);
    column->addLayout(row);
    return page;
}

QWidget* ScanSheet::buildSeveral()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    auto* text = new TextLabel(tr("There are several codes. Choose one, or press its number."));
    text->setWrap(Wrap::On);
    column->addWidget(text);
    m_several = new CodeChoice;
    identify(m_several, u"scan.several"_s, tr("Codes that were found"));
    connect(m_several, &CodeChoice::chosen, this, &ScanSheet::readText);
    column->addWidget(m_several);
    auto* row = makeRow();
    auto* back = new QPushButton(tr("&Back"));
    identify(back, u"scan.several_back"_s, tr("Back"));
    back->setAutoDefault(false);
    connect(back, &QPushButton::clicked, this, &ScanSheet::back);
    row->addWidget(back);
    row->addStretch(1);
    column->addLayout(row);
    return page;
}

/// Nothing is chosen for the person: the one that was meant may be any of them.
void ScanSheet::showSeveral(const QStringList& texts)
{
    m_several->setTexts(texts);
    m_stack->setCurrentIndex(2);
    m_several->setFocus();
}

void ScanSheet::openSheet()
{
    back();
    open();
}

void ScanSheet::back()
{
    m_message->hide();
    m_text.clear();
    m_psbt.clear();
    m_stack->setCurrentIndex(0);
}

void ScanSheet::openWith(const QMimeData& dropped)
{
    openSheet();
    if (dropped.hasImage())
        readImage(qvariant_cast<QImage>(dropped.imageData()));
    else if (dropped.hasUrls() && dropped.urls().constFirst().isLocalFile())
        readFile(dropped.urls().constFirst().toLocalFile());
    else
        readText(dropped.text());
}

void ScanSheet::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Image with a code"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(
        tr("Images and PSBTs (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.svg *.psbt *.txt)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ScanSheet::readFile);
    dialog->open();
}

void ScanSheet::readFile(const QString& path)
{
    m_message->hide();
    const auto psbt = readPsbtFile(path);
    if (psbt) {
        showPsbt(*psbt);
        return;
    }
    QImageReader reader(path);
    const bool named = path.endsWith(".psbt"_L1, Qt::CaseInsensitive);
    if (named || (psbt.error().code == base::ErrorCode::Damaged && !reader.canRead())) {
        m_message->showError(psbt.error(), psbtErrorText(psbt.error()));
        return;
    }
    const QSize size = reader.size();
    if (size.width() > kMostPixels || size.height() > kMostPixels) {
        m_message->show(MessageKind::Danger, tr("This picture is too large. Crop it to the code."));
        return;
    }
    const QImage image = reader.read();
    if (image.isNull()) {
        m_message->show(MessageKind::Danger,
                        tr("This file is neither a picture nor a PSBT that Coffer can read."));
        return;
    }
    readImage(image);
}

void ScanSheet::readClipboard()
{
    const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
    if (copied->hasImage())
        readImage(qvariant_cast<QImage>(copied->imageData()));
    else if (!copied->text().trimmed().isEmpty())
        readText(copied->text());
    else
        m_message->show(MessageKind::Info, tr("The clipboard is empty."));
}

void ScanSheet::pickRegion()
{
    QScreen* target = window()->windowHandle() ? window()->windowHandle()->screen()
                                               : QGuiApplication::primaryScreen();
    QWidget* main = parentWidget()->window();
    hide();
    main->hide(); // The code may lie under it.
    QTimer::singleShot(300, this, [this, target, main] {
        m_picker = new RegionPicker(target->grabWindow(0));
        m_picker->setGeometry(target->geometry());
        const auto comeBack = [this, main] {
            main->show();
            openSheet();
        };
        connect(m_picker, &RegionPicker::cancelled, this, comeBack);
        connect(m_picker, &RegionPicker::picked, this, [this, comeBack](const QImage& image) {
            comeBack();
            readImage(image);
        });
        m_picker->show();
        m_picker->activateWindow();
    });
}

void ScanSheet::readImage(const QImage& image)
{
    m_message->hide();
    QPointer<ScanSheet> self(this);
    QThreadPool::globalInstance()->start([self, image] {
        const QStringList texts = readQrCodes(image);
        QMetaObject::invokeMethod(qApp, [self, texts] {
            if (!self)
                return;
            if (texts.isEmpty())
                self->m_message->show(MessageKind::Danger,
                                      tr("No code was found. Try a larger or sharper picture."));
            else if (texts.size() > 1)
                self->showSeveral(texts);
            else
                self->readText(texts.constFirst());
        });
    });
}

void ScanSheet::readText(const QString& text)
{
    m_text = text.trimmed();
    consume<api::DecodedPayee>(
        this, m_session.api().payments->decode(m_session.wallet(), m_text, m_session.lastCopied()),
        [this](base::Result<api::DecodedPayee> result) { showResult(std::move(result)); });
}

void ScanSheet::showPayee(const api::DecodedPayee& payee)
{
    m_canPay = true;
    auto* address = new AddressLabel(payee.address);
    address->setObjectName(u"scan.address"_s);
    m_grid->addRow(tr("To"), address);
    const auto* account = m_session.accountOrFirst({});
    if (payee.amount && account)
        m_grid->addRow(
            tr("Amount"),
            new TextLabel(m_session.amount(*payee.amount, account->currency), FontRole::Amount));
    if (!payee.label.isEmpty())
        m_grid->addRow(tr("Label"), new TextLabel(payee.label));
    if (!payee.message.isEmpty())
        m_grid->addRow(tr("Message"), new TextLabel(payee.message));
}

void ScanSheet::showResult(base::Result<api::DecodedPayee> result)
{
    using Kind = api::DecodedPayee::Kind;
    const Kind kind = result ? result->kind : Kind::Unknown;
    if (kind == Kind::Psbt) {
        const auto psbt = binaryPsbt(m_text.toUtf8());
        if (psbt)
            showPsbt(*psbt);
        else
            m_message->showError(psbt.error(), psbtErrorText(psbt.error()));
        return;
    }
    m_grid->clear();
    m_warning->hide();
    m_canPay = false;
    m_psbt.clear();
    QString title = tr("A text");
    QString iconName = u"file-text"_s;
    if (!result) {
        title = tr("Not usable here");
        m_warning->show(MessageKind::Danger, errorText(result.error().code));
    } else if (kind == Kind::Address || kind == Kind::PaymentUri) {
        title = kind == Kind::Address ? tr("A Bitcoin address") : tr("A payment request");
        iconName = u"send"_s;
        showPayee(*result);
    } else if (kind == Kind::SeedWords) {
        title = tr("Recovery words");
        iconName = u"octagon-alert"_s;
        m_text.clear();
        m_warning->show(MessageKind::Danger,
                        tr("These look like recovery words. Nobody needs them but you, to restore. "
                           "They were not kept."));
    } else if (kind == Kind::WebLink) {
        title = tr("A web link");
        iconName = u"globe"_s;
        m_warning->show(MessageKind::Warning,
                        tr("Coffer does not open links from codes. Copy it only if you trust its "
                           "origin."));
    } else if (kind == Kind::ExtendedKey) {
        title = tr("A public key");
        iconName = u"key-round"_s;
    }
    if (!m_canPay && !m_text.isEmpty()) {
        auto* text = new TextLabel(m_text.left(300), FontRole::AddressSmall);
        text->setWrap(Wrap::On);
        m_grid->addRow(tr("Content"), text);
    }
    finishResult(title, iconName, kind == Kind::SeedWords ? IconColor::Danger : IconColor::Accent);
}

void ScanSheet::showPsbt(const QByteArray& psbt)
{
    m_grid->clear();
    m_warning->hide();
    m_canPay = false;
    m_psbt = psbt;
    m_text = QString::fromLatin1(psbt.toBase64());
    auto* text = new TextLabel(tr("Looking at it signs nothing: the review shows what it does and "
                                  "whose coins go in."));
    text->setWrap(Wrap::On);
    m_grid->addRow(tr("PSBT"), text);
    finishResult(tr("A transaction to sign"), u"file-text"_s, IconColor::Accent);
}

void ScanSheet::finishResult(const QString& title, const QString& iconName, IconColor color)
{
    QString action = tr("&Copy");
    if (m_canPay)
        action = tr("&Send to it…");
    else if (!m_psbt.isEmpty())
        action = tr("&Review it…");
    m_kind->setText(title);
    m_kindIcon->setIcon(iconName, color);
    m_action->setText(action);
    m_action->setAccessibleName(withoutMnemonic(action));
    m_action->setVisible(!m_text.isEmpty());
    m_stack->setCurrentIndex(1);
}

void ScanSheet::act()
{
    const QString text = m_text;
    accept();
    if (m_canPay)
        m_session.goTo({PageId::Send, {}, text, {}, {}});
    else if (!m_psbt.isEmpty())
        m_session.goTo({PageId::Send, {}, text, {}, Destination::Action::Psbt});
    else
        m_session.copy(text, tr("Text copied."));
}

} // namespace coffer::ui
