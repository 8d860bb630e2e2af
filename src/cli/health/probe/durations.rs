//! Durations as Go writes them: `250ms`, `1.5s`, `1m30s`.

use std::ffi::OsString;
use std::time::Duration;

use crate::cli::grpcurl::Refused;

/// In the order in which a unit is looked for: `m` is the beginning of `ms`.
const UNITS: [(&str, f64); 7] = [
    ("ns", 1e-9),
    ("us", 1e-6),
    ("µs", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
];

/// The value of a flag.
///
/// # Errors
/// It is not a duration as time.ParseDuration reads it, or not above zero.
pub(super) fn read(name: &str, value: Option<OsString>) -> Result<Duration, Refused> {
    let value = value.unwrap_or_default();
    let parsed = value.to_str().and_then(parse);
    parsed.ok_or_else(|| Refused {
        what: format!(
            "-{name}: `{}` is not a valid duration above zero",
            value.display()
        ),
        hint: format!("write a number with its unit: -{name}=250ms, 1.5s, 1m30s"),
    })
}

fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let number: f64 = rest[..end].parse().ok()?;
        let (unit, length) = UNITS
            .into_iter()
            .find(|(unit, _)| rest[end..].starts_with(unit))?;
        seconds += number * length;
        rest = &rest[end + unit.len()..];
    }
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    (!duration.is_zero()).then_some(duration)
}

/// As our own flags take it.
pub(super) fn in_seconds(duration: Duration) -> OsString {
    duration.as_secs_f64().to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_go() {
        for (text, milliseconds) in [
            ("1s", 1_000),
            ("250ms", 250),
            ("1.5s", 1_500),
            (".5s", 500),
            ("1m30s", 90_000),
            ("+1h", 3_600_000),
            ("1000µs", 1),
        ] {
            assert_eq!(
                parse(text),
                Some(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in ["", "0", "0s", "-1s", "1", "s", "1 s", "1x", "1..5s", "1e3s"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
