//! `mtls.rejected`.

use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;
use crate::verdict::reading::About;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Words;
use crate::verdict::reading::certificates;
use crate::verdict::reading::sent_certificate;
use crate::verdict::reading::words::Subjects;
use crate::x509::Facts;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.rejected",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("rejected.md"),
    prove: Prove::Both(in_tls, prove),
    yields_to: &["credential.certificate-binding"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    in_tls(&case.connection).or_else(|| by_the_service(case))
}

fn in_tls(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    // What ends after the client has finished, without a word, may end for any reason.
    if refusal.is_late_close() {
        return None;
    }
    let mut lines = vec![refusal.sign.words()];
    lines.extend(sent_certificate::facts(connection));
    lines.push(refusal.listed());
    lines.extend(mtls::unsent_issuer(connection));
    Some(Proof {
        side: None,
        cause: match refusal.is_told() {
            true => "the server asked for a client certificate, and refused the one that was sent",
            false => {
                "the server asked for a client certificate, and closed the connection when it got one"
            }
        }
        .to_owned(),
        evidence: lines,
        hint: format!(
            "ask the operator of {} what its log says; on your side, check with `openssl verify -CAfile CA -purpose sslclient {}` that the CA which the server trusts issued it, and append its intermediates",
            connection.asked.host,
            mtls::our_file(connection)
        ),
    })
}

/// The handshake was good, and the service does not know, or does not accept, whom the certificate names.
fn by_the_service(case: &Case<'_>) -> Option<Proof> {
    let (reply, denial) = case.denial()?;
    let connection = &case.connection;
    let leaf = sent_certificate::leaf(connection)?;
    let words = Words::of_answer(&reply);
    let unseen = words.reports_missing_certificate();
    let is_about_it = unseen || words.are_about_the_clients_certificate();
    let alone = case.is_anonymous()
        && denial == Denial::Unauthenticated
        && case.reply_of_server().is_some()
        && !words.reports_missing_credential(Subjects::Any)
        // To a service that knows the caller the certificate did its work.
        && !case.about().is_some_and(About::is_of_permission)
        && !case.refuses_a_login();
    if !is_about_it && !alone {
        return None;
    }
    // To a certificate that the service knows, PERMISSION_DENIED is about permission.
    if denial == Denial::Forbidden && !unseen && case.reply_of_server().is_some() {
        return None;
    }
    let subject = certificates::named(&leaf.subject);
    let host = &connection.asked.host;
    let (cause, hint) = if unseen {
        (
            format!(
                "the client certificate ({subject}) was sent, but the service says that it saw none"
            ),
            format!(
                "ask the operator of {host} whether a proxy in front of the service ends TLS and passes the certificate on (x-forwarded-client-cert), and whether the service reads it"
            ),
        )
    } else if is_about_it {
        (
            format!(
                "TLS accepted the client certificate, but the service does not accept its identity, {subject}"
            ),
            format!(
                "ask the operator of {host} to map {subject} to a user or role; or present the certificate of a caller that the service knows (--cert FILE --key FILE)"
            ),
        )
    } else {
        (
            format!(
                "TLS accepted the client certificate ({subject}), but the service does not accept it as the caller's identity"
            ),
            format!(
                "ask the operator of {host} whether {subject} is mapped to a user, and whether calls need a credential beside the certificate (--token SRC)"
            ),
        )
    };
    let mut facts = sent_certificate::facts(connection);
    facts.extend(names(leaf));
    facts.extend(reply.quoted());
    Some(Proof {
        side: None,
        cause,
        evidence: facts,
        hint,
    })
}

fn names(leaf: &Facts) -> Option<String> {
    let names: Vec<String> = leaf.san.iter().map(ToString::to_string).collect();
    (!names.is_empty()).then(|| format!("its subject alternative names: {}", names.join(", ")))
}
