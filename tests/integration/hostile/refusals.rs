//! The refusals of `tests/data/refusals.tsv` over the wire: a server answers with that status and text, and the binary
//! names what a reader of the words names, or nothing in particular.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::*;
use crate::invoke::headers;
use crate::invoke::last_data;
use crate::invoke::trailers_only;
use statuses::after_request;

/// Every so many rows: each is a run of the binary.
const EVERY: usize = 3;

/// Ids that say who said no, and not why.
const GENERAL: &[&str] = &[
    "credential.rejected",
    "gateway.unauthenticated",
    "gateway.forbidden",
    "gateway.error",
    "permission.denied",
    "grpc.status",
    "http.not-grpc",
];

struct Refusal<'a> {
    id: &'a str,
    status: &'a str,
    message: &'a str,
    extra: &'a str,
    sent: &'a str,
    label: &'a str,
}

fn refusals() -> Vec<Refusal<'static>> {
    let rows = include_str!("../../data/refusals.tsv").lines().skip(1);
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        Refusal {
            id: cells[0],
            status: cells[3],
            message: cells[4],
            extra: cells[5],
            sent: cells[6],
            label: cells[7],
        }
    });
    // A client certificate needs TLS, and a reason its details: tests of their own play these.
    rows.filter(|row| row.sent != "mtls" && !row.extra.contains("reason="))
        .step_by(EVERY)
        .collect()
}

impl Refusal<'_> {
    fn script(&self) -> Vec<Step> {
        let mut block = Vec::new();
        let named = self
            .extra
            .split("; ")
            .filter_map(|part| part.split_once(": "));
        let text = percent_encoded(self.message);
        let body = match self.status.strip_prefix("http:") {
            Some(status) => {
                let kind = match self.message.chars().next() {
                    Some('{') => "application/json",
                    Some('<') => "text/html",
                    _ => "text/plain",
                };
                block.extend([(":status", status), ("content-type", kind)]);
                Some(self.message)
            }
            None => {
                block.extend([("grpc-status", self.status), ("grpc-message", &text)]);
                None
            }
        };
        block.extend(named);
        after_request(match body {
            Some(body) => vec![headers(&block), last_data(body)],
            None => vec![trailers_only(&block)],
        })
    }

    fn flags(&self) -> &'static [&'static str] {
        match self.sent {
            "bearer-jwt" | "any" => &["--token", "env:JWT"],
            "bearer-opaque" => &["--token", "env:OPAQUE"],
            "basic" => &["--user", "svc", "--password", "env:OPAQUE"],
            "api-key" => &["--api-key", "env:OPAQUE"],
            _ => &[],
        }
    }

    /// The ids that name what the label says.
    fn named(&self) -> &'static [&'static str] {
        match self.label {
            "missing" if self.sent == "none" => {
                &["credential.none-sent", "gateway.unauthenticated"]
            }
            "missing" | "scheme" => &["credential.scheme"],
            "expired" => &["credential.token-expired"],
            "expired+audience" => &["credential.token-expired", "credential.audience"],
            "not-yet-valid" => &["credential.token-not-yet-valid"],
            "audience" => &["credential.audience"],
            "issuer" => &["credential.issuer"],
            "scope" => &["credential.scope"],
            "revoked" => &["credential.revoked"],
            "malformed" => &["credential.malformed"],
            "verifier-failure" => &["credential.verifier-failed"],
            "binding" => &["credential.certificate-binding"],
            "client-cert" => &["mtls.required"],
            _ => &[],
        }
    }

    /// What else the answer may come to: no cause, or that nothing was sent where nothing was.
    fn may_be(&self, id: &str) -> bool {
        self.named().contains(&id)
            || GENERAL.contains(&id)
            || (self.sent == "none" && self.status == "16" && id == "credential.none-sent")
            || (self.label == "not-auth" && id.starts_with("grpc."))
            || (self.label == "generic" && self.sent == "none" && id == "credential.none-sent")
            || (self.sent == "basic" && id == "credential.malformed" && self.label == "scheme")
    }
}

/// The gRPC spelling of a message in a header.
fn percent_encoded(text: &str) -> String {
    let one = |octet: u8| match octet {
        b' '..=b'~' if octet != b'%' => char::from(octet).to_string(),
        _ => format!("%{octet:02X}"),
    };
    text.bytes().map(one).collect()
}

/// What the corpus sends as a JWT, good until 2100.
fn jwt() -> String {
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let claims = serde_json::json!({
        "iss": "https://other.example", "aud": "billing", "sub": "svc-a", "exp": 4_102_444_800_u64,
        "scope": "orders.read",
    });
    let header = serde_json::json!({"alg": "RS256", "typ": "JWT"});
    format!(
        "{}.{}.{}",
        part(header),
        part(claims),
        URL_SAFE_NO_PAD.encode([7; 256])
    )
}

/// The diagnosis of a call that the script answers.
fn diagnosis(script: &[Step], flags: &[&str], protoset: &PathBuf) -> Value {
    let address = serve(script);
    let output = grpcauth()
        .args(["call", &address, "hostile.v1.Peer/Get", "--plaintext"])
        .args(["--allow-plaintext-credentials"])
        .args(["--max-time", "5s", "--format", "json", "--protoset"])
        .arg(protoset)
        .args(flags)
        .env("JWT", jwt())
        .env("OPAQUE", "MTQ0NjJkZmQ5OTM2NDE1ZTZjNGZmZjI3")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran::new(output).document()["diagnosis"].clone()
}

#[test]
fn what_servers_say_is_named_over_the_wire() {
    let directory = tempfile::tempdir().unwrap();
    let protoset = &protoset(&directory);
    let rows = refusals();
    assert!(rows.len() > 150, "{}", rows.len());
    let found = in_parallel(rows.len(), |index| {
        let row = &rows[index];
        let diagnosis = diagnosis(&row.script(), row.flags(), protoset);
        let id = diagnosis["id"].as_str().unwrap_or_default();
        let kind = match (row.named().contains(&id), row.may_be(id)) {
            (true, _) => "named",
            (false, true) if row.named().is_empty() => "named",
            (false, true) => "general",
            (false, false) => "wrong",
        };
        Some(format!(
            "{kind}: {} {} as {id} for {} under {} ({})",
            row.id, row.label, row.message, row.status, row.sent
        ))
    });
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in &found {
        let kind = line.split(':').next().unwrap_or_default();
        kinds.entry(kind).or_default().push(line);
    }
    let of = |kind: &str| kinds.get(kind).cloned().unwrap_or_default();
    assert!(of("wrong").is_empty(), "{}", of("wrong").join("\n"));
    assert!(
        of("named").len() * 10 >= found.len() * 9,
        "{} of {}:\n{}",
        of("general").len(),
        found.len(),
        of("general").join("\n")
    );
}

/// A scope that the token has cannot be what is missing in it.
#[test]
fn a_scope_that_the_token_has_is_no_missing_scope() {
    let directory = tempfile::tempdir().unwrap();
    let protoset = &protoset(&directory);
    for (text, expected) in [
        ("missing scope orders.read", "permission.denied"),
        ("missing scope orders.write", "credential.scope"),
        ("scope orders.read required", "permission.denied"),
        (
            "scopes orders.read orders.write required",
            "credential.scope",
        ),
        ("insufficient scope", "credential.scope"),
    ] {
        let script = after_request(vec![trailers_only(&[
            ("grpc-status", "7"),
            ("grpc-message", text),
        ])]);
        let diagnosis = diagnosis(&script, &["--token", "env:JWT"], protoset);
        assert_eq!(diagnosis["id"], expected, "{text}: {diagnosis}");
        let told = diagnosis["evidence"].to_string();
        assert_eq!(
            told.contains("the token has the scope that the server names"),
            expected == "permission.denied",
            "{told}"
        );
    }
}
