"""Whole servers of others, run when they are installed: OpenFGA, Cerbos, etcd, and Envoy before the Go server."""

import sys

from . import tokens
from .stacks import Stack


class Peer(Stack):
    def __init__(self, target):
        super().__init__(target)
        self.source = self.source.parent / "peers"
        self.tools = (self.name,)

    def build(self):
        self.target.mkdir(parents=True, exist_ok=True)

    def command(self, pki, upstream):
        argv = [sys.executable, "-B", self.source / f"{self.name}.py", "--dir", pki]
        return argv + ["--upstream", str(upstream["plaintext"])] if self.after else argv


class OpenFga(Peer):
    name = "openfga"


class Cerbos(Peer):
    name = "cerbos"


class Etcd(Peer):
    name = "etcd"


class Envoy(Peer):
    name = "envoy"
    after = "go"

    def build(self):
        super().build()
        (self.target / "jwks.json").write_text(tokens.jwks())

    def command(self, pki, upstream):
        accepted = ["--jwks", self.target / "jwks.json", "--issuer", tokens.ISSUER, "--audience", tokens.AUDIENCE]
        return [*super().command(pki, upstream), *accepted]


ALL = (OpenFga, Cerbos, Etcd, Envoy)
