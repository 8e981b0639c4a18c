# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_functional_test(crash_test.cpp LINK core/base)
target_link_libraries(test_functional_crash_test PRIVATE coffer_command_line)
