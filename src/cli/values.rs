//! Readers of flag values.

use std::time::Duration;

use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::text::choice::Choice;

/// A duration such as `500ms`, `10s`, `1m30s`, or a bare number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let refuse =
        || format!("`{text}` is not a duration; write 500ms, 10s, 1m30s or a number of seconds");
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
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let refuse = || format!("`{text}` is not a size; write a number of bytes, or 64KiB, 4MiB");
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

/// A time: RFC 3339, or seconds since 1970.
pub(crate) fn time(text: &str) -> Result<OffsetDateTime, String> {
    let read = match text.parse::<i64>() {
        Ok(seconds) => OffsetDateTime::from_unix_timestamp(seconds).ok(),
        Err(_) => OffsetDateTime::parse(text, &Rfc3339).ok(),
    };
    read.ok_or_else(|| {
        format!("`{text}` is not a time; write 2026-11-21T10:00:00Z, or seconds since 1970")
    })
}

/// The words of a choice.
pub(crate) fn choice<T: Choice + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let words = T::WORDS.iter().map(|(word, _, help)| match *help {
        "" => PossibleValue::new(*word),
        help => PossibleValue::new(*word).help(help),
    });
    PossibleValuesParser::new(words)
        .map(|word| T::by_word(&word).expect("clap takes the words of the choice alone"))
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
    fn times() {
        for text in [
            "1795255200",
            "2026-11-21T10:00:00Z",
            "2026-11-21T11:00:00+01:00",
        ] {
            assert_eq!(time(text).unwrap().unix_timestamp(), 1_795_255_200);
        }
        for text in ["", "now", "2026-11-21", "1e9", "9999999999999999"] {
            assert!(time(text).is_err(), "{text}");
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
}
