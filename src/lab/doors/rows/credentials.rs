//! Doors that refuse a credential in the words of other servers.

use tonic::Code;

use crate::lab::doors::Door;
use crate::lab::doors::GOOD;
use crate::lab::doors::canned;
use crate::lab::doors::canned::vault;

/// A good token is refused here.
const REFUSES: Door = Door {
    needs: "a token; refused all the same",
    files: &["ca.pem", "token-viewer.jwt"],
    ..GOOD
};

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "trailers-16-after-message",
        summary: "every method of the Vault sends a message, then UNAUTHENTICATED in the trailers",
        demonstrates: Some("credential.rejected"),
        needs: "a credential, which is refused after the first message",
        open: |inside| {
            vault(inside, |path| {
                canned::reply(
                    path,
                    &[
                        ("grpc-status", "16"),
                        ("grpc-message", "credential refused after the first message"),
                    ],
                )
            })
        },
        ..GOOD
    },
    Door {
        id: "wrong-issuer",
        summary: "trusts tokens of another issuer",
        demonstrates: Some("credential.issuer"),
        open: |inside| {
            vault(inside, |_| {
                canned::ended(Code::Unauthenticated, "Jwt issuer is not configured", &[])
            })
        },
        ..REFUSES
    },
    Door {
        id: "missing-scope",
        summary: "wants the scope vault.read",
        demonstrates: Some("credential.scope"),
        open: |inside| {
            let challenge = r#"Bearer error="insufficient_scope", scope="vault.read""#;
            vault(inside, move |_| {
                let headers = [("www-authenticate", challenge)];
                canned::ended(Code::PermissionDenied, "insufficient scope", &headers)
            })
        },
        ..REFUSES
    },
    Door {
        id: "revoked-token",
        summary: "says of every token that it was revoked",
        demonstrates: Some("credential.revoked"),
        open: |inside| {
            vault(inside, |_| {
                canned::ended(Code::Unauthenticated, "the token has been revoked", &[])
            })
        },
        ..REFUSES
    },
    Door {
        id: "bound-token",
        summary: "wants the client certificate that the token is bound to (RFC 8705)",
        demonstrates: Some("credential.certificate-binding"),
        files: &["ca.pem"],
        example: BOUND,
        open: |inside| {
            vault(inside, |_| {
                canned::ended(Code::Unauthenticated, "the token is not yours", &[])
            })
        },
        ..REFUSES
    },
];

/// The token says `{"sub":"viewer","cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}`, as in
/// RFC 8705 §3.1.
const BOUND: &str = "grpcauth call {address} lab.v1.Vault/GetViewer --cacert {dir}/ca.pem -H 'authorization: Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2aWV3ZXIiLCJjbmYiOnsieDV0I1MyNTYiOiJid2NLMGVzYzNBQ0MzREIyWTVfbEVTc1hFOG85bHRjMDVPODlqZE4tZGcyIn19.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ'";
