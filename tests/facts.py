#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`kokai schemas --json` beside the fact table: the 39 tables of the standard, every name in order, what is said of each.

    facts.py PROGRAM
"""
import csv
import itertools
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = {"必須◎": "required", "推奨○": "recommended", "必須以外": "optional", "任意": "optional", "unknown": "unknown"}
FACTS = ROOT / "schemas/facts/recommended-datasets.csv"


def facts_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {f"{standard}/{dataset}": list(fields)
            for (standard, dataset), fields in itertools.groupby(rows, lambda row: (row["standard"], row["dataset_id"]))}


def main(program):
    given = ROOT.parent / "shared/standards/recommended-datasets.csv"
    if given.exists():
        assert given.read_bytes() == FACTS.read_bytes(), "schemas/facts/recommended-datasets.csv is not the one beside the checkout"
    facts = facts_of(FACTS)
    shown = json.loads(subprocess.run([program, "schemas", "--json", "--schemas", ROOT / "schemas"], check=True,
                                      capture_output=True, text=True).stdout)
    shown = {schema["id"]: schema for schema in shown if schema["standard"] in ("v1", "v2")}
    assert set(shown) == set(facts), set(shown) ^ set(facts)
    assert [sum(name.startswith(standard) for name in facts) for standard in ("v1/", "v2/")] == [17, 22]
    overlay = json.loads((ROOT / "schemas/facts/overlay.json").read_text(encoding="utf-8"))
    corrected = {}
    for one in overlay["corrections"]:
        for table in one["tables"]:
            corrected.setdefault((table, one["column"]), {}).update(one["set"])
    fields = listed = 0
    for name, rows in facts.items():
        schema = shown[name]
        assert [field["name"] for field in schema["fields"]] == [row["column_name"] for row in rows], name
        assert schema["file_name"] == name.split("/")[1] and schema["edition"] and schema["title"] and schema["title_en"], name
        assert len({field["english"] for field in schema["fields"]}) == len(rows), f"{name}: an English name twice or missing"
        for field, row in zip(schema["fields"], rows):
            at = (name, field["name"])
            assert (field["requirement"], field["confidence"], field["format"]) == \
                (row["requirement"], row["confidence"], row["type_format"]), at
            change = corrected.get(at, {})
            assert field.get("example", "") == change.get("example", row["example"]), at
            assert field["english"] and field["source"] == row["source"], at
            words = [word for word in row["allowed_values"].split("|") if word and word != "(空欄)"]
            if row["allowed_values"].endswith("の部分列"):
                words = []  # of its parts any may be there
            # Words that another edition lends are usual ones, never a rule.
            is_rule = change.get("words", "vocabulary" if "統制語彙の出所" in row["source"] else "enum") == "enum"
            assert field["allowed"] == (words if is_rule else []), (at, field["allowed"], words)
            listed += bool(field["allowed"])
            # Only what the standard requires, of a column whose place is known, is ever an error; an empty cell that says "no" is none.
            empty_says_no = "(空欄)" in row["allowed_values"].split("|")
            level = LEVELS[row["requirement"].rstrip("?")]
            level = "optional" if empty_says_no and level == "required" else level
            unsure = row["requirement"].endswith("?") or row["confidence"] == "low"
            assert field["level"] == ("likely_required" if level == "required" and unsure else level), (at, field["level"])
            fields += 1
    print(f"{len(facts)} tables, {fields} fields in the order of the fact table; {listed} lists of allowed words")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
