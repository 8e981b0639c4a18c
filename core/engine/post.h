// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/result.h"

#include <QCoroTask>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QRunnable>
#include <QSemaphore>
#include <QThreadPool>

#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#ifdef __SANITIZE_THREAD__
extern "C"
{
    void AnnotateIgnoreWritesBegin(const char* file, int line);
    void AnnotateIgnoreWritesEnd(const char* file, int line);
}
#endif

/// Every crossing between threads, and every wait for the pool. Nothing else calls invokeMethod.
namespace coffer::engine {

namespace detail {

/// invokeMethod() moves what it carries into an object of its own, after the hand-over.
template <typename Run>
void enqueue(QObject* target, Run run)
{
#ifdef __SANITIZE_THREAD__
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
#endif
    QMetaObject::invokeMethod(target, std::move(run), Qt::QueuedConnection);
#ifdef __SANITIZE_THREAD__
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
#endif
}

} // namespace detail

/// Runs `work` on the thread of `target`, later, in order; dropped when `target` is gone.
template <typename Work>
void post(QObject* target, Work work)
{
    // Shared: what the queue holds must be copyable, work need not be.
    auto carried = std::make_shared<Work>(std::move(work));
    auto run = [carried = std::move(carried)] {
        base::takeOver();
        (*carried)();
    };
    base::handOver();
    detail::enqueue(target, std::move(run));
}

/// Runs `work` on the thread of `target`, another one, and waits for its end.
template <typename Work>
void postAndWait(QObject* target, Work work)
{
    // Shared: release() still touches the semaphore when the waiting thread is free to leave.
    auto done = std::make_shared<QSemaphore>();
    post(target, [done, work = std::move(work)]() mutable {
        work();
        base::handOver();
        done->release();
    });
    done->acquire();
    base::takeOver();
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
    base::handOver();
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
        base::takeOver();
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
        base::handOver();
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
            base::handOver();
            promise->finish();
        }
    });
    return future;
}

/// Runs `work` on the pool, sometime; it owns its inputs, and posts what it finds.
template <typename Work>
void startInPool(QThreadPool& pool, Work work)
{
    auto carried = std::make_shared<Work>(std::move(work));
    std::function<void()> run = [carried = std::move(carried)] {
        base::takeOver();
        (*carried)();
    };
    base::handOver();
    pool.start(std::move(run));
}

/// `co_await inPool(pool, this, work)`: runs a pure function that owns its inputs on the pool and
/// resumes on the thread of `home`, which must outlive the pool's jobs.
template <typename Work>
auto inPool(QThreadPool& pool, QObject* home, Work work)
{
    return detail::PoolAwaiter<Work>(pool, home, std::move(work));
}

} // namespace coffer::engine
