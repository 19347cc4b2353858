# Makes workbooks and archives that are traps; then, begun anew so that its own memory does not count as the program's, gives each to
# kokai and looks at exit code, message, time and memory.
#   workbooks.py KOKAI FOLDER SCHEMAS
import json, os, subprocess, sys, warnings, zipfile

warnings.simplefilter("ignore")  # two entries of one name are meant

kokai, folder, schemas = sys.argv[1:4]
PLAN = os.path.join(folder, "plan.json")
SECONDS, MIB = 2.0, 256


def check(path, wanted_exit, words):
    out = path + ".out"
    # The processor's time, not the clock's: the machine may be busy with other tests.
    process = subprocess.Popen([kokai, "convert", path, "--out", out, "--schema", "none", "--format", "csv,xlsx", "--json", "--schemas", schemas],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took, mib = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    report = json.loads(text) if text.strip() else {}
    error = report.get("error", {})
    said = error.get("message_en", "") + " " + " ".join(sorted({detail["code"] for detail in report.get("details", [])}))
    ok = process.returncode == wanted_exit and words in said and took <= SECONDS and mib <= MIB
    if wanted_exit == 4:
        ok = ok and bool(error["message_ja"]) and not (os.path.isdir(out) and os.listdir(out))
    print(f"{'ok    ' if ok else 'FAILED'} {os.path.basename(path):30} exit {process.returncode} {took:.2f} s {mib:3.0f} MiB {said[:100]}")
    if not ok:
        print("       wanted:", wanted_exit, words)
    return ok


def check_all():
    with open(PLAN) as listed:
        results = [check(*one) for one in json.load(listed)]
    out = os.path.join(folder, "a32.xlsx.out")
    with open(os.path.join(out, "a32.csv"), encoding="utf-8-sig", newline="") as machine:
        rows = machine.read()
    if "=1+1,@SUM(A1)\r\n" not in rows or "-5,+81\r\n" not in rows or "押す" not in rows:
        results.append(False)
        print("FAILED a32.csv does not hold the cells as they are:", rows)
    with zipfile.ZipFile(os.path.join(out, "a32.xlsx")) as book:
        for name in book.namelist():
            inside = book.read(name)
            if b"<f>" in inside or b"ddeLink" in inside or b"cmd|" in inside or "externalLink" in name or b"127.0.0.1" in inside:
                results.append(False)
                print("FAILED", name, "of a32.xlsx carries a formula or a link")
    print(f"{len(results)} traps, {results.count(False)} failed")
    sys.exit(0 if all(results) else 1)


if sys.argv[4:] == ["--check"]:
    check_all()

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relations(*all):
    lines = "".join(f'<Relationship Id="{i}" Type="{RELS}/{kind}" Target="{target}"{more}/>' for i, kind, target, more in all)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


GOOD = '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>公園</t></is></c></row>'


def parts(rows=GOOD, behind="", **more):
    base = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{RELS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml", ""), ("s", "sharedStrings", "sharedStrings.xml", ""),
                                                ("f", "styles", "styles.xml", "")),
        "xl/sharedStrings.xml": f"{HEAD}<sst {MAIN}/>",
        "xl/styles.xml": f"{HEAD}<styleSheet {MAIN}/>",
        "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData>{behind}</worksheet>",
    }
    base.update({name.replace("__", "/"): text for name, text in more.items()})
    return {name: text for name, text in base.items() if text is not None}


def archive(name, entries):
    path = os.path.join(folder, name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for entry, data in entries.items() if isinstance(entries, dict) else entries:
            out.writestr(entry, data)
    return path


def raw(name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())
    return path


plan = []


def run(path, wanted_exit, words):
    """words: what the English message, or a finding's code, must hold."""
    plan.append((path, wanted_exit, words))


def xlsx(name, wanted_exit, words, *args, **more):
    run(archive(name, parts(*args, **more)), wanted_exit, words)


csv = "名称,住所\r\n公園,前橋市\r\n"

# A01, A02: names that would leave a folder. A03: a link.
for number, name in enumerate(["../../etc/x.csv", "/etc/x.csv", "C:/x.csv", "a\\..\\..\\x.csv", "a/../../x.csv"]):
    run(archive(f"a01-{number}.zip", {name: csv}), 4, "unsafe entry name")
    run(archive(f"a01-{number}.xlsx", {**parts(), name: csv}), 4, "unsafe entry name")
link = zipfile.ZipInfo("x.csv")
link.create_system, link.external_attr = 3, 0o120777 << 16
run(archive("a03.zip", [(link, "/etc/passwd")]), 4, "a link or a device")

# A04: out of all proportion, and nested. A05: an honest picture of one colour.
big = " " * (300 << 20)
xlsx("a04.xlsx", 4, "would inflate to", GOOD + big)
run(archive("a04.zip", {"x.csv": big}), 4, "would inflate to 300 MiB")
run(archive("a04-nested.zip", {"x.zip": open(archive("a04-inner.zip", {"x.csv": csv}), "rb").read()}), 4, "holds another ZIP")
run(archive("a05.xlsx", {**parts(), "xl/media/image1.bmp": b"\0" * (80 << 20)}), 0, "")
del big

# A06: cells without end. A07: addresses beyond the sheet.
cells = "".join(f'<c><v>{i % 977}</v></c>' for i in range(16385))
xlsx("a06-row.xlsx", 4, "too many cells", f"<row>{cells}</row>")
xlsx("a06.xlsx", 4, "out of all proportion", "<row>" + "<c><v>1</v></c>" * 16000 + "</row>" + ("<row>" + "<c><v>1</v></c>" * 16000 + "</row>") * 600)
ods = lambda rows: {"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "content.xml": f'{HEAD}<o:c xmlns:o="o"><o:body><o:spreadsheet><t:table t:name="S">{rows}</t:table></o:spreadsheet></o:body></o:c>'}
cell = '<t:table-cell o:value-type="string"{}><text:p>x</text:p></t:table-cell>'
run(archive("a06.ods", ods("<t:table-row t:number-rows-repeated=\"1048576\">" + cell.format(' t:number-columns-repeated="16384"') + "</t:table-row>")),
    4, "too many cells")
run(archive("a07.ods", ods("<t:table-row t:number-rows-repeated=\"99999999999\">" + cell.format("") + "</t:table-row>")), 4, "wrong number of repetitions")
xlsx("a07-row.xlsx", 4, "row", GOOD + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>')
xlsx("a07-column.xlsx", 4, "a wrong cell reference", GOOD + '<row r="3"><c r="XFE3"><v>1</v></c></row>')

# A08: 10^6 merged ranges, styles, names.
xlsx("a08-merges.xlsx", 4, "too many merged ranges", GOOD, "<mergeCells>" + "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 1000001)) + "</mergeCells>")
xlsx("a08-styles.xlsx", 4, "too many cell styles", **{"xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>" + '<xf numFmtId="0"/>' * 1000000 + "</cellXfs></styleSheet>"})
names = "".join(f'<definedName name="n{i}">S!$A${i}</definedName>' for i in range(1, 1000001))
xlsx("a08-names.xlsx", 4, "too large", **{"xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
                                                           f"<definedNames>{names}</definedNames></workbook>"})
del names

# A09: strings that are not there, relations in a circle, missing parts.
xlsx("a09-string.xlsx", 4, "cell A1 names string 99", '<row r="1"><c r="A1" t="s"><v>99</v></c></row>')
xlsx("a09-circle.xlsx", 4, "leads in a circle", **{"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "workbook.xml", ""))})
xlsx("a09-out.xlsx", 4, "out of the file", **{"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "../../../x.xml", ""))})
xlsx("a09-missing.xlsx", 4, "is missing", **{"xl/worksheets/sheet1.xml": None})

# A10: two entries of one name; a directory that contradicts the entries.
run(archive("a10-twice.xlsx", list(parts().items()) + [("xl/styles.xml", "<a/>")]), 4, "broken")
data = open(archive("a10-base.xlsx", parts()), "rb").read()
at = data.find(b"xl/workbook.xml")
run(raw("a10-names.xlsx", data[:at] + b"xl/workbooX.xml" + data[at + 15:]), 4, "broken")

# A11: a password, macros (never run), an old workbook under a new name.
run(raw("a11-locked.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600) + "EncryptedPackage".encode("utf-16le")), 4, "protected by a password")
run(archive("a11-macro.xlsm", {**parts(), "xl/vbaProject.bin": b"\xD0\xCF\x11\xE0" + bytes(2000)}), 0, "")

# A12, A13: entities, and a file behind one.
laughs = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>"
xxe = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"> <!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'
for label, doctype, use in [("laughs", laughs, "&j;"), ("xxe", xxe, "&x;")]:
    sheet = f'{doctype}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{use}</t></is></c></row></sheetData></worksheet>'
    for part, text in [("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", f"{doctype}<sst {MAIN}><si><t>{use}</t></si></sst>"),
                       ("xl/styles.xml", f"{doctype}<styleSheet {MAIN}/>"), ("xl/workbook.xml", f"{doctype}<workbook {MAIN}/>")]:
        xlsx(f"a12-{label}-{part.split('/')[-1]}.xlsx", 4, "document type", **{part: text})
    run(archive(f"a12-{label}.ods", {"content.xml": f"{doctype}<a>{use}</a>"}), 4, "document type")

# A32, A33: formulas in texts stay texts; what a formula or a link would do is never carried on.
text = lambda at, value: f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
xlsx("a32.xlsx", 0, "formula-like", f'<row r="1">{text("A1", "名称")}{text("B1", "備考")}</row><row r="2">{text("A2", "=1+1")}{text("B2", "@SUM(A1)")}</row>'
           f'<row r="3">{text("A3", "-5")}{text("B3", "+81")}</row>'
           '<row r="4"><c r="A4" t="str"><f>HYPERLINK("http://127.0.0.1/","x")&amp;cmd|\'/c calc\'!A1</f><v>押す</v></c></row>',
           '<hyperlinks><hyperlink ref="A4" r:id="h"/></hyperlinks>', **{
               "xl/worksheets/_rels/sheet1.xml.rels": relations(("h", "hyperlink", "http://127.0.0.1:9/", ' TargetMode="External"')),
               "xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'})
# A40: a page or a picture under a table's name.
for name in ["a40.csv", "a40.xls", "a40.xlsx", "a40.geojson"]:
    run(raw(name, "<!DOCTYPE html><html><script>alert(1)</script></html>"), 4, "is an HTML page")
    run(raw("svg-" + name, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 4, "is a picture (SVG)")

with open(PLAN, "w") as out:
    json.dump(plan, out)
os.execv(sys.executable, [sys.executable, os.path.abspath(__file__), *sys.argv[1:4], "--check"])
