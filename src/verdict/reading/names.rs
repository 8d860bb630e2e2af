//! How the names in a certificate miss the one that was asked for.

use std::net::IpAddr;

use crate::evidence::ConnectionEvidence;
use crate::x509::Facts;
use crate::x509::SubjectAltName;

/// The name that the server was asked for.
pub(crate) fn asked_name(connection: &ConnectionEvidence) -> &str {
    match connection.tls() {
        Some(tls) if !tls.server_name.is_empty() => &tls.server_name,
        _ => &connection.asked.host,
    }
}

/// The way in which they miss it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The name stands in the common name, which nobody looks at any more.
    CommonNameOnly(String),
    /// A wildcard that would fit if it stood for another number of labels.
    WildcardDepth(String),
    IpInDnsName,
    NoIpName,
    SpiffeOnly(String),
    Other,
}

impl Misfit {
    /// Of a certificate that webpki refused for its names.
    pub fn of(leaf: &Facts, asked: &str) -> Self {
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

/// The asked name as a certificate has it in a form that matches nothing, and what is wrong with that form.
pub(crate) fn miswritten(leaf: &Facts, asked: &str) -> Option<(String, &'static str)> {
    leaf.san.iter().find_map(|name| {
        let (SubjectAltName::Dns(written) | SubjectAltName::Uri(written)) = name else {
            return None;
        };
        if written == "*" && leaf.san.len() == 1 {
            return Some((written.clone(), "a lone * matches no name"));
        }
        let (bare, why) = bare(written)?;
        let is_meant = bare.eq_ignore_ascii_case(asked) || wildcard_fits(bare, asked);
        is_meant.then(|| (written.clone(), why))
    })
}

/// What is left of a name without what does not belong into one, and what that was.
fn bare(written: &str) -> Option<(&str, &'static str)> {
    const URL: &str = "that is a URL, and a DNS name is needed";
    if written.starts_with("spiffe://") {
        return None;
    }
    if let Some((_, rest)) = written.split_once("://") {
        let host = rest.split(['/', '?', '#']).next()?;
        return Some((host.rsplit_once(':').map_or(host, |(host, _)| host), URL));
    }
    if let Some((host, _)) = written.split_once('/') {
        return Some((host, "it has a path"));
    }
    if let Some((host, port)) = written.rsplit_once(':')
        && port.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some((host, "it has a port"));
    }
    let trimmed = written.trim();
    if trimmed != written {
        return Some((trimmed, "it has a blank at one end"));
    }
    let absolute = written.strip_suffix('.')?;
    Some((absolute, "it ends in a dot"))
}

/// A name as `openssl` takes it in a subject alternative name.
pub(crate) fn as_san(name: &str) -> String {
    match name.parse::<IpAddr>() {
        Ok(_) => format!("IP:{name}"),
        Err(_) => format!("DNS:{name}"),
    }
}
