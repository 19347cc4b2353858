#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every entry of schemas/reference/towns-gunma.csv, written out and read again by `kokai normalise address`.

    towns.py PROGRAM

Each 町字 is asked for as it is listed, with 大字 and 字 and without. The answer must be that entry: place, name, 町字ID,
number. Another entry is right only where the list has one that is written just so (大字明野 and 明野 of one town), or
where a 小字 directly under a municipality is called like a 大字 of it: without 字 the 大字 is meant. A 小字 is no 町 and
no 大字 of its name.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
NUMBER = "12番地3"
# What the list has twice, so that one writing cannot mean both. More is a step back, fewer wants a smaller number here.
MOST_OF_ANOTHER = 18
MOST_OAZA_FOR_KOAZA = 32


def table(name):
    with open(ROOT / "schemas/reference" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kanji_chome(name):
    def kanji(found):
        number, digits = int(unicodedata.normalize("NFKC", found[1])), "〇一二三四五六七八九"
        return (digits[number // 10] if number > 19 else "") + ("十" if number > 9 else "") + \
            (digits[number % 10] if number % 10 else "") + "丁目"
    return re.sub("([0-9０-９]{1,2})丁目$", kanji, name)


def writings(main, koaza):
    """As listed, then with and without 大字 and 字."""
    bare = main.removeprefix("大字")
    if not koaza:
        return [main, bare if bare != main else "大字" + main]
    aza = "" if koaza.startswith("字") else "字"
    if not main:
        return [koaza] + ([aza + koaza] if aza else [])
    return [main + koaza, main + aza + koaza, "大字" + bare + aza + koaza, bare + koaza]


def ask(program, lines):
    done = subprocess.run([program, "normalise", "address"], input="".join(line + "\n" for line in lines).encode(),
                          capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if len(answers) != len(lines):
        sys.exit("normalise address: not one answer for every line")
    return answers


def main():
    places = {row["lg_code"]: row["pref"] + row["county"] + row["city"] + row["ward"] for row in table("lg-codes.csv")}
    towns = [row for row in table("towns-gunma.csv") if not row["abolished_date"]]
    listed = {(town["lg_code"], town["name"]): town for town in towns}
    listed_oaza = {(town["lg_code"], town["name"].removeprefix("大字")) for town in towns if town["machiaza_type"] != "3"}
    asked = []
    koaza_alone = []
    for town in towns:
        code, name = town["lg_code"], town["koaza"]
        asked += [(town, written) for written in writings(town["oaza_cho"] + town["chome"], name)]
        if name and not town["oaza_cho"] and (code, name) not in listed_oaza and (code, name + "町") not in listed_oaza \
                and not name.startswith(("字", "大字")):
            koaza_alone += [(town, name + "町"), (town, "大字" + name)]

    wrong, of_another, oaza_for_koaza = [], 0, 0
    answers = ask(sys.argv[1], [places[town["lg_code"]] + written + NUMBER for town, written in asked])
    for (town, written), answer in zip(asked, answers):
        code = town["lg_code"]
        name = kanji_chome(town["oaza_cho"] + town["chome"]) + town["koaza"]
        place = answer["pref"] + answer["city"] == places[code] and answer["rest"] == "12-3"
        if place and answer["machiaza_id"] == town["machiaza_id"] and answer["town"] == name:
            continue
        other = listed.get((code, written))
        if place and other and other is not town and answer["machiaza_id"] == other["machiaza_id"] and \
                answer["town"] == written:
            of_another += 1
        elif place and town["machiaza_type"] == "3" and not town["oaza_cho"] and answer["town"] == "大字" + written and \
                (code, written) in listed_oaza:
            oaza_for_koaza += 1
        else:
            wrong.append((answer, name + " " + town["machiaza_id"]))
    answers = ask(sys.argv[1], [places[town["lg_code"]] + written + NUMBER for town, written in koaza_alone])
    wrong += [(answer, "not the 小字 " + town["koaza"]) for (town, _), answer in zip(koaza_alone, answers)
              if answer["machiaza_id"] == town["machiaza_id"] or answer["town"] == town["koaza"]]

    print(f"{len(asked)} writings of {len(towns)} towns: {len(wrong)} wrong, {of_another} are another entry's name, "
          f"{oaza_for_koaza} are a 大字's; {len(koaza_alone)} that name no 小字")
    for answer, wanted in wrong[:40]:
        print(f"  {answer['input']}: {answer['pref']}{answer['city']} | {answer['town']} | {answer['rest']} | "
              f"{answer['machiaza_id']} | {' '.join(answer['flags'])}, wanted {wanted}")
    sys.exit(1 if wrong or of_another > MOST_OF_ANOTHER or oaza_for_koaza > MOST_OAZA_FOR_KOAZA else 0)


if __name__ == "__main__":
    main()
