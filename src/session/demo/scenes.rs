//! What the demo shows. One row a scene.

use crate::lab::Lab;

/// A command line, and the exit code it must come to.
#[derive(Debug)]
pub struct Scene {
    pub title: &'static str,
    door: &'static str,
    method: &'static str,
    /// Flags; `@NAME` stands for that file of the lab's.
    flags: &'static [&'static str],
    pub exit_code: u8,
}

pub const SCENES: &[Scene] = &[
    Scene {
        title: "A call that is allowed",
        door: "tls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem", "--token", "file:@token-viewer.jwt"],
        exit_code: 0,
    },
    Scene {
        title: "The same call without a token",
        door: "tls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem"],
        exit_code: 80,
    },
    Scene {
        title: "A good token with the wrong role",
        door: "tls",
        method: "lab.v1.Vault/GetAdmin",
        flags: &["--cacert", "@ca.pem", "--token", "file:@token-viewer.jwt"],
        exit_code: 71,
    },
    Scene {
        title: "A token that has expired",
        door: "tls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem", "--token", "file:@token-expired.jwt"],
        exit_code: 80,
    },
    Scene {
        title: "A server whose CA is not the one given",
        door: "tls",
        method: "lab.v1.Vault/GetPublic",
        flags: &["--cacert", "@other-ca.pem"],
        exit_code: 3,
    },
    Scene {
        title: "A server that requires a client certificate, and none is given",
        door: "mtls",
        method: "lab.v1.Vault/GetViewer",
        flags: &["--cacert", "@ca.pem"],
        exit_code: 3,
    },
    Scene {
        title: "The same with one",
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
    },
    Scene {
        title: "A gateway that answers with its login page",
        door: "gateway-401",
        method: "lab.v1.Vault/GetPublic",
        flags: &["--cacert", "@ca.pem", "--protoset", "@vault.protoset"],
        exit_code: 80,
    },
];

impl Scene {
    /// The words after `grpcauth`.
    pub fn command(&self, lab: &Lab) -> Vec<String> {
        let address = lab
            .door(self.door)
            .map(|door| door.address.clone())
            .unwrap_or_default();
        let mut words = vec!["call".to_owned(), address, self.method.to_owned()];
        for flag in self.flags {
            words.push(match flag.split_once('@') {
                Some((before, file)) => format!("{before}{}", lab.file(file).display()),
                None => (*flag).to_owned(),
            });
        }
        words
    }
}
