# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Every library that Coffer links, found once. Package names are in `dev`.

find_package(PkgConfig REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Network Sql Svg DBus LinguistTools)
if(COFFER_TESTS OR COFFER_BENCH)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
  # Folder names that Qt defines per target for QFINDTESTDATA: unused here, and with them no two tests
  # could share a precompiled header.
  get_target_property(definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
  list(FILTER definitions EXCLUDE REGEX "QT_TESTCASE_")
  set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${definitions}")
endif()
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(QCoro6 REQUIRED COMPONENTS Core Network)
find_package(ZXing REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(secp256k1 REQUIRED IMPORTED_TARGET libsecp256k1)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
find_path(COFFER_QRCODEGEN_INCLUDE qrcodegen.hpp PATH_SUFFIXES qrcodegencpp qrcodegen)
find_library(COFFER_QRCODEGEN_LIBRARY qrcodegencpp)
qt_standard_project_setup()
set(CMAKE_AUTOUIC OFF) # There are no .ui files; looking for them costs a scan a target.
