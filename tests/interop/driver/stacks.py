"""Where each stack's server comes from: the tools it needs, how it is built under target/interop, how it is started."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

from . import payloads

HERE = pathlib.Path(__file__).resolve().parent.parent
PROTO = HERE / "proto"


class BuildFailed(Exception):
    pass


class Stack:
    """One implementation. `build` is cached between runs; `command` is the server's argv."""

    name = ""
    tools = ()
    after = None  # the stack whose doors this one stands before

    def __init__(self, target):
        self.source = HERE / self.name
        self.target = target / self.name

    def missing_tool(self):
        return next((tool for tool in self.tools if shutil.which(tool) is None), None)

    def build(self):
        self.target.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        for path in sorted([*self.source.rglob("*"), *PROTO.rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(HERE)).encode() + path.read_bytes())
        stamp = self.target / "built"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        self.compile()
        stamp.write_text(digest.hexdigest())

    def compile(self):
        raise NotImplementedError

    def command(self, pki, upstream):
        raise NotImplementedError

    def run(self, *argv, cwd=None):
        log = self.target / "build.log"
        with open(log, "ab") as out:
            code = subprocess.run(
                [str(word) for word in argv], cwd=cwd or self.source, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False
            ).returncode
        if code != 0:
            raise BuildFailed(f"{argv[0]} ended with {code}; see {log}")


class Go(Stack):
    """Its compiler makes the descriptor sets too, so that nobody needs protoc."""

    name = "go"
    tools = ("go",)

    @staticmethod
    def protoset(target, name):
        return target / f"{name}.protoset"

    def compile(self):
        self.run("go", "build", "-o", self.target / "server", ".")
        for name in ("orders", "etcd"):
            self.run(self.target / "server", "--proto", PROTO, "--protoset", self.protoset(self.target.parent, name), f"{name}.proto")

    def command(self, pki, upstream):
        return [self.target / "server", "--dir", pki, "--proto", PROTO]


class GrpcGoInterop(Stack):
    """grpc-go's own interop server, as its project gives it out; the go stack's compiler makes its descriptor set."""

    name = "grpc_go_interop"
    tools = ("go",)
    after = "go"
    package = "google.golang.org/grpc/interop/server@v1.85.0"

    def compile(self):
        self.run("env", f"GOBIN={self.target / 'bin'}", "go", "install", self.package)

    def command(self, pki, upstream):
        # Here and not in `compile`: only now does the go stack stand ready.
        compiler = self.target.parent / "go" / "server"
        protoset = self.target.parent / f"{self.name}.protoset"
        self.run(compiler, "--proto", self.source, "--protoset", protoset, "test.proto")
        (self.target / "large_unary.json").write_text(payloads.large_unary())
        return [sys.executable, "-B", self.source / "serve.py", "--dir", pki, "--server", self.target / "bin" / "server"]


class Java(Stack):
    name = "java"
    tools = ("java", "mvn")

    def compile(self):
        self.run("mvn", "-q", "-B", f"-Dinterop.target={self.target}", "package")

    def command(self, pki, upstream):
        classpath = f"{self.target / 'classes'}{os.pathsep}{self.target / 'lib'}/*"
        return ["java", "-cp", classpath, "interop.Server", "--dir", pki, "--proto", PROTO]


class Python(Stack):
    name = "python"

    def compile(self):
        venv = self.target / "venv"
        self.run(sys.executable, "-m", "venv", venv)
        self.run(venv / "bin" / "pip", "install", "--quiet", "--requirement", "requirements.txt")

    def command(self, pki, upstream):
        return [self.target / "venv" / "bin" / "python", self.source / "server.py", "--dir", pki, "--proto", PROTO]


class Node(Stack):
    name = "node"
    tools = ("node", "npm")

    def compile(self):
        for path in self.source.iterdir():
            if path.is_file():
                shutil.copy(path, self.target)
        self.run("npm", "ci", "--no-audit", "--no-fund", cwd=self.target)

    def command(self, pki, upstream):
        return ["node", self.target / "server.js", "--dir", pki, "--proto", PROTO]


class Nginx(Stack):
    name = "nginx"
    tools = ("nginx",)
    after = "go"

    def build(self):
        self.target.mkdir(parents=True, exist_ok=True)

    def command(self, pki, upstream):
        return [sys.executable, self.source / "serve.py", "--dir", pki, "--upstream", str(upstream["plaintext"])]


ALL = (Go, GrpcGoInterop, Java, Python, Node, Nginx)
