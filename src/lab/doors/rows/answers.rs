//! Doors where the Vault's answers break gRPC, or say no in their own way.

use tonic::Code;

use crate::lab::doors::Door;
use crate::lab::doors::FAULTY;
use crate::lab::doors::canned;
use crate::lab::doors::canned::vault;

const ANSWER: Door = Door {
    needs: "ca.pem",
    ..FAULTY
};

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "status-conflict",
        summary: "the trailers hold grpc-status 0 and grpc-status 16",
        demonstrates: Some("grpc.status-conflict"),
        open: |inside| {
            vault(inside, |path| {
                canned::reply(path, &[("grpc-status", "0"), ("grpc-status", "16")])
            })
        },
        ..ANSWER
    },
    Door {
        id: "status-twice",
        summary: "the trailers hold grpc-status 0 twice",
        demonstrates: Some("grpc.deviation"),
        open: |inside| {
            vault(inside, |path| {
                canned::reply(path, &[("grpc-status", "0"), ("grpc-status", "0")])
            })
        },
        ..ANSWER
    },
    Door {
        id: "bad-status",
        summary: "grpc-status is a word",
        demonstrates: Some("grpc.bad-status"),
        open: |inside| vault(inside, |path| canned::reply(path, &[("grpc-status", "OK")])),
        ..ANSWER
    },
    Door {
        id: "no-trailers",
        summary: "the answer ends after its message, without trailers",
        demonstrates: Some("grpc.bad-status"),
        open: |inside| vault(inside, |path| canned::reply(path, &[])),
        ..ANSWER
    },
    Door {
        id: "two-messages",
        summary: "methods that answer with one message answer with two",
        demonstrates: Some("grpc.cardinality"),
        open: |inside| vault(inside, canned::two_messages),
        ..ANSWER
    },
    Door {
        id: "unknown-compression",
        summary: "messages are compressed with zstd, which was not offered",
        demonstrates: Some("grpc.compression"),
        open: |inside| vault(inside, canned::compressed),
        ..ANSWER
    },
    Door {
        id: "undecodable",
        summary: "messages are of another type than the descriptors say",
        demonstrates: Some("grpc.undecodable"),
        open: |inside| vault(inside, canned::undecodable),
        ..ANSWER
    },
    Door {
        id: "no-method",
        summary: "every method of the Vault is UNIMPLEMENTED",
        demonstrates: Some("grpc.unimplemented-method"),
        open: |inside| vault(inside, |_| canned::ended(Code::Unimplemented, "", &[])),
        ..ANSWER
    },
    Door {
        id: "no-service",
        summary: "reflection lists the Vault, and the server does not have it",
        demonstrates: Some("grpc.unimplemented-service"),
        open: |inside| {
            vault(inside, |_| {
                canned::ended(Code::Unimplemented, "unknown service lab.v1.Vault", &[])
            })
        },
        ..ANSWER
    },
    Door {
        id: "verifier-down",
        summary: "the server cannot fetch the keys that it verifies tokens with, as Envoy says it",
        demonstrates: Some("credential.verifier-failed"),
        open: |inside| {
            vault(inside, |_| {
                canned::ended(Code::Unauthenticated, "Jwks remote fetch is failed", &[])
            })
        },
        ..ANSWER
    },
    Door {
        id: "denial-in-message",
        summary: "every call is OK, and its message says that it was denied, as etcd's Watch does",
        demonstrates: Some("permission.in-message"),
        open: |inside| vault(inside, canned::denial_in_message),
        ..ANSWER
    },
    Door {
        id: "late",
        summary: "the Vault sends headers and then nothing",
        demonstrates: Some("deadline.exceeded"),
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --max-time 3s",
        open: |inside| vault(inside, |_| canned::never_ending()),
        ..ANSWER
    },
];
