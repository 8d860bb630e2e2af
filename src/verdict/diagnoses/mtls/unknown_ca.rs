//! `mtls.unknown-ca`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;
use crate::verdict::reading::certificates;
use crate::verdict::reading::sent_certificate;
use crate::verdict::reading::standing::Standing;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.unknown-ca",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unknown_ca.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    if !mtls::says_unknown_ca(&refusal) {
        return None;
    }
    let issuer = certificates::named(&mtls::our_leaf(connection)?.issuer);
    let file = mtls::our_file(connection);
    let (why, hint) = match connection.standing()? {
        Standing::Open | Standing::Listed(_)
            if sent_certificate::unlinked(connection).is_some() =>
        {
            (
                format!(
                    "the server does not know {issuer}, or needs the certificate that did sign yours"
                ),
                format!(
                    "in {file}, put the certificate of the {issuer} that signed yours in place of the one that did not (`openssl verify -partial_chain -trusted ISSUER {file}` tells)"
                ),
            )
        }
        Standing::Open => (
            format!(
                "the server does not know {issuer}, or cannot reach a CA that it knows from there"
            ),
            format!(
                "present a certificate from the CA that the server trusts for clients; if {issuer} is an intermediate of that CA, append its certificate to {file}"
            ),
        ),
        Standing::Listed(name) => (
            format!(
                "it names {name}, but holds another key of that name than yours was issued under, or cannot build the path"
            ),
            format!(
                "compare the key of {name} on both sides (`openssl x509 -in FILE -noout -ext subjectKeyIdentifier`): the CA may have been regenerated; then have the certificate in {file} issued again"
            ),
        ),
        Standing::OtherRoot(root) => (
            format!(
                "your certificate leads to {root}, which is not among the CAs that the server names"
            ),
            format!(
                "present a certificate from a CA that the server names, in place of the one in {file}; or ask the operator of {} to trust {root}",
                connection.asked.host
            ),
        ),
        Standing::Linked { .. } | Standing::Unlinked { .. } => return None,
    };
    let mut lines = mtls::facts_of(connection, &refusal);
    lines.push(why);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("the server does not know the CA of your client certificate, {issuer}"),
        evidence: lines,
        hint,
    })
}
