//! `name`: the server's certificate is not for the name that was asked for.

mod cn_only;
mod ip_in_dns_san;
mod mismatch;
mod no_ip_san;
mod spiffe_mismatch;
mod spiffe_only;
mod wildcard_depth;

use std::net::IpAddr;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::certificates;
use crate::x509::Facts;
use crate::x509::SubjectAltName;
use crate::x509::verify::Finding;

pub const ROWS: &[&Diagnosis] = &[
    &cn_only::ROW,
    &wildcard_depth::ROW,
    &ip_in_dns_san::ROW,
    &no_ip_san::ROW,
    &spiffe_only::ROW,
    &spiffe_mismatch::ROW,
    &mismatch::ROW,
];

/// How the names in the certificate miss the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Misfit {
    /// The name stands in the common name, which nobody looks at any more.
    CommonNameOnly(String),
    /// A wildcard that would fit if it stood for another number of labels.
    WildcardDepth(String),
    IpInDnsName,
    NoIpName,
    SpiffeOnly(String),
    Other,
}

/// The leaf's facts and how it misses, if webpki refused the name.
fn misfit<'a>(connection: &'a ConnectionCase<'_>) -> Option<(&'a Facts, Misfit)> {
    let refused = connection.chain_findings().iter().any(|finding| {
        matches!(
            finding,
            Finding::Name {
                error: webpki::Error::CertNotValidForName(_)
            }
        )
    });
    if !refused {
        return None;
    }
    let leaf = connection.leaf()?;
    Some((leaf, classify(leaf, certificates::asked_name(connection))))
}

fn classify(leaf: &Facts, asked: &str) -> Misfit {
    let dns: Vec<&str> = leaf
        .san
        .iter()
        .filter_map(|name| match name {
            SubjectAltName::Dns(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let has_ip = leaf
        .san
        .iter()
        .any(|name| matches!(name, SubjectAltName::Ip(_)));
    if dns.is_empty()
        && !has_ip
        && let Some(id) = spiffe_id(leaf)
    {
        return Misfit::SpiffeOnly(id);
    }
    if let Ok(address) = asked.parse::<IpAddr>() {
        return match (dns.iter().any(|name| is_address(name, address)), has_ip) {
            (true, _) => Misfit::IpInDnsName,
            (false, true) => Misfit::Other,
            (false, false) if common_name_fits(leaf, &dns, asked).is_some() => {
                Misfit::CommonNameOnly(asked.to_owned())
            }
            (false, false) => Misfit::NoIpName,
        };
    }
    if !has_ip && let Some(name) = common_name_fits(leaf, &dns, asked) {
        return Misfit::CommonNameOnly(name);
    }
    match dns.iter().find(|pattern| misses_by_depth(pattern, asked)) {
        Some(pattern) => Misfit::WildcardDepth((*pattern).to_owned()),
        None => Misfit::Other,
    }
}

fn spiffe_id(leaf: &Facts) -> Option<String> {
    leaf.san.iter().find_map(|name| match name {
        SubjectAltName::Uri(uri) if uri.starts_with("spiffe://") => Some(uri.clone()),
        _ => None,
    })
}

fn is_address(name: &str, address: IpAddr) -> bool {
    name.parse::<IpAddr>().is_ok_and(|named| named == address)
}

/// The common name, if it is the asked name and no DNS name stands beside it.
fn common_name_fits(leaf: &Facts, dns: &[&str], asked: &str) -> Option<String> {
    let common_name = leaf.common_name.as_ref()?;
    let fits = common_name.eq_ignore_ascii_case(asked) || wildcard_fits(common_name, asked);
    (dns.is_empty() && fits).then(|| common_name.clone())
}

/// RFC 6125 §6.4.3: a wildcard stands for one whole label, the leftmost.
fn wildcard_fits(pattern: &str, asked: &str) -> bool {
    match (pattern.strip_prefix("*."), asked.split_once('.')) {
        (Some(parent), Some((label, rest))) => {
            !label.is_empty() && rest.eq_ignore_ascii_case(parent)
        }
        _ => false,
    }
}

/// The asked name lies under the wildcard's parent, or is it, but not one label under it.
fn misses_by_depth(pattern: &str, asked: &str) -> bool {
    let Some(parent) = pattern.strip_prefix("*.") else {
        return false;
    };
    let (asked, parent) = (asked.to_ascii_lowercase(), parent.to_ascii_lowercase());
    let under = asked
        .strip_suffix(&parent)
        .is_some_and(|front| front.is_empty() || front.ends_with('.'));
    under && !wildcard_fits(pattern, &asked)
}

/// The asked and the presented names, and the certificate.
fn clash(connection: &ConnectionCase<'_>, leaf: &Facts) -> Vec<String> {
    let mut lines = vec![
        format!("name asked for: {}", certificates::asked_name(connection)),
        certificates::presented_names(leaf),
    ];
    if leaf.san.is_empty()
        && let Some(name) = &leaf.common_name
    {
        lines.push(format!("common name: {name}"));
    }
    lines.push(certificates::presented(connection, 0));
    lines
}

/// A name in the certificate that the client could ask for: for the hint.
fn a_name(leaf: &Facts) -> Option<String> {
    leaf.san.iter().find_map(|name| match name {
        SubjectAltName::Dns(name) => Some(match name.strip_prefix("*.") {
            Some(parent) => format!("host.{parent}"),
            None => name.clone(),
        }),
        SubjectAltName::Ip(address) => Some(address.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
