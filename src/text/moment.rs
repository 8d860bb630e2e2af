//! Times, spans and counts in the words of a report.

use time::Duration;
use time::OffsetDateTime;
use time::UtcOffset;
use time::format_description::well_known::Rfc3339;

/// `2026-11-21T10:00:00Z`.
pub(crate) fn rfc3339(at: OffsetDateTime) -> String {
    let whole = at
        .to_offset(UtcOffset::UTC)
        .replace_nanosecond(0)
        .unwrap_or(at);
    // Fails only beyond the year 9999, which a token may well claim.
    whole.format(&Rfc3339).unwrap_or_else(|_| whole.to_string())
}

/// `42 s`, `5 min`, `3 h`, `12 days`; whichever says enough.
pub(crate) fn span(span: Duration) -> String {
    let seconds = span.whole_seconds().unsigned_abs();
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Time spent: `250 ms`, `1.5 s`.
pub(crate) fn spent(time: std::time::Duration) -> String {
    let milliseconds = time.as_millis();
    match milliseconds {
        0 => "under 1 ms".to_owned(),
        1..1_000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// `1 message`, `3 messages`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_say_enough() {
        for (seconds, words) in [
            (0, "0 s"),
            (-42, "42 s"),
            (119, "119 s"),
            (300, "5 min"),
            (10_800, "3 h"),
            (864_000, "10 days"),
        ] {
            assert_eq!(span(Duration::seconds(seconds)), words);
        }
        for (milliseconds, words) in [(0, "under 1 ms"), (250, "250 ms"), (1_500, "1.5 s")] {
            assert_eq!(spent(std::time::Duration::from_millis(milliseconds)), words);
        }
    }

    #[test]
    fn times_are_whole_seconds_in_utc() {
        let at = OffsetDateTime::from_unix_timestamp_nanos(1_795_255_200_123_000_000).unwrap();
        assert_eq!(rfc3339(at), "2026-11-21T10:00:00Z");
    }
}
