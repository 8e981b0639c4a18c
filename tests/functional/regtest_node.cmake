# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_functional_test(regtest_node_test.cpp LINK core/base)
