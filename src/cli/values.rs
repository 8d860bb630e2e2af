//! Readers of flag values.

use std::net::IpAddr;
use std::time::Duration;

/// A duration such as `500ms`, `10s`, `1m30s`, or a bare number of seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    let refuse =
        || format!("`{text}` is no duration; write 500ms, 10s, 1m30s or a number of seconds");
    let duration = match text.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).map_err(|_| refuse())?,
        Err(_) => humantime::parse_duration(text).map_err(|_| refuse())?,
    };
    if duration.is_zero() {
        return Err("a duration of nothing leaves no time for anything".into());
    }
    // A year; beyond it, arithmetic on instants may overflow.
    if duration > Duration::from_secs(366 * 24 * 3600) {
        return Err(format!("`{text}` is more than a year"));
    }
    Ok(duration)
}

/// A size in octets: `4194304`, `64KiB`, `4MiB`.
pub fn size(text: &str) -> Result<usize, String> {
    let refuse = || format!("`{text}` is no size; write a number of octets, or 64KiB, 4MiB");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: usize = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" | "kb" => 1 << 10,
        "m" | "mib" | "mb" => 1 << 20,
        "g" | "gib" | "gb" => 1 << 30,
        _ => return Err(refuse()),
    };
    let number: usize = digits.parse().map_err(|_| refuse())?;
    match number.checked_mul(unit) {
        Some(size) if size > 0 && size <= u32::MAX as usize => Ok(size),
        _ => Err(format!("`{text}` is outside 1 to 4294967295 octets")),
    }
}

/// `--resolve HOST:PORT:ADDRESS`, as curl has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    pub host: String,
    pub port: u16,
    pub addresses: Vec<IpAddr>,
}

/// Reads `HOST:PORT:ADDRESS[,ADDRESS…]`; IPv6 addresses with or without brackets.
pub fn resolve(text: &str) -> Result<Resolve, String> {
    let refuse = || format!("`{text}` is not HOST:PORT:ADDRESS");
    let (host, rest) = text.split_once(':').ok_or_else(refuse)?;
    let (port, addresses) = rest.split_once(':').ok_or_else(refuse)?;
    let addresses = addresses
        .split(',')
        .map(|address| address.trim_matches(['[', ']']).parse())
        .collect::<Result<Vec<IpAddr>, _>>()
        .map_err(|_| refuse())?;
    if host.is_empty() {
        return Err(refuse());
    }
    Ok(Resolve {
        host: host.to_owned(),
        port: port.parse().map_err(|_| refuse())?,
        addresses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, milliseconds) in [("5", 5000), ("0.5", 500), ("500ms", 500), ("1m30s", 90_000)] {
            assert_eq!(duration(text).unwrap(), Duration::from_millis(milliseconds));
        }
        for text in ["", "0", "-1", "soon", "1e300", "NaN", "inf", "10y"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes() {
        for (text, octets) in [("1", 1), ("64KiB", 65_536), ("4MiB", 4 << 20)] {
            assert_eq!(size(text).unwrap(), octets);
        }
        for text in ["", "0", "x", "1TB", "5GiB", "-1", "99999999999999999999"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn resolutions() {
        let read = resolve("api.test:443:127.0.0.1,[::1]").unwrap();
        assert_eq!(
            (read.host.as_str(), read.port, read.addresses.len()),
            ("api.test", 443, 2)
        );
        for text in [
            "api.test",
            "api.test:443",
            "api.test:x:1.1.1.1",
            ":1:1.1.1.1",
            "a:1:b",
        ] {
            assert!(resolve(text).is_err(), "{text}");
        }
    }
}
