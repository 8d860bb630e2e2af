//! Doors that are particular about client certificates.

use crate::lab::doors::Door;
use crate::lab::doors::MUTUAL;
use crate::lab::doors::channel::Channel;
use crate::lab::doors::channel::TLS;
use crate::lab::doors::client_certificates::Clients;

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "mtls-unnamed-ca",
        summary: "for clients with a certificate of the lab, and does not name the CA",
        demonstrates: Some("mtls.unknown-ca"),
        example: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-other-ca.pem --key {dir}/client-other-ca.key",
        channel: Channel::Tls(TLS.for_clients(Clients::WithCertificateOfUnnamedCa)),
        ..MUTUAL
    },
    Door {
        id: "mtls-p256",
        summary: "for clients with a certificate of the lab whose key is on P-256",
        demonstrates: Some("mtls.unsupported-key"),
        example: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-ed25519.pem --key {dir}/client-ed25519.key",
        channel: Channel::Tls(TLS.for_clients(Clients::WithP256)),
        ..MUTUAL
    },
    Door {
        id: "mtls-revoked",
        summary: "asks for a client certificate, and finds every one revoked",
        demonstrates: Some("mtls.rejected"),
        needs: "a client certificate; refused all the same",
        example: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-viewer.pem --key {dir}/client-viewer.key",
        channel: Channel::Tls(TLS.for_clients(Clients::WithNoneThatIsGood)),
        ..MUTUAL
    },
];
