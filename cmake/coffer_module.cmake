# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# One folder = one library = one namespace. The functions here make the rule hold.

file(WRITE ${CMAKE_BINARY_DIR}/layers.txt "")

# coffer_module(<folder> SOURCES ... [HEADERS ...] DEPENDS <folders> [QT <components>] [LINK <libraries>])
#
# A static library `coffer_<folder>` with include root = repository root. A dependency whose target does
# not exist yet is refused, so no cycle can be written; `layers.txt` lets tidy.layers compare the real
# #include lines with what is declared here.
function(coffer_module folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS;DEPENDS;QT;LINK")
  string(REPLACE "/" "_" name "coffer_${folder}")
  add_library(${name} STATIC ${arg_SOURCES})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${arg_HEADERS})
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(${name} PUBLIC coffer_options)
  foreach(dependency IN LISTS arg_DEPENDS)
    string(REPLACE "/" "_" target "coffer_${dependency}")
    if(NOT TARGET ${target})
      message(FATAL_ERROR "${folder} wants ${dependency}, which is not declared above it (ARCHITECTURE.md, layers)")
    endif()
    target_link_libraries(${name} PUBLIC ${target})
  endforeach()
  if(arg_QT)
    list(TRANSFORM arg_QT PREPEND "Qt6::" OUTPUT_VARIABLE qt)
    target_link_libraries(${name} PUBLIC ${qt})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  else()
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
  endif()
  target_link_libraries(${name} PUBLIC ${arg_LINK})
  if(folder MATCHES "^core/")
    coffer_core_pch(${name} "${arg_QT}")
  endif()
  # Several files a compilation halve the time of a whole build; few enough that an edit stays quick.
  if(folder MATCHES "^(ui|core/(bitcoin|ledger|lightnode|signing|storage|vault))$")
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 4)
    # It takes every file but the first for a header.
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
  string(REPLACE ";" "," depends "${arg_DEPENDS}")
  string(REPLACE ";" "," components "${arg_QT}")
  file(APPEND ${CMAKE_BINARY_DIR}/layers.txt "${folder}|${depends}|${components}\n")
endfunction()

# Reuses one of two precompiled headers: with Qt, or without. A sanitizer's build cannot use them. Each
# macro that was defined when the header was made must be defined again, hence the -U.
function(coffer_core_pch target qt)
  if(COFFER_SANITIZE OR COFFER_FUZZ)
    return()
  endif()
  set(header coffer_core_pch)
  if(qt)
    set(header coffer_core_qt_pch)
    target_compile_options(${target} PRIVATE -UQT_NETWORK_LIB)
  endif()
  if(NOT TARGET ${header})
    add_library(${header} OBJECT EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/cmake/pch/owner.cpp)
    set_target_properties(${header} PROPERTIES AUTOMOC OFF)
    target_link_libraries(${header} PRIVATE coffer_options)
    if(qt)
      target_link_libraries(${header} PRIVATE Qt6::Core Qt6::Network QCoro6::Core QCoro6::Network
        nlohmann_json::nlohmann_json)
      target_compile_options(${header} PRIVATE -UQT_NETWORK_LIB)
      target_precompile_headers(${header} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch/core_qt.h)
    else()
      target_precompile_headers(${header} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch/core.h)
    endif()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${header})
endfunction()

# -O0 halves the time that a test takes to compile; a sanitizer's build keeps its own flags.
if(NOT COFFER_SANITIZE)
  set(COFFER_TEST_FLAGS -O0)
endif()

# coffer_test(<file> LINK <folders> [QT <components>] [LABEL unit|gui|functional|...] [TIMEOUT s]
#             [LIBRARIES ...] [SOURCES ...] [ALONE])
#
# One Qt Test class per file (class and .moc inside it), named after its path below tests/. The tests of
# a folder share one program, because linking each would cost as much as compiling it; ctest still runs
# each in a process of its own. Functional tests, tests with sources of their own and those that say
# ALONE are programs of their own.
function(coffer_test file)
  if(NOT COFFER_TESTS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALONE" "LABEL;TIMEOUT" "LINK;QT;SOURCES;LIBRARIES")
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/tests OUTPUT_VARIABLE folder)
  cmake_path(REMOVE_EXTENSION file OUTPUT_VARIABLE stem)
  string(REPLACE "/" "." test "${folder}.${stem}")
  string(REPLACE "/" "_" target "test_${folder}")
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set(gui FALSE)
  if(arg_LABEL STREQUAL "gui" OR "ui" IN_LIST arg_LINK OR "Gui" IN_LIST arg_QT OR "Widgets" IN_LIST arg_QT)
    set(gui TRUE)
    string(APPEND target "_gui")
  endif()
  if(arg_ALONE OR arg_SOURCES OR NOT arg_LABEL MATCHES "^(unit|gui)$")
    string(REPLACE "/" "_" target "test_${folder}_${stem}")
  endif()
  if(NOT TARGET ${target})
    coffer_test_program(${target} ${gui})
  endif()
  string(REPLACE "/" "_" name "test_${folder}_${stem}")
  if(NOT TARGET ${name})
    add_custom_target(${name} DEPENDS ${target}) # Each test can be asked for by its own name.
  endif()
  target_sources(${target} PRIVATE ${file} ${arg_SOURCES})
  # moc by hand: AUTOMOC costs two more compilations and a scan for each program.
  set(moc ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
  qt_generate_moc(${file} ${moc}/${stem}.moc TARGET ${target})
  set_property(SOURCE ${file} APPEND PROPERTY OBJECT_DEPENDS ${moc}/${stem}.moc)
  foreach(module IN LISTS arg_LINK)
    string(REPLACE "/" "_" module "coffer_${module}")
    target_link_libraries(${target} PRIVATE ${module})
  endforeach()
  list(TRANSFORM arg_QT PREPEND "Qt6::" OUTPUT_VARIABLE qt)
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} ${qt})
  add_test(NAME ${test} COMMAND ${target} ${stem})
  coffer_test_properties(${test} ${arg_LABEL} ${arg_TIMEOUT})
endfunction()

function(coffer_test_program target gui)
  add_executable(${target} ${CMAKE_SOURCE_DIR}/tests/support/program.cpp)
  set_target_properties(${target} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  set(moc ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
  file(MAKE_DIRECTORY ${moc})
  target_include_directories(${target} PRIVATE ${moc})
  target_link_libraries(${target} PRIVATE coffer_options Qt6::Test)
  target_compile_definitions(${target} PRIVATE COFFER_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data"
    COFFER_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # QtTest's own macros convert implicitly. What is tested is optimised, the tests need not be.
  target_compile_options(${target} PRIVATE -Wno-conversion -Wno-sign-conversion ${COFFER_TEST_FLAGS})
  if(gui)
    coffer_test_pch(${target} coffer_test_gui_pch)
  else()
    coffer_test_pch(${target} coffer_test_pch)
  endif()
endfunction()

# Reuses one of the two precompiled headers of tests/CMakeLists.txt. QtTest's headers ask which of Qt's
# libraries a test links; the answer must be the same in all that share the header.
function(coffer_test_pch target header)
  if(header STREQUAL "coffer_test_pch")
    target_compile_options(${target} PRIVATE -UQT_NETWORK_LIB -UQT_GUI_LIB -UQT_WIDGETS_LIB)
  else()
    target_link_libraries(${target} PRIVATE Qt6::Widgets)
    target_compile_options(${target} PRIVATE -UQT_NETWORK_LIB)
  endif()
  if(target STREQUAL header)
    return()
  endif()
  if(COFFER_SANITIZE)
    target_compile_options(${target} PRIVATE -include ${CMAKE_SOURCE_DIR}/tests/support/program.h)
  else()
    target_precompile_headers(${target} REUSE_FROM ${header})
  endif()
endfunction()

# A comma locale, no display, and a home and runtime folder of its own for every test. The sanitizers
# slow everything down, and know about what Debian's own libraries do.
function(coffer_test_properties test label timeout)
  set(home ${CMAKE_BINARY_DIR}/home/${test})
  file(MAKE_DIRECTORY ${home}/run)
  file(CHMOD ${home}/run PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  set(environment "QT_QPA_PLATFORM=offscreen;LC_ALL=de_DE.UTF-8;LANG=de_DE.UTF-8;HOME=${home};XDG_RUNTIME_DIR=${home}/run")
  if(COFFER_SANITIZE)
    set(suppressions ${CMAKE_SOURCE_DIR}/cmake/sanitizers)
    list(APPEND environment
      "ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1"
      "LSAN_OPTIONS=suppressions=${suppressions}/leak.txt:print_suppressions=0"
      "UBSAN_OPTIONS=print_stacktrace=1"
      "TSAN_OPTIONS=suppressions=${suppressions}/thread.txt:second_deadlock_stack=1:halt_on_error=1")
    math(EXPR timeout "${timeout} * 8")
  endif()
  set_tests_properties(${test} PROPERTIES LABELS ${label} TIMEOUT ${timeout} ENVIRONMENT "${environment}"
    ENVIRONMENT_MODIFICATION "XDG_CONFIG_HOME=unset:;XDG_DATA_HOME=unset:;XDG_CACHE_HOME=unset:;LANGUAGE=unset:")
endfunction()

# coffer_fuzz(<name> <file> LINK <folders>)
#
# With Clang a libFuzzer target; always (with tests) the same file with a small driver that replays
# tests/fuzz/corpus/<name>, so that no target rots.
function(coffer_fuzz name file)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINK")
  if(COFFER_FUZZ)
    set(target fuzz_${name})
    add_executable(${target} ${file})
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
    if(NOT TARGET fuzz_targets)
      add_custom_target(fuzz_targets) # What the preset builds: no window, no programs.
    endif()
    add_dependencies(fuzz_targets ${target})
  elseif(COFFER_TESTS)
    set(target replay_${name})
    if(NOT TARGET coffer_replay_main)
      add_library(coffer_replay_main OBJECT ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
      target_link_libraries(coffer_replay_main PRIVATE coffer_options)
      set_target_properties(coffer_replay_main PROPERTIES AUTOMOC OFF)
    endif()
    add_executable(${target} ${file} $<TARGET_OBJECTS:coffer_replay_main>)
    set_target_properties(${target} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    coffer_core_pch(${target} "")
    add_test(NAME fuzz.${name} COMMAND ${target} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    coffer_test_properties(fuzz.${name} fuzz-replay 60)
  else()
    return()
  endif()
  foreach(module IN LISTS arg_LINK)
    string(REPLACE "/" "_" module "coffer_${module}")
    target_link_libraries(${target} PRIVATE ${module})
  endforeach()
  target_link_libraries(${target} PRIVATE coffer_options)
endfunction()

# coffer_bench(<name> <file> LINK <folders> [QT <components>] [LIBRARIES ...])
#
# A program that measures and prints; `./dev bench` runs them from the release build, not ctest.
function(coffer_bench name file)
  if(NOT COFFER_BENCH)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINK;QT;LIBRARIES")
  set(target bench_${name})
  add_executable(${target} ${file})
  set_target_properties(${target} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  foreach(module IN LISTS arg_LINK)
    string(REPLACE "/" "_" module "coffer_${module}")
    target_link_libraries(${target} PRIVATE ${module})
  endforeach()
  list(TRANSFORM arg_QT PREPEND "Qt6::" OUTPUT_VARIABLE qt)
  target_link_libraries(${target} PRIVATE coffer_options ${qt} ${arg_LIBRARIES})
  target_compile_definitions(${target} PRIVATE COFFER_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
endfunction()
