//! `credential.scope`.

use crate::peer_text::PeerText;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::challenge;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.scope",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("scope.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    let wanted = wanted(&refused.reply);
    if case.about() != Some(About::Scope) {
        return None;
    }
    let token = case.token();
    let credential = refused.credentials[0];
    let granted = match &token {
        Some(token) => Some(token.decoded.scopes()),
        None => fetch::granted(credential),
    };
    let scopes = scopes(&wanted);
    let named = named(&refused.reply);
    if let Some(granted) = &granted
        && (!scopes.is_empty() || !named.is_empty())
        && scopes
            .iter()
            .chain(&named)
            .all(|scope| granted.contains(&scope.as_str()))
    {
        return None;
    }
    let speaker = refused.reply.speaker();
    let mut facts = Vec::new();
    if !scopes.is_empty() {
        facts.push(format!("{speaker} requires scope {}", listed(&wanted)));
    }
    facts.push(match (&token, &granted) {
        (Some(token), _) => format!("claims: {}", token.scope()),
        (None, Some(granted)) => format!(
            "{}; scope granted with it: {}",
            caller::in_words(credential),
            match granted.is_empty() {
                true => "none".to_owned(),
                false => PeerText::from(granted.join(" "))
                    .among_tokens()
                    .quoted(300)
                    .to_string(),
            }
        ),
        (None, None) => format!("{}; it is not a readable JWT", caller::in_words(credential)),
    });
    facts.extend(fetch::asked_for(credential));
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    let which = match scopes.is_empty() {
        true => format!("the scope that {speaker} requires"),
        false => format!("scope {}", listed(&wanted)),
    };
    let flag = match fetch::can_ask(credential) {
        true => " (--scope S asks for it)",
        false => "",
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("the token sent was not given {which}"),
        evidence: facts,
        hint: format!(
            "fetch a token with {which}{flag}; if the authorization server does not grant it, its operator must allow it to this client"
        ),
    })
}

/// The scopes that a challenge names.
fn wanted(reply: &Reply<'_>) -> Vec<PeerText> {
    let challenges = challenge::of(reply);
    let wanted = challenges
        .iter()
        .filter_map(|challenge| challenge.parameter("scope"));
    wanted.cloned().collect()
}

fn scopes(wanted: &[PeerText]) -> Vec<String> {
    let texts = wanted.iter().map(PeerText::for_judging);
    texts
        .flat_map(|text| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// As a line shows them.
fn listed(wanted: &[PeerText]) -> String {
    let texts: Vec<String> = wanted.iter().map(ToString::to_string).collect();
    texts.join(" ")
}

/// What the message names as scopes: the words after `scope` that have the look of one.
fn named(reply: &Reply<'_>) -> Vec<String> {
    let message = reply.status.message.for_judging();
    let mut words = message
        .split(|c: char| c.is_whitespace() || "\"'`,;()[]{}=".contains(c))
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| !word.is_empty());
    let is_scope = |word: &&str| matches!(word.to_lowercase().as_str(), "scope" | "scopes");
    if !words.any(|word| is_scope(&word)) {
        return Vec::new();
    }
    words
        .filter(|word| word.contains(['.', ':', '/', '_', '-']))
        .map(str::to_owned)
        .collect()
}
