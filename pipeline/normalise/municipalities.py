#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes municipalities.inc: municipalities.py lg-codes.csv > municipalities.inc (the reference list; 47 prefectures left out)."""
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["kind"] != "pref"]
print("// Made by municipalities.py from the reference list of codes: %d municipalities and wards, 郡, name, ward." % len(rows))
print("// アドレス・ベース・レジストリ（デジタル庁）を加工して作成 (PDL1.0).")
for row in sorted(rows, key=lambda row: row["lg_code"]):
    print('{"%s", "%s", "%s", "%s"},' % (row["lg_code"], row["county"], row["city"], row["ward"]))
