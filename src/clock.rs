//! Times as others count or write them, and as [`OffsetDateTime`]: every conversion stands here.

use std::time::Duration;

use rustls::pki_types::UnixTime;
use time::OffsetDateTime;
use time::UtcOffset;
use time::format_description::well_known::Rfc2822;

/// As rustls and webpki count, in whole seconds; before 1970 is taken as 1970.
pub(crate) fn unix_time(at: OffsetDateTime) -> UnixTime {
    let seconds = u64::try_from(at.unix_timestamp()).unwrap_or(0);
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// The other way round; what lies beyond the year 9999 is taken as its end.
pub(crate) fn date_time(at: UnixTime) -> OffsetDateTime {
    const LAST: i64 = 253_402_300_799;
    let seconds = i64::try_from(at.as_secs()).unwrap_or(LAST).min(LAST);
    OffsetDateTime::from_unix_timestamp(seconds).expect("within the years 1970 to 9999")
}

/// Seconds since 1970, as a JWT has them (RFC 7519 §2): a fraction is dropped. `None`: no date.
pub(crate) fn of_seconds(seconds: f64) -> Option<OffsetDateTime> {
    // A number beyond i64 saturates, and is no date then.
    let whole = seconds.is_finite().then(|| seconds.floor() as i64)?;
    OffsetDateTime::from_unix_timestamp(whole).ok()
}

/// Seconds since 1970, or milliseconds: of a time between 1973 and the year 5138 the number says which.
pub(crate) fn of_seconds_or_milliseconds(number: f64) -> Option<OffsetDateTime> {
    const MILLISECONDS_FROM: f64 = 1e11;
    of_seconds(match number >= MILLISECONDS_FROM {
        true => number / 1000.0,
        false => number,
    })
}

/// As HTTP's headers write it (IMF-fixdate, RFC 9110 §5.6.7).
pub(crate) fn http_date(at: OffsetDateTime) -> String {
    let written = at
        .to_offset(UtcOffset::UTC)
        .format(&Rfc2822)
        .expect("a time within four-digit years has this form");
    written.replace("+0000", "GMT")
}

/// Reads [`http_date`], and whatever else RFC 5322 (and 2822) allows: the same but for the zone's name.
pub(crate) fn of_http_date(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc2822).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    #[test]
    fn instants_survive_both_ways() {
        for seconds in [0, 1_800_000_000, 253_402_300_799] {
            assert_eq!(date_time(unix_time(at(seconds))), at(seconds));
        }
        assert_eq!(date_time(unix_time(at(-631_152_000))), at(0));
        let far = UnixTime::since_unix_epoch(Duration::from_secs(u64::MAX));
        assert_eq!(date_time(far).year(), 9999);
    }

    #[test]
    fn numbers_are_dates_as_far_as_the_calendar_goes() {
        for (seconds, expected) in [
            (0.0, Some(0)),
            (1_300_819_380.9, Some(1_300_819_380)),
            (-0.5, Some(-1)),
            (1e300, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(of_seconds(seconds), expected.map(at), "{seconds}");
        }
        for number in [1.8e9, 1.8e12] {
            assert_eq!(of_seconds_or_milliseconds(number), Some(at(1_800_000_000)));
        }
    }

    #[test]
    fn dates_are_written_as_http_has_them() {
        assert_eq!(http_date(at(784_111_777)), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(
            of_http_date("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(at(784_111_777))
        );
        assert_eq!(of_http_date("tomorrow"), None);
    }
}
