//! What goes wrong by the client's doing, at doors that are as they should be.

use super::Example;

/// At the door `tls`.
pub(super) const AT_TLS: &[Example] = &[
    Example {
        demonstrates: "grpc.unknown-health-service",
        line: "grpcauth health {address} lab.v1.Vaults --cacert {dir}/ca.pem",
    },
    Example {
        demonstrates: "credential.none-sent",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem",
    },
    Example {
        demonstrates: "permission.denied",
        line: "grpcauth call {address} lab.v1.Vault/GetAdmin --cacert {dir}/ca.pem --token file:{dir}/token-viewer.jwt",
    },
    Example {
        demonstrates: "credential.token-expired",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/token-expired.jwt",
    },
    Example {
        demonstrates: "credential.token-not-yet-valid",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/token-not-yet-valid.jwt",
    },
    Example {
        demonstrates: "credential.audience",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/token-wrong-audience.jwt",
    },
    Example {
        demonstrates: "credential.rejected",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/token-other-key.jwt",
    },
    Example {
        demonstrates: "credential.malformed",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/apikey-viewer.txt",
    },
    Example {
        demonstrates: "credential.doubled-scheme",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem -H \"authorization: Bearer Bearer $(cat {dir}/token-viewer.jwt)\"",
    },
    Example {
        demonstrates: "credential.overridden",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/token-other-key.jwt --rpc-header \"authorization: Bearer $(cat {dir}/token-viewer.jwt)\"",
    },
    Example {
        demonstrates: "credential.scheme",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem -H \"authorization: Token $(cat {dir}/token-viewer.jwt)\"",
    },
    Example {
        demonstrates: "token.login-rpc",
        line: "grpcauth token get {address} --login-rpc auth.v1.AuthService --user viewer --password file:{dir}/password-admin.txt --cacert {dir}/ca.pem",
    },
    Example {
        demonstrates: "token.program",
        line: "grpcauth token get {address} --exec false --cacert {dir}/ca.pem",
    },
    Example {
        demonstrates: "pin.mismatch",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --pin sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    },
    Example {
        demonstrates: "plain.server-wants-tls",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --plaintext",
    },
    Example {
        demonstrates: "reflection.unknown-symbol",
        line: "grpcauth call {address} lab.v1.Vault/GetPublik --cacert {dir}/ca.pem",
    },
    Example {
        demonstrates: "grpc.message-too-large",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --max-msg-size 16",
    },
    Example {
        demonstrates: "grpc.status",
        line: "grpcauth call {address} lab.v1.Vault/ListPublic -d '{\"count\": 1001}' --cacert {dir}/ca.pem",
    },
    Example {
        demonstrates: "file.not-found",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/nothing.pem",
    },
    Example {
        demonstrates: "file.unreadable",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}",
    },
    Example {
        demonstrates: "file.wrong-kind",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/client-viewer.key",
    },
    Example {
        demonstrates: "file.no-certificates",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/password-viewer.txt",
    },
    Example {
        demonstrates: "file.der",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.der",
    },
    Example {
        demonstrates: "file.bom",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca-utf16.pem",
    },
    Example {
        demonstrates: "file.escaped-newlines",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca-one-line.pem",
    },
    Example {
        demonstrates: "file.malformed",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca-cut.pem",
    },
    Example {
        demonstrates: "file.descriptor-set",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --protoset {dir}/ca.pem",
    },
    Example {
        demonstrates: "input.usage",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem -H authorization",
    },
    Example {
        demonstrates: "input.request",
        line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem -d '{\"texte\": \"a\"}'",
    },
    Example {
        demonstrates: "input.secret-source",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --token file:{dir}/nothing.jwt",
    },
];

/// At the door `mtls`.
pub(super) const AT_MTLS: &[Example] = &[
    Example {
        demonstrates: "mtls.expired",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-expired.pem --key {dir}/client-expired.key",
    },
    Example {
        demonstrates: "mtls.not-yet-valid",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-not-yet-valid.pem --key {dir}/client-not-yet-valid.key",
    },
    Example {
        demonstrates: "mtls.purpose",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-for-servers.pem --key {dir}/client-for-servers.key",
    },
    Example {
        demonstrates: "mtls.no-chain",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-without-intermediate.pem --key {dir}/client-without-intermediate.key",
    },
    Example {
        demonstrates: "mtls.not-listed",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-other-ca.pem --key {dir}/client-other-ca.key",
    },
    Example {
        demonstrates: "file.key-mismatch",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-viewer.pem --key {dir}/client-admin.key",
    },
    Example {
        demonstrates: "file.encrypted-key",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-viewer.pem --key {dir}/client-viewer-encrypted.key",
    },
    Example {
        demonstrates: "file.wrong-passphrase",
        line: "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem --cert {dir}/client-viewer.pem --key {dir}/client-viewer-encrypted.key --key-pass file:{dir}/password-viewer.txt",
    },
];

/// At the door `unix`.
pub(super) const AT_UNIX: &[Example] = &[Example {
    demonstrates: "net.no-connection",
    line: "grpcauth call unix:{dir}/nothing.sock lab.v1.Vault/GetPublic --plaintext",
}];

/// At the door `plaintext`.
pub(super) const AT_PLAINTEXT: &[Example] = &[Example {
    demonstrates: "plain.server-is-grpc",
    line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem",
}];

/// At the door `unknown-ca`.
pub(super) const AT_UNKNOWN_CA: &[Example] = &[Example {
    demonstrates: "trust.leaf-given-as-ca",
    line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/server-other-ca.pem",
}];

/// At the door `expired`, whose server's clock is as far behind as its certificate wants. `call` learns the
/// server's time from the answer, so it must get one.
pub(super) const LOCAL_CLOCK: Example = Example {
    demonstrates: "time.local-clock",
    line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --insecure",
};

/// At the door `spiffe`.
pub(super) const AT_SPIFFE: &[Example] = &[Example {
    demonstrates: "name.spiffe-mismatch",
    line: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --server-spiffe-id spiffe://lab.test/another",
}];

/// At the door `http-faults`: what a token endpoint can answer.
pub(super) const AT_FAULTS: &[Example] = &[
    Example {
        demonstrates: "token.invalid-client",
        line: "grpcauth token get --token-url {address}/invalid_client/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.invalid-grant",
        line: "grpcauth token get --token-url {address}/invalid_grant/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.unauthorized-client",
        line: "grpcauth token get --token-url {address}/unauthorized_client/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.unsupported-grant",
        line: "grpcauth token get --token-url {address}/unsupported_grant_type/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.invalid-scope",
        line: "grpcauth token get --token-url {address}/invalid_scope/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.endpoint-redirect",
        line: "grpcauth token get --token-url {address}/redirect-other-host/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.endpoint-unreachable",
        line: "grpcauth token get --token-url {address}/silent/token --client-id ci --client-secret file:{dir}/oauth-ci.secret --max-time 1s",
    },
    Example {
        demonstrates: "token.bad-response",
        line: "grpcauth token get --token-url {address}/html/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.not-in-response",
        line: "grpcauth token get --token-url {address}/no-token/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.unusable",
        line: "grpcauth token get --token-url {address}/token-type-dpop/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.refused",
        line: "grpcauth token get --token-url {address}/429/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.scope-narrowed",
        line: "grpcauth token get --token-url {address}/scope-narrowed/token --client-id admin-ci --client-secret file:{dir}/oauth-admin-ci.secret --scope vault.read --scope vault.administer",
    },
    Example {
        demonstrates: "token.clock-skew",
        line: "grpcauth token get --token-url {address}/date-ahead/token --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
    Example {
        demonstrates: "token.discovery",
        line: "grpcauth token get --issuer {address}/500 --client-id ci --client-secret file:{dir}/oauth-ci.secret",
    },
];

/// At the door `https-token-unknown-ca`.
pub(super) const AT_UNTRUSTED_TOKEN_ENDPOINT: &[Example] = &[Example {
    demonstrates: "token.endpoint-tls",
    line: "grpcauth token get --token-url {address} --client-id public --cacert {dir}/ca.pem",
}];
