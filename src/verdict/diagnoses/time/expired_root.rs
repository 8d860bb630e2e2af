//! `time.expired.root`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::x509::Facts;
use crate::x509::lint::Lint;
use crate::x509::verify::Finding;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.expired.root",
    layer: Layer::Tls,
    kind: Kind::Warning,
    meaning: "The trusted CA certificate that the path ends at is past its last day. It is accepted here, \
        for nothing is asked of a trust anchor but its name and key (RFC 5280 §6.1.1); Go, OpenSSL, GnuTLS \
        and gRPC in Python and C++ refuse it.",
    established: "The `notAfter` of the trust anchor lies before the clock that the chain was judged by.",
    mend: &[
        (
            "client",
            "Get the renewed root from the CA and put it in the CA file. If it has the same name and key, the server's certificates stay good.",
        ),
        (
            "CA",
            "Renew the root with the same key: `openssl x509 -in old.crt -signkey ca.key -days 3650 -out new.crt`; a new key means issuing everything again.",
        ),
        (
            "cert-manager",
            "`cmctl renew` the Certificate of the CA issuer, and distribute its new `ca.crt` (trust-manager).",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let anchor = accepted(evidence).or_else(|| refused(evidence))?;
    let facts = Facts::read(&evidence.connection.anchors().anchors().get(anchor)?.der).ok()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the trusted root {} expired {} ago: accepted here, but Go, OpenSSL, GnuTLS and gRPC C-core will refuse it",
            certificates::named(&facts.subject),
            span(evidence.connection.clock - facts.not_after)
        ),
        evidence: vec![
            certificates::anchor(evidence, anchor),
            format!(
                "not after {}; the clock here says {}",
                rfc3339(facts.not_after),
                rfc3339(evidence.connection.clock)
            ),
        ],
        hint: format!(
            "get the renewed root from the CA and put it in place of the one at {}",
            certificates::anchor_origin(evidence, anchor)
        ),
    })
}

fn accepted(evidence: &Evidence) -> Option<usize> {
    evidence
        .connection
        .lints()
        .iter()
        .find_map(|lint| match lint {
            Lint::RootExpired { anchor } => Some(*anchor),
            _ => None,
        })
}

fn refused(evidence: &Evidence) -> Option<usize> {
    evidence
        .connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::AnchorExpired { anchor, .. } => Some(*anchor),
            _ => None,
        })
}
