//! `gateway.redirect-to-login`.

use crate::peer_text::PeerText;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::gateway;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::http_answer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "gateway.redirect-to-login",
    layer: Layer::Http,
    certainty: Certainty::Proven,
    page: include_str!("redirect_to_login.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

/// The longest place that is shown.
const LONGEST: usize = 300;

/// Words that make a host or a path one where people log in.
const LOGIN: &[&str] = &[
    "login",
    "logon",
    "signin",
    "sso",
    "auth",
    "auth0",
    "authn",
    "authorize",
    "authorization",
    "authenticate",
    "authentication",
    "authelia",
    "authentik",
    "oauth",
    "oauth2",
    "openid",
    "oidc",
    "saml",
    "saml2",
    "idp",
    "adfs",
    "okta",
    "accounts",
    "keycloak",
    "realms",
];

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, status) = gateway::answer(case, gateway::Refusal::RedirectToLogin)?;
    let to = target(&reply).or_else(|| page_target(&reply))?;
    let mut facts = http_answer::facts(&reply, status);
    let sent = case.sent();
    facts.extend(sent.iter().map(|credential| caller::in_words(credential)));
    if case.is_anonymous() {
        facts.push("no credential was sent".to_owned());
    }
    let hint = match sent.first() {
        None => {
            "send a credential that the proxy takes from programs, such as --token SRC with an ID token for it; or ask its operator for a route without the login"
        }
        Some(_) => {
            "the proxy does not look at this credential, or does not accept it: ask its operator which it takes from programs, or for a route without the login"
        }
    };
    Some(Proof {
        side: Some(Side::Proxy),
        cause: format!(
            "{} sends the caller to a login page at {}; the gRPC server was not asked",
            gateway::name(&reply, status),
            to.quoted(LONGEST)
        ),
        evidence: facts,
        hint: hint.to_owned(),
    })
}

/// Where a redirect leads, if that is a login.
pub(super) fn target(reply: &Reply<'_>) -> Option<PeerText> {
    let location = reply.values("location").into_iter().next()?;
    let text = location.for_judging();
    is_login(&text).then(|| location.part(place(&text), &text))
}

/// Where an HTML page sends the browser at once, if that is a login.
pub(super) fn page_target(reply: &Reply<'_>) -> Option<PeerText> {
    if reply.media_type().as_deref() != Some("text/html") {
        return None;
    }
    let page = reply.answer.body_excerpt.as_ref()?;
    let body = page.for_judging();
    let lower = body.to_ascii_lowercase();
    let refresh = lower.find("http-equiv=\"refresh\"").and_then(|at| {
        let found = lower[at..].find("url=")?;
        let text = body[at + found + "url=".len()..].trim_start_matches(['\'', '"']);
        text.split(['\'', '"', '>']).next()
    });
    refresh
        .filter(|url| is_login(url))
        .map(|url| page.part(place(url.trim()), &body))
}

/// Whether host or path names a login; the query may quote anything.
fn is_login(url: &str) -> bool {
    let place = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let words: Vec<&str> = place
        .split(|character: char| !character.is_alphanumeric())
        .collect();
    words.iter().any(|word| LOGIN.contains(word))
        || words.windows(2).any(|pair| pair == ["sign", "in"])
}

/// Scheme, host and path; the query holds state that says nothing.
fn place(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_told_from_other_places() {
        for url in [
            "https://login.example.com/",
            "/oauth2/start?rd=%2F",
            "https://id.example.com/realms/x/protocol/openid-connect/auth",
            "https://accounts.google.com/o/oauth2/v2/auth?client_id=x",
            "/sign-in",
            "https://sso.corp.example/",
        ] {
            assert!(is_login(url), "{url}");
        }
        for url in [
            "https://api.example.com/",
            "/authors/1",
            "/?next=/login",
            "/signing/key",
            "",
            "https://www.example.com/maintenance",
        ] {
            assert!(!is_login(url), "{url}");
        }
    }
}
