//! What leads from your client certificate to a CA that the server lists.

use rustls::pki_types::CertificateDer;

use crate::connect::report::CertificateRequest;
use crate::evidence::ConnectionEvidence;
use crate::verdict::reading::client_refusal::Reach;
use crate::verdict::reading::client_refusal::listed_names;
use crate::x509::AnchorOrigin;
use crate::x509::Facts;
use crate::x509::TrustAnchors;
use crate::x509::walk::WalkEnd;
use crate::x509::walk::walk;

/// What leads from ours to a CA that the server lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
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
pub struct Link {
    der: CertificateDer<'static>,
    pub facts: Facts,
    pub place: String,
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
    pub fn signed(&self, ours: &[CertificateDer<'static>]) -> bool {
        let alone = TrustAnchors::from_system(vec![self.der.clone()]);
        matches!(walk(ours, &alone).end, WalkEnd::Anchor(_))
    }
}

impl Standing {
    /// Of the certificates sent, as far as they can be read, before a server that asked for them so.
    pub fn of(
        connection: &ConnectionEvidence,
        ours: &[&Facts],
        request: &CertificateRequest,
    ) -> Option<Self> {
        let listed = listed_names(request);
        let is_whole = request.issuers_listed == listed.len();
        Some(match Reach::of(ours, &listed)? {
            Reach::NothingListed => Self::Open,
            Reach::Listed(name) => Self::Listed(name),
            // The list was too long to be kept: ours may stand in the rest of it.
            _ if !is_whole => Self::Open,
            Reach::OwnRoot(name) => Self::OtherRoot(name),
            Reach::Missing { issuer, .. } => link(connection, issuer, &listed),
        })
    }
}

/// Looks for the missing issuer among the certificates that were seen: the server's chain, and the
/// trusted files.
fn link(connection: &ConnectionEvidence, issuer: String, listed: &[String]) -> Standing {
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

/// Every certificate that was seen beside ours.
pub(crate) fn seen(connection: &ConnectionEvidence) -> Vec<Link> {
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
