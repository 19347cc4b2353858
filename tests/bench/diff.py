# SPDX-License-Identifier: Apache-2.0
# kokai diff beside the way of csvdiff and its like (both files as dictionaries by their key), in the same run: ratios.
#   diff.py KOKAI [ROWS]      processor time (user and system) and peak memory, of tables that differ in 3 % of their rows
import csv, os, pathlib, random, resource, subprocess, sys, tempfile

KOKAI = os.path.abspath(sys.argv[1])
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
ROOT = pathlib.Path(__file__).resolve().parents[2]

PEER = """
import csv, sys
def table(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        return {row['ID']: row for row in csv.DictReader(file)}
old, new = table(sys.argv[1]), table(sys.argv[2])
changed = [key for key in old.keys() & new.keys() if old[key] != new[key]]
print(len(old.keys() - new.keys()), len(new.keys() - old.keys()), len(changed))
"""


def measured(command):
    """What a command prints, its processor seconds and its peak memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = "import os, resource, subprocess, sys\nanswer = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)\n" \
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\nsys.stdout.flush()\nos.write(1, answer.stdout)"
    answer = subprocess.run([sys.executable, "-c", peak, *command], capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory, _, text = answer.partition("\n")
    return text, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(memory)


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, ROOT / "tests/bench/gen.py", "facilities", "--rows", str(ROWS), "--out", folder], check=True,
                   stdout=subprocess.DEVNULL)
    with open(f"{folder}/facilities_{ROWS}.csv", encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    chance = random.Random(7)
    rows = [[str(number), *row] for number, row in enumerate(rows)]
    now = [[*row[:-1], "改"] if chance.random() < 0.02 else row for row in rows if chance.random() > 0.01]
    chance.shuffle(now)
    for name, table in (("old", rows), ("new", now)):
        with open(f"{folder}/{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["ID", *head], *table])
    files = [f"{folder}/old.csv", f"{folder}/new.csv"]
    theirs, peer_time, peer_memory = measured([sys.executable, "-c", PEER, *files])
    ours, time, memory = measured([KOKAI, "diff", *files, "--key", "ID", "--lang", "en", "--schemas", str(ROOT / "schemas")])
    removed, added, changed = theirs.split()
    assert f"({added} added, {removed} removed, {changed} changed" in ours, (theirs, ours[:300])
    print(f"{ROWS} rows, {os.path.getsize(files[0]) >> 20} MiB each: 1/{peer_time / time:.1f} of the time, 1/{peer_memory / memory:.1f} of the memory "
          f"({memory} MiB against {peer_memory} MiB)")
