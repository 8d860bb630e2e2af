//! `name.cn-only`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::name::Misfit;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "name.cn-only",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The name stands only in the certificate's common name. Go and rustls have stopped looking \
        there (RFC 9525 §1.4); curl, OpenSSL and gRPC in Python and C++ still do, so that it \"works\" with them.",
    established: "The asked name is the subject's common name, and no subject alternative name is a DNS \
        name or address.",
    mend: name::ISSUE,
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (leaf, Misfit::CommonNameOnly(common_name)) = name::misfit(evidence)? else {
        return None;
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificate has the name {common_name} only as its common name, which is not looked at any more"
        ),
        evidence: name::clash(evidence, leaf),
        hint: format!(
            "ask whoever runs {} to have the certificate issued again with `subjectAltName=DNS:{common_name}`; no setting here can make up for it",
            evidence.connection.asked.host
        ),
    })
}
