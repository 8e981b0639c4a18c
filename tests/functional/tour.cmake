# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# What ./dev run does without a display, with the programs of this build.
coffer_functional_test(tour_test.cpp LINK core/base)
target_compile_definitions(test_functional_tour_test PRIVATE
  COFFER_BINARIES="${CMAKE_BINARY_DIR}/bin" COFFER_TOUR="${CMAKE_CURRENT_SOURCE_DIR}/tour.sh")
add_dependencies(test_functional_tour_test coffer coffer-cli)
