#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on the way to a bucket or a WebDAV server, played by a server of 60 lines: busy, cut, without end, saying
done and doing nothing, changed by another hand, with another clock.

    static_faults.py KOKAI s3|webdav
"""
import http.server, json, os, pathlib, subprocess, sys, tempfile, threading, time, traceback, urllib.parse
from email.utils import formatdate

KOKAI = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SECRET = "canary-of-the-static-faults-0123456789"
CSV = "park/102016_a.csv"


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.log, self.rules, self.lock = {}, [], [], threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        if not isinstance(sys.exc_info()[1], OSError):  # a client that has gone is what some cases are about
            traceback.print_exc()

    def rule(self, method, path):
        """The first rule that fits; used up after `count` times (0 = never)."""
        with self.lock:
            for rule in self.rules:
                if rule["method"] == method and path.endswith(rule.get("path", "")):
                    if rule.get("count", 1):
                        rule["left"] = rule.get("left", rule.get("count", 1)) - 1
                        if rule["left"] == 0:
                            self.rules.remove(rule)
                    return rule
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return formatdate(time.time() + self.server.__dict__.get("clock", 0), usegmt=True)

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, files, server = self.path, self.server.files, self.server
        server.log.append((self.command, path, time.monotonic(), self.headers.get("Host"), dict(self.headers)))
        rule = server.rule(self.command, path)
        kind = rule["kind"] if rule else ""
        if kind == "status":
            return self.reply(rule["status"], rule.get("body", b""), **rule.get("headers", {}))
        if kind == "cut":
            self.send_response(200)
            self.send_header("Content-Length", str(len(files.get(path, b"")) + 10))
            self.end_headers()
            self.wfile.write(files.get(path, b"")[:5])
            self.close_connection = True
            return None
        if kind == "endless":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            while True:
                self.wfile.write(b"40000\r\n" + b"x" * 0x40000 + b"\r\n")
        if kind == "nothing":
            return self.reply(204)
        if kind == "hand":  # somebody else is quicker
            files[rule["file"]] = b"by hand"
        if self.command in ("GET", "HEAD"):
            return self.reply(200, files[path], ETag=f'"{hash(files[path])}"') if path in files else self.reply(404)
        if self.command == "PUT":
            files[path] = body
            return self.reply(201)
        if self.command == "DELETE":
            return self.reply(204 if files.pop(path, None) is not None else 404)
        if self.command == "MKCOL":
            return self.reply(405)
        if self.command == "MOVE" and path in files:
            files[urllib.parse.urlparse(self.headers["Destination"]).path] = files.pop(path)
            return self.reply(201)
        return self.reply(404)

    do_GET = do_HEAD = do_PUT = do_DELETE = do_MKCOL = do_MOVE = answer


def check(good, *words):
    if not good:
        raise AssertionError(*words)


class Project:
    def __init__(self, folder, kind, server, prefix="open data/", host="127.0.0.1"):
        self.folder, self.kind, self.server = pathlib.Path(folder), kind, server
        port = server.server_address[1]
        one = {"name": "there", "type": kind, "timeout": 2}
        if kind == "s3":
            one |= {"endpoint": f"http://{host}:{port}", "region": "us-east-1", "bucket": "bucket", "prefix": prefix,
                    "access_key_env": "KOKAI_TEST_KEY", "secret_key_env": "KOKAI_TEST_SECRET"}
            self.base = "/bucket/" + urllib.parse.quote(prefix)
        else:
            one |= {"url": f"http://{host}:{port}/open", "user_file": "user", "password_env": "KOKAI_TEST_SECRET"}
            self.base = "/open/"
        (self.folder / "datasets").mkdir(parents=True)
        (self.folder / "datasets/user").write_text("park\n")  # a word of every path: no secret
        (self.folder / "datasets/user").chmod(0o600)
        (self.folder / "datasets/catalogs.json").write_text(json.dumps({"catalogs": [one]}))
        self.dataset("park", 3)

    def dataset(self, name, rows):
        home = self.folder / "datasets" / name
        (home / "source").mkdir(parents=True, exist_ok=True)
        (home / "source/a.csv").write_text("名称,緯度,経度\n" + "".join(f"公園{i},36.{i:03d},139.06\n" for i in range(rows)))
        (home / "dataset.json").write_text(json.dumps({
            "title": name, "description": "作りもの。", "publisher": {"code": "102016", "name": "群馬県前橋市"}, "credit": "作りもの",
            "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "sources": [{"name": "a", "file": "source/a.csv"}],
            "tables": [{"name": "a", "from": "a", "schema": "none", "outputs": ["csv"]}]}, ensure_ascii=False))
        self.run(0)

    def start(self, *words):
        return subprocess.Popen([KOKAI, *words, "--datasets", self.folder / "datasets", "--schemas", ROOT / "schemas", "--output",
                                 self.folder / "output"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=os.environ | {"KOKAI_TEST_KEY": "access-key-9", "KOKAI_TEST_SECRET": SECRET})

    def call(self, exit, *words, within=20):
        began = time.monotonic()
        process = self.start(*words)
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError("it hangs", words) from None
        self.err = err
        check(process.returncode == exit, f"exit {process.returncode} instead of {exit}", words, out[-1500:], err[-1500:])
        check(time.monotonic() - began < within, f"it took {time.monotonic() - began:.1f} s", words)
        check(SECRET not in out + err, "the secret is told")
        return out

    def run(self, exit):
        return self.call(exit, "run", "--quiet")

    def publish(self, exit, *words, within=20):
        return json.loads(self.call(exit, "publish", "--to", "there", "--json", *words, within=within))

    def at(self, path):
        return self.base + path

    def there(self, path):
        return self.server.files.get(self.at(path))


def asked(server, method, end):
    return [one for one in server.log if one[0] == method and one[1].split("?")[0].endswith(end)]


def message(result):
    return json.dumps(result, ensure_ascii=False)


def busy(project, server):
    """503 with Retry-After is waited for; five times busy is the end; a day is not waited for, by no thread and no dataset."""
    put = CSV if project.kind == "s3" else CSV + ".kokai-part"
    server.rules = [{"method": "PUT", "path": put, "kind": "status", "status": 503, "headers": {"Retry_After": "1"}}]
    project.publish(0)
    times = [one[2] for one in asked(server, "PUT", put)]
    check(len(times) == 2 and times[1] - times[0] >= 1, "the second try did not wait", times)
    project.dataset("park", 4)
    project.dataset("hall", 4)
    server.rules = [{"method": "PUT", "kind": "status", "status": 503, "headers": {"Retry_After": "86400"}, "count": 0}]
    server.log.clear()
    result = project.publish(5, within=10)
    check("86400 秒後" in message(result), message(result))
    check(len(asked(server, "PUT", "")) <= 4, "it goes on asking a server that is busy for a day")
    server.rules = []
    project.publish(0)


def broken(project, server):
    """500 once or for ever, an answer that is cut, 5xx on reading back."""
    server.rules = [{"method": "PUT", "kind": "status", "status": 502}, {"method": "GET", "kind": "cut"}]
    project.publish(0)
    check(project.publish(0)["summary"]["sent_bytes"] == 0, "sent twice")
    project.dataset("park", 5)
    server.rules = [{"method": "PUT", "kind": "status", "status": 500, "count": 0}]
    index = project.there("index.html")
    project.publish(5)
    check(project.there("index.html") == index, "the index speaks of what is not there")
    server.rules = []
    project.publish(0)
    check(project.publish(0, "--verify")["summary"]["failed"] == 0, "not as published")


def endless(project, server):
    """A file that never ends is another content, told in seconds."""
    server.rules = [{"method": "GET", "path": CSV, "kind": "endless", "count": 0}]
    result = project.publish(5, within=15)
    check("読み戻した内容が送ったものと違います" in message(result), message(result))
    server.rules = []
    project.publish(0)
    server.rules = [{"method": "GET", "path": CSV, "kind": "endless", "count": 0}]
    result = project.publish(5, "--verify", within=15)
    check("内容が違います" in message(result), message(result))


def orphans(project, server):
    """Nothing is said to be removed that stands there; what was removed never comes back into the index."""
    project.dataset("hall", 2)
    project.publish(0)
    os.rename(project.folder / "datasets/hall", project.folder / "hall")
    project.run(0)
    result = project.publish(0)
    check([one["action"] for one in result["datasets"]] == ["leave", "leave", "leave"], message(result))
    check("取り下げを確認" not in project.call(0, "publish", "--to", "there"), "said to be removed, but nobody asked for it")
    server.rules = [{"method": "DELETE", "kind": "nothing", "count": 0}]
    result = project.publish(5, "--remove-orphaned")
    check("まだ公開されています" in message(result), message(result))
    check(project.there("hall/index.html") is not None, "the test")
    server.rules = []
    project.publish(0)  # its record was kept: it is in the index again, for it stands there
    check("hall" in project.there("catalog.json").decode(), "what stands there is not in the index")
    # Somebody removes it there; or a run was killed before it forgot.
    for path in [one for one in server.files if one.startswith(project.at("hall/"))]:
        del server.files[path]
    project.publish(0, "--remove-orphaned")
    for _ in range(2):
        project.publish(0)
        check('"hall"' not in project.there("catalog.json").decode(), "a dataset that is gone is in the index again")


def hands(project, server):
    """What somebody writes between the plan and the PUT is theirs, and so is what they write while our run lies cut."""
    project.publish(0)
    project.dataset("park", 6)
    path = project.at(CSV)
    held = [one for one in server.files if one.endswith("datapackage.json") and "/editions/" in one][0]
    server.rules = [{"method": "PUT", "kind": "hand", "file": path}]  # with the first file that goes out
    result = project.publish(6)
    check(server.files[path] == b"by hand", "written over")
    check("書き換えました" in message(result), message(result))
    project.publish(6)
    check(server.files[path] == b"by hand", "an unfinished run takes another's work for its own")
    project.publish(0, "--overwrite", "all")
    check(held in server.files, "an edition is gone")


def rests(project, server):
    """A run killed between PUT and MOVE leaves nothing for good, even where the path is no longer ours to write."""
    if project.kind != "webdav":
        return
    project.publish(0)
    project.dataset("park", 7)
    server.rules = [{"method": "MOVE", "path": CSV + ".kokai-part", "kind": "endless"}]
    server.log.clear()
    process = project.start("publish", "--to", "there", "--quiet")
    while not asked(server, "MOVE", CSV + ".kokai-part"):
        time.sleep(0.01)
    process.kill()
    process.communicate()
    check(project.there(CSV + ".kokai-part") is not None, "the test")
    project.dataset("park", 3)  # what stands there: nothing is sent for this path
    project.publish(0)
    left = [one for one in server.files if one.endswith(".kokai-part")]
    check(not left, left)


def words(project, server):
    """The clock, and a secret that would be cut in the middle."""
    server.clock = 3600
    server.rules = [{"method": "HEAD", "kind": "status", "status": 403, "count": 0}]
    result = project.call(5, "publish", "--to", "there", "--lang", "ja")
    check(("時計が合っていません" in project.err) == (project.kind == "s3"), result, project.err)
    server.clock = 0
    told = b"<Error><Code>Odd</Code><Message>" + b"x" * 190 + SECRET.encode() + b"</Message></Error>"
    server.rules = [{"method": "PUT", "kind": "status", "status": 400, "body": told, "count": 0}]
    result = project.publish(5)
    check(SECRET[:6] not in message(result), message(result))
    server.rules = []


def names(project, server):
    """What is signed is what is sent: host names in capitals, prefixes with dots; a user's name is no secret."""
    project.publish(0)
    check(all(one[3].startswith("localhost:") for one in server.log), {one[3] for one in server.log})
    check(all(one[1].startswith(project.base) for one in server.log if one[0] == "PUT"), "another path than was signed")
    plan = project.folder / "plan.json"
    project.dataset("park", 8)
    project.publish(0, "--plan", str(plan))
    check("***" not in plan.read_text(), "a user's name was taken for a secret")
    project.publish(0, "--apply", str(plan))


def main():
    for kind in sys.argv[2:]:
        for case in (busy, broken, endless, orphans, hands, rests, words, names):
            with tempfile.TemporaryDirectory() as folder:
                server = Server()
                own = {"prefix": "a/../b/", "host": "LOCALHOST"} if case is names else {}
                try:
                    case(Project(folder, kind, server, **own), server)
                except BaseException:
                    print(f"FAILED: {kind}: {case.__name__}: {case.__doc__}", file=sys.stderr)
                    raise
                finally:
                    server.shutdown()
                    server.server_close()
    print("every fault told, nothing lost")


main()
