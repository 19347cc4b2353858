#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Certificates: a catalog behind TLS is published to only when its certificate is good. Before that not one byte of a request goes
out, so no token either; and the message says what is wrong with it.

    tls.py KOKAI KOKAI_TEST_CATALOG
"""
import os
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import warnings

from workshop import Catalog, Failure, Project, check, main, whole


def run(*words, at=None):
    clock = ["faketime", at] if at else []
    subprocess.run([*clock, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Authority:
    """A CA and certificates of it, made with openssl."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kokai-tls-")
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj",
            "/CN=Test CA", "-keyout", self.path("ca.key"), "-out", self.path("ca.pem"), at="2020-01-01")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def certificate(self, name, host, days=3650, at=None):
        """PEM file with key and certificate."""
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}", "-keyout",
            self.path(name + ".key"), "-out", self.path(name + ".csr"))
        with open(self.path(name + ".ext"), "w", encoding="ascii") as file:
            file.write(f"subjectAltName={host}\n")
        run("openssl", "x509", "-req", "-in", self.path(name + ".csr"), "-CA", self.path("ca.pem"), "-CAkey", self.path("ca.key"),
            "-CAcreateserial", "-days", str(days), "-extfile", self.path(name + ".ext"), "-out", self.path(name + ".crt"), at=at)
        return self.joined(name)

    def self_signed(self, name, host):
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj",
            f"/CN={name}", "-addext", f"subjectAltName={host}", "-keyout", self.path(name + ".key"), "-out", self.path(name + ".crt"))
        return self.joined(name)

    def joined(self, name):
        with open(self.path(name + ".pem"), "w", encoding="ascii") as file:
            for part in (".key", ".crt"):
                with open(self.path(name + part), encoding="ascii") as text:
                    file.write(text.read())
        return self.path(name + ".pem")


class Front:
    """TLS before the catalog: hands on what comes, and counts it."""

    def __init__(self, catalog, certificate, cut=0, **settings):
        self.cut = cut  # so many handshakes are cut off first: by a reset and by an end, in turn
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        for name, value in settings.items():
            setattr(self.context, name, value)
        if settings:
            self.context.set_ciphers("ALL:@SECLEVEL=0")
        self.catalog = catalog
        self.bytes = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                wire, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(wire,), daemon=True).start()

    def serve(self, wire):
        if self.cut > 0:
            self.cut -= 1
            wire.recv(100)
            if self.cut % 2:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            wire.close()
            return
        try:
            client = self.context.wrap_socket(wire, server_side=True)
            inside = socket.create_connection(("127.0.0.1", self.catalog.port))
        except OSError:
            wire.close()
            return
        threading.Thread(target=self.back, args=(inside, client), daemon=True).start()
        try:
            while part := client.recv(65536):
                self.bytes += len(part)
                inside.sendall(part)
        except OSError:
            pass
        try:
            inside.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    @staticmethod
    def back(inside, client):
        try:
            while part := inside.recv(65536):
                client.sendall(part)
            client.close()
        except OSError:
            pass

    def close(self):
        self.listener.close()


def test(kokai, server):
    warnings.simplefilter("ignore", DeprecationWarning)  # old TLS is asked for on purpose
    authority = Authority()
    local = "IP:127.0.0.1,DNS:localhost"
    good = authority.certificate("good", local, at="2020-01-01")
    old = ssl.TLSVersion.TLSv1_1
    cases = [  # what, certificate, is the CA known, exit code, a word of the message, settings of the server
        ("a good certificate", good, True, 0, "", {}),
        ("a CA that is not known", good, False, 5, "証明書", {}),
        ("an expired certificate", authority.certificate("expired", local, days=10, at="2020-01-01"), True, 5, "証明書", {}),
        ("a certificate of the future", authority.certificate("future", local, at="2099-01-01"), True, 5, "証明書", {}),
        ("another host's certificate", authority.certificate("other", "DNS:other.example", at="2020-01-01"), True, 5, "証明書", {}),
        ("a self-signed certificate", authority.self_signed("alone", local), True, 5, "証明書", {}),
        ("two handshakes cut off", good, True, 0, "", {"cut": 2}),
        ("every handshake cut off", good, True, 5, "切られました", {"cut": 1000}),
        ("TLS 1.1 alone", good, True, 5, "TLS 1.2", {"minimum_version": ssl.TLSVersion.TLSv1, "maximum_version": old}),
    ]
    # Debian's own settings refuse old TLS, whatever a program says: without them it is kokai that refuses.
    settings_file = authority.path("openssl.cnf")
    with open(settings_file, "w", encoding="ascii") as file:
        file.write("openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = own\n[own]\nMinProtocol = TLSv1\n"
                   "CipherString = ALL:@SECLEVEL=0\n")
    failures = []
    with Project(kokai, 1, ["csv"]) as project:
        edition = project.edition()
        for what, certificate, known, expected, word, settings in cases:
            catalog = Catalog(server)
            front = Front(catalog, certificate, **settings)
            project.forget()
            more = {"ca_file": authority.path("ca.pem")} if known else {}
            project.target(f"https://127.0.0.1:{front.port}", **more)
            try:
                said = project.publish(expected=(expected,), OPENSSL_CONF=settings_file)
                check(word in said, f"no word about it:\n{said}")
                if expected == 0:
                    whole(catalog, edition, what)
                    project.publish("--verify")
                else:
                    check(front.bytes == 0 and not catalog.log(), f"{front.bytes} bytes went out")
                project.no_secret(catalog.folder)
            except Failure as failure:
                failures.append(f"{what}: {failure}")
            front.close()
            catalog.close()
        for option in ("--insecure", "-k"):
            project.publish(option, expected=(2,))
        project.no_secret()
    authority.folder.cleanup()
    check(not failures, "\n\n".join(failures) + f"\n\n{len(failures)} of {len(cases)} failed")
    print(f"{len(cases)} certificates")


if __name__ == "__main__":
    main(test)
