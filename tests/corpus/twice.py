#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the program has converted, converted once more, stays as it is: every file of the corpus, whole files, all stages.

    twice.py PROGRAM

The CSV of the first run is the source of the second, with the same schema. Both CSVs are the same bytes, and the second run repairs nothing.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = [ROOT / "tests" / "corpus" / "files", ROOT.parent / "shared" / "corpus"]
KINDS = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".txt"}
# Told again of a value that stays as it is: a warning about data, not a repair.
STANDING = {"time-end-of-day", "date-partial", "code-unknown", "number-approximate"}


def convert(program, source, out, schema):
    done = subprocess.run([program, "convert", source, "--out", out, "--schema", schema, "--format", "csv", "--json", "--quiet",
                           "--schemas", ROOT / "schemas"], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return None
    report = json.loads(done.stdout)
    paths = [one["path"] for one in report.get("outputs", []) if one["format"] == "csv"]
    return (report, pathlib.Path(out, paths[0]).read_bytes()) if len(paths) == 1 else None


def main():
    program = sys.argv[1]
    seen, counts, wrong = set(), collections.Counter(), 0
    for folder in CORPUS:
        for source in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if source.suffix.lower() not in KINDS or source.name in ("INDEX.csv",) or source.name in seen:
                continue
            seen.add(source.name)
            with tempfile.TemporaryDirectory() as work:
                first = convert(program, source, f"{work}/1", "auto")
                if first is None or not first[1].strip():
                    counts["not converted"] += 1
                    continue
                table = pathlib.Path(work, "again.csv")
                table.write_bytes(first[1])
                second = convert(program, table, f"{work}/2", first[0].get("schema") or "none")
                counts["converted twice"] += 1
                if second is None:
                    wrong += 1
                    print(f"{source.name}: its own CSV cannot be read", file=sys.stderr)
                    continue
                repairs = [one for one in second[0]["details"] if one["repaired"] and one["code"] not in STANDING]
                if second[1] != first[1] or repairs:
                    wrong += 1
                    print(f"{source.name} ({first[0].get('schema')}):", file=sys.stderr)
                    for one in repairs[:4]:
                        print(f"  {one['code']} {one['column']}: {one['found']!r} -> {one['repaired']!r}", file=sys.stderr)
                    lines = [pair for pair in zip(first[1].splitlines(), second[1].splitlines()) if pair[0] != pair[1]]
                    for one, other in lines[:2]:
                        print(f"  {one.decode()[:300]}\n  {other.decode()[:300]}", file=sys.stderr)
    print(f"{counts['converted twice']} files twice, {wrong} not the same; {counts['not converted']} without a table")
    sys.exit(1 if wrong or counts["converted twice"] < 20 else 0)


main()
