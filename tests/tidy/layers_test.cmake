# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tidy.layers_test: plants one fault at a time into a small tree and wants it named.
#
#   cmake -D WORK=<empty folder> -D QT=<Qt's include folder> -P layers_test.cmake
cmake_minimum_required(VERSION 3.25)

set(failed 0)

macro(healthy_tree)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/layers.txt "core/base||\ncore/money|core/base|\nui|core/base,core/money|Core,Widgets\n")
  file(WRITE ${WORK}/core/base/bytes.h "#include <vector>\n#include <sodium.h>\n#include <unistd.h>\n")
  file(WRITE ${WORK}/core/money/amount.h "#include \"core/base/bytes.h\"\n#include <boost/multiprecision/cpp_int.hpp>\n")
  file(WRITE ${WORK}/ui/page.cpp
    "#include \"core/base/bytes.h\"\n#include \"core/money/amount.h\"\n#include <QWidget>\n#include \"page.moc\"\n")
  file(WRITE ${WORK}/app/main.cpp "#include \"ui/page.h\"\n")
  file(WRITE ${WORK}/ui/page.h "#include <QString>\n")
endmacro()

# expect(<pattern>): the check fails and its words match; an empty pattern means that it passes.
macro(expect pattern)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -D ROOT=${WORK} -D LAYERS=${WORK}/layers.txt -D QT=${QT}
      -P ${CMAKE_CURRENT_LIST_DIR}/layers.cmake
    RESULT_VARIABLE status OUTPUT_VARIABLE words ERROR_VARIABLE words)
  string(REGEX REPLACE "[ \n]+" " " words "${words}")
  if("${pattern}" STREQUAL "")
    if(NOT status EQUAL 0)
      message("a healthy tree fails: ${words}")
      math(EXPR failed "${failed} + 1")
    endif()
  elseif(status EQUAL 0 OR NOT words MATCHES "${pattern}")
    message("no '${pattern}' (status ${status}) in: ${words}")
    math(EXPR failed "${failed} + 1")
  endif()
endmacro()

healthy_tree()
expect("")

healthy_tree() # An edge that is not declared.
file(APPEND ${WORK}/core/base/bytes.h "#include \"core/money/amount.h\"\n")
expect("core/base includes core/money .* without declaring it")

healthy_tree() # An edge that is declared and not used.
file(WRITE ${WORK}/core/money/amount.h "\n")
expect("declares core/base and never includes it")

healthy_tree() # Qt where there is none.
file(APPEND ${WORK}/core/base/bytes.h "#include <QString>\n")
expect("core/base is without Qt")

healthy_tree() # Header-only use of another component.
file(APPEND ${WORK}/ui/page.cpp "#include <QtGui/QColor>\n")
expect("of Qt Gui, which ui does not declare")

healthy_tree()
file(APPEND ${WORK}/ui/page.cpp "#include <QPainter>\n")
expect("of Qt Gui, which ui does not declare")

healthy_tree() # A relative include.
file(APPEND ${WORK}/ui/page.cpp "#include \"page.h\"\n")
expect("is no path from the root")

healthy_tree() # Libraries that have one place.
file(APPEND ${WORK}/ui/page.cpp "#include <secp256k1.h>\n")
expect("only core/crypto may include <secp256k1.h>")

healthy_tree()
file(APPEND ${WORK}/ui/page.cpp "#include <QTcpSocket>\n")
expect("only core/transport may include <QTcpSocket>")

healthy_tree()
file(APPEND ${WORK}/core/base/bytes.h "#include <sys/socket.h>\n")
expect("only core/transport may include <sys/socket.h>")

healthy_tree()
file(APPEND ${WORK}/core/base/bytes.h "#include <zlib.h>\n")
expect("not on the list of third-party headers")

healthy_tree() # A folder that nobody declared.
file(WRITE ${WORK}/core/stray/stray.h "\n")
expect("core/stray/stray.h: belongs to no module")

healthy_tree() # Names that say nothing.
file(WRITE ${WORK}/core/base/string_utils.h "\n")
expect("a name that says nothing .utils.")

healthy_tree() # A folder that has grown too large.
foreach(i RANGE 30)
  file(WRITE ${WORK}/core/base/concept_${i}.h "\n")
endforeach()
expect("concepts in one folder, 25 are allowed")

healthy_tree() # Wiring does not reach into the middle.
file(WRITE ${WORK}/layers.txt "core/base||\ncore/vault||\ncore/money|core/base|\nui|core/base,core/money|Core,Widgets\n")
file(WRITE ${WORK}/core/vault/vault.h "\n")
file(APPEND ${WORK}/app/main.cpp "#include \"core/vault/vault.h\"\n")
expect("app includes core/vault .* without declaring it")

file(REMOVE_RECURSE ${WORK})
if(failed)
  message(FATAL_ERROR "tidy.layers_test: ${failed} failed")
endif()
