// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace coffer::crypto {

/// As far below the caller's frame as the work may have written: libsecp256k1 uses some 10 KiB,
/// OpenSSL less; main threads have 8 MiB, Qt's and macOS's secondary threads at least 512 KiB.
inline constexpr std::size_t kWipedStackBytes = 128 * 1024;

/// Calls `work(argument)` and then overwrites the stack below. Not for coroutines.
void callAndWipeStack(void (*work)(void*), void* argument);

/// Runs a callable and wipes the stack region that it used; returns what it returns. Around all key
/// work, because libraries leave traces of keys on the stack. Registers are left to the next calls.
template <typename Work>
std::invoke_result_t<Work&> withStackWiped(Work&& work)
{
    using Value = std::invoke_result_t<Work&>;
    if constexpr (std::is_void_v<Value>) {
        callAndWipeStack(
            [](void* argument) { (*static_cast<std::remove_reference_t<Work>*>(argument))(); },
            const_cast<void*>(static_cast<const void*>(std::addressof(work))));
    } else {
        std::optional<Value> value;
        auto body = [&] { value.emplace(work()); };
        callAndWipeStack([](void* argument) { (*static_cast<decltype(body)*>(argument))(); },
                         &body);
        return std::move(*value);
    }
}

} // namespace coffer::crypto
