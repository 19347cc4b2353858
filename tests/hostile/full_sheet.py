# SPDX-License-Identifier: Apache-2.0
"""Streams a workbook with as many rows as a sheet can have: a header and 1,048,575 rows, each name another shared string.

    full_sheet.py WORKBOOK.xlsx
"""
import sys
import zipfile

ROWS = 1_048_576
HEADERS = ["ID", "名称", "名称_カナ", "所在地_連結表記", "緯度", "経度", "電話番号", "開設日", "開始時間", "備考"]
TOWNS = ["大手町", "本町", "千代田町", "城東町", "三河町", "表町", "住吉町", "文京町"]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": HEAD + f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="施設一覧" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": HEAD + f'<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="20" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def main():
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in PARTS.items():
            package.writestr(name, text)
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write((HEAD + f"<sst {MAIN}>").encode())
            part.write("".join(f"<si><t>{one}</t></si>" for one in HEADERS + TOWNS).encode())
            for first in range(0, ROWS - 1, 4096):
                part.write("".join(f"<si><t>市立第{number:07}集会所</t></si>" for number in range(first, min(first + 4096, ROWS - 1))).encode())
            part.write(b"</sst>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write((HEAD + f'<worksheet {MAIN}><sheetData><row r="1">').encode())
            part.write("".join(f'<c r="{chr(65 + at)}1" t="s"><v>{at}</v></c>' for at in range(len(HEADERS))).encode() + b"</row>")
            names = len(HEADERS) + len(TOWNS)
            for first in range(0, ROWS - 1, 4096):
                rows = []
                for number in range(first, min(first + 4096, ROWS - 1)):
                    r = number + 2
                    rows.append(
                        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>F{number:07}</t></is></c><c r="B{r}" t="s"><v>{names + number}</v></c>'
                        f'<c r="C{r}" t="inlineStr"><is><t>シュウカイジョ</t></is></c><c r="D{r}" t="s"><v>{len(HEADERS) + number % 8}</v></c>'
                        f'<c r="E{r}"><v>{36 + number % 100000 / 1000000:.6f}</v></c><c r="F{r}"><v>{139 + number % 90000 / 1000000:.6f}</v></c>'
                        f'<c r="G{r}" t="inlineStr"><is><t>027-224-{number % 10000:04}</t></is></c><c r="H{r}" s="1"><v>{40000 + number % 5000}</v></c>'
                        f'<c r="I{r}" s="2"><v>0.375</v></c></row>')
                part.write("".join(rows).encode())
            part.write(b"</sheetData></worksheet>")


if __name__ == "__main__":
    main()
