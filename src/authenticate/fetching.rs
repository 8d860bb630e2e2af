//! Credentials that are fetched: from where, how they are kept, and what was seen on the way.

use std::fmt;
use std::sync::Arc;

use ::http::HeaderName;
use ::http::HeaderValue;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Obtained;
use crate::authenticate::cache::Cache;
use crate::authenticate::cache::CacheKey;
use crate::authenticate::cache::Entry;
use crate::authenticate::cache::How;
use crate::authenticate::cache::NotServed;
use crate::authenticate::cache::Served;
use crate::authenticate::cache::Want;
use crate::authenticate::discovery;
use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::login_call::LoginCall;
use crate::authenticate::sensitive;
use crate::authenticate::token_fault::TokenFault;
use crate::authenticate::token_fault::bare;
use crate::authenticate::under_way::Spending;
use crate::jwt::Decoded;
use crate::metadata::Metadata;
use crate::peer_text::PeerText;
use crate::secret::Secret;
use crate::text::moment::rfc3339;
use crate::text::moment::span;

/// Where tokens come from. One for each kind that fetches.
pub(crate) trait Source: fmt::Debug + Send + Sync {
    /// Fetches a token. `old`: the one to replace, expired or refused, with its refresh token.
    fn fetch(&self, old: Option<Entry>) -> BoxFuture<'_, Fetched>;

    /// Whether fetching spends a refresh token, which may be void from then on.
    fn spends(&self, old: Option<&Entry>) -> bool {
        old.is_some_and(|old| old.refresh_token.is_some())
    }

    /// Makes a token void where it came from; `sent`: the metadata that it is sent in. `false`: there is no way to.
    fn end<'a>(
        &'a self,
        _: &'a Entry,
        _sent: Metadata,
    ) -> BoxFuture<'a, (Result<bool, TokenFault>, FetchRecord)> {
        std::future::ready((Ok(false), FetchRecord::default())).boxed()
    }

    /// Whether asking again may bring another token than one that was refused.
    fn is_renewable(&self) -> bool {
        true
    }
}

/// What came of fetching.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub outcome: Result<Entry, TokenFault>,
    pub record: FetchRecord,
}

/// What was seen while a token was fetched.
#[derive(Debug, Default)]
pub struct FetchRecord {
    /// Each HTTP exchange, in its order.
    pub exchanges: Vec<Exchange>,
    /// Each login RPC, in its order.
    pub calls: Vec<LoginCall>,
    /// What was asked for.
    pub request: TokenRequest,
    /// What the authorization server says of itself, where that was asked.
    pub lists: Option<discovery::Metadata>,
    /// The refresh token was refused, and the credential obtained from the beginning.
    pub refresh_refused: Option<TokenFault>,
}

/// What is asked of a token endpoint, without secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenRequest {
    pub grant: Option<&'static str>,
    pub client_authentication: Option<&'static str>,
    pub client_id: Option<String>,
    pub scope: Vec<String>,
    pub audience: Option<String>,
    pub resources: Vec<String>,
}

/// What came of making a token void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Void,
    NothingKept,
    /// Where it came from there is no way to.
    NoWay,
}

/// Why a credential is not there although it was specified well.
#[derive(Clone, Debug)]
pub struct Unobtained {
    pub kind: &'static str,
    pub source: String,
    pub why: Why,
}

#[derive(Clone, Debug)]
pub enum Why {
    Fault(Arc<Failure>),
    /// Another process has been fetching it for too long.
    Busy,
    /// The time for everything was over first.
    Late,
}

/// A fault with what was seen before it.
#[derive(Debug)]
pub struct Failure {
    pub fault: TokenFault,
    pub record: FetchRecord,
}

/// A credential that is fetched when it is needed.
#[derive(Debug)]
pub(crate) struct Fetching {
    pub kind: &'static str,
    /// Where it comes from, in words fit for a report.
    pub source: String,
    pub key: HeaderName,
    /// `--scheme`; `None`: `Bearer`, if the token is one.
    pub scheme: Option<String>,
    pub from: Box<dyn Source>,
    pub cache: Arc<Cache>,
    pub cache_key: CacheKey,
    pub http: Arc<HttpSettings>,
}

impl Fetching {
    /// The credential, from the cache or from its source.
    pub(super) async fn obtain(&self, want: Want<'_>) -> Result<CallCredential, Unobtained> {
        let mut record = None;
        let mut taken_off = None;
        // Held until the answer is kept; what the process alone keeps is lost with it anyway.
        let mut spending = None;
        let fetch = async |old: Option<Entry>| {
            if self.cache.outlives_the_process() && self.from.spends(old.as_ref()) {
                spending = Some(Spending::begin());
            }
            let fetched = self.from.fetch(old).await;
            match fetched.outcome {
                Ok(entry) => {
                    record = Some(fetched.record);
                    let (token, notice) = bare(entry.access_token.expose());
                    taken_off = notice;
                    Ok(Entry {
                        access_token: Secret::new(token),
                        ..entry
                    })
                }
                Err(fault) => Err(Arc::new(Failure {
                    fault,
                    record: fetched.record,
                })),
            }
        };
        let clock = || self.http.now();
        let served = self.cache.obtain(&self.cache_key, clock, want, fetch).await;
        drop(spending);
        let served = served.map_err(|error| self.unobtained(error))?;
        let mut credential = self.credential(served, record.unwrap_or_default())?;
        credential.notices.extend(taken_off.map(str::to_owned));
        if credential.obtained != Obtained::Cache {
            // The token's own word is what servers go by, whatever `expires_in` says.
            let by_its_word = Decoded::read(credential.secret.expose()).ok();
            let end = by_its_word.and_then(|token| token.expires_at());
            let over = over_already(end.or(credential.expires_at), self.http.now());
            credential.notices.extend(over);
        }
        Ok(credential)
    }

    /// Makes the token that is kept void where it came from.
    pub(super) async fn log_out(&self) -> Result<Ended, Unobtained> {
        let Some(kept) = self.cache.kept(&self.cache_key) else {
            return Ok(Ended::NothingKept);
        };
        let mut sent = Metadata::new();
        if let Ok(value) = self.value(self.scheme_of(&kept), &kept) {
            sent.replace(self.key.clone(), value);
        }
        match self.from.end(&kept, sent).await {
            (Ok(true), _) => Ok(Ended::Void),
            (Ok(false), _) => Ok(Ended::NoWay),
            (Err(fault), record) => Err(Unobtained {
                kind: self.kind,
                source: self.source.clone(),
                why: Why::Fault(Arc::new(Failure { fault, record })),
            }),
        }
    }

    /// Forgets what is kept of it; whether there was anything.
    pub(super) async fn forget(&self) -> std::io::Result<bool> {
        let cleared = self.cache.forget(&self.cache_key).await?;
        Ok(cleared.entries > 0)
    }

    fn credential(
        &self,
        served: Served,
        record: FetchRecord,
    ) -> Result<CallCredential, Unobtained> {
        let entry = served.entry;
        let unusable = |why: String, record| Unobtained {
            kind: self.kind,
            source: self.source.clone(),
            why: Why::Fault(Arc::new(Failure {
                fault: TokenFault::Unusable { why },
                record,
            })),
        };
        if self.scheme.is_none()
            && let Some(other) = other_than_bearer(entry.token_type.as_deref())
        {
            return Err(unusable(other, record));
        }
        let scheme = self.scheme_of(&entry);
        let Ok(value) = self.value(scheme, &entry) else {
            let why = "metadata cannot carry it".to_owned();
            return Err(unusable(why, record));
        };
        Ok(CallCredential {
            kind: self.kind,
            source: self.source.clone(),
            scheme: (!scheme.is_empty()).then(|| scheme.to_owned()),
            key: self.key.clone(),
            value,
            obtained: match served.how {
                How::Cached => Obtained::Cache,
                How::Fetched => Obtained::Fetched,
                How::Refreshed => Obtained::Refreshed,
            },
            notices: served.notices.iter().map(ToString::to_string).collect(),
            expires_at: entry.expires_at,
            refresh_token: entry.refresh_token,
            scope: entry.scope,
            secret: entry.access_token,
            fetch: (served.how != How::Cached).then(|| Arc::new(record)),
        })
    }

    /// What stands in front of a token.
    fn scheme_of<'a>(&'a self, entry: &'a Entry) -> &'a str {
        let basic = entry
            .token_type
            .as_deref()
            .filter(|named| named.eq_ignore_ascii_case("basic"));
        self.scheme.as_deref().or(basic).unwrap_or("Bearer")
    }

    /// What a token is sent as.
    fn value(&self, scheme: &str, entry: &Entry) -> Result<HeaderValue, NotObtained> {
        let text = format!("{scheme} {}", entry.access_token.expose());
        sensitive(self.kind, text.trim_start())
    }

    fn unobtained(&self, error: NotServed<Arc<Failure>>) -> Unobtained {
        Unobtained {
            kind: self.kind,
            source: self.source.clone(),
            why: match error {
                NotServed::Fetch(failure) => Why::Fault(failure),
                NotServed::Busy { .. } => Why::Busy,
            },
        }
    }
}

/// What is said of a token that is over as it comes: another one is over too, so that asking again is no cure.
fn over_already(expires_at: Option<OffsetDateTime>, now: OffsetDateTime) -> Option<String> {
    let end = expires_at.filter(|end| *end <= now)?;
    Some(format!(
        "the token that was just given out is over: it expired at {}, {} ago by the local clock",
        rfc3339(end),
        span(now - end)
    ))
}

/// What a token type other than Bearer (RFC 6750) would need; programs also give passwords.
fn other_than_bearer(token_type: Option<&str>) -> Option<String> {
    let sent_as_named = |named: &&str| {
        ["bearer", "basic"]
            .iter()
            .any(|known| named.eq_ignore_ascii_case(known))
    };
    let named = token_type.filter(|named| !sent_as_named(named))?;
    Some(if named.eq_ignore_ascii_case("dpop") {
        "it is of type DPoP: a server takes it only with a proof of its key (RFC 9449), which cannot be sent yet".to_owned()
    } else if named.eq_ignore_ascii_case("n_a") {
        "it is of type N_A: it is no access token (RFC 8693 §2.2.1)".to_owned()
    } else {
        let named = PeerText::from(named).name_among_tokens();
        format!(
            "it is of type {}, not Bearer; --scheme WORD sends it all the same",
            named.quoted(60)
        )
    })
}

impl Unobtained {
    /// What was seen on the way, if anything was asked.
    pub fn record(&self) -> Option<&FetchRecord> {
        match &self.why {
            Why::Fault(failure) => Some(&failure.record),
            Why::Busy | Why::Late => None,
        }
    }
}

impl FetchRecord {
    /// The entry that a refresh with `spent` gave. `None`: the refresh token was refused, by a fault that
    /// `is_refusal` recognizes; the fault is recorded, and one login may give another token.
    ///
    /// # Errors
    /// Any other fault, which a login would meet as well.
    pub(super) fn refreshed(
        &mut self,
        outcome: Result<Entry, TokenFault>,
        spent: Secret,
        is_refusal: impl FnOnce(&TokenFault) -> bool,
    ) -> Result<Option<Entry>, TokenFault> {
        match outcome {
            Ok(mut entry) => {
                // RFC 6749 §6: where none is given, the old one goes on.
                entry.refresh_token.get_or_insert(spent);
                Ok(Some(entry))
            }
            Err(fault) if is_refusal(&fault) => {
                self.refresh_refused = Some(fault);
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    /// How far the authorization server's clock is ahead of ours, by its answers.
    pub fn clock_skew(&self) -> Option<time::Duration> {
        self.exchanges.iter().rev().find_map(Exchange::clock_skew)
    }

    /// When the first exchange began.
    pub fn began(&self) -> Option<OffsetDateTime> {
        self.exchanges.first().map(|exchange| exchange.began)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticate::http::tests::settings;
    use std::sync::Mutex;

    #[test]
    fn a_token_that_is_over_as_it_comes_is_told_of() {
        let now = OffsetDateTime::UNIX_EPOCH + time::Duration::hours(2);
        for (expires_at, told) in [
            (
                Some(now - time::Duration::minutes(1)),
                Some("expired at 1970-01-01T01:59:00Z"),
            ),
            (Some(now + time::Duration::seconds(1)), None),
            (None, None),
        ] {
            let notice = over_already(expires_at, now);
            assert_eq!(notice.is_some(), told.is_some(), "{expires_at:?}");
            assert!(
                notice
                    .unwrap_or_default()
                    .contains(told.unwrap_or_default())
            );
        }
    }

    /// Gives one token, and keeps what it is sent in when it is made void.
    #[derive(Debug, Default)]
    struct Noting(Arc<Mutex<Vec<(String, String)>>>);

    impl Source for Noting {
        fn fetch(&self, _: Option<Entry>) -> BoxFuture<'_, Fetched> {
            let entry = Entry {
                access_token: Secret::new("abc"),
                refresh_token: None,
                token_type: None,
                scope: None,
                obtained_at: OffsetDateTime::UNIX_EPOCH,
                expires_at: None,
            };
            std::future::ready(Fetched {
                outcome: Ok(entry),
                record: FetchRecord::default(),
            })
            .boxed()
        }

        fn end<'a>(
            &'a self,
            _: &'a Entry,
            sent: Metadata,
        ) -> BoxFuture<'a, (Result<bool, TokenFault>, FetchRecord)> {
            for entry in sent.iter() {
                let value = entry.value.to_str().unwrap().to_owned();
                self.0.lock().unwrap().push((entry.key.to_string(), value));
            }
            std::future::ready((Ok(true), FetchRecord::default())).boxed()
        }
    }

    #[tokio::test]
    async fn a_token_is_made_void_as_it_is_sent() {
        for (key, scheme, value) in [
            ("authorization", None, "Bearer abc"),
            ("authorization", Some("Token"), "Token abc"),
            ("x-token", Some(""), "abc"),
        ] {
            let directory = tempfile::tempdir().unwrap();
            let (cache, _) = Cache::disk(&directory.path().join("tokens")).unwrap();
            let (noting, cache_key) = (Noting::default(), cache.key("test").finish());
            let sent = Arc::clone(&noting.0);
            let fetching = Fetching {
                kind: "login-rpc",
                source: "here".to_owned(),
                key: HeaderName::from_static(key),
                scheme: scheme.map(str::to_owned),
                from: Box::new(noting),
                cache: Arc::new(cache),
                cache_key,
                http: Arc::new(settings()),
            };
            let credential = fetching.obtain(Want::Usable).await.unwrap();
            assert_eq!(credential.value, value);
            assert_eq!(fetching.log_out().await.unwrap(), Ended::Void);
            assert_eq!(*sent.lock().unwrap(), [(key.to_owned(), value.to_owned())]);
        }
    }
}
