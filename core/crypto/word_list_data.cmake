# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Embeds resources/wordlists as C++ literals, so that no file can be exchanged after the build.

set(word_list_code "")
foreach(language english chinese_simplified chinese_traditional czech french italian japanese korean
                 portuguese spanish)
  set(word_list_file ${CMAKE_SOURCE_DIR}/resources/wordlists/${language}.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${word_list_file})
  file(READ ${word_list_file} words)
  string(APPEND word_list_code "constexpr std::string_view kWords_${language} = R\"(${words})\";\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/word_list_data.inc CONTENT "${word_list_code}" @ONLY)
