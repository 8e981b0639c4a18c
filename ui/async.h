// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace coffer::ui {

/// Hands the answer of an api call to `handler` on the owner's thread; when the owner dies first,
/// the answer is dropped. The only way in which the window waits.
template <typename T, typename Handler>
void consume(QObject* owner, QFuture<base::Result<T>> future, Handler handler)
{
    auto* watcher = new QFutureWatcher<base::Result<T>>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, handler = std::move(handler)]() mutable {
                         base::takeOver();
                         auto answered = watcher->future();
                         watcher->deleteLater();
                         if (answered.resultCount() > 0)
                             handler(answered.takeResult());
                         else
                             handler(base::Result<T>(base::ErrorCode::Cancelled, "no answer"));
                     });
    watcher->setFuture(std::move(future));
}

} // namespace coffer::ui
