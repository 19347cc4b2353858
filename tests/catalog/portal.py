#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Other people at the portal: their edits between plan and apply, before and after a publication, and what --verify finds.

    portal.py KOKAI KOKAI_TEST_CATALOG
"""
import json
import os
import shutil
import tempfile

from workshop import TOKEN, Catalog, Failure, Project, check, find_dataset, honest, main, published, quiet_at_last, sent, whole

FORM = "multipart/form-data; boundary=b"


def replace_file(catalog, resource, content):
    """Somebody uploads another file over ours; our own digest field stays."""
    body = (f'--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n{resource["id"]}\r\n--b\r\nContent-Disposition: form-data; '
            f'name="upload"; filename="{resource["url"].rsplit("/", 1)[1]}"\r\n\r\n').encode() + content + b"\r\n--b--\r\n"
    status, answer = catalog.request("POST", "/api/3/action/resource_patch", body,
                                     {"Content-Type": FORM, "Authorization": "loopback-admin-token"})
    check(status == 200, f"resource_patch: {answer[:200]}")


class Portal:
    """A catalog on which edition "a" is public; "b" is the one to come."""

    def __init__(self, project, server, editions, published=True):
        self.project, self.editions, self.catalog = project, editions, Catalog(server)
        self.catalog_program = server
        project.target(self.catalog.site)
        project.forget()
        project.use("a")
        if published:
            project.publish()
            whole(self.catalog, editions["a"], "first publication")
            self.catalog.log()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.project.no_secret(self.catalog.folder)
        finally:
            self.catalog.close()

    def dataset(self, name=None):
        return find_dataset(self.catalog.state(), name or self.project.ids[0])

    def raced(self, editions):
        """The one dataset that stayed as it was."""
        state = self.catalog.state()
        old = [name for name in self.project.ids if published(find_dataset(state, name)) == editions["a"][name]]
        check(len(old) == 1, f"{old} stayed, not one")
        return find_dataset(state, old[0])

    def patch(self, **fields):
        self.catalog.action("package_patch", {"id": self.dataset()["id"], **fields})

    def nothing_sent(self, what, dataset=""):
        log = [one for one in self.catalog.log() if dataset in one["dataset"]]
        check(sent(log) == 0, f"{what}: something was sent: {[one['action'] for one in log]}")


def dry_run_and_plan(project, server, editions):
    with Portal(project, server, editions, published=False) as portal:
        said = project.publish("--dry-run")
        check("公共施設一覧甲 1" in said or "facility-001" in said, said)
        plan = project.path("plan.json")
        project.publish("--plan", plan)
        portal.nothing_sent("plan")
        check(not portal.catalog.state(), "a plan made a dataset")
        shutil.copy(plan, project.path("first-plan.json"))
        project.publish("--apply", plan)
        whole(portal.catalog, editions["a"], "plan applied")
        portal.catalog.log()
        project.publish("--apply", plan)
        portal.nothing_sent("a plan applied twice")
        # Local files moved since.
        project.use("b")
        project.publish("--plan", plan)
        project.use("a")
        said = project.publish("--apply", plan, expected=(6,))
        portal.nothing_sent("a plan for another edition")
        check("facility-001" in said, said)
        # The catalog moved since.
        project.use("b")
        project.publish("--plan", plan)
        portal.patch(title="手で直した題名")
        said = project.publish("--apply", plan, expected=(6,))
        check("facility-001" in said, said)
        honest(portal.catalog, editions["a"], editions["b"], "a stale plan")
        with open(project.path("plan.json"), encoding="utf-8") as file:
            json.load(file)
        # Another place under the same name.
        with Catalog(portal.catalog_program) as other:
            project.target(other.site)
            project.forget()
            project.use("a")
            said = project.publish("--apply", project.path("first-plan.json"), expected=(6,))
            check(other.site in said and portal.catalog.site in said, f"does not say where to:\n{said}")
            check(not other.state(), "a plan for one place was applied to another")


def race(project, server, editions):
    """Another writer between our reading and our writing."""
    with Portal(project, server, editions) as portal:
        project.use("b")
        portal.catalog.faults({"action": "package_revise", "kind": "race", "set": {"title": "ほかの人の題名"}})
        said = project.publish(expected=(6,))
        check(portal.catalog.met() == 1, "no race")
        check("title" in said, f"does not say what was changed:\n{said}")
        honest(portal.catalog, editions["a"], editions["b"], "a race for our own field")
        check(portal.raced(editions)["title"] == "ほかの人の題名", "the other's title is gone")
        portal.catalog.faults()
        project.publish(expected=(6,))  # it stays theirs until told otherwise
        project.publish("--overwrite", "title")
        whole(portal.catalog, editions["b"], "overwritten as told")
    with Portal(project, server, editions) as portal:
        project.use("b")
        portal.catalog.faults({"action": "package_revise", "kind": "race", "set": {"author_email": "person@catalog.example"}})
        project.publish()
        check(portal.catalog.met() == 1, "no race")
        portal.catalog.faults()
        whole(portal.catalog, editions["b"], "a race for a field that is not ours")
        check("person@catalog.example" in [one["author_email"] for one in portal.catalog.state().values()],
              "what is not ours was overwritten")


def theirs_stays(project, server, editions):
    """What others added is not dropped by the next edition."""
    with Portal(project, server, editions) as portal:
        ours = portal.dataset()
        portal.patch(extras=[*ours["extras"], {"key": "窓口", "value": "市民課"}], maintainer_email="desk@catalog.example",
                     tags=[*ours["tags"], {"name": "人気"}], groups=[{"name": "public-facilities"}])
        link = portal.catalog.action("resource_create", {"package_id": ours["id"], "name": "説明", "url": "https://x.example/a"})
        project.use("b")
        project.publish()
        theirs = portal.dataset()
        check({"key": "窓口", "value": "市民課"} in theirs["extras"], "another's extra is gone")
        check("人気" in [tag["name"] for tag in theirs["tags"]], "another's tag is gone")
        check([group["name"] for group in theirs["groups"]] == ["public-facilities"], "another's group is gone")
        check(theirs["maintainer_email"] == "desk@catalog.example", "another's field is gone")
        check(link["id"] in [resource["id"] for resource in theirs["resources"]], "another's resource is gone")
        check(theirs["title"].startswith("公共施設一覧乙"), "our own title did not change")
        before = {resource["id"] for resource in ours["resources"]}
        check(before < {resource["id"] for resource in theirs["resources"]}, "our resources have new ids")
        quiet_at_last(project, portal.catalog, "beside others")


def edits(project, server, editions):
    """Edits by hand are told, not overwritten, until told otherwise."""
    for what, edit, field in (
            ("title", lambda portal: portal.patch(title="手で直した題名"), "title"),
            ("private", lambda portal: portal.patch(private=True), "公開されていません"),
            ("a resource's name", lambda portal: portal.catalog.action("resource_patch", {
                "id": portal.dataset()["resources"][0]["id"], "name": "手で直した名前"}), "name"),
            ("a file", lambda portal: replace_file(portal.catalog, portal.dataset()["resources"][0], b"by hand\n"), "")):
        with Portal(project, server, editions) as portal:
            edit(portal)
            edited = portal.dataset()
            portal.catalog.log()
            said = project.publish("--verify", expected=(5,))
            check("facility-001" in said and field in said, f"{what}: --verify does not name it:\n{said}")
            portal.nothing_sent(f"{what}: --verify")
            said = project.publish("--dry-run")
            check("編集" in said, f"{what}: the plan does not tell of it:\n{said}")
            project.use("b")
            said = project.publish(expected=(6,))
            portal.nothing_sent(f"{what} edited by hand", project.ids[0])
            check(portal.dataset()["metadata_modified"] == edited["metadata_modified"], f"{what}: written all the same")
            project.publish("--overwrite", "all")
            whole(portal.catalog, editions["b"], f"{what}: overwritten as told")
            project.publish("--verify")
            quiet_at_last(project, portal.catalog, what)


def verify(project, server, editions):
    """Is what is public still what we published?"""
    with Portal(project, server, editions) as portal:
        said = project.publish("--verify")
        log = portal.catalog.log()
        check(sent(log) == 0, "--verify wrote")
        files = sum(one["action"] == "download" for one in log)
        check(files == len(project.ids) * len(project.formats), f"{files} files read back by --verify:\n{said}")
        answer = json.loads(project.kokai("publish", "--to", "portal", "--verify", "--json", "--quiet"))
        check(answer["exit"] == 0 and answer["summary"]["verified_files"] == files, answer)
        name = project.ids[0]
        resource = portal.dataset(name)["resources"][0]
        with open(stored(portal.catalog, resource["id"]), "r+b") as file:  # the metadata know nothing of it
            first = file.read(1)
            file.seek(0)
            file.write(bytes([first[0] ^ 1]))
        said = project.publish("--verify", expected=(5,))
        check(name in said and resource["url"].rsplit("/", 1)[1] in said, f"--verify does not name the changed file:\n{said}")
        check(project.ids[1] not in said.replace("facility-002: 公開", ""), f"--verify accuses another:\n{said}")
        portal.catalog.action("resource_delete", {"id": portal.dataset(project.ids[1])["resources"][0]["id"]})
        said = project.publish("--verify", expected=(5,))
        check(project.ids[1] in said, f"--verify misses a deleted resource:\n{said}")
        portal.catalog.action("package_delete", {"id": portal.dataset(name)["id"]})
        said = project.publish("--verify", expected=(5,))
        check(name in said, f"--verify misses a deleted dataset:\n{said}")


def stored(catalog, identity):
    return os.path.join(catalog.folder, "resources", identity[:3], identity[3:6], identity[6:])


def orphans(project, server, editions):
    """A dataset that is no longer local stays public until its removal is asked for."""
    with Portal(project, server, editions) as portal:
        gone = project.ids[1]
        shutil.move(project.path("datasets", gone), project.path("gone"))
        try:
            said = project.publish("--dry-run")
            check(gone in said, f"an orphan is not told:\n{said}")
            project.publish()
            check(portal.dataset(gone) is not None, "removed unasked")
            project.publish("--remove-orphaned")
            check(portal.dataset(gone) is None, "not removed though asked")
            project.publish("--remove-orphaned")
        finally:
            shutil.move(project.path("gone"), project.path("datasets", gone))
        project.publish()
        whole(portal.catalog, editions["a"], "published again after its removal")


def other_formats(project, server, editions):
    """Files that are no longer local go when the new ones are there and read back, never before."""
    with Portal(project, server, editions) as portal:
        name = project.ids[0]
        with project.copy() as others:
            others.formats = ["json", "kml"]
            others.write_sources("甲", only=[name])
            others.run()
            old, new = set(editions["a"][name]), set(digests(others, name))
            check(not old & new, "the two have a file in common")
            for skip, there in ((0, old), (1, old | new)):
                portal.catalog.faults({"action": "package_revise", **NO, "count": 1, "skip": skip})
                others.publish(name, "--remove-orphaned", expected=(5,))
                check(portal.catalog.met() == 1, "not refused")
                check(set(published(portal.dataset())) == there, f"refused after {skip} writes: {portal.dataset()['resources']}")
            portal.catalog.faults()
            others.publish(name)
            check(set(published(portal.dataset())) == old | new, "removed unasked")
            others.publish(name, "--remove-orphaned")  # still known as ours after a run that left them
            check(set(published(portal.dataset())) == new, "not removed though asked")
            portal.catalog.log()
            others.publish(name, "--remove-orphaned")
            portal.nothing_sent("after the removal", name)


NO = {"kind": "answer", "status": 403, "count": 0,
      "body": '{"success": false, "error": {"__type": "Authorization Error", "message": "Access denied"}}'}


def another_file(project, server, editions):
    """Somebody's file in our place, our digest beside it: found though this machine knows nothing, or is in the middle of something."""
    with Portal(project, server, editions) as portal:
        theirs = portal.dataset()["resources"][0]
        replace_file(portal.catalog, theirs, b"x" * theirs["size"])
        project.forget()
        said = project.publish(expected=(6,))
        check("--overwrite files." in said, f"a file of the same size was taken for ours:\n{said}")
        project.publish(expected=(6,))
        project.publish("--overwrite", "files")
        whole(portal.catalog, editions["a"], "overwritten as told")
        project.forget()
        quiet_at_last(project, portal.catalog, "nothing known, and everything right")
    with Portal(project, server, editions) as portal:
        project.use("b")
        portal.catalog.faults({"action": "package_revise", **NO})
        project.publish(expected=(5,))
        portal.catalog.faults()
        replace_file(portal.catalog, portal.dataset()["resources"][0], b"by hand, precious")
        said = project.publish(expected=(6,))
        check("--overwrite files." in said, f"what was put there by hand was overwritten:\n{said}")
        honest_others = [name for name in project.ids[1:] if published(portal.dataset(name)) != editions["b"][name]]
        check(not honest_others, f"{honest_others} were not published")
        project.publish("--overwrite", "files")
        whole(portal.catalog, editions["b"], "overwritten as told")


def refused_removal(project, server, editions):
    """An orphan that is hidden but there is not gone."""
    with Portal(project, server, editions) as portal:
        gone = project.ids[1]
        portal.catalog.action("package_patch", {"id": portal.dataset(gone)["id"], "private": True})
        portal.catalog.faults({"action": "package_delete", **NO})
        shutil.move(project.path("datasets", gone), project.path("gone"))
        try:
            said = project.publish("--remove-orphaned", expected=(5,))
            check("消せませんでした" in said, f"does not say so:\n{said}")
            check(portal.dataset(gone) is not None, "removed all the same")
            portal.catalog.faults({"action": "package_delete", "kind": "too_many", "seconds": 1})
            project.publish("--remove-orphaned")
            check(portal.catalog.met() == 1 and portal.dataset(gone) is None, "not removed after 429")
        finally:
            shutil.move(project.path("gone"), project.path("datasets", gone))


def digests(project, name):
    """Of one dataset's files that are to be public."""
    with open(project.path("output", ".state", f"{name}.json"), encoding="utf-8") as file:
        entry = json.loads(json.load(file)["entry"])
    return [file["sha256"] for table in entry["tables"] for file in table["files"]]


def taken(project, server, editions):
    """A name that another organization uses is not taken over."""
    with Portal(project, server, editions, published=False) as portal:
        portal.catalog.action("package_create", {"name": project.ids[0], "owner_org": "elsewhere", "title": "もとからあるもの"})
        said = project.publish(expected=(5,))
        check("name_prefix" in said, f"no word about the way out:\n{said}")
        check(portal.dataset()["title"] == "もとからあるもの", "taken over")
        check(portal.dataset(project.ids[1]) is not None, "one refused dataset stopped the others")
    with Portal(project, server, editions, published=False) as portal:
        portal.catalog.action("package_create", {"name": project.ids[0], "owner_org": "elsewhere", "title": "もとからあるもの"})
        project.target(portal.catalog.site, name_prefix="t131016_")
        project.publish()
        names = sorted(portal.catalog.state())
        check(names == sorted([project.ids[0], *(f"t131016_{name}" for name in project.ids)]), f"{names}")


def secrets(project, server, editions):
    """Where a secret may stand, and where not."""
    with Portal(project, server, editions, published=False) as portal:
        site = portal.catalog.site
        descriptor, token = tempfile.mkstemp()  # outside of what is grepped
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(TOKEN + "\n")
        os.chmod(token, 0o644)
        project.target(site, token_env=None, token_file=token)
        plain(project)
        check("600" in project.publish(expected=(3,)), "a file for all to read, and no word how to mend it")
        os.chmod(token, 0o600)
        project.publish()
        whole(portal.catalog, editions["a"], "with a token from a file that ends in a newline")
        os.remove(token)
        project.target(site.replace("127.0.0.1", "user:secret@127.0.0.1"))
        check("secret@" not in project.publish(expected=(3,)), "the password in the address was said")
        project.target("http://data.catalog.example")
        project.publish(expected=(3,))


def plain(project):
    """Drops keys without a value from catalogs.json."""
    path = project.path("datasets", "catalogs.json")
    with open(path, encoding="utf-8") as file:
        targets = json.load(file)
    targets["catalogs"] = [{key: value for key, value in target.items() if value is not None} for target in targets["catalogs"]]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(targets, file)


def test(kokai, server, *wanted):
    failures = []
    tests = [dry_run_and_plan, race, theirs_stays, edits, verify, orphans, other_formats, another_file, refused_removal, taken, secrets]
    with Project(kokai, 2, ["csv", "geojson"]) as project:
        editions = project.two_editions()
        for one in tests:
            if wanted and one.__name__ not in wanted:
                continue
            try:
                one(project, server, editions)
            except Failure as failure:
                failures.append(f"{one.__name__}: {failure}")
    check(not failures, "\n\n".join(failures) + f"\n\n{len(failures)} of {len(tests)} failed")
    print(f"{len(tests)} stories")


if __name__ == "__main__":
    main(test)
