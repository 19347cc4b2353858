#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`kokai serve`: pages and parts of files on 127.0.0.1, nothing outside of the catalog, and an end that is said.

    serve.py KOKAI
"""
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def check(right, words):
    if not right:
        sys.exit(f"serve: {words}")


class Server:
    def __init__(self, kokai, output, *more):
        self.process = subprocess.Popen([kokai, "serve", "--output", output, "--json", "--quiet", *more], stdout=subprocess.PIPE)
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])

    def ask(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, headers={key.replace("_", "-"): value for key, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(30)


def main(kokai):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "出力")
        absent = subprocess.run([kokai, "serve", "--output", output, "--json"], capture_output=True, check=False)
        check(absent.returncode == 4 and "kokai run" in json.loads(absent.stdout)["error"]["message_ja"], f"no catalog: {absent}")
        subprocess.run([kokai, "run", "yaizu-school-district", "--datasets", f"{ROOT}/datasets", "--schemas", f"{ROOT}/schemas",
                        "--output", output, "--quiet"], check=True)
        catalog = os.path.join(output, "catalog")
        server = Server(kokai, output, "--port", "0")
        files = 0
        for place, _, names in os.walk(catalog):
            for name in names:
                path = os.path.join(place, name)
                answer, content = server.ask("/" + os.path.relpath(path, catalog))
                with open(path, "rb") as file:
                    check(answer.status == 200 and content == file.read(), f"{path}: {answer.status}")
                files += 1
        check(files > 10, f"only {files} files")
        answer, content = server.ask("/")
        check(answer.status == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8" and b"<html" in content, "the page")
        answer, _ = server.ask("/yaizu-school-district")
        check(answer.status == 301 and answer.headers["Location"] == "/yaizu-school-district/", f"folder: {answer.status} {answer.headers}")
        tiles = next(name for name in sorted(os.listdir(os.path.join(catalog, "yaizu-school-district"))) if name.endswith(".pmtiles"))
        answer, content = server.ask(f"/yaizu-school-district/{tiles}", Range="bytes=0-6")
        check(answer.status == 206 and content == b"PMTiles" and answer.headers["Content-Range"].startswith("bytes 0-6/"), f"range: {answer.status}")
        answer, content = server.ask(f"/yaizu-school-district/{tiles}", method="HEAD")
        size = os.path.getsize(os.path.join(catalog, "yaizu-school-district", tiles))
        check(answer.status == 200 and content == b"" and int(answer.headers["Content-Length"]) == size, "head")
        os.symlink(os.path.join(output, ".state"), os.path.join(catalog, "way-out"))
        for path in ("/none.html", "/../.state/yaizu-school-district.json", "/%2e%2e/.state/yaizu-school-district.json",
                     "/way-out/yaizu-school-district.json", "/index.html%00.txt", "//etc/passwd", "/../../../../etc/passwd"):
            answer, content = server.ask(path)
            check(answer.status in (400, 404) and b"root:" not in content, f"{path}: {answer.status}")
        check(server.ask("/", method="POST")[0].status in (400, 404, 405), "POST")
        os.unlink(os.path.join(catalog, "way-out"))
        taken = subprocess.run([kokai, "serve", "--output", output, "--port", str(server.port), "--json"], capture_output=True, check=False, timeout=60)
        check(taken.returncode == 4 and str(server.port) in json.loads(taken.stdout)["error"]["message_ja"], f"taken port: {taken}")
        # A publication exchanges the folder while it is shown.
        subprocess.run([kokai, "run", "yaizu-aed", "--datasets", f"{ROOT}/datasets", "--schemas", f"{ROOT}/schemas", "--output", output, "--quiet"],
                       check=True)
        check(server.ask("/yaizu-aed/")[0].status == 200, "what was published meanwhile")
        check(server.end(signal.SIGTERM) == 143, "SIGTERM")
        again = Server(kokai, output, "--port", str(server.port))
        check(again.port == server.port and again.end(signal.SIGINT) == 130, "SIGINT")
    print(f"serve: {files} files as they are, parts of them, nothing else")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
