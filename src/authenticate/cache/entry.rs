//! A token that is kept, how long it may be used, and its form in a file.

use ring::digest;
use serde::Deserialize;
use serde::Serialize;
use time::Duration;
use time::OffsetDateTime;

use super::key::CacheKey;
use crate::secret::Secret;
use crate::text;

/// The first word of every file, before the digest of the rest. A file of another version is ignored.
const VERSION: &str = "grpcauth-token/1";
/// A token is replaced when less than this is left of it, or a tenth of its life if that is shorter.
const MARGIN: Duration = Duration::seconds(60);
/// A token that lives for less has no margin.
const SHORT_LIFE: Duration = Duration::seconds(10);
/// Processes read the clock at different moments of their run: a token may be this much younger than
/// now. More, and the clock has been set back.
const AHEAD: Duration = Duration::seconds(5);

/// A token, and what the server said of it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub access_token: Secret,
    pub refresh_token: Option<Secret>,
    /// As the server wrote it: `Bearer`, `bearer`, `DPoP`.
    pub token_type: Option<String>,
    /// What was granted, if the server said so.
    pub scope: Option<String>,
    /// When the request for it began: its life is counted from here. Kept to the millisecond.
    pub obtained_at: OffsetDateTime,
    /// `None`: not known.
    pub expires_at: Option<OffsetDateTime>,
}

impl Entry {
    /// Whether the access token may still be sent at `now`.
    ///
    /// One of unknown end may, until a server refuses it. When the clock has gone back behind
    /// `obtained_at`, nothing is known of what is left: it may not.
    pub fn usable(&self, now: OffsetDateTime) -> bool {
        if now + AHEAD < self.obtained_at {
            return false;
        }
        let Some(expires_at) = self.expires_at else {
            return true;
        };
        let life = expires_at - self.obtained_at;
        let left = expires_at - now;
        if life < SHORT_LIFE {
            return left.is_positive();
        }
        left >= MARGIN.min(life / 10)
    }

    /// The file's bytes: `VERSION DIGEST`, a line end, JSON. The key stands in them, so that a file
    /// under another's name is not a token.
    pub(super) fn encode(&self, key: &CacheKey) -> Vec<u8> {
        let body = serde_json::to_string(&Kept {
            key: key.to_string(),
            access_token: self.access_token.expose().to_owned(),
            refresh_token: self.refresh_token.as_ref().map(|it| it.expose().to_owned()),
            token_type: self.token_type.clone(),
            scope: self.scope.clone(),
            obtained_at: milliseconds(self.obtained_at),
            expires_at: self.expires_at.map(milliseconds),
        })
        .expect("strings and numbers serialize");
        format!("{VERSION} {}\n{body}\n", sum(body.as_bytes())).into_bytes()
    }

    /// The entry in a file's bytes. `None`: damaged, of another version, or of another key.
    pub(super) fn decode(bytes: &[u8], key: &CacheKey) -> Option<Self> {
        let (head, body) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let body = body.strip_suffix('\n')?;
        let (version, digest) = head.split_once(' ')?;
        if version != VERSION || digest != sum(body.as_bytes()) {
            return None;
        }
        let kept: Kept = serde_json::from_str(body).ok()?;
        if kept.key != key.to_string() {
            return None;
        }
        Some(Self {
            access_token: Secret::new(kept.access_token),
            refresh_token: kept.refresh_token.map(Secret::new),
            token_type: kept.token_type,
            scope: kept.scope,
            obtained_at: moment(kept.obtained_at)?,
            expires_at: match kept.expires_at {
                None => None,
                Some(at) => Some(moment(at)?),
            },
        })
    }
}

/// The JSON in a file. Moments are milliseconds since 1970.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    key: String,
    access_token: String,
    refresh_token: Option<String>,
    token_type: Option<String>,
    scope: Option<String>,
    obtained_at: i64,
    expires_at: Option<i64>,
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000_000))
        .expect("milliseconds of any date that the type holds fit 64 bits")
}

fn moment(milliseconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
}

fn sum(bytes: &[u8]) -> String {
    text::hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use super::super::key::HashKey;
    use super::super::key::KeyBuilder;
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(1_800_000_000 + seconds).unwrap()
    }

    fn entry(expires_at: Option<i64>) -> Entry {
        Entry {
            access_token: Secret::new("access"),
            refresh_token: Some(Secret::new("refresh \" \\ \u{e9}")),
            token_type: Some("bearer".into()),
            scope: None,
            obtained_at: at(0),
            expires_at: expires_at.map(at),
        }
    }

    fn key(kind: &str) -> CacheKey {
        KeyBuilder::new(&HashKey::from_bytes(&[0; 32]), kind).finish()
    }

    #[test]
    fn a_token_is_used_until_its_margin() {
        for (expires, now, usable) in [
            // An hour: a minute before.
            (Some(3600), 3540, true),
            (Some(3600), 3541, false),
            // A hundred seconds: a tenth.
            (Some(100), 90, true),
            (Some(100), 91, false),
            // Nine seconds: to the end.
            (Some(9), 8, true),
            (Some(9), 9, false),
            // No life at all.
            (Some(0), 0, false),
            (Some(-5), 0, false),
            (None, 0, true),
            (None, 1_000_000, true),
            // The clock went back.
            (Some(3600), -5, true),
            (Some(3600), -6, false),
            (None, -6, false),
        ] {
            assert_eq!(
                entry(expires).usable(at(now)),
                usable,
                "{expires:?} at {now}"
            );
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for expires in [Some(3600), None] {
            let entry = entry(expires);
            let read = Entry::decode(&entry.encode(&key("a")), &key("a")).unwrap();
            assert_eq!(read.access_token.expose(), "access");
            assert_eq!(
                read.refresh_token.unwrap().expose(),
                entry.refresh_token.unwrap().expose()
            );
            assert_eq!(read.token_type, entry.token_type);
            assert_eq!(read.scope, None);
            assert_eq!(read.obtained_at, entry.obtained_at);
            assert_eq!(read.expires_at, entry.expires_at);
        }
    }

    #[test]
    fn damage_another_version_and_another_key_are_no_entry() {
        let good = entry(Some(10)).encode(&key("a"));
        assert!(Entry::decode(&good, &key("b")).is_none());
        for length in 0..good.len() {
            assert!(Entry::decode(&good[..length], &key("a")).is_none());
        }
        for at in 0..good.len() {
            let mut flipped = good.clone();
            flipped[at] ^= 1;
            assert!(Entry::decode(&flipped, &key("a")).is_none(), "byte {at}");
        }
        let newer = String::from_utf8(good).unwrap().replacen("/1 ", "/2 ", 1);
        assert!(Entry::decode(newer.as_bytes(), &key("a")).is_none());
        // Whole, but with a moment beyond any calendar.
        let body = format!(
            r#"{{"key":"{}","access_token":"a","obtained_at":{}}}"#,
            key("a"),
            i64::MAX
        );
        let file = format!("{VERSION} {}\n{body}\n", sum(body.as_bytes()));
        assert!(Entry::decode(file.as_bytes(), &key("a")).is_none());
    }

    #[test]
    fn a_token_is_not_printed() {
        let shown = format!("{:?}", entry(None));
        assert!(
            !shown.contains("access\"") && !shown.contains("refresh \\"),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Entry::decode(&bytes, &key("a"));
        }
    }
}
