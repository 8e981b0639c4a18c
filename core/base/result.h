// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/assert.h"
#include "core/base/error.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace coffer::base {

/// A value or an Error. Asking for the wrong side aborts.
///
/// `TRY` has three forms only: `auto x = TRY(f());`, `TRY(f());`, `return TRY(f());`.
/// A moved-from Result (after take()) must not be read again.
template <typename T>
class [[nodiscard]] Result
{
public:
    using Value = T;

    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }
    Result(ErrorCode code, std::string detail)
        : m_state(std::in_place_index<1>, Error{code, std::move(detail)})
    {
    }

    explicit operator bool() const { return m_state.index() == 0; }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const
    {
        ASSERT(m_state.index() == 1);
        return *std::get_if<1>(&m_state);
    }

    /// Moves the value out.
    T take() { return std::move(value()); }

private:
    T& value()
    {
        ASSERT(m_state.index() == 0);
        return *std::get_if<0>(&m_state);
    }
    const T& value() const
    {
        ASSERT(m_state.index() == 0);
        return *std::get_if<0>(&m_state);
    }

    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void>
{
public:
    using Value = void;

    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_failed(true)
    {
    }
    Result(ErrorCode code, std::string detail)
        : m_error{code, std::move(detail)}
        , m_failed(true)
    {
    }

    explicit operator bool() const { return !m_failed; }
    const Error& error() const
    {
        ASSERT(m_failed);
        return m_error;
    }
    void take() { ASSERT(!m_failed); }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace coffer::base

/// Unwraps a Result or returns its error from the enclosing function.
#define TRY(expression)                                                                            \
    __extension__({                                                                                \
        auto coffer_result = (expression);                                                         \
        if (!coffer_result)                                                                        \
            return ::coffer::base::Error(coffer_result.error());                                   \
        coffer_result.take();                                                                      \
    })

#define COFFER_PASTE_(a, b) a##b
#define COFFER_PASTE(a, b) COFFER_PASTE_(a, b)
#define COFFER_UNIQUE(name) COFFER_PASTE(coffer_##name##_, __LINE__)

/// TRY for coroutines: a declaration on its own line (GCC 12 cannot take co_await inside TRY).
#define CO_TRY(declaration, call)                                                                  \
    auto COFFER_UNIQUE(r) = (call);                                                                \
    if (!COFFER_UNIQUE(r))                                                                         \
        co_return ::coffer::base::Error(COFFER_UNIQUE(r).error());                                 \
    declaration = COFFER_UNIQUE(r).take()
