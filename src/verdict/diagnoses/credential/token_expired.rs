//! `credential.token-expired`.

use time::Duration;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::authenticate::Obtained;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::Refused;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::caller;
use crate::verdict::reading::fetch;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::verdict::reading::token::Expiry;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.token-expired",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("token_expired.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

/// The token that was sent and is known to end.
struct Ending<'a> {
    credential: &'a CallCredential,
    ends: OffsetDateTime,
    /// By whose word: `exp …, iss …`, or that of who gave it.
    by: String,
    /// Who issued it, if the token says so.
    issuer: Option<String>,
}

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    let ending = ending(case, &refused);
    let is_told = case.about() == Some(About::Expired);
    if let Some(ending) = &ending
        && let Some(expiry) = case.expiry(ending.ends)
        && (is_told || (!case.has_another_reason(About::Expired) && !is_close(expiry)))
    {
        return Some(by_its_claims(case, &refused, ending, expiry));
    }
    is_told.then(|| by_the_servers_words(case, &refused, ending.as_ref()))
}

/// Clocks differ by so much, and verifiers allow for it: within it an end is a fact, and no cause by itself.
const LEEWAY: Duration = Duration::minutes(1);

fn is_close(expiry: Expiry) -> bool {
    match expiry {
        Expiry::Before(ago) => ago < LEEWAY,
        Expiry::During(_) => false,
    }
}

/// By the JWT's own word; of an opaque token, by the endpoint's.
fn ending<'a>(case: &'a Case<'_>, refused: &Refused<'a>) -> Option<Ending<'a>> {
    if let Some(token) = case.token() {
        return Some(Ending {
            credential: token.credential,
            ends: token.decoded.expires_at()?,
            by: token.expiry_and_issuer(),
            issuer: token.decoded.issuer().map(str::to_owned),
        });
    }
    let mut sent = refused.credentials.iter();
    let (credential, ends) = sent.find_map(|sent| Some((*sent, sent.expires_at?)))?;
    Some(Ending {
        credential,
        ends,
        by: format!(
            "until {}, by the word of {}",
            rfc3339(ends),
            fetch::place(credential)
        ),
        issuer: None,
    })
}

fn by_its_claims(
    case: &Case<'_>,
    refused: &Refused<'_>,
    ending: &Ending<'_>,
    expiry: Expiry,
) -> Proof {
    let when = match expiry {
        Expiry::Before(ago) => format!("{} before the call", span(ago)),
        Expiry::During(into) => format!("{} into the call", span(into)),
    };
    let mut facts = vec![
        caller::in_words(ending.credential),
        format!("local time at the call: {}", rfc3339(case.clock)),
    ];
    facts.extend(fetch::clock_of(ending.credential));
    facts.extend(refused.reply.header_line("www-authenticate"));
    Proof {
        side: Some(Side::Client),
        cause: format!("the token sent expired {when} ({})", ending.by),
        evidence: facts,
        hint: renew(ending),
    }
}

fn by_the_servers_words(
    case: &Case<'_>,
    refused: &Refused<'_>,
    ending: Option<&Ending<'_>>,
) -> Proof {
    let credential = refused.credentials[0];
    let noun = caller::noun(credential);
    let speaker = refused.reply.speaker();
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    facts.extend(fetch::clock_of(credential));
    match ending {
        // Both cannot be right: the clocks differ, or another token was judged.
        Some(ending) => {
            let left = ending.ends - case.clock;
            facts.push(format!(
                "by the local clock ({}) it has {} left ({})",
                rfc3339(case.clock),
                span(left.max(Duration::ZERO)),
                ending.by
            ));
            Proof {
                side: None,
                cause: format!("{speaker} says that the token has expired; by this machine's clock it has not"),
                evidence: facts,
                hint: "compare the clocks: date -u here, and ask the server's operator for its time; a token that was exchanged on the way may be the one that expired".to_owned(),
            }
        }
        None => Proof {
            side: Some(Side::Client),
            cause: format!("{speaker} says that the {noun} sent has expired"),
            evidence: facts,
            hint: caller::get_another(credential),
        },
    }
}

/// Where a new one comes from and goes to.
fn renew(ending: &Ending<'_>) -> String {
    match (&ending.issuer, ending.credential.obtained) {
        (Some(issuer), Obtained::Given) => format!(
            "get a new token from {issuer} and put it into {}",
            ending.credential.source
        ),
        (_, Obtained::Fetched | Obtained::Refreshed) => format!(
            "it came like that: compare the clocks (date -u here), and ask the operator of {} why it gives tokens that are over",
            ending
                .issuer
                .as_deref()
                .unwrap_or(&ending.credential.source)
        ),
        _ => caller::get_another(ending.credential),
    }
}
