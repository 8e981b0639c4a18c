// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Precompiled for every test: what costs most to parse.
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>
