"""One case, and the shapes that cases have."""

import dataclasses
import json

from . import tokens
from .stacks import PROTO

FIRST_ORDER = (json.loads((PROTO / "orders.json").read_text())[0],)

CA = ("--cacert", "{pki}/ca.pem")
TOKEN = ("--token", "env:INTEROP_GOOD")
WRONG = ("--token", "env:INTEROP_WRONG")
WEAK = ("--token", "env:INTEROP_WEAK")
PLAINTEXT = ("--plaintext",)
PROTOSET = ("--protoset", "{target}/orders.protoset")
IN_CLEAR = ("--plaintext", "--allow-plaintext-credentials")

# What the environment of every run holds; the values must never be seen.
SECRETS = {"INTEROP_GOOD": "good-token", "INTEROP_WEAK": "weak-token", "INTEROP_WRONG": "a-token-nobody-issued", **tokens.MINTED}


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    door: str
    args: tuple = ()
    exit: int = 0
    diagnosis: str | tuple | None = None
    status: int | tuple | None = None
    outcome: str | tuple = "allowed"
    reached: str | tuple | None = None
    answered_by: str | None = None
    messages: tuple | None = None
    headers: tuple = ()  # pairs that must be among them
    trailers: tuple = ()
    said: str | None = None  # the status' message
    attempts: int | None = None  # how often the call was made
    stderr: tuple = ()
    json: bool = True
    method: str = "interop.v1.Orders/Get"
    data: str = '{"id":"1"}'
    host: str = "127.0.0.1"
    within: float = 5.0  # s
    command: str = "call"
    service: str = ""  # of `health`

    def argv(self, binary, port, pki, target):
        args = [word.format(pki=pki, target=target) for word in self.args]
        place = f"{self.host}:{port}"
        if self.command == "health":
            argv = [str(binary), "health", place, *([self.service] if self.service else []), *args]
        else:
            argv = [str(binary), "call", place, self.method, "-d", self.data.replace("{target}", str(target)), *args]
        return argv + ["--format", "json"] if self.json else argv


def allowed(name, door, *args, messages=FIRST_ORDER, **more):
    return Case(name, door, args, status=0, reached="done", messages=messages, **more)


def denied(name, door, *args, status, diagnosis, outcome="denied", **more):
    exit_code = 64 + status if status <= 16 else 95
    return Case(name, door, args, exit_code, diagnosis, status, outcome, "done", **more)


def no_status(name, door, *args, diagnosis, **more):
    return Case(name, door, args, 3, diagnosis, None, "no_status", **more)


def client_certificate(name, chain=None):
    chain = chain or name
    return ("--cert", "{pki}/" + chain + ".pem", "--key", "{pki}/" + name + ".key")
