"""A resource server for oidc-provider's tokens: one door verifies JWTs by the issuer's JWK Set, one asks it about opaque ones.

    server.py --dir PKI --proto DIR --issuer URL

Two more doors say PERMISSION_DENIED where UNAUTHENTICATED is meant, as careless interceptors do (`denying`), and read
the token from `x-token` (`header`). Prints one line of JSON, {"jwks": PORT, …}, and serves until its standard input ends.
"""

import argparse
import json
import os
import pathlib
import ssl
import sys
import urllib.parse
import urllib.request
from concurrent import futures

import grpc
import jwt
from grpc_reflection.v1alpha import reflection


class Refused(Exception):
    pass


class ByJwks:
    """Signature, issuer, audience and time of a JWT."""

    def __init__(self, issuer, trust):
        self.issuer = issuer
        self.keys = jwt.PyJWKClient(f"{issuer}/jwks", ssl_context=trust)

    def check(self, token):
        try:
            key = self.keys.get_signing_key_from_jwt(token)
            jwt.decode(token, key, algorithms=["RS256"], issuer=self.issuer, audience="orders", options={"require": ["exp"]})
        except jwt.PyJWTError as error:
            raise Refused(f"invalid token: {error}") from None


class ByIntrospection:
    """RFC 7662: the authorization server says whether a token is still good."""

    def __init__(self, issuer, trust, secret):
        self.url = f"{issuer}/token/introspection"
        self.trust = trust
        self.secret = secret

    def check(self, token):
        body = urllib.parse.urlencode({"token": token, "client_id": "post", "client_secret": self.secret}).encode()
        with urllib.request.urlopen(self.url, body, timeout=20, context=self.trust) as answer:
            if not json.load(answer)["active"]:
                raise Refused("the token is not active")


class Interceptor(grpc.ServerInterceptor):
    def __init__(self, checker, status=grpc.StatusCode.UNAUTHENTICATED, key="authorization", scheme="Bearer "):
        self.checker = checker
        self.status = status
        self.key = key
        self.scheme = scheme

    def intercept_service(self, continuation, call):
        handler = continuation(call)
        if handler is None or call.method.startswith("/grpc.reflection."):
            return handler
        try:
            sent = dict(call.invocation_metadata).get(self.key)
            if sent is None or not sent.startswith(self.scheme):
                raise Refused("missing token")
            self.checker.check(sent.removeprefix(self.scheme))
        except Refused as refused:
            return self.refusal(str(refused))
        return handler

    def refusal(self, text):
        return grpc.unary_unary_rpc_method_handler(lambda _, context: context.abort(self.status, text))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", type=pathlib.Path, required=True)
    parser.add_argument("--proto", type=pathlib.Path, required=True)
    parser.add_argument("--issuer", required=True)
    options = parser.parse_args()
    sys.path.insert(0, str(options.proto))  # where grpcio looks for .proto files
    protos, services = grpc.protos_and_services("orders.proto")

    class Orders(services.OrdersServicer):
        def Get(self, request, context):
            return protos.Order(id=request.id)

    trust = ssl.create_default_context(cafile=options.dir / "ca.pem")
    jwks = ByJwks(options.issuer, trust)
    doors = {
        "jwks": Interceptor(jwks),
        "denying": Interceptor(jwks, status=grpc.StatusCode.PERMISSION_DENIED),
        "header": Interceptor(jwks, key="x-token", scheme=""),
        "introspection": Interceptor(ByIntrospection(options.issuer, trust, os.environ["INTEROP_CLIENT_SECRET"])),
    }
    pair = ((options.dir / "server.key").read_bytes(), (options.dir / "server.pem").read_bytes())
    ports, servers = {}, []
    for door, interceptor in doors.items():
        server = grpc.server(futures.ThreadPoolExecutor(20), interceptors=[interceptor])
        services.add_OrdersServicer_to_server(Orders(), server)
        reflection.enable_server_reflection(["interop.v1.Orders", reflection.SERVICE_NAME], server)
        ports[door] = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([pair]))
        server.start()
        servers.append(server)
    print(json.dumps(ports), flush=True)
    sys.stdin.read()  # the driver's end of it
    for server in servers:
        server.stop(0)


main()
