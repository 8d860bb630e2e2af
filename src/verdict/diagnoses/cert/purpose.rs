//! `cert.purpose`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::verify::Finding;
use crate::x509::verify::Role;

pub const ROW: Diagnosis = Diagnosis {
    id: "cert.purpose",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("purpose.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, role, required, presented) =
        evidence
            .connection
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
            certificates::presented(evidence, index),
            format!(
                "extended key usage of the {}: {has}; needed: {required}",
                certificates::role(role)
            ),
        ],
        hint: hint(evidence, role, required, presented),
    })
}

fn hint(evidence: &Evidence, role: Role, required: &str, presented: &[String]) -> String {
    let host = &evidence.connection.asked.host;
    match role {
        // A CA's list limits what it may issue for.
        Role::Intermediate => format!(
            "ask whoever runs the CA behind {host} to issue its certificate again with {required} in its extended key usage, or with none; or use another CA"
        ),
        Role::Leaf if presented.iter().any(|usage| usage == "clientAuth") => format!(
            "ask whoever runs {host} to install a certificate with extended key usage {required} (this one is a client's)"
        ),
        Role::Leaf => format!(
            "ask whoever runs {host} to install a certificate with extended key usage {required}"
        ),
    }
}
