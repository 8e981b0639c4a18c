// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Precompiled for the engine: what costs most to parse.
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

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>
