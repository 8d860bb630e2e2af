//! `credential.none-sent`.

use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::answerer::By;
use crate::verdict::reading::caller;
use crate::verdict::reading::challenge;
use crate::verdict::reading::refusal::Wanted;

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
    if !case.is_anonymous() || !is_for_want_of_a_credential(case, &reply, denial) {
        return None;
    }
    let asked = &case.asked;
    let what = match (case.call.in_reflection(), &asked.method) {
        _ if case.reply_over_http().is_some() => "the gateway in front of the server",
        _ if case.answerer().is_some_and(|by| by.by == By::Proxy) => "a proxy before the server",
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
            "the client certificate of {} was sent, and is not enough",
            certificate.file.display()
        ));
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: match denial {
            Denial::Unauthenticated => format!("no credential was sent, and {what} requires one"),
            Denial::Forbidden => {
                format!("no credential was sent, and {what} does not let such a caller in")
            }
        },
        evidence: facts,
        hint: hint(case, &reply),
    })
}

/// PERMISSION_DENIED, and a gateway's 403, may be about anything: only words or a challenge that speak of a credential
/// prove that one was wanted. UNAUTHENTICATED is because there is none unless the words name another reason.
fn is_for_want_of_a_credential(case: &Case<'_>, reply: &Reply<'_>, denial: Denial) -> bool {
    let about = case.about();
    let by_certificate = case.connection.certificate_sent().is_some();
    match denial {
        Denial::Unauthenticated => {
            !case.refuses_a_login()
                && match about {
                    Some(About::Verifier | About::Policy) => false,
                    // To a service that knows the caller by a certificate it is about permission.
                    Some(About::Role) => !by_certificate,
                    _ => true,
                }
        }
        Denial::Forbidden => match about {
            Some(About::Verifier | About::Identity) => false,
            Some(about) => !about.is_of_permission(),
            None => !challenge::of(reply).is_empty(),
        },
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

/// A credential that was given and not sent.
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
        return "make the server's certificate verifiable (--cacert FILE in place of --insecure); --allow-unverified-credentials sends the credential to any server that answers".to_owned();
    }
    let fallback = if case.call.in_reflection() {
        "; or do without reflection: --protoset FILE"
    } else {
        ""
    };
    if !case.caller.credentials.is_empty() {
        return format!(
            "remove --no-auth-on-reflection, or send reflection a credential of its own (--reflect-header 'KEY: VALUE'){fallback}"
        );
    }
    let flag = match Wanted::read(reply, case.words()) {
        Some(Wanted::Bearer) | None => "--token env:TOKEN".to_owned(),
        Some(Wanted::ApiKey) => "--api-key env:API_KEY".to_owned(),
        Some(wanted) => wanted.flags(),
    };
    format!(
        "send one, such as {flag}; the operator of {} knows which kind it accepts, and issues it{fallback}",
        case.connection.asked.authority
    )
}
