# What tests/formats.sh compares: reads each format of a folder with a program that is not ours and holds it against the GeoJSON.
import csv, glob, io, json, math, os, re, sqlite3, subprocess, sys, zipfile

csv.field_size_limit(1 << 30)


def made_shapes():
    """Every kind of geometry, holes, islands, rows without a place, and text that breaks writers."""
    square = lambda x, y, s: [[x, y], [x + s, y], [x + s, y + s], [x, y + s], [x, y]]
    hole = lambda x, y, s: square(x, y, s)[::-1]
    kinds = [
        {"type": "Point", "coordinates": [139.06, 36.39]},
        {"type": "MultiPoint", "coordinates": [[139.06, 36.39], [139.07, 36.4]]},
        {"type": "LineString", "coordinates": [[139.0, 36.3], [139.1, 36.35], [139.2, 36.3]]},
        {"type": "MultiLineString", "coordinates": [[[139.0, 36.3], [139.1, 36.35]], [[139.2, 36.3], [139.3, 36.4], [139.35, 36.4]]]},
        {"type": "Polygon", "coordinates": [square(139.0, 36.0, 0.1)]},
        {"type": "Polygon", "coordinates": [square(139.0, 36.0, 0.1), hole(139.02, 36.02, 0.02), hole(139.06, 36.06, 0.02)]},
        {"type": "MultiPolygon", "coordinates": [[square(139.0, 36.0, 0.1), hole(139.02, 36.02, 0.02)], [square(139.5, 36.5, 0.01)]]},
        None,
    ]
    texts = ["前橋市役所", "\"引用\" と, コンマ", "<b>&amp;'", "改行\nあり", "", "𠮷野家", "NULL", "0123", "=1+1", "x" * 300]
    features = []
    for i in range(400):
        geometry = json.loads(json.dumps(kinds[i % len(kinds)]))
        if geometry:
            moved = lambda c: [round(c[0] + i * 0.0031, 7), round(c[1] + i * 0.0017, 7)] if isinstance(c[0], float) else [moved(x) for x in c]
            geometry["coordinates"] = moved(geometry["coordinates"])
        features.append({"type": "Feature", "properties": {"ID": f"{i:06d}", "名称": texts[i % len(texts)], "とても長い項目の名前": f"{i}", "fid": f"f{i}"},
                         "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def by_ogr(path, layer=None):
    """Features as GDAL reads them, through its own GeoJSON, at full precision."""
    command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", path] + ([layer] if layer else []) + ["-lco", "COORDINATE_PRECISION=9"]
    answer = subprocess.run(command, capture_output=True)
    assert answer.returncode == 0, (path, answer.stderr.decode())
    errors = [line for line in answer.stderr.decode().splitlines() if line.startswith("ERROR")]
    assert not errors, (path, errors)
    return json.loads(answer.stdout)["features"]


def layers(path):
    out = subprocess.run(["ogrinfo", "-q", path], capture_output=True, text=True).stdout
    return [m.group(1) for m in re.finditer(r"^\d+: (\S+)", out, re.M)]


def ring(points):
    """A ring from its smallest point, counter-clockwise: formats may turn it."""
    points = [tuple(round(c, 7) for c in p[:2]) for p in points[:-1]]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
    if area < 0:
        points.reverse()
    start = points.index(min(points))
    return points[start:] + points[:start]


def shape(geometry):
    """Something equal for equal shapes: single and multi alike, rings in one form."""
    if geometry is None:
        return None
    kind, c = geometry["type"], geometry["coordinates"]
    point = lambda p: tuple(round(x, 7) for x in p[:2])
    if kind == "GeometryCollection":
        raise AssertionError("a collection")
    if kind in ("Point", "MultiPoint"):
        return ("points", [point(p) for p in ([c] if kind == "Point" else c)])
    if kind in ("LineString", "MultiLineString"):
        return ("lines", [[point(p) for p in line] for line in ([c] if kind == "LineString" else c)])
    polygons = [c] if kind == "Polygon" else c
    return ("areas", sorted([ring(p[0])] + sorted(ring(r) for r in p[1:]) for p in polygons))


def same_shape(a, b):
    """Equal to a unit in the seventh decimal."""
    def near(x, y):
        if isinstance(x, (list, tuple)):
            return isinstance(y, (list, tuple)) and len(x) == len(y) and all(near(p, q) for p, q in zip(x, y))
        if isinstance(x, float) and isinstance(y, float):
            return math.isclose(x, y, abs_tol=1.5e-7)
        return x == y
    return near(shape(a), shape(b))


def text(value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return repr(float(value))
    return value


def number(value):
    """To fourteen digits: GDAL takes 34.23822400000026 for a rounding error of 34.238224 when it prints it."""
    try:
        return f"{float(value):.14g}"
    except ValueError:
        return value


def same_value(wanted, got):
    """GeoJSON's value against another reader's: numbers by value, text as it is (readers may guess a type back from text)."""
    wanted, got = text(wanted), text(got)
    return wanted == got or (wanted != "" and number(wanted) == number(got))


def hold(name, wanted, got, rename=lambda key: key, cut=None):
    assert len(wanted) == len(got), f"{name}: {len(got)} features instead of {len(wanted)}"
    for i, (w, g) in enumerate(zip(wanted, got)):
        assert same_shape(w["geometry"], g["geometry"]), f"{name}: shape of feature {i}: {w['geometry']} / {g['geometry']}"
        for key, value in w["properties"].items():
            other = g["properties"].get(rename(key))
            if cut and isinstance(value, str) and len(value.encode()) > cut and isinstance(other, str) and other and value.startswith(other):
                continue
            if isinstance(value, str):
                value = value.replace("\r\n", "\n")
            assert same_value(value, other), f"{name}: feature {i} {key}: {value!r} / {other!r}"


def compare(folder):
    one = lambda pattern: next(iter(glob.glob(os.path.join(folder, pattern))), None)
    with open(one("*.geojson"), encoding="utf-8") as file:
        features = json.load(file)["features"]
    report = json.load(open(os.path.join(folder, "report.json"), encoding="utf-8"))
    rows = {output["format"]: output["rows"] for output in report["outputs"]}
    placed = [f for f in features if f["geometry"] is not None]
    keys = list(features[0]["properties"]) if features else []

    with open(one("*.geojsonl"), encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert [{k: v for k, v in line.items()} for line in lines] == features, f"{folder}: geojsonseq"
    with open(one("*[!t].json") or one("*.json"), encoding="utf-8") as file:
        table = json.load(file)
    assert table == [f["properties"] for f in features], f"{folder}: json"
    with open(one("*.csv"), encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == len(features) + 1

    base = sqlite3.connect(f"file:{one('*.sqlite')}?mode=ro", uri=True)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    name = base.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE '\\_%' ESCAPE '\\'").fetchone()[0]
    assert name, folder
    cursor = base.execute(f'SELECT * FROM "{name}"')
    columns = [c[0] for c in cursor.description]
    for feature, row in zip(features, cursor.fetchall(), strict=True):
        got = dict(zip(columns, row))
        for key, value in feature["properties"].items():
            assert key in got, f"{folder}: sqlite has no {key}: {columns}"
            assert same_value(value, got[key]), f"{folder}: sqlite {key}: {value!r} / {got[key]!r}"

    # The workbook, every cell as text: a code that Excel would take for a number shows here.
    settings = ["--config", "OGR_XLSX_HEADERS", "FORCE", "--config", "OGR_XLSX_FIELD_TYPES", "STRING"]
    command = ["ogr2ogr", "-f", "CSV", "/vsistdout/", one("*.xlsx"), *settings]
    sheet = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    for feature, row in zip(features, csv.DictReader(io.StringIO(sheet, newline="")), strict=True):
        for key, value in feature["properties"].items():
            got = row[key].replace("\r\n", "\n")
            wanted = value if isinstance(value, str) else text(value)
            same = got == wanted if isinstance(value, str) else same_value(value, got)
            assert same, f"{folder}: xlsx {key}: {value!r} / {got!r}"

    if not placed:
        return len(features)
    for format in ("gpkg", "fgb", "kml", "shp", "pmtiles"):
        assert rows[format] == len(placed), f"{folder}: {format} reports {rows[format]} rows instead of {len(placed)}"
    gpkg = one("*.gpkg")
    base = sqlite3.connect(f"file:{gpkg}?mode=ro", uri=True)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    tree = base.execute("SELECT name FROM sqlite_master WHERE name LIKE 'rtree\\_%' ESCAPE '\\' AND sql LIKE 'CREATE VIRTUAL%'").fetchone()[0]
    assert base.execute("SELECT rtreecheck(?)", (tree,)).fetchone() == ("ok",), f"{folder}: rtreecheck"
    hold(f"{folder}: gpkg", placed, by_ogr(gpkg))

    # The file is in Hilbert order: each feature is found again by its values (GDAL leaves out what is absent).
    said = lambda f: tuple(number(text(f["properties"].get(k))) for k in keys)
    order = {}
    for i, feature in enumerate(placed):
        order.setdefault(said(feature), []).append(i)
    assert all(len(same) == 1 for same in order.values()), f"{folder}: two rows say the same"
    fgb = by_ogr(one("*.fgb"))
    fgb.sort(key=lambda f: order[said(f)])
    hold(f"{folder}: fgb", placed, fgb)
    kml = one("*.kml")
    hold(f"{folder}: kml", placed, by_ogr(kml))

    archive = one("*.shp.zip")
    with zipfile.ZipFile(archive) as z:
        assert z.testzip() is None
        fields = list(csv.DictReader(io.StringIO(z.read("fields.csv").decode("utf-8-sig"), newline="")))
        parts = [n for n in z.namelist() if n.endswith(".shp")]
    first, second = list(fields[0])[:2]
    names = {row[second]: row[first] for row in fields}
    got = [f for part in parts for f in by_ogr(f"/vsizip/{archive}/{part}")]
    classes = ["Point", "MultiPoint", "Line", "Polygon"]
    rank = lambda f: 1 if f["geometry"]["type"] == "MultiPoint" else next(i for i, c in enumerate(classes) if c in f["geometry"]["type"])
    hold(f"{folder}: shp", sorted(placed, key=rank), sorted(got, key=rank), names.get, cut=254)

    # A box query gives what a look at every feature gives.
    def box(f):
        points = []
        def walk(c):
            if isinstance(c[0], (int, float)):
                points.append(c)
            else:
                for x in c:
                    walk(x)
        walk(f["geometry"]["coordinates"])
        return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)
    boxes = [box(f) for f in placed]
    if all(f["geometry"]["type"] == "Point" for f in placed):
        w, s, e, n = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
        for share in (0.1, 0.35, 0.8):
            query = [w + (e - w) * share / 2, s + (n - s) * share / 3, w + (e - w) * share, s + (n - s) * share]
            inside = lambda slack: sum(1 for b in boxes if query[0] - slack <= b[0] <= query[2] + slack and query[1] - slack <= b[1] <= query[3] + slack)
            for path in (gpkg, one("*.fgb")):
                out = subprocess.run(["ogrinfo", "-so", "-al", "-spat", *map(repr, query), path], capture_output=True, text=True).stdout
                found = int(re.search(r"Feature Count: (\d+)", out).group(1))
                slack = 2e-5 if path == gpkg else 1e-9  # SQLite's R-tree holds 32-bit numbers, and GDAL counts by it alone
                assert inside(-slack) <= found <= inside(slack), f"{path}: {found} in the box, a scan finds {inside(0)}"
    return len(features)


if sys.argv[1] == "shapes":
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump(made_shapes(), out, ensure_ascii=False)
else:
    total = sum(compare(folder) for folder in sys.argv[2:])
    print(f"{len(sys.argv) - 2} tables, {total} rows: every format says the same")
