#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Writes a Shapefile of made-up parcels in plane IX (JGD2011), as a city's cadastral layer looks: STEM COUNT.
# Polygons of 5 to 13 points around 前橋, attributes in CP932, every byte the same each time.
import math
import random
import struct
import sys

stem, count = sys.argv[1], int(sys.argv[2])
random.seed(6)
PRJ = ('PROJCS["JGD_2011_Japan_Zone_9",GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
       'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
       'PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",139.8333333333333],'
       'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]')
FIELDS = [('地番ID', 'N', 10, 0), ('大字', 'C', 30, 0), ('地番', 'C', 20, 0), ('地目', 'C', 10, 0), ('地積', 'N', 12, 2),
          ('更新日', 'D', 8, 0)]
TOWNS = ['大手町', '本町', '千代田町', '紅雲町', '文京町', '総社町総社', '粕川町膳', '富士見町時沢', '鼻毛石町', '苗ヶ島町']
USES = ['宅地', '田', '畑', '山林', '雑種地', '公衆用道路']

columns = max(1, math.isqrt(count))
records, index, rows = [], [], []
offset = 50
low_x = low_y = 1e300
high_x = high_y = -1e300
for number in range(count):
    x0 = -80000 + (number % columns) * 42.5
    y0 = 38000 + (number // columns) * 38.25
    corners = random.randrange(4, 13)
    points = []
    for corner in range(corners):  # clockwise, as Shapefiles want outer rings; a star around the middle never crosses itself
        angle = -2 * math.pi * (corner + 0.6 * random.random()) / corners
        radius = 9 + 9 * random.random()
        points.append((round(x0 + radius * math.cos(angle), 3), round(y0 + radius * math.sin(angle), 3)))
    points.append(points[0])
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    low_x, low_y, high_x, high_y = min(low_x, box[0]), min(low_y, box[1]), max(high_x, box[2]), max(high_y, box[3])
    content = struct.pack('<i4d3i', 5, *box, 1, len(points), 0) + b''.join(struct.pack('<2d', *p) for p in points)
    records.append(struct.pack('>2i', number + 1, len(content) // 2) + content)
    index.append(struct.pack('>2i', offset, len(content) // 2))
    offset += len(content) // 2 + 4
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))) / 2
    values = [number + 1, random.choice(TOWNS), f'{random.randrange(1, 3000)}番{random.randrange(1, 40)}', random.choice(USES),
              f'{area:.2f}', f'20{random.randrange(10, 25)}{random.randrange(1, 13):02}{random.randrange(1, 29):02}']
    row = b' '
    for (_, kind, size, _), value in zip(FIELDS, values):
        text = str(value).encode('cp932')
        row += text.rjust(size) if kind == 'N' else text.ljust(size)
    rows.append(row)


def head(words):
    return struct.pack('>7i', 9994, 0, 0, 0, 0, 0, words) + struct.pack('<2i8d', 1000, 5, low_x, low_y, high_x, high_y, 0, 0, 0, 0)


with open(stem + '.shp', 'wb') as file:
    file.write(head(offset) + b''.join(records))
with open(stem + '.shx', 'wb') as file:
    file.write(head(50 + 4 * count) + b''.join(index))
with open(stem + '.dbf', 'wb') as file:
    size = 1 + sum(f[2] for f in FIELDS)
    file.write(struct.pack('<4BIHH20x', 3, 126, 11, 21, count, 33 + 32 * len(FIELDS), size))
    for name, kind, width, decimals in FIELDS:
        file.write(struct.pack('<11sc4xBB14x', name.encode('cp932'), kind.encode(), width, decimals))
    file.write(b'\r' + b''.join(rows) + b'\x1a')
with open(stem + '.prj', 'w') as file:
    file.write(PRJ)
with open(stem + '.cpg', 'w') as file:
    file.write('CP932')
