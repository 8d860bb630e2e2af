//! Names to addresses, with the resolver's own error code (std's error is text only).

use std::net::IpAddr;
use std::net::SocketAddr;

use dns_lookup::LookupError;
use dns_lookup::LookupErrorKind;

use crate::connect::endpoint::Endpoint;
use crate::connect::endpoint::Location;
use crate::connect::report::Failure;
use crate::connect::report::PeerAddress;
use crate::connect::report::ResolveFailure;

/// SOCK_STREAM, without which every address is listed once for each kind of socket.
const STREAM: i32 = 1;

/// The addresses of an endpoint, or of its proxy, in the order in which they are to be tried.
pub(crate) async fn resolve(endpoint: &Endpoint) -> Result<Vec<PeerAddress>, Failure> {
    let (host, port, overrides) = match endpoint.first_hop() {
        Location::Unix(path) => return Ok(vec![PeerAddress::Unix(path.clone())]),
        Location::Tcp {
            host,
            port,
            overrides,
        } => (host, *port, overrides),
    };
    if overrides.is_empty() && host.contains('%') {
        let zoned = host.clone();
        let found = on_a_thread(move || look_up_zoned(&zoned, port)).await?;
        return Ok(vec![PeerAddress::Tcp(found)]);
    }
    Ok(addresses(host, overrides)
        .await?
        .into_iter()
        .map(|address| PeerAddress::Tcp(SocketAddr::new(address, port)))
        .collect())
}

async fn on_a_thread<T: Send + 'static>(
    look_up: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(look_up)
        .await
        .map_err(|_| other("the resolver's thread ended early"))?
}

/// An address with its zone: the resolver knows the number of an interface by its name.
fn look_up_zoned(host: &str, port: u16) -> Result<SocketAddr, Failure> {
    let hints = dns_lookup::AddrInfoHints {
        socktype: STREAM,
        ..Default::default()
    };
    let found = dns_lookup::getaddrinfo(Some(host), None, Some(hints)).map_err(failure)?;
    let mut found = found.filter_map(Result::ok);
    let mut address = found
        .next()
        .map(|found| found.sockaddr)
        .ok_or_else(|| Failure::Resolve {
            kind: ResolveFailure::NotFound,
            text: "no such interface".into(),
        })?;
    address.set_port(port);
    Ok(address)
}

/// The addresses of a host, of which there is one at least; `overrides`, if there are any, are all of them.
pub(super) async fn addresses(host: &str, overrides: &[IpAddr]) -> Result<Vec<IpAddr>, Failure> {
    let addresses = if !overrides.is_empty() {
        overrides.to_vec()
    } else if let Ok(address) = host.parse::<IpAddr>() {
        vec![address]
    } else {
        let name = host.to_owned();
        on_a_thread(move || look_up(&name)).await?
    };
    Ok(alternate(addresses))
}

fn look_up(name: &str) -> Result<Vec<IpAddr>, Failure> {
    let hints = dns_lookup::AddrInfoHints {
        socktype: STREAM,
        ..Default::default()
    };
    let mut addresses: Vec<IpAddr> = Vec::new();
    for found in dns_lookup::getaddrinfo(Some(name), None, Some(hints)).map_err(failure)? {
        let address = found
            .map_err(|error| other(&error.to_string()))?
            .sockaddr
            .ip();
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() {
        return Err(Failure::Resolve {
            kind: ResolveFailure::NotFound,
            text: "the name has no address".into(),
        });
    }
    Ok(addresses)
}

fn failure(error: LookupError) -> Failure {
    let kind = match error.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData => ResolveFailure::NotFound,
        LookupErrorKind::Again => ResolveFailure::Temporary,
        _ => ResolveFailure::Other,
    };
    Failure::Resolve {
        kind,
        text: std::io::Error::from(error).to_string(),
    }
}

fn other(text: &str) -> Failure {
    Failure::Resolve {
        kind: ResolveFailure::Other,
        text: text.to_owned(),
    }
}

/// Families in turn, beginning with the resolver's first choice (RFC 8305 §4).
fn alternate(addresses: Vec<IpAddr>) -> Vec<IpAddr> {
    let Some(first) = addresses.first().copied() else {
        return addresses;
    };
    let (mut preferred, mut others): (Vec<IpAddr>, Vec<IpAddr>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv4() == first.is_ipv4());
    let mut ordered = Vec::with_capacity(preferred.len() + others.len());
    preferred.reverse();
    others.reverse();
    while !preferred.is_empty() || !others.is_empty() {
        ordered.extend(preferred.pop());
        ordered.extend(others.pop());
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns() {
        let read = |texts: &[&str]| -> Vec<IpAddr> {
            texts.iter().map(|text| text.parse().unwrap()).collect()
        };
        assert_eq!(
            alternate(read(&["::1", "::2", "127.0.0.1", "127.0.0.2", "127.0.0.3"])),
            read(&["::1", "127.0.0.1", "::2", "127.0.0.2", "127.0.0.3"])
        );
        assert_eq!(alternate(Vec::new()), Vec::<IpAddr>::new());
    }

    #[test]
    fn a_name_that_cannot_exist_is_told_as_such() {
        // RFC 6761 §6.4: `.invalid` never resolves; without a network the resolver says "again".
        let failure = look_up("nosuch.invalid").unwrap_err();
        assert!(matches!(failure, Failure::Resolve { .. }), "{failure:?}");
    }
}
