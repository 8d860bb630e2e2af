//! `crypto`: a key or a signature is too weak, or of a kind that is not supported here.

mod unsupported_key;
mod weak_key;
mod weak_signature;

use crate::connect::Failure;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::x509::Facts;
use crate::x509::Judged;
use crate::x509::verify::Finding;

pub const ROWS: &[&Diagnosis] = &[&weak_key::ROW, &weak_signature::ROW, &unsupported_key::ROW];

/// A certificate's signature that the verifier does not take whatever it is worth.
struct Untaken<'a> {
    index: usize,
    signature: &'a str,
    issuer_key: String,
}

fn untaken_signature<'a>(connection: &'a ConnectionCase<'_>) -> Option<Untaken<'a>> {
    connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::UnsupportedSignature {
                index,
                signature,
                issuer_key,
            } => Some(Untaken {
                index: *index,
                signature,
                issuer_key: issuer_key.algorithm.clone(),
            }),
            _ => None,
        })
}

fn is_broken_hash(signature: &str) -> bool {
    ["SHA-1", "MD5", "MD2"]
        .iter()
        .any(|hash| signature.ends_with(hash))
}

/// The leaf, if its chain is accepted, or let pass by `--insecure`, and yet the server's signature in
/// the handshake, made with the leaf's key, is not.
fn leaf_behind_refused_handshake<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a Facts> {
    let failure = connection.handshake.as_ref()?.failure.as_ref()?;
    let refused = matches!(failure, Failure::Tls(rustls::Error::InvalidCertificate(_)));
    let passed = connection.asked.insecure || connection.judged().is_some_and(Judged::is_accepted);
    (refused && passed).then(|| connection.leaf()).flatten()
}

/// Whether a row of this family says why the server's signature in the handshake is not taken.
pub(super) fn explains_handshake_signature(connection: &ConnectionCase<'_>) -> bool {
    leaf_behind_refused_handshake(connection).is_some()
        && ROWS.iter().any(|row| row.proof_of(connection).is_some())
}

/// Kinds of key whose signatures are checked here.
fn is_supported(key: &str) -> bool {
    matches!(key, "RSA" | "EC P-256" | "EC P-384" | "Ed25519")
}

#[cfg(test)]
mod tests;
