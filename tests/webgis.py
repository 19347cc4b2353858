#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The format webgis as other programs read it: webgis.py PROGRAM

A Shapefile in CP932 through GDAL, in degrees and in plane coordinates; CSV and KML through Python; what CP932 does not have; a layout that a
city has changed, and one with mistakes.
"""
import csv
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = sys.argv[1]
KML = "{http://www.opengis.net/kml/2.2}"
LONG = "説明" * 100
TABLE = [["ID", "名称", "備考（とても長い見出し）", "備考（とても長い見出し二）", "緯度", "経度"],
         ["001", "髙﨑①㈱～－Ⅳ", "a,\"b\"", "", "36.389049", "139.060668"],
         ["002", "𠮷野の家", LONG, "二行の\n備考", "36.322222", "139.003333"],
         ["003", "葛\U000E0100飾", "表―ソ能", "", "36.4", "139.1"],
         ["004", "位置なし", "", "", "", ""]]
SHAPES = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"名称": "面"}, "geometry": {"type": "Polygon", "coordinates": [
        [[139.0, 36.3], [139.1, 36.3], [139.1, 36.4], [139.0, 36.4], [139.0, 36.3]],
        [[139.04, 36.34], [139.04, 36.36], [139.06, 36.36], [139.06, 36.34], [139.04, 36.34]]]}},
    {"type": "Feature", "properties": {"名称": "線"}, "geometry": {"type": "LineString", "coordinates": [[139.0, 36.3], [139.2, 36.5], [139.3, 36.5]]}},
    {"type": "Feature", "properties": {"名称": "点"}, "geometry": {"type": "Point", "coordinates": [139.060668, 36.389049]}}]}


def convert(source, out, schemas, *options, exit_code=(0, 1)):
    done = subprocess.run([PROGRAM, "convert", source, "--out", out, "--schema", "none", "--format", "webgis", "--schemas", schemas, "--quiet",
                           *options], capture_output=True, check=False)
    assert done.returncode in exit_code, (done.returncode, done.stderr.decode())
    return done


def layer(archive, name, *options):
    """Features as GDAL reads them, by the .cpg and .prj alone."""
    text = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", *options, "/vsistdout/", f"/vsizip/{archive}/{name}.shp"],
                          capture_output=True, check=True).stdout
    return json.loads(text)["features"]


def field_names(dbf):
    names = []
    for at in range(32, len(dbf), 32):
        if dbf[at] == 0x0D:
            return names
        names.append(dbf[at:at + 11].split(b"\0")[0])
    raise AssertionError("no end of the header")


def changed_schemas(folder, **keys):
    shutil.copytree(ROOT / "schemas", folder)
    path = pathlib.Path(folder, "partner", "webgis.json")
    layout = json.loads(path.read_text(encoding="utf-8"))
    layout.update(keys)
    path.write_text(json.dumps(layout, ensure_ascii=False), encoding="utf-8")
    return folder


def look_at_table(work):
    source = pathlib.Path(work, "places.csv")
    with open(source, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(TABLE)
    out = pathlib.Path(work, "table")
    convert(source, out, ROOT / "schemas")
    archive = out / "places.webgis.zip"
    zipped = zipfile.ZipFile(archive)
    assert sorted(zipped.namelist()) == sorted(["places.shp", "places.shx", "places.dbf", "places.prj", "places.cpg", "fields.csv", "places.csv",
                                                "places.kml", "README.txt"]), zipped.namelist()
    assert zipped.read("places.cpg") == b"CP932"
    names = field_names(zipped.read("places.dbf"))
    assert all(len(name) <= 10 for name in names) and len({name.upper() for name in names}) == len(names), names
    dictionary = list(csv.reader(io.StringIO(zipped.read("fields.csv").decode("cp932"))))
    assert [row[0] for row in dictionary[1:]] == [name.decode("cp932") for name in names], dictionary
    assert [row[1] for row in dictionary[1:]] == TABLE[0], dictionary
    field = {row[1]: row[0] for row in dictionary[1:]}

    features = layer(archive, "places")
    assert len(features) == 3
    got = [one["properties"] for one in features]
    assert got[0][field["名称"]] == "髙﨑①㈱～－Ⅳ" and got[0][field["ID"]] == "001", got[0]
    assert got[1][field["名称"]] == "〓野の家", got[1]
    assert got[1][field["備考（とても長い見出し）"]] == "説明" * 63 + "説", got[1]  # 254 bytes
    assert got[2][field["名称"]] == "葛飾" and got[2][field["備考（とても長い見出し）"]] == "表―ソ能", got[2]
    assert features[0]["geometry"]["coordinates"] == [139.060668, 36.389049]
    seen = subprocess.run(["ogrinfo", "-ro", "-so", f"/vsizip/{archive}/places.shp", "places"], capture_output=True, text=True, check=True).stdout
    assert 'ID["EPSG",6668]' in seen

    rows = list(csv.reader(io.StringIO(zipped.read("places.csv").decode("cp932"), newline="")))
    wanted = [[cell.replace("𠮷", "〓").replace("\U000E0100", "") for cell in row] for row in TABLE]
    assert rows == wanted, rows

    tree = ET.fromstring(zipped.read("places.kml"))
    styles = {one.get("id"): one for one in tree.iter(KML + "Style")}
    marks = list(tree.iter(KML + "Placemark"))
    assert len(marks) == 3 and [one.find(KML + "name").text for one in marks] == ["髙﨑①㈱～－Ⅳ", "𠮷野の家", "葛\U000E0100飾"]
    assert all(one.find(KML + "styleUrl").text[1:] in styles for one in marks)
    assert styles["point"].find(f"{KML}IconStyle/{KML}color").text == "ff4b31c4"
    assert "備考（とても長い見出し）" in styles["point"].find(f"{KML}BalloonStyle/{KML}text").text

    findings = [json.loads(line) for line in open(out / "findings.jsonl", encoding="utf-8")]
    lost = [(one["row"], one["column"]) for one in findings if one["code"] == "value-not-in-cp932"]
    assert lost == [(3, "名称"), (4, "名称")], lost
    assert [(one["row"], one["expected"]) for one in findings if one["code"] == "value-cut-in-shapefile"] == [(3, "127, CP932")]

    again = pathlib.Path(work, "again")
    convert(source, again, ROOT / "schemas", "--jobs", "1")
    assert (again / "places.webgis.zip").read_bytes() == archive.read_bytes()


def look_at_shapes(work):
    source = pathlib.Path(work, "kinds.geojson")
    source.write_text(json.dumps(SHAPES, ensure_ascii=False), encoding="utf-8")
    schemas = changed_schemas(pathlib.Path(work, "plane"), crs="EPSG:6677", field_names={"名称": "NAME"})
    kinds = {"polygon": "面", "line": "線", "point": "点"}
    for folder, options in ((ROOT / "schemas", []), (schemas, ["-t_srs", "EPSG:6668"])):
        out = pathlib.Path(work, "shapes" + str(len(options)))
        convert(source, out, folder)
        archive = out / "kinds.webgis.zip"
        for number, (kind, name) in enumerate(kinds.items()):
            (feature,) = layer(archive, "kinds_" + kind, *options)
            assert feature["properties"]["NAME" if options else "名称"] == name
            wanted = SHAPES["features"][number]["geometry"]["coordinates"]

            def points(nested):
                return [nested] if isinstance(nested[0], float) else [one for part in nested for one in points(part)]
            # GDAL's reading of the plane system against ours: a tenth of a millimetre. A ring may run the other way.
            near = lambda one: [(round(x, 8) + 0.0, round(y, 8) + 0.0) for x, y in one]
            assert sorted(near(points(feature["geometry"]["coordinates"]))) == sorted(near(points(wanted))), (kind, feature)
        if options:
            raw = subprocess.run(["ogr2ogr", "-f", "CSV", "-lco", "GEOMETRY=AS_XY", "/vsistdout/", f"/vsizip/{archive}/kinds_point.shp"],
                                 capture_output=True, text=True, check=True).stdout
            east, north = (float(cell) for cell in raw.splitlines()[1].split(",")[:2])
            # X is north, Y is east; in a file of a GIS east stands first.
            assert abs(north - 43441.0) < 20 and abs(east + 69320.0) < 20, (east, north)
        table = zipfile.ZipFile(archive).read("kinds.csv").decode("cp932").splitlines()
        assert table[0] == "名称,緯度,経度" and table[3] == "点,36.389049,139.060668", table


def look_at_layouts(work):
    source = pathlib.Path(work, "places.csv")
    only = changed_schemas(pathlib.Path(work, "only"), parts=["csv"], csv={"latitude": "Y", "longitude": "X"})
    convert(source, pathlib.Path(work, "out_only"), only)
    assert sorted(zipfile.ZipFile(pathlib.Path(work, "out_only", "places.webgis.zip")).namelist()) == ["README.txt", "places.csv"]
    mistakes = {"crs": ("EPSG:4301", "/crs"), "parts": (["shp"], "/parts/0"), "colour": ("red", "/colour"),
                "field_names": ({"名称": "名称名称名称"}, "/field_names"), "styles": ({"point": {"color": "red"}}, "/styles/point/color")}
    for number, (key, (value, pointer)) in enumerate(mistakes.items()):
        wrong = changed_schemas(pathlib.Path(work, f"wrong{number}"), **{key: value})
        done = convert(source, pathlib.Path(work, f"out{number}"), wrong, exit_code=(3,))
        assert pointer in done.stderr.decode(), done.stderr.decode()


with tempfile.TemporaryDirectory() as folder:
    look_at_table(folder)
    look_at_shapes(folder)
    look_at_layouts(folder)
    print("webgis: table, shapes in degrees and in plane IX, layouts")
