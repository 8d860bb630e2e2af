//! `www-authenticate`: which schemes the server takes, and what it says was wrong (RFC 9110 §11.6.1).

use crate::verdict::reading::Reply;

/// Servers send one to three; more are not read.
const MOST: usize = 16;

/// One challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// As sent: `Bearer`.
    pub scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// A parameter's value, its quotes taken off.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Every challenge of an answer, in its headers and its trailers.
pub(crate) fn of(reply: &Reply<'_>) -> Vec<Challenge> {
    reply
        .values("www-authenticate")
        .iter()
        .flat_map(|value| parse(&value.for_judging()))
        .take(MOST)
        .collect()
}

/// Reads a field value leniently: what does not fit the grammar is skipped.
fn parse(value: &str) -> Vec<Challenge> {
    let mut challenges: Vec<Challenge> = Vec::new();
    for item in split_outside_quotes(value) {
        let item = item.trim();
        // `Scheme name=value`, `Scheme` alone or `Scheme token68` begins a challenge; `name=value` continues one.
        let (scheme, rest) = match item.split_once(char::is_whitespace) {
            Some((first, rest)) if !first.contains('=') => (Some(first), rest.trim()),
            _ if !item.is_empty() && !item.contains('=') => (Some(item), ""),
            _ => (None, item),
        };
        if let Some(scheme) = scheme {
            challenges.push(Challenge {
                scheme: scheme.to_owned(),
                parameters: Vec::new(),
            });
        }
        if let (Some(challenge), Some((name, value))) =
            (challenges.last_mut(), rest.split_once('='))
        {
            let value = value.trim().trim_matches('"').replace("\\\"", "\"");
            challenge.parameters.push((name.trim().to_owned(), value));
        }
    }
    challenges
}

fn split_outside_quotes(value: &str) -> Vec<&str> {
    let mut quoted = false;
    let mut escaped = false;
    value
        .split(move |character| {
            let separates = character == ',' && !quoted;
            if character == '"' && !escaped {
                quoted = !quoted;
            }
            escaped = character == '\\' && !escaped;
            separates
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn challenges_and_their_parameters() {
        let read = parse(
            "Bearer realm=\"a, b\", error=\"invalid_token\",error_description=\"The \\\"exp\\\" passed\", Basic realm=x, Negotiate, DPoP algs=\"ES256\"",
        );
        let schemes: Vec<&str> = read
            .iter()
            .map(|challenge| challenge.scheme.as_str())
            .collect();
        assert_eq!(schemes, ["Bearer", "Basic", "Negotiate", "DPoP"]);
        assert_eq!(read[0].parameter("REALM"), Some("a, b"));
        assert_eq!(read[0].parameter("error"), Some("invalid_token"));
        assert_eq!(
            read[0].parameter("error_description"),
            Some("The \"exp\" passed")
        );
        assert_eq!(read[1].parameter("realm"), Some("x"));
        assert_eq!(read[2].parameter("realm"), None);
    }

    proptest! {
        #[test]
        fn anything_is_read(value in ".{0,200}") {
            let _ = parse(&value);
        }
    }
}
