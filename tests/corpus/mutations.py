#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""200 mutations over five workbooks: the table moves, its cells do not change, and every finding points at the right original cell.

    mutations.py PROGRAM [--count N] [--only NUMBER] [--keep FOLDER]

The five tables stand in the corpus under an open licence, or are made here. Each is converted once as a plain table (header in row 1): the
base. A mutation, seeded by its number, writes the table again: moved down and to the right, with titles, blank rows and columns, merged
two-row heads, totals, notes, repeated heads, headers renamed and columns in another order; and it plants defects in known cells. What
must come out is known from the base and the list of defects: the same rows, and the same findings, each at the cell where the mutation put
its value. Nothing else may point at a cell of the table; what points beside it must point at a row that the mutation added.
"""
import collections
import concurrent.futures
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import openpyxl
from openpyxl.utils import get_column_letter

import readers

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILES = os.path.join(ROOT, "tests", "corpus", "files")
ROWS = 40

# What people write above a column, beside the standard's own name.
ALSO_CALLED = {
    "名称": ["施設名", "施設名称", "名　称"], "名称_カナ": ["フリガナ", "施設名カナ", "名称（カナ）"], "住所": ["所在地", "施設所在地", "住　所"],
    "所在地_連結表記": ["住所", "所在地"], "電話番号": ["電話", "ＴＥＬ", "電話番号（代表）"], "緯度": ["latitude", "北緯", "緯度（10進）"],
    "経度": ["longitude", "東経", "経度（10進）"], "URL": ["ホームページ", "ＵＲＬ"], "備考": ["摘要", "備　考"], "設置位置": ["設置場所"],
    "郵便番号": ["〒", "郵便番号（7桁）"], "開始時間": ["利用開始時間"], "終了時間": ["利用終了時間"],
}
# Columns that a two-row head would put under one merged word.
TOGETHER = [(("緯度", "経度"), "位置情報"), (("住所", "方書"), "所在"), (("電話番号", "内線番号"), "連絡先"), (("開始時間", "終了時間"), "利用時間"),
            (("男", "女"), "人口"), (("所在地_連結表記", "緯度", "経度"), "場所")]

# field, what is planted, the codes of which one must be at the cell, what must stand in the output (None, …: the value of the base)
DEFECTS = [
    ("電話番号", lambda old: re.sub(r"\D", "", old)[1:], {"leading-zero-restored"}, "hyphens"),
    ("電話番号", lambda old: old + "\n", {"phone-rewritten"}, None),
    ("電話番号", lambda old: "なし", {"empty-marker"}, ""),
    ("電話番号", lambda old: "845-4111", {"phone-unreadable"}, "845-4111"),
    ("緯度", lambda old: "調査中", {"position-unreadable", "number-unreadable", "empty-marker"}, ""),
    ("緯度", lambda old: "3.45", {"position-outside-japan", "value-out-of-range"}, ""),
    ("緯度", "swap", {"position-swapped"}, None),
    ("緯度", "zero", {"position-zero"}, ""),
    ("名称", lambda old: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in "AED2 ") + old, {"text-normalised"}, "AED2 …"),
    ("名称", lambda old: "", {"required-missing"}, ""),
    ("名称_カナ", lambda old: "ｶﾞｯｺｳ", {"kana-rewritten", "text-normalised"}, "ガッコウ"),
    ("開始時間", lambda old: "25時90分", {"time-unreadable"}, ""),
    ("開始時間", lambda old: "午前9時", {"time-rewritten"}, "09:00"),
    ("認可等年月日", lambda old: "令和6年13月1日", {"date-unreadable"}, ""),
    ("認可等年月日", lambda old: "平成30年4月1日", {"date-rewritten"}, "2018-04-01"),
    ("小児対応設備の有無", lambda old: "たぶん", {"flag-unreadable", "value-not-allowed"}, ""),
    ("小児対応設備の有無", lambda old: "○", {"flag-rewritten"}, "有"),
    ("男", lambda old: "#REF!", {"cell-error-value"}, ""),
    ("郵便番号", lambda old: "12", {"postal-code-unreadable"}, "12"),
    ("郵便番号", lambda old: "３７１－８６０１", {"postal-code-rewritten"}, None),
]


def corpus_table(name):
    rows = readers.rows_of_csv(os.path.join(FILES, name))
    return rows[0], [row + [""] * (len(rows[0]) - len(row)) for row in rows[1:ROWS + 1]]


def made_population():
    """Towns in three districts, each with a subtotal in some mutations: numbers, no schema."""
    rows, towns = [], ["大手町", "本町", "千代田町", "城東町", "三河町", "表町", "住吉町", "文京町", "天川町", "朝日町"]
    for district, first in (("中央地区", 0), ("北地区", 3), ("南地区", 7)):
        for at in range(12):
            men, women = 311 + 37 * (first + at) % 400, 290 + 53 * (first + at) % 500
            rows.append([district, f"{towns[(first + at) % 10]}{at // 5 + 1}丁目", str(120 + 17 * at), str(men), str(women), str(men + women)])
    return ["地区", "町名", "世帯数", "男", "女", "総数"], rows


def made_facilities():
    header = ["ID", "名称", "名称_カナ", "郵便番号", "所在地_連結表記", "緯度", "経度", "電話番号", "開始時間", "終了時間", "URL", "備考"]
    rows = []
    for at in range(ROWS):
        rows.append([f"10201600{at:02}", f"前橋市第{at + 1}公民館", "コウミンカン", f"371{8601 + at}", f"前橋市大手町{at % 3 + 1}丁目{at + 1}-{at % 7 + 1}",
                     f"{36.38 + at * 0.00137:.6f}", f"{139.05 + at * 0.00211:.6f}", f"027-224-{1111 + at}", "09:00", "17:00",
                     f"https://www.example.lg.jp/{at}", "月曜休館" if at % 5 == 0 else ""])
    return header, rows


TABLES = [
    ("aed", "v1/aed", *corpus_table("recommended/222127_aed.csv")),
    ("preschool", "v1/preschool", *corpus_table("recommended/222127_preschool.csv")),
    ("evacuation", "v1/evacuation_space", *corpus_table("facility/222127_evacuation_space.csv")),
    ("facilities", "v2/public_facility", *made_facilities()),
    ("population", "none", *made_population()),
]


def is_count(text):
    return re.fullmatch(r"[1-9]\d{0,8}|0", text) is not None


class Workbook:
    """A table on a sheet, and where everything of it went."""

    def __init__(self, name, header, rows):
        self.name, self.header, self.rows = name, list(header), [list(row) for row in rows]
        self.order = list(range(len(header)))      # columns in the order of the sheet
        self.down = self.right = 0
        self.titles, self.notes, self.gap_columns = [], [], set()
        self.two_rows = False
        self.totals, self.subtotals, self.repeat_every, self.blank_after = False, False, 0, set()
        self.defects = []                          # (row, column, codes, output, header)
        self.done = []

    def write(self, path):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = self.name
        at = self.down + 1
        left = self.right + 1
        self.place, self.beside = {}, set()        # (row, column) -> cell; rows that are not data
        columns, here = {}, left
        for column in self.order:
            if column in self.gap_columns:
                here += 1
            columns[column] = here
            here += 1
        last = here - 1
        for title, merged in self.titles:
            if title:
                sheet.cell(at, left, title)
                if merged:
                    sheet.merge_cells(start_row=at, end_row=at, start_column=left, end_column=last)
            self.beside.add(at)
            at += 1
        heads = [at]
        if self.two_rows:
            heads.append(at + 1)
            grouped = {}
            for names, parent in TOGETHER:
                members = [column for column in self.order if self.header[column] in names]
                spots = [columns[column] for column in members]
                if len(members) == len(names) and spots == list(range(spots[0], spots[0] + len(spots))) and not grouped.keys() & set(members):
                    grouped.update({column: (parent, spots[0], spots[-1]) for column in members})
            for column in self.order:
                if column in grouped:
                    parent, first, end = grouped[column]
                    sheet.cell(at + 1, columns[column], self.shown[column])
                    if columns[column] == first:
                        sheet.cell(at, first, parent)
                        sheet.merge_cells(start_row=at, end_row=at, start_column=first, end_column=end)
                else:
                    sheet.cell(at, columns[column], self.shown[column])
                    sheet.merge_cells(start_row=at, end_row=at + 1, start_column=columns[column], end_column=columns[column])
        else:
            for column in self.order:
                sheet.cell(at, columns[column], self.shown[column])
        self.beside.update(heads)
        at = heads[-1] + 1

        def put(row_number, values, numbers=True):
            for column, value in values.items():
                if value == "#REF!":
                    sheet.cell(row_number, columns[column], value).data_type = "e"
                elif value != "":
                    cell = sheet.cell(row_number, columns[column])
                    cell.value = int(value) if numbers and self.name == "population" and is_count(value) else value

        def total(first, word):
            counts = [column for column in range(len(self.header)) if all(is_count(row[column]) for row in self.rows)]
            values = {column: str(sum(int(row[column]) for row in self.rows[first:])) for column in counts}
            return {min(set(range(len(self.header))) - set(counts)): word, **values}

        group = 0
        for number, row in enumerate(self.rows):
            if self.repeat_every and number and number % self.repeat_every == 0:
                put(at, dict(enumerate(self.shown)), numbers=False)
                self.beside.add(at)
                at += 1
            put(at, dict(enumerate(row)))
            for column in range(len(row)):
                self.place[number, column] = f"{get_column_letter(columns[column])}{at}"
            at += 1
            if number in self.blank_after:
                at += 1
            if self.subtotals and (number + 1 == len(self.rows) or self.rows[number + 1][0] != row[0]):
                clean = self.rows
                self.rows = clean[:number + 1]
                put(at, total(group, "小計"))
                self.rows = clean
                group = number + 1
                self.beside.add(at)
                at += 1
        if self.totals:
            put(at, total(0, "合計"))
            self.beside.add(at)
            at += 1
        for note in self.notes:
            at += 1
            sheet.cell(at, left, note)
            self.beside.add(at)
        self.header_cells = {f"{get_column_letter(columns[column])}{row}" for column in columns for row in heads}
        book.save(path)


def mutate(number):
    chance = random.Random(number)
    name, schema, header, rows = TABLES[number % len(TABLES)]
    book = Workbook(name, header, rows)
    book.shown = list(header)
    kinds = ["down", "right", "title", "blank rows", "two-row head", "totals", "renamed", "notes", "blank column", "reordered", "repeated head"]
    chosen = chance.sample(kinds, chance.randint(1, 5))
    if "reordered" in chosen:  # neighbours that belong together stay so, as people leave them
        cut = chance.randint(1, len(header) - 1)
        book.order = book.order[cut:] + book.order[:cut] if chance.random() < 0.5 else chance.sample(book.order, len(header))
    if "down" in chosen:
        book.down = chance.randint(1, 6)
    if "right" in chosen:
        book.right = chance.randint(1, 4)
    if "title" in chosen:
        book.titles = [(f"{name}の一覧", chance.random() < 0.5)]
        if chance.random() < 0.5:
            book.titles.append(("令和6年4月1日現在", False))
    if "blank rows" in chosen:
        book.titles += [("", False)] * chance.randint(1, 2)
    if "two-row head" in chosen:
        book.two_rows = True
    counted = [column for column in range(len(header)) if name == "population" and is_count(rows[0][column])]
    if "totals" in chosen and counted:
        book.totals = True
        book.subtotals = chance.random() < 0.5
    if "renamed" in chosen:
        for column, head in enumerate(header):
            if head in ALSO_CALLED and chance.random() < 0.6 and schema != "none":
                book.shown[column] = chance.choice(ALSO_CALLED[head])
        if name == "facilities" and "住所" in book.shown and "所在地" in book.shown:
            book.shown = list(header)
    if "notes" in chosen:
        book.notes = chance.sample(["※ 休館日は変わることがあります。", "注）数値は年度末現在です。", "お問い合わせ：総務課（内線123）",
                                    "出典：市の台帳"], chance.randint(1, 2))
    if "blank column" in chosen:
        book.gap_columns = {chance.choice(book.order[1:])}
    if "repeated head" in chosen and not book.two_rows:
        book.repeat_every = chance.choice([10, 15, 20])
    # Defects: at most one a row, in rows and columns that have a value to lose.
    here = [one for one in DEFECTS if one[0] in header]
    free = list(range(len(rows)))
    for field, plant, codes, output in chance.sample(here, min(len(here), chance.randint(0, 3))):
        column = header.index(field)
        if plant == "swap" or plant == "zero":
            other = header.index("経度")
            fit = [row for row in free if rows[row][column] and rows[row][other]]
            row = chance.choice(fit)
            old = rows[row][column], rows[row][other]
            book.rows[row][column], book.rows[row][other] = (old[1], old[0]) if plant == "swap" else ("0", "0")
            book.defects += [(row, column, codes, output), (row, other, codes, output)]
        else:
            fit = [row for row in free if (rows[row][column] or output is not None) and ("\n" not in plant("\n") or rows[row][column])]
            if output in (None, "hyphens"):
                fit = [row for row in fit if rows[row][column]]
            if not fit:
                continue
            row = chance.choice(fit)
            if output == "hyphens":
                output = re.sub(r"[()]", "-", rows[row][column]).strip("- ")
            book.rows[row][column] = plant(rows[row][column])
            if field == "郵便番号" and output is None:
                output = "3718601"
            book.defects.append((row, column, codes, output))
        free.remove(row)
    if any("#REF!" in row for row in book.rows):
        book.totals = book.subtotals = False
    book.done = chosen
    return book, schema


def convert(program, path, schema, folder):
    out = os.path.join(folder, "out")
    done = subprocess.run([program, "convert", path, "--out", out, "--schema", schema, "--json", "--quiet", "--format", "csv", "--jobs", "1",
                           "--schemas", os.path.join(ROOT, "schemas")], capture_output=True, timeout=120, check=False)
    if done.returncode not in (0, 1):
        return None, (done.stderr or done.stdout).decode("utf-8", "replace")[-300:]
    report = json.loads(done.stdout)
    with open(os.path.join(out, "findings.jsonl"), encoding="utf-8") as lines:
        findings = [json.loads(line) for line in lines]
    with open(os.path.join(out, next(one["path"] for one in report["outputs"] if one["format"] == "csv")), encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    return (report, findings, rows), ""


def base(program, table):
    name, schema, header, rows = table
    book = Workbook(name, header, rows)
    book.shown = list(header)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"{name}.xlsx")
        book.write(path)
        done, trouble = convert(program, path, schema, folder)
    if done is None:
        raise SystemExit(f"{name}: {trouble}")
    report, findings, output = done
    if report["rows"]["written"] != len(rows):
        raise SystemExit(f"{name}: {report['rows']} of {len(rows)} rows")
    cells = {place: key for key, place in book.place.items()}
    field_of = {column["source"]: column["field"] for column in report["columns"]}
    outside = [one for one in findings if one["cell"] and one["cell"] not in cells and one["cell"] not in book.header_cells]
    if outside:
        raise SystemExit(f"{name}: {outside[0]}")
    return {"findings": [(cells[one["cell"]], one["code"], one["found"]) for one in findings if one["cell"] in cells], "output": output,
            "out_column": {column: output[0].index(field_of.get(head, head)) for column, head in enumerate(header)
                           if field_of.get(head, head) in output[0]}}


def judge(program, number, bases, keep=""):
    book, schema = mutate(number)
    known = bases[book.name]
    header = TABLES[number % len(TABLES)][2]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(keep or folder, f"{number}_{book.name}.xlsx")
        book.write(path)
        done, trouble = convert(program, path, schema, folder)
    if done is None:
        return [trouble], book, 0
    report, findings, output = done
    # 1. The rows: exact, the values those of the base but for the defects. Columns by name; those without a field may be called otherwise.
    if report["rows"]["written"] != len(book.rows):
        return [f"{report['rows']['written']} rows instead of {len(book.rows)}; header {report['source']['header_rows']}"], book, 0
    field_of = {column["source"]: column["field"] for column in report["columns"]}
    planted = {(row, column): (codes, value) for row, column, codes, value in book.defects}
    taken = {}
    for column, head in enumerate(header):
        if column not in known["out_column"]:
            continue
        name = known["output"][0][known["out_column"][column]]
        also = [field for source, field in field_of.items() if source.split("_")[-1] == book.shown[column]] + [
            one for one in output[0] if one == book.shown[column] or one.endswith("_" + book.shown[column])]
        if name in output[0] and not (schema == "none" and book.two_rows):
            taken[column] = output[0].index(name)
        elif also and also[0] in output[0]:
            taken[column] = output[0].index(also[0])
        else:
            wrong.append(f"no column {name} ({book.shown[column]}) in the output")
    for column, out in taken.items():
        for row in range(len(book.rows)):
            wanted = known["output"][row + 1][known["out_column"][column]]
            if (row, column) in planted and planted[row, column][1] is not None:
                wanted = planted[row, column][1].replace("…", wanted)
            if output[row + 1][out] != wanted:
                wrong.append(f"{book.place[row, column]} {book.shown[column]}: {output[row + 1][out]!r} instead of {wanted!r}")
    # 2. The findings: those of the base and of the defects at their cells, and no others in the table.
    cells = {place: key for key, place in book.place.items()}
    got = collections.Counter()
    for one in findings:
        if one["cell"] in cells:
            got[cells[one["cell"]], one["code"]] += 1
            row, column = cells[one["cell"]]
            if one["row"] != int(re.sub(r"\D", "", one["cell"])):
                wrong.append(f"{one['code']} at {one['cell']} says row {one['row']}")
        elif one["row"] and one["row"] not in book.beside:
            wrong.append(f"{one['code']} at {one['cell'] or one['row']}, which is no cell of the table")
    wanted = collections.Counter((key, code) for key, code, _ in known["findings"] if key not in planted)
    for key, (codes, _) in planted.items():
        if not any((key, code) in got for code in codes):
            wrong.append(f"none of {sorted(codes)} at {book.place[key]} ({book.shown[key[1]]}: {book.rows[key[0]][key[1]]!r})")
    rows_hit = {row for row, _ in planted}
    for key, code in (wanted - got):
        if key[0] not in rows_hit:
            wrong.append(f"{code} is missing at {book.place[key]}")
    for key, code in (got - wanted):
        if key[0] not in rows_hit:
            wrong.append(f"{code} at {book.place[key]}, where the cell is as it was")
        elif key not in planted and not code.startswith("position-"):
            wrong.append(f"{code} at {book.place[key]}, beside the defect")
    return wrong, book, sum(got.values())


def main(arguments):
    program = os.path.abspath(arguments[0])
    count = int(arguments[arguments.index("--count") + 1]) if "--count" in arguments else 200
    numbers = [int(arguments[arguments.index("--only") + 1])] if "--only" in arguments else range(count)
    keep = arguments[arguments.index("--keep") + 1] if "--keep" in arguments else ""
    bases = {table[0]: base(program, table) for table in TABLES}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda number: judge(program, number, bases, keep), numbers))
    failed, defects, findings = 0, 0, 0
    for number, (wrong, book, seen) in zip(numbers, results):
        defects += len(book.defects)
        findings += seen
        if wrong:
            failed += 1
            print(f"FAILED {number} {book.name} ({', '.join(book.done)}): {'; '.join(wrong[:3])}{' …' if len(wrong) > 3 else ''}")
    print(f"{len(results)} mutations over {len(TABLES)} workbooks, {defects} defects planted, {findings} findings at their cells; {failed} failed")
    return 1 if failed or (len(results) > 1 and (defects < len(results) // 2 or findings < len(results))) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
