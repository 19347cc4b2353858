#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# The cases of gis.sh: PROGRAM SCHEMAS FOLDER WORK.
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile

program, schemas, folder, work = sys.argv[1:5]
failures = []


def check(good, what):
    if not good:
        failures.append(what)
        print('FAILED:', what, file=sys.stderr)


def path(name):
    return os.path.join(folder, name)


def write(name, data):
    with open(path(name), 'wb') as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path(name)


def ogr(*args):
    environment = dict(os.environ, OGR_WKT_PRECISION='17')
    done = subprocess.run(['ogr2ogr', *args], stderr=subprocess.PIPE, text=True, env=environment)
    if done.returncode != 0:
        raise SystemExit(f'ogr2ogr {args}: {done.stderr}')


class Converted:
    def __init__(self, name, *options, formats='csv,geojson', schema='none'):
        out = os.path.join(work, 'out')
        subprocess.run(['rm', '-rf', out], check=True)
        done = subprocess.run([program, 'convert', name if '/' in name else path(name), '--out', out, '--schema', schema, '--schemas', schemas,
                               '--format', formats, '--json', '--quiet', *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.exit, self.error = done.returncode, done.stderr
        self.codes, self.rows, self.shapes, self.columns = [], [], [], []
        if self.exit > 1:
            return
        report = json.loads(done.stdout)
        self.report = report
        self.codes = sorted({(one['severity'], one['code']) for one in report['details']})
        for output in report['outputs']:
            with open(os.path.join(out, output['path']), encoding='utf-8-sig', newline='') as file:
                if output['format'] == 'csv':
                    rows = list(csv.DictReader(file))
                    self.columns, self.rows = list(rows[0]) if rows else [], rows
                else:
                    self.shapes = [feature['geometry'] for feature in json.load(file)['features']]


def flat(coordinates):
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [tuple(coordinates[:2])]
    return [point for part in coordinates for point in flat(part)]


def places(shapes):
    """Every shape's points, whatever order rings are walked in and features come."""
    return sorted(sorted(set(flat(shape['coordinates']))) for shape in shapes if shape)


def near(some, others, limit=1e-7):
    return len(some) == len(others) and all(
        len(a) == len(b) and all(abs(p[0] - q[0]) <= limit * 1.01 and abs(p[1] - q[1]) <= limit * 1.01 for p, q in zip(a, b))
        for a, b in zip(some, others))


# --- one layer in every format --------------------------------------------------------------------------------------------
NAMES = ['前橋公園', '敷島公園', '大室公園', 'ばら園（①㈱髙﨑）']
CODES = ['00123', '01110', '99999', '00000']


def collection(geometries, name='parks', crs='urn:ogc:def:crs:EPSG::6668'):
    features = [{'type': 'Feature', 'properties': {'code': code, 'name': title, 'size': size}, 'geometry': geometry}
                for code, title, size, geometry in zip(CODES, NAMES, [12.5, 1, 1000, 0.25], geometries)]
    document = {'type': 'FeatureCollection', 'name': name, 'features': features}
    if crs:
        document['crs'] = {'type': 'name', 'properties': {'name': crs}}
    return document


def square(x, y, size=0.001, hole=False):
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    rings = [ring]
    if hole:
        rings.append([[x + size * a, y + size * b] for a, b in ((0.2, 0.2), (0.2, 0.4), (0.4, 0.4), (0.4, 0.2), (0.2, 0.2))])
    return rings


POINTS = [{'type': 'Point', 'coordinates': [139.05 + i / 100, 36.38 + i / 1000]} for i in range(4)]
LINES = [{'type': 'LineString', 'coordinates': [[139.05 + i / 100, 36.38], [139.051 + i / 100, 36.39], [139.06 + i / 100, 36.4]]} for i in range(4)]
AREAS = [{'type': 'Polygon', 'coordinates': square(139.05 + i / 100, 36.38, hole=i % 2 == 0)} for i in range(4)]
DRIVERS = {'gpkg': 'GPKG', 'fgb': 'FlatGeobuf', 'kml': 'LIBKML', 'gml': 'GML', 'geojsonl': 'GeoJSONSeq', 'tab': 'MapInfo File',
           'mif': 'MapInfo File', 'shp': 'ESRI Shapefile', 'dxf': 'DXF', 'gpx': 'GPX'}
for kind, geometries in (('points', POINTS), ('lines', LINES), ('areas', AREAS)):
    source = write(f'{kind}.geojson', json.dumps(collection(geometries), ensure_ascii=False))
    truth = Converted(f'{kind}.geojson')
    check(truth.exit == 0 and len(truth.rows) == 4 and not truth.codes, f'{kind}.geojson: {truth.exit} {truth.codes} {truth.error}')
    for extension, driver in DRIVERS.items():
        options = {'tab': ['-lco', 'ENCODING=CP932'], 'mif': ['-lco', 'ENCODING=CP932'], 'shp': ['-lco', 'ENCODING=CP932'],
                   'gpx': ['-dsco', 'GPX_USE_EXTENSIONS=YES', '-t_srs', 'EPSG:4326'], 'dxf': ['-t_srs', 'EPSG:6677'],
                   'gml': ['-dsco', 'FORMAT=GML3.2']}.get(extension, [])
        if (extension == 'gpx' and kind == 'areas') or (extension == 'dxf' and kind == 'areas'):
            continue  # GPX has none; DXF knows only hatches, which GDAL writes without their holes
        name = f'{kind}_.{extension}'
        if extension == 'gpx':
            options += ['-nln', {'points': 'waypoints', 'lines': 'routes'}[kind]]
        if extension == 'dxf':
            options += ['-select', '']
        ogr('-q', '-f', driver, *options, path(name), source)
        before = sorted(os.listdir(folder))
        got = Converted(name, *(['--crs', 'EPSG:6677'] if extension == 'dxf' else []))
        check(got.exit == 0, f'{name}: exit {got.exit} {got.error}')
        check(sorted(os.listdir(folder)) == before, f'{name}: something was written beside it')
        # MapInfo keeps whole units of a grid over the world, GPX eight digits: as much as they hold.
        limit = 1e-6 if extension in ('tab', 'gpx', 'dxf') else 1e-7
        check(near(places(got.shapes), places(truth.shapes), limit), f'{name}: other places\n{places(got.shapes)}\n{places(truth.shapes)}')
        check(all(severity == 'note' for severity, _ in got.codes), f'{name}: {got.codes}')
        if extension != 'dxf':
            title = 'name' if 'name' in got.columns else 'Name'
            if extension in ('tab', 'mif'):  # CP932 keeps all of these
                check(sorted(row[title] for row in got.rows) == sorted(NAMES), f'{name}: names {[row.get(title) for row in got.rows]}')
            check(sorted(row[title] for row in got.rows) == sorted(NAMES), f'{name}: names {got.columns}')
        if extension not in ('dxf', 'gpx'):
            check(sorted(row['code'] for row in got.rows) == sorted(CODES), f'{name}: codes {[row.get("code") for row in got.rows]}')

# --- GML: the axes follow srsName, codes keep their zeros, no schema is needed or fetched -----------------------------------
GML = '''<?xml version="1.0" encoding="{encoding}"?>
<c:FeatureCollection xmlns:c="http://example.jp/c" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://example.jp/c http://127.0.0.1:9/c.xsd">
<c:featureMember><c:Park gml:id="p1"><c:code>01110</c:code><c:name>前橋公園 &amp; 池</c:name>
<c:place><gml:Point gml:id="g1" srsName="{srs}"><gml:pos>{pos}</gml:pos></gml:Point></c:place></c:Park></c:featureMember>
</c:FeatureCollection>'''
for srs, pos in (('urn:ogc:def:crs:EPSG::6668', '36.39 139.06'), ('http://www.opengis.net/def/crs/EPSG/0/6668', '36.39 139.06'),
                 ('EPSG:4326', '139.06 36.39'), ('urn:ogc:def:crs:OGC:1.3:CRS84', '139.06 36.39'),
                 ('urn:ogc:def:crs:EPSG::6677', '43548.8695605214 -69375.3470238811')):
    for encoding in ('UTF-8', 'Shift_JIS', 'EUC-JP', 'UTF-16'):
        text = GML.format(encoding=encoding, srs=srs, pos=pos)
        write('one.gml', text.encode('cp932' if encoding == 'Shift_JIS' else encoding.lower()))
        got = Converted('one.gml')
        check(got.exit == 0 and near(places(got.shapes), [[(139.06, 36.39)]], 1e-5), f'{srs} in {encoding}: {got.exit} {got.error} {got.shapes}')
        check(got.rows and got.rows[0]['code'] == '01110' and got.rows[0]['name'] == '前橋公園 & 池', f'{srs} in {encoding}: {got.rows}')

# --- layers: one is taken, of several one must be named ---------------------------------------------------------------------
ogr('-q', '-f', 'GPKG', path('layers.gpkg'), path('points.geojson'), '-nln', '公園')
ogr('-q', '-f', 'GPKG', '-update', path('layers.gpkg'), path('areas.geojson'), '-nln', 'areas')
got = Converted('layers.gpkg')
check(got.exit == 4 and '公園 (4)' in got.error and 'areas (4)' in got.error and '--sheet' in got.error, f'layers: {got.exit} {got.error}')
check(Converted('layers.gpkg', '--sheet', '公園').shapes[0]['type'] == 'Point', 'the layer 公園')
check(Converted('layers.gpkg', '--sheet', 'areas').shapes[0]['type'] == 'Polygon', 'the layer areas')
got = Converted('layers.gpkg', '--sheet', 'other')
check(got.exit == 4 and '「other」' in got.error and 'areas (4)' in got.error, f'no such layer: {got.error}')
# An empty layer beside it is no choice.
ogr('-q', '-f', 'GPKG', path('empty.gpkg'), path('points.geojson'), '-nln', 'full')
ogr('-q', '-f', 'GPKG', '-update', path('empty.gpkg'), path('areas.geojson'), '-nln', 'empty', '-where', '1=0')
check(len(Converted('empty.gpkg').rows) == 4, 'an empty layer beside a full one')
# A database that QGIS has open holds rows in its journal.
write('empty.gpkg-wal', b'x' * 100)
got = Converted('empty.gpkg')
check(got.exit == 4 and 'empty.gpkg-wal' in got.error, f'a journal: {got.exit} {got.error}')
os.remove(path('empty.gpkg-wal'))
# The key of a table is a column, unless a program made it for itself.
ogr('-q', '-f', 'GPKG', '-lco', 'FID=number', path('key.gpkg'), path('points.geojson'))
check(Converted('key.gpkg').columns[0] == 'number', 'the key of a table')
check('fid' not in Converted('points_.gpkg').columns, 'the key that GDAL made')

# --- KML as other programs write it -----------------------------------------------------------------------------------------
KML = '''<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>避難所</name>
<Style id="s"><IconStyle><Icon><href>http://127.0.0.1:9/a.png</href></Icon></IconStyle></Style>
<NetworkLink><Link><href>http://127.0.0.1:9/more.kml</href></Link></NetworkLink>
<Placemark><name>体育館</name><description><![CDATA[<b>広い</b>]]></description><styleUrl>#s</styleUrl>
<ExtendedData><Data name="コード"><value>00123</value></Data></ExtendedData><Point><coordinates>139.06,36.39,12</coordinates></Point></Placemark>
<Placemark><name>公民館</name><TimeSpan><begin>2024-04-01</begin></TimeSpan><Point><coordinates>139.07,36.4</coordinates></Point></Placemark>
</Document></kml>'''
write('shelters.kml', KML)
got = Converted('shelters.kml')
check(got.exit == 0 and [row['Name'] for row in got.rows] == ['体育館', '公民館'] and got.rows[0]['コード'] == '00123', f'KML: {got.rows} {got.error}')
check('begin' in got.columns and 'end' not in got.columns and 'icon' not in got.columns, f'KML: columns {got.columns}')
with zipfile.ZipFile(path('shelters.kmz'), 'w') as archive:
    archive.writestr('doc.kml', KML)
    archive.writestr('files/a.png', b'\x89PNG')
got = Converted('shelters.kmz')
check(got.exit == 0 and len(got.rows) == 2 and ('warning', 'extension-differs') not in got.codes, f'KMZ: {got.exit} {got.codes} {got.error}')
folders = KML.replace('<Document>', '<Document><Folder><name>東</name>' + '<Placemark><Point><coordinates>139,36</coordinates></Point></Placemark></Folder>')
write('folders.kml', folders)
got = Converted('folders.kml')
check(got.exit == 4 and '東 (1)' in got.error, f'KML of folders: {got.exit} {got.error}')
check(len(Converted('folders.kml', '--sheet', '東').shapes) == 1, 'a folder of a KML by name')

write('wrong.kml', KML.replace('139.06,36.39,12', '139.06 36.39'))
got = Converted('wrong.kml')
check(('error', 'geometry-invalid') in got.codes and got.shapes[0] is None and got.shapes[1], f'KML with a blank for a comma: {got.codes} {got.shapes}')
typed = KML.replace('<NetworkLink>', '<Schema name="a" id="a"><SimpleField type="int" name="番号"/></Schema><NetworkLink>').replace(
    '<ExtendedData>', '<ExtendedData><SchemaData schemaUrl="#a"><SimpleData name="番号">007</SimpleData></SchemaData>')
write('typed.kml', typed)
got = Converted('typed.kml')
check(got.rows and got.rows[0].get('番号') == '007' and got.rows[0]['Name'] == '体育館', f'KML whose schema says int: {got.rows}')

# --- a Shapefile whose parts have capitals, as Windows copies them ------------------------------------------------------------
for part in ('shp', 'shx', 'dbf', 'prj', 'cpg'):
    os.rename(path(f'points_.{part}'), path(f'points_.{part.capitalize()}'))
for small in ((), ('shp',), ('shp', 'shx', 'prj'), ('shp', 'dbf', 'shx')):
    mixed = os.path.join(work, 'mixed')
    subprocess.run(['rm', '-rf', mixed], check=True)
    os.mkdir(mixed)
    for part in ('shp', 'shx', 'dbf', 'prj', 'cpg'):
        subprocess.run(['cp', path(f'points_.{part.capitalize()}'), os.path.join(mixed, 'a.' + (part if part in small else part.capitalize()))], check=True)
    got = Converted(os.path.join(mixed, 'a.' + ('shp' if 'shp' in small else 'Shp')))
    check(got.exit == 0 and near(places(got.shapes), places([one for one in POINTS])) and sorted(row['code'] for row in got.rows) == sorted(CODES),
          f'capital extensions but {small}: {got.exit} {got.codes} {got.rows} {got.error}')
    check(not got.codes or all(severity == 'note' for severity, _ in got.codes), f'capital extensions but {small}: the .Prj is not read: {got.codes}')
for part in ('shp', 'shx', 'dbf', 'prj', 'cpg'):
    os.rename(path(f'points_.{part.capitalize()}'), path(f'points_.{part}'))

# --- a local system is none that is said: asked for, or named by whoever knows --------------------------------------------------
mif = 'Version 300\nCharset "WindowsJapanese"\nDelimiter ","\nCoordSys NonEarth Units "m" Bounds (-100000, -100000) (100000, 100000)\nColumns 1\n  name Char(10)\nData\n\n'
write('local.mif', mif + ''.join(f'Point {-69375.347 + i * 10} {43548.87 + i * 7}\n' for i in range(20)))
write('local.mid', ''.join(f'"p{i}"\n' for i in range(20)))
got = Converted('local.mif')
check(got.exit == 4 and 'crs' in got.error and '座標' in got.error and '壊れた' not in got.error, f'NonEarth: {got.exit} {got.error}')
got = Converted('local.mif', '--crs', 'EPSG:6677')
check(got.exit == 0 and near(places(got.shapes)[:1], [[(139.06, 36.39)]], 1e-6), f'NonEarth, named: {got.exit} {got.error} {got.shapes[:1]}')

# --- 国土数値情報 is held against the publisher's border as every other GIS source is -------------------------------------------
ksj = '<?xml version="1.0" encoding="UTF-8"?><ksj:Dataset xmlns:ksj="http://nlftp.mlit.go.jp/ksj/schemas/ksj-app" xmlns:gml="http://www.opengis.net/gml/3.2" ' \
      'xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="D"><gml:boundedBy><gml:EnvelopeWithTimePeriod srsName="JGD2011 / (B, L)"/></gml:boundedBy>'
for i in range(30):
    ksj += f'<gml:Point gml:id="n{i}"><gml:pos>{139.06 + i / 1000:.3f} {36.38 + i / 2000:.4f}</gml:pos></gml:Point>' \
           f'<ksj:S gml:id="s{i}"><ksj:p xlink:href="#n{i}"/><ksj:name>a</ksj:name></ksj:S>'
write('exchanged.xml', ksj + '</ksj:Dataset>')
got = Converted('exchanged.xml', '--publisher', '102016')
check(got.exit == 0 and ('warning', 'axis-order-wrong') in got.codes and near(places(got.shapes)[:1], [[(139.06, 36.38)]]), f'国土数値情報 exchanged: {got.exit} {got.codes} {got.error}')

check(got.report['details'][0]['found'] == '経度 緯度' and got.report['details'][0]['expected'].startswith('緯度 経度'), f"国土数値情報 exchanged: {got.report['details'][:1]}")
got = Converted('exchanged.xml')
check(got.exit == 4 and '「経度 緯度」の順に書かれています' in got.error and 'JPGIS' in got.error, f'国土数値情報 exchanged, without publisher: {got.exit} {got.error}')

# --- arcs become the lines that ogr2ogr makes of them; of a plane file they are arcs there ---------------------------------------
ARCS = ['CIRCULARSTRING({0} {1},{2} {3},{4} {1})', 'COMPOUNDCURVE(({6} {1},{0} {1}),CIRCULARSTRING({0} {1},{2} {3},{4} {1}))',
        'CURVEPOLYGON(CIRCULARSTRING({0} {1},{4} {5},{0} {1}))', 'MULTICURVE(CIRCULARSTRING({0} {1},{2} {3},{4} {1}),({0} {1},{4} {5}))',
        'MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING({0} {1},{4} {5},{0} {1})),(({6} {1},{0} {1},{0} {5},{6} {1})))', 'CURVEPOLYGON(({0} {1},{4} {1},{4} {5},{0} {1}))']
for crs, numbers in (('EPSG:6668', (139.06, 36.39, 139.065, 36.395, 139.07, 36.4, 139.05)), ('EPSG:6677', (-69375, 43548, -69300, 43640, -69200, 43700, -69500))):
    write('arcs.csv', 'id,WKT\n' + ''.join(f'1,"{wkt.format(*numbers)}"\n' for wkt in ARCS))
    subprocess.run(['rm', '-f', path('arcs.gpkg')], check=True)
    ogr('-q', '-f', 'GPKG', path('arcs.gpkg'), path('arcs.csv'), '-oo', 'GEOM_POSSIBLE_NAMES=WKT', '-oo', 'KEEP_GEOM_COLUMNS=NO', '-a_srs', crs)
    ogr('-q', '-f', 'GML', '-dsco', 'FORMAT=GML3.2', path('arcs.gml'), path('arcs.gpkg'))
    for name in ('arcs.gpkg', 'arcs.gml'):
        straight, layer = path('straight.gpkg'), path('straight.geojson')
        subprocess.run(['rm', '-f', straight, layer], check=True)
        ogr('-q', '-f', 'GPKG', straight, path(name), '-nlt', 'CONVERT_TO_LINEAR')
        ogr('-q', '-f', 'GeoJSON', '-t_srs', 'EPSG:6668', '-lco', 'COORDINATE_PRECISION=12', layer, straight)
        with open(layer, encoding='utf-8') as file:
            wanted = [feature['geometry'] for feature in json.load(file)['features']]
        got = Converted(name, '--on-error', 'keep')  # lines and areas in one table
        check(len(wanted) == 6 and near(places(got.shapes), places(wanted)), f'{name} in {crs}: {got.exit} {got.error} {len(got.shapes)}')
        told = [one for one in got.report['details'] if one['code'] == 'curves-straightened']
        check(len(told) == 1 and told[0]['found'] == '5', f'{name} in {crs}: {told}')

# --- heights and measures are told by their names -------------------------------------------------------------------------------
write('zm.csv', 'id,WKT\n' + ''.join(f'1,POINT {one})\n' for one in ('Z (139.06 36.39 5', 'M (139.06 36.39 5', 'ZM (139.06 36.39 5 6', '(139.06 36.39', 'M (139.06 36.39 5')))
ogr('-q', '-f', 'GPKG', path('zm.gpkg'), path('zm.csv'), '-oo', 'GEOM_POSSIBLE_NAMES=WKT', '-oo', 'KEEP_GEOM_COLUMNS=NO', '-a_srs', 'EPSG:6668')
got = Converted('zm.gpkg')
check([(one['code'], one['found']) for one in got.report['details']] == [('height-dropped', '2'), ('measure-dropped', '3')], f"Z and M: {got.report['details']}")

# --- a blob that is no shape is told on its row ----------------------------------------------------------------------------------
ogr('-q', '-f', 'GPKG', '-lco', 'SPATIAL_INDEX=NO', path('blob.gpkg'), path('points.geojson'), '-nln', 'blob')
base = sqlite3.connect(path('blob.gpkg'))
base.executescript("UPDATE blob SET geom = x'4750000100000000FF' WHERE fid = 2; UPDATE blob SET geom = NULL WHERE fid = 3")
base.close()
got = Converted('blob.gpkg')
check([(one['code'], one['row']) for one in got.report['details']] == [('geometry-invalid', 2)] and got.shapes[1:3] == [None, None], f"a broken blob: {got.report['details']}")

# --- columns and shapes fill each other in; a table of attributes alone is placed by its columns -----------------------------------
points = collection(POINTS[:3])
for feature, latitude, longitude in zip(points['features'], ('', None, 36.39), ('', 139.06, 139.06)):
    feature['properties'].update({'緯度': latitude, '経度': longitude})
points['features'][1]['geometry']['coordinates'] = [139.06, 36.3810001]
points['features'][2]['geometry'] = None
write('columns.geojson', json.dumps(points, ensure_ascii=False))
got = Converted('columns.geojson')
check([(row['緯度'], row['経度']) for row in got.rows] == [('36.38', '139.05'), ('36.3810001', '139.06'), ('36.39', '139.06')], f'columns from shapes: {got.rows}')
check(got.shapes and got.shapes[2] and got.shapes[2]['coordinates'] == [139.06, 36.39] and got.codes == [('note', 'position-from-columns'), ('note', 'position-from-shape')],
      f'a shape from columns: {got.shapes} {got.codes}')
got = Converted('points.geojson', '--on-error', 'keep', schema='v2/public_facility')
check([(row['緯度'], row['経度']) for row in got.rows][1] == ('36.381', '139.06'), f'columns of the schema from shapes: {got.rows} {got.error}')
ogr('-q', '-f', 'GPKG', path('attributes.gpkg'), path('columns.geojson'), '-nlt', 'NONE', '-where', '"緯度" <> \'\'')
got = Converted('attributes.gpkg')
check(got.exit == 0 and got.shapes == [{'type': 'Point', 'coordinates': [139.06, 36.39]}], f'attributes alone: {got.exit} {got.shapes} {got.error}')

# --- values as they were written: numbers of single precision, thousandths of a second ------------------------------------------
ogr('-q', '-f', 'GPKG', '-lco', 'SPATIAL_INDEX=NO', path('single.gpkg'), path('points.geojson'), '-nln', 'single')
base = sqlite3.connect(path('single.gpkg'))
base.executescript("""ALTER TABLE single ADD COLUMN small FLOAT; ALTER TABLE single ADD COLUMN moment DATETIME;
UPDATE single SET small = 0.10000000149011612, moment = '2024-01-02T03:04:05.678Z'; UPDATE single SET small = 16777216, moment = '2024-01-02T03:04:05Z' WHERE fid = 2""")
base.close()
got = Converted('single.gpkg')
check([row.get('small') for row in got.rows] == ['0.1', '16777216', '0.1', '0.1'], f'numbers of single precision: {got.rows} {got.error}')
check([row.get('moment') for row in got.rows][:2] == ['2024-01-02T03:04:05.678+00:00', '2024-01-02T03:04:05+00:00'], f'thousandths of a second: {got.rows}')

# --- DXF: points and lines of a survey, in the encoding of its bytes ----------------------------------------------------------
for encoding in ('cp932', 'utf-8'):
    for header in ('', '  0\nSECTION\n  2\nHEADER\n  9\n$DWGCODEPAGE\n  3\nANSI_932\n  0\nENDSEC\n'):
        entities = ''.join(f'  0\n{kind}\n  8\n測点\n 10\n-69375.347\n 20\n43548.87\n 30\n0\n{more}' for kind, more in (('TEXT', ' 40\n1\n  1\n前橋①㈱\n'), ('POINT', '')))
        write('survey.dxf', (header + '  0\nSECTION\n  2\nENTITIES\n' + entities + '  0\nENDSEC\n  0\nEOF\n').encode(encoding))
        got = Converted('survey.dxf', '--crs', 'EPSG:6677')
        check(got.exit == 0 and near(places(got.shapes), [[(139.06, 36.39)]] * 2) and [row['Layer'] for row in got.rows] == ['測点'] * 2
              and got.rows[0]['Text'] == '前橋①㈱', f'DXF in {encoding}: {got.exit} {got.rows} {got.shapes} {got.error}')
check(Converted('survey.dxf').exit == 4, 'a DXF without a coordinate system')

# --- ZIPs -------------------------------------------------------------------------------------------------------------------
def pack(name, files):
    with zipfile.ZipFile(path(name), 'w') as archive:
        for file in files:
            archive.write(path(file), 'data/' + file)
    return name


for extension, parts in (('shp', ('shp', 'shx', 'dbf', 'prj', 'cpg')), ('tab', ('tab', 'dat', 'map', 'id')), ('mif', ('mif', 'mid')), ('gpkg', ('gpkg',)),
                         ('kml', ('kml',)), ('gml', ('gml',)), ('fgb', ('fgb',))):
    got = Converted(pack('one.zip', [f'areas_.{part}' for part in parts]))
    check(got.exit == 0 and len(got.rows) == 4 and sorted(row['code'] for row in got.rows) == sorted(CODES), f'ZIP of {extension}: {got.exit} {got.error}')
got = Converted(pack('two.zip', ['areas_.gml', 'points_.kml']))
check(got.exit == 4 and 'data/areas_.gml' in got.error and '--sheet' in got.error, f'ZIP of two: {got.error}')
check(Converted('two.zip', '--sheet', 'data/areas_.gml').shapes[0]['type'] == 'Polygon', 'a file of a ZIP by name')
check(Converted('two.zip', '--sheet', 'points_.kml').shapes[0]['type'] == 'Point', 'a file of a ZIP by its short name')
# 国土数値情報 hands out one layer in several formats.
with zipfile.ZipFile(path('ksj.zip'), 'w') as archive:
    for part in ('shp', 'shx', 'dbf', 'prj', 'cpg'):
        archive.write(path(f'areas_.{part}'), f'P29-21_10.{part}')
    archive.write(path('areas.geojson'), 'P29-21_10.geojson')
    archive.writestr('KS-META-P29-21_10.xml', '<a/>')
got = Converted('ksj.zip')
check(got.exit == 0 and got.report['source']['path'].endswith('P29-21_10.geojson'), f'one layer in several formats: {got.exit} {got.error}')

# --- names that are not what the file is, formats that are not read -----------------------------------------------------------
os.rename(path('points_.gpkg'), path('points_.shp.geojson'))
got = Converted('points_.shp.geojson')
check(got.exit == 0 and ('note', 'extension-differs') in got.codes or ('warning', 'extension-differs') in got.codes, f'a GeoPackage called .geojson: {got.codes}')
write('binary.dxf', b'AutoCAD Binary DXF\r\n\x1a\0')
got = Converted('binary.dxf')
check(got.exit == 4 and 'テキスト' in got.error, f'binary DXF: {got.error}')
write('seamless.tab', '!table\n!version 300\n!charset WindowsJapanese\n\nDefinition Table\n  Type LINKED Charset "WindowsJapanese"\n')
got = Converted('seamless.tab')
check(got.exit == 4 and 'NATIVE' in got.error, f'a MapInfo table that points elsewhere: {got.error}')
for name, text in (('a.dbf', b'\x03'), ('a.mid', b'x'), ('a.dwg', b'AC1027')):
    write(name, text + b'xxxx')
    check(Converted(name).exit == 4, name)

# --- a folder that cannot be written to, a source without its index -----------------------------------------------------------
locked = os.path.join(work, 'locked')
os.mkdir(locked)
for name in ('areas_.shp', 'areas_.dbf', 'areas_.prj', 'one.gml', 'areas_.gpkg'):
    subprocess.run(['cp', path(name), locked], check=True)
os.chmod(locked, 0o555)
for name in ('areas_.shp', 'one.gml', 'areas_.gpkg'):
    got = Converted(os.path.join(locked, name))
    check(got.exit == 0, f'{name} in a locked folder: {got.exit} {got.error}')
check(sorted(os.listdir(locked)) == sorted(('areas_.shp', 'areas_.dbf', 'areas_.prj', 'one.gml', 'areas_.gpkg')), 'something was written beside a source')
os.chmod(locked, 0o755)

print(f'{len(failures)} failed')
sys.exit(1 if failures else 0)
