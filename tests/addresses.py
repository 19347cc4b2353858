#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`kokai normalise address` over tests/data/address-cases.csv, scored by source.

    addresses.py PROGRAM [--list] [--speed N]

A blank expected field is not asserted. Prefecture, municipality and town are held against each other after one folding
(variants of characters, 大字 and 字, kana, 丁目 in kanji); number and building joined, because the sources cut them at
different places. Every third row was held out while the parser was written: both figures are printed. `--list` names
every disagreement; `--speed N` fails below N addresses a second of the program's own processor time, JSON included.
"""
import collections
import csv
import json
import pathlib
import re
import resource
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEAST = {"constructed-gunma": 100.0, "abr-geocoder": 95.0, "japanese-address-parser": 90.0,
         "normalize-japanese-addresses": 99.0}
NO_WRONG_MUNICIPALITY = ("constructed-gunma", "abr-geocoder", "japanese-address-parser", "normalize-japanese-addresses")


def variants():
    text = (ROOT / "pipeline/normalise/address/variants.inc").read_text(encoding="utf-8")
    return {letter: group[0] for group in re.findall(r'"([^"]+)"', text) for letter in group[1:]}


VARIANTS = variants()


def kanji(number):
    digits = "〇一二三四五六七八九"
    return (digits[number // 10] if number > 19 else "") + ("十" if number > 9 else "") + \
        (digits[number % 10] if number % 10 else "")


def folded(text):
    text = unicodedata.normalize("NFKC", text).replace("大字", "").replace("字", "").replace(" ", "")
    text = re.sub("[\U000e0100-\U000e01ef]", "", text)
    text = re.sub("[ヶがガヵ]", "ケ", text)
    text = re.sub("[の之]", "ノ", text)
    text = re.sub(r"(\d{1,2})(丁目|条|番町)", lambda found: kanji(int(found[1])) + found[2], text)
    text = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)
    return "".join(VARIANTS.get(c, c) for c in text)


def number(text):
    text = re.sub("番地ノ|番地|番ノ|番|号ノ|号", "-", folded(text))
    return re.sub("-+", "-", re.sub("[ノ−－‐―ー–]", "-", text)).strip("-")


def ask(program, lines, publisher):
    command = [program, "normalise", "address"] + (["--publisher", publisher] if publisher else [])
    done = subprocess.run(command, input="".join(line + "\n" for line in lines).encode(), capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"normalise address: exit {done.returncode}: {done.stderr.decode()}")
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if [answer["input"] for answer in answers] != lines:
        sys.exit("normalise address: not one answer for every line in order")
    return answers


def main():
    program = sys.argv[1]
    with open(ROOT / "tests/data/address-cases.csv", encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    codes = {}
    with open(ROOT / "schemas/reference/lg-codes.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes[row["county"] + row["city"]] = row["lg_code"] if not row["ward"] else codes.get(row["county"] + row["city"])
    by_publisher = collections.defaultdict(list)
    for at, case in enumerate(cases):
        place = re.search(r"target_city=(\S+)", case["note"] or "")
        by_publisher[codes[place[1]] if place else ""].append(at)
        case["input"] = case["input"].replace("\n", " ").replace("\r", " ")
    answers = [None] * len(cases)
    for publisher, members in by_publisher.items():
        for at, answer in zip(members, ask(program, [cases[at]["input"] for at in members], publisher)):
            answers[at] = answer

    scores = collections.defaultdict(collections.Counter)
    disagreements = []
    for at, (case, answer) in enumerate(zip(cases, answers)):
        score = scores[case["source"]]
        part = "held" if at % 3 == 2 else "seen"
        if case["level"] == "none":
            right = answer["level"] == "none" and not any(answer[k] for k in ("pref", "city", "town", "rest", "value"))
            place = town = rest = right
        else:
            place = all(not case[k] or folded(answer[k]) == folded(case[k]) for k in ("pref", "city"))
            town = place and (not case["town"] or folded(answer["town"]) == folded(case["town"]))
            wanted = case["rest"] + case["other"]
            rest = town and (not wanted or number(answer["rest"] + answer["other"]) == number(wanted))
        # An answer of less is not a wrong one: 相模原市 for 相模原市中央区.
        wrong = bool(case["city"] and answer["city"]) and not place and \
            not folded(case["city"]).startswith(folded(answer["city"]))
        code = bool(case["lg_code"] and answer["lg_code"]) and answer["lg_code"] != case["lg_code"] and not wrong and \
            folded(answer["city"]) == folded(case["city"])
        score.update({"rows": 1, "place": place, "town": town, "rest": rest, "wrong": wrong or code, part: 1,
                      part + " town": town, "id": bool(case["machiaza_id"]) and answer["machiaza_id"] == case["machiaza_id"],
                      "other id": bool(case["machiaza_id"] and answer["machiaza_id"]) and town and
                      answer["machiaza_id"] != case["machiaza_id"]})
        if not rest or wrong:
            kind = "WRONG MUNICIPALITY" if wrong else "place" if not place else "town" if not town else "number"
            disagreements.append((case, answer, kind))

    print(f"{'source':30} {'rows':>5} {'place':>7} {'+ town':>7} {'(seen':>7} {'held)':>7} {'+ number':>8} {'wrong':>5} {'IDs':>4} {'other ID':>8}")
    failed = False
    for source, score in scores.items():
        def share(key, of="rows", score=score):
            return 100.0 * score[key] / score[of] if score[of] else 100.0
        print(f"{source:30} {score['rows']:5} {share('place'):6.2f}% {share('town'):6.2f}% {share('seen town', 'seen'):6.2f}% "
              f"{share('held town', 'held'):6.2f}% {share('rest'):7.2f}% {score['wrong']:5} {score['id']:4} {score['other id']:8}")
        if share("town") < LEAST.get(source, 0):
            print(f"  below {LEAST[source]} %")
            failed = True
        if score["wrong"] and source in NO_WRONG_MUNICIPALITY:
            print("  a wrong municipality")
            failed = True
    if "--list" in sys.argv:
        for case, answer, kind in disagreements:
            print(f"{kind:7} {case['source'][:9]} {case['input']}\n        wanted {case['city']} | {case['town']} | {case['rest']} | "
                  f"{case['other']}\n        answer {answer['city']} | {answer['town']} | {answer['rest']} | {answer['other']} | "
                  f"{answer['level']} {' '.join(answer['flags'])}")
    if "--speed" in sys.argv:
        least = int(sys.argv[sys.argv.index("--speed") + 1])
        lines = [case["input"] for case in cases] * 50
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ask(program, lines, "")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{len(lines)} addresses in {taken:.2f} s of processor time: {len(lines) / taken:.0f} a second")
        if len(lines) / taken < least:
            print(f"  below {least}")
            failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
