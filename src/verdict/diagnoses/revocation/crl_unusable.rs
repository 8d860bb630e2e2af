//! `revocation.crl-unusable`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::revocation;
use crate::verdict::reading;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl-unusable",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("crl_unusable.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (error, lists) = reading::revocation::unusable(connection)?;
    let first = lists.first()?;
    let why = match error {
        webpki::Error::InvalidCrlSignatureForPublicKey => {
            "its signature does not verify under the key of the CA of that name: another CA has the same name, or the file was changed"
        }
        webpki::Error::IssuerNotCrlSigner => {
            "its issuer's certificate does not permit it to sign lists (keyUsage cRLSign)"
        }
        _ => "the verifier cannot use a list of this kind",
    };
    let mut lines = vec![format!("the verifier says: {error:?}")];
    lines.extend(lists.iter().map(revocation::described));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the revocation list in {} cannot be used: {why}",
            first.file.display()
        ),
        evidence: lines,
        hint: format!(
            "give the list of the very CA that issued the server's certificate (`openssl crl -in {} -noout -CAfile CA` checks the signature); the server's certificate itself is not refused: without --crl the connection goes on unchecked",
            first.file.display()
        ),
    })
}
