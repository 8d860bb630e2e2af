//! `name.ip-in-dns-san`.

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
    id: "name.ip-in-dns-san",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("ip_in_dns_san.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::IpInDnsName) = connection.misfit()? else {
        return None;
    };
    let asked = names::asked_name(connection);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificate has {asked} as a DNS name, where an address does not count"
        ),
        evidence: name::clash(connection, leaf),
        hint: format!(
            "ask the operator of the server to have it issued again with `subjectAltName=IP:{asked}`"
        ),
    })
}
