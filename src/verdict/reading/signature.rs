//! Keys and signatures that are too weak, or of a kind that cannot be checked here.

use crate::connect::Failure;
use crate::verdict::case::ConnectionCase;
use crate::x509::Facts;
use crate::x509::Judged;
use crate::x509::verify::Finding;

/// A certificate's signature that the verifier does not take whatever it is worth.
pub(crate) struct Untaken<'a> {
    pub index: usize,
    pub signature: &'a str,
    pub issuer_key: String,
}

pub(crate) fn untaken<'a>(connection: &'a ConnectionCase<'_>) -> Option<Untaken<'a>> {
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

pub(crate) fn is_broken_hash(signature: &str) -> bool {
    ["SHA-1", "MD5", "MD2"]
        .iter()
        .any(|hash| signature.ends_with(hash))
}

/// The leaf, if its chain is accepted, or let pass by `--insecure`, and yet the server's signature in
/// the handshake, made with the leaf's key, is not.
pub(crate) fn leaf_behind_refused_handshake<'a>(
    connection: &'a ConnectionCase<'_>,
) -> Option<&'a Facts> {
    let failure = connection.handshake.as_ref()?.failure.as_ref()?;
    let refused = matches!(failure, Failure::Tls(rustls::Error::InvalidCertificate(_)));
    let passed = connection.asked.insecure || connection.judged().is_some_and(Judged::is_accepted);
    (refused && passed).then(|| connection.leaf()).flatten()
}

/// Whether a key or a signature that is not taken here says why the server's signature in the handshake is not.
pub(crate) fn is_explained(connection: &ConnectionCase<'_>) -> bool {
    let Some(leaf) = leaf_behind_refused_handshake(connection) else {
        return false;
    };
    let mut findings = connection.chain_findings().iter();
    let in_chain = findings.any(|finding| {
        matches!(
            finding,
            Finding::WeakKey { .. } | Finding::UnsupportedSignature { .. }
        )
    });
    in_chain || is_weak(leaf) || !is_supported(&leaf.key.algorithm)
}

/// Whether a key is shorter than any that is taken.
pub(crate) fn is_weak(facts: &Facts) -> bool {
    facts.key.algorithm == "RSA" && facts.key.bits < 2048
}

/// Kinds of key whose signatures are checked here.
pub(crate) fn is_supported(key: &str) -> bool {
    matches!(key, "RSA" | "EC P-256" | "EC P-384" | "Ed25519")
}
