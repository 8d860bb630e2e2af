"""The table: what grpcauth must say about each door of each stack.

A case names a door; it runs on every stack that has the door. Where stacks differ, EXCEPTIONS says so.
"""

import dataclasses
import json

from . import grpc_interop_cases
from . import key_cases
from . import peer_cases
from .case import CA, IN_CLEAR, PLAINTEXT, PROTOSET, TOKEN, WEAK, WRONG, Case, allowed, client_certificate, denied, no_status
from .outcome import ANY


def credentials(door, *channel):
    """What is sent and how it is judged: the same over every channel."""
    return (
        allowed(f"{door}: good token", door, *channel, *TOKEN),
        allowed(f"{door}: good token by -H", door, *channel, "-H", "authorization: Bearer good-token"),
        denied(f"{door}: no token", door, *channel, status=16, diagnosis="credential.none-sent"),
        denied(f"{door}: wrong token", door, *channel, *WRONG, status=16, diagnosis="credential.rejected"),
        denied(f"{door}: weak token", door, *channel, *WEAK, status=7, diagnosis="permission.denied"),
        Case(
            f"{door}: an order that is not there", door, (*channel, *TOKEN), 69, ANY, 5, ("allowed", "inconclusive"), "done",
            data='{"id":"none"}',
        ),
        Case(f"{door}: denied as expected", door, (*channel, "--expect", "denied"), 0, "credential.none-sent", 16, "denied", "done"),
        Case(f"{door}: allowed against --expect", door, (*channel, *TOKEN, "--expect", "UNAUTHENTICATED"), 1, None, 0, "allowed", "done"),
    )


# A program that gives another token each time, which nobody issued.
ANEW = ("--exec", "openssl rand -hex 16")


def renewed(door, *channel):
    """A refused token is renewed once, and the call made once more, whatever its kind: never twice."""
    kinds = (("Get", '{"id":"1"}'), ("List", "{}"), ("Put", '{"id":"1"}'), ("Chat", '{"text":"a"}'))
    refused = {"status": 16, "diagnosis": "credential.rejected"}
    twice = (
        denied(f"{door}: {name} with a token that is refused again", door, *channel, *ANEW, attempts=2, method=f"interop.v1.Orders/{name}", data=data, **refused)
        for name, data in kinds
    )
    return (
        *twice,
        denied(f"{door}: --retry-auth never", door, *channel, *ANEW, "--retry-auth", "never", attempts=1, **refused),
        denied(f"{door}: a static token", door, *channel, *WRONG, attempts=1, **refused),
        denied(f"{door}: the same token again", door, *channel, "--exec", "printenv INTEROP_WRONG", attempts=1, **refused),
        Case(
            f"{door}: a token refused as expected", door, (*channel, *ANEW, "--expect", "UNAUTHENTICATED"), 0, "credential.rejected", 16,
            "denied", "done", attempts=1,
        ),
    )


def transport(door):
    """What the handshake must say."""
    return (
        allowed(f"{door}: good token, by name", door, *CA, *TOKEN, host="localhost"),
        no_status(f"{door}: no CA given", door, *TOKEN, diagnosis="trust.no-path", reached="tls"),
        no_status(f"{door}: another CA", door, "--cacert", "{pki}/other-ca.pem", *TOKEN, diagnosis="trust.no-path", reached="tls"),
        no_status(f"{door}: wrong name", door, *CA, *TOKEN, "--servername", "wrong.test", diagnosis="name.mismatch", reached="tls"),
        allowed(f"{door}: a strange authority", door, *CA, *TOKEN, "--servername", "localhost", "--authority", "orders.test"),
        allowed(f"{door}: descriptors from a file", door, *CA, *TOKEN, *PROTOSET),
        allowed(f"{door}: at most 1.2", door, *CA, *TOKEN, "--tls-max", "1.2"),
        no_status(f"{door}: plaintext dialled", door, *PLAINTEXT, diagnosis="plain.server-wants-tls"),
    )


PLAIN = (
    no_status("plaintext: TLS dialled", "plaintext", *CA, *TOKEN, diagnosis="plain.server-is-grpc", reached="tls"),
    allowed("plaintext: a token, on loopback", "plaintext", *PLAINTEXT, *TOKEN),
)


def mutual(door):
    return (
        allowed(f"{door}: good certificate", door, *CA, *client_certificate("viewer")),
        no_status(f"{door}: no certificate", door, *CA, diagnosis="mtls.required"),
        no_status(f"{door}: no certificate, a token instead", door, *CA, *TOKEN, diagnosis="mtls.required"),
        no_status(
            f"{door}: another CA's certificate", door, *CA, *client_certificate("other"), diagnosis=("mtls.unknown-ca", "mtls.not-listed")
        ),
        no_status(f"{door}: expired certificate", door, *CA, *client_certificate("expired"), diagnosis="mtls.expired"),
        no_status(f"{door}: a server's certificate", door, *CA, *client_certificate("purpose"), diagnosis="mtls.purpose"),
        no_status(
            f"{door}: without its intermediate", door, *CA, *client_certificate("viewer", "viewer-no-chain"), diagnosis="mtls.no-chain"
        ),
    )


def over_http(name, *args, diagnosis):
    """A front that lets every handshake through and refuses the certificate in HTTP: 400 is INTERNAL to gRPC."""
    return denied(
        name, "mtls_http", *CA, *TOKEN, *args, status=13, diagnosis=diagnosis, outcome=("denied", "inconclusive")
    )


FRONT = (
    allowed("mtls_http: good certificate", "mtls_http", *CA, *TOKEN, *client_certificate("viewer")),
    over_http("mtls_http: no certificate", diagnosis="mtls.required"),
    over_http("mtls_http: another CA's certificate", *client_certificate("other"), diagnosis=("mtls.unknown-ca", "mtls.not-listed")),
    over_http("mtls_http: expired certificate", *client_certificate("expired"), diagnosis="mtls.expired"),
    denied(
        "bad_gateway: nobody behind it", "bad_gateway", *CA, *TOKEN, status=14, diagnosis="gateway.error",
        outcome="inconclusive",
    ),
    denied(
        "grpc_errors: nobody behind it", "grpc_errors", *CA, *TOKEN, *PROTOSET, status=14, diagnosis="grpc.status",
        outcome="inconclusive", answered_by="proxy",
    ),
)

# PINGs while an answer is owed, on a server that allows one in five minutes and on one that allows them.
SLOW = {"data": '{"id":"slow"}', "within": 8.0}
OFTEN = ("--keepalive-time", "200ms")
KEEPALIVE = (
    allowed("keepalive: as often as the server allows", "patient", *CA, *OFTEN, **SLOW),
    no_status("keepalive: more often than the server allows", "tls", *CA, *TOKEN, *OFTEN, diagnosis="http2.too-many-pings", **SLOW),
    allowed("keepalive: seldom", "tls", *CA, *TOKEN, "--keepalive-time", "10m", **SLOW),
)

# Revocation lists, checked here and by a server.
REVOCATION = (
    no_status("crl: the server is revoked", "tls", *CA, *TOKEN, "--crl", "{pki}/server.crl", diagnosis="revocation.crl", reached="tls"),
    allowed("crl: another is revoked", "tls", *CA, *TOKEN, "--crl", "{pki}/clients.crl"),
    allowed("mtls_http: a certificate that its list does not name", "mtls_http", *CA, *TOKEN, *client_certificate("viewer")),
    over_http("mtls_http: revoked certificate", *client_certificate("revoked"), diagnosis="mtls.rejected"),
)


def healthy(name, door, *args, service="", **more):
    """The document of `health` has the parts of a call's."""
    return dataclasses.replace(allowed(name, door, *args, messages=None), command="health", service=service, **more)


HEALTH = tuple(
    healthy(f"health: {name}", "tls", *CA, *TOKEN, **more)
    for name, more in (
        ("the server as a whole", {"messages": ({"status": "SERVING"},)}),
        ("a service that is not serving", {"service": "interop.v1.Orders", "messages": ({"status": "NOT_SERVING"},), "exit": 1}),
        (
            "a service that nobody knows",
            {"service": "interop.v1.Nobody", "exit": 69, "status": 5, "outcome": "inconclusive", "diagnosis": "grpc.unknown-health-service"},
        ),
    )
) + (healthy("health: without the token", "tls", *CA, exit=80, status=16, outcome="denied", diagnosis="credential.none-sent"),)

# Doors that only one stack has.
DOORS = (
    allowed("tls12: good token", "tls12", *CA, *TOKEN),
    allowed("v1alpha: only the older reflection", "v1alpha", *CA, *TOKEN),
    allowed("guarded: the token goes to reflection too", "guarded", *CA, *TOKEN),
    denied("guarded: no token", "guarded", *CA, status=16, diagnosis=("reflection.denied", "credential.none-sent")),
    denied(
        "guarded: token kept from reflection", "guarded", *CA, *TOKEN, "--no-auth-on-reflection", status=16,
        diagnosis=("reflection.denied", "credential.none-sent"),
    ),
    allowed("guarded: descriptors from a file", "guarded", *CA, *TOKEN, *PROTOSET, "--no-auth-on-reflection"),
    denied(
        "gateway: 401 without reflection", "gateway", *CA, *TOKEN, *PROTOSET, status=16,
        diagnosis="gateway.unauthenticated", answered_by="proxy",
    ),
    denied("gateway: 401 in HTML", "gateway", *CA, *TOKEN, status=16, diagnosis="gateway.unauthenticated"),
)

STREAM = ("--plaintext",)
SAMPLES = tuple(
    dataclasses.replace(case, method="interop.v1.Samples/Read", data='{"count":3}', messages=None)
    for case in (
        allowed("samples: plain", "samples", *STREAM),
        allowed("samples: gzip both ways", "samples", *STREAM, "--compress", "gzip", headers=(("grpc-encoding", "gzip"),)),
        allowed("samples: within the size", "samples", *STREAM, "--max-msg-size", "1KiB"),
        denied("samples: beyond the size", "samples", *STREAM, "--max-msg-size", "100", status=8, diagnosis=ANY, outcome="inconclusive"),
        denied(
            "samples: beyond the size once inflated", "samples", *STREAM, "--compress", "gzip", "--max-msg-size", "100", status=8,
            diagnosis=ANY, outcome="inconclusive",
        ),
    )
)

EVERYTHING = {
    "explicit": 0, "required": 0, "packed": [1, 2], "expanded": [1, 2], "delimited": {"text": "a"}, "prefixed": {"text": ""},
    "parts": {"k": {"text": "b"}}, "kind": "KIND_ONE", "ruled": "x",
}
ECHO = {"method": "interop.v1.Editions/Echo", "data": json.dumps({**EVERYTHING, "implicit": 0})}
EDITIONS = (
    allowed("editions: every feature, an import of options", "editions", *STREAM, messages=(EVERYTHING,), **ECHO),
    Case(
        "editions: -v tells of an import that is not registered", "unregistered", (*STREAM, "-v"), json=False,
        stderr=("`validate/validate.proto` is missing; `editions.proto` imports it",), **ECHO,
    ),
    Case(
        "editions: no value of a closed enum", "editions", STREAM, 2, json=False, stderr=("`interop.v1.Kind` is closed, and has no value 5",),
        **{**ECHO, "data": '{"required":1,"kind":5}'},
    ),
)

TEXT = (
    Case("text: the answer", "tls", (*CA, *TOKEN), json=False),
    Case("text: nothing leaks at -vv", "tls", (*CA, *WRONG, "-vv"), 80, json=False, stderr=("UNAUTHENTICATED", "invalid token")),
    Case(
        "text: no token", "tls", CA, 80, json=False,
        stderr=("error[credential.none-sent]: ", "UNAUTHENTICATED (16)", "missing bearer token", "fix: "),
    ),
    Case("text: no CA", "tls", TOKEN, 3, json=False, stderr=("error[trust.no-path]: ", "interop root", "fix: ")),
    Case("text: no certificate", "mtls", CA, 3, json=False, stderr=("error[mtls.required]: ", "--cert", "fix: ")),
    Case("text: refused port", "closed", (*CA, *TOKEN), 3, json=False, stderr=("error[net.refused]: ", "fix: ")),
)

CLOSED = (no_status("closed: nobody listens", "closed", *CA, *TOKEN, diagnosis="net.refused", reached="connect", within=1.0),)

CASES = (
    *credentials("plaintext", *IN_CLEAR),
    *credentials("tls", *CA),
    *renewed("tls", *CA),
    *transport("tls"),
    *transport("tls_jdk"),
    *PLAIN,
    *mutual("mtls"),
    *mutual("mtls12"),
    *mutual("mtls_jdk"),
    *mutual("mtls12_jdk"),
    *FRONT,
    *KEEPALIVE,
    *REVOCATION,
    *HEALTH,
    *DOORS,
    *CLOSED,
    *SAMPLES,
    *EDITIONS,
    *TEXT,
    *key_cases.CASES,
    *peer_cases.CASES,
    *grpc_interop_cases.CASES,
)

# (stack, case) → the fields in which this stack differs, with the reason.
# The C core names no CA and gives no reason: only what is wrong with the certificate itself can be known.
EXCEPTIONS = {
    # Their stacks do not verify Ed25519, and their request says so.
    **{
        (stack, "keys: ed25519"): {
            "exit": 3, "status": None, "outcome": "no_status", "reached": None, "messages": None,
            "diagnosis": "mtls.unsupported-key",
        }
        for stack in ("python", "java", "envoy")
    },
    # grpc-js counts no PINGs, nor does nginx.
    **{
        (stack, "keepalive: more often than the server allows"): {
            "exit": 0, "status": 0, "outcome": "allowed", "diagnosis": None, "reached": "done",
        }
        for stack in ("node", "nginx")
    },
    # They have no health service.
    **{
        (stack, case.name): {
            "exit": 76, "status": 12, "outcome": "inconclusive", "diagnosis": "grpc.unimplemented-method", "messages": None,
        }
        for stack in ("node", "java")
        for case in HEALTH
    },
    # The C core says it in a status, before it closes.
    ("python", "keepalive: more often than the server allows"): {"exit": 78, "status": 14, "outcome": "inconclusive"},
    ("python", "mtls: another CA's certificate"): {"diagnosis": "net.closed"},
    ("python", "mtls: without its intermediate"): {"diagnosis": "net.closed"},
}


def cases_for(stack, doors):
    """The cases that this stack can run: those whose door it opened."""
    for case in CASES:
        if case.door in doors:
            yield dataclasses.replace(case, **EXCEPTIONS.get((stack, case.name), {}))
