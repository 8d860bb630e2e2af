//! `cert.purpose`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::verify::Finding;
use crate::x509::verify::Role;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "cert.purpose",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("purpose.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, role, required, presented) =
        connection
            .chain_findings()
            .iter()
            .find_map(|finding| match finding {
                Finding::ExtendedKeyUsage {
                    index,
                    role,
                    required,
                    presented,
                } => Some((*index, *role, required, presented)),
                _ => None,
            })?;
    let has = match presented.is_empty() {
        true => "nothing".to_owned(),
        false => presented.join(", "),
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: format!("{} was not issued for servers", certificates::short(index)),
        evidence: vec![
            certificates::presented(connection, index),
            format!(
                "extended key usage of the {}: {has}; needed: {required}",
                certificates::role(role)
            ),
        ],
        hint: hint(connection, role, required, presented),
    })
}

fn hint(
    connection: &ConnectionCase<'_>,
    role: Role,
    required: &str,
    presented: &[String],
) -> String {
    let host = &connection.asked.host;
    match role {
        // A CA's list limits what it may issue for.
        Role::Intermediate => format!(
            "ask the operator of the CA behind {host} to issue its certificate again with {required} in its extended key usage, or with none; or use another CA"
        ),
        Role::Leaf if presented.iter().any(|usage| usage == "clientAuth") => format!(
            "ask the operator of {host} to install a certificate with extended key usage {required} (this one is a client's)"
        ),
        Role::Leaf => format!(
            "ask the operator of {host} to install a certificate with extended key usage {required}"
        ),
    }
}
