# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
if(TARGET coffer_core_lightnode)
  coffer_fuzz(lightnode_frame lightnode_frame_fuzz.cpp LINK core/lightnode)
  coffer_fuzz(lightnode_header_chain lightnode_header_chain_fuzz.cpp LINK core/lightnode)
  coffer_fuzz(lightnode_message lightnode_message_fuzz.cpp LINK core/lightnode)
  coffer_fuzz(lightnode_node lightnode_node_fuzz.cpp LINK core/lightnode)
endif()
