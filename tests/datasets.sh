#!/usr/bin/env bash
# Every dataset that ships runs with exit 0; what others' readers count equals report.json; one withdrawn `accept` ends with 1.
. "$(dirname "$0")/lib.sh"
expect 0 "$KOKAI" run --datasets "$ROOT/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet
$PYTHON - "$WORK/output" "$ROOT/datasets" <<'PY'
import csv, json, os, subprocess, sys
output, datasets = sys.argv[1:]
csv.field_size_limit(1 << 30)
files = 0
for dataset in sorted(os.listdir(datasets)):
    if not os.path.isdir(os.path.join(datasets, dataset)):
        continue
    folder = os.path.join(output, dataset)
    report = json.load(open(os.path.join(folder, "report.json"), encoding="utf-8"))
    assert report["findings"]["error"] == 0, dataset
    tables = report.get("tables", [report])
    listed = {file["path"] for file in report["outputs"]}
    assert listed, dataset
    for table in tables:
        for file in table["outputs"]:
            path = os.path.join(folder, file["path"])
            assert os.path.getsize(path) == file["bytes"], path
            if file["format"] == "csv":
                with open(path, encoding="utf-8", newline="") as text:
                    assert text.read(1) == "\ufeff", path
                    rows = list(csv.reader(text))
                assert len(rows) - 1 == file["rows"] == table["rows"]["written"], path
                assert len({len(row) for row in rows}) == 1, path
            elif file["format"] == "geojson":
                collection = json.load(open(path, encoding="utf-8"))
                assert len(collection["features"]) == file["rows"] == table["rows"]["written"], path
                seen = subprocess.run(["ogrinfo", "-ro", "-al", "-so", path], capture_output=True, text=True, check=True).stdout
                assert f"Feature Count: {file['rows']}\n" in seen, path
            files += 1
print(f"{len(os.listdir(datasets))} folders, {files} files read back")
PY

# A dataset with an accept that matters: without it the run says 1.
$PYTHON - "$ROOT/datasets" "$WORK" <<'PY'
import json, os, shutil, sys
datasets, work = sys.argv[1:]
for dataset in sorted(os.listdir(datasets)):
    path = os.path.join(datasets, dataset, "dataset.json")
    if os.path.isfile(path):
        document = json.load(open(path, encoding="utf-8"))
        if any(table.get("accept") for table in document["tables"]) and not any("dataset" in source for source in document["sources"]):
            shutil.copytree(os.path.join(datasets, dataset), os.path.join(work, "strict", dataset))
            for table in document["tables"]:
                table.pop("accept", None)
            json.dump(document, open(os.path.join(work, "strict", dataset, "dataset.json"), "w", encoding="utf-8"), ensure_ascii=False)
            print(dataset, file=open(os.path.join(work, "chosen"), "w"))
            break
else:
    sys.exit("no dataset accepts anything")
PY
expect 1 "$KOKAI" run --datasets "$WORK/strict" --schemas "$ROOT/schemas" --output "$WORK/strict-output" --quiet
grep -q '件直してください' "$WORK/out" || fail "$(cat "$WORK/out")"
expect 1 "$KOKAI" check "$(cat "$WORK/chosen")" --datasets "$WORK/strict" --schemas "$ROOT/schemas"
grep -q '^[1-9][0-9]*件直してください$' "$WORK/out" || fail "$(cat "$WORK/out")"
echo "without its accept, $(cat "$WORK/chosen") is not published"
