// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Loaded before the C library (LD_PRELOAD) of a program under test: names are not resolved and only
// one local port is reached. What else is tried fails and is written down. COFFER_LEAK_FILE: where;
// COFFER_ONLY_PORT: the proxy's port.

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

void writeDown(const std::string& what)
{
    const char* path = std::getenv("COFFER_LEAK_FILE");
    if (path == nullptr)
        return;
    const int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto line = what + "\n";
    if (file < 0 || ::write(file, line.data(), line.size()) < 0)
        std::abort(); // A leak that is not seen would let the test pass.
    ::close(file);
}

bool isAllowed(const sockaddr* address, std::string& text)
{
    const char* port = std::getenv("COFFER_ONLY_PORT");
    char host[INET6_ADDRSTRLEN] = {};
    if (address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, host, sizeof host);
        text = std::string(host) + ":" + std::to_string(ntohs(v4.sin_port));
        return port != nullptr && text == std::string("127.0.0.1:") + port;
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, host, sizeof host);
        text = "[" + std::string(host) + "]:" + std::to_string(ntohs(v6.sin6_port));
        return false;
    }
    return true; // The local socket.
}

} // namespace

extern "C" int connect(int socket, const sockaddr* address, socklen_t length)
{
    using Connect = int (*)(int, const sockaddr*, socklen_t);
    static const auto s_real = reinterpret_cast<Connect>(dlsym(RTLD_NEXT, "connect"));
    std::string text;
    if (isAllowed(address, text))
        return s_real(socket, address, length);
    writeDown("connect " + text);
    errno = ECONNREFUSED;
    return -1;
}

extern "C" int getaddrinfo(const char* node, const char*, const addrinfo*, addrinfo**)
{
    writeDown(std::string("resolve ") + (node == nullptr ? "" : node));
    return EAI_FAIL;
}
