#!/usr/bin/env bash
# The static catalog in a folder, on a WebDAV server (lighttpd) and in an S3 bucket (OpenStack Swift with s3api): sent, read
# back, sent again for nothing, edited there, killed, shortened. A secret stands nowhere.
#   static_targets.sh folder|webdav|s3
. "$(dirname "$0")/lib.sh"
kind=${1:-folder}
mkdir -p "$WORK/datasets" "$WORK/server"
rows() { printf '名称,緯度,経度\r\n'; for i in $(seq 1 "$1"); do printf '公園%d,36.%03d,139.06\r\n' "$i" "$i"; done; }
dataset() { # dataset ID ROWS
    mkdir -p "$WORK/datasets/$1/source"
    rows "$2" >"$WORK/datasets/$1/source/a.csv"
    cat >"$WORK/datasets/$1/dataset.json" <<JSON
{"title": "$1", "description": "ほかの置き場に公開することを確かめる作りものです。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}, "credit": "作りもの",
 "sources": [{"name": "a", "file": "source/a.csv"}], "tables": [{"name": "a", "from": "a", "schema": "none", "outputs": ["csv", "geojson"]}]}
JSON
}
servers=()
stop() {
    for one in "${servers[@]}"; do kill "$one" 2>/dev/null || true; done
    rm -rf "$WORK"
}
trap stop EXIT
secret=canary-$RANDOM-$RANDOM
port=
case $kind in
folder)
    root=$WORK/server/site
    printf '{"catalogs": [{"name": "there", "type": "directory", "path": "../server/site"}]}' >"$WORK/datasets/catalogs.json"
    ;;
webdav)
    lighttpd=$(command -v lighttpd || echo /usr/sbin/lighttpd)
    if [ ! -x "$lighttpd" ] || [ ! -e /usr/lib/lighttpd/mod_webdav.so ]; then
        echo "skipped: no lighttpd with mod_webdav here (pipeline/setup.sh --tests installs them)"
        exit 77
    fi
    root=$WORK/server/dav/open
    mkdir -p "$root"
    printf 'web:%s\n' "$secret" >"$WORK/server/users"
    for try in 1 2 3; do
        port=$($PYTHON -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
        cat >"$WORK/server/lighttpd.conf" <<CONF
server.document-root = "$WORK/server/dav"
server.bind = "127.0.0.1"
server.port = $port
server.modules = ("mod_auth", "mod_authn_file", "mod_webdav")
webdav.activate = "enable"
auth.backend = "plain"
auth.backend.plain.userfile = "$WORK/server/users"
auth.require = ("" => ("method" => "basic", "realm" => "open data", "require" => "valid-user"))
CONF
        "$lighttpd" -D -f "$WORK/server/lighttpd.conf" 2>"$WORK/server/log" &
        servers+=($!)
        for wait in $(seq 50); do
            curl -s -o "$WORK/answer" "http://127.0.0.1:$port/" && break 2
            kill -0 "${servers[-1]}" 2>/dev/null || break
            sleep 0.1
        done
    done
    printf '{"catalogs": [{"name": "there", "type": "webdav", "url": "http://127.0.0.1:%s/open", "user_env": "KOKAI_TEST_USER", "password_file": "../password"}]}' "$port" >"$WORK/datasets/catalogs.json"
    export KOKAI_TEST_USER=web
    (umask 077 && printf '%s\n' "$secret" >"$WORK/password")
    ;;
s3)
    if ! $PYTHON -c 'import swift.common.middleware.s3api, swift.account.server, swift.container.server, swift.obj.server' 2>/dev/null; then
        echo "skipped: no Swift here (pipeline/setup.sh --tests installs it)"
        exit 77
    fi
    KOKAI_TEST_SECRET=$secret $PYTHON "$ROOT/tests/s3_server.py" "$WORK/server/swift" >"$WORK/server/port" 2>"$WORK/server/log" &
    servers+=($!)
    for wait in $(seq 300); do
        [ -s "$WORK/server/port" ] && break
        kill -0 "${servers[-1]}" 2>/dev/null || fail "no Swift: $(tail -3 "$WORK/server/log")"
        sleep 0.1
    done
    port=$(cat "$WORK/server/port")
    printf '{"catalogs": [{"name": "there", "type": "s3", "endpoint": "http://127.0.0.1:%s", "region": "us-east-1", "bucket": "bucket", "prefix": "open data/",
      "access_key_env": "KOKAI_TEST_KEY", "secret_key_env": "KOKAI_TEST_SECRET"}]}' "$port" >"$WORK/datasets/catalogs.json"
    export KOKAI_TEST_KEY=test:tester KOKAI_TEST_SECRET=$secret
    ;;
esac
# What stands there, seen without our own client.
fetch() {
    case $kind in
    s3) curl -sf -o "$2" "http://127.0.0.1:$port/_raw/open%20data/$1" ;;
    webdav) curl -sf -u "web:$secret" -o "$2" "http://127.0.0.1:$port/open/$1" ;;
    folder) cp "$root/$1" "$2" 2>/dev/null ;;
    esac
}
edit() {
    case $kind in
    s3) curl -sf -X PUT --data-binary "$2" -o "$WORK/answer" "http://127.0.0.1:$port/_raw/open%20data/$1" ;;
    webdav) curl -sf -u "web:$secret" -X PUT --data-binary "$2" -o "$WORK/answer" "http://127.0.0.1:$port/open/$1" ;;
    folder) printf '%s' "$2" >"$root/new" && mv "$root/new" "$root/$1" ;;
    esac
}
as_local() { # every file of the catalog stands there with its bytes
    (cd "$WORK/output/catalog" && find . -type f -printf '%P\n') | sort >"$WORK/paths"
    while read -r path; do
        fetch "$path" "$WORK/fetched" || fail "$path is not there ($*)"
        cmp -s "$WORK/fetched" "$WORK/output/catalog/$path" || fail "$path has other bytes there ($*)"
    done <"$WORK/paths"
}
given=(--datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output")
run() { "$KOKAI" run "${given[@]}" --quiet; }
publish() { "$KOKAI" publish "${given[@]}" --to there --json "$@"; }
said() { jq -e "$@" "$WORK/out" >/dev/null || fail "$1: $(cat "$WORK/out")"; }
# All that is ever said is kept: the secret is looked for in it.
expect() {
    local wanted=$1 got=0
    shift
    "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || got=$?
    cat "$WORK/out" "$WORK/err" >>"$WORK/said"
    [ "$got" = "$wanted" ] || fail "exit $got instead of $wanted: $* $(tail -5 "$WORK/err")"
}
edition() { jq -r --arg id "$1" '.datasets[] | select(.id == $id) | .edition' "$WORK/output/catalog/catalog.json"; }

dataset park 3
dataset hall 2
expect 0 run
expect 0 publish --dry-run
said '[.datasets[].action] == ["create", "create", "create"]'
fetch index.html "$WORK/fetched" && fail "--dry-run sent something"
expect 5 publish --verify
expect 0 publish
said '.summary.failed == 0 and .summary.published == 3 and .summary.verified_files >= 20 and .summary.sent_bytes == ([.datasets[].sent_bytes] | add) and .summary.sent_bytes > 100000'
as_local first
expect 0 publish --verify
expect 0 publish
said '.summary.sent_bytes == 0 and .summary.unchanged == 3'
first=$(edition park)

# A new edition of one: the former one's address stays, the other dataset is left alone.
dataset park 5
expect 0 run
expect 0 publish --plan "$WORK/plan.json"
said '[.datasets[] | .id + " " + .action] == ["hall leave", "park change", "catalog change"]'
said '[.datasets[] | select(.id == "park").files[] | select(.action == "replace").path] == ["park/102016_a.csv", "park/102016_a.geojson", "park/datapackage.json", "park/index.html"]'
expect 0 publish --apply "$WORK/plan.json"
as_local second
fetch "park/editions/$first/102016_a.csv" "$WORK/fetched" || fail "the first edition is gone"
expect 0 publish --apply "$WORK/plan.json" # done already
said ".summary.sent_bytes == 0"

# Somebody else's hand: told and left, unless it is asked for.
edit park/102016_a.csv "edited by hand"
expect 5 publish --verify
said '[.datasets[].wrong // [] | .[]] | length == 1 and (.[0] | startswith("park/102016_a.csv"))'
expect 0 publish --plan "$WORK/plan.json"
said '.datasets[] | select(.id == "park") | .action == "edited-there"'
expect 6 publish
fetch park/102016_a.csv "$WORK/fetched"
[ "$(cat "$WORK/fetched")" = "edited by hand" ] || fail "somebody's file was written over"
dataset hall 4
expect 0 run
expect 6 publish
fetch catalog.json "$WORK/fetched"
[ "$(jq -r '.datasets[] | select(.id == "hall").edition' "$WORK/fetched")" != "$(edition hall)" ] || fail "the index names what could not be published with all"
expect 0 publish --overwrite park/102016_a.csv
as_local overwritten

# One dataset alone: the index speaks of the other as it stands there.
dataset hall 6
dataset park 7
before=$(edition hall)
expect 0 run
expect 0 publish park
fetch catalog.json "$WORK/fetched"
[ "$(jq -r '.datasets[] | select(.id == "hall").edition' "$WORK/fetched")" = "$before" ] || fail "hall was not asked for"
[ "$(jq -r '.datasets[] | select(.id == "park").edition' "$WORK/fetched")" = "$(edition park)" ] || fail "park is not there"
jq -r '.datasets[] | (.files[], .editions[].files[]) | .path + " " + .sha256' "$WORK/fetched" >"$WORK/named"
while read -r path sha256; do
    fetch "$path" "$WORK/fetched" || fail "the index names $path, which is not there"
    [ "$(sha256sum <"$WORK/fetched" | cut -d' ' -f1)" = "$sha256" ] || fail "the index names another digest of $path"
done <"$WORK/named"
expect 0 publish
as_local whole

# Killed anywhere, the next run brings it to its end, and nobody has read a mixture of bytes.
journal=$WORK/output/.state/publish/there/journal.jsonl
hits=0
for lines in 1 2 4 7; do
    dataset park $((10 + lines))
    dataset hall $((10 + lines))
    expect 0 run
    "$KOKAI" publish "${given[@]}" --to there --json >"$WORK/killed" 2>&1 &
    one=$!
    while written=() && { mapfile -t written <"$journal"; } 2>/dev/null; [ "${#written[@]}" -lt "$lines" ] && kill -0 $one 2>/dev/null; do :; done
    kill -9 $one 2>/dev/null || true
    status=0
    wait $one 2>/dev/null || status=$?
    if [ "$status" = 137 ] && [ -s "$journal" ]; then hits=$((hits + 1)); fi
    expect 0 publish
    said '.summary.failed == 0'
    as_local "killed after $lines lines of the journal"
    expect 0 publish
    said '.summary.sent_bytes == 0'
    cat "$WORK/killed" >>"$WORK/said"
done
[ "$hits" -gt 0 ] || fail "no kill came while something was unfinished"

# A dataset that left: told, and removed when that is asked for.
mv "$WORK/datasets/hall" "$WORK/hall"
expect 0 run
expect 0 publish
said '[.datasets[].action] | index("orphaned") == null' # nothing is done about it, and nothing said to be
expect 0 publish --dry-run
said '.datasets | map(select(.id == "hall" and .action == "orphaned")) | length == 1'
fetch hall/index.html "$WORK/fetched" || fail "removed without being asked"
expect 0 publish --remove-orphaned
as_local "without the hall"
fetch hall/index.html "$WORK/fetched" && fail "an orphaned page is still there"
fetch hall/102016_a.csv "$WORK/fetched" && fail "an orphaned file is still there"
expect 0 publish
said '.summary.sent_bytes == 0 and ([.datasets[].id] == ["park", "catalog"])'

# What is not ours stays; a wrong key says so; no secret anywhere.
edit foreign.txt "not ours"
dataset park 99
expect 0 run
expect 0 publish
fetch foreign.txt "$WORK/fetched" || fail "a file that is not ours is gone"
if [ "$kind" = webdav ]; then
    (umask 077 && printf 'wrong-%s\n' "$secret" >"$WORK/password")
    expect 5 publish
    grep -q '権限がありません' "$WORK/out" || fail "$(cat "$WORK/out")"
    chmod 644 "$WORK/password"
    expect 3 publish
elif [ "$kind" = s3 ]; then
    KOKAI_TEST_SECRET=wrong-$secret expect 5 publish
    grep -q '権限がありません' "$WORK/out" || fail "$(cat "$WORK/out")"
    unset KOKAI_TEST_SECRET
    expect 3 publish
fi
if [ "$kind" = folder ]; then
    # Switched, and killed before it was remembered; then a new edition: ours, not somebody else's.
    dataset park 98
    expect 0 run
    cp -r "$WORK/output/.state/publish/there" "$WORK/before"
    expect 0 publish
    jq -c '{dataset: "park", step: "switch", state: "intended", detail: (.files | map_values(.sha256) | tojson)}' \
        "$WORK/output/.state/publish/there/park.json" >"$WORK/before/journal.jsonl"
    jq -c '{dataset: "catalog", step: "switch", state: "intended", detail: (.files | map_values(.sha256) | tojson)}' \
        "$WORK/output/.state/publish/there/catalog.json" >>"$WORK/before/journal.jsonl"
    rm -rf "$WORK/output/.state/publish/there"
    mv "$WORK/before" "$WORK/output/.state/publish/there"
    dataset park 97
    expect 0 run
    expect 0 publish
    as_local "killed after the switch"
    # Folders that are ours to work in are no targets.
    for path in . .. ../output ../output/catalog ../output/catalog/x "$ROOT/schemas/"; do
        printf '{"catalogs": [{"name": "there", "type": "directory", "path": "%s"}]}' "$path" >"$WORK/datasets/catalogs.json"
        expect 3 publish
        grep -q '/catalogs/0/path' "$WORK/out" "$WORK/err" || fail "the place of the mistake is not told"
    done
    [ -e "$WORK/datasets/park/dataset.json" ] || fail "the datasets are gone"
    printf '{"catalogs": [{"name": "new", "type": "directory", "path": "../server2/site/"}]}' >"$WORK/datasets/catalogs.json"
    expect 0 "$KOKAI" publish "${given[@]}" --to new
    root=$WORK/server2/site as_local "a path with a slash at its end"
fi
rm -f "$WORK/password" "$WORK/server/users"
for writing in "$secret" "$(printf '%s' "$secret" | base64 -w0)" "$(printf 'web:%s' "$secret" | base64 -w0)"; do
    if grep -rlF -e "$writing" "$WORK" --exclude-dir=swift; then fail "the secret stands in a file or was told"; fi
done
[ "$kind" != folder ] || [ "$(ls -A "$WORK/server")" = site ] || fail "something was left beside the folder: $(ls -A "$WORK/server")"
echo "$kind: published, verified, continued"
