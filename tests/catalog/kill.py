#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A publication of 20 datasets with 6 files each, killed at random moments: at any time what is public is the old edition or the
new one; the run that goes through leaves nothing missing, nothing twice, and says 0 only when that is so.

    kill.py KOKAI KOKAI_TEST_CATALOG [KILLS] [SEED]
"""
import random
import signal
import subprocess
import time

from workshop import Catalog, Project, check, honest, main, quiet_at_last, sent, whole

DATASETS = 20


def killed(project, seconds):
    """Starts a publication and kills it; True when it was not done before. What it said is kept."""
    words = project.arguments("publish", "--to", "portal")
    process = subprocess.Popen(words, env=project.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        out, err = process.communicate()
    project.texts.append(out + err)
    check(process.returncode in (0, -signal.SIGKILL), f"exit {process.returncode} after kills:\n{err[-2000:]}")
    return process.returncode != 0


def test(kokai, server, kills="50", seed="20261122"):
    chance = random.Random(int(seed))
    with Project(kokai, DATASETS) as project:
        editions = project.two_editions()
        left, rounds, first_rounds = int(kills), 0, 0
        while left > 0:
            # A round: a new catalog every fourth time, else the other edition on the same one; about six kills, then through.
            if rounds % 4 == 0:
                if rounds > 0:
                    project.no_secret(catalog.folder)
                    catalog.close()
                catalog = Catalog(server)
                project.target(catalog.site)
                project.forget()
                old, new, first = {}, "a", True
                first_rounds += 1
            else:
                old, new, first = editions[new], "b" if new == "a" else "a", False
            project.use(new)
            if rounds < 2:  # how long it takes, on this machine, without a kill
                began = time.monotonic()
                project.publish()
                lasts = time.monotonic() - began
                whole(catalog, editions[new], "without a kill")
                times = {**(times if rounds else {}), first: lasts}
            else:
                for _ in range(min(left, 6)):
                    if not killed(project, chance.uniform(0.02, times[first])):
                        break
                    left -= 1
                    # What the killed run had sent may still be on its way into the catalog.
                    time.sleep(0.05)
                    honest(catalog, old, editions[new], f"round {rounds}, killed")
                project.publish()
                whole(catalog, editions[new], f"round {rounds}, after the run that went through")
                catalog.log()
            rounds += 1
        quiet_at_last(project, catalog, "after all")
        project.publish("--verify")
        check(sent(catalog.log()) == 0, "--verify wrote something")
        project.no_secret(catalog.folder)
        catalog.close()
        print(f"{kills} kills in {rounds} rounds, {first_rounds} of them first publications; undisturbed {times[True]:.2f} s and "
              f"{times[False]:.2f} s")


if __name__ == "__main__":
    main(test)
