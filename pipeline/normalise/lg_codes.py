#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes lg_codes.inc: lg_codes.py lg-codes.csv > lg_codes.inc (the reference list; its jis_code column has the five digits)."""
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    codes = sorted({int(row["jis_code"]) for row in csv.DictReader(file)})
print("// Made by lg_codes.py from the reference list of codes: %d prefectures, municipalities and wards, five digits each." % len(codes))
print("// アドレス・ベース・レジストリ（デジタル庁）を加工して作成 (PDL1.0).")
for start in range(0, len(codes), 20):
    print(", ".join(map(str, codes[start:start + 20])) + ",")
