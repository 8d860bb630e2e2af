//! `credential.rejected`.

use crate::authenticate::CallCredential;
use crate::authenticate::Obtained;
use crate::jwt::mistaken::TokenKind;
use crate::jwt::mistaken::other_use;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::About;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::fetch;
use crate::verdict::reading::token::Token;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.rejected",
    layer: Layer::Credential,
    certainty: Certainty::General,
    page: include_str!("rejected.md"),
    prove: Prove::Run(prove),
    yields_to: &["mtls.required", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, denial) = case.denial()?;
    let about = case.about();
    if case.refuses_a_login() {
        return Some(login(case, &reply));
    }
    if case.is_anonymous() {
        return None;
    }
    // A gateway's refusal has a row of its own; the server was not asked.
    case.reply_of_server()?;
    let is_of_the_credential = |about: About| !about.is_of_permission() && about != About::Scope;
    match denial {
        Denial::Forbidden if !about.is_some_and(is_of_the_credential) => return None,
        Denial::Unauthenticated if !about.is_none_or(is_of_the_credential) => return None,
        _ => {}
    }
    let sent = case.sent();
    let token = case.token();
    let mut facts: Vec<String> = sent
        .iter()
        .map(|credential| caller::in_words(credential))
        .collect();
    if sent.is_empty() {
        let keys = case.other_secrets().join(", ");
        facts.push(format!(
            "metadata was sent that may be a credential by its name: {keys}"
        ));
    }
    facts.extend(sent.iter().flat_map(|credential| {
        let asked = fetch::asked_for(credential);
        asked.into_iter().chain(fetch::clock_of(credential))
    }));
    facts.extend(token.map(|token| token.in_words(case.clock)));
    facts.extend(
        token
            .filter(|token| other_use(&token.decoded).is_none())
            .map(|token| oddity(token).unwrap_or_else(|| signed_with(token))),
    );
    facts.extend(sent.iter().filter_map(|credential| spelling(credential)));
    facts.extend(reply.header_line("www-authenticate"));
    facts.extend(reply.quoted());
    Some(Proof {
        side: None,
        cause: cause(&reply, sent, about, token),
        evidence: facts,
        hint: match about {
            Some(About::Signature) => foreign(case, token),
            Some(About::Missing) => unseen(case),
            Some(About::Algorithm) => format!(
                "get a token that is signed with an algorithm that {} accepts; if this one should do, its operator must add it",
                case.connection.asked.authority
            ),
            Some(About::Claim) => format!(
                "ask the issuer to put the claim that the server names into the token, or request it (--scope S, --audience A); the operator of {} knows which claims it requires",
                case.connection.asked.authority
            ),
            Some(About::Identity) => format!(
                "ask the operator of {} to register the user, client or tenant that the credential names, or use the credential of one that is registered",
                case.connection.asked.authority
            ),
            Some(About::Binding) => BOUND.to_owned(),
            _ => by_its_use(token).unwrap_or_else(|| hint(case, sent)),
        },
    })
}

fn unseen(case: &Case<'_>) -> String {
    format!(
        "ask the operator of {} under which key the server looks, and whether a proxy before it passes that key on",
        case.connection.asked.authority
    )
}

fn foreign(case: &Case<'_>, token: Option<&Token<'_>>) -> String {
    let authority = &case.connection.asked.authority;
    let issuer = token
        .and_then(|token| token.decoded.issuer())
        .unwrap_or("its issuer");
    format!(
        "use a token from the issuer that {authority} trusts (is {issuer} of the same environment?); if it is, the server's operator must refresh the keys (JWKS) that it verifies with"
    )
}

/// What was refused stands in the request, not beside it.
fn login(case: &Case<'_>, reply: &Reply<'_>) -> Proof {
    let method = case.asked.method.as_deref().unwrap_or("the method");
    let mut facts = vec!["no credential was sent beside the request".to_owned()];
    facts.extend(reply.quoted());
    Proof {
        side: None,
        cause: format!("{method} did not accept the credential that the request itself carries"),
        evidence: facts,
        hint: format!(
            "check the name, password or token in the request (-d); the operator of {} finds the reason in its log",
            case.connection.asked.authority
        ),
    }
}

fn cause(
    reply: &Reply<'_>,
    sent: &[&CallCredential],
    about: Option<About>,
    token: Option<&Token<'_>>,
) -> String {
    let speaker = reply.speaker();
    let Some(credential) = sent.first() else {
        return format!(
            "{speaker} requires to know who is calling, and what was sent does not tell it"
        );
    };
    let noun = caller::noun(credential);
    if let Some(reason) = about.and_then(|about| about.reason(noun)) {
        let algorithm = token
            .and_then(|token| token.decoded.algorithm())
            .filter(|_| about == Some(About::Algorithm));
        let named = algorithm.map(|algorithm| format!(" ({algorithm})"));
        return format!(
            "{speaker} did not accept the {noun}: {reason}{}",
            named.unwrap_or_default()
        );
    }
    match about {
        Some(About::Missing) => format!(
            "{speaker} says that it saw no credential; the {noun} was sent as `{}`",
            caller::on_the_wire(credential)
        ),
        _ => format!("{speaker} did not accept the {noun}"),
    }
}

const BOUND: &str = "send the proof that the server asks for: for a certificate --cert FILE --key FILE, the one that the token was issued to; a DPoP proof (RFC 9449) is not made by grpcauth: get a token without that binding";

/// What to send in the place of a JWT that is no access token, or needs a proof beside it.
fn by_its_use(token: Option<&Token<'_>>) -> Option<String> {
    let decoded = &token?.decoded;
    let instead = match other_use(decoded).map(|other| other.kind) {
        Some(TokenKind::Refresh) => {
            "send an access token; --issuer URL --client-id ID --refresh-token SRC gets one with this token"
        }
        Some(TokenKind::Id) => {
            "send the access token of the same login; if this server takes ID tokens, check that this one is for its client id (aud)"
        }
        None if decoded.claims["cnf"]["jkt"].is_string() => BOUND,
        None => return None,
    };
    Some(instead.to_owned())
}

/// Which key a token says it was signed with, and that the rest of it looks good.
fn signed_with(token: &Token<'_>) -> String {
    let algorithm = token.decoded.algorithm().unwrap_or("none");
    match token.decoded.key_id() {
        Some(key) => {
            format!("its header says alg {algorithm}, kid {key}; no problems found in it")
        }
        None => {
            format!("its header says alg {algorithm}, no kid; no problems found in it")
        }
    }
}

/// What many servers refuse in a token, without having said so.
fn oddity(token: &Token<'_>) -> Option<String> {
    if !token.decoded.signed {
        return Some(
            "the token is not signed (alg none, or no signature): servers refuse that".to_owned(),
        );
    }
    let bound_to_a_key = token.decoded.claims["cnf"]["jkt"].is_string();
    bound_to_a_key.then(|| {
        "the token is bound to a key (cnf.jkt): it needs a DPoP proof, which was not sent"
            .to_owned()
    })
}

/// A spelling that some servers do not know: a scheme in small letters, or none.
fn spelling(credential: &CallCredential) -> Option<String> {
    let Some(scheme) = credential.scheme.as_deref() else {
        return (credential.key == http::header::AUTHORIZATION).then(|| {
            "it was sent without a scheme; most servers look for `Bearer …` there".to_owned()
        });
    };
    let canonical = ["Bearer", "Basic"]
        .into_iter()
        .find(|canonical| scheme.eq_ignore_ascii_case(canonical) && scheme != *canonical)?;
    Some(format!(
        "the scheme was sent as `{scheme}`; some servers (etcd, Envoy) know only `{canonical}`"
    ))
}

fn hint(case: &Case<'_>, sent: &[&CallCredential]) -> String {
    let authority = &case.connection.asked.authority;
    let misspelt = sent
        .iter()
        .find(|credential| spelling(credential).is_some());
    let respell = match misspelt.map(|credential| credential.scheme.is_some()) {
        Some(true) => "try the scheme with a capital letter first; ",
        Some(false) => "try `authorization: Bearer …` first; ",
        None => "",
    };
    match sent.first() {
        Some(credential) if caller::is_password(credential) => format!(
            "{respell}check user name and password; if they are right, the operator of {authority} finds the reason in its log"
        ),
        Some(credential)
            if matches!(credential.obtained, Obtained::Fetched | Obtained::Refreshed) =>
        {
            format!(
                "{respell}a fresh {noun} does not help, since this one was fetched for the call: check that {authority} accepts what {source} issues (issuer, audience, key); if it should, the server's operator finds the reason in its log",
                noun = caller::noun(credential),
                source = credential.source,
            )
        }
        Some(credential) => format!(
            "{respell}get a fresh {noun} that is meant for {authority} ({flag}); if it is refused too, the server's operator finds the reason in its log: unknown, revoked, or for another audience",
            noun = caller::noun(credential),
            flag = caller::flag(credential),
        ),
        None => format!(
            "check the value sent; the operator of {authority} knows which metadata it reads"
        ),
    }
}
