# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tidy.layers: the real #include lines against the edges that each module declares.
#
#   cmake -D ROOT=<source tree> -D LAYERS=<build>/layers.txt [-D QT=<Qt's include folder>]
#         [-D GENERATED=<build>] -P layers.cmake
#
# A path belongs to the longest declared folder that it starts with. The linker alone is not enough:
# with one include root every header-only use slips through, and Qt6::Core puts the folder above all
# of Qt's components on the path.
cmake_minimum_required(VERSION 3.25)

# Folders in which every file must belong to a declared module, and wiring, which is no module.
set(rooms core ui hw services)
set(wiring "app|core/engine,hw,ui,core/base,core/money,core/api,core/transport|Core,Gui,Widgets,Network,DBus")

# Third-party headers: a regular expression, and the modules that may include what matches. The first
# match counts. What matches nothing here and is neither C++ nor POSIX is refused.
set(third_party
  "^QSql|^QtSql/=core/storage"
  "^Q(Tcp|Udp|Ssl|Abstract|Local)(Socket|Server)|^QNetwork|^QHost|^QDns|^QSsl|^QWebSocket|^QHttp=core/transport"
  "^(sys/socket|sys/un|netdb|netinet/.*|arpa/.*)\\.?h?$=core/transport"
  "^QDBus=ui core/engine core/transport"
  "^libusb=hw/usb"
  "^secp256k1=core/crypto"
  "^sodium=core/base core/crypto"
  "^openssl/=core/crypto"
  "^utf8proc=core/crypto core/ledger"
  "^boost/=core/money core/bitcoin"
  "^nlohmann/=core/base"
  "^sqlite3=core/storage"
  "^(qcoro/|QCoro|qcoro)=core/engine core/transport services"
  "^qt6keychain/=core/engine"
  "^(ZXing/|qrcodegen)=ui")
set(system "^(sys|linux)/|^(unistd|fcntl|errno|signal|poll|pwd|pthread|termios|dlfcn|windows|io)\\.h$")

set(folder_limit 25) # Concepts (a header and its source are one), not files.
set(folder_exceptions "") # "<folder>=<concepts>": may only shrink.

set(faults "")
macro(fault)
  string(CONCAT line ${ARGN})
  list(APPEND faults "${line}")
endmacro()

file(STRINGS ${LAYERS} declared)
list(APPEND declared ${wiring})
set(modules "")
foreach(line IN LISTS declared)
  string(REPLACE "|" ";" fields "${line}|")
  list(GET fields 0 module)
  list(GET fields 1 depends)
  list(GET fields 2 components)
  list(APPEND modules ${module})
  string(REPLACE "," ";" depends_${module} "${depends}")
  string(REPLACE "," ";" qt_${module} "${components}")
  set(used_${module} "")
endforeach()

# Longest name first, so that hw/usb wins over hw.
set(by_length "")
foreach(module IN LISTS modules)
  string(LENGTH ${module} length)
  math(EXPR key "1000 - ${length}")
  list(APPEND by_length "${key}:${module}")
endforeach()
list(SORT by_length COMPARE NATURAL)
list(TRANSFORM by_length REPLACE "^[0-9]+:" "")

function(module_of path result)
  foreach(module IN LISTS by_length)
    string(FIND "${path}" "${module}/" at)
    if(at EQUAL 0)
      set(${result} ${module} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${result} "" PARENT_SCOPE)
endfunction()

# QtGui for QColor and QtGui/QColor; empty when it is not Qt's.
function(qt_component_of header result)
  set(${result} "" PARENT_SCOPE)
  if(header MATCHES "^Qt([A-Z][A-Za-z0-9]*)/")
    set(${result} ${CMAKE_MATCH_1} PARENT_SCOPE)
  elseif(header MATCHES "^Q[A-Z]" AND NOT header MATCHES "^QCoro")
    set(${result} Core PARENT_SCOPE)
    if(QT)
      get_property(known GLOBAL PROPERTY qt_of_${header})
      if(NOT known)
        file(GLOB found RELATIVE ${QT} ${QT}/*/${header})
        list(FILTER found EXCLUDE REGEX "^[^/]*/[^/]*/")
        set(known Core)
        if(found)
          list(GET found 0 first)
          string(REGEX REPLACE "^Qt([^/]*)/.*" "\\1" known "${first}")
        endif()
        set_property(GLOBAL PROPERTY qt_of_${header} ${known})
      endif()
      set(${result} ${known} PARENT_SCOPE)
    endif()
  endif()
endfunction()

macro(check_angled file module header)
  qt_component_of("${header}" component)
  if(component AND NOT component IN_LIST qt_${module})
    if(NOT qt_${module})
      fault("${file}: <${header}> is Qt, and ${module} is without Qt. Use the standard library, or move the code to a module that has Qt.")
    else()
      fault("${file}: <${header}> is of Qt ${component}, which ${module} does not declare. Leave it out, or add ${component} behind QT in ${module}/CMakeLists.txt.")
    endif()
  endif()
  set(matched FALSE)
  foreach(entry IN LISTS third_party)
    string(REGEX MATCH "^(.*)=([^=]*)$" ignored "${entry}")
    set(pattern "${CMAKE_MATCH_1}")
    string(REPLACE " " ";" allowed "${CMAKE_MATCH_2}")
    if("${header}" MATCHES "${pattern}")
      set(matched TRUE)
      if(NOT ${module} IN_LIST allowed)
        list(JOIN allowed ", " names)
        fault("${file}: only ${names} may include <${header}>. Ask that module for what you need.")
      endif()
      break()
    endif()
  endforeach()
  if(NOT matched AND NOT component AND NOT "${header}" MATCHES "^[a-z_0-9]+$" AND NOT "${header}" MATCHES "${system}")
    fault("${file}: <${header}> is not on the list of third-party headers in tests/tidy/layers.cmake. Wrap the library in one module and add it there.")
  endif()
endmacro()

macro(check_quoted file module header)
  if(NOT "${header}" MATCHES "(^|/)ui_[a-z_0-9]+\\.h$|\\.moc$|(^|/)moc_[a-z_0-9]+\\.cpp$"
     AND NOT EXISTS "${ROOT}/${header}" AND NOT (GENERATED AND EXISTS "${GENERATED}/${header}"))
    fault("${file}: \"${header}\" is no path from the root. Write it as core/<module>/<file>.h.")
  elseif(NOT "${module}" STREQUAL "")
    module_of("${header}" target)
    if(target AND NOT target STREQUAL "${module}")
      if(target IN_LIST depends_${module})
        list(APPEND used_${module} ${target})
      else()
        fault("${file}: ${module} includes ${target} (${header}) without declaring it. If the layers allow the edge (ARCHITECTURE.md), add it behind DEPENDS; if not, the code belongs elsewhere.")
      endif()
    endif()
  endif()
endmacro()

macro(check_file file module)
  file(STRINGS "${ROOT}/${file}" includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(include IN LISTS includes)
    if(include MATCHES "<([^>]+)>")
      if(NOT "${module}" STREQUAL "")
        check_angled("${file}" "${module}" "${CMAKE_MATCH_1}")
      endif()
    elseif(include MATCHES "\"([^\"]+)\"")
      check_quoted("${file}" "${module}" "${CMAKE_MATCH_1}")
    endif()
  endforeach()
endmacro()

set(counted "")
foreach(room IN ITEMS ${rooms} app tests)
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${room}/*.h ${ROOT}/${room}/*.cpp)
  foreach(file IN LISTS files)
    set(module "")
    if(NOT room STREQUAL "tests")
      module_of("${file}" module)
      if(NOT module)
        fault("${file}: belongs to no module. Declare its folder with coffer_module().")
        continue()
      endif()
      cmake_path(GET file PARENT_PATH folder)
      cmake_path(GET file STEM stem)
      list(APPEND counted "${folder}")
      list(APPEND concepts_${folder} ${stem})
    endif()
    if(file MATCHES "(^|/)([a-z_]*_)?(utils?|common|misc|manager|helpers?)(_[a-z_]*)?(/|\\.)")
      fault("${file}: a name that says nothing (${CMAKE_MATCH_3}). Name it after the concept in it.")
    endif()
    if(NOT file MATCHES "/pch\\.h$") # Only speed: nobody includes it, and it brings nothing into a header.
      check_file("${file}" "${module}")
    endif()
  endforeach()
endforeach()

list(REMOVE_DUPLICATES counted)
foreach(folder IN LISTS counted)
  list(REMOVE_DUPLICATES concepts_${folder})
  list(LENGTH concepts_${folder} count)
  set(limit ${folder_limit})
  foreach(exception IN LISTS folder_exceptions)
    if(exception MATCHES "^${folder}=([0-9]+)$")
      set(limit ${CMAKE_MATCH_1})
      if(count LESS limit)
        fault("tests/tidy/layers.cmake: ${folder} has ${count} concepts now: lower its exception from ${limit}.")
      endif()
    endif()
  endforeach()
  if(count GREATER limit)
    fault("${folder}: ${count} concepts in one folder, ${limit} are allowed. Split it along its sub-topics.")
  endif()
endforeach()

foreach(module IN LISTS modules)
  if(module STREQUAL "app")
    continue() # Wiring may use all that it may use.
  endif()
  foreach(dependency IN LISTS depends_${module})
    if(NOT dependency IN_LIST used_${module})
      fault("${module}/CMakeLists.txt: declares ${dependency} and never includes it. Take it out of DEPENDS.")
    endif()
  endforeach()
endforeach()

list(LENGTH faults count)
if(count)
  foreach(line IN LISTS faults)
    message("${line}")
  endforeach()
  message(FATAL_ERROR "tidy.layers: ${count} faults")
endif()
list(LENGTH modules count)
message("tidy.layers: ${count} modules in order")
