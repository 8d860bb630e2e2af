//! `name.mismatch`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::name;
use crate::verdict::reading::names;
use crate::verdict::reading::names::Misfit;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.mismatch",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("mismatch.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::Other) = connection.misfit()? else {
        return None;
    };
    let asked = names::asked_name(connection);
    if let Some((written, why)) = names::miswritten(leaf, asked) {
        return Some(Proof {
            side: Some(Side::Server),
            cause: format!(
                "the server's certificate does not match {asked}: it has the name \"{written}\"; {why}"
            ),
            evidence: name::clash(connection, leaf),
            hint: format!(
                "ask the server's operator to have it issued again with `subjectAltName={}`",
                names::as_san(asked)
            ),
        });
    }
    Some(Proof {
        side: None,
        cause: format!("the server's certificate is not for {asked}"),
        evidence: name::clash(connection, leaf),
        hint: match name::a_name(connection, leaf) {
            Some(other) => format!(
                "if the server that you mean has one of these names, dial that name or add --servername {other}; if {asked} is right, ask its operator for a certificate with that name"
            ),
            None => format!("ask the server's operator for a certificate with the name {asked}"),
        },
    })
}
