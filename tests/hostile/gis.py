#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# The traps of gis.sh and many_points.sh: PROGRAM FOLDER SCHEMAS POINTS [only].
import array
import json
import math
import os
import random
import re
import resource
import socket
import struct
import subprocess
import sys
import threading
import time

program, folder, schemas, MANY = *sys.argv[1:4], int(sys.argv[4])
failures = []
slow = 4 if 'sanitize' in os.environ.get('ASAN_OPTIONS', '') else 1


def check(good, what):
    if not good:
        failures.append(what)
        print('FAILED:', what, file=sys.stderr)


def write(name, data):
    path = os.path.join(folder, name)
    with open(path, 'wb') as file:
        file.write(data if isinstance(data, (bytes, bytearray)) else data.encode())
    return path


class Converted:
    def __init__(self, path, *options, seconds=20):
        out = os.path.join(folder, 'out')
        subprocess.run(['rm', '-rf', out], check=True)
        before = time.monotonic()
        try:
            done = subprocess.run([program, 'convert', path, '--out', out, '--schema', 'none', '--schemas', schemas, '--format', 'geojson', '--quiet',
                                   '--json', '--lang', 'both', *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds * slow)
            self.exit = done.returncode
        except subprocess.TimeoutExpired:
            self.exit, done = 'hangs', None
        self.seconds = time.monotonic() - before
        self.error = done.stderr.decode(errors='replace') if done else ''
        self.report = json.loads(done.stdout) if done and self.exit in (0, 1) else None
        self.found = [(one['row'], one['severity'], one['code'], one['found']) for one in self.report['details']] if self.report else []
        self.shapes = []
        if self.report:
            with open(os.path.join(out, self.report['outputs'][0]['path']), encoding='utf-8') as file:
                self.text = file.read()
            self.shapes = [feature['geometry'] for feature in json.loads(self.text)['features']]


def told(got, row, code):
    return any(one[0] == row and one[2] == code for one in got.found)


def refused(what, got):
    check(got.exit == 4 and re.search('[ぁ-ん]', got.error), f'{what}: exit {got.exit} {got.error[:300]}')


def shapefile(name, polygons, kind=5, claim=None):
    """polygons: lists of rings; claim(record bytes, number) may lie."""
    records, index, offset = [], [], 50
    for number, rings in enumerate(polygons):
        flat = array.array('d')
        starts = []
        for ring in rings:
            starts.append(len(flat) // 2)
            flat.extend(ring)
        xs, ys = flat[0::2], flat[1::2]
        content = struct.pack('<i4d2i', kind, min(xs), min(ys), max(xs), max(ys), len(starts), len(flat) // 2) + struct.pack(f'<{len(starts)}i', *starts) + flat.tobytes()
        record = struct.pack('>2i', number + 1, len(content) // 2) + content
        if claim:
            record = claim(record, number)
        records.append(record)
        index.append(struct.pack('>2i', offset, len(content) // 2))
        offset += len(content) // 2 + 4

    def head(words):
        return struct.pack('>7i', 9994, 0, 0, 0, 0, 0, words) + struct.pack('<2i8d', 1000, kind, 120, 20, 155, 50, 0, 0, 0, 0)
    write(name + '.shp', head(offset) + b''.join(records))
    write(name + '.shx', head(50 + 4 * len(records)) + b''.join(index))
    write(name + '.dbf', struct.pack('<4BIHH20x', 3, 126, 1, 1, len(records), 65, 11) + struct.pack('<11sc4xBB14x', b'n', b'N', 10, 0) + b'\r'
          + b''.join(b' ' + str(i).encode().rjust(10) for i in range(len(records))) + b'\x1a')
    write(name + '.prj', 'GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')
    return os.path.join(folder, name + '.shp')


def ring(*points):
    return array.array('d', [number for point in points for number in point])


def polygon_of_many_points():
    many = array.array('d', bytes(16 * (MANY + 1)))
    for i in range(MANY + 1):  # a ring of teeth; clockwise
        angle = -2 * math.pi * (i % MANY) / MANY
        size = 1.0 + (0.00002 if i % 2 and i < MANY else 0)
        many[2 * i] = 139 + size * math.cos(angle)
        many[2 * i + 1] = 36 + size * math.sin(angle)
    got = Converted(shapefile('many', [[many]]), seconds=60)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    check(got.exit in (0, 1), f'a polygon of {MANY} points: exit {got.exit} {got.error[:200]}')
    print(f'{MANY} points: {got.seconds:.1f} s, {usage:.0f} MiB, {[one[2:] for one in got.found]}')
    check(usage < 3000, f'{usage:.0f} MiB for a polygon of {MANY} points')
    for extension in ('shp', 'shx', 'dbf', 'prj'):
        os.remove(os.path.join(folder, 'many.' + extension))


if 'only' in sys.argv:
    polygon_of_many_points()
    sys.exit(1 if failures else 0)

# --- A14: somebody listens, nobody comes --------------------------------------------------------------------------------------
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(16)
port = server.getsockname()[1]
visits = []


def listen():
    while True:
        try:
            visitor, address = server.accept()
        except OSError:
            return
        visits.append(address)
        visitor.close()


threading.Thread(target=listen, daemon=True).start()
url = f'http://127.0.0.1:{port}'
GML = '''<?xml version="1.0"?><c:FeatureCollection xmlns:c="http://c" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://c {url}/c.xsd"><c:featureMember><c:A gml:id="a1"><c:name>a</c:name>
 <c:other xlink:href="{url}/b.gml#b1"/><c:secret xlink:href="{secret}#s1"/><c:place><gml:Point gml:id="p" srsName="urn:ogc:def:crs:EPSG::6668"><gml:pos>36 139</gml:pos></gml:Point></c:place>
 </c:A></c:featureMember></c:FeatureCollection>'''
secret = write('secret.gml', '<a xmlns:gml="http://www.opengis.net/gml/3.2"><b gml:id="s1">canary-7731</b></a>')
for target in (secret, 'file://' + secret, 'secret.gml'):
    got = Converted(write('links.gml', GML.format(url=url, secret=target)))
    check(got.exit == 0 and 'canary' not in got.text, f'GML with references to {target}: {got.exit} {got.error[:200]}')
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{more}<Placemark><name>a</name><styleUrl>{url}/s.kml#s</styleUrl><Point><coordinates>139,36</coordinates></Point></Placemark></Document></kml>'
more = f'<NetworkLink><Link><href>{url}/n.kml</href></Link></NetworkLink><Style id="s"><IconStyle><Icon><href>{url}/i.png</href></Icon></IconStyle></Style>' \
       f'<Schema name="{url}/x" id="x"/><GroundOverlay><Icon><href>{url}/g.png</href></Icon></GroundOverlay>'
check(Converted(write('links.kml', KML.format(url=url, more=more))).exit == 0, 'KML with links')
write('link.geojson', json.dumps({'type': 'FeatureCollection', 'crs': {'type': 'link', 'properties': {'href': url + '/crs', 'type': 'proj4'}}, 'features': []}))
refused('a coordinate system at a web address', Converted(os.path.join(folder, 'link.geojson')))
write('urn.gml', GML.format(url=url, secret='#').replace('urn:ogc:def:crs:EPSG::6668', url + '/def/crs/EPSG/0/6668'))
Converted(os.path.join(folder, 'urn.gml'))
gpx = f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="36" lon="139"><name>a</name><link href="{url}/w"/></wpt></gpx>'
check(Converted(write('links.gpx', gpx)).exit == 0, 'GPX with a link')

# --- A12, A13, A15 ------------------------------------------------------------------------------------------------------------
laughs = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + ''.join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + ']>'
outside = f'<!DOCTYPE l [<!ENTITY % p SYSTEM "{url}/p.dtd"> %p; <!ENTITY e SYSTEM "file://{secret}">]>'
for trap in (laughs, outside):
    for name, text in (('dtd.kml', KML.format(url=url, more='<name>&j;</name>')), ('dtd.gml', GML.format(url=url, secret='#')), ('dtd.gpx', gpx)):
        text = re.sub(r'^<\?xml[^>]*>', '', text)
        got = Converted(write(name, '<?xml version="1.0"?>' + trap + text), seconds=2)
        refused(f'{name} with a document type', got)
DEEP = 10_000_000
for name, head, opening in (('deep.gml', '<c xmlns:gml="http://www.opengis.net/gml/3.2">', '<a>'), ('deep.kml', '<kml><Document>', '<Folder>'),
                            ('deep2.kml', '<kml><Document><Placemark>', '<MultiGeometry>'), ('deep.gpx', '<gpx version="1.1">', '<e>')):
    refused(f'{name} with {DEEP} open elements', Converted(write(name, head + opening * DEEP), seconds=5))
    os.remove(os.path.join(folder, name))
got = Converted(write('deep.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":' + '[' * DEEP), seconds=20)
refused('GeoJSON with 10^7 open brackets', got)
nested = '{"type":"GeometryCollection","geometries":[' * 500 + ']}' * 500
check(Converted(write('nested.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":' + nested + '}]}')).exit in (0, 1, 4),
      'collections in collections')
check(not visits, f'{len(visits)} connections were made')

# --- A17 ----------------------------------------------------------------------------------------------------------------------
real = write('real.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[139,36]}}]}')
subprocess.run(['zip', '-qj', os.path.join(folder, 'real.zip'), real], check=True)
for name in (f'/vsicurl/{url}/a.geojson', f'/vsizip/{folder}/real.zip/real.geojson', f'/vsizip/{{{folder}/real.zip}}/real.geojson', '/vsistdin/', '/vsimem/a',
             f'/vsisubfile/0_100,{real}', 'PG:dbname=x', 'PG:service=x', f'MYSQL:x', f'WFS:{url}', f'{url}/a.geojson', 'gopher://127.0.0.1/a', f'file://{real}',
             f'file:{real}', f'GEOJSON:{real}', f'GPKG:{real}:a', f'SQLITE:{real}', f'ESRIJSON:{real}', '<OGRVRTDataSource></OGRVRTDataSource>',
             f'OAPIF:{url}', 'ODBC:x', f'CSV:{real}', '|cat /etc/passwd', '/dev/zero', '/dev/stdin', folder, ''):
    got = Converted(name, seconds=5)
    check(got.exit in (2, 4), f'{name} as a file name: exit {got.exit} {got.error[:200]}')
for name, text in (('vrt.geojson', f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'),
                   ('vrt.gml', f'<OGRVRTDataSource xmlns:gml="http://www.opengis.net/gml"><OGRVRTLayer name="a"><SrcDataSource>{real}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'),
                   ('wfs.xml', f'<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>'), ('url.geojson', f'{url}/a.geojson'),
                   ('seamless.tab', f'!table\n!version 300\n!charset Neutral\n\nDefinition Table\n  Type NATIVE Charset "Neutral"\n  Fields 1\n    Table Char (254) ;\n"\\IsSeamless" = "TRUE"\n'),
                   ('linked.tab', '!table\n!version 300\n!charset Neutral\n\nDefinition Table\n  Type ODBC DRIVER "x"\n')):
    got = Converted(write(name, text), seconds=5)
    check(got.exit == 4, f'{name}: exit {got.exit} {got.error[:200]}')
check(not visits, f'{len(visits)} connections were made')

# --- A46: coordinates that are none -------------------------------------------------------------------------------------------


def points_gpkg(name, coordinates):
    """A GeoPackage by hand: SQLite of Python, WKB in the standard's envelope."""
    import sqlite3
    path = os.path.join(folder, name)
    if os.path.exists(path):
        os.remove(path)
    base = sqlite3.connect(path)
    base.executescript('''PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]', '');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT, last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
INSERT INTO gpkg_contents VALUES ('a', 'features', 'a', '', '2024-01-01T00:00:00Z', 0, 0, 0, 0, 4326);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
INSERT INTO gpkg_geometry_columns VALUES ('a', 'g', 'POINT', 4326, 0, 0);
CREATE TABLE a (fid INTEGER PRIMARY KEY, g BLOB, n TEXT);''')
    for i, (x, y) in enumerate(coordinates):
        base.execute('INSERT INTO a VALUES (?, ?, ?)', (i + 1, b'GP\0\1' + struct.pack('<i', 4326) + struct.pack('<BI2d', 1, 1, x, y), f'n{i}'))
    base.commit()
    base.close()
    return path


nan, inf = math.nan, math.inf
bad = [(139.0, 36.0), (nan, 36), (139, inf), (-inf, nan), (0.0, 0.0), (36.5, 139.5), (2.35, 48.85), (1e308, -1e308), (139, 1e-320), (139.5, 36.5)] + [(139 + i / 100, 36.0) for i in range(20)]
got = Converted(points_gpkg('bad.gpkg', bad))
check(got.exit == 1, f'bad coordinates in a GeoPackage: exit {got.exit} {got.error[:200]}')
for row, codes in {3: ('geometry-invalid',), 4: ('geometry-invalid',), 5: ('position-zero',), 6: ('position-swapped',), 7: ('position-outside-japan',),
                   8: ('geometry-invalid', 'position-outside-japan'), 9: ('position-outside-japan',)}.items():
    check(any(told(got, row, code) for code in codes), f'bad coordinates: row {row} is not told: {got.found}')
for shape in got.shapes:
    if shape:
        x, y = shape['coordinates']
        check(122 <= x <= 154 and 20 <= y <= 46, f'bad coordinates: {shape} was written')
check([got.shapes[i] is not None for i in range(10)] == [True, False, False, False, False, True, False, False, False, True], f'bad coordinates: {got.shapes[:10]}')
check(not re.search(r'(?i)nan|inf\b|e\+?308', got.text), 'bad coordinates: no number was written')
text = '{"type":"FeatureCollection","features":[' + ','.join(
    f'{{"type":"Feature","properties":{{"n":{i}}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}'
    for i, (x, y) in enumerate([(139, 36)] * 20 + [('NaN', 36), (139, 'Infinity'), ('1e400', 36), (139, '-1e999'), (0, 0), ('"139"', '"36"')])) + ']}'
got = Converted(write('bad.geojson', text))
check(got.exit in (1, 4), f'bad coordinates in GeoJSON: exit {got.exit} {got.error[:200]}')
if got.exit == 1:
    check(sum(shape is not None for shape in got.shapes) == 20, f'bad coordinates in GeoJSON: {got.shapes[19:]}')

# --- A47: faulty polygons -----------------------------------------------------------------------------------------------------
good = ring((139, 36), (139, 36.001), (139.001, 36.001), (139.001, 36), (139, 36))
wrong_way = ring((139.1, 36), (139.101, 36), (139.101, 36.001), (139.1, 36.001), (139.1, 36))
unclosed = ring((139.2, 36), (139.2, 36.001), (139.201, 36.001), (139.201, 36))
crossing = ring((139.3, 36), (139.301, 36.001), (139.301, 36), (139.3, 36.001), (139.3, 36))
got = Converted(shapefile('faulty', [[good], [wrong_way], [unclosed], [crossing]]))
check(got.exit == 0 and told(got, 3, 'ring-closed') and '139.201, 36 → 139.2, 36' in str(got.found), f'a ring left open: {got.found}')
check(got.exit == 0 and told(got, 4, 'geometry-invalid') and '139.3005, 36.0005' in str(got.found), f'faulty polygons: {got.exit} {got.found} {got.error[:200]}')
for shape in got.shapes[:3]:
    points = shape['coordinates'][0]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip([[x - 139, y - 36] for x, y in points], [[x - 139, y - 36] for x, y in points][1:]))
    check(points[0] == points[-1] and area > 0, f'not closed or not counter-clockwise: {points}')

polygon_of_many_points()

# --- A48: files that lie about themselves -------------------------------------------------------------------------------------
lies = {
    'a record longer than the file': lambda record, n: record[:4] + struct.pack('>i', 0x7FFFFFF) + record[8:] if n == 1 else record,
    'a record of negative length': lambda record, n: record[:4] + struct.pack('>i', -5) + record[8:] if n == 1 else record,
    'a negative part index': lambda record, n: record[:52] + struct.pack('<i', -3) + record[56:] if n == 1 else record,
    'a part index beyond the points': lambda record, n: record[:52] + struct.pack('<i', 99) + record[56:] if n == 1 else record,
    'a billion parts': lambda record, n: record[:44] + struct.pack('<i', 10**9) + record[48:] if n == 1 else record,
    'minus one parts': lambda record, n: record[:44] + struct.pack('<i', -1) + record[48:] if n == 1 else record,
    'two billion points': lambda record, n: record[:48] + struct.pack('<i', 2**31 - 1) + record[52:] if n == 1 else record,
    'minus one points': lambda record, n: record[:48] + struct.pack('<i', -1) + record[52:] if n == 1 else record,
    'another kind of shape': lambda record, n: record[:8] + struct.pack('<i', 31) + record[12:] if n == 1 else record,
    'an unknown kind of shape': lambda record, n: record[:8] + struct.pack('<i', 77) + record[12:] if n == 1 else record,
}
for what, lie in lies.items():
    for without_index in (False, True):
        path = shapefile('lies', [[good], [wrong_way], [unclosed]], claim=lie)
        if without_index:
            os.remove(path[:-1] + 'x')
        got = Converted(path, seconds=5)
        check(got.exit in (0, 1, 4), f'{what}{" without .shx" if without_index else ""}: exit {got.exit} {got.error[:200]}')
        if got.exit == 0:
            check(what == 'a record longer than the file' or what.startswith('an unknown') or without_index or any(one[0] == 2 for one in got.found) or got.shapes[1] is not None,
                  f'{what}: a shape went without a word')
        if what == 'a negative part index' and not without_index:
            check(told(got, 2, 'geometry-invalid') and got.exit == 1, f'{what}: {got.exit} {got.found}')
# Parts that were not exported together: rows would be lost.
parts = {count: {part: open(shapefile('parts', [[good]] * count)[:-3] + part, 'rb').read() for part in ('shp', 'shx', 'dbf')} for count in (3, 5, 7)}


def header_says(dbf, count):
    return dbf[:4] + struct.pack('<I', count) + dbf[8:]


for what, changed in {'a .dbf of 7': {'dbf': parts[7]['dbf']}, 'a .dbf of 3': {'dbf': parts[3]['dbf']}, 'a .shx of 3': {'shx': parts[3]['shx']},
                      'a .dbf that says 3': {'dbf': header_says(parts[5]['dbf'], 3)}, 'a .dbf that says 50': {'dbf': header_says(parts[5]['dbf'], 50)},
                      'a .dbf cut off': {'dbf': parts[5]['dbf'][:-20]}, 'a .dbf of 7 without .shx': {'dbf': parts[7]['dbf'], 'shx': None}}.items():
    for part, data in (parts[5] | changed).items():
        write('parts.' + part, data or b'')
        if data is None:
            os.remove(os.path.join(folder, 'parts.' + part))
    got = Converted(os.path.join(folder, 'parts.shp'))
    check(got.exit == 4 and '件数が合いません' in got.error, f'five shapes and {what}: exit {got.exit} {got.report and got.report["rows"]} {got.error[:200]}')
random.seed(48)
originals = {part: open(shapefile('mutant', [[good], [wrong_way], [crossing]])[:-3] + part, 'rb').read() for part in ('shp', 'shx', 'dbf')}
for round_ in range(60):
    for part, data in originals.items():
        data = bytearray(data)
        for _ in range(random.randrange(1, 4) if round_ % 3 or part == 'shp' else 0):
            at = random.randrange(24, len(data))
            data[at:at + 4] = struct.pack(random.choice('<>') + 'I', random.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, random.randrange(2**32))))
        if round_ % 10 == 9:
            del data[random.randrange(len(data)):]
        write('mutant.' + part, data)
    got = Converted(os.path.join(folder, 'mutant.shp'), '--crs', 'EPSG:6668', seconds=5)
    check(got.exit in (0, 1, 4), f'mutant {round_}: exit {got.exit} {got.error[:200]}')
    # Whatever is damaged: a row that is gone was told, or the file refused.
    check(got.exit == 4 or got.report['rows']['read'] == 3 or got.found, f'mutant {round_}: {got.report and got.report["rows"]["read"]} rows of 3 without a word')
# --- 国土数値情報: parts without rings, references that multiply, coordinates that are none ------------------------------------------
KSJ = '<?xml version="1.0" encoding="UTF-8"?><ksj:Dataset xmlns:ksj="http://nlftp.mlit.go.jp/ksj/schemas/ksj-app" xmlns:gml="http://www.opengis.net/gml/3.2" ' \
      'xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="D"><gml:boundedBy><gml:EnvelopeWithTimePeriod srsName="{system}"/></gml:boundedBy>{inside}</ksj:Dataset>'
thing = '<ksj:Thing gml:id="t1"><ksj:bounds xlink:href="#s1"/><ksj:name>a</ksj:name></ksj:Thing>'
corners = '36.388 139.060 36.388 139.062 36.390 139.062 36.390 139.060 36.388 139.060'


def ksj_surface(patches):
    return f'<gml:Surface gml:id="s1"><gml:patches>{patches}</gml:patches></gml:Surface>' + thing


def ksj_patch(numbers):
    return f'<gml:PolygonPatch><gml:exterior><gml:LinearRing><gml:posList>{numbers}</gml:posList></gml:LinearRing></gml:exterior></gml:PolygonPatch>'


def ksj(inside, system='JGD2011 / (B, L)', *options):
    return Converted(write('ksj.xml', KSJ.format(system=system, inside=inside)), *options, seconds=5)


for what, patches in {'an empty patch': '<gml:PolygonPatch/>', 'no patch': '', 'an empty ring': ksj_patch(''), 'an odd token': ksj_patch(corners.replace('36.390 139.060', '36.39O 139.060')),
                      'half a position': ksj_patch(corners + ' 36.4')}.items():
    got = ksj(ksj_surface(patches))
    check(got.exit == 1 and told(got, 1, 'geometry-invalid') and got.shapes == [None], f'国土数値情報 with {what}: exit {got.exit} {got.found} {got.error[:200]}')
got = ksj(ksj_surface('<gml:PolygonPatch/>' + ksj_patch(corners)))
check(got.exit == 0 and got.shapes[0]['type'] == 'Polygon' and [] not in got.shapes[0]['coordinates'], f'a patch beside an empty one: {got.exit} {got.shapes}')
got = ksj(ksj_surface(ksj_patch(corners[:-15])))
check(got.exit == 0 and told(got, 1, 'ring-closed'), f'国土数値情報 with a ring left open: {got.exit} {got.found}')
refused('国土数値情報 in the Tokyo datum', ksj(ksj_surface(ksj_patch(corners)), 'TD / (B, L)'))
bomb = '<gml:Curve gml:id="l0"><gml:segments><gml:LineStringSegment><gml:posList>36.388 139.060 36.388 139.062</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>'
for level in range(1, 8):
    bomb += f'<gml:CompositeCurve gml:id="l{level}">' + f'<gml:curveMember xlink:href="#l{level - 1}"/>' * 20 + '</gml:CompositeCurve>'
got = ksj(bomb + thing.replace('#s1', '#l7'))
check(got.exit == 1 and told(got, 1, 'geometry-invalid') and got.seconds < 2 * slow, f'references that multiply: exit {got.exit} in {got.seconds:.1f} s {got.error[:200]}')

# --- tables so wide that reading them would not end -----------------------------------------------------------------------------
WIDE = 17_000
feature = {'type': 'Feature', 'properties': {f'f{i:06}': 1 for i in range(WIDE)}, 'geometry': {'type': 'Point', 'coordinates': [139.06, 36.389]}}
refused(f'a GeoJSON of {WIDE} columns', Converted(write('wide.geojson', json.dumps({'type': 'FeatureCollection', 'features': [feature]})), seconds=5))
fields = ''.join(f'<SimpleField type="int" name="f{i:06}"/>' for i in range(90_000))
refused('a KML of 90,000 fields', Converted(write('wide.kml', KML.format(url=url, more=f'<Schema name="a" id="a">{fields}</Schema>')), seconds=5))
# Damaged files of the other formats: no crash, no hang.
os.chdir(folder)
kinds = {'gpkg': 'GPKG', 'fgb': 'FlatGeobuf', 'tab': 'MapInfo File', 'mif': 'MapInfo File', 'dxf': 'DXF', 'kml': 'LIBKML', 'gml': 'GML', 'gpx': 'GPX', 'geojsonl': 'GeoJSONSeq'}
for extension, driver in kinds.items():
    subprocess.run(['ogr2ogr', '-q', '-f', driver, *(['-nlt', 'POINT', '-nln', 'waypoints', '-select', ''] if driver == 'GPX' else ['-select', ''] if driver == 'DXF' else []),
                    f'm.{extension}', real], check=True, stderr=subprocess.DEVNULL)
    original = open(f'm.{extension}', 'rb').read()
    for round_ in range(6):
        data = bytearray(original)
        for _ in range(4):
            at = random.randrange(len(data))
            data[at:at + 4] = random.randbytes(4)
        if round_ % 4 == 3:
            del data[random.randrange(len(data)):]
        write(f'm.{extension}', data)
        got = Converted(os.path.join(folder, f'm.{extension}'), '--crs', 'EPSG:6668', seconds=5)
        check(got.exit in (0, 1, 4), f'damaged {extension} {round_}: exit {got.exit} {got.error[:200]}')
check(not visits, f'{len(visits)} connections were made')
print(f'{len(failures)} failed')
sys.exit(1 if failures else 0)
