# SPDX-License-Identifier: Apache-2.0
# The regression gate, from outside: accidents stop with exit 6 and leave every published byte; ordinary updates pass;
# what dataset.json allows passes, what it forbids stops; --accept is recorded.
#   regression.py KOKAI
import csv, hashlib, io, json, os, pathlib, random, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

KOKAI = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAD = ["ID", "名称", "所在地_連結表記", "緯度", "経度", "電話番号", "備考", "定員", "確認日"]


def facilities(count, seed=1):
    """Halls of Maebashi, none like another; a date that is another in every edition."""
    chance = random.Random(seed)
    rows = []
    for number in range(1, count + 1):
        rows.append([f"{number:010}", f"第{number}集会所", f"群馬県前橋市大手町{number}番地",
                     f"{36.36 + chance.random() / 20:.6f}", f"{139.05 + chance.random() / 20:.6f}",
                     f"027-224-{number:04}", f"階段{chance.randrange(9)}段", str(chance.randrange(10, 400)), "2025-04-01"])
    return rows


class World:
    def __init__(self, folder, schema="v2/public_facility", regression=None, keep=False, outputs=("csv",), on_error=None):
        self.folder = pathlib.Path(folder)
        self.source = self.folder / "datasets/halls/source/halls.csv"
        self.source.parent.mkdir(parents=True)
        self.output = self.folder / "output"
        table = {"name": "halls", "from": "halls", "schema": schema, "outputs": list(outputs)}
        if keep:
            table["ids"] = "keep"
        if on_error:
            table["on_error"] = on_error
        self.dataset = {
            "title": "集会所一覧", "description": "公開を止める関門の例。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
            "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "credit": "試験用の作りもの", "sources": [{"name": "halls", "file": "source/halls.csv"}], "tables": [table]}
        self.limits(regression)

    def limits(self, regression):
        self.dataset.pop("regression", None)
        if regression is not None:
            self.dataset["regression"] = regression
        (self.folder / "datasets/halls/dataset.json").write_text(json.dumps(self.dataset, ensure_ascii=False), "utf-8")

    def write(self, rows, head=HEAD):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(rows)
        self.source.write_text(text.getvalue(), "utf-8")

    def run(self, *more, json_too=False):
        arguments = [KOKAI, "run", *more, "--datasets", str(self.folder / "datasets"), "--schemas", str(ROOT / "schemas"),
                     "--output", str(self.output), "--quiet", "--lang", "ja"] + (["--json"] if json_too else [])
        return subprocess.run(arguments, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def published(self):
        files = {}
        for part in ("halls", "catalog"):
            for file in sorted((self.output / part).rglob("*")):
                if file.is_file():
                    files[str(file.relative_to(self.output))] = hashlib.sha256(file.read_bytes()).hexdigest()
        return files


failures = []


def check(name, good, detail=""):
    if not good:
        failures.append(name)
        print(f"FAILED {name}: {detail}", file=sys.stderr)


cases = []


def case(*arguments, **named):
    cases.append((arguments, named))


def try_case(name, before, after, stop, head=HEAD, says=(), accept=False, **world):
    """`stop`: the limits that must be named, none for an update that passes. `accept`: and then goes on with a reason."""
    with tempfile.TemporaryDirectory() as folder:
        made = World(folder, **world)
        made.write(before)
        first = made.run()
        check(name, first.returncode == 0, f"the first edition: {first.returncode} {first.stdout}{first.stderr}")
        good = made.published()
        made.write(after, head)
        second = made.run(json_too=True)
        if not stop:
            check(name, second.returncode == 0, f"exit {second.returncode}: {second.stdout[:800]}")
            return
        answer = json.loads(second.stdout)
        named = [one["limit"] for one in answer["datasets"][0].get("regression", {}).get("changes", [])]
        message = answer.get("error", {}).get("message_ja", "")
        check(name, second.returncode == 6, f"exit {second.returncode} {second.stderr}")
        check(name, set(named) == set(stop), f"{named}: {message}")
        check(name, answer.get("error", {}).get("where", "").startswith("/regression/"), answer.get("error"))
        for words in (*says, "--accept"):
            check(name, words in message, f"no {words!r} in {message}")
        check(name, made.published() == good, "published bytes changed")
        if not accept:
            return
        again = made.run()
        check(name, again.returncode == 6, f"the same again: {again.returncode}")
        # With a reason it is published, and the reason is kept with the edition.
        accepted = made.run("halls", "--accept", "施設の再編 <b>による</b>")
        check(name, accepted.returncode == 0 and "施設の再編" in accepted.stdout, f"{accepted.returncode} {accepted.stdout}")
        report = json.loads((made.output / "halls/report.json").read_text("utf-8"))
        check(name, report["regression"]["accepted"] == "施設の再編 <b>による</b>", report.get("regression"))
        page = (made.output / "halls/report.html").read_text("utf-8")
        check(name, "施設の再編 &lt;b&gt;による" in page and "<b>による" not in page, "report.html")
        page = (made.output / "catalog/halls/index.html").read_text("utf-8")
        check(name, "前回の版と大きく違います" in page and "施設の再編 &lt;b&gt;による" in page, "the catalog's page")
        check(name, made.run().returncode == 0, "accepted once, and asked again")


def changed(rows, **columns):
    """Copies of rows with columns put through a function of (row number, value)."""
    copies = []
    for number, row in enumerate(rows):
        copy = list(row)
        for column, change in columns.items():
            at = HEAD.index(column)
            copy[at] = change(number, copy[at])
        copies.append(copy)
    return copies


halls = facilities(60)

# A30 and its kin.
case("one in a hundred", facilities(300), facilities(300)[:3], ["rows_lost"], says=["前回 300 行、今回 3 行", "0000000004"], accept=True)
case("fewer than half", halls, halls[:29], ["rows_lost"])
case("just half", halls, halls[30:], [])
case("nineteen rows say nothing", facilities(19), facilities(19)[:2], [])
case("a header alone where errors withhold rows only", facilities(15), [], ["rows_lost"], on_error="rows")

case("a header alone", halls, [], ["rows_lost"])
for output in ("geojson", "xlsx", "gpkg"):
    case(f"a header alone, {output} only", halls, [], ["rows_lost"], outputs=(output,))

# A31: sorted otherwise and numbered anew.
shuffled = random.Random(5).sample(halls, len(halls))
renumbered = changed(shuffled, ID=lambda number, _: f"{number + 1:010}")
case("renumbered", halls, renumbered, ["ids_changed"], says=["ids", "→", "第"], accept=True)
case("renumbered, IDs kept", halls, renumbered, [], keep=True)
case("only sorted otherwise", halls, shuffled, [])
case("other IDs altogether", halls, changed(halls, ID=lambda number, _: f"{number + 5001:010}"), ["rows_lost", "ids_changed"])
case("another list", halls, [["1" + row[0][1:], "別の" + row[1], row[2] + "の1", *row[3:]] for row in halls], ["rows_lost"])

# A column.
case("a column emptied", halls, changed(halls, 電話番号=lambda *_: ""), ["columns_emptied"], says=["電話番号 60 → 0"])
case("a column gone", halls, [row[:6] + row[7:] for row in halls], ["columns_emptied"], head=HEAD[:6] + HEAD[7:], says=["備考"])
sparse = changed(halls, 備考=lambda number, value: value if number < 4 else "")
case("four remarks fewer", sparse, changed(sparse, 備考=lambda *_: ""), [])
phones = [row[5] for row in halls]
random.Random(9).shuffle(phones)
case("one column sorted alone", halls, changed(halls, 電話番号=lambda number, _: phones[number]), ["values_changed"], says=["電話番号", "別の行"])
case("all names written otherwise", halls, changed(halls, 名称=lambda _, value: value + "（旧館）"), ["values_changed"], says=["名称"])

# Positions: the Tokyo datum, some metres, a few.
tokyo = changed(halls, 緯度=lambda _, value: f"{float(value) - 0.0032:.6f}", 経度=lambda _, value: f"{float(value) + 0.0032:.6f}")
case("all positions 450 m off", halls, tokyo, ["positions_moved"], says=["60 行のうち 60 行", "測地系"])
case("a third of the positions", halls, tokyo[:20] + halls[20:], ["positions_moved"])
case("surveyed anew by some metres", halls, changed(halls, 緯度=lambda _, value: f"{float(value) + 0.0002:.6f}"), [])
case("six places moved", halls, tokyo[:6] + halls[6:], [])
case("positions of a table without CSV", halls, tokyo, ["positions_moved"], outputs=("geojson",))
case("positions of a table that is a workbook", halls, tokyo, ["positions_moved"], outputs=("xlsx",))

# An ordinary year: some closed, some new, some renamed, every number and date another.
year = changed(halls[3:], 定員=lambda _, value: str(int(value) + 3), 確認日=lambda *_: "2026-04-01",
               名称=lambda number, value: value + "（改築）" if number % 10 == 0 else value)
case("an ordinary year", halls, year + [[f"{60 + i:010}", f"新{i}集会所", *facilities(90)[60 + i][2:]] for i in range(1, 8)], [])
case("twice as many", halls, facilities(120), [])
case("four times as many", facilities(30), facilities(150), ["rows_new"])

# Without a schema: by the column that names the rows; without one, counted.
case("no schema, renumbered by the name", halls, tokyo, ["positions_moved"], schema="none")
case("nothing names the rows", changed(halls, ID=lambda *_: "", 名称=lambda *_: "集会所"), changed(halls, ID=lambda *_: "", 名称=lambda *_: "集会所")[:20], ["rows_lost"], schema="none")

# The publisher's own limits.
case("a stricter limit", halls, halls[:50], ["rows_lost"], regression={"rows_lost": 0.1})
case("a stricter limit holds for small tables", facilities(10), facilities(10)[:8], ["rows_lost"], regression={"rows_lost": 0.1})
case("one move is too much", halls, tokyo[:1] + halls[1:], ["positions_moved"], regression={"positions_moved": 0})
case("a longer way", halls, tokyo, [], regression={"moved_metres": 2000})
case("numbers, too, where a limit says so", halls, changed(halls, 定員=lambda _, value: str(int(value) + 3)), ["values_changed"], regression={"values_changed": 0.5})
case("everything allowed", halls, renumbered[:10], [], regression={"rows_lost": 1, "ids_changed": 1, "values_changed": 1, "positions_moved": 1, "columns_emptied": 99})

with ThreadPoolExecutor(2) as pool:
    for done in [pool.submit(try_case, *arguments, **named) for arguments, named in cases]:
        done.result()

# The command line and dataset.json.
with tempfile.TemporaryDirectory() as folder:
    world = World(folder)
    world.write(halls)
    check("accept needs a name", world.run("--accept", "理由").returncode == 2)
    check("accept needs a reason", world.run("halls", "--accept", " ").returncode == 2)
    check("accept without a change", world.run("halls", "--accept", "理由").returncode == 0)
    check("… is not kept", "regression" not in json.loads((world.output / "halls/report.json").read_text("utf-8")))
    world.limits({"rows_lost": 2, "rows_gone": 1, "moved_metres": "far"})
    wrong = world.run(json_too=True)
    pointers = sorted(one["pointer"] for one in json.loads(wrong.stdout)["error"]["mistakes"])
    check("mistakes", wrong.returncode == 3 and pointers == ["/regression/moved_metres", "/regression/rows_gone", "/regression/rows_lost"], f"{wrong.returncode} {pointers}")

if failures:
    sys.exit(1)
print("the regression gate stops accidents and lets updates through")
