#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Which fields the program proposes for the columns of real files, against truth.csv.

    match.py PROGRAM [--least PERCENT] [--misses] [--header-rows]

Every file of the corpus that has a recommended dataset is converted twice: with the truth's schema, and with --schema auto.
A column counts when a careful person gave it a field; it is right when the program's first proposal is that field (all of them,
where one cell holds two). truth.md lists what could also be said; it does not count here. What has no licence to be copied is
read in ../shared; without it these files are skipped and counted. With --header-rows the truth's header row is given, so that only the
matching is judged; without, the program finds the table itself.
"""
import collections
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = [ROOT / "tests" / "corpus" / "files", ROOT.parent / "shared" / "corpus"]


def folded(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cc")


def fields_of(found, header, head_rows):
    """What the program made of a column of the truth: of several header rows joined with _ one may stand alone."""
    theirs = folded(header)
    for source, fields in found.items():
        if folded(source) == theirs:
            return fields
    for source, fields in found.items() if head_rows > 1 else []:
        mine = folded(source)
        if theirs.endswith("_" + mine) or theirs.startswith(mine + "_"):
            return fields
    return []


def convert(program, path, schema, sheet, header_row):
    with tempfile.TemporaryDirectory() as out:
        command = [program, "convert", str(path), "--out", out, "--schema", schema, "--json", "--quiet", "--format", "csv"]
        command += ["--sheet", sheet] if sheet else []
        command += ["--header-row", header_row] if header_row else []
        done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
        if done.returncode not in (0, 1):
            return None, (done.stderr or done.stdout).decode("utf-8", "replace").strip()[:200]
        return json.loads(done.stdout), ""


def proposals(report):
    """Per source header the fields that are made of it."""
    fields = collections.defaultdict(list)
    for column in report["columns"]:
        for source in column["source"].split(" + "):
            fields[source].append((column["field"], column["confidence"]))
    return fields


def main(arguments):
    program = arguments[0]
    least = float(arguments[arguments.index("--least") + 1]) if "--least" in arguments else 0.0
    tables = collections.OrderedDict()
    with open(ROOT / "tests" / "corpus" / "truth.csv", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["schema"]:
                tables.setdefault((line["file"], line["sheet"]), []).append(line)
    right, all_columns, wrongly, rest = collections.Counter(), 0, collections.Counter(), 0
    schema_right, schema_said, skipped, rows = 0, 0, 0, []
    misses = []
    for (name, sheet), lines in tables.items():
        path = next((folder / name for folder in CORPUS if (folder / name).is_file()), None)
        if path is None:
            skipped += 1
            continue
        heads = lines[0]["header_rows"].split()
        wanted = [line for line in lines if line["field"]]
        all_columns += len(wanted)
        rest += len(lines) - len(wanted)
        row = [name, len(wanted)]
        for way in ("truth", "auto"):
            header_row = ""
            if "--header-rows" in arguments and heads not in ([], ["1"], ["vertical"]):
                header_row = heads[0] if lines[0]["source_header"].startswith("#") else heads[-1]
            report, trouble = convert(program, path, lines[0]["schema"] if way == "truth" else "auto", sheet, header_row)
            found = proposals(report) if report else {}
            if way == "auto" and report:
                schema_said += report["schema"] != "none"
                schema_right += report["schema"] == lines[0]["schema"]
                row.append(report["schema"])
            hits = 0
            for line in lines:
                mine = fields_of(found, line["source_header"], len(heads))
                mine = [field for field, _ in mine if field != line["source_header"] or line["field"] == field]
                if line["field"]:
                    hit = "+".join(sorted(mine)) == "+".join(sorted(line["field"].split("+")))
                    hits += hit
                    if not hit and way == "truth":
                        misses.append(f"{name} {line['column']} {line['source_header']}: {line['field']}, not {'+'.join(mine) or 'nothing'}")
                elif mine and way == "truth" and line["source_header"] not in mine:
                    wrongly[way] += 1
                    misses.append(f"{name} {line['column']} {line['source_header']}: no field, not {'+'.join(mine)}")
            right[way] += hits
            row.insert(2 if way == "truth" else 3, hits)
            if trouble:
                row.append(trouble)
        rows.append(row)
    if "--misses" in arguments:
        print("\n".join(misses))
    for row in rows:
        print(*row, sep="\t")
    if not all_columns:
        print(f"no file of the corpus is at hand ({skipped} tables skipped)")
        return 0
    share = 100.0 * right["truth"] / all_columns
    print(f"{len(rows)} tables ({skipped} skipped), {all_columns} columns with a field: {right['truth']} right ({share:.1f} %) with the "
          f"schema given, {right['auto']} ({100.0 * right['auto'] / all_columns:.1f} %) with --schema auto")
    print(f"{rest} columns without a field: {wrongly['truth']} wrongly given one")
    print(f"auto: {schema_right} of {len(rows)} schemas right, {schema_said - schema_right} wrong, {len(rows) - schema_said} undecided")
    return 0 if share >= least else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
