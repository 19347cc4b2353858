#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`kokai normalise position` from outside: every row of the vectors of datums and planes, within its tolerance.

    positions.py PROGRAM

tests/data/tokyo-datum-vectors.csv (the older datums, both traps) and plane-rectangular-vectors.csv (19 zones, three datums).
And sources of one table that stand in systems of their own.
"""
import collections
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

DATA = pathlib.Path(__file__).resolve().parent / "data"
PROGRAM = sys.argv[1]


def ask(epsg, lines):
    done = subprocess.run([PROGRAM, "normalise", "position", "--crs", f"EPSG:{epsg}"], input="".join(line + "\n" for line in lines),
                          capture_output=True, check=False, text=True)
    if done.returncode != 0:
        sys.exit(f"EPSG:{epsg}: exit {done.returncode}: {done.stderr}")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if [answer["input"] for answer in answers] != lines:
        sys.exit(f"EPSG:{epsg}: not one answer for every line in order")
    return answers


def metres(one, lat, lon):
    north = (one["lat"] - lat) * 111_000
    return math.hypot(north, (one["lon"] - lon) * 111_320 * math.cos(math.radians(lat)))


def rows(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shapes_by_their_addresses():
    """A layer without a word of its system, and nobody named a municipality: the towns of its addresses tell, in two columns too."""
    places = DATA.parent / "golden" / "run_one_cell" / "input" / "datasets" / "columns" / "source" / "survey.csv"
    features = []
    with places.open(encoding="utf-8", newline="") as file:
        for one in csv.DictReader(file):
            town = one["所在地_連結表記"].removeprefix("群馬県前橋市")
            features.append({"type": "Feature", "properties": {"名称": one["名称"], "市町村名": "群馬県前橋市", "町名": town},
                             "geometry": {"type": "Point", "coordinates": [float(one["Y座標"]), float(one["X座標"])]}})
    with tempfile.TemporaryDirectory() as folder:
        layer = pathlib.Path(folder) / "layer.geojson"
        layer.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        done = subprocess.run([PROGRAM, "convert", str(layer), "--schema", "none", "--format", "geojson", "--out", folder + "/out"],
                              capture_output=True, check=False, text=True)
        if done.returncode != 0:
            sys.exit(f"shapes by their addresses: exit {done.returncode}: {done.stderr}")
        with next((pathlib.Path(folder) / "out").glob("*.geojson")).open(encoding="utf-8") as file:
            east, north = json.load(file)["features"][0]["geometry"]["coordinates"]
        if abs(north - 36.3522547) > 1e-6 or abs(east - 139.0483705) > 1e-6:
            sys.exit(f"shapes by their addresses: {east}, {north}")


def sources_of_one_table():
    """Each source is looked at by itself: degrees, the Tokyo datum, exchanged columns, and shapes with columns beside them."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "datasets" / "four" / "source"
        source.mkdir(parents=True)
        rows = [(f"36.38{i}857", f"139.06{i}063") for i in range(4)]
        for name, first in (("plain", 0), ("tokyo", 0), ("exchanged", 1)):
            text = "".join(f"{name}{i},{row[first]},{row[1 - first]}\n" for i, row in enumerate(rows))
            (source / f"{name}.csv").write_text("名称,緯度,経度\n" + text, encoding="utf-8")
        features = [{"type": "Feature", "properties": {"名称": f"shape{i}", "緯度": north, "経度": "139.06"},
                     "geometry": {"type": "Point", "coordinates": [139.06, 36.38]}} for i, north in enumerate(("36.38", "43.06"))]
        (source / "shapes.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        names = ["plain.csv", "tokyo.csv", "exchanged.csv", "shapes.geojson"]
        dataset = {"title": "x", "description": "x", "publisher": "102016", "license": {"id": "CC-BY-4.0"}, "credit": "前橋市",
                   "tables": [{"name": "a", "schema": "none", "outputs": ["csv", "geojson"], "on_error": "keep"}]}
        declared = {"tokyo.csv": {"crs": "EPSG:4301"}}
        for members in (["plain", "tokyo", "exchanged"], ["shapes", "plain", "tokyo", "exchanged"]):
            dataset["tables"][0]["from"] = members
            dataset["sources"] = [{"name": name.split(".")[0], "file": f"source/{name}", **declared.get(name, {})}
                                  for name in names if name.split(".")[0] in members]
            (source.parent / "dataset.json").write_text(json.dumps(dataset), encoding="utf-8")
            out = pathlib.Path(folder) / ("out" + members[0])
            done = subprocess.run([PROGRAM, "run", "four", "--datasets", str(source.parent.parent), "--output", str(out)],
                                  capture_output=True, check=False, text=True)
            if done.returncode != 0:
                sys.exit(f"{members}: exit {done.returncode}: {done.stderr}")
            with next((out / "four").glob("*.geojson")).open(encoding="utf-8") as file:
                points = {one["properties"]["名称"]: one["geometry"]["coordinates"] for one in json.load(file)["features"]}
            expected = {"plain0": [139.060063, 36.380857], "exchanged0": [139.060063, 36.380857], "tokyo0": [139.056877, 36.383994]}
            for name, (east, north) in expected.items():
                if points[name] is None or abs(points[name][0] - east) > 1e-5 or abs(points[name][1] - north) > 1e-5:
                    sys.exit(f"{members}: {name} lies at {points[name]}, not {east}, {north}")
            lines = (out / "four" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
            codes = collections.Counter(json.loads(line)["code"] for line in lines)
            wanted = {"position-from-plane": 4, "axes-swapped": 1, "position-swapped": 0, "position-elsewhere": members[0] == "shapes"}
            if any(codes[code] != count for code, count in wanted.items()):
                sys.exit(f"{members}: {dict(codes)}")


def main():
    wrong = 0
    worst = 0.0
    table = rows("tokyo-datum-vectors.csv")
    for row in table:
        # Answers are in JGD2011 always: an expectation in JGD2000 goes the rest of the way, too.
        (got,) = ask(row["from_epsg"], [f"{row['lat']},{row['lon']}"])
        (want,) = ask(row["to_epsg"], [f"{row['expected_lat']},{row['expected_lon']}"])
        off = metres(got, want["lat"], want["lon"])
        worst = max(worst, off / float(row["tolerance_m"]))
        if off > float(row["tolerance_m"]):
            wrong += 1
            print(f"EPSG:{row['from_epsg']} {row['lat']},{row['lon']}: {off:.4f} m off ({row['note']})", file=sys.stderr)
        # On the sea and in a cell that the grid covers in part, the answer says so, and nowhere else.
        at_sea = row["from_epsg"] == "4301" and float(row["tolerance_m"]) > 0.01
        if ("warn:without-parameter" in got["flags"]) != at_sea:
            wrong += 1
            print(f"EPSG:{row['from_epsg']} {row['lat']},{row['lon']}: flags {got['flags']}", file=sys.stderr)
    print(f"tokyo-datum-vectors.csv: {len(table)} rows, the worst uses {worst:.2f} of its tolerance")
    least = len(table)

    table = rows("plane-rectangular-vectors.csv")
    by_system = {}
    for row in table:
        by_system.setdefault(row["epsg"], []).append(row)
    worst = 0.0
    degrees = {"JGD2011": 6668, "JGD2000": 4612, "Tokyo": 4301}
    for epsg, group in by_system.items():
        answers = ask(epsg, [f"{row['x_north_m']},{row['y_east_m']}" for row in group])
        wanted = ask(degrees[group[0]["datum"]], [f"{row['lat']},{row['lon']}" for row in group])
        for row, got, want in zip(group, answers, wanted):
            off = metres(got, want["lat"], want["lon"])
            worst = max(worst, off / float(row["tolerance_m"]))
            if off > float(row["tolerance_m"]):
                wrong += 1
                print(f"EPSG:{epsg} {row['x_north_m']},{row['y_east_m']}: {off:.4f} m off", file=sys.stderr)
    print(f"plane-rectangular-vectors.csv: {len(table)} rows, the worst uses {worst:.2f} of its tolerance")
    if least < 41 or len(table) < 73:
        sys.exit("rows are missing")

    # Text comes back as text; what is no position has none; infinity is nowhere.
    lines = ["", "36.389,139.06", "139.06,36.389", "北緯36度23分20.6秒,東経139度03分38.4秒", "36.389", "abc,def", "1e400,1", "95,200"]
    answers = ask(6668, lines)
    found = [(answer["lat"], answer["lon"], answer["flags"]) for answer in answers]
    expected = [(None, None, []), (36.389, 139.06, []), (36.389, 139.06, ["warn:swapped"]), (36.3890556, 139.0606667, []),
                (None, None, ["error:not-a-coordinate"]), (None, None, ["error:not-a-coordinate"]),
                (None, None, ["error:not-a-coordinate"]), (None, None, ["error:out-of-range"])]
    for line, one, want in zip(lines, found, expected):
        if one != want:
            wrong += 1
            print(f"「{line}」: {one}, not {want}", file=sys.stderr)
    for answer in ask(6677, ["1e15,0", "999999999999,999999999999", "-99999999,5", "0,0", "43435.474 -69071.214", "X=43435.474m, Y=-69071.214m"]):
        if answer["lat"] is not None and not (20 <= answer["lat"] <= 46 or answer["flags"]):
            wrong += 1
            print(f"「{answer['input']}」: {answer}", file=sys.stderr)
    (high,) = ask(6697, ["36.389,139.0634,100"])
    if abs(high["height"] - 141.84) > 0.01:
        wrong += 1
        print(f"100 m above the sea in 前橋: {high}", file=sys.stderr)
    done = subprocess.run([PROGRAM, "normalise", "position", "--crs", "EPSG:99999"], input="", capture_output=True, check=False, text=True)
    if done.returncode != 2 or "6677" not in done.stderr and "6687" not in done.stderr:
        wrong += 1
        print(f"an unknown system: exit {done.returncode}: {done.stderr}", file=sys.stderr)
    sources_of_one_table()
    shapes_by_their_addresses()
    sys.exit(1 if wrong else 0)


main()
