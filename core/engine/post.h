// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QCoroTask>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QRunnable>
#include <QSemaphore>
#include <QThreadPool>

#include <atomic>
#include <coroutine>
#include <memory>
#include <optional>
#include <type_traits>

/// Every crossing between threads, and every wait for the pool. Nothing else calls invokeMethod.
namespace coffer::engine {

namespace detail {

/// Debian's Qt is not instrumented, so the thread sanitizer cannot see the ordering of its queues:
/// this says it in a language that the sanitizer understands. One for all: nothing that was handed
/// over may be read before.
inline std::atomic<unsigned> handovers{0};
inline void handOver()
{
    handovers.fetch_add(1, std::memory_order_release);
}
inline void takeOver()
{
    static_cast<void>(handovers.load(std::memory_order_acquire));
}

} // namespace detail

/// Runs `work` on the thread of `target`, later, in order; dropped when `target` is gone.
template <typename Work>
void post(QObject* target, Work work)
{
    // Shared: what the queue holds must be copyable, work need not be.
    auto carried = std::make_shared<Work>(std::move(work));
    auto run = [carried = std::move(carried)] {
        detail::takeOver();
        (*carried)();
    };
    detail::handOver();
    QMetaObject::invokeMethod(target, std::move(run), Qt::QueuedConnection);
}

/// Runs `work` on the thread of `target`, another one, and waits for its end.
template <typename Work>
void postAndWait(QObject* target, Work work)
{
    // Shared: release() still touches the semaphore when the waiting thread is free to leave.
    auto done = std::make_shared<QSemaphore>();
    post(target, [done, work = std::move(work)]() mutable {
        work();
        done->release();
    });
    done->acquire();
}

namespace detail {

/// What a call returns in the end, awaited or not.
template <typename T>
struct TaskValue
{
    using Type = T;
    static constexpr bool kIsTask = false;
};
/// The same for a task.
template <typename T>
struct TaskValue<QCoro::Task<T>>
{
    using Type = T;
    static constexpr bool kIsTask = true;
};

template <typename T>
QCoro::Task<> deliver(QCoro::Task<T> task, std::shared_ptr<QPromise<T>> promise)
{
    promise->addResult(co_await std::move(task));
    promise->finish();
}

/// A job of the pool; it owns its inputs and its result.
template <typename Work>
class PoolJob final : public QRunnable
{
public:
    using Value = std::invoke_result_t<Work>;
    struct State
    {
        std::optional<Value> result;
        std::coroutine_handle<> waiting;
    };

    PoolJob(Work work, QObject* home, std::shared_ptr<State> state)
        : m_work(std::move(work))
        , m_home(home)
        , m_state(std::move(state))
    {
    }

    void run() override
    {
        takeOver();
        {
            Work work = std::move(m_work); // Destroyed, and so wiped, before anyone is told.
            m_state->result.emplace(work());
        }
        post(m_home, [state = m_state] { state->waiting.resume(); });
    }

private:
    Work m_work;
    QObject* m_home;
    std::shared_ptr<State> m_state;
};

/// Suspends a coroutine until its job of the pool is done.
template <typename Work>
class PoolAwaiter
{
public:
    PoolAwaiter(QThreadPool& pool, QObject* home, Work work)
        : m_pool(pool)
        , m_home(home)
        , m_job(std::make_unique<PoolJob<Work>>(std::move(work), home, m_state))
    {
    }

    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> handle)
    {
        m_state->waiting = handle;
        handOver();
        m_pool.start(m_job.release());
    }
    typename PoolJob<Work>::Value await_resume() { return std::move(*m_state->result); }

private:
    QThreadPool& m_pool;
    QObject* m_home;
    std::shared_ptr<typename PoolJob<Work>::State> m_state =
        std::make_shared<typename PoolJob<Work>::State>();
    std::unique_ptr<PoolJob<Work>> m_job;
};

} // namespace detail

/// Runs `work` (returning a Result or a Task of one) on the thread of `target`; the answer is a
/// future.
template <typename Work>
auto call(QObject* target, Work work)
{
    using Returned = std::invoke_result_t<Work>;
    using Value = typename detail::TaskValue<Returned>::Type;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    auto future = promise->future();
    post(target, [promise = std::move(promise), work = std::move(work)]() mutable {
        if constexpr (detail::TaskValue<Returned>::kIsTask) {
            detail::deliver<Value>(work(), std::move(promise));
        } else {
            promise->addResult(work());
            promise->finish();
        }
    });
    return future;
}

/// `co_await inPool(pool, this, work)`: runs a pure function that owns its inputs on the pool and
/// resumes on the thread of `home`, which must outlive the pool's jobs.
template <typename Work>
auto inPool(QThreadPool& pool, QObject* home, Work work)
{
    return detail::PoolAwaiter<Work>(pool, home, std::move(work));
}

} // namespace coffer::engine
