//! `google.protobuf.Timestamp` and `Duration`; what is out of their range is left to the decoder.

use std::io::Write as _;

use crate::invoke::json::transcode::wire::Raw;
use crate::invoke::json::transcode::wire::VARINT;
use crate::invoke::json::transcode::wire::Wire;

const DAY: i64 = 86_400;

/// The years 1 to 9999, in seconds since 1970.
const TIMES: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// Ten thousand years, in seconds.
const LONGEST: i64 = 315_576_000_000;

/// `"2026-11-21T10:00:00.5Z"`, with 0, 3, 6 or 9 digits after the point.
pub(super) fn timestamp(encoded: &[u8], text: &mut Vec<u8>) -> Option<()> {
    let (seconds, nanos) = parts(encoded)?;
    if !TIMES.contains(&seconds) || nanos < 0 {
        return None;
    }
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let second = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    text.push(b'"');
    for (number, width, after) in [
        (year, 4, b'-'),
        (month, 2, b'-'),
        (day, 2, b'T'),
        (hour, 2, b':'),
        (minute, 2, b':'),
    ] {
        digits(number, width, text);
        text.push(after);
    }
    digits(second, 2, text);
    fraction(nanos.into(), text);
    text.extend_from_slice(b"Z\"");
    Some(())
}

/// `"-1.5s"`.
pub(super) fn duration(encoded: &[u8], text: &mut Vec<u8>) -> Option<()> {
    let (seconds, nanos) = parts(encoded)?;
    let signs_clash = seconds != 0 && nanos != 0 && (seconds < 0) != (nanos < 0);
    if !(-LONGEST..=LONGEST).contains(&seconds) || signs_clash {
        return None;
    }
    text.push(b'"');
    if seconds < 0 || nanos < 0 {
        text.push(b'-');
    }
    write!(text, "{}", seconds.unsigned_abs()).ok()?;
    fraction(nanos.unsigned_abs().into(), text);
    text.extend_from_slice(b"s\"");
    Some(())
}

/// Seconds and nanoseconds, the latter less than a second.
fn parts(encoded: &[u8]) -> Option<(i64, i32)> {
    let mut wire = Wire::new(encoded);
    let mut found = [None; 2];
    while !wire.is_empty() {
        let (number, wire_type) = wire.tag()?;
        let slot = found.get_mut(number as usize - 1)?;
        let Raw::Number(value) = wire.value(wire_type)? else {
            return None;
        };
        if slot.is_some() || wire_type != VARINT {
            return None;
        }
        *slot = Some(value);
    }
    let [seconds, nanos] = found.map(Option::unwrap_or_default);
    let nanos = nanos as i32;
    (nanos.unsigned_abs() < 1_000_000_000).then_some((seconds.cast_signed(), nanos))
}

fn fraction(nanos: i64, text: &mut Vec<u8>) {
    if nanos == 0 {
        return;
    }
    text.push(b'.');
    if nanos % 1_000_000 == 0 {
        digits(nanos / 1_000_000, 3, text);
    } else if nanos % 1000 == 0 {
        digits(nanos / 1000, 6, text);
    } else {
        digits(nanos, 9, text);
    }
}

/// A number from 0 with leading zeros.
fn digits(mut number: i64, width: usize, text: &mut Vec<u8>) {
    let start = text.len();
    text.resize(start + width, b'0');
    for digit in text[start..].iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar: years are counted
/// from March, so that the leap day is the last, in eras of 400 years, which are all of one length.
fn civil(day: i64) -> (i64, i64, i64) {
    let since = day + 719_468;
    let era = since.div_euclid(146_097);
    let of_era = since.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * from_march + 2) / 5 + 1)
}
