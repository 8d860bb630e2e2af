//! `mtls.not-listed`.

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
    id: "mtls.not-listed",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server names the CAs whose client certificates it takes, and the issuer of ours is not \
        among them; it turned us away. Go clients (grpcurl, too) silently send no certificate at all then, \
        and report `certificate required`.",
    established: "The names in the server's certificate request, against the issuers of the certificates \
        that were sent; and the refusal before the server spoke HTTP/2. If the certificate of the issuer was \
        not sent, a forgotten intermediate is possible as well, and `mtls.no-chain` stands beside it.",
    mend: mtls::ISSUE,
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let issuer = match mtls::standing(evidence, &refusal)? {
        Standing::Unlinked { issuer } => issuer,
        Standing::OtherRoot(root) if !mtls::says_unknown_ca(&refusal) => root,
        _ => return None,
    };
    let issuer = certificates::named(&issuer);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "our client certificate was issued by {issuer}, which is not among the CAs whose certificates the server takes"
        ),
        evidence: mtls::facts_of(evidence, &refusal),
        hint: format!(
            "present a certificate from a CA that the server names, in place of the one in {}; or ask whoever runs {} to take those of {issuer}",
            mtls::our_file(evidence),
            evidence.connection.asked.host
        ),
    })
}
