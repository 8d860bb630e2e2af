//! `crypto.unsupported-key`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::signature;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "crypto.unsupported-key",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unsupported_key.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let Unsupported { index, what, fix } =
        in_chain(connection).or_else(|| in_handshake(connection))?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} {what}, which cannot be checked here",
            certificates::short(index)
        ),
        evidence: vec![
            certificates::presented(connection, index),
            "supported here: RSA (2048 bits and more) with SHA-256 to SHA-512, EC P-256 and EC P-384 with SHA-256 or SHA-384, Ed25519".to_owned(),
        ],
        hint: format!(
            "ask the operator of {} for a certificate {fix}; another client may take this one",
            connection.asked.host
        ),
    })
}

/// What is not supported, of which certificate, and what would be.
struct Unsupported {
    index: usize,
    what: String,
    fix: &'static str,
}

const OTHER_KEY: &str = "with EC P-256 or RSA 2048 throughout its chain";

fn in_chain(connection: &ConnectionCase<'_>) -> Option<Unsupported> {
    let untaken = signature::untaken(connection)?;
    if signature::is_broken_hash(untaken.signature) {
        return None;
    }
    let (what, fix) = match signature::is_supported(&untaken.issuer_key) {
        true => (
            format!(
                "is signed with {} under a key of the kind {}",
                untaken.signature, untaken.issuer_key
            ),
            "that its CA signs with SHA-256",
        ),
        false => (
            format!("is signed with a key of the kind {}", untaken.issuer_key),
            OTHER_KEY,
        ),
    };
    let index = untaken.index;
    Some(Unsupported { index, what, fix })
}

fn in_handshake(connection: &ConnectionCase<'_>) -> Option<Unsupported> {
    let leaf = signature::leaf_behind_refused_handshake(connection)?;
    let key = &leaf.key.algorithm;
    (!signature::is_supported(key)).then(|| Unsupported {
        index: 0,
        what: format!("has a key of the kind {key}"),
        fix: OTHER_KEY,
    })
}
