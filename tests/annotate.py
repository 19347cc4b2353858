#!/usr/bin/python3
# Holds an annotated workbook against the department's own: nothing but the marks may differ.
#   annotate.py compare ORIGINAL ANNOTATED REPORT.json     cell by cell through openpyxl, part by part through the archive
#   annotate.py converted ORIGINAL.xlsx ANNOTATED.xlsx     both through LibreOffice: the same values
#   annotate.py make FOLDER                                workbooks with what the corpus does not have
import datetime
import json
import re
import struct
import sys
import warnings
import zipfile
import zlib

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

warnings.simplefilter("ignore")
LIST = "確認結果"
FILLS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "note": "FFDDEBF7"}
RANK = {"note": 0, "warning": 1, "error": 2}


def raw_entries(path):
    """name -> (crc, method, the compressed bytes)"""
    entries = {}
    with zipfile.ZipFile(path) as archive, open(path, "rb") as file:
        for info in archive.infolist():
            file.seek(info.header_offset + 26)
            name, extra = struct.unpack("<HH", file.read(4))
            file.seek(info.header_offset + 30 + name + extra)
            entries[info.filename] = (info.CRC, info.compress_type, file.read(info.compress_size))
    return entries


def require(condition, *what):
    if not condition:
        sys.exit("FAILED: " + " ".join(str(one) for one in what))


def details_of(report):
    tables = report.get("tables", [report])
    return [one for table in tables for one in table["details"]]


def sheet_parts(path):
    """sheet name -> its part"""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        rels = dict(
            (re.search(r'\bId="([^"]*)"', one)[1], re.search(r'\bTarget="([^"]*)"', one)[1])
            for one in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", archive.read("xl/_rels/workbook.xml.rels").decode()))
        book = openpyxl.load_workbook(path, read_only=True)
        order = book.sheetnames
        ids = re.findall(r'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]*)"', archive.read("xl/workbook.xml").decode())
        parts = {}
        for title, rel in zip(order, ids):
            target = rels[rel]
            parts[title] = target[1:] if target.startswith("/") else "xl/" + target
            require(parts[title] in names, "no part for", title)
        return parts


def merged_home(sheet, cell):
    for area in sheet.merged_cells.ranges:
        if cell in area:
            return area.start_cell.coordinate
    return cell


def look(cell):
    """All of a cell but its fill."""
    return (cell.value, cell.data_type, cell.number_format, repr(cell.font), repr(cell.border), repr(cell.alignment),
            repr(cell.protection))


def alike(a, b):
    """The cheap look first: lists of styles only gain entries, so equal numbers are equal styles."""
    if type(a).__name__ == "MergedCell" or type(b).__name__ == "MergedCell":  # has no look of its own
        return type(a) is type(b)
    x, y = a._style or StyleArray(), b._style or StyleArray()  # no style is the first
    numbers = all(
        getattr(x, name) == getattr(y, name) for name in ("fontId", "borderId", "alignmentId", "protectionId", "numFmtId"))
    return (a.value == b.value and a.data_type == b.data_type) if numbers else \
        look(a) == look(b)


def conditional_formats(sheet):
    return [(str(area.sqref), [(rule.type, rule.priority, rule.operator, rule.formula) for rule in area.rules])
            for area in sheet.conditional_formatting]


def compare(original, annotated, report):
    details = details_of(json.load(open(report, encoding="utf-8")))
    before, after = openpyxl.load_workbook(original), openpyxl.load_workbook(annotated)
    require(after.sheetnames == [LIST] + before.sheetnames, "sheets", after.sheetnames)
    require(after.active.title == before.active.title, "the active sheet is", after.active.title)
    for title in before.sheetnames:
        require(before[title].sheet_state == after[title].sheet_state, title, "state")

    marks = {}
    for one in details:
        if one["sheet"] in before.sheetnames:
            cells = one["cell"].split(",") if one["cell"] else []
            if not cells and one["row"] and not one["column"] and one["severity"] != "note":
                cells = ["A%d" % one["row"]]
            for cell in cells:
                key = (one["sheet"], merged_home(before[one["sheet"]], cell))
                marks[key] = max(marks.get(key, "note"), one["severity"], key=RANK.get)

    # The archive: parts that have nothing to do with a mark are the very bytes that they were.
    old, new = raw_entries(original), raw_entries(annotated)
    parts = sheet_parts(original)
    touched = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for title in {sheet for sheet, _ in marks}:
        part = parts[title]
        rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
        touched |= {part, rels}
        if rels in old:
            text = zipfile.ZipFile(original).read(rels).decode()
            for target in re.findall(r'Target="([^"]*(?:comments|vmlDrawing)[^"]*)"', text):
                touched.add(target.lstrip("/") if target.startswith("/") else "xl/" + target.replace("../", ""))
    same = 0
    for name, entry in old.items():
        require(name in new, name, "is gone")
        if name not in touched:
            require(new[name] == entry, name, "changed")
            same += 1
    require(zipfile.ZipFile(annotated).testzip() is None, "a broken entry")
    for info in zipfile.ZipFile(annotated).infolist():
        require(info.date_time == (1980, 1, 1, 0, 0, 0), "a clock in", info.filename)

    # Every style that was there stays where it was.
    with zipfile.ZipFile(original) as a, zipfile.ZipFile(annotated) as b:
        for section in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "numFmts", "dxfs", "cellStyles"):
            pattern = r"<(?:\w+:)?%s\b[^>]*>(.*?)</(?:\w+:)?%s>" % (section, section)
            was = re.search(pattern, a.read("xl/styles.xml").decode(), re.S) if "xl/styles.xml" in old else None
            now = re.search(pattern, b.read("xl/styles.xml").decode(), re.S)
            require(was is None or now[1].startswith(was[1]), "styles.xml:", section, "did not only gain entries")

    cells = 0
    for title in before.sheetnames:
        one, other = before[title], after[title]
        if not hasattr(one, "iter_rows"):
            continue
        require(other.merged_cells.ranges == one.merged_cells.ranges, title, "merged areas")
        require(one.freeze_panes == other.freeze_panes and one.auto_filter.ref == other.auto_filter.ref, title, "view")
        require({k: (v.width, v.hidden) for k, v in one.column_dimensions.items()} ==
                {k: (v.width, v.hidden) for k, v in other.column_dimensions.items()}, title, "widths of columns")
        require({k: (v.height, v.hidden) for k, v in one.row_dimensions.items() if v.height or v.hidden} ==
                {k: (v.height, v.hidden) for k, v in other.row_dimensions.items() if v.height or v.hidden}, title, "heights")
        require([(v.sqref, v.formula1) for v in one.data_validations.dataValidation] ==
                [(v.sqref, v.formula1) for v in other.data_validations.dataValidation], title, "drop-downs")
        require(len(one._images) == len(other._images) and len(one._charts) == len(other._charts), title, "pictures")
        require(conditional_formats(one) == conditional_formats(other), title, "conditional formats")
        for row in range(1, max(one.max_row, other.max_row) + 1):
            for column in range(1, max(one.max_column, other.max_column) + 1):
                a, b = one.cell(row, column), other.cell(row, column)
                cells += 1
                require(alike(a, b), title, a.coordinate, look(a), "became", look(b))
                severity = marks.get((title, a.coordinate))
                if severity:
                    require(b.fill.fgColor.rgb == FILLS[severity], title, a.coordinate, "fill", b.fill.fgColor.rgb)
                else:
                    require((a._style or StyleArray()).fillId == (b._style or StyleArray()).fillId or
                            repr(a.fill) == repr(b.fill), title, a.coordinate, "was coloured")
                if a.comment:
                    require(b.comment and b.comment.text.startswith(a.comment.text), title, a.coordinate, "lost its comment")
    values, now = openpyxl.load_workbook(original, data_only=True), openpyxl.load_workbook(annotated, data_only=True)
    for title in values.sheetnames:
        if hasattr(values[title], "iter_rows"):
            for a, b in zip(values[title].iter_rows(values_only=True), now[title].iter_rows(values_only=True)):
                require(a == b, title, "saved values", a, b)
    names = lambda book: {(n.name, book.sheetnames[n.localSheetId] if n.localSheetId is not None else None, n.attr_text)
                          for n in book.defined_names.definedName}
    require(names(before) == names(after), "defined names", names(after))

    # Each finding is in the list, with a link to its cell, and in a comment there.
    listed = list(after[LIST].iter_rows(min_row=6))
    by_place = {}
    for row in listed:
        for cell in str(row[2].value or "").split(", "):
            by_place.setdefault((row[1].value or "", cell), []).append(row)
    commented = 0
    for one in details:
        for cell in filter(None, one["cell"].split(",")):
            rows = [row for row in by_place.get((one["sheet"], cell), []) if row[7].value == one["code"]]
            require(rows, "not in the list:", one["sheet"], cell, one["code"])
            if one["sheet"] in before.sheetnames and before[one["sheet"]].sheet_state == "visible":
                link = rows[0][2].hyperlink
                first = one["cell"].split(",")[0]
                require(link and link.location == "'%s'!%s" % (one["sheet"].replace("'", "''"), first), "link of", cell)
                comment = after[one["sheet"]][merged_home(before[one["sheet"]], cell)].comment
                if comment and rows[0][4].value in comment.text:
                    commented += 1
    require(commented == sum(1 for one in details for c in filter(None, one["cell"].split(","))
                             if one["sheet"] in before.sheetnames) or commented >= 2000, "only", commented, "comments")
    print("%s: %d parts as they were, %d cells compared, %d marked, %d findings listed, %d in comments" %
          (original.rsplit("/", 1)[-1], same, cells, len(marks), len(listed), commented))


def converted(original, annotated):
    a, b = openpyxl.load_workbook(original, data_only=True), openpyxl.load_workbook(annotated, data_only=True)
    require(b.sheetnames == [LIST] + a.sheetnames, "LibreOffice sees", b.sheetnames)
    for title in a.sheetnames:
        x = [row for row in a[title].iter_rows(values_only=True) if any(v is not None for v in row)]
        y = [row for row in b[title].iter_rows(values_only=True) if any(v is not None for v in row)]
        strip = lambda rows: [tuple(v for v in row if v is not None) for row in rows]
        require(strip(x) == strip(y), "LibreOffice reads other values in", title)


def png():
    """One red dot."""
    chunk = lambda kind, data: (struct.pack(">I", len(data)) + kind + data +
                                struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))


def make(folder):
    # Drop-downs, formulas, merged cells, a comment and a picture of the department, a name of one sheet, a locked cell,
    # a second tab in front; required cells that do not exist in the XML.
    book = openpyxl.Workbook()
    book.active.title = "使い方"
    book.active["A1"] = "この表は毎月1日に更新します"
    sheet = book.create_sheet("一覧 '令和6")
    book.active = 1
    sheet.sheet_view.tabSelected = True
    book["使い方"].sheet_view.tabSelected = False
    sheet.append(["都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ", "住所", "緯度", "経度",
                  "電話番号", "利用可能曜日", "開始時間"])
    for number in range(1, 9):
        sheet.append(["102016", "%010d" % number, "群馬県", "前橋市", "施設%d" % number, "シセツ", "前橋市大手町2-12-1",
                      36.39, 139.06, "027-224-1111", "月火水木金", datetime.time(8, 30)])
    sheet["E4"] = None
    del sheet._cells[(4, 5)]
    sheet["H5"] = "不明"
    sheet["J6"] = "内線のみ"
    sheet["J6"].comment = Comment("担当: 総務課 山田", "山田")
    sheet["B8"] = "=TEXT(7,\"0000000000\")"
    sheet["L9"] = "25:99"
    sheet["L9"].font = Font(bold=True, color="FF0000FF")
    sheet["L9"].fill = PatternFill("solid", fgColor="FFEEEEEE")
    sheet["L9"].protection = Protection(locked=False)
    sheet.merge_cells("N2:O3")
    sheet["N2"] = "注意"
    choices = DataValidation(type="list", formula1='"月火水木金,毎日"', allow_blank=True)
    choices.add("K2:K100")
    sheet.add_data_validation(choices)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:L9"
    sheet.column_dimensions["E"].width = 31
    sheet.print_title_rows = "1:1"
    book.save(folder + "/plain.xlsx")

    # The same with a picture, which openpyxl cannot write without Pillow; and with macros: their content type and a module
    # that nobody runs.
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = ('<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
               'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="' + office + '"><xdr:oneCellAnchor>'
               "<xdr:from><xdr:col>16</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
               '<xdr:ext cx="400000" cy="400000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="dot"/><xdr:cNvPicPr/></xdr:nvPicPr>'
               '<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"/>'
               "</xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>")
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    relation = '<Relationship Id="%s" Type="' + office + '/%s" Target="%s"/>'
    for name, macros in (("drop_downs.xlsx", False), ("macros.xlsm", True)):
        with zipfile.ZipFile(folder + "/plain.xlsx") as old, zipfile.ZipFile(folder + "/" + name, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                text = old.read(info.filename).decode()
                if info.filename == "[Content_Types].xml":
                    text = text.replace("<Override ", '<Default Extension="png" ContentType="image/png"/><Override ', 1)
                    text = text.replace("</Types>", '<Override PartName="/xl/drawings/drawing1.xml" '
                                        'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>')
                    if macros:
                        text = text.replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                                            "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
                        text = text.replace("<Override ", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override ', 1)
                if info.filename == "xl/_rels/workbook.xml.rels" and macros:
                    text = text.replace("</Relationships>", '<Relationship Id="rIdMacro" Target="vbaProject.bin" '
                                        'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>')
                if info.filename == "xl/worksheets/sheet2.xml":
                    text = text.replace("<legacyDrawing", '<drawing xmlns:r="%s" r:id="picture"/><legacyDrawing' % office)
                if info.filename == "xl/worksheets/_rels/sheet2.xml.rels":
                    text = text.replace("</Relationships>", relation % ("picture", "drawing", "/xl/drawings/drawing1.xml") + "</Relationships>")
                new.writestr(info.filename, text)
            new.writestr("xl/drawings/drawing1.xml", drawing)
            new.writestr("xl/drawings/_rels/drawing1.xml.rels", rels % (relation % ("rId1", "image", "/xl/media/dot.png")))
            new.writestr("xl/media/dot.png", png())
            if macros:
                new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"macro" * 100)

    # Signed: marks would break the signature.
    with zipfile.ZipFile(folder + "/drop_downs.xlsx") as old, zipfile.ZipFile(folder + "/signed.xlsx", "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info.filename))
        new.writestr("_xmlsignatures/sig1.xml", "<Signature/>")


if __name__ == "__main__":
    {"compare": compare, "converted": converted, "make": make}[sys.argv[1]](*sys.argv[2:])
