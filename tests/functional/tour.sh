#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
# The tour: the real window on the real node, driven through its accessibility tree, with screenshots.
# Wants COFFER_BIN, COFFER_TOUR_DIR, COFFER_SCREENSHOTS, COFFER_BITCOIN_PEER, _RPC and _COOKIE.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# A home of its own: nothing of the person's is read or changed.
export HOME=$COFFER_TOUR_DIR/home XDG_RUNTIME_DIR=$COFFER_TOUR_DIR/run
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
export QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 LC_ALL=C.UTF-8

display_file=$COFFER_TOUR_DIR/display
exec {display_fd}>"$display_file"
Xvfb -displayfd "$display_fd" -screen 0 1280x800x24 -nolisten tcp 2>"$COFFER_TOUR_DIR/xvfb.log" &
xvfb=$!
trap 'kill "$xvfb" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
    [[ -s $display_file ]] && break
    sleep 0.1
done
[[ -s $display_file ]] || { echo "tour: Xvfb does not start" >&2; exit 1; }
DISPLAY=:$(cat "$display_file")
export DISPLAY

# Debian's own Python has the AT-SPI bindings; another one earlier in the path lacks them.
dbus-run-session -- bash -c '
    openbox >/dev/null 2>&1 &
    exec /usr/bin/python3 "$0"' "$here/tour.py"
