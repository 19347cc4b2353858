# SPDX-License-Identifier: Apache-2.0
"""Readers of the corpus that share no code with the program: CSV by Python's own module, .xlsx by zipfile and ElementTree, .xls by xlrd.

A sheet is {(row, column): text}, both from 1, without empty cells; the text is what Excel shows: dates and times in ISO form (the form of
the program's outputs, and a spreadsheet shows them in many), no thousands separators, no furigana.
"""
import csv
import datetime
import decimal
import io
import re
import zipfile
import xml.etree.ElementTree as tree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 20: "h:mm", 21: "h:mm:ss",
            22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00", 40: "#,##0.00"}


def rows_of_csv(path):
    """The records of a CSV or TSV file, blank lines counted."""
    data = open(path, "rb").read()
    text = None
    for encoding in ("utf-8-sig", "cp932", "euc_jp"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            pass
    head = text[:2000]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def sheet_of_rows(rows):
    return {(r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell != ""}


def without_literals(code):
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0])


def is_date(code):
    plain = without_literals(code)
    return re.search(r"[ymdhsge]", plain, re.I) is not None and "General" not in code


def shown(value, code, epoch=datetime.datetime(1899, 12, 30)):
    """A number as the format shows it, but for separators and colours."""
    number = decimal.Decimal(value)
    if is_date(code):
        plain = without_literals(code).lower()
        moment = epoch + datetime.timedelta(seconds=round(float(number) * 86400))
        time = re.search(r"[hs]", plain)
        day = re.search(r"[ydge]", plain) or ("m" in plain and not time)
        text = moment.strftime("%Y-%m-%d") if day else ""
        if time:
            text += (" " if day else "") + moment.strftime("%H:%M:%S" if "s" in plain else "%H:%M")
        return text
    section = without_literals(code)
    bracket = r"\(" in code.split(";")[0]  # (2015): signs that stay with the number
    number = decimal.Decimal(f"{float(number):.15g}")
    if "%" in section:
        number *= 100
    if "0" in section or "#" in section:
        places = len(re.sub(r"[^0#?]", "", section.partition(".")[2]))
        least = section.partition(".")[2].count("0")
        number = number.quantize(decimal.Decimal(1).scaleb(-places), decimal.ROUND_HALF_UP)
        text = f"{number:f}"
        while "." in text and len(text.partition(".")[2]) > least and text[-1] == "0":
            text = text[:-1]
        whole, dot, part = text.rstrip(".").partition(".")
        text = whole.zfill(section.partition(".")[0].count("0")) + dot + part + ("%" if "%" in section else "")
        return f"({text})" if bracket else text
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_of(element):
    """The text of a string: its own and that of its runs, without the furigana (rPh)."""
    parts = [element.findtext(MAIN + "t") or ""]
    parts += [run.findtext(MAIN + "t") or "" for run in element.findall(MAIN + "r")]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), "".join(parts)).replace("\r\n", "\n")


def sheets_of_xlsx(path):
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        strings = []
        if "xl/sharedStrings.xml" in names:
            strings = [text_of(one) for one in tree.fromstring(package.read("xl/sharedStrings.xml")).findall(MAIN + "si")]
        codes, formats = dict(BUILT_IN), [0]
        if "xl/styles.xml" in names:
            styles = tree.fromstring(package.read("xl/styles.xml"))
            codes.update({int(one.get("numFmtId")): one.get("formatCode") for one in styles.iter(MAIN + "numFmt")})
            formats = [int(one.get("numFmtId", 0)) for one in styles.find(MAIN + "cellXfs")]
        book = tree.fromstring(package.read("xl/workbook.xml"))
        targets = {one.get("Id"): one.get("Target") for one in tree.fromstring(package.read("xl/_rels/workbook.xml.rels"))}
        properties = book.find(MAIN + "workbookPr")
        epoch = datetime.datetime(1899, 12, 30)
        if properties is not None and properties.get("date1904") in ("1", "true"):
            epoch = datetime.datetime(1904, 1, 1)
        sheets = {}
        for entry in book.find(MAIN + "sheets"):
            target = targets[entry.get(REL + "id")].lstrip("/")
            part = target if target.startswith("xl/") else "xl/" + target
            if "worksheets" not in part:
                continue
            cells = {}
            for cell in tree.fromstring(package.read(part)).iter(MAIN + "c"):
                letters, digits = re.fullmatch(r"([A-Z]+)([0-9]+)", cell.get("r")).groups()
                column = column_number(letters)
                kind, value = cell.get("t", "n"), cell.findtext(MAIN + "v")
                if kind == "inlineStr":
                    text = text_of(cell.find(MAIN + "is"))
                elif value is None:
                    continue
                elif kind == "s":
                    text = strings[int(value)]
                elif kind == "b":
                    text = "TRUE" if value == "1" else "FALSE"
                elif kind == "n":
                    text = shown(value, codes.get(formats[int(cell.get("s", 0))], "General"), epoch)
                else:
                    text = value
                if text != "":
                    cells[int(digits), column] = text
            sheets[entry.get("name")] = cells
        return sheets


def sheets_of_xls(path):
    import xlrd
    with open("/dev/null", "w", encoding="utf-8") as nowhere:
        book = xlrd.open_workbook(path, formatting_info=True, logfile=nowhere)
    sheets = {}
    for sheet in book.sheets():
        cells = {}
        for r in range(sheet.nrows):
            for c in range(sheet.ncols):
                cell = sheet.cell(r, c)
                text = cell.value
                if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    text = shown(repr(cell.value), book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
                if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and text != "":
                    cells[r + 1, c + 1] = str(text)
        sheets[sheet.name] = cells
    return sheets


def sheets_of(path):
    """{sheet name: cells}; a CSV file is one sheet without a name."""
    if path.endswith(".xlsx"):
        return sheets_of_xlsx(path)
    if path.endswith(".xls"):
        return sheets_of_xls(path)
    return {"": sheet_of_rows(rows_of_csv(path))}


def column_letters(column):
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(name):
    """C and 3 alike."""
    if name.isdigit():
        return int(name)
    column = 0
    for letter in name:
        column = 26 * column + ord(letter) - 64
    return column
