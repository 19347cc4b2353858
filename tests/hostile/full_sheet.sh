#!/usr/bin/env bash
# A workbook with every row that a sheet can have (1,048,576) becomes CSV and GeoJSON within 256 MiB, no row lost, the last one right.
. "$(dirname "$0")/../lib.sh"
export MALLOC_ARENA_MAX=2
$PYTHON "$ROOT/tests/hostile/full_sheet.py" "$WORK/full.xlsx"
$PYTHON - "$KOKAI" "$WORK" "$ROOT" <<'PY'
import json, os, resource, subprocess, sys, time
kokai, work, root = sys.argv[1:]
begun = time.monotonic()
done = subprocess.run([kokai, "convert", f"{work}/full.xlsx", "--out", f"{work}/out", "--schema", "v2/public_facility", "--publisher", "102016",
                       "--format", "csv,geojson", "--schemas", f"{root}/schemas", "--json", "--quiet"], stdout=subprocess.PIPE)
took = time.monotonic() - begun
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
report = json.loads(done.stdout)
assert done.returncode in (0, 1), done.returncode
assert report["source"]["data_rows"] == report["rows"]["written"] == 1_048_575, report["rows"]
path = os.path.join(work, "out", next(one["path"] for one in report["outputs"] if one["format"] == "csv"))
count, last = 0, b""
with open(path, "rb") as lines:
    header = lines.readline().decode("utf-8-sig").strip().split(",")
    for last in lines:
        count += 1
assert count == 1_048_575, count
row = dict(zip(header, last.decode().strip().split(",")))
wanted = {"ID": "F1048574", "名称": "市立第1048574集会所", "緯度": "36.048574", "経度": "139.058574", "電話番号": "027-224-8574", "開始時間": "09:00"}
assert {name: row[name] for name in wanted} == wanted, row
print(f"1,048,576 rows, {os.path.getsize(f'{work}/full.xlsx') >> 20} MiB: {took:.1f} s, processor {usage.ru_utime + usage.ru_stime:.1f} s, "
      f"peak {usage.ru_maxrss / 1024:.0f} MiB; findings {report['codes']}")
assert usage.ru_maxrss < 256 * 1024, "more than 256 MiB"
PY
