//! `credential.none-sent`.

use crate::evidence::Evidence;
use crate::status::StatusCode;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::Words;
use crate::verdict::reading::caller;
use crate::verdict::reading::challenge;
use crate::verdict::reading::reply::denial;
use crate::verdict::reading::reply::refuses_a_login;
use crate::verdict::reading::words::Subjects;

pub const ROW: Diagnosis = Diagnosis {
    id: "credential.none-sent",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("none_sent.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (reply, denial) = denial(evidence)?;
    if !caller::is_anonymous(evidence) || !is_for_want_of_a_credential(evidence, &reply, denial) {
        return None;
    }
    let asked = &evidence.asked;
    let what = match (evidence.call.in_reflection(), &asked.method) {
        _ if Reply::over_http(evidence).is_some() => "the gateway in front of the server",
        (true, _) => "the server's reflection",
        (false, Some(method)) => method,
        (false, None) => "the method",
    };
    let mut facts = vec![metadata_sent(evidence)];
    facts.extend(kept_back(evidence));
    if !matches!(
        reply.status.code,
        StatusCode::UNAUTHENTICATED | StatusCode::PERMISSION_DENIED
    ) {
        facts.extend(reply.quoted());
    }
    facts.extend(reply.header_line("www-authenticate"));
    if let Some(certificate) = caller::certificate_sent(evidence) {
        facts.push(format!(
            "the client certificate of {} was sent; it did not do alone",
            certificate.file.display()
        ));
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: match denial {
            Denial::Unauthenticated => format!("no credential was sent, and {what} wants one"),
            Denial::Forbidden => {
                format!("no credential was sent, and {what} does not let such a caller in")
            }
        },
        evidence: facts,
        hint: hint(evidence, &reply),
    })
}

/// 7 to somebody whom the server knows by a certificate is about permission, 403 from a gateway about
/// anything, unless the words say otherwise.
fn is_for_want_of_a_credential(evidence: &Evidence, reply: &Reply<'_>, denial: Denial) -> bool {
    let known = caller::certificate_sent(evidence).is_some();
    let by_server = Reply::from_server(evidence).is_some();
    let words = Words::of(reply);
    match denial {
        Denial::Unauthenticated => !refuses_a_login(evidence, &words),
        Denial::Forbidden => (by_server && !known) || words.miss_a_credential(Subjects::Any),
    }
}

/// What the request did carry: a misspelt key shows here.
fn metadata_sent(evidence: &Evidence) -> String {
    let mut keys: Vec<&str> = evidence
        .call
        .sent
        .iter()
        .map(|(key, _)| key.as_str())
        .collect();
    keys.dedup();
    match keys[..] {
        [] => "the request carried no metadata".to_owned(),
        _ => format!(
            "metadata sent: {}; no credential by its name",
            keys.join(", ")
        ),
    }
}

/// A credential that was there and stayed at home.
fn kept_back(evidence: &Evidence) -> Vec<String> {
    evidence
        .caller
        .credentials
        .iter()
        .map(|credential| {
            let why = match evidence.call.withheld {
                true => "was kept back: the server's certificate is not verified (--insecure)",
                false => "does not go along with reflection (--no-auth-on-reflection)",
            };
            format!(
                "the {} from {} {why}",
                caller::noun(credential),
                credential.source
            )
        })
        .collect()
}

fn hint(evidence: &Evidence, reply: &Reply<'_>) -> String {
    if evidence.call.withheld {
        return "make the server's certificate verifiable (--cacert FILE in place of --insecure); --allow-unverified-credentials sends the credential to whoever answers".to_owned();
    }
    let fallback = if evidence.call.in_reflection() {
        "; or do without reflection: --protoset FILE"
    } else {
        ""
    };
    if !evidence.caller.credentials.is_empty() {
        return format!("leave out --no-auth-on-reflection{fallback}");
    }
    let words = Words::of(reply);
    let wants_basic = challenge::of(reply)
        .first()
        .is_some_and(|challenge| challenge.scheme.eq_ignore_ascii_case("basic"));
    let flag = if wants_basic {
        "--user NAME --password env:PASSWORD"
    } else if words.has_phrase("api key") || words.has("apikey") {
        "--api-key env:API_KEY"
    } else {
        "--token env:TOKEN"
    };
    format!(
        "send one, such as {flag}; whoever runs {} says which kind it takes, and issues it{fallback}",
        evidence.connection.asked.authority
    )
}
