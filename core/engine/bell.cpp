// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/bell.h"

#include "core/engine/post.h"

#include <QTimer>

#include <algorithm>

namespace coffer::engine {

void Bell::ring()
{
    const auto woken = std::exchange(m_waiting, {});
    for (const auto& waiting : woken)
        post(this, [waiting] { wake(waiting); });
}

void Bell::wait(std::coroutine_handle<> coroutine, std::int64_t timeoutMs)
{
    auto waiting = std::make_shared<Waiting>();
    waiting->coroutine = coroutine;
    m_waiting.push_back(waiting);
    const auto bounded = static_cast<int>(std::clamp<std::int64_t>(timeoutMs, 0, 3'600'000));
    QTimer::singleShot(bounded, this, [this, waiting] {
        std::erase(m_waiting, waiting);
        wake(waiting);
    });
}

void Bell::wake(const std::shared_ptr<Waiting>& waiting)
{
    if (!std::exchange(waiting->woken, true))
        waiting->coroutine.resume();
}

} // namespace coffer::engine
