"""oidc-provider and oauth2-mock-server give the tokens; the Python server checks them, by JWK Set or by asking."""

import functools
import time

from .grpcauth import expect

SECRET = ("--client-secret", "env:INTEROP_CLIENT_SECRET")
OPAQUE = ("--resource", "urn:interop:opaque")


def issuer(port):
    return f"https://localhost:{port}/realms/orders"


class OAuth:
    def __init__(self, grpcauth, doors):
        self.grpcauth = grpcauth
        self.doors = doors
        self.issuer = issuer(doors["op"])
        self.mock = f"http://localhost:{doors['mock']}"

    def client(self, name, *more):
        return ("--issuer", self.issuer, "--client-id", name, *more)

    def requests(self):
        return int(self.grpcauth.get(f"https://localhost:{self.doors['op']}/control/requests"))

    def asked(self, before, wanted):
        return expect("token requests", self.requests() - before, wanted)

    def refresh_token(self, resource):
        text = self.grpcauth.get(f"https://localhost:{self.doors['op']}/control/refresh-token?{resource}")
        path = self.grpcauth.secret_file("refresh-token", text)
        return self.client("app", "--refresh-token", f"file:{path}")

    def introspect_or_revoke(self, what, token):
        form = {"client_id": "post", "client_secret": self.grpcauth.environment["INTEROP_CLIENT_SECRET"], "token": token}
        return self.grpcauth.get(f"{self.issuer}/token/{what}", form)

    def kept(self):
        """An opaque token in the cache on disk, which its own server makes void."""
        arguments = self.client("post", *SECRET, "--client-auth", "client_secret_post", *OPAQUE, "--token-cache", "disk")
        token = self.grpcauth.token(*arguments)
        return arguments, token

    def revoked(self):
        arguments, token = self.kept()
        self.introspect_or_revoke("revocation", token)
        return arguments, token

    # The cases.

    def authenticated(self, door, arguments):
        before = self.requests()
        run = self.grpcauth.call(self.doors[door], *arguments)
        return run.came_to(0, attempts=1, obtained="fetched") + self.asked(before, 1)

    def refused(self, arguments, said):
        run = self.grpcauth.call(self.doors["jwks"], *arguments)
        return run.came_to(4, attempts=0) + ([] if said in run.stdout else [f"nothing says {said}"])

    def active(self):
        _, token = self.kept()
        return [] if '"active":true' in self.introspect_or_revoke("introspection", token) else ["the token is not active"]

    def verified(self):
        token = self.grpcauth.token(*self.client("basic", *SECRET))
        path = self.grpcauth.secret_file("token", token)
        verify = functools.partial(self.grpcauth.run, "token", "verify", f"file:{path}", *self.grpcauth.ca, "--issuer", self.issuer)
        return verify("--audience", "orders").came_to(0) + verify("--audience", "others").came_to(1)

    def rotated(self):
        arguments = self.refresh_token("urn:interop:opaque")
        call = functools.partial(self.grpcauth.call, self.doors["introspection"], *arguments)
        before = self.requests()
        problems = call().came_to(0, attempts=1, obtained="fetched") + call().came_to(0, attempts=1, obtained="cache")
        problems += self.asked(before, 1)
        # The rotated one must be what is sent now: the provider takes everything away when an old one comes.
        for _ in range(3):
            problems += self.grpcauth.run("token", "refresh", *self.grpcauth.ca, *arguments).came_to(0)
        return problems + call().came_to(0, obtained="cache") + self.asked(before, 4)

    def spent(self):
        arguments = self.refresh_token("urn:interop:opaque")
        self.grpcauth.token(*arguments)
        self.grpcauth.run("token", "clear")
        return self.grpcauth.call(self.doors["introspection"], *arguments).came_to(4, attempts=0)

    def once_more(self):
        arguments, _ = self.revoked()
        before = self.requests()
        run = self.grpcauth.call(self.doors["introspection"], *arguments)
        return run.came_to(0, attempts=2, obtained="refreshed") + self.asked(before, 1)

    def not_for_a_denial(self):
        arguments, _ = self.revoked()
        before = self.requests()
        run = self.grpcauth.call(self.doors["introspection"], *arguments, "--expect", "UNAUTHENTICATED")
        return run.came_to(0, attempts=1, obtained="cache") + self.asked(before, 0)

    def static(self):
        _, token = self.revoked()
        path = self.grpcauth.secret_file("static", token)
        before = self.requests()
        return self.grpcauth.call(self.doors["introspection"], "--token", f"file:{path}").came_to(80, attempts=1) + self.asked(before, 0)

    def permission_denied(self):
        """The careless interceptor: a revoked token is no JWT, and PERMISSION_DENIED is never asked about again."""
        arguments, _ = self.kept()
        return self.grpcauth.call(self.doors["denying"], *arguments).came_to(71, attempts=1)

    def twenty_revoked(self):
        arguments, _ = self.revoked()
        before = self.requests()
        runs = self.grpcauth.twenty(self.doors["introspection"], *arguments)
        # Who comes late finds the new one in the cache, and calls once.
        return [problem for run in runs for problem in run.came_to(0)] + self.asked(before, 1)

    def twenty_expired(self):
        arguments = self.refresh_token("urn:interop:brief")
        self.grpcauth.token(*arguments)
        time.sleep(4.5)  # longer than a brief token lasts
        before = self.requests()
        runs = self.grpcauth.twenty(self.doors["introspection"], *arguments)
        return [problem for run in runs for problem in run.came_to(0, attempts=1)] + self.asked(before, 1)

    def mocked(self, client, said=None):
        run = self.grpcauth.run("token", "get", "--issuer", self.mock, "--client-id", client)
        if said is None:
            return run.came_to(0) + ([] if run.stdout.count(".") == 2 else ["standard output is not the token alone"])
        return run.came_to(4) + ([] if said in run.stderr else [f"nothing says {said}: {run.stderr}"])

    def password_grant(self):
        user = ("--grant", "password", "--user", "alice", "--password", "env:INTEROP_PASSWORD")
        return self.grpcauth.run("token", "get", "--issuer", self.mock, "--client-id", "cli", *user).came_to(0)

    def stale(self):
        """`expires_in` says 3600, the token itself that it is over: the server is asked, and once more with a new one."""
        arguments = ("--issuer", self.mock, "--client-id", "stale")
        run = self.grpcauth.call(self.doors["jwks"], *arguments)
        told = "is over" in self.grpcauth.run("token", "get", *arguments).stderr
        return run.came_to(80, attempts=2) + ([] if told else ["token get does not tell"])


def cases(grpcauth, doors):
    all_of = OAuth(grpcauth, doors)
    key, certificate = grpcauth.pki / "viewer.key", grpcauth.pki / "viewer.pem"
    methods = {
        "client_secret_basic": ("basic", *SECRET),
        "client_secret_post": ("post", *SECRET, "--client-auth", "client_secret_post"),
        "client_secret_jwt": ("hs", *SECRET, "--client-auth", "client_secret_jwt"),
        "private_key_jwt": ("key", "--assertion-key", f"file:{key}"),
        "tls_client_auth": ("cert", "--client-auth", "tls_client_auth", "--token-cert", certificate, "--token-key", key),
    }
    for method, client in methods.items():
        yield method, functools.partial(all_of.authenticated, "jwks", all_of.client(*client))
    scoped = all_of.client("basic", *SECRET, "--scope", "orders:read", "--resource", "urn:interop:orders")
    yield "a scope and a resource", functools.partial(all_of.authenticated, "jwks", scoped)
    bare = all_of.client("basic", *SECRET, "--header-name", "x-token", "--scheme=")
    yield "another header, no scheme", functools.partial(all_of.authenticated, "header", bare)
    refusals = (
        ("a scope that is not allowed", (*SECRET, "--scope", "orders:write"), "invalid_scope"),
        ("an unknown resource", (*SECRET, "--resource", "urn:interop:none"), "invalid_target"),
        ("a wrong secret", ("--client-secret", "env:INTEROP_WRONG"), "invalid_client"),
    )
    for name, more, said in refusals:
        yield name, functools.partial(all_of.refused, all_of.client("basic", *more), said)
    slash = ("--issuer", all_of.issuer + "/", "--client-id", "basic", *SECRET)
    yield "an issuer with a slash too many", functools.partial(all_of.refused, slash, "equal to the letter")
    yield "a token that the provider calls active", all_of.active
    yield "a token verified by the issuer's keys", all_of.verified
    yield "refresh tokens that rotate", all_of.rotated
    yield "a spent refresh token", all_of.spent
    yield "revoked: one refresh, one retry", all_of.once_more
    yield "revoked, and a denial expected: no retry", all_of.not_for_a_denial
    yield "revoked and static: no retry", all_of.static
    yield "PERMISSION_DENIED: no retry", all_of.permission_denied
    yield "twenty processes, a revoked token: one request", all_of.twenty_revoked
    yield "twenty processes, an expired token: one request", all_of.twenty_expired
    yield "password", all_of.password_grant
    for client in ("string", "silent", "untyped"):
        yield f"a mock's answer: {client}", functools.partial(all_of.mocked, client)
    for client, said in (("gateway", "502 Bad Gateway"), ("refused", "invalid_client"), ("empty", "ok"), ("polite", "with 200")):
        yield f"a mock's answer: {client}", functools.partial(all_of.mocked, client, said)
    yield "a mock's token that is over although expires_in says 3600", all_of.stale
