//! Who gave an answer: the server, or a proxy before it.
//!
//! A `grpc-status` may come from a proxy as well as from the server. What shows which of them it was are the rows of
//! [`signs`]: headers, and the words of proxies. A header that a proxy adds to the server's own answers, too, shows only
//! that there is a proxy; where nothing tells more, both are named.

mod signs;

use std::fmt;

use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::Status;
use signs::HEADERS;
use signs::Proves;
use signs::WORDS;
use signs::WordsOf;

pub(crate) use signs::Meaning;

/// The longest value of a header that is shown.
const LONGEST: usize = 80;

/// Who gave an answer that carries a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answerer {
    pub by: By,
    /// What shows it, a sign each, such as `server: envoy`. Nothing where there is no sign of a proxy.
    pub shown_by: Vec<String>,
    /// What a proxy's words or headers mean.
    meaning: Option<Meaning>,
}

/// Who it was, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Server,
    /// A proxy, with a gRPC status of its own.
    Proxy,
    LikelyProxy,
    /// A proxy stands before the server, and either may have answered.
    ServerOrProxy,
    /// An HTTP answer that is not gRPC.
    Http,
    /// The status was made here.
    Local,
}

impl Answerer {
    /// Who gave `answer`; `None` if it carries no status.
    pub(crate) fn of(answer: &Answer) -> Option<Self> {
        let Ended::Status {
            status,
            answered_by,
        } = &answer.outcome
        else {
            return None;
        };
        Some(match answered_by {
            AnsweredBy::Server => Self::of_status(answer, status),
            AnsweredBy::Proxy => {
                let shown_by = answer.http_status.map(|status| format!("HTTP {status}"));
                Self::new(By::Http, shown_by.into_iter().collect())
            }
            AnsweredBy::Local => Self::new(By::Local, Vec::new()),
        })
    }

    fn new(by: By, shown_by: Vec<String>) -> Self {
        Self {
            by,
            shown_by,
            meaning: None,
        }
    }

    fn of_status(answer: &Answer, status: &Status) -> Self {
        let signs = Signs::of(answer);
        let words = WORDS.iter().find(|words| words.fit(status));
        let (by, shown_by) = weigh(&signs, words, answer);
        let meaning = signs.meaning.or(words.map(|words| words.meaning));
        Self {
            meaning: meaning.filter(|_| by != By::Server),
            ..Self::new(by, shown_by)
        }
    }

    /// The word of the machine formats.
    pub(crate) fn word(&self) -> &'static str {
        match self.by {
            By::Server => "server",
            By::Proxy | By::Http => "proxy",
            By::LikelyProxy | By::ServerOrProxy => "unknown",
            By::Local => "local",
        }
    }

    /// Who it likely was, where that is not certain.
    pub(crate) fn likely(&self) -> Option<&'static str> {
        (self.by == By::LikelyProxy).then_some("proxy")
    }

    /// Whether a proxy gave the gRPC status, or may have.
    pub(crate) fn may_be_proxy(&self) -> bool {
        matches!(self.by, By::Proxy | By::LikelyProxy | By::ServerOrProxy)
    }

    /// Whether a proxy gave the gRPC status, or likely did.
    pub(crate) fn is_likely_proxy(&self) -> bool {
        matches!(self.by, By::Proxy | By::LikelyProxy)
    }

    /// Who it was, without the signs.
    pub(crate) fn in_words(&self) -> &'static str {
        match self.by {
            By::Server => "answered by the server",
            By::Proxy => "answered by a proxy",
            By::LikelyProxy => "likely answered by a proxy",
            By::ServerOrProxy => "answered by the server or a proxy before it",
            By::Http => "HTTP response from a proxy",
            By::Local => "determined locally",
        }
    }

    /// Who says or refuses something, for a sentence.
    pub(crate) fn subject(&self) -> &'static str {
        match self.by {
            By::Server | By::Local => "the server",
            By::Proxy => "the proxy",
            By::LikelyProxy | By::ServerOrProxy => "the server or a proxy",
            By::Http => "the gateway",
        }
    }

    /// What the proxy's words, or a header of its, mean.
    pub(crate) fn meaning(&self) -> Option<Meaning> {
        self.meaning
    }
}

/// `answered by a proxy (server: envoy, no x-envoy-upstream-service-time)`.
impl fmt::Display for Answerer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())?;
        match &self.shown_by[..] {
            // The HTTP status is told beside it.
            _ if self.by == By::Http => Ok(()),
            [] => Ok(()),
            signs => write!(f, " ({})", signs.join(", ")),
        }
    }
}

/// The signs in an answer's headers and trailers.
#[derive(Debug, Default)]
struct Signs {
    /// Only on the answers of a proxy.
    marks: Vec<String>,
    /// The same, but the proxies pass them on.
    passed_marks: Vec<String>,
    /// What stands behind a proxy answered.
    upstream: Vec<String>,
    /// There is a proxy.
    present: Vec<String>,
    /// What a proxy that is there adds to the answers from behind it, and did not add.
    unmarked: Vec<&'static str>,
    /// What a header says of the reason.
    meaning: Option<Meaning>,
}

impl Signs {
    fn of(answer: &Answer) -> Self {
        let mut signs = Self::default();
        if answer.http_status == Some(204) {
            // A gRPC server answers 200; nginx's recipe for gRPC errors makes it `return 204`.
            signs.marks.push("HTTP 204".to_owned());
        }
        for row in HEADERS {
            let Some(shown) = row.found(answer) else {
                continue;
            };
            signs.meaning = signs.meaning.or(row.meaning);
            match row.proves {
                Proves::ProxyAnswered => signs.marks.push(shown),
                Proves::ProxyAnsweredUnlessUpstream => signs.passed_marks.push(shown),
                Proves::UpstreamAnswered => signs.upstream.push(shown),
                Proves::ProxyBefore { adds } => {
                    if !signs.present.contains(&shown) {
                        signs.present.push(shown);
                    }
                    signs
                        .unmarked
                        .extend(adds.filter(|name| value(answer, name).is_none()));
                }
            }
        }
        signs
    }
}

/// Who it was, and what shows it.
fn weigh(signs: &Signs, words: Option<&WordsOf>, answer: &Answer) -> (By, Vec<String>) {
    let said = words.and_then(WordsOf::in_words);
    let with_words = |shown: &[String]| shown.iter().cloned().chain(said.clone()).collect();
    if !signs.marks.is_empty() {
        return (By::Proxy, signs.marks.clone());
    }
    let is_whole = answer.trailers_only && answer.messages == 0;
    match (&signs.passed_marks[..], &signs.upstream[..]) {
        (marks @ [_, ..], []) => (By::Proxy, marks.to_vec()),
        (marks @ [_, ..], upstream) => (By::LikelyProxy, [marks, upstream].concat()),
        ([], upstream @ [_, ..]) if said.is_none() => (By::Server, upstream.to_vec()),
        // A proxy further on, or the server, which passes on what a proxy answered to its own call.
        ([], upstream @ [_, ..]) => (By::ServerOrProxy, with_words(upstream)),
        ([], []) if answer.messages > 0 => (By::Server, Vec::new()),
        ([], []) if is_whole && !signs.unmarked.is_empty() => {
            let missing = signs.unmarked.iter().map(|name| format!("no {name}"));
            let shown: Vec<String> = signs.present.iter().cloned().chain(missing).collect();
            match said {
                Some(_) => (By::Proxy, with_words(&shown)),
                None => (By::LikelyProxy, shown),
            }
        }
        ([], []) if signs.present.is_empty() && said.is_none() => (By::Server, Vec::new()),
        ([], []) => (By::ServerOrProxy, with_words(&signs.present)),
    }
}

/// The first value of a header or trailer.
fn value(answer: &Answer, name: &str) -> Option<PeerText> {
    [&answer.headers, &answer.trailers]
        .into_iter()
        .find_map(|block| block.get(name))
        .map(|value| value.as_bytes().into())
}

#[cfg(test)]
mod tests;
