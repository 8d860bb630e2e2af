//! `trust.ca-rekeyed`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "trust.ca-rekeyed",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("ca_rekeyed.md"),
    prove: Prove::Connection(prove),
    yields_to: &["trust.self-signed-leaf", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let WalkEnd::AnchorRekeyed {
        anchor,
        index,
        authority_key_id: Some(authority),
        subject_key_id: Some(subject),
    } = connection.no_path()?
    else {
        return None;
    };
    let facts = connection.chain().get(*index)?.as_ref().ok()?;
    let origin = certificates::anchor_origin(connection, *anchor);
    let mut lines = certificates::way(connection);
    lines.push(certificates::anchor(connection, *anchor));
    lines.push(match facts.self_issued {
        true => format!(
            "keys: that of the root which the server sends is {authority}, that of the trusted one {subject}"
        ),
        false => format!(
            "key identifiers: {} names {authority} as its issuer's, the trusted one is {subject}",
            certificates::short(*index)
        ),
    });
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the CA certificate at {origin} has the issuer's name, {}, but another key: it is out of date, or another CA's of the same name",
            certificates::named(&facts.issuer)
        ),
        evidence: lines,
        hint: format!(
            "get the present certificate of {} from the operator of that CA, and put it in place of the one at {origin}",
            certificates::named(&facts.issuer)
        ),
    })
}
