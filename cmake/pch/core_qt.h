// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Precompiled for the modules with Qt: what costs most to parse.
#include "cmake/pch/core.h"
#include "core/base/json.h"

#include <QCoroTask>
#include <QFuture>
#include <QNetworkAccessManager>
#include <QPromise>
#include <QStringList>
#include <QTcpSocket>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
