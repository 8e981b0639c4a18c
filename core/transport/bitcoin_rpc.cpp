// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/bitcoin_rpc.h"

#include <QFile>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace coffer::transport {

using base::Error;
using base::ErrorCode;

BitcoinRpc::BitcoinRpc(NetworkLog& log, QUrl url, QString cookieFile, QObject* parent)
    : QObject(parent)
    , m_log(log)
    , m_url(std::move(url))
    , m_cookieFile(std::move(cookieFile))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setTransferTimeout(30'000);
}

namespace {

base::Result<base::Json> resultOf(const QByteArray& body)
{
    auto answer = TRY(base::parseJson(body.toStdString()));
    if (!answer.is_object() || !answer.contains("result"))
        return Error{ErrorCode::Malformed, "not a JSON-RPC answer"};
    if (answer.contains("error") && answer["error"].is_object()) {
        auto message = TRY(base::jsonString(answer["error"], "message"));
        return Error{ErrorCode::Rejected, message};
    }
    return answer["result"];
}

} // namespace

void BitcoinRpc::call(const QString& wallet, const std::string& method, base::Json parameters,
                      Done done)
{
    QFile cookie(m_cookieFile);
    if (!cookie.open(QIODevice::ReadOnly)) {
        done(Error{ErrorCode::NotFound, "cannot read bitcoind's cookie file"});
        return;
    }
    QUrl url = m_url;
    if (!wallet.isEmpty())
        url.setPath(QStringLiteral("/wallet/") + wallet);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setRawHeader("Authorization", "Basic " + cookie.readAll().trimmed().toBase64());
    base::Json body;
    body["jsonrpc"] = "1.0";
    body["id"] = 1;
    body["method"] = method;
    body["params"] = std::move(parameters);
    const auto id =
        m_log.open(Purpose::TestCoins, QStringLiteral("%1:%2").arg(url.host()).arg(url.port()),
                   QStringLiteral("direct"), QStringLiteral("ip,address"));
    auto* reply = m_network.post(request, QByteArray::fromStdString(base::writeJson(body)));
    connect(reply, &QNetworkReply::finished, this, [this, reply, id, done = std::move(done)] {
        reply->deleteLater();
        const QByteArray answer = reply->read(4 * 1024 * 1024);
        m_log.setOutcome(id, reply->error() == QNetworkReply::NoError ? QStringLiteral("answered")
                                                                      : reply->errorString());
        if (answer.isEmpty() && reply->error() != QNetworkReply::NoError) {
            done(Error{ErrorCode::Network, reply->errorString().toStdString()});
            return;
        }
        done(resultOf(answer)); // bitcoind answers errors with a body and status 500.
    });
}

} // namespace coffer::transport
