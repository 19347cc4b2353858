#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The form of every schema: official header, drop-downs, notes, an example that check accepts and nobody publishes.

    forms.py PROGRAM
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import openpyxl

warnings.simplefilter("ignore")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(program, *arguments, exits=(0,)):
    done = subprocess.run([program, *map(str, arguments), "--schemas", ROOT / "schemas"], capture_output=True, text=True)
    assert done.returncode in exits, (arguments, done.returncode, done.stdout[-600:], done.stderr[-600:])
    return done.stdout


def look_at(book, schema):
    data = book["データ"]
    names = [field["name"] for field in schema["fields"]]
    assert book.sheetnames[0] == "データ" and data.freeze_panes == "A2"
    assert [cell.value for cell in data[1]] == names and data.max_row == 1
    lists = {}
    for rule in data.data_validations.dataValidation:
        if rule.type == "list":
            column = openpyxl.utils.cell.range_boundaries(str(rule.sqref))[0]
            lists[names[column - 1]] = (rule.formula1.strip('"').split(","), rule.showErrorMessage)
    for cell, field in zip(data[1], schema["fields"]):
        assert cell.comment and cell.comment.text.strip(), field["name"]
        assert field["format"] in cell.comment.text if field.get("format") else True
        if field["allowed"]:
            assert lists[field["name"]][0] == field["allowed"], field["name"]
            assert bool(lists[field["name"]][1]) == ("separator" not in field)
        if field["kind"] in ("lg_code", "phone", "identifier", "postal_code", "poi", "date"):
            assert data.column_dimensions[cell.column_letter].number_format == "@", field["name"]
    if any("example" in field for field in schema["fields"]):
        for cell, field in zip(book["記入例"][2], schema["fields"]):
            shown = cell.value or ""
            assert shown == field.get("example", "") or ("example" not in field and field["level"] == "required" and shown)


def main(program):
    schemas = json.loads(run(program, "schemas", "--json"))
    standard = [schema for schema in schemas if schema["standard"] in ("v1", "v2")]
    assert len(standard) == 39
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for schema in schemas:
            form = work / (schema["id"].replace("/", "_") + ".xlsx")
            run(program, "schemas", schema["id"], "--template", form)
            look_at(openpyxl.load_workbook(form), schema)
            if schema not in standard:
                continue
            report = json.loads(run(program, "check", form, "--json", "--quiet", "--output", work / "output",
                                    "--schema", schema["id"]))["datasets"][0]
            codes = report["codes"]
            assert report["findings"]["error"] == 0, (schema["id"], codes, report["details"][:3])
            assert "column-unsure" not in codes and "example-only" in codes and not report["unmapped"], (schema["id"], codes)
            # Nobody filled anything in: nothing to publish.
            run(program, "convert", form, "--out", work / "empty", "--format", "csv", "--schema", schema["id"], "--quiet",
                exits=(1,))
        # Filled in, with the example left where it is: the row of the department alone, without naming the schema.
        form = work / "v1_aed.xlsx"
        book = openpyxl.load_workbook(form)
        header = [cell.value for cell in book["データ"][1]]
        own = {"都道府県コード又は市区町村コード": "012025", "NO": "0000000001", "都道府県名": "北海道", "市区町村名": "函館市",
               "名称": "見本館", "名称_カナ": "ミホンカン", "住所": "北海道函館市東雲町4", "設置位置": "1階", "電話番号": "(0138)21-3111",
               "小児対応設備の有無": "有"}
        book["データ"].append([own.get(name) for name in header])
        book.save(work / "filled.xlsx")
        report = json.loads(run(program, "convert", work / "filled.xlsx", "--out", work / "out", "--format", "csv", "--json",
                                "--quiet"))
        assert report["schema"] == "v1/aed" and report["rows"]["written"] == 1, (report["schema"], report["rows"])
        assert "example-only" not in report["codes"]
        with open(work / "out" / report["outputs"][0]["path"], encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {name: rows[0][name] for name in own} == own, rows
        # Never over a file that is there; the same bytes each time.
        first = (work / "v2_aed.xlsx").read_bytes()
        run(program, "schemas", "v2/aed", "--template", work / "v2_aed.xlsx", exits=(2,))
        (work / "v2_aed.xlsx").unlink()
        run(program, "schemas", "v2/aed", "--template", work / "v2_aed.xlsx")
        assert (work / "v2_aed.xlsx").read_bytes() == first
        run(program, "schemas", "--template", work / "a.xlsx", exits=(2,))
        run(program, "schemas", "v2/aed", "--template", work / "a.csv", exits=(2,))
    print(f"{len(schemas)} forms")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
