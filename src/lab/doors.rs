//! The lab's doors: each is an address where one thing is right, or wrong.
//!
//! To add a door: a row in its family's table, changing what is different about it from a row above. If it
//! answers in a way that no other does, a file in `doors/` with an [`Answer`]; if it shows a new
//! certificate, that is made in `lab/pki/`. What goes wrong by the client's doing is a command line in
//! `doors/client.rs`. An end-to-end test runs every row's command lines.

use crate::lab::pki::servers;
use crate::lab::services::Reflection;
use crate::lab::users::Role;

mod canned;
pub(crate) mod channel;
mod client;
mod client_certificates;
mod door;
mod faults;
mod frames;
mod gateway;
mod grpc;
mod login;
mod raw;
mod rows;
mod token_once;

pub(crate) use door::Answer;
pub(crate) use door::Door;
pub(crate) use door::Example;
pub(crate) use door::Inside;
pub(crate) use door::Socket;

use channel::Channel;
use channel::TLS;

const CREDENTIAL: &str = "a token or an API key for the methods of viewer and admin";

/// A good door with TLS, as the other rows change it.
const GOOD: Door = Door {
    id: "tls",
    summary: "TLS 1.2 and 1.3, reflection v1 and v1alpha",
    demonstrates: None,
    needs: CREDENTIAL,
    files: &[
        "ca.pem",
        "token-viewer.jwt",
        "token-admin.jwt",
        "apikey-viewer.txt",
        "apikey-admin.txt",
    ],
    example: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/token-viewer.jwt",
    more: &[],
    address: "{socket}",
    socket: Socket::Tcp,
    channel: Channel::Tls(TLS),
    open: |inside| grpc::open(inside, Reflection::Both, Role::Public),
};

/// A door that fails before any method is reached.
const FAULTY: Door = Door {
    needs: "ca.pem; refused all the same",
    files: &["ca.pem"],
    example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem",
    ..GOOD
};

/// A door for clients with a certificate; the example goes without.
const MUTUAL: Door = Door {
    demonstrates: Some("mtls.required"),
    needs: "a client certificate; its common name gives the role",
    files: &[
        "ca.pem",
        "client-viewer.pem",
        "client-viewer.key",
        "client-admin.pem",
        "client-admin.key",
    ],
    example: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem",
    ..GOOD
};

/// The authorization server.
const HTTP: Door = Door {
    needs: "a user's name and password",
    socket: Socket::Tcp,
    open: |inside| Ok(login::open(inside)),
    ..GOOD
};

/// Every door, in the order of their ports under `--base-port`.
pub fn all() -> impl Iterator<Item = &'static Door> {
    DOORS.iter().chain(rows::ALL.iter().copied().flatten())
}

/// The doors that are as they should be, each in its way.
const DOORS: &[Door] = &[
    Door {
        more: client::AT_TLS,
        ..GOOD
    },
    Door {
        id: "mtls",
        summary: "TLS 1.2 and 1.3, for clients with a certificate of the lab",
        more: client::AT_MTLS,
        channel: Channel::Tls(TLS.mutual()),
        ..MUTUAL
    },
    Door {
        id: "plaintext",
        summary: "no TLS: a credential is sent here because it is on loopback",
        files: &["token-viewer.jwt"],
        example: "grpcauth call {address} lab.v1.Vault/GetViewer --plaintext --token file:{dir}/token-viewer.jwt",
        more: client::AT_PLAINTEXT,
        channel: Channel::Plaintext,
        ..GOOD
    },
    Door {
        id: "unix",
        summary: "no TLS, on a Unix socket, where a credential may be sent",
        files: &["vault.sock", "token-viewer.jwt"],
        example: "grpcauth call {address} lab.v1.Vault/GetViewer --plaintext --token file:{dir}/token-viewer.jwt",
        more: client::AT_UNIX,
        address: "unix:{socket}",
        socket: Socket::Unix("vault.sock"),
        channel: Channel::Plaintext,
        ..GOOD
    },
    Door {
        id: "tls-reflection-v1",
        summary: "reflection v1 alone",
        example: "grpcauth list {address} --cacert {dir}/ca.pem",
        open: |inside| grpc::open(inside, Reflection::V1, Role::Public),
        ..GOOD
    },
    Door {
        id: "tls-reflection-v1alpha",
        summary: "reflection v1alpha alone",
        example: "grpcauth list {address} --cacert {dir}/ca.pem",
        open: |inside| grpc::open(inside, Reflection::V1Alpha, Role::Public),
        ..GOOD
    },
    Door {
        id: "tls-reflection-guarded",
        summary: "reflection for known callers alone",
        needs: "a token or an API key, for reflection too",
        example: "grpcauth list {address} --cacert {dir}/ca.pem --token file:{dir}/token-viewer.jwt",
        open: |inside| grpc::open(inside, Reflection::Both, Role::Viewer),
        ..GOOD
    },
    Door {
        id: "tls12",
        summary: "TLS 1.2 alone",
        channel: Channel::Tls(TLS.only_1_2()),
        ..GOOD
    },
    Door {
        id: "mtls-tls12",
        summary: "TLS 1.2 alone, for clients with a certificate of the lab",
        channel: Channel::Tls(TLS.mutual().only_1_2()),
        ..MUTUAL
    },
    Door {
        id: "http-login",
        summary: "HTTP: POST /login with {\"username\",\"password\"} gives {\"token\"}",
        files: &[],
        example: "curl --cacert {dir}/ca.pem {address} --json '{\"username\":\"viewer\",\"password\":\"viewer-password\"}'",
        address: "http://{socket}/login",
        channel: Channel::Plaintext,
        ..HTTP
    },
    Door {
        id: "https-login",
        summary: "the same over TLS; its base URL is the issuer of the lab's tokens",
        files: &["ca.pem"],
        example: "curl --cacert {dir}/ca.pem {address} --json '{\"username\":\"viewer\",\"password\":\"viewer-password\"}'",
        address: "https://{socket}/login",
        channel: Channel::Tls(TLS.http1()),
        ..HTTP
    },
    Door {
        id: "https-token-mtls",
        summary: "HTTP: the OAuth 2.0 token endpoint for clients with a certificate of the lab (RFC 8705)",
        needs: "a client certificate; the client mtls-client is known by it",
        files: &["ca.pem", "client-viewer.pem", "client-viewer.key"],
        example: "curl --cacert {dir}/ca.pem --cert {dir}/client-viewer.pem --key {dir}/client-viewer.key {address} -d grant_type=client_credentials -d client_id=mtls-client",
        address: "https://{socket}/token",
        channel: Channel::Tls(TLS.http1().mutual()),
        ..HTTP
    },
    Door {
        id: "https-token-unknown-ca",
        summary: "HTTP: the token endpoint behind a certificate of a root that is not the lab's",
        needs: "other-ca.pem, which nobody should trust",
        files: &["ca.pem", "other-ca.pem"],
        example: "curl --cacert {dir}/ca.pem {address} -d grant_type=client_credentials -d client_id=public",
        address: "https://{socket}/token",
        more: client::AT_UNTRUSTED_TOKEN_ENDPOINT,
        channel: Channel::Tls(TLS.http1().showing(servers::other_ca)),
        ..HTTP
    },
    Door {
        id: "http-faults",
        summary: "HTTP: /fault has the names of what a token endpoint can do wrong, /fault/NAME/token and /fault/NAME/login do it",
        needs: "as /token and /login do",
        files: &["oauth-ci.secret"],
        example: "curl {address}/expires-in-text/token -d grant_type=client_credentials -d client_id=ci --data-urlencode client_secret@{dir}/oauth-ci.secret",
        address: "http://{socket}/fault",
        more: client::AT_FAULTS,
        channel: Channel::Plaintext,
        open: |inside| Ok(faults::open(inside)),
        ..HTTP
    },
    Door {
        id: "https-faults",
        summary: "the same faults over TLS",
        needs: "as /token and /login do",
        files: &["ca.pem", "oauth-ci.secret"],
        example: "curl --cacert {dir}/ca.pem {address}/silent/token -d grant_type=client_credentials -d client_id=ci --data-urlencode client_secret@{dir}/oauth-ci.secret",
        address: "https://{socket}/fault",
        channel: Channel::Tls(TLS.http1()),
        open: |inside| Ok(faults::open(inside)),
        ..HTTP
    },
    Door {
        id: "token-once",
        summary: "the Vault takes each access token once: the second call with it is refused",
        needs: "a token that was not used here before",
        open: token_once::open,
        ..GOOD
    },
];
