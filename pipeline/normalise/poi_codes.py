#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes poi_codes.inc: poi_codes.py poi-codes.csv > poi_codes.inc (schemas/reference/poi-codes.csv)."""
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = sorted((row["poi_code"], row["name_ja"]) for row in csv.DictReader(file))
print("// Made by poi_codes.py from schemas/reference/poi-codes.csv: %d POI codes of GIF 491-3-1 (CC0 1.0)." % len(rows))
for code, name in rows:
    print('{%d, "%s"},' % (int(code), name))
