//! `trust.ca-rekeyed`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::trust;
use crate::verdict::diagnoses::trust::self_signed_leaf;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub const ROW: Diagnosis = Diagnosis {
    id: "trust.ca-rekeyed",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "A trusted CA has the name of the one that issued the server's certificate, but another key: \
        the CA was made anew under its old name since the CA file was written, or two CAs share one name \
        (each run of a setup script makes one).",
    established: "A trust anchor has the issuer's name; the key identifier that the certificate names \
        (AKI) is not the anchor's (SKI), and the signature does not verify under the anchor's key. Or the \
        server sends a root of the anchor's name, signed by itself, with another key. \
        Verifiers say `bad signature` or `unknown issuer`.",
    mend: &[
        (
            "client",
            "Fetch the CA's present certificate and replace the one in the CA file. \
             `openssl x509 -in FILE -noout -ext subjectKeyIdentifier` shows which key a file has.",
        ),
        (
            "server",
            "If the CA was made anew by accident, issue the server's certificate again from the CA that clients trust.",
        ),
        (
            "cert-manager",
            "The CA's secret was recreated: distribute its new `ca.crt`, or have the leaf issued again with `cmctl renew`.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let WalkEnd::AnchorRekeyed {
        anchor,
        index,
        authority_key_id: Some(authority),
        subject_key_id: Some(subject),
    } = evidence.connection.no_path()?
    else {
        return None;
    };
    if self_signed_leaf::leaf(evidence).is_some() {
        return None;
    }
    let facts = evidence.connection.chain().get(*index)?.as_ref().ok()?;
    let origin = certificates::anchor_origin(evidence, *anchor);
    let mut lines = trust::way(evidence);
    lines.push(certificates::anchor(evidence, *anchor));
    lines.push(match facts.self_issued {
        true => format!(
            "keys: that of the root which the server sends is {authority}, that of the trusted one {subject}"
        ),
        false => format!(
            "key identifiers: {} names {authority} as its issuer's, the trusted one is {subject}",
            certificates::short(*index)
        ),
    });
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the CA certificate at {origin} has the issuer's name, {}, but another key: it is out of date, or another CA's of the same name",
            certificates::named(&facts.issuer)
        ),
        evidence: lines,
        hint: format!(
            "get the present certificate of {} from whoever runs that CA, and put it in place of the one at {origin}",
            certificates::named(&facts.issuer)
        ),
    })
}
