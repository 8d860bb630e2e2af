//! `mtls`: the server turns us away for our client certificate, or for want of one.
//!
//! What a refusal looks like depends on the server (an alert, the wrong alert, a bare close, HTTP
//! 400), so the certificate that was sent is checked here as well.

mod expired;
mod no_chain;
mod not_listed;
mod not_yet_valid;
mod purpose;
mod rejected;
mod required;
mod unknown_ca;
mod unsupported_key;

use rustls::AlertDescription;
use rustls::pki_types::CertificateDer;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::client_refusal::Reach;
use crate::x509::AnchorOrigin;
use crate::x509::Facts;
use crate::x509::TrustAnchors;
use crate::x509::walk::WalkEnd;
use crate::x509::walk::walk;

pub const ROWS: &[&Diagnosis] = &[
    &required::ROW,
    &unsupported_key::ROW,
    &expired::ROW,
    &not_yet_valid::ROW,
    &purpose::ROW,
    &unknown_ca::ROW,
    &not_listed::ROW,
    &no_chain::ROW,
    &rejected::ROW,
];

/// The certificates that we sent and that can be read, with their places in the --cert file.
fn ours<'a>(connection: &'a ConnectionCase<'_>) -> Vec<(usize, &'a Facts)> {
    connection
        .our_chain()
        .iter()
        .enumerate()
        .filter_map(|(index, facts)| Some((index, facts.as_ref().ok()?)))
        .collect()
}

/// The end-entity certificate that we sent.
fn our_leaf<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a Facts> {
    connection.our_chain().first()?.as_ref().ok()
}

/// The --cert file.
fn our_file(connection: &ConnectionCase<'_>) -> String {
    match &connection.client_certificate {
        Some(given) => given.file.display().to_string(),
        None => "the --cert file".to_owned(),
    }
}

/// One of ours, for an evidence line.
fn ours_in_words(connection: &ConnectionCase<'_>, index: usize, facts: &Facts) -> String {
    format!(
        "sent from {}, certificate {index}: {}",
        our_file(connection),
        certificates::identity(facts)
    )
}

/// `our certificate`, `certificate 1 of FILE`.
fn short(connection: &ConnectionCase<'_>, index: usize) -> String {
    match index {
        0 => "our client certificate".to_owned(),
        index => format!("certificate {index} of {}", our_file(connection)),
    }
}

/// What leads from ours to a CA that the server lists.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// Nothing is listed, or too much.
    Open,
    /// A listed CA issued one of those that we sent.
    Listed(String),
    /// We sent the whole chain, and its root is not listed.
    OtherRoot(String),
    /// The issuer was not sent; a certificate seen elsewhere is it, and leads to a listed CA.
    Linked {
        issuer: String,
        link: Box<Link>,
        listed: String,
    },
    /// The issuer was not sent, and nothing seen says who it is.
    Unlinked { issuer: String },
}

/// A certificate that was seen, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Link {
    der: CertificateDer<'static>,
    facts: Facts,
    place: String,
}

impl Link {
    fn read(der: &CertificateDer<'static>, place: String) -> Option<Self> {
        Some(Self {
            facts: Facts::read(der).ok()?,
            der: der.clone(),
            place,
        })
    }

    /// Whether it signed the last of ours, and does not only have the issuer's name.
    fn signed(&self, ours: &[CertificateDer<'static>]) -> bool {
        let alone = TrustAnchors::from_system(vec![self.der.clone()]);
        matches!(walk(ours, &alone).end, WalkEnd::Anchor(_))
    }
}

fn standing(connection: &ConnectionCase<'_>, refusal: &ClientRefusal<'_>) -> Option<Standing> {
    let listed = refusal.listed_names();
    let sent: Vec<&Facts> = ours(connection)
        .into_iter()
        .map(|(_, facts)| facts)
        .collect();
    let is_whole = refusal.request.issuers_listed == listed.len();
    Some(match Reach::of(&sent, &listed)? {
        Reach::NothingListed => Standing::Open,
        Reach::Listed(name) => Standing::Listed(name),
        // The list was too long to be kept: ours may stand in the rest of it.
        _ if !is_whole => Standing::Open,
        Reach::OwnRoot(name) => Standing::OtherRoot(name),
        Reach::Missing { issuer, .. } => link(connection, issuer, &listed),
    })
}

/// Where nothing is listed: the issuer of ours, if it was not sent but seen elsewhere. It proves
/// nothing, for the server may well have it.
fn unsent_issuer(connection: &ConnectionCase<'_>, refusal: &ClientRefusal<'_>) -> Option<String> {
    let sent = ours(connection);
    let (_, last) = sent.last()?;
    if standing(connection, refusal)? != Standing::Open || last.self_issued {
        return None;
    }
    let given = &connection.client_certificate.as_ref()?.chain;
    let link = seen(connection).into_iter().find(|link| {
        link.facts.subject == last.issuer && !link.facts.self_issued && link.signed(given)
    })?;
    Some(format!(
        "the certificate of its issuer, {}, was not sent; it was seen in {}",
        certificates::named(&last.issuer),
        link.place
    ))
}

/// Looks for the missing issuer among the certificates that were seen: the server's chain, and the
/// trusted files.
fn link(connection: &ConnectionCase<'_>, issuer: String, listed: &[String]) -> Standing {
    let ours = connection
        .client_certificate
        .as_ref()
        .map_or(&[][..], |given| &given.chain);
    let mut seen = seen(connection);
    let found = seen
        .iter()
        .position(|link| link.facts.subject == issuer && link.signed(ours));
    let Some(found) = found else {
        return Standing::Unlinked { issuer };
    };
    let link = seen.swap_remove(found);
    let names: Vec<&Facts> = std::iter::once(&link.facts)
        .chain(seen.iter().map(|other| &other.facts))
        .collect();
    match Reach::of(&names, listed) {
        Some(Reach::Listed(listed)) => Standing::Linked {
            issuer,
            link: Box::new(link),
            listed,
        },
        Some(Reach::OwnRoot(root)) => Standing::OtherRoot(root),
        _ => Standing::Unlinked { issuer },
    }
}

fn seen(connection: &ConnectionCase<'_>) -> Vec<Link> {
    let presented = connection.tls().map_or(&[][..], |tls| &tls.chain);
    let presented = presented.iter().enumerate().filter_map(|(index, der)| {
        Link::read(
            der,
            format!("the server's own chain, as certificate {index}"),
        )
    });
    let trusted = connection
        .anchors()
        .anchors()
        .iter()
        // The system's hundreds are public CAs'.
        .filter(|anchor| anchor.origin != AnchorOrigin::System)
        .filter_map(|anchor| Link::read(&anchor.der, anchor.origin.to_string()));
    presented.chain(trusted).collect()
}

/// The refusal, ours and the list, for evidence lines.
fn facts_of(connection: &ConnectionCase<'_>, refusal: &ClientRefusal<'_>) -> Vec<String> {
    let mut lines = vec![refusal.sign.words()];
    if let Some(leaf) = our_leaf(connection) {
        lines.push(ours_in_words(connection, 0, leaf));
    }
    lines.push(refusal.listed());
    lines
}

fn says_unknown_ca(refusal: &ClientRefusal<'_>) -> bool {
    refusal.is_alert(AlertDescription::UnknownCA)
}

#[cfg(test)]
mod tests;
