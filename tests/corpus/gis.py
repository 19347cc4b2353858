#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Every GIS file of the corpus converts, with what is wrong in it told, or is refused for the right reason; and its places agree with
# ogr2ogr's to 1e-7 degrees where ogr2ogr is right: PROGRAM [--table]
import json
import os
import shutil
import subprocess
import sys
import tempfile

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
corpus = os.path.join(os.path.dirname(root), 'shared', 'corpus')
# file, rows (or the reason of a refusal), findings about shapes and places: code -> count, options, compared with ogr2ogr?
TOLD = ('geometry-', 'position-', 'crs-', 'axes-', 'axis-', 'ring-', 'integer-')
EXPECTED = [
    ('gis/10201_maebashi_n03.json', 1, {}, [], True),
    ('gis/10204_isesaki_n03.json', 1, {}, [], True),
    ('gis/10212_midori_n03.json', 1, {}, [], True),
    ('gis/10201_maebashi_small_area.geojson', 275, {'geometry-invalid': 1}, [], True),  # a ring of twelve decimals touches itself in seven
    ('gis/13208_aed_osm.geojson', 203, {}, [], True),
    ('gis/13208_aed_osm.kml', 202, {}, [], True),
    ('gis/38202_05_urban_planning.geojson', 4, {}, [], True),
    ('gis/P29-21_10_gunma_schools.geojson', 1009, {}, [], True),
    ('gis/P29-13_13_tokyo_schools.xml', 2945, {}, [], False),  # ogr2ogr finds no feature
    ('gis/22212_bus_stop.shp', 164, {}, [], True),
    ('gis/22212_event_toilet.shp', 8, {}, [], True),
    ('gis/22212_flood_h20.shp', 6, {}, [], True),
    ('gis/22212_flood_r1.shp', 60, {}, [], True),
    ('gis/22212_flood_r6.shp', 54, {'geometry-invalid': 1}, [], True),
    ('gis/22212_form_points.shp', 13, {}, [], True),
    ('gis/22212_school_district.shp', 13, {}, [], True),
    ('gis/22212_standard_land.shp', 388, {}, [], True),
    ('gis/29_nara_P29-13.shp', 423, {'crs-assumed': 1}, [], False),  # ogr2ogr refuses a Shapefile without .shx
    ('gis/22212_cherry_trees.shp', '0 バイト', {}, [], False),
    ('gis/22212_event_toilet.xml', 'GML・KML・GPX ではない XML', {}, [], False),
    ('gis/22212_flood_r6.xml', 'GML・KML・GPX ではない XML', {}, [], False),
    ('gis/22212_school_district.xml', 'GML・KML・GPX ではない XML', {}, [], False),
    ('gis/22212_bus_stop.dbf', 'Shapefile の一部', {}, [], False),
    ('plateau/kawasaki-shi__533915_urf_6668_yoto_op.gml', 4, {}, [], True),
    ('plateau/libplateau__533925_tran_6697_op.gml', 9, {}, [], True),
    ('plateau/numazu-shi__523836_luse_6668_op.gml', 225, None, [], True),
    ('plateau/numazu-shi__52385721_fld_6697_l1_op.gml', 3, {'geometry-invalid': 3}, [], True),
    ('plateau/numazu-shi__523857_urf_6668_op.gml', 'UseDistrict (38)', {}, [], False),
    ('plateau/numazu-shi__523857_urf_6668_op.gml', 38, None, ['--sheet', 'UseDistrict'], True),
    ('plateau/yokosuka-shi__52397519_bldg_6697_op.gml', 13, {'geometry-unsupported': 11}, [], False),  # solids: ogr2ogr writes none of them either
]


def flat(coordinates):
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [tuple(coordinates[:2])]
    return [point for part in coordinates for point in flat(part)]


def points(features):
    return [sorted(flat(feature['geometry']['coordinates'])) if feature['geometry'] else [] for feature in features]


def from_nearest(some, others):
    """How far the points of some are from the nearest of the others, at most; None when beyond two printed units."""
    cells, worst = {}, 0.0
    for x, y in others:
        cells.setdefault((round(x * 1e7), round(y * 1e7)), []).append((x, y))
    for x, y in some:
        column, row = round(x * 1e7), round(y * 1e7)
        near = [max(abs(x - p), abs(y - q)) for i in (-2, -1, 0, 1, 2) for j in (-2, -1, 0, 1, 2) for p, q in cells.get((column + i, row + j), ())]
        if not near:
            return None
        worst = max(worst, min(near))
    return worst


def farthest(some, others):
    """Shape by shape, both ways: a writer may leave out a point that rounding made equal to the one before."""
    worst = 0.0
    if len(some) != len(others):
        return None
    for a, b in zip(some, others):
        one, other = from_nearest(a, b), from_nearest(b, a)
        if one is None or other is None:
            return None
        worst = max(worst, one, other)
    return worst


def far_from_town(shift):
    """前橋市's 275 small areas with the name of each (or of another) as its address: how many are told as far from their town."""
    with open(os.path.join(corpus, 'gis/10201_maebashi_small_area.geojson'), encoding='utf-8') as file:
        document = json.load(file)
    names = [feature['properties']['S_NAME'] or '' for feature in document['features']]
    for i, feature in enumerate(document['features']):
        feature['properties'] = {'住所': '群馬県前橋市' + names[(i + shift) % len(names)]}
    with tempfile.TemporaryDirectory() as work:
        with open(work + '/areas.geojson', 'w', encoding='utf-8') as file:
            json.dump(document, file, ensure_ascii=False)
        done = subprocess.run([program, 'convert', work + '/areas.geojson', '--out', work + '/out', '--schema', 'none', '--schemas', root + '/schemas', '--format', 'csv',
                               '--publisher', '102016', '--json', '--quiet'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return sum(one['code'] == 'position-far-from-town' for one in json.loads(done.stdout)['details'])


def main():
    if not os.path.isdir(corpus):
        print('skipped: ../shared/corpus is not here')
        return 77
    failed, lines = [], []
    before = sorted(os.path.join(folder, file) for folder, _, files in os.walk(corpus) for file in files)
    for name, wanted, told, options, compared in EXPECTED:
        path = os.path.join(corpus, name)
        with tempfile.TemporaryDirectory() as work:
            done = subprocess.run([program, 'convert', path, '--out', work + '/out', '--schema', 'none', '--schemas', root + '/schemas', '--format', 'geojson',
                                   '--json', '--quiet', *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            if isinstance(wanted, str):
                if done.returncode != 4 or wanted not in done.stderr:
                    failed.append(f'{name}: exit {done.returncode}, not refused for 「{wanted}」: {done.stderr[:200]}')
                lines.append((name, 'refused', wanted, ''))
                continue
            if done.returncode > 1:
                failed.append(f'{name}: exit {done.returncode}: {done.stderr[:200]}')
                continue
            report = json.loads(done.stdout)
            found = {}
            for one in report['details']:
                if one['code'].startswith(TOLD):
                    found[one['code']] = found.get(one['code'], 0) + 1
            if report['rows']['read'] != wanted:
                failed.append(f'{name}: {report["rows"]["read"]} rows instead of {wanted}')
            if told is not None and found != told:
                failed.append(f'{name}: told {found} instead of {told}')
            with open(os.path.join(work, 'out', report['outputs'][0]['path']), encoding='utf-8') as file:
                own = points(json.load(file)['features'])
            difference = ''
            if compared:
                layer = options[1:] if options else []
                copy = work + '/in'  # GDAL writes beside what it reads
                os.mkdir(copy)
                stem = os.path.splitext(os.path.basename(path))[0]
                for beside in os.listdir(os.path.dirname(path)):
                    if os.path.splitext(beside)[0] == stem:
                        shutil.copy(os.path.join(os.path.dirname(path), beside), copy)
                subprocess.run(['ogr2ogr', '-q', '-f', 'GeoJSON', '-t_srs', 'EPSG:6668', '-lco', 'COORDINATE_PRECISION=12', work + '/o.geojson', os.path.join(copy, os.path.basename(path)), *layer],
                               stderr=subprocess.DEVNULL, env=dict(os.environ, GML_SKIP_CORRUPTED_FEATURES='YES'), check=False)
                with open(work + '/o.geojson', encoding='utf-8') as file:
                    theirs = points(json.load(file)['features'])
                worst = farthest(own, theirs)
                difference = 'other shapes' if worst is None else f'{worst:.1e}'
                if worst is None or worst > 1.01e-7:
                    failed.append(f'{name}: differs from ogr2ogr: {difference}')
            lines.append((name, wanted, ', '.join(f'{code} {count}' for code, count in found.items()), difference))
    told = far_from_town(0), far_from_town(137)
    if told[0] > 0 or told[1] < 200:
        failed.append(f'areas far from their town: {told[0]} in their places, {told[1]} in others')
    if sorted(os.path.join(folder, file) for folder, _, files in os.walk(corpus) for file in files) != before:
        failed.append('something was written beside the sources')
    if '--table' in sys.argv:
        print('| file | rows | told | from ogr2ogr, degrees |\n| --- | --- | --- | --- |')
        for line in lines:
            print('| ' + ' | '.join(str(cell) for cell in line) + ' |')
    for one in failed:
        print('FAILED:', one, file=sys.stderr)
    print(f'{len(EXPECTED)} cases, {len(failed)} failed')
    return 1 if failed else 0


sys.exit(main())
