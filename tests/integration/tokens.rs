//! Tokens that are fetched, from the flags to the wire: each kind, the retry, the cache, faults of the token
//! endpoint, secrets, plaintext.

mod bounds;
mod cache;
mod canaries;
mod clearing;
mod echoing;
mod faults;
mod plaintext;
mod processes;
mod retry;
mod unknown;
mod unobtained;
mod ways_in;

use serde_json::Value;

use crate::home::Home;
use crate::world::World;

/// A grant with a refresh token, so that it is kept on disk.
pub const PASSWORD: &str = "--token-url {issuer}/token --grant password --user viewer \
    --password file:@password-viewer.txt --client-id ci --client-secret file:@oauth-ci.secret --cacert @ca.pem";

const LOGIN: &str =
    "--login-url {https-login} --user viewer --password file:@password-viewer.txt --cacert @ca.pem";

const CLIENT: &str = "--token-url {issuer}/token --client-id ci --client-secret file:@oauth-ci.secret --cacert @ca.pem";

/// A token of the password grant is kept, and the lab takes it no more.
fn revoked(lab: &World, home: &Home) -> String {
    let ran = home.run(lab, &format!("token get {PASSWORD}"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let token = home.kept_token();
    assert_eq!(ran.stdout.trim_end(), token);
    lab.revoke(&token);
    token
}

/// The status codes of a call's attempts.
fn attempts(document: &Value) -> Vec<i64> {
    document["attempts"]
        .as_array()
        .unwrap_or_else(|| panic!("{document}"))
        .iter()
        .map(|attempt| attempt["status"]["code"].as_i64().unwrap_or(-1))
        .collect()
}
