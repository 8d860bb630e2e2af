//! `ca.no-cert-sign`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub const ROW: Diagnosis = Diagnosis {
    id: "ca.no-cert-sign",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("no_cert_sign.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (lint, which) = evidence
        .connection
        .lints()
        .iter()
        .find_map(|lint| match lint {
            Lint::IssuerWithoutCertSign { index } => {
                Some((lint, certificates::presented(evidence, *index)))
            }
            Lint::RootWithoutCertSign { anchor } => {
                Some((lint, certificates::anchor(evidence, *anchor)))
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
        hint: "ask whoever runs the CA to issue its certificate again with keyUsage keyCertSign"
            .to_owned(),
    })
}
