# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_functional_test(headless_test.cpp LINK core/base)
target_link_libraries(test_functional_headless_test PRIVATE coffer_command_line)
add_dependencies(test_functional_headless_test coffer)
