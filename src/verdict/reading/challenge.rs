//! `www-authenticate`: which schemes the server takes, and what it says was wrong (RFC 9110 §11.6.1).

use crate::peer_text::PeerText;
use crate::verdict::reading::Reply;

/// Servers send one to three; more are not read.
const MOST: usize = 16;

/// One challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// As sent: `Bearer`.
    pub scheme: PeerText,
    parameters: Vec<(String, PeerText)>,
}

impl Challenge {
    /// A parameter's value, its quotes taken off.
    pub(crate) fn parameter(&self, name: &str) -> Option<&PeerText> {
        self.parameters
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Whether it is of this scheme.
    pub(crate) fn is_of(&self, scheme: &str) -> bool {
        self.scheme.for_judging().eq_ignore_ascii_case(scheme)
    }
}

/// Every challenge of an answer, in its headers and its trailers.
pub(crate) fn of(reply: &Reply<'_>) -> Vec<Challenge> {
    reply
        .values("www-authenticate")
        .iter()
        .flat_map(parse)
        .take(MOST)
        .collect()
}

/// Reads a field value leniently: what does not fit the grammar is skipped.
fn parse(value: &PeerText) -> Vec<Challenge> {
    let whole = value.for_judging();
    let mut challenges: Vec<Challenge> = Vec::new();
    for item in split_outside_quotes(&whole, |character| character == ',')
        .into_iter()
        .take(MOST * MOST)
    {
        let item = item.trim();
        // `Scheme name=value`, `Scheme` alone or `Scheme token68` begins a challenge; `name=value` continues one.
        let (scheme, rest) = match item.split_once(char::is_whitespace) {
            Some((first, rest)) if !first.contains('=') => (Some(first), rest.trim()),
            _ if !item.is_empty() && !item.contains('=') => (Some(item), ""),
            _ => (None, item),
        };
        if let Some(scheme) = scheme {
            challenges.push(Challenge {
                scheme: value.part(scheme, &whole),
                parameters: Vec::new(),
            });
        }
        // Some gateways leave the commas between the parameters out.
        let Some(challenge) = challenges.last_mut() else {
            continue;
        };
        for (name, text) in split_outside_quotes(rest, char::is_whitespace)
            .into_iter()
            .filter_map(|parameter| parameter.split_once('='))
        {
            let text = text.trim().trim_matches('"');
            let name = name.trim().to_owned();
            challenge.parameters.push((name, value.part(text, &whole)));
        }
    }
    challenges
}

fn split_outside_quotes(value: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut quoted = false;
    let mut escaped = false;
    value
        .split(move |character| {
            let separates = separates(character) && !quoted;
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
            &"Bearer realm=\"a, b\", error=\"invalid_token\",error_description=\"The \\\"exp\\\" passed\", Basic realm=x, Negotiate, DPoP algs=\"ES256\"".into(),
        );
        let schemes: Vec<String> = read
            .iter()
            .map(|challenge| challenge.scheme.for_judging().into_owned())
            .collect();
        assert_eq!(schemes, ["Bearer", "Basic", "Negotiate", "DPoP"]);
        let parameter = |challenge: &Challenge, name: &str| {
            let value = challenge.parameter(name)?;
            Some(value.for_judging().into_owned())
        };
        assert_eq!(parameter(&read[0], "REALM").as_deref(), Some("a, b"));
        assert_eq!(
            parameter(&read[0], "error").as_deref(),
            Some("invalid_token")
        );
        assert_eq!(
            parameter(&read[0], "error_description").as_deref(),
            Some("The \\\"exp\\\" passed")
        );
        assert_eq!(parameter(&read[1], "realm").as_deref(), Some("x"));
        assert_eq!(parameter(&read[2], "realm"), None);
        let read = parse(
            &"Bearer scope=\"\" error=\"invalid_token\" error_description=\"it has expired\""
                .into(),
        );
        assert_eq!(parameter(&read[0], "scope").as_deref(), Some(""));
        assert_eq!(
            parameter(&read[0], "error_description").as_deref(),
            Some("it has expired")
        );
    }

    proptest! {
        #[test]
        fn anything_is_read(value in ".{0,200}") {
            let _ = parse(&value.into());
        }
    }
}
