//! `name.cn-only`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::name;
use crate::verdict::reading::names::Misfit;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.cn-only",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("cn_only.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::CommonNameOnly(common_name)) = connection.misfit()? else {
        return None;
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificate has the name {common_name} only as its common name, which is not looked at any more"
        ),
        evidence: name::clash(connection, leaf),
        hint: format!(
            "ask the operator of {} to have the certificate issued again with `subjectAltName=DNS:{common_name}`; no setting here can make up for it",
            connection.asked.host
        ),
    })
}
