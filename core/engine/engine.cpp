// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine.h"

#include "core/engine/api_objects.h"
#include "core/engine/core.h"
#include "core/engine/post.h"
#include "core/engine/rpc_dispatcher.h"
#include "core/transport/local_socket.h"

#include <QDir>

namespace coffer::engine {

namespace {

/// A client's conversation over the local socket: lines go to a dispatcher of its own.
void serve(Core& core, transport::LocalConnection* connection)
{
    auto* dispatcher = new RpcDispatcher(core, &core); // Outlives the connection while it works.
    QObject::connect(connection, &transport::LocalConnection::lineReceived, dispatcher,
                     &RpcDispatcher::handle);
    QObject::connect(dispatcher, &RpcDispatcher::lineReady, connection,
                     &transport::LocalConnection::sendLine);
    QObject::connect(connection, &transport::LocalConnection::closed, dispatcher,
                     &RpcDispatcher::retire);
    QObject::connect(connection, &transport::LocalConnection::closed, connection,
                     &QObject::deleteLater);
}

/// A conversation inside this process: the dispatcher lives on the engine's thread.
class LocalSession final : public RpcSession
{
public:
    explicit LocalSession(Core* core)
        : m_core(core)
    {
        post(core, [this, core, slot = m_dispatcher] {
            *slot = new RpcDispatcher(*core, core);
            QObject::connect(*slot, &RpcDispatcher::lineReady, *slot,
                             [this](const std::string& line) {
                                 post(this, [this, line] { Q_EMIT lineReady(line); });
                             });
        });
    }

    ~LocalSession() override
    {
        // Nothing may come from the engine's thread once this object's memory goes.
        postAndWait(m_core, [slot = m_dispatcher] { (*slot)->retire(); });
    }

    void handle(const std::string& line) override
    {
        post(m_core, [slot = m_dispatcher, line] { (*slot)->handle(line); });
    }

private:
    Core* m_core;
    /// Touched on the engine's thread only; the dispatcher belongs to the core.
    std::shared_ptr<RpcDispatcher*> m_dispatcher = std::make_shared<RpcDispatcher*>(nullptr);
};

} // namespace

struct Engine::Objects
{
    explicit Objects(Core* core)
        : wallets(core)
        , accounts(core)
        , payments(core)
        , history(core)
        , node(core)
        , settings(core)
        , psbts(core)
    {
    }

    WalletsObject wallets;
    AccountsObject accounts;
    PaymentsObject payments;
    HistoryObject history;
    NodeObject node;
    SettingsObject settings;
    PsbtsObject psbts;
};

Engine::Engine() = default;

base::Result<std::unique_ptr<Engine>> Engine::start(EngineOptions options, Role role)
{
    if (!QDir().mkpath(options.dataDirectory))
        return base::Error{base::ErrorCode::ReadOnly, "the data directory cannot be made"};
    std::unique_ptr<Engine> engine(new Engine());
    engine->m_thread.setObjectName(QStringLiteral("engine"));
    engine->m_core = new Core(std::move(options), role);
    engine->m_objects = std::make_unique<Objects>(engine->m_core);
    engine->connectSnapshots();
    engine->m_core->moveToThread(&engine->m_thread);
    engine->m_thread.start();

    // The one place that waits for the engine's thread: nothing can be shown before this is known.
    base::Result<void> result;
    api::WalletsSnapshot wallets;
    api::SettingsSnapshot settings;
    api::NodeSnapshot node;
    postAndWait(engine->m_core, [&, core = engine->m_core] {
        result = core->open();
        if (result && role != Role::Command) {
            const auto listen = [&]() -> base::Result<void> {
                const auto path = TRY(transport::localSocketPath(core->options().dataDirectory));
                auto* server = new transport::LocalServer(core);
                QObject::connect(server, &transport::LocalServer::connected, core,
                                 [core](transport::LocalConnection* connection) {
                                     connection->setParent(core);
                                     serve(*core, connection);
                                 });
                return server->listen(path);
            };
            result = listen();
            if (result)
                core->goOnline();
        }
        if (result) { // Here: afterwards this thread goes on, and the node with it.
            wallets = core->wallets().snapshot();
            settings = core->settings().snapshot();
            node = core->chain().snapshot();
        }
    });
    if (!result)
        return result.error();
    engine->m_objects->wallets.update(wallets);
    engine->m_objects->settings.update(settings);
    engine->m_objects->node.update(node);
    return engine;
}

Engine::~Engine()
{
    if (m_thread.isRunning()) {
        post(m_core, [core = m_core] {
            delete core;
            QThread::currentThread()->quit();
        });
        m_thread.wait();
    } else {
        delete m_core;
    }
}

void Engine::connectSnapshots()
{
    // These run on the engine's thread and hand a copy over.
    auto* objects = m_objects.get();
    connect(m_core, &Core::walletsChanged, m_core, [objects](const auto& snapshot) {
        post(&objects->wallets, [objects, snapshot] { objects->wallets.update(snapshot); });
    });
    connect(m_core, &Core::accountsChanged, m_core, [objects](const auto& snapshot) {
        post(&objects->accounts, [objects, snapshot] { objects->accounts.update(snapshot); });
    });
    connect(m_core, &Core::paymentsChanged, m_core, [objects](const auto& snapshot) {
        post(&objects->payments, [objects, snapshot] { objects->payments.update(snapshot); });
    });
    connect(m_core, &Core::historyChanged, m_core, [objects](const auto& wallet) {
        post(&objects->history, [objects, wallet] { Q_EMIT objects->history.changed(wallet); });
    });
    connect(m_core, &Core::historyAppeared, m_core, [objects](const auto& wallet, const auto& row) {
        post(&objects->history,
             [objects, wallet, row] { Q_EMIT objects->history.appeared(wallet, row); });
    });
    connect(m_core, &Core::nodeChanged, m_core, [objects](const auto& snapshot) {
        post(&objects->node, [objects, snapshot] { objects->node.update(snapshot); });
    });
    connect(m_core, &Core::networkLogChanged, m_core, [objects] {
        post(&objects->node, [objects] { Q_EMIT objects->node.networkLogChanged(); });
    });
    connect(m_core, &Core::raiseRequested, m_core, [this](const QString& link) {
        post(this, [this, link] { Q_EMIT raiseRequested(link); });
    });
    connect(m_core, &Core::settingsChanged, m_core, [objects](const auto& snapshot) {
        post(&objects->settings, [objects, snapshot] { objects->settings.update(snapshot); });
    });
}

api::Api Engine::api() const
{
    return {&m_objects->wallets, &m_objects->accounts, &m_objects->payments, &m_objects->history,
            &m_objects->node,    &m_objects->settings, &m_objects->psbts};
}

std::unique_ptr<RpcSession> Engine::openSession()
{
    return std::make_unique<LocalSession>(m_core);
}

} // namespace coffer::engine
