//! `token.endpoint-redirect`.

use crate::authenticate::http::Exchange;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::told_by;
use http::Uri;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.endpoint-redirect",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("endpoint_redirect.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let exchange = failed.exchange()?;
    let to = destination(exchange);
    let mut facts = failed.sent().into_iter().collect::<Vec<String>>();
    facts.push("nothing was sent on: a redirect of a token request is not followed".to_owned());
    Some(Proof {
        side: None,
        cause: format!(
            "{} was answered with a redirect{} to {to}",
            failed.request(),
            failed.in_brackets()
        ),
        evidence: facts,
        hint: format!(
            "give the URL of the token endpoint itself; if {} is right, ask the operator of {} why it redirects",
            exchange.url, exchange.host
        ),
    })
}

/// Where it points: no more of it than the host.
fn destination(exchange: &Exchange) -> String {
    let Some(location) = exchange.head().and_then(|head| head.location.as_ref()) else {
        return "nowhere (no Location)".to_owned();
    };
    let text = location.for_judging();
    let Ok(uri) = text.trim().parse::<Uri>() else {
        return "what is no URL".to_owned();
    };
    match (uri.host(), uri.scheme_str()) {
        (None, _) => "another path of the same host".to_owned(),
        (Some(host), scheme) => {
            // The host as it stands there: a secret may go on behind it.
            let at = text.find(host).unwrap_or(0);
            let named = location.part(text.get(at..at + host.len()).unwrap_or(host), &text);
            let shown = match host == exchange.host {
                true => format!("the same host, {host}"),
                false => named.quoted(300).to_string(),
            };
            match scheme {
                Some("http") => format!("{shown}, in the clear (http)"),
                _ => shown,
            }
        }
    }
}
