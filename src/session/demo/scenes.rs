//! What the demo shows. One row a scene.

use crate::lab::Lab;

/// A command line, and the exit code it must come to.
#[derive(Debug)]
pub struct Scene {
    pub title: &'static str,
    /// What is so on either side, in a sentence.
    pub situation: &'static str,
    door: &'static str,
    method: &'static str,
    /// A file's name stands behind an @: it is in the lab's directory.
    flags: &'static [&'static str],
    pub exit_code: u8,
    /// What it is diagnosed as.
    pub diagnosis: Option<&'static str>,
}

pub const SCENES: &[Scene] = &[
    Scene {
        title: "A call that is allowed",
        situation: "The server wants a token and TLS by its own CA; both are given.",
        door: "tls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem", "--token", "file:@token-viewer.jwt"],
        exit_code: 0,
        diagnosis: None,
    },
    Scene {
        title: "The same call without a token",
        situation: "Nothing says who is calling.",
        door: "tls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem"],
        exit_code: 80,
        diagnosis: Some("credential.none-sent"),
    },
    Scene {
        title: "A good token with the wrong role",
        situation: "The token is a viewer's, the method is for admins.",
        door: "tls",
        method: "lab.v1.Vault/GetAdmin",
        flags: &["--cacert", "@ca.pem", "--token", "file:@token-viewer.jwt"],
        exit_code: 71,
        diagnosis: Some("permission.denied"),
    },
    Scene {
        title: "A token that has expired",
        situation: "It was good until an hour ago.",
        door: "tls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem", "--token", "file:@token-expired.jwt"],
        exit_code: 80,
        diagnosis: Some("credential.token-expired"),
    },
    Scene {
        title: "A server whose CA is not the one given",
        situation: "The server is the same; --cacert names the CA of another one.",
        door: "tls",
        method: "lab.v1.Vault/GetPublic",
        flags: &["--cacert", "@other-ca.pem"],
        exit_code: 3,
        diagnosis: Some("trust.no-path"),
    },
    Scene {
        title: "A server that requires a client certificate, and none is given",
        situation: "Mutual TLS: no token is needed here, but a certificate.",
        door: "mtls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem"],
        exit_code: 3,
        diagnosis: Some("mtls.required"),
    },
    Scene {
        title: "The same with one",
        situation: "The certificate's name is the caller's, and gives the role.",
        door: "mtls",
        method: "lab.v1.Vault/GetViewer",
        flags: &[
            "--cacert",
            "@ca.pem",
            "--cert",
            "@client-viewer.pem",
            "--key",
            "@client-viewer.key",
        ],
        exit_code: 0,
        diagnosis: None,
    },
    Scene {
        title: "A gateway that answers with its login page",
        situation: "The token is good for the server, but a proxy in front of it does not take it, and shows its login page; the server is never asked.",
        door: "gateway-401",
        method: "lab.v1.Vault/GetViewer",
        flags: &[
            "--cacert",
            "@ca.pem",
            "--protoset",
            "@vault.protoset",
            "--token",
            "file:@token-viewer.jwt",
        ],
        exit_code: 80,
        diagnosis: Some("gateway.unauthenticated"),
    },
];

impl Scene {
    /// The words after `grpcauth`, with `prefix` before the name of each file.
    pub fn command(&self, lab: &Lab, prefix: &str) -> Vec<String> {
        let address = lab
            .door(self.door)
            .map(|door| door.address.clone())
            .unwrap_or_default();
        let mut words = vec!["call".to_owned(), address, self.method.to_owned()];
        words.extend(self.flags.iter().map(|flag| flag.replace('@', prefix)));
        words
    }
}
