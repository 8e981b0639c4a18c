// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application.h"

#include "ui/secret/passphrase_edit.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace coffer::ui {

void setUpApplication(QApplication& application)
{
    QApplication::setApplicationName(u"Coffer"_s);
    QApplication::setOrganizationName(u"Coffer"_s);
    QApplication::setDesktopFileName(u"coffer"_s);
    QApplication::setWindowIcon(QIcon(u":/app/coffer.svg"_s));
    QApplication::setEffectEnabled(Qt::UI_AnimateCombo, false);
    installSecretAccessibility();
    Theme::instance().install(application);
}

void setLanguage(const QString& language)
{
    static QTranslator* own = nullptr;
    static QTranslator* qts = nullptr;
    auto* application = QCoreApplication::instance();
    for (QTranslator** translator : {&own, &qts}) {
        if (*translator) {
            QCoreApplication::removeTranslator(*translator);
            delete *translator;
        }
        *translator = new QTranslator(application);
    }
    const QString name = language.isEmpty() ? QLocale::system().name() : language;
    const bool chinese = name.startsWith("zh"_L1);
    // Dates and numbers in the language of the texts, in the manner of the person's country.
    const auto country = QLocale::system().territory();
    QLocale::setDefault(chinese ? QLocale(u"zh_CN"_s) : QLocale(QLocale::English, country));
    // English is in the source; its catalogue only holds the plurals.
    if (own->load(chinese ? u":/i18n/coffer_zh_CN.qm"_s : u":/i18n/coffer_en.qm"_s))
        QCoreApplication::installTranslator(own);
    if (!chinese)
        return;
    if (qts->load(u"qtbase_zh_CN"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qts);
}

} // namespace coffer::ui
