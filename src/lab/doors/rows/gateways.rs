//! Doors where a gateway answers in the server's place.

use crate::lab::doors::Door;
use crate::lab::doors::FAULTY;
use crate::lab::doors::gateway;

/// A gateway answers reflection in its own way too, so the descriptors come from a file.
pub(super) const EXAMPLE: &str = "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --protoset {dir}/vault.protoset";

const GATEWAY: Door = Door {
    files: &["ca.pem", "vault.protoset"],
    example: EXAMPLE,
    ..FAULTY
};

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "gateway-401",
        summary: "a gateway answers every call with HTTP 401, a challenge and a login page",
        demonstrates: Some("gateway.unauthenticated"),
        open: |_| Ok(gateway::unauthenticated()),
        ..GATEWAY
    },
    Door {
        id: "gateway-403",
        summary: "a gateway answers every call with HTTP 403",
        demonstrates: Some("gateway.forbidden"),
        open: |_| Ok(gateway::forbidden()),
        ..GATEWAY
    },
    Door {
        id: "gateway-302",
        summary: "a gateway redirects every call to its login page",
        demonstrates: Some("gateway.redirect-to-login"),
        open: |_| Ok(gateway::redirect()),
        ..GATEWAY
    },
    Door {
        id: "gateway-503",
        summary: "a gateway has no healthy server behind it, and answers HTTP 503",
        demonstrates: Some("gateway.error"),
        open: |_| Ok(gateway::unavailable()),
        ..GATEWAY
    },
    Door {
        id: "gateway-html",
        summary: "a gateway answers every call with HTTP 200 and its login page",
        demonstrates: Some("http.not-grpc"),
        open: |_| Ok(gateway::page()),
        ..GATEWAY
    },
    Door {
        id: "gateway-431",
        summary: "a gateway finds every request's headers too large",
        demonstrates: Some("credential.too-large"),
        needs: "a token, which is most of the headers; refused all the same",
        files: &["ca.pem", "vault.protoset", "token-viewer.jwt"],
        example: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --protoset {dir}/vault.protoset --token file:{dir}/token-viewer.jwt",
        open: |_| Ok(gateway::too_large()),
        ..GATEWAY
    },
];
