//! `name.no-ip-san`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::name;
use crate::verdict::reading::names;
use crate::verdict::reading::names::Misfit;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.no-ip-san",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("no_ip_san.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::NoIpName) = connection.misfit()? else {
        return None;
    };
    let asked = names::asked_name(connection);
    Some(Proof {
        side: None,
        cause: format!(
            "the server was dialled by its address {asked}, and its certificate is for names only"
        ),
        evidence: name::clash(connection, leaf),
        hint: match name::a_name(connection, leaf) {
            Some(other) => format!(
                "add --servername {other}, or dial it by that name; or ask the server's operator for a certificate with `subjectAltName=IP:{asked}`"
            ),
            None => format!(
                "ask the server's operator for a certificate with `subjectAltName=IP:{asked}`"
            ),
        },
    })
}
