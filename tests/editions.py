#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Recommended files of the corpus to the other edition and back: every cell comes back, or a finding names it.

    editions.py PROGRAM [FILE...]     files of tests/corpus/files/recommended when none is named
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent


def folded(header):
    return unicodedata.normalize("NFKC", header).replace("―", "ー").strip()


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def convert(program, source, schema, out):
    run = subprocess.run([program, "convert", source, "--schema", schema, "--out", out, "--format", "csv", "--quiet",
                          "--schemas", ROOT / "schemas"], capture_output=True, text=True)
    assert run.returncode in (0, 1), (source, run.returncode, run.stderr)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    findings = [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    return out / report["outputs"][0]["path"], report, {(one["row"], name) for one in findings for name in one["column"].split(",")}


def there_and_back(program, source, work):
    name = source.stem.split("_", 1)[1]
    home = "v1" if "都道府県名" in rows_of(source)[0] else "v2"
    away = "v2" if home == "v1" else "v1"
    other, report, told = convert(program, source, f"{away}/{name}", work / "there")
    assert report["source_edition"]["schema"] == f"{home}/{name}", report.get("source_edition")
    fields = json.loads((ROOT / "schemas" / away / f"{name}.json").read_text(encoding="utf-8"))["fields"]
    header = list(rows_of(other)[0])
    assert header[:len(fields)] == [field["name"] for field in fields], f"{source.name}: not the header of {away}"
    back, _, told_back = convert(program, other, f"{home}/{name}", work / "back")
    before, after = rows_of(source), rows_of(back)
    assert len(before) == len(after), f"{source.name}: {len(before)} rows, then {len(after)}"
    cells = changed = 0
    for number, (was, now) in enumerate(zip(before, after), start=2):
        now = {folded(key): value for key, value in now.items()}
        for key, value in was.items():
            if not key:
                continue  # a column without a header gets a name
            cells += 1
            if (value or "") == (now.get(folded(key)) or ""):
                continue
            changed += 1
            assert {(number, key), (number, folded(key))} & (told | told_back), \
                f"{source.name} row {number} {key}: {value!r} became {now.get(folded(key))!r}, and no finding says so"
    print(f"{source.name}: {home} -> {away} -> {home}, {cells} cells, {changed} changed and told")


def main(arguments):
    program = pathlib.Path(arguments[0]).resolve()
    files = [pathlib.Path(name) for name in arguments[1:]]
    files = files or sorted((ROOT / "tests/corpus/files/recommended").glob("*.csv"))
    assert len(files) >= 5 or arguments[1:]
    for source in files:
        with tempfile.TemporaryDirectory() as folder:
            there_and_back(program, source, pathlib.Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
