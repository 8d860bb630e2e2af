//! What a case asserts of an answer: `message = "/scope/"`, `"details.ErrorInfo.reason" = "MISSING_SCOPE"`.

use regex::Regex;
use serde_json::Value;

use crate::suite::document::located::Located;
use crate::suite::source::Fault;
use crate::text::escape;

/// One assertion.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    /// As it was written, for reports.
    pub key: String,
    pub place: Looked,
    pub wanted: Wanted,
}

/// Where it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    /// The status message.
    Message,
    /// A detail by the end of its type's name, and the path within it.
    Detail {
        kind: String,
        path: Vec<String>,
    },
    Header(String),
    Trailer(String),
    /// A field of the first message, as proto3 JSON has it.
    Response(Vec<String>),
}

/// What must be there.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    Exists,
    /// This value; texts of metadata and numbers are compared as texts.
    Value(Value),
    Matches(Regex),
}

/// What an answer has, for assertions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found<'a> {
    pub message: Option<&'a str>,
    /// The details as proto3 JSON, with `@type`.
    pub details: &'a [Value],
    pub headers: &'a [(String, String)],
    pub trailers: &'a [(String, String)],
    pub response: Option<&'a Value>,
}

impl Assertion {
    pub(crate) fn parse(key: &Located<String>, wanted: &Located<Value>) -> Result<Self, Fault> {
        let refuse = || {
            let what = format!("`{}` is not something to assert", escape(key));
            let hint =
                "write message, details.TYPE.FIELD, header.KEY, trailer.KEY or response.FIELD";
            Fault::new(&key.at, what, hint)
        };
        let path = |text: &str| -> Vec<String> { text.split('.').map(str::to_owned).collect() };
        let place = match key.split_once('.') {
            None if key.value == "message" => Looked::Message,
            Some(("details", rest)) if !rest.is_empty() => {
                let (kind, rest) = rest.split_once('.').unwrap_or((rest, ""));
                let path = if rest.is_empty() {
                    Vec::new()
                } else {
                    path(rest)
                };
                Looked::Detail {
                    kind: kind.to_owned(),
                    path,
                }
            }
            Some(("header", name)) if !name.is_empty() => Looked::Header(name.to_ascii_lowercase()),
            Some(("trailer", name)) if !name.is_empty() => {
                Looked::Trailer(name.to_ascii_lowercase())
            }
            Some(("response", rest)) if !rest.is_empty() => Looked::Response(path(rest)),
            _ => return Err(refuse()),
        };
        Ok(Self {
            key: key.value.clone(),
            place,
            wanted: Wanted::parse(wanted)?,
        })
    }

    /// Whether it holds.
    pub(crate) fn holds(&self, found: &Found<'_>) -> bool {
        let metadata = |entries: &[(String, String)], name: &str| {
            let mut values = entries.iter().filter(|(key, _)| key == name);
            values.any(|(_, value)| self.wanted.fits(&Value::from(value.as_str())))
        };
        match &self.place {
            Looked::Message => found
                .message
                .is_some_and(|message| self.wanted.fits(&message.into())),
            Looked::Header(name) => metadata(found.headers, name),
            Looked::Trailer(name) => metadata(found.trailers, name),
            Looked::Detail { kind, path } => found
                .details
                .iter()
                .filter(|detail| is_of_kind(detail, kind))
                .any(|detail| at(detail, path).is_some_and(|value| self.wanted.fits(value))),
            Looked::Response(path) => found
                .response
                .and_then(|message| at(message, path))
                .is_some_and(|value| self.wanted.fits(value)),
        }
    }
}

fn is_of_kind(detail: &Value, kind: &str) -> bool {
    let name = detail["@type"].as_str().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    name == kind || name.rsplit('.').next() == Some(kind)
}

fn at<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| match value {
        Value::Array(values) => values.get(key.parse::<usize>().ok()?),
        value => value.get(key),
    })
}

impl Wanted {
    fn parse(written: &Located<Value>) -> Result<Self, Fault> {
        let Value::String(text) = &written.value else {
            return Ok(Self::Value(written.value.clone()));
        };
        if text == "exists" {
            return Ok(Self::Exists);
        }
        let between = text
            .strip_prefix('/')
            .and_then(|text| text.strip_suffix('/'));
        let Some(pattern) = between.filter(|pattern| !pattern.is_empty()) else {
            return Ok(Self::Value(written.value.clone()));
        };
        let regex = Regex::new(pattern).map_err(|error| {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim();
            let why = why.strip_prefix("error: ").unwrap_or(why);
            Fault::new(
                &written.at,
                format!("not a valid regular expression: {why}"),
                "correct it; a text that begins and ends with / is one",
            )
        })?;
        Ok(Self::Matches(regex))
    }

    fn fits(&self, value: &Value) -> bool {
        match self {
            Self::Exists => true,
            Self::Value(wanted) => wanted == value || as_text(wanted) == as_text(value),
            Self::Matches(regex) => as_text(value).is_some_and(|text| regex.is_match(&text)),
        }
    }

    /// What is wanted, for reports.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Exists => "exists".to_owned(),
            Self::Value(Value::String(text)) => text.clone(),
            Self::Value(value) => value.to_string(),
            Self::Matches(regex) => format!("/{regex}/"),
        }
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(on) => Some(on.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn assertion(key: &str, wanted: Value) -> Result<Assertion, Fault> {
        let key = Located {
            at: 0..0,
            value: key.to_owned(),
        };
        let wanted = Located {
            at: 0..0,
            value: wanted,
        };
        Assertion::parse(&key, &wanted)
    }

    #[test]
    fn assertions_hold_or_do_not() {
        let pairs = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
        let details = [
            json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "MISSING_SCOPE"}),
        ];
        let response = json!({"id": "o-1", "lines": [{"sku": "a"}], "count": 3, "paid": true});
        let headers = pairs("x-a", "1");
        let trailers = pairs("www-authenticate", "Bearer");
        let found = Found {
            message: Some("missing scope write"),
            details: &details,
            headers: &headers,
            trailers: &trailers,
            response: Some(&response),
        };
        for (key, wanted, holds) in [
            ("message", json!("/scope/"), true),
            ("message", json!("/^scope/"), false),
            ("message", json!("missing scope write"), true),
            ("message", json!("missing"), false),
            ("details.ErrorInfo.reason", json!("MISSING_SCOPE"), true),
            ("details.ErrorInfo.reason", json!("OTHER"), false),
            ("details.ErrorInfo", json!("exists"), true),
            ("details.BadRequest", json!("exists"), false),
            ("header.X-A", json!(1), true),
            ("header.x-b", json!("exists"), false),
            ("trailer.www-authenticate", json!("exists"), true),
            ("response.id", json!("o-1"), true),
            ("response.lines.0.sku", json!("a"), true),
            ("response.lines.1.sku", json!("exists"), false),
            ("response.count", json!(3), true),
            ("response.count", json!("/^3$/"), true),
            ("response.paid", json!(false), false),
            ("response.lines", json!("/a/"), false),
        ] {
            let assertion = assertion(key, wanted.clone()).unwrap();
            assert_eq!(assertion.holds(&found), holds, "{key} {wanted}");
            assert!(!assertion.holds(&Found::default()), "{key}");
        }
        for key in [
            "",
            "mesage",
            "details",
            "details.",
            "header.",
            "body.x",
            "message.x",
        ] {
            assert!(assertion(key, json!("x")).is_err(), "{key}");
        }
        assert!(assertion("message", json!("/(/")).is_err());
    }
}
