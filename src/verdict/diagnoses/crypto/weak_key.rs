//! `crypto.weak-key`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::signature;
use crate::x509::verify::Finding;
use crate::x509::walk::Place;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "crypto.weak-key",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("weak_key.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (which, whose, bits) = of_issuer(connection).or_else(|| of_server(connection))?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{whose} has an RSA key of {bits} bits, which is too weak: 2048 are the least"
        ),
        evidence: vec![which],
        hint: format!(
            "ask the operator of {} for a certificate with a key of at least RSA 2048 or EC P-256, from a CA that has one, too",
            connection.asked.host
        ),
    })
}

fn of_issuer(connection: &ConnectionCase<'_>) -> Option<(String, String, u32)> {
    connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::WeakKey { place, key } => {
                let whose = match place {
                    Place::Presented(index) => certificates::short(*index),
                    Place::Anchor(_) => "the trusted CA".to_owned(),
                };
                Some((certificates::at(connection, *place), whose, key.bits))
            }
            _ => None,
        })
}

fn of_server(connection: &ConnectionCase<'_>) -> Option<(String, String, u32)> {
    let leaf = signature::leaf_behind_refused_handshake(connection)?;
    signature::is_weak(leaf).then(|| {
        (
            certificates::presented(connection, 0),
            certificates::short(0),
            leaf.key.bits,
        )
    })
}
