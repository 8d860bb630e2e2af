//! Durations, shares and days, as a suite writes them.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde::de::value::MapAccessDeserializer;
use time::Date;
use time::Month;
use toml::value::Datetime;

/// A duration with its unit: `500ms`, `5s`, `1m30s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time(pub Duration);

/// How long a certificate must still be valid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Share {
    For(Duration),
    /// Percent of its lifetime.
    OfLifetime(f64),
}

/// A day: a date of TOML, or `2027-01-31` in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub Date);

/// A duration; a number without a unit is refused.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let hint = "write a number and its unit: 500ms, 5s, 2m, 1h, 14d";
    let read = humantime::parse_duration(text)
        .map_err(|_| format!("not a duration with its unit; {hint}"))?;
    match read.is_zero() || read > Duration::from_secs(3660 * 24 * 3600) {
        true => Err(format!("a duration between 1ns and ten years; {hint}")),
        false => Ok(read),
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a duration with its unit in quotes, such as \"500ms\" or \"5s\"")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
                duration(text).map(Time).map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Read)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = Share;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a duration such as \"14d\", or a share such as \"33%\"")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Share, E> {
                let Some(number) = text.strip_suffix('%') else {
                    return duration(text).map(Share::For).map_err(E::custom);
                };
                match number.trim().parse::<f64>() {
                    Ok(percent) if percent > 0.0 && percent < 100.0 => {
                        Ok(Share::OfLifetime(percent))
                    }
                    _ => Err(E::custom("a share lies between 0% and 100%")),
                }
            }
        }

        deserializer.deserialize_any(Read)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day, such as 2027-01-31")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
                let read = text.parse::<Datetime>().ok().and_then(day);
                read.ok_or_else(|| E::custom("not a day; write 2027-01-31"))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
                let read = Datetime::deserialize(MapAccessDeserializer::new(map))?;
                day(read)
                    .ok_or_else(|| A::Error::custom("not a day without a time; write 2027-01-31"))
            }
        }

        deserializer.deserialize_any(Read)
    }
}

fn day(read: Datetime) -> Option<Day> {
    let (Some(date), None) = (read.date, read.time) else {
        return None;
    };
    let month = Month::try_from(date.month).ok()?;
    Date::from_calendar_date(date.year.into(), month, date.day)
        .ok()
        .map(Day)
}

/// A text in the JSON Schema.
macro_rules! written_as_text {
    ($type:ty, $name:literal, $pattern:literal) => {
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

written_as_text!(Time, "Time", "^[0-9].*[a-z]$");
written_as_text!(Share, "Share", "^[0-9].*([a-z]|%)$");
written_as_text!(Day, "Day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
