// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Precompiled for every test: what costs most to parse.
#include "cmake/pch/core.h"
#include "tests/support/program.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>
