# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# The window, the engine and the node in one process: no accessibility tree, no display.
coffer_functional_test(psbt_window_test.cpp LINK ui core/engine)
