#!/usr/bin/env bash
# Runs one golden case with the real program in an empty folder and compares everything it left: exit code, stdout, stderr, files.
#   run_case.sh PROGRAM CASE        UPDATE_GOLDEN=1 writes expected/ anew; the diff is reviewed like code
# A case: args (one argument a line; @out@ is the output folder), input/, expected/{exit_code,stdout,stderr,out/}.
# Pages (report.html, catalog/) and marked workbooks (private/) have tests of their own and are not compared byte by byte.
set -euo pipefail
program=$1 case=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -d "$case/input" ] && cp -r "$case/input/." "$work/"
mapfile -t args < <(sed "s|@out@|out|g" "$case/args")
mkdir "$work/.got"
(
    cd "$work"
    set +e
    env -u LC_ALL LANG=C.UTF-8 "$program" "${args[@]}" --schemas "$(cd "$OLDPWD" && pwd)/schemas" >.got/stdout 2>.got/stderr </dev/null
    echo $? >.got/exit_code
)
if [ -d "$work/out" ]; then
    mkdir "$work/.got/out"
    (cd "$work/out" && find . \( -name '.state' -o -name catalog -o -name private -o -name .staging \) -prune -o -type f ! -name report.html ! -name .lock -print0 |
        sort -z | xargs -0 -r cp --parents -t ../.got/out)
    find "$work/.got/out" -depth -type d -empty -delete  # git keeps no empty folder
fi
if [ "${UPDATE_GOLDEN:-}" = 1 ]; then
    rm -rf "$case/expected"
    cp -r "$work/.got" "$case/expected"
    exit 0
fi
diff -r "$case/expected" "$work/.got"
