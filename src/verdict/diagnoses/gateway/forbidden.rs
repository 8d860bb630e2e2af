//! `gateway.forbidden`.

use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::gateway;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::caller;
use crate::verdict::reading::token::Token;

pub const ROW: Diagnosis = Diagnosis {
    id: "gateway.forbidden",
    layer: Layer::Http,
    kind: Kind::Specific,
    meaning: "A proxy in front of the gRPC server answered HTTP 403: it does not let this request through, because of who calls, from where, or what for. The gRPC server itself was not asked.",
    established: "The response is HTTP 403 without a grpc-status. A server that speaks gRPC would have sent status 7 (then see permission.denied).",
    mend: &[
        (
            "client",
            "Find out what the rule is about: the caller, its address, the path or the content type (web application firewalls refuse application/grpc).",
        ),
        (
            "operator of the gateway",
            "Look for the request's time and path in its access log; allow POST to /package.Service/Method with content-type application/grpc and te: trailers.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (reply, status) = gateway::of_kind(evidence, gateway::Kind::Forbidden)?;
    let mut facts = gateway::facts(&reply, status);
    let sent = caller::sent(evidence);
    facts.extend(sent.iter().map(|credential| caller::in_words(credential)));
    facts.extend(Token::sent(evidence).map(|token| token.in_words(evidence.clock)));
    let anonymous = caller::is_anonymous(evidence);
    if anonymous {
        facts.push("no credential was sent".to_owned());
    }
    Some(Proof {
        side: Some(Side::Proxy),
        cause: format!(
            "{} does not let this request through (HTTP 403); the gRPC server was not asked",
            gateway::name(&reply)
        ),
        evidence: facts,
        hint: format!(
            "{}ask the gateway's operator which rule refuses {}; it may be the caller, its address, the path, or gRPC as such",
            if anonymous {
                "if it wants a credential, send one with --token SRC; else "
            } else {
                ""
            },
            evidence.asked.method.as_deref().unwrap_or("the request"),
        ),
    })
}
