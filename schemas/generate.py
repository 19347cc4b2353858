#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes schemas/v1/*.json and schemas/v2/*.json from the fact table and the hand-kept overlay.

    generate.py           write what changed
    generate.py --check   write nothing; exit 1 if a committed file differs, is missing or is too many

The fact table (facts/recommended-datasets.csv) is never edited: what we know better stands in facts/overlay.json, and what
else people write above a column in facts/aliases.json.
"""
import collections
import csv
import json
import pathlib
import re
import sys
import unicodedata

ROOM = pathlib.Path(__file__).resolve().parent
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
EMPTY = "(空欄)"
REQUIREMENT_WORDS = {"必須◎": "必須です", "必須◎?": "必須と思われます", "推奨○": "推奨です", "推奨○?": "推奨と思われます"}


def folded(header):
    """A header as the program compares it, so that only real aliases are written."""
    return "".join(unicodedata.normalize("NFKC", header).split()).casefold()


def read_facts():
    tables = collections.OrderedDict()
    with open(ROOM / "facts" / "recommended-datasets.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            tables.setdefault((row["standard"], row["dataset_id"]), []).append(row)
    for key, rows in tables.items():
        numbers = [int(row["column_no"]) for row in rows]
        if numbers != list(range(1, len(rows) + 1)):
            raise SystemExit(f"{key}: the columns are not numbered 1 to {len(rows)}")
    return tables


def columns_of(test):
    """The columns that one test of a rule names."""
    names = set(test.get("any_column", [])) | set(test.get("sum_of", []))
    names |= {value["column"] for value in test.values() if isinstance(value, dict)}
    return names | ({test["column"]} if "column" in test else set())


class Overlay:
    def __init__(self):
        with open(ROOM / "facts" / "overlay.json", encoding="utf-8") as file:
            self.all = json.load(file)
        self.kinds = {name: kind for kind, names in self.all["kinds"].items() for name in names}
        self.counts = {name: unit for unit, names in self.all["counts"].items() for name in names}
        self.used = set()  # what an overlay names must exist in the fact table: a slip is an error
        with open(ROOM / "facts" / "aliases.json", encoding="utf-8") as file:
            known = json.load(file)
        self.concepts = known["concepts"]
        self.age_classes = known["age_classes"]

    def __getitem__(self, key):
        return self.all[key]

    def look(self, section, name, default=None):
        if name in self.all[section]:
            self.used.add((section, name))
            return self.all[section][name]
        return default

    def count_unit(self, name):
        if name in self.counts:
            self.used.add(("counts", name))
            return self.counts[name]
        for unit, pattern in self.all["count_patterns"].items():
            if re.search(pattern, name):
                return unit
        return None

    def kind(self, name, default):
        if name in self.kinds:
            self.used.add(("kinds", name))
            return self.kinds[name]
        return default

    def english(self, name):
        word = self.look("english", name)
        for pattern, form in self.all["english_patterns"] if word is None else []:
            found = re.search(pattern, name)
            if found:
                word = form.format(found.group(0), *found.groups())
        return word

    def usual_headers(self, english):
        """What people write above such a column, whatever the table."""
        found = []
        for concept, (names, aliases) in enumerate(self.concepts):
            if english in names:
                self.used.add(("concepts", concept, english))
                found += aliases
        age = re.fullmatch(r"(male|female)(\d+)(?:To(\d+)|AndOver)", english)
        if age:
            number = int(age.group(2)) // 5 + 1
            for form in self.age_classes[age.group(1)]:
                if age.group(3) is None:
                    form = form.replace("{0}-{1}歳", "{0}歳以上").replace("{0}-{1}", "{0}以上")
                found.append(form.format(age.group(2), age.group(3), number))
        return found

    def correction(self, table, column):
        change = {}
        for number, one in enumerate(self.all["corrections"]):
            if table in one["tables"] and column == one["column"]:
                self.used.add(("corrections", number, table))
                change.update(one["set"])
        return change

    def rules(self, table, fields):
        """What the standard says of several fields at once: every rule whose columns the table has."""
        there = {field["name"] for field in fields}
        found = []
        for number, one in enumerate(self.all["rules"]):
            names = set()
            for test in one.get("when", []) + one["must"]:
                names |= columns_of(test)
            if not names <= there or there & set(one.get("without", [])):
                continue
            self.used.add(("rules", number))
            keys = ("when", "must", "code", "level", "message", "message_en")
            found.append({key: one[key] for key in keys if key in one})
        return found

    def unused(self):
        names = {("kinds", name) for name in self.kinds} | {("counts", name) for name in self.counts}
        for section in ("units", "patterns", "descriptions", "english"):
            names |= {(section, name) for name in self.all[section]}
        for number, one in enumerate(self.all["corrections"]):
            names |= {("corrections", number, table) for table in one["tables"]}
        for scope, fields in self.all["aliases"].items():
            names |= {("aliases", scope, name) for name in fields}
        names |= {("rules", number) for number in range(len(self.all["rules"]))}
        for concept, (english, _) in enumerate(self.concepts):
            names |= {("concepts", concept, name) for name in english}
        return sorted(map(str, names - self.used))


def words_of(row, change):
    """The allowed words, and whether they are a rule (`enum`) or only what is usual (`vocabulary`)."""
    listed = row["allowed_values"]
    words = [] if not listed or listed.endswith("の部分列") else [word for word in listed.split("|") if word != EMPTY]
    inferred = "統制語彙の出所" in row["source"]  # taken over from another edition: never a reason to refuse a file
    how = change.get("words", "vocabulary" if inferred else "enum")
    return change.get("vocabulary", words), how


def field_of(table, row, overlay, table_source):
    name = row["column_name"]
    change = overlay.correction(table, name)
    type_name, kind, phrase = overlay["formats"][row["type_format"]]
    kind = overlay.kind(name, kind)
    words, how = words_of(row, change)
    empty_is_a_value = EMPTY in row["allowed_values"].split("|")
    if how == "enum" and words == ["有", "無"]:
        kind = "flag_word"
    if how == "enum" and words == ["1"] and empty_is_a_value:
        kind = "flag_one"
    unit = overlay.look("units", name, "")
    minimum = None
    count = overlay.count_unit(name)
    if count is not None and type_name in ("number", "integer"):
        type_name, kind, unit, minimum = "integer", "integer", count, 0

    said = overlay.look("descriptions", name, "")
    need = "" if empty_is_a_value else REQUIREMENT_WORDS.get(row["requirement"], "")
    field = collections.OrderedDict(name=name, type=type_name)
    if type_name == "time":
        field["format"] = "%H:%M"
    plain = row["type_format"] == "文字列" or empty_is_a_value
    sentences = [said, phrase if not said or not plain else "", need]
    field["description"] = "".join(sentence + "。" for sentence in sentences if sentence)
    example = change.get("example", row["example"])
    if example:
        field["example"] = example

    constraints = collections.OrderedDict()
    # `low` says that the place of the column is inferred; a column whose empty cell means "no" is never missing.
    if row["requirement"] == "必須◎" and row["confidence"] != "low" and not empty_is_a_value:
        constraints["required"] = True
    pattern = overlay.look("patterns", name)
    if pattern:
        constraints["pattern"] = pattern
    if words and how == "enum":
        constraints["enum"] = words
    if minimum is not None:
        constraints["minimum"] = minimum
    if constraints:
        field["constraints"] = constraints

    field["kokai:kind"] = kind
    field["kokai:requirement"] = row["requirement"]
    field["kokai:confidence"] = row["confidence"]
    field["kokai:format"] = row["type_format"]
    english = overlay.english(name)
    if not english:
        raise SystemExit(f"{table}: {name} has no English name in the overlay")
    field["kokai:english"] = english
    field["kokai:aliases"] = []
    if words and how == "vocabulary":
        field["kokai:vocabulary"] = words
    if "(;区切り)" in row["type_format"]:
        field["kokai:separator"] = ";"
    if unit:
        field["kokai:unit"] = unit
    if row["source"] != table_source:
        field["kokai:source"] = row["source"]
    return field


def add_aliases(table, fields, prefix, overlay):
    standard = table.split("/")[0]
    names = {folded(field["name"]): field["name"] for field in fields}
    taken = {}
    for field in fields:
        found = []
        for scope in (table, standard):
            if field["name"] in overlay["aliases"].get(scope, {}):
                overlay.used.add(("aliases", scope, field["name"]))
                found += overlay["aliases"][scope][field["name"]]
        if prefix and field["name"].startswith(prefix):
            found.append(field["name"][len(prefix):])  # published files leave the prefix out
        seen = set()
        for alias in found:
            key = folded(alias)
            if key in names or key in seen:
                continue  # the name of a field (its own, or another one of this table) is no alias
            if key in taken:
                raise SystemExit(f"{table}: alias {alias} of {field['name']} is taken by {taken[key]}")
            seen.add(key)
            taken[key] = field["name"]
            field["kokai:aliases"].append(alias)
    for field in fields:  # after what the tables themselves say: a word that is taken stays where it is
        for alias in overlay.usual_headers(field["kokai:english"]):
            key = folded(alias)
            if key not in names and key not in taken:
                taken[key] = field["name"]
                field["kokai:aliases"].append(alias)
        if not field["kokai:aliases"]:
            del field["kokai:aliases"]


def schema_of(standard, dataset, rows, overlay):
    table = f"{standard}/{dataset}"
    about = overlay["tables"][table]
    sources = collections.Counter(row["source"] for row in rows)
    source = next(row["source"] for row in rows if sources[row["source"]] == max(sources.values()))
    fields = [field_of(table, row, overlay, source) for row in rows]
    add_aliases(table, fields, about.get("prefix", ""), overlay)
    english = collections.Counter(field["kokai:english"] for field in fields)
    twice = [word for word, count in english.items() if count > 1]
    if twice:
        raise SystemExit(f"{table}: English names occur twice: {twice}")

    schema = collections.OrderedDict()
    schema["$schema"] = PROFILE
    schema["kokai:id"] = table
    schema["kokai:standard"] = standard
    schema["kokai:title"] = about.get("title", rows[0]["dataset_name_ja"])
    schema["kokai:title_en"] = about["title_en"]
    if "number" in about:
        schema["kokai:number"] = about["number"]
    schema["kokai:edition"] = about.get("edition", overlay["standards"][standard]["edition"])
    schema["kokai:file_name"] = dataset
    if "file_date" in about:
        schema["kokai:file_date"] = about["file_date"]
    schema["kokai:partial"] = about.get("partial", False)
    position = collections.OrderedDict(
        (kind, field["name"]) for kind in ("latitude", "longitude") for field in fields if field["kokai:kind"] == kind)
    if position:
        schema["kokai:position"] = position
    rules = overlay.rules(table, fields)
    if rules:
        schema["kokai:rules"] = rules
    schema["kokai:source"] = source
    schema["fields"] = fields
    keys = [field["name"] for field in fields if field["name"] in ("ID", "NO")]
    if keys:
        schema["primaryKey"] = keys
    schema["missingValues"] = [""]
    return schema


def generate():
    overlay = Overlay()
    tables = read_facts()
    files = {}
    for (standard, dataset), rows in tables.items():
        schema = schema_of(standard, dataset, rows, overlay)
        files[f"{standard}/{dataset}.json"] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    missing = sorted(set(overlay["tables"]) - {name[:-5] for name in files})
    if missing or overlay.unused():
        raise SystemExit(f"the overlay names what the fact table does not have: {missing + overlay.unused()}")
    return files


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    files = generate()
    there = {f"{folder}/{path.name}" for folder in ("v1", "v2") for path in (ROOM / folder).glob("*.json")}
    wrong = 0
    for name in sorted(set(files) | there):
        path = ROOM / name
        committed = path.read_text(encoding="utf-8") if name in there else None
        if committed == files.get(name):
            continue
        wrong += 1
        if arguments:
            state = "missing" if committed is None else "not in the fact table" if name not in files else "differs"
            print(f"schemas/{name}: {state}; run schemas/generate.py", file=sys.stderr)
        elif name in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[name], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(files)} schemas, {wrong} {'wrong' if arguments else 'written'}")
    return 1 if arguments and wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
