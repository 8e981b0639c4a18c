# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.format: every source is as clang-format 16 leaves it; other versions decide differently.
cmake_minimum_required(VERSION 3.25)
find_program(CLANG_FORMAT clang-format-16)
if(NOT CLANG_FORMAT)
  message("tidy.format: skipped, there is no clang-format-16 here")
  return()
endif()
set(files "")
foreach(room core ui app hw services tests)
  file(GLOB_RECURSE found ${ROOT}/${room}/*.h ${ROOT}/${room}/*.cpp)
  list(APPEND files ${found})
endforeach()
execute_process(COMMAND ${CLANG_FORMAT} --dry-run -Werror ${files} WORKING_DIRECTORY ${ROOT}
  RESULT_VARIABLE status ERROR_VARIABLE words)
if(NOT status EQUAL 0)
  string(REGEX MATCHALL "[^\n]*error: code should be clang-formatted[^\n]*" faults "${words}")
  list(TRANSFORM faults REPLACE ":[0-9]+:[0-9]+: error.*" "")
  list(REMOVE_DUPLICATES faults)
  list(JOIN faults "\n" faults)
  message("${faults}")
  message(FATAL_ERROR "tidy.format: run clang-format-16 -i on these files")
endif()
