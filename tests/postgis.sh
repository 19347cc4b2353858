#!/usr/bin/env bash
# A real PostgreSQL with PostGIS, started for the test alone: a dataset reads a table and a SELECT by the service name, the same bytes
# each time; nothing in the database can be changed by a query, and neither address nor password comes to stand in any output.
. "$(dirname "$0")/lib.sh"
if ! command -v pg_virtualenv >/dev/null || [ ! -e /usr/share/postgresql/15/extension/postgis.control ]; then
    echo "skipped: no PostgreSQL with PostGIS here (pipeline/setup.sh --tests installs them)"
    exit 77
fi
if [ -z "${KOKAI_IN_POSTGIS:-}" ]; then
    export KOKAI_IN_POSTGIS=1 KOKAI
    rm -rf "$WORK"
    exec pg_virtualenv -t -v 15 "$(realpath "$0")"
fi

psql -q -v ON_ERROR_STOP=1 <<'SQL'
CREATE EXTENSION postgis;
CREATE SCHEMA town;
CREATE TABLE town.parks (id integer PRIMARY KEY, "名称" text, code char(5), opened date, area numeric(10,2), lit boolean, shape geometry(Polygon, 6677));
INSERT INTO town.parks VALUES
 (3, '敷島公園', '01110', '1922-04-01', 12.50, true,  ST_GeomFromText('POLYGON((-69000 43000,-68900 43000,-68900 43100,-69000 43000))', 6677)),
 (1, '前橋公園', '00123', NULL,         1000,  false, ST_GeomFromText('POLYGON((-69500 43500,-69400 43500,-69400 43600,-69500 43500))', 6677)),
 (2, '大室公園', NULL,    '1987-10-01', NULL,  NULL,  NULL);
CREATE VIEW town.named AS SELECT "名称", ST_Centroid(shape) AS place FROM town.parks WHERE shape IS NOT NULL ORDER BY id;
CREATE TABLE town.round (id integer PRIMARY KEY, shape geometry(CurvePolygon, 6677));
INSERT INTO town.round VALUES (1, ST_GeomFromText('CURVEPOLYGON(CIRCULARSTRING(-69000 43000,-68900 43100,-69000 43000))', 6677));
CREATE TABLE town.many (n integer PRIMARY KEY, place geometry(Point, 4326));
INSERT INTO town.many SELECT n, ST_SetSRID(ST_MakePoint(139 + n * 1e-5, 36), 4326) FROM generate_series(20000, 1, -1) n;
SQL
secret=canary$RANDOM
psql -q -c "CREATE ROLE reader LOGIN SUPERUSER PASSWORD '$secret'"
cat >"$WORK/pg_service.conf" <<CONF
[gis]
host=${PGHOST:-localhost}
port=$PGPORT
dbname=${PGDATABASE:-postgres}
user=reader
password=$secret
CONF
export PGSERVICEFILE="$WORK/pg_service.conf"

# dataset NAME QUERY [MORE]
dataset() {
    mkdir -p "$WORK/datasets/$1"
    cat >"$WORK/datasets/$1/dataset.json" <<JSON
{"title": "公園", "description": "公園の一覧", "publisher": "102016", "license": {"id": "CC-BY-4.0"}, "credit": "前橋市",
 "sources": [{"name": "db", "service": "${3:-gis}", "query": "$2"}],
 "tables": [{"name": "parks", "from": ["db"], "schema": "none", "outputs": ["csv", "geojson"]}]}
JSON
}
run() { env -u PGHOST -u PGPORT -u PGUSER -u PGPASSWORD -u PGDATABASE "$KOKAI" run "$1" --datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet; }

dataset parks town.parks
expect 0 run parks
csv=$(echo "$WORK"/output/parks/*.csv)
diff <(tr -d '\r' <"$csv" | sed 's/^\xEF\xBB\xBF//') - <<'CSV' || fail "the table's rows"
id,名称,code,opened,area,lit
1,前橋公園,00123,,1000,false
2,大室公園,,1987-10-01,,
3,敷島公園,01110,1922-04-01,12.5,true
CSV
jq -e '.features | length == 3 and .[1].geometry == null and (.[0].geometry.coordinates[0][0][0] | . > 139 and . < 139.1)' \
    "$WORK"/output/parks/*.geojson >/dev/null || fail "the table's shapes"
# The same rows are the same edition; other rows are seen although no file has changed.
before=$(digests "$WORK/output/parks")
expect 0 run parks
[ "$before" = "$(digests "$WORK/output/parks")" ] || fail "not the same bytes twice"
psql -q -c "UPDATE town.parks SET code = '99999' WHERE id = 1"
expect 0 run parks
grep -q 99999 "$csv" || fail "a change in the database is not seen"

dataset named 'SELECT * FROM town.named'
expect 0 run named
[ "$(tail -n +2 "$WORK"/output/named/*.csv | tr -d '\r' | paste -sd,)" = 前橋公園,敷島公園 ] || fail "the SELECT's rows"
dataset round town.round
expect 0 run round
jq -e '.features[0].geometry | .type == "Polygon" and (.coordinates[0] | length > 90)' "$WORK"/output/round/*.geojson >/dev/null || fail "a circle"
dataset many town.many
expect 0 run many
[ "$(tail -n +2 "$WORK"/output/many/*.csv | tr -d '\r' | awk -F, '$1 != NR' | wc -l)" = 0 ] || fail "rows not in the order of the key"
[ "$(tail -n +2 "$WORK"/output/many/*.csv | wc -l)" = 20000 ] || fail "not all rows"

for query in "DELETE FROM town.parks" "SELECT * FROM town.parks; DELETE FROM town.parks" "DELETE FROM town.parks RETURNING *" \
    "WITH gone AS (DELETE FROM town.parks RETURNING *) SELECT * FROM gone" town.nothing 'town.\"parks' 'SELECT 1/0' \
    "SET default_transaction_read_only = off; DELETE FROM town.parks" \
    "BEGIN READ WRITE; DELETE FROM town.parks WHERE id=2; COMMIT; SELECT * FROM town.parks" \
    "SELECT 1; BEGIN READ WRITE; DELETE FROM town.parks WHERE id=2; COMMIT" "SELECT 1; COMMIT; BEGIN READ WRITE; DELETE FROM town.parks" \
    "EXPLAIN ANALYZE DELETE FROM town.parks"; do
    dataset bad "$query"
    expect 4 run bad
    grep -qP '[\p{Hiragana}]' "$WORK/err" || fail "no sentence for $query"
    [ "$(psql -Atc 'SELECT count(*) FROM town.parks')" = 3 ] || fail "changed by $query"
done
dataset bad town.parks nowhere
expect 4 run bad
for name in "gis host=127.0.0.1" "gis' host='127.0.0.1" "PG:dbname=x"; do
    dataset bad town.parks "$name"
    expect 3 run bad
done
# A connection string is no file name.
for name in "PG:service=gis" "PG:service=gis tables=town.parks" "postgresql://localhost/x"; do
    expect 4 "$KOKAI" convert "$name" --out "$WORK/o" --schemas "$ROOT/schemas" --quiet
done
if grep -rq -e "$secret" -e "port=$PGPORT" "$WORK/output" "$WORK/err" "$WORK/out"; then fail "the password or the address stands in an output"; fi
echo "ok: PostGIS read by service name"
