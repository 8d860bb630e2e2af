"""The table of the whole servers: how each of them says no, which is seldom 16."""

import dataclasses

from .case import CA, PROTOSET, TOKEN, WRONG, Case, allowed, client_certificate, denied, no_status
from .outcome import ANY

NOT_GIVEN = ("credential.none-sent", "reflection.denied")


def calling(method, data, *cases):
    return tuple(dataclasses.replace(case, method=method, data=data) for case in cases)


OPENFGA = calling(
    "openfga.v1.OpenFGAService/ListStores",
    "{}",
    allowed("openfga: the key", "openfga", *CA, *TOKEN, messages=None),
    denied("openfga: no key", "openfga", *CA, status=1010, diagnosis=NOT_GIVEN, outcome=("denied", "inconclusive")),
    denied(
        "openfga: wrong key", "openfga", *CA, *WRONG, status=1500, diagnosis=("credential.rejected", "reflection.denied"),
        outcome=("denied", "inconclusive"),
    ),
    allowed("openfga: lower-case scheme", "openfga", *CA, *TOKEN, "--scheme", "bearer", messages=None),
    no_status("openfga: no CA given", "openfga", *TOKEN, diagnosis="trust.no-path", reached="tls"),
)

CERBOS = (
    *calling(
        "cerbos.svc.v1.CerbosService/ServerInfo", "{}", allowed("cerbos: open to all", "cerbos", *CA, messages=None)
    ),
    *calling(
        "cerbos.svc.v1.CerbosAdminService/ListPolicies",
        "{}",
        allowed("cerbos: user and password", "cerbos", *CA, "--user", "admin", "--password", "env:INTEROP_GOOD", messages=None),
        denied("cerbos: nobody", "cerbos", *CA, status=16, diagnosis="credential.none-sent"),
        denied(
            "cerbos: wrong password", "cerbos", *CA, "--user", "admin", "--password", "env:INTEROP_WRONG", status=16,
            diagnosis="credential.rejected",
        ),
        denied(
            "cerbos: a bearer instead of a password", "cerbos", *CA, *TOKEN, status=16,
            diagnosis=("credential.scheme", "credential.rejected"),
        ),
    ),
)

# etcd answers 3 where others say 16, and has no reflection.
DESCRIPTORS = ("--protoset", "{target}/etcd.protoset")
ETCD = (
    *calling(
        "etcdserverpb.KV/Range",
        '{"key":"YQ=="}',
        Case("etcd: no reflection", "etcd", CA, 5, "reflection.absent", ANY, ANY),
        denied("etcd: no token", "etcd", *CA, *DESCRIPTORS, status=3, diagnosis=ANY, outcome=ANY),
        denied("etcd: wrong token", "etcd", *CA, *DESCRIPTORS, *WRONG, status=16, diagnosis="credential.rejected"),
        allowed("etcd_mtls: good certificate", "etcd_mtls", *CA, *DESCRIPTORS, *client_certificate("viewer"), messages=({},)),
        no_status("etcd_mtls: no certificate", "etcd_mtls", *CA, *DESCRIPTORS, diagnosis="mtls.required"),
        no_status(
            "etcd_mtls: expired certificate", "etcd_mtls", *CA, *DESCRIPTORS, *client_certificate("expired"),
            diagnosis="mtls.expired",
        ),
    ),
    *calling(
        "etcdserverpb.Auth/Authenticate",
        '{"name":"root","password":"not this one"}',
        denied("etcd: wrong password in a message", "etcd", *CA, *DESCRIPTORS, status=3, diagnosis=ANY, outcome=ANY),
    ),
)


def jwt(which):
    return ("--token", f"env:INTEROP_JWT{which}")


ENVOY = (
    allowed("jwt: a good one", "jwt", *CA, *jwt("")),
    denied("jwt: none", "jwt", *CA, status=16, diagnosis="credential.none-sent", answered_by="proxy"),
    denied("jwt: expired", "jwt", *CA, *jwt("_EXPIRED"), status=16, diagnosis="credential.token-expired"),
    denied("jwt: another audience", "jwt", *CA, *jwt("_AUDIENCE"), status=7, diagnosis=("credential.audience", "permission.denied")),
    denied(
        "jwt: another issuer", "jwt", *CA, *jwt("_ISSUER"), status=16, diagnosis=("credential.issuer", "credential.rejected"),
        answered_by="proxy",
    ),
    denied("jwt: forged", "jwt", *CA, *jwt("_FORGED"), status=16, diagnosis="credential.rejected"),
    denied("jwt: no JWT at all", "jwt", *CA, *WRONG, status=16, diagnosis=("credential.rejected", "credential.malformed")),
    denied(
        "jwt: lower-case scheme", "jwt", *CA, *jwt(""), "--scheme", "bearer", status=16,
        diagnosis=("credential.scheme", "credential.rejected"),
    ),
    denied("forbidden: by the proxy's own rules", "forbidden", *CA, *jwt(""), status=7, diagnosis="permission.denied", answered_by="proxy"),
    # What the server behind it says itself is the server's.
    dataclasses.replace(
        denied(
            "jwt: no such order", "jwt", *CA, *jwt(""), status=5, diagnosis="grpc.status", outcome="inconclusive",
            answered_by="server",
        ),
        data='{"id":"nobody\'s"}',
    ),
    denied(
        "routed: another name", "routed", *CA, *PROTOSET, status=12, diagnosis="grpc.unimplemented-method", outcome="inconclusive",
        answered_by="unknown",
    ),
    allowed("routed: its name", "routed", *CA, "--authority", "orders.example.com"),
    denied(
        "down: nobody behind it", "down", *CA, *PROTOSET, status=14, diagnosis="grpc.status", outcome="inconclusive",
        answered_by="proxy",
    ),
    denied("down: reflection", "down", *CA, status=14, diagnosis="reflection.broken", outcome="inconclusive", answered_by="proxy"),
    denied("forbidden: nothing sent", "forbidden", *CA, status=7, diagnosis="permission.denied"),
)

CASES = (*OPENFGA, *CERBOS, *ETCD, *ENVOY)
