//! When a secret ends, in the forms that programs write it.

use std::time::Duration;

use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Expiry;

use crate::clock;

/// Moments, before lifetimes: a program may have had the token for a while.
const MOMENTS: &[&str] = &[
    "expires_at",
    "expiresAt",
    "expires_on",
    "expiresOn",
    "expiry",
    "expiration",
    "token_expiry",
    "expirationTimestamp",
];
const LIFETIMES: &[&str] = &["expires_in", "expiresIn"];

/// Under a key such as `expiry`, a number below this is a lifetime: as a moment it would lie before 1974.
const LIFETIME_BELOW: f64 = 1e8;

/// The expiry in `object`, and the key of one that could not be read.
pub(super) fn find(object: &Map<String, Value>) -> (Option<Expiry>, Option<&'static str>) {
    let mut unread = None;
    for (names, read) in [
        (
            MOMENTS,
            moment as fn(&str, &Value) -> Option<Option<Expiry>>,
        ),
        (LIFETIMES, lifetime),
    ] {
        for name in names {
            let Some(value) = object.get(*name).filter(|value| !value.is_null()) else {
                continue;
            };
            match read(name, value) {
                Some(expiry) => return (expiry, None),
                None => unread = unread.or(Some(*name)),
            }
        }
    }
    (None, unread)
}

/// A moment in RFC 3339. `Some(None)`: Go's zero time, which means that there is no end.
pub(super) fn rfc3339(text: &str) -> Option<Option<Expiry>> {
    let at = OffsetDateTime::parse(text.trim(), &Rfc3339).ok()?;
    Some((at.year() > 1).then_some(Expiry::At(at)))
}

/// Seconds since 1970, as git writes them.
pub(super) fn unix(text: &str) -> Option<Expiry> {
    let seconds = text.trim().parse().ok()?;
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    Some(Expiry::At(at))
}

fn moment(name: &str, value: &Value) -> Option<Option<Expiry>> {
    if let Some(at) = value.as_str().and_then(rfc3339) {
        return Some(at);
    }
    let number = number(value)?;
    if matches!(name, "expiry" | "expiration") && number < LIFETIME_BELOW {
        return lifetime(name, value);
    }
    let at = clock::of_seconds_or_milliseconds(number)?;
    Some(Some(Expiry::At(at)))
}

fn lifetime(_: &str, value: &Value) -> Option<Option<Expiry>> {
    // A minus sign is as good as nothing left.
    let seconds = number(value)?.max(0.0);
    let life = Duration::try_from_secs_f64(seconds).ok()?;
    Some(Some(Expiry::In(life)))
}

/// A number, or a string of one.
fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(seconds: i64) -> Option<Expiry> {
        Some(Expiry::At(
            OffsetDateTime::from_unix_timestamp(seconds).unwrap(),
        ))
    }

    fn within(seconds: u64) -> Option<Expiry> {
        Some(Expiry::In(Duration::from_secs(seconds)))
    }

    #[test]
    fn every_form_is_read() {
        for (object, expiry, unread) in [
            (json!({}), None, None),
            (json!({"expires_in": 3600}), within(3600), None),
            (json!({"expires_in": "3600"}), within(3600), None),
            (json!({"expires_in": 0}), within(0), None),
            (json!({"expires_in": -1}), within(0), None),
            (json!({"expires_in": null}), None, None),
            (json!({"expires_in": 1e300}), None, Some("expires_in")),
            (json!({"expires_in": "NaN"}), None, Some("expires_in")),
            (json!({"expires_in": [1]}), None, Some("expires_in")),
            (json!({"expiry": 3600}), within(3600), None),
            (json!({"expiration": "1800000000"}), at(1_800_000_000), None),
            (
                json!({"expires_on": 1_800_000_000}),
                at(1_800_000_000),
                None,
            ),
            (
                json!({"expires_at": 1_800_000_000_000_i64}),
                at(1_800_000_000),
                None,
            ),
            (json!({"expires_at": 0}), at(0), None),
            (
                json!({"expiry": "2027-01-15T08:00:00Z"}),
                at(1_800_000_000),
                None,
            ),
            (
                json!({"expiry": "2027-01-15T09:00:00.5+01:00"}),
                {
                    let half = OffsetDateTime::from_unix_timestamp_nanos(1_800_000_000_500_000_000);
                    Some(Expiry::At(half.unwrap()))
                },
                None,
            ),
            (json!({"expiry": "0001-01-01T00:00:00Z"}), None, None),
            (json!({"expires_at": 1e300}), None, Some("expires_at")),
            (json!({"expiry": "tomorrow"}), None, Some("expiry")),
            // Azure's command writes local time without a zone, and seconds beside it.
            (
                json!({"expiresOn": "2027-01-15 08:00:00.000000", "expires_on": 1_800_000_000}),
                at(1_800_000_000),
                None,
            ),
            (
                json!({"expiresOn": "2027-01-15 08:00:00"}),
                None,
                Some("expiresOn"),
            ),
            // A moment counts for more than a lifetime.
            (
                json!({"expires_in": 60, "expires_at": 1_800_000_000}),
                at(1_800_000_000),
                None,
            ),
            (
                json!({"expires_in": 60, "expiry": "soon"}),
                within(60),
                None,
            ),
        ] {
            assert_eq!(
                find(object.as_object().unwrap()),
                (expiry, unread),
                "{object}"
            );
        }
    }
}
