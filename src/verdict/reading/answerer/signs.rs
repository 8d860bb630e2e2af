//! The signs of proxies: a row each, and what it proves.

use crate::invoke::Answer;
use crate::status::Status;
use crate::status::StatusCode;
use crate::verdict::reading::answerer::LONGEST;
use crate::verdict::reading::answerer::value;

/// What a header shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proves {
    /// A proxy answered, wherever it stands: nothing else sends this.
    ProxyAnswered,
    /// The proxy answered, unless what is behind it did: then the header may have been passed on.
    ProxyAnsweredUnlessUpstream,
    /// What is behind the proxy answered.
    UpstreamAnswered,
    /// A proxy is before the server, which may add this to the server's own answers.
    ProxyBefore {
        /// What it also adds to the answers from behind it.
        adds: Option<&'static str>,
    },
}

/// A header, and what it proves.
#[derive(Debug)]
pub(super) struct Header {
    /// `*` at the end stands for any rest.
    name: &'static str,
    /// How the value begins, in lower case; empty: any value.
    begins: &'static str,
    pub proves: Proves,
    pub meaning: Option<Meaning>,
}

const fn header(name: &'static str, begins: &'static str, proves: Proves) -> Header {
    Header {
        name,
        begins,
        proves,
        meaning: None,
    }
}

/// A header that says that a limit of the proxy's own was reached.
const fn limited(name: &'static str) -> Header {
    Header {
        name,
        begins: "",
        proves: Proves::ProxyAnsweredUnlessUpstream,
        meaning: Some(Meaning::Limit),
    }
}

const BEFORE: Proves = Proves::ProxyBefore { adds: None };
const ENVOY: Proves = Proves::ProxyBefore {
    adds: Some("x-envoy-upstream-service-time"),
};

/// Sources: the documentation of Envoy's router and connection manager headers, linkerd2-proxy's `errors::respond`,
/// Kong's `headers` setting, AWS's documentation of Elastic Load Balancing.
pub(super) const HEADERS: &[Header] = &[
    header("l5d-proxy-error", "", Proves::ProxyAnswered),
    limited("x-envoy-ratelimited"),
    limited("x-envoy-overloaded"),
    limited("x-envoy-local-overloaded"),
    // Kong and AWS leave the server's own `server` on its answers.
    header("server", "kong/", Proves::ProxyAnsweredUnlessUpstream),
    header(
        "x-kong-response-latency",
        "",
        Proves::ProxyAnsweredUnlessUpstream,
    ),
    header("server", "awselb/", Proves::ProxyAnsweredUnlessUpstream),
    header(
        "x-envoy-upstream-service-time",
        "",
        Proves::UpstreamAnswered,
    ),
    header("x-kong-upstream-latency", "", Proves::UpstreamAnswered),
    header("server", "envoy", ENVOY),
    header("server", "istio-envoy", ENVOY),
    header("server", "nginx", BEFORE),
    header("server", "openresty", BEFORE),
    header("server", "tengine", BEFORE),
    header("server", "angie", BEFORE),
    header("server", "apisix", BEFORE),
    header("server", "caddy", BEFORE),
    header("server", "apache", BEFORE),
    header("server", "haproxy", BEFORE),
    header("server", "traefik", BEFORE),
    header("server", "varnish", BEFORE),
    header("server", "cloudflare", BEFORE),
    header("server", "cloudfront", BEFORE),
    header("server", "akamai", BEFORE),
    header("server", "google frontend", BEFORE),
    header("server", "esf", BEFORE),
    header("server", "microsoft-azure-application-gateway", BEFORE),
    header("via", "", BEFORE),
    header("cf-ray", "", BEFORE),
    header("l5d-proxy-connection", "", BEFORE),
    header("x-amz-apigw-id", "", BEFORE),
    header("x-amz-cf-id", "", BEFORE),
    header("x-amzn-*", "", BEFORE),
    header("x-azure-ref", "", BEFORE),
    header("x-cloud-trace-context", "", BEFORE),
    header("x-envoy-*", "", BEFORE),
    header("x-kong-*", "", BEFORE),
    header("x-served-by", "", BEFORE),
    header("x-varnish", "", BEFORE),
];

impl Header {
    /// The header as it is shown, if the answer has it.
    pub(super) fn found(&self, answer: &Answer) -> Option<String> {
        let name = match self.name.strip_suffix('*') {
            None => self.name,
            Some(prefix) => [&answer.headers, &answer.trailers]
                .into_iter()
                .flat_map(|block| block.keys())
                .map(|name| name.as_str())
                .find(|name| name.starts_with(prefix))?,
        };
        let value = value(answer, name)?;
        let text = value.for_judging().trim_start().to_lowercase();
        text.starts_with(self.begins)
            .then(|| format!("{name}: {}", value.quoted(LONGEST)))
    }
}

/// What a proxy's words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The server behind the proxy did not answer, or is not there.
    Upstream,
    /// It took longer than the proxy waits.
    Slow,
    /// The proxy's own limit was reached.
    Limit,
    /// No route for this `:authority` and path.
    NoRoute,
    /// The proxy has read, and refuses, the credential or the caller.
    Caller,
    /// Made to fail, for a test or for maintenance.
    Fault,
}

/// Words that a proxy answers with.
#[derive(Debug)]
pub(super) struct WordsOf {
    proxy: &'static str,
    text: Text,
    pub meaning: Meaning,
}

/// How a message is compared.
#[derive(Debug)]
enum Text {
    Whole(&'static str),
    Begins(&'static str),
    Ends(&'static str),
    Contains(&'static str),
    /// No message at all, beside this code.
    NoneWith(StatusCode),
}

const fn envoy(text: Text, meaning: Meaning) -> WordsOf {
    WordsOf {
        proxy: "Envoy",
        text,
        meaning,
    }
}

const fn linkerd(text: Text, meaning: Meaning) -> WordsOf {
    WordsOf {
        proxy: "Linkerd",
        text,
        meaning,
    }
}

const fn kong(text: Text, meaning: Meaning) -> WordsOf {
    WordsOf {
        proxy: "Kong",
        text,
        meaning,
    }
}

/// Sources: what Envoy 1.40 was seen to answer, its `source/extensions/filters/http`, jwt_verify_lib's status texts,
/// linkerd2-proxy's errors, Kong's plugins.
pub(super) const WORDS: &[WordsOf] = &[
    envoy(
        // A circuit breaker.
        Text::Ends("reset before headers. reset reason: overflow"),
        Meaning::Limit,
    ),
    envoy(
        Text::Begins("upstream connect error or disconnect/reset before headers"),
        Meaning::Upstream,
    ),
    envoy(Text::Begins("no healthy upstream"), Meaning::Upstream),
    envoy(Text::Whole("upstream request timeout"), Meaning::Slow),
    envoy(
        Text::Whole("upstream max stream duration reached"),
        Meaning::Slow,
    ),
    envoy(Text::Whole("stream timeout"), Meaning::Slow),
    envoy(Text::Whole("request timeout"), Meaning::Slow),
    envoy(Text::Whole("downstream duration timeout"), Meaning::Slow),
    envoy(Text::Whole("local_rate_limited"), Meaning::Limit),
    envoy(Text::Whole("envoy overloaded"), Meaning::Limit),
    envoy(Text::Whole("RBAC: access denied"), Meaning::Caller),
    envoy(Text::Whole("Jwt is missing"), Meaning::Caller),
    envoy(Text::Whole("Jwt is expired"), Meaning::Caller),
    envoy(Text::Whole("Jwt not yet valid"), Meaning::Caller),
    envoy(Text::Whole("Jwt verification fails"), Meaning::Caller),
    envoy(Text::Whole("Jwt issuer is not configured"), Meaning::Caller),
    envoy(Text::Begins("Jwt is not in the form of "), Meaning::Caller),
    envoy(Text::Begins("Jwt header "), Meaning::Caller),
    envoy(Text::Begins("Jwt payload "), Meaning::Caller),
    envoy(Text::Begins("Jwt signature "), Meaning::Caller),
    envoy(
        Text::Begins("Jwks doesn't have key to match "),
        Meaning::Caller,
    ),
    envoy(Text::Whole("Jwks remote fetch is failed"), Meaning::Caller),
    envoy(
        Text::Whole("Audiences in Jwt are not allowed"),
        Meaning::Caller,
    ),
    envoy(Text::Whole("fault filter abort"), Meaning::Fault),
    envoy(Text::Whole("maintenance mode"), Meaning::Fault),
    envoy(Text::NoneWith(StatusCode::UNIMPLEMENTED), Meaning::NoRoute),
    linkerd(Text::Contains("service in fail-fast"), Meaning::Upstream),
    linkerd(
        Text::Contains("unauthorized request on route"),
        Meaning::Caller,
    ),
    linkerd(
        Text::Contains("unauthorized connection on"),
        Meaning::Caller,
    ),
    linkerd(
        Text::Contains("proxy max-concurrency exhausted"),
        Meaning::Limit,
    ),
    kong(
        Text::Whole("no Route matched with those values"),
        Meaning::NoRoute,
    ),
    kong(Text::Whole("API rate limit exceeded"), Meaning::Limit),
    kong(Text::Begins("No API key found in "), Meaning::Caller),
];

impl WordsOf {
    pub(super) fn fit(&self, status: &Status) -> bool {
        let message = status.message.for_judging();
        match self.text {
            Text::Whole(text) => message == text,
            Text::Begins(text) => message.starts_with(text),
            Text::Ends(text) => message.ends_with(text),
            Text::Contains(text) => message.to_lowercase().contains(text),
            Text::NoneWith(code) => message.is_empty() && status.code == code,
        }
    }

    /// What the words show; `None`: there are none, which servers do too.
    pub(super) fn in_words(&self) -> Option<String> {
        match self.text {
            Text::NoneWith(_) => None,
            _ => Some(format!("its words are {}'s", self.proxy)),
        }
    }
}
