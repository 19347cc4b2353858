#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the table of README.md: one line a file of the corpus, with what the program makes of it.

    table.py PROGRAM        beside ../shared, whose INDEX.csv says what is messy; rewrites the lines below the mark in README.md
"""
import concurrent.futures
import csv
import os
import sys

import headers
import match

HERE = os.path.dirname(os.path.abspath(__file__))
MARK = "<!-- table.py writes what follows -->\n"


def cell(text):
    return " ".join(text.replace("|", "\\|").split())


def line(program, name, tables, truth, index):
    path = next((there for there in (os.path.join(folder, name) for folder in headers.CORPUS) if os.path.exists(there)), None)
    about = index.get(name, {"format": "labels" if name.endswith(".attributes.csv") else name.rpartition(".")[2].upper(), "mess": ""})
    here = "yes" if os.path.exists(os.path.join(headers.CORPUS[0], name)) else "no"
    source, _ = headers.taken(program, path)
    right, _, expected = headers.judge(name, tables, source) if source else (False, False, [])
    heads = " ".join(str(row) for row in source["header_rows"]) if source else "-"
    rows = source["data_rows"] if source else "-"
    head_right = right or any(heads == one[0] for one in expected)
    rows_right = right or any(rows == one[1] for one in expected)
    matched, auto = "", "none"
    lines = next(iter(truth.values()))
    wanted = [one for one in lines if one["field"]]
    report, _ = match.convert(program, path, "auto", "", "")
    auto = report["schema"] if report else "-"
    if lines[0]["schema"]:
        hits = 0
        report, _ = match.convert(program, path, lines[0]["schema"], lines[0]["sheet"], "")
        found = match.proposals(report) if report else {}
        for one in wanted:
            mine = [field for field, _ in match.fields_of(found, one["source_header"], len(lines[0]["header_rows"].split()))]
            mine = [field for field in mine if field != one["source_header"] or one["field"] == field]
            hits += "+".join(sorted(mine)) == "+".join(sorted(one["field"].split("+")))
        matched = f"{hits} / {len(wanted)}"
    verdict = "" if auto == lines[0]["schema"] or (auto == "none" and not lines[0]["schema"]) else f" (truth: {lines[0]['schema'] or 'none'})"
    return (f"| `{name}` | {here} | {about['format']} | {cell(about['mess'])} | {heads}{'' if head_right else ' ✗'} | {rows}{'' if rows_right else ' ✗'} "
            f"| {matched} | {auto}{verdict} |\n")


def main(program):
    with open(os.path.join(headers.CORPUS[1], "INDEX.csv"), encoding="utf-8", newline="") as text:
        index = {one["file"]: one for one in csv.DictReader(text)}
    columns = {}
    with open(os.path.join(HERE, "truth.csv"), encoding="utf-8", newline="") as text:
        for one in csv.DictReader(text):
            columns.setdefault(one["file"], {}).setdefault(one["sheet"], []).append(one)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        lines = list(pool.map(lambda one: line(program, one[0], one[1], columns[one[0]], index), headers.truth().items()))
    path = os.path.join(HERE, "README.md")
    with open(path, encoding="utf-8") as text:
        above = text.read().partition(MARK)[0]
    with open(path, "w", encoding="utf-8") as text:
        text.write(above + MARK + "\n| file | copied | kind | what is messy | header rows | data rows | columns right / with a field | `--schema auto` |\n"
                   "| --- | --- | --- | --- | --- | --- | --- | --- |\n" + "".join(lines))
    print(f"{len(lines)} lines")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
