# Sourced by the tests that drive the program from outside. They get: KOKAI (the program), ROOT (the checkout), and an empty $WORK.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
KOKAI=${KOKAI:-$ROOT/build/release/kokai}
PYTHON=/usr/bin/python3
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect EXIT command…   runs it, keeps $WORK/out and $WORK/err
expect() {
    local wanted=$1 got=0
    shift
    "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || got=$?
    [ "$got" = "$wanted" ] || fail "exit $got instead of $wanted: $* $(tail -5 "$WORK/err")"
}

kokai() { "$KOKAI" "$@"; }

# Digests of every file of a tree, for comparing two of them.
digests() {
    (cd "$1" && find . -type f ! -path './.state/*' ! -name .lock -print0 | sort -z | xargs -0 -r sha256sum)
}

# facilities ROWS   the generator's file, made once per test
facilities() {
    $PYTHON "$ROOT/tests/bench/gen.py" facilities --rows "$1" --out "$WORK" >/dev/null
}
