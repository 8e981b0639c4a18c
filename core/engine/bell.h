// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <coroutine>
#include <cstdint>
#include <memory>
#include <vector>

namespace coffer::engine {

/// Wakes coroutines that wait for "something moved", each exactly once: at the next ring() or after
/// its time-out, whichever is first. Who wakes looks for itself what is true now.
///
/// (QCoro 0.8's awaitable signal crashes when the signal comes twice before the coroutine runs.)
/// One thread; must outlive those who wait.
class Bell : public QObject
{
    Q_OBJECT

    struct Waiting
    {
        std::coroutine_handle<> coroutine;
        bool woken = false;
    };

public:
    class Awaiter
    {
    public:
        Awaiter(Bell& bell, std::int64_t timeoutMs)
            : m_bell(bell)
            , m_timeoutMs(timeoutMs)
        {
        }
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> coroutine)
        {
            m_bell.wait(coroutine, m_timeoutMs);
        }
        void await_resume() const {}

    private:
        Bell& m_bell;
        std::int64_t m_timeoutMs;
    };

    /// `co_await bell.next(500)`.
    Awaiter next(std::int64_t timeoutMs) { return {*this, timeoutMs}; }
    /// Wakes everybody, through the event loop.
    void ring();

private:
    void wait(std::coroutine_handle<> coroutine, std::int64_t timeoutMs);
    static void wake(const std::shared_ptr<Waiting>& waiting);

    std::vector<std::shared_ptr<Waiting>> m_waiting;
};

} // namespace coffer::engine
