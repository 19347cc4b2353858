#!/usr/bin/env bash
# Every command of the README's run is run here, and what the README shows is what comes out.
. "$(dirname "$0")/lib.sh"
mkdir "$WORK/bin"
ln -s "$KOKAI" "$WORK/bin/kokai"
export PATH="$WORK/bin:$PATH" LANG=C.UTF-8 KOKAI_MODULES=$(dirname "$KOKAI")
unset LC_ALL
cd "$ROOT"
$PYTHON - README.md "$WORK" <<'PY'
import subprocess, sys
text = open(sys.argv[1], encoding="utf-8").read().replace("/tmp/", sys.argv[2] + "/")
block = text.split("```console\n", 1)[1].split("```", 1)[0]
command, wanted, shown = None, [], 0
def check():
    global shown
    if command is None:
        return
    got = subprocess.run(command, shell=True, capture_output=True, text=True).stdout.splitlines()
    assert got == wanted, f"$ {command}\n--- README\n" + "\n".join(wanted) + "\n--- program\n" + "\n".join(got)
    shown += 1
for line in block.splitlines():
    if line.startswith("$ "):
        check()
        command, wanted = line[2:], []
    else:
        wanted.append(line)
check()
assert shown >= 4
print(f"{shown} commands as shown")
PY
