#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Real tables as they are, and the same tables moved into the Tokyo datum: the first keep their datum, the others are told by the
towns of their addresses. A table without addresses may pass untold; none may be taken for something that it is not.

    datum.py PROGRAM
"""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = [ROOT.parent / "shared" / "corpus", ROOT / "tests" / "corpus" / "files"]
program = sys.argv[1]


def to_tokyo(latitude, longitude):
    """The inverse of the usual formula, good to some metres."""
    a, b = latitude, longitude
    for _ in range(5):
        a += latitude - (a - 0.00010695 * a + 0.000017464 * b + 0.0046017)
        b += longitude - (b - 0.000046038 * a - 0.000083043 * b + 0.010040)
    return a, b


def table(path):
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except UnicodeDecodeError:
            continue
    return []


def systems_told(rows, publisher):
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work, "table.csv")
        with open(source, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        subprocess.run([program, "convert", source, "--out", f"{work}/out", "--schemas", ROOT / "schemas", "--format", "csv", "--quiet",
                        *(["--publisher", publisher] if publisher else [])], capture_output=True, check=False, timeout=120)
        findings = [json.loads(line) for line in open(f"{work}/out/findings.jsonl", encoding="utf-8")]
        return [one["found"] for one in findings if one["code"] in ("crs-guessed", "crs-doubtful", "crs-undecided")]


seen, told, untold, wrong = set(), [], [], []
for folder in CORPUS:
    for path in sorted(folder.rglob("*.csv")) if folder.is_dir() else []:
        name = str(path.relative_to(folder))
        rows = table(path) if name not in seen else []
        seen.add(name)
        if not rows or not {"緯度", "経度"} <= set(rows[0]):
            continue
        north, east = rows[0].index("緯度"), rows[0].index("経度")
        moved = 0
        shifted = [row[:] for row in rows]
        for row in shifted[1:]:
            try:
                latitude, longitude = float(row[north]), float(row[east])
            except (ValueError, IndexError):
                continue
            if 20 < latitude < 46 and 122 < longitude < 154:
                row[north], row[east] = (f"{value:.7f}" for value in to_tokyo(latitude, longitude))
                moved += 1
        if moved < 5:
            continue
        publisher = re.match(r"(\d{6})_", path.name)
        publisher = publisher.group(1) if publisher else ""
        if as_it_is := systems_told(rows, publisher):
            wrong.append(f"{name}: as it is taken for {as_it_is}")
        said = systems_told(shifted, publisher)
        if any("EPSG:4301" not in one for one in said):
            wrong.append(f"{name}: in the Tokyo datum taken for {said}")
        (told if said else untold).append(name)
print(f"{len(told) + len(untold)} tables, {len(told)} told in the Tokyo datum; untold: {', '.join(untold)}")
for line in wrong:
    print(line)
sys.exit(1 if wrong or len(told) * 10 < (len(told) + len(untold)) * 7 else 0)
