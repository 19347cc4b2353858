#!/usr/bin/env bash
# Fails for any finding code that no test produces. A code counts when its id or Code::<name> stands in an expectation of a unit
# test (REQUIRE, CHECK, a check helper, places()), or when a golden case expects it in its findings, report or on stderr.
#   codes.sh [--dead]   --dead lists the codes that no part of the program adds, too, and fails for them
set -euo pipefail
cd "$(dirname "$0")/.."

# Expectations: from a line that begins one to the end of its statement.
expectations=$(awk '
    FNR == 1 { inside = 0 }
    /^[ \t]*\/\// { next }
    /(REQUIRE|CHECK|check|places|Tells|expect)[A-Za-z_]*[ (]/ { inside = 1 }
    inside { print }
    /;[ \t]*(\/\/.*)?$/ { inside = 0 }
' tests/unit/*_test.cpp)
shopt -s globstar nullglob
golden=(tests/golden/**/expected/**/findings.jsonl tests/golden/**/expected/**/report.json tests/golden/**/expected/**/stderr
    tests/golden/**/expected/**/stdout)
recorded=$([ ${#golden[@]} -eq 0 ] || cat "${golden[@]}")

missing=0 all=0
while IFS=$'\t' read -r name id; do
    all=$((all + 1))
    if ! grep -qE "Code::$name\b|[\" ]$id[\"@ ]" <<<"$expectations" && ! grep -qE "\"code\": ?\"$id\"|\[$id\]" <<<"$recorded"; then
        echo "no test produces: $id (Code::$name)"
        missing=$((missing + 1))
    fi
    if [ "${1:-}" = --dead ] && ! grep -rqE "Code::$name\b" pipeline --include='*.cpp' --include='*.hpp' --exclude-dir=node_modules; then
        echo "nothing adds: $id (Code::$name)"
        missing=$((missing + 1))
    fi
done < <(sed -nE 's/^FINDING\(([a-z0-9_]+), "([a-z0-9-]+)".*/\1\t\2/p' pipeline/model/finding_codes.inc)
[ "$all" -gt 0 ] || { echo "no codes found in pipeline/model/finding_codes.inc" >&2; exit 1; }
echo "$all codes, $missing without a test"
[ "$missing" -eq 0 ]
