# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
coffer_fuzz(network_log network_log_fuzz.cpp LINK core/transport)
