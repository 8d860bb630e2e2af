//! The client certificate that was sent, in words: which, and what a server may hold against it.

use crate::verdict::case::ConnectionCase;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::standing::Standing;
use crate::x509::Facts;
use crate::x509::walk;

/// The end-entity certificate that was sent and its subject; `None` if none was.
pub(crate) fn leaf<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a Facts> {
    connection.certificate_sent()?;
    connection.our_chain().first()?.as_ref().ok()
}

/// The certificate and its file, its dates and purposes; empty if none was sent.
pub(crate) fn facts(connection: &ConnectionCase<'_>) -> Vec<String> {
    let (Some(given), Some(leaf)) = (connection.certificate_sent(), leaf(connection)) else {
        return Vec::new();
    };
    let usages = match &leaf.extended_key_usage {
        Some(usages) => usages.join(", "),
        None => "any".to_owned(),
    };
    let mut facts = vec![
        format!(
            "client certificate sent from {}: {}",
            given.file.display(),
            certificates::identity(leaf)
        ),
        format!(
            "valid from {} to {}; extended key usage: {usages}; local clock: {}",
            rfc3339(leaf.not_before),
            rfc3339(leaf.not_after),
            rfc3339(connection.clock)
        ),
    ];
    facts.extend(unlinked(connection));
    facts
}

/// The certificates sent with it that issued none of it.
pub(crate) fn unlinked(connection: &ConnectionCase<'_>) -> Option<String> {
    let given = connection.certificate_sent()?;
    let first = *walk::unlinked(&given.chain).first()?;
    let facts = connection.our_chain().get(first)?.as_ref().ok()?;
    Some(format!(
        "certificate {first} in {} ({}) did not sign the ones before it: it is of no use in that file",
        given.file.display(),
        certificates::named(&facts.subject)
    ))
}

/// What a server may hold against it, in a sentence: none of this shows that one does.
pub(crate) fn doubts(connection: &ConnectionCase<'_>) -> Vec<String> {
    let Some(leaf) = leaf(connection) else {
        return Vec::new();
    };
    let mut doubts = Vec::new();
    if leaf.is_expired(connection.clock) {
        doubts.push("the client certificate has expired".to_owned());
    }
    if leaf.is_not_yet_valid(connection.clock) {
        doubts.push("the client certificate is not valid yet".to_owned());
    }
    let for_clients = |usage: &String| usage == "clientAuth" || usage == "anyExtendedKeyUsage";
    if let Some(usages) = &leaf.extended_key_usage
        && !usages.iter().any(for_clients)
    {
        doubts.push("the client certificate was not issued for clients".to_owned());
    }
    let issuer = certificates::named(&leaf.issuer);
    match connection.standing() {
        Some(Standing::OtherRoot(_) | Standing::Unlinked { .. } | Standing::Linked { .. }) => {
            doubts.push(format!(
                "the server listed the CAs that it accepts, and {issuer} is not among them"
            ))
        }
        Some(Standing::Open | Standing::Listed(_)) | None => {}
    }
    doubts
}
