//! `plain.server-wants-tls`.

use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::protocol;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "plain.server-wants-tls",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_wants_tls.md"),
    prove: Prove::Connection(prove),
    needs,
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let instead = connection.instead()?;
    if instead.speaks != Opening::Tls {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} speaks TLS, and it was dialled in plaintext",
            connection.asked.port
        ),
        evidence: vec![instead.shown.clone()],
        hint: match connection.asked.target.starts_with("http://") {
            true => "write https:// in place of http://; add --cacert FILE if the server's CA is your own".to_owned(),
            false => "leave --plaintext away; add --cacert FILE if the server's CA is your own".to_owned(),
        },
    })
}

fn needs(connection: &ConnectionCase<'_>) -> Option<FollowUp> {
    protocol::wants_tls_hello(connection).then_some(FollowUp::TlsHello)
}
