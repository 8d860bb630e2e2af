"""etcd's own login, where etcd is installed: an RPC without reflection, a token under a key of its own."""

import json
import urllib.request

from driver.stacks import PROTO

PASSWORD = "good-token"  # what peers/etcd.py gives to root
LOGIN = '{"name":"${username}","password":"${env:%s}"}'
AS_ETCD_WANTS = ("--scheme=", "--header-name", "token", "--token-cache", "disk")


class Etcd:
    def __init__(self, grpcauth, doors):
        self.grpcauth = grpcauth
        self.door = doors["etcd"]
        grpcauth.environment["INTEROP_GOOD"] = PASSWORD

    def call(self, *more, password="INTEROP_GOOD"):
        target = (f"localhost:{self.door}", "etcdserverpb.KV/Range", "-d", '{"key":"YQ=="}')
        descriptors = ("--proto", PROTO / "etcd.proto")
        login = ("--login-rpc", "etcdserverpb.Auth/Authenticate", "--user", "root", "--login-data", LOGIN % password)
        return self.grpcauth.run("call", *target, *self.grpcauth.ca, *descriptors, *login, *AS_ETCD_WANTS, *more, "--format", "json")

    def post(self, path, token=None, **body):
        headers = {"Authorization": token} if token else {}
        request = urllib.request.Request(f"https://127.0.0.1:{self.door}/v3/auth/{path}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=20, context=self.grpcauth.trust) as answer:
            return json.load(answer)

    def make_void(self):
        """A new password, though it is the old one, ends every token."""
        token = self.post("authenticate", name="root", password=PASSWORD)["token"]
        self.post("user/changepw", token, name="root", password=PASSWORD)

    # The cases.

    def kept(self):
        return self.call().came_to(0, 1, "fetched") + self.call().came_to(0, 1, "cache")

    def void(self):
        problems = self.call().came_to(0)
        self.make_void()
        problems += self.call("--expect", "UNAUTHENTICATED").came_to(0, 1, "cache")
        return problems + self.call().came_to(0, 2, "refreshed") + self.call().came_to(0, 1, "cache")

    def wrong_password(self):
        run = self.call(password="INTEROP_WRONG")
        return run.came_to(4, attempts=0) + ([] if "invalid user ID or password" in run.stdout else ["it does not say why"])


def cases(grpcauth, doors):
    all_of = Etcd(grpcauth, doors)
    yield "its own login, kept", all_of.kept
    yield "a void token: one login, one retry", all_of.void
    yield "a wrong password, which is INVALID_ARGUMENT", all_of.wrong_password
