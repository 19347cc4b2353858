#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A real S3-compatible server for the tests: OpenStack Swift with s3api, all of it in this process, data in FOLDER.

    s3_server.py FOLDER      a bucket named `bucket`; prints the port on 127.0.0.1; user test:tester, its secret from KOKAI_TEST_SECRET (testing), region us-east-1

/_raw/KEY is an object for everybody: how the test looks at the bucket, and edits it, without our own signatures.
"""
import os, sys
import eventlet
eventlet.monkey_patch()
from eventlet import wsgi
from swift.common.ring import RingBuilder

folder = os.path.abspath(sys.argv[1])
os.makedirs(os.path.join(folder, "srv", "sda"))
etc = os.path.join(folder, "etc")
os.makedirs(etc)
user = os.popen("id -un").read().strip()
secret = os.environ.get("KOKAI_TEST_SECRET", "testing")

def write(name, text):
    with open(os.path.join(etc, name), "w") as file:
        file.write(text)
    return os.path.join(etc, name)

write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = kokai\nswift_hash_path_prefix = test\n[storage-policy:0]\nname = one\ndefault = yes\n")
from swift.common import utils
utils.SWIFT_CONF_FILE = os.path.join(etc, "swift.conf")
import swift.common.storage_policy as policies
policies._POLICIES = None
utils.validate_hash_conf()
policies.reload_storage_policies()
from paste.deploy import loadapp

kinds = ["account", "container", "object"]
sockets = {kind: eventlet.listen(("127.0.0.1", 0)) for kind in kinds + ["proxy"]}
common = f"swift_dir = {etc}\nuser = {user}\nlog_level = ERROR\n"
for kind in kinds:
    port = sockets[kind].getsockname()[1]
    builder = RingBuilder(4, 1, 0)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "sda", "weight": 1.0})
    builder.rebalance()
    builder.get_ring().save(os.path.join(etc, f"{kind}.ring.gz"))
    conf = write(f"{kind}-server.conf", f"[DEFAULT]\ndevices = {folder}/srv\nmount_check = false\nfallocate_reserve = 0\ndisable_fallocate = true\n"
                 f"bind_port = {port}\n{common}[pipeline:main]\npipeline = app\n[app:app]\nuse = egg:swift#{kind}\n")
    app = loadapp("config:" + conf)
    eventlet.spawn(wsgi.server, sockets[kind], app, open(os.devnull, "w"), log_output=False)
conf = write("proxy-server.conf", f"[DEFAULT]\nbind_port = {sockets['proxy'].getsockname()[1]}\n{common}"
             "[pipeline:main]\npipeline = catch_errors s3api tempauth proxy-server\n[app:proxy-server]\nuse = egg:swift#proxy\n"
             "allow_account_management = true\naccount_autocreate = true\n[filter:catch_errors]\nuse = egg:swift#catch_errors\n"
             "[filter:s3api]\nuse = egg:swift#s3api\nlocation = us-east-1\ns3_acl = false\n"
             f"[filter:tempauth]\nuse = egg:swift#tempauth\nuser_test_tester = {secret} .admin\n")
app = loadapp("config:" + conf)
# The bucket is made behind the back of those who ask for keys.
bare = write("bare.conf", f"[DEFAULT]\n{common}[pipeline:main]\npipeline = proxy-server\n[app:proxy-server]\nuse = egg:swift#proxy\n"
             "allow_account_management = true\naccount_autocreate = true\n")
from swift.common.swob import Request
raw = loadapp("config:" + bare)
made = Request.blank("/v1/AUTH_test/bucket", environ={"REQUEST_METHOD": "PUT"}).get_response(raw)
assert made.status_int in (201, 202), made.status


class Memory(dict):
    """What s3api asks memcached for; in this process alone."""

    def __bool__(self):
        return True

    def get(self, key, *_, **__):
        return dict.get(self, key)

    def set(self, key, value, *_, **__):
        self[key] = value

    def delete(self, key, *_, **__):
        self.pop(key, None)

    def incr(self, key, delta=1, *_, **__):
        self[key] = int(dict.get(self, key) or 0) + delta
        return self[key]


memory = Memory()


def with_memory(environment, start):
    environment["swift.cache"] = memory
    if environment["PATH_INFO"].startswith("/_raw/"):
        environment["PATH_INFO"] = "/v1/AUTH_test/bucket/" + environment["PATH_INFO"][len("/_raw/"):]
        return raw(environment, start)
    return app(environment, start)


print(sockets["proxy"].getsockname()[1], flush=True)
wsgi.server(sockets["proxy"], with_memory, open(os.devnull, "w"), log_output=False)
