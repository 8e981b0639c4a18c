# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# A SOCKS5 proxy that logs and may lie, and a guard that sees what goes around it.
add_library(coffer_socks_server STATIC EXCLUDE_FROM_ALL ../support/socks_server.cpp)
set_target_properties(coffer_socks_server PROPERTIES AUTOMOC OFF)
target_link_libraries(coffer_socks_server PUBLIC coffer_core_crypto Qt6::Core Qt6::Network)
target_compile_options(coffer_socks_server PRIVATE -Wno-conversion -Wno-sign-conversion)
add_library(coffer_leak_guard MODULE EXCLUDE_FROM_ALL ../support/leak_guard.cpp)
set_target_properties(coffer_leak_guard PROPERTIES AUTOMOC OFF
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(coffer_leak_guard PRIVATE ${CMAKE_DL_LIBS})

coffer_functional_test(tor_route_test.cpp LINK core/base)
target_link_libraries(test_functional_tor_route_test PRIVATE coffer_command_line coffer_socks_server)
target_compile_definitions(test_functional_tor_route_test PRIVATE
  COFFER_LEAK_GUARD="$<TARGET_FILE:coffer_leak_guard>")
add_dependencies(test_functional_tor_route_test coffer_leak_guard)

coffer_functional_test(several_peers_test.cpp LINK core/base core/storage core/crypto)
target_link_libraries(test_functional_several_peers_test PRIVATE coffer_command_line coffer_socks_server)
add_dependencies(test_functional_several_peers_test coffer)
