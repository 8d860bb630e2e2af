//! `credential.none-sent`.

use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::challenge;
use crate::verdict::reading::words::Subjects;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.none-sent",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("none_sent.md"),
    prove: Prove::Run(prove),
    yields_to: &["mtls.required", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, denial) = case.denial()?;
    if !case.is_anonymous() || !is_for_want_of_a_credential(case, denial) {
        return None;
    }
    let asked = &case.asked;
    let what = match (case.call.in_reflection(), &asked.method) {
        _ if case.reply_over_http().is_some() => "the gateway in front of the server",
        (true, _) => "the server's reflection",
        (false, Some(method)) => method,
        (false, None) => "the method",
    };
    let mut facts = vec![metadata_sent(case)];
    facts.extend(kept_back(case));
    if !matches!(
        reply.status.code,
        StatusCode::UNAUTHENTICATED | StatusCode::PERMISSION_DENIED
    ) {
        facts.extend(reply.quoted());
    }
    facts.extend(reply.header_line("www-authenticate"));
    if let Some(certificate) = case.connection.certificate_sent() {
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
        hint: hint(case, &reply),
    })
}

/// 7 to somebody whom the server knows by a certificate is about permission, 403 from a gateway about
/// anything, unless the words say otherwise.
fn is_for_want_of_a_credential(case: &Case<'_>, denial: Denial) -> bool {
    let known = case.connection.certificate_sent().is_some();
    let by_server = case.reply_of_server().is_some();
    let words = case.words();
    match denial {
        Denial::Unauthenticated => !case.refuses_a_login(),
        Denial::Forbidden => {
            (by_server && !known) || words.reports_missing_credential(Subjects::Any)
        }
    }
}

/// What the request did carry: a misspelt key shows here.
fn metadata_sent(case: &Case<'_>) -> String {
    let mut keys: Vec<&str> = case.call.sent.iter().map(|(key, _)| key.as_str()).collect();
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
fn kept_back(case: &Case<'_>) -> Vec<String> {
    case.caller
        .credentials
        .iter()
        .map(|credential| {
            let why = match case.call.withheld {
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

fn hint(case: &Case<'_>, reply: &Reply<'_>) -> String {
    if case.call.withheld {
        return "make the server's certificate verifiable (--cacert FILE in place of --insecure); --allow-unverified-credentials sends the credential to whoever answers".to_owned();
    }
    let fallback = if case.call.in_reflection() {
        "; or do without reflection: --protoset FILE"
    } else {
        ""
    };
    if !case.caller.credentials.is_empty() {
        return format!("leave out --no-auth-on-reflection{fallback}");
    }
    let words = case.words();
    let wants_basic = challenge::of(reply)
        .first()
        .is_some_and(|challenge| challenge.is_of("basic"));
    let flag = if wants_basic {
        "--user NAME --password env:PASSWORD"
    } else if words.has_phrase("api key") || words.has("apikey") {
        "--api-key env:API_KEY"
    } else {
        "--token env:TOKEN"
    };
    format!(
        "send one, such as {flag}; whoever runs {} says which kind it takes, and issues it{fallback}",
        case.connection.asked.authority
    )
}
