#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the guard says of the positions of real files: every finding is known and was read (positions.csv).

    positions.py PROGRAM [--table]     --table prints what it found, for positions.csv

Then without their addresses: the AEDs of 高松市 that stand in 三木町 and 綾川町 are told as elsewhere, those of 焼津市 are not.
"""
import collections
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
CODES = {"position-elsewhere", "position-not-at-address", "position-shared", "position-far-from-town"}
KNOWN = ROOT / "tests" / "corpus" / "positions.csv"
program = sys.argv[1]


def convert(source, *options):
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run([program, "convert", source, "--out", out, "--schemas", ROOT / "schemas", "--quiet", *options],
                              capture_output=True, check=False, timeout=120)
        told = pathlib.Path(out, "findings.jsonl")
        findings = [json.loads(line) for line in open(told, encoding="utf-8")] if told.exists() else []
        tables = {path.suffix: path.read_bytes() for path in pathlib.Path(out).glob("*.csv")}
        return done.returncode, [one for one in findings if one["code"] in CODES], tables.get(".csv", b"")


def look_at_corpus():
    known = {(row["file"], row["code"]): int(row["count"]) for row in csv.DictReader(open(KNOWN, encoding="utf-8"))}
    found, seen = collections.Counter(), set()
    for folder in CORPUS:
        for source in sorted(folder.rglob("*")) if folder.is_dir() else []:
            name = str(source.relative_to(folder))
            if not source.is_file() or source.suffix == ".md" or source.name == "INDEX.csv" or "codelists" in name or name in seen:
                continue
            seen.add(name)
            publisher = re.match(r"(\d{6})_", source.name)
            _, findings, _ = convert(source, *(["--publisher", publisher.group(1)] if publisher else []))
            found.update((name, one["code"]) for one in findings)
    if "--table" in sys.argv:
        for (name, code), count in sorted(found.items()):
            print(f"{name},{code},{count}")
    wrong = [f"{name} {code}: {found[name, code]}, {known.get((name, code), 0)} known" for name, code in sorted(set(found) | set(known))
             if name in seen and found[name, code] != known.get((name, code), 0)]
    print(f"{len(seen)} files, {sum(found.values())} findings about positions")
    return wrong, len(seen)


def without_addresses(folder, file, code):
    """The positions alone, held against the publisher."""
    _, _, table = convert(ROOT / "datasets" / folder / "source" / file, "--publisher", code, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as bare:
        writer = csv.writer(bare)
        writer.writerow(["NO", "緯度", "経度"])
        writer.writerows([number, row["緯度"], row["経度"]] for number, row in enumerate(rows))
        bare.flush()
        done, findings, _ = convert(bare.name, "--publisher", code, "--schema", "none")
    assert done == 0 and all(one["code"] == "position-elsewhere" for one in findings), findings[:3]
    places = collections.Counter(re.match(r"[^（]*", one["found"]).group() for one in findings)
    print(f"{folder}: {len(rows)} rows, elsewhere {dict(places)}")
    return places


def main():
    wrong, seen = look_at_corpus()
    # 65 of them lie outside 高松市, 13 of these within the kilometre that the simplified boundary is good for.
    if without_addresses("takamatsu-aed", "372013_aed.xlsx", "372013") != {"香川県木田郡三木町": 27, "香川県綾歌郡綾川町": 25}:
        wrong.append("takamatsu-aed")
    for folder, file in (("yaizu-aed", "222127_aed.csv"), ("yaizu-park", "222127_park_info.csv")):
        if without_addresses(folder, file, "222127"):
            wrong.append(folder)
    if seen < 20:
        wrong.append(f"only {seen} files")
    for line in wrong:
        print("not as known:", line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
