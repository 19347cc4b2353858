#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`kokai normalise KIND` from outside: every line of tests/data/normalize-cases.csv and cell-cases.csv.

    normalise.py PROGRAM

One answer a line, blank lines too, in order; value and flags as the lists have them; a value given back once more stays as it is.
"""
import collections
import csv
import json
import pathlib
import subprocess
import sys

DATA = pathlib.Path(__file__).resolve().parent / "data"


def ask(program, kind, lines):
    text = "".join(line + "\n" for line in lines)
    done = subprocess.run([program, "normalise", kind], input=text.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"normalise {kind}: exit {done.returncode}: {done.stderr.decode()}")
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if [answer["input"] for answer in answers] != lines:
        sys.exit(f"normalise {kind}: not one answer for every line in order")
    return answers


def main():
    program = sys.argv[1]
    wrong = 0
    for name, least in (("normalize-cases.csv", 188), ("cell-cases.csv", 600)):
        cases = collections.defaultdict(list)
        with open(DATA / name, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cases[row["kind"]].append(row)
        count = sum(map(len, cases.values()))
        if count < least:
            sys.exit(f"{name}: only {count} cases")
        for kind, rows in cases.items():
            answers = ask(program, kind, [row["input"] for row in rows] + [""])
            if answers.pop() != {"input": "", "value": "", "flags": []}:
                sys.exit(f"normalise {kind}: a blank line has a value")
            for row, answer in zip(rows, answers):
                got = (answer["value"], " ".join(answer["flags"]))
                if got != (row["expected"], row["flag"]):
                    wrong += 1
                    print(f"{kind} 「{row['input']}」: {got}, not {(row['expected'], row['flag'])}", file=sys.stderr)
            values = [answer["value"] for answer in answers if answer["value"] and "not-a-number" not in answer["flags"]]
            for value, again in zip(values, ask(program, kind, values)):
                if again["value"] != value:
                    wrong += 1
                    print(f"{kind} 「{value}」 becomes 「{again['value']}」 when it is given back", file=sys.stderr)
        print(f"{name}: {count} cases")
    sys.exit(1 if wrong else 0)


main()
