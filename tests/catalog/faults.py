#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Everything that goes wrong on the way to a catalog: the exit code is right, what is public is the old edition or the new one,
the next run puts it right without a duplicate, and the run after that sends nothing.

    faults.py KOKAI KOKAI_TEST_CATALOG [--both]

--both: every fault with a first publication and with a second edition, not with one of them.
"""
import datetime
import http.server
import queue
import resource
import threading
import urllib.parse

from workshop import TOKEN, Catalog, Failure, Project, check, find_dataset, honest, main, published, quiet_at_last, sent, whole

REVISE, CREATE, SHOW, DOWNLOAD = "package_revise", "package_create", "package_show", "download"
REFUSED = '{"success": false, "error": {"__type": "Authorization Error", "message": "Access denied"}}'

BUSY = {"kind": "answer", "type": "text/html", "body": "<html><title>Busy</title>", "headers": {"Retry-After": "1"}}

# What happens, the rules, the exit code of the run that meets it, and whether it needs an edition that is there already.
CASES = [
    ("a reset before the body", [{"action": REVISE, "kind": "reset_before_body"}], (0,)),
    ("a reset in the middle of the body", [{"action": REVISE, "kind": "reset_within_body", "bytes": 3000}], (0,)),
    ("a reset after the body", [{"action": REVISE, "kind": "reset_before_write"}], (0,)),
    ("a lost answer to files", [{"action": REVISE, "kind": "lost_answer"}], (0,)),
    ("a lost answer to a new dataset", [{"action": CREATE, "kind": "lost_answer"}], (0,)),
    ("every first answer lost", [{"action": CREATE, "kind": "lost_answer"}, {"action": REVISE, "kind": "lost_answer"},
                                 {"action": REVISE, "kind": "lost_answer", "skip": 1}], (0,)),
    ("500 after the write of files", [{"action": REVISE, "kind": "error_after_write"}], (0,)),
    ("500 after a new dataset", [{"action": CREATE, "kind": "error_after_write"}], (0,)),
    ("504 after the write", [{"action": REVISE, "kind": "gateway_after_write"}], (0,)),
    ("502 with a page, on writing", [{"action": REVISE, "kind": "bad_gateway"}], (0,)),
    ("502 with a page, on reading", [{"action": SHOW, "kind": "bad_gateway"}], (0,)),
    ("429 with Retry-After", [{"action": REVISE, "kind": "too_many", "seconds": 1}], (0,)),
    ("429 with Retry-After, on reading", [{"action": SHOW, "kind": "too_many", "seconds": 1}], (0,)),
    ("503 with Retry-After", [{"action": REVISE, **BUSY, "status": 503}], (0,)),
    ("503 on reading", [{"action": SHOW, **BUSY, "status": 503}], (0,)),
    ("503 for ever", [{"action": REVISE, **BUSY, "status": 503, "headers": {}, "count": 0}], (5,)),
    ("503 for a day", [{"action": REVISE, **BUSY, "status": 503, "headers": {"Retry-After": "86400"}, "count": 0}], (5,)),
    ("a truncated answer to a write", [{"action": REVISE, "kind": "truncated"}], (0,)),
    ("a truncated answer to a read", [{"action": SHOW, "kind": "truncated"}], (0,)),
    ("a wrong Content-Length", [{"action": REVISE, "kind": "wrong_length"}], (0,)),
    ("an answer byte by byte", [{"action": "organization_list_for_user", "kind": "slow", "milliseconds": 2}], (0,)),
    ("an answer that never comes", [{"action": REVISE, "kind": "hang", "seconds": 4}], (0,)),
    ("one wrong byte when read back", [{"action": DOWNLOAD, "kind": "corrupt"}], (0,)),
    ("a wrong byte whenever read back", [{"action": DOWNLOAD, "kind": "corrupt", "count": 0}], (5,)),
    ("a read-back that is cut", [{"action": DOWNLOAD, "kind": "truncated", "count": 0}], (5,)),
    ("500 for ever", [{"action": REVISE, "kind": "answer", "status": 500, "count": 0,
                       "body": '{"success": false, "error": {"__type": "Internal Server Error", "message": "x"}}'}], (5,)),
    ("403 in the middle", [{"action": REVISE, "kind": "answer", "status": 403, "body": REFUSED, "count": 0}], (5,)),
    ("400 with a bare JSON text", [{"action": REVISE, "kind": "answer", "status": 400, "body": '"Bad request"', "count": 0}], (5,)),
    ("a log-in page instead of an answer", [{"action": REVISE, "kind": "captive_portal", "count": 0}], (5,)),
    ("a log-in page instead of a dataset", [{"action": SHOW, "kind": "captive_portal", "count": 0}], (5,)),
    ("413 from a proxy while sending", [{"action": REVISE, "kind": "proxy_413", "count": 0}], (5,)),
    ("an answer without end", [{"action": SHOW, "kind": "endless", "count": 0}], (5,)),
    ("a packed answer that unpacks to a gigabyte", [{"action": SHOW, "kind": "gzip_bomb", "count": 0}], (5,)),
    ("a file without end when read back", [{"action": DOWNLOAD, "kind": "endless", "count": 0}], (5,)),
    ("a redirect of a write", [{"action": REVISE, "kind": "redirect", "status": 307, "count": 0}], (5,)),
    ("a redirect of a read", [{"action": SHOW, "kind": "redirect", "status": 302, "count": 0}], (5,)),
    ("a redirect of a download", [{"action": DOWNLOAD, "kind": "redirect", "status": 302, "count": 0}], (5,)),
    ("a redirect of the first question", [{"action": "organization_list_for_user", "kind": "redirect", "count": 0}], (5,)),
]


ALSO_FIRST = {"a reset in the middle of the body", "a lost answer to files", "a wrong byte whenever read back", "403 in the middle",
              "an answer without end"}


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another host: whatever comes here is remembered."""
    seen = []

    def do_GET(self):
        self.seen.append((self.command, self.path, dict(self.headers)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_GET

    def log_message(self, *_):
        pass


def one(project, server, case, editions, elsewhere, first):
    what, rules, expected = case
    old, new = ({}, editions["a"]) if first else (editions["a"], editions["b"])
    with Catalog(server) as catalog:
        project.target(catalog.site, timeout=3)
        project.forget()
        project.use("a")
        if not first:
            project.publish()
            project.use("b")
        what = what + (", first publication" if first else ", second edition")
        catalog.faults(*[{**rule, "location": elsewhere + urllib.parse.quote(what)} for rule in rules])
        try:
            project.publish(expected=expected)
        except Failure as failure:
            raise Failure(f"{what}: {failure}") from None
        check(catalog.met() >= 1, f"{what}: the fault was never met")
        code = project.code
        waited(catalog, what)
        catalog.faults()
        honest(catalog, old, new, what)
        if code == 0:
            whole(catalog, new, what)
        try:
            project.publish()
        except Failure as failure:
            raise Failure(f"{what}, the run after: {failure}") from None
        whole(catalog, new, what + ", after the next run")
        quiet_at_last(project, catalog, what)
        project.no_secret(catalog.folder)


def waited(catalog, what):
    """Where the catalog said "in a second", nothing came within it."""
    log = catalog.log(clear=False)
    for entry in log:
        if entry["status"] in (429, 503) and "Retry-After" in what:
            told = datetime.datetime.fromisoformat(entry["ended"])
            after = [datetime.datetime.fromisoformat(one["started"]) for one in log if one["started"] >= entry["ended"]]
            check(after, f"{what}: nothing came after it")
            seconds = (min(after) - told).total_seconds()
            check(seconds > 0.9, f"{what}: the next request came after {seconds:.3f} s")


def too_large(project, server, editions):
    """409 after the whole body: refused, nothing half public, and it says what to do."""
    with Catalog(server, "--largest-file", "3000") as catalog:
        project.target(catalog.site)
        project.forget()
        project.use("a")
        said = project.publish(expected=(5,))
        check("max_file_mib" in said, f"too large, and no word about the limit:\n{said}")
        honest(catalog, {}, editions["a"], "too large", loose_files=2)  # CKAN keeps what came before the large one
        project.no_secret(catalog.folder)
    with Catalog(server, "--largest-body", "9000") as catalog:
        project.target(catalog.site)
        project.forget()
        said = project.publish(expected=(5,))
        check("413" in said, f"413 from the proxy, and no word about it:\n{said}")
        honest(catalog, {}, editions["a"], "413")


def closed_late(project, server, editions):
    """uWSGI ends each connection without saying so; what a caller sends on it meanwhile is lost with it."""
    with Catalog(server, "--front", "uwsgi", "--late-close", "20") as catalog:
        project.target(catalog.site)
        project.forget()
        project.use("a")
        project.publish()
        honest(catalog, editions["a"], editions["a"], "closed late")
        project.use("b")
        project.publish()
        honest(catalog, editions["b"], editions["b"], "closed late, second edition")


def grown_too_large(project, server, _):
    """The same with an edition that is public already: it stays public, whole."""
    name = project.ids[0]
    with Catalog(server, "--largest-file", str(3 << 19)) as catalog:
        project.target(catalog.site)
        project.forget()
        project.write_sources("丙")
        project.run()
        old = project.edition()
        project.publish()
        with open(project.path("datasets", name, "source", "places.csv"), "a", encoding="utf-8") as file:
            for row in range(6, 2500):
                file.write(f"{name}-{row},施設丙{row},シセツ,Facility {row},131016,東京都,千代田区,九段南一丁目,{row}番1号,"
                           f"35.69{row:04},139.75{row:04},03-3264-2101\n")
        project.kokai("run", name, "--accept", "試験", "--quiet", expected=(0, 1))
        new = project.edition()
        check(new != old, "no other edition")
        said = project.publish(expected=(5,))
        check("max_file_mib" in said, f"too large, and no word about the limit:\n{said}")
        honest(catalog, old, new, "grown too large")
        check(published(find_dataset(catalog.state(), name)) == old[name], "grown too large: not the old edition")
        project.publish(expected=(5,))
        honest(catalog, old, new, "grown too large, again")


def tokens(project, server, _):
    """Reads go on anonymously with a wrong token; kokai does not."""
    with Catalog(server) as catalog:
        project.target(catalog.site)
        project.forget()
        for token in ("not-a-token", "loopback-outsider-token", "loopback-member-token"):
            said = project.kokai("publish", "--to", "portal", expected=(3, 5), KOKAI_PORTAL_TOKEN=token)
            check(token not in said, f"{token} was said")
            check(not catalog.state(), "a dataset was made without a right to")
            check(not sent(catalog.log()), "something was sent without a right to")
        project.kokai("publish", "--to", "portal", expected=(3,), KOKAI_PORTAL_TOKEN="")
        project.target(catalog.site, organization="no-such-organization")
        project.publish(expected=(3, 5))
        project.target(catalog.site, organization="elsewhere")
        project.publish(expected=(3, 5))
        check(not catalog.state(), "a dataset was made in an organization of others")
        site = catalog.site
    project.target(site, timeout=2)
    project.publish(expected=(5,))  # nobody listens any more


def followed(seen):
    """Only a download may be asked for elsewhere (catalogs keep files in a cloud), and never with the token."""
    for method, path, headers in seen:
        check(method == "GET" and "download" in urllib.parse.unquote(path), f"kokai followed: {method} {path}")
        check(TOKEN not in str(headers), f"the token went to another host: {headers}")


def test(kokai, server, *options):
    elsewhere = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{elsewhere.server_address[1]}/"
    work = queue.Queue()
    failures = []
    done = 0
    for case in CASES:
        creates = case[1][0]["action"] == CREATE
        for first in (True, False):
            if creates and first or not creates and (not first or "--both" in options or case[0] in ALSO_FIRST):
                work.put((one, case, first))
                done += 1
    for other in (too_large, grown_too_large, closed_late, tokens):
        work.put((other,))

    def go_on(project):
        with project:
            while True:
                try:
                    what, *case = work.get_nowait()
                except queue.Empty:
                    return
                try:
                    if what is one:
                        one(project, server, case[0], editions, there, case[1])
                    else:
                        what(project, server, editions)
                except Failure as failure:
                    failures.append(str(failure))

    with Project(kokai, 1, ["csv", "geojson", "json"]) as first_project:
        editions = first_project.two_editions()
        threads = [threading.Thread(target=go_on, args=(first_project.copy(),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    followed(Elsewhere.seen)
    check(any("download" in path for _, path, _ in Elsewhere.seen), "the other host was never tried")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{done} faults, most memory {memory} MiB")
    check(memory < 700, f"{memory} MiB: an answer was taken whole")
    check(not failures, "\n\n".join(failures) + f"\n\n{len(failures)} failures")


if __name__ == "__main__":
    main(test)
