# SPDX-License-Identifier: Apache-2.0
"""What the tests of publication share: small datasets that kokai has run, the loopback catalog, and looks at both sides."""
import copy
import hashlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOKEN = "loopback-editor-token"  # grepped for in everything that a test leaves behind
FORMATS = ["csv", "geojson", "xlsx", "json", "kml", "geojsonseq"]
HEADER = "ID,名称,名称_カナ,名称_英語,所在地_全国地方公共団体コード,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,緯度,経度,電話番号"


class Failure(Exception):
    """A test failed; the text says how."""


def check(condition, text):
    if not condition:
        raise Failure(text)


class Catalog:
    """A running kokai_test_catalog."""

    def __init__(self, program, *options):
        self.folder = tempfile.mkdtemp(prefix="kokai-catalog-")
        self.process = subprocess.Popen([program, self.folder, *options], stdout=subprocess.PIPE, text=True)
        self.site = self.process.stdout.readline().strip()
        self.port = int(self.site.rsplit(":", 1)[1])

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def control(self, path, body=None):
        status, content = self.request("POST" if body is not None else "GET", path,
                                       None if body is None else json.dumps(body))
        check(status == 200, f"{path}: {status} {content[:300]}")
        return json.loads(content)

    def faults(self, *rules):
        self.control("/_faults", {"rules": list(rules)})

    def met(self):
        return sum(rule["met"] for rule in self.control("/_faults")["rules"])

    def log(self, clear=True):
        """Every request since the last look."""
        return self.control("/_log", {} if clear else None)

    def state(self, loose_files=0):
        """Every dataset by name, deleted ones left out."""
        state = self.control("/_state")
        check(state["loose_files"] <= loose_files, f"{state['loose_files']} files that belong to nothing")
        return {dataset["name"]: dataset for dataset in state["datasets"] if dataset["state"] == "active"}

    def action(self, name, data, token="loopback-admin-token"):
        status, content = self.request("POST", f"/api/3/action/{name}", json.dumps(data),
                                       {"Content-Type": "application/json", "Authorization": token})
        check(status == 200, f"{name}: {status} {content[:300]}")
        return json.loads(content)["result"]


class Project:
    """Datasets with their editions, made by `kokai run`, and a catalogs.json with the target `portal`."""

    def __init__(self, program, datasets, formats=None):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="kokai-project-")
        self.ids = [f"facility-{number:03}" for number in range(1, datasets + 1)]
        self.formats = formats or FORMATS
        self.texts = []  # everything that kokai said
        self.environment = {**os.environ, "KOKAI_PORTAL_TOKEN": TOKEN, "ASAN_OPTIONS": "detect_leaks=0"}
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            self.environment.pop(name, None)
        self.write_sources("甲")
        self.run()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def copy(self):
        """Another project with the same datasets and editions, for a test beside this one."""
        other = copy.copy(self)
        other.folder = tempfile.mkdtemp(prefix="kokai-project-")
        other.texts = []
        shutil.copytree(self.folder, other.folder, dirs_exist_ok=True)
        return other

    def keep(self, edition):
        """Keeps what is local now under a name."""
        shutil.copytree(self.path("output"), self.path("editions", edition), ignore=shutil.ignore_patterns("catalog"))

    def use(self, edition):
        """Takes a kept edition as what is local; what is known of the target stays."""
        known = self.path("output", ".state", "publish")
        if os.path.isdir(known):
            shutil.move(known, self.path("known"))
        shutil.rmtree(self.path("output"))
        shutil.copytree(self.path("editions", edition), self.path("output"))
        shutil.rmtree(known, ignore_errors=True)
        if os.path.isdir(self.path("known")):
            shutil.move(self.path("known"), known)

    def two_editions(self):
        """Keeps two editions, "a" and "b"; returns the digests of their files."""
        editions = {"a": self.edition()}
        self.keep("a")
        self.write_sources("乙")
        self.run()
        editions["b"] = self.edition()
        self.keep("b")
        check(all(editions["a"][name] != editions["b"][name] for name in self.ids), "two editions of one content")
        return editions

    def write_sources(self, word, only=None):
        """Sources whose values have `word` in them; another word makes another edition."""
        for place, name in enumerate(self.ids):
            if only is not None and name not in only:
                continue
            os.makedirs(self.path("datasets", name, "source"), exist_ok=True)
            rows = [f"{name}-{row},施設{word}{row},シセツ,Facility {row},131016,東京都,千代田区,九段南一丁目,{row}番{place + 1}号,"
                    f"35.69{row}0,139.75{row}0,03-3264-21{row:02}" for row in range(1, 6)]
            with open(self.path("datasets", name, "source", "places.csv"), "w", encoding="utf-8") as file:
                file.write("\n".join([HEADER, *rows]) + "\n")
            with open(self.path("datasets", name, "dataset.json"), "w", encoding="utf-8") as file:
                json.dump({
                    "title": f"公共施設一覧{word} {place + 1}", "description": "公開の試験のための作りものです。",
                    "publisher": {"code": "131016", "name": "東京都千代田区"}, "credit": "作りもの",
                    "license": {"id": "CC-BY-4.0", "title": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
                    "sources": [{"name": "places", "file": "source/places.csv"}], "keywords": ["公共施設", "試験"],
                    "tables": [{"name": "places", "from": "places", "schema": "v1/public_facility", "on_error": "keep",
                                "outputs": self.formats}]}, file, ensure_ascii=False, indent=1)

    def run(self):
        self.kokai("run", "--quiet", expected=(0, 1))

    def target(self, site, **more):
        """Writes catalogs.json."""
        target = {"name": "portal", "type": "ckan", "url": site, "organization": "city-data",
                  "licenses": {"CC-BY-4.0": "cc-by"}, "token_env": "KOKAI_PORTAL_TOKEN", "timeout": 5, **more}
        with open(self.path("datasets", "catalogs.json"), "w", encoding="utf-8") as file:
            json.dump({"catalogs": [target]}, file)

    def arguments(self, *words):
        command, *rest = words
        return [self.program, command, *rest, "--datasets", self.path("datasets"), "--schemas", os.path.join(ROOT, "schemas"),
                "--output", self.path("output")]

    def kokai(self, *words, expected=(0,), seconds=120, **environment):
        """Runs the program; anything but an expected exit code is a failure. Returns what it said."""
        done = subprocess.run(self.arguments(*words), env={**self.environment, **environment}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds, check=False)
        said = done.stdout + done.stderr
        self.texts.append(said)
        check(expected is None or done.returncode in expected,
              f"kokai {' '.join(words)}: exit {done.returncode}, expected {expected}\n{said[-3000:]}")
        self.code = done.returncode
        return said

    def publish(self, *words, expected=(0,), **more):
        return self.kokai("publish", "--to", "portal", *words, expected=expected, **more)

    def forget(self):
        """As if nothing had been published yet."""
        shutil.rmtree(self.path("output", ".state", "publish"), ignore_errors=True)

    def edition(self):
        """Of each dataset: the digests of the files that are to be public, sorted."""
        digests = {}
        for name in self.ids:
            state = json.load(open(self.path("output", ".state", f"{name}.json"), encoding="utf-8"))
            entry = json.loads(state["entry"])
            files = [file["path"] for table in entry["tables"] for file in table["files"]]
            check(len(files) >= len(self.formats), f"{name} has {len(files)} files: {files}")
            digests[name] = sorted(hashlib.sha256(open(self.path("output", name, file), "rb").read()).hexdigest()
                                   for file in files)
        return digests

    def no_secret(self, *folders):
        """The token stands in nothing that was written or said."""
        for text in self.texts:
            check(TOKEN not in text, "the token was said:\n" + text)
        for folder in (self.folder, *folders):
            for place, _, names in os.walk(folder):
                for name in names:
                    with open(os.path.join(place, name), "rb") as file:
                        check(TOKEN.encode() not in file.read(), f"the token stands in {place}/{name}")


def published(dataset):
    """The digests of a dataset's files as the catalog has them on its disk, sorted."""
    return sorted(resource["stored"]["sha256"] for resource in dataset["resources"] if resource["stored"])


def whole(catalog, edition, what):
    """Everything is public, once, as it is here."""
    state = catalog.state()
    names = {name: find_dataset(state, name) for name in edition}
    check(len(state) == len(edition), f"{what}: {len(state)} datasets, {len(edition)} published: {sorted(state)}")
    for name, dataset in names.items():
        check(dataset is not None, f"{what}: {name} is missing")
        check(not dataset["private"], f"{what}: {name} is private")
        check(all(resource["stored"] for resource in dataset["resources"]), f"{what}: {name} has a resource without a file")
        check(published(dataset) == edition[name], f"{what}: {name} has other files than were published")
        for resource in dataset["resources"]:
            check(resource["size"] == resource["stored"]["bytes"], f"{what}: {name}: a wrong size in {resource['name']}")


def find_dataset(state, name):
    """A dataset may have a prefix before its name."""
    found = [dataset for key, dataset in state.items() if key == name or key.endswith(name)]
    check(len(found) < 2, f"{name} is there {len(found)} times")
    return found[0] if found else None


def honest(catalog, old, new, what, loose_files=0):
    """Each public dataset is the old edition or the new one, whole; none is gone."""
    state = catalog.state(loose_files)
    for name in new:
        dataset = find_dataset(state, name)
        if dataset is None or dataset["private"]:
            check(name not in old, f"{what}: {name} was public and is {'gone' if dataset is None else 'private'}")
            continue
        check(published(dataset) in (new[name], old.get(name)), f"{what}: {name} is public, half old and half new")
        ids = [resource["id"] for resource in dataset["resources"]]
        check(len(set(ids)) == len(ids), f"{what}: {name} has a resource twice")


def quiet_at_last(project, catalog, what):
    """A run that has nothing to do sends nothing."""
    catalog.log()
    project.publish()
    log = catalog.log()
    check(sent(log) == 0, f"{what}: a run with nothing to do sent {[one['action'] for one in log if writes(one['action'])]}")


def sent(log):
    """Bytes in bodies of writing requests."""
    return sum(entry["bytes_in"] for entry in log if entry["method"] == "POST" and writes(entry["action"]))


def writes(action):
    return action.endswith(("_create", "_update", "_patch", "_revise", "_delete", "_purge", "_reorder"))


def main(test):
    """Runs test(kokai, kokai_test_catalog); tells how long it took."""
    began = time.monotonic()
    try:
        test(*[os.path.abspath(word) for word in sys.argv[1:3]], *sys.argv[3:])
    except Failure as failure:
        print(failure)
        sys.exit(1)
    print(f"{time.monotonic() - began:.1f} s")
