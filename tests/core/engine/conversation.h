// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/engine/engine.h"
#include "tests/support/test.h"

#include <QSignalSpy>

namespace coffer::test {

/// A client's side of a conversation.
class Conversation
{
public:
    explicit Conversation(engine::Engine& opened)
        : m_session(opened.openSession())
        , m_lines(m_session.get(), &engine::RpcSession::lineReady)
    {
    }

    base::Json ask(const std::string& line)
    {
        m_lines.clear();
        m_session->handle(line);
        const auto answered = [&] { return !m_lines.isEmpty(); };
        if (!QTest::qWaitFor(answered, 20'000))
            return nullptr;
        const auto answer = base::parseJson(m_lines.first().first().value<std::string>(), 64);
        return answer ? *answer : base::Json(nullptr);
    }
    base::Json call(const std::string& method, base::Json parameters = base::Json::object())
    {
        base::Json request;
        request["jsonrpc"] = "2.0";
        request["id"] = 7;
        request["method"] = method;
        request["params"] = std::move(parameters);
        return ask(base::writeJson(request));
    }
    /// The code of the refusal; empty if it was granted.
    QString refusal(const std::string& method, base::Json parameters = base::Json::object())
    {
        return codeOf(call(method, std::move(parameters)));
    }
    static QString codeOf(const base::Json& answer)
    {
        if (answer.is_null())
            return QStringLiteral("no answer");
        if (!answer.contains("error"))
            return {};
        return QString::fromStdString(answer["error"]["data"]["code"].get<std::string>());
    }

private:
    std::unique_ptr<engine::RpcSession> m_session;
    QSignalSpy m_lines;
};

} // namespace coffer::test
