//! `token.not-in-response`.

use crate::authenticate::token_fault::Content;
use crate::authenticate::token_fault::RpcFault;
use crate::authenticate::token_fault::TokenFault;
use crate::peer_text::PeerText;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::told_by;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.not-in-response",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("not_in_response.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let (looked_at, keys) = looked_at(failed.fault)?;
    let mut facts = failed.facts();
    if let TokenFault::Rpc(_) = failed.fault {
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        facts.push(format!("fields of the answer: {}", keys.join(", ")));
    }
    let place = failed.place();
    let likely = keys.iter().find(|key| is_likely(&key.for_judging()));
    let hint = match (failed.is_oauth(), likely) {
        (true, _) => format!(
            "check that {place} is an OAuth token endpoint; one that answers in its own way is asked with --login-url and --token-ptr"
        ),
        (false, Some(key)) => format!("try --token-ptr {}", pointer(key)),
        (false, None) => {
            "name the token's place in the answer: --token-ptr /KEY/KEY, or --token-ptr header:NAME"
                .to_owned()
        }
    };
    Some(Proof {
        side: failed.is_oauth().then_some(Side::AuthorizationServer),
        cause: format!(
            "no token at {} in the answer of {place}{}",
            looked_at.join(" or "),
            failed.in_brackets()
        ),
        evidence: facts,
        hint,
    })
}

fn looked_at(fault: &TokenFault) -> Option<(&[String], &[PeerText])> {
    match fault {
        TokenFault::NotInAnswer { looked_at, content } => Some((
            looked_at,
            match content {
                Content::Keys(keys) => keys,
                _ => &[],
            },
        )),
        TokenFault::Rpc(fault) => match &**fault {
            RpcFault::NotInAnswer { looked_at, keys } => Some((looked_at, keys)),
            _ => None,
        },
        _ => None,
    }
}

/// By its name it may well be the token.
fn is_likely(key: &str) -> bool {
    let name = key.to_lowercase();
    let other = ["refresh", "type", "expir", "csrf", "xsrf"];
    (name.contains("token") || name == "jwt" || name == "bearer")
        && !other.iter().any(|word| name.contains(word))
}

/// RFC 6901 §3.
fn pointer(key: &PeerText) -> String {
    let token = key.for_judging().replace('~', "~0").replace('/', "~1");
    format!("/{}", PeerText::from(token).name_among_tokens().quoted(60))
}
