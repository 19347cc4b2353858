#!/usr/bin/env bash
# clang-format on every file; clang-tidy on those that changed in the four hours before the newest commit (all, when there is no
# older one): more would not leave CI the time for the sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t sources < <(git ls-files 'pipeline/*.cpp' 'pipeline/*.hpp' 'tests/*.cpp' 'tests/*.hpp')
clang-format --dry-run -Werror "${sources[@]}"
echo "clang-format: ${#sources[@]} files"

newest=$(git log -1 --format=%ct)
base=$(git rev-list -1 --before="$((newest - 14400))" HEAD || true)
if [ -n "$base" ]; then
    mapfile -t changed < <(git diff --name-only --diff-filter=d "$base" HEAD -- 'pipeline/*.cpp')
else
    mapfile -t changed < <(git ls-files 'pipeline/*.cpp')
fi
if [ "${#changed[@]}" -gt 0 ]; then
    [ -f build/release/compile_commands.json ] || cmake --preset release >/dev/null
    printf '%s\n' "${changed[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p build/release 2> >(grep -v 'warnings generated\|Suppressed\|Use -header' >&2 || true)
fi
echo "clang-tidy: ${#changed[@]} files"
