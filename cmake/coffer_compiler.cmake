# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings that every target shares: the `coffer_options` interface library.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(COFFER_CCACHE ccache)
if(COFFER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The precompiled headers need the sloppiness; one cache serves every clone and work tree.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${COFFER_CCACHE})
endif()

add_library(coffer_options INTERFACE)
target_include_directories(coffer_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(coffer_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Werror=unused-result -Werror=switch)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # TRY is a statement expression on purpose (docs/decisions/001-result.md).
  target_compile_options(coffer_options INTERFACE -Wno-gnu-statement-expression)
endif()
target_compile_definitions(coffer_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
  COFFER_VERSION="${PROJECT_VERSION}")
if(COFFER_CHECKED)
  target_compile_options(coffer_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Precompiled headers and ccache agree only with preprocessed dependencies. Qt wants -fPIC from all
  # that use it: with it everywhere, all modules can share a precompiled header.
  target_compile_options(coffer_options INTERFACE -fpch-preprocess -fPIC -fno-semantic-interposition)
endif()

if(COFFER_HARDENED)
  include(CheckCXXCompilerFlag)
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
               -ftrivial-auto-var-init=zero)
    string(MAKE_C_IDENTIFIER "COFFER_HAS${flag}" has)
    check_cxx_compiler_flag(${flag} ${has})
    if(${has})
      target_compile_options(coffer_options INTERFACE ${flag})
    endif()
  endforeach()
  target_compile_options(coffer_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS)
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    target_link_options(coffer_options INTERFACE -Wl,-z,relro,-z,now,-z,separate-code)
  endif()
endif()

if(COFFER_SANITIZE)
  target_compile_options(coffer_options INTERFACE -fsanitize=${COFFER_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=undefined)
  target_link_options(coffer_options INTERFACE -fsanitize=${COFFER_SANITIZE})
  target_compile_definitions(coffer_options INTERFACE COFFER_SANITIZED)
endif()
if(COFFER_FUZZ)
  target_compile_options(coffer_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(coffer_options INTERFACE -fsanitize=address,undefined)
endif()
