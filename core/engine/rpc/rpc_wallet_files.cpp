// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// RpcDispatcher's part for whole wallet files: import, rename, delete.

#include "core/engine/core.h"
#include "core/engine/rpc/rpc_parameters.h"
#include "core/engine/rpc_dispatcher.h"

namespace coffer::engine {

using base::Json;

RpcDispatcher::Answer RpcDispatcher::walletFiles(Call call)
{
    const auto verb = call.command->verb;
    auto& service = m_core.wallets();
    auto password = secret(call, "password_file");
    if (!password)
        co_return password.error();
    Json out = Json::object();
    if (verb == "import") {
        auto imported = co_await service.importFile(textOf(call.parameters, "file"), call.wallet,
                                                    password.take());
        if (!imported)
            co_return imported.error();
        service.transferUnlock(call.wallet, m_holder);
        out["wallet"] = call.wallet.toStdString();
        out["fingerprint"] = imported->fingerprint.isEmpty()
                                 ? Json(nullptr)
                                 : Json(imported->fingerprint.toStdString());
        for (const auto& wallet : service.snapshot().wallets) {
            if (wallet.id == call.wallet)
                out["restored"] = wallet.restoredFromOlder;
        }
        co_return out;
    }
    const auto name = textOf(call.parameters, "name");
    base::Result<void> done;
    if (verb == "rename") {
        done = co_await service.rename(call.wallet, name, password.take());
        out["wallet"] = name.toStdString();
    } else {
        api::DeleteWallet request;
        request.wallet = call.wallet;
        request.password = password.take();
        request.name = name;
        request.nameAgain = textOf(call.parameters, "name_again");
        done = co_await service.remove(std::move(request));
        out["wallet"] = call.wallet.toStdString();
    }
    if (!done)
        co_return done.error();
    co_return out;
}

} // namespace coffer::engine
