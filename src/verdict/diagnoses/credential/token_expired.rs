//! `credential.token-expired`.

use time::Duration;

use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::credential::Refused;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::Words;
use crate::verdict::reading::caller;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::verdict::reading::token::Expiry;
use crate::verdict::reading::token::Token;

pub const ROW: Diagnosis = Diagnosis {
    id: "credential.token-expired",
    layer: Layer::Credential,
    kind: Kind::Specific,
    meaning: "The server refused the call, and the token that was sent had expired: before the call, or while a stream was running.",
    established: "The refusal (UNAUTHENTICATED, PERMISSION_DENIED, HTTP 401 or 403) and the token's own exp against this machine's clock; or the server says that it has expired. An expired token that the server accepts is nothing, and so is one beside a refusal that is about something else.",
    mend: &[
        (
            "client",
            "Get a new token from whoever issued it (iss), and put it where the old one came from. If the times look wrong, look at this machine's clock: date -u.",
        ),
        (
            "CI",
            "Fetch the token in the job that uses it, not in one that runs before.",
        ),
        (
            "authorization server",
            "The life of a token is set there; minutes to an hour is usual. Streams that outlive a token must reconnect with a new one.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refused = refused(evidence)?;
    let token = Token::sent(evidence);
    if let Some(token) = &token
        && let Some(expiry) = token.expiry(evidence)
    {
        return Some(by_its_claims(evidence, &refused, token, expiry));
    }
    let words = Words::of(&refused.reply);
    words
        .say_expired()
        .then(|| by_the_servers_words(evidence, &refused, token.as_ref()))
}

fn by_its_claims(
    evidence: &Evidence,
    refused: &Refused<'_>,
    token: &Token<'_>,
    expiry: Expiry,
) -> Proof {
    let when = match expiry {
        Expiry::Before(ago) => format!("{} before the call", span(ago)),
        Expiry::During(into) => format!("{} into the call", span(into)),
    };
    let mut facts = vec![
        caller::in_words(token.credential),
        format!(
            "by the clock of this machine the call began at {}",
            rfc3339(evidence.clock)
        ),
    ];
    facts.extend(refused.reply.header_line("www-authenticate"));
    Proof {
        side: Some(Side::Client),
        cause: format!(
            "the token sent expired {when} ({})",
            token.expiry_and_issuer()
        ),
        evidence: facts,
        hint: renew(token),
    }
}

fn by_the_servers_words(
    evidence: &Evidence,
    refused: &Refused<'_>,
    token: Option<&Token<'_>>,
) -> Proof {
    let credential = refused.credentials[0];
    let noun = caller::noun(credential);
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    let ends = token.and_then(|token| Some((token, token.decoded.expires_at()?)));
    match ends {
        // Both cannot be right: the clocks differ, or another token was judged.
        Some((token, ends)) => {
            let left = ends - evidence.clock;
            facts.push(format!(
                "by the clock of this machine ({}) it has {} left ({})",
                rfc3339(evidence.clock),
                span(left.max(Duration::ZERO)),
                token.expiry_and_issuer()
            ));
            Proof {
                side: None,
                cause: "the server says that the token has expired; by this machine's clock it has not".to_owned(),
                evidence: facts,
                hint: "compare the clocks: date -u here, and ask the server's operator for its time; a token that was exchanged on the way may be the one that expired".to_owned(),
            }
        }
        None => Proof {
            side: Some(Side::Client),
            cause: format!("the server says that the {noun} sent has expired"),
            evidence: facts,
            hint: format!("get a new {noun} and put it into {}", credential.source),
        },
    }
}

/// Where a new one comes from and goes to.
fn renew(token: &Token<'_>) -> String {
    let from = token
        .decoded
        .issuer()
        .map(|issuer| format!(" from {issuer}"))
        .unwrap_or_default();
    format!(
        "get a new token{from} and put it into {}",
        token.credential.source
    )
}
