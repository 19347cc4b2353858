#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""200 datasets with 6 small files each: kokai, which reads every file back, against one `resource_create` a file, which reads
nothing; same catalog, same run. The catalog takes as long for each action as the recorded CKAN took (--cost 100).

    throughput.py KOKAI KOKAI_TEST_CATALOG [DATASETS] [COST]
"""
import http.client
import json
import os
import time

from workshop import TOKEN, Catalog, Project, check, main, published, quiet_at_last, whole


def one_by_one(project, catalog):
    """As uploaders do: the dataset, then a request for each file, one after the other, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", catalog.port, timeout=60)

    def post(action, body, kind):
        connection.request("POST", f"/api/3/action/{action}", body, {"Content-Type": kind, "Authorization": TOKEN})
        answer = connection.getresponse()
        content = answer.read()
        check(answer.status == 200, f"{action}: {content[:300]}")
    for name in project.ids:
        post("package_create", json.dumps({"name": name, "owner_org": "city-data"}), "application/json")
        for file in sorted(os.listdir(project.path("output", name))):
            if not file.startswith("131016_"):
                continue
            with open(project.path("output", name, file), "rb") as content:
                form = (f'--b\r\nContent-Disposition: form-data; name="package_id"\r\n\r\n{name}\r\n--b\r\nContent-Disposition: '
                        f'form-data; name="upload"; filename="{file}"\r\n\r\n').encode() + content.read() + b"\r\n--b--\r\n"
            post("resource_create", form, "multipart/form-data; boundary=b")
    connection.close()


def test(kokai, server, datasets="200", cost="100"):
    with Project(kokai, int(datasets)) as project:
        edition = project.edition()
        times = {}
        for parallel in (3, 8):
            with Catalog(server, "--cost", cost) as catalog:
                project.target(catalog.site, parallel=parallel)
                project.forget()
                began = time.monotonic()
                project.publish(seconds=900)
                times[parallel] = time.monotonic() - began
                requests = len(catalog.log(clear=False))
                whole(catalog, edition, "throughput")
                began = time.monotonic()
                quiet_at_last(project, catalog, "throughput")
                again = time.monotonic() - began
        with Catalog(server, "--cost", cost) as catalog:
            began = time.monotonic()
            one_by_one(project, catalog)
            naive = time.monotonic() - began
            state = catalog.state()
            check(all(published(state[name]) == edition[name] for name in project.ids), "the other way published other files")
        files = sum(len(digests) for digests in edition.values())
        print(f"{datasets} datasets, {files} files, cost {cost} %: one resource_create a file {naive:.1f} s; kokai {times[3]:.1f} s with "
              f"parallel 3, {times[8]:.1f} s with 8 ({requests} requests, every file read back): {naive / times[3]:.1f} times as fast; "
              f"a second run {again:.1f} s, nothing sent")
        check(requests <= int(datasets) * (len(project.formats) + 6) + 10, f"{requests} requests")
        check(naive / times[3] > 4, "slower than it was")


if __name__ == "__main__":
    main(test)
