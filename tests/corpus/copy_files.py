#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Copies the files of ../shared/corpus that may be copied into tests/corpus/files, and writes their credits.

    copy_files.py      once, beside ../shared; says what stays out and why

A file goes in when truth.csv or a test of mess.py needs it, its licence is an open one (INDEX.csv: CC BY, PDL, CC0), and it has at most
300 kB. The parts of a Shapefile go together. What stays out is read in ../shared by the tests, and counted as skipped without it.
"""
import csv
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
FILES = HERE / "files"
LARGEST = 300_000
OPEN = re.compile(r"CC BY|PDL|CC0")
# Needed by mess.py though truth.csv does not list them: no table in it, or a layer of a map.
ALSO = ["facility/372013_zero_bytes.xlsx", "gis/22212_event_toilet.shp", "gis/22212_form_points.shp", "gis/22212_school_district.shp",
        "gis/22212_flood_r1.shp", "gis/22212_cherry_trees.shp"]
MADE = {"made/furigana.xlsx"}  # made for this project

README = """# Files of the corpus

Files of Japanese municipalities as they published them, byte for byte, with the mess that departments really have. `copy_files.py` put them here
from a larger collection; these are the ones whose licence allows it. Tests read them; no dataset of this project publishes them. The people and
places in them are what the municipalities themselves published as open data.

出典の表示: 各ファイルは下の自治体のオープンデータです。内容は変えていません。Each file is the open data of the municipality named, unchanged.

| file | municipality | dataset | licence | source repository, path, commit |
| --- | --- | --- | --- | --- |
"""


def main():
    with open(CORPUS / "INDEX.csv", encoding="utf-8", newline="") as text:
        index = {line["file"]: line for line in csv.DictReader(text)}
    with open(HERE / "truth.csv", encoding="utf-8", newline="") as text:
        needed = dict.fromkeys([line["file"] for line in csv.DictReader(text)] + ALSO)
    credits, left_out, total = [], [], 0
    for name in sorted(needed):
        key = re.sub(r"\.attributes\.csv$", ".shp", name)  # the labels of a layer come with it
        line = index.get(key, {"licence": "made" if name in MADE else "unknown"})
        path = CORPUS / name
        if name not in MADE and not OPEN.match(line["licence"]):
            left_out.append((name, "licence: " + line["licence"]))
        elif path.stat().st_size > LARGEST:
            left_out.append((name, f"{path.stat().st_size} bytes"))
        else:
            parts = [name]
            if name.endswith(".shp"):
                parts = [str(part.relative_to(CORPUS)) for part in sorted(path.parent.glob(path.stem + ".*")) if part.suffix in
                         (".shp", ".shx", ".dbf", ".prj", ".cpg")]
            for part in parts:
                (FILES / part).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(CORPUS / part, FILES / part)
                total += (CORPUS / part).stat().st_size
            if name in MADE:
                credits.append(f"| `{name}` | | | made for this project | |\n")
            else:
                shown = f"`{name}`" if len(parts) == 1 else f"`{name[:-3]}*` ({len(parts)} files)"
                place = f"{line['source_repo']}, `{line['source_path']}`, `{line['source_commit'][:12]}`"
                credits.append(f"| {shown} | {line['municipality']} | {line['dataset']} | {line['licence']} | {place} |\n")
    reasons = "".join(f"| `{name}` | {why} |\n" for name, why in left_out)
    with open(FILES / "README.md", "w", encoding="utf-8") as text:
        text.write(README + "".join(credits))
        text.write("\nNot copied, and read in `../shared/corpus` where it is there:\n\n| file | why |\n| --- | --- |\n" + reasons)
    print(f"{len(credits)} files copied, {total} bytes; {len(left_out)} left out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
