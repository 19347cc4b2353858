#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""No value changed without a finding: every cell of the corpus' tables against the CSV that the program makes of it.

    values.py PROGRAM [--list] [--only PART_OF_NAME]

Each table of truth.csv is converted with --schema none and with its own schema. The source is read by readers.py, which shares no code
with the program. A cell of a column that is in the output must be there byte for byte, or a finding at that very cell says what became
of it; every row of the sheet must be data, or the report says as what it was left out. Cells made of several columns, or split into
several, must hold the characters of their sources. Exit 1 where one cell changed in silence.
"""
import collections
import concurrent.futures
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

import readers

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CORPUS = [os.path.join(ROOT, "tests", "corpus", "files"), os.path.join(ROOT, "..", "shared", "corpus")]
# The cell itself is empty: what was filled in comes from the cell above.
OF_A_MERGED_CELL = {"merged-cell-filled", "group-cell-filled"}


def folded(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cc")


def letters(text):
    return sorted(folded(re.sub(r"[;,_、；，\-\u2010-\u2015\u2212~～〜()（）]", "", text)))


def load_truth():
    tables = collections.OrderedDict()
    with open(os.path.join(ROOT, "tests", "corpus", "truth.csv"), encoding="utf-8", newline="") as text:
        for line in csv.DictReader(text):
            tables.setdefault(line["file"], collections.OrderedDict()).setdefault(line["sheet"], []).append(line)
    return tables


def rows_taken(source, sheets):
    """The rows of the source in the order of the output, and the rows that the report does not account for."""
    layout = source.get("layout", [])
    if not layout:
        cells = sheets[source["sheet"]]
        first, last = max(source["header_rows"]) + 1, max(row for row, _ in cells)
        filled = {row for row, _ in cells}
        return [(source["sheet"], row) for row in range(first, last + 1) if row in filled], []
    taken, lost = [], []
    for sheet in dict.fromkeys(one["sheet"] for one in layout if one["as"] == "data"):
        filled = {row for row, _ in sheets[sheet]}
        told = set()
        for one in layout:
            if one["sheet"] == sheet and one["as"] != "other-table":
                span = [row for row in range(one["first_row"], one["last_row"] + 1) if row in filled]
                told.update(span)
                if one["as"] == "data":
                    taken += [(sheet, row) for row in span]
        lost += [(sheet, row) for row in sorted(filled - told)]
    return taken, lost


def is_masked(said, text):
    """h***@gmail.com for the text behind it: what may be private is masked wherever a finding quotes it."""
    return "*" in said and re.search(r"\S+".join(map(re.escape, re.split(r"\*+", said))), text) is not None


class Comparison:
    def __init__(self, name):
        self.name, self.equal, self.told, self.made, self.silent, self.troubles = name, 0, 0, 0, [], []
        self.not_compared = collections.Counter()

    def table(self, report, findings, rows, sheets, positions):
        source = report["source"]
        taken, lost = rows_taken(source, sheets)
        for sheet, row in lost:
            self.troubles.append(f"{sheet}!{row}: this row is neither data nor in the report")
        header, data = rows[0], rows[1:]
        if len(taken) != len(data):
            self.troubles.append(f"{len(taken)} rows of the source, {len(data)} of the output")
            return
        # field -> source columns; the columns that no field took keep their own name
        parts = collections.OrderedDict()
        for column in report["columns"]:
            parts[column["field"]] = column["source"].split(" + ")
        for column in report["unmapped"]:
            parts.setdefault(column if isinstance(column, str) else column["source"], [column if isinstance(column, str) else column["source"]])
        uses = collections.Counter(one for names in parts.values() for one in names)
        groups = collections.OrderedDict()  # source columns that belong together -> output columns
        for field, names in parts.items():
            if field in header:
                key = tuple(names)
                groups.setdefault(key, []).append(header.index(field))
        for names, outs in groups.items():
            columns = [column_of(one, positions) for one in names]
            if None in columns:
                self.not_compared[" + ".join(names)] += len(data)
                continue
            simple = len(columns) == 1 and len(outs) == 1 and uses[names[0]] == 1
            for index, (sheet, row) in enumerate(taken):
                cells = sheets[sheet]
                before = [cells.get((row, column), "") for column in columns]
                after = [data[index][out] for out in outs]
                if simple and before == after:
                    self.equal += 1
                    continue
                places = [f"{readers.column_letters(column)}{row}" for column in columns]
                about = [one for place in places for one in findings.get((sheet, place), [])]
                if about:
                    self.told += 1
                    self.check_repair(about, before, after, sheet, places, simple)
                elif not simple and letters("".join(before)) == letters("".join(after)):
                    self.made += 1
                elif not simple and set(before) == set(after):  # one cell that serves two fields
                    self.made += 1
                else:
                    self.silent.append(f"{sheet}!{'+'.join(places)} {'+'.join(names)}: {before} -> {after}")

    def check_repair(self, about, before, after, sheet, places, simple):
        """A finding tells the cell as it was, and what it says was repaired is what stands in the output."""
        text = " ".join(before)
        if not any(one["found"] in before or folded(one["found"]) in folded(text) or is_masked(one["found"], text) or one["code"] in OF_A_MERGED_CELL for one in about):
            self.silent.append(f"{sheet}!{'+'.join(places)}: {before}, and the findings tell of {[one['found'] for one in about]}")
        said = [one["repaired"] for one in about if one["repaired"]]
        if simple and said and after[0] not in said and after[0] != "" and \
                not any(after[0] in one or is_masked(one, after[0]) for one in said):
            self.silent.append(f"{sheet}!{places[0]}: {before[0]!r} -> {after[0]!r}, but the finding says {said}")
        if simple and not said and after[0] not in ("", before[0]) and not any(one["expected"] for one in about):
            self.silent.append(f"{sheet}!{places[0]}: {before[0]!r} -> {after[0]!r}, and {[one['code'] for one in about]} names no repair")


def positions_of(lines):
    """Folded header -> column, from the truth; a second column of one name is name_2 in the program."""
    places, seen = {}, collections.Counter()
    for line in lines:
        name = line["source_header"] or f"column{line['column']}"
        seen[name] += 1
        places.setdefault(folded(name if seen[name] == 1 else f"{name}_{seen[name]}"), readers.column_number(line["column"]))
    return places


def column_of(name, positions):
    """The column of a header; one without a name is called 列AX, and words cut over header rows stand joined with _."""
    if re.fullmatch(r"列[A-Z]+", name) and folded(name) not in positions:
        return readers.column_number(name[1:])
    return positions.get(folded(name)) or positions.get(folded(name).replace("_", ""))


def convert(program, path, schema, sheet=""):
    with tempfile.TemporaryDirectory() as out:
        command = [program, "convert", path, "--out", out, "--schema", schema, "--json", "--quiet", "--format", "csv", "--schemas",
                   os.path.join(ROOT, "schemas")] + (["--sheet", sheet] if sheet else [])
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        if done.returncode not in (0, 1):
            return None, (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-300:]
        report = json.loads(done.stdout)
        findings = collections.defaultdict(list)
        with open(os.path.join(out, "findings.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                one = json.loads(line)
                if one["cell"]:
                    for place in re.split(r"[ ,+]+", one["cell"]):
                        findings[one["sheet"], place].append(one)
        made = [one for one in report["outputs"] if one["format"] == "csv"]
        with open(os.path.join(out, made[0]["path"]), encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
        return (report, findings, rows), ""


def compare(program, name, tables, schema):
    path = next((there for there in (os.path.join(folder, name) for folder in CORPUS) if os.path.exists(there)), None)
    result = Comparison(f"{name} ({schema})")
    if path is None:
        return None
    sheets = readers.sheets_of(path)
    done, trouble = convert(program, path, schema)
    if done is None:
        result.troubles.append(trouble)
        return result
    report, findings, rows = done
    lines = tables.get(report["source"]["sheet"]) or next(iter(tables.values()))
    result.table(report, findings, rows, sheets, positions_of(lines))
    return result


def main(arguments):
    program = os.path.abspath(arguments[0])
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    work = []
    for name, tables in load_truth().items():
        if only in name:
            schema = next(iter(tables.values()))[0]["schema"]
            work += [(name, tables, "none")] + ([(name, tables, schema)] if schema else [])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: compare(program, *one), work))
    skipped = len({one[0] for one, result in zip(work, results) if result is None})
    results = [result for result in results if result]
    shown = 10 ** 9 if "--list" in arguments else 5
    for result in results:
        for line in result.troubles + result.silent[:shown]:
            print(f"{result.name}: {line}")
        if "--list" in arguments and result.not_compared:
            print(f"{result.name}: not compared {dict(result.not_compared)}")
        if len(result.silent) > shown:
            print(f"{result.name}: … {len(result.silent) - shown} more")
    equal, told, made = (sum(getattr(result, key) for result in results) for key in ("equal", "told", "made"))
    silent = sum(len(result.silent) for result in results)
    troubles = sum(len(result.troubles) for result in results)
    print(f"{len(results)} conversions ({skipped} files skipped): {equal + told + made + silent} cells compared: {equal} the same, {told} with a "
          f"finding, {made} joined or split with the same characters; {silent} changed without a finding, {troubles} other troubles "
          f"({sum(sum(result.not_compared.values()) for result in results)} cells of columns that the truth does not have)")
    if not results:
        return 0
    return 1 if silent or troubles or equal == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
