// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/raise_request.h"

#include "core/base/json.h"

#include <utility>

namespace coffer::desktop {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kPatienceMs = 5000; // An engine that checks a wallet file still answers.

} // namespace

RaiseRequest::RaiseRequest(transport::LocalConnection* connection)
    : m_connection(connection)
{
    using transport::LocalConnection;
    connect(connection, &LocalConnection::lineReceived, this, &RaiseRequest::read);
    connect(connection, &LocalConnection::closed, this, [this] {
        finish(Error{ErrorCode::Io, "the running engine closed the connection"});
    });
    connect(&m_patience, &QTimer::timeout, this, [this] {
        finish(Error{ErrorCode::Timeout, "the running engine does not answer"});
    });
    m_patience.setSingleShot(true);
    m_patience.start(kPatienceMs);
}

base::Result<std::unique_ptr<RaiseRequest>> RaiseRequest::send(const engine::EngineOptions& options,
                                                               const QString& link)
{
    const auto path = TRY(transport::localSocketPath(options.dataDirectory));
    auto* connection = TRY(transport::connectToEngine(path));
    std::unique_ptr<RaiseRequest> request(new RaiseRequest(connection));
    base::Json message;
    message["jsonrpc"] = "2.0";
    message["id"] = 1;
    message["method"] = "window.raise";
    message["network"] = options.network.toStdString();
    message["params"] = base::Json::object();
    if (!link.isEmpty())
        message["params"]["link"] = link.toStdString();
    connection->sendLine(base::writeJson(message));
    return request;
}

void RaiseRequest::read(const std::string& line)
{
    const auto answer = base::parseJson(line);
    if (!answer) {
        finish(answer.error());
        return;
    }
    if (!answer->contains("error")) {
        finish({});
        return;
    }
    const auto message = base::jsonString((*answer)["error"], "message");
    finish(Error{ErrorCode::Rejected, message ? *message : "the running engine refuses"});
}

void RaiseRequest::finish(const base::Result<void>& result)
{
    if (!std::exchange(m_finished, true))
        Q_EMIT answered(result);
}

} // namespace coffer::desktop
