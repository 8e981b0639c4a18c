#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# lint.sh <build folder> <cache folder> <jobs>: clang-format and clang-tidy 16 over every source. A file
# is judged again only when it, a header of ours that it includes, its command line or the list of
# checks has changed.
set -euo pipefail
readonly build=$1 cache=$2 jobs=$3
mkdir -p "$cache/clean"

git ls-files -z '*.h' '*.cpp' | xargs -0 -P "$jobs" -n 40 clang-format-16 --dry-run -Werror
echo "clang-format: clean"

# GCC's precompiled headers and a flag of theirs are nothing to Clang.
sed -E -e 's/ -include [^ ]*cmake_pch\.hxx//g; s/ -Winvalid-pch| -fpch-preprocess| -Werror//g' \
    "$build/compile_commands.json" >"$cache/compile_commands.json"

# One line per source of ours: "<source> <key>". The key is a hash over everything that the verdict
# depends on; what a source includes is known from the last build.
keys()
{
    local tools
    tools=$( (clang-tidy-16 --version; cat .clang-tidy) | sha256sum | cut -c1-64)
    git ls-files '*.h' '*.cpp' | xargs sha256sum >"$cache/hashes"
    ninja -C "$build" -t deps >"$cache/deps"
    awk -v root="$PWD/" -v tools="$tools" '
        FILENAME ~ /hashes$/ { hash[$2] = $1; next }
        /^[^ ]/ { if (source != "") print source, key; source = ""; key = tools; next }
        NF == 1 {
            path = $1
            if (index(path, root) == 1) path = substr(path, length(root) + 1)
            if (!(path in hash)) next
            if (source == "" && path ~ /\.cpp$/) source = path
            key = key hash[path]
        }
        END { if (source != "") print source, key }' "$cache/hashes" "$cache/deps" |
        sort -u -k1,1 |
        while read -r source key; do
            printf '%s %s\n' "$source" "$(printf '%s' "$key" | sha256sum | cut -c1-64)"
        done
}

# The name of the file that says: this source was clean in this state.
judge()
{
    local source=$1 key=$2
    if clang-tidy-16 --quiet -p "$cache" "$source" >"$cache/output.$key" 2>/dev/null; then
        touch "$cache/clean/$key"
        rm -f "$cache/output.$key"
    else
        cat "$cache/output.$key"
        rm -f "$cache/output.$key"
        return 1
    fi
}
export -f judge
export cache

status=0
keys >"$cache/keys"
while read -r source key; do
    [[ -e $cache/clean/$key ]] || printf '%s\0%s\0' "$source" "$key"
done <"$cache/keys" >"$cache/todo"
echo "clang-tidy: $(wc -l <"$cache/keys") sources, $(($(tr -cd '\0' <"$cache/todo" | wc -c) / 2)) to judge"
xargs -0 -r -n 2 -P "$jobs" bash -c 'judge "$@"' judge <"$cache/todo" || status=1
((status)) || echo "clang-tidy: clean"
exit $status
