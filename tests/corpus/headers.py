#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs kokai over the files that truth.csv lists and compares header rows and numbers of data rows.

usage: headers.py KOKAI [--all] ; reads tests/corpus/files and ../shared/corpus (a file in neither is skipped and counted), exit 1 below 95 %.
A file is right when the table that was taken has the header rows and the data rows of a table that truth.csv names for the same
sheets (a panel is `sheet#2`). What truth.md calls acceptable is counted apart: as right only in the second figure.
"""
import csv, json, os, subprocess, sys, tempfile
from collections import OrderedDict

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What may not be copied is read in ../shared, where that is there.
CORPUS = [os.path.join(ROOT, "tests", "corpus", "files"), os.path.join(ROOT, "..", "shared", "corpus")]

# file, header rows, data rows: what truth.md says a careful person could also have said ("acceptable", "alt").
ALSO_RIGHT = {
    ("population_stats/vital_stats_r2.csv", "7 8 9", 71),
    ("timetable/281000_subway_kaigan_east.csv", "1", 11),
    ("timetable/402214_community_bus.xlsx", "3", 34),
    ("kpi_finance/372013_city_tax.xlsx", "1", 21),
    ("facility/372013_aed_old.csv", "7", 514),
    ("facility/372013_park_old.csv", "7", 299),
    ("facility/372013_wifi_old.csv", "7", 25),
}


def truth():
    files = OrderedDict()
    with open(os.path.join(ROOT, "tests", "corpus", "truth.csv"), encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            files.setdefault(row["file"], OrderedDict()).setdefault(
                row["sheet"], (row["header_rows"], int(row["data_rows"])))
    return files


def taken(kokai, path):
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run(
            [kokai, "convert", path, "--out", out, "--schema", "none", "--json", "--quiet", "--format", "csv",
             "--schemas", os.path.join(ROOT, "schemas")], capture_output=True, text=True, timeout=120)
        if run.returncode not in (0, 1):
            return None, run.stderr.strip().splitlines()[-1:] or [f"exit {run.returncode}"]
        return json.loads(run.stdout)["source"], None


def judge(file, tables, source):
    """(right, acceptable, what was expected)"""
    heads = " ".join(str(row) for row in source["header_rows"])
    sheets = []
    for one in source.get("layout", []):
        if one["as"] == "data" and one["sheet"] not in sheets:
            sheets.append(one["sheet"])
    sheets = sheets or [source["sheet"]]
    panels = sorted({name.partition("#")[2] for name in tables})
    expected = []
    for panel in panels:
        parts = [tables.get(sheet + ("#" + panel if panel else "")) for sheet in sheets]
        if any(part is None for part in parts):
            continue
        expected.append((parts[0][0], sum(part[1] for part in parts)))
    right = (heads, source["data_rows"]) in expected
    also = (file, heads, source["data_rows"]) in ALSO_RIGHT
    return right, right or also, expected


def main():
    kokai = os.path.abspath(sys.argv[1])
    seen = right = acceptable = absent = 0
    for file, tables in truth().items():
        path = next((there for there in (os.path.join(folder, file) for folder in CORPUS) if os.path.exists(there)), None)
        if path is None:
            absent += 1
            continue
        seen += 1
        source, problem = taken(kokai, path)
        if source is None:
            print(f"MISS {file}: {' '.join(problem)}")
            continue
        is_right, is_acceptable, expected = judge(file, tables, source)
        right += is_right
        acceptable += is_acceptable
        if not is_right or "--all" in sys.argv:
            got = f"header {source['header_rows']} rows {source['data_rows']} of {source['sheet'] or 'the file'}"
            word = "ok  " if is_right else "also" if is_acceptable else "MISS"
            print(f"{word} {file}: {got}; truth {expected if expected else list(tables.items())[:3]}")
    if seen == 0:
        print(f"no corpus here: {absent} files skipped")
        return 0
    print(f"{seen} files ({absent} absent): header and data rows right in {right} ({100 * right / seen:.1f} %), "
          f"with what truth.md accepts {acceptable} ({100 * acceptable / seen:.1f} %)")
    return 0 if right >= 0.95 * seen else 1


if __name__ == "__main__":
    sys.exit(main())
