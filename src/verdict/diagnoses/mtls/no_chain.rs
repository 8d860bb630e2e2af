//! `mtls.no-chain`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::mtls;
use crate::verdict::diagnoses::mtls::Standing;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::ClientRefusal;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.no-chain",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The client certificate was sent without the intermediate that issued it, so that the server \
        finds no path to a CA that it trusts.",
    established: "The issuer of what was sent is not among the CAs that the server names, and was not sent. \
        It comes first if the issuer's certificate was seen elsewhere (in the server's own chain, in a \
        --cacert file) and leads to a CA that is named. Otherwise it is only possible, and stands beside \
        `mtls.not-listed`.",
    mend: &[
        (
            "client",
            "Put the intermediate behind the certificate in the --cert file: `cat client.crt intermediate.crt > chain.crt`.",
        ),
        (
            "Go, Java, Python",
            "`tls.LoadX509KeyPair` takes such a file; so do `keyManager(new File(\"chain.crt\"), key)` and `certificate_chain` of `ssl_channel_credentials`.",
        ),
        ("cert-manager", "`tls.crt` of the secret is such a file."),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let file = mtls::our_file(evidence);
    let mut lines = mtls::facts_of(evidence, &refusal);
    let (cause, hint) = match mtls::standing(evidence, &refusal)? {
        Standing::Linked {
            issuer,
            link,
            listed,
        } => {
            lines.push(format!(
                "its issuer was seen in {}: {}; it leads to {listed}, which the server names",
                link.place,
                certificates::identity(&link.facts)
            ));
            (
                format!(
                    "our client certificate was sent without the intermediate that issued it, {}",
                    certificates::named(&issuer)
                ),
                format!(
                    "append the certificate of {} (seen in {}) to {file}",
                    certificates::named(&issuer),
                    link.place
                ),
            )
        }
        Standing::Unlinked { issuer } => {
            let issuer = certificates::named(&issuer).to_owned();
            (
                format!(
                    "if {issuer} is an intermediate below a CA that the server names, its certificate was not sent with ours"
                ),
                format!("then append the certificate of {issuer} to {file}"),
            )
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Client),
        cause,
        evidence: lines,
        hint,
    })
}
