#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What of the damage that gen.py plants is found: recall and precision of each of its 16 kinds.

    damage.py PROGRAM [--rows 10000] [--mess 0.03] [--least 99]

The generator says where it damaged a cell (expected_mess_N.csv); findings.jsonl says what the program told of it. Recall: of the cells
damaged in a way that can be seen, those told with a code that fits. Precision: of what was told with these codes in this column, the
share that was damaged. Mended: of the damage that has one right value, the cells that hold it in the CSV. Damage that cannot be seen is
left out and counted: 「(03)1234-5678」 made 「03-1234-5678」 is as good, 「10:00」 for 「10:00」 is no damage, and a NO that repeats
one which was damaged itself is unique after all.
"""
import argparse
import collections
import csv
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
spec = importlib.util.spec_from_file_location("gen", HERE / "gen.py")
gen = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gen)

# kind: its column, the codes that tell it
KINDS = {
    "code_without_check_digit": ("都道府県コード又は市区町村コード", {"code-check-digit-added"}),
    "name_missing": ("名称", {"required-missing"}),
    "name_spaces": ("名称", {"text-normalised"}),
    "kana_halfwidth": ("名称_カナ", {"kana-rewritten"}),
    "addr_fullwidth_or_hyphen": ("住所", {"text-normalised"}),
    "addr_missing": ("住所", {"required-missing"}),
    "latlon_swapped": ("緯度", {"position-swapped"}),
    "latlon_missing": ("緯度", {"position-missing"}),
    "lat_dms": ("緯度", {"position-rewritten"}),
    "tel_variant": ("電話番号", {"phone-rewritten"}),
    "days_free_text": ("利用可能曜日", {"weekdays-rewritten"}),
    "time_variant": ("開始時間", {"time-rewritten"}),
    "url_no_scheme": ("URL", {"url-unreadable"}),
    "date_wareki": ("開設年月日", {"date-rewritten", "date-era-range"}),
    "date_slash_or_short": ("開設年月日", {"date-rewritten", "date-era-range"}),
    "no_duplicate": ("NO", {"id-duplicate"}),
}
# Kinds that share column and codes can only be told apart by their cells: precision is theirs together.
DAYS = {"月～金": "月火水木金", "月・火・水・木・金": "月火水木金", "毎日": "月火水木金土日", "火曜日から日曜日": "火水木金土日",
        "平日": "月火水木金", "月、火、水、木、金": "月火水木金"}


def digits(text):
    text = unicodedata.normalize("NFKC", text).replace("+81", "0")
    return re.sub(r"\D", "", text)


def visible(kind, cell, row, ids_before):
    if kind == "tel_variant":
        return not re.fullmatch(r"0\d{1,4}-\d{1,4}-\d{4}", cell)
    if kind == "time_variant":
        return not re.fullmatch(r"\d\d:\d\d", cell)
    if kind == "no_duplicate":
        return cell in ids_before
    return True


def right_value(kind, cell, row, day):
    """What must stand in the CSV, or None where the program must not guess."""
    if kind == "code_without_check_digit":
        return gen.code6(cell)
    if kind == "name_spaces":
        return cell.strip()
    if kind == "kana_halfwidth":
        return unicodedata.normalize("NFKC", cell)
    if kind == "addr_fullwidth_or_hyphen":
        return unicodedata.normalize("NFKC", cell)
    if kind == "days_free_text":
        return DAYS[cell]
    if kind == "time_variant":
        text = unicodedata.normalize("NFKC", cell)
        return "%02d:00" % int(re.search(r"\d+", text).group()[:2] if len(re.sub(r"\D", "", text)) != 4 else text[:2])
    if kind in ("date_wareki", "date_slash_or_short") and not cell.startswith("H"):
        return "%04d-%02d-%02d" % day
    if kind == "date_slash_or_short":
        year, month, of_month = map(int, cell[1:].split("."))
        return "%04d-%02d-%02d" % (1988 + year, month, of_month)
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rows", type=int, default=10000)
    parser.add_argument("--mess", type=float, default=.03)
    parser.add_argument("--least", type=float, default=99.0)
    options = parser.parse_args()
    log = []
    rows = list(gen.facilities(options.rows, options.mess, log=log))
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work, "facilities.csv")
        source.write_text("\ufeff" + gen.csvline(gen.COLS) + "".join(gen.csvline(row) for row, _ in rows), encoding="utf-8", newline="")
        done = subprocess.run([options.program, "convert", source, "--out", f"{work}/out", "--schema", "v1/public_facility",
                               "--publisher", "131016", "--schemas", ROOT / "schemas", "--format", "csv", "--quiet"],
                              capture_output=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"exit {done.returncode}: {done.stderr.decode()}")
        told = collections.defaultdict(set)  # (record, column): codes
        with open(f"{work}/out/findings.jsonl", encoding="utf-8") as file:
            for line in file:
                finding = json.loads(line)
                told[finding["row"], finding["column"]].add(finding["code"])
        with open(f"{work}/out/131016_public_facility.csv", encoding="utf-8-sig", newline="") as file:
            written = list(csv.DictReader(file))
    assert len(written) == len(rows), "every row is written"

    planted = collections.defaultdict(set)
    hidden = collections.Counter()
    seen_ids, before = set(), []
    for row, _ in rows:
        before.append(row[1] in seen_ids)
        seen_ids.add(row[1])
    damaged = collections.defaultdict(set)  # (column, codes): records of all kinds that share them
    anything = collections.defaultdict(set)  # column: records damaged in any way
    for record, number, kind in log:
        column, codes = KINDS[kind]
        row, _ = rows[record - 2]
        anything[column].add(record)
        if visible(kind, row[number], row, {row[1]} if before[record - 2] else set()):
            planted[kind].add(record)
            damaged[column, frozenset(codes)].add(record)
        else:
            hidden[kind] += 1
    print("| damage | planted | not to be seen | recall | precision | mended |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    bad = []
    for kind, (column, codes) in KINDS.items():
        found = {record for (record, place), kinds in told.items() if place == column and kinds & codes}
        hits = planted[kind] & found
        recall = 100 * len(hits) / len(planted[kind]) if planted[kind] else 100
        precision = 100 * len(found & damaged[column, frozenset(codes)]) / len(found) if found else 100
        mended = wrong = 0
        for record in planted[kind]:
            row, day = rows[record - 2]
            cell = row[gen.COLS.index(column)]
            wanted = right_value(kind, cell, row, day)
            got = written[record - 2][column]
            if kind == "tel_variant":
                wanted, got = digits(cell), digits(got)
            elif kind == "latlon_swapped":
                wanted, got = (row[11], row[10]), (got, written[record - 2]["経度"])
            elif kind == "lat_dms":
                parts = [float(part) for part in re.findall(r"[\d.]+", cell)]
                wanted, got = True, abs(float(got) - (parts[0] + parts[1] / 60 + parts[2] / 3600)) < 1e-6
            if wanted is not None:
                mended += wanted == got
                wrong += wanted != got
                if wanted != got and wrong <= 3:
                    print(f"{kind} {column}{record}: {cell!r} became {got!r}, not {wanted!r}", file=sys.stderr)
        share = 100 * mended / (mended + wrong) if mended + wrong else None
        print(f"| {kind} | {len(planted[kind])} | {hidden[kind] or ''} | {recall:.1f} % | {precision:.1f} % | "
              f"{f'{share:.1f} %' if share is not None else 'told only'} |")
        if not planted[kind]:
            bad.append(f"{kind}: nothing planted")
        if min(recall, precision, 100 if share is None else share) < options.least:
            bad.append(f"{kind}: below {options.least} %")
            for record in sorted(planted[kind] - found)[:3]:
                print(f"{kind} not told: {column}{record} {rows[record - 2][0][gen.COLS.index(column)]!r}", file=sys.stderr)
            for record in sorted(found - damaged[column, frozenset(codes)])[:3]:
                print(f"{kind} told, but not planted: {column}{record} {rows[record - 2][0][gen.COLS.index(column)]!r}", file=sys.stderr)
    sys.exit("\n".join(bad) if bad else 0)


main()
