"""The binary, run with a cache of its own, and what a run must come to."""

import concurrent.futures
import contextlib
import dataclasses
import json
import pathlib
import ssl
import subprocess
import tempfile
import urllib.parse
import urllib.request

# The environment of every run and of the servers; the values must never be seen.
SECRETS = {
    "INTEROP_CLIENT_SECRET": "p%st+e:&/ is the secret of this client",
    "INTEROP_PASSWORD": "åsa's password, with ü and \"",
    "INTEROP_WRONG": "nobody's secret, 0123456789",
}


@dataclasses.dataclass(frozen=True)
class Run:
    code: int
    stdout: str
    stderr: str

    @property
    def document(self):
        return json.loads(self.stdout)

    def came_to(self, exit_code, attempts=None, obtained=None):
        """What differs from what is expected, as one line each."""
        found = [] if self.code == exit_code else [f"exit {self.code}, expected {exit_code}: {self.stderr[-400:]}"]
        document = self.document if attempts is not None or obtained is not None else {}
        if attempts is not None and len(document["attempts"]) != attempts:
            found.append(f"{len(document['attempts'])} attempts, expected {attempts}")
        seen = (document.get("credential") or {}).get("obtained")
        if obtained is not None and seen != obtained:
            found.append(f"the credential was {seen}, expected {obtained}")
        return found


class Grpcauth:
    def __init__(self, binary, directory, environment):
        self.binary = str(binary)
        self.pki = directory / "pki"
        self.ca = ("--cacert", str(self.pki / "ca.pem"))
        self.environment = environment
        self.trust = ssl.create_default_context(cafile=self.pki / "ca.pem")
        self.directory = directory
        self.outputs = []

    @contextlib.contextmanager
    def fresh_cache(self):
        self.outputs.clear()
        with tempfile.TemporaryDirectory(dir=self.directory) as cache:
            self.environment["XDG_CACHE_HOME"] = cache
            yield

    def run(self, *argv):
        argv = [self.binary, *map(str, argv)]
        done = subprocess.run(argv, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        self.outputs.append(run)
        return run

    def call(self, port, *arguments):
        return self.run("call", f"localhost:{port}", "interop.v1.Orders/Get", "-d", '{"id":"1"}', *self.ca, *arguments, "--format", "json")

    def token(self, *arguments):
        """`token get`, whose standard output is the token."""
        run = self.run("token", "get", *self.ca, *arguments)
        assert run.code == 0, f"token get: exit {run.code}: {run.stderr}"
        self.outputs.pop()
        return run.stdout.strip()

    def twenty(self, port, *arguments):
        """The same call from twenty processes at once."""
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            return [run.result() for run in [pool.submit(self.call, port, *arguments) for _ in range(20)]]

    def leaks(self):
        """Secrets in what was printed since the cache was fresh."""
        in_json = (lambda secret: json.dumps(secret)[1:-1], lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1])
        forms = [form(secret) for secret in SECRETS.values() for form in (str, urllib.parse.quote, urllib.parse.quote_plus, *in_json)]
        return ["a secret is shown"] if any(form in run.stdout + run.stderr for run in self.outputs for form in forms) else []

    def get(self, url, form=None):
        body = urllib.parse.urlencode(form).encode() if form else None
        with urllib.request.urlopen(url, body, timeout=20, context=self.trust) as answer:
            return answer.read().decode()

    def secret_file(self, name, text) -> pathlib.Path:
        path = self.directory / name
        path.touch(0o600)
        path.write_text(text)
        return path


def expect(what, seen, wanted):
    return [] if seen == wanted else [f"{what}: {seen}, expected {wanted}"]
