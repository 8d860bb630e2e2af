"""The login that a Go service has: over HTTP, and by RPC with refresh tokens that rotate."""

import functools
import json
import time

from .grpcauth import expect

USER = ("--password", "env:INTEROP_PASSWORD", "--user")


class Login:
    def __init__(self, grpcauth, doors):
        self.grpcauth = grpcauth
        self.doors = doors
        self.origin = f"http://127.0.0.1:{doors['http']}"
        self.url = ("--login-url", f"{self.origin}/login", *USER)
        self.rpc = ("--login-rpc", "auth.v1.AuthService", *USER)

    def counts(self):
        return json.loads(self.grpcauth.get(f"{self.origin}/count"))

    def given_out(self, before, **wanted):
        now = self.counts()
        seen = {name: now.get(name, 0) - before.get(name, 0) for name in ("login", "Login", "RefreshToken")}
        return expect("tokens given out", {name: count for name, count in seen.items() if count}, wanted)

    def call(self, *arguments, door="grpc"):
        return self.grpcauth.call(self.doors[door], *arguments)

    # The cases.

    def over_http(self):
        before = self.counts()
        return self.call(*self.url, "hanna").came_to(0, attempts=1, obtained="fetched") + self.given_out(before, login=1)

    def wrong_password(self, way, said):
        run = self.call(*way, "--user", "hanna", "--password", "env:INTEROP_WRONG")
        return run.came_to(4, attempts=0) + ([] if said in run.stdout else [f"nothing says {said}"])

    def refused_again(self):
        before = self.counts()
        return self.call(*self.url, "hanna", door="never").came_to(80, attempts=2) + self.given_out(before, login=2)

    def denial_expected(self):
        before = self.counts()
        run = self.call(*self.url, "hanna", "--expect", "UNAUTHENTICATED", door="never")
        return run.came_to(0, attempts=1) + self.given_out(before, login=1)

    def never_retried(self):
        before = self.counts()
        run = self.call(*self.url, "hanna", "--retry-auth", "never", door="never")
        return run.came_to(80, attempts=1) + self.given_out(before, login=1)

    def by_rpc(self):
        before = self.counts()
        first, second = self.call(*self.rpc, "rita"), self.call(*self.rpc, "rita")
        return first.came_to(0, 1, "fetched") + second.came_to(0, 1, "cache") + self.given_out(before, Login=1)

    def revoked(self, door):
        problems = self.call(*self.rpc, "rolf", door=door).came_to(0)
        before = self.counts()
        # Each refresh spends a refresh token; one that came twice would end the session.
        for _ in range(3):
            self.grpcauth.get(f"{self.origin}/revoke?rolf")
            problems += self.call(*self.rpc, "rolf", door=door).came_to(0, 2, "refreshed")
        return problems + self.given_out(before, RefreshToken=3)

    def twenty_expired(self):
        problems = self.call(*self.rpc, "brief-tom").came_to(0)
        time.sleep(4.5)  # longer than a brief token lasts
        before = self.counts()
        runs = self.grpcauth.twenty(self.doors["grpc"], *self.rpc, "brief-tom")
        return problems + [problem for run in runs for problem in run.came_to(0, 1)] + self.given_out(before, RefreshToken=1)

    def logged_out(self):
        target = f"localhost:{self.doors['grpc']}"
        arguments = (*self.rpc, "lisa")
        token = self.grpcauth.token(target, *arguments)
        kept = self.grpcauth.secret_file("kept", token)
        problems = self.call("--token", f"file:{kept}").came_to(0)
        problems += self.grpcauth.run("token", "clear", target, *self.grpcauth.ca, *arguments, "--log-out").came_to(0)
        return problems + self.call("--token", f"file:{kept}").came_to(80, attempts=1)

    def everybody_apart(self):
        """What one user has in the cache is never the other's."""
        return self.call(*self.rpc, "anna").came_to(0, 1, "fetched") + self.call(*self.rpc, "berta").came_to(0, 1, "fetched")


def cases(grpcauth, doors):
    all_of = Login(grpcauth, doors)
    yield "over HTTP", all_of.over_http
    wrong = all_of.wrong_password
    yield "over HTTP, a wrong password", functools.partial(wrong, ("--login-url", f"{all_of.origin}/login"), "unexpected authentication response: 401")
    yield "refused again: two attempts and no more", all_of.refused_again
    yield "a denial expected: no retry", all_of.denial_expected
    yield "--retry-auth never", all_of.never_retried
    yield "by RPC, kept", all_of.by_rpc
    yield "by RPC, a wrong password", functools.partial(wrong, ("--login-rpc", "auth.v1.AuthService"), "invalid credentials")
    yield "revoked: one refresh, one retry, rotated", functools.partial(all_of.revoked, "grpc")
    yield "revoked, by a server behind net/http: one refresh, one retry", functools.partial(all_of.revoked, "handler")
    yield "twenty processes, an expired token: one refresh", all_of.twenty_expired
    yield "logged out", all_of.logged_out
    yield "two users", all_of.everybody_apart
