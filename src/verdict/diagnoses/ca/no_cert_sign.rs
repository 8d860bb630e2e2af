//! `ca.no-cert-sign`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "ca.no-cert-sign",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("no_cert_sign.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (lint, which) = connection.lints().iter().find_map(|lint| match lint {
        Lint::IssuerWithoutCertSign { index } => {
            Some((lint, certificates::presented(connection, *index)))
        }
        Lint::RootWithoutCertSign { anchor } => {
            Some((lint, certificates::anchor(connection, *anchor)))
        }
        _ => None,
    })?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "a CA on the path is not marked for signing certificates (keyCertSign): accepted here, but {} will refuse it",
            lint.refused_by()
        ),
        evidence: vec![which],
        hint: "ask the operator of the CA to issue its certificate again with keyUsage keyCertSign"
            .to_owned(),
    })
}
